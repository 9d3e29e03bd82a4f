//! `doseline::analysis::statistics::isotonic` against scikit-learn `IsotonicRegression`.

use doseline::analysis::statistics::isotonic::{Direction, isotonic};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (x, y) = (case.full_column("x")?, case.full_column("y")?);
    let weights =
        if case.input("w").is_null() { vec![1.0; x.len()] } else { case.full_column("w")? };
    let rises =
        case.input("increasing").as_bool().ok_or("input increasing is not a truth value")?;
    let direction = if rises { Direction::Increasing } else { Direction::Decreasing };
    let Some(fit) = check.estimable(isotonic(&x, &y, &weights, direction)) else {
        return Ok(());
    };
    check.scale_by(y);
    let mut distinct = x;
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let fitted: Vec<_> = distinct.iter().map(|&x| fit.at(x)).collect();
    check.column("fitted", &fitted, &case.expected()["fitted"]);
    let expected_x = case.expected()["x_unique"].as_array().map_or(0, Vec::len);
    check.same("x_unique", distinct.len(), expected_x);
    Ok(())
}
