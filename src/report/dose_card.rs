use serde::Serialize;

use crate::analysis::dose_response::{self as claim, LevelOf};
use crate::analysis::statistics::NotEstimable;
use crate::analysis::{self, Columns, Reading, Subject, not_estimable};
use crate::diary::{Diary, EntryId, Medicine, Regimen, Unit, Worse};
use crate::error::{Message, Param, Result};

use super::named::{medicine_named, no_answer_for, one_of_several, outcome_named};
use super::schedule::amount;
use super::{AsOf, Column, Finding, Outcome, SeverityBand, Words};

/// The dose card: what an outcome was at each dose of a medicine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DoseResponse {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The unit of the doses.
    pub unit: Unit,
    /// "What happened at each dose", or "Dose-response" where the design allows that word.
    pub title: String,
    /// What it rests on.
    pub subtitle: String,
    /// Whether a dose was left and returned to.
    pub is_dose_response: bool,
    /// Named ranges of the total.
    pub severity_bands: Vec<SeverityBand>,
    /// The levels: before, doses ascending, without.
    pub levels: Vec<DoseLevel>,
    /// A curve that never turns back, where there is one.
    pub curve: Option<Curve>,
    /// The statement.
    pub finding: Finding,
    /// Which of several ingredients it follows, what was left out, what changed at the same time, what
    /// this is not.
    pub notes: Vec<Note>,
}

/// A line of explanation under the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// A curve through the levels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// The doses, ascending; 0 before and without.
    pub doses: Column,
    /// The values.
    pub values: Column,
}

/// One level of the card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DoseLevel {
    /// The daily dose; `None` before the medicine, after its end and in pauses.
    pub dose: Option<f64>,
    /// Its words.
    pub label: String,
    /// How often the level was begun.
    pub times: usize,
    /// Settled days.
    pub days: usize,
    /// Days of wash-in.
    pub wash_in_days: usize,
    /// Days of washout.
    pub washout_days: usize,
    /// Values counted.
    pub n: usize,
    /// Values left out.
    pub left_out: usize,
    /// Times of the counted values, in days since 1970-01-01.
    pub score_days: Column,
    /// The counted values.
    pub scores: Column,
    /// The entries they stand in.
    pub ids: Vec<EntryId>,
    /// Their mean, a day counting once.
    pub mean: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How many independent values would say as much, as a range.
    pub effective_n: Option<(f64, f64)>,
    /// Mean summed severity of the side effects on a settled day.
    pub side_effect_load: Option<f64>,
    /// That load in a word.
    pub side_effect_word: String,
    /// Why there is no interval; empty when there is one.
    pub not_estimable: String,
    /// The share of the days that lie at one end of the scale, where that is three tenths or more.
    pub at_end: Option<f64>,
}

/// The dose card of a medicine and an outcome, over all days the diary tells of.
///
/// # Errors
/// [`Code::NoSuchEntry`](crate::error::Code::NoSuchEntry) at `medicine`; [`Code::UnknownValue`](crate::error::Code::UnknownValue) at `outcome` when the diary holds no
/// value of it, and at `medicine` when it has no daily dose (taken as needed, or never prescribed).
pub fn dose_response(
    diary: &Diary,
    medicine: EntryId,
    outcome: &str,
    as_of: AsOf,
    words: &Words,
) -> Result<DoseResponse> {
    let product = medicine_named(diary, medicine)?;
    let columns = Columns::of(diary);
    let column = outcome_named(&columns, outcome)?;
    let regimen = Regimen::of(diary);
    let window = as_of.window(diary);
    let within = column.within(window);
    let name = product.name.as_ref();
    let looks = as_of.looks(diary);
    let reading = looks.reading(window);
    let subject = Subject { diary, regimen: &regimen, medicine, name };
    let found = claim::dose_response(subject, &within, window, &reading)
        .ok_or_else(|| no_answer_for(name))?;
    let one_of_all = |finding: analysis::Finding| finding.one_of(&columns, &column.outcome);
    let earlier = |before: &Reading| {
        let card = claim::dose_response(subject, &within, window, before)?;
        Some(one_of_all(card.finding))
    };
    let finding =
        one_of_all(found.finding.clone()).beside_the_look_before(&looks, &reading, earlier);
    let title = Message::new(if found.is_dose_response {
        "dose-card.dose-response"
    } else {
        "dose-card.what-happened"
    });
    let title = title.with("medicine", name).with("outcome", column.outcome.name.clone());
    Ok(DoseResponse {
        medicine,
        medicine_name: name.to_owned(),
        outcome: Outcome::of(&column.outcome, column.len(), words),
        unit: found.unit,
        title: words.text(&title),
        subtitle: words.text(&subtitle(&within, window.days())),
        is_dose_response: found.is_dose_response,
        severity_bands: SeverityBand::all_of(column.outcome.instrument),
        levels: found.levels.iter().map(|l| level(l, found.unit, &within, words)).collect(),
        curve: found.curve.as_ref().map(|points| Curve {
            doses: points.iter().map(|point| point.0).collect(),
            values: points.iter().map(|point| point.1).collect(),
        }),
        finding: Finding::of(&finding, words),
        notes: notes(&found, product, words),
    })
}

fn subtitle(column: &analysis::Column, days: usize) -> Message {
    let id = match (column.outcome.worse, column.outcome.is_daily()) {
        (Worse::Higher, true) => "dose-card.lower-is-better",
        (Worse::Higher, false) => "dose-card.lower-is-better-scores",
        (Worse::Lower, true) => "dose-card.higher-is-better",
        (Worse::Lower, false) => "dose-card.higher-is-better-scores",
        (Worse::Neither, _) => "dose-card.neither-is-better",
    };
    Message::new(id).with("n", column.len()).with("weeks", days.div_ceil(7))
}

fn level(
    level: &claim::DoseLevel,
    unit: Unit,
    column: &analysis::Column,
    words: &Words,
) -> DoseLevel {
    let pick = |from: &[f64]| level.rows.iter().map(|row| from[*row]).collect();
    let (dose, label) = match level.level {
        LevelOf::Before => (None, Message::new("dose-card.before")),
        LevelOf::Dose(dose) => (Some(dose), amount(dose, unit)),
        LevelOf::Without => (None, Message::new("dose-card.without")),
    };
    let estimate = level.estimate.ok();
    DoseLevel {
        dose,
        label: words.part(&label),
        times: level.times,
        days: level.days,
        wash_in_days: level.wash_in_days,
        washout_days: level.washout_days,
        n: level.rows.len(),
        left_out: level.left_out,
        score_days: pick(&column.times),
        scores: pick(&column.values),
        ids: level.rows.iter().map(|row| column.ids[*row]).collect(),
        mean: level.mean,
        low: estimate.map(|estimate| estimate.low),
        high: estimate.map(|estimate| estimate.high),
        effective_n: estimate.and_then(|estimate| estimate.effective_n),
        side_effect_load: level.side_effect_load,
        side_effect_word: words.part(&load_in_a_word(level.side_effect_load)),
        not_estimable: match (level.estimate, level.at_end) {
            (Ok(_), _) => String::new(),
            (Err(NotEstimable::Crowded), Some(share)) => {
                let share = Param::Number(100.0 * share, 0);
                words.text(&Message::new("dose-card.at-an-end").with("share", share))
            }
            (Err(reason), _) => words.text(&not_estimable(reason)),
        },
        at_end: level.at_end,
    }
}

/// One mild side effect all the time makes a load of 1, one severe one or three mild ones 3.
fn load_in_a_word(load: Option<f64>) -> Message {
    Message::new(match load {
        None => "load.not-recorded",
        Some(load) if load <= 0.0 => "load.none",
        Some(load) if load <= 1.0 => "load.mild",
        Some(load) if load <= 2.0 => "load.medium",
        Some(_) => "load.strong",
    })
}

fn notes(found: &claim::DoseResponse, product: &Medicine, words: &Words) -> Vec<Note> {
    let note = |label: &'static str, text: &Message| Note {
        label: words.text(&Message::new(label)),
        text: words.text(text),
    };
    let left_out: usize = found.levels.iter().map(|level| level.left_out).sum();
    let unsettled = found.levels.iter().map(|level| level.wash_in_days + level.washout_days);
    let left_out = if left_out == 0 {
        Message::new("note.nothing-left-out")
    } else {
        Message::new("note.left-out").with("n", left_out).with("days", unsettled.sum::<usize>())
    };
    let things: Vec<Param> = found.changed_with.iter().map(|n| Param::Text(n.clone())).collect();
    let together = if things.is_empty() {
        Message::new("note.nothing-changed-together")
    } else {
        Message::new("note.changed-together").with("things", things)
    };
    let what_it_is = Message::new(match (found.is_dose_response, &found.curve) {
        (true, Some(_)) => "note.up-and-down",
        (true, None) => "note.no-shape",
        (false, _) => "note.no-curve",
    });
    let mut notes = vec![
        note("note.label-left-out", &left_out),
        note("note.label-changed-together", &together),
        note("note.label-not-a-comparison", &what_it_is),
    ];
    if let Some(text) = one_of_several(product, false, words) {
        let label = words.text(&Message::new("note.label-one-of-several"));
        notes.insert(0, Note { label, text });
    }
    notes
}
