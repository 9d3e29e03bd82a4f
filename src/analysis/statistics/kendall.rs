//! Kendall's S: how many pairs of points rise, less how many fall.
//!
//! A pair **rises** when the later point has the larger value and falls when it has the smaller;
//! pairs that share a time or a value count as neither (Kendall 1938, *Biometrika* 30:81–93). What
//! falls is what is out of order once the points stand in order of time: it is counted by merging,
//! in O(n log n) (Knight 1966, *J Am Stat Assoc* 61:436–439).

use super::NotEstimable;
use super::inversion::{Inversions, ordered};

/// Rising pairs less falling ones; the points in any order.
///
/// # Errors
/// [`NotEstimable::OutOfDomain`] for a value that is not finite or lengths that differ.
pub fn kendall_s(t: &[f64], y: &[f64]) -> Result<i64, NotEstimable> {
    let order = order_in_time(t, y)?;
    let same_time = |a: &u32, b: &u32| t[*a as usize] - t[*b as usize] == 0.0;
    let same_both = |a: &u32, b: &u32| same_time(a, b) && y[*a as usize] - y[*b as usize] == 0.0;
    let tied_in_time = pairs_in(order.chunk_by(same_time).map(<[u32]>::len));
    let tied_in_both = pairs_in(order.chunk_by(same_both).map(<[u32]>::len));
    let mut values: Vec<u64> = order.iter().map(|&row| ordered(y[row as usize])).collect();
    let falling = Inversions::count(&mut values) as i64;
    let tied_in_value = pairs_in(values.chunk_by(u64::eq).map(<[u64]>::len));
    let all = pairs_in(std::iter::once(order.len()));
    Ok(all - tied_in_time - tied_in_value + tied_in_both - 2 * falling)
}

/// The rows in order of time, those of one time in order of their values.
pub(super) fn order_in_time(t: &[f64], y: &[f64]) -> Result<Vec<u32>, NotEstimable> {
    let finite = |column: &[f64]| column.iter().all(|value| value.is_finite());
    if t.len() != y.len() || u32::try_from(t.len()).is_err() || !finite(t) || !finite(y) {
        return Err(NotEstimable::OutOfDomain);
    }
    let mut order: Vec<u32> = (0..t.len() as u32).collect();
    if !t.is_sorted_by(|a, b| a < b) {
        let point = |row: u32| (t[row as usize], y[row as usize]);
        order.sort_unstable_by(|a, b| {
            let (a, b) = (point(*a), point(*b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
    }
    Ok(order)
}

/// How many pairs groups of these sizes hold.
fn pairs_in(sizes: impl Iterator<Item = usize>) -> i64 {
    sizes.map(|size| size as i64).map(|size| size * (size - 1) / 2).sum()
}
