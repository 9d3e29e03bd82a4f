use doseline::diary::{ClockTime, Day, Diary, EntryId};
use doseline::reference;
use doseline::report::AsOf;
use serde_json::{Value, json};

use crate::device::Device;

/// A diary in which every part of every view has something to show.
pub(crate) struct Told {
    pub(crate) diary: Diary,
    pub(crate) as_of: AsOf,
    /// Taken at 50, at 100, at 50 mg again, and at 75.
    pub(crate) medicine: EntryId,
    /// Begun in the last days and only once scored.
    pub(crate) other: EntryId,
    pub(crate) as_needed: EntryId,
    /// Acts and leaves fast.
    pub(crate) stimulant: EntryId,
}

const FIRST: &str = "2025-10-02";
const DAYS: i32 = 240;

fn day(place: i32) -> String {
    Day::parse(FIRST).unwrap().plus(place).to_string()
}

fn daily(amount: f64) -> Value {
    json!({"repeat": "daily", "unit": "mg", "doses": [{"at": "08:00", "amount": amount}]})
}

pub(crate) fn nothing() -> Diary {
    Diary::new(reference::catalogue())
}

/// Fourteen days into sertraline, with a visit ahead.
pub(crate) fn in_trial() -> Diary {
    let mut device = Device::with(1, nothing());
    let sertraline = medicine(&mut device, "Sertraline");
    step(&mut device, sertraline, DAYS - 15, "start", Some(daily(50.0)));
    device.record(json!({"kind": "visit", "at": format!("{}T09:30:00Z", day(DAYS + 5))}));
    device.diary
}

fn medicine(device: &mut Device, name: &str) -> EntryId {
    let day = day(0);
    device.record(
        json!({"kind": "medicine", "day": day, "name": name, "ingredients": [{"name": name}]}),
    )
}

fn step(device: &mut Device, medicine: EntryId, place: i32, action: &str, schedule: Option<Value>) {
    let (day, medicine) = (day(place), medicine.to_string());
    let mut draft = json!({"kind": "step", "day": day, "medicine": medicine, "action": action});
    if let Some(schedule) = schedule {
        draft["schedule"] = schedule;
    }
    device.record(draft);
}

/// A level that goes with the dose, with a wave of five days.
fn mood(place: i32) -> i32 {
    let level = match place {
        60..120 => 7,
        180.. => 5,
        _ => 3,
    };
    level + (place * 7 % 5) / 2
}

pub(crate) fn diary() -> Told {
    let mut device = Device::with(1, nothing());
    let sertraline = medicine(&mut device, "Sertraline");
    step(&mut device, sertraline, 20, "start", Some(daily(50.0)));
    step(&mut device, sertraline, 60, "increase", Some(daily(100.0)));
    step(&mut device, sertraline, 120, "decrease", Some(daily(50.0)));
    step(&mut device, sertraline, 180, "increase", Some(daily(75.0)));
    let other = medicine(&mut device, "Lithium");
    device.record(json!({"kind": "step", "day": day(DAYS - 3), "medicine": other.to_string(),
        "action": "start", "schedule": daily(300.0),
        "trial": {"outcome": "phq-9", "points": 5, "weeks": 8}}));
    let as_needed = medicine(&mut device, "Hydroxyzine");
    let rare =
        json!({"repeat": "as-needed", "unit": "mg", "doses": [{"amount": 25}], "maxPerDay": 75});
    step(&mut device, as_needed, 30, "start", Some(rare));
    let stimulant = medicine(&mut device, "Methylphenidate");
    device.record(json!({"kind": "profile", "day": day(0), "topic": "condition",
        "state": "known", "value": "ADHD"}));
    let held = medicine(&mut device, "Bupropion");
    step(&mut device, held, 10, "start", Some(daily(150.0)));
    step(&mut device, held, 150, "hold", None);
    let stopped = medicine(&mut device, "Trazodone");
    let twice =
        json!({"repeat": "weekdays", "unit": "mg", "days": ["mon"], "doses": [{"amount": 50}]});
    step(&mut device, stopped, 0, "start", Some(twice));
    step(&mut device, stopped, 40, "stop", None);
    medicine(&mut device, "Mirtazapine");
    let planned = medicine(&mut device, "Quetiapine");
    step(&mut device, planned, DAYS + 20, "start", Some(daily(25.0)));

    for place in 0..DAYS {
        let day = day(place);
        let at = format!("{day}T20:00:00Z");
        device.record(json!({"kind": "check-in", "day": day, "at": at,
            "ratings": {"mood": mood(place)}, "sleepHours": 7,
            "tags": if place * 7 % 5 > 1 { vec!["walk"] } else { vec!["rain"] }}));
        if place % 14 == 0 {
            let item = i32::from(!(60..140).contains(&place)) + i32::from(place < 30);
            let items = vec![item; 9];
            device.record(
                json!({"kind": "assessment", "day": day, "instrument": "phq-9", "items": items}),
            );
        }
        if place >= 20 {
            let status = ["taken", "late", "skipped", "missed", "extra"]
                [usize::from(place % 9 == 0) * usize::try_from(place % 5).unwrap()];
            device.record(json!({"kind": "dose", "day": day, "medicine": sertraline.to_string(),
                "status": status, "scheduled": "08:00", "amount": 50, "unit": "mg"}));
        }
    }
    let last = day(DAYS - 1);
    device.record(json!({"kind": "assessment", "day": last, "instrument": "gad-7", "total": 5}));
    device.record(json!({"kind": "assessment", "day": last, "instrument": "phq-9",
        "items": [1, null, 1, 1, 1, 1, 1, 1, 0]}));
    device.record(json!({"kind": "assessment", "day": last, "instrument": "short look",
        "items": [1, 0]}));
    device.record(json!({"kind": "dose", "day": last, "medicine": as_needed.to_string(),
        "status": "as-needed", "amount": 25, "unit": "mg"}));
    device.record(json!({"kind": "side-effect", "term": "nausea", "severity": "mild",
        "onset": day(21), "end": day(30), "suspected": sertraline.to_string()}));
    device.record(
        json!({"kind": "side-effect", "term": "nausea", "severity": "moderate", "onset": day(70)}),
    );
    device.record(json!({"kind": "relapse-signs", "day": day(70), "signs": ["short nights"]}));
    device.record(json!({"kind": "life-event", "day": day(65), "title": "New job"}));
    device.record(json!({"kind": "safety-plan", "day": day(70), "whatHelps": ["a walk"]}));
    device.record(
        json!({"kind": "contact", "day": day(70), "name": "Dr. Vogel", "phone": "555 0100"}),
    );
    device.record(
        json!({"kind": "check-in", "day": last, "tags": ["helped"], "note": "Calling Ana."}),
    );
    device.record(json!({"kind": "check-in", "day": last, "note": "I want to die."}));
    device.record(json!({"kind": "visit", "day": day(60), "with": "Dr. Vogel"}));
    device.record(json!({"kind": "span", "day": day(5), "span": "sick-leave", "from": day(5)}));

    let today = Day::parse(FIRST).unwrap().plus(DAYS - 1);
    let as_of = AsOf { today, day_start: ClockTime::DEFAULT_DAY_START };
    Told { diary: device.diary, as_of, medicine: sertraline, other, as_needed, stimulant }
}
