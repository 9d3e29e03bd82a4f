//! Benjamini–Hochberg: p-values of many questions, made so that of those below a level no more than
//! that share is wrong on average (1995, *J R Stat Soc B* 57:289–300), against statsmodels
//! `multipletests` and R `p.adjust`. The product uses Holm, which holds each of them.

use doseline::analysis::statistics::NotEstimable;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, NotEstimable> {
    if p_values.is_empty() {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    }
    if !p_values.iter().all(|p| (0.0..=1.0).contains(p)) {
        return Err(NotEstimable::OutOfDomain);
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, place) in order.into_iter().enumerate().rev() {
        least = least.min(p_values[place] * p_values.len() as f64 / (rank + 1) as f64);
        adjusted[place] = least;
    }
    Ok(adjusted)
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let (p_values, alpha) = (case.full_column("p")?, case.number("alpha")?);
    let Some(adjusted) = check.estimable(benjamini_hochberg(&p_values)) else {
        return Ok(());
    };
    check.full_column("adjusted", &adjusted, &case.expected()["adjusted"]);
    let found = adjusted.iter().filter(|p| **p <= alpha).count() as u64;
    check.same("rejected", Some(found), case.expected()["rejected"].as_u64());
    Ok(())
}
