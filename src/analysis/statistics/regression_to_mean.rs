//! Regression to the mean: where a value is expected later when nothing happens in between.
//!
//! Someone who is looked at *because* a value was high is looked at on a bad day. Later values lie
//! nearer the usual, whatever was done meanwhile. How much nearer follows from how far a value
//! **persists**: its variance is that of a lasting level, of a slow wave that fades, and of the
//! answer itself, which is new every time.
//!
//! The expected value is the best linear prediction from the values seen (for normal values their
//! conditional mean; Davis 1976, *Am J Epidemiol* 104:493–498, for one value and its threshold).
//! Given all values seen, the rule by which someone was picked on them does not matter.

use super::NotEstimable;
use super::math::exp;

/// How the variance of a value between and within persons lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Persistence {
    /// The mean over persons and times.
    pub centre: f64,
    /// Correlation of two values taken one right after the other, in (0, 1).
    pub retest: f64,
    /// Share of what persists that fades with time; the rest is the person's lasting level. In [0, 1].
    pub fading: f64,
    /// Days after which the fading share has fallen to 1/e.
    pub fading_days: f64,
}

impl Persistence {
    /// Correlation of two values of a person so many days apart, taken separately.
    fn correlation(&self, days: f64) -> f64 {
        self.retest * (1.0 - self.fading + self.fading * exp(-days.abs() / self.fading_days))
    }

    /// The value expected on day `at`, given `values` on `days` (in any order).
    ///
    /// # Errors
    /// [`NotEstimable::TooFew`] without a value, [`NotEstimable::OutOfDomain`] for parameters
    /// outside their range or columns of different lengths.
    pub fn expected(&self, days: &[f64], values: &[f64], at: f64) -> Result<f64, NotEstimable> {
        let is_sound = self.retest > 0.0
            && self.retest < 1.0
            && (0.0..=1.0).contains(&self.fading)
            && self.fading_days > 0.0;
        let numbers = days.iter().chain(values).chain([&at, &self.centre]);
        if !is_sound || days.len() != values.len() || !numbers.into_iter().all(|v| v.is_finite()) {
            return Err(NotEstimable::OutOfDomain);
        }
        let n = days.len();
        if n == 0 {
            return Err(NotEstimable::TooFew { n, needed: 1 });
        }
        // Solves R w = (x − centre), R the correlations; its diagonal exceeds all else by the
        // share 1 − retest, so that elimination without pivots is stable.
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let correlations = (0..n).map(|j| match i == j {
                    true => 1.0,
                    false => self.correlation(days[i] - days[j]),
                });
                correlations.chain([values[i] - self.centre]).collect()
            })
            .collect();
        for i in 0..n {
            let (above, below) = rows.split_at_mut(i + 1);
            let pivot = &above[i];
            for row in below {
                let times = row[i] / pivot[i];
                row.iter_mut().zip(pivot).skip(i).for_each(|(cell, by)| *cell -= times * by);
            }
        }
        let mut weights = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| rows[i][j] * weights[j]).sum();
            weights[i] = (rows[i][n] - known) / rows[i][i];
        }
        let pulled = days.iter().zip(&weights).map(|(day, w)| self.correlation(at - day) * w);
        Ok(self.centre + pulled.sum::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Persistence =
        Persistence { centre: 10.0, retest: 0.8, fading: 0.5, fading_days: 45.0 };

    /// One value: centre + ρ(h)(x − centre), ρ(45) = 0.8 (0.5 + 0.5/e); two values of one time
    /// weigh their mean with 2ρ/(1 + retest). By hand.
    #[test]
    fn one_and_two_values_as_counted_by_hand() {
        let rho = 0.8 * (0.5 + 0.5 * exp(-1.0));
        let one = USUAL.expected(&[0.0], &[18.0], 45.0).unwrap();
        assert!((one - (10.0 + 8.0 * rho)).abs() < 1e-12);
        let two = USUAL.expected(&[0.0, 0.0], &[16.0, 20.0], 45.0).unwrap();
        assert!((two - (10.0 + 8.0 * 2.0 * rho / 1.8)).abs() < 1e-12);
    }

    #[test]
    fn without_values_or_sense_there_is_no_expectation() {
        let none = USUAL.expected(&[], &[], 1.0);
        assert_eq!(none, Err(NotEstimable::TooFew { n: 0, needed: 1 }));
        let certain = Persistence { retest: 1.0, ..USUAL };
        assert_eq!(certain.expected(&[0.0], &[1.0], 1.0), Err(NotEstimable::OutOfDomain));
        assert_eq!(USUAL.expected(&[0.0], &[], 1.0), Err(NotEstimable::OutOfDomain));
    }
}
