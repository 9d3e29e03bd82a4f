//! Noise: what a person's days do on their own, which a claim has to survive.
//!
//! Days hang together in two ways. A **fast** part: a bad day is followed by another one more often
//! than not. Its correlation over one step is φ, over k steps φ^k. A **slow** part: good and bad
//! months, whose correlation falls to 1/e only after many weeks. Both are Ornstein–Uhlenbeck
//! processes (AR(1) on irregular days), so gaps need no filling in. Two months of diary cannot
//! tell a slow wave from a treatment that works, and hardly φ = 0.3 from 0.6; so no single model is
//! picked. [`gls`](super::gls) fits all of them and mixes the answers by how likely each is.
//!
//! Essential types: [`NoiseModel`] is one such pair of parts; [`NoisePrior`] the models with
//! their weights before the data are seen; [`NoisePrior::day_to_day`] the one the product uses.
//!
//! # Where the weights came from
//! From a search over simulated diaries read as they are used, at all of their looks: trends, phases and
//! dose levels in the lives of `tests/study`, 14 families of noise at 20 to 180 days a phase, 700
//! lives each, under 61 models. The weights were moved along the gradient of what a claim errs over all
//! looks above 5 %, and in families that bear no bar above 7 %, squared; of what it errs below 2.6 %;
//! and, less, of its power. The 18 models left with weight are kept, rounded to two digits.
//!
//! The small weights count: half a year of days tells models apart by a factor of e^10. The models with a
//! fast part beside a slow one keep errors at 4 to 6 % where days hang together (φ = 0.6) on top of a slow
//! wave of 30 %; the prior before, sought without that family, erred there in 18 to 27 %. The heaviest
//! models, 85 to 93 % slow, are the safe side: AR(1) models alone err in up to 60 % of slow-wave
//! diaries. What the shipped prior does in lives that the search did not see is `docs/calibration.md`;
//! at one look, `cargo test --release --test noise_tables -- --ignored --nocapture`.

use super::NotEstimable;
use super::math;

/// One way the days may hang together: a fast part plus a slow one, variances summing to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoiseModel {
    /// φ: correlation of the fast part over one step, the median gap between the days; 0 ≤ φ < 1.
    pub fast: f64,
    /// Share of the variance that is slow; 0 ≤ share < 1.
    pub slow_share: f64,
    /// Days over which the slow part's correlation falls to 1/e; above 0.
    pub slow_days: f64,
    /// Weight before the data are seen; above 0, in any unit.
    pub weight: f64,
}

impl NoiseModel {
    /// Correlation of the fast part with itself `steps` later.
    #[must_use]
    pub fn fast_after(&self, steps: f64) -> f64 {
        if self.fast > 0.0 { math::pow(self.fast, steps) } else { 0.0 }
    }

    /// Correlation of the slow part with itself `days` later.
    #[must_use]
    pub fn slow_after(&self, days: f64) -> f64 {
        math::exp(-days / self.slow_days)
    }

    fn is_sound(&self) -> bool {
        (0.0..1.0).contains(&self.fast)
            && (0.0..1.0).contains(&self.slow_share)
            && self.slow_days > 0.0
            && self.slow_days.is_finite()
            && self.weight > 0.0
            && self.weight.is_finite()
    }
}

/// Noise models and their weights before the data are seen.
#[derive(Debug, Clone, PartialEq)]
pub struct NoisePrior {
    models: Vec<NoiseModel>,
}

/// Slow share, days over which its correlation falls to 1/e, φ of the fast part, weight before the
/// data are seen.
const MODELS: [(f64, f64, f64, f64); 18] = [
    (0.0, 60.0, 0.0, 490.0),
    (0.0, 60.0, 0.15, 340.0),
    (0.0, 60.0, 0.3, 830.0),
    (0.0, 60.0, 0.45, 44.0),
    (0.0, 60.0, 0.6, 2.5),
    (0.0, 60.0, 0.75, 3.6),
    (0.0, 60.0, 0.85, 0.76),
    (0.0, 60.0, 0.92, 3.7),
    (0.25, 60.0, 0.15, 25.0),
    (0.4, 60.0, 0.45, 1.7),
    (0.55, 30.0, 0.0, 670.0),
    (0.55, 60.0, 0.3, 150.0),
    (0.55, 120.0, 0.0, 400.0),
    (0.55, 120.0, 0.6, 0.84),
    (0.7, 60.0, 0.3, 1.0),
    (0.85, 60.0, 0.0, 4500.0),
    (0.85, 60.0, 0.15, 230.0),
    (0.93, 60.0, 0.0, 2300.0),
];

impl NoisePrior {
    /// A prior of the caller's own models: one model is noise taken as known.
    ///
    /// # Errors
    /// [`NotEstimable::OutOfDomain`] without a model or with one outside the ranges its fields
    /// state.
    pub fn of(models: Vec<NoiseModel>) -> Result<Self, NotEstimable> {
        let sound = !models.is_empty() && models.iter().all(NoiseModel::is_sound);
        sound.then_some(Self { models }).ok_or(NotEstimable::OutOfDomain)
    }

    /// The prior for daily ratings and for questionnaires every week or so: 18 models.
    ///
    /// Weight 0.17 on a fast part alone, φ from 0 to 0.92, and 0.83 on one with a slow part of 30 to
    /// 120 days. As φ counts steps, not days, it serves daily and weekly series alike; the slow part
    /// counts days.
    #[must_use]
    pub fn day_to_day() -> Self {
        let model = |&(slow_share, slow_days, fast, weight)| NoiseModel {
            fast,
            slow_share,
            slow_days,
            weight,
        };
        Self { models: MODELS.iter().map(model).collect() }
    }

    /// The models, each with its weight.
    #[must_use]
    pub fn models(&self) -> &[NoiseModel] {
        &self.models
    }
}
