//! Whitening: turning days that hang together into as many that do not.
//!
//! One pass over the days, however unevenly they are spaced: from each value is taken what the
//! values before it foretold under a [`NoiseModel`], and the rest is divided by its standard
//! deviation. Least squares on what is left is generalised least squares on what was given.

use crate::diary::Sorting;

use super::math;
use super::noise::NoiseModel;

/// The distances between neighbouring days, each distinct distance once.
pub(super) struct Gaps {
    /// In units of the median distance.
    relative: Vec<f64>,
    /// In days.
    days: Vec<f64>,
    /// Which of them precedes each row; the first row's entry is not read.
    kind: Vec<usize>,
}

impl Gaps {
    pub(super) fn between(days: &[f64]) -> Self {
        let gaps: Vec<f64> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut distinct = gaps.clone();
        distinct.arrange_by(f64::total_cmp);
        let median = distinct[distinct.len() / 2];
        distinct.dedup();
        let kind = |gap: &f64| distinct.partition_point(|d| d < gap);
        Self {
            relative: distinct.iter().map(|gap| gap / median).collect(),
            kind: std::iter::once(0).chain(gaps.iter().map(kind)).collect(),
            days: distinct,
        }
    }
}

/// Whitens all columns of a table at once and returns the upper triangle of their
/// cross-products (W × W) and the log determinant of the noise's correlation
/// matrix, in one pass over the days.
///
/// The noise is a fast and a slow Ornstein–Uhlenbeck process whose variances sum to one. Once
/// their sum is observed, one number, the expected slow part, is all the past has to say: with
/// variance v it is a Kalman filter in one dimension.
pub(super) fn whitened_products<const W: usize>(
    model: &NoiseModel,
    cells: &[f64],
    gaps: &Gaps,
) -> (Vec<f64>, f64) {
    let memory: Vec<(f64, f64)> = gaps
        .relative
        .iter()
        .zip(&gaps.days)
        .map(|(relative, days)| (model.fast_after(*relative), model.slow_after(*days)))
        .collect();
    let share = model.slow_share;
    let mut cross = [[0.0; W]; W];
    let mut previous = [0.0; W];
    let mut slow = [0.0; W];
    let mut variance = 0.0;
    let mut determinant = Determinant::new();
    // The step in force: fast and slow − fast memory, what is kept of the slow part expected before,
    // gain and 1/√(innovation variance).
    let (mut fast, mut lead, mut keep, mut gain, mut scale, mut innovation) =
        (0.0, 0.0, 0.0, share, 1.0, 1.0);
    let mut settled = None;
    for (row, (cell, kind)) in cells.chunks_exact(W).zip(&gaps.kind).enumerate() {
        if row == 0 {
            variance = share * (1.0 - share);
        } else if settled != Some(*kind) {
            let (a, b) = memory[*kind];
            let fresh = (1.0 - b * b) * share;
            fast = a;
            lead = b - a;
            innovation = lead * lead * variance + (1.0 - a * a) * (1.0 - share) + fresh;
            let covariance = b * lead * variance + fresh;
            gain = covariance / innovation;
            keep = b - gain * lead;
            scale = 1.0 / innovation.sqrt();
            let next = (b * b * variance + fresh - gain * covariance).max(0.0);
            // Equal gaps bring the variance to a standstill; then nothing above changes again.
            settled = ((next - variance).abs() <= 1e-15 * share).then_some(*kind);
            variance = next;
        }
        determinant.times(innovation);
        let mut white = [0.0; W];
        for j in 0..W {
            let fresh = cell[j] - fast * previous[j];
            white[j] = (fresh - lead * slow[j]) * scale;
            slow[j] = keep * slow[j] + gain * fresh;
            previous[j] = cell[j];
        }
        for i in 0..W {
            // The upper triangle is all that is read; from an even column on it stays vectorised.
            for j in (i & !1)..W {
                cross[i][j] += white[i] * white[j];
            }
        }
    }
    (cross.concat(), determinant.logarithm())
}

/// A product kept as a logarithm and a factor in range, to take few logarithms.
struct Determinant {
    log: f64,
    factor: f64,
}

impl Determinant {
    fn new() -> Self {
        Self { log: 0.0, factor: 1.0 }
    }

    fn times(&mut self, value: f64) {
        self.factor *= value;
        if self.factor < 1e-200 {
            self.log += math::ln(self.factor);
            self.factor = 1.0;
        }
    }

    fn logarithm(self) -> f64 {
        self.log + math::ln(self.factor)
    }
}
