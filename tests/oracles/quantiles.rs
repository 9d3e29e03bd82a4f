//! `doseline::analysis::statistics::quantile` against NumPy's `linear` and `median_unbiased`.

use doseline::analysis::statistics::quantile::{Convention, quantile};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (_, mut sorted) = case.series()?.compacted();
    sorted.sort_by(f64::total_cmp);
    check.scale_by(sorted.iter().copied());
    let probabilities = case.full_column("probs")?;
    for (name, convention) in [("type7", Convention::Type7), ("type8", Convention::Type8)] {
        let values = probabilities.iter().map(|&p| quantile(&sorted, p, convention)).collect();
        if let Some(values) = check.estimable::<Vec<f64>>(values) {
            check.full_column("quantile", &values, &case.expected()[name]);
        }
    }
    Ok(())
}
