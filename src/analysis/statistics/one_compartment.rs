//! One compartment: how much of a substance is in one well-mixed vessel over time.
//!
//! An amount that is put in is **absorbed** at a rate proportional to what is still outside, and
//! **eliminated** at a rate proportional to what is inside (Bateman 1910). Amounts put in at
//! different times add up: *superposition*. Times and half-lives share one unit, hours or days.

use std::f64::consts::LN_2;

use super::NotEstimable;
use super::math::{exp, exp_m1, log2};

/// A vessel with first-order absorption and elimination; rates per unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneCompartment {
    elimination: f64,
    absorption: f64,
}

impl OneCompartment {
    /// The vessel with these two rates.
    ///
    /// # Errors
    /// [`NotEstimable::NotPositive`] unless both are above 0 and finite.
    pub fn new(elimination: f64, absorption: f64) -> Result<Self, NotEstimable> {
        let is_rate = |rate: f64| rate > 0.0 && rate.is_finite();
        match is_rate(elimination) && is_rate(absorption) {
            true => Ok(Self { elimination, absorption }),
            false => Err(NotEstimable::NotPositive),
        }
    }

    /// The vessel with this half-life in which one amount peaks at `peak`. The time of the peak,
    /// ln(a/e)/(a − e), falls as the rate of absorption a rises, so that one rate fits; it is found by
    /// halving ln(a/e) between −20 and 20, to the last bit.
    ///
    /// # Errors
    /// [`NotEstimable::NotPositive`] unless both are above 0 and finite.
    pub fn with_peak(half_life: f64, peak: f64) -> Result<Self, NotEstimable> {
        let elimination = elimination_rate(half_life)?;
        // Where u = ln(a/e), the peak in units of 1/e is u/(eᵘ − 1).
        let peak_at = |u: f64| if u.abs() < 1e-12 { 1.0 } else { u / exp_m1(u) };
        let (mut low, mut high) = (-20.0, 20.0);
        for _ in 0..64 {
            let middle = f64::midpoint(low, high);
            if peak_at(middle) > elimination * peak {
                low = middle;
            } else {
                high = middle;
            }
        }
        if !(peak > 0.0 && peak.is_finite()) {
            return Err(NotEstimable::NotPositive);
        }
        Self::new(elimination, elimination * exp(f64::midpoint(low, high)))
    }

    /// What is inside so long after one unit was put in. The difference of the two exponentials is
    /// taken as one, so that nearly equal rates lose no digits.
    #[must_use]
    pub fn after(&self, elapsed: f64) -> f64 {
        if elapsed < 0.0 {
            return 0.0;
        }
        let gap = (self.absorption - self.elimination) * elapsed;
        let risen = if gap.abs() < 1e-300 { 1.0 } else { -exp_m1(-gap) / gap };
        self.absorption * elapsed * exp(-self.elimination * elapsed) * risen
    }

    /// What is inside at `time` of all `doses` of (time, amount), in any order.
    #[must_use]
    pub fn level(&self, doses: &[(f64, f64)], time: f64) -> f64 {
        doses.iter().map(|(taken, amount)| amount * self.after(time - taken)).sum()
    }

    /// The half-life of the slower of the two rates: once the faster one is over, what is inside halves
    /// with it. Where absorption is the slower one, elimination waits for it (*flip-flop*).
    #[must_use]
    pub fn slower_half_life(&self) -> f64 {
        LN_2 / self.elimination.min(self.absorption)
    }

    /// The mean of what is inside when so much has been put in per unit of time for long.
    #[must_use]
    pub fn steady_mean(&self, amount_per_time: f64) -> f64 {
        amount_per_time / self.elimination
    }
}

/// The rate of elimination of a half-life.
///
/// # Errors
/// [`NotEstimable::NotPositive`] unless it is above 0 and finite.
pub fn elimination_rate(half_life: f64) -> Result<f64, NotEstimable> {
    match half_life > 0.0 && half_life.is_finite() {
        true => Ok(LN_2 / half_life),
        false => Err(NotEstimable::NotPositive),
    }
}

/// The share that is left after a time.
#[must_use]
pub fn left(rate: f64, elapsed: f64) -> f64 {
    exp(-rate * elapsed)
}

/// The share of the final level that is reached after a time of equal doses.
#[must_use]
pub fn reached(rate: f64, elapsed: f64) -> f64 {
    -exp_m1(-rate * elapsed)
}

/// How many times the level of one dose the final level comes to, at doses `interval` apart.
#[must_use]
pub fn accumulation(rate: f64, interval: f64) -> f64 {
    1.0 / reached(rate, interval)
}

/// The time until a share in (0, 1) is left.
#[must_use]
pub fn time_until_left(half_life: f64, share: f64) -> f64 {
    half_life * log2(1.0 / share)
}

#[cfg(test)]
mod tests {
    use super::super::math::ln;
    use super::*;

    /// The textbook time of the peak, ln(a/e)/(a − e), for rates far apart, close and turned round.
    #[test]
    fn the_rate_of_absorption_follows_from_the_peak() {
        for peak in [0.5, 4.0, 36.0, 60.0] {
            let vessel = OneCompartment::with_peak(24.0, peak).unwrap();
            let (a, e) = (vessel.absorption, vessel.elimination);
            assert!((ln(a / e) / (a - e) / peak - 1.0).abs() < 1e-9, "{peak}: {a} {e}");
            assert!(vessel.after(peak) > vessel.after(peak * 0.9));
            assert!(vessel.after(peak) > vessel.after(peak * 1.1));
        }
        // The peak of equal rates lies at 1/e.
        let equal = OneCompartment::with_peak(24.0, 24.0 / LN_2).unwrap();
        assert!((equal.absorption / equal.elimination - 1.0).abs() < 1e-9);
    }

    #[test]
    fn equal_doses_settle_at_the_steady_mean() {
        let vessel = OneCompartment::with_peak(24.0, 4.0).unwrap();
        let doses: Vec<(f64, f64)> = (0..60).map(|day| (f64::from(day) * 24.0, 50.0)).collect();
        let hours = (0..2400).map(|tenth| 59.0 * 24.0 + f64::from(tenth) / 100.0);
        let mean = hours.map(|hour| vessel.level(&doses, hour)).sum::<f64>() / 2400.0;
        assert!((mean / vessel.steady_mean(50.0 / 24.0) - 1.0).abs() < 1e-3);
    }

    #[test]
    fn rates_are_positive() {
        assert_eq!(OneCompartment::with_peak(0.0, 1.0), Err(NotEstimable::NotPositive));
        assert_eq!(OneCompartment::with_peak(1.0, 0.0), Err(NotEstimable::NotPositive));
        assert_eq!(OneCompartment::new(1.0, f64::NAN), Err(NotEstimable::NotPositive));
    }
}
