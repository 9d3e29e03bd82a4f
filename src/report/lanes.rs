use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::adherence::{Subject, adherence};
use crate::analysis::{self, DoseLog, Window};
use crate::diary::{
    Action, Answers, Body, Day, Diary, EntryId, Episode, Kind, Medicine, Recorded, Regimen,
    Sorting, Span, SpanType, Step, Unit,
};
use crate::error::Message;
use crate::reference;

use super::schedule::{amount, prescribed, steps_of};
use super::{AsOf, Column, Words};

/// One medicine's prescribed dose as steps, and what was recorded on each day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DoseLane {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub name: String,
    /// The unit of the doses.
    pub unit: Unit,
    /// Whether it is only taken as needed.
    pub as_needed: bool,
    /// First days of the steps.
    pub step_days: Column,
    /// The daily dose from then on; 0 where nothing is prescribed.
    pub step_doses: Column,
    /// The titration steps.
    pub steps: Vec<StepMark>,
    /// Each day from the first step on.
    pub adherence_days: Column,
    /// What was recorded of it: places in `Timeline::day_statuses`.
    pub adherence: Column,
}

/// A titration step on the chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepMark {
    /// Its entry.
    pub id: EntryId,
    /// Its day since 1970-01-01.
    pub day: i32,
    /// What it prescribes: "100 mg a day", "stopped".
    pub label: String,
}

/// The spans of one side effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SideEffectStrip {
    /// What it is.
    pub term: String,
    /// When it was felt, by first day.
    pub spans: Vec<SideEffectSpan>,
}

/// One side effect from its first day to its last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideEffectSpan {
    /// Its entry.
    pub id: EntryId,
    /// First day since 1970-01-01.
    pub from: i32,
    /// Last day; the end of the window while it goes on.
    pub to: i32,
    /// Whether it goes on.
    pub ongoing: bool,
    /// 1 mild, 2 moderate, 3 severe.
    pub severity: u8,
}

/// Something that happened on a day or over a stretch of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Its entry.
    pub id: EntryId,
    /// `visit`, `therapy`, `life-event`, `goal`, `span` or `assessment`.
    pub kind: &'static str,
    /// First day since 1970-01-01.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// What it is.
    pub label: String,
}

/// The lanes of the medicines that have a step before the end of the window.
pub(super) fn dose_lanes(
    diary: &Diary,
    regimen: &Regimen,
    window: Window,
    as_of: AsOf,
    words: &Words,
) -> Vec<DoseLane> {
    let log = DoseLog::of(diary);
    let mut lanes: Vec<(i32, DoseLane)> = Vec::new();
    for (medicine, product) in diary.medicines() {
        let Some(first) = regimen.episodes_of(medicine).next() else { continue };
        if first.from > window.to {
            continue;
        }
        let shown = Window { from: first.from.max(window.from), to: window.to };
        let name = product.name.as_ref();
        let subject = Subject { medicine, name, regimen, log: &log, today: as_of.today };
        let days = adherence(subject, shown).days;
        let (step_days, step_doses, unit) = stairs(product, regimen.episodes_of(medicine));
        let lane = DoseLane {
            medicine,
            name: name.to_owned(),
            unit,
            as_needed: regimen.episodes_of(medicine).all(|e| e.schedule.is_as_needed()),
            step_days,
            step_doses,
            steps: steps_of(diary, medicine)
                .into_iter()
                .map(|(Recorded { id, entry }, step)| {
                    let label = words.text(&step_label(step));
                    StepMark { id, day: entry.day().number(), label }
                })
                .collect(),
            adherence_days: (0..days.len())
                .map(|place| f64::from(shown.from.number()) + place as f64)
                .collect(),
            adherence: days.into_iter().map(|status| f64::from(status as u8)).collect(),
        };
        lanes.push((first.from.number(), lane));
    }
    lanes.arrange_by_key(|(day, lane)| (*day, lane.medicine));
    lanes.into_iter().map(|(_, lane)| lane).collect()
}

/// The daily dose from each step on: of the ingredient in milligrams where it can be told,
/// otherwise as prescribed.
fn stairs<'a>(
    product: &Medicine,
    episodes: impl Iterator<Item = &'a Episode>,
) -> (Column, Column, Unit) {
    let (mut days, mut doses, mut unit) = (Vec::new(), Vec::new(), Unit::Milligram);
    let mut open_to: Option<Day> = None;
    for episode in episodes {
        if let Some(to) = open_to.filter(|to| *to != episode.from) {
            days.push(f64::from(to.number()));
            doses.push(0.0);
        }
        let (dose, in_unit) = daily_dose(product, episode);
        unit = in_unit;
        days.push(f64::from(episode.from.number()));
        doses.push(dose);
        open_to = episode.to;
    }
    if let Some(to) = open_to {
        days.push(f64::from(to.number()));
        doses.push(0.0);
    }
    (Column(days), Column(doses), unit)
}

fn daily_dose(product: &Medicine, episode: &Episode) -> (f64, Unit) {
    let unit = episode.schedule.unit();
    let a_day = episode.schedule.mean_daily_amount().unwrap_or(0.0);
    match product.ingredients.as_ref() {
        [only] => product.ingredient_amount(only, a_day, unit).unwrap_or((a_day, unit)),
        _ => (a_day, unit),
    }
}

pub(super) fn step_label(step: &Step) -> Message {
    match (step.action, &step.schedule) {
        (Action::Stop, _) => Message::new("step.stopped"),
        (Action::Hold, _) => Message::new("step.paused"),
        (_, Some(schedule)) if schedule.doses().len() == 1 && is_daily(step) => {
            let dose = schedule.doses()[0].amount.get();
            Message::new("step.dose").with("dose", amount(dose, schedule.unit()))
        }
        (_, Some(schedule)) => Message::new("step.dose").with("dose", prescribed(schedule)),
        (_, None) => Message::new("step.resumed"),
    }
}

fn is_daily(step: &Step) -> bool {
    let pattern = step.schedule.as_ref().map(crate::diary::Schedule::pattern);
    matches!(pattern, Some(crate::diary::Pattern::Daily))
}

/// The side effects felt within the window, by term, those felt first on top.
pub(super) fn side_effects(diary: &Diary, window: Window) -> Vec<SideEffectStrip> {
    let mut strips: BTreeMap<&str, Vec<SideEffectSpan>> = BTreeMap::new();
    for Recorded { id, entry } in diary.of_kind(Kind::SideEffect) {
        let Body::SideEffect(effect) = entry.body() else { continue };
        let to = effect.end.unwrap_or(window.to);
        if effect.onset > window.to || to < window.from {
            continue;
        }
        strips.entry(&effect.term).or_default().push(SideEffectSpan {
            id,
            from: effect.onset.number(),
            to: to.number(),
            ongoing: effect.end.is_none(),
            severity: effect.severity.weight(),
        });
    }
    let mut strips: Vec<SideEffectStrip> = strips
        .into_iter()
        .map(|(term, mut spans)| {
            spans.arrange_by_key(|span| (span.from, span.id));
            SideEffectStrip { term: term.to_owned(), spans }
        })
        .collect();
    strips.arrange_by_key(|strip| strip.spans[0].from);
    strips
}

/// Visits, therapy, life events, goals, stretches away and filled questionnaires within the window.
pub(super) fn marks(diary: &Diary, window: Window, words: &Words) -> Vec<Mark> {
    let mut marks = Vec::new();
    let marked =
        [Kind::Visit, Kind::Therapy, Kind::LifeEvent, Kind::Goal, Kind::Span, Kind::Assessment];
    for Recorded { id, entry } in marked.into_iter().flat_map(|kind| diary.of_kind(kind)) {
        let day = entry.day();
        let (kind, label, from, to) = match entry.body() {
            Body::Visit(visit) => {
                let label = match &visit.with {
                    Some(with) => Message::new("mark.visit-with").with("who", with.as_ref()),
                    None => Message::new("mark.visit"),
                };
                ("visit", words.text(&label), day, day)
            }
            Body::Therapy(session) => ("therapy", session.therapy.to_string(), day, day),
            Body::Goal(goal) => ("goal", goal.text.to_string(), day, day),
            Body::LifeEvent(event) => ("life-event", event.title.to_string(), day, day),
            Body::Span(span) => {
                ("span", words.text(&span_label(span)), span.from, span.to.unwrap_or(window.to))
            }
            Body::Assessment(assessment) => {
                let name = assessment.instrument.as_ref();
                let row = reference::instruments().find(name);
                let label = row.map_or(name, |row| row.short.as_str()).to_owned();
                let scored = match (&assessment.answers, row) {
                    (Answers::Items(items), Some(row)) => row.score(items).is_ok(),
                    (Answers::Items(_), None) => false,
                    (Answers::Total(_), _) => true,
                };
                // A score is a point of its lane; only what has no score needs a mark.
                if scored {
                    continue;
                }
                ("assessment", label, day, day)
            }
            _ => continue,
        };
        if from <= window.to && to >= window.from {
            marks.push(Mark { id, kind, from: from.number(), to: to.number(), label });
        }
    }
    marks.arrange_by_key(|mark| (mark.from, mark.id));
    marks
}

/// What a stretch of days away is called.
pub(super) fn span_label(span: &Span) -> Message {
    Message::new(match span.span {
        SpanType::HospitalStay => "mark.hospital-stay",
        SpanType::EmergencyVisit => "mark.emergency-visit",
        SpanType::SickLeave => "mark.sick-leave",
    })
}

/// The day statuses by number, for the columns of [`DoseLane::adherence`].
pub(super) fn day_statuses() -> Vec<&'static str> {
    analysis::adherence::DayStatus::ALL.iter().map(|status| status.as_str()).collect()
}
