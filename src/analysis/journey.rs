//! Journey: where each medicine stands on its way, from the first dose to the last.
//!
//! A *stage* ([`Stage`]) is told from what is prescribed, not from how the person feels, but for one: it is
//! *maintained* once the person has been well for three weeks on it ([`StageDays`]). A *trial* runs from the first
//! day at or above the lower end of the usual range (from the first day, where the tables know no
//! range), for as many weeks as the tables name for its kind. Whether it was an *adequate* trial is
//! told only where a source gives the least dose: then that dose was prescribed for as many weeks, and
//! at least four of five due doses are known to be taken. Otherwise the weeks are over, and whether
//! they were adequate is not known here.
//!
//! No number is estimated here, so there is no finding: a stage informs a conversation.

use crate::diary::{Action, Day, Diary, EntryId, Episode, Medicine, Regimen, Unit, tells_of};
use crate::reference::{self, Condition, DoseUnit, Expectation, Numbers, Stage};

use super::adherence::{self, adherence};
use super::column::Columns;
use super::dose_log::DoseLog;
use super::finding::Window;
use super::relapse_watch::remission_since;
use super::settled::{known_as, numbers_of};

/// How many days make a stage, where no source settles it for everyone: a clinic can set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageDays {
    /// Days after the start that count as starting, whatever the dose.
    pub starting: i32,
    /// Days for which a remission must hold before a medicine counts as maintained.
    pub remission: i32,
    /// Days after a fall of the dose in which the next one, or the stop, belongs to the same taper.
    pub taper: i32,
}

impl Default for StageDays {
    /// Three weeks of remission are those of the ACNP (Rush 2006); the others are engineering figures.
    fn default() -> Self {
        Self { starting: 7, remission: 21, taper: 56 }
    }
}

/// Days of taking it after which it counts as maintained (continuation phase of HEDIS AMM).
const CONTINUED_DAYS: i32 = 180;
/// Share of due doses known to be taken that an adequate trial needs: an engineering figure, borrowed
/// from the threshold of covered days.
const LEAST_TAKEN: f64 = 0.8;

/// Where one medicine stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The medicine.
    pub medicine: EntryId,
    /// Its stage.
    pub stage: Stage,
    /// The first day of the stage; of a planned one, the day of the first dose.
    pub since: Day,
    /// In a trial of a known length: the week it is in, from 1, and how many it takes.
    pub week: Option<(u16, u16)>,
    /// Since when the person has been well, where readings tell it.
    pub well_since: Option<Day>,
    /// What usually comes next.
    pub next: Option<&'static Expectation>,
}

/// What stages are told from.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The diary.
    pub diary: &'a Diary,
    /// What is prescribed.
    pub regimen: &'a Regimen,
    /// What was taken.
    pub log: &'a DoseLog,
    /// The readings.
    pub columns: &'a Columns,
    /// The person's present day.
    pub today: Day,
    /// How many days make a stage.
    pub stage_days: StageDays,
}

/// Where every medicine stands that was ever prescribed, in the order of the diary.
#[must_use]
pub fn journey(subject: Subject<'_>) -> Vec<Standing> {
    let well_since = remission_since(subject.columns, subject.today);
    let stands = |(id, medicine)| Some(Path::of(subject, id, medicine, well_since)?.standing());
    subject.diary.medicines().filter_map(stands).collect()
}

/// Whether the person told of a condition by a day, or takes a medicine for it.
#[must_use]
pub fn has_condition(
    diary: &Diary,
    today: Day,
    condition: Condition,
    purpose: Option<&str>,
) -> bool {
    let sets = reference::pack().condition_sets();
    let Some(set) = sets.iter().find(|set| set.id == condition) else { return false };
    let names = set.told_as();
    purpose.is_some_and(|text| tells_of(text, &names) == Some(true))
        || diary.told_condition(&names, today).is_some_and(|(holds, _)| holds)
}

/// The way of one medicine so far.
struct Path<'a> {
    subject: Subject<'a>,
    id: EntryId,
    medicine: &'a Medicine,
    well_since: Option<Day>,
    episodes: Vec<&'a Episode>,
}

impl<'a> Path<'a> {
    fn of(
        subject: Subject<'a>,
        id: EntryId,
        medicine: &'a Medicine,
        well_since: Option<Day>,
    ) -> Option<Self> {
        let episodes: Vec<_> = subject.regimen.episodes_of(id).collect();
        (!episodes.is_empty()).then_some(Self { subject, id, medicine, well_since, episodes })
    }

    fn standing(&self) -> Standing {
        let today = self.subject.today;
        let (stage, since, week) = match self.episodes.iter().rposition(|e| e.holds_on(today)) {
            Some(place) => self.taken(place),
            None => self.not_taken(),
        };
        Standing {
            medicine: self.id,
            stage,
            since,
            week,
            well_since: self.well_since,
            next: self.expected(stage),
        }
    }

    fn expected(&self, stage: Stage) -> Option<&'static Expectation> {
        let has = |condition| {
            let Subject { diary, today, .. } = self.subject;
            has_condition(diary, today, condition, self.medicine.purpose.as_deref())
        };
        let part = self.medicine.ingredients.first();
        let known = part.and_then(|part| known_as(part, self.medicine.class.as_deref()));
        reference::pack().expectation(known, stage, has)
    }

    fn not_taken(&self) -> (Stage, Day, Option<(u16, u16)>) {
        let today = self.subject.today;
        let ended = self.episodes.iter().rev().find_map(|e| e.to.filter(|to| *to <= today));
        let ahead = self.episodes.iter().find(|episode| episode.from > today);
        let steps = self.subject.diary.steps().filter(|(_, step)| step.medicine == self.id);
        let past = steps.map(|(recorded, step)| (recorded.entry.day(), step.action));
        let last = past.filter(|(day, _)| *day <= today).max_by_key(|(day, _)| *day);
        match (ended, ahead, last) {
            (Some(day), _, Some((_, Action::Hold))) => (Stage::Paused, day, None),
            (None, Some(planned), _) => (Stage::Planned, planned.from, None),
            (ended, ..) => (Stage::Stopped, ended.unwrap_or(today), None),
        }
    }

    /// The stage of a medicine whose episode at `place` holds.
    fn taken(&self, place: usize) -> (Stage, Day, Option<(u16, u16)>) {
        let today = self.subject.today;
        let joins = |pair: &[&Episode]| pair[0].to == Some(pair[1].from);
        let first = (1..=place).rev().find(|k| !joins(&self.episodes[k - 1..=*k])).unwrap_or(0);
        let run = &self.episodes[first..=place];
        let (start, now) = (run[0].from, run[run.len() - 1]);
        if now.schedule.is_as_needed() {
            return (Stage::Taking, start, None);
        }
        if let Some(day) = self.tapering_since(first, place) {
            return (Stage::Tapering, day, None);
        }
        let taken_for = today.since(start);
        let rose = run.windows(2).rev().find(|pair| dose(pair[1]) > dose(pair[0]));
        let since_rise = today.since(rose.map_or(start, |pair| pair[1].from));
        let length = self.expected(Stage::InTrial);
        let weeks = length.and_then(|row| row.weeks);
        let trial_days = weeks.map_or(0, |weeks| 7 * i32::from(weeks));
        let is_settled = run[0].since_before || taken_for >= CONTINUED_DAYS;
        let is_well = self
            .well_since
            .is_some_and(|day| today.since(day) >= self.subject.stage_days.remission);
        if length.is_some() && since_rise >= trial_days && (is_settled || is_well) {
            let since = match is_well {
                true => self.well_since.map_or(start, |day| day.max(start)),
                false => start,
            };
            return (Stage::Maintained, since, None);
        }
        let Some(from) = self.on_usual_dose_since(run) else {
            return (Stage::Starting, start, None);
        };
        let (is_new, on_it) = (taken_for < self.subject.stage_days.starting, today.since(from));
        match (length, weeks) {
            _ if is_new && !run[0].since_before => (Stage::Starting, start, None),
            (None, _) => (Stage::Taking, start, None),
            (Some(_), None) => (Stage::InTrial, from, None),
            (Some(_), Some(weeks)) if on_it < trial_days => {
                let week = u16::try_from(on_it / 7 + 1).unwrap_or(weeks);
                (Stage::InTrial, from, Some((week, weeks)))
            }
            _ if self.is_adequate(now, from, trial_days) => (Stage::Adequate, from, None),
            _ => (Stage::WeeksOver, from, None),
        }
    }

    /// The first day of the taper that goes on: two falls in a row with no rise since, one with
    /// another or the end planned ahead, or being brought down for another medicine.
    fn tapering_since(&self, first: usize, place: usize) -> Option<Day> {
        let Subject { today, stage_days, .. } = self.subject;
        let for_another = self.subject.diary.steps().find(|(recorded, step)| {
            let days = today.since(recorded.entry.day());
            step.replacing == Some(self.id)
                && step.action == Action::CrossTaper
                && (0..=stage_days.taper).contains(&days)
        });
        let falls = |k: &usize| dose(self.episodes[*k]) < dose(self.episodes[*k - 1]);
        let fallen: Vec<usize> = (first + 1..=place).rev().take_while(falls).collect();
        let is_recent =
            fallen.first().is_some_and(|k| today.since(self.episodes[*k].from) <= stage_days.taper);
        let ends = self.episodes[place].to.filter(|to| *to > today);
        let falls_on = ends.is_some_and(|to| {
            let next = self.episodes.get(place + 1).filter(|next| next.from == to);
            next.is_none_or(|next| dose(next) < dose(self.episodes[place]))
        });
        let begun = fallen.last().map(|k| self.episodes[*k].from);
        match is_recent && (fallen.len() > 1 || falls_on) {
            true => begun,
            false => for_another.map(|(recorded, _)| recorded.entry.day()),
        }
    }

    /// The first day without a day below the lower end of the usual range since; the first of all
    /// where the tables know no range. `None` while the dose lies below it.
    fn on_usual_dose_since(&self, run: &[&Episode]) -> Option<Day> {
        let least = self.usual_least();
        let is_enough = |episode: &&&Episode| match (least, self.milligrams(episode)) {
            (Some(least), Some(amount)) => amount >= least,
            _ => true,
        };
        run.iter().rev().take_while(is_enough).last().map(|episode| episode.from)
    }

    /// The doses that hold for the product.
    fn numbers(&self) -> Option<Numbers<'static>> {
        let part = self.medicine.ingredients.first()?;
        numbers_of(self.subject.regimen, self.id, self.medicine, part)
    }

    /// The lower end of the usual range in milligrams a day: a stand-in for the dose a trial needs.
    fn usual_least(&self) -> Option<f64> {
        let numbers = self.numbers()?;
        (numbers.unit() == DoseUnit::MgADay).then_some(numbers.usual()?.low)
    }

    /// Milligrams in a day, or in one injection.
    fn milligrams(&self, episode: &Episode) -> Option<f64> {
        let (part, unit) = (self.medicine.ingredients.first()?, episode.schedule.unit());
        let amount = match self.numbers()?.unit() {
            DoseUnit::MgAnInjection => episode.schedule.doses().first()?.amount.get(),
            _ => episode.schedule.mean_daily_amount()?,
        };
        let (amount, unit) = self.medicine.ingredient_amount(part, amount, unit)?;
        (unit == Unit::Milligram).then_some(amount)
    }

    /// Whether a source calls it an adequate trial: see the module.
    fn is_adequate(&self, now: &Episode, from: Day, trial_days: i32) -> bool {
        let today = self.subject.today;
        let mut limits = self.numbers().into_iter().flat_map(Numbers::adequate);
        let amount = self.milligrams(now);
        let is_least = |limit: &reference::DoseLimit| {
            let is_any = limit.release.is_none() && limit.purpose.is_none();
            is_any && amount.is_some_and(|amount| amount >= limit.amount)
        };
        if !limits.any(|limit| is_least(&limit.value)) || today.since(from) < trial_days {
            return false;
        }
        let Subject { regimen, log, .. } = self.subject;
        let medicine = adherence::Subject {
            medicine: self.id,
            name: &self.medicine.name,
            regimen,
            log,
            today,
        };
        let window = Window { from: today.plus(1 - trial_days), to: today };
        adherence(medicine, window).covered().is_some_and(|(low, _)| low >= LEAST_TAKEN)
    }
}

fn dose(episode: &Episode) -> f64 {
    episode.schedule.mean_daily_amount().unwrap_or(0.0)
}
