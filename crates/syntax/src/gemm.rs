//! Matrix products: the one place with unsafe code, because the fast kernel takes pointers.

/// The product of `a` and the transpose of `b`, into `out`.
///
/// `a` has `rows` rows of `depth` floats that begin `stride` floats apart (rows may overlap: `stride < depth`). `b` has
/// one row of `depth` floats a column of the result. `out` takes `rows` rows of as many floats as `b` has rows.
///
/// A row of the result does not depend on the other rows or on how many there are.
///
/// # Panics
/// If a slice is too short for its shape.
pub fn multiply_transposed(rows: usize, depth: usize, a: &[f32], stride: usize, b: &[f32], out: &mut [f32]) {
    let columns = b.len() / depth;
    if rows == 0 || columns == 0 {
        return;
    }
    assert!(a.len() >= (rows - 1) * stride + depth, "left side too short");
    assert!(b.len() == columns * depth && out.len() >= rows * columns, "right side or result too short");
    let (rsa, rsb, rsc) = (stride as isize, depth as isize, columns as isize);
    #[expect(unsafe_code, reason = "matrixmultiply's kernels take raw pointers")]
    // SAFETY: the assertions above keep every element that the shapes and strides reach within its slice, and `out`
    // is borrowed mutably, so it does not overlap `a` or `b`.
    unsafe {
        matrixmultiply::sgemm(
            rows,
            depth,
            columns,
            1.0,
            a.as_ptr(),
            rsa,
            1,
            b.as_ptr(),
            1,
            rsb,
            0.0,
            out.as_mut_ptr(),
            rsc,
            1,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize, mut seed: u32) -> Vec<f32> {
        std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 16_777_216.0 - 0.5
        })
        .take(n)
        .collect()
    }

    #[test]
    fn multiplies() {
        let mut out = [0.0; 4];
        multiply_transposed(2, 2, &[1.0, 2.0, 3.0, 4.0], 2, &[5.0, 6.0, 7.0, 8.0], &mut out);
        assert_eq!(out, [17.0, 23.0, 39.0, 53.0]);
        multiply_transposed(0, 2, &[], 2, &[1.0, 1.0], &mut out);
    }

    /// All shapes that the model uses: windows over overlapping rows, embeddings, linear layers.
    #[test]
    fn a_row_does_not_depend_on_how_many_there_are() {
        for (depth, stride, columns) in [(288, 96, 288), (672, 672, 288), (300, 300, 96), (96, 96, 50), (64, 64, 1024)]
        {
            let rows = 131;
            let (a, b) = (noise(rows * stride + depth, 1), noise(columns * depth, 2));
            let mut whole = vec![0.0; rows * columns];
            multiply_transposed(rows, depth, &a, stride, &b, &mut whole);
            for few in [1, 2, 5, 7, 8, 16, 17, 64] {
                for first in [0, 1, 3, 60] {
                    let mut part = vec![0.0; few * columns];
                    multiply_transposed(few, depth, &a[first * stride..], stride, &b, &mut part);
                    assert_eq!(part, whole[first * columns..(first + few) * columns], "{depth} {few} {first}");
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "left side too short")]
    fn short_slices_are_refused() {
        multiply_transposed(2, 2, &[1.0, 2.0, 3.0], 2, &[1.0, 1.0], &mut [0.0; 2]);
    }
}
