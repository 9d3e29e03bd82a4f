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
//! From a search over simulated series (11 noise families × 20, 40, 80 and 180 days a stretch ×
//! 500 to 1,000 series) for the least false positives above 5.5 %, counted double, and shortfall
//! below 2.5 %, level differences counting twice as much as slopes; then rounded, and the slow
//! part's weight raised until no level cell was above 6 % by more than its Monte Carlo error. The
//! simulated slow waves fall to 1/e in 45 days, the prior's in 60: it is not told the truth, and
//! under waves of 20 and 90 days level differences hold too. Without the slow part they err in
//! up to 57 % of slow-wave series (100 series a cell). What the shipped prior does is tabled in
//! [`level`](super::level), [`slope`](super::slope) and [`change_point`](super::change_point);
//! `cargo test --release --test noise_tables -- --ignored --nocapture` prints those tables again.

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

/// Weight of all models with a slow part together.
const SLOW_WEIGHT: f64 = 0.7;

/// Days over which the slow part's correlation falls to 1/e.
const SLOW_DAYS: f64 = 60.0;

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

    /// The prior for daily ratings and for questionnaires every week or so: 41 models.
    ///
    /// Weight 0.3 on a fast part alone, φ from 0 to 0.98 with density ∝ (1−φ)^−½ (16 models in equal
    /// steps of ln (1+φ)/(1−φ), which is how an interval's width grows). Weight 0.7 on a fast part (φ 0 to
    /// 0.8, weight ∝ (1−φ)²) with a slow part of 60 days (share s 0.15 to 0.85, weight ∝ s²). As φ
    /// counts steps, not days, it serves daily and weekly series alike; the slow part counts days.
    #[must_use]
    pub fn day_to_day() -> Self {
        let alone = (0..16).map(|step| {
            let fast = math::tanh(0.15 * f64::from(step));
            let cell = if step == 0 { 0.5 } else { 1.0 };
            NoiseModel {
                fast,
                slow_share: 0.0,
                slow_days: SLOW_DAYS,
                // Density (1−φ)^−½ times the width in φ of an equal step.
                weight: cell * (1.0 + fast) * (1.0 - fast).sqrt(),
            }
        });
        let with_slow = [0.15, 0.3, 0.5, 0.7, 0.85].into_iter().flat_map(|slow_share: f64| {
            [(0.0, 0.5), (0.2, 1.0), (0.4, 1.0), (0.6, 1.0), (0.8, 1.0)].map(|(fast, cell)| {
                let weight = cell * (1.0 - fast) * (1.0 - fast) * slow_share * slow_share;
                NoiseModel { fast, slow_share, slow_days: SLOW_DAYS, weight }
            })
        });
        let mut models = scaled(alone.collect(), 1.0 - SLOW_WEIGHT);
        models.extend(scaled(with_slow.collect(), SLOW_WEIGHT));
        Self { models }
    }

    /// The models, each with its weight.
    #[must_use]
    pub fn models(&self) -> &[NoiseModel] {
        &self.models
    }
}

/// The models with their weights brought to a sum of `total`.
fn scaled(mut models: Vec<NoiseModel>, total: f64) -> Vec<NoiseModel> {
    let sum: f64 = models.iter().map(|model| model.weight).sum();
    models.iter_mut().for_each(|model| model.weight *= total / sum);
    models
}
