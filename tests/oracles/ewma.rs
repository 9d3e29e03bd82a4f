//! Exponentially weighted mean, by real time or by row, against pandas `ewm`.

use doseline::analysis::statistics::math::{exp, pow};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let series = case.series()?;
    let half_life = case.number("halflife")?;
    let smoothed = match case.word("mode")? {
        "times" => {
            let (t, y) = series.compacted();
            by_time(&t, &y, half_life).into_iter().map(Some).collect()
        }
        "rows" => {
            let truth = |key: &str| case.input(key).as_bool().ok_or("not a truth value");
            by_row(&series.y, half_life, truth("adjust")?, truth("ignore_na")?)
        }
        other => return Err(format!("unknown mode {other}").into()),
    };
    check.scale_by(series.y.iter().flatten().copied());
    check.column("value", &smoothed, case.expected());
    Ok(())
}

/// Each value so far weighs half as much after every `half_life` days.
fn by_time(t: &[f64], y: &[f64], half_life: f64) -> Vec<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    (0..t.len())
        .map(|row| {
            let elapsed = if row == 0 { 0.0 } else { t[row] - t[row - 1] };
            let decay = pow(0.5, elapsed / half_life);
            sum = sum * decay + y[row];
            weight = weight * decay + 1.0;
            sum / weight
        })
        .collect()
}

/// Pandas' recursion. `adjust` divides by the sum of weights from the start; `ignore_missing`
/// lets a missing row leave the earlier weights as they are.
fn by_row(
    y: &[Option<f64>],
    half_life: f64,
    adjust: bool,
    ignore_missing: bool,
) -> Vec<Option<f64>> {
    let decay = exp(-std::f64::consts::LN_2 / half_life);
    let mut new_weight = if adjust { 1.0 } else { 1.0 - decay };
    // The mark by which pandas knows a series with times is a half-life of one row.
    let is_taken_for_times = !adjust && (half_life - 1.0).abs() < f64::EPSILON;
    let mut old_weight = 1.0;
    let mut level: Option<f64> = None;
    y.iter()
        .map(|value| {
            if level.is_some() && (value.is_some() || !ignore_missing) {
                old_weight *= decay;
            }
            if let Some(value) = value {
                level = Some(match level {
                    None => *value,
                    Some(level) => {
                        if is_taken_for_times {
                            new_weight = 1.0 - old_weight;
                        }
                        let total = old_weight + new_weight;
                        let mixed = (old_weight * level + new_weight * value) / total;
                        old_weight = if adjust { total } else { 1.0 };
                        mixed
                    }
                });
            }
            level
        })
        .collect()
}
