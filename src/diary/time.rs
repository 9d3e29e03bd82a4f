use std::fmt;

use chrono::{DateTime, Datelike, Days, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

use crate::error::{Code, Error, Result};

/// A civil day as a person lives it, stored as days since 1970-01-01.
///
/// It holds every day from 1900-01-01 to 2199-12-31, which keeps arithmetic free of overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The first day that can be recorded, 1900-01-01.
    pub const FIRST: Self = Self(-25_567);
    /// The last day that can be recorded, 2199-12-31.
    pub const LAST: Self = Self(84_005);

    /// The day that many days after 1970-01-01, if it can be recorded.
    #[must_use]
    pub const fn from_number(number: i32) -> Option<Self> {
        if number < Self::FIRST.0 || number > Self::LAST.0 { None } else { Some(Self(number)) }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`Code::BadDate`] when the text has another form or the day does not exist.
    pub fn parse(text: &str) -> Result<Self> {
        let digits = |range: std::ops::Range<usize>| {
            let part = text.get(range)?;
            if !part.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            part.parse::<i32>().ok()
        };
        let day = (text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-')
            .then(|| {
                let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
                let month = u32::try_from(month).ok()?;
                let date = NaiveDate::from_ymd_opt(year, month, u32::try_from(day).ok()?)?;
                Self::from_number(date.to_epoch_days())
            })
            .flatten();
        day.ok_or_else(|| Error::new(Code::BadDate, "").with("value", text))
    }

    /// The same day in chrono's calendar.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let epoch = NaiveDate::default();
        let span = Days::new(u64::from(self.0.unsigned_abs()));
        let date =
            if self.0 < 0 { epoch.checked_sub_days(span) } else { epoch.checked_add_days(span) };
        date.unwrap_or(epoch)
    }

    /// Day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// The day `days` later (earlier when negative), held inside the recordable range.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(Self::FIRST.0, Self::LAST.0))
    }

    /// Days from `earlier` to this day.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Minutes after midnight on the clock of the place where a person is, `00:00` to `23:59`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

impl ClockTime {
    /// When a civil day starts unless the person says otherwise: a dose at 01:30 still belongs
    /// to the evening before.
    pub const DEFAULT_DAY_START: Self = Self(4 * 60);
    /// When the date changes.
    pub(crate) const MIDNIGHT: Self = Self(0);

    /// Reads `HH:MM`.
    ///
    /// # Errors
    /// [`Code::BadDate`] when the text has another form or names no minute of a day.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || Error::new(Code::BadDate, "").with("value", text);
        let [h1, h2, b':', m1, m2] = *text.as_bytes() else { return Err(bad()) };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return Err(bad());
        }
        let two = |a: u8, b: u8| u16::from(a - b'0') * 10 + u16::from(b - b'0');
        let (hour, minute) = (two(h1, h2), two(m1, m2));
        if hour < 24 && minute < 60 { Ok(Self(hour * 60 + minute)) } else { Err(bad()) }
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An instant with the offset of the clock on the wall when it was lived.
///
/// The offset is kept so that a dose taken at 22:00 in Tokyo stays a dose at 22:00, wherever the
/// diary is read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    ms: i64,
    offset_minutes: i16,
}

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

impl Moment {
    /// The instant `ms` milliseconds after 1970-01-01T00:00Z, read off a clock that is
    /// `offset_minutes` ahead of UTC.
    ///
    /// # Errors
    /// [`Code::BadDate`] outside the years 1900–2199 or when the offset is over 18 hours.
    pub fn new(ms: i64, offset_minutes: i32) -> Result<Self> {
        let offset = i16::try_from(offset_minutes).ok().filter(|m| m.unsigned_abs() <= 18 * 60);
        let day = ms.div_euclid(DAY_MS);
        let inside = (i64::from(Day::FIRST.0) + 1..i64::from(Day::LAST.0)).contains(&day);
        match offset {
            Some(offset_minutes) if inside => Ok(Self { ms, offset_minutes }),
            _ => Err(Error::new(Code::BadDate, "").with("value", ms.to_string())),
        }
    }

    /// Reads RFC 3339, for example `2026-03-12T08:05:00+01:00`. A bare local time is refused,
    /// because it names no instant.
    ///
    /// # Errors
    /// [`Code::BadDate`].
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || Error::new(Code::BadDate, "").with("value", text);
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| bad())?;
        let offset = parsed.offset().local_minus_utc();
        if offset % 60 != 0 {
            return Err(bad());
        }
        Self::new(parsed.timestamp_millis(), offset / 60).map_err(|_| bad())
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.ms
    }

    /// Minutes that the clock was ahead of UTC.
    #[must_use]
    pub const fn offset_minutes(self) -> i16 {
        self.offset_minutes
    }

    fn local_ms(self) -> i64 {
        self.ms + i64::from(self.offset_minutes) * MINUTE_MS
    }

    /// The civil day this instant belongs to when days start at `day_start`.
    #[must_use]
    pub fn day(self, day_start: ClockTime) -> Day {
        let shifted = self.local_ms() - i64::from(day_start.minutes()) * MINUTE_MS;
        let number = i32::try_from(shifted.div_euclid(DAY_MS)).unwrap_or(0);
        Day(number.clamp(Day::FIRST.0, Day::LAST.0))
    }

    /// What the clock on the wall showed, to the minute.
    #[must_use]
    pub fn clock_time(self) -> ClockTime {
        let minutes = self.local_ms().rem_euclid(DAY_MS) / MINUTE_MS;
        ClockTime(u16::try_from(minutes).unwrap_or(0))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.local_ms();
        let (day, ms) = (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS));
        let date = Day(i32::try_from(day).unwrap_or(0));
        let (seconds, fraction) = (ms / 1000, ms % 1000);
        write!(f, "{date}T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        if fraction != 0 {
            write!(f, ".{fraction:03}")?;
        }
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let offset = self.offset_minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_bounds_are_the_days_they_say() {
        assert_eq!(Day::FIRST.to_string(), "1900-01-01");
        assert_eq!(Day::LAST.to_string(), "2199-12-31");
        assert_eq!(Day::parse("1970-01-01").unwrap().number(), 0);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in
            ["2023-02-29", "2026-13-01", "2026-1-01", "+026-01-01", "2026-01-01T", "é26-01-1"]
        {
            assert_eq!(Day::parse(text).unwrap_err().code(), Code::BadDate, "{text}");
        }
        assert!(Day::parse("2024-02-29").is_ok());
    }

    #[test]
    fn a_dose_after_midnight_belongs_to_the_evening_before() {
        let late = Moment::parse("2026-03-13T01:30:00+01:00").unwrap();
        assert_eq!(late.day(ClockTime::DEFAULT_DAY_START).to_string(), "2026-03-12");
        assert_eq!(late.day(ClockTime::parse("00:00").unwrap()).to_string(), "2026-03-13");
    }

    #[test]
    fn a_moment_keeps_its_offset() {
        for text in [
            "2026-03-29T03:00:00+02:00",
            "2011-12-31T00:00:00.250+14:00",
            "1969-12-31T23:59:00-11:00",
        ] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), text);
        }
        assert!(Moment::parse("2026-03-12T08:05:00").is_err());
    }
}
