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
//! may be chance, without an interval: that of a step that was looked for would stand for less than it
//! says. The interval of a step that is told is widened by the same two prices, so that both say one
//! thing: the p-value is the larger of the lone step's and of the step's beside the others.
//!
//! **Nearness to a step.** Afterwards the distance from the change to the nearest titration step is
//! printed beside what chance gives: the share of all days of the window that lie as near to one.
//! With many steps nearly every day lies near one, and nearness then says nothing.
//!
//! **Assumptions.** The change is sudden; a gradual one shows as a step somewhere along it. Missing
//! days are missing for reasons that have nothing to do with the outcome of that day.
//!
//! **Abstains** below [`LEAST_DAYS`] days with a value, and from a size where three tenths of the days
//! lie at one end of the scale: then the change keeps its day, and the days at that end are told.

use crate::diary::Day;
use crate::error::{Message, Param};

use super::column::{Column, DayMeans};
use super::finding::{Certainty, Claim, Estimate, Finding, Window};
use super::look::{CLAIM_ERROR, confidence_at};
use super::outcome::Outcome;
use super::scale_end::ScaleEnd;
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
    let by_day = column.day_means();
    if by_day.days.len() < LEAST_DAYS {
        return Vec::new();
    }
    let sparse = by_day.clone().weekly_when_many();
    let confidence = searched_at(&sparse);
    let found = shifts(&sparse.days, &sparse.values, &NoisePrior::day_to_day(), confidence);
    let read = |change: &Change| -> Read {
        let split = by_day.days.partition_point(|day| *day < change.day_after);
        let (before, after) = by_day.values.split_at(split);
        match ScaleEnd::of(column.outcome.range, before, after) {
            Some(end) => Read::AtAnEnd(end),
            None => told(change, &sparse, confidence).map_or(Read::MayBeChance, Read::Told),
        }
    };
    let found = found.unwrap_or_default();
    found.iter().map(|change| described(change, read(change), column, window, steps)).collect()
}

/// What may be said of a change.
enum Read {
    /// Its size, with an interval that was paid for.
    Told(Estimate),
    /// Looked for often enough, chance shows as much.
    MayBeChance,
    /// Many days lie at an end of the scale: no size.
    AtAnEnd(ScaleEnd),
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
    read: Read,
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
    let rose = change.step.estimate > 0.0;
    let between = |sentence: Message| {
        let sentence = sentence.with("outcome", outcome.name.clone());
        let sentence = sentence.with("from", Param::Day(low.number()));
        sentence.with("to", Param::Day(high.number()))
    };
    let of_size = |id| {
        let amount = outcome.amount(change.step.estimate.abs());
        between(Message::new(id).with("amount", amount))
    };
    let near = match (nearest_step, by_chance) {
        (Some(days), Some(share)) => Message::new("change-point.near-step")
            .with("days", usize::try_from(days).unwrap_or(0))
            .with("share", Param::Number(100.0 * share, 0)),
        _ => Message::new("change-point.no-step"),
    };
    let (certainty, estimate, sentence, doubt) = match read {
        Read::Told(estimate) => {
            let id = match (rose, low == high) {
                (true, false) => "change-point.rose-between",
                (true, true) => "change-point.rose-on",
                (false, false) => "change-point.fell-between",
                (false, true) => "change-point.fell-on",
            };
            (Certainty::Suggestive, Some(estimate), of_size(id), near)
        }
        Read::MayBeChance => {
            (Certainty::NotEnoughYet, None, of_size("change-point.may-be-chance"), near)
        }
        Read::AtAnEnd(end) => {
            let [before, after] = end.per_cents();
            let sentence = Message::new("change-point.at-an-end");
            let sentence = between(sentence.with("before", before).with("after", after));
            (Certainty::NotEnoughYet, None, sentence, end.pairs())
        }
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
        estimate,
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

/// The confidence of an interval that holds for the largest step of so many days, read at every look.
fn searched_at(means: &DayMeans) -> f64 {
    let days = &means.days;
    let span = days.last().zip(days.first()).map_or(0.0, |(last, first)| last - first);
    1.0 - (1.0 - confidence_at(span + 1.0)) / days.len().max(1) as f64
}

/// The size of a change, where it stands out as the only one of the days looked at as well as beside
/// the others, the search and the looks paid for in its `confidence`.
fn told(change: &Change, means: &DayMeans, confidence: f64) -> Option<Estimate> {
    let DayMeans { days, values } = means;
    let split = days.partition_point(|day| *day < change.day_after);
    let (before, after) = ((&days[..split], &values[..split]), (&days[split..], &values[split..]));
    let alone = level_difference(before, after, &NoisePrior::day_to_day(), confidence).ok()?;
    let alone = Estimate::read_again(&alone, 1.0, confidence);
    let step = Estimate::read_again(&change.step, 1.0, confidence);
    let same_way = alone.value * step.value > 0.0;
    let p_value = alone.p_value?.max(step.p_value?);
    (same_way && p_value <= CLAIM_ERROR).then_some(Estimate { p_value: Some(p_value), ..step })
}

/// The civil day a time lies in. Times come from day numbers or means of them.
fn day_of(time: f64) -> Day {
    Day::FIRST.plus(time.floor() as i32 - Day::FIRST.number())
}
