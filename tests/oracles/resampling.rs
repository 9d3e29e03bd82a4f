//! Blocks of a series shuffled or drawn anew: what is done where days hang together and no model of
//! how is wanted. The product uses neither; blocks of a week are too short for a slow wave.
//!
//! Block permutation: Carlstein et al. 1998 have the idea of moving whole blocks; here the series is
//! cut from its first value on and the last block may be short. Circular block bootstrap: Politis &
//! Romano 1992, in *Exploring the Limits of Bootstrap*, 263–270.

use doseline::analysis::statistics::NotEstimable;

/// A whole number from 0 to below the one given, each as likely.
pub(crate) type Draw<'a> = &'a mut dyn FnMut(usize) -> usize;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn refuse(n: usize, block: usize) -> Result<(), NotEstimable> {
    match block {
        0 => Err(NotEstimable::OutOfDomain),
        _ if n < 2 * block => Err(NotEstimable::TooFew { n, needed: 2 * block }),
        _ => Ok(()),
    }
}

/// The p-value of "the mean of the first `split` values is that of the others": the share of orders
/// of the blocks, the one that was seen among them, in which the means lie at least as far apart.
pub(crate) fn block_permutation(
    values: &[f64],
    split: usize,
    block: usize,
    shuffles: usize,
    draw: Draw<'_>,
) -> Result<f64, NotEstimable> {
    refuse(values.len(), block)?;
    if split == 0 || split >= values.len() {
        return Err(NotEstimable::OutOfDomain);
    }
    let mut blocks: Vec<&[f64]> = values.chunks(block).collect();
    let apart = |values: &[f64]| (mean(&values[split..]) - mean(&values[..split])).abs();
    let size = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    // An order that differs from the one seen by rounding alone is as far.
    let seen = apart(values) - 1e-12 * size;
    let mut as_far = 1;
    let mut order = Vec::with_capacity(values.len());
    for _ in 0..shuffles {
        for place in (1..blocks.len()).rev() {
            blocks.swap(place, draw(place + 1));
        }
        order.clear();
        blocks.iter().for_each(|block| order.extend_from_slice(block));
        as_far += usize::from(apart(&order) >= seen);
    }
    Ok(as_far as f64 / (shuffles + 1) as f64)
}

/// The standard error of the mean: the spread of means of series made of blocks that begin anywhere,
/// the first value following the last.
pub(crate) fn block_bootstrap_error(
    values: &[f64],
    block: usize,
    resamples: usize,
    draw: Draw<'_>,
) -> Result<f64, NotEstimable> {
    let n = values.len();
    refuse(n, block)?;
    let mut drawn = || {
        let mut sum = 0.0;
        let mut left = n;
        while left > 0 {
            let (first, length) = (draw(n), block.min(left));
            sum += (first..first + length).map(|place| values[place % n]).sum::<f64>();
            left -= length;
        }
        sum / n as f64
    };
    let means: Vec<f64> = (0..resamples).map(|_| drawn()).collect();
    let centre = mean(&means);
    let squares: f64 = means.iter().map(|mean| (mean - centre) * (mean - centre)).sum();
    Ok((squares / resamples as f64).sqrt())
}
