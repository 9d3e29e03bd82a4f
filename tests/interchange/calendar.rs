//! The calendar against the rules of RFC 5545; section numbers are its own.

use std::collections::BTreeSet;

use doseline::diary::Moment;
use doseline::interchange::{Wording, calendar};
use doseline::report::{self, Words};
use serde_json::json;

use crate::notebook::{Notebook, as_of, day};

const NOW: &str = "2024-02-01T11:30:15+02:00";

/// A person on lithium and sertraline since day 0, with a visit ahead at an instant and one on a day.
fn notebook() -> Notebook {
    let mut book = Notebook::new();
    for (name, mg) in [("Lithium", 900.0), ("Sertraline", 50.0)] {
        let id = book
            .on(0, json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": name }] }));
        book.step(0, id, "start", mg);
    }
    book.phq9(20, 12.0);
    book.on(40, json!({ "kind": "visit", "at": "2024-02-10T09:30:00+01:00",
        "with": "Dr. Müller; the clinic, room 4\\5 — bring the list, the questions and what was measured, please" }));
    book.on(50, json!({ "kind": "visit", "with": "the pharmacist" }));
    book
}

fn written(book: &Notebook, today: i32, wording: Wording) -> String {
    let as_of = as_of(today);
    let journey = report::journey(&book.diary, as_of, &Default::default(), &Words::english());
    calendar(&journey, wording, Moment::parse(NOW).unwrap(), "a diary")
}

/// The content lines, unfolded (section 3.1), as name and value.
fn lines(text: &str) -> Vec<(String, String)> {
    let unfolded = text.replace("\r\n ", "");
    let parted = unfolded.split_terminator("\r\n").map(|line| line.split_once(':').unwrap());
    parted.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn values(text: &str, name: &str) -> Vec<String> {
    lines(text).into_iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect()
}

/// Section 3.1: lines end in CR LF and have at most 75 octets, the break not counted; a folded line
/// goes on after one blank, and no letter is torn.
#[test]
fn lines_are_folded_at_75_octets_and_end_in_cr_lf() {
    let text = written(&notebook(), 31, Wording::Detailed);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    let longest = text.split("\r\n").map(str::len).max();
    assert_eq!(longest, Some(75), "the visit's line is long enough to be folded");
    assert!(text.split("\r\n").any(|line| line.starts_with(' ')));
}

/// Section 3.3.11: in a text a backslash, a semicolon and a comma are escaped, a colon is not.
#[test]
fn texts_are_escaped() {
    let told = values(&written(&notebook(), 31, Wording::Detailed), "DESCRIPTION");
    let visit = "A visit with Dr. Müller\\; the clinic\\, room 4\\\\5 — bring the list\\, the questions \
        and what was measured\\, please is planned.";
    assert!(told.iter().any(|line| line == visit), "{told:?}");
}

/// Sections 3.4, 3.6, 3.6.1, 3.6.6, 3.7.3, 3.7.4: what has to stand in a calendar, an event and an alarm.
#[test]
fn events_have_what_they_need() {
    let text = written(&notebook(), 31, Wording::Private);
    let all = lines(&text);
    let begun =
        |what: &str| all.iter().filter(|(name, value)| name == "BEGIN" && value == what).count();
    let events = begun("VEVENT");
    assert!(events > 5);
    assert_eq!((begun("VCALENDAR"), begun("VALARM")), (1, events));
    assert_eq!(values(&text, "VERSION"), ["2.0"]);
    assert_eq!(values(&text, "PRODID").len(), 1);
    let mut open: Vec<&str> = Vec::new();
    for (name, value) in &all {
        match name.as_str() {
            "BEGIN" => open.push(value),
            "END" => assert_eq!(open.pop(), Some(value.as_str())),
            _ => assert!(!open.is_empty()),
        }
    }
    assert!(open.is_empty());
    // UTC (section 3.3.5, form 2), from what is passed in: 11:30:15 two hours ahead.
    assert_eq!(values(&text, "DTSTAMP"), vec!["20240201T093015Z"; events]);
    for name in ["ACTION", "TRIGGER", "UID", "SUMMARY"] {
        assert_eq!(values(&text, name).len(), events, "{name}");
    }
    // Whole days are dates, which also last a day (section 3.6.1); an instant is one.
    let (whole, timed) = (values(&text, "DTSTART;VALUE=DATE"), values(&text, "DTSTART"));
    assert!(whole.iter().all(|day| day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit())));
    assert_eq!(timed, ["20240210T083000Z"]);
    assert_eq!(whole.len() + timed.len(), events);
    assert!(whole.contains(&day(50).to_string().replace('-', "")));
}

#[test]
fn what_is_past_due_stands_on_the_present_day() {
    let text = written(&notebook(), 31, Wording::Private);
    let today = day(31).to_string().replace('-', "");
    let days = values(&text, "DTSTART;VALUE=DATE");
    assert!(days.iter().all(|day| *day >= today) && days.contains(&today), "{days:?}");
}

#[test]
fn an_event_keeps_its_identifier_and_has_it_alone() {
    let book = notebook();
    let uids = |today, wording| values(&written(&book, today, wording), "UID");
    let first = uids(31, Wording::Private);
    let each: BTreeSet<&String> = first.iter().collect();
    assert_eq!(each.len(), first.len());
    assert_eq!(uids(33, Wording::Detailed), first);
    // Another diary has others.
    let journey = report::journey(&book.diary, as_of(31), &Default::default(), &Words::english());
    let other = calendar(&journey, Wording::Private, Moment::parse(NOW).unwrap(), "another diary");
    assert!(values(&other, "UID").iter().all(|uid| !first.contains(uid)));
}

/// No medicine, no measure and no person stands in what others may read.
#[test]
fn titles_tell_nothing_of_medicines_or_health_unless_asked() {
    let (private, detailed) = [Wording::Private, Wording::Detailed]
        .map(|wording| written(&notebook(), 31, wording))
        .into();
    let telling = ["lithium", "sertraline", "phq", "kidney", "level", "müller", "pharmacist"];
    for word in telling {
        assert!(!private.to_lowercase().contains(word), "{word}");
        assert!(detailed.to_lowercase().contains(word), "{word}");
    }
    for title in values(&detailed, "SUMMARY") {
        assert!(!telling.iter().any(|word| title.to_lowercase().contains(word)), "{title}");
    }
}
