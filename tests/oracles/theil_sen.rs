//! Theil–Sen: the median of all slopes between two points, with Sen's interval
//! (Theil 1950; Sen 1968, *J Am Stat Assoc* 63:1379–1389), against `scipy.stats.theilslopes`. The
//! interval is a comparator; the slope alone is also `doseline::analysis::statistics::theil_sen`.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::distribution::normal_quantile;
use doseline::analysis::statistics::location::{median, median_in_place};
use doseline::analysis::statistics::theil_sen::median_slope;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

struct Line {
    slope: f64,
    intercept_separate: f64,
    intercept_joint: f64,
    interval: Result<(f64, f64), NotEstimable>,
    pairs: usize,
}

/// Σ k (k − 1)(2k + 5) over groups of equal values: what ties take from 18 times the variance of
/// Kendall's S.
pub(crate) fn tie_term(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| b - a == 0.0);
    groups.map(|group| pairs_term(group.len())).sum()
}

/// k (k − 1)(2k + 5).
pub(crate) fn pairs_term(k: usize) -> f64 {
    let k = k as f64;
    k * (k - 1.0) * (2.0 * k + 5.0)
}

fn slopes(t: &[f64], y: &[f64]) -> Result<Vec<f64>, NotEstimable> {
    if t.len() < 2 {
        return Err(NotEstimable::TooFew { n: t.len(), needed: 2 });
    }
    let mut slopes = Vec::with_capacity(t.len() * (t.len() - 1) / 2);
    for (i, (&t_i, &y_i)) in t.iter().zip(y).enumerate() {
        for (&t_j, &y_j) in t[i + 1..].iter().zip(&y[i + 1..]) {
            if t_j - t_i != 0.0 {
                slopes.push((y_j - y_i) / (t_j - t_i));
            }
        }
    }
    if slopes.is_empty() { Err(NotEstimable::Singular) } else { Ok(slopes) }
}

fn theil_sen(t: &[f64], y: &[f64], confidence: f64) -> Result<Line, NotEstimable> {
    let mut slopes = slopes(t, y)?;
    let slope = median_in_place(&mut slopes)?;
    let offsets: Vec<f64> = t.iter().zip(y).map(|(t, y)| y - slope * t).collect();
    let pairs = slopes.len();
    Ok(Line {
        slope,
        intercept_separate: median(y)? - slope * median(t)?,
        intercept_joint: median(&offsets)?,
        interval: interval(t, y, &mut slopes, confidence),
        pairs,
    })
}

fn interval(
    t: &[f64],
    y: &[f64],
    slopes: &mut [f64],
    confidence: f64,
) -> Result<(f64, f64), NotEstimable> {
    let variance = (pairs_term(t.len()) - tie_term(t) - tie_term(y)) / 18.0;
    if variance < 0.0 {
        return Err(NotEstimable::NegativeVariance);
    }
    let reach = -normal_quantile((1.0 - confidence) / 2.0) * variance.sqrt();
    let pairs = slopes.len() as f64;
    let last = slopes.len() - 1;
    // A negative rank saturates at zero.
    let low = (((pairs - reach) / 2.0).round_ties_even() - 1.0) as usize;
    let high = (((pairs + reach) / 2.0).round_ties_even() as usize).min(last);
    let low = *slopes.select_nth_unstable_by(low.min(last), f64::total_cmp).1;
    let high = *slopes.select_nth_unstable_by(high, f64::total_cmp).1;
    Ok((low, high))
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (t, y) = case.series()?.compacted();
    let Some(line) = check.estimable(theil_sen(&t, &y, case.number("confidence")?)) else {
        return Ok(());
    };
    let expected = case.expected();
    check.same("the same slope", median_slope(&t, &y), Ok(line.slope));
    check.number("slope", line.slope, &expected["slope"]);
    check.number("intercept", line.intercept_separate, &expected["intercept_separate"]);
    check.number("intercept", line.intercept_joint, &expected["intercept_joint"]);
    let (low, high) = line.interval.ok().unzip();
    check.optional("slope", low, &expected["slope_ci_low"]);
    check.optional("slope", high, &expected["slope_ci_high"]);
    check.same("n_used", Some(t.len() as u64), expected["n_used"].as_u64());
    check.same("n_pairs", Some(line.pairs as u64), expected["n_pairs"].as_u64());
    Ok(())
}
