//! Bad input, one table: every error code and every field of every kind at least once. Each case
//! gives one error with its code and field. The table is also written to `target/bad-input/cases.mjs`:
//! `tests/package/bad-input.test.mjs` gives it to the built package and looks whether the diary is
//! as it was, byte for byte.

mod device;
#[path = "bad_input/plain.rs"]
mod plain;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use device::{Device, open};
use doseline::diary::{
    Catalogue, Diary, Entry, EntryId, InstrumentShape, Kind, Range, Record, SCHEMA_VERSION, Worse,
    read_json,
};
use doseline::error::{Code, Error};
use doseline::interchange::{Mapping, Zone, read_csv, read_questionnaire};
use doseline::report::Words;
use plain::Plain;
use serde_json::{Value, json};

const FILE: &str = include_str!("fixtures/diary/every-field.json");

/// Codes that nothing done to a diary or its file can raise, each with the test that has its case: of a
/// second pack in one process, of what a portal leaves out, of the design of a trial.
const RAISED_ELSEWHERE: &[(Code, &str, &str)] = &[
    (Code::PackInUse, "pack", "a pack is refused as a whole or used as a whole, and there is one"),
    (Code::NotAvailable, "calls", "a part that a portal leaves out is refused, and only that one"),
    (
        Code::NotSuitable,
        "calls",
        "the design of a trial is for clinicians, where it was switched on, and refused for a slow medicine",
    ),
];

/// What stands in the field instead of what should.
enum Bad {
    Is(Value),
    Absent,
    Number(f64),
    /// The field stands there twice.
    Twice,
    /// So many lists in one another.
    Deep(usize),
}
use Bad::{Absent, Deep, Is, Number, Twice};

/// A field, what stands there instead, and the refusal. The draft around it is the first entry of
/// the kind in the fixture that has the field.
type Row = (Kind, &'static str, Bad, Code, &'static str);

fn is(value: impl Into<Value>) -> Bad {
    Is(value.into())
}

fn long(length: usize) -> Bad {
    is("x".repeat(length))
}

/// Refused wherever it stands: in a new entry, in an amended one and in a file.
#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use Code::*;
    let check_in = [
        (Kind::CheckIn, "ratings", is("mood"), WrongType, "ratings"),
        (Kind::CheckIn, "ratings", Twice, UnknownField, "ratings"),
        (Kind::CheckIn, "ratings.mood", is(11), OutOfRange, "ratings.mood"),
        (Kind::CheckIn, "ratings.mood", is(-0.1), OutOfRange, "ratings.mood"),
        (Kind::CheckIn, "ratings.mood", is("4"), WrongType, "ratings.mood"),
        (Kind::CheckIn, "ratings.mood", Twice, UnknownField, "ratings.mood"),
        (Kind::CheckIn, "ratings.__proto__", is("4"), WrongType, "ratings.__proto__"),
        (Kind::CheckIn, "ratings. ", is(4), BadText, "ratings. "),
        (Kind::CheckIn, "ratings.ear ringing", is(2e6), OutOfRange, "ratings.ear ringing"),
        (Kind::CheckIn, "sleepHours", is(24.5), OutOfRange, "sleepHours"),
        (Kind::CheckIn, "cycleDay", is(0), OutOfRange, "cycleDay"),
        (Kind::CheckIn, "cycleDay", is(1.5), WrongType, "cycleDay"),
        (Kind::CheckIn, "tags", is("rain"), WrongType, "tags"),
        (Kind::CheckIn, "tags[0]", is(""), BadText, "tags[0]"),
        (Kind::CheckIn, "tags[1]", long(201), BadText, "tags[1]"),
        (Kind::CheckIn, "note", long(20_001), BadText, "note"),
        (Kind::CheckIn, "note", Deep(20), WrongType, "note"),
        (Kind::CheckIn, "weather", is("rain"), UnknownField, "weather"),
        (Kind::CheckIn, "weather", Deep(20), UnknownField, "weather"),
        (Kind::CheckIn, "__proto__", is(json!({})), UnknownField, "__proto__"),
        (Kind::CheckIn, "constructor", is("x"), UnknownField, "constructor"),
    ];
    let assessment = [
        (Kind::Assessment, "instrument", Absent, MissingField, "instrument"),
        (Kind::Assessment, "instrument", is(9), WrongType, "instrument"),
        (Kind::Assessment, "items", is(3), WrongType, "items"),
        (Kind::Assessment, "items", Absent, ExactlyOne, "items"),
        (Kind::Assessment, "items", is(json!([])), ExactlyOne, "items"),
        (Kind::Assessment, "items[0]", is(101), OutOfRange, "items[0]"),
        (Kind::Assessment, "items[2]", is(1.5), WrongType, "items[2]"),
        (Kind::Assessment, "total", is(1e7), OutOfRange, "total"),
        (Kind::Assessment, "total", Absent, ExactlyOne, "items"),
        (Kind::Assessment, "difficulty", is(4), OutOfRange, "difficulty"),
        (Kind::Assessment, "note", is(" \n "), BadText, "note"),
    ];
    let medicine = [
        (Kind::Medicine, "name", Absent, MissingField, "name"),
        (Kind::Medicine, "name", long(201), BadText, "name"),
        (Kind::Medicine, "ingredients", Absent, MissingField, "ingredients"),
        (Kind::Medicine, "ingredients", is(json!([])), MissingField, "ingredients"),
        (Kind::Medicine, "ingredients[0]", is("sertraline"), WrongType, "ingredients[0]"),
        (Kind::Medicine, "ingredients[0].dose", is(5), UnknownField, "ingredients[0].dose"),
        (Kind::Medicine, "ingredients[0].name", Absent, MissingField, "ingredients[0].name"),
        (Kind::Medicine, "ingredients[0].reference", is(1), WrongType, "ingredients[0].reference"),
        (Kind::Medicine, "ingredients[0].rxnorm", is(36437), WrongType, "ingredients[0].rxnorm"),
        (Kind::Medicine, "ingredients[0].strength", is(50), WrongType, "ingredients[0].strength"),
        (Kind::Medicine, "ingredients[0].strength", is(json!({})), MissingField, "ingredients[0].strength.amount"),
        (Kind::Medicine, "ingredients[0].strength.amount", is(-50), OutOfRange, "ingredients[0].strength.amount"),
        (Kind::Medicine, "ingredients[0].strength.unit", is("mg/d"), UnknownValue, "ingredients[0].strength.unit"),
        (Kind::Medicine, "ingredients[0].strength.unit", is("tablet"), UnknownValue, "ingredients[0].strength.unit"),
        (Kind::Medicine, "form", is("pill"), UnknownValue, "form"),
        (Kind::Medicine, "route", is("by mouth"), UnknownValue, "route"),
        (Kind::Medicine, "release", is("XR"), UnknownValue, "release"),
        (Kind::Medicine, "purpose", is(""), BadText, "purpose"),
        (Kind::Medicine, "class", is(1), WrongType, "class"),
        (Kind::Medicine, "note", is(1), WrongType, "note"),
    ];
    let step = [
        (Kind::Step, "medicine", Absent, MissingField, "medicine"),
        (Kind::Step, "medicine", is("sertraline"), BadId, "medicine"),
        (Kind::Step, "action", is("double"), UnknownValue, "action"),
        (Kind::Step, "schedule", Absent, MissingField, "schedule"),
        (Kind::Step, "schedule", is("daily"), WrongType, "schedule"),
        (Kind::Step, "schedule.amount", is(1), UnknownField, "schedule.amount"),
        (Kind::Step, "schedule.repeat", is("hourly"), UnknownValue, "schedule.repeat"),
        (Kind::Step, "schedule.repeat", is("every"), MissingField, "schedule.days"),
        (Kind::Step, "schedule.days", is(json!([])), NeverDue, "schedule.days"),
        (Kind::Step, "schedule.days", Absent, NeverDue, "schedule.days"),
        (Kind::Step, "schedule.days[0]", is("monday"), UnknownValue, "schedule.days[0]"),
        (Kind::Step, "schedule", is(json!({"repeat": "every", "days": 1, "unit": "mg", "doses": [{"amount": 1}]})), OutOfRange, "schedule.days"),
        (Kind::Step, "schedule", is(json!({"repeat": "every", "days": 0, "unit": "mg", "doses": [{"amount": 1}]})), OutOfRange, "schedule.days"),
        (Kind::Step, "schedule.on", is(0), NeverDue, "schedule.on"),
        (Kind::Step, "schedule.on", is(367), OutOfRange, "schedule.on"),
        (Kind::Step, "schedule.off", is(0), OutOfRange, "schedule.off"),
        (Kind::Step, "schedule.off", Absent, MissingField, "schedule.off"),
        (Kind::Step, "schedule.weeks", is(53), OutOfRange, "schedule.weeks"),
        (Kind::Step, "schedule.weeks", is(65_537), OutOfRange, "schedule.weeks"),
        (Kind::Step, "schedule.maxPerDay", is(0), OutOfRange, "schedule.maxPerDay"),
        (Kind::Step, "schedule.maxPerDay", is(0.5), NeverDue, "schedule.maxPerDay"),
        (Kind::Step, "schedule.minGapHours", is(-1), OutOfRange, "schedule.minGapHours"),
        (Kind::Step, "schedule.unit", is("pills"), UnknownValue, "schedule.unit"),
        (Kind::Step, "schedule.unit", Absent, MissingField, "schedule.unit"),
        (Kind::Step, "schedule.doses", Absent, NeverDue, "schedule.doses"),
        (Kind::Step, "schedule.doses", is(json!(vec![json!({"amount": 1}); 25])), OutOfRange, "schedule.doses"),
        (Kind::Step, "schedule.doses[0]", is(50), WrongType, "schedule.doses[0]"),
        (Kind::Step, "schedule.doses[0].note", is("x"), UnknownField, "schedule.doses[0].note"),
        (Kind::Step, "schedule.doses[0].at", is("8:00"), BadDate, "schedule.doses[0].at"),
        (Kind::Step, "schedule.doses[0].at", is("24:00"), BadDate, "schedule.doses[0].at"),
        (Kind::Step, "schedule.doses[0].amount", is(0), OutOfRange, "schedule.doses[0].amount"),
        (Kind::Step, "schedule.doses[0].amount", is(0.3), OutOfRange, "schedule.doses[0].amount"),
        (Kind::Step, "schedule.doses[0].amount", is(0.125), OutOfRange, "schedule.doses[0].amount"),
        (Kind::Step, "schedule.doses[0].amount", is(100_001), OutOfRange, "schedule.doses[0].amount"),
        (Kind::Step, "schedule.doses[0].amount", Absent, MissingField, "schedule.doses[0].amount"),
        (Kind::Step, "since", is("2020-01-01"), UnknownValue, "since"),
        (Kind::Step, "since", is(true), WrongType, "since"),
        (Kind::Step, "action", is("increase"), UnknownField, "since"),
        (Kind::Step, "replacing", Absent, MissingField, "replacing"),
        (Kind::Step, "replacing", is("x"), BadId, "replacing"),
        (Kind::Step, "action", is("stop"), UnknownField, "schedule"),
        (Kind::Step, "trial", is("phq-9"), WrongType, "trial"),
        (Kind::Step, "trial.by", is("2026-06-01"), UnknownField, "trial.by"),
        (Kind::Step, "trial.outcome", Absent, MissingField, "trial.outcome"),
        (Kind::Step, "trial.points", is(0), OutOfRange, "trial.points"),
        (Kind::Step, "trial.points", Absent, MissingField, "trial.points"),
        (Kind::Step, "trial.weeks", is(53), OutOfRange, "trial.weeks"),
        (Kind::Step, "trial.weeks", is(1.5), WrongType, "trial.weeks"),
        (Kind::Step, "trial.weeks", Absent, MissingField, "trial.weeks"),
        (Kind::Step, "reason", long(201), BadText, "reason"),
        (Kind::Step, "decidedBy", is("nobody"), UnknownValue, "decidedBy"),
        (Kind::Step, "note", is(json!([])), WrongType, "note"),
    ];
    let dose = [
        (Kind::Dose, "medicine", is(1), WrongType, "medicine"),
        (Kind::Dose, "medicine", is("01960000-0000-7000-8000-00000000000g"), BadId, "medicine"),
        (Kind::Dose, "status", is("forgot"), UnknownValue, "status"),
        (Kind::Dose, "amount", is(-1), OutOfRange, "amount"),
        (Kind::Dose, "amount", is(0), OutOfRange, "amount"),
        (Kind::Dose, "amount", is(0.1), OutOfRange, "amount"),
        (Kind::Dose, "amount", Number(f64::NAN), OutOfRange, "amount"),
        (Kind::Dose, "amount", Number(f64::INFINITY), OutOfRange, "amount"),
        (Kind::Dose, "amount", Number(f64::NEG_INFINITY), OutOfRange, "amount"),
        (Kind::Dose, "amount", Absent, MissingField, "amount"),
        (Kind::Dose, "amount", Twice, UnknownField, "amount"),
        (Kind::Dose, "unit", Absent, MissingField, "unit"),
        (Kind::Dose, "unit", is("MG"), UnknownValue, "unit"),
        (Kind::Dose, "scheduled", is("22:60"), BadDate, "scheduled"),
        (Kind::Dose, "reason", is("\t"), BadText, "reason"),
    ];
    let side_effect = [
        (Kind::SideEffect, "term", Absent, MissingField, "term"),
        (Kind::SideEffect, "severity", is("terrible"), UnknownValue, "severity"),
        (Kind::SideEffect, "onset", is("2023-02-29"), BadDate, "onset"),
        (Kind::SideEffect, "onset", Absent, MissingField, "onset"),
        (Kind::SideEffect, "end", is("2026-01-04"), EndBeforeStart, "end"),
        (Kind::SideEffect, "end", is("soon"), BadDate, "end"),
        (Kind::SideEffect, "suspected", is("sertraline"), BadId, "suspected"),
        (Kind::SideEffect, "note", is(false), WrongType, "note"),
    ];
    let measurement = [
        (Kind::Measurement, "measure", is("height"), UnknownValue, "measure"),
        (Kind::Measurement, "value", Absent, MissingField, "value"),
        (Kind::Measurement, "value", is(20), OutOfRange, "value"),
        (Kind::Measurement, "value", is("128/82"), WrongType, "value"),
        (Kind::Measurement, "unit", is("kg"), UnknownValue, "unit"),
        (Kind::Measurement, "unit", is("stone"), UnknownValue, "unit"),
        (Kind::Measurement, "diastolic", is(129), OutOfRange, "diastolic"),
        (Kind::Measurement, "diastolic", Absent, MissingField, "diastolic"),
        (Kind::Measurement, "analyte", Absent, MissingField, "analyte"),
        (Kind::Measurement, "analyte", long(201), BadText, "analyte"),
        (Kind::Measurement, "hoursSinceDose", is(-12), OutOfRange, "hoursSinceDose"),
        (Kind::Measurement, "note", is(""), BadText, "note"),
    ];
    let happenings = [
        (Kind::Therapy, "therapy", Absent, MissingField, "therapy"),
        (Kind::Therapy, "minutes", is(0), OutOfRange, "minutes"),
        (Kind::Therapy, "minutes", is(1441), OutOfRange, "minutes"),
        (Kind::Therapy, "note", is(""), BadText, "note"),
        (Kind::LifeEvent, "title", is(""), BadText, "title"),
        (Kind::LifeEvent, "note", is(1), WrongType, "note"),
        (Kind::Dismissal, "flag", Absent, MissingField, "flag"),
        (Kind::Dismissal, "flag", is(9), WrongType, "flag"),
        (Kind::Dismissal, "reason", Absent, MissingField, "reason"),
        (Kind::Dismissal, "reason", long(201), BadText, "reason"),
        (Kind::SafetyPlan, "whatHelps", is("a walk"), WrongType, "whatHelps"),
        (Kind::SafetyPlan, "warningSigns", is("crying"), WrongType, "warningSigns"),
        (Kind::SafetyPlan, "whatHelps[1]", is(""), BadText, "whatHelps[1]"),
        (Kind::SafetyPlan, "people", is(1), WrongType, "people"),
        (Kind::SafetyPlan, "professionals", is(json!({})), WrongType, "professionals"),
        (Kind::SafetyPlan, "saferHome[0]", is(" "), BadText, "saferHome[0]"),
        (Kind::SafetyPlan, "reasons[0]", is(json!([])), WrongType, "reasons[0]"),
        (Kind::SafetyPlan, "warningSigns[0]", is(""), BadText, "warningSigns[0]"),
        (Kind::SafetyPlan, "people[0]", is(7), WrongType, "people[0]"),
        (Kind::SafetyPlan, "professionals[0]", long(201), BadText, "professionals[0]"),
        (Kind::SafetyPlan, "saferHome", Twice, UnknownField, "saferHome"),
        (Kind::SafetyPlan, "reasons", is(json!({})), WrongType, "reasons"),
        (Kind::Contact, "name", Absent, MissingField, "name"),
        (Kind::Contact, "role", is(""), BadText, "role"),
        (Kind::Contact, "phone", is("call me"), WrongType, "phone"),
        (Kind::Contact, "phone", is("12"), WrongType, "phone"),
        (Kind::Contact, "phone", is("tel:123456"), WrongType, "phone"),
        (Kind::Contact, "phone", is("1".repeat(21)), WrongType, "phone"),
        (Kind::Contact, "phone", is(911), WrongType, "phone"),
        (Kind::Contact, "reach", is(1), WrongType, "reach"),
        (Kind::Contact, "hours", long(201), BadText, "hours"),
        (Kind::Contact, "prescriber", is("no"), UnknownValue, "prescriber"),
        (Kind::Substance, "substance", Absent, MissingField, "substance"),
        (Kind::Substance, "quantity", is(-1), OutOfRange, "quantity"),
        (Kind::Substance, "countedIn", is(2), WrongType, "countedIn"),
        (Kind::Substance, "note", is(""), BadText, "note"),
        (Kind::Visit, "with", is(""), BadText, "with"),
        (Kind::Visit, "note", long(20_001), BadText, "note"),
        (Kind::Question, "text", Absent, MissingField, "text"),
        (Kind::Question, "visit", is("next"), BadId, "visit"),
        (Kind::Question, "answer", is(""), BadText, "answer"),
        (Kind::Goal, "text", Absent, MissingField, "text"),
        (Kind::Goal, "attainment", is(3), OutOfRange, "attainment"),
        (Kind::Goal, "attainment", is(0.5), WrongType, "attainment"),
        (Kind::Goal, "note", is(""), BadText, "note"),
        (Kind::RelapseSigns, "signs", Absent, MissingField, "signs"),
        (Kind::RelapseSigns, "signs", is(json!([])), MissingField, "signs"),
        (Kind::RelapseSigns, "signs", is("crying"), WrongType, "signs"),
        (Kind::RelapseSigns, "signs[0]", is(""), BadText, "signs[0]"),
        (Kind::RelapseSigns, "note", is(" "), BadText, "note"),
        (Kind::Reconciliation, "medicines", is("all"), WrongType, "medicines"),
        (Kind::Reconciliation, "medicines[0]", is("sertraline"), BadId, "medicines[0]"),
        (Kind::Reconciliation, "note", is(""), BadText, "note"),
        (Kind::Span, "span", is("holiday"), UnknownValue, "span"),
        (Kind::Span, "from", Absent, MissingField, "from"),
        (Kind::Span, "to", is("2026-02-01"), EndBeforeStart, "to"),
        (Kind::Span, "note", is(""), BadText, "note"),
    ];
    let definitions = [
        (Kind::Profile, "topic", is("shoe-size"), UnknownValue, "topic"),
        (Kind::Profile, "state", is("maybe"), UnknownValue, "state"),
        (Kind::Profile, "state", is("declined"), UnknownField, "value"),
        (Kind::Profile, "value", Absent, MissingField, "value"),
        (Kind::Profile, "value", is(true), WrongType, "value"),
        (Kind::Profile, "topic", is("birth-year"), WrongType, "value"),
        (Kind::Profile, "topic", is("smoking"), UnknownField, "diagnosedBy"),
        (Kind::Profile, "diagnosedBy", is(""), BadText, "diagnosedBy"),
        (Kind::Outcome, "outcome", is("mood"), UnknownValue, "outcome"),
        (Kind::Outcome, "name", Absent, MissingField, "name"),
        (Kind::Outcome, "min", is(5), EndBeforeStart, "max"),
        (Kind::Outcome, "min", Absent, MissingField, "min"),
        (Kind::Outcome, "max", is(1e7), OutOfRange, "max"),
        (Kind::Outcome, "worse", is("up"), UnknownValue, "worse"),
        (Kind::Outcome, "smallestChange", is(-1), OutOfRange, "smallestChange"),
        (Kind::Instrument, "instrument", Absent, MissingField, "instrument"),
        (Kind::Instrument, "name", is(""), BadText, "name"),
        (Kind::Instrument, "min", is("0"), WrongType, "min"),
        (Kind::Instrument, "max", is(-1), EndBeforeStart, "max"),
        (Kind::Instrument, "worse", Absent, MissingField, "worse"),
        (Kind::Instrument, "recallDays", is(367), OutOfRange, "recallDays"),
        (Kind::Instrument, "smallestChange", is("1"), WrongType, "smallestChange"),
    ];
    let common = [
        (Kind::LifeEvent, "day", is("2023-02-29"), BadDate, "day"),
        (Kind::LifeEvent, "day", is("12.03.2026"), BadDate, "day"),
        (Kind::LifeEvent, "day", is("1899-12-31"), BadDate, "day"),
        (Kind::CheckIn, "day", is("2026-03-11T00:00"), BadDate, "day"),
        (Kind::CheckIn, "day", is("2026-03-10"), OutOfRange, "day"),
        (Kind::CheckIn, "at", is("2026-03-12T08:05:00"), BadDate, "at"),
        (Kind::CheckIn, "at", is("2026-03-12"), BadDate, "at"),
        (Kind::CheckIn, "at", is(1_773_300_000_000_i64), WrongType, "at"),
        (Kind::CheckIn, "at", is("2026-03-12T08:05:00+19:00"), BadDate, "at"),
        (Kind::LifeEvent, "recordedBy", is("me"), UnknownValue, "recordedBy"),
    ];
    [].into_iter().chain(check_in).chain(assessment).chain(medicine).chain(step).chain(dose)
        .chain(side_effect).chain(measurement).chain(happenings).chain(definitions).chain(common)
        .collect()
}

/// Refused only in a file, where everything is given.
#[rustfmt::skip]
fn file_rows() -> Vec<Row> {
    use Code::*;
    vec![
        (Kind::LifeEvent, "id", Absent, MissingField, "id"),
        (Kind::LifeEvent, "id", is("1"), BadId, "id"),
        (Kind::LifeEvent, "id", Twice, UnknownField, "id"),
        (Kind::LifeEvent, "kind", Absent, MissingField, "kind"),
        (Kind::LifeEvent, "kind", is("wish"), UnknownValue, "kind"),
        (Kind::LifeEvent, "kind", is("removed"), UnknownField, ""),
        (Kind::LifeEvent, "kind", is("erased"), UnknownField, ""),
        (Kind::LifeEvent, "kind", is(json!({"$ne": ""})), WrongType, "kind"),
        (Kind::LifeEvent, "day", Absent, MissingField, "day"),
        (Kind::LifeEvent, "recordedBy", Absent, MissingField, "recordedBy"),
        (Kind::LifeEvent, "recordedAt", Absent, MissingField, "recordedAt"),
        (Kind::LifeEvent, "recordedAt", is("2026-03-12 21:00"), BadDate, "recordedAt"),
        (Kind::LifeEvent, "stamp", Absent, MissingField, "stamp"),
        (Kind::LifeEvent, "stamp", is("0196000186a0"), BadId, "stamp"),
        (Kind::LifeEvent, "stamp", is("0196000186A0-000000000000000A"), BadId, "stamp"),
        (Kind::LifeEvent, "replaces", is("0196000186a0-000000000000000a"), WrongType, "replaces"),
        (Kind::LifeEvent, "replaces[0]", is("x"), BadId, "replaces[0]"),
        (Kind::LifeEvent, "history", is(json!({})), WrongType, "history"),
        (Kind::LifeEvent, "history[0]", is("x"), WrongType, "history[0]"),
        (Kind::LifeEvent, "history[0].title", Absent, MissingField, "history[0].title"),
        (Kind::LifeEvent, "history[0].history", is(json!([{}])), UnknownField, "history[0].history"),
    ]
}

/// Refused only where the rest of the diary is known, in a new or an amended entry.
#[rustfmt::skip]
fn draft_rows() -> Vec<Row> {
    use Code::*;
    const NOBODY: &str = "01960000-0000-7000-8000-0000000000ff";
    const LIFE_EVENT: &str = "01960000-0000-7000-8000-000000000018";
    vec![
        (Kind::LifeEvent, "id", is(LIFE_EVENT), UnknownField, "id"),
        (Kind::LifeEvent, "recordedAt", is("2026-03-12T21:00:00Z"), UnknownField, "recordedAt"),
        (Kind::LifeEvent, "stamp", is("0196000186a0-000000000000000a"), UnknownField, "stamp"),
        (Kind::Dose, "medicine", is(NOBODY), NoSuchEntry, "medicine"),
        (Kind::Dose, "medicine", is(LIFE_EVENT), NotThatKind, "medicine"),
        (Kind::Step, "medicine", is(NOBODY), NoSuchEntry, "medicine"),
        (Kind::Step, "replacing", is(LIFE_EVENT), NotThatKind, "replacing"),
        (Kind::Step, "replacing", is("01960000-0000-7000-8000-000000000002"), NotThatKind, "replacing"),
        (Kind::SideEffect, "suspected", is(NOBODY), NoSuchEntry, "suspected"),
        (Kind::SideEffect, "onset", is("2026-06-03"), EndBeforeStart, "end"),
        (Kind::Question, "visit", is(LIFE_EVENT), NotThatKind, "visit"),
        (Kind::CheckIn, "ratings.unheard of", is(1), UnknownValue, "ratings.unheard of"),
        (Kind::CheckIn, "ratings.ear ringing", is(5.5), OutOfRange, "ratings.ear ringing"),
        (Kind::Assessment, "total", is(4.5), OutOfRange, "total"),
        (Kind::Assessment, "instrument", is("scl-90-r-dep"), UnknownField, "items"),
        (Kind::Instrument, "instrument", is("phq-2"), UnknownValue, "instrument"),
        // Three days on: tomorrow is the latest that something that happened can be of.
        (Kind::Dose, "at", is("2026-06-04T08:00:00Z"), OutOfRange, "day"),
    ]
}

/// A diary with one of everything, as it was read.
fn everything() -> Device {
    let phq2 = InstrumentShape {
        instrument: "phq-2".into(),
        items: 2,
        item_max: 3,
        total: Range::new(0.0, 6.0).unwrap(),
        worse: Worse::Higher,
    };
    let (diary, _) = read_json(FILE, Catalogue::new(vec![phq2]), Some("person-1")).unwrap();
    Device::with(1, diary)
}

/// The fixture without its last line, the entry that was erased: it could have been the scale that
/// a number was recorded on.
fn nothing_erased() -> String {
    let (kept, _) = FILE.rsplit_once(",\n").unwrap();
    format!("{kept}]}}\n")
}

/// The entries of the fixture as they stand in the file.
fn entries() -> Vec<Value> {
    let file: Value = serde_json::from_str(FILE).unwrap();
    file["entries"].as_array().unwrap().clone()
}

/// Place in the file of the entry a row is about: the first of the kind that has the field, or
/// what the field would stand in.
fn place_of(entries: &[Value], kind: Kind, path: &str) -> usize {
    let pointer = pointer(path);
    let ancestors = pointer.rmatch_indices('/').map(|(end, _)| &pointer[..end]);
    std::iter::once(pointer.as_str())
        .chain(ancestors)
        .find_map(|pointer| {
            entries.iter().position(|entry| {
                entry["kind"] == kind.as_str() && entry.pointer(pointer).is_some()
            })
        })
        .unwrap_or_else(|| panic!("no {kind} in the fixture"))
}

fn pointer(path: &str) -> String {
    format!("/{}", path.replace('[', ".").replace(']', "").replace('.', "/"))
}

fn draft_of(entry: &Value) -> Plain {
    let mut draft = Plain::from(entry);
    for kept in ["id", "stamp", "recordedAt", "replaces", "history"] {
        draft.remove(kept);
    }
    draft
}

fn spoil(plain: &mut Plain, path: &str, bad: &Bad) {
    match bad {
        Is(value) => plain.set(path, Plain::from(value)),
        Absent => plain.remove(path),
        Number(number) => plain.set(path, Plain::Number(*number)),
        Twice => plain.double(path),
        Deep(levels) => {
            plain.set(path, (0..*levels).fold(Plain::Null, |inner, _| Plain::List(vec![inner])));
        }
    }
}

/// What is not as it should be about a refusal.
fn complaint(refused: Result<(), Error>, code: Code, field: &str) -> Option<String> {
    let Err(error) = refused else { return Some("not refused".to_owned()) };
    // Where several fields are left over, any of them may be named.
    let is_field = error.field() == field
        || code == Code::UnknownField && field.ends_with(']') && error.field().starts_with(field);
    let is_right = error.code() == code
        && is_field
        && error.message().id == format!("error.{}", code.as_str());
    (!is_right).then(|| format!("refused as {error}"))
}

#[track_caller]
fn assert_refused(refused: Result<(), Error>, code: Code, field: &str) {
    assert_eq!(complaint(refused, code, field), None, "{} at {field}", code.as_str());
}

/// One case of the table: what was tried, and the refusal that is due.
struct Case {
    name: String,
    tried: Tried,
    code: Code,
    field: String,
}

enum Tried {
    File(String),
    /// A tracker's file, through a mapping that reads its column `mood`.
    Csv(&'static str),
    /// The wording of an instrument.
    Form(Value),
    Record(Plain),
    Amend(EntryId, Plain),
    Remove(EntryId),
    Undo(EntryId),
    Erase(EntryId),
}

impl Tried {
    fn on(&self, device: &Device) -> Result<(), Error> {
        let (diary, writing) = (&device.diary, device.writing());
        match self {
            Self::File(text) => {
                let catalogue = diary.catalogue().clone();
                read_json(text, catalogue, Some("person-1")).map(|_| ())
            }
            Self::Csv(text) => {
                let mapping = Mapping::read(mood_column()).unwrap();
                read_csv(text.as_bytes(), &mapping, &Utc, diary, writing).map(|_| ())
            }
            Self::Form(form) => read_questionnaire(form, &Words::english()).map(|_| ()),
            Self::Record(draft) => {
                let id = EntryId::new(1, [9; 10]);
                diary.prepare_record(draft, id, writing).map(|_| ())
            }
            Self::Amend(id, draft) => diary.prepare_amend(*id, draft, writing).map(|_| ()),
            Self::Remove(id) => diary.prepare_remove(*id, writing).map(|_| ()),
            Self::Undo(id) => diary.prepare_undo(*id, writing).map(|_| ()),
            Self::Erase(id) => diary.prepare_erase(*id, writing).map(|_| ()),
        }
    }
}

struct Utc;

impl Zone for Utc {
    fn offset_at(&self, _: i64) -> i32 {
        0
    }
}

fn mood_column() -> Value {
    let ratings = json!([{ "column": "mood", "outcome": "mood" }]);
    json!({ "mapping": "x", "date": { "column": "day" }, "checkIns": [{ "each": "row", "ratings": ratings }] })
}

/// A form of the PHQ-9 with so many items, each answered with one of these scores.
fn phq9_form(items: usize, scores: std::ops::RangeInclusive<u8>) -> Tried {
    let options: Vec<Value> = scores.map(|score| json!({ "valueInteger": score })).collect();
    let item = json!({ "type": "choice", "text": "x", "answerOption": options });
    let (kind, items) = ("Questionnaire", vec![item; items]);
    Tried::Form(json!({ "resourceType": kind, "status": "active", "name": "PHQ9", "item": items }))
}

/// The cases of a row: as a new entry, as an amendment, in a file.
fn cases_of((kind, path, bad, code, field): &Row, in_drafts: bool, in_files: bool) -> Vec<Case> {
    let entries = entries();
    let place = place_of(&entries, *kind, path);
    let id = EntryId::parse(entries[place]["id"].as_str().unwrap()).unwrap();
    let name = format!("{kind} with a bad {path}: {}", code.as_str());
    let mut cases = Vec::new();
    if in_drafts {
        let mut draft = draft_of(&entries[place]);
        spoil(&mut draft, path, bad);
        for tried in [Tried::Record(draft.clone()), Tried::Amend(id, draft)] {
            cases.push(Case { name: name.clone(), tried, code: *code, field: (*field).to_owned() });
        }
    }
    if in_files && !matches!(bad, Number(number) if !number.is_finite()) {
        let mut file = Plain::from(&serde_json::from_str::<Value>(FILE).unwrap());
        let at = format!("entries[{place}]");
        spoil(&mut file, &format!("{at}.{path}"), bad);
        let field = if field.is_empty() { at } else { format!("{at}.{field}") };
        cases.push(Case { name, tried: Tried::File(file.to_json()), code: *code, field });
    }
    cases
}

/// Whole files and forms, and things done to what is not there.
#[rustfmt::skip]
fn other_cases() -> Vec<Case> {
    use Code::*;
    let nobody = EntryId::new(7, [7; 10]);
    let entries = entries();
    let id = |kind: &str| {
        let entry = entries.iter().find(|entry| entry["kind"] == kind).unwrap();
        EntryId::parse(entry["id"].as_str().unwrap()).unwrap()
    };
    let (removed, erased) = (id("removed"), id("erased"));
    let title = || Plain::from(&json!({"kind": "life-event", "title": "x"}));
    let file = |text: &str| Tried::File(text.to_owned());
    let head = r#"{"schemaVersion":2,"subject":"person-1","#;
    let list = vec![
        ("nothing at all", file(""), InvalidJson, ""),
        ("not JSON", file("diary"), InvalidJson, ""),
        ("truncated", file(&FILE[..FILE.len() / 2]), InvalidJson, ""),
        ("cut before its last brace", file(FILE.trim_end().trim_end_matches('}')), InvalidJson, ""),
        ("two files in one", file(&format!("{FILE}{FILE}")), InvalidJson, ""),
        ("NaN in a file", file(&FILE.replace("\"mood\":4", "\"mood\":NaN")), InvalidJson, ""),
        ("a number beyond all", file(&FILE.replace("\"mood\":4", "\"mood\":1e999")), InvalidJson, ""),
        ("a list", file("[]"), WrongType, ""),
        ("null", file("null"), WrongType, ""),
        ("10,000 lists in one another", file(&"[".repeat(10_000)), WrongType, ""),
        ("10,000 objects in one another", file(&"{\"a\":".repeat(10_000)), InvalidJson, ""),
        ("an entry 10,000 lists deep", file(&format!("{head}\"entries\":[{}{}]}}", "[".repeat(10_000), "]".repeat(10_000))), WrongType, "entries[0]"),
        ("a file 10,000 lists deep", file(&format!("{head}\"x\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000))), UnknownField, "x"),
        ("no version", file(r#"{"subject":"person-1","entries":[]}"#), MissingField, "schemaVersion"),
        ("no version but entries", file(r#"{"entries":[{"id":1}],"subject":"person-1"}"#), MissingField, "schemaVersion"),
        ("version as text", file(r#"{"schemaVersion":"2","subject":"person-1","entries":[]}"#), WrongType, "schemaVersion"),
        ("version 0", file(r#"{"schemaVersion":0,"subject":"person-1","entries":[]}"#), OutOfRange, "schemaVersion"),
        ("version twice", file(r#"{"schemaVersion":1,"schemaVersion":2,"subject":"person-1","entries":[]}"#), UnknownField, "schemaVersion"),
        ("a newer version", file(&FILE.replace("\"schemaVersion\":2", "\"schemaVersion\":3")), NewerVersion, "schemaVersion"),
        ("a newer version named last", file(r#"{"subject":"person-1","entries":[{"kind":"dream"}],"schemaVersion":3}"#), NewerVersion, "schemaVersion"),
        ("no subject", file(r#"{"schemaVersion":2,"entries":[]}"#), MissingField, "subject"),
        ("an empty subject", file(r#"{"schemaVersion":2,"subject":"","entries":[]}"#), BadText, "subject"),
        ("another person", file(&FILE.replace("person-1", "person-2")), SubjectMismatch, "subject"),
        ("no entries", file(r#"{"schemaVersion":2,"subject":"person-1"}"#), MissingField, "entries"),
        ("entries that are no list", file(&format!("{head}\"entries\":{{}}}}")), WrongType, "entries"),
        ("entries that are null", file(&format!("{head}\"entries\":null}}")), WrongType, "entries"),
        ("entries twice", file(&format!("{head}\"entries\":[],\"entries\":[]}}")), UnknownField, "entries"),
        ("a rating outside its scale", file(&nothing_erased().replace("\"ear ringing\":-2.5", "\"ear ringing\":7")), OutOfRange, "entries[01960000-0000-7000-8000-000000000010].ratings.ear ringing"),
        ("a total outside its scale", file(&nothing_erased().replace("\"total\":1.75", "\"total\":4.5")), OutOfRange, "entries[01960000-0000-7000-8000-000000000013].total"),
        ("an unknown part", file(&format!("{head}\"entries\":[],\"extra\":1}}")), UnknownField, "extra"),
        ("a __proto__ part", file(&format!("{head}\"__proto__\":{{\"a\":1}},\"entries\":[]}}")), UnknownField, "__proto__"),
        ("an entry that is null", file(&format!("{head}\"entries\":[null]}}")), WrongType, "entries[0]"),
        ("a draft that is a list", Tried::Record(Plain::List(vec![])), WrongType, ""),
        ("a draft that is nothing", Tried::Record(Plain::Null), WrongType, ""),
        ("a draft of no kind", Tried::Record(Plain::from(&json!({"title": "x"}))), MissingField, "kind"),
        ("a draft of an unknown kind", Tried::Record(Plain::from(&json!({"kind": "removed"}))), UnknownValue, "kind"),
        ("an empty check-in", Tried::Record(Plain::from(&json!({"kind": "check-in"}))), MissingField, "ratings"),
        ("a check-in of nulls", Tried::Record(Plain::from(&json!({"kind": "check-in", "ratings": {"mood": null}}))), MissingField, "ratings"),
        ("an empty safety plan", Tried::Record(Plain::from(&json!({"kind": "safety-plan", "reasons": []}))), MissingField, "warningSigns"),
        ("a dose of the day after tomorrow", Tried::Record(Plain::from(&json!({"kind": "check-in", "day": "2026-06-03", "sleepHours": 8}))), OutOfRange, "day"),
        ("a check-in at an instant to come", Tried::Record(Plain::from(&json!({"kind": "check-in", "at": "2026-06-03T08:00:00Z", "sleepHours": 8}))), OutOfRange, "at"),
        ("a side effect to come", Tried::Record(Plain::from(&json!({"kind": "side-effect", "term": "x", "severity": "mild", "onset": "2026-06-03"}))), OutOfRange, "onset"),
        ("a side effect to come, recorded today", Tried::Record(Plain::from(&json!({"kind": "side-effect", "day": "2026-06-01", "term": "x", "severity": "mild", "onset": "2026-06-03"}))), OutOfRange, "onset"),
        ("answers the instrument cannot have", Tried::Record(Plain::from(&json!({"kind": "assessment", "instrument": "phq-2", "items": [0, 4]}))), OutOfRange, "items[1]"),
        ("more answers than it has items", Tried::Record(Plain::from(&json!({"kind": "assessment", "instrument": "phq-2", "items": [0, 0, 0]}))), OutOfRange, "items"),
        ("a total it cannot have", Tried::Record(Plain::from(&json!({"kind": "assessment", "instrument": "phq-2", "total": 7}))), OutOfRange, "total"),
        ("an outcome defined twice", Tried::Record(Plain::from(&json!({"kind": "outcome", "outcome": "ear ringing", "name": "x", "min": 0, "max": 1, "worse": "higher"}))), UnknownValue, "outcome"),
        ("an instrument defined twice", Tried::Record(Plain::from(&json!({"kind": "instrument", "instrument": "scl-90-r-dep", "name": "x", "min": 0, "max": 4, "worse": "higher"}))), UnknownValue, "instrument"),
        ("an outcome narrower than its ratings", Tried::Amend(id("outcome"), Plain::from(&json!({"outcome": "ear ringing", "name": "x", "min": -2, "max": 5, "worse": "higher"}))), OutOfRange, "min"),
        ("an instrument narrower than its totals", Tried::Amend(id("instrument"), Plain::from(&json!({"instrument": "scl-90-r-dep", "name": "x", "min": 0, "max": 1.5, "worse": "higher"}))), OutOfRange, "max"),
        ("a stop before the start", Tried::Record(Plain::from(&json!({"kind": "step", "day": "2026-01-01", "medicine": entries[0]["id"], "action": "stop"}))), EndBeforeStart, "day"),
        ("a hold of what was never begun", Tried::Record(Plain::from(&json!({"kind": "step", "day": "2026-01-01", "medicine": entries[1]["id"], "action": "hold"}))), EndBeforeStart, "day"),
        ("another kind", Tried::Amend(id("visit"), title()), NotThatKind, "kind"),
        ("amend nobody", Tried::Amend(nobody, title()), NoSuchEntry, "id"),
        ("amend what was removed", Tried::Amend(removed, title()), NoSuchEntry, "id"),
        ("amend what was erased", Tried::Amend(erased, title()), NoSuchEntry, "id"),
        ("remove nobody", Tried::Remove(nobody), NoSuchEntry, "id"),
        ("remove twice", Tried::Remove(removed), NoSuchEntry, "id"),
        ("remove what was erased", Tried::Remove(erased), NoSuchEntry, "id"),
        ("undo nobody", Tried::Undo(nobody), NoSuchEntry, "id"),
        ("undo an erasure", Tried::Undo(erased), NoSuchEntry, "id"),
        ("erase nobody", Tried::Erase(nobody), NoSuchEntry, "id"),
        ("a tracker's file with two columns of one name", Tried::Csv("day,mood,mood\n"), InvalidCsv, "row[1].mood"),
        ("a tracker's row with a cell too few", Tried::Csv("day,mood\n2026-05-01\n"), InvalidCsv, "row[2]"),
        ("a tracker's row with a cell too many", Tried::Csv("day,mood\n2026-05-01,4,\n"), InvalidCsv, "row[2]"),
        ("a form with an item too few", phq9_form(8, 0..=3), UnfitQuestionnaire, "item"),
        ("a form with an answer too many", phq9_form(9, 0..=4), UnfitQuestionnaire, "item[0].answerOption"),
    ];
    list.into_iter()
        .map(|(name, tried, code, field)| {
            Case { name: name.to_owned(), tried, code, field: field.to_owned() }
        })
        .collect()
}

fn cases() -> Vec<Case> {
    let everywhere = rows().into_iter().flat_map(|row| cases_of(&row, true, true));
    let files = file_rows().into_iter().flat_map(|row| cases_of(&row, false, true));
    let drafts = draft_rows().into_iter().flat_map(|row| cases_of(&row, true, false));
    everywhere.chain(files).chain(drafts).chain(other_cases()).collect()
}

#[test]
fn each_is_refused() {
    let device = everything();
    assert_eq!(device.text(), FILE);
    let mut wrong = Vec::new();
    for Case { name, tried, code, field } in cases() {
        if let Some(complaint) = complaint(tried.on(&device), code, &field) {
            wrong.push(format!("{name} (due: {} at {field}): {complaint}", code.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Without what an object cannot have, a field twice; what the API has no call for, the undoing of an
/// entry by its identifier; and what it takes, an entry as it was read, by its stamp, as a new body.
#[test]
fn the_table_is_written_for_the_package() {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    let mut module = format!("export const diary = {};\nexport const cases = [\n", text(FILE));
    let mut left_out = 0;
    for Case { name, tried, code, field } in cases() {
        let (call, given) = match &tried {
            Tried::File(file) => ("importFile", text(file)),
            Tried::Csv(file) => ("importFile", format!("{}, {}", text(file), mood_column())),
            Tried::Form(form) => ("addInstrument", form.to_string()),
            Tried::Record(draft) if !draft.repeats() => ("record", draft.to_js()),
            Tried::Amend(id, draft) if !draft.repeats() && field != "stamp" => {
                ("amend", format!("{}, {}", text(&id.to_string()), draft.to_js()))
            }
            Tried::Remove(id) => ("remove", text(&id.to_string())),
            Tried::Erase(id) => ("erase", text(&id.to_string())),
            Tried::Record(_) | Tried::Amend(..) | Tried::Undo(_) => {
                left_out += 1;
                continue;
            }
        };
        let (name, code, field) = (text(&name), text(code.as_str()), text(&field));
        module += &format!("[{name}, (diary) => diary.{call}({given}), {code}, {field}],\n");
    }
    module += "];\n";
    // Four rows with a field twice, each in two drafts, two undoings and one stamp.
    assert_eq!(left_out, 4 * 2 + 2 + 1);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bad-input");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cases.mjs"), module).unwrap();
}

#[test]
fn every_code_has_a_case() {
    let tried: Vec<Code> = cases().iter().map(|case| case.code).collect();
    for code in Code::ALL {
        let elsewhere = RAISED_ELSEWHERE.iter().find(|(other, ..)| other == code);
        assert!(tried.contains(code) != elsewhere.is_some(), "{}", code.as_str());
        if let Some((_, file, name)) = elsewhere {
            let path = format!("{}/tests/package/{file}.test.mjs", env!("CARGO_MANIFEST_DIR"));
            let text = fs::read_to_string(path).unwrap();
            let (_, from) = text.split_once(&format!("test(\"{name}\", async")).expect(name);
            let (body, _) = from.split_once("\n});\n").unwrap();
            let code = format!(", \"{}\", ", code.as_str());
            let is_refused = |line: &str| line.contains("await refused(") && line.contains(&code);
            assert!(body.lines().any(is_refused), "{file}: {name}");
        }
    }
}

#[test]
fn every_field_of_every_kind_has_a_case() {
    let general = |field: &str| {
        let mut path = String::new();
        for part in field.split_inclusive([']', '.']) {
            match (part.split_once('['), path.as_str()) {
                (Some((list, _)), _) => path.push_str(&format!("{list}[]")),
                (None, "ratings.") => path.push('*'),
                _ => path.push_str(part),
            }
        }
        path
    };
    let cases = rows().into_iter().chain(file_rows()).chain(draft_rows());
    let tried: BTreeSet<(Kind, String)> =
        cases.map(|(kind, _, _, _, field)| (kind, general(field))).collect();
    for &kind in Kind::ALL {
        for field in kind.fields() {
            assert!(tried.contains(&(kind, (*field).to_owned())), "{kind} has no bad {field}");
        }
    }
    for field in Entry::FIELDS.iter().chain(Record::FIELDS) {
        assert!(tried.iter().any(|(_, tried)| tried == field), "no bad {field}");
    }
}

/// Every value of the fixture, each spoiled in the ways that are wrong for any field.
#[test]
fn no_field_takes_a_truth_value_or_a_number_that_is_none() {
    let device = everything();
    for entry in
        entries().iter().filter(|entry| Kind::parse(entry["kind"].as_str().unwrap()).is_some())
    {
        let draft = draft_of(entry);
        for path in draft.paths() {
            let mut spoiled = draft.clone();
            spoiled.set(&path, Plain::Bool(true));
            let tried = Tried::Record(spoiled);
            assert_refused(tried.on(&device), Code::WrongType, &path);
            if !matches!(draft.at(&path), Plain::Number(_)) {
                continue;
            }
            for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300] {
                let mut spoiled = draft.clone();
                spoiled.set(&path, Plain::Number(number));
                let tried = Tried::Record(spoiled);
                assert_refused(tried.on(&device), Code::OutOfRange, &path);
            }
        }
    }
}

#[test]
fn a_store_that_cannot_be_read_says_which_line() {
    let mut reader = doseline::diary::Reader::new(Catalogue::default());
    let good = r#"{"id":"01960000-0000-7000-8000-000000000001","kind":"erased","stamp":"0196000003e8-000000000000000a"}"#;
    let read = |reader: &mut doseline::diary::Reader, line: &str| {
        reader.add_lines(&format!("{good}\n{line}\n"), SCHEMA_VERSION)
    };
    assert_refused(read(&mut reader, "{"), Code::InvalidJson, "line[1]");
    assert_refused(read(&mut reader, &format!("{good}{good}")), Code::InvalidJson, "line[1]");
    assert_refused(read(&mut reader, "{}"), Code::MissingField, "line[1].id");
}

#[test]
fn the_fields_of_a_file_have_no_order() {
    let mut file: serde_json::Map<String, Value> = serde_json::from_str(FILE).unwrap();
    let entries = file.remove("entries").unwrap();
    let turned = format!(r#"{{"entries":{entries},"subject":"person-1","schemaVersion":2}}"#);
    let diary: Diary = open(&turned).unwrap();
    assert_eq!(diary.to_json("person-1"), FILE);
}
