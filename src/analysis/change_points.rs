//! Change points: days on which the level of an outcome shifted.
//!
//! **Estimand.** The days on which this person's level stepped to another one and stayed there,
//! beyond what a common slow course and hanging-together days would show on their own; for each the
//! stretch of days in which it most likely lies.
//!
//! **Model.** Levels that hold between steps, under the [noise mixture](super::statistics::gls);
//! steps are kept while they earn their penalty (see
//! [`change_point`](super::statistics::change_point)). The search is *blind to doses*: it sees days
//! and values only. Above 730 days with a value it sees means of seven days.
//!
//! **Told or drawn.** Steps fitted to a slow wave take it out of the noise and then look sure. So each
//! change is tried once more as the only one of the whole window. As it was found by looking for the
//! largest, its p-value is multiplied by the days it could have lain on, and by what reading at
//! every look costs (see [`confidence_at`]). Above 5 % it is drawn as one that
//! may be chance.
//!
//! **Nearness to a step.** Afterwards the distance from the change to the nearest titration step is
//! printed beside what chance gives: the share of all days of the window that lie as near to one.
//! With many steps nearly every day lies near one, and nearness then says nothing.
//!
//! **Assumptions.** The change is sudden; a gradual one shows as a step somewhere along it. Missing
//! days are missing for reasons that have nothing to do with the outcome of that day.
//!
//! **Abstains** below [`LEAST_DAYS`] days with a value.

use crate::diary::Day;
use crate::error::{Message, Param};

use super::column::{Column, DayMeans};
use super::finding::{Certainty, Claim, Estimate, Finding, Window};
use super::look::confidence_at;
use super::outcome::Outcome;
use super::statistics::change_point::{Change, change_points as shifts};
use super::statistics::level::level_difference;
use super::statistics::noise::NoisePrior;

/// Days with a value that the search needs: within fewer a slow wave looks like steps.
pub const LEAST_DAYS: usize = 42;

/// A shift of an outcome's level.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangePoint {
    /// The most likely first day of the new level.
    pub day: Day,
    /// Earliest first day of the new level.
    pub low: Day,
    /// Latest first day of the new level.
    pub high: Day,
    /// Mean of the values since the change before.
    pub before: f64,
    /// Mean of the values until the next change.
    pub after: f64,
    /// Days to the nearest titration step, where there is one.
    pub nearest_step: Option<i32>,
    /// Share of the window's days that lie as near to a titration step.
    pub by_chance: Option<f64>,
    /// The statement.
    pub finding: Finding,
}

impl ChangePoint {
    /// Whether it can be the same shift as `other`: the same way, and somewhere among the same days.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let rise = |change: &Self| change.after - change.before;
        self.low <= other.high && other.low <= self.high && rise(self) * rise(other) > 0.0
    }

    /// A shift that was told, when nothing like it is found any more.
    pub(super) fn lost(mut self, outcome: &Outcome) -> Self {
        let told = self.finding.clone();
        self.finding.certainty = Certainty::NotEnoughYet;
        self.finding.sentence = Message::new("change-point.no-longer")
            .with("outcome", outcome.name.clone())
            .with("from", Param::Day(self.low.number()))
            .with("to", Param::Day(self.high.number()));
        self.finding.weaken_since(&told);
        self
    }
}

/// The change points of a column, in order of time. `column` holds the window's rows only; `steps`
/// are the days on which the regimen changes, ascending.
///
/// None are found where there are too few days or all values are equal.
#[must_use]
pub fn change_points(column: &Column, window: Window, steps: &[Day]) -> Vec<ChangePoint> {
    let means = column.day_means();
    if means.days.len() < LEAST_DAYS {
        return Vec::new();
    }
    let sparse = means.weekly_when_many();
    let found = shifts(&sparse.days, &sparse.values, &NoisePrior::day_to_day());
    let found = found.unwrap_or_default();
    found.iter().map(|change| described(change, &sparse, column, window, steps)).collect()
}

/// The share of the days of a window that lie within `reach` days of one of `steps`, which ascend.
#[must_use]
pub fn share_of_days_near(window: Window, steps: &[Day], reach: i32) -> f64 {
    let mut near = 0;
    let mut counted_to = window.from.plus(-1);
    for step in steps {
        let first = step.plus(-reach).max(counted_to.plus(1));
        let last = step.plus(reach).min(window.to);
        if last >= first {
            near += last.since(first) + 1;
            counted_to = last;
        }
    }
    f64::from(near) / window.days().max(1) as f64
}

fn described(
    change: &Change,
    means: &DayMeans,
    column: &Column,
    window: Window,
    steps: &[Day],
) -> ChangePoint {
    let day = day_of(change.day_after);
    // The last possible day of the old level is the day before the first one of the new.
    let (low, high) = (day_of(change.earliest).plus(1).min(day), day_of(change.latest).max(day));
    let nearest_step = steps.iter().map(|step| day.since(*step).abs()).min();
    let by_chance = nearest_step.map(|reach| share_of_days_near(window, steps, reach));
    let outcome = &column.outcome;
    let estimate = Estimate { p_value: searched(change, means), ..Estimate::of(&change.step, 1.0) };
    let told = estimate.p_value.is_some_and(|p| p <= 0.05);
    let id = match (estimate.value > 0.0, low == high) {
        _ if !told => "change-point.may-be-chance",
        (true, false) => "change-point.rose-between",
        (true, true) => "change-point.rose-on",
        (false, false) => "change-point.fell-between",
        (false, true) => "change-point.fell-on",
    };
    let sentence = Message::new(id)
        .with("outcome", outcome.name.clone())
        .with("amount", outcome.amount(estimate.value.abs()))
        .with("from", Param::Day(low.number()))
        .with("to", Param::Day(high.number()));
    let doubt = match (nearest_step, by_chance) {
        (Some(days), Some(share)) => Message::new("change-point.near-step")
            .with("days", usize::try_from(days).unwrap_or(0))
            .with("share", Param::Number(100.0 * share, 0)),
        _ => Message::new("change-point.no-step"),
    };
    let certainty = match told {
        true => Certainty::Suggestive,
        false => Certainty::NotEnoughYet,
    };
    let rows = column.civil.iter().zip(&column.ids);
    let finding = Finding {
        claim: Claim::ChangePoint,
        certainty,
        sentence,
        doubt,
        why: vec![
            Message::new("change-point.why-blind"),
            Message::new("why.days-hang-together"),
            Message::new("change-point.why-sudden"),
        ],
        estimate: Some(estimate),
        unit: outcome.unit(),
        n: column.len(),
        days_missing: column.days_missing(window),
        window,
        look: None,
        weakened_since: None,
        method: "gls-change-points",
        entries: rows.filter(|(day, _)| low <= **day && **day <= high).map(|(_, id)| *id).collect(),
    };
    ChangePoint {
        day,
        low,
        high,
        before: change.mean_before,
        after: change.mean_after,
        nearest_step,
        by_chance,
        finding: finding.limited_by(column, window),
    }
}

/// The p-value of a change as the only one of the days looked at, made good for the search and for
/// being read at every look.
fn searched(change: &Change, means: &DayMeans) -> Option<f64> {
    let DayMeans { days, values } = means;
    let (first, last) = (days.first()?, days.last()?);
    let split = days.partition_point(|day| *day < change.day_after);
    let (before, after) = ((&days[..split], &values[..split]), (&days[split..], &values[split..]));
    let alone = level_difference(before, after, &NoisePrior::day_to_day(), 0.95).ok()?;
    let estimate = Estimate::read_again(&alone, 1.0, confidence_at(last - first + 1.0));
    let same_way = estimate.value * change.step.estimate > 0.0;
    let p_value = if same_way { estimate.p_value? } else { 1.0 };
    Some((p_value * days.len() as f64).min(1.0))
}

/// The civil day a time lies in. Times come from day numbers or means of them.
fn day_of(time: f64) -> Day {
    Day::FIRST.plus(time.floor() as i32 - Day::FIRST.number())
}
