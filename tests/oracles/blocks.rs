//! [`resampling`](crate::resampling) against what its draws come to in the end: every order of the
//! blocks of a short series, and the variance of a block's mean over all places it can begin at.

use doseline::analysis::statistics::NotEstimable;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;
use crate::resampling::{Draw, block_bootstrap_error, block_permutation};
use crate::simulation::Random;

/// Draws of a case: four standard errors of them are the bounds in the table.
const DRAWS: usize = 20_000;

fn drawn(case: &Case, check: &mut Check, answer: impl FnOnce(Draw<'_>) -> Answer, field: &str) {
    let mut random = Random::seeded(1);
    let mut draw = |below: usize| (random.uniform() * below as f64) as usize;
    if let Some(found) = check.estimable(answer(&mut draw)) {
        check.number(field, found, &case.expected()[field]);
    }
}

type Answer = Result<f64, NotEstimable>;

pub(crate) fn compare_permutation(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (values, block) = (case.full_column("y")?, case.count("block")?);
    let split = case.count("split")?;
    drawn(case, check, |draw| block_permutation(&values, split, block, DRAWS, draw), "p");
    Ok(())
}

pub(crate) fn compare_bootstrap(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (values, block) = (case.full_column("y")?, case.count("block")?);
    drawn(case, check, |draw| block_bootstrap_error(&values, block, DRAWS, draw), "se");
    Ok(())
}
