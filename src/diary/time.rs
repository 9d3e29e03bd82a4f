use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
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
        let day = match *text.as_bytes() {
            [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => two_digits(y1, y2)
                .zip(two_digits(y3, y4))
                .zip(two_digits(m1, m2).zip(two_digits(d1, d2)))
                .and_then(|((century, year), (month, day))| {
                    days_before(century * 100 + year, month, day).and_then(Self::from_number)
                }),
            _ => None,
        };
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
        let minutes = match *text.as_bytes() {
            [h1, h2, b':', m1, m2] => two_digits(h1, h2).zip(two_digits(m1, m2)),
            _ => None,
        };
        match minutes {
            Some((hour @ 0..24, minute @ 0..60)) => Ok(Self(hour * 60 + minute)),
            _ => Err(Error::new(Code::BadDate, "").with("value", text)),
        }
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
        read_rfc_3339(text)
            .and_then(|(ms, offset)| Self::new(ms, offset).ok())
            .ok_or_else(|| Error::new(Code::BadDate, "").with("value", text))
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

/// Milliseconds since 1970 and minutes of offset of an RFC 3339 text; digits beyond milliseconds
/// are dropped. By hand, because chrono's general reader costs 4 kB of wasm and 3 to 8 % of the
/// time of decoding a diary.
fn read_rfc_3339(text: &str) -> Option<(i64, i32)> {
    let bytes = text.as_bytes();
    let [_, _, _, _, _, _, _, _, _, _, b'T' | b't' | b' ', clock @ ..] = bytes else { return None };
    let day = Day::parse(text.get(..10)?).ok()?;
    let &[h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = clock else { return None };
    let (hour, minute, second) = (two_digits(h1, h2)?, two_digits(m1, m2)?, two_digits(s1, s2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (mut thousandths, mut zone) = (0, rest);
    if let [b'.', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let first = fraction[..digits].iter().chain(b"00").take(3);
        thousandths = first.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        zone = &fraction[digits..];
    }
    let offset = match *zone {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = i32::from(hours) * 60 + i32::from(minutes);
            if sign == b'-' { -offset } else { offset }
        }
        _ => return None,
    };
    let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
    let local = i64::from(day.0) * DAY_MS + seconds * 1000 + thousandths;
    Some((local - i64::from(offset) * MINUTE_MS, offset))
}

/// Days from 1970-01-01 to a date; `None` when there is no such date. Years are taken to begin in
/// March, so that a leap day comes last. By hand, because every entry has two or three dates and
/// chrono's way to a count of days takes three times as long.
fn days_before(year: u16, month: u16, day: u16) -> Option<i32> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 => 28 + u16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    if day < 1 || day > length {
        return None;
    }
    let (year, month) = (i32::from(year), i32::from(month));
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let before_month = (153 * month + 2) / 5;
    // 0000-03-01 was 719,468 days before 1970-01-01.
    Some(year * 365 + leap_days + before_month + i32::from(day) - 1 - 719_468)
}

fn two_digits(a: u8, b: u8) -> Option<u16> {
    (a.is_ascii_digit() && b.is_ascii_digit())
        .then(|| u16::from(a - b'0') * 10 + u16::from(b - b'0'))
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
    fn dates_are_counted_as_chrono_counts_them() {
        for year in 1899..2201_u16 {
            for (month, day) in (0..14).flat_map(|month| (0..33).map(move |day| (month, day))) {
                let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
                let expected = date.map(|date| date.to_epoch_days());
                assert_eq!(days_before(year, month, day), expected, "{year}-{month}-{day}");
            }
        }
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
        for text in [
            "2026-03-12T08:05:00",
            "2026-03-12T08:05+01:00",
            "2026-03-12T24:00:00Z",
            "2026-03-12T08:05:60Z",
            "2026-03-12T08:05:00.Z",
            "2026-03-12T08:05:00+1:00",
            "2026-03-12T08:05:00+19:00",
            "2026-02-29T08:05:00Z",
            "2026-03-12T08:05:00Zé",
        ] {
            assert_eq!(Moment::parse(text).unwrap_err().code(), Code::BadDate, "{text}");
        }
    }

    #[test]
    fn instants_are_read_as_chrono_reads_them() {
        for text in [
            "2026-03-12T08:05:09+01:00",
            "1999-12-31T23:59:59.999999-12:45",
            "1905-01-01 00:00:00.5Z",
            "2024-02-29t23:00:00.05+14:00",
        ] {
            let expected = chrono::DateTime::parse_from_rfc3339(text).unwrap();
            let read = Moment::parse(text).unwrap();
            assert_eq!(read.ms(), expected.timestamp_millis(), "{text}");
            let offset = expected.offset().local_minus_utc() / 60;
            assert_eq!(i32::from(read.offset_minutes()), offset, "{text}");
        }
    }
}
