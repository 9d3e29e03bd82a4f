use serde::Serialize;

use crate::analysis::change_points;

use super::{Finding, Words};

/// A shift of an outcome's level, with the days between which it lies. Days are numbers since
/// 1970-01-01, as in the columns of the chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangePoint {
    /// The most likely first day of the new level.
    pub day: i32,
    /// Earliest first day of the new level.
    pub low: i32,
    /// Latest first day of the new level.
    pub high: i32,
    /// Mean before.
    pub before: f64,
    /// Mean after.
    pub after: f64,
    /// Days to the nearest titration step.
    pub nearest_step: Option<i32>,
    /// Share of all days that lie as near to a step.
    pub by_chance: Option<f64>,
    /// The statement.
    pub finding: Finding,
}

impl ChangePoint {
    pub(super) fn of(change: &change_points::ChangePoint, words: &Words) -> Self {
        Self {
            day: change.day.number(),
            low: change.low.number(),
            high: change.high.number(),
            before: change.before,
            after: change.after,
            nearest_step: change.nearest_step,
            by_chance: change.by_chance,
            finding: Finding::of(&change.finding, words),
        }
    }
}
