use serde::Serialize;

use crate::analysis::{Columns, relapse_watch as claim};
use crate::diary::{Day, Diary};

use super::finding::WindowView;
use super::{AsOf, Column, Finding, Outcome, Words};

/// Whether an outcome has left the level it had while the person was well.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RelapseWatch {
    /// The days whose level is the usual one; `None` where the person was not known to be well.
    pub baseline: Option<WindowView>,
    /// The chart, once there is one.
    pub watched: Option<WatchedView>,
    /// The person's own signs.
    pub signs: Vec<SignView>,
    /// The statement.
    pub finding: Finding,
}

/// The chart of one outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WatchedView {
    /// The outcome.
    pub outcome: Outcome,
    /// Its mean over the baseline.
    pub usual: f64,
    /// The value of the chart beyond which an alarm is raised.
    pub limit: f64,
    /// The days charted.
    pub days: Column,
    /// The chart on each.
    pub chart: Column,
    /// The alarms.
    pub alarms: Vec<AlarmView>,
}

/// One alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AlarmView {
    /// Its first day.
    pub from: Day,
    /// The day it ended; `None` while it lasts.
    pub to: Option<Day>,
}

/// How often a sign was ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignView {
    /// The sign.
    pub sign: String,
    /// Days of the last fourteen on which it was ticked.
    pub recent: usize,
    /// Days with a check-in among those.
    pub recent_of: usize,
    /// Days of the baseline on which it was ticked.
    pub usual: usize,
    /// Days with a check-in among those.
    pub usual_of: usize,
}

/// The watch as of today.
#[must_use]
pub fn relapse_watch(diary: &Diary, as_of: AsOf, words: &Words) -> RelapseWatch {
    let columns = Columns::of(diary);
    let found = claim::relapse_watch(diary, &columns, as_of.today);
    let count = |name: &str| columns.find(name).map_or(0, |column| column.len());
    let watched = found.watched.map(|watched| WatchedView {
        outcome: Outcome::of(&watched.outcome, count(watched.outcome.key.as_str()), words),
        usual: watched.usual,
        limit: watched.limit,
        days: watched.days.into(),
        chart: watched.chart.into(),
        alarms: watched.alarms.into_iter().map(|(from, to)| AlarmView { from, to }).collect(),
    });
    let signs = found.signs.into_iter().map(|sign| SignView {
        sign: sign.sign.into(),
        recent: sign.recent,
        recent_of: sign.recent_of,
        usual: sign.usual,
        usual_of: sign.usual_of,
    });
    RelapseWatch {
        baseline: found.baseline.map(WindowView::from),
        watched,
        signs: signs.collect(),
        finding: Finding::of(&found.finding, words),
    }
}
