//! `doseline::analysis::statistics::autocorrelation` against statsmodels `acf(adjusted=False)`,
//! gaps closed and kept (`missing="conservative"`).

use doseline::analysis::statistics::autocorrelation::{autocorrelation, autocorrelation_with_gaps};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let series = case.series()?;
    let (_, values) = series.compacted();
    if let Some(r) = check.estimable(autocorrelation(&values, 5)) {
        check.number("r", r[1], &case.expected()["r1_compacted"]);
        check.full_column("r", &r, &case.expected()["acf_compacted_0_5"]);
    }
    let kept = &case.expected()["acf_gaps_kept_conservative_0_3"];
    if (case.is_undefined() || !kept.is_null())
        && let Some(r) = check.estimable(autocorrelation_with_gaps(&series.y, 3))
    {
        check.full_column("r", &r, kept);
    }
    Ok(())
}
