use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::{DoseLog, match_to_due};
use crate::diary::{
    Body, ClockTime, Day, Diary, DoseStatus, EntryId, Episode, Moment, Pattern, Recorded, Regimen,
    Unit,
};
use crate::reference;

use super::schedule::amount;
use super::{AsOf, Words};

/// What there is to do today.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// The civil day it is.
    pub day: Day,
    /// The doses due today and the as-needed medicines, then yesterday's doses that have no entry.
    pub doses: Vec<TodayDose>,
    /// How many check-ins were recorded today.
    pub check_ins: usize,
    /// The instant of the last check-in, where it is known.
    pub last_check_in: Option<Moment>,
    /// Instruments in use whose questions look back over days that have passed again.
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
    /// The dose in words.
    pub label: String,
    /// The day it was due.
    pub day: Day,
    /// The time it was due.
    pub scheduled: Option<ClockTime>,
    /// How much.
    pub amount: f64,
    /// Of what.
    pub unit: Unit,
    /// Whether it is taken only when needed.
    pub as_needed: bool,
    /// What was recorded for it.
    pub status: Option<DoseStatus>,
    /// The entry that says so.
    pub entry: Option<EntryId>,
    /// Doses taken on the day, for an as-needed medicine.
    pub taken_today: usize,
    /// Most doses of a day that were agreed, for an as-needed medicine.
    pub max_per_day: Option<f64>,
}

/// An instrument that can be filled in again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DueAssessment {
    /// The instrument.
    pub instrument: String,
    /// What it is called.
    pub name: String,
    /// The day it was last filled in.
    pub last: Option<Day>,
}

/// What there is to do on the day the diary is read.
#[must_use]
pub fn today(diary: &Diary, as_of: AsOf, words: &Words) -> Today {
    let day = as_of.today;
    let regimen = Regimen::of(diary);
    let log = DoseLog::of(diary);
    let mut doses = Vec::new();
    for day in [day, day.plus(-1)] {
        for episode in regimen.on(day) {
            let Some(medicine) = diary.medicine(episode.medicine) else { continue };
            let list = Listed { name: &medicine.name, day, log: &log, words };
            if episode.schedule.is_as_needed() {
                if day == as_of.today {
                    doses.extend(list.as_needed(episode));
                }
            } else {
                let due = list.due(episode);
                doses.extend(due.filter(|dose| day == as_of.today || dose.status.is_none()));
            }
        }
    }
    let (mut check_ins, mut last_check_in) = (0, None::<Moment>);
    let mut last_filled: BTreeMap<&str, Day> = BTreeMap::new();
    for Recorded { entry, .. } in diary.entries() {
        match entry.body() {
            Body::CheckIn(_) => {
                check_ins += usize::from(entry.day() == day);
                last_check_in =
                    [last_check_in, entry.at()].into_iter().flatten().max_by_key(|at| at.ms());
            }
            Body::Assessment(assessment) => {
                let last = last_filled.entry(&assessment.instrument).or_insert(entry.day());
                *last = entry.day().max(*last);
            }
            _ => {}
        }
    }
    let due_assessments =
        last_filled.into_iter().filter_map(|(name, last)| due_again(name, last, day));
    Today { day, doses, check_ins, last_check_in, due_assessments: due_assessments.collect() }
}

/// An instrument is due again once the days its questions look back over have passed.
fn due_again(name: &str, last: Day, today: Day) -> Option<DueAssessment> {
    let instrument = reference::instruments().find(name)?;
    let recall = i32::from(instrument.recall_days.value?);
    (today.since(last) >= recall).then(|| DueAssessment {
        instrument: instrument.id.to_string(),
        name: instrument.short.to_string(),
        last: Some(last),
    })
}

/// What the rows of one medicine on one day are made of.
struct Listed<'a> {
    name: &'a str,
    day: Day,
    log: &'a DoseLog,
    words: &'a Words,
}

impl Listed<'_> {
    fn due(&self, episode: &Episode) -> impl Iterator<Item = TodayDose> {
        let due = episode.due(self.day);
        let events = self.log.on(episode.medicine, self.day);
        let matched = match_to_due(due, events);
        due.iter().zip(matched).map(|(dose, place)| {
            let event = place.map(|place| &events[place]);
            let mut row = self.row(episode, dose.amount.get());
            row.scheduled = dose.at;
            row.status = event.map(|event| event.status);
            row.entry = event.map(|event| event.id);
            row
        })
    }

    fn as_needed(&self, episode: &Episode) -> Option<TodayDose> {
        let one = episode.schedule.doses().first()?.amount.get();
        let events = self.log.on(episode.medicine, self.day);
        let mut row = self.row(episode, one);
        row.as_needed = true;
        row.taken_today = events.iter().filter(|event| event.status.is_taken()).count();
        row.max_per_day = match episode.schedule.pattern() {
            Pattern::AsNeeded { max_per_day: Some(most), .. } => Some((most.get() / one).floor()),
            _ => None,
        };
        Some(row)
    }

    fn row(&self, episode: &Episode, one: f64) -> TodayDose {
        let unit = episode.schedule.unit();
        TodayDose {
            medicine: episode.medicine,
            name: self.name.to_owned(),
            label: self.words.part(&amount(one, unit)),
            day: self.day,
            scheduled: None,
            amount: one,
            unit,
            as_needed: false,
            status: None,
            entry: None,
            taken_today: 0,
            max_per_day: None,
        }
    }
}
