use doseline::diary::{ClockTime, Diary, EntryId, Kind};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::device::{Device, body, open};

const YEAR_MS: i64 = 365 * 86_400_000;

/// What is written down; numbers are drawn from 0 to 10.
#[derive(Clone, Copy, Debug)]
enum Draft {
    CheckIn(u8),
    Medicine(u8),
    /// Of a medicine that the device knows.
    Step(Index, u8),
    /// A rating of the person's own, as far up as this.
    Scale(u8),
    /// What was rated on it.
    Rated(u8),
}

/// Something that happens on one of three devices.
#[derive(Clone, Debug)]
enum Act {
    Record(Draft),
    Amend(Index, Draft),
    Remove(Index),
    Undo(Index),
    Erase(Index),
    Pass(i64),
    Hear(usize),
}

fn draft() -> impl Strategy<Value = Draft> {
    let number = || 0_u8..=10;
    prop_oneof![
        3 => number().prop_map(Draft::CheckIn),
        2 => number().prop_map(Draft::Medicine),
        3 => (any::<Index>(), number()).prop_map(|(medicine, dose)| Draft::Step(medicine, dose)),
        1 => number().prop_map(Draft::Scale),
        1 => number().prop_map(Draft::Rated),
    ]
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let act = prop_oneof![
        3 => draft().prop_map(Act::Record),
        4 => (any::<Index>(), draft()).prop_map(|(entry, draft)| Act::Amend(entry, draft)),
        2 => any::<Index>().prop_map(Act::Remove),
        2 => any::<Index>().prop_map(Act::Undo),
        1 => any::<Index>().prop_map(Act::Erase),
        2 => select(vec![0, 1, 60_000, YEAR_MS, -YEAR_MS]).prop_map(Act::Pass),
        2 => (0_usize..3).prop_map(Act::Hear),
    ];
    (0_usize..3, act)
}

/// One of the entries of a kind.
fn one_of(diary: &Diary, kind: Kind, place: &Index) -> Option<EntryId> {
    let ids: Vec<EntryId> = diary.of_kind(kind).map(|recorded| recorded.id).collect();
    (!ids.is_empty()).then(|| ids[place.index(ids.len())])
}

impl Draft {
    fn kind(self) -> Kind {
        match self {
            Self::CheckIn(_) | Self::Rated(_) => Kind::CheckIn,
            Self::Medicine(_) => Kind::Medicine,
            Self::Step(..) => Kind::Step,
            Self::Scale(_) => Kind::Outcome,
        }
    }

    /// As plain data; `None` for a step where no medicine is known.
    fn on(self, diary: &Diary) -> Option<Value> {
        let mut draft = match self {
            Self::CheckIn(mood) => json!({"ratings": {"mood": mood}}),
            Self::Rated(number) => json!({"ratings": {"own": number}}),
            Self::Medicine(number) => {
                let name = format!("medicine {number}");
                json!({"name": name, "ingredients": [{"name": name}]})
            }
            Self::Step(medicine, dose) => {
                let medicine = one_of(diary, Kind::Medicine, &medicine)?.to_string();
                let schedule =
                    json!({"repeat": "daily", "unit": "mg", "doses": [{"amount": dose}]});
                json!({"medicine": medicine, "action": "start", "schedule": schedule})
            }
            Self::Scale(max) => {
                json!({"outcome": "own", "name": "Own", "min": -1, "max": max, "worse": "higher"})
            }
        };
        draft["kind"] = json!(self.kind().as_str());
        Some(draft)
    }
}

impl Act {
    /// Does it, where it can be done.
    fn on(&self, devices: &mut [Device; 3], place: usize) {
        let other = match self {
            Self::Hear(other) => Some(devices[*other].clone()),
            _ => None,
        };
        let device = &mut devices[place];
        let pick = |entry: &Index| -> Option<EntryId> {
            let records = device.diary.records();
            (!records.is_empty()).then(|| records[entry.index(records.len())].id())
        };
        let (diary, writing) = (&device.diary, device.writing());
        let prepared = match self {
            Self::Record(draft) => {
                if let Some(plain) = draft.on(diary) {
                    let made = device.try_record(&plain);
                    // Only what hangs on other entries may be refused.
                    assert!(
                        made.is_ok() || !matches!(draft, Draft::CheckIn(_) | Draft::Medicine(_))
                    );
                }
                None
            }
            Self::Amend(entry, draft) => one_of(diary, draft.kind(), entry)
                .zip(draft.on(diary))
                .and_then(|(id, plain)| diary.prepare_amend(id, &plain, writing).ok()),
            Self::Remove(entry) => {
                pick(entry).and_then(|id| diary.prepare_remove(id, writing).ok())
            }
            Self::Undo(entry) => pick(entry).and_then(|id| diary.prepare_undo(id, writing).ok()),
            Self::Erase(entry) => pick(entry).and_then(|id| diary.prepare_erase(id, writing).ok()),
            Self::Pass(ms) => {
                device.pass(*ms);
                None
            }
            Self::Hear(_) => {
                device.hear(other.as_ref().expect("the device heard"));
                None
            }
        };
        if let Some(record) = prepared {
            device.take(record);
        }
    }
}

/// Three devices that know one medicine, after a history. The last two bear the same number, as after
/// a copied profile, so that their identifiers and stamps collide.
fn after(history: &[(usize, Act)]) -> [Device; 3] {
    let mut devices = [Device::new(1), Device::new(2), Device::new(2)];
    Act::Record(Draft::Medicine(0)).on(&mut devices, 0);
    for other in [1, 2] {
        Act::Hear(0).on(&mut devices, other);
    }
    for (place, act) in history {
        act.on(&mut devices, *place);
    }
    devices
}

fn merged(devices: &[&Device]) -> Device {
    let mut all = Device::new(7);
    for device in devices {
        all.hear(device);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn devices_agree_in_whatever_order_they_hear_of_each_other(history in vec(act(), 0..60)) {
        let [a, b, c] = after(&history);
        let all = merged(&[&a, &b, &c]).text();
        for order in [[&a, &c, &b], [&b, &a, &c], [&b, &c, &a], [&c, &a, &b], [&c, &b, &a]] {
            prop_assert_eq!(merged(&order).text(), &all[..], "commutative");
        }
        let (ab, bc) = (merged(&[&a, &b]), merged(&[&b, &c]));
        prop_assert_eq!(merged(&[&ab, &c]).text(), &all[..], "associative");
        prop_assert_eq!(merged(&[&a, &bc]).text(), &all[..], "associative");
        prop_assert_eq!(merged(&[&a, &a]).text(), a.text(), "idempotent");
        prop_assert_eq!(merged(&[&ab, &bc, &a, &c]).text(), &all[..], "idempotent");
    }

    #[test]
    fn what_merging_makes_can_be_opened(history in vec(act(), 0..60)) {
        let [a, b, c] = after(&history);
        let all = merged(&[&a, &b, &c]);
        prop_assert_eq!(open(&all.text()).unwrap().to_json("person-1"), all.text());
    }

    #[test]
    fn a_writing_holds_on_its_device_whatever_the_clock_did(
        history in vec(act(), 1..60), entry in any::<Index>(),
    ) {
        let [a, b, c] = after(&history);
        let mut all = merged(&[&a, &b, &c]);
        let ids: Vec<EntryId> = all.diary.entries().map(|recorded| recorded.id).collect();
        prop_assume!(!ids.is_empty());
        let id = ids[entry.index(ids.len())];
        all.pass(-YEAR_MS);
        let field = match all.entry(id).kind() {
            Kind::Medicine | Kind::Outcome => "name",
            _ => "note",
        };
        let mut settled = body(&all.diary, id);
        settled[field] = json!("settled");
        let prepared = all.diary.prepare_amend(id, &settled, all.writing());
        // Other entries may be in the way: a step's medicine is gone, two devices define one scale in two widths.
        let may_be_refused = match all.entry(id).kind() {
            Kind::CheckIn => settled["ratings"]["own"].is_number(),
            kind => kind != Kind::Medicine,
        };
        prop_assert!(prepared.is_ok() || may_be_refused, "{:?}", prepared);
        prop_assume!(prepared.is_ok());
        all.take(prepared.unwrap());
        let record = all.diary.record(id).unwrap();
        prop_assert!(record.entry_json(ClockTime::DEFAULT_DAY_START).unwrap().contains("settled"));
        prop_assert!(!record.has_conflict());
        all.erase(id);
        for device in [&a, &b, &c] {
            all.hear(device);
        }
        prop_assert!(all.diary.record(id).unwrap().is_erased());
    }
}
