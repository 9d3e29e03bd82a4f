use serde::Serialize;

use crate::analysis::filling::{Filling, fillings, own_sets};
use crate::diary::{Answers, Assessment, Body, Day, Diary, Entry, EntryId};
use crate::error::{Code, Error, Message, Param, Result};
use crate::reference::{self, Instrument, Unscored};
use crate::safety::Settings;

use super::{AsOf, InstrumentView, Words};

/// What can be filled in, what is suggested for a condition, and when each is due.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Questionnaires {
    /// One set for each condition.
    pub sets: Vec<QuestionnaireSet>,
    /// Every instrument of the tables.
    pub instruments: Vec<QuestionnaireView>,
}

/// What is suggested for one condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireSet {
    /// The condition.
    pub condition: &'static str,
    /// What people call it.
    pub name: String,
    /// Its instruments, the main one first.
    pub instruments: Vec<String>,
    /// Whether the person told of this condition.
    pub is_own: bool,
}

/// One questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireView {
    /// The name its assessments are recorded under.
    pub instrument: String,
    /// The name people use.
    pub name: String,
    /// What it measures.
    pub about: String,
    /// Why it cannot be filled in here, empty where it can.
    pub not_here: String,
    /// When it was filled last.
    pub last: Option<Day>,
    /// From when on it is due; `None`: it is not asked for by itself.
    pub due: Option<Day>,
    /// Whether that day has come.
    pub is_due: bool,
}

/// The questionnaires of a diary; `brought` are those of which a portal brought the wording.
#[must_use]
pub fn questionnaires(
    diary: &Diary,
    brought: &[InstrumentView],
    settings: &Settings,
    as_of: AsOf,
    words: &Words,
) -> Questionnaires {
    let support = &settings.support;
    let own = own_sets(diary, as_of.today);
    let sets = reference::pack().condition_sets().iter().map(|set| QuestionnaireSet {
        condition: set.id.as_str(),
        name: set.names.first().map(ToString::to_string).unwrap_or_default(),
        instruments: set.instruments.iter().map(ToString::to_string).collect(),
        is_own: own.iter().any(|known| known.id == set.id),
    });
    let fillings = fillings(diary, as_of.today, settings.trial_days());
    let instruments = fillings.iter().map(|filling| {
        let row = filling.instrument;
        let is_here = row.rights.value.ship_wording
            || brought.iter().any(|view| view.instrument == row.id.as_str());
        let holder = row.rights.value.holder.as_str();
        let not_here = Message::new("questionnaire.not-here").with("holder", holder);
        let no_responder = Message::new("questionnaire.no-responder");
        QuestionnaireView {
            instrument: row.id.to_string(),
            name: row.short.to_string(),
            about: row.condition.to_string(),
            not_here: match (support.offers(&row.id), is_here) {
                (false, _) => words.text(&no_responder),
                (true, false) => words.text(&not_here),
                (true, true) => String::new(),
            },
            last: filling.last.map(|(day, _)| day),
            due: filling.due,
            is_due: filling.due.is_some_and(|day| day <= as_of.today),
        }
    });
    Questionnaires { sets: sets.collect(), instruments: instruments.collect() }
}

/// What one filling comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The entry.
    pub entry: EntryId,
    /// The name its assessments are recorded under.
    pub instrument: String,
    /// The name people use.
    pub name: String,
    /// The total; `None` where there is none.
    pub total: Option<f64>,
    /// The published name of its range.
    pub band: Option<String>,
    /// The total in words, or why there is none.
    pub sentence: String,
    /// What it can say and what it cannot, a sentence a line.
    pub notes: Vec<String>,
    /// From when on it is due again.
    pub due: Option<Day>,
}

/// What an assessment comes to.
///
/// # Errors
/// [`Code::NoSuchEntry`] at `id` when it is not that of an assessment.
pub fn score(
    diary: &Diary,
    entry: EntryId,
    as_of: AsOf,
    settings: &Settings,
    words: &Words,
) -> Result<Score> {
    let Some(Body::Assessment(of)) = diary.entry(entry).map(Entry::body) else {
        return Err(Error::new(Code::NoSuchEntry, "id"));
    };
    let Some(row) = reference::instruments().find(&of.instrument) else {
        let name = diary.instrument_definition(&of.instrument).map(|definition| &definition.name);
        let total = match of.answers {
            Answers::Total(total) => Some(total),
            Answers::Items(_) => None,
        };
        return Ok(Score {
            entry,
            instrument: of.instrument.to_string(),
            name: name.unwrap_or(&of.instrument).to_string(),
            total,
            band: None,
            sentence: words.text(&Message::new("score.not-known")),
            notes: Vec::new(),
            due: None,
        });
    };
    let found = total(row, of);
    let is_same = |filling: &&Filling| filling.instrument.id == row.id;
    let due = fillings(diary, as_of.today, settings.trial_days())
        .iter()
        .find(is_same)
        .and_then(|filling| filling.due);
    let band = found.as_ref().ok().and_then(|(total, _)| band(row, *total));
    Ok(Score {
        entry,
        instrument: row.id.to_string(),
        name: row.short.to_string(),
        total: found.as_ref().ok().map(|(total, _)| *total),
        sentence: words.text(&sentence(row, &found, band.as_deref())),
        notes: notes(row, &found, due).iter().map(|note| words.text(note)).collect(),
        band,
        due,
    })
}

/// The total and how many answers it had to do without, or how many are missing.
type Found = std::result::Result<(f64, usize), usize>;

fn total(row: &Instrument, of: &Assessment) -> Found {
    let items = match &of.answers {
        Answers::Total(total) => return Ok((*total, 0)),
        Answers::Items(items) => items,
    };
    match row.score(items) {
        Ok(score) => Ok((f64::from(score.total), usize::from(score.missing))),
        Err(Unscored::TooManyMissing { missing, .. }) => Err(missing),
        // The diary holds no such answers: its catalogue refuses them.
        Err(_) => Err(0),
    }
}

fn band(row: &Instrument, total: f64) -> Option<String> {
    row.band(total as u16).map(|band| band.label.to_string())
}

fn sentence(row: &Instrument, found: &Found, band: Option<&str>) -> Message {
    let (total, _) = match found {
        Ok(found) => *found,
        Err(missing) => {
            let allowed = usize::from(row.missing.value.prorate_up_to);
            return Message::new("score.none").with("missing", *missing).with("allowed", allowed);
        }
    };
    let high = usize::from(row.range.value.1);
    let message = match band {
        Some(_) => Message::new("score.total-band"),
        None => Message::new("score.total"),
    };
    let message = message.with("name", row.short.as_str()).with("total", Param::Number(total, 0));
    message.with("high", high).with("band", band.unwrap_or_default())
}

fn notes(row: &Instrument, found: &Found, due: Option<Day>) -> Vec<Message> {
    let mut notes = Vec::new();
    if let Ok((_, missing)) = found {
        if *missing > 0 {
            notes.push(Message::new("score.prorated").with("n", *missing));
        }
        notes.push(match row.higher_is_worse {
            true => Message::new("score.higher-is-worse"),
            false => Message::new("score.higher-is-better"),
        });
        notes.push(Message::new("score.no-diagnosis"));
        if let Some(change) = row.reliable_change.first() {
            let points = usize::from(change.value.points);
            notes.push(Message::new("score.chance").with("points", points));
        }
    }
    notes.extend(due.map(|day| Message::new("score.due").with("day", Param::Day(day.number()))));
    notes
}
