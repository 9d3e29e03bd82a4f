use serde::Serialize;

use crate::reference::{self, Choice, Instrument};

use super::SeverityBand;

/// An instrument whose words may be shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstrumentView {
    /// The name its assessments are recorded under.
    pub instrument: String,
    /// The name people use.
    pub name: String,
    /// Full title.
    pub title: String,
    /// The question before the items.
    pub stem: String,
    /// The items.
    pub items: Vec<String>,
    /// The answers to choose from, where an item has none of its own.
    pub options: Vec<AnswerOption>,
    /// For each item its own answers; empty where [`options`](Self::options) hold.
    pub item_options: Vec<Vec<AnswerOption>>,
    /// For each item the number of an earlier one, from 1, and the least answer to that one from
    /// which this one is asked; `None`: always.
    pub asked_if: Vec<Option<(u8, u8)>>,
    /// The question that is asked and never scored.
    pub difficulty: Option<Difficulty>,
    /// Lowest and highest total.
    pub range: (u16, u16),
    /// Named ranges of the total.
    pub severity_bands: Vec<SeverityBand>,
    /// The line of credit.
    pub credit: String,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerOption {
    /// What it adds to the total.
    pub score: u8,
    /// Its words.
    pub label: String,
}

/// A question that is asked and never scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difficulty {
    /// The question.
    pub text: String,
    /// Its answers.
    pub options: Vec<AnswerOption>,
}

/// The instruments whose wording may be shown.
#[must_use]
pub fn instruments() -> Vec<InstrumentView> {
    let rows = reference::instruments().iter().filter(|row| row.rights.value.ship_wording);
    rows.map(view).collect()
}

fn view(row: &Instrument) -> InstrumentView {
    InstrumentView {
        instrument: row.id.to_string(),
        name: row.short.to_string(),
        title: row.title.to_string(),
        stem: row.stem.value.to_string(),
        items: row.items.value.iter().map(|item| item.text.to_string()).collect(),
        options: worded(&row.options.value),
        item_options: row.items.value.iter().map(|item| worded(&item.options)).collect(),
        asked_if: row.items.value.iter().map(|item| item.asked_if).collect(),
        difficulty: row.unscored.value.first().map(|item| Difficulty {
            text: item.text.to_string(),
            options: worded(row.options_of(item)),
        }),
        range: row.range.value,
        severity_bands: SeverityBand::all_of(Some(row)),
        credit: row.rights.value.credit.to_string(),
    }
}

fn worded(choices: &[Choice]) -> Vec<AnswerOption> {
    let option =
        |choice: &Choice| AnswerOption { score: choice.score, label: choice.text.to_string() };
    choices.iter().map(option).collect()
}
