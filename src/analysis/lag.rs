//! Lag: what an outcome's answer to a dose would be at each assumed lag.
//!
//! **Estimand.** The difference of this person's outcome between the highest and the lowest
//! prescribed daily dose, if a dose worked so many weeks after it was prescribed: once for each lag
//! from 0 to [`MOST_WEEKS`] weeks.
//!
//! **Model.** The outcome's day means on the dose prescribed `lag` days before, as a straight line, under
//! the [noise mixture](super::statistics::gls). The lag that the claims use is fixed beforehand by
//! the wash-in of the medicine's row; the strip shows how much hangs on that choice. No lag is
//! picked from it: the best of nine would look better than it is.
//!
//! **The lag is estimated** only after [`LEAST_REVERSALS`] reversals, days on which the dose turned from
//! rising to falling or back: with fewer, a lag and a slow course look the same. Then the lags whose
//! likelihood is within e^1.92 of the best are given as a range, never a single one.
//!
//! **Read again.** It is read at every look, and each of its intervals is as wide as
//! that costs.
//!
//! **Assumptions.** Every milligram counts the same. What else changed is not told apart.
//!
//! **Abstains** where the dose did not change on the days with a value, below [`LEAST_DAYS`]
//! of them, and where three tenths of the days lie at one end of the scale. A dose that went one way
//! only by the look, a single start too, goes together with time at every lag: the strip is shown and
//! tells of nothing.

use crate::diary::Day;
use crate::error::{Message, Param};

use super::column::Column;
use super::dose_course::DoseCourse;
use super::finding::{
    Certainty, Claim, Estimate, Finding, Window, certainty_without, not_estimable,
};
use super::look::confidence_of_a_card_at;
use super::scale_end::crowded;
use super::statistics::NotEstimable;
use super::statistics::gls::NoiseMixture;
use super::statistics::noise::NoisePrior;

/// The longest lag of the strip, in weeks.
pub const MOST_WEEKS: u8 = 8;
/// Days with a value that the strip needs.
pub const LEAST_DAYS: usize = 20;
/// Reversals of the dose before a lag is estimated.
pub const LEAST_REVERSALS: usize = 4;
/// Fall of the log-likelihood that ends a 95 % interval: half of χ²₁'s 95 % quantile, 3.841.
const WITHIN: f64 = 1.92;

/// The strip.
#[derive(Clone, Debug, PartialEq)]
pub struct LagStrip {
    /// For each lag, in weeks from 0, the difference between the highest and the lowest dose.
    pub lags: Vec<Option<Estimate>>,
    /// The lag in days that the claims use.
    pub fixed_days: u16,
    /// How often the dose turned round.
    pub reversals: usize,
    /// Least and most weeks that the data allow, once there are reversals enough.
    pub estimated: Option<(u8, u8)>,
    /// The statement.
    pub finding: Finding,
}

/// The strip of a medicine's dose `course` and an outcome. `column` holds the rows of `window` that
/// may be read; `fixed_days` is the wash-in of the medicine.
#[must_use]
pub fn lag_strip(
    column: &Column,
    course: &DoseCourse,
    medicine: &str,
    fixed_days: u16,
    window: Window,
) -> LagStrip {
    let course = &course.until(window.to);
    let by_day = column.day_means();
    let end = crowded(column.outcome.range, &by_day.values);
    let means = by_day.weekly_when_many();
    let span = means.days.last().zip(means.days.first()).map_or(0.0, |(last, first)| last - first);
    let confidence = confidence_of_a_card_at(span + 1.0);
    let doses = course.stretches.iter().map(|stretch| stretch.dose);
    let (least, most) =
        doses.fold((f64::INFINITY, 0.0_f64), |(low, high), d| (low.min(d), high.max(d)));
    let fit = |weeks: u8| -> Result<(Estimate, f64), NotEstimable> {
        if means.days.len() < LEAST_DAYS {
            return Err(NotEstimable::TooFew { n: means.days.len(), needed: LEAST_DAYS });
        }
        if end.is_some() {
            return Err(NotEstimable::Crowded);
        }
        let lag = 7.0 * f64::from(weeks);
        let dose: Vec<f64> = means.days.iter().map(|day| dose_on(course, day - lag)).collect();
        let ones = vec![1.0; dose.len()];
        let prior = NoisePrior::day_to_day();
        let mixture = NoiseMixture::fit(&means.days, &means.values, &[&ones, &dose], &prior)?;
        let slope = mixture.contrast(&[0.0, 1.0], confidence)?;
        let estimate = Estimate::read_again(&slope, most - least, confidence);
        Ok((estimate, mixture.log_likelihood()))
    };
    let fits: Vec<_> = (0..=MOST_WEEKS).map(fit).collect();
    let reversals = reversals(course);
    let estimated = (reversals >= LEAST_REVERSALS).then(|| range(&fits)).flatten();
    let finding = described(column, course, medicine, (fixed_days, estimated), &fits, window);
    let lags = fits.into_iter().map(|fit| fit.ok().map(|(estimate, _)| estimate)).collect();
    LagStrip { lags, fixed_days, reversals, estimated, finding }
}

/// The prescribed dose at a time; before the first stretch its own.
fn dose_on(course: &DoseCourse, day: f64) -> f64 {
    let begun = |from: Day| f64::from(from.number()) <= day;
    let last = course.stretches.iter().rev().find(|stretch| begun(stretch.days.from));
    last.or(course.stretches.first()).map_or(0.0, |stretch| stretch.dose)
}

fn reversals(course: &DoseCourse) -> usize {
    let steps: Vec<bool> =
        course.stretches.windows(2).map(|pair| pair[1].dose > pair[0].dose).collect();
    steps.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// The lags whose likelihood is near the best one's.
fn range(fits: &[Result<(Estimate, f64), NotEstimable>]) -> Option<(u8, u8)> {
    let likelihood = |fit: &Result<(Estimate, f64), NotEstimable>| fit.as_ref().ok().map(|f| f.1);
    let best = fits.iter().filter_map(likelihood).fold(f64::NEG_INFINITY, f64::max);
    let near = |fit| likelihood(fit).is_some_and(|found| best - found <= WITHIN);
    let (first, last) = (fits.iter().position(near)?, fits.iter().rposition(near)?);
    Some((first as u8, last as u8))
}

fn described(
    column: &Column,
    course: &DoseCourse,
    medicine: &str,
    (fixed_days, estimated): (u16, Option<(u8, u8)>),
    fits: &[Result<(Estimate, f64), NotEstimable>],
    window: Window,
) -> Finding {
    let outcome = &column.outcome;
    let found: Vec<&Estimate> =
        fits.iter().filter_map(|fit| fit.as_ref().ok()).map(|(estimate, _)| estimate).collect();
    let clear = |up: bool| found.iter().all(|e| if up { e.low > 0.0 } else { e.high < 0.0 });
    let refused = fits.iter().find_map(|fit| fit.as_ref().err());
    let (certainty, sentence, doubt) = match refused {
        Some(reason) => {
            let sentence = Message::new("lag.not-enough").with("medicine", medicine);
            (certainty_without(*reason), sentence, not_estimable(*reason))
        }
        None => {
            let (certainty, id) = match (course.is_one_way(), clear(true) || clear(false)) {
                (true, _) => (Certainty::NotEstimable, "lag.with-time"),
                (false, true) => (Certainty::Suggestive, "lag.same-way"),
                (false, false) => (Certainty::NotEnoughYet, "lag.unclear"),
            };
            let low = found.iter().map(|e| e.low).fold(f64::INFINITY, f64::min);
            let high = found.iter().map(|e| e.high).fold(f64::NEG_INFINITY, f64::max);
            let sentence = Message::new(id).with("outcome", outcome.name.clone());
            let doubt = Message::new("lag.interval").with("low", outcome.value(low));
            (certainty, sentence, doubt.with("high", outcome.amount(high)))
        }
    };
    let mut why = vec![
        Message::new("lag.fixed").with("n", usize::from(fixed_days)).with("medicine", medicine),
        Message::new("lag.straight"),
        Message::new("why.days-hang-together"),
    ];
    match estimated {
        Some((least, most)) => why.push(
            Message::new("lag.estimated")
                .with("least", Param::Count(least.into()))
                .with("most", Param::Count(most.into())),
        ),
        None if course.is_one_way() => why.push(Message::new("lag.one-way")),
        None => why.push(Message::new("lag.few-turns").with("needed", LEAST_REVERSALS)),
    }
    Finding {
        claim: Claim::Lag,
        certainty,
        sentence,
        doubt,
        why,
        estimate: None,
        unit: outcome.unit(),
        n: column.len(),
        days_missing: column.days_missing(window),
        window,
        look: None,
        weakened_since: None,
        method: "gls-lagged-dose",
        entries: column.ids.clone(),
    }
}
