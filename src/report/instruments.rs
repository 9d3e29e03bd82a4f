use serde::Serialize;

use crate::reference;

use super::SeverityBand;

/// An instrument whose words may be shown, ready to be filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstrumentView {
    /// Its name in assessments.
    pub instrument: String,
    /// The name people use.
    pub name: String,
    /// The full title.
    pub title: String,
    /// The question before the items.
    pub stem: String,
    /// The items, in order.
    pub items: Vec<String>,
    /// The answers to choose from.
    pub options: Vec<ChoiceView>,
    /// The question that is asked and not scored.
    pub difficulty: Option<DifficultyView>,
    /// Lowest and highest total.
    pub range: (u16, u16),
    /// The published bands of the total.
    pub severity_bands: Vec<SeverityBand>,
    /// The line of credit that goes with the wording.
    pub credit: String,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceView {
    /// What it adds to the total.
    pub score: u8,
    /// Its words.
    pub label: String,
}

/// The unscored question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DifficultyView {
    /// Its words.
    pub text: String,
    /// The answers to choose from.
    pub options: Vec<ChoiceView>,
}

/// Every instrument whose words may be shown.
#[must_use]
pub fn instruments() -> Vec<InstrumentView> {
    let shown = reference::instruments().iter().filter(|row| row.rights.value.ship_wording);
    shown.map(view).collect()
}

fn view(row: &reference::Instrument) -> InstrumentView {
    InstrumentView {
        instrument: row.id.to_string(),
        name: row.short.to_string(),
        title: row.title.to_string(),
        stem: row.stem.value.to_string(),
        items: row.items.value.iter().map(|item| item.text.to_string()).collect(),
        options: choices(&row.options.value),
        difficulty: row.unscored.value.first().map(|item| DifficultyView {
            text: item.text.to_string(),
            options: choices(row.options_of(item)),
        }),
        range: row.range.value,
        severity_bands: SeverityBand::all_of(Some(row)),
        credit: row.rights.value.credit.to_string(),
    }
}

fn choices(choices: &[reference::Choice]) -> Vec<ChoiceView> {
    let each = |choice: &reference::Choice| ChoiceView {
        score: choice.score,
        label: choice.text.to_string(),
    };
    choices.iter().map(each).collect()
}
