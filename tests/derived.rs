//! What is derived from a diary is kept beside it and brought up to date with each change: after any
//! history it is, to the bit, what the same diary gives when it is opened afresh.

mod device;

use device::Device;
use doseline::analysis::{Columns, DoseLog, Kept};
use doseline::diary::{Calendar, Day, Diary, EntryId, Kind, Record, read_json};
use doseline::reference;
use doseline::report::{AsOf, TimelineOptions, Words, flags, timeline, timeline_again, today};
use doseline::safety::Settings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use serde_json::{Value, json};

/// Something that happens to a diary.
#[derive(Clone, Debug)]
enum Act {
    Record(Value),
    /// Another body for an entry, of its own kind where that fits.
    Amend(Index, Value),
    Remove(Index),
    Undo(Index),
    Erase(Index),
    /// Many entries at once, as from a file.
    Import(Vec<Value>),
    /// What another device has written meanwhile.
    Hear,
}

/// A draft of any kind that something is derived from, on one of eighty days up to today; medicines
/// are named by number.
fn draft() -> impl Strategy<Value = Value> {
    let days = (0_i32..80).prop_map(|back| day().plus(-back).to_string());
    let bodies = (0_u8..14, 0_u8..=10, 0..2).prop_map(|(kind, number, medicine)| match kind {
        0..=3 => json!({ "kind": "check-in", "ratings": { "mood": number, "calm": number },
            "sleepHours": number }),
        4 => json!({ "kind": "check-in", "note": "no number" }),
        5 => json!({ "kind": "assessment", "instrument": "phq-9", "total": number }),
        6 => json!({ "kind": "assessment", "instrument": "phq-9",
            "items": [number % 4, 1, 0, 2, 1, 1, 0, 0, number % 3] }),
        7 => json!({ "kind": "assessment", "instrument": "own-scale", "total": number }),
        8 | 9 => json!({ "kind": "dose", "medicine": medicine,
            "status": (["taken", "missed", "late"][usize::from(number) % 3]) }),
        10 => json!({ "kind": "step", "medicine": medicine, "action": "increase", "schedule":
            { "repeat": "daily", "unit": "mg", "doses": [{ "amount": 50 + u32::from(number) }] } }),
        11 => json!({ "kind": "side-effect", "term": "nausea", "severity": "mild" }),
        12 => json!({ "kind": "visit", "with": "Dr. A" }),
        _ => json!({ "kind": "instrument", "instrument": "own-scale", "name": "Own",
            "min": 0, "max": 10 + u32::from(number), "worse": "higher" }),
    });
    (bodies, days).prop_map(|(mut body, day)| {
        if body["kind"] == "side-effect" {
            body["onset"] = json!(day);
        } else {
            body["day"] = json!(day);
        }
        body
    })
}

fn act() -> impl Strategy<Value = (bool, Act)> {
    let entry = any::<Index>;
    let act = prop_oneof![
        8 => draft().prop_map(Act::Record),
        4 => (entry(), draft()).prop_map(|(entry, draft)| Act::Amend(entry, draft)),
        2 => entry().prop_map(Act::Remove),
        2 => entry().prop_map(Act::Undo),
        1 => entry().prop_map(Act::Erase),
        1 => vec(draft(), 33..40).prop_map(Act::Import),
        2 => select(vec![Act::Hear]),
    ];
    (any::<bool>(), act)
}

impl Act {
    /// Does it on one of two devices, where it can be done.
    fn on(&self, [device, other]: [&mut Device; 2]) {
        device.pass(60_000);
        let pick = |entry: &Index| -> EntryId {
            let records = device.diary.records();
            records[entry.index(records.len())].id()
        };
        let (diary, writing) = (&device.diary, device.writing());
        let prepared = match self {
            Self::Record(draft) => {
                let _ = device.try_record(&with_medicine(diary, draft));
                return;
            }
            Self::Import(drafts) => {
                let mut elsewhere = device.clone();
                for draft in drafts {
                    let _ = elsewhere.try_record(&with_medicine(&device.diary, draft));
                }
                device.pass(60_000 + 60_000 * 40);
                return device.hear(&elsewhere);
            }
            Self::Hear => return device.hear(other),
            Self::Amend(entry, draft) => {
                let (id, draft) = (pick(entry), with_medicine(diary, draft));
                diary.prepare_amend(id, &draft, writing)
            }
            Self::Remove(entry) => diary.prepare_remove(pick(entry), writing),
            Self::Undo(entry) => diary.prepare_undo(pick(entry), writing),
            Self::Erase(entry) => diary.prepare_erase(pick(entry), writing),
        };
        if let Ok(record) = prepared {
            device.take(record);
        }
    }
}

fn with_medicine(diary: &Diary, draft: &Value) -> Value {
    let mut draft = draft.clone();
    if let Some(number) = draft["medicine"].as_u64() {
        let mut medicines = diary.records().iter().filter(|record| is_medicine(record));
        let medicine = medicines.nth(number as usize).map(|record| record.id().to_string());
        draft["medicine"] = json!(medicine);
    }
    draft
}

fn is_medicine(record: &Record) -> bool {
    record.versions().any(|one| one.entry().is_some_and(|entry| entry.kind() == Kind::Medicine))
}

fn day() -> Day {
    Day::parse("2026-06-01").unwrap()
}

/// Two devices with the same two medicines, one of them begun, and a rating of their own.
fn devices() -> [Device; 2] {
    let mut first = Device::with(1, Diary::new(reference::catalogue()));
    for name in ["sertraline", "quetiapine"] {
        first.record(
            json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": name, "reference": name }] }),
        );
        first.pass(1);
    }
    let start = json!({ "kind": "step", "medicine": 0, "action": "start", "day": "2026-03-01",
        "schedule": { "repeat": "daily", "unit": "mg", "doses": [{ "amount": 50 }] } });
    let start = with_medicine(&first.diary, &start);
    first.record(start);
    first.record(json!({ "kind": "outcome", "outcome": "calm", "name": "Calm",
        "min": 0, "max": 10, "worse": "lower" }));
    let mut second = Device::with(2, Diary::new(reference::catalogue()));
    second.hear(&first);
    [first, second]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_kept_is_what_is_worked_out_afresh(history in vec(act(), 1..30)) {
        let ([mut first, mut second], mut kept) = (devices(), Kept::default());
        let (words, settings) = (Words::english(), Settings::default());
        let as_of = AsOf { today: day(), day_start: first.day_start };
        let options = TimelineOptions::default();
        for (on_second, act) in history {
            act.on(if on_second { [&mut second, &mut first] } else { [&mut first, &mut second] });
            let diary = &first.diary;
            let (afresh, _) = read_json(&first.text(), reference::catalogue(), None).unwrap();
            prop_assert_eq!(Calendar::of(diary), Calendar::of(&afresh));
            prop_assert_eq!(Columns::of(diary), Columns::of(&afresh));
            prop_assert_eq!(DoseLog::of(diary), DoseLog::of(&afresh));
            for kind in Kind::ALL {
                let ids = |diary: &Diary| -> Vec<EntryId> {
                    diary.of_kind(*kind).map(|recorded| recorded.id).collect()
                };
                prop_assert_eq!(ids(diary), ids(&afresh));
            }
            let again = timeline_again(diary, &options, as_of, &words, &mut kept).unwrap();
            prop_assert_eq!(again, timeline(&afresh, &options, as_of, &words).unwrap());
            prop_assert_eq!(today(diary, as_of, &Default::default(), &words), today(&afresh, as_of, &Default::default(), &words));
            let flags = |diary: &Diary| flags(diary, as_of, &settings, true, &words);
            prop_assert_eq!(flags(diary), flags(&afresh));
        }
    }
}

/// The history above reaches every kind of draft: none of them is refused for its form.
#[test]
fn the_drafts_of_the_histories_are_taken() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let [mut device, _] = devices();
    let mut taken = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let draft = draft().new_tree(&mut runner).unwrap().current();
        if device.try_record(&with_medicine(&device.diary, &draft)).is_ok() {
            taken.insert(draft["kind"].to_string());
        }
        device.pass(60_000);
    }
    assert_eq!(taken.len(), 7, "{taken:?}");
}
