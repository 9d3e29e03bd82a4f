//! Joining: which of several neighbouring stretches of days could as well be one.
//!
//! Stretches with a level each are fitted under every [`noise`](super::noise) model, as
//! [`level`](super::level) does; then a border is dropped, the stretches beside it become one, and
//! all is fitted again. The days need to be whitened for the finest division only: the column of a
//! joined stretch is the sum of its parts' columns, so its cross-products are sums of theirs. What
//! is left for each division is arithmetic with matrices as large as it has stretches.
//!
//! Essential item: [`Joinable`].

use super::NotEstimable;
use super::distribution::StudentT;
use super::gls::{MOST_COLUMNS, NEGLIGIBLE, RESIDUALS_TO_ESTIMATE_NOISE};
use super::math;
use super::noise::{NoiseModel, NoisePrior};
use super::whitening::{Gaps, whitened_products};

/// Stretches of days, whitened under each noise model.
pub(super) struct Joinable {
    days: usize,
    stretches: usize,
    models: Vec<Whitened>,
}

/// What is left of the days under one noise model.
struct Whitened {
    log_weight: f64,
    log_determinant: f64,
    /// Cross-products of the values (first) and the stretches, `width` × `width`, upper triangle.
    cross: Vec<f64>,
    width: usize,
}

/// How well a division into stretches does.
pub(super) struct Division {
    /// As [`Levels::log_likelihood`](super::level::Levels::log_likelihood), up to a constant that all
    /// divisions of the same days share.
    pub(super) log_likelihood: f64,
    /// Two-sided p-value of each step from a stretch to the next.
    pub(super) p_values: Vec<f64>,
}

/// The levels under one noise model.
struct Fit {
    weight: f64,
    levels: Vec<f64>,
    /// Lower Cholesky factor of the stretches' cross-products, row by row.
    factor: Vec<f64>,
    residual_variance: f64,
}

impl Joinable {
    /// Whitens `y` at `days` (ascending, one row a day), whose stretches begin at row 0 and at
    /// `starts` (ascending, fewer than [`MOST_COLUMNS`]).
    pub(super) fn new(days: &[f64], y: &[f64], starts: &[usize], prior: &NoisePrior) -> Self {
        let centre = y.iter().sum::<f64>() / y.len() as f64;
        let stretches = starts.len() + 1;
        let width = match stretches + 1 {
            2 => 2,
            3..=4 => 4,
            5..=8 => 8,
            _ => MOST_COLUMNS + 2,
        };
        let mut cells = vec![0.0; y.len() * width];
        for (row, cell) in cells.chunks_exact_mut(width).enumerate() {
            cell[0] = y[row] - centre;
            cell[1 + starts.partition_point(|start| *start <= row)] = 1.0;
        }
        let gaps = Gaps::between(days);
        let whitened = |model: &NoiseModel| {
            let (cross, log_determinant) = match width {
                2 => whitened_products::<2>(model, &cells, &gaps),
                4 => whitened_products::<4>(model, &cells, &gaps),
                8 => whitened_products::<8>(model, &cells, &gaps),
                _ => whitened_products::<{ MOST_COLUMNS + 2 }>(model, &cells, &gaps),
            };
            Whitened { log_weight: math::ln(model.weight), log_determinant, cross, width }
        };
        Self { days: y.len(), stretches, models: prior.models().iter().map(whitened).collect() }
    }

    /// Fits the division that is left when only the borders in `kept` (ascending, counted from 0)
    /// still part the stretches beside them.
    ///
    /// # Errors
    /// [`NotEstimable::Constant`] when the levels leave nothing of the values.
    pub(super) fn divided(&self, kept: &[usize]) -> Result<Division, NotEstimable> {
        let (n, p) = (self.days, kept.len() + 1);
        let joined: Vec<usize> = (0..self.stretches)
            .map(|stretch| kept.partition_point(|border| *border < stretch))
            .collect();
        let df = (n - p) as f64;
        let student = StudentT::new(df).ok_or(NotEstimable::TooFew { n, needed: p + 1 })?;
        let mut fits = Vec::with_capacity(self.models.len());
        let mut profile = Vec::with_capacity(self.models.len());
        for model in &self.models {
            let fit = model.fit(&joined, p, df)?;
            let log_residual = math::ln(fit.residual_variance);
            let log_columns: f64 = (0..p).map(|i| 2.0 * math::ln(fit.factor[i * p + i])).sum();
            profile
                .push(model.log_weight - 0.5 * (model.log_determinant + n as f64 * log_residual));
            let restricted = -0.5 * (model.log_determinant + log_columns + df * log_residual);
            let is_estimated = n - p >= RESIDUALS_TO_ESTIMATE_NOISE;
            let told = if is_estimated { restricted } else { 0.0 };
            fits.push(Fit { weight: model.log_weight + told, ..fit });
        }
        let total = log_of_sum(fits.iter().map(|fit| fit.weight));
        fits.iter_mut().for_each(|fit| fit.weight = math::exp(fit.weight - total));
        fits.retain(|fit| fit.weight > NEGLIGIBLE);
        let p_value = |step: usize| {
            let below = |sign: f64| {
                let part = |fit: &Fit| fit.weight * student.cdf(sign * fit.standardised(step));
                fits.iter().map(part).sum::<f64>()
            };
            (2.0 * below(-1.0).min(below(1.0))).min(1.0)
        };
        // The residual variance stands for the residual: as many logarithms of df too little.
        let log_likelihood = log_of_sum(profile.into_iter()) - 0.5 * n as f64 * math::ln(df);
        Ok(Division { log_likelihood, p_values: (0..p - 1).map(p_value).collect() })
    }
}

impl Whitened {
    fn fit(&self, joined: &[usize], p: usize, df: f64) -> Result<Fit, NotEstimable> {
        let mut products = vec![0.0; p * p];
        let mut levels = vec![0.0; p];
        for (i, &to) in joined.iter().enumerate() {
            levels[to] += self.cross[i + 1];
            for (j, &and) in joined.iter().enumerate() {
                products[to * p + and] += self.cross[(i.min(j) + 1) * self.width + i.max(j) + 1];
            }
        }
        for i in 0..p {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| products[i * p + k] * products[j * p + k]).sum();
                let rest = products[i * p + j] - known;
                products[i * p + j] = if i == j { rest.sqrt() } else { rest / products[j * p + j] };
            }
        }
        let factor = products;
        solve_lower(&factor, p, &mut levels);
        let residual = self.cross[0] - levels.iter().map(|half| half * half).sum::<f64>();
        if residual.is_nan() || residual <= 1e-13 * self.cross[0] {
            return Err(NotEstimable::Constant);
        }
        for i in (0..p).rev() {
            let known: f64 = (i + 1..p).map(|k| factor[k * p + i] * levels[k]).sum();
            levels[i] = (levels[i] - known) / factor[i * p + i];
        }
        Ok(Fit { weight: 0.0, levels, factor, residual_variance: residual / df })
    }
}

impl Fit {
    /// The step after a stretch in units of its standard error.
    fn standardised(&self, step: usize) -> f64 {
        let p = self.levels.len();
        let mut direction = vec![0.0; p];
        (direction[step], direction[step + 1]) = (-1.0, 1.0);
        solve_lower(&self.factor, p, &mut direction);
        let spread: f64 = direction.iter().map(|v| v * v).sum();
        (self.levels[step + 1] - self.levels[step]) / (spread * self.residual_variance).sqrt()
    }
}

/// Solves L x = b in place, for a lower triangular `factor` of `p` rows.
fn solve_lower(factor: &[f64], p: usize, b: &mut [f64]) {
    for i in 0..p {
        let known: f64 = (0..i).map(|k| factor[i * p + k] * b[k]).sum();
        b[i] = (b[i] - known) / factor[i * p + i];
    }
}

/// ln Σ e^x without leaving the range of `f64`.
fn log_of_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let top = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    top + math::ln(logs.map(|log| math::exp(log - top)).sum())
}

#[cfg(test)]
mod tests {
    use super::super::level::Levels;
    use super::*;

    /// 90 irregular days in five stretches, each division fitted here and, from the start, by
    /// [`Levels`].
    #[test]
    fn a_division_is_what_its_levels_are() {
        let days: Vec<f64> = (0..100_u32).filter(|i| i % 10 != 3).map(f64::from).collect();
        let wave =
            |day: &f64| (day * day * 0.37).rem_euclid(3.0) + if *day > 50.0 { 2.0 } else { 0.0 };
        let y: Vec<f64> = days.iter().map(wave).collect();
        let starts = [12, 30, 47, 70];
        let prior = NoisePrior::day_to_day();
        let joinable = Joinable::new(&days, &y, &starts, &prior);
        let mut distances = Vec::new();
        for kept in [vec![0, 1, 2, 3], vec![0, 2, 3], vec![2], vec![1, 3], vec![]] {
            let division = joinable.divided(&kept).unwrap();
            let borders: Vec<usize> = kept.iter().map(|border| starts[*border]).collect();
            let stretch = |row| borders.partition_point(|start| *start <= row);
            let stretches: Vec<usize> = (0..y.len()).map(stretch).collect();
            let levels = Levels::fit(&days, &y, &stretches, &prior).unwrap();
            distances.push(levels.log_likelihood() - division.log_likelihood);
            assert_eq!(division.p_values.len(), kept.len());
            for (step, p_value) in division.p_values.into_iter().enumerate() {
                let expected = levels.difference(step, step + 1, 0.95).unwrap().p_value;
                assert!((p_value - expected).abs() <= 1e-9 * expected, "{p_value} {expected}");
            }
        }
        let [first, others @ ..] = &distances[..] else { unreachable!() };
        assert!(others.iter().all(|other| (other - first).abs() < 1e-9), "{distances:?}");
    }

    #[test]
    fn levels_that_leave_nothing_are_refused() {
        let days: Vec<f64> = (0..20).map(f64::from).collect();
        let y: Vec<f64> = days.iter().map(|day| if *day < 8.0 { 1.0 } else { 4.0 }).collect();
        let joinable = Joinable::new(&days, &y, &[8], &NoisePrior::day_to_day());
        assert_eq!(joinable.divided(&[0]).err(), Some(NotEstimable::Constant));
        assert!(joinable.divided(&[]).is_ok());
    }
}
