//! Where a column of numbers lies and how far it spreads.
//!
//! **Location** is one number standing for the column: the mean, or the median, which half of the
//! values lie below. **Spread** is the typical distance from it: the sample standard deviation
//! (divisor n − 1).
//!
//! All functions take the values in any order, in the unit the answer is in.

use super::NotEstimable;

/// The arithmetic mean, corrected once for the rounding of its own sum.
///
/// # Errors
/// [`NotEstimable::TooFew`] for an empty column.
pub fn mean(values: &[f64]) -> Result<f64, NotEstimable> {
    if values.is_empty() {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    }
    let n = values.len() as f64;
    let first = values.iter().sum::<f64>() / n;
    Ok(first + values.iter().map(|value| value - first).sum::<f64>() / n)
}

/// The sample standard deviation: root of the mean square about the mean, divisor n − 1.
///
/// # Errors
/// [`NotEstimable::TooFew`] below two values. A constant column has the answer 0.
pub fn sample_sd(values: &[f64]) -> Result<f64, NotEstimable> {
    if values.len() < 2 {
        return Err(NotEstimable::TooFew { n: values.len(), needed: 2 });
    }
    if is_constant(values) {
        return Ok(0.0);
    }
    let centre = mean(values)?;
    let squares = values.iter().map(|value| (value - centre) * (value - centre)).sum::<f64>();
    Ok((squares / (values.len() - 1) as f64).sqrt())
}

/// The median: the middle value, or the mean of the two middle ones. O(n).
///
/// # Errors
/// [`NotEstimable::TooFew`] for an empty column.
pub fn median(values: &[f64]) -> Result<f64, NotEstimable> {
    median_in_place(&mut values.to_vec())
}

/// [`median`] without a copy; the column is left in another order.
///
/// # Errors
/// [`NotEstimable::TooFew`] for an empty column.
pub fn median_in_place(values: &mut [f64]) -> Result<f64, NotEstimable> {
    if values.is_empty() {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    }
    let even = values.len().is_multiple_of(2);
    let (below, middle, _) = values.select_nth_unstable_by(values.len() / 2, f64::total_cmp);
    let upper = *middle;
    if !even {
        return Ok(upper);
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Ok((lower + upper) / 2.0)
}

/// Whether all values are the same number (an empty or single column is).
#[must_use]
pub fn is_constant(values: &[f64]) -> bool {
    values.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;

    // By hand: 1, 1, 2, 2, 4, 6, 9 has median 2, mean 25/7 and squares about it 143 − 625/7 = 376/7.
    const SEVEN: [f64; 7] = [6.0, 1.0, 2.0, 9.0, 1.0, 4.0, 2.0];

    #[test]
    fn location_and_spread_of_a_column_counted_by_hand() {
        assert_eq!(median(&SEVEN), Ok(2.0));
        assert_eq!(mean(&SEVEN), Ok(25.0 / 7.0));
        let sd = sample_sd(&SEVEN).unwrap();
        assert!((sd * sd - 376.0 / 42.0).abs() < 1e-14);
    }

    #[test]
    fn an_even_column_has_the_mean_of_its_middle_values_as_median() {
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Ok(2.5));
    }

    #[test]
    fn short_columns_say_what_they_lack() {
        assert_eq!(mean(&[]), Err(NotEstimable::TooFew { n: 0, needed: 1 }));
        assert_eq!(median(&[]), Err(NotEstimable::TooFew { n: 0, needed: 1 }));
        assert_eq!(sample_sd(&[3.0]), Err(NotEstimable::TooFew { n: 1, needed: 2 }));
    }

    #[test]
    fn a_constant_column_that_has_no_exact_mean_spreads_by_exactly_zero() {
        assert_eq!(sample_sd(&[0.1; 3]), Ok(0.0));
    }
}
