use serde::Serialize;

use crate::reference::{self, Confidence, Equivalent, Policy};

use super::tables::{citations, marks};
use super::{AsOf, Words};

/// One published table of equivalents: for clinicians, under its own name, never a target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EquivalenceView {
    /// Id.
    pub id: &'static str,
    /// The name it is shown under.
    pub name: &'static str,
    /// `antidepressant`, `antipsychotic` or `benzodiazepine`.
    pub family: &'static str,
    /// What it cannot say.
    pub caveat: &'static str,
    /// Its rows, as published.
    pub rows: Vec<EquivalentView>,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub confidence: Confidence,
    /// What to mind of it.
    pub marks: Vec<String>,
}

/// One row: so much of a drug, and so much of the drug it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EquivalentView {
    /// Generic name.
    pub drug: &'static str,
    /// The route, as the table names it.
    pub route: Option<&'static str>,
    /// Milligrams, from and to.
    pub amount: [f64; 2],
    /// The drug it is compared with.
    pub of: &'static str,
    /// Milligrams of that drug, from and to.
    pub of_amount: [f64; 2],
    /// Days from one injection to the next.
    pub every: Option<u16>,
}

/// The tables that may be used, each by itself.
#[must_use]
pub fn equivalents(policy: &Policy, as_of: AsOf, words: &Words) -> Vec<EquivalenceView> {
    let tables = reference::pack().equivalence_tables().iter();
    tables
        .filter(|table| policy.allows(&table.id, table.confidence))
        .map(|table| EquivalenceView {
            id: table.id.as_str(),
            name: table.name.as_str(),
            family: table.family.as_str(),
            caveat: table.caveat.as_str(),
            rows: table.rows.iter().map(row).collect(),
            sources: citations(table.sources.as_str()),
            confidence: table.confidence,
            marks: marks(table.confidence, as_of, words),
        })
        .collect()
}

fn row(row: &Equivalent) -> EquivalentView {
    EquivalentView {
        drug: row.drug.as_str(),
        route: row.route.map(|route| route.as_str()),
        amount: [row.amount.low, row.amount.high],
        of: row.of.as_str(),
        of_amount: [row.of_amount.low, row.of_amount.high],
        every: row.every,
    }
}
