//! Limits: kinds of diary under which it was measured how often the claims err, but which no bar
//! holds them to (`docs/calibration.md`, *printed, not gated*).
//!
//! Where the recorded days themselves show such a kind, the finding says so beside its doubt: many
//! days without a value, a long gap. Values crowded at an end of the scale have no mean at all (see
//! [`scale_end`](super::scale_end)). A spread that changes, a rhythm of four weeks, a season or a
//! recovery that would have come anyway cannot be seen so plainly; every such finding says under *why*
//! that they can look like what it tells.

use crate::error::Message;

use super::column::Column;
use super::finding::{Finding, Window};

/// Share of days without a value above which the error rates are printed only.
const MANY_MISSING: f64 = 0.3;
/// Days in a row without a value that are named.
const LONG_GAP: i32 = 7;

impl Finding {
    /// The same finding, its doubt followed by what the days of `window` are a limit to, and its *why* by
    /// what no days can show. Without an interval there is nothing to limit.
    #[must_use]
    pub(crate) fn limited_by(mut self, column: &Column, window: Window) -> Self {
        if self.estimate.is_none() {
            return self;
        }
        self.why.push(Message::new("limit.other-courses"));
        if let Some(limit) = limit(column, window) {
            self.doubt =
                Message::new("limit.beside").with("doubt", self.doubt).with("limit", limit);
        }
        self
    }
}

fn limit(column: &Column, window: Window) -> Option<Message> {
    if !column.outcome.is_daily() {
        return None;
    }
    let mut told = column.civil.iter().copied().filter(|day| window.holds(*day));
    let first = told.next()?;
    let (mut last, mut days, mut longest) = (first, 1.0, 0);
    for day in told.filter(|day| *day != first) {
        let gap = day.since(last) - 1;
        days += if gap >= 0 { 1.0 } else { 0.0 };
        longest = longest.max(gap);
        last = day;
    }
    let all = f64::from(last.since(first) + 1);
    if all - days > MANY_MISSING * all {
        return Some(Message::new("limit.many-missing"));
    }
    let gap = usize::try_from(longest).unwrap_or(0);
    (longest >= LONG_GAP).then(|| Message::new("limit.gap").with("days", gap))
}
