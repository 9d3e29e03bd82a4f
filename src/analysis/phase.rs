//! Phase: what an outcome was while one regimen held.
//!
//! **Estimand.** This person's mean outcome over the settled days of each regimen phase, and its
//! difference to the phase before. *Settled days* are those after the wash-in and washout of every
//! medicine that changed (see [`SettledDays`]).
//!
//! **Model.** One level a phase under one common noise for all of them (the
//! [noise mixture](super::statistics::gls)), so that a difference is a step beyond a common slow
//! course. An assessment belongs to a phase only if its whole recall window lies in the settled
//! part; otherwise it is left out and counted. Of assessments whose recall windows overlap by more than a
//! quarter the later one is left out too: it tells of days that were told already.
//!
//! **Assumptions.** The wash-in and washout days hold for this person. What else changed between
//! the phases is not told apart from the medicines. Missing days are missing for reasons that have
//! nothing to do with the outcome of that day.
//!
//! **Abstains** from a difference when either phase has fewer than [`least_days`] days with a
//! value, and from a mean difference when three tenths of the days lie at one end of the scale: then
//! the days at that end are told, and the order of the days. Mean and spread are shown whatever
//! their number.

use std::slice;

use crate::diary::{Day, EntryId, Phase, Regimen};
use crate::error::{Message, Param};

use super::column::{Column, DayMeans, MOST_DAYS};
use super::finding::{
    Certainty, Claim, Estimate, Finding, Window, certainty_without, not_estimable,
};
use super::kept::Kept;
use super::look::{Reading, confidence_at};
use super::outcome::Outcome;
use super::scale_end::ScaleEnd;
use super::settled::SettledDays;
use super::statistics::NotEstimable;
use super::statistics::gls::{Contrast, MOST_COLUMNS};
use super::statistics::level::Levels;
use super::statistics::location::{mean, sample_sd};
use super::statistics::noise::NoisePrior;

/// Days with a value that a stretch needs before it is compared: three weeks of ratings, or three
/// questionnaires. Below three weeks no interval was both honest and of use: it found a step of one
/// standard deviation in one of ten lives (`docs/calibration.md`).
#[must_use]
pub fn least_days(outcome: &Outcome) -> usize {
    if outcome.is_daily() { 21 } else { 3 }
}

/// One phase of the regimen with what was recorded in it.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseSummary {
    /// Its days within the window.
    pub window: Window,
    /// The episodes that hold, as places in [`Regimen::episodes`].
    pub episodes: Vec<usize>,
    /// Its settled days.
    pub settled_days: usize,
    /// Values counted.
    pub n: usize,
    /// Values within the phase that were left out.
    pub left_out: usize,
    /// Settled days of which no counted value tells.
    pub days_missing: usize,
    /// Mean of the counted values' day means.
    pub mean: Option<f64>,
    /// Their sample standard deviation.
    pub spread: Option<f64>,
    /// Difference to the phase before it in the list.
    pub difference: Option<Finding>,
}

/// The counted values of one stretch of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counted {
    pub(crate) days: Vec<f64>,
    pub(crate) values: Vec<f64>,
    pub(crate) rows: Vec<usize>,
    pub(crate) told: usize,
    /// Settled days of the stretch, with a value or not.
    pub(crate) settled_days: usize,
}

impl Counted {
    /// Takes the rows of `column` whose day `belongs`, as day means.
    pub(crate) fn of(
        column: &Column,
        rows: std::ops::Range<usize>,
        belongs: impl Fn(Day) -> bool,
    ) -> Self {
        let mut counted = Self::default();
        let back = column.outcome.recall_days;
        let mut told_to: Option<Day> = None;
        let (mut sum, mut count, mut open): (f64, f64, Option<Day>) = (0.0, 0.0, None);
        for row in rows.filter(|row| belongs(column.civil[*row])) {
            let day = column.civil[row];
            counted.rows.push(row);
            if open != Some(day) {
                counted.close(open, sum, count);
                (sum, count, open) = (0.0, 0.0, Some(day));
            }
            sum += column.values[row];
            count += 1.0;
            let first_told = told_to.map_or(i32::MIN, |day| day.number() + 1);
            let first = (day.number() - back + 1).max(first_told);
            counted.told += usize::try_from(day.number() - first + 1).unwrap_or(0);
            told_to = Some(day);
        }
        counted.close(open, sum, count);
        counted
    }

    /// Those of them, counted in `stretch`, that a reading may use.
    pub(crate) fn read_at(
        mut self,
        reading: &Reading,
        column: &Column,
        (settled, stretch): (&SettledDays, Window),
    ) -> Self {
        let last = reading.days.to;
        self.settled_days = settled.count(Window { to: stretch.to.min(last), ..stretch });
        self.rows.truncate(self.rows.partition_point(|row| column.civil[*row] <= last));
        let days = self.days.partition_point(|day| *day <= f64::from(last.number()));
        self.days.truncate(days);
        self.values.truncate(days);
        self
    }

    /// Without the questionnaires whose recall window overlaps that of the one before by more than a
    /// quarter: they tell of days that were told already.
    pub(crate) fn apart(self, column: &Column) -> Self {
        let back = column.outcome.recall_days;
        if back <= 1 {
            return self;
        }
        let mut kept: Vec<Day> = Vec::new();
        for row in &self.rows {
            let day = column.civil[*row];
            if kept.last().is_none_or(|last| day == *last || day.since(*last) >= back - back / 4) {
                kept.push(day);
            }
        }
        let rows = match self.rows[..] {
            [first, .., last] => first..last + 1,
            _ => return self,
        };
        let settled_days = self.settled_days;
        let apart = Self::of(column, rows, |day| kept.binary_search(&day).is_ok());
        Self { settled_days, ..apart }
    }

    /// Days from the first to the last counted value.
    fn span(&self) -> f64 {
        match self.days[..] {
            [first, .., last] => last - first + 1.0,
            _ => self.days.len() as f64,
        }
    }

    fn close(&mut self, day: Option<Day>, sum: f64, count: f64) {
        if let Some(day) = day {
            self.days.push(f64::from(day.number()));
            self.values.push(sum / count);
        }
    }
}

/// The phases of a window. `column` holds the window's rows only; differences use those of the
/// reading. Linear in days and values.
#[must_use]
pub fn phases(
    column: &Column,
    regimen: &Regimen,
    settled: &SettledDays,
    window: Window,
    reading: &Reading,
) -> Vec<PhaseSummary> {
    phases_again(column, regimen, settled, window, reading, &mut Kept::default())
}

/// [`phases`], with what was concluded before at hand; the result is the same.
pub(super) fn phases_again(
    column: &Column,
    regimen: &Regimen,
    settled: &SettledDays,
    window: Window,
    reading: &Reading,
    kept: &mut Kept,
) -> Vec<PhaseSummary> {
    let phases = regimen.phases(window.from, window.to.plus(1));
    let days = |phase: &Phase| Window { from: phase.from, to: phase.to.plus(-1) };
    let counted: Vec<Counted> = phases
        .iter()
        .map(|phase| counted_in(column, settled, regimen, days(phase)).apart(column))
        .collect();
    let read = phases.iter().zip(&counted);
    let read: Vec<Counted> = read
        .map(|(phase, all)| all.clone().read_at(reading, column, (settled, days(phase))))
        .collect();
    let mut differences = kept.differences(column, read, reading);
    for (pair, difference) in phases.windows(2).zip(differences.iter_mut().skip(1)) {
        let both = Window { from: pair[0].from, to: pair[1].to.plus(-1) };
        *difference = difference.take().map(|finding| {
            let read = Window { to: both.to.min(reading.days.to), ..both };
            let days_missing = column.within(both).days_missing(both);
            Finding { window: both, days_missing, ..finding }.limited_by(column, read)
        });
    }
    let mut summaries = Vec::with_capacity(phases.len());
    for ((phase, counted), difference) in phases.into_iter().zip(counted).zip(differences) {
        let days = Window { from: phase.from, to: phase.to.plus(-1) };
        let settled_days = counted.settled_days;
        let within = rows_within(column, days).len();
        summaries.push(PhaseSummary {
            window: days,
            episodes: phase.episodes,
            settled_days,
            n: counted.rows.len(),
            left_out: within - counted.rows.len(),
            days_missing: settled_days.saturating_sub(counted.told),
            mean: mean(&counted.values).ok(),
            spread: sample_sd(&counted.values).ok(),
            difference,
        });
    }
    summaries
}

/// The values that belong to a stretch of days over which one thing held: those whose whole recall
/// window lies in one unbroken run of its settled days.
pub(crate) fn counted_in(
    column: &Column,
    settled: &SettledDays,
    regimen: &Regimen,
    stretch: Window,
) -> Counted {
    // The stretch may be cut by the window; a recall window may reach back over the cut.
    let from = settled.same_since(regimen, stretch.from).min(stretch.from);
    let runs = settled.runs_within(Window { from, to: stretch.to });
    let back = column.outcome.recall_days - 1;
    let counted = Counted::of(column, rows_within(column, stretch), |day| {
        let place = usize::try_from(day.since(from)).unwrap_or(usize::MAX);
        runs.get(place).copied().flatten().is_some_and(|run| day.plus(-back) >= run)
    });
    Counted { settled_days: settled.count(stretch), ..counted }
}

/// The rows whose civil day lies in the window.
pub(crate) fn rows_within(column: &Column, window: Window) -> std::ops::Range<usize> {
    let first = column.civil.partition_point(|day| *day < window.from);
    let end = column.civil.partition_point(|day| *day <= window.to);
    first..end.max(first)
}

/// The confidence of the difference of two stretches: the mean of their days speaks for it. Not those
/// of the shorter one: a long one tells what the noise is like, and then a first short look at the
/// other errs as often as it may.
pub(crate) fn confidence_of(a: &Counted, b: &Counted) -> f64 {
    confidence_at(0.5 * (a.span() + b.span()))
}

/// How much the settled days without a value would have to differ from those with one to undo a
/// difference: better before and worse after, or the other way round, by as much on every one of them.
/// Days before the first value and after the last are such days as well. Either side is one or more
/// stretches of days. `None` where there is nothing to undo or no such day, and for questionnaires.
pub(super) fn tipping_point(
    outcome: &Outcome,
    estimate: &Estimate,
    sides: [&[Counted]; 2],
) -> Option<Message> {
    let missing = |stretches: &[Counted]| {
        let days: usize = stretches.iter().map(|counted| counted.days.len()).sum();
        let settled: usize = stretches.iter().map(|counted| counted.settled_days).sum();
        settled.saturating_sub(days) as f64 / settled.max(1) as f64
    };
    let shares = if outcome.is_daily() { sides.map(missing).iter().sum() } else { 0.0 };
    (estimate.excludes_zero() && shares > 0.0).then(|| {
        let nearer = estimate.low.abs().min(estimate.high.abs());
        Message::new("phase.tipping-point").with("amount", outcome.amount(nearer / shares))
    })
}

/// The difference of each stretch to the one before it. The days that they are about, and how many
/// of these are missing, are still those of the reading.
pub(super) fn differences(
    column: &Column,
    counted: &[Counted],
    reading: &Reading,
) -> Vec<Option<Finding>> {
    let least = least_days(&column.outcome);
    let enough: Vec<usize> =
        (0..counted.len()).filter(|k| counted[*k].days.len() >= least).collect();
    let together = (enough.len() >= 2 && enough.len() <= MOST_COLUMNS)
        .then(|| fit(counted, &enough))
        .transpose();
    let confidence = |a: usize, b: usize| confidence_of(&counted[a], &counted[b]);
    (0..counted.len())
        .map(|k| {
            let before = k.checked_sub(1)?;
            let place = |k: usize| enough.iter().position(|stretch| *stretch == k);
            let answer = match (place(before), place(k), &together) {
                (Some(from), Some(to), Ok(Some(levels))) => {
                    levels.difference(from, to, confidence(before, k))
                }
                (Some(_), Some(_), Ok(None)) => {
                    let levels = fit(counted, &[before, k]);
                    levels.and_then(|levels| levels.difference(0, 1, confidence(before, k)))
                }
                (Some(_), Some(_), Err(reason)) => Err(*reason),
                _ => {
                    let n = counted[before].days.len().min(counted[k].days.len());
                    Err(NotEstimable::TooFew { n, needed: least })
                }
            };
            let pair = (&counted[before], &counted[k]);
            let confidence = confidence(before, k);
            Some(described(column, pair, reading, confidence, answer).read_at(reading))
        })
        .collect()
}

/// One level for each of the `stretches` of `counted`, under one noise. Above 730 days each
/// stretch is averaged over seven days at a time.
pub(crate) fn fit(counted: &[Counted], stretches: &[usize]) -> Result<Levels, NotEstimable> {
    let total: usize = stretches.iter().map(|stretch| counted[*stretch].days.len()).sum();
    let (mut days, mut values, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for (label, stretch) in stretches.iter().enumerate() {
        let Counted { days: own_days, values: own, .. } = &counted[*stretch];
        let means = DayMeans { days: own_days.clone(), values: own.clone() };
        let means = if total > MOST_DAYS { means.weekly() } else { means };
        days.extend(means.days);
        values.extend(means.values);
        labels.resize(days.len(), label);
    }
    Levels::fit(&days, &values, &labels, &NoisePrior::day_to_day())
}

fn described(
    column: &Column,
    (before, after): (&Counted, &Counted),
    reading: &Reading,
    confidence: f64,
    answer: Result<Contrast, NotEstimable>,
) -> Finding {
    let outcome = &column.outcome;
    let name = outcome.name.clone();
    let mut why = vec![
        Message::new("why.settled-days"),
        Message::new("why.days-hang-together"),
        Message::new("phase.why-common-course"),
        Message::new("why.n")
            .with("n", Param::Count((before.rows.len() + after.rows.len()) as u64)),
    ];
    let (certainty, estimate, sentence, doubt) = match answer {
        Ok(_) if let Some(end) = ScaleEnd::of(outcome.range, &before.values, &after.values) => {
            let [before, after] = end.per_cents();
            let sentence = Message::new("phase.at-an-end").with("outcome", name);
            let sentence = sentence.with("before", before).with("after", after);
            (Certainty::NotEnoughYet, None, sentence, end.pairs())
        }
        Ok(contrast) => {
            let estimate = Estimate::read_again(&contrast, 1.0, confidence);
            let amount = outcome.amount(estimate.value.abs());
            let (certainty, sentence) = if !estimate.excludes_zero() {
                (Certainty::NotEnoughYet, Message::new("phase.unclear").with("outcome", name))
            } else if estimate.value > 0.0 {
                let sentence = Message::new("phase.higher").with("outcome", name);
                (Certainty::Suggestive, sentence.with("amount", amount))
            } else {
                let sentence = Message::new("phase.lower").with("outcome", name);
                (Certainty::Suggestive, sentence.with("amount", amount))
            };
            let sides = [slice::from_ref(before), slice::from_ref(after)];
            why.extend(tipping_point(outcome, &estimate, sides));
            let doubt = Message::new("phase.interval")
                .with("low", outcome.value(estimate.low))
                .with("high", outcome.amount(estimate.high));
            (certainty, Some(estimate), sentence, doubt)
        }
        Err(reason) => {
            let sentence = Message::new("phase.not-enough").with("outcome", name);
            (certainty_without(reason), None, sentence, not_estimable(reason))
        }
    };
    let ids = |counted: &Counted| -> Vec<EntryId> {
        counted.rows.iter().map(|row| column.ids[*row]).collect()
    };
    Finding {
        claim: Claim::Phase,
        certainty,
        sentence,
        doubt,
        why,
        estimate,
        unit: outcome.unit(),
        n: before.rows.len() + after.rows.len(),
        days_missing: 0,
        window: reading.days,
        look: None,
        weakened_since: None,
        method: "gls-levels",
        entries: [ids(before), ids(after)].concat(),
    }
}
