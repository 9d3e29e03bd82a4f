//! Isotonic regression: the closest curve that never turns back.
//!
//! A curve is **isotonic** when it never falls as x rises (or never rises, if so asked). The fit
//! minimises the weighted squares without supposing any other shape: it is a staircase of pooled
//! means. Found by pooling adjacent violators (Ayer et al. 1955, *Ann Math Stat* 26:641–647;
//! Barlow et al. 1972, *Statistical Inference under Order Restrictions*), O(n log n) with the sort.

use crate::diary::Sorting;

use super::NotEstimable;

/// Which way the curve may go as x rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Never falls.
    Increasing,
    /// Never rises.
    Decreasing,
}

/// A fitted staircase: its value at every x that carried weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Isotonic {
    knots: Vec<(f64, f64)>,
}

impl Isotonic {
    /// (x, fitted value) at each distinct x with positive weight, x ascending.
    #[must_use]
    pub fn knots(&self) -> &[(f64, f64)] {
        &self.knots
    }

    /// The fitted value at `x`, on the straight line between neighbouring knots;
    /// `None` outside the first and last knot, where the data say nothing.
    #[must_use]
    pub fn at(&self, x: f64) -> Option<f64> {
        let above = self.knots.partition_point(|knot| knot.0 < x);
        let high = *self.knots.get(above)?;
        if x - high.0 == 0.0 {
            return Some(high.1);
        }
        let low = self.knots[above.checked_sub(1)?];
        Some(low.1 + (high.1 - low.1) * ((x - low.0) / (high.0 - low.0)))
    }
}

/// Fits `y` against `x` (any order) with `weights` ≥ 0, one for each row. Rows that share an x are
/// first merged into their weighted mean; rows of weight zero are left out.
///
/// # Errors
/// [`NotEstimable::TooFew`] when no row carries weight, [`NotEstimable::OutOfDomain`] for a negative
/// or non-finite input or columns of different lengths.
pub fn isotonic(
    x: &[f64],
    y: &[f64],
    weights: &[f64],
    direction: Direction,
) -> Result<Isotonic, NotEstimable> {
    if x.len() != y.len()
        || x.len() != weights.len()
        || weights.iter().any(|weight| *weight < 0.0)
        || ![x, y, weights].iter().all(|column| column.iter().all(|value| value.is_finite()))
    {
        return Err(NotEstimable::OutOfDomain);
    }
    let sign = match direction {
        Direction::Increasing => 1.0,
        Direction::Decreasing => -1.0,
    };
    let mut rows: Vec<usize> = (0..x.len()).filter(|&row| weights[row] > 0.0).collect();
    if rows.is_empty() {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    }
    rows.arrange_by(|&a, &b| x[a].total_cmp(&x[b]));

    let mut xs: Vec<f64> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    for group in rows.chunk_by(|&a, &b| x[b] - x[a] == 0.0) {
        let weight: f64 = group.iter().map(|&row| weights[row]).sum();
        let total: f64 = group.iter().map(|&row| weights[row] * y[row]).sum();
        xs.push(x[group[0]]);
        let mut step = Step { mean: sign * total / weight, weight, knots: 1 };
        while let Some(left) = steps.pop_if(|left| left.mean > step.mean) {
            step = left.pooled_with(&step);
        }
        steps.push(step);
    }
    let fitted = steps.iter().flat_map(|step| std::iter::repeat_n(sign * step.mean, step.knots));
    Ok(Isotonic { knots: xs.into_iter().zip(fitted).collect() })
}

/// Neighbouring knots that share one mean.
struct Step {
    mean: f64,
    weight: f64,
    knots: usize,
}

impl Step {
    fn pooled_with(&self, other: &Step) -> Step {
        let weight = self.weight + other.weight;
        Step {
            mean: (self.mean * self.weight + other.mean * other.weight) / weight,
            weight,
            knots: self.knots + other.knots,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_the_data_there_is_no_value() {
        let fit = isotonic(&[1.0, 3.0], &[2.0, 4.0], &[1.0, 1.0], Direction::Increasing).unwrap();
        assert_eq!(fit.at(0.5), None);
        assert_eq!(fit.at(2.0), Some(3.0));
        assert_eq!(fit.at(3.5), None);
    }

    #[test]
    fn a_negative_weight_is_refused() {
        let fit = isotonic(&[1.0], &[2.0], &[-1.0], Direction::Increasing);
        assert_eq!(fit, Err(NotEstimable::OutOfDomain));
    }
}
