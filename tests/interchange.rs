//! What goes in: tracker CSV files through a mapping, the wording of instruments. What goes out: a
//! calendar.

#[path = "interchange/calendar.rs"]
mod calendar;
mod importing;
mod notebook;
#[path = "interchange/questionnaire.rs"]
mod questionnaire;

use chrono_tz::Tz;
use doseline::diary::{
    Body, Catalogue, ClockTime, Day, Diary, Kind, RecordedBy, Stamp, Writing, read_json,
};
use doseline::error::{Code, Error};
use doseline::interchange::{Imported, Mapping, PRESETS, local_moment, read_csv};
use importing::{AMSTERDAM, Rules, count, writing};

fn import(csv: &str, mapping: &str, diary: &Diary) -> Result<Imported, Error> {
    read_csv(csv.as_bytes(), &Mapping::parse(mapping)?, &AMSTERDAM, diary, writing())
}

/// One outcome of its own, one built in, sleep and note a row; one question a day; a weekly
/// score; a dose.
const MAPPING: &str = r#"{
  "mapping": "test", "missing": ["NA"],
  "date": { "column": "date" }, "time": ["answered", "asked"],
  "checkIns": [
    { "each": "row", "sleepHours": "slept", "note": "remark", "ratings": [
      { "column": "mood", "outcome": "mood" },
      { "column": "tense", "outcome": "tense", "name": "Tense", "min": 1, "max": 7, "worse": "higher" } ] },
    { "each": "day", "ratings": [
      { "column": "rested", "outcome": "rested", "name": "Rested", "min": 1, "max": 5, "worse": "lower" } ] }
  ],
  "assessments": [
    { "column": "score", "instrument": "weekly", "name": "Weekly score", "min": 0, "max": 4, "worse": "higher" } ],
  "doses": [
    { "column": "mg", "unit": "mg", "medicine": { "name": "A", "ingredients": [{ "name": "a" }] } } ]
}"#;

const HEADER: &str = "date,asked,answered,mood,tense,slept,remark,rested,score,mg,weather\n";

fn with_rows(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

#[test]
fn every_column_becomes_what_the_mapping_says() {
    // A byte order mark, CRLF, quotes, a comma and a quoted line break inside a cell.
    let csv = "\u{feff}".to_owned()
        + &with_rows(
            "2026-03-01,08:00,08:05,7,2,6.5,\"tired, but\r\nok \"\"so\"\"\",,1.5,50,rain\r\n\
             2026-03-01,20:00,,6,NA,,,4,1.5,50,sun\r\n\
             2026-03-02,8:00,,,,,,,,75,\r\n\
             2026-03-03,08:00,,5,3,,,,,75,\r\n\
             2026-03-04,08:00,,5,3,,,3,2,50,\r\n\
             2026-03-05,08:00,,5,3,,,,,0,\r\n\
             2026-03-06,08:00,,5,3,,,,,25,\r\n",
        );
    let Imported { records, report } = import(&csv, MAPPING, &Diary::default()).unwrap();
    assert_eq!((report.rows, report.days, report.empty_rows), (7, 6, 0));
    assert_eq!(report.ignored_columns, ["weather"]);
    assert_eq!(report.first.unwrap().to_string(), "2026-03-01");
    // Six rows with a rating and two days with `rested`.
    assert_eq!(count(&report, Kind::CheckIn), (8, 0));
    // `score` stands in three rows of two days.
    assert_eq!(count(&report, Kind::Assessment), (2, 0));
    // 50, 75, 50, 0, 25.
    assert_eq!(count(&report, Kind::Step), (5, 0));
    assert_eq!(count(&report, Kind::Outcome), (2, 0));
    assert_eq!(count(&report, Kind::Dose), (0, 0));

    let mut diary = Diary::default();
    diary.merge(records);
    assert!(diary.entries().all(|recorded| recorded.entry.recorded_by() == RecordedBy::Import));
    let first = diary
        .entries()
        .find_map(|recorded| match recorded.entry.body() {
            Body::CheckIn(check_in) if check_in.note().is_some() => {
                Some((recorded.entry.at().unwrap().to_string(), check_in.clone()))
            }
            _ => None,
        })
        .unwrap();
    assert_eq!(first.0, "2026-03-01T08:05:00+01:00");
    assert_eq!(first.1.note(), Some("tired, but\r\nok \"so\""));
    assert_eq!(first.1.sleep_hours(), Some(6.5));
    assert_eq!(first.1.ratings().len(), 2);
    let actions: Vec<String> = {
        let mut steps: Vec<(Day, String)> = diary
            .entries()
            .filter_map(|recorded| match recorded.entry.body() {
                Body::Step(step) => Some((recorded.entry.day(), step.action.to_string())),
                _ => None,
            })
            .collect();
        steps.sort();
        steps.into_iter().map(|(_, action)| action).collect()
    };
    assert_eq!(actions, ["start", "increase", "decrease", "stop", "resume"]);

    let json = diary.to_json("someone");
    let (again, _) = read_json(&json, Catalogue::default(), None).unwrap();
    assert_eq!(again.to_json("someone"), json);
}

#[test]
fn a_second_import_adds_only_what_is_new_and_brings_nothing_back() {
    let early = with_rows("2026-03-01,08:00,,7,2,,,4,1,50,\n2026-03-01,08:00,,6,2,,,4,1,50,\n");
    let mut diary = Diary::default();
    diary.merge(import(&early, MAPPING, &diary).unwrap().records);
    let before = diary.to_json("someone");
    let same = import(&early, MAPPING, &diary).unwrap();
    assert!(same.records.is_empty());
    // Two rows of one minute and the day's question.
    assert_eq!(count(&same.report, Kind::CheckIn), (0, 3));

    let removed = diary.entries().find(|r| r.entry.kind() == Kind::CheckIn).unwrap().id;
    let stamp = Stamp::next(u64::try_from(writing().now.ms()).unwrap(), 7, diary.last_stamp());
    diary.merge([diary.prepare_remove(removed, Writing { stamp, ..writing() }).unwrap()]);
    let longer = early + "2026-03-02,08:00,,5,2,,,,,75,\n";
    let more = import(&longer, MAPPING, &diary).unwrap();
    assert_eq!(count(&more.report, Kind::CheckIn), (1, 3));
    assert_eq!(count(&more.report, Kind::Step), (1, 1));
    diary.merge(more.records);
    assert!(diary.entry(removed).is_none());
    assert_eq!(diary.conflicts().count(), 0);
    assert_ne!(diary.to_json("someone"), before);
}

#[test]
fn other_separators_decimals_and_dates() {
    let mapping = r#"{ "mapping": "eu", "delimiter": ";", "decimal": ",",
        "date": { "column": "Datum", "format": "DD.MM.YYYY" },
        "checkIns": [{ "each": "row", "sleepHours": "Schlaf" }] }"#;
    let Imported { records, .. } =
        import("Datum;Schlaf\n1.3.2026;7,25\n", mapping, &Diary::default()).unwrap();
    let entry = records[0].entry().unwrap();
    assert_eq!((entry.day().to_string(), entry.at()), ("2026-03-01".to_owned(), None));
    assert!(matches!(entry.body(), Body::CheckIn(c) if c.sleep_hours() == Some(7.25)));
}

#[test]
fn a_row_after_midnight_belongs_to_the_evening_before() {
    let csv = with_rows("2026-03-02,01:30,,7,,,,,,,\n");
    let Imported { records, .. } = import(&csv, MAPPING, &Diary::default()).unwrap();
    let check_in = records.iter().find_map(|r| r.entry().filter(|e| e.kind() == Kind::CheckIn));
    assert_eq!(check_in.unwrap().day().to_string(), "2026-03-01");
}

#[test]
fn one_bad_cell_refuses_the_whole_file_and_says_where() {
    let good = "2026-03-01,08:00,,7,2,,,4,1,50,\n";
    let bad = |row: &str| with_rows(&format!("{good}{row}\n"));
    let cases = [
        (bad("2026-02-29,08:00,,7,2,,,4,1,50,"), Code::BadDate, "row[3].date"),
        (bad(",08:00,,7,2,,,4,1,50,"), Code::BadDate, "row[3].date"),
        (bad("01/03/2026,08:00,,7,2,,,4,1,50,"), Code::BadDate, "row[3].date"),
        (bad("2026-12-24,08:00,,7,2,,,4,1,50,"), Code::OutOfRange, "row[3].date"),
        (bad("2026-03-02,25:00,,7,2,,,4,1,50,"), Code::BadDate, "row[3].asked"),
        (bad("2026-03-02,08:00,8 am,7,2,,,4,1,50,"), Code::BadDate, "row[3].answered"),
        (bad("2026-03-02,08:00:61,,7,2,,,4,1,50,"), Code::BadDate, "row[3].asked"),
        (bad("2026-03-02,08:00,,11,2,,,4,1,50,"), Code::OutOfRange, "row[3].mood"),
        (bad("2026-03-02,08:00,,7,0,,,4,1,50,"), Code::OutOfRange, "row[3].tense"),
        (bad("2026-03-02,08:00,,good,2,,,4,1,50,"), Code::WrongType, "row[3].mood"),
        (bad("2026-03-02,08:00,,7,NaN,,,4,1,50,"), Code::WrongType, "row[3].tense"),
        (bad("2026-03-02,08:00,,7,2,25,,4,1,50,"), Code::OutOfRange, "row[3].slept"),
        (bad("2026-03-02,08:00,,7,2,,,6,1,50,"), Code::OutOfRange, "row[3].rested"),
        (bad("2026-03-02,08:00,,7,2,,,4,5,50,"), Code::OutOfRange, "row[3].score"),
        (bad("2026-03-02,08:00,,7,2,,,4,1,-50,"), Code::OutOfRange, "row[3].mg"),
        (bad("2026-03-02,08:00,,7,2,,,4,1,inf,"), Code::WrongType, "row[3].mg"),
        // Another score, another dose on the day of the row above.
        (bad("2026-03-01,09:00,,7,2,,,4,2,50,"), Code::OutOfRange, "row[3].score"),
        (bad("2026-03-01,09:00,,7,2,,,4,1,75,"), Code::OutOfRange, "row[3].mg"),
        (
            bad(&format!("2026-03-02,08:00,,7,2,,{},4,1,50,", "x".repeat(20_001))),
            Code::BadText,
            "row[3].note",
        ),
        (bad("2026-03-02,08:00,,7"), Code::InvalidCsv, "row[3]"),
        (String::new(), Code::MissingField, "row[1].date"),
        ("date,mood\n".to_owned(), Code::MissingField, "row[1].answered"),
        (HEADER.replace("weather", "mood"), Code::InvalidCsv, "row[1].mood"),
    ];
    for (csv, code, field) in cases {
        let refusal = import(&csv, MAPPING, &Diary::default()).unwrap_err();
        assert_eq!((refusal.code(), refusal.field()), (code, field), "{csv}");
    }
    let latin1 =
        [HEADER.as_bytes(), good.as_bytes(), b"2026-03-02,08:00,,7,2,,\xe9,4,1,50,\n"].concat();
    let mapping = Mapping::parse(MAPPING).unwrap();
    let refusal =
        read_csv(&latin1, &mapping, &AMSTERDAM, &Diary::default(), writing()).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::InvalidCsv, "row[3]"));
}

#[test]
fn a_bad_mapping_says_which_field() {
    let cases = [
        ("", Code::InvalidJson, ""),
        ("[]", Code::WrongType, ""),
        ("{}", Code::MissingField, "mapping"),
        (r#"{"mapping":"m"}"#, Code::MissingField, "date"),
        (r#"{"mapping":"m","date":{}}"#, Code::MissingField, "date.column"),
        (
            r#"{"mapping":"m","date":{"column":"d","format":"D/M"}}"#,
            Code::UnknownValue,
            "date.format",
        ),
        (r#"{"mapping":"m","date":{"column":"d"}}"#, Code::MissingField, "checkIns"),
        (
            r#"{"mapping":"m","date":{"column":"d"},"delimiter":"|"}"#,
            Code::UnknownValue,
            "delimiter",
        ),
        (r#"{"mapping":"m","date":{"column":"d"},"decimal":"_"}"#, Code::UnknownValue, "decimal"),
        (r#"{"mapping":"m","date":{"column":"d"},"checkins":[]}"#, Code::UnknownField, "checkins"),
        (
            r#"{"mapping":"m","date":{"column":"d"},"checkIns":[{"each":"row","note":"n"}],"x":1}"#,
            Code::UnknownField,
            "x",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"checkIns":[{"each":"week","note":"n"}]}"#,
            Code::UnknownValue,
            "checkIns[0].each",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"checkIns":[{"each":"row"}]}"#,
            Code::MissingField,
            "checkIns[0].ratings",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"checkIns":[{"each":"row","ratings":[{"column":"a","outcome":"own","name":"Own","min":1,"max":1,"worse":"higher"}]}]}"#,
            Code::EndBeforeStart,
            "checkIns[0].ratings[0].max",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"checkIns":[{"each":"row","ratings":[{"column":"a","outcome":"mood","min":1}]}]}"#,
            Code::UnknownField,
            "checkIns[0].ratings[0].min",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"assessments":[{"column":"a"}]}"#,
            Code::MissingField,
            "assessments[0].instrument",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"doses":[{"column":"a","unit":"kg"}]}"#,
            Code::UnknownValue,
            "doses[0].unit",
        ),
        (
            r#"{"mapping":"m","date":{"column":"d"},"doses":[{"column":"a","unit":"mg","medicine":{"name":"A"}}]}"#,
            Code::MissingField,
            "doses[0].medicine.ingredients",
        ),
    ];
    for (json, code, field) in cases {
        let refusal = Mapping::parse(json).unwrap_err();
        assert_eq!((refusal.code(), refusal.field()), (code, field), "{json}");
        // As plain data the same.
        if let Ok(plain) = serde_json::from_str::<serde_json::Value>(json) {
            assert_eq!(Mapping::read(&plain), Err(refusal), "{json}");
        }
    }
    assert_eq!(Mapping::preset("nobody").unwrap_err().code(), Code::UnknownValue);
}

#[test]
fn an_outcome_the_diary_defines_already_keeps_its_scale() {
    let mut diary = Diary::default();
    let own =
        r#"{"kind":"outcome","outcome":"tense","name":"Mine","min":1,"max":5,"worse":"higher"}"#;
    let id = doseline::diary::EntryId::new(1, [0; 10]);
    let record = diary.prepare_record(&mut serde_json::Deserializer::from_str(own), id, writing());
    diary.merge([record.unwrap()]);
    let fits = import(&with_rows("2026-03-01,08:00,,7,5,,,,,,\n"), MAPPING, &diary).unwrap();
    assert_eq!(count(&fits.report, Kind::Outcome), (1, 1));
    let refusal = import(&with_rows("2026-03-01,08:00,,7,6,,,,,,\n"), MAPPING, &diary).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::OutOfRange, "row[2].tense"));
}

/// Clock changes as the tz database has them, for example Amsterdam 2013-03-31 02:00 → 03:00 and
/// 2012-10-28 03:00 → 02:00; Lord Howe changes by half an hour; Samoa left out 2011-12-30.
#[test]
fn local_times_become_instants() {
    let cases = [
        (Tz::Europe__Amsterdam, "2013-03-31", "01:59", "2013-03-31T01:59:00+01:00"),
        (Tz::Europe__Amsterdam, "2013-03-31", "02:30", "2013-03-31T03:00:00+02:00"),
        (Tz::Europe__Amsterdam, "2013-03-31", "03:00", "2013-03-31T03:00:00+02:00"),
        (Tz::Europe__Amsterdam, "2012-10-28", "01:59", "2012-10-28T01:59:00+02:00"),
        (Tz::Europe__Amsterdam, "2012-10-28", "02:30", "2012-10-28T02:30:00+02:00"),
        (Tz::Europe__Amsterdam, "2012-10-28", "03:00", "2012-10-28T03:00:00+01:00"),
        (Tz::America__New_York, "2026-03-08", "02:30", "2026-03-08T03:00:00-04:00"),
        (Tz::America__New_York, "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00"),
        (Tz::Australia__Lord_Howe, "2026-10-04", "02:15", "2026-10-04T02:30:00+11:00"),
        (Tz::Pacific__Apia, "2011-12-30", "12:00", "2011-12-31T00:00:00+14:00"),
        (Tz::Asia__Kathmandu, "2026-06-01", "12:00", "2026-06-01T12:00:00+05:45"),
    ];
    for (zone, day, time, expected) in cases {
        let ms = i64::from(ClockTime::parse(time).unwrap().minutes()) * 60_000;
        let moment = local_moment(&Rules(zone), Day::parse(day).unwrap(), ms).unwrap();
        assert_eq!(moment.to_string(), expected, "{zone} {day} {time}");
    }
}

#[test]
fn every_preset_reads_and_is_listed_by_its_own_name() {
    for preset in PRESETS {
        let mapping = Mapping::parse(preset.json).unwrap();
        assert_eq!(mapping.name(), preset.name);
        assert!(mapping.source().is_some_and(|source| source.contains("doi")));
    }
}
