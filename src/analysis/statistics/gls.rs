//! Generalised least squares: regression on days that are not independent.
//!
//! The model is y = Xβ + noise, the noise one of many [`NoiseModel`]s. A **contrast** is a weighted
//! sum of the coefficients: a slope, a level, the difference of two. Under one noise model its
//! interval is Student's; which model holds is not known, so the intervals are **mixed**: the end
//! of the mixed interval is the value that the weighted mean of the t distributions stays below
//! with the stated probability. The weight of a model is its prior weight times its restricted
//! likelihood (REML: the likelihood left when β and the scale are integrated out), as
//! for a Bayesian with flat priors on both. Below [`RESIDUALS_TO_ESTIMATE_NOISE`]
//! residuals the likelihood is not consulted and [`Contrast::noise`] says [`NoiseSource::Prior`].
//!
//! **Effective n** is how many independent days of the same variance would give a contrast the
//! same standard error. It follows from the noise model and is as uncertain as that, so it is a
//! range.
//!
//! Essential types: [`NoiseMixture`] is the fit, shared by any number of contrasts;
//! [`Contrast`] is an answer.
//!
//! Each model costs one pass over the days, which need not be equally spaced; the passes share an
//! orthonormal basis of the columns, so day numbers counted from 1970 lose no digits.

use crate::diary::Sorting;

use super::NotEstimable;
use super::distribution::StudentT;
use super::math;
use super::noise::{NoiseModel, NoisePrior};
use super::whitening::{Gaps, whitened_products};

/// The most columns a design may have.
pub const MOST_COLUMNS: usize = 12;

/// Residuals (days less columns) below which the noise is not estimated from the data.
pub const RESIDUALS_TO_ESTIMATE_NOISE: usize = 30;

/// Where the weights of the noise models came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoiseSource {
    /// From the data: the prior times the restricted likelihood.
    Estimated,
    /// From the prior alone: there are fewer than [`RESIDUALS_TO_ESTIMATE_NOISE`] residuals.
    Prior,
}

/// A weighted sum of coefficients with what is known about it. Every number is finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The estimate, in units of the outcome (per unit of the column where the column has one).
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Root of the mixed variance: within the noise models and between them.
    pub standard_error: f64,
    /// Two-sided p-value of the contrast being zero.
    pub p_value: f64,
    /// Degrees of freedom of each mixed t interval: days less columns.
    pub degrees_of_freedom: f64,
    /// How many independent days would say as much: lower end of the 95 % range over the models.
    pub effective_n_low: f64,
    /// Upper end of that range.
    pub effective_n_high: f64,
    /// Days used; several values on one day count once.
    pub n: usize,
    /// Whether the data or the prior alone weighted the noise models.
    pub noise: NoiseSource,
}

/// A linear regression fitted under every noise model of a prior, each with its weight.
#[derive(Debug, Clone)]
pub struct NoiseMixture {
    n: usize,
    source: NoiseSource,
    basis: Basis,
    fits: Vec<Fit>,
    log_likelihood: f64,
}

/// The regression under one noise model, in the coordinates of the orthonormal basis.
#[derive(Debug, Clone)]
struct Fit {
    weight: f64,
    coefficients: Vec<f64>,
    /// Lower Cholesky factor of the whitened basis' cross-products, row by row.
    factor: Vec<f64>,
    residual_variance: f64,
}

/// Logarithms, up to constants that are the same for every noise model.
struct Likelihood {
    /// With the coefficients and the scale integrated out.
    restricted: f64,
    /// At the fitted coefficients and scale; comparable between designs for the same `y`.
    profile: f64,
}

impl NoiseMixture {
    /// Fits `y` (one value per row, in any unit) at `days` (in any order; whole civil days, or any
    /// times in days) on `columns` (each as long as `y`; give the intercept as a column of ones).
    ///
    /// Rows of the same day are averaged first: a day is one observation, however often the
    /// person wrote.
    ///
    /// # Errors
    /// [`NotEstimable::TooFew`] with fewer days than columns + 2; [`NotEstimable::Singular`] when a
    /// column is (to 9 digits) a combination of the others, or there is none or more than
    /// [`MOST_COLUMNS`]; [`NotEstimable::Constant`] when the columns fit `y` exactly;
    /// [`NotEstimable::OutOfDomain`] for a value that is not finite or lengths that differ.
    pub fn fit(
        days: &[f64],
        y: &[f64],
        columns: &[&[f64]],
        prior: &NoisePrior,
    ) -> Result<Self, NotEstimable> {
        if columns.is_empty() || columns.len() > MOST_COLUMNS {
            return Err(NotEstimable::Singular);
        }
        let rows = Rows::gather(days, y, columns)?;
        let (n, p) = (rows.days.len(), columns.len());
        if n < p + 2 {
            return Err(NotEstimable::TooFew { n, needed: p + 2 });
        }
        let (basis, table) = Basis::orthonormal(&rows)?;
        let gaps = Gaps::between(&rows.days);
        let source = if n - p < RESIDUALS_TO_ESTIMATE_NOISE {
            NoiseSource::Prior
        } else {
            NoiseSource::Estimated
        };
        let mut fits = Vec::with_capacity(prior.models().len());
        let mut logs = Vec::with_capacity(prior.models().len());
        let mut profile = Vec::with_capacity(prior.models().len());
        for model in prior.models() {
            let (fit, likelihood) = basis.fit(model, &table, &gaps, n)?;
            profile.push(math::ln(model.weight) + likelihood.profile);
            fits.push(fit);
            logs.push(match source {
                NoiseSource::Estimated => math::ln(model.weight) + likelihood.restricted,
                NoiseSource::Prior => math::ln(model.weight),
            });
        }
        let total = log_of_sum(&logs);
        for (fit, log) in fits.iter_mut().zip(&logs) {
            fit.weight = math::exp(log - total);
        }
        fits.retain(|fit| fit.weight > NEGLIGIBLE);
        Ok(Self { n, source, basis, fits, log_likelihood: log_of_sum(&profile) })
    }

    /// Logarithm of the likelihood at the fitted coefficients and scale, averaged over the noise
    /// models by their prior weights. Only differences between designs for the same `y` mean
    /// anything.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// Days used; several values on one day count once.
    #[must_use]
    pub fn days(&self) -> usize {
        self.n
    }

    /// Whether the data or the prior alone weighted the noise models.
    #[must_use]
    pub fn noise(&self) -> NoiseSource {
        self.source
    }

    /// The sum of the coefficients, each times its entry of `weights` (one per column), with an
    /// interval that holds the truth with probability `level` (0.95).
    ///
    /// # Errors
    /// [`NotEstimable::OutOfDomain`] when `weights` has another length than the columns, is all
    /// zero or not finite, or `level` is not between 0 and 1.
    pub fn contrast(&self, weights: &[f64], level: f64) -> Result<Contrast, NotEstimable> {
        let p = self.basis.columns;
        let usable = weights.len() == p
            && weights.iter().all(|w| w.is_finite())
            && weights.iter().any(|w| *w != 0.0)
            && level > 0.0
            && level < 1.0;
        let df = (self.n - p) as f64;
        let (true, Some(student)) = (usable, StudentT::new(df)) else {
            return Err(NotEstimable::OutOfDomain);
        };
        let direction = self.basis.direction(weights);
        let independent: f64 = direction.iter().map(|d| d * d).sum();
        let base = dot(&direction, &self.basis.projection);
        let mut parts = Vec::with_capacity(self.fits.len());
        let mut worth = Vec::with_capacity(self.fits.len());
        for fit in &self.fits {
            let spread: f64 = solve_lower(&fit.factor, p, &direction).iter().map(|v| v * v).sum();
            parts.push(Part {
                weight: fit.weight,
                centre: base + dot(&direction, &fit.coefficients),
                scale: (spread * fit.residual_variance).sqrt(),
            });
            worth.push((self.n as f64 * (independent / spread).min(1.0), fit.weight));
        }
        worth.arrange_by(|a, b| a.0.total_cmp(&b.0));
        let estimate: f64 = parts.iter().map(|part| part.weight * part.centre).sum();
        let variance: f64 = parts
            .iter()
            .map(|part| {
                let off = part.centre - estimate;
                part.weight * (part.scale * part.scale + off * off)
            })
            .sum();
        let (mut below, mut above) = (0.0, 0.0);
        for part in &parts {
            let tail = 0.5 * student.two_sided(part.centre / part.scale);
            let (far, near) = (part.weight * tail, part.weight * (1.0 - tail));
            let is_above = part.centre > 0.0;
            below += if is_above { far } else { near };
            above += if is_above { near } else { far };
        }
        let outside = 0.5 * (1.0 - level);
        let beyond = student.quantile(outside);
        let contrast = Contrast {
            estimate,
            low: mixed_quantile(&parts, &student, outside, beyond),
            high: -mixed_quantile(&mirrored(&parts), &student, outside, beyond),
            standard_error: variance.sqrt(),
            p_value: (2.0 * below.min(above)).min(1.0),
            degrees_of_freedom: df,
            effective_n_low: weighted_quantile(&worth, 0.025),
            effective_n_high: weighted_quantile(&worth, 0.975),
            n: self.n,
            noise: self.source,
        };
        let finite = [contrast.estimate, contrast.low, contrast.high, contrast.standard_error];
        if finite.iter().all(|v| v.is_finite()) {
            Ok(contrast)
        } else {
            Err(NotEstimable::OutOfDomain)
        }
    }
}

/// Weights below this share are dropped: they cannot move an interval's end.
pub(super) const NEGLIGIBLE: f64 = 1e-12;

/// One t distribution of the mixture.
#[derive(Debug, Clone, Copy)]
struct Part {
    weight: f64,
    centre: f64,
    scale: f64,
}

fn mirrored(parts: &[Part]) -> Vec<Part> {
    parts.iter().map(|part| Part { centre: -part.centre, ..*part }).collect()
}

fn mixed_cdf(parts: &[Part], student: &StudentT, x: f64) -> f64 {
    parts.iter().map(|part| part.weight * student.cdf((x - part.centre) / part.scale)).sum()
}

/// Halley's method on the logarithm of the probability `p`, kept inside a shrinking bracket; `t` is
/// Student's own value for it.
fn mixed_quantile(parts: &[Part], student: &StudentT, p: f64, t: f64) -> f64 {
    let ends = parts.iter().map(|part| part.centre + t * part.scale);
    let mut low = ends.clone().fold(f64::INFINITY, f64::min);
    let mut high = ends.clone().fold(f64::NEG_INFINITY, f64::max);
    let mut x: f64 = ends.zip(parts).map(|(end, part)| part.weight * end).sum();
    let reach = parts.iter().map(|part| part.scale).fold(0.0, f64::max);
    for _ in 0..100 {
        let below = mixed_cdf(parts, student, x);
        if below > p {
            high = x;
        } else {
            low = x;
        }
        let (mut density, mut bend) = (0.0, 0.0);
        for part in parts {
            let away = (x - part.centre) / part.scale;
            let own = part.weight * student.density(away) / part.scale;
            density += own;
            bend -= own * student.fall(away) / part.scale;
        }
        let (excess, slope) = (math::ln(below / p), density / below);
        let curvature = bend / below - slope * slope;
        let halley = x - excess * slope / (slope * slope - 0.5 * excess * curvature);
        let is_inside = halley > low && halley < high;
        let next = if is_inside { halley } else { 0.5 * (low + high) };
        let step = (next - x).abs();
        x = next;
        // The error left is of the order of the step cubed.
        if step <= if is_inside { 1e-5 } else { 1e-13 } * reach {
            break;
        }
    }
    x
}

/// The smallest value below or at which `share` of the weight lies; `values` ascend.
fn weighted_quantile(values: &[(f64, f64)], share: f64) -> f64 {
    let mut sum = 0.0;
    for (value, weight) in values {
        sum += weight;
        if sum >= share {
            return *value;
        }
    }
    values.last().map_or(0.0, |(value, _)| *value)
}

/// Rows in order of their days, one a day: rows of the same day are averaged.
pub(super) struct Rows {
    pub(super) days: Vec<f64>,
    /// `y`, then the columns.
    pub(super) series: Vec<Vec<f64>>,
}

impl Rows {
    /// [`NotEstimable::OutOfDomain`] for a value that is not finite or lengths that differ.
    pub(super) fn gather(
        days: &[f64],
        y: &[f64],
        columns: &[&[f64]],
    ) -> Result<Self, NotEstimable> {
        let given: Vec<&[f64]> = std::iter::once(y).chain(columns.iter().copied()).collect();
        let sound =
            |column: &[f64]| column.len() == days.len() && column.iter().all(|v| v.is_finite());
        if !sound(days) || !given.iter().all(|column| sound(column)) {
            return Err(NotEstimable::OutOfDomain);
        }
        let mut order: Vec<usize> = (0..days.len()).collect();
        order.arrange_by(|&i, &j| days[i].total_cmp(&days[j]).then(y[i].total_cmp(&y[j])));
        let mut rows =
            Self { days: Vec::with_capacity(days.len()), series: vec![Vec::new(); given.len()] };
        for same_day in order.chunk_by(|&i, &j| days[j] - days[i] == 0.0) {
            rows.days.push(days[same_day[0]]);
            for (series, column) in rows.series.iter_mut().zip(&given) {
                let sum: f64 = same_day.iter().map(|&i| column[i]).sum();
                series.push(sum / same_day.len() as f64);
            }
        }
        Ok(rows)
    }
}

/// An orthonormal basis of the columns, so that no fit meets an ill-conditioned matrix.
#[derive(Debug, Clone)]
struct Basis {
    columns: usize,
    /// Upper triangular `r` of columns = basis · r, row by row.
    triangle: Vec<f64>,
    /// The basis' ordinary least-squares coefficients, taken out of `y` beforehand.
    projection: Vec<f64>,
}

/// Residual and basis side by side, a row a day, padded with zero columns to `width`.
struct Table {
    width: usize,
    cells: Vec<f64>,
}

impl Basis {
    /// Gram–Schmidt, twice. Returns the table of what ordinary least squares leaves of `y` and the
    /// basis.
    fn orthonormal(rows: &Rows) -> Result<(Self, Table), NotEstimable> {
        let (n, p) = (rows.days.len(), rows.series.len() - 1);
        let mut triangle = vec![0.0; p * p];
        let mut vectors: Vec<Vec<f64>> = Vec::with_capacity(p);
        for (k, column) in rows.series[1..].iter().enumerate() {
            let mut vector = column.clone();
            let before = dot(&vector, &vector).sqrt();
            for _ in 0..2 {
                for (j, earlier) in vectors.iter().enumerate() {
                    let share = dot(earlier, &vector);
                    triangle[j * p + k] += share;
                    subtract(&mut vector, earlier, share);
                }
            }
            let after = dot(&vector, &vector).sqrt();
            if after <= 1e-9 * before || after == 0.0 {
                return Err(NotEstimable::Singular);
            }
            triangle[k * p + k] = after;
            vector.iter_mut().for_each(|v| *v /= after);
            vectors.push(vector);
        }
        let y = &rows.series[0];
        let mut residual = y.clone();
        let mut projection = vec![0.0; p];
        for _ in 0..2 {
            for (vector, total) in vectors.iter().zip(&mut projection) {
                let share = dot(vector, &residual);
                *total += share;
                subtract(&mut residual, vector, share);
            }
        }
        let left = dot(&residual, &residual);
        if left <= 1e-24 * dot(y, y) || left < f64::MIN_POSITIVE {
            return Err(NotEstimable::Constant);
        }
        let width = match p + 1 {
            2 => 2,
            3..=4 => 4,
            5..=8 => 8,
            _ => MOST_COLUMNS + 2,
        };
        let mut cells = vec![0.0; n * width];
        for (row, cell) in cells.chunks_exact_mut(width).enumerate() {
            cell[0] = residual[row];
            for (place, vector) in cell[1..].iter_mut().zip(&vectors) {
                *place = vector[row];
            }
        }
        Ok((Self { columns: p, triangle, projection }, Table { width, cells }))
    }

    /// The weights of the basis' coefficients that give the same sum as `weights` of the columns':
    /// solves r′ d = w.
    fn direction(&self, weights: &[f64]) -> Vec<f64> {
        let p = self.columns;
        let mut direction = vec![0.0; p];
        for k in 0..p {
            let known: f64 = (0..k).map(|j| self.triangle[j * p + k] * direction[j]).sum();
            direction[k] = (weights[k] - known) / self.triangle[k * p + k];
        }
        direction
    }

    /// The fit under one noise model and how likely it makes the data.
    fn fit(
        &self,
        model: &NoiseModel,
        table: &Table,
        gaps: &Gaps,
        n: usize,
    ) -> Result<(Fit, Likelihood), NotEstimable> {
        let (cross, log_determinant) = match table.width {
            2 => whitened_products::<2>(model, &table.cells, gaps),
            4 => whitened_products::<4>(model, &table.cells, gaps),
            8 => whitened_products::<8>(model, &table.cells, gaps),
            _ => whitened_products::<{ MOST_COLUMNS + 2 }>(model, &table.cells, gaps),
        };
        let (w, p) = (table.width, self.columns);
        let mut factor = vec![0.0; p * p];
        let mut log_columns = 0.0;
        for i in 0..p {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| factor[i * p + k] * factor[j * p + k]).sum();
                let rest = cross[(j + 1) * w + i + 1] - known;
                if i == j {
                    if rest <= 0.0 {
                        return Err(NotEstimable::Singular);
                    }
                    factor[i * p + i] = rest.sqrt();
                    log_columns += math::ln(rest);
                } else {
                    factor[i * p + j] = rest / factor[j * p + j];
                }
            }
        }
        let half = solve_lower(&factor, p, &cross[1..=p]);
        let residual = cross[0] - dot(&half, &half);
        if residual <= 1e-13 * cross[0] {
            return Err(NotEstimable::Constant);
        }
        let mut coefficients = half;
        for i in (0..p).rev() {
            let known: f64 = (i + 1..p).map(|k| factor[k * p + i] * coefficients[k]).sum();
            coefficients[i] = (coefficients[i] - known) / factor[i * p + i];
        }
        let df = (n - p) as f64;
        let likelihood = Likelihood {
            restricted: -0.5 * (log_determinant + log_columns + df * math::ln(residual)),
            profile: -0.5 * (log_determinant + n as f64 * math::ln(residual)),
        };
        let fit = Fit { weight: 0.0, coefficients, factor, residual_variance: residual / df };
        Ok((fit, likelihood))
    }
}

/// ln Σ e^x without leaving the range of `f64`.
fn log_of_sum(logs: &[f64]) -> f64 {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + math::ln(logs.iter().map(|log| math::exp(log - top)).sum())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn subtract(from: &mut [f64], vector: &[f64], times: f64) {
    from.iter_mut().zip(vector).for_each(|(x, v)| *x -= times * v);
}

/// Solves L x = b for a lower triangular `factor` of `p` rows.
fn solve_lower(factor: &[f64], p: usize, b: &[f64]) -> Vec<f64> {
    let mut x = b.to_vec();
    for i in 0..p {
        let known: f64 = (0..i).map(|k| factor[i * p + k] * x[k]).sum();
        x[i] = (x[i] - known) / factor[i * p + i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` irregular days (every seventh left out) `step` days apart, and a value for each.
    fn series(n: usize, step: f64) -> (Vec<f64>, Vec<f64>) {
        (0..60_u32)
            .filter(|i| i % 7 != 3)
            .take(n)
            .map(|i| {
                let wave = f64::from((i * i * 7 + 3 * i) % 23) / 4.0;
                let jump = if i >= 30 { 2.0 } else { 0.0 };
                (f64::from(i) * step, wave + jump + 0.5 * f64::from((i * 5) % 11) / 10.0)
            })
            .unzip()
    }

    fn assert_close(contrast: &Contrast, expected: [f64; 7]) {
        let got = [
            contrast.estimate,
            contrast.low,
            contrast.high,
            contrast.standard_error,
            contrast.p_value,
            contrast.effective_n_low,
            contrast.effective_n_high,
        ];
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-10 * expected.abs(), "{got} {expected}");
        }
    }

    // Expected values: NumPy 2 with dense covariance matrices (V written out from the definition
    // of `NoiseModel`, `linalg.inv`, `slogdet`), mixed with `scipy.stats.t.cdf` and inverted with
    // `scipy.optimize.brentq`, for `NoisePrior::day_to_day()`.

    #[test]
    fn a_step_agrees_with_dense_matrices() {
        let (days, y) = series(45, 1.0);
        let ones = vec![1.0; 45];
        let late: Vec<f64> = days.iter().map(|d| if *d >= 30.0 { 1.0 } else { 0.0 }).collect();
        let prior = NoisePrior::day_to_day();
        let mixture = NoiseMixture::fit(&days, &y, &[&ones, &late], &prior).unwrap();
        let step = mixture.contrast(&[0.0, 1.0], 0.95).unwrap();
        assert_eq!((step.noise, step.n), (NoiseSource::Estimated, 45));
        let expected = [
            2.618_839_218_670_891_5,
            0.774_753_997_941_221_9,
            5.424_719_159_308_206,
            1.141_121_381_908_902,
            0.010_293_413_101_541_938,
            17.384_323_782_083_68,
            45.0,
        ];
        assert_close(&step, expected);
    }

    #[test]
    fn a_slope_agrees_with_dense_matrices_wherever_days_are_counted_from() {
        let (days, y) = series(45, 1.0);
        let ones = vec![1.0; 45];
        let prior = NoisePrior::day_to_day();
        let expected = [
            0.047_105_257_065_600_37,
            -0.106_067_938_594_356_87,
            0.199_098_995_578_128_7,
            0.069_074_059_591_293_24,
            0.388_874_081_912_743_75,
            10.029_593_944_847_326,
            45.0,
        ];
        for since in [0.0, 20_000.0] {
            let days: Vec<f64> = days.iter().map(|d| d + since).collect();
            let mixture = NoiseMixture::fit(&days, &y, &[&ones, &days], &prior).unwrap();
            assert_close(&mixture.contrast(&[0.0, 1.0], 0.95).unwrap(), expected);
        }
    }

    #[test]
    fn few_days_leave_the_prior_as_it_is() {
        let (days, y) = series(20, 7.0);
        let ones = vec![1.0; 20];
        let prior = NoisePrior::day_to_day();
        let mixture = NoiseMixture::fit(&days, &y, &[&ones, &days], &prior).unwrap();
        let slope = mixture.contrast(&[0.0, 1.0], 0.95).unwrap();
        assert_eq!(slope.noise, NoiseSource::Prior);
        let expected = [
            0.006_062_821_729_315_543,
            -0.049_289_985_259_710_83,
            0.063_213_707_515_798_22,
            0.025_605_718_094_651_7,
            0.799_461_072_494_152,
            6.011_643_479_179_247,
            20.0,
        ];
        assert_close(&slope, expected);
    }

    /// Source: `scipy.stats.linregress` 1.17 on the same series.
    #[test]
    fn independent_noise_is_ordinary_least_squares() {
        let (days, y) = series(20, 7.0);
        let ones = vec![1.0; 20];
        let white = NoiseModel { fast: 0.0, slow_share: 0.0, slow_days: 1.0, weight: 1.0 };
        let prior = NoisePrior::of(vec![white]).unwrap();
        let mixture = NoiseMixture::fit(&days, &y, &[&ones, &days], &prior).unwrap();
        let slope = mixture.contrast(&[0.0, 1.0], 0.95).unwrap();
        let got = [slope.estimate, slope.standard_error, slope.p_value, slope.effective_n_low];
        let expected =
            [0.002_445_146_967_688_289_8, 0.008_133_827_199_625_153, 0.767_152_949_095_000_9, 20.0];
        for (got, expected) in got.iter().zip(expected) {
            assert!((got / expected - 1.0).abs() < 1e-12, "{got} {expected}");
        }
    }

    #[test]
    fn undetermined_designs_say_why() {
        let prior = NoisePrior::day_to_day();
        let (days, y) = series(10, 1.0);
        let ones = vec![1.0; 10];
        let fit = |days: &[f64], y: &[f64], columns: &[&[f64]]| {
            NoiseMixture::fit(days, y, columns, &prior).err()
        };
        assert_eq!(fit(&days, &y, &[]), Some(NotEstimable::Singular));
        assert_eq!(fit(&days, &y, &[&ones, &ones]), Some(NotEstimable::Singular));
        assert_eq!(fit(&days, &y, &[&[0.0; 10]]), Some(NotEstimable::Singular));
        assert_eq!(fit(&days, &ones, &[&ones]), Some(NotEstimable::Constant));
        assert_eq!(fit(&days, &days, &[&ones, &days]), Some(NotEstimable::Constant));
        assert_eq!(fit(&days, &y[1..], &[&ones]), Some(NotEstimable::OutOfDomain));
        assert_eq!(fit(&days, &[f64::NAN; 10], &[&ones]), Some(NotEstimable::OutOfDomain));
        let too_few = Some(NotEstimable::TooFew { n: 3, needed: 4 });
        assert_eq!(fit(&days[..3], &y[..3], &[&ones[..3], &days[..3]]), too_few);
        assert_eq!(fit(&[5.0; 10], &y, &[&ones]), Some(NotEstimable::TooFew { n: 1, needed: 3 }));
        let mixture = NoiseMixture::fit(&days, &y, &[&ones], &prior).unwrap();
        for (weights, level) in [(vec![0.0], 0.95), (vec![1.0, 1.0], 0.95), (vec![1.0], 1.0)] {
            assert_eq!(mixture.contrast(&weights, level), Err(NotEstimable::OutOfDomain));
        }
    }
}
