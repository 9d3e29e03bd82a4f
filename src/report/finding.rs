use serde::Serialize;

use crate::analysis;
use crate::diary::{Day, EntryId};
use crate::error::{Message, Param};

use super::Words;

/// One statement of the analysis, in words and in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What kind of statement it is.
    pub claim: &'static str,
    /// How sure it is.
    pub certainty: &'static str,
    /// The finding as a sentence.
    pub sentence: String,
    /// The doubt that belongs beside it.
    pub doubt: String,
    /// How it was reached, a sentence a line.
    pub why: Vec<String>,
    /// The estimate.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: &'static str,
    /// Lower end of the interval or band.
    pub low: Option<f64>,
    /// Upper end of the interval or band.
    pub high: Option<f64>,
    /// Values it rests on.
    pub n: usize,
    /// How many independent values would say as much, as a range.
    pub effective_n: Option<(f64, f64)>,
    /// Days of the window of which no value tells.
    pub days_missing: usize,
    /// The days it is about.
    pub window: WindowView,
    /// The look at which it was read, where it is read at looks.
    pub look: Option<Day>,
    /// The look before, where it was told then and is not now.
    pub weakened_since: Option<Day>,
    /// Name of the method.
    pub method: &'static str,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
}

/// The days a finding is about, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WindowView {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl From<analysis::Window> for WindowView {
    fn from(window: analysis::Window) -> Self {
        Self { from: window.from, to: window.to }
    }
}

impl Finding {
    /// Words a finding of the analysis.
    #[must_use]
    pub fn of(finding: &analysis::Finding, words: &Words) -> Self {
        let estimate = finding.estimate;
        let effective_n = estimate.and_then(|estimate| estimate.effective_n);
        let says_as_much = effective_n.map(|(few, many)| {
            Message::new("why.effective-n")
                .with("few", Param::Number(few, 0))
                .with("many", Param::Number(many, 0))
        });
        Self {
            claim: finding.claim.as_str(),
            certainty: finding.certainty.as_str(),
            sentence: words.text(&finding.sentence),
            doubt: words.text(&finding.doubt),
            why: finding.why.iter().chain(&says_as_much).map(|m| words.text(m)).collect(),
            value: estimate.map(|estimate| estimate.value),
            unit: finding.unit.as_str(),
            low: estimate.map(|estimate| estimate.low),
            high: estimate.map(|estimate| estimate.high),
            n: finding.n,
            effective_n,
            days_missing: finding.days_missing,
            window: finding.window.into(),
            look: finding.look,
            weakened_since: finding.weakened_since,
            method: finding.method,
            entries: finding.entries.clone(),
        }
    }
}
