//! Fair trial: whether the goal that was set at a step was reached by its review.
//!
//! **Estimand.** The difference of this person's mean outcome over the settled days from the step
//! to the review to that over the settled days of the eight weeks before the step, counted so that
//! better is above zero.
//!
//! **Model.** Two levels under the [noise mixture](super::statistics::gls). The goal was *reached*
//! when the estimate is at least the points that were named and the interval lies above zero. It
//! is the one confirmatory test: one outcome, one size, one day, named beforehand, read once.
//!
//! **What keeps it fair.** It reads nothing before the review. It uses what was recorded by the end
//! of the review's day; values that came in later are counted and left out. Days before the goal
//! was set, or set anew, are no evidence for it. An entry of its days that was changed or removed
//! after the review counts as it now reads, and the answer says so.
//!
//! **Assumptions.** Those of [`phase`](super::phase), of questionnaires about the same days too.
//! Steps are often taken at a bad time; part of the way back would have come anyway. What else changed,
//! and which medicines changed in the weeks before, is named and not told apart.
//!
//! **Abstains** when either side has fewer than [`least_days`] days with a value, the outcome
//! has no better side, or three tenths of the days lie at one end of its scale: then the days at that
//! end are told.

use crate::diary::{
    Body, ClockTime, Day, Diary, Entry, EntryId, Medicine, Moment, Record, Regimen, Sorting, Step,
    Trial, Version, Worse,
};
use crate::error::{Message, Param};

use super::column::{Column, Columns};
use super::finding::{
    Certainty, Claim, Estimate, Finding, Window, certainty_without, not_estimable,
};
use super::outcome::{Outcome, OutcomeKey};
use super::phase::{Counted, counted_in, least_days, rows_within};
use super::scale_end::ScaleEnd;
use super::settled::{SettledDays, changes_of};
use super::statistics::NotEstimable;
use super::statistics::level::level_difference;
use super::statistics::noise::NoisePrior;

/// Days before the step whose values it is compared with.
pub const BASELINE_DAYS: i32 = 56;

/// How far a trial is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its review is still to come.
    Waiting,
    /// As much better as was named, and beyond the usual ups and downs.
    Reached,
    /// As much better as was named, but the usual ups and downs could do that too.
    Unclear,
    /// Not as much better.
    NotReached,
    /// What was recorded by the review is too little, or too crowded at an end of the scale.
    NotEnough,
    /// The goal was set on or after the day of its review.
    SetTooLate,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Reached,
        Self::Unclear,
        Self::NotReached,
        Self::NotEnough,
        Self::SetTooLate,
    ];

    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Reached => "reached",
            Self::Unclear => "unclear",
            Self::NotReached => "not-reached",
            Self::NotEnough => "not-enough",
            Self::SetTooLate => "set-too-late",
        }
    }
}

/// One trial with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FairTrial {
    /// The step that it belongs to.
    pub step: EntryId,
    /// The medicine.
    pub medicine: EntryId,
    /// Name of the outcome, as the diary knows it.
    pub outcome: Param,
    /// What was named.
    pub trial: Trial,
    /// The day of the step.
    pub start: Day,
    /// The day on which it is read.
    pub review: Day,
    /// How far it is.
    pub state: State,
    /// Values of its days that came in after the review, and are left out.
    pub late: usize,
    /// Entries of its days that were changed or removed after the review.
    pub changed: usize,
    /// The statement.
    pub finding: Finding,
}

/// The trials of a diary, by the day of their step.
#[must_use]
pub fn fair_trials(
    diary: &Diary,
    columns: &Columns,
    regimen: &Regimen,
    (today, day_start): (Day, ClockTime),
) -> Vec<FairTrial> {
    let mut trials: Vec<FairTrial> = diary
        .steps()
        .filter(|(_, step)| diary.medicine(step.medicine).is_some())
        .filter_map(|(recorded, step)| {
            let subject = Subject {
                diary,
                regimen,
                record: diary.record(recorded.id)?,
                step,
                trial: step.trial.as_ref()?,
                start: recorded.entry.day(),
                review: recorded.entry.day().plus(7 * i32::from(step.trial.as_ref()?.weeks)),
                day_start,
            };
            Some(subject.answered(columns, today))
        })
        .collect();
    trials.arrange_by_key(|trial| (trial.start, trial.step));
    trials
}

struct Subject<'a> {
    diary: &'a Diary,
    regimen: &'a Regimen,
    record: &'a Record,
    step: &'a Step,
    trial: &'a Trial,
    start: Day,
    review: Day,
    day_start: ClockTime,
}

impl Subject<'_> {
    fn answered(&self, columns: &Columns, today: Day) -> FairTrial {
        let column = columns.find(&self.trial.outcome);
        let outcome = match column {
            Some(column) => column.outcome.name.clone(),
            None => self.trial.outcome.as_ref().into(),
        };
        let (from, to) = (self.start.plus(-BASELINE_DAYS), self.review);
        let nothing = |state, sentence: &'static str, doubt: Message| FairTrial {
            step: self.record.id(),
            medicine: self.step.medicine,
            outcome: outcome.clone(),
            trial: self.trial.clone(),
            start: self.start,
            review: self.review,
            state,
            late: 0,
            changed: 0,
            finding: Finding {
                claim: Claim::FairTrial,
                certainty: Certainty::NotEnoughYet,
                sentence: Message::new(sentence).with("day", Param::Day(self.review.number())),
                doubt,
                why: vec![Message::new("fair-trial.why-once")],
                estimate: None,
                unit: column.map_or(super::FindingUnit::Points, |column| column.outcome.unit()),
                n: 0,
                days_missing: 0,
                window: Window { from, to },
                look: None,
                weakened_since: None,
                method: "gls-levels",
                entries: Vec::new(),
            },
        };
        if today < self.review {
            return nothing(State::Waiting, "fair-trial.waiting", Message::new("fair-trial.wait"));
        }
        let set_on = self.set_on();
        if set_on >= self.review {
            let doubt = Message::new("fair-trial.after-the-fact");
            return nothing(State::SetTooLate, "fair-trial.set-too-late", doubt);
        }
        let Some(column) = column else {
            let doubt = Message::new("fair-trial.no-value");
            return nothing(State::NotEnough, "fair-trial.not-enough", doubt);
        };
        let known = self.known(column, Window { from, to });
        let settled = SettledDays::of(self.diary, self.regimen, Window { from, to });
        let before = self.before(&known, &settled).apart(&known);
        let end = changes_of(self.regimen, self.step.medicine)
            .find(|change| change.ends && change.day > self.start)
            .map_or(to, |change| change.day.plus(-1).min(to));
        let first = self.start.max(set_on.plus(1));
        let after = Window { from: first, to: end };
        let after = counted_in(&known, &settled, self.regimen, after).apart(&known);
        let answer = difference(&column.outcome, &before, &after);
        let end = ScaleEnd::of(column.outcome.range, &before.values, &after.values);
        let found = match end.filter(|_| answer.is_ok()) {
            Some(end) => at_an_end(&column.outcome, self.review, end),
            None => described(column, self.trial, self.review, answer),
        };
        let mut finding = Finding {
            why: found.why,
            estimate: found.estimate,
            certainty: found.certainty,
            sentence: found.sentence,
            n: before.rows.len() + after.rows.len(),
            days_missing: known.days_missing(Window { from, to }),
            entries: before.rows.iter().chain(&after.rows).map(|row| known.ids[*row]).collect(),
            ..nothing(found.state, "fair-trial.not-enough", found.doubt).finding
        };
        let late = column.within(Window { from, to }).len() - known.len();
        let changed = self.changed(&column.outcome.key, Window { from, to });
        if late > 0 {
            finding.why.push(Message::new("fair-trial.late").with("n", late));
        }
        if changed > 0 {
            finding.why.push(Message::new("fair-trial.changed").with("n", changed));
        }
        let name = |(_, medicine): (EntryId, &Medicine)| Param::from(medicine.name.as_ref());
        let others = self.changed_in(Window { from: self.start, to });
        let others: Vec<Param> =
            others.filter(|(id, _)| *id != self.step.medicine).map(name).collect();
        if !others.is_empty() {
            finding.why.push(Message::new("fair-trial.others").with("things", others));
        }
        let eve = self.start.plus(-1);
        let earlier: Vec<Param> = self.changed_in(Window { from, to: eve }).map(name).collect();
        if !earlier.is_empty() {
            finding.why.push(Message::new("fair-trial.before").with("things", earlier));
        }
        let doubt = Message::new("fair-trial.wait");
        FairTrial { finding, late, changed, ..nothing(found.state, "fair-trial.waiting", doubt) }
    }

    /// The day on which this goal was set: that of the first version since which neither the goal
    /// nor the day of the step was changed.
    fn set_on(&self) -> Day {
        let same = |version: &&Version| {
            version.entry().is_some_and(|entry| match entry.body() {
                Body::Step(step) => {
                    step.trial.as_ref() == Some(self.trial) && entry.day() == self.start
                }
                _ => false,
            })
        };
        let first = self.record.versions().take_while(same).last();
        first.map_or(self.review, |version| self.day_of(self.record, version))
    }

    /// The civil day on which a version was written.
    fn day_of(&self, record: &Record, version: &Version) -> Day {
        let offset = record.versions().find_map(Version::entry).map_or(0, offset_of);
        let ms = i64::try_from(version.stamp().ms()).unwrap_or(i64::MAX);
        Moment::new(ms, offset).map_or(Day::LAST, |moment| moment.day(self.day_start))
    }

    /// The values of a window that were recorded by the end of the review's day.
    fn known(&self, column: &Column, window: Window) -> Column {
        let all = column.within(window);
        let mut known = Column::new(all.outcome.clone());
        for row in 0..all.len() {
            let recorded_at = self.diary.entry(all.ids[row]).map(Entry::recorded_at);
            if recorded_at.is_some_and(|at| at.day(self.day_start) <= self.review) {
                known.civil.push(all.civil[row]);
                known.times.push(all.times[row]);
                known.values.push(all.values[row]);
                known.ids.push(all.ids[row]);
            }
        }
        known
    }

    /// The values before the step. A questionnaire of the day of the step looks back, and belongs
    /// to them.
    fn before(&self, known: &Column, settled: &SettledDays) -> Counted {
        let eve = self.start.plus(-1);
        let back = known.outcome.recall_days - 1;
        let last = if back > 0 { self.start } else { eve };
        let stretch = Window { from: self.start.plus(-BASELINE_DAYS), to: last };
        let from = settled.same_since(self.regimen, stretch.from).min(stretch.from);
        let runs = settled.runs_within(Window { from, to: eve });
        Counted::of(known, rows_within(known, stretch), |day| {
            let told = day.min(eve);
            let place = usize::try_from(told.since(from)).unwrap_or(usize::MAX);
            runs.get(place).copied().flatten().is_some_and(|run| told.plus(-back) >= run)
        })
    }

    /// Entries of the window that told of the outcome at the review and read otherwise now.
    fn changed(&self, key: &OutcomeKey, window: Window) -> usize {
        let told = |record: &&Record| {
            let then =
                record.versions().find(|version| self.day_of(record, version) <= self.review);
            let Some(then) = then.and_then(Version::entry) else { return false };
            window.holds(then.day())
                && tells_of(then, key)
                && record
                    .entry()
                    .is_none_or(|now| now.day() != then.day() || now.body() != then.body())
        };
        self.diary.records().iter().filter(told).count()
    }

    /// The medicines that changed in the window.
    fn changed_in(&self, window: Window) -> impl Iterator<Item = (EntryId, &Medicine)> {
        let medicines = self.diary.medicines();
        medicines.filter(move |(id, _)| {
            changes_of(self.regimen, *id).any(|change| window.holds(change.day))
        })
    }
}

fn offset_of(entry: &Entry) -> i32 {
    i32::from(entry.recorded_at().offset_minutes())
}

fn tells_of(entry: &Entry, key: &OutcomeKey) -> bool {
    if entry.recorded_by().is_observer() {
        return false;
    }
    match (entry.body(), key) {
        (Body::Assessment(assessment), OutcomeKey::Assessment(name)) => {
            assessment.instrument == *name
        }
        (Body::CheckIn(check_in), OutcomeKey::Sleep) => check_in.sleep_hours().is_some(),
        (Body::CheckIn(check_in), key) => {
            check_in.ratings().iter().any(|rating| rating.outcome.as_str() == key.as_str())
        }
        _ => false,
    }
}

/// The change for the better.
fn difference(
    outcome: &Outcome,
    before: &Counted,
    after: &Counted,
) -> Result<Estimate, NotEstimable> {
    let needed = least_days(outcome);
    let n = before.days.len().min(after.days.len());
    if n < needed {
        return Err(NotEstimable::TooFew { n, needed });
    }
    let better = match outcome.worse {
        Worse::Higher => -1.0,
        Worse::Lower => 1.0,
        Worse::Neither => return Err(NotEstimable::OutOfDomain),
    };
    let contrast = level_difference(
        (&before.days, &before.values),
        (&after.days, &after.values),
        &NoisePrior::day_to_day(),
        0.95,
    )?;
    let change = Estimate::of(&contrast, better);
    let (low, high) = (change.low.min(change.high), change.low.max(change.high));
    Ok(Estimate { low, high, ..change })
}

/// What can be told where a mean with an interval would say little.
fn at_an_end(outcome: &Outcome, review: Day, end: ScaleEnd) -> Described {
    let [before, after] = end.per_cents();
    let sentence = Message::new("fair-trial.at-an-end")
        .with("outcome", outcome.name.clone())
        .with("before", before)
        .with("after", after)
        .with("day", Param::Day(review.number()));
    Described {
        state: State::NotEnough,
        certainty: Certainty::NotEnoughYet,
        estimate: None,
        sentence,
        doubt: end.pairs(),
        why: vec![Message::new("fair-trial.why-once"), Message::new("why.settled-days")],
    }
}

struct Described {
    state: State,
    certainty: Certainty,
    estimate: Option<Estimate>,
    sentence: Message,
    doubt: Message,
    why: Vec<Message>,
}

fn described(
    column: &Column,
    trial: &Trial,
    review: Day,
    answer: Result<Estimate, NotEstimable>,
) -> Described {
    let outcome = &column.outcome;
    let day = Param::Day(review.number());
    let mut why = vec![
        Message::new("fair-trial.why-once"),
        Message::new("why.settled-days"),
        Message::new("why.days-hang-together"),
    ];
    let estimate = match answer {
        Ok(estimate) => estimate,
        Err(reason) => {
            why.truncate(1);
            return Described {
                state: State::NotEnough,
                certainty: certainty_without(reason),
                estimate: None,
                sentence: Message::new("fair-trial.not-enough").with("day", day),
                doubt: not_estimable(reason),
                why,
            };
        }
    };
    let by_as_much = estimate.value >= trial.points;
    let (state, id) = match (by_as_much, estimate.low > 0.0) {
        (true, true) => (State::Reached, "fair-trial.reached"),
        (true, false) => (State::Unclear, "fair-trial.unclear"),
        (false, _) => (State::NotReached, "fair-trial.not-reached"),
    };
    let certainty = match estimate.excludes_zero() {
        true => Certainty::Suggestive,
        false => Certainty::NotEnoughYet,
    };
    why.push(Message::new("fair-trial.why-bad-time"));
    let sentence = Message::new(id)
        .with("outcome", outcome.name.clone())
        .with("amount", outcome.amount(estimate.value))
        .with("goal", outcome.amount(trial.points))
        .with("day", day);
    let doubt = Message::new("fair-trial.interval")
        .with("low", outcome.value(estimate.low))
        .with("high", outcome.amount(estimate.high));
    Described { state, certainty, estimate: Some(estimate), sentence, doubt, why }
}
