//! `doseline::analysis::coverage` against coverage counted by hand.

use doseline::analysis::coverage::{Coverage, EarlyRefill, Supply, coverage, possession_ratio};
use doseline::analysis::statistics::NotEstimable;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

fn both_ways(
    supplies: &[Supply],
    first: i32,
    last: i32,
) -> Result<(Coverage, Coverage, f64), NotEstimable> {
    Ok((
        coverage(supplies, first, last, EarlyRefill::Overlaps)?,
        coverage(supplies, first, last, EarlyRefill::Shifts)?,
        possession_ratio(supplies, first, last)?,
    ))
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let supplies: Vec<Supply> =
        serde_json::from_value::<Vec<(i32, u32)>>(case.input("fills").clone())?
            .into_iter()
            .map(|(day, days)| Supply { day, days })
            .collect();
    let (first, last) = (case.number("period_start")? as i32, case.number("period_end")? as i32);
    let Some((overlapping, shifted, ratio)) = check.estimable(both_ways(&supplies, first, last))
    else {
        return Ok(());
    };
    let expected = case.expected();
    let mut count = |got: u32, key: &str| check.number("count", f64::from(got), &expected[key]);
    count(overlapping.days, "days_in_period");
    count(overlapping.covered, "covered_no_shift");
    count(shifted.covered, "covered_shift");
    count(shifted.longest_gap, "longest_gap_days_shift");
    check.number("share", overlapping.proportion(), &expected["pdc_no_shift"]);
    check.number("share", shifted.proportion(), &expected["pdc_shift"]);
    check.number("share", ratio, &expected["mpr_uncapped"]);
    Ok(())
}
