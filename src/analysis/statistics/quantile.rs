//! Quantiles: the value below which a given share of a column lies.
//!
//! Between two order statistics a **quantile** is a convention. Two of the nine conventions of
//! Hyndman & Fan (1996, *Am Stat* 50:361–365) are offered: type 7, which NumPy, R and spreadsheets
//! use by default, and type 8, which is approximately median-unbiased whatever the distribution.

use super::NotEstimable;

/// Which convention of Hyndman & Fan places the quantile between two order statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Position (n − 1) p counted from zero.
    Type7,
    /// Position (n + 1/3) p − 2/3 counted from zero, held within the column.
    Type8,
}

/// The quantile of `values` at the share `p` from 0 to 1, in the unit of the column, which is left in
/// another order. O(n).
///
/// # Errors
/// [`NotEstimable::TooFew`] for an empty column, [`NotEstimable::OutOfDomain`] for a share outside
/// 0 to 1.
pub fn quantile(values: &mut [f64], p: f64, convention: Convention) -> Result<f64, NotEstimable> {
    let Some(last) = values.len().checked_sub(1) else {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    };
    if !(0.0..=1.0).contains(&p) {
        return Err(NotEstimable::OutOfDomain);
    }
    let position = match convention {
        Convention::Type7 => last as f64 * p,
        Convention::Type8 => (values.len() as f64 + 1.0 / 3.0) * p - 2.0 / 3.0,
    }
    .clamp(0.0, last as f64);
    let below = position.floor() as usize;
    let share = position - below as f64;
    let (_, low, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    let high = above.iter().copied().reduce(f64::min).unwrap_or(low);
    Ok(low + share * (high - low))
}
