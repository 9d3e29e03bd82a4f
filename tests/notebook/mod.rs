//! A diary written line by line, on days counted from 1 January 2024 (day 0).
#![allow(dead_code, reason = "each test binary uses its own part")]

use doseline::analysis::{Column, Columns, SettledDays, Window};
use doseline::diary::{ClockTime, Day, Diary, EntryId, Moment, Regimen, Stamp, Writing};
use doseline::reference;
use doseline::report::AsOf;
use serde_json::{Value, json};

pub(crate) struct Notebook {
    pub(crate) diary: Diary,
    entries: u64,
}

/// The civil day `number` days after 1 January 2024.
pub(crate) fn day(number: i32) -> Day {
    Day::parse("2024-01-01").unwrap().plus(number)
}

pub(crate) fn window(from: i32, to: i32) -> Window {
    Window { from: day(from), to: day(to) }
}

pub(crate) fn as_of(number: i32) -> AsOf {
    AsOf { today: day(number), day_start: ClockTime::DEFAULT_DAY_START }
}

impl Notebook {
    pub(crate) fn new() -> Self {
        Self { diary: Diary::new(reference::catalogue()), entries: 0 }
    }

    /// Records an entry on a day; its other fields are those of `body`.
    pub(crate) fn on(&mut self, number: i32, mut body: Value) -> EntryId {
        self.entries += 1;
        body["day"] = json!(day(number).to_string());
        let id = EntryId::new(self.entries, [0; 10]);
        let writing = Writing {
            now: Moment::parse("2026-11-22T10:00:00+00:00").unwrap(),
            stamp: Stamp::next(self.entries, 1, None),
            day_start: ClockTime::DEFAULT_DAY_START,
        };
        let record = self.diary.prepare_record(&body, id, writing).unwrap();
        self.diary.merge([record]);
        id
    }

    /// A medicine that no table lists: 14 days of wash-in and of washout.
    pub(crate) fn unlisted(&mut self, name: &str) -> EntryId {
        self.on(0, json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": name }] }))
    }

    /// An unlisted medicine, begun on day 0: 100 mg in the morning and in the evening.
    pub(crate) fn twice_a_day(&mut self) -> EntryId {
        let medicine = self.unlisted("Ordinal");
        let doses = json!([{ "at": "08:00", "amount": 100 }, { "at": "20:00", "amount": 100 }]);
        let schedule = json!({ "repeat": "daily", "unit": "mg", "doses": doses });
        self.on(
            0,
            json!({ "kind": "step", "medicine": medicine.to_string(), "action": "start",
                "schedule": schedule }),
        );
        medicine
    }

    /// A step to so many milligrams once a day; 0 stops.
    pub(crate) fn step(
        &mut self,
        number: i32,
        medicine: EntryId,
        action: &str,
        dose: f64,
    ) -> EntryId {
        let mut step =
            json!({ "kind": "step", "medicine": medicine.to_string(), "action": action });
        if dose > 0.0 {
            step["schedule"] =
                json!({ "repeat": "daily", "unit": "mg", "doses": [{ "amount": dose }] });
        }
        self.on(number, step)
    }

    /// One rating of mood a day.
    pub(crate) fn mood(&mut self, days: impl Iterator<Item = i32>, value: impl Fn(i32) -> f64) {
        for number in days {
            self.on(number, json!({ "kind": "check-in", "ratings": { "mood": value(number) } }));
        }
    }

    pub(crate) fn phq9(&mut self, number: i32, total: f64) -> EntryId {
        self.on(number, json!({ "kind": "assessment", "instrument": "phq-9", "total": total }))
    }

    pub(crate) fn column(&self, name: &str, window: Window) -> Column {
        Columns::of(&self.diary).find(name).unwrap().within(window)
    }

    pub(crate) fn regimen(&self) -> Regimen {
        Regimen::of(&self.diary)
    }

    pub(crate) fn settled(&self, window: Window) -> SettledDays {
        SettledDays::of(&self.diary, &self.regimen(), window)
    }
}

/// Half a point up and down in turn, which averages to nothing over an even number of days.
pub(crate) fn wobble(number: i32) -> f64 {
    if number % 2 == 0 { 0.5 } else { -0.5 }
}
