use serde::Serialize;

use crate::analysis::trend::smooth_line;
use crate::analysis::{
    self, Asked, Certainty, Claim, Columns, FindingUnit, Kept, Questions, SettledDays, Told, Window,
};
use crate::diary::{Day, Diary, EntryId, Regimen};
use crate::error::{Code, Error, Message, Result};

use super::lanes::{day_statuses, dose_lanes, marks, side_effects};
use super::phases::phase_rows;
use super::{
    AsOf, ChangePoint, Column, DoseLane, Finding, Mark, Outcome, PhaseRow, SeverityBand,
    SideEffectStrip, Words,
};

/// Which part of a diary a timeline shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineOptions {
    /// The outcomes, in the order of their lanes; the first four that hold values unless given.
    pub outcomes: Option<Vec<Box<str>>>,
    /// The first day; the diary's first unless given.
    pub from: Option<Day>,
    /// The last day; today unless given.
    pub to: Option<Day>,
}

/// Everything the timeline draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The day statuses by number.
    pub day_statuses: Vec<&'static str>,
    /// What is felt.
    pub lanes: Vec<OutcomeLane>,
    /// Unwanted effects.
    pub side_effects: Vec<SideEffectStrip>,
    /// What is taken.
    pub doses: Vec<DoseLane>,
    /// What else happened.
    pub marks: Vec<Mark>,
    /// The finding to read first.
    pub headline: Finding,
    /// The outcome that `phases` is about: that of the first lane.
    pub phase_outcome: Option<String>,
    /// The phases of the regimen with what was recorded in them.
    pub phases: Vec<PhaseRow>,
}

/// One outcome on the time axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeLane {
    /// What is drawn.
    pub outcome: Outcome,
    /// Time of each value, in days since 1970-01-01 on the wall clock.
    pub days: Column,
    /// The values.
    pub values: Column,
    /// The entries they stand in.
    pub ids: Vec<EntryId>,
    /// The smooth line and the usual spread of days; empty when there are too few values.
    pub line: SmoothLine,
    /// What the band is.
    pub band_name: String,
    /// Named ranges of the total.
    pub severity_bands: Vec<SeverityBand>,
    /// Shifts of the level.
    pub change_points: Vec<ChangePoint>,
    /// Rise or fall over the window.
    pub trend: Finding,
    /// Days of which no value tells.
    pub days_missing: usize,
}

/// A smooth line with its band.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SmoothLine {
    /// Days since 1970-01-01.
    pub days: Column,
    /// The line.
    pub middle: Column,
    /// Lower edge of the band.
    pub low: Column,
    /// Upper edge of the band.
    pub high: Column,
}

/// Lanes shown when none are asked for.
const DEFAULT_LANES: usize = 4;

/// The timeline of a diary.
///
/// # Errors
/// [`Code::EndBeforeStart`] at `to` when it lies before `from`; [`Code::UnknownValue`] at
/// `outcomes[n]` for an outcome of which the diary holds no value.
pub fn timeline(
    diary: &Diary,
    options: &TimelineOptions,
    as_of: AsOf,
    words: &Words,
) -> Result<Timeline> {
    timeline_again(diary, options, as_of, words, &mut Kept::default())
}

/// [`timeline`], with what it concluded before at hand; the result is the same.
///
/// # Errors
/// As [`timeline`].
pub fn timeline_again(
    diary: &Diary,
    options: &TimelineOptions,
    as_of: AsOf,
    words: &Words,
    kept: &mut Kept,
) -> Result<Timeline> {
    let told = as_of.window(diary);
    let window = Window {
        from: options.from.unwrap_or(told.from),
        to: options.to.unwrap_or(told.to.max(options.from.unwrap_or(told.to))),
    };
    if window.to < window.from {
        return Err(Error::new(Code::EndBeforeStart, "to"));
    }
    let columns = Columns::of(diary);
    let regimen = Regimen::of(diary);
    let mut chosen: Vec<&analysis::Column> = Vec::new();
    match &options.outcomes {
        Some(names) => {
            for (place, name) in names.iter().enumerate() {
                chosen.push(columns.find(name).ok_or_else(|| {
                    Error::new(Code::UnknownValue, format!("outcomes[{place}]"))
                        .with("value", name.as_ref())
                })?);
            }
        }
        None => chosen.extend(columns.all().iter().take(DEFAULT_LANES)),
    }
    let settled = SettledDays::of(diary, &regimen, window);
    let asked = Asked {
        regimen: &regimen,
        settled: &settled,
        window,
        looks: &as_of.looks(diary),
        columns: &columns,
    };
    let Questions { outcomes, phases } = Questions::ask(&chosen, asked, kept);
    let mut lanes = Vec::with_capacity(chosen.len());
    let mut headline: Option<analysis::Finding> = None;
    for (column, told) in chosen.iter().zip(&outcomes) {
        headline = more_telling(headline, &told.changes, &told.trend);
        lanes.push(lane(column.len(), window, told, words));
    }
    let headline = headline.unwrap_or_else(|| nothing_recorded(window));
    let phases = phase_rows(phases, diary, &regimen, words);
    Ok(Timeline {
        from: window.from,
        to: window.to,
        day_statuses: day_statuses(),
        lanes,
        side_effects: side_effects(diary, window),
        doses: dose_lanes(diary, &regimen, window, as_of, words),
        marks: marks(diary, window, words),
        headline: Finding::of(&headline, words),
        phase_outcome: chosen.first().map(|column| column.outcome.key.as_str().to_owned()),
        phases,
    })
}

fn lane(
    count: usize,
    window: Window,
    Told { within: column, trend, changes }: &Told,
    words: &Words,
) -> OutcomeLane {
    let line = smooth_line(column);
    OutcomeLane {
        outcome: Outcome::of(&column.outcome, count, words),
        days: Column(column.times.clone()),
        values: Column(column.values.clone()),
        ids: column.ids.clone(),
        line: SmoothLine {
            days: line.days.into(),
            middle: line.middle.into(),
            low: line.low.into(),
            high: line.high.into(),
        },
        band_name: words.text(&Message::new("band.usual-spread")),
        severity_bands: SeverityBand::all_of(column.outcome.instrument),
        change_points: changes.iter().map(|change| ChangePoint::of(change, words)).collect(),
        trend: Finding::of(trend, words),
        days_missing: column.days_missing(window),
    }
}

/// What to read first: the latest change point of the first lane that has one, otherwise the trend
/// of the first lane.
fn more_telling(
    so_far: Option<analysis::Finding>,
    changes: &[analysis::change_points::ChangePoint],
    trend: &analysis::Finding,
) -> Option<analysis::Finding> {
    let told = changes.iter().rev().find(|c| c.finding.tells());
    match (so_far, told) {
        (Some(before), _) if before.claim == Claim::ChangePoint => Some(before),
        (_, Some(change)) => Some(change.finding.clone()),
        (Some(before), None) => Some(before),
        (None, None) => Some(trend.clone()),
    }
}

fn nothing_recorded(window: Window) -> analysis::Finding {
    analysis::Finding {
        claim: Claim::Trend,
        certainty: Certainty::NotEnoughYet,
        sentence: Message::new("timeline.nothing-recorded"),
        doubt: Message::new("timeline.any-day-is-fine"),
        why: Vec::new(),
        estimate: None,
        unit: FindingUnit::Points,
        n: 0,
        days_missing: window.days(),
        window,
        look: None,
        weakened_since: None,
        method: "none",
        entries: Vec::new(),
    }
}
