//! One step of Cochrane & Orcutt (1949, *J Am Stat Assoc* 44:32–61): the slope of a line after the
//! residuals' lag-1 correlation is taken out, against statsmodels.

use doseline::analysis::statistics::NotEstimable;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;
use crate::least_squares::{Fit, dot, fit};
use crate::ols_hac::compare_inference;

fn prewhitened_line(t: &[f64], y: &[f64]) -> Result<(f64, Fit), NotEstimable> {
    let n = t.len();
    if n < 5 {
        return Err(NotEstimable::TooFew { n, needed: 5 });
    }
    let line = fit(&[vec![1.0; n], t.to_vec()], y)?;
    if line.is_exact() {
        return Err(NotEstimable::NegativeVariance);
    }
    let (earlier, later) = (&line.residuals[..n - 1], &line.residuals[1..]);
    let rho = dot(earlier, later) / dot(earlier, earlier);
    let whiten = |column: &[f64]| -> Vec<f64> {
        column.windows(2).map(|pair| pair[1] - rho * pair[0]).collect()
    };
    let whitened = fit(&[vec![1.0 - rho; n - 1], whiten(t)], &whiten(y))?;
    Ok((rho, whitened))
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (t, y) = case.series()?.compacted();
    check.scale_by(y.iter().copied());
    let Some((rho, line)) = check.estimable(prewhitened_line(&t, &y)) else {
        return Ok(());
    };
    let expected = case.expected();
    check.number("rho", rho, &expected["rho"]);
    check.same("n_transformed", Some(t.len() as u64 - 1), expected["n_transformed"].as_u64());
    let errors = line.ordinary_errors();
    for (index, name) in ["intercept", "slope"].into_iter().enumerate() {
        let coefficient = &expected["coef"][name];
        check.number("est", line.coefficients[index], &coefficient["est"]);
        let inference = errors.clone().and_then(|errors| line.inference(index, errors[index]));
        if let Some(inference) = check.estimable(inference) {
            compare_inference(check, inference, coefficient);
        }
    }
    Ok(())
}
