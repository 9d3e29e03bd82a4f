//! Mann–Kendall: does a series rise or fall more often than chance? Kendall's S against its variance,
//! in the variants that try to allow for autocorrelation, against pymannkendall (R modifiedmk).
//!
//! Original: Mann 1945; Kendall 1975. Hamed & Rao 1998, *J Hydrol* 204:182–196. Yue & Wang 2004,
//! *Water Resour Manag* 18:201–218. Trend-free prewhitening: Yue, Pilon, Phinney & Cavadias 2002,
//! *Hydrol Process* 16:1807–1829.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::autocorrelation::autocorrelation;
use doseline::analysis::statistics::distribution::{normal_cdf, normal_quantile};
use doseline::analysis::statistics::kendall::kendall_s;
use doseline::analysis::statistics::location::is_constant;
use doseline::analysis::statistics::math::pow;
use doseline::analysis::statistics::theil_sen::median_slope;
use libtest_mimic::Failed;
use serde_json::Value;

use crate::case::Case;
use crate::check::Check;
use crate::theil_sen::{pairs_term, tie_term};

/// Kendall's S of a series and, where its variance can be had, the test.
struct Trend {
    s: Option<f64>,
    tau: Result<f64, NotEstimable>,
    test: Result<Test, NotEstimable>,
}

struct Test {
    variance: f64,
    z: f64,
    p: f64,
    /// The published AR(1) form alone reports the factor and the correlation it came from.
    correction: Option<Correction>,
}

#[derive(Clone, Copy)]
struct Correction {
    factor: f64,
    r1: f64,
}

impl Trend {
    /// The test of `values` with the variance multiplied by what `correct` answers.
    fn of(values: &[f64], correct: impl FnOnce(&[f64]) -> Result<f64, NotEstimable>) -> Self {
        let n = values.len();
        let s = kendall_s(&rows(n), values).unwrap_or_default() as f64;
        let two_values = NotEstimable::TooFew { n, needed: 2 };
        let tau = if n < 2 { Err(two_values) } else { Ok(s / (0.5 * n as f64 * (n as f64 - 1.0))) };
        let test = if n < 2 {
            Err(two_values)
        } else if is_constant(values) {
            Err(NotEstimable::Constant)
        } else {
            let variance = (pairs_term(n) - tie_term(values)) / 18.0;
            correct(values).and_then(|factor| Test::of(s, variance * factor))
        };
        Trend { s: Some(s), tau, test }
    }
}

impl Test {
    fn of(s: f64, variance: f64) -> Result<Self, NotEstimable> {
        if variance.is_nan() || variance <= 0.0 {
            return Err(NotEstimable::NegativeVariance);
        }
        let continuous = if s > 0.0 {
            s - 1.0
        } else if s < 0.0 {
            s + 1.0
        } else {
            0.0
        };
        let z = continuous / variance.sqrt();
        Ok(Test { variance, z, p: 2.0 * normal_cdf(-z.abs()), correction: None })
    }
}

/// 1, 2, … n: the tests count rows, not days.
fn rows(n: usize) -> Vec<f64> {
    (1..=n).map(|row| row as f64).collect()
}

/// The series without its Theil–Sen trend per row; Constant when nothing but rounding is left.
fn detrended(values: &[f64]) -> Result<(f64, Vec<f64>), NotEstimable> {
    let rows = rows(values.len());
    let slope = median_slope(&rows, values)?;
    let rest: Vec<f64> = values.iter().zip(&rows).map(|(value, row)| value - row * slope).collect();
    let size = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let low = rest.iter().copied().fold(f64::INFINITY, f64::min);
    let high = rest.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high - low <= 1e-12 * size { Err(NotEstimable::Constant) } else { Ok((slope, rest)) }
}

/// Ranks from 1, tied values sharing their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for group in order.chunk_by(|&a, &b| values[b] - values[a] == 0.0) {
        let shared = before as f64 + (group.len() as f64 + 1.0) / 2.0;
        for &row in group {
            ranks[row] = shared;
        }
        before += group.len();
    }
    ranks
}

/// Correlations at lags 1 to `lag` (all lags when there is none given).
fn correlations(values: &[f64], lag: Option<usize>) -> Result<Vec<f64>, NotEstimable> {
    let n = values.len();
    let highest = lag.unwrap_or(n - 1);
    if highest >= n {
        return Err(NotEstimable::TooFew { n, needed: highest + 1 });
    }
    Ok(autocorrelation(values, highest)?.split_off(1))
}

fn hamed_rao(values: &[f64], lag: Option<usize>, alpha: f64) -> Result<f64, NotEstimable> {
    let n = values.len() as f64;
    if values.len() < 3 {
        return Err(NotEstimable::TooFew { n: values.len(), needed: 3 });
    }
    let (_, rest) = detrended(values)?;
    let noticeable = normal_quantile(1.0 - alpha / 2.0) / n.sqrt();
    let mut sum = 0.0;
    for (index, r) in correlations(&ranks(&rest), lag)?.into_iter().enumerate() {
        let i = index as f64 + 1.0;
        if r.abs() > noticeable {
            sum += (n - i) * (n - i - 1.0) * (n - i - 2.0) * r;
        }
    }
    Ok(1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum)
}

fn yue_wang(values: &[f64], lag: Option<usize>) -> Result<f64, NotEstimable> {
    let (_, rest) = detrended(values)?;
    let n = values.len() as f64;
    let weighted = correlations(&rest, lag)?.into_iter().enumerate();
    let sum: f64 = weighted.map(|(index, r)| (1.0 - (index as f64 + 1.0) / n) * r).sum();
    Ok(1.0 + 2.0 * sum)
}

fn yue_wang_ar1(values: &[f64]) -> Result<Correction, NotEstimable> {
    let (_, rest) = detrended(values)?;
    let r1 = autocorrelation(&rest, 1)?[1];
    let n = values.len() as f64;
    let partial = pow(r1, n + 1.0) - n * r1 * r1 + (n - 1.0) * r1;
    Ok(Correction { factor: 1.0 + 2.0 * partial / (n * (r1 - 1.0) * (r1 - 1.0)), r1 })
}

/// The series less r₁ times the row before, first row dropped. `ulps` moves r₁ by units in its last
/// place.
fn whitened(values: &[f64], ulps: i64) -> Result<Vec<f64>, NotEstimable> {
    let r1 = autocorrelation(values, 1)?[1];
    let r1 = f64::from_bits(r1.to_bits().wrapping_add_signed(ulps));
    Ok(values.windows(2).map(|pair| pair[1] - pair[0] * r1).collect())
}

fn whitened_without_trend(values: &[f64], ulps: i64) -> Result<Vec<f64>, NotEstimable> {
    let (slope, rest) = detrended(values)?;
    let mut whitened = whitened(&rest, ulps)?;
    for (index, value) in whitened.iter_mut().enumerate() {
        *value += (index as f64 + 1.0) * slope;
    }
    Ok(whitened)
}

/// The plain test of a transformed series.
fn plain_test_of(transformed: Result<Vec<f64>, NotEstimable>) -> Trend {
    match transformed {
        Ok(values) => Trend::of(&values, |_| Ok(1.0)),
        Err(reason) => Trend { s: None, tau: Err(reason), test: Err(reason) },
    }
}

/// How far r₁ may lie from the tool's, in units in its last place. Among whole-number scores,
/// whitened values can tie exactly but for rounding, and which of them do depends on the order in
/// which r₁ was summed: S jumps by one or two from one unit to the next.
const R1_ROUNDING: i64 = 5;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (_, values) = case.series()?.compacted_in_time();
    let lag = if case.input("lag").is_null() { None } else { Some(case.count("lag")?) };
    let alpha = case.number("alpha")?;
    let trend = match case.word("method")? {
        "original" => Trend::of(&values, |_| Ok(1.0)),
        "hamed_rao" => Trend::of(&values, |values| hamed_rao(values, lag, alpha)),
        "yue_wang" => Trend::of(&values, |values| yue_wang(values, lag)),
        "yue_wang_ar1" => {
            let mut correction = None;
            let mut trend = Trend::of(&values, |values| {
                correction = Some(yue_wang_ar1(values)?);
                Ok(correction.map_or(1.0, |correction| correction.factor))
            });
            if let Ok(test) = &mut trend.test {
                test.correction = correction;
            }
            trend
        }
        "prewhiten" => nearest_to_tool(case, |ulps| plain_test_of(whitened(&values, ulps))),
        "prewhiten_yue_pilon_tfpw" => {
            nearest_to_tool(case, |ulps| plain_test_of(whitened_without_trend(&values, ulps)))
        }
        other => return Err(format!("unknown variant {other}").into()),
    };
    compare_trend(case, check, trend, values.len(), alpha);
    Ok(())
}

/// The test whose S is the tool's, if a rounding of r₁ gives it; otherwise the test as computed.
fn nearest_to_tool(case: &Case, test: impl Fn(i64) -> Trend) -> Trend {
    let expected = case.expected();
    let (s, variance) = (expected["s"].as_f64(), expected["var_s"].as_f64());
    let agrees = |trend: &Trend| {
        let close = |test: &Test| variance.is_some_and(|v| (test.variance - v).abs() <= 1e-9 * v);
        trend.s == s && trend.test.as_ref().is_ok_and(close)
    };
    let computed = test(0);
    if computed.test.is_err() || agrees(&computed) {
        return computed;
    }
    (-R1_ROUNDING..=R1_ROUNDING).map(test).find(agrees).unwrap_or(computed)
}

fn compare_trend(case: &Case, check: &mut Check, trend: Trend, n: usize, alpha: f64) {
    let expected = case.expected();
    let Some(test) = check.estimable(trend.test) else {
        // S and tau stand even where the test does not.
        if let (false, Some(s)) = (expected["s"].is_null(), trend.s) {
            check.number("s", s, &expected["s"]);
        }
        return;
    };
    check.optional("s", trend.s, &expected["s"]);
    check.same("n_used", Some(n as u64), expected["n_used"].as_u64());
    if !expected["tau_a"].is_null() {
        check.optional("tau_a", trend.tau.ok(), &expected["tau_a"]);
    }
    if let Some(correction) = test.correction {
        check.number("factor", correction.factor, &expected["factor"]);
        check.number("r1", correction.r1, &expected["r1"]);
    }
    if case.flag("fp_tie_sensitive") && accepts(check, &test, &case.json["also_accept"]) {
        return;
    }
    check.number("var_s", test.variance, &expected["var_s"]);
    check.number("z", test.z, &expected["z"]);
    check.number("p_two_sided", test.p, &expected["p_two_sided"]);
    if let Some(expected) = expected["trend_at_0_05"].as_str() {
        let clear = test.z.abs() > normal_quantile(1.0 - alpha / 2.0);
        let found = match (clear, test.z > 0.0) {
            (false, _) => "no trend",
            (true, true) => "increasing",
            (true, false) => "decreasing",
        };
        check.same("trend", found, expected);
    }
}

/// Whether the variance and z are those with ties counted after rounding.
fn accepts(check: &mut Check, test: &Test, accepted: &Value) -> bool {
    let (Some(variance), Some(z)) = (accepted["var_s"].as_f64(), accepted["z"].as_f64()) else {
        return false;
    };
    check.is_close("var_s", test.variance, variance) && check.is_close("z", test.z, z)
}
