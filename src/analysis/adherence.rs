//! Adherence: how many of the due doses of a medicine were recorded as taken.
//!
//! **Estimand.** The three phases of Vrijens 2012 (*Br J Clin Pharmacol* 73:691–705). *Initiation*:
//! the day of the first dose taken. *Implementation*: the share of due days on which every due dose
//! was taken, over the days of a window; a *due day* is one on which the prescribed schedule asks
//! for a dose. *Persistence*: the days from the first dose taken to the last before no more were.
//!
//! **Model.** None: doses are counted. What is not known is not guessed, so the answer is a band,
//! not a sampling interval. Its low end counts a day without an entry as not taken, its high end
//! as taken. Gaps and persistence are given both ways as well. Beside the share stand the same
//! doses as a pharmacy would count supplies (see [`coverage`](super::coverage)): with extra doses
//! carried over to later days, and all doses over all due.
//!
//! **Assumptions.** What was recorded is true; people record more doses than they take, so the
//! share is given as well for the case that one in ten of those recorded was not taken, whichever
//! they were: a day of k doses then stays whole with a chance of 0.9^k. A late dose counts as taken. A dose event belongs to its civil day and, where it names one, to the scheduled
//! time (see [`match_to_due`]). A dose recorded as taken beyond what was due is extra.
//!
//! **With an outcome** ([`with_outcome`]) the days after a missed dose are set beside those after a
//! taken one, and the days before likewise, one level each under one noise: a bad day can make
//! someone miss a dose as well as follow one, so neither is told without the other. The dose of the
//! day itself and of its other neighbour was taken, so that neither direction leaks into the other.
//! Both are read at every look, and there are two of them: each may err half as often as a claim
//! that is read again alone.
//!
//! **Abstains** without a due day: as-needed medicines have no coverage. Doses of `today` that
//! have no entry yet are not counted as due. The outcome is set beside ten gaps or more, or not; where
//! three tenths of its days lie at one end of the scale, the order of the days is told instead of a
//! difference.

use crate::diary::{Day, DoseStatus, DueDose, EntryId, Regimen};
use crate::error::{Message, Param};

use super::column::Column;
use super::coverage::{EarlyRefill, Supply, coverage, possession_ratio};
use super::dose_log::{DoseLog, DoseRow, match_to_due};
use super::finding::{
    Certainty, Claim, Estimate, Finding, FindingUnit, Window, certainty_without, not_estimable,
};
use super::look::{Reading, confidence_at};
use super::phase::least_days;
use super::scale_end::ScaleEnd;
use super::statistics::NotEstimable;
use super::statistics::level::Levels;
use super::statistics::noise::NoisePrior;

/// Gaps that an outcome can be set beside.
pub const LEAST_GAPS: usize = 10;
/// The share of doses recorded as taken that was taken, in the case of [`Adherence::if_fewer`].
const TRUE_OF_RECORDED: f64 = 0.9;

/// What was recorded of one day of a medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayStatus {
    /// No dose was due and none was recorded.
    NothingDue,
    /// A dose was due and nothing was recorded.
    NoEntry,
    /// Every due dose was recorded as taken.
    Taken,
    /// Some due doses were recorded as taken, not all.
    Partly,
    /// No dose was recorded as taken, and at least one as skipped or missed.
    Missed,
    /// Nothing was due and something was taken as needed.
    AsNeeded,
}

impl DayStatus {
    /// Every status, in the order of the numbers that stand for them in columns.
    pub const ALL: [Self; 6] =
        [Self::NothingDue, Self::NoEntry, Self::Taken, Self::Partly, Self::Missed, Self::AsNeeded];

    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NothingDue => "nothing-due",
            Self::NoEntry => "no-entry",
            Self::Taken => "taken",
            Self::Partly => "partly",
            Self::Missed => "missed",
            Self::AsNeeded => "as-needed",
        }
    }
}

/// Doses of one medicine over a window, counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoseCounts {
    /// Doses that were due.
    pub due: usize,
    /// Due doses recorded as taken in time.
    pub taken: usize,
    /// Due doses recorded as taken late.
    pub late: usize,
    /// Due doses recorded as left out on purpose.
    pub skipped: usize,
    /// Due doses recorded as missed.
    pub missed: usize,
    /// Due doses of which nothing was recorded.
    pub no_entry: usize,
    /// Doses taken on top of what was due.
    pub extra: usize,
    /// Doses taken as needed.
    pub as_needed: usize,
}

/// The adherence to one medicine over a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Adherence {
    /// The days looked at.
    pub window: Window,
    /// Doses, counted apart.
    pub counts: DoseCounts,
    /// Days on which a dose was due.
    pub days_due: usize,
    /// Of these, days on which every due dose was recorded as taken.
    pub days_taken: usize,
    /// Of these, days on which no due dose was recorded as skipped or missed.
    pub days_not_known_missed: usize,
    /// How many of the days taken stay whole, on average, if one in ten doses recorded as taken was
    /// not, whichever they were.
    pub days_if_fewer: f64,
    /// Share of due days covered when extra doses are carried over to later days.
    pub covered_shifted: f64,
    /// Doses taken, extra ones too, over doses due; not capped at one.
    pub possession: f64,
    /// The day of the first dose recorded as taken, and how many days after the start it came;
    /// no number for a medicine taken since before.
    pub initiated: Option<(Day, Option<i32>)>,
    /// Days from the first dose taken to the last: by what was recorded, and if days without an
    /// entry at the end were days of taking it.
    pub persisted: Option<(usize, usize)>,
    /// Runs of due days on which every due dose was recorded as skipped or missed.
    pub gaps: usize,
    /// Longest run of due days on which every due dose was recorded as skipped or missed.
    pub longest_gap_recorded: usize,
    /// Longest run of due days on which no dose was recorded as taken.
    pub longest_gap_without_entry: usize,
    /// The status of each day of the window.
    pub days: Vec<DayStatus>,
    /// The statement.
    pub finding: Finding,
}

impl Adherence {
    /// The share of due days covered, counting days without an entry as not taken and as taken.
    #[must_use]
    pub fn covered(&self) -> Option<(f64, f64)> {
        let share = |days: usize| days as f64 / self.days_due as f64;
        (self.days_due > 0).then(|| (share(self.days_taken), share(self.days_not_known_missed)))
    }

    /// The share of due days covered if one in ten doses recorded as taken was not.
    #[must_use]
    pub fn if_fewer(&self) -> Option<f64> {
        (self.days_due > 0).then(|| self.days_if_fewer / self.days_due as f64)
    }
}

/// Whose adherence, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name, for the sentence.
    pub name: &'a str,
    /// What is prescribed.
    pub regimen: &'a Regimen,
    /// What was recorded of doses.
    pub log: &'a DoseLog,
    /// The person's present day.
    pub today: Day,
}

/// Counts the doses of a medicine over the window. Linear in its days and dose events.
#[must_use]
pub fn adherence(subject: Subject<'_>, window: Window) -> Adherence {
    let mut tally = Tally::default();
    let rows = subject.log.of_medicine(subject.medicine);
    let mut next = rows.partition_point(|row| row.day < window.from);
    let episodes: Vec<_> = subject.regimen.episodes_of(subject.medicine).collect();
    let mut current = 0;
    for number in 0..window.days() {
        let day = window.from.plus(i32::try_from(number).unwrap_or(i32::MAX));
        let end = next + rows[next..].partition_point(|row| row.day == day);
        while current + 1 < episodes.len() && episodes[current + 1].from <= day {
            current += 1;
        }
        let episode = episodes.get(current).filter(|episode| episode.holds_on(day));
        let due = episode.map_or(&[][..], |episode| episode.due(day));
        let as_needed = episode.is_some_and(|episode| episode.schedule.is_as_needed());
        tally.day(due, &rows[next..end], as_needed, day == subject.today);
        next = end;
    }
    tally.finish(subject, window)
}

#[derive(Default)]
struct Tally {
    counts: DoseCounts,
    days: Vec<DayStatus>,
    days_due: usize,
    days_taken: usize,
    days_not_known_missed: usize,
    days_if_fewer: f64,
    days_without_entry: usize,
    supplies: Vec<Supply>,
    gaps: usize,
    recorded_run: usize,
    untaken_run: usize,
    longest_recorded: usize,
    longest_untaken: usize,
    entries: Vec<EntryId>,
}

impl Tally {
    fn day(&mut self, due: &[DueDose], events: &[DoseRow], as_needed: bool, is_today: bool) {
        self.entries.extend(events.iter().map(|row| row.id));
        let matched = match_to_due(due, events);
        let (mut taken, mut not_taken, mut unknown) = (0, 0, 0);
        for event in &matched {
            match event.map(|place| events[place].status) {
                Some(DoseStatus::Taken) => {
                    self.counts.taken += 1;
                    taken += 1;
                }
                Some(DoseStatus::Late) => {
                    self.counts.late += 1;
                    taken += 1;
                }
                Some(DoseStatus::Skipped) => {
                    self.counts.skipped += 1;
                    not_taken += 1;
                }
                Some(DoseStatus::Missed) => {
                    self.counts.missed += 1;
                    not_taken += 1;
                }
                Some(DoseStatus::Extra | DoseStatus::AsNeeded) | None => unknown += 1,
            }
        }
        let (mut beyond, extra_before) = (0, self.counts.extra);
        for (place, row) in events.iter().enumerate() {
            let is_beyond = row.status.is_taken() && !matched.contains(&Some(place));
            if is_beyond && (as_needed || row.status == DoseStatus::AsNeeded) {
                self.counts.as_needed += 1;
            } else if is_beyond && !repeats_a_due_time(due, row) {
                self.counts.extra += 1;
            }
            beyond += usize::from(is_beyond);
        }
        let open = if is_today { unknown } else { 0 };
        self.supply(due.len() - open, taken + self.counts.extra - extra_before);
        let unknown = unknown - open;
        self.counts.no_entry += unknown;
        self.counts.due += due.len() - open;
        let status = match (due.len() - open, taken, not_taken) {
            (0, ..) if beyond > 0 => DayStatus::AsNeeded,
            (0, ..) => DayStatus::NothingDue,
            (_, 0, 0) => DayStatus::NoEntry,
            (_, 0, _) => DayStatus::Missed,
            (due, taken, _) if taken == due => DayStatus::Taken,
            _ => DayStatus::Partly,
        };
        self.days.push(status);
        if due.len() == open {
            return;
        }
        self.days_due += 1;
        if status == DayStatus::Taken {
            self.days_taken += 1;
            self.days_if_fewer += (0..taken).fold(1.0, |whole, _| whole * TRUE_OF_RECORDED);
        }
        self.days_not_known_missed += usize::from(not_taken == 0);
        self.days_without_entry += usize::from(status == DayStatus::NoEntry);
        self.recorded_run = if taken + unknown == 0 { self.recorded_run + 1 } else { 0 };
        self.gaps += usize::from(self.recorded_run == 1);
        self.untaken_run = if taken == 0 { self.untaken_run + 1 } else { 0 };
        self.longest_recorded = self.longest_recorded.max(self.recorded_run);
        self.longest_untaken = self.longest_untaken.max(self.untaken_run);
    }

    /// Keeps what was taken on a day as a supply of whole due days, counted in due days; what was
    /// taken where nothing was due belongs to the due day before.
    fn supply(&mut self, due: usize, taken: usize) {
        let place = if due > 0 { self.days_due } else { self.days_due.saturating_sub(1) };
        if taken > 0 {
            let (day, days) = (i32::try_from(place), u32::try_from(taken / due.max(1)));
            self.supplies.extend(day.ok().zip(days.ok()).map(|(day, days)| Supply { day, days }));
        }
    }

    fn finish(self, subject: Subject<'_>, window: Window) -> Adherence {
        let finding = self.finding(subject, window);
        let last = i32::try_from(self.days_due).unwrap_or(i32::MAX) - 1;
        let shifted = coverage(&self.supplies, 0, last, EarlyRefill::Shifts);
        let (initiated, persisted) = first_and_last(subject, window, &self.days);
        Adherence {
            window,
            counts: self.counts,
            days_due: self.days_due,
            days_taken: self.days_taken,
            days_not_known_missed: self.days_not_known_missed,
            days_if_fewer: self.days_if_fewer,
            covered_shifted: shifted.map_or(0.0, |covered| covered.proportion()),
            possession: possession_ratio(&self.supplies, 0, last).unwrap_or(0.0),
            initiated,
            persisted,
            gaps: self.gaps,
            longest_gap_recorded: self.longest_recorded,
            longest_gap_without_entry: self.longest_untaken,
            days: self.days,
            finding,
        }
    }

    fn finding(&self, subject: Subject<'_>, window: Window) -> Finding {
        let share = |days: usize| days as f64 / self.days_due.max(1) as f64;
        let per_cent = |days: usize| Param::Number(100.0 * share(days), 0);
        let (low, high) = (self.days_taken, self.days_not_known_missed);
        let if_fewer = 100.0 * self.days_if_fewer / self.days_due.max(1) as f64;
        let if_fewer = Param::Number(if_fewer, 0);
        let name = subject.name;
        let nothing_recorded = self.days_without_entry == self.days_due;
        let (certainty, sentence) = if self.days_due == 0 {
            let sentence = Message::new("adherence.nothing-due").with("medicine", name);
            (Certainty::NotEstimable, sentence)
        } else if nothing_recorded {
            let sentence = Message::new("adherence.no-entry").with("medicine", name);
            (Certainty::NotEnoughYet, sentence)
        } else {
            let sentence = Message::new("adherence.taken")
                .with("medicine", name)
                .with("share", per_cent(low))
                .with("days", self.days_due);
            (Certainty::Suggestive, sentence)
        };
        let doubt = if self.days_due == 0 {
            Message::new("adherence.as-needed-has-none")
        } else if low == high {
            Message::new("adherence.every-day-told")
        } else {
            Message::new("adherence.band")
                .with("missing", per_cent(high - low))
                .with("low", per_cent(low))
                .with("high", per_cent(high))
        };
        let estimate = (self.days_due > 0).then(|| Estimate {
            value: share(low),
            low: share(low),
            high: share(high),
            effective_n: None,
            p_value: None,
        });
        Finding {
            claim: Claim::Adherence,
            certainty,
            sentence,
            doubt,
            why: vec![
                Message::new("adherence.why-counted").with("due", self.counts.due),
                Message::new("adherence.why-no-guess"),
                Message::new("adherence.why-self-report").with("share", if_fewer),
            ],
            estimate,
            unit: FindingUnit::Share,
            n: self.days_due,
            days_missing: self.days_without_entry,
            window,
            look: None,
            weakened_since: None,
            method: "days-covered",
            entries: self.entries.clone(),
        }
    }
}

/// Whether a later event about the same scheduled time took this one's place.
fn repeats_a_due_time(due: &[DueDose], row: &DoseRow) -> bool {
    let named = |time| due.iter().any(|dose| dose.at == Some(time));
    row.status != DoseStatus::Extra && row.scheduled.is_some_and(named)
}

type FirstAndLast = (Option<(Day, Option<i32>)>, Option<(usize, usize)>);

/// When the medicine was first taken and for how long it went on, within the window's end.
fn first_and_last(subject: Subject<'_>, window: Window, days: &[DayStatus]) -> FirstAndLast {
    let rows = subject.log.of_medicine(subject.medicine).iter();
    let mut taken = rows.filter(|row| row.status.is_taken() && row.day <= window.to);
    let Some(first) = taken.next().map(|row| row.day) else { return (None, None) };
    let last = taken.next_back().map_or(first, |row| row.day);
    let begun = subject.regimen.episodes_of(subject.medicine).next();
    let after = begun.filter(|begun| !begun.since_before).map(|begun| first.since(begun.from));
    // The last day that was not recorded as a day without it.
    let open =
        days.iter().rposition(|day| !matches!(day, DayStatus::Missed | DayStatus::NothingDue));
    let open = open.map_or(last, |place| window.from.plus(i32::try_from(place).unwrap_or(0)));
    let span = |to: Day| Window { from: first, to }.days();
    (Some((first, after)), Some((span(last), span(open.max(last)))))
}

/// The two directions in which an outcome is set beside missed doses.
const DIRECTIONS: f64 = 2.0;

/// An outcome on the days beside missed doses, in both directions.
#[derive(Clone, Debug, PartialEq)]
pub struct BesideGaps {
    /// On days after a missed dose, against days after a taken one.
    pub after: Finding,
    /// On days before a missed dose, against days before a taken one.
    pub before: Finding,
}

/// Sets a daily outcome beside the missed doses of `found`. `column` holds the rows that
/// `reading` may use.
#[must_use]
pub fn with_outcome(
    found: &Adherence,
    name: &str,
    column: &Column,
    reading: &Reading,
) -> BesideGaps {
    let beside = |days_on: i32| -> Finding {
        let means = column.day_means();
        let (mut days, mut values, mut missed) = (Vec::new(), Vec::new(), Vec::new());
        for (day, value) in means.days.iter().zip(&means.values) {
            let place = *day as i32 - found.window.from.number();
            let status = |on: i32| -> Option<DayStatus> {
                found.days.get(usize::try_from(place + on).ok()?).copied()
            };
            // Of the three days only the one asked about may lack its dose.
            let taken = Some(DayStatus::Taken);
            let label = match status(days_on) {
                Some(DayStatus::Taken) => 0,
                Some(DayStatus::Missed) => 1,
                _ => continue,
            };
            if status(0) != taken || status(-days_on) != taken {
                continue;
            }
            days.push(*day);
            values.push(*value);
            missed.push(label);
        }
        let of = |label: usize| -> Vec<f64> {
            let own = values.iter().zip(&missed).filter(|(_, known)| **known == label);
            own.map(|(value, _)| *value).collect()
        };
        let (beside_taken, beside_missed) = (of(0), of(1));
        let n = beside_missed.len();
        let least = least_days(&column.outcome);
        let answer = if !column.outcome.is_daily() {
            Err(NotEstimable::NotIdentifiable)
        } else if found.gaps.min(n) < LEAST_GAPS {
            Err(NotEstimable::TooFew { n: found.gaps.min(n), needed: LEAST_GAPS })
        } else if beside_taken.len() < least {
            Err(NotEstimable::TooFew { n: beside_taken.len(), needed: least })
        } else {
            difference(&days, &values, &missed)
        };
        let answer = match ScaleEnd::of(column.outcome.range, &beside_taken, &beside_missed) {
            Some(end) if answer.is_ok() => Beside::AtAnEnd(end),
            _ => Beside::Compared(answer),
        };
        let finding = beside_gaps(found, (name, days_on), column, answer);
        Finding { n: days.len(), ..finding }.read_at(reading)
    };
    BesideGaps { after: beside(-1), before: beside(1) }
}

/// The days beside missed doses less those beside taken ones, for one look of many and one
/// direction of two.
fn difference(days: &[f64], values: &[f64], missed: &[usize]) -> Result<Estimate, NotEstimable> {
    let span = days.last().zip(days.first()).map_or(0.0, |(last, first)| last - first + 1.0);
    let confidence = 1.0 - (1.0 - confidence_at(span)) / DIRECTIONS;
    let levels = Levels::fit(days, values, missed, &NoisePrior::day_to_day())?;
    let contrast = levels.difference(0, 1, confidence)?;
    Ok(Estimate::read_again(&contrast, 1.0, confidence))
}

/// What the days beside missed doses say next to those beside taken ones.
enum Beside {
    /// A difference, or why there is none.
    Compared(Result<Estimate, NotEstimable>),
    /// Many of them lie at an end of the scale.
    AtAnEnd(ScaleEnd),
}

fn beside_gaps(
    found: &Adherence,
    (medicine, days_on): (&str, i32),
    column: &Column,
    answer: Beside,
) -> Finding {
    let outcome = &column.outcome;
    let is_after = days_on < 0;
    let mut estimate = None;
    let (sentence, certainty, doubt) = match answer {
        Beside::Compared(Ok(found)) => {
            let clear = found.excludes_zero();
            let id = match (is_after, clear, found.value > 0.0) {
                (true, false, _) => "adherence.after-unclear",
                (true, true, true) => "adherence.after-higher",
                (true, true, false) => "adherence.after-lower",
                (false, false, _) => "adherence.before-unclear",
                (false, true, true) => "adherence.before-higher",
                (false, true, false) => "adherence.before-lower",
            };
            estimate = Some(found);
            let sentence = Message::new(id).with("amount", outcome.amount(found.value.abs()));
            let doubt = Message::new("adherence.both-ways")
                .with("low", outcome.value(found.low))
                .with("high", outcome.amount(found.high));
            let certainty = if clear { Certainty::Suggestive } else { Certainty::NotEnoughYet };
            (sentence, certainty, doubt)
        }
        Beside::AtAnEnd(end) => {
            let [taken, missed] = end.per_cents();
            let id =
                if is_after { "adherence.after-at-an-end" } else { "adherence.before-at-an-end" };
            let sentence = Message::new(id).with("taken", taken).with("missed", missed);
            (
                sentence,
                Certainty::NotEnoughYet,
                Message::new("adherence.pairs").with("pairs", end.pairs_in_a_hundred()),
            )
        }
        Beside::Compared(Err(reason)) => {
            let doubt = match reason {
                NotEstimable::TooFew { n, needed: LEAST_GAPS } => {
                    let doubt = Message::new("adherence.too-few-gaps").with("n", n);
                    doubt.with("needed", LEAST_GAPS)
                }
                reason => not_estimable(reason),
            };
            (Message::new("adherence.gaps-not-enough"), certainty_without(reason), doubt)
        }
    };
    let sentence = sentence.with("medicine", medicine).with("outcome", outcome.name.clone());
    Finding {
        claim: Claim::Adherence,
        certainty,
        sentence,
        doubt,
        why: vec![Message::new("why.days-hang-together"), Message::new("adherence.why-two-ways")],
        estimate,
        unit: outcome.unit(),
        n: 0,
        days_missing: column.days_missing(found.window),
        window: found.window,
        look: None,
        weakened_since: None,
        method: "gls-levels",
        entries: column.ids.clone(),
    }
}
