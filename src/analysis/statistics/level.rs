//! Level: the mean of each of several stretches of days, and how much two of them differ.
//!
//! All stretches share one noise (see [`noise`](super::noise)), fitted once across the borders
//! between them. The claim under test is therefore *no step beyond a common slow course*: a slow
//! wave that happens to crest in one stretch is noise, not a difference.
//!
//! Essential items: [`Levels`] for any number of stretches, [`level_difference`] for two.
//!
//! # How often it is wrong
//! `docs/calibration.md` tables it as the claims use it. The price of holding under slow waves is
//! power where days really are independent, and an interval then wider than its name: two short
//! stretches cannot show that there is no slow wave.

use super::NotEstimable;
use super::gls::{Contrast, NoiseMixture};
use super::noise::NoisePrior;

/// Several stretches of days, each with its own level, under one noise.
#[derive(Debug, Clone)]
pub struct Levels {
    mixture: NoiseMixture,
    stretches: usize,
}

impl Levels {
    /// Fits one level to each stretch. `stretch[i]` (0, 1, 2 …, none left out) says where row i
    /// belongs; rows that belong nowhere (wash-in, say) are simply not given.
    ///
    /// # Errors
    /// As [`NoiseMixture::fit`]; a stretch without a day is [`NotEstimable::Singular`].
    pub fn fit(
        days: &[f64],
        y: &[f64],
        stretch: &[usize],
        prior: &NoisePrior,
    ) -> Result<Self, NotEstimable> {
        let stretches = stretch.iter().max().map_or(0, |last| last + 1);
        if stretches > super::gls::MOST_COLUMNS {
            return Err(NotEstimable::Singular);
        }
        let columns: Vec<Vec<f64>> = (0..stretches)
            .map(|k| stretch.iter().map(|s| if *s == k { 1.0 } else { 0.0 }).collect())
            .collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        Ok(Self { mixture: NoiseMixture::fit(days, y, &columns, prior)?, stretches })
    }

    /// The level of stretch `k`, in units of the outcome.
    ///
    /// # Errors
    /// [`NotEstimable::OutOfDomain`] when there is no such stretch or `confidence` is not in (0, 1).
    pub fn level(&self, k: usize, confidence: f64) -> Result<Contrast, NotEstimable> {
        self.mixture.contrast(&self.weights(k, None)?, confidence)
    }

    /// The level of stretch `to` less that of stretch `from`, in units of the outcome.
    ///
    /// # Errors
    /// [`NotEstimable::OutOfDomain`] when there is no such stretch, both are the same, or
    /// `confidence` is not in (0, 1).
    pub fn difference(
        &self,
        from: usize,
        to: usize,
        confidence: f64,
    ) -> Result<Contrast, NotEstimable> {
        self.mixture.contrast(&self.weights(to, Some(from))?, confidence)
    }

    /// See [`NoiseMixture::log_likelihood`].
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.mixture.log_likelihood()
    }

    fn weights(&self, plus: usize, minus: Option<usize>) -> Result<Vec<f64>, NotEstimable> {
        if plus >= self.stretches || minus.is_some_and(|k| k >= self.stretches) {
            return Err(NotEstimable::OutOfDomain);
        }
        let mut weights = vec![0.0; self.stretches];
        weights[plus] += 1.0;
        if let Some(minus) = minus {
            weights[minus] -= 1.0;
        }
        Ok(weights)
    }
}

/// The level of the rows `after` less that of the rows `before`, each as (days, values).
///
/// # Errors
/// As [`Levels::fit`].
pub fn level_difference(
    before: (&[f64], &[f64]),
    after: (&[f64], &[f64]),
    prior: &NoisePrior,
    confidence: f64,
) -> Result<Contrast, NotEstimable> {
    let days = [before.0, after.0].concat();
    let y = [before.1, after.1].concat();
    if before.0.len() != before.1.len() || after.0.len() != after.1.len() {
        return Err(NotEstimable::OutOfDomain);
    }
    let stretch: Vec<usize> =
        (0..days.len()).map(|row| usize::from(row >= before.0.len())).collect();
    Levels::fit(&days, &y, &stretch, prior)?.difference(0, 1, confidence)
}
