use chrono::{Days, MappedLocalTime, NaiveDate, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;
use doseline::diary::{ClockTime, Day, Moment};
use serde_json::json;

use crate::drafts;

/// The instant at which a clock in `zone` shows `time` on `date`, with its offset. Where clocks were
/// put forward over it, the person takes the dose as long after midnight as on any other day; where
/// a whole day was left out there is no instant.
fn lived(zone: Tz, date: NaiveDate, time: NaiveTime) -> Option<Moment> {
    let at = match zone.from_local_datetime(&date.and_time(time)) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at,
        MappedLocalTime::None => {
            let hour = chrono::TimeDelta::hours(1);
            let shifted = zone.from_local_datetime(&(date.and_time(time) + hour)).earliest()?;
            (shifted.date_naive() == date).then_some(shifted)?
        }
    };
    let offset = at.offset().fix().local_minus_utc() / 60;
    Some(Moment::new(at.timestamp_millis(), offset).unwrap())
}

fn dates() -> impl Iterator<Item = NaiveDate> {
    let year = |first: i32, last: i32| {
        let from = NaiveDate::from_ymd_opt(first, 1, 1).unwrap();
        let to = NaiveDate::from_ymd_opt(last, 12, 31).unwrap();
        from.iter_days().take_while(move |date| *date <= to)
    };
    // Up to the devices' now in 2026; 2012 has a leap day.
    let june = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    year(2010, 2014).chain(year(2026, 2026).take_while(move |date| *date < june))
}

/// The days left out, where one dose a day is recorded at the scheduled time by the wall clock.
fn holes(zone: Tz, scheduled: &str, day_start: ClockTime) -> Vec<String> {
    let mut device = drafts::started();
    device.day_start = day_start;
    let (medicine, _) = device.diary.medicines().next().unwrap();
    let time = NaiveTime::parse_from_str(scheduled, "%H:%M").unwrap();
    let is_before_start = ClockTime::parse(scheduled).unwrap() < day_start;
    let mut missing = Vec::new();
    let mut last: Option<Day> = None;
    for date in dates() {
        let expected = date.checked_sub_days(Days::new(u64::from(is_before_start))).unwrap();
        let expected = Day::parse(&expected.to_string()).unwrap();
        let Some(at) = lived(zone, date, time) else {
            missing.push(expected.to_string());
            continue;
        };
        let draft = json!({"kind": "dose", "medicine": medicine.to_string(), "status": "taken", "at": at.to_string(), "scheduled": scheduled});
        let id = doseline::diary::EntryId::new(1, [1; 10]);
        let record = device.diary.prepare_record(&draft, id, device.writing()).unwrap();
        let entry = record.entry().unwrap();
        assert_eq!(entry.at(), Some(at), "{zone} {date}");
        assert_eq!(entry.day(), expected, "{zone} {date} {scheduled}");
        assert!(last < Some(entry.day()), "{zone} {date} twice");
        last = Some(entry.day());
    }
    missing
}

/// Offsets: the IANA time zone database, through chrono-tz.
#[test]
fn a_dose_a_day_falls_on_each_day_once_in_every_zone() {
    let zones = [
        Tz::America__New_York,
        Tz::Europe__Berlin,
        Tz::Australia__Lord_Howe,
        Tz::Africa__Casablanca,
        Tz::Asia__Kathmandu,
        Tz::America__Sao_Paulo,
        Tz::UTC,
    ];
    for zone in zones {
        // 00:30 and 02:30 are put forward over in São Paulo, and in New York and Berlin.
        for scheduled in ["00:30", "02:30", "03:59", "04:00", "08:00", "22:00", "23:59"] {
            let holes = holes(zone, scheduled, ClockTime::DEFAULT_DAY_START);
            assert!(holes.is_empty(), "{zone} {scheduled}: {holes:?}");
        }
        for start in ["00:00", "06:30"] {
            assert!(holes(zone, "08:00", ClockTime::parse(start).unwrap()).is_empty(), "{zone}");
        }
    }
}

/// Samoa went over the date line and left 30 December 2011 out. The dose due at 02:30 on that date
/// would have been the last of the 29th.
#[test]
fn the_day_that_samoa_left_out_is_the_only_hole() {
    let holes = |scheduled| holes(Tz::Pacific__Apia, scheduled, ClockTime::DEFAULT_DAY_START);
    assert_eq!(holes("08:00"), ["2011-12-30"]);
    assert_eq!(holes("22:00"), ["2011-12-30"]);
    assert_eq!(holes("02:30"), ["2011-12-29"]);
}

/// Tokyo to Honolulu on one date: the clock on the wall counts, so the day has two mornings.
#[test]
fn a_traveller_keeps_the_day_as_lived() {
    let mut device = drafts::started();
    let lived =
        ["2026-05-10T08:00:00+09:00", "2026-05-10T08:00:00-10:00", "2026-05-11T08:00:00-10:00"];
    let days = lived.map(|at| {
        let id = device.record(json!({"kind": "check-in", "at": at, "sleepHours": 6}));
        assert_eq!(device.entry(id).at().unwrap().clock_time().to_string(), "08:00");
        device.entry(id).day().to_string()
    });
    assert_eq!(days, ["2026-05-10", "2026-05-10", "2026-05-11"]);
}

#[test]
fn leap_days_are_days() {
    for (text, next) in [
        ("2024-02-28", "2024-02-29"),
        ("2024-02-29", "2024-03-01"),
        ("2100-02-28", "2100-03-01"),
        ("2000-02-28", "2000-02-29"),
    ] {
        let day = Day::parse(text).unwrap();
        assert_eq!(day.plus(1).to_string(), next);
        assert_eq!(Day::parse(next).unwrap().since(day), 1);
    }
}
