//! The one place that turns byte offsets into code points, UTF-16 units and lines.

/// How many bytes lie between two remembered marks.
const STEP: usize = 1024;

/// Offsets of one text in every unit that the outside counts in.
#[derive(Debug, Clone)]
pub struct Positions<'a> {
    text: &'a str,
    /// Code points, UTF-16 units and line feeds before every mark.
    marks: Vec<Mark>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    byte: usize,
    chars: usize,
    utf16: usize,
    lines: usize,
}

impl Mark {
    fn advance(&mut self, c: char) {
        self.byte += c.len_utf8();
        self.chars += 1;
        self.utf16 += c.len_utf16();
        self.lines += usize::from(c == '\n');
    }
}

impl<'a> Positions<'a> {
    /// Counts through the text once.
    #[must_use]
    pub fn new(text: &'a str) -> Positions<'a> {
        let mut marks = vec![Mark::default()];
        let mut at = Mark::default();
        for c in text.chars() {
            at.advance(c);
            if at.byte / STEP >= marks.len() {
                marks.push(at);
            }
        }
        Positions { text, marks }
    }

    /// Unicode code points before `byte`.
    #[must_use]
    pub fn code_point(&self, byte: usize) -> usize {
        self.at(byte).chars
    }

    /// UTF-16 code units before `byte`, as browsers count.
    #[must_use]
    pub fn utf16(&self, byte: usize) -> usize {
        self.at(byte).utf16
    }

    /// Line of `byte`, the first being 1.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        self.at(byte).lines + 1
    }

    fn at(&self, byte: usize) -> Mark {
        let index = self.marks.partition_point(|m| m.byte <= byte).saturating_sub(1);
        let mut at = self.marks.get(index).copied().unwrap_or_default();
        for c in self.text.get(at.byte..).unwrap_or("").chars() {
            if at.byte >= byte {
                break;
            }
            at.advance(c);
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_every_unit() {
        let text = "é\n😀x";
        let positions = Positions::new(text);
        let end = text.len() - 1;
        assert_eq!((positions.code_point(end), positions.utf16(end), positions.line(end)), (3, 4, 2));
        assert_eq!((positions.code_point(0), positions.utf16(0), positions.line(0)), (0, 0, 1));
    }

    #[test]
    fn agrees_with_counting_from_the_start() {
        let text = "Dağlıq 山\n".repeat(900);
        let positions = Positions::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(positions.code_point(byte), chars);
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Positions::new("ab").code_point(99), 2);
    }
}
