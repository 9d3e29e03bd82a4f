use serde::Serialize;

use crate::analysis::lag as claim;
use crate::analysis::{Columns, DoseCourse, Reading, settling_of};
use crate::diary::{Diary, EntryId, Regimen};
use crate::error::Result;

use super::named::{medicine_named, no_answer_for, one_of_several, outcome_named};
use super::{AsOf, Finding, Outcome, Words};

/// The answer to a dose at each assumed lag.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LagStrip {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// Whose doses these are, where the medicine holds several ingredients.
    pub follows: Option<String>,
    /// The outcome.
    pub outcome: Outcome,
    /// One row a lag, in weeks from 0.
    pub lags: Vec<LagView>,
    /// The lag in days that the claims use, fixed by the medicine's wash-in.
    pub fixed_days: u16,
    /// How often the dose turned round.
    pub reversals: usize,
    /// Least and most weeks that the data allow, after four reversals.
    pub estimated_weeks: Option<(u8, u8)>,
    /// The statement.
    pub finding: Finding,
}

/// One lag.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LagView {
    /// The lag in weeks.
    pub weeks: usize,
    /// Difference between the highest and the lowest dose.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The lag strip of a medicine and an outcome.
///
/// # Errors
/// [`Code::NoSuchEntry`](crate::error::Code::NoSuchEntry) at `medicine`; [`Code::UnknownValue`](crate::error::Code::UnknownValue) at `outcome` when the diary holds no
/// value of it, and at `medicine` when it has no daily dose.
pub fn lag_strip(
    diary: &Diary,
    medicine: EntryId,
    outcome: &str,
    as_of: AsOf,
    words: &Words,
) -> Result<LagStrip> {
    let product = medicine_named(diary, medicine)?;
    let columns = Columns::of(diary);
    let column = outcome_named(&columns, outcome)?;
    let (regimen, window) = (Regimen::of(diary), as_of.window(diary));
    let name = product.name.as_ref();
    let course =
        DoseCourse::of(diary, &regimen, medicine, window).ok_or_else(|| no_answer_for(name))?;
    let looks = as_of.looks(diary);
    let reading = looks.reading(window);
    let fixed = settling_of(&regimen, medicine, product).wash_in_days;
    let read = |reading: &Reading| {
        let read = reading.of(column);
        let mut strip = claim::lag_strip(&read, &course, name, fixed, reading.days);
        strip.finding = strip.finding.read_at(reading);
        strip
    };
    let found = read(&reading);
    let earlier = |before: &Reading| Some(read(before).finding);
    let finding = found.finding.beside_the_look_before(&looks, &reading, earlier);
    let lags = found.lags.iter().enumerate().map(|(weeks, estimate)| LagView {
        weeks,
        value: estimate.map(|estimate| estimate.value),
        low: estimate.map(|estimate| estimate.low),
        high: estimate.map(|estimate| estimate.high),
    });
    Ok(LagStrip {
        medicine,
        medicine_name: name.to_owned(),
        follows: one_of_several(product, false, words),
        outcome: Outcome::of(&column.outcome, column.len(), words),
        lags: lags.collect(),
        fixed_days: found.fixed_days,
        reversals: found.reversals,
        estimated_weeks: found.estimated,
        finding: Finding::of(&finding, words),
    })
}
