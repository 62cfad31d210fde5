//! How much of the outside is let in: sizes, depths, ratios and times, each with a default, none without one.

use std::time::Duration;

/// Bytes of one report, at most, unless the caller says otherwise.
pub const MAX_BYTES: u64 = 4 << 20;

const MIB: u64 = 1 << 20;

/// What is taken in at most. Every limit has a value: there is no way to leave one out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text: a page, a line of JSON, a row, a feed, and the text that is read out of any document.
    /// Default 4 MiB.
    pub bytes: u64,
    /// Bytes of one packed or compound file as it comes: PDF, DOCX, a message with its attachments, a record of an
    /// archive. Default 64 MiB.
    pub file: u64,
    /// Bytes that one packed file may unpack to, all its parts together. Default 256 MiB.
    pub unpacked: u64,
    /// Bytes that may come out for each one that went in, after the first mebibyte. Default 200.
    pub ratio: u64,
    /// Open elements within one another in HTML and XML; deeper ones lose their tags and keep their words. Default 256.
    pub depth: usize,
    /// Files within files: a document attached to a message in an archive. Default 4.
    pub nesting: usize,
    /// Documents of one file, and members of one packed file. Default 1,000,000.
    pub parts: usize,
    /// Bytes of a whole archive, unpacked; it is streamed, so that this bounds time and not memory. Default 64 GiB.
    pub archive: u64,
    /// Time for one document's parser. Default 20 s.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: MAX_BYTES,
            file: 64 * MIB,
            unpacked: 256 * MIB,
            ratio: 200,
            depth: 256,
            nesting: 4,
            parts: 1_000_000,
            archive: 64 << 30,
            time: Duration::from_secs(20),
        }
    }
}

impl Limits {
    /// Sets one limit from words such as `depth=400`, `file=100MiB` or `time=5s`.
    ///
    /// # Errors
    /// Says what is wrong with the words: no such limit, or a value that is no positive number.
    pub fn set(&mut self, words: &str) -> Result<(), String> {
        let (name, value) = words.split_once('=').ok_or_else(|| format!("`{words}` is not NAME=VALUE"))?;
        let size = || size(value).ok_or_else(|| format!("{name} = `{value}` is no size such as 400 or 64MiB"));
        let count = || size().and_then(|n| usize::try_from(n).map_err(|_| format!("{name} = `{value}` is too large")));
        match name {
            "bytes" => self.bytes = size()?,
            "file" => self.file = size()?,
            "unpacked" => self.unpacked = size()?,
            "ratio" => self.ratio = size()?,
            "archive" => self.archive = size()?,
            "depth" => self.depth = count()?,
            "nesting" => self.nesting = count()?,
            "parts" => self.parts = count()?,
            "time" => self.time = Duration::from_secs(seconds(value)?),
            _ => return Err(format!("there is no limit `{name}`; there are {}", Limits::NAMES)),
        }
        Ok(())
    }

    /// The names that [`Limits::set`] knows.
    pub const NAMES: &'static str = "bytes, file, unpacked, ratio, archive, depth, nesting, parts and time";

    /// The bytes that may come out of `packed` bytes.
    pub(crate) fn unpacked_of(&self, packed: u64) -> u64 {
        self.unpacked.min(packed.saturating_mul(self.ratio).saturating_add(MIB))
    }
}

/// A positive number of bytes or things: `400`, `64KiB`, `64MiB`, `2GiB`.
fn size(words: &str) -> Option<u64> {
    let end = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    let (digits, unit) = words.split_at_checked(end)?;
    let scale = match unit {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => MIB,
        "GiB" => 1 << 30,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(scale).filter(|n| *n > 0)
}

fn seconds(words: &str) -> Result<u64, String> {
    let number = words.strip_suffix('s').unwrap_or(words).parse().ok();
    number.filter(|n| *n > 0).ok_or_else(|| format!("time = `{words}` is no time such as 20s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_can_be_taken_away() {
        let mut limits = Limits::default();
        for words in ["depth=0", "depth=none", "depth=-1", "time=0s", "depth", "colour=3", "bytes=999999999999GiB"] {
            assert!(limits.set(words).is_err(), "{words}");
        }
        assert_eq!(limits, Limits::default());
    }

    #[test]
    fn each_limit_is_set_by_its_name() {
        let mut limits = Limits::default();
        for name in Limits::NAMES.split([',', ' ']).filter(|n| !n.is_empty() && *n != "and") {
            limits.set(&format!("{name}=7")).unwrap();
        }
        limits.set("file=2MiB").unwrap();
        assert_eq!((limits.depth, limits.file, limits.time), (7, 2 << 20, Duration::from_secs(7)));
    }

    #[test]
    fn little_that_becomes_much_is_bounded_by_the_ratio() {
        assert_eq!(Limits::default().unpacked_of(1000), 200_000 + (1 << 20));
        assert_eq!(Limits::default().unpacked_of(u64::MAX), 256 << 20);
    }
}
