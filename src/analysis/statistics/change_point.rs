//! Change point: a day on which the level of a series shifted.
//!
//! Found from the series alone; whoever calls this must not let doses near it. Squares with a
//! penalty made for independent days cut an autocorrelated series to pieces, so there are two
//! steps:
//!
//! 1. **Candidates.** The cheapest [`partition`](super::partition), each segment costing
//!    1.5 ln n long-run variances. The variance assumes AR(1) noise and comes from the differences
//!    over one and two steps, φ = d₂/d₁ − 1 (Chakar, Lebarbier, Lévy-Leduc & Robin 2017, *Bernoulli*
//!    23:1408–1447, with trimmed means of squares for their medians, which ties in rounded ratings
//!    spoil): a shift touches only the few differences across it, so shifts are not taken for noise.
//! 2. **Are they steps or a slow wave?** The candidates are dropped one by one, the weakest first,
//!    down to none. Of all these partitions the one wins whose likelihood, averaged over the
//!    [`noise`](super::noise) models, is best after a price of 3 ln n (on twice its logarithm) for
//!    each change. "No change but a slow wave" is always among them. The days are whitened once for
//!    all of them (`joining`); the winner is then fitted as any levels are.
//!
//! The interval for the day holds the days whose cut leaves at most 4 noise variances more squares
//! than the best one. Steps and their p-values are taken after looking for the largest: they
//! describe, they do not test.
//!
//! Essential items: [`change_points`] and [`Change`]; [`best_single_split`] for the one best cut
//! of a series, whether or not anything changed.
//!
//! # How often it is wrong
//! That depends on the prior given. At one look the search shows a change in more series without one
//! than a claim may, above all under slow waves; the claim built on it
//! ([`change_points`](crate::analysis::change_points)) tests each once more.
//! `docs/calibration.md` has what is left.
//! `cargo test --release --test noise_tables -- --ignored --nocapture` prints the search's own rates.

use crate::diary::Sorting;

use super::NotEstimable;
use super::gls::{Contrast, MOST_COLUMNS, Rows};
use super::joining::Joinable;
use super::level::Levels;
use super::location::is_constant;
use super::math;
use super::noise::NoisePrior;
use super::partition::optimal_partition;

/// Days with a value that a level must last to count as one.
pub const SHORTEST_LEVEL: usize = 5;

/// What a change costs: it must raise twice the log-likelihood by this times ln n.
const PRICE: f64 = 3.0;

/// What a candidate costs: this times ln n long-run variances.
const CANDIDATE_PRICE: f64 = 1.5;

/// How much worse than the best day, in squared units of the noise, a day may do and still be
/// inside the interval for the day of the change: −2 ln(1 − √0.95), the 95 % quantile of what the
/// true day does worse (Hansen 2000, *Econometrica* 68:575–603, table 1). Half as much is not enough:
/// the day is found by looking for the best on both sides.
const DAY_DROP: f64 = 7.3523;

/// Mean square of the inner nine tenths of a standard normal:
/// (0.9 − 2 · 1.64485 · 0.10314) / 0.9.
const TRIMMED_SQUARE: f64 = 0.623;

/// A day on which the level of a series shifted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Row (days in order, one a day) of the first value at the new level.
    pub index: usize,
    /// Last day at the old level.
    pub day_before: f64,
    /// First day at the new level.
    pub day_after: f64,
    /// Earliest day that could be the last at the old level.
    pub earliest: f64,
    /// Latest day that could be the first at the new level.
    pub latest: f64,
    /// Mean of the values since the change before.
    pub mean_before: f64,
    /// Mean of the values until the next change.
    pub mean_after: f64,
    /// The new level less the old one.
    pub step: Contrast,
}

/// The level shifts of `y` (in any unit) over `days` (in any order), in order of time; empty when
/// there is none. Rows of the same day are averaged first. At most [`MOST_COLUMNS`] − 1 are found.
/// The intervals of their steps are those of `confidence`.
///
/// # Errors
/// [`NotEstimable::TooFew`] with fewer than two shortest levels of days;
/// [`NotEstimable::Constant`] when nine tenths of neighbouring values, or all within the levels,
/// are equal; [`NotEstimable::OutOfDomain`] for a value that is not finite or lengths that differ.
pub fn change_points(
    days: &[f64],
    y: &[f64],
    prior: &NoisePrior,
    confidence: f64,
) -> Result<Vec<Change>, NotEstimable> {
    let series = Series::gather(days, y)?;
    let candidates = series.candidates()?;
    let stretches = Joinable::new(&series.days, &series.values, &candidates, prior);
    let price = PRICE * math::ln(series.values.len() as f64);
    let mut borders: Vec<usize> = (0..candidates.len()).collect();
    let mut best = (f64::NEG_INFINITY, Vec::new());
    loop {
        let division = stretches.divided(&borders)?;
        let worth = 2.0 * division.log_likelihood - price * borders.len() as f64;
        if worth >= best.0 {
            best = (worth, borders.iter().map(|border| candidates[*border]).collect());
        }
        let p = &division.p_values;
        match (0..p.len()).max_by(|&i, &j| p[i].total_cmp(&p[j])) {
            Some(weakest) => borders.remove(weakest),
            None => break,
        };
    }
    let starts = best.1;
    if starts.is_empty() {
        return Ok(Vec::new());
    }
    let levels = series.levels(&starts, prior)?;
    let steps = (0..starts.len())
        .map(|k| levels.difference(k, k + 1, confidence))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(series.describe(&starts, &steps))
}

/// The one cut of a series that leaves the least squares about the two means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Row (days in order, one a day) of the first value after the cut.
    pub index: usize,
    /// Last day before the cut.
    pub day_before: f64,
    /// First day after the cut.
    pub day_after: f64,
    /// Mean before the cut.
    pub mean_before: f64,
    /// Mean after the cut.
    pub mean_after: f64,
}

/// The cut that leaves the least squares about the means on both sides (the earliest of equals).
/// It always exists and says nothing about whether anything changed.
///
/// # Errors
/// [`NotEstimable::TooFew`] with fewer than two days, [`NotEstimable::Constant`] when all values
/// are equal, [`NotEstimable::OutOfDomain`] for a value that is not finite.
pub fn best_single_split(days: &[f64], y: &[f64]) -> Result<Split, NotEstimable> {
    let series = Series::gather(days, y)?;
    let n = series.values.len();
    if n < 2 {
        return Err(NotEstimable::TooFew { n, needed: 2 });
    }
    if is_constant(&series.values) {
        return Err(NotEstimable::Constant);
    }
    let sums = series.sums();
    let gain = |cut: usize| between(&sums, 0, cut, n);
    let index = (2..n).fold(1, |best, cut| if gain(cut) > gain(best) { cut } else { best });
    Ok(Split {
        index,
        day_before: series.days[index - 1],
        day_after: series.days[index],
        mean_before: series.mean(0, index),
        mean_after: series.mean(index, n),
    })
}

/// Values in order of their days, one a day.
struct Series {
    days: Vec<f64>,
    values: Vec<f64>,
}

impl Series {
    fn gather(days: &[f64], y: &[f64]) -> Result<Self, NotEstimable> {
        let mut rows = Rows::gather(days, y, &[])?;
        Ok(Self { days: rows.days, values: rows.series.swap_remove(0) })
    }

    /// The first row of each candidate segment but the first.
    fn candidates(&self) -> Result<Vec<usize>, NotEstimable> {
        let n = self.values.len();
        if n < 2 * SHORTEST_LEVEL {
            return Err(NotEstimable::TooFew { n, needed: 2 * SHORTEST_LEVEL });
        }
        let noise = self.long_run_variance()?;
        let mut penalty = CANDIDATE_PRICE * noise * math::ln(n as f64);
        loop {
            let partition = optimal_partition(&self.values, penalty, SHORTEST_LEVEL)?;
            if partition.starts.len() <= MOST_COLUMNS {
                return Ok(partition.starts[1..].to_vec());
            }
            penalty *= 1.5;
        }
    }

    /// The variance that a mean over many days has, times those days, if the noise is AR(1). From
    /// differences over one and two steps, of which a shift of level spoils only the few across it.
    fn long_run_variance(&self) -> Result<f64, NotEstimable> {
        let mut gaps: Vec<f64> = self.days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.arrange_by(f64::total_cmp);
        let step = gaps[gaps.len() / 2];
        let near = self.trimmed_square(step).filter(|square| *square > 0.0);
        let near = near.ok_or(NotEstimable::Constant)?;
        // Too irregular to have neighbours two steps away: taken as independent, as a start.
        let ratio = self.trimmed_square(2.0 * step).map_or(1.0, |far| far / near);
        let phi = (ratio - 1.0).clamp(0.0, 0.9);
        Ok(0.5 * near * (1.0 + phi) / ((1.0 - phi) * (1.0 - phi)))
    }

    /// Mean square of the differences over about `lag` days, the largest tenth left out, scaled to
    /// what a Gaussian would have with it; `None` when no two days are so far apart.
    fn trimmed_square(&self, lag: f64) -> Option<f64> {
        let n = self.days.len();
        let mut squares = Vec::with_capacity(n);
        let mut j = 0;
        for i in 0..n {
            while j < n && self.days[j] - self.days[i] < 0.75 * lag {
                j += 1;
            }
            if j < n && self.days[j] - self.days[i] <= 1.25 * lag {
                let change = self.values[j] - self.values[i];
                squares.push(change * change);
            }
        }
        squares.arrange_by(f64::total_cmp);
        squares.truncate((0.9 * squares.len() as f64).ceil() as usize);
        let sum: f64 = squares.iter().sum();
        (!squares.is_empty()).then(|| sum / squares.len() as f64 / TRIMMED_SQUARE)
    }

    fn levels(&self, starts: &[usize], prior: &NoisePrior) -> Result<Levels, NotEstimable> {
        Levels::fit(&self.days, &self.values, &self.stretches(starts), prior)
    }

    fn stretches(&self, starts: &[usize]) -> Vec<usize> {
        (0..self.values.len()).map(|row| starts.partition_point(|start| *start <= row)).collect()
    }

    fn describe(&self, starts: &[usize], steps: &[Contrast]) -> Vec<Change> {
        let sums = self.sums();
        let n = self.values.len();
        let edge = |k: usize| if k == 0 { 0 } else { starts.get(k - 1).copied().unwrap_or(n) };
        starts
            .iter()
            .zip(steps)
            .enumerate()
            .map(|(k, (&start, step))| {
                let (from, to) = (edge(k), edge(k + 2));
                let (left, right) = ((start - from) as f64, (to - start) as f64);
                let noise = step.standard_error * step.standard_error / (1.0 / left + 1.0 / right);
                let best = between(&sums, from, start, to);
                let possible =
                    |cut: &usize| best - between(&sums, from, *cut, to) <= DAY_DROP * noise;
                let first = (from + 1..=start).find(possible).unwrap_or(start);
                let last = (start..to).rev().find(possible).unwrap_or(start);
                Change {
                    index: start,
                    day_before: self.days[start - 1],
                    day_after: self.days[start],
                    earliest: self.days[first - 1],
                    latest: self.days[last],
                    mean_before: self.mean(from, start),
                    mean_after: self.mean(start, to),
                    step: *step,
                }
            })
            .collect()
    }

    /// Sums of the first k values about the overall mean.
    fn sums(&self) -> Vec<f64> {
        let centre = self.mean(0, self.values.len());
        let mut sum = 0.0;
        std::iter::once(0.0)
            .chain(self.values.iter().map(|value| {
                sum += value - centre;
                sum
            }))
            .collect()
    }

    fn mean(&self, from: usize, to: usize) -> f64 {
        self.values[from..to].iter().sum::<f64>() / (to - from) as f64
    }
}

/// Sum of squares between the two means that a cut makes of the rows from..to.
fn between(sums: &[f64], from: usize, cut: usize, to: usize) -> f64 {
    let (left, right) = ((cut - from) as f64, (to - cut) as f64);
    let step = (sums[cut] - sums[from]) / left - (sums[to] - sums[cut]) / right;
    step * step * left * right / (left + right)
}
