use serde::Serialize;

use crate::analysis::{Subject, exposure as claim};
use crate::diary::{Day, Diary, EntryId, Regimen};
use crate::error::Result;
use crate::reference::{self, Confidence};

use super::adherence::window_of;
use super::named::{medicine_named, no_answer_for, one_of_several};
use super::{AsOf, Column, Finding, Words};

/// The level of a medicine by a model: no measured level, and no concentration.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exposure {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// Whose level this is, where the medicine holds several ingredients.
    pub follows: Option<String>,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Points of time, in days since 1970-01-01.
    pub days: Column,
    /// The level by the doses recorded as taken; 1 is the settled mean level on `dose`.
    pub low: Column,
    /// The level if due doses without an entry were taken too.
    pub high: Column,
    /// The daily dose prescribed last.
    pub dose: f64,
    /// Hours in which half leaves.
    pub half_life_hours: HalfLife,
    /// Hours from a dose to its peak.
    pub hours_to_peak: f64,
    /// Days until nine tenths of a new level are reached.
    pub days_to_steady: Between,
    /// How many times the level of one dose the settled level comes to.
    pub accumulation: f64,
    /// Share of the usual level before a dose when the dose before it was missed.
    pub after_a_missed_dose: f64,
    /// The statement.
    pub finding: Finding,
}

/// A half-life between people, with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HalfLife {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How far it was checked.
    pub confidence: Confidence,
    /// Its source.
    pub source: String,
}

/// A range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Between {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The modelled level of `medicine` from `from` (its first step unless given) to `to` (its end, or
/// today).
///
/// # Errors
/// [`Code::NoSuchEntry`](crate::error::Code::NoSuchEntry) when the diary has no such medicine, [`Code::EndBeforeStart`](crate::error::Code::EndBeforeStart) when `to`
/// lies before `from`; [`Code::UnknownValue`](crate::error::Code::UnknownValue) at `medicine` when the tables hold no times for it, or
/// it has no daily dose.
pub fn exposure(
    diary: &Diary,
    medicine: EntryId,
    days: (Option<Day>, Option<Day>),
    as_of: AsOf,
    words: &Words,
) -> Result<Exposure> {
    let product = medicine_named(diary, medicine)?;
    let name = product.name.as_ref();
    let regimen = Regimen::of(diary);
    let window = window_of(&regimen, medicine, days, as_of.window(diary))?;
    let subject = Subject { diary, regimen: &regimen, medicine, name };
    let found = claim::exposure(subject, window, as_of.today).ok_or_else(|| no_answer_for(name))?;
    let half_life = found.half_life;
    let citation = |id| reference::pack().source(id).map(|source| source.citation.to_string());
    let (soonest, latest) = found.days_to_steady;
    Ok(Exposure {
        medicine,
        medicine_name: name.to_owned(),
        follows: one_of_several(product, true, words),
        from: window.from,
        to: window.to,
        days: found.times.into(),
        low: found.low.into(),
        high: found.high.into(),
        dose: found.dose,
        half_life_hours: HalfLife {
            low: half_life.value.low,
            high: half_life.value.high,
            confidence: half_life.confidence,
            source: half_life.sources.ids().filter_map(citation).collect::<Vec<_>>().join(" "),
        },
        hours_to_peak: found.hours_to_peak,
        days_to_steady: Between { low: soonest, high: latest },
        accumulation: found.accumulation,
        after_a_missed_dose: found.after_a_missed_dose,
        finding: Finding::of(&found.finding, words),
    })
}
