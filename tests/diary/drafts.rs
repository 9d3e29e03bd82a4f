use doseline::diary::{Day, EntryId};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::device::Device;

pub(crate) fn sertraline() -> Value {
    json!({"kind": "medicine", "name": "Sertraline", "ingredients":
        [{"name": "sertraline", "strength": {"amount": 50, "unit": "mg"}}]})
}

/// A device whose diary has what other entries point to.
pub(crate) fn started() -> Device {
    let mut device = Device::new(1);
    for (draft, id) in [
        (sertraline(), medicine()),
        (json!({"kind": "visit", "with": "Dr. Vogel"}), visit()),
        (
            json!({"kind": "outcome", "outcome": "pain", "name": "Pain", "min": -5, "max": 5, "worse": "higher"}),
            id(3),
        ),
        (
            json!({"kind": "instrument", "instrument": "own", "name": "Own", "min": 0, "max": 4, "worse": "lower"}),
            id(4),
        ),
        (
            json!({"kind": "step", "day": "1990-01-01", "medicine": medicine().to_string(), "action": "resume"}),
            id(5),
        ),
    ] {
        let record = device.diary.prepare_record(&draft, id, device.writing()).unwrap();
        device.take(record);
    }
    device
}

fn id(number: u8) -> EntryId {
    EntryId::new(u64::from(number), [number; 10])
}

fn medicine() -> EntryId {
    id(1)
}

fn visit() -> EntryId {
    id(2)
}

fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 1..30)
        .prop_map(String::from_iter)
        .prop_filter("blank", |text| !text.trim().is_empty())
}

fn day() -> impl Strategy<Value = String> {
    // 2000-01-01 to 2026-05-31.
    (10_957..20_604).prop_map(|number| Day::from_number(number).unwrap().to_string())
}

fn clock() -> impl Strategy<Value = String> {
    (0..24, 0..60).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
}

fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![1e-6..100_000.0, (1_u32..400).prop_map(f64::from)]
}

fn quarters() -> impl Strategy<Value = f64> {
    (1_u32..40).prop_map(|quarters| f64::from(quarters) / 4.0)
}

fn schedule() -> impl Strategy<Value = Value> {
    let pattern = prop_oneof![
        Just(json!({"repeat": "daily"})),
        Just(json!({"repeat": "once"})),
        vec(select(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), 1..7)
            .prop_map(|days| json!({"repeat": "weekdays", "days": days})),
        (2..=366).prop_map(|days| json!({"repeat": "every", "days": days})),
        (1..=366, 1..=366).prop_map(|(on, off)| json!({"repeat": "cycle", "on": on, "off": off})),
        (1..=52).prop_map(|weeks| json!({"repeat": "depot", "weeks": weeks})),
        of(0.0..168.0).prop_map(
            |gap| json!({"repeat": "as-needed", "maxPerDay": 100_000, "minGapHours": gap})
        ),
    ];
    let weighed = (
        select(vec!["mg", "mcg", "g", "mL", "drops", "mg/24h", "mEq", "IU"]),
        vec((of(clock()), amount()), 1..4),
    );
    let counted = (Just("tablet"), vec((of(clock()), quarters()), 1..4));
    (pattern, prop_oneof![weighed, counted]).prop_map(|(mut schedule, (unit, doses))| {
        let doses: Vec<Value> =
            doses.iter().map(|(at, amount)| json!({"at": at, "amount": amount})).collect();
        schedule["unit"] = json!(unit);
        schedule["doses"] = json!(doses);
        schedule
    })
}

fn reported() -> impl Strategy<Value = Value> {
    let rating = prop_oneof![0.0..=10.0, (0_u8..=10).prop_map(f64::from)];
    let outcomes = select(vec![
        "mood",
        "anxiety",
        "energy",
        "irritability",
        "focus",
        "work",
        "home",
        "people",
    ]);
    prop_oneof![
        (btree_map(outcomes, rating, 1..8), of(-5.0..=5.0), of(0.0..=24.0), of(1..=120), vec(text(), 0..4), of(text()))
            .prop_map(|(ratings, pain, sleep, cycle, tags, note)| {
                let mut ratings = json!(ratings);
                ratings["pain"] = json!(pain);
                json!({"kind": "check-in", "ratings": ratings, "sleepHours": sleep, "cycleDay": cycle, "tags": tags, "note": note})
            }),
        (vec(of(0..=100), 1..30), of(0..=3))
            .prop_map(|(items, difficulty)| json!({"kind": "assessment", "instrument": "unheard of", "items": items, "difficulty": difficulty})),
        (0.0..=4.0).prop_map(|total| json!({"kind": "assessment", "instrument": "own", "total": total})),
        (text(), of(0.0..1e5), of(text()))
            .prop_map(|(substance, quantity, counted)| json!({"kind": "substance", "substance": substance, "quantity": quantity, "countedIn": counted})),
        (0.0..1e9, text()).prop_map(|(value, analyte)| json!({"kind": "measurement", "measure": "lab", "value": value, "unit": "mmol/L", "analyte": analyte})),
        (60.0..200.0).prop_map(|upper: f64| json!({"kind": "measurement", "measure": "blood-pressure", "value": upper, "diastolic": upper / 2.0, "unit": "mmHg"})),
    ]
}

fn prescribed() -> impl Strategy<Value = Value> {
    let medicine = medicine().to_string();
    let (step, dose, effect) = (medicine.clone(), medicine.clone(), medicine);
    prop_oneof![
        (schedule(), select(vec!["start", "increase", "decrease", "resume", "augment"]), of(text()))
            .prop_map(move |(schedule, action, reason)| json!({"kind": "step", "medicine": step, "action": action, "schedule": schedule, "reason": reason})),
        (select(vec!["taken", "late", "skipped", "missed", "extra", "as-needed"]), of(amount()), of(clock()))
            .prop_map(move |(status, amount, scheduled)| {
                let unit = amount.map(|_| "mg");
                json!({"kind": "dose", "medicine": dose, "status": status, "amount": amount, "unit": unit, "scheduled": scheduled})
            }),
        (text(), select(vec!["mild", "moderate", "severe"]), day())
            .prop_map(move |(term, severity, onset)| json!({"kind": "side-effect", "term": term, "severity": severity, "onset": onset, "suspected": effect})),
        (text(), vec((text(), of(amount())), 1..4)).prop_map(|(name, ingredients)| {
            let ingredients: Vec<Value> = ingredients
                .iter()
                .map(|(name, amount)| json!({"name": name, "strength": amount.map(|amount| json!({"amount": amount, "unit": "mg"}))}))
                .collect();
            json!({"kind": "medicine", "name": name, "ingredients": ingredients})
        }),
    ]
}

fn told() -> impl Strategy<Value = Value> {
    prop_oneof![
        (text(), of(1..=1440)).prop_map(|(therapy, minutes)| json!({"kind": "therapy", "therapy": therapy, "minutes": minutes})),
        (text(), of(text())).prop_map(|(title, note)| json!({"kind": "life-event", "title": title, "note": note})),
        (text(), of(text())).prop_map(|(text, answer)| json!({"kind": "question", "text": text, "visit": visit().to_string(), "answer": answer})),
        (text(), of(-2..=2)).prop_map(|(text, attainment)| json!({"kind": "goal", "text": text, "attainment": attainment})),
        day().prop_map(|from| json!({"kind": "span", "span": "sick-leave", "from": from, "to": from})),
        (select(vec!["condition", "allergy", "smoking"]), text()).prop_map(|(topic, value)| json!({"kind": "profile", "topic": topic, "state": "known", "value": value})),
        (1900..=2199).prop_map(|year| json!({"kind": "profile", "topic": "birth-year", "state": "known", "value": year})),
        Just(json!({"kind": "profile", "topic": "pregnancy", "state": "declined"})),
        (text(), text()).prop_map(|(flag, reason)| json!({"kind": "dismissal", "flag": flag, "reason": reason})),
        (vec(text(), 1..4), vec(text(), 0..3)).prop_map(|(helps, reasons)| json!({"kind": "safety-plan", "whatHelps": helps, "reasons": reasons})),
        (text(), of(text()), of(Just("yes"))).prop_map(|(name, role, prescriber)| json!({"kind": "contact", "name": name, "role": role, "phone": "+1 (212) 555-0100", "prescriber": prescriber})),
    ]
}

/// Up to 25 entries that the diary of [`started`] takes.
pub(crate) fn many() -> impl Strategy<Value = Vec<Value>> {
    let by = select(vec!["self", "family", "clinician", "import"]);
    let draft = (prop_oneof![reported(), prescribed(), told()], of(day()), of(by));
    let dated = draft.prop_map(|(mut draft, day, by)| {
        draft["day"] = json!(day);
        draft["recordedBy"] = json!(by);
        draft
    });
    vec(dated, 0..25)
}
