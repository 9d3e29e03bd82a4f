use serde::Serialize;

use crate::analysis::{self, Columns, OutcomeKey};
use crate::diary::{BuiltInOutcome, Diary, RecordedBy, Worse};
use crate::error::Message;
use crate::reference::Instrument;

use super::Words;

/// An outcome or an instrument whose values can be drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// `mood`, `sleep`, `phq-9`, or a name this diary defines.
    pub outcome: String,
    /// What it is called.
    pub name: String,
    /// `rating`, `assessment` or `sleep`.
    pub source: &'static str,
    /// Lowest and highest value.
    pub range: (f64, f64),
    /// Which way it gets worse.
    pub worse: Worse,
    /// Words for the ends of the scale.
    pub ends: (String, String),
    /// Who rated it, where that is not the person.
    pub seen_by: Option<RecordedBy>,
    /// How many values the diary holds.
    pub count: usize,
}

/// A named range of totals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeverityBand {
    /// Lowest total.
    pub min: u16,
    /// Highest total.
    pub max: u16,
    /// The published name.
    pub label: String,
}

/// The outcomes that can be rated or looked at: those every diary has, those this diary defines,
/// sleep, and the published instruments of which it holds a score; scores first.
#[must_use]
pub fn outcomes(diary: &Diary, words: &Words) -> Vec<Outcome> {
    let (columns, one) = (Columns::of(diary), |column: &analysis::Column| {
        Outcome::of(&column.outcome, column.len(), words)
    });
    columns.with_empty().into_iter().map(one).collect()
}

impl Outcome {
    pub(super) fn of(outcome: &analysis::Outcome, count: usize, words: &Words) -> Self {
        let (low, high) = ends(outcome);
        Self {
            outcome: outcome.key.as_str().to_owned(),
            name: words.heading(&outcome.name),
            source: match outcome.key.rated() {
                OutcomeKey::Assessment(_) => "assessment",
                OutcomeKey::Sleep => "sleep",
                _ => "rating",
            },
            seen_by: outcome.key.seen_by(),
            range: outcome.range,
            worse: outcome.worse,
            ends: (words.part(&low), words.part(&high)),
            count,
        }
    }
}

impl SeverityBand {
    pub(super) fn all_of(instrument: Option<&Instrument>) -> Vec<Self> {
        let bands = instrument.map_or(&[][..], |row| &row.bands.value);
        bands
            .iter()
            .map(|band| Self {
                min: band.range.0,
                max: band.range.1,
                label: band.label.to_string(),
            })
            .collect()
    }
}

fn ends(outcome: &analysis::Outcome) -> (Message, Message) {
    let (low, high) = match outcome.key.rated() {
        OutcomeKey::BuiltIn(BuiltInOutcome::Mood) => ("end.very-low", "end.very-good"),
        OutcomeKey::BuiltIn(BuiltInOutcome::Energy) => ("end.none", "end.a-lot"),
        OutcomeKey::BuiltIn(BuiltInOutcome::Anxiety | BuiltInOutcome::Irritability) => {
            ("end.none", "end.worst")
        }
        OutcomeKey::BuiltIn(BuiltInOutcome::Focus) => ("end.cannot-focus", "end.focus-is-easy"),
        OutcomeKey::BuiltIn(
            BuiltInOutcome::Work | BuiltInOutcome::Home | BuiltInOutcome::People,
        ) => ("end.not-at-all", "end.well"),
        OutcomeKey::Sleep => ("end.no-sleep", "end.all-day"),
        _ => match outcome.worse {
            Worse::Higher => ("end.best", "end.worst"),
            Worse::Lower => ("end.worst", "end.best"),
            Worse::Neither => ("end.least", "end.most"),
        },
    };
    (Message::new(low), Message::new(high))
}
