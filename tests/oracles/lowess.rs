//! `doseline::analysis::statistics::lowess` against statsmodels (and, through it, R).

use doseline::analysis::statistics::lowess::{Smoothing, lowess};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (t, y) = case.series()?.compacted_in_time();
    let smoothing = Smoothing {
        span: case.number("frac")?,
        passes: case.count("it")?,
        delta: case.number("delta")?,
    };
    let Some(fitted) = check.estimable(lowess(&t, &y, smoothing)) else {
        return Ok(());
    };
    check.scale_by(fitted.iter().copied());
    // Left out where the series has its own file.
    if !case.expected()["t"].is_null() {
        check.full_column("t", &t, &case.expected()["t"]);
    }
    let field = if smoothing.delta > 0.0 { "fitted_with_delta" } else { "fitted" };
    check.full_column(field, &fitted, &case.expected()["fitted"]);
    Ok(())
}
