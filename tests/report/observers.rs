//! What others rate is a series of its own, and in none of the person's.

use doseline::analysis::Columns;
use doseline::diary::{ClockTime, Moment, Stamp, Writing};
use doseline::report::{self, TimelineOptions, VisitOptions, Words};
use doseline::safety::{Settings, Severity, agenda};
use serde_json::{Value, json};

use crate::notebook::{Notebook, as_of, day};

const OTHERS: [&str; 2] = ["family", "clinician"];

fn check_in(by: &str, mood: f64) -> Value {
    json!({ "kind": "check-in", "recordedBy": by, "ratings": { "mood": mood }, "sleepHours": 7 })
}

fn phq9(by: &str, item_9: u8) -> Value {
    let items = [1, 1, 1, 1, 1, 1, 1, 1, item_9];
    json!({ "kind": "assessment", "recordedBy": by, "instrument": "phq-9", "items": items })
}

fn names(book: &Notebook, seen: bool) -> Vec<String> {
    let columns = Columns::of(&book.diary);
    let shown = if seen { columns.seen() } else { columns.all() };
    shown.iter().map(|column| column.outcome.key.as_str().to_owned()).collect()
}

#[test]
fn what_others_rate_stands_in_columns_of_its_own() {
    let mut book = Notebook::new();
    book.mood(0..30, |_| 5.0);
    let before = Columns::of(&book.diary);
    for number in 0..30 {
        for by in OTHERS {
            book.on(number, check_in(by, 9.0));
        }
    }
    book.on(20, phq9("clinician", 0));
    let columns = Columns::of(&book.diary);
    assert_eq!(columns.all(), before.all(), "the person's own columns are as they were");
    assert_eq!(
        names(&book, true),
        ["phq-9@clinician", "mood@clinician", "mood@family", "sleep@clinician", "sleep@family"]
    );
    let seen = columns.find("mood@family").unwrap();
    assert_eq!((seen.len(), seen.values[0]), (30, 9.0));
    assert!(columns.find("phq-9").is_none(), "the person filled none in");
    let view = report::outcomes(&book.diary, &Words::english());
    let view = view.iter().find(|outcome| outcome.outcome == "mood@family").unwrap();
    assert_eq!((view.name.as_str(), view.source), ("Mood, seen by family", "rating"));
    // They can be looked at, and are not among what is shown by itself.
    let words = Words::english();
    let lanes = |outcomes| {
        let options = TimelineOptions { outcomes, from: None, to: None };
        let view = report::timeline(&book.diary, &options, as_of(29), &words).unwrap();
        view.lanes.into_iter().map(|lane| lane.outcome.outcome).collect::<Vec<_>>()
    };
    assert_eq!(lanes(None), ["mood"]);
    assert_eq!(lanes(Some(vec!["mood@family".into()])), ["mood@family"]);
}

/// Columns that follow a change are those that are worked out anew.
#[test]
fn a_column_of_others_goes_with_its_last_value() {
    let mut book = Notebook::new();
    book.on(0, check_in("self", 5.0));
    let _ = Columns::of(&book.diary);
    let id = book.on(1, check_in("family", 9.0));
    assert_eq!(names(&book, true), ["mood@family", "sleep@family"]);
    let mut body = check_in("self", 9.0);
    body["day"] = json!(day(1).to_string());
    let writing = Writing {
        now: Moment::parse("2026-11-22T10:00:00+00:00").unwrap(),
        stamp: Stamp::next(9, 1, None),
        day_start: ClockTime::DEFAULT_DAY_START,
    };
    let amended = book.diary.prepare_amend(id, &body, writing).unwrap();
    book.diary.merge([amended]);
    assert_eq!(names(&book, true), [] as [&str; 0]);
    let own = Columns::of(&book.diary);
    assert_eq!(own.find("mood").unwrap().values, [5.0, 9.0]);
}

/// The family's answer to item 9 is no earlier answer of the person's, and the other way about.
#[test]
fn an_answer_about_self_harm_is_compared_with_the_same_rater_s() {
    let crisis = |entries: &[(i32, &str, u8)]| {
        let mut book = Notebook::new();
        for (number, by, item_9) in entries {
            book.on(*number, phq9(by, *item_9));
        }
        let found = doseline::safety::review(&book.diary, day(20), &Settings::default());
        let flag = found.flags.into_iter().find(|flag| flag.rule.starts_with("crisis-"));
        flag.map(|flag| flag.severity)
    };
    // New for the person, whatever the family had seen before: the full path.
    let urgent = Some(Severity::UrgentHelp);
    assert_eq!(crisis(&[(18, "family", 1), (20, "self", 1)]), urgent);
    assert_eq!(crisis(&[(18, "self", 0), (19, "family", 1), (20, "self", 1)]), urgent);
    // A nought of the family's takes no answer of the person's back.
    assert_eq!(crisis(&[(18, "self", 2), (20, "family", 0)]), urgent);
    // As it was for the person.
    let quiet = Some(Severity::WorthAskingAbout);
    assert_eq!(crisis(&[(18, "self", 1), (19, "family", 0), (20, "self", 1)]), quiet);
}

#[test]
fn what_others_fill_in_is_named_in_the_brief_and_takes_no_turn_of_the_person_s() {
    let mut book = Notebook::new();
    book.on(0, phq9("self", 0));
    book.on(0, check_in("self", 5.0));
    let due = |book: &Notebook| {
        let agenda = agenda(&book.diary, &[], as_of(20).today, &Settings::default());
        agenda.due.iter().map(|due| (due.kind, due.day)).collect::<Vec<_>>()
    };
    let before = due(&book);
    book.on(19, phq9("family", 0));
    book.on(19, check_in("family", 5.0));
    assert_eq!(due(&book), before);
    let options = VisitOptions::default();
    let words = Words::english();
    let brief =
        report::visit_report(&book.diary, &options, as_of(20), &Settings::default(), &words);
    let scores = brief.sections.iter().find(|section| section.id == "scores").unwrap();
    let heads: Vec<&str> =
        scores.lines.iter().filter_map(|line| line.text.split(':').next()).collect();
    assert_eq!(heads, ["PHQ-9", "PHQ-9, seen by family"]);
}
