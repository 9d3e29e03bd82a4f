//! What usually comes next on the way with a medicine: assessment, plan, start low, trial, follow-up,
//! adjusting, long-term or taper.
//!
//! Each row is what people are told at one [`Stage`], and how many weeks the stage usually takes. It
//! tells what is usual, and never what to do.

use super::reading::row;
use super::{Condition, Confidence, Known, Pack, Sources, Text};
use crate::diary::words;

words! {
    /// Where a medicine stands on its way.
    Stage {
        /// Its first dose lies ahead.
        Planned = "planned",
        /// It was just begun, or its dose is still being brought up.
        Starting = "starting",
        /// On a usual dose, for less time than a trial takes.
        InTrial = "in-trial",
        /// On a dose and for a time that a source calls an adequate trial.
        Adequate = "adequate",
        /// As long as a trial takes; whether the dose was an adequate one is not known here.
        WeeksOver = "weeks-over",
        /// Taken on while well, or for months without a rise.
        Maintained = "maintained",
        /// Taken; how long a trial of it takes is not known here.
        Taking = "taking",
        /// Brought down step by step.
        Tapering = "tapering",
        /// Paused.
        Paused = "paused",
        /// Ended.
        Stopped = "stopped",
    }
}

/// What usually comes next at a stage.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Expectation {
    /// Kebab-case id, for example `"in-trial-antidepressant"`.
    pub id: Text,
    /// The stage.
    pub stage: Stage,
    /// Ids of medicines and groups; empty for every medicine.
    pub of: Vec<Text>,
    /// The condition without which it does not hold.
    pub condition: Option<Condition>,
    /// Weeks the stage usually takes; in [`Stage::Maintained`] the weeks of being well after which
    /// going on or tapering is talked over. `None`: not known here.
    pub weeks: Option<u16>,
    /// Key of its sentence, `journey.next-…`.
    pub says: Text,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(Expectation { id, stage, of, condition, weeks, says, sources, confidence });

impl Pack {
    /// Every expectation, by id.
    #[must_use]
    pub fn expectations(&self) -> &[Expectation] {
        &self.expectations
    }

    /// What usually comes next with something taken, by a person with the conditions that `has` holds
    /// of: the row on the condition before the one on the kind of medicine before the one on all.
    pub fn expectation(
        &self,
        known: Option<Known<'_>>,
        stage: Stage,
        has: impl Fn(Condition) -> bool,
    ) -> Option<&Expectation> {
        let holds = |row: &&Expectation| {
            let is_party = || known.is_some_and(|known| self.is_party(known, &row.of));
            row.stage == stage
                && row.condition.is_none_or(&has)
                && (row.of.is_empty() || is_party())
        };
        let rows = self.expectations.iter().filter(holds);
        rows.max_by_key(|row| (row.condition.is_some(), !row.of.is_empty()))
    }
}
