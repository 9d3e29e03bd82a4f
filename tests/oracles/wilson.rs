//! The Wilson score interval for a share (Wilson 1927, *J Am Stat Assoc* 22:209–212), without
//! continuity correction, against statsmodels.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::distribution::normal_quantile;
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

struct Share {
    p: f64,
    low: f64,
    high: f64,
}

fn wilson(successes: f64, n: f64, confidence: f64) -> Result<Share, NotEstimable> {
    if n < 1.0 {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    }
    if !(0.0..=n).contains(&successes) || confidence <= 0.0 || confidence >= 1.0 {
        return Err(NotEstimable::OutOfDomain);
    }
    let p = successes / n;
    let z = normal_quantile((1.0 + confidence) / 2.0);
    let shrink = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / shrink;
    let half = z / shrink * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Ok(Share { p, low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let answer = wilson(case.number("k")?, case.number("n")?, case.number("confidence")?);
    if let Some(share) = check.estimable(answer) {
        check.number("share", share.p, &case.expected()["p"]);
        check.number("share", share.low, &case.expected()["low"]);
        check.number("share", share.high, &case.expected()["high"]);
    }
    Ok(())
}
