//! The .npy format (version 1 and 2) for one two-dimensional array of little-endian floats.

use super::Malformed;
use super::network::{Tensor, floats};

/// Reads a C-ordered `<f4` array with two axes.
pub(crate) fn parse(bytes: &[u8]) -> Result<Tensor, Malformed> {
    let (header, data) = split(bytes).ok_or_else(|| Malformed::new("not an .npy file"))?;
    if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
        return Err(Malformed::new(format!("not a C-ordered array of <f4: {}", header.trim())));
    }
    let shape = shape(header).ok_or_else(|| Malformed::new(format!("no two axes: {}", header.trim())))?;
    let size = shape.iter().try_fold(4usize, |n, &d| n.checked_mul(d));
    if size != Some(data.len()) {
        return Err(Malformed::new(format!("{} bytes of data for shape {shape:?}", data.len())));
    }
    Ok(Tensor { shape, data: floats(data) })
}

/// The header's text and the data after it.
fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (version, rest) = rest.split_first_chunk::<2>()?;
    let (length, rest) = match version[0] {
        1 => rest.split_first_chunk().map(|(n, rest)| (usize::from(u16::from_le_bytes(*n)), rest))?,
        2 => rest.split_first_chunk().map(|(n, rest)| (u32::from_le_bytes(*n) as usize, rest))?,
        _ => return None,
    };
    let (header, data) = rest.split_at_checked(length)?;
    Some((std::str::from_utf8(header).ok()?, data))
}

fn shape(header: &str) -> Option<Vec<usize>> {
    let (_, after) = header.split_once("'shape': (")?;
    let (inside, _) = after.split_once(')')?;
    let axes: Vec<usize> = inside.split(',').map(|d| d.trim().parse().ok()).collect::<Option<_>>()?;
    (axes.len() == 2).then_some(axes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(header.len()).unwrap().to_le_bytes();
        [b"\x93NUMPY\x01\x00".as_slice(), &length, header.as_bytes(), data].concat()
    }

    #[test]
    fn refuses_what_is_not_a_float_matrix() {
        assert!(parse(b"").is_err());
        assert!(parse(b"\x93NUMPY\x01\x00\xff\xff").is_err(), "header longer than the file");
        let double = file("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", &[0; 8]);
        assert!(parse(&double).is_err());
        let flat = file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", &[0; 4]);
        assert!(parse(&flat).is_err());
        let short = file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", &[0; 4]);
        assert!(parse(&short).is_err());
    }

    #[test]
    fn reads_a_matrix() {
        let read = parse(&file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", &[0; 8])).unwrap();
        assert_eq!(read, Tensor { shape: vec![1, 2], data: vec![0.0, 0.0] });
    }
}
