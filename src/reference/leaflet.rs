//! What people are told about a kind of medicine or a condition.
//!
//! A leaflet is a list of lines, each with its own source; the words stand in the language's
//! catalogue under the line's key. It says what a thing is for and what to ask, never what to do
//! about a dose.

use super::reading::{columns, row};
use super::{Confidence, Known, Pack, Sources, Text};
use crate::diary::words;

words! {
    /// A condition with a suggested set of instruments and a leaflet.
    Condition {
        /// Attention deficit and hyperactivity.
        Adhd = "adhd",
        /// Lasting worry.
        Anxiety = "anxiety",
        /// Bipolar disorder.
        Bipolar = "bipolar",
        /// Depression.
        Depression = "depression",
        /// Obsessive-compulsive disorder.
        Ocd = "ocd",
        /// Panic attacks.
        Panic = "panic",
        /// After trauma.
        Ptsd = "ptsd",
        /// Sleeplessness.
        Sleep = "sleep",
    }
}

/// What to follow in one condition: a suggestion, to be changed as the person and the prescriber
/// like. How often follows each instrument's recall.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConditionSet {
    /// The condition.
    pub id: Condition,
    /// What people call it, the plain name first.
    pub names: Vec<Text>,
    /// Ids of instruments, the main one first.
    pub instruments: Vec<Text>,
    /// Ids of built-in outcomes of the check-in.
    pub outcomes: Vec<Text>,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(ConditionSet { id, names, instruments, outcomes, sources, confidence });

/// Beginnings of the words in which people tell of bipolar disorder.
pub const BIPOLAR: &[&str] = &["bipolar", "manic", "mania", "cyclothym"];
/// Beginnings of the words in which people tell of bipolar disorder or a psychosis.
pub const MANIA_OR_PSYCHOSIS: &[&str] = &{
    let mut words = ["psychosis", "psychotic", "schizo", "", "", "", ""];
    words.split_at_mut(3).1.copy_from_slice(BIPOLAR);
    words
};
/// Beginnings of the words in which people tell of obsessive-compulsive disorder.
pub const OBSESSIVE: &[&str] = &["ocd", "obsessive"];

impl ConditionSet {
    /// The words in which people tell of the condition, each the beginning of one.
    #[must_use]
    pub fn told_as(&self) -> Vec<&str> {
        [self.id.as_str()].into_iter().chain(self.names.iter().map(|name| &**name)).collect()
    }
}

words! {
    /// Which question a line answers.
    LeafletPart {
        /// What it is for.
        For = "for",
        /// How it is thought to work.
        How = "how",
        /// How and when to take it.
        Take = "take",
        /// How long it usually takes.
        HowLong = "how-long",
        /// What people often notice.
        Notice = "notice",
        /// What not to do alone.
        NotAlone = "not-alone",
        /// What to ask.
        Ask = "ask",
    }
}

/// What people are told about some medicines, or about a condition.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Leaflet {
    /// Kebab-case id; of a condition: `condition-` and the [`Condition`].
    pub id: Text,
    /// Ids of the medicines and groups it is about; empty for a condition.
    pub of: Vec<Text>,
    /// The lines, in the order of [`LeafletPart`].
    pub lines: Vec<Line>,
}

row!(Leaflet { id, of, lines });

/// One line. In JSON: `["part", "leaflet.…", "sources", "confidence"]`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Line {
    /// Which question it answers.
    pub part: LeafletPart,
    /// Key of its sentence, `leaflet.…`.
    pub says: Text,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

columns!(Line { part, says, sources, confidence });

impl Pack {
    /// Every leaflet, by id.
    #[must_use]
    pub fn leaflets(&self) -> &[Leaflet] {
        &self.leaflets
    }

    /// The leaflet on something taken: one that names it before one on its class.
    #[must_use]
    pub fn leaflet(&self, known: Known<'_>) -> Option<&Leaflet> {
        let fit = |row: &Leaflet| row.of.iter().filter_map(|id| self.match_one(known, *id)).max();
        let fits = self.leaflets.iter().filter_map(|row| Some((fit(row)?, row)));
        fits.max_by_key(|(named, _)| *named).map(|(_, row)| row)
    }

    /// What to follow, one set for each [`Condition`], in its order.
    #[must_use]
    pub fn condition_sets(&self) -> &[ConditionSet] {
        &self.condition_sets
    }
}
