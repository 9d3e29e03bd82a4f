//! Slope: how fast a series rises or falls on the whole, with an interval that knows days hang
//! together.
//!
//! The claim under test is *no straight course beyond a slow wave*; `docs/calibration.md` tables how
//! often it errs. Below three months a slope is hardly ever told: forty days that rise by two
//! standard deviations are what a slow wave does.

use super::NotEstimable;
use super::gls::{Contrast, NoiseMixture};
use super::noise::NoisePrior;

/// The straight-line slope of `y` per day over `days`, with an interval at `confidence` (0.95).
///
/// # Errors
/// As [`NoiseMixture::fit`]: fewer than four days are [`NotEstimable::TooFew`], a straight line
/// without any noise is [`NotEstimable::Constant`].
pub fn slope(
    days: &[f64],
    y: &[f64],
    prior: &NoisePrior,
    confidence: f64,
) -> Result<Contrast, NotEstimable> {
    let ones = vec![1.0; days.len()];
    // Day numbers count from far away; from their own first day they lose no digits.
    let first = days.iter().copied().fold(f64::INFINITY, f64::min);
    let since: Vec<f64> = days.iter().map(|day| day - first).collect();
    NoiseMixture::fit(days, y, &[&ones, &since], prior)?.contrast(&[0.0, 1.0], confidence)
}
