//! When each questionnaire is due again.
//!
//! A **filling** is one answered questionnaire. Its questions look back over the *recall window* of the
//! instrument; it is due again once that window has passed, because sooner it would ask about the same
//! days twice. Questionnaires that look back two weeks are due every two weeks while a medicine is
//! being tried and every four otherwise (measurement-based care: every visit, or two to four weeks).
//! A reading that is high after a remission is set beside a second one as soon as the relapse screen of
//! its row allows: two readings further apart than that meet no screen, so it is due again although it
//! then asks about some days twice.
//! A screen is a first look and is not due again. A questionnaire that was never filled is due where
//! it is the main one of a condition the person told and its wording is here.

use crate::diary::{Body, Day, Diary, EntryId, Kind, Since};
use crate::reference::{self, ConditionSet, Instrument, Purpose};

use super::column::{Column, Columns};
use super::relapse_screen::{screen_of, screened};

/// The look-back of questionnaires that are asked less often outside a trial, and how often then.
const TWO_WEEKS: i32 = 14;
const FOUR_WEEKS: i32 = 28;

/// A questionnaire of the tables as a diary has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Filling {
    /// The questionnaire.
    pub instrument: &'static Instrument,
    /// When it was filled last, and that filling.
    pub last: Option<(Day, EntryId)>,
    /// From when on it is due; `None`: it is not asked for by itself.
    pub due: Option<Day>,
}

/// Every questionnaire of the tables, in their order. A change of a medicine is a trial for
/// `trial_days`: no source gives one number, so whoever asks says it.
#[must_use]
pub fn fillings(diary: &Diary, today: Day, trial_days: i32) -> Vec<Filling> {
    let in_trial = is_in_trial(diary, today, trial_days);
    let own = own_sets(diary, today);
    let columns = Columns::of(diary);
    let one = |instrument| Filling { instrument, last: None, due: None };
    let mut fillings: Vec<Filling> = reference::instruments().iter().map(one).collect();
    for recorded in diary.of_kind(Kind::Assessment) {
        if recorded.entry.recorded_by().is_observer() {
            continue;
        }
        let Body::Assessment(of) = recorded.entry.body() else { continue };
        let Some(row) = reference::instruments().find(&of.instrument) else { continue };
        let filled = Some((recorded.entry.day(), recorded.id));
        let of_row = fillings.iter_mut().filter(|filling| filling.instrument.id == row.id);
        of_row.for_each(|filling| filling.last = filling.last.max(filled));
    }
    for filling in &mut fillings {
        let instrument = filling.instrument;
        filling.due = match filling.last {
            Some((day, _)) => {
                let usual = every(instrument, in_trial);
                let second = awaited(&columns, instrument, today);
                second.into_iter().chain(usual).min().map(|days| day.plus(days))
            }
            None => own.iter().any(|set| is_main(set, instrument)).then_some(today),
        };
    }
    fillings
}

/// The sets of the conditions that the person told by a day, in the order of the tables.
#[must_use]
pub fn own_sets(diary: &Diary, today: Day) -> Vec<&'static ConditionSet> {
    let is_told = |set: &&ConditionSet| {
        diary.told_condition(&set.told_as(), today).is_some_and(|(holds, _)| holds)
    };
    reference::pack().condition_sets().iter().filter(is_told).collect()
}

/// Days from one filling to the next.
fn every(instrument: &Instrument, in_trial: bool) -> Option<i32> {
    let window = instrument.recall_days.value.map(i32::from);
    let days = window.filter(|_| instrument.purpose != Purpose::Screen)?;
    Some(if days == TWO_WEEKS && !in_trial { FOUR_WEEKS } else { days })
}

/// Days until a second reading is asked for, where the last one is high after a remission.
fn awaited(columns: &Columns, instrument: &Instrument, today: Day) -> Option<i32> {
    let (remission, screen) = screen_of(instrument)?;
    let is_of_row =
        |column: &&Column| column.outcome.instrument.is_some_and(|row| row.id == instrument.id);
    let mut readings = columns.all().iter().find(is_of_row)?.by_day();
    readings.retain(|(day, _)| *day <= today);
    screened(&readings, remission, &screen).waits.then_some(i32::from(screen.days_apart.0))
}

/// Whether a medicine was begun, changed or ended in the last `trial_days`.
fn is_in_trial(diary: &Diary, today: Day, trial_days: i32) -> bool {
    diary.steps().any(|(recorded, step)| {
        let days = today.since(recorded.entry.day());
        step.since != Some(Since::Before) && (0..trial_days).contains(&days)
    })
}

fn is_main(set: &ConditionSet, instrument: &Instrument) -> bool {
    set.instruments.first() == Some(&instrument.id) && instrument.rights.value.ship_wording
}
