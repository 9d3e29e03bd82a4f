use serde::Serialize;

use crate::error::Message;
use crate::reference::{self, Choice, Instrument};

use super::{SeverityBand, Words};

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
    /// The language of title, stem, items and answers, a BCP 47 tag; `None`: the diary's.
    pub language: Option<String>,
    /// How far back to think.
    pub recall: String,
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
    /// Numbers of the items, from 1, whose answer matters by itself. Who sees it is said before.
    pub safety_items: Vec<u8>,
    /// The question that is asked and never scored.
    pub difficulty: Option<Difficulty>,
    /// What becomes of the total when questions are skipped.
    pub skipping: String,
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

/// The instruments whose wording may be shown: those that ship with it, and those of which a portal
/// `brought` the wording, which takes the place of ours.
#[must_use]
pub fn instruments(brought: &[InstrumentView], words: &Words) -> Vec<InstrumentView> {
    let view = |row: &Instrument| {
        let own = brought.iter().find(|view| view.instrument == row.id.as_str());
        let shipped = || row.rights.value.ship_wording.then(|| InstrumentView::of(row, words));
        own.cloned().or_else(shipped)
    };
    reference::instruments().iter().filter_map(view).collect()
}

impl InstrumentView {
    /// What the tables have of an instrument; short labels for its items where its wording needs
    /// permission.
    pub(crate) fn of(row: &Instrument, words: &Words) -> Self {
        let items = &row.items.value;
        Self {
            instrument: row.id.to_string(),
            name: row.short.to_string(),
            title: row.title.to_string(),
            language: None,
            recall: recall(row.recall_days.value, words),
            stem: row.stem.value.to_string(),
            items: items.iter().map(|item| item.text.to_string()).collect(),
            options: worded(&row.options.value),
            item_options: items.iter().map(|item| worded(&item.options)).collect(),
            asked_if: items.iter().map(|item| item.asked_if).collect(),
            safety_items: row.safety_items.iter().map(|rule| rule.value.item).collect(),
            difficulty: row.unscored.value.first().map(|item| Difficulty {
                text: item.text.to_string(),
                options: worded(row.options_of(item)),
            }),
            skipping: skipping(row, words),
            range: row.range.value,
            severity_bands: SeverityBand::all_of(Some(row)),
            credit: row.rights.value.credit.to_string(),
        }
    }
}

/// How far back to think: whole years, months or weeks where the days make them.
fn recall(days: Option<u16>, words: &Words) -> String {
    let Some(days) = days.map(usize::from) else { return String::new() };
    let message = match days {
        365 => Message::new("questionnaire.year"),
        30 => Message::new("questionnaire.month"),
        31.. => Message::new("questionnaire.months").with("n", days / 30),
        14 => Message::new("questionnaire.weeks").with("n", days / 7),
        _ => Message::new("questionnaire.days").with("n", days),
    };
    words.text(&message)
}

fn skipping(row: &Instrument, words: &Words) -> String {
    let allowed = usize::from(row.missing.value.prorate_up_to);
    words.text(&match allowed {
        0 => Message::new("questionnaire.skip-none"),
        _ => Message::new("questionnaire.skip").with("n", allowed),
    })
}

fn worded(choices: &[Choice]) -> Vec<AnswerOption> {
    let option =
        |choice: &Choice| AnswerOption { score: choice.score, label: choice.text.to_string() };
    choices.iter().map(option).collect()
}
