//! Slope: how fast a series rises or falls on the whole, with an interval that knows days hang
//! together.
//!
//! The claim under test is *no straight course beyond a slow wave*. Measured as in
//! [`level`](super::level), false positives at nominal 5 % and in brackets those of ordinary least
//! squares, by days in all:
//!
//! | noise | 40 | 80 | 160 | 360 |
//! |---|---|---|---|---|
//! | white | 0.0 (5) | 0.0 (4) | 1.3 (4) | 3.7 (5) |
//! | AR(1) 0.3 | 0.1 (15) | 0.0 (15) | 0.9 (14) | 3.7 (15) |
//! | AR(1) 0.6 | 0.4 (32) | 0.2 (31) | 0.7 (32) | 3.3 (34) |
//! | AR(1) 0.8 | 3.1 (51) | 1.1 (51) | 1.2 (51) | 2.7 (53) |
//! | slow 30 % | 0.3 (25) | 2.2 (43) | 5.6 (60) | 2.5 (67) |
//! | slow 50 % | 1.8 (37) | 4.3 (59) | 3.6 (71) | 2.0 (75) |
//! | slow 70 % | 5.2 (51) | 5.3 (70) | 3.8 (77) | 2.4 (79) |
//! | slow 50 %, AR(1) 0.4 | 2.2 (43) | 2.2 (61) | 4.5 (72) | 2.8 (75) |
//! | slow 50 %, 90 days | 0.9 (29) | 4.4 (54) | 8.1 (69) | 8.0 (79) |
//!
//! Below three months a slope is hardly ever called: forty days that rise by two standard
//! deviations are what a slow wave does, so they are found in 10 % of white series, eighty in 52 %
//! and a hundred and sixty in 96 %.

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
