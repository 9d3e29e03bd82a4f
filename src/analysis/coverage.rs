//! Coverage: on how many days of a period a medicine was in the house.
//!
//! A **supply** is a number of days' worth of a medicine, got on one day. Counted *without
//! shifting*, each supply covers the days from the one it was got on, and overlap is lost. Counted
//! *with shifting*, what is still in the house is used up first, so that an early refill covers
//! later days. The share of covered days is the proportion of days covered (PDC; Nau 2012,
//! *Proportion of days covered as a preferred method*, Pharmacy Quality Alliance).
//!
//! Days are civil-day numbers; a period includes its first and its last day.

use crate::diary::Sorting;

use super::statistics::NotEstimable;

/// Days' worth of a medicine, got on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supply {
    /// The civil day it was got on.
    pub day: i32,
    /// For how many days it lasts as prescribed.
    pub days: u32,
}

/// What happens to a supply got while the one before still lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlyRefill {
    /// It starts on its own day; overlap is lost.
    Overlaps,
    /// It starts when the earlier one is used up.
    Shifts,
}

/// The covered and uncovered days of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Days in the period.
    pub days: u32,
    /// Days of the period that a supply covered.
    pub covered: u32,
    /// The longest run of uncovered days in the period.
    pub longest_gap: u32,
}

impl Coverage {
    /// Covered days as a share of the period, 0 to 1.
    #[must_use]
    pub fn proportion(&self) -> f64 {
        f64::from(self.covered) / f64::from(self.days)
    }
}

/// Counts the days from `first` to `last` that `supplies` (in any order) cover. Supplies got before
/// the period count with what is left of them.
///
/// # Errors
/// [`NotEstimable::TooFew`] for a period without a day.
pub fn coverage(
    supplies: &[Supply],
    first: i32,
    last: i32,
    early: EarlyRefill,
) -> Result<Coverage, NotEstimable> {
    let days = days_in_period(first, last)?;
    let mut supplies = supplies.to_vec();
    supplies.arrange_by_key(|supply| supply.day);

    let (first, stop) = (i64::from(first), i64::from(last) + 1);
    let mut covered = 0;
    let mut longest_gap = 0;
    // The first day no supply has covered yet: of all time for shifting, of the period for counting.
    let mut free = i64::MIN;
    let mut counted_to = first;
    for supply in supplies {
        let start = match early {
            EarlyRefill::Overlaps => i64::from(supply.day),
            EarlyRefill::Shifts => i64::from(supply.day).max(free),
        };
        let end = start + i64::from(supply.days);
        free = free.max(end);
        let (start, end) = (start.clamp(counted_to, stop), end.clamp(counted_to, stop));
        if start < end {
            longest_gap = longest_gap.max(start - counted_to);
            covered += end - start;
            counted_to = end;
        }
    }
    longest_gap = longest_gap.max(stop - counted_to);
    // Both lie within the days of the period, which are a u32.
    Ok(Coverage { days, covered: covered as u32, longest_gap: longest_gap as u32 })
}

/// Days' worth got within the period, per day of it: the medication possession ratio, not capped at
/// one.
///
/// # Errors
/// [`NotEstimable::TooFew`] for a period without a day.
pub fn possession_ratio(supplies: &[Supply], first: i32, last: i32) -> Result<f64, NotEstimable> {
    let days = days_in_period(first, last)?;
    let within = supplies.iter().filter(|supply| (first..=last).contains(&supply.day));
    let supplied: u64 = within.map(|supply| u64::from(supply.days)).sum();
    Ok(supplied as f64 / f64::from(days))
}

fn days_in_period(first: i32, last: i32) -> Result<u32, NotEstimable> {
    let days = i64::from(last) - i64::from(first) + 1;
    match u32::try_from(days) {
        Ok(days) if days > 0 => Ok(days),
        _ => Err(NotEstimable::TooFew { n: 0, needed: 1 }),
    }
}
