//! Trend: how fast an outcome rose or fell over a window.
//!
//! **Estimand.** The slope of the straight line through this person's day means over the days of
//! the window, in points of the outcome a week.
//!
//! **Model.** A straight line plus noise in which days hang together, quickly and slowly: the
//! [noise mixture](super::statistics::gls) of `statistics`. Above 730 days the day means are first
//! averaged over calendar stretches of seven days, which leaves the slope as it is.
//!
//! **Assumptions.** Missing days are missing for reasons that have nothing to do with the outcome
//! of that day. A straight line is a summary, not a law: the smooth line beside it shows the shape.
//!
//! **Abstains** below [`LEAST_DAYS`] days with a value or a first and last value less than
//! [`LEAST_SPAN`] days apart, and from a slope when three tenths of the days lie at one end of the
//! scale: then the days at that end are told for either half, and the order of the days.
//!
//! # The smooth line
//!
//! The line in the chart is LOWESS (Cleveland 1979) of the day means, over three tenths of them but
//! no more than 120, with three robustness passes. Its band is *the usual spread of days*: as far
//! above and below the line as eight of ten recorded days lie at most. It is not an interval of
//! the line, and is named so.

use crate::error::{Message, Param};

use super::column::{Column, DayMeans};
use super::finding::{
    Certainty, Claim, Estimate, Finding, Window, certainty_without, not_estimable,
};
use super::look::confidence_at;
use super::scale_end::ScaleEnd;
use super::statistics::NotEstimable;
use super::statistics::lowess::{Smoothing, lowess};
use super::statistics::noise::NoisePrior;
use super::statistics::quantile::{Convention, quantile};
use super::statistics::slope::slope;

/// Days with a value that a trend needs.
pub const LEAST_DAYS: usize = 6;
/// Days from the first to the last value that a trend needs: within fewer, a slow wave looks like a
/// straight line.
pub const LEAST_SPAN: f64 = 55.0;
/// Share of the days in each local line of the smooth.
const SPAN: f64 = 0.3;
/// Most days in each local line, so that a long diary keeps its shape.
const MOST_NEIGHBOURS: f64 = 120.0;
/// Days with a value that a smooth line needs.
pub const LEAST_DAYS_TO_SMOOTH: usize = 8;

/// The line through the days and the usual spread of days about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SmoothLine {
    /// Days since 1970-01-01.
    pub days: Vec<f64>,
    /// The line.
    pub middle: Vec<f64>,
    /// The line less the 80 % quantile of the days' distances from it, above or below, within the scale.
    pub low: Vec<f64>,
    /// The line plus as much.
    pub high: Vec<f64>,
}

/// The slope over the window. `column` holds the window's rows only.
#[must_use]
pub fn trend(column: &Column, window: Window) -> Finding {
    let outcome = &column.outcome;
    let means = column.day_means();
    let n = means.days.len();
    let span = means.days.last().zip(means.days.first()).map_or(0.0, |(last, first)| last - first);
    let confidence = confidence_at(span + 1.0);
    let too_short = n >= LEAST_DAYS && span < LEAST_SPAN;
    let (first_half, second_half) = means.values.split_at(n / 2);
    let end = ScaleEnd::of(outcome.range, first_half, second_half);
    let answer = if n < LEAST_DAYS || too_short {
        Err(NotEstimable::TooFew { n, needed: LEAST_DAYS })
    } else if end.is_some() {
        Err(NotEstimable::Crowded)
    } else {
        let sparse = means.weekly_when_many();
        slope(&sparse.days, &sparse.values, &NoisePrior::day_to_day(), confidence)
    };
    let name = outcome.name.clone();
    let mut why = Vec::with_capacity(3);
    if answer.is_ok() {
        why.push(Message::new("trend.why-line").with("n", n));
        why.push(Message::new("why.days-hang-together"));
    }
    why.push(Message::new("trend.why-not-the-reason"));
    let (certainty, estimate, sentence, doubt) = match answer {
        Ok(contrast) => {
            let estimate = Estimate::read_again(&contrast, 7.0, confidence);
            let amount = outcome.amount_a_week(estimate.value.abs());
            let (certainty, sentence) = if !estimate.excludes_zero() {
                (Certainty::NotEnoughYet, Message::new("trend.unclear").with("outcome", name))
            } else if estimate.value > 0.0 {
                let sentence = Message::new("trend.rose").with("outcome", name);
                (Certainty::Suggestive, sentence.with("amount", amount))
            } else {
                let sentence = Message::new("trend.fell").with("outcome", name);
                (Certainty::Suggestive, sentence.with("amount", amount))
            };
            let number = |value| Param::Number(value, outcome.decimals() + 1);
            let doubt = Message::new("trend.interval")
                .with("low", number(estimate.low))
                .with("amount", outcome.amount_a_week(estimate.high));
            (certainty, Some(estimate), sentence, doubt)
        }
        Err(NotEstimable::Crowded) if let Some(end) = end => {
            let [before, after] = end.per_cents();
            let sentence = Message::new("trend.at-an-end").with("outcome", name);
            let sentence = sentence.with("before", before).with("after", after);
            (Certainty::NotEnoughYet, None, sentence, end.pairs())
        }
        Err(reason) => {
            let sentence = Message::new("trend.not-enough").with("outcome", name);
            let doubt = match too_short {
                true => Message::new("trend.too-short").with("days", (LEAST_SPAN + 1.0) as usize),
                false => not_estimable(reason),
            };
            (certainty_without(reason), None, sentence, doubt)
        }
    };
    let finding = Finding {
        claim: Claim::Trend,
        certainty,
        sentence,
        doubt,
        why,
        estimate,
        unit: outcome.unit_a_week(),
        n: column.len(),
        days_missing: column.days_missing(window),
        window,
        look: None,
        weakened_since: None,
        method: "gls-noise-mixture",
        entries: column.ids.clone(),
    };
    finding.limited_by(column, window)
}

/// The smooth line; empty with fewer than [`LEAST_DAYS_TO_SMOOTH`] days.
#[must_use]
pub fn smooth_line(column: &Column) -> SmoothLine {
    let DayMeans { days, values } = column.day_means();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return SmoothLine::default();
    };
    if days.len() < LEAST_DAYS_TO_SMOOTH {
        return SmoothLine::default();
    }
    let span = SPAN.min(MOST_NEIGHBOURS / days.len() as f64).max(5.0 / days.len() as f64);
    let delta = (0.01 * (last - first)).min(7.0);
    let smoothing = Smoothing { span, passes: 3, delta };
    let Ok(middle) = lowess(&days, &values, smoothing) else { return SmoothLine::default() };
    let mut distances: Vec<f64> =
        values.iter().zip(&middle).map(|(y, line)| (y - line).abs()).collect();
    let usual = quantile(&mut distances, 0.8, Convention::Type8).unwrap_or(0.0);
    let (min, max) = column.outcome.range;
    let moved = |by: f64| middle.iter().map(|line| (line + by).clamp(min, max)).collect();
    SmoothLine { low: moved(-usual), high: moved(usual), days, middle }
}
