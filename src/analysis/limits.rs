//! Limits: kinds of diary under which it was measured how often the claims err, but which no bar
//! holds them to (`docs/calibration.md`, *printed, not gated*).
//!
//! Where the recorded days themselves show such a kind, the finding says so beside its doubt: many
//! values at one end of the scale, many days without a value, a long gap. A spread that changes, a
//! rhythm of four weeks, a recovery that would have come anyway cannot be seen so plainly; for them
//! there is `docs/methods.md`.

use crate::error::Message;

use super::column::Column;
use super::finding::{Finding, Window};

/// Share of the values at one end of the scale from which on a mean says little.
pub(crate) const MANY_AT_AN_END: f64 = 0.3;
/// Share of days without a value above which the error rates are printed only.
const MANY_MISSING: f64 = 0.3;
/// Days in a row without a value that are named.
const LONG_GAP: i32 = 7;

impl Finding {
    /// The same finding, its doubt followed by what the days of `window` are a limit to. Without an
    /// interval there is nothing to limit.
    #[must_use]
    pub(crate) fn limited_by(mut self, column: &Column, window: Window) -> Self {
        if self.estimate.is_some() {
            for limit in limits(column, window) {
                self.doubt =
                    Message::new("limit.beside").with("doubt", self.doubt).with("limit", limit);
            }
        }
        self
    }
}

fn limits(column: &Column, window: Window) -> Vec<Message> {
    let (lowest, highest) = column.outcome.range;
    let rows = (0..column.len()).filter(|row| window.holds(column.civil[*row]));
    let (mut n, mut at_lowest, mut at_highest, mut days, mut longest) = (0.0, 0.0, 0.0, 1.0, 0);
    let mut span: Option<Window> = None;
    for row in rows {
        let (day, value) = (column.civil[row], column.values[row]);
        n += 1.0;
        at_lowest += f64::from(value <= lowest + 1e-9);
        at_highest += f64::from(value >= highest - 1e-9);
        if let Some(told) = span.filter(|told| told.to < day) {
            days += 1.0;
            longest = longest.max(day.since(told.to) - 1);
        }
        span = Some(Window { from: span.map_or(day, |told| told.from), to: day });
    }
    let mut limits = Vec::new();
    if f64::max(at_lowest, at_highest) >= MANY_AT_AN_END * n {
        limits.push(Message::new("limit.at-an-end"));
    }
    let all = span.map_or(0, Window::days) as f64;
    if column.outcome.is_daily() && all - days > MANY_MISSING * all {
        limits.push(Message::new("limit.many-missing"));
    } else if column.outcome.is_daily() && longest >= LONG_GAP {
        let days = usize::try_from(longest).unwrap_or(0);
        limits.push(Message::new("limit.gap").with("days", days));
    }
    limits
}
