//! Interrupted time series: a line whose level and slope may change on one day, with Newey–West
//! errors (Wagner et al. 2002, *J Clin Pharm Ther* 27:299–309), against statsmodels.

use doseline::analysis::statistics::NotEstimable;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;
use crate::least_squares::{Fit, dot, fit};
use crate::ols_hac::{compare_coefficients, with_all_errors};

const NAMES: [&str; 4] = ["intercept", "slope_before", "level_change", "slope_change"];

fn segmented(t: &[f64], y: &[f64], change: f64) -> Result<Fit, NotEstimable> {
    if t.len() < 5 {
        return Err(NotEstimable::TooFew { n: t.len(), needed: 5 });
    }
    let after = |t: &f64| if *t >= change { 1.0 } else { 0.0 };
    let columns = [
        vec![1.0; t.len()],
        t.to_vec(),
        t.iter().map(after).collect(),
        t.iter().map(|t| after(t) * (t - change)).collect(),
    ];
    fit(&columns, y)
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (t, y) = case.series()?.compacted();
    check.scale_by(y.iter().copied());
    let change = case.number("t0")?;
    let lags = case.count("maxlags")?;
    let fit = segmented(&t, &y, change).and_then(|fit| with_all_errors(case, fit, lags));
    let Some(fit) = check.estimable(fit) else {
        return Ok(());
    };
    compare_coefficients(case, check, &fit, &NAMES, lags);

    let expected = case.expected();
    let before = t.iter().filter(|&&t| t < change).count();
    check.same("n_before", Some(before as u64), expected["n_before"].as_u64());
    check.same("n_after", Some((t.len() - before) as u64), expected["n_after"].as_u64());
    let (last_t, last_y) = (t[t.len() - 1], y[y.len() - 1]);
    let counterfactual = fit.coefficients[0] + fit.coefficients[1] * last_t;
    let fitted = last_y - fit.residuals[t.len() - 1];
    check.number("fitted", counterfactual, &expected["counterfactual_at_last"]);
    check.number("fitted", fitted, &expected["fitted_at_last"]);
    if !case.flag("degenerate") {
        let mean = y.iter().sum::<f64>() / y.len() as f64;
        let deviations: Vec<f64> = y.iter().map(|y| y - mean).collect();
        let r_squared = 1.0 - fit.squares() / dot(&deviations, &deviations);
        check.number("r_squared", r_squared, &expected["r_squared"]);
        let steps: Vec<f64> = fit.residuals.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let durbin_watson = dot(&steps, &steps) / fit.squares();
        check.number("durbin_watson", durbin_watson, &expected["durbin_watson"]);
    }
    Ok(())
}
