//! Control chart: whether a series has left the level it had while nothing was wrong.
//!
//! The chart is an EWMA: an exponentially weighted mean of the values, in standard deviations of a
//! **baseline** and from its mean, which starts at zero and moves by a share [`WEIGHT`] of the
//! distance to each new value. An **alarm** is raised when it passes a limit, and ends when it
//! is back at zero; until then it is one alarm, however long it lasts. It is one-sided:
//! the caller turns the series so that the side of interest is up.
//!
//! # The limit
//! The textbook limit of an EWMA (2.7 standard errors) is for days that know nothing of each other
//! and a baseline without end. Here days hang together and the baseline is short, so its mean and
//! spread are off as well. [`LIMIT`] was therefore calibrated by simulation: the smallest one, in
//! steps of 0.1, with at most one false alarm in 365 watched days in every noise family, with every
//! day known and with 20 % of days missing.
//!
//! Essential items: [`ControlChart`], [`Course`].

use super::NotEstimable;
use super::location::{mean, sample_sd};

/// Share of the distance to a new value that the chart moves.
pub const WEIGHT: f64 = 0.05;

/// Standard deviations of the baseline at which an alarm is raised.
pub const LIMIT: f64 = 1.4;

/// A baseline with its mean and spread, on which values are charted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ControlChart {
    /// Mean of the baseline.
    pub mean: f64,
    /// Standard deviation of the baseline, at least what the caller named.
    pub spread: f64,
}

/// How the chart went.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The chart after each value, in standard deviations of the baseline.
    pub chart: Vec<f64>,
    /// The places at which an alarm was raised and ended; no end while it lasts.
    pub alarms: Vec<(usize, Option<usize>)>,
}

impl ControlChart {
    /// The chart of a baseline. `least_spread`, above 0, stands in for a spread below it: a scale
    /// that was answered the same every day has one all the same.
    ///
    /// # Errors
    /// [`NotEstimable::TooFew`] with fewer than two values, [`NotEstimable::OutOfDomain`] for
    /// values that are not finite or a least spread that is not above 0.
    pub fn of(baseline: &[f64], least_spread: f64) -> Result<Self, NotEstimable> {
        let (mean, spread) = (mean(baseline)?, sample_sd(baseline)?);
        let spread = spread.max(least_spread);
        match mean.is_finite() && spread.is_finite() && least_spread > 0.0 {
            true => Ok(Self { mean, spread }),
            false => Err(NotEstimable::OutOfDomain),
        }
    }

    /// Charts the values that follow the baseline.
    #[must_use]
    pub fn run(&self, values: &[f64], weight: f64, limit: f64) -> Course {
        let mut course = Course { chart: Vec::with_capacity(values.len()), alarms: Vec::new() };
        let mut at = 0.0;
        for (place, value) in values.iter().enumerate() {
            at += weight * ((value - self.mean) / self.spread - at);
            course.chart.push(at);
            let open = course.alarms.last_mut().filter(|(_, end)| end.is_none());
            match open {
                Some((_, end)) if at <= 0.0 => *end = Some(place),
                None if at > limit => course.alarms.push((place, None)),
                _ => {}
            }
        }
        course
    }
}
