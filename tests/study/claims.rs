//! The claims under study: one row a claim.

use doseline::analysis::change_points::{LEAST_DAYS, change_points};
use doseline::analysis::dose_response::dose_response;
use doseline::analysis::phase::phases;
use doseline::analysis::statistics::gls::Contrast;
use doseline::analysis::statistics::level::level_difference;
use doseline::analysis::statistics::noise::{NoiseModel, NoisePrior};
use doseline::analysis::statistics::slope::slope;
use doseline::analysis::trend::trend;
use doseline::analysis::{Column, Estimate, Finding, Reading, Subject};
use doseline::diary::Day;

use super::life::{Book, Life, Scale, WASH_IN};
use super::rivals;
use crate::notebook::day;

/// What a claim says at one reading.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// Not enough to say.
    Abstains,
    /// Something or nothing is told, with the interval of what the claim estimates where it gives one.
    Speaks { told: bool, interval: Option<(f64, f64)> },
}

impl Answer {
    fn of(finding: &Finding) -> Self {
        match finding.estimate {
            None => Self::Abstains,
            Some(Estimate { low, high, .. }) => Self::Speaks {
                told: finding.tells(),
                interval: Some((Scale::in_sd(low), Scale::in_sd(high))),
            },
        }
    }

    /// The answer to the same values with so much more of what is estimated in them: least squares
    /// are linear in the values.
    pub(crate) fn with(self, more: f64) -> Self {
        match self {
            Self::Speaks { interval: Some((low, high)), .. } => {
                let (low, high) = (low + more, high + more);
                Self::Speaks { told: low > 0.0 || high < 0.0, interval: Some((low, high)) }
            }
            other => other,
        }
    }
}

/// What a claim gives an interval of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Estimates {
    /// The size of the effect, whether or not it is told; its interval moves with the values.
    Effect,
    /// The day of the effect, where it is told.
    Day,
}

/// A claim: what it is read as, what is false when nothing happened, what it should find.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) null: &'static str,
    pub(crate) effect: &'static str,
    /// The usual test beside it.
    pub(crate) rival: &'static str,
    /// Changes of the regimen in its lives, unless a cell has more.
    pub(crate) changes: i32,
    /// What the effect adds to a day, in standard deviations.
    pub(crate) shift: fn(&Life<'_>, f64) -> f64,
    /// The true value of what is estimated when that effect holds.
    pub(crate) truth: fn(&Life<'_>) -> f64,
    pub(crate) estimates: Estimates,
    /// The claim at one reading.
    pub(crate) read: fn(&Life<'_>, &Column, &Reading) -> Answer,
    /// Whether the usual test finds something with the values up to a day.
    pub(crate) rival_at: fn(&Life<'_>, i32) -> bool,
    /// The interval of generalised least squares under a prior, with all values.
    pub(crate) under: fn(&Life<'_>, &NoisePrior) -> Option<Contrast>,
}

fn step(life: &Life<'_>, day: f64) -> f64 {
    if day >= f64::from(life.book.start) { 1.0 } else { 0.0 }
}

/// The table of claims. A new claim is one more row.
pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "phase",
        null: "no step at the last change beyond a common slow course",
        effect: "a step of 1 SD at the last change, which is the start unless the row says otherwise",
        rival: "Welch's t",
        changes: 1,
        shift: |life, day| if day >= f64::from(life.book.last_change) { 1.0 } else { 0.0 },
        truth: |_| 1.0,
        estimates: Estimates::Effect,
        read: read_phase,
        rival_at: rivals::welch_at,
        under: difference_under,
    },
    Row {
        name: "trend",
        null: "no straight course beyond a slow one",
        effect: "a straight line of 2 SD from the first day to the last",
        rival: "least squares (Pearson's r)",
        changes: 1,
        shift: |life, day| 2.0 * day / f64::from(life.last),
        truth: |life| 14.0 / f64::from(life.last),
        estimates: Estimates::Effect,
        read: |_, column, reading| Answer::of(&trend(&reading.of(column), reading.days)),
        rival_at: rivals::line_at,
        under: |life, prior| {
            let contrast = slope(&life.days, &life.values, prior, 0.95).ok()?;
            Some(Contrast {
                estimate: 7.0 * contrast.estimate,
                low: 7.0 * contrast.low,
                high: 7.0 * contrast.high,
                ..contrast
            })
        },
    },
    Row {
        name: "change point",
        null: "no step anywhere, on the first or only outcome",
        effect: "a step of 1 SD at the start",
        rival: "Welch's t",
        changes: 1,
        shift: step,
        truth: |life| f64::from(life.book.start),
        estimates: Estimates::Day,
        read: read_change_point,
        rival_at: rivals::welch_at,
        under: difference_under,
    },
    Row {
        name: "dose level",
        null: "no step at the start beyond a common slow course, two doses later",
        effect: "a step of 1 SD at the start",
        rival: "Welch's t",
        changes: 2,
        shift: step,
        truth: |_| 1.0,
        estimates: Estimates::Effect,
        read: read_dose_level,
        rival_at: rivals::welch_at,
        under: difference_under,
    },
];

fn read_phase(life: &Life<'_>, column: &Column, reading: &Reading) -> Answer {
    let Book { regimen, settled, .. } = life.book;
    let rows = phases(column, regimen, settled, life.window(), reading);
    let last = rows.last().and_then(|phase| phase.difference.as_ref());
    last.map_or(Answer::Abstains, Answer::of)
}

/// Of the changes that are told, the days of the one nearest to the true day, once that day is past:
/// what is told before it is wrong, and no interval.
fn read_change_point(life: &Life<'_>, column: &Column, reading: &Reading) -> Answer {
    let read = reading.of(column);
    if read.day_means().days.len() < LEAST_DAYS {
        return Answer::Abstains;
    }
    let found = change_points(&read, reading.days, &life.book.steps);
    let told = found.iter().filter(|change| change.finding.tells());
    let start = day(life.book.start);
    let nearest = told.min_by_key(|change| change.day.since(start).abs());
    let number = |of: Day| f64::from(of.since(day(0)));
    let is_past = reading.days.to >= start;
    let interval = nearest.filter(|_| is_past).map(|near| (number(near.low), number(near.high)));
    Answer::Speaks { told: nearest.is_some(), interval }
}

fn read_dose_level(life: &Life<'_>, column: &Column, reading: &Reading) -> Answer {
    let subject = Subject {
        diary: &life.book.diary.diary,
        regimen: &life.book.regimen,
        medicine: life.book.medicine,
        name: "Ordinal",
    };
    dose_response(subject, column, life.window(), reading)
        .map_or(Answer::Abstains, |card| Answer::of(&card.finding))
}

fn difference_under(life: &Life<'_>, prior: &NoisePrior) -> Option<Contrast> {
    let start = life.book.start;
    let before = life.stretch(0, start - 1);
    let settled = start + WASH_IN;
    let after = life.stretch(settled, (settled + life.scene.design.days - 1).min(life.last));
    level_difference(before, after, prior, 0.95).ok()
}

/// AR(1) only, φ weighted by (1−φ)^−½: the best of the tests that know no slow wave.
pub(crate) fn ar1_only() -> NoisePrior {
    let models = (0..25).map(|step| {
        let fast = 0.04 * f64::from(step);
        NoiseModel { fast, slow_share: 0.0, slow_days: 1.0, weight: (1.0 - fast).powf(-0.5) }
    });
    NoisePrior::of(models.collect()).unwrap()
}
