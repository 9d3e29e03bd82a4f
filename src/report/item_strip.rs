use serde::Serialize;

use crate::analysis::item_strip::{self as claim, StripPhase};
use crate::diary::{Day, Diary, Regimen};
use crate::error::{Code, Error, Message, Param, Result};
use crate::reference::{self, Instrument};

use super::phases::regimen_in_words;
use super::{AsOf, Finding, Words};

/// Which answers of a questionnaire moved between phases of the regimen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemStrip {
    /// The instrument.
    pub instrument: String,
    /// Its name.
    pub name: String,
    /// Its items, in order.
    pub items: Vec<StripItem>,
    /// Lowest and highest answer.
    pub answers: (u8, u8),
    /// The phases, in order of time.
    pub phases: Vec<StripPhaseView>,
    /// Readings left out because not every item has an answer.
    pub incomplete: usize,
    /// What the marks mean.
    pub note: String,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StripItem {
    /// The question.
    pub text: String,
    /// What it is about, where that can be a side effect as well.
    pub side_effect: Option<String>,
}

/// One phase with the answers given in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StripPhaseView {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// What is prescribed, in words.
    pub regimen: String,
    /// Readings counted.
    pub n: usize,
    /// Mean answer to each item; empty where no reading counts.
    pub answers: Vec<f64>,
    /// Mean total.
    pub total: Option<f64>,
    /// Mean total without the items that can be side effects.
    pub without: Option<f64>,
    /// Items, from 1, whose mean answer moved by a step or more since the phase before.
    pub moved: Vec<usize>,
    /// The share of the change that lies in items that can be side effects, in words; empty where
    /// there is nothing to compare.
    pub sentence: String,
    /// Difference of the total to the phase before.
    pub total_difference: Option<Finding>,
    /// Difference without the items that can be side effects.
    pub without_difference: Option<Finding>,
}

/// The item strip of an instrument.
///
/// # Errors
/// [`Code::UnknownValue`] at `instrument` when the tables do not list it or the diary holds no
/// reading with every item answered.
pub fn item_strip(
    diary: &Diary,
    instrument: &str,
    as_of: AsOf,
    words: &Words,
) -> Result<ItemStrip> {
    let unknown = || Error::new(Code::UnknownValue, "instrument").with("value", instrument);
    let row = reference::instruments().find(instrument).ok_or_else(unknown)?;
    let regimen = Regimen::of(diary);
    let window = as_of.window(diary);
    let looks = as_of.looks(diary);
    let strip = claim::item_strip(diary, (instrument, row), &regimen, window, &looks)
        .ok_or_else(unknown)?;
    let mut phases: Vec<StripPhaseView> = Vec::with_capacity(strip.phases.len());
    for phase in strip.phases {
        let sentence = phases
            .last()
            .and_then(|before| share(row, before, &phase))
            .map_or_else(String::new, |message| words.text(&message));
        phases.push(StripPhaseView {
            from: phase.whole.window.from,
            to: phase.whole.window.to,
            regimen: words.text(&regimen_in_words(diary, &regimen, &phase.whole.episodes)),
            n: phase.whole.n,
            answers: phase.items,
            total: phase.whole.mean,
            without: phase.without,
            moved: phase.moved,
            sentence,
            total_difference: phase.whole.difference.map(|found| Finding::of(&found, words)),
            without_difference: phase.without_difference.map(|found| Finding::of(&found, words)),
        });
    }
    let items = row.items.value.iter().enumerate().map(|(place, item)| StripItem {
        text: item.text.to_string(),
        side_effect: labels(row).find(|(of, _)| *of == place).map(|(_, label)| label.to_owned()),
    });
    Ok(ItemStrip {
        instrument: instrument.to_owned(),
        name: row.short.to_string(),
        items: items.collect(),
        answers: row.answer_range(),
        phases,
        incomplete: strip.incomplete,
        note: words.text(&Message::new("item-strip.note")),
    })
}

/// The marked items: place, from 0, and what each is about.
fn labels(row: &Instrument) -> impl Iterator<Item = (usize, &'static str)> {
    let marked = row.side_effect_items.iter().flat_map(|row| &row.value);
    marked.map(|row| (usize::from(row.item) - 1, row.label.as_str()))
}

/// How much of the change lies in the marked items and how much in the others.
fn share(row: &Instrument, before: &StripPhaseView, after: &StripPhase) -> Option<Message> {
    let things: Vec<Param> = labels(row).map(|(_, label)| label.into()).collect();
    if things.is_empty() {
        return None;
    }
    let others = after.without? - before.without?;
    let marked = after.whole.mean? - before.total? - others;
    let message = Message::new("item-strip.share").with("things", things);
    Some(message.with("marked", marked).with("others", others))
}
