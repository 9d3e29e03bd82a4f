//! Autocorrelation: how much a series resembles itself some rows earlier.
//!
//! At **lag** k it is the sum of products of deviations k rows apart, over the sum of squared
//! deviations: r₀ = 1, and |r_k| ≤ 1. The divisor is the same at every lag (the "biased" form),
//! which keeps the sequence a valid correlation sequence
//! (Box & Jenkins 1976, *Time Series Analysis*, §2.1.5).
//!
//! The lag counts rows. When rows are missing either close the gaps first ([`autocorrelation`]) or
//! keep them ([`autocorrelation_with_gaps`]), where a pair with a missing member adds nothing; the
//! two differ, and only the second keeps a lag of one day a lag of one day.

use super::NotEstimable;
use super::location::{is_constant, mean};

/// r₀ … r_`max_lag` of a series without gaps; shorter when the series has fewer rows.
///
/// # Errors
/// [`NotEstimable::TooFew`] below two values, [`NotEstimable::Constant`] for a constant series.
pub fn autocorrelation(values: &[f64], max_lag: usize) -> Result<Vec<f64>, NotEstimable> {
    let deviations = deviations(values)?;
    Ok(correlations(&deviations, max_lag))
}

/// r₀ … r_`max_lag` with the gaps kept in place: the mean is that of the values present and a
/// missing deviation counts as zero (Parzen 1963, *Sankhyā A* 25:383–392).
///
/// # Errors
/// [`NotEstimable::TooFew`] below two values present, [`NotEstimable::Constant`] when they are equal.
pub fn autocorrelation_with_gaps(
    values: &[Option<f64>],
    max_lag: usize,
) -> Result<Vec<f64>, NotEstimable> {
    let present: Vec<f64> = values.iter().flatten().copied().collect();
    let mut deviations = deviations(&present)?.into_iter();
    let in_place: Vec<f64> =
        values.iter().map(|value| value.and_then(|_| deviations.next()).unwrap_or(0.0)).collect();
    Ok(correlations(&in_place, max_lag))
}

fn deviations(values: &[f64]) -> Result<Vec<f64>, NotEstimable> {
    if values.len() < 2 {
        return Err(NotEstimable::TooFew { n: values.len(), needed: 2 });
    }
    if is_constant(values) {
        return Err(NotEstimable::Constant);
    }
    let centre = mean(values)?;
    Ok(values.iter().map(|value| value - centre).collect())
}

fn correlations(deviations: &[f64], max_lag: usize) -> Vec<f64> {
    let total: f64 = deviations.iter().map(|deviation| deviation * deviation).sum();
    (0..=max_lag.min(deviations.len() - 1))
        .map(|lag| {
            let products = deviations.iter().zip(&deviations[lag..]).map(|(a, b)| a * b);
            products.sum::<f64>() / total
        })
        .collect()
}
