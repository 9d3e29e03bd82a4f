//! What a person's days do on their own: the noise models a claim has to survive.

use super::math;

/// One way the days may hang together: a fast process plus a slow one, variances summing to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoiseModel {
    /// Correlation of the fast part over one median gap between days, 0 ≤ φ < 1.
    pub fast: f64,
    /// Share of the variance that is slow, 0 ≤ share < 1.
    pub slow_share: f64,
    /// Days over which the slow part's correlation falls to 1/e.
    pub slow_days: f64,
    /// Weight before the data are seen.
    pub weight: f64,
}

impl NoiseModel {
    /// Correlation of the fast part with itself `gaps` median gaps later.
    #[must_use]
    pub fn fast_after(&self, gaps: f64) -> f64 {
        if self.fast > 0.0 { math::pow(self.fast, gaps) } else { 0.0 }
    }

    /// Correlation of the slow part with itself `days` later.
    #[must_use]
    pub fn slow_after(&self, days: f64) -> f64 {
        math::exp(-days / self.slow_days)
    }
}

/// The noise models and their weights before the data are seen.
#[derive(Debug, Clone, PartialEq)]
pub struct NoisePrior {
    models: Vec<NoiseModel>,
}

impl NoisePrior {
    pub fn of(models: Vec<NoiseModel>) -> Self { Self { models } }
    /// The models, each with its weight.
    #[must_use]
    pub fn models(&self) -> &[NoiseModel] {
        &self.models
    }
}
