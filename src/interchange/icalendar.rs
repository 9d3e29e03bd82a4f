//! What falls due as a calendar: iCalendar (RFC 5545), for the calendar a person uses anyway.
//!
//! A calendar is often read by others: on a shared screen, by a family, at work. So an event says no
//! more than that something falls due, unless the person asks for [detail](Wording::Detailed). An event keeps
//! its identifier from export to export, so that bringing the file in again moves it and adds no
//! second one; the identifier tells nothing. What is past due stands on the present day, since no
//! calendar rings for the past.

use std::fmt::Write as _;

use crate::diary::{Day, Moment};
use crate::report::{DueView, Journey};
use crate::safety::{DueKind, digest};

/// How much an event tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Titles without medicines and conditions.
    Private,
    /// Everything that the journey says.
    Detailed,
}

/// Octets of a line before it is folded (RFC 5545, section 3.1).
const LINE_OCTETS: usize = 75;
/// Rings at nine in the morning of a whole day.
const MORNING: &str = "PT9H";
/// Rings at nine in the morning of the day before a whole day.
const MORNING_BEFORE: &str = "-PT15H";
/// Rings a day before an instant.
const DAY_BEFORE: &str = "-P1D";

/// What falls due, as the text of an `.ics` file. `now` is the instant of the writing; `salt` keeps
/// the identifiers of two diaries apart, and has to stay the same for one.
#[must_use]
pub fn calendar(journey: &Journey, wording: Wording, now: Moment, salt: &str) -> String {
    let mut file = File::default();
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", "-//Doseline//Doseline//EN");
    for due in &journey.due {
        file.event(due, journey.day, wording, now, salt);
    }
    file.line("END", "VCALENDAR");
    file.text
}

#[derive(Default)]
struct File {
    text: String,
}

impl File {
    fn event(&mut self, due: &DueView, today: Day, wording: Wording, now: Moment, salt: &str) {
        let is_visit = due.kind == DueKind::Visit;
        let medicine = due.medicine.map(|id| id.to_string()).unwrap_or_default();
        let digest = digest(&[salt, &due.key, &medicine]);
        self.line("BEGIN", "VEVENT");
        self.line("UID", &format!("doseline-{digest:016x}"));
        self.line("DTSTAMP", &utc(now));
        let alarm = match due.at.filter(|_| is_visit) {
            Some(at) => {
                self.line("DTSTART", &utc(at));
                DAY_BEFORE
            }
            None => {
                self.line("DTSTART;VALUE=DATE", &date(due.day.max(today)));
                if is_visit { MORNING_BEFORE } else { MORNING }
            }
        };
        let title = escaped(&due.title);
        self.line("SUMMARY", &title);
        if wording == Wording::Detailed {
            self.line("DESCRIPTION", &escaped(&due.sentence));
        }
        self.line("CLASS", "PRIVATE");
        self.line("TRANSP", "TRANSPARENT");
        self.line("BEGIN", "VALARM");
        self.line("ACTION", "DISPLAY");
        self.line("DESCRIPTION", &title);
        self.line("TRIGGER", alarm);
        self.line("END", "VALARM");
        self.line("END", "VEVENT");
    }

    /// Adds a line, folded where it is longer than a line may be, never within a letter.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for letter in [name, ":", value].into_iter().flat_map(str::chars) {
            if octets + letter.len_utf8() > LINE_OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(letter);
            octets += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A text with what has a meaning in a calendar escaped (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn date(day: Day) -> String {
    day.to_string().replace('-', "")
}

fn utc(at: Moment) -> String {
    let seconds = at.ms().div_euclid(1000);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut text = date(Day::FIRST.plus(day as i32 - Day::FIRST.number()));
    // Writing into a String cannot fail.
    let _ = write!(text, "T{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60);
    text
}
