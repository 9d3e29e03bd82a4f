//! Kendall's S: how many pairs of points rise, less how many fall.
//!
//! A pair **rises** when the later point has the larger value and falls when it has the smaller;
//! pairs that share a time or a value count as neither (Kendall 1938, *Biometrika* 30:81–93). What
//! falls is what is out of order once the points stand in order of time, and need not be looked at
//! pair by pair (Knight 1966, *J Am Stat Assoc* 61:436–439): it is counted in O(n log n).

use super::NotEstimable;
use super::falling::Pairs;

/// Rising pairs less falling ones; the points in any order.
///
/// # Errors
/// [`NotEstimable::OutOfDomain`] for a value that is not finite or lengths that differ.
pub fn kendall_s(t: &[f64], y: &[f64]) -> Result<i64, NotEstimable> {
    let points = in_time(t, y)?;
    let same_time = |a: &Point, b: &Point| a.0 - b.0 == 0.0;
    let same_value = |a: &Point, b: &Point| a.1 - b.1 == 0.0;
    let (mut tied_in_time, mut tied_in_both) = (0, 0);
    for group in points.chunk_by(same_time).filter(|group| group.len() > 1) {
        tied_in_time += pairs_in(group.len());
        tied_in_both += group.chunk_by(same_value).map(<[Point]>::len).map(pairs_in).sum::<i64>();
    }
    let values: Vec<f64> = points.iter().map(|point| point.1).collect();
    let Pairs { falling, tied: tied_in_value } = Pairs::of(&values);
    let all = pairs_in(points.len());
    Ok(all - tied_in_time - tied_in_value as i64 + tied_in_both - 2 * falling as i64)
}

/// A time and a value.
pub(super) type Point = (f64, f64);

/// The points in order of time, those of one time in order of their values.
pub(super) fn in_time(t: &[f64], y: &[f64]) -> Result<Vec<Point>, NotEstimable> {
    let finite = |column: &[f64]| column.iter().all(|value| value.is_finite());
    if t.len() != y.len() || u32::try_from(t.len()).is_err() || !finite(t) || !finite(y) {
        return Err(NotEstimable::OutOfDomain);
    }
    let mut points: Vec<Point> = t.iter().copied().zip(y.iter().copied()).collect();
    if !t.is_sorted_by(|a, b| a < b) {
        points.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    }
    Ok(points)
}

/// How many pairs a group of this size holds.
fn pairs_in(size: usize) -> i64 {
    let size = size as i64;
    size * (size - 1) / 2
}
