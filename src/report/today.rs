use serde::Serialize;

use crate::analysis::filling::{Filling, fillings};
use crate::analysis::{DoseLog, match_to_due};
use crate::diary::{
    Calendar, ClockTime, Day, Diary, DoseStatus, Entry, EntryId, Episode, Kind, Moment, Pattern,
    Regimen, Sorting, Unit,
};
use crate::error::Message;
use crate::safety::Settings;

use super::schedule::amount;
use super::{AsOf, Words};

/// What there is to do today.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// The person's present day.
    pub day: Day,
    /// Today's doses in order of time, and yesterday's that have no entry.
    pub doses: Vec<TodayDose>,
    /// Check-ins recorded today.
    pub check_ins: usize,
    /// The latest check-in of all.
    pub last_check_in: Option<Moment>,
    /// Questionnaires that are due, the longest due first.
    pub due_assessments: Vec<DueAssessment>,
}

/// One dose of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TodayDose {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub name: String,
    /// When it is due, in words.
    pub label: String,
    /// The day it is due on.
    pub day: Day,
    /// The time it is due at.
    pub scheduled: Option<ClockTime>,
    /// How much.
    pub amount: f64,
    /// The unit.
    pub unit: Unit,
    /// Whether it is taken only when needed.
    pub as_needed: bool,
    /// What was recorded for it.
    pub status: Option<DoseStatus>,
    /// The entry that says so.
    pub entry: Option<EntryId>,
    /// Doses of this medicine taken on the day.
    pub taken_today: usize,
    /// Most doses a day, for as-needed medicines where one was agreed.
    pub max_per_day: Option<f64>,
}

/// A questionnaire that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueAssessment {
    /// The instrument.
    pub instrument: String,
    /// Its name.
    pub name: String,
    /// When it was filled last; `None`: it is the main one of a condition the person told.
    pub last: Option<Day>,
}

/// What there is to do today.
#[must_use]
pub fn today(diary: &Diary, as_of: AsOf, settings: &Settings, words: &Words) -> Today {
    let regimen = Regimen::of(diary);
    let log = DoseLog::of(diary);
    let mut doses = Vec::new();
    for day in [as_of.today.plus(-1), as_of.today] {
        for episode in regimen.on(day) {
            let Some(medicine) = diary.medicine(episode.medicine) else { continue };
            let list = Listing { episode, name: &medicine.name, log: &log, day, words };
            let listed = list.doses();
            doses.extend(listed.filter(|dose| day == as_of.today || dose.is_open()));
        }
    }
    doses.arrange_by_key(|dose| (dose.as_needed, dose.day, dose.scheduled, dose.medicine));
    let calendar = Calendar::of(diary);
    let today = calendar.within(as_of.today, as_of.today).iter();
    Today {
        day: as_of.today,
        doses,
        check_ins: today.filter(|dated| dated.kind == Kind::CheckIn).count(),
        last_check_in: last_check_in(diary, &calendar),
        due_assessments: due_assessments(diary, as_of.today, settings.trial_days()),
    }
}

/// The latest instant of a check-in.
fn last_check_in(diary: &Diary, calendar: &Calendar) -> Option<Moment> {
    /// An instant of an earlier day is never later than one so many days on, in whichever zones.
    const DAYS_APART: i32 = 4;
    let check_ins = calendar.all().iter().rev().filter(|dated| dated.kind == Kind::CheckIn);
    let mut last: Option<(Day, Moment)> = None;
    for dated in check_ins {
        if last.is_some_and(|(day, _)| day.since(dated.day) > DAYS_APART) {
            break;
        }
        let at = diary.entry(dated.id).and_then(Entry::at);
        if let Some(at) = at.filter(|at| last.is_none_or(|(_, last)| at.ms() >= last.ms())) {
            last = Some((dated.day, at));
        }
    }
    last.map(|(_, at)| at)
}

impl TodayDose {
    const fn is_open(&self) -> bool {
        self.status.is_none() && !self.as_needed
    }
}

struct Listing<'a> {
    episode: &'a Episode,
    name: &'a str,
    log: &'a DoseLog,
    day: Day,
    words: &'a Words,
}

impl<'a> Listing<'a> {
    fn doses(self) -> impl Iterator<Item = TodayDose> {
        let events = self.log.on(self.episode.medicine, self.day);
        let taken = events.iter().filter(|row| row.status.is_taken()).count();
        let schedule = &self.episode.schedule;
        let as_needed = schedule.is_as_needed();
        let due = if as_needed { schedule.doses() } else { self.episode.due(self.day) };
        let matched = if as_needed { vec![None; due.len()] } else { match_to_due(due, events) };
        let one = move |(dose, event): (&crate::diary::DueDose, Option<usize>)| TodayDose {
            medicine: self.episode.medicine,
            name: self.name.to_owned(),
            label: self.words.text(&self.label(dose.at, dose.amount.get(), taken)),
            day: self.day,
            scheduled: dose.at,
            amount: dose.amount.get(),
            unit: schedule.unit(),
            as_needed,
            status: event.map(|place| events[place].status),
            entry: event.map(|place| events[place].id),
            taken_today: taken,
            max_per_day: self.most_doses(dose.amount.get()),
        };
        let listed: Vec<TodayDose> = due.iter().zip(matched).map(one).collect();
        listed.into_iter()
    }

    /// How many doses of `amount` the agreed maximum allows.
    fn most_doses(&self, amount: f64) -> Option<f64> {
        match self.episode.schedule.pattern() {
            Pattern::AsNeeded { max_per_day: Some(most), .. } => {
                Some((most.get() / amount + 1e-9).floor())
            }
            _ => None,
        }
    }

    fn label(&self, at: Option<ClockTime>, dose: f64, taken: usize) -> Message {
        let how_much = amount(dose, self.episode.schedule.unit());
        match (self.episode.schedule.is_as_needed(), self.most_doses(dose), at) {
            (true, Some(most), _) => Message::new("today.as-needed-of")
                .with("dose", how_much)
                .with("taken", taken)
                .with("most", crate::error::Param::Number(most, 0)),
            (true, None, _) => {
                Message::new("today.as-needed").with("dose", how_much).with("taken", taken)
            }
            (false, _, Some(at)) => {
                Message::new("today.due-at").with("dose", how_much).with("time", at.to_string())
            }
            (false, _, None) => Message::new("today.due").with("dose", how_much),
        }
    }
}

fn due_assessments(diary: &Diary, today: Day, trial_days: i32) -> Vec<DueAssessment> {
    let mut due = fillings(diary, today, trial_days);
    due.retain(|one| one.due.is_some_and(|day| day <= today));
    due.arrange_by_key(|one| one.due);
    let view = |one: &Filling| DueAssessment {
        instrument: one.instrument.id.to_string(),
        name: one.instrument.short.to_string(),
        last: one.last.map(|(day, _)| day),
    };
    due.iter().map(view).collect()
}
