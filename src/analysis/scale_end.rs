use std::cmp::Ordering;

use crate::diary::Sorting;
use crate::error::{Message, Param};

/// Share of the days at one end of the scale from which on a mean says little.
const MANY_AT_AN_END: f64 = 0.3;

/// Earlier and later days of which many lie at the same end of the scale.
///
/// A mean with an interval would pretend that the scale goes on beyond its end. What is left
/// to tell: how many days lie at the end, and how often the later of two days is the higher one
/// (Mann & Whitney's U as a share of the pairs; Mann & Whitney 1947, *Ann Math Stat* 18:50–60).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScaleEnd {
    /// Share of the earlier and of the later days at that end.
    pub(super) shares: (f64, f64),
    /// Of all pairs of an earlier and a later day the share in which the later one is higher; equal
    /// ones count half.
    pub(super) later_higher: f64,
}

impl ScaleEnd {
    /// What is left to tell of days `earlier` and `later`; `None` when less than three tenths of
    /// them lie at either end of `range`. O(n log n).
    #[must_use]
    pub(super) fn of(range: (f64, f64), earlier: &[f64], later: &[f64]) -> Option<Self> {
        let (n, m) = (earlier.len() as f64, later.len() as f64);
        let pooled = |end| at_end(earlier, end) + at_end(later, end) >= MANY_AT_AN_END * (n + m);
        let end = [range.0, range.1].into_iter().find(|end| n > 0.0 && m > 0.0 && pooled(*end))?;
        let shares = (at_end(earlier, end) / n, at_end(later, end) / m);
        Some(Self { shares, later_higher: later_higher(earlier, later) })
    }

    /// The two shares in per cent, for a sentence.
    #[must_use]
    pub(super) fn per_cents(&self) -> [Param; 2] {
        [self.shares.0, self.shares.1].map(|share| Param::Number(100.0 * share, 0))
    }

    /// How often the later of two days is the higher one.
    #[must_use]
    pub(super) fn pairs(&self) -> Message {
        Message::new("scale-end.pairs").with("pairs", self.pairs_in_a_hundred())
    }

    /// Of a hundred pairs how many have the later day higher, for a sentence.
    #[must_use]
    pub(super) fn pairs_in_a_hundred(&self) -> Param {
        Param::Number(100.0 * self.later_higher, 0)
    }
}

/// The share of the values at the end of `range` where three tenths of them or more lie.
#[must_use]
pub(super) fn crowded(range: (f64, f64), values: &[f64]) -> Option<f64> {
    let share = |end| at_end(values, end) / values.len().max(1) as f64;
    [range.0, range.1].into_iter().map(share).find(|share| *share >= MANY_AT_AN_END)
}

fn at_end(values: &[f64], end: f64) -> f64 {
    values.iter().filter(|value| (**value - end).abs() < 1e-9).count() as f64
}

fn later_higher(earlier: &[f64], later: &[f64]) -> f64 {
    let mut ascending = earlier.to_vec();
    ascending.arrange_by(f64::total_cmp);
    let won = later.iter().map(|value| {
        let below = ascending.partition_point(|other| other.total_cmp(value) == Ordering::Less);
        let up_to = ascending.partition_point(|other| other.total_cmp(value) != Ordering::Greater);
        (below + up_to) as f64 / 2.0
    });
    won.sum::<f64>() / (earlier.len() * later.len()) as f64
}
