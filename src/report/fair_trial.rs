use serde::Serialize;

use crate::analysis::{Columns, fair_trial as claim};
use crate::diary::{Day, Diary, EntryId, Regimen};

use super::{AsOf, Finding, Words};

/// The goal that was set at a step, and whether it was reached by its review.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FairTrial {
    /// The step.
    pub step: EntryId,
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// The outcome, as the goal names it.
    pub outcome: String,
    /// What it is called.
    pub outcome_name: String,
    /// How much better counts as success.
    pub points: f64,
    /// The day of the step.
    pub start: Day,
    /// The day on which it is read.
    pub review: Day,
    /// How far it is.
    pub state: &'static str,
    /// Values of its days that came in after the review and are left out.
    pub late: usize,
    /// Entries of its days that were changed or removed after the review.
    pub changed: usize,
    /// The statement.
    pub finding: Finding,
}

/// The trials of a diary, by the day of their step.
#[must_use]
pub fn fair_trials(diary: &Diary, as_of: AsOf, words: &Words) -> Vec<FairTrial> {
    let (columns, regimen) = (Columns::of(diary), Regimen::of(diary));
    let trials = claim::fair_trials(diary, &columns, &regimen, (as_of.today, as_of.day_start));
    let view = |found: claim::FairTrial| FairTrial {
        step: found.step,
        medicine: found.medicine,
        medicine_name: diary
            .medicine(found.medicine)
            .map_or_else(String::new, |medicine| medicine.name.to_string()),
        outcome: found.trial.outcome.to_string(),
        outcome_name: words.heading(&found.outcome),
        points: found.trial.points,
        start: found.start,
        review: found.review,
        state: found.state.as_str(),
        late: found.late,
        changed: found.changed,
        finding: Finding::of(&found.finding, words),
    };
    trials.into_iter().map(view).collect()
}
