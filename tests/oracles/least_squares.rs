//! Ordinary least squares by orthogonal columns, and standard errors that allow for
//! autocorrelation (Newey & West 1987, *Econometrica* 55:703–708).

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::distribution::StudentT;

/// Columns of one length.
type Columns = Vec<Vec<f64>>;

/// A fit of one column by a few others.
pub(crate) struct Fit {
    /// One for each column of the design.
    pub(crate) coefficients: Vec<f64>,
    /// What the fit leaves of each row.
    pub(crate) residuals: Vec<f64>,
    /// The design, made orthonormal.
    basis: Columns,
    /// Row j gives coefficient j from the orthonormal ones.
    back: Vec<Vec<f64>>,
    /// The largest |y|.
    size: f64,
}

/// What is said about a coefficient besides its value.
#[derive(Clone, Copy)]
pub(crate) struct Inference {
    pub(crate) se: f64,
    pub(crate) t: f64,
    pub(crate) p: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Fits `y` by the columns; Singular when one of them is a combination of those before it.
pub(crate) fn fit(columns: &[Vec<f64>], y: &[f64]) -> Result<Fit, NotEstimable> {
    if y.len() < columns.len() {
        return Err(NotEstimable::TooFew { n: y.len(), needed: columns.len() });
    }
    let (basis, triangle) = orthonormal(columns)?;
    let mut residuals = y.to_vec();
    let mut projections = vec![0.0; columns.len()];
    // The second round removes what rounding left in the first.
    for _ in 0..2 {
        for (axis, projection) in basis.iter().zip(&mut projections) {
            let along = dot(axis, &residuals);
            *projection += along;
            subtract(&mut residuals, along, axis);
        }
    }
    let back = inverse(&triangle);
    let coefficients = back.iter().map(|row| dot(row, &projections)).collect();
    let size = largest(y);
    Ok(Fit { coefficients, residuals, basis, back, size })
}

impl Fit {
    /// Rows minus coefficients.
    pub(crate) fn degrees_of_freedom(&self) -> usize {
        self.residuals.len() - self.coefficients.len()
    }

    /// The sum of squared residuals.
    pub(crate) fn squares(&self) -> f64 {
        dot(&self.residuals, &self.residuals)
    }

    /// Standard errors for residuals of variance one.
    pub(crate) fn unit_errors(&self) -> Vec<f64> {
        self.back.iter().map(|row| dot(row, row).sqrt()).collect()
    }

    /// Ordinary standard errors: independent rows of equal variance.
    pub(crate) fn ordinary_errors(&self) -> Result<Vec<f64>, NotEstimable> {
        let df = self.residual_freedom()?;
        let sd = (self.squares() / df).sqrt();
        Ok(self.unit_errors().into_iter().map(|error| error * sd).collect())
    }

    /// Newey–West standard error of a coefficient, with Bartlett weights over `lags` rows;
    /// `corrected` multiplies the variance by n/(n − k).
    pub(crate) fn newey_west_error(
        &self,
        index: usize,
        lags: usize,
        corrected: bool,
    ) -> Result<f64, NotEstimable> {
        let df = self.residual_freedom()?;
        let n = self.residuals.len();
        let back = &self.back[index];
        // The score of this coefficient alone, so that its variance is one weighted sum.
        let mut score = vec![0.0; n];
        for (share, axis) in back.iter().zip(&self.basis) {
            subtract(&mut score, -share, axis);
        }
        for (score, residual) in score.iter_mut().zip(&self.residuals) {
            *score *= residual;
        }
        let mut variance = dot(&score, &score);
        for lag in 1..=lags.min(n - 1) {
            let weight = 1.0 - lag as f64 / (lags as f64 + 1.0);
            variance += 2.0 * weight * dot(&score[lag..], &score[..n - lag]);
        }
        let se = (variance * if corrected { n as f64 / df } else { 1.0 }).sqrt();
        // An error no larger than the rounding of the rows is none: the rows that this coefficient
        // rests on lie exactly on the fit.
        let rounding = 1e-14 * self.size * dot(back, back).sqrt();
        if se > rounding { Ok(se) } else { Err(NotEstimable::NegativeVariance) }
    }

    /// t, p and 95 % interval of coefficient `index` with a standard error, by Student's t.
    pub(crate) fn inference(&self, index: usize, se: f64) -> Result<Inference, NotEstimable> {
        let student = StudentT::new(self.residual_freedom()?).ok_or(NotEstimable::OutOfDomain)?;
        let estimate = self.coefficients[index];
        let (t, half) = (estimate / se, student.quantile(0.975) * se);
        let p = student.two_sided(t);
        Ok(Inference { se, t, p, low: estimate - half, high: estimate + half })
    }

    /// Degrees of freedom, when the residuals carry any information on the variance.
    fn residual_freedom(&self) -> Result<f64, NotEstimable> {
        let df = self.degrees_of_freedom();
        if df == 0 {
            let n = self.residuals.len();
            return Err(NotEstimable::TooFew { n, needed: n + 1 });
        }
        if self.is_exact() {
            return Err(NotEstimable::NegativeVariance);
        }
        Ok(df as f64)
    }

    /// Whether the residuals are zero but for rounding.
    pub(crate) fn is_exact(&self) -> bool {
        largest(&self.residuals) <= 1e-12 * self.size
    }
}

/// Modified Gram–Schmidt, each column cleaned twice. The triangle holds, by column, what each
/// column is made of.
fn orthonormal(columns: &[Vec<f64>]) -> Result<(Columns, Columns), NotEstimable> {
    let mut basis: Columns = Vec::new();
    let mut triangle = Vec::new();
    for column in columns {
        let size = dot(column, column).sqrt();
        let mut rest = column.clone();
        let mut made_of = vec![0.0; columns.len()];
        for _ in 0..2 {
            for (axis, part) in basis.iter().zip(&mut made_of) {
                let along = dot(axis, &rest);
                *part += along;
                subtract(&mut rest, along, axis);
            }
        }
        let length = dot(&rest, &rest).sqrt();
        if length.is_nan() || length <= 1e-10 * size {
            return Err(NotEstimable::Singular);
        }
        made_of[basis.len()] = length;
        basis.push(rest.iter().map(|value| value / length).collect());
        triangle.push(made_of);
    }
    Ok((basis, triangle))
}

/// The inverse of an upper triangle given by columns, as rows.
fn inverse(triangle: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let k = triangle.len();
    let mut rows = vec![vec![0.0; k]; k];
    for column in 0..k {
        rows[column][column] = 1.0 / triangle[column][column];
        for row in (0..column).rev() {
            let sum: f64 = (row + 1..=column).map(|j| triangle[j][row] * rows[j][column]).sum();
            rows[row][column] = -sum / triangle[row][row];
        }
    }
    rows
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn subtract(from: &mut [f64], times: f64, what: &[f64]) {
    for (from, what) in from.iter_mut().zip(what) {
        *from -= times * what;
    }
}

fn largest(values: &[f64]) -> f64 {
    values.iter().map(|value| value.abs()).fold(0.0, f64::max)
}
