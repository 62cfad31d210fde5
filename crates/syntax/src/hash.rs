//! The two hash functions that the trained weights were made with.

/// MurmurHash64A: the id that spaCy gives a string (with seed 1).
pub(crate) fn murmur64(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    for word in words {
        let mixed = u64::from_le_bytes(*word).wrapping_mul(M);
        hash = (hash ^ (mixed ^ (mixed >> 47)).wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0u64, |tail, &b| (tail << 8) | u64::from(b));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(M);
    hash ^ (hash >> 47)
}

/// thinc's `MurmurHash3_x86_128_uint64`: the four row keys of one value in a hash-embedding table.
pub(crate) fn embedding_keys(value: u64, seed: u32) -> [u32; 4] {
    let key = value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let salt = u64::from(seed) ^ 8;
    let low = (key ^ salt).wrapping_add(salt);
    let high = salt.wrapping_add(low);
    let (low, high) = (finish(low), finish(high));
    let low = low.wrapping_add(high);
    let high = high.wrapping_add(low);
    [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
}

fn finish(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_ids_are_spacys() {
        // nlp.vocab.strings.add(…) in spaCy 3.8
        assert_eq!(murmur64(b"hello", 1), 5_983_625_672_228_268_878);
        assert_eq!(murmur64(b"coffee", 1), 3_197_928_453_018_144_401);
    }
}
