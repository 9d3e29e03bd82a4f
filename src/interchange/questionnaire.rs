//! The wording of an instrument, brought by whoever may use it.
//!
//! Scoring, bands and thresholds stand in the tables of `reference`. Where the *wording* needs a
//! permission, a portal that has it brings the words as a FHIR R4 `Questionnaire`: its items in the
//! order of the instrument, each of type `choice` with its answers and their scores. What is read is
//! held against the tables, so that what is shown and what is scored cannot differ: as many items,
//! with exactly the scores that the tables score. Groups are opened; displays and the items that
//! hold a total are passed over; what a form computes or shows by rules of its own is not read.

use std::borrow::Cow;

use serde::Deserializer;

use crate::diary::{Fields, Value, read_nested_fields};
use crate::error::{Code, Error, Result};
use crate::reference::{self, Choice, Instrument, Item};
use crate::report::{AnswerOption, Difficulty, InstrumentView, Words};

/// Levels of a resource that are read: a score in an option in an item, in two groups.
const LEVELS: u8 = 14;
const LOINC: &str = "http://loinc.org";
/// Ends of the addresses of the extensions that hold the score of an answer.
const SCORES: [&str; 3] = ["/ordinalValue", "/itemWeight", "/iso21090-CO-value"];

/// Reads a FHIR R4 `Questionnaire` that words an instrument of the tables, found by its LOINC code, or
/// by its address, name, title or id.
///
/// # Errors
/// [`Code::UnknownValue`] at `resourceType`, at `status` unless it is `active`, at `url` for an
/// instrument that the tables do not have, and at an item of a type that is not read;
/// [`Code::MissingField`] for an item without words or answers and an answer without words or score;
/// [`Code::UnfitQuestionnaire`] for another number of items, for items in another order and for other
/// scores than the tables have.
pub fn read_questionnaire<'de>(
    questionnaire: impl Deserializer<'de>,
    words: &Words,
) -> Result<InstrumentView> {
    let mut form = read_nested_fields(questionnaire, LEVELS)?;
    let is = |wanted: &'static str| move |text: &str| (text == wanted).then_some(());
    form.needed_word("resourceType", is("Questionnaire"))?;
    form.needed_word("status", is("active"))?;
    let title = form.note("title")?.map(String::from);
    let row = instrument_of(&mut form, title.as_deref())?;
    let mut read = Reading::default();
    read.items(form.any("item"), "")?;
    let Reading { stem, questions } = read;

    let unscored = &row.unscored.value;
    let (least, most) = (row.items.value.len(), row.items.value.len() + unscored.len());
    if !(least..=most).contains(&questions.len()) {
        return Err(unfit(row, "item", questions.len().to_string(), least.to_string()));
    }
    let mut view = InstrumentView::of(row, words);
    view.title = title.unwrap_or(view.title);
    view.language = form.name("language")?.map(String::from);
    view.credit = match form.note("copyright")? {
        Some(credit) => credit.into(),
        None => row.rights.value.holder.to_string(),
    };
    view.stem = stem.unwrap_or_default();
    (view.items, view.options, view.item_options) = (Vec::new(), Vec::new(), Vec::new());
    view.difficulty = None;
    for (question, item) in questions.into_iter().zip(row.items.value.iter().chain(unscored)) {
        let Worded { text, options } = question.worded(row, item)?;
        if view.items.len() < least {
            view.items.push(text);
            view.item_options.push(options);
        } else {
            view.difficulty = Some(Difficulty { text, options });
        }
    }
    Ok(view)
}

/// The instrument that a form words.
fn instrument_of(form: &mut Fields<'_>, title: Option<&str>) -> Result<&'static Instrument> {
    let codes = loinc_codes(form.any("code")).map_err(|error| error.inside("code"))?;
    let rows = || reference::instruments().iter();
    let has_code = |row: &&Instrument| {
        row.loinc_panel.value.is_some_and(|panel| codes.iter().any(|code| *code == panel.as_str()))
    };
    if let Some(row) = rows().find(has_code) {
        return Ok(row);
    }
    let (url, name, id) = (form.text("url")?, form.text("name")?, form.text("id")?);
    let given = [url.as_deref(), name.as_deref(), title, id.as_deref()];
    let last = |text: &'_ str| text.rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = given.into_iter().flatten().map(last).collect();
    let parts = || names.iter().flat_map(|name| name.split(['|', '(', ')']));
    let is_named = |row: &&Instrument| {
        let mut known = row.aliases.iter().chain([&row.id, &row.short, &row.title]);
        known.any(|known| parts().any(|part| plain(part) == plain(known)))
    };
    let unknown = || {
        let given = names.first().cloned().unwrap_or_default();
        Error::new(Code::UnknownValue, "url").with("value", given)
    };
    rows().find(is_named).ok_or_else(unknown)
}

/// A name as it is compared: letters and digits alone.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The LOINC codes of a list of codings.
fn loinc_codes(codings: Value<'_>) -> Result<Vec<Cow<'_, str>>> {
    if codings.is_absent() {
        return Ok(Vec::new());
    }
    Ok(codings.list_of(loinc_code)?.into_iter().flatten().collect())
}

fn loinc_code(coding: Value<'_>) -> Result<Option<Cow<'_, str>>> {
    let mut coding = coding.object()?;
    let is_loinc = coding.text("system")?.is_some_and(|system| system == LOINC);
    Ok(coding.text("code")?.filter(|_| is_loinc))
}

/// The questions of a form, in its order, and what stands above them.
#[derive(Default)]
struct Reading<'a> {
    stem: Option<String>,
    questions: Vec<Question<'a>>,
}

/// An item of type `choice`, and the path it stands at.
struct Question<'a> {
    path: String,
    item: Fields<'a>,
}

struct Worded {
    text: String,
    options: Vec<AnswerOption>,
}

impl<'a> Reading<'a> {
    /// Reads the items of a form, or of a group; `path` leads to them.
    fn items(&mut self, items: Value<'a>, path: &str) -> Result<()> {
        if items.is_absent() {
            return Err(Error::new(Code::MissingField, "item"));
        }
        let items = items.list().map_err(|error| error.inside("item"))?;
        for (place, item) in items.into_iter().enumerate() {
            let name = format!("item[{place}]");
            let path = [path, &name].concat();
            self.item(item, path).map_err(|error| error.inside(&name))?;
        }
        Ok(())
    }

    fn item(&mut self, item: Value<'a>, path: String) -> Result<()> {
        let mut item = item.object()?;
        let kind = item.text("type")?.unwrap_or_default();
        match kind.as_ref() {
            "choice" => self.questions.push(Question { path, item }),
            "group" | "display" => {
                let text = item.note("text")?.map(String::from);
                if self.questions.is_empty() {
                    self.stem = self.stem.take().or(text);
                }
                if kind == "group" {
                    self.items(item.any("item"), &(path + "."))?;
                }
            }
            "decimal" | "integer" | "quantity" => {}
            "" => return Err(Error::new(Code::MissingField, "type")),
            other => return Err(Error::new(Code::UnknownValue, "type").with("value", other)),
        }
        Ok(())
    }
}

impl Question<'_> {
    /// The words of a question that stands in the place of `item` of the tables.
    fn worded(self, row: &Instrument, item: &Item) -> Result<Worded> {
        let Self { path, item: mut fields } = self;
        let inside = |error: Error| error.inside(&path);
        let codes =
            loinc_codes(fields.any("code")).map_err(|error| inside(error.inside("code")))?;
        let of_another = |code: &&Cow<'_, str>| {
            let others = row.items.value.iter().filter(|other| other.loinc != item.loinc);
            others.filter_map(|other| other.loinc).any(|loinc| **code == loinc.as_str())
        };
        if let (Some(wanted), Some(code)) = (item.loinc, codes.iter().find(of_another)) {
            return Err(inside(unfit(row, "code", code.to_string(), wanted.to_string())));
        }
        let text = fields.note("text").map_err(inside)?;
        let text = text.ok_or_else(|| inside(Error::new(Code::MissingField, "text")))?;
        let offered = fields.any("answerOption");
        let wanted = row.options_of(item);
        let options = match offered.is_absent() {
            true => Err(Error::new(Code::MissingField, "")),
            false => offered.list_of(|option| answer(option, wanted)),
        };
        let options = options.map_err(|error| inside(error.inside("answerOption")))?;
        let is_offered =
            |choice: &Choice| options.iter().any(|option| option.score == choice.score);
        if options.len() != wanted.len() || !wanted.iter().all(is_offered) {
            let found = listed(options.iter().map(|option| option.score));
            let wanted = listed(wanted.iter().map(|choice| choice.score));
            return Err(inside(unfit(row, "answerOption", found, wanted)));
        }
        Ok(Worded { text: text.into(), options })
    }
}

fn listed(scores: impl Iterator<Item = u8>) -> String {
    scores.map(|score| score.to_string()).collect::<Vec<_>>().join(", ")
}

/// One answer: its words and its score. The score is that of an extension of the option or its coding,
/// or the one that the tables know the LOINC answer code by, or the number that the option is.
fn answer(option: Value<'_>, known: &[Choice]) -> Result<AnswerOption> {
    let mut option = option.object()?;
    let mut score = score_in(&mut option)?;
    let mut label = option.note("valueString")?;
    if let Some(mut coding) = option.object("valueCoding")? {
        let inside = |error: Error| error.inside("valueCoding");
        score = score.or(score_in(&mut coding).map_err(inside)?);
        let code = coding.text("code").map_err(inside)?;
        let by_code =
            |choice: &&Choice| choice.loinc.is_some_and(|it| code == Some(it.as_str().into()));
        score = score.or_else(|| known.iter().find(by_code).map(|choice| choice.score));
        label = coding.note("display").map_err(inside)?;
        label.as_ref().ok_or_else(|| Error::new(Code::MissingField, "valueCoding.display"))?;
    }
    if let Some(number) = option.whole("valueInteger", 0.0..=f64::from(u8::MAX))? {
        score = score.or(Some(number as u8));
        label = Some(number.to_string().into());
    }
    let label = label.ok_or_else(|| Error::new(Code::MissingField, "valueCoding"))?;
    let score = score.ok_or_else(|| Error::new(Code::MissingField, "extension"))?;
    Ok(AnswerOption { score, label: label.into() })
}

/// The score in the extensions of an option or a coding.
fn score_in(of: &mut Fields<'_>) -> Result<Option<u8>> {
    let score = |extension: Value<'_>| {
        let mut extension = extension.object()?;
        let is_score =
            extension.text("url")?.is_some_and(|url| SCORES.iter().any(|end| url.ends_with(end)));
        let score = extension.any("valueDecimal");
        if !is_score || score.is_absent() {
            return Ok(None);
        }
        let score =
            score.whole(0.0..=f64::from(u8::MAX)).map_err(|error| error.inside("valueDecimal"))?;
        Ok(Some(score as u8))
    };
    Ok(of.list_of("extension", score)?.into_iter().flatten().next())
}

fn unfit(row: &Instrument, field: &str, found: String, wanted: String) -> Error {
    let refusal = Error::new(Code::UnfitQuestionnaire, field).with("known", row.short.as_str());
    refusal.with("found", found).with("wanted", wanted)
}
