use crate::diary::{Day, Moment};
use crate::error::Result;

/// The rules of one place's clocks, asked of the browser (`Intl`) or the system at the boundary.
pub trait Zone {
    /// Minutes that clocks there were ahead of UTC at the instant `ms` milliseconds after
    /// 1970-01-01T00:00Z.
    fn offset_at(&self, ms: i64) -> i32;
}

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// The instant at which clocks of `zone` showed `ms` milliseconds after the start of `day`.
///
/// Where clocks were put forward and never showed that time, it is the first minute after the
/// gap; where they were put back and showed it twice, it is the first of the two.
///
/// # Errors
/// [`Code::BadDate`](crate::error::Code::BadDate) at the very ends of the recordable range.
pub fn local_moment(zone: &dyn Zone, day: Day, ms: i64) -> Result<Moment> {
    let local = i64::from(day.number()) * DAY_MS + ms;
    let instant = |offset: i32| local - i64::from(offset) * MINUTE_MS;
    // No clock is a day away from UTC, so these two lie before and after the wanted instant, and
    // no zone has changed its clocks twice within two days.
    let (before, after) = (zone.offset_at(local - DAY_MS), zone.offset_at(local + DAY_MS));
    for offset in [before, after] {
        if zone.offset_at(instant(offset)) == offset {
            return Moment::new(instant(offset), offset);
        }
    }
    let change = first_minute_with(zone, after, instant(after), instant(before));
    Moment::new(change, after)
}

/// The first whole minute from `early` to `late` at which the clock change to `offset` is done.
fn first_minute_with(zone: &dyn Zone, offset: i32, early: i64, late: i64) -> i64 {
    let (mut early, mut late) = (early.div_euclid(MINUTE_MS), late.div_euclid(MINUTE_MS) + 1);
    while late - early > 1 {
        let middle = i64::midpoint(early, late);
        if zone.offset_at(middle * MINUTE_MS) == offset {
            late = middle;
        } else {
            early = middle;
        }
    }
    late * MINUTE_MS
}
