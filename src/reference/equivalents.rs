//! Published tables of doses that are said to do the same.
//!
//! For clinicians only. The tables answer different questions and disagree; each is shown under its
//! own name and caveat, none is averaged with another, and none is ever a target.

use super::reading::{columns, row};
use super::{Confidence, Pack, Range, Sources, Text};

/// One published table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EquivalenceTable {
    /// Id, for example `"gardner2010"`.
    pub id: Text,
    /// The name it is shown under.
    pub name: Text,
    /// `"antidepressant"`, `"antipsychotic"` or `"benzodiazepine"`; never summed across them.
    pub family: Text,
    /// What it cannot say.
    pub caveat: Text,
    /// Its rows, as published.
    pub rows: Vec<Equivalent>,
    /// The paper.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(EquivalenceTable { id, name, family, caveat, rows, sources, confidence });

/// One row. In JSON: `[drug, route, [low, high], of, [low, high], every]`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Equivalent {
    /// Generic name; not every one is among the medicines.
    pub drug: Text,
    /// The route, as the table names it.
    pub route: Option<Text>,
    /// Milligrams.
    pub amount: Range,
    /// The drug it is compared with.
    pub of: Text,
    /// Milligrams of that drug.
    pub of_amount: Range,
    /// Days from one injection to the next.
    pub every: Option<u16>,
}

columns!(Equivalent { drug, route, amount, of, of_amount, every });

impl Pack {
    /// Every table, by id.
    #[must_use]
    pub fn equivalence_tables(&self) -> &[EquivalenceTable] {
        &self.equivalents
    }
}
