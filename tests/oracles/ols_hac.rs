//! A straight line with ordinary and Newey–West errors, against statsmodels `OLS` (R sandwich).

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::math::pow;
use libtest_mimic::Failed;
use serde_json::Value;

use crate::case::Case;
use crate::check::Check;
use crate::least_squares::{Fit, fit};

fn line(t: &[f64], y: &[f64]) -> Result<Fit, NotEstimable> {
    if t.len() < 3 {
        return Err(NotEstimable::TooFew { n: t.len(), needed: 3 });
    }
    fit(&[vec![1.0; t.len()], t.to_vec()], y)
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (t, y) = case.series()?.compacted();
    check.scale_by(y.iter().copied());
    let lags = match case.input("maxlags") {
        Value::Null => (4.0 * pow(t.len() as f64 / 100.0, 2.0 / 9.0)).floor() as usize,
        _ => case.count("maxlags")?,
    };
    let line = line(&t, &y).and_then(|line| with_all_errors(case, line, lags));
    let Some(line) = check.estimable(line) else {
        return Ok(());
    };
    compare_coefficients(case, check, &line, &["intercept", "slope"], lags);
    let df = line.degrees_of_freedom() as u64;
    check.same("df_resid", Some(df), case.expected()["df_resid"].as_f64().map(|df| df as u64));
    Ok(())
}

/// Compares estimates and both kinds of errors; a null error has to be refused. In a `degenerate`
/// case (no residuals, or hardly any) the tool's errors are rounding noise, so only the estimates
/// are compared.
pub(crate) fn compare_coefficients(
    case: &Case,
    check: &mut Check,
    fit: &Fit,
    names: &[&str],
    lags: usize,
) {
    let corrected = case.input("small_sample_correction").as_bool().unwrap_or(false);
    let ordinary = fit.ordinary_errors();
    let degenerate = case.flag("degenerate");
    for (index, name) in names.iter().enumerate() {
        let (ols, hac) = (&case.expected()["ols"][*name], &case.expected()["hac"][*name]);
        let field = if degenerate { "degenerate_est" } else { "est" };
        check.number(field, fit.coefficients[index], &ols["est"]);
        check.number(field, fit.coefficients[index], &hac["est"]);
        if degenerate {
            continue;
        }
        if let Some(errors) = check.estimable(ordinary.clone()) {
            check.number("se", errors[index], &ols["se"]);
        }
        let robust = fit.newey_west_error(index, lags, corrected);
        let inference = robust.and_then(|error| fit.inference(index, error));
        if hac["se"].is_null() {
            check.refused(name, &inference);
        } else if let Some(inference) = check.estimable(inference) {
            compare_inference(check, inference, hac);
        }
    }
}

/// The fit, if every robust error of it exists; for cases in which the tool's do not.
pub(crate) fn with_all_errors(case: &Case, fit: Fit, lags: usize) -> Result<Fit, NotEstimable> {
    if case.is_undefined() {
        let corrected = case.input("small_sample_correction").as_bool().unwrap_or(false);
        for index in 0..fit.coefficients.len() {
            fit.newey_west_error(index, lags, corrected)?;
        }
    }
    Ok(fit)
}

/// Compares SE, t, p and interval of one coefficient.
pub(crate) fn compare_inference(
    check: &mut Check,
    got: crate::least_squares::Inference,
    expected: &Value,
) {
    check.number("se", got.se, &expected["se"]);
    check.number("t", got.t, &expected["t"]);
    check.number("p", got.p, &expected["p"]);
    check.number("ci", got.low, &expected["ci_low"]);
    check.number("ci", got.high, &expected["ci_high"]);
}
