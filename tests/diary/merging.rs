use doseline::diary::{ClockTime, EntryId};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use crate::device::{Device, open};

const YEAR_MS: i64 = 365 * 86_400_000;

/// Something that happens on one of three devices.
#[derive(Clone, Debug)]
enum Act {
    Record(u8),
    Amend(Index, u8),
    Remove(Index),
    Undo(Index),
    Erase(Index),
    Pass(i64),
    Hear(usize),
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let act = prop_oneof![
        3 => (0_u8..=10).prop_map(Act::Record),
        4 => (any::<Index>(), 0_u8..=10).prop_map(|(entry, mood)| Act::Amend(entry, mood)),
        2 => any::<Index>().prop_map(Act::Remove),
        2 => any::<Index>().prop_map(Act::Undo),
        1 => any::<Index>().prop_map(Act::Erase),
        2 => select(vec![0, 1, 60_000, YEAR_MS, -YEAR_MS]).prop_map(Act::Pass),
        2 => (0_usize..3).prop_map(Act::Hear),
    ];
    (0_usize..3, act)
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
            Self::Record(mood) => {
                // Refused only for drafts that are wrong.
                device.record(json!({"kind": "check-in", "ratings": {"mood": mood}}));
                None
            }
            Self::Amend(entry, mood) => pick(entry).and_then(|id| {
                diary.prepare_amend(id, json!({"ratings": {"mood": mood}}), writing).ok()
            }),
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

/// Three devices after a history. The last two bear the same number, as after a copied profile, so
/// that their identifiers and stamps collide.
fn after(history: &[(usize, Act)]) -> [Device; 3] {
    let mut devices = [Device::new(1), Device::new(2), Device::new(2)];
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
        all.amend(id, json!({"ratings": {"mood": 10}, "note": "settled"}));
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
