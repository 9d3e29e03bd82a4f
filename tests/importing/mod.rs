//! What an import of a file needs beside the file.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use doseline::diary::{ClockTime, Kind, Moment, Stamp, Writing};
use doseline::interchange::{ImportReport, Zone};

/// The rules of a time zone, from its database.
pub(crate) struct Rules(pub(crate) Tz);

impl Zone for Rules {
    fn offset_at(&self, ms: i64) -> i32 {
        let utc = DateTime::from_timestamp_millis(ms).unwrap().naive_utc();
        self.0.offset_from_utc_datetime(&utc).fix().local_minus_utc() / 60
    }
}

pub(crate) const AMSTERDAM: Rules = Rules(Tz::Europe__Amsterdam);

pub(crate) fn writing() -> Writing {
    let now = Moment::parse("2026-11-22T10:00:00+01:00").unwrap();
    let stamp = Stamp::next(u64::try_from(now.ms()).unwrap(), 7, None);
    Writing { now, stamp, day_start: ClockTime::DEFAULT_DAY_START }
}

/// How many entries of a kind are new, and how many the diary had.
pub(crate) fn count(report: &ImportReport, kind: Kind) -> (usize, usize) {
    let found = report.entries.iter().find(|count| count.kind == kind);
    found.map_or((0, 0), |count| (count.new, count.known))
}
