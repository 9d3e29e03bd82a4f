use serde::Serialize;

use crate::analysis::Subject;
use crate::analysis::side_effect::{self as claim, Beside};
use crate::diary::{Day, Diary, EntryId, Regimen, Unit};
use crate::error::{Message, Result};

use super::named::{medicine_named, one_of_several};
use super::{AsOf, Finding, Words};

/// The unwanted effects of a diary beside one medicine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SideEffects {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// Whose doses these are, where the medicine holds several ingredients.
    pub follows: Option<String>,
    /// The first day looked at.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The effects, by first onset.
    pub effects: Vec<EffectView>,
}

/// One effect beside the medicine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EffectView {
    /// The person's word for it.
    pub term: String,
    /// How often it began.
    pub onsets: usize,
    /// The first onset.
    pub first: Day,
    /// Days from the step before it.
    pub days_after_step: Option<i32>,
    /// Share of all days that lie as soon after a step.
    pub by_chance: Option<f64>,
    /// What was recorded on each dose, doses ascending.
    pub doses: Vec<OnDoseView>,
    /// The unit of the doses.
    pub unit: Option<Unit>,
    /// Change of mean severity for one unit of dose, where doses went both up and down.
    pub slope: Option<f64>,
    /// What became of it after each fall of the dose.
    pub dechallenges: Vec<DechallengeView>,
    /// Onsets after a fall or an end of the dose; for clinicians only.
    pub after_falls: Option<Vec<AfterFallView>>,
    /// The statement.
    pub finding: Finding,
}

/// An effect on one dose.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnDoseView {
    /// The daily dose; 0 before, after and in pauses.
    pub dose: f64,
    /// Days on it.
    pub days: usize,
    /// Days with the effect.
    pub days_with: usize,
    /// Mean severity over its days, 0 without the effect to 3.
    pub mean_severity: f64,
}

/// An effect after the dose fell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DechallengeView {
    /// The day of the step.
    pub day: Day,
    /// Days to the effect's last day.
    pub days: Option<i32>,
    /// Whether it went away while the medicine left.
    pub went_away: Option<bool>,
}

/// An effect that began after the dose fell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AfterFallView {
    /// The onset.
    pub onset: Day,
    /// Days from the fall.
    pub days: i32,
    /// Days it lasted.
    pub lasted: Option<i32>,
    /// Whether it began as soon as signs of stopping mostly do.
    pub is_soon: bool,
    /// The timing in words.
    pub text: String,
}

/// The side effects of a diary beside `medicine`. What tells of stopping and relapse is there
/// for a clinician only.
///
/// # Errors
/// [`Code::NoSuchEntry`](crate::error::Code::NoSuchEntry) at `medicine`.
pub fn side_effects(
    diary: &Diary,
    medicine: EntryId,
    is_clinician: bool,
    as_of: AsOf,
    words: &Words,
) -> Result<SideEffects> {
    let product = medicine_named(diary, medicine)?;
    let (regimen, window) = (Regimen::of(diary), as_of.window(diary));
    let name = product.name.as_ref();
    let subject = Subject { diary, regimen: &regimen, medicine, name };
    let found = claim::side_effects(subject, window);
    Ok(SideEffects {
        medicine,
        medicine_name: name.to_owned(),
        follows: one_of_several(product, false, words),
        from: window.from,
        to: window.to,
        effects: found.iter().map(|beside| effect(beside, is_clinician, words)).collect(),
    })
}

fn effect(beside: &Beside, is_clinician: bool, words: &Words) -> EffectView {
    let after_fall = |after: &claim::AfterFall| {
        let count = |days: i32| usize::try_from(days).unwrap_or(0);
        let text = Message::new(match after.is_soon {
            true => "side-effect.soon-after-fall",
            false => "side-effect.long-after-fall",
        });
        AfterFallView {
            onset: after.onset,
            days: after.days,
            lasted: after.lasted,
            is_soon: after.is_soon,
            text: words
                .text(&text.with("days", count(after.days)).with("reach", count(after.reach))),
        }
    };
    EffectView {
        term: beside.term.clone(),
        onsets: beside.onsets,
        first: beside.first,
        days_after_step: beside.after_step.map(|(days, _)| days),
        by_chance: beside.after_step.map(|(_, share)| share),
        doses: (beside.doses.iter())
            .map(|on| OnDoseView {
                dose: on.dose,
                days: on.days,
                days_with: on.days_with,
                mean_severity: on.mean_severity,
            })
            .collect(),
        unit: beside.unit,
        slope: beside.slope,
        dechallenges: (beside.dechallenges.iter())
            .map(|after| DechallengeView {
                day: after.day,
                days: after.days,
                went_away: after.went_away,
            })
            .collect(),
        after_falls: is_clinician.then(|| beside.after_falls.iter().map(after_fall).collect()),
        finding: Finding::of(&beside.finding, words),
    }
}
