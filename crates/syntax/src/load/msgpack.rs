//! Typed access to msgpack values, with errors that say what was expected.

use rmpv::Value;

use super::Malformed;

/// Decodes one value that takes up all of `bytes`.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value, Malformed> {
    let mut rest = bytes;
    let value = rmpv::decode::read_value(&mut rest).map_err(|e| Malformed::new(format!("not msgpack: {e}")))?;
    if rest.is_empty() { Ok(value) } else { Err(Malformed::new(format!("{} bytes after the end", rest.len()))) }
}

/// A string, or bytes that are UTF-8.
pub(crate) fn text(value: &Value) -> Result<&str, Malformed> {
    let found = match value {
        Value::String(s) => s.as_str(),
        Value::Binary(b) => std::str::from_utf8(b).ok(),
        _ => None,
    };
    found.ok_or_else(|| expected("a string", value))
}

/// An array.
pub(crate) fn list(value: &Value) -> Result<&[Value], Malformed> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| expected("an array", value))
}

/// An array of strings.
pub(crate) fn texts(value: &Value) -> Result<Vec<&str>, Malformed> {
    list(value)?.iter().map(text).collect()
}

/// A map, as pairs in file order.
pub(crate) fn pairs(value: &Value) -> Result<&[(Value, Value)], Malformed> {
    value.as_map().map(Vec::as_slice).ok_or_else(|| expected("a map", value))
}

/// An integer that is not negative.
pub(crate) fn unsigned(value: &Value) -> Result<u64, Malformed> {
    value.as_u64().ok_or_else(|| expected("an unsigned integer", value))
}

/// The value of `key` in a map.
pub(crate) fn find<'a>(map: &'a Value, key: &str) -> Option<&'a Value> {
    map.as_map()?.iter().find(|(k, _)| text(k).is_ok_and(|k| k == key)).map(|(_, v)| v)
}

/// The value of `key` in a map that must have it.
pub(crate) fn field<'a>(map: &'a Value, key: &str) -> Result<&'a Value, Malformed> {
    find(map, key).ok_or_else(|| Malformed::new(format!("no field `{key}`")))
}

fn expected(what: &str, value: &Value) -> Malformed {
    let kind = match value {
        Value::Nil => "nil",
        Value::Boolean(_) => "a boolean",
        Value::Integer(_) => "an integer",
        Value::F32(_) | Value::F64(_) => "a float",
        Value::String(_) => "a string",
        Value::Binary(_) => "bytes",
        Value::Array(_) => "an array",
        Value::Map(_) => "a map",
        Value::Ext(..) => "an extension",
    };
    Malformed::new(format!("expected {what}, found {kind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_one_value() {
        assert!(decode(b"").is_err());
        assert!(decode(&[0x01, 0x02]).is_err());
        assert!(decode(&[0xdd, 0xff, 0xff, 0xff, 0xff]).is_err(), "an array that is too short for its length");
    }

    #[test]
    fn says_what_it_expected() {
        let error = text(&Value::from(1)).unwrap_err().to_string();
        assert_eq!(error, "expected a string, found an integer");
        assert_eq!(field(&Value::Map(vec![]), "E").unwrap_err().to_string(), "no field `E`");
    }

    #[test]
    fn reads_keys_written_as_bytes() {
        let map = Value::Map(vec![(Value::Binary(b"nd".to_vec()), Value::from(true))]);
        assert_eq!(find(&map, "nd"), Some(&Value::from(true)));
    }
}
