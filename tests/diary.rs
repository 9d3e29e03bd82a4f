//! The diary kept over time and on several devices: what is read is what was written, versions
//! merge in any order, and what is erased is gone.

#[path = "diary/days.rs"]
mod days;
mod device;
#[path = "diary/drafts.rs"]
mod drafts;
#[path = "diary/merging.rs"]
mod merging;

use std::collections::{BTreeMap, BTreeSet};

use device::{Device, body, open};
use doseline::diary::{
    Body, Catalogue, ClockTime, Diary, Entry, EntryId, Kind, Reader, Record, RecordedBy,
    SCHEMA_VERSION, read_lines,
};
use doseline::error::Code;
use doseline::report::{Words, outcomes};
use proptest::prelude::*;
use serde_json::{Value, json};

const EVERY_FIELD: &str = include_str!("fixtures/diary/every-field.json");
const VERSION_1: &str = include_str!("fixtures/diary/version-1.json");

#[test]
fn every_field_of_every_kind_is_read_and_written_the_same() {
    let diary = open(EVERY_FIELD).unwrap();
    assert_eq!(diary.to_json("person-1"), EVERY_FIELD);
    let mut reader = Reader::new(Catalogue::default());
    for record in diary.records().iter().rev() {
        reader.add_lines(&record.to_json(), SCHEMA_VERSION).unwrap();
    }
    assert_eq!(reader.finish().unwrap().to_json("person-1"), EVERY_FIELD);
}

/// A file's entries as a store keeps them: a record of one version a line.
fn lines_of(file: &str) -> String {
    let file: Value = serde_json::from_str(file).unwrap();
    let lines: Vec<String> =
        file["entries"].as_array().unwrap().iter().map(Value::to_string).collect();
    lines.join("\n")
}

#[test]
fn a_store_of_an_older_form_reads_as_the_file_of_that_form_does() {
    let mut reader = Reader::new(Catalogue::default());
    reader.add_lines(&lines_of(VERSION_1), 1).unwrap();
    assert!(reader.is_older());
    let subject = "person-1";
    let file = open(VERSION_1).unwrap().to_json(subject);
    assert_eq!(reader.finish().unwrap().to_json(subject), file);
    assert_eq!(
        read_lines(&lines_of(&file), SCHEMA_VERSION).unwrap().len(),
        lines_of(&file).lines().count()
    );
}

#[test]
fn a_store_of_a_newer_form_or_of_none_is_refused() {
    let refusal = |version| read_lines("", version).unwrap_err();
    assert_eq!(refusal(SCHEMA_VERSION + 1).code(), Code::NewerVersion);
    assert_eq!(refusal(0).code(), Code::OutOfRange);
    assert_eq!(refusal(0).field(), "schemaVersion");
}

#[test]
fn bodies_that_outlived_their_erasure_are_found() {
    let id = "01960000-0000-7000-8000-000000000001";
    let erased =
        format!(r#"{{"id":"{id}","kind":"erased","stamp":"0196000003e9-000000000000000a"}}"#);
    let mut reader = Reader::new(Catalogue::default());
    reader.add_lines(&erased, SCHEMA_VERSION).unwrap();
    assert!(reader.survivors().is_empty());
    let body = open(EVERY_FIELD).unwrap().records()[0].to_json();
    reader.add_lines(&body, SCHEMA_VERSION).unwrap();
    let found: Vec<String> = reader.survivors().iter().map(ToString::to_string).collect();
    assert_eq!(found, [id]);
}

#[test]
fn a_record_is_news_only_where_it_is_not_known() {
    let mut device = Device::new(1);
    let id = device.record(json!({"kind": "life-event", "title": "Moved"}));
    let before = device.diary.record(id).unwrap().clone();
    device.amend(id, json!({"title": "Moved house"}));
    let after = device.diary.record(id).unwrap().clone();
    assert_eq!(after.news_to(None).count(), 2);
    assert_eq!(after.news_to(Some(&before)).count(), 1);
    assert_eq!(before.news_to(Some(&after)).count(), 0);
    device.erase(id);
    let erased = device.diary.record(id).unwrap();
    assert_eq!(erased.news_to(Some(&after)).count(), 1);
    assert_eq!(after.news_to(Some(erased)).count(), 0);
    assert_eq!(erased.news_to(Some(erased)).count(), 0);
}

#[test]
fn changes_are_taken_back_one_by_one() {
    let mut device = Device::new(1);
    let id = device.record(json!({"kind": "life-event", "title": "one"}));
    let title = |device: &Device| match device.diary.entry(id).map(Entry::body) {
        Some(Body::LifeEvent(event)) => Some(event.title.to_string()),
        _ => None,
    };
    let mut stamps = vec![device.diary.record(id).unwrap().stamp()];
    for word in ["two", "three"] {
        device.amend(id, json!({"title": word}));
        stamps.push(device.diary.record(id).unwrap().stamp());
    }
    for before in [Some("two"), Some("one"), None] {
        let change = stamps.pop().unwrap();
        let undo = device.diary.prepare_undo_of(id, change, device.writing()).unwrap();
        device.diary.merge([undo]);
        assert_eq!(title(&device).as_deref(), before);
    }
}

/// The path of everything inside a value, list places left out: `doses[].amount`.
fn paths(value: &Value, outer: &str, found: &mut BTreeSet<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(list) => list.iter().map(|value| (format!("{outer}[]"), value)).collect(),
        Value::Object(map) if outer == "ratings" => {
            map.values().map(|value| ("ratings.*".to_owned(), value)).collect()
        }
        Value::Object(map) => {
            let dot = if outer.is_empty() { "" } else { "." };
            map.iter().map(|(name, value)| (format!("{outer}{dot}{name}"), value)).collect()
        }
        _ => return,
    };
    for (path, value) in inner {
        if !path.starts_with("history[].") {
            found.insert(path.clone());
            paths(value, &path, found);
        }
    }
}

#[test]
fn the_fixture_has_every_field_that_is_listed_and_no_other() {
    let file: Value = serde_json::from_str(EVERY_FIELD).unwrap();
    let mut by_kind: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for entry in file["entries"].as_array().unwrap() {
        paths(entry, "", by_kind.entry(entry["kind"].as_str().unwrap()).or_default());
    }
    for kind in Kind::ALL {
        let mut found = by_kind.remove(kind.as_str()).unwrap_or_default();
        for common in Entry::FIELDS.iter().chain(Record::FIELDS) {
            found.remove(*common);
        }
        let listed: BTreeSet<String> = kind.fields().iter().map(|f| (*f).to_owned()).collect();
        assert_eq!(found, listed, "{kind}");
    }
}

#[test]
fn version_1_is_brought_into_todays_form() {
    assert!(VERSION_1.contains("\"schemaVersion\":1"));
    let text = open(VERSION_1).unwrap().to_json("person-1");
    // By hand: the new number, the renamed field, and who recorded it where that was left out.
    let by_self = "\"recordedBy\":\"self\",\"recordedAt\"";
    let expected = VERSION_1
        .replace("\"schemaVersion\":1", &format!("\"schemaVersion\":{SCHEMA_VERSION}"))
        .replace("\"sleep\":", "\"sleepHours\":")
        .replace("\"recordedAt\"", by_self)
        .replace(
            &format!("\"recordedBy\":\"family\",{by_self}"),
            "\"recordedBy\":\"family\",\"recordedAt\"",
        );
    assert_eq!(text, expected);
    assert_eq!(open(&text).unwrap().to_json("person-1"), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_diary_is_read_as_it_was_written(entries in drafts::many()) {
        let mut device = drafts::started();
        for draft in &entries {
            device.record(draft.clone());
        }
        let text = device.text();
        prop_assert_eq!(&open(&text).unwrap().to_json("person-1"), &text);
        // What another program makes of the text is the same data.
        let plain: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(plain["entries"].as_array().unwrap().len(), device.diary.records().len());
    }
}

#[test]
fn an_entry_says_who_recorded_it_and_how_late() {
    let mut device = Device::new(1);
    let title = |more: Value| {
        let mut draft = json!({"kind": "life-event", "title": "Moved"});
        draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        draft
    };
    device.at("2026-06-02T01:30:00+02:00");
    let late = |device: &Device, id| device.entry(id).days_late(device.day_start);
    // 01:30 belongs to the evening before.
    let now = device.record(title(json!({})));
    assert_eq!(device.entry(now).day().to_string(), "2026-06-01");
    assert_eq!((late(&device, now), device.entry(now).recorded_by()), (0, RecordedBy::Person));
    let back = device.record(title(json!({"day": "2026-05-01", "recordedBy": "family"})));
    // May has 31 days: from 1 May to 1 June.
    assert_eq!((late(&device, back), device.entry(back).recorded_by()), (31, RecordedBy::Family));
    assert_eq!(device.entry(back).at(), None);
    let ahead = device.record(title(json!({"day": "2026-07-01"})));
    assert_eq!(late(&device, ahead), 0);
    let lived = device.record(title(json!({"at": "2026-05-31T23:00:00-07:00"})));
    assert_eq!(device.entry(lived).day().to_string(), "2026-05-31");
    assert_eq!(late(&device, lived), 1);
    // An amendment keeps the day, the instant and who recorded it.
    device.at("2026-06-03T12:00:00+02:00");
    device.amend(back, json!({"title": "Moved house"}));
    let entry = device.entry(back);
    assert_eq!((entry.day().to_string().as_str(), entry.at()), ("2026-05-01", None));
    assert_eq!(entry.recorded_by(), RecordedBy::Family);
    device.amend(lived, json!({"title": "Moved house"}));
    assert_eq!(device.entry(lived).at().unwrap().to_string(), "2026-05-31T23:00:00-07:00");
}

#[test]
fn what_lasts_is_of_its_first_day() {
    let mut device = Device::new(1);
    let nausea =
        json!({"kind": "side-effect", "term": "nausea", "severity": "mild", "onset": "2026-05-20"});
    let id = device.record(nausea);
    assert_eq!(device.entry(id).day().to_string(), "2026-05-20");
    device.amend(id, json!({"term": "nausea", "severity": "mild", "onset": "2026-05-22"}));
    assert_eq!(device.entry(id).day().to_string(), "2026-05-22");
    let stay = json!({"kind": "span", "span": "hospital-stay", "from": "2026-07-01"});
    let id = device.record(stay);
    assert_eq!(device.entry(id).day().to_string(), "2026-07-01");
}

#[test]
fn undo_takes_back_and_undoing_that_brings_it_again() {
    let mut device = Device::new(1);
    let id = device.record(json!({"kind": "life-event", "title": "first"}));
    device.amend(id, json!({"title": "second"}));
    let titles = |device: &Device| body(&device.diary, id)["title"].clone();
    device.undo(id);
    assert_eq!(titles(&device), "first");
    device.undo(id);
    assert_eq!(titles(&device), "second");
    device.remove(id);
    assert!(device.diary.entry(id).is_none());
    assert_eq!(device.diary.entries().count(), 0);
    device.undo(id);
    assert_eq!(titles(&device), "second");
    // Nothing was lost on the way: one version for each of the seven writings.
    device.undo(id);
    assert!(device.diary.entry(id).is_none());
    assert_eq!(device.diary.record(id).unwrap().versions().count(), 7);
    assert_eq!(device.diary.conflicts().count(), 0);
}

#[test]
fn undoing_the_first_version_takes_the_entry_away() {
    let mut device = Device::new(1);
    let id = device.record(json!({"kind": "life-event", "title": "first"}));
    device.undo(id);
    assert!(device.diary.entry(id).is_none());
    device.undo(id);
    assert_eq!(body(&device.diary, id), json!({"title": "first"}));
}

#[test]
fn two_edits_of_one_step_are_both_kept_until_one_is_settled_on() {
    let mut phone = Device::new(1);
    let medicine = phone.record(drafts::sertraline());
    let step = |amount: f64| {
        json!({"kind": "step", "medicine": medicine.to_string(), "action": "start",
            "schedule": {"repeat": "daily", "unit": "mg", "doses": [{"amount": amount}]}})
    };
    let id = phone.record(step(50.0));
    let mut laptop = Device::with(2, phone.diary.clone());
    phone.amend(id, step(75.0));
    laptop.pass(60_000);
    laptop.amend(id, step(100.0));
    phone.hear(&laptop);
    laptop.hear(&phone);
    assert_eq!(phone.text(), laptop.text());
    let in_conflict: Vec<_> = phone.diary.conflicts().map(Record::id).collect();
    assert_eq!(in_conflict, [id]);
    let amounts = |device: &Device| -> Vec<f64> {
        let heads = device.diary.record(id).unwrap().heads();
        let amount = |entry: &Entry| match entry.body() {
            Body::Step(step) => step.schedule.as_ref().unwrap().doses()[0].amount.get(),
            other => panic!("{other:?}"),
        };
        heads.iter().map(|version| amount(version.entry().unwrap())).collect()
    };
    assert_eq!(amounts(&phone), [100.0, 75.0]);
    // It survives the file.
    assert_eq!(open(&phone.text()).unwrap().conflicts().count(), 1);
    phone.amend(id, step(75.0));
    assert_eq!(phone.diary.conflicts().count(), 0);
    assert_eq!(amounts(&phone), [75.0]);
    laptop.hear(&phone);
    assert_eq!(phone.text(), laptop.text());
    assert_eq!(phone.diary.record(id).unwrap().versions().count(), 4);
}

#[test]
fn a_scale_that_two_devices_define_can_still_be_amended_when_they_have_met() {
    let (mut phone, mut laptop) = (Device::new(1), Device::new(2));
    let own = |name: &str| json!({"kind": "outcome", "outcome": "own", "name": name, "min": 0, "max": 10, "worse": "higher"});
    let first = phone.record(own("pressure"));
    let second = laptop.record(own("tension"));
    phone.hear(&laptop);
    for (id, name) in [(first, "weight on me"), (second, "weight on my chest")] {
        phone.amend(id, own(name));
        assert_eq!(body(&phone.diary, id)["name"], name);
    }
    assert_eq!(phone.try_record(&own("mine")).unwrap_err().code(), Code::UnknownValue);
}

#[test]
fn an_edit_holds_though_the_clock_ran_a_year_back() {
    let mut device = Device::new(9);
    let id = device.record(json!({"kind": "life-event", "title": "first"}));
    // Even a caller that passes a stamp of that wrong clock.
    device.pass(-365 * 86_400_000);
    let mut writing = device.writing();
    writing.stamp = doseline::diary::Stamp::next(1, 0, None);
    let amended = device.diary.prepare_amend(id, json!({"title": "second"}), writing).unwrap();
    device.take(amended);
    assert_eq!(body(&device.diary, id), json!({"title": "second"}));
    assert_eq!(device.diary.conflicts().count(), 0);
}

#[test]
fn erasing_leaves_nothing_of_the_content() {
    const SECRET: &str = "planted-7f3a";
    let mut phone = Device::new(1);
    let kept = phone.record(json!({"kind": "life-event", "title": "kept"}));
    let secrets = [
        json!({"kind": "life-event", "title": SECRET, "note": format!("note {SECRET}")}),
        json!({"kind": "check-in", "ratings": {"mood": 3}, "tags": [SECRET], "note": SECRET}),
        json!({"kind": "substance", "substance": SECRET, "countedIn": SECRET}),
        json!({"kind": "medicine", "name": SECRET, "ingredients": [{"name": SECRET, "rxnorm": SECRET}]}),
    ];
    let ids = secrets.clone().map(|draft| phone.record(draft));
    let mut laptop = Device::with(2, phone.diary.clone());
    for (id, draft) in ids.iter().zip(secrets) {
        phone.amend(*id, draft.clone());
        laptop.pass(1000);
        laptop.amend(*id, draft);
    }
    phone.remove(ids[1]);
    assert!(phone.text().contains(SECRET));
    for id in ids {
        phone.erase(id);
        assert!(phone.diary.record(id).unwrap().is_erased());
    }
    assert!(!phone.text().contains(SECRET));
    assert!(!format!("{:?}", phone.diary).contains(SECRET));
    // It wins over edits made elsewhere, before and after, and cannot be undone.
    laptop.pass(365 * 86_400_000);
    laptop.amend(ids[0], json!({"title": SECRET}));
    laptop.hear(&phone);
    assert!(!laptop.text().contains(SECRET));
    phone.hear(&laptop);
    assert_eq!(phone.text(), laptop.text());
    assert_eq!(phone.diary.entries().map(|recorded| recorded.id).collect::<Vec<_>>(), [kept]);
    assert!(phone.diary.prepare_undo(ids[0], phone.writing()).is_err());
}

/// The entries with a number that is off its scale.
fn off_scale(diary: &Diary) -> Vec<EntryId> {
    diary.entries().filter(|it| diary.is_off_scale(it.entry)).map(|it| it.id).collect()
}

/// A definition of pain from 0 to `max`.
fn pain(max: u32) -> Value {
    json!({"kind": "outcome", "outcome": "pain", "name": "Pain", "min": 0, "max": max, "worse": "higher"})
}

#[test]
fn a_diary_opens_though_its_scales_changed_under_its_numbers() {
    // By an undo: 0–10 widened to 0–100, 80 recorded, widening taken back.
    let mut device = Device::new(1);
    let scale = device.record(pain(10));
    device.amend(scale, pain(100));
    let rated = device.record(json!({"kind": "check-in", "ratings": {"pain": 80}}));
    assert_eq!(off_scale(&device.diary), []);
    device.undo(scale);
    assert_eq!(off_scale(&device.diary), [rated]);
    let opened = open(&device.text()).unwrap();
    assert_eq!(opened.to_json("person-1"), device.text());
    assert_eq!(off_scale(&opened), [rated]);

    // By two devices that each define the scale.
    let (mut phone, mut laptop) = (Device::new(1), Device::new(2));
    phone.record(pain(10));
    laptop.record(pain(100));
    laptop.record(json!({"kind": "check-in", "ratings": {"pain": 80}}));
    phone.hear(&laptop);
    assert_eq!(open(&phone.text()).unwrap().to_json("person-1"), phone.text());

    // By an erased definition.
    let scale = laptop.diary.entries().next().unwrap().id;
    laptop.erase(scale);
    laptop.hear(&phone);
    assert_eq!(off_scale(&open(&laptop.text()).unwrap()).len(), 1);
}

#[test]
fn of_two_scales_that_met_the_later_one_holds_for_the_check_and_for_what_is_drawn() {
    for (first, second) in [(10, 100), (100, 10)] {
        let (mut phone, mut laptop) = (Device::new(1), Device::new(2));
        phone.record(pain(first));
        laptop.pass(1000);
        laptop.record(pain(second));
        let wide = if first == 100 { &mut phone } else { &mut laptop };
        let rated = wide.record(json!({"kind": "check-in", "ratings": {"pain": 80}}));
        phone.hear(&laptop);
        let drawn = outcomes(&phone.diary, &Words::english());
        let drawn = drawn.iter().find(|outcome| outcome.outcome == "pain").unwrap();
        assert_eq!(drawn.range, (0.0, f64::from(second)));
        let off = if second == 10 { vec![rated] } else { vec![] };
        assert_eq!(off_scale(&phone.diary), off, "{first}, then {second}");
    }
}

#[test]
fn a_person_can_let_days_start_at_another_time() {
    let mut device = Device::new(1);
    for (start, at, day) in [
        ("04:00", "2026-05-10T03:59:59+02:00", "2026-05-09"),
        ("04:00", "2026-05-10T04:00:00+02:00", "2026-05-10"),
        ("00:00", "2026-05-10T00:00:00+02:00", "2026-05-10"),
        ("00:00", "2026-05-09T23:59:59+02:00", "2026-05-09"),
        ("12:00", "2026-05-10T11:59:00+02:00", "2026-05-09"),
        ("23:59", "2026-05-10T23:58:00+02:00", "2026-05-09"),
    ] {
        device.day_start = ClockTime::parse(start).unwrap();
        let id = device.record(json!({"kind": "check-in", "at": at, "sleepHours": 7}));
        assert_eq!(device.entry(id).day().to_string(), day, "{at} with days from {start}");
    }
}
