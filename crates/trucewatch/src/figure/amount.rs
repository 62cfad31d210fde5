//! A number of people or things, or a length or area: never negative, and exact to the thousandth.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A bound of a figure, in its own unit (people, posts, kilometres, square kilometres). Kept in thousandths, so that 300
/// metres are 0.3 kilometres and two equal amounts compare equal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

const PARTS: u64 = 1000;

impl Amount {
    /// One of them.
    pub const ONE: Amount = Amount(PARTS);
    /// None of them.
    pub const ZERO: Amount = Amount(0);

    /// To the nearest thousandth; nothing for what is negative, no number, or beyond ten to the fifteenth.
    #[must_use]
    pub fn new(value: f64) -> Option<Amount> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
        (0.0..1e15).contains(&value).then(|| Amount((value * PARTS as f64).round() as u64))
    }

    /// As a floating point number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0 as f64 / PARTS as f64
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> u64 {
        self.0 / PARTS
    }

    /// The least whole number that is not below it.
    #[must_use]
    pub fn ceil(self) -> u64 {
        self.0.div_ceil(PARTS)
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_multiple_of(PARTS)
    }
}

impl From<u64> for Amount {
    /// The greatest amounts stand for all that are greater still.
    fn from(whole: u64) -> Amount {
        Amount(whole.saturating_mul(PARTS))
    }
}

impl fmt::Display for Amount {
    /// `12`, `0.3`, `9.7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = format!("{:03}", self.0 % PARTS);
        match rest.trim_end_matches('0') {
            "" => write!(f, "{}", self.floor()),
            rest => write!(f, "{}.{rest}", self.floor()),
        }
    }
}

/// What was given as an amount is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount is a number from 0 up, such as 12 or 0.3")]
pub struct NoAmount;

impl FromStr for Amount {
    type Err = NoAmount;

    fn from_str(text: &str) -> Result<Amount, NoAmount> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        text.parse::<f64>().ok().filter(|_| plain).and_then(Amount::new).ok_or(NoAmount)
    }
}

impl Serialize for Amount {
    /// Whole numbers as such, others with their fraction.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.is_whole() { to.serialize_u64(self.floor()) } else { to.serialize_f64(self.value()) }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        Amount::new(f64::deserialize(from)?).ok_or_else(|| serde::de::Error::custom(NoAmount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["0", "1", "12", "0.3", "9.7", "0.075", "1250"] {
            let amount: Amount = text.parse().unwrap();
            assert_eq!(amount.to_string(), text);
            assert_eq!(serde_json::to_string(&amount).unwrap(), text);
            assert_eq!(serde_json::from_str::<Amount>(text).unwrap(), amount);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-1", "many", "1e3", "inf", "NaN", "1.2.3", "99999999999999999999"] {
            assert_eq!(text.parse::<Amount>(), Err(NoAmount), "{text}");
        }
        assert!(serde_json::from_str::<Amount>("-2").is_err());
    }

    #[test]
    fn a_fraction_lies_between_whole_numbers() {
        let amount = Amount::new(9.656).unwrap();
        assert_eq!((amount.floor(), amount.ceil(), amount.is_whole()), (9, 10, false));
        assert!(Amount::from(9) < amount && amount < Amount::from(10));
        assert!(Amount::from(u64::MAX) > amount);
    }
}
