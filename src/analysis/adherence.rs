//! Adherence: how many of the due doses of a medicine were recorded as taken.
//!
//! **Estimand.** The share of due days on which every due dose of this medicine was taken, over
//! the days of a window. A *due day* is one on which the prescribed schedule asks for a dose.
//!
//! **Model.** None: doses are counted. What is not known is not guessed, so the answer is a band,
//! not a sampling interval. Its low end counts a day without an entry as not taken, its high end
//! as taken. The longest run of due days without a dose is given both ways as well.
//!
//! **Assumptions.** What was recorded is true. A late dose counts as taken. A dose event belongs
//! to its civil day and, where it names one, to the scheduled time (see
//! [`match_to_due`]). A dose recorded as taken beyond what was due is extra.
//!
//! **Abstains** without a due day: as-needed medicines have no coverage. Doses of `today` that
//! have no entry yet are not counted as due.
//!
//! Terms after Vrijens 2012 (*Br J Clin Pharmacol* 73:691–705): this is *implementation*.

use crate::diary::{Day, DoseStatus, DueDose, EntryId, Regimen};
use crate::error::{Message, Param};

use super::dose_log::{DoseLog, DoseRow, match_to_due};
use super::finding::{Certainty, Claim, Estimate, Finding, FindingUnit, Window};

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
    days_without_entry: usize,
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
        let mut beyond = 0;
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
        self.days_taken += usize::from(status == DayStatus::Taken);
        self.days_not_known_missed += usize::from(not_taken == 0);
        self.days_without_entry += usize::from(status == DayStatus::NoEntry);
        self.recorded_run = if taken + unknown == 0 { self.recorded_run + 1 } else { 0 };
        self.untaken_run = if taken == 0 { self.untaken_run + 1 } else { 0 };
        self.longest_recorded = self.longest_recorded.max(self.recorded_run);
        self.longest_untaken = self.longest_untaken.max(self.untaken_run);
    }

    fn finish(self, subject: Subject<'_>, window: Window) -> Adherence {
        let finding = self.finding(subject, window);
        Adherence {
            window,
            counts: self.counts,
            days_due: self.days_due,
            days_taken: self.days_taken,
            days_not_known_missed: self.days_not_known_missed,
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
            ],
            estimate,
            unit: FindingUnit::Share,
            n: self.days_due,
            days_missing: self.days_without_entry,
            window,
            look: None,
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
