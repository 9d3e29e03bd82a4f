//! Change points by the cheapest partition. A change of mean is
//! `doseline::analysis::statistics::partition`; the other costs are exact comparators, against
//! ruptures and R changepoint.
//!
//! A partition is judged by its objective: one that is as cheap is as right.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::location::mean;
use doseline::analysis::statistics::math::{exp, ln};
use doseline::analysis::statistics::partition::{Partition, optimal_partition};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

/// The cost of the segment of rows `start..end`, for every `end` in turn.
trait SegmentCost {
    /// Begins a segment at `start`.
    fn restart(&mut self, start: usize);
    /// The cost of the segment up to and including `row`, the one after the last row given.
    fn extend(&mut self, row: usize) -> f64;
}

/// A cost of length and variance, updated by Welford's recursion: exactly zero variance while all
/// values are equal.
struct OfVariance<'a> {
    values: &'a [f64],
    cost: fn(f64, f64) -> f64,
    count: f64,
    mean: f64,
    squares: f64,
}

impl<'a> OfVariance<'a> {
    fn new(values: &'a [f64], cost: fn(f64, f64) -> f64) -> Self {
        OfVariance { values, cost, count: 0.0, mean: 0.0, squares: 0.0 }
    }
}

impl SegmentCost for OfVariance<'_> {
    fn restart(&mut self, _start: usize) {
        (self.count, self.mean, self.squares) = (0.0, 0.0, 0.0);
    }

    fn extend(&mut self, row: usize) -> f64 {
        self.count += 1.0;
        let deviation = self.values[row] - self.mean;
        self.mean += deviation / self.count;
        self.squares += deviation * (self.values[row] - self.mean);
        (self.cost)(self.count, self.squares / self.count)
    }
}

fn squares(m: f64, variance: f64) -> f64 {
    m * variance
}

/// Twice the negative log-likelihood of a Gaussian segment, as R changepoint takes it.
fn normal_meanvar(m: f64, variance: f64) -> f64 {
    let variance = if variance > 0.0 { variance } else { 1e-8 };
    m * (ln(2.0 * std::f64::consts::PI) + ln(variance) + 1.0)
}

/// The same up to a constant, with ruptures' guard.
fn normal_ruptures(m: f64, variance: f64) -> f64 {
    m * ln(variance + 1e-6)
}

/// m − (1/m) Σᵢⱼ Kᵢⱼ with a Gaussian kernel clipped as ruptures does.
struct Rbf<'a> {
    values: &'a [f64],
    gamma: f64,
    start: usize,
    kernel_sum: f64,
}

impl SegmentCost for Rbf<'_> {
    fn restart(&mut self, start: usize) {
        (self.start, self.kernel_sum) = (start, 0.0);
    }

    fn extend(&mut self, row: usize) -> f64 {
        for earlier in &self.values[self.start..row] {
            let distance = self.values[row] - earlier;
            let clipped = (self.gamma * distance * distance).clamp(1e-2, 1e2);
            self.kernel_sum += 2.0 * exp(-clipped);
        }
        self.kernel_sum += 1.0;
        let m = (row + 1 - self.start) as f64;
        m - self.kernel_sum / m
    }
}

/// The cheapest partition, by trying every last segment of every beginning.
fn cheapest_partition(
    values: &[f64],
    cost: &mut dyn SegmentCost,
    penalty: f64,
    min_size: usize,
) -> Result<Partition, NotEstimable> {
    let n = values.len();
    if n < min_size.max(1) {
        return Err(NotEstimable::TooFew { n, needed: min_size.max(1) });
    }
    let mut best = vec![f64::INFINITY; n + 1];
    best[0] = 0.0;
    let mut last_start = vec![0; n + 1];
    for start in 0..n {
        if best[start].is_infinite() {
            continue;
        }
        cost.restart(start);
        for end in start + 1..=n {
            let total = best[start] + cost.extend(end - 1) + penalty;
            if end - start >= min_size && total < best[end] {
                best[end] = total;
                last_start[end] = start;
            }
        }
    }
    let mut starts = Vec::new();
    let mut means = Vec::new();
    let mut end = n;
    while end > 0 {
        let start = last_start[end];
        starts.push(start);
        means.push(mean(&values[start..end])?);
        end = start;
    }
    starts.reverse();
    means.reverse();
    Ok(Partition { starts, means, objective: best[n] })
}

/// The least cost plus penalty with exactly 1, 2, … `most` segments; nothing where so many do not
/// fit.
fn objective_by_segments(
    n: usize,
    cost: &mut dyn SegmentCost,
    penalty: f64,
    min_size: usize,
    most: usize,
) -> Vec<Option<f64>> {
    let mut best = vec![vec![f64::INFINITY; n + 1]; most + 1];
    best[0][0] = 0.0;
    for start in 0..n {
        cost.restart(start);
        for end in start + 1..=n {
            let segment = cost.extend(end - 1) + penalty;
            if end - start < min_size {
                continue;
            }
            for count in 1..=most {
                let total = best[count - 1][start] + segment;
                best[count][end] = best[count][end].min(total);
            }
        }
    }
    best[1..].iter().map(|row| row[n].is_finite().then_some(row[n])).collect()
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (t, values) = case.series()?.compacted();
    let (penalty, min_size) = (case.number("penalty")?, case.count("min_size")?);
    let kind = case.word("cost")?;
    let mut cost: Box<dyn SegmentCost> = match kind {
        "l2" => Box::new(OfVariance::new(&values, squares)),
        "normal_meanvar" => Box::new(OfVariance::new(&values, normal_meanvar)),
        "normal_ruptures" => Box::new(OfVariance::new(&values, normal_ruptures)),
        "rbf" => {
            let gamma = case.number("gamma")?;
            Box::new(Rbf { values: &values, gamma, start: 0, kernel_sum: 0.0 })
        }
        other => return Err(format!("unknown cost {other}").into()),
    };
    let answer = match kind {
        "l2" => optimal_partition(&values, penalty, min_size),
        _ => cheapest_partition(&values, cost.as_mut(), penalty, min_size),
    };
    let Some(found) = check.estimable(answer) else {
        return Ok(());
    };

    check.scale_by(values.iter().copied());
    let expected = case.expected();
    check.number("objective", found.objective, &expected["objective"]);
    let changes: Vec<u64> = found.starts[1..].iter().map(|&start| start as u64).collect();
    // Another partition with the same objective is as right; then there is nothing more to compare.
    if serde_json::json!(changes) == expected["change_indices"] {
        check.full_column("segment_mean", &found.means, &expected["segment_means"]);
        let times: Vec<f64> = found.starts[1..].iter().map(|&start| t[start]).collect();
        check.full_column("change_time", &times, &expected["change_times"]);
    }
    let by_segments = &expected["objective_by_number_of_segments_1_to_12"];
    if let Some(expected) = by_segments.as_array() {
        let most = expected.len();
        let found = objective_by_segments(values.len(), cost.as_mut(), penalty, min_size, most);
        check.column("objective", &found, by_segments);
    }
    Ok(())
}
