use serde::Serialize;

use crate::analysis::Columns;
use crate::analysis::trial_design::{self as claim, TrialQuestion};
use crate::diary::{Diary, EntryId, Regimen};
use crate::error::{Code, Error, Result};

use super::named::medicine_named;
use super::{AsOf, Finding, Outcome, Words};

/// How many days a trial with planned switches would take.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrialDesign {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// What its weeks would differ in.
    pub question: TrialQuestion,
    /// The outcome.
    pub outcome: Outcome,
    /// The smallest change that matters.
    pub points: f64,
    /// Days after a switch that are left out.
    pub carry_over_days: usize,
    /// What a trial of each length would bring.
    pub plans: Vec<PlanView>,
    /// The shortest whose interval is narrow enough.
    pub days_needed: Option<usize>,
    /// The statement.
    pub finding: Finding,
}

/// A trial of one length.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// Its days.
    pub days: usize,
    /// Mean half-width of the interval.
    pub half_width: f64,
    /// Share of such trials in which the change would be told from none.
    pub power: f64,
}

/// The design for a medicine and an outcome; `points` where the outcome has no smallest change that
/// matters of its own.
///
/// # Errors
/// [`Code::NoSuchEntry`] at `medicine`; [`Code::NotSuitable`] at `medicine`, with the reason;
/// [`Code::UnknownValue`] at `outcome` unless it is rated daily; [`Code::MissingField`] at `points`
/// where none is known.
pub fn trial_design(
    diary: &Diary,
    (medicine, question, outcome): (EntryId, TrialQuestion, &str),
    points: Option<f64>,
    as_of: AsOf,
    words: &Words,
) -> Result<TrialDesign> {
    let product = medicine_named(diary, medicine)?;
    let regimen = Regimen::of(diary);
    let now = regimen.on(as_of.today).find(|episode| episode.medicine == medicine);
    let schedule = now.map(|episode| episode.schedule.pattern());
    let carry_over = claim::carry_over(diary, as_of.today, product, (schedule, question))?;
    let columns = Columns::of(diary);
    let column = columns.find(outcome).filter(|column| column.outcome.is_daily());
    let column =
        column.ok_or_else(|| Error::new(Code::UnknownValue, "outcome").with("value", outcome))?;
    let points = points.or(column.outcome.smallest_change);
    let points = points.ok_or_else(|| Error::new(Code::MissingField, "points"))?;
    let window = as_of.window(diary);
    let found = claim::trial_design(&column.within(window), (question, carry_over), points, window);
    let plans = found.plans.iter().map(|plan| PlanView {
        days: plan.days,
        half_width: plan.half_width,
        power: plan.power,
    });
    Ok(TrialDesign {
        medicine,
        medicine_name: product.name.to_string(),
        question,
        outcome: Outcome::of(&column.outcome, column.len(), words),
        points: found.points,
        carry_over_days: found.carry_over_days,
        plans: plans.collect(),
        days_needed: found.days_needed,
        finding: Finding::of(&found.finding, words),
    })
}
