//! Days, times, entries and addresses as arguments, refused in the words of this program.

use std::net::SocketAddr;

use jiff::Timestamp;
use jiff::civil::Date;

/// A day, such as 2031-03-08.
pub(crate) fn day(words: &str) -> Result<Date, String> {
    words.parse().map_err(|_| format!("`{words}` is no day such as 2031-03-08"))
}

/// A time with its zone, such as 2031-03-08T12:00Z.
pub(crate) fn time(words: &str) -> Result<Timestamp, String> {
    words.parse().map_err(|_| format!("`{words}` is no time with its zone such as 2031-03-08T12:00Z"))
}

/// The number of an entry of the ledger.
pub(crate) fn entry(words: &str) -> Result<u64, String> {
    words
        .parse()
        .map_err(|_| format!("`{words}` is no number of an entry, such as 12 (`trucewatch history` lists them)"))
}

/// An address of this machine with a port, such as 127.0.0.1:8731; `localhost` and a port alone are on loopback.
pub(crate) fn address(words: &str) -> Result<SocketAddr, String> {
    let port = words.strip_prefix("localhost:").unwrap_or(words);
    let full = if port.parse::<u16>().is_ok() { format!("127.0.0.1:{port}") } else { words.to_owned() };
    full.parse()
        .map_err(|_| format!("`{words}` is no address with a port such as 127.0.0.1:8731 (ports go up to 65535)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_none_is_refused_with_what_would_be_one() {
        for words in ["2031-13-01", "2031-02-29", "8 March", ""] {
            assert_eq!(day(words).unwrap_err(), format!("`{words}` is no day such as 2031-03-08"));
        }
        for words in ["yesterday", "2031-03-08", "2031-03-08T12:00"] {
            assert!(time(words).unwrap_err().ends_with("no time with its zone such as 2031-03-08T12:00Z"), "{words}");
        }
        assert!(entry("i-1d68").unwrap_err().starts_with("`i-1d68` is no number of an entry"));
        for words in ["here", "127.0.0.1", "127.0.0.1:99999", "localhost", "99999", ""] {
            assert!(address(words).unwrap_err().contains("no address with a port"), "{words}");
        }
    }

    #[test]
    fn addresses_are_taken_as_they_are_said() {
        for words in ["127.0.0.1:80", "localhost:80", "80"] {
            assert_eq!(address(words).unwrap().to_string(), "127.0.0.1:80");
        }
        assert_eq!(address("[::1]:0").unwrap().to_string(), "[::1]:0");
        assert_eq!(address("0.0.0.0:8731").unwrap().to_string(), "0.0.0.0:8731");
    }
}
