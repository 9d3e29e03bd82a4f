//! What the reference tables say of themselves, and the marks that what rests on them bears.

use serde::Serialize;

use crate::error::Message;
use crate::reference::{self, Confidence, Policy};

use super::{AsOf, Words};

/// The pack of tables in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TablesView {
    /// Its version.
    pub version: &'static str,
    /// Day it was issued.
    pub issued: String,
    /// Day by which it should have been reviewed.
    pub review_by: String,
    /// Whether that day is past.
    pub is_old: bool,
    /// The least confidence of a row that is used.
    pub least_confidence: Confidence,
}

/// The pack in use, and what is let through of it.
#[must_use]
pub fn tables(policy: &Policy, as_of: AsOf) -> TablesView {
    let about = reference::pack().about();
    TablesView {
        version: about.version,
        issued: about.issued.to_string(),
        review_by: about.review_by.to_string(),
        is_old: is_old(as_of),
        least_confidence: policy.least,
    }
}

/// A kind of medicine that a person can name for one that is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MedicineKind {
    /// What the `class` of a medicine names.
    pub class: &'static str,
    /// Plain name.
    pub name: &'static str,
}

/// Groups besides the classes that people know by name.
const KNOWN_GROUPS: &[&str] = &[
    "anticoagulant",
    "decongestant",
    "hormonal-contraceptive",
    "loop-diuretic",
    "nsaid",
    "opioid",
    "thiazide",
    "triptan",
];

/// The kinds that rules know, in the order of the tables.
#[must_use]
pub fn medicine_kinds() -> Vec<MedicineKind> {
    let pack = reference::pack();
    let of_class = pack.subclasses().iter().map(|row| (row.id.as_str(), row.name));
    let groups = pack.groups().iter().filter(|row| KNOWN_GROUPS.contains(&row.id.as_str()));
    let of_group = groups.map(|row| (row.id.as_str(), row.name));
    of_class
        .chain(of_group)
        .map(|(class, name)| MedicineKind { class, name: name.as_str() })
        .collect()
}

/// A side effect that a person can notice, as it is found by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideEffectName {
    /// Plain name.
    pub name: &'static str,
    /// What else it is called, the clinical term first.
    pub also: Vec<&'static str>,
}

/// The side effects that a person can notice, in the order of the tables.
#[must_use]
pub fn side_effect_names() -> Vec<SideEffectName> {
    let rows = reference::pack().side_effects().iter().filter(|row| row.noticeable);
    rows.map(|row| {
        let name = row.name.as_str();
        let mut also: Vec<&str> = Vec::new();
        for other in std::iter::once(&row.term).chain(&row.also) {
            let is_same = |one: &str| one.to_lowercase() == other.to_lowercase();
            if !is_same(name) && !also.iter().copied().any(is_same) {
                also.push(other);
            }
        }
        SideEffectName { name, also }
    })
    .collect()
}

fn is_old(as_of: AsOf) -> bool {
    as_of.today.date() > reference::pack().about().review_by
}

/// What to mind of something that rests on the tables.
pub(super) fn marks(confidence: Confidence, as_of: AsOf, words: &Words) -> Vec<String> {
    let general = confidence == Confidence::GeneralKnowledge;
    let marks = [(general, "safety.general-knowledge"), (is_old(as_of), "safety.tables-are-old")];
    marks
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, id)| words.text(&Message::new(id)))
        .collect()
}

/// The citations of sources, by their ids with blanks between.
pub(super) fn citations(ids: &str) -> Vec<String> {
    let cited = |id: &str| {
        let row = reference::pack().sources().iter().find(|row| row.id.as_str() == id)?;
        Some(row.citation.to_string())
    };
    ids.split(' ').filter_map(cited).collect()
}
