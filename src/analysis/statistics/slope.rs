//! Slope: how fast a series rises or falls on the whole, with an interval that knows days hang
//! together.
//!
//! The claim under test is *no straight course beyond a slow wave*. Measured as in
//! [`level`](super::level), false positives at nominal 5 % and in brackets those of ordinary least
//! squares, by days in all:
//!
//! | noise | 40 | 80 | 160 | 360 |
//! |---|---|---|---|---|
//! | white | 0.0 (5) | 0.0 (4) | 0.4 (4) | 3.0 (5) |
//! | AR(1) 0.3 | 0.0 (15) | 0.0 (15) | 0.4 (14) | 2.8 (15) |
//! | AR(1) 0.6 | 0.2 (32) | 0.1 (31) | 0.3 (32) | 2.8 (34) |
//! | AR(1) 0.8 | 2.0 (51) | 0.4 (51) | 0.7 (51) | 2.5 (53) |
//! | slow 30 % | 0.1 (25) | 0.8 (43) | 2.7 (60) | 2.2 (67) |
//! | slow 50 % | 1.0 (36) | 2.3 (59) | 2.7 (71) | 1.9 (75) |
//! | slow 70 % | 4.4 (50) | 4.0 (70) | 3.5 (77) | 2.4 (79) |
//! | slow 50 %, AR 0.4 | 1.6 (43) | 1.3 (61) | 2.7 (72) | 2.4 (75) |
//! | slow 50 %, 20 days | 1.9 (44) | 0.9 (56) | 0.8 (65) | 0.1 (66) |
//! | slow 50 %, 90 days | 0.2 (29) | 1.9 (54) | 5.6 (69) | 7.9 (79) |
//!
//! Below three months a slope is hardly ever called: forty days that rise by two standard
//! deviations are what a slow wave does, so they are found in 5 % of white series, eighty in 26 %
//! and a hundred and sixty in 90 %. Under slower waves than the prior's (90 days) long series err
//! in up to 8 %.

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
