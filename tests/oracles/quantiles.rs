//! `doseline::analysis::statistics::quantile` against NumPy's `linear` and `median_unbiased`.

use doseline::analysis::statistics::quantile::{Convention, quantile};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (_, values) = case.series()?.compacted();
    check.scale_by(values.iter().copied());
    let probabilities = case.full_column("probs")?;
    for (name, convention) in [("type7", Convention::Type7), ("type8", Convention::Type8)] {
        let quantile = |p: &f64| quantile(&mut values.clone(), *p, convention);
        let values = probabilities.iter().map(quantile).collect();
        if let Some(values) = check.estimable::<Vec<f64>>(values) {
            check.full_column("quantile", &values, &case.expected()[name]);
        }
    }
    Ok(())
}
