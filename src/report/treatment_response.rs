use serde::Serialize;

use crate::analysis::Columns;
use crate::analysis::treatment_response as claim;
use crate::diary::{Day, Diary, EntryId, Regimen};
use crate::error::{Code, Error, Result};
use crate::reference;

use super::named::{medicine_named, no_answer_for};
use super::{AsOf, Finding, Words};

/// Whether published rules on an instrument are met since a medicine's start.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TreatmentResponse {
    /// The instrument.
    pub instrument: String,
    /// Its name.
    pub name: String,
    /// The medicine.
    pub medicine: EntryId,
    /// The day of its latest start.
    pub start: Day,
    /// The readings before the start, where there are two.
    pub baseline: Option<BaselineView>,
    /// The latest reading since.
    pub latest: Option<LatestView>,
    /// Latest less baseline.
    pub change: Option<f64>,
    /// The change in per cent of the baseline.
    pub percent_change: Option<f64>,
    /// The change that would be expected anyway, by regression to the mean.
    pub expected_anyway: Option<ExpectedView>,
    /// Each rule with what it says.
    pub rules: Vec<RuleView>,
    /// The statement.
    pub finding: Finding,
}

/// The part of a change that regression to the mean lets expect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ExpectedView {
    /// Points of the scale.
    pub change: f64,
    /// Lower end of the range over what the model leaves open.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The readings before a start.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BaselineView {
    /// Their mean.
    pub mean: f64,
    /// How many.
    pub n: usize,
    /// Day of the first.
    pub from: Day,
    /// Day of the last.
    pub to: Day,
}

/// One reading.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LatestView {
    /// Its total.
    pub total: f64,
    /// Its day.
    pub day: Day,
}

/// A published rule and what it says of the readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Which rule.
    pub rule: &'static str,
    /// Whether it is met; `None` while two consecutive readings, or a baseline, are missing.
    pub met: Option<bool>,
    /// Since which reading.
    pub since: Option<Day>,
    /// The rule in words.
    pub text: String,
    /// Where its numbers come from.
    pub source: String,
}

/// The response on `instrument` since the latest start of `medicine`.
///
/// # Errors
/// [`Code::NoSuchEntry`] at `medicine`; [`Code::UnknownValue`] at `instrument` when the tables do
/// not list it or the diary holds no reading, and at `medicine` when it was never begun or only ever
/// taken as needed.
pub fn treatment_response(
    diary: &Diary,
    medicine: EntryId,
    instrument: &str,
    as_of: AsOf,
    words: &Words,
) -> Result<TreatmentResponse> {
    let product = medicine_named(diary, medicine)?;
    let unknown = || Error::new(Code::UnknownValue, "instrument").with("value", instrument);
    let row = reference::instruments().find(instrument).ok_or_else(unknown)?;
    let columns = Columns::of(diary);
    let column = columns.find(instrument).ok_or_else(unknown)?;
    let regimen = Regimen::of(diary);
    let name = product.name.as_ref();
    let reading = as_of.looks(diary).reading(as_of.window(diary));
    let medicine_named = (medicine, name);
    let found =
        claim::treatment_response(column, row, &regimen, medicine_named, as_of.today, &reading);
    let found = found.filter(|found| !found.only_as_needed).ok_or_else(|| no_answer_for(name))?;
    let sources = |rule: &claim::Verdict| -> String {
        let citation = |id: &reference::SourceId| {
            reference::pack().source(*id).map(|source| source.citation.to_string())
        };
        rule.sources.iter().filter_map(citation).collect::<Vec<_>>().join(" ")
    };
    Ok(TreatmentResponse {
        instrument: instrument.to_owned(),
        name: row.short.to_string(),
        medicine,
        start: found.start,
        baseline: found.baseline.map(|baseline| BaselineView {
            mean: baseline.mean,
            n: baseline.n,
            from: baseline.from,
            to: baseline.to,
        }),
        latest: found.latest.map(|(total, day)| LatestView { total, day }),
        change: found.change,
        percent_change: found.per_cent,
        expected_anyway: found.expected.map(|expected| ExpectedView {
            change: expected.change,
            low: expected.low,
            high: expected.high,
        }),
        rules: found
            .rules
            .iter()
            .map(|rule| RuleView {
                rule: rule.rule.as_str(),
                met: rule.met,
                since: rule.since,
                text: words.text(&rule.text),
                source: sources(rule),
            })
            .collect(),
        finding: Finding::of(&found.finding, words),
    })
}
