//! A made-up person whose diary is written in days before today.

use doseline::diary::{Body, ClockTime, Day, Diary, Entry, EntryId, Moment, Stamp, Writing};
use doseline::reference;
use doseline::safety::{Flag, Review, Settings, review};
use serde_json::{Value, json};

pub(crate) struct Person {
    pub(crate) diary: Diary,
    pub(crate) settings: Settings,
    made: u64,
}

pub(crate) fn today() -> Day {
    Day::parse("2026-06-01").unwrap()
}

/// The day `ago` days before today; a negative number lies ahead.
pub(crate) fn ago(ago: i32) -> Day {
    today().plus(-ago)
}

impl Person {
    pub(crate) fn new() -> Self {
        let diary = Diary::new(reference::catalogue());
        let mut person = Self { diary, settings: Settings::default(), made: 0 };
        person.fact("birth-year", json!(1985));
        person.fact("allergy", json!("none known"));
        person
    }

    /// Records a draft on a day; it was recorded that day, or today where it lies ahead.
    pub(crate) fn on(&mut self, days_ago: i32, draft: Value) -> EntryId {
        self.recorded(days_ago, days_ago.max(0), draft)
    }

    /// Records a draft on a day, so many days ago.
    pub(crate) fn recorded(&mut self, days_ago: i32, when: i32, mut draft: Value) -> EntryId {
        self.made += 1;
        draft["day"] = json!(ago(days_ago).to_string());
        let writing = Writing {
            now: Moment::parse(&format!("{}T12:00:00+00:00", ago(when))).unwrap(),
            stamp: Stamp::next(self.made, 1, self.diary.last_stamp()),
            day_start: ClockTime::DEFAULT_DAY_START,
        };
        let id = EntryId::new(self.made, [0; 10]);
        let record = self.diary.prepare_record(&draft, id, writing);
        self.diary.merge([record.unwrap_or_else(|error| panic!("{error}: {draft}"))]);
        id
    }

    pub(crate) fn medicine(&mut self, name: &str) -> EntryId {
        self.on(400, json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": name }] }))
    }

    pub(crate) fn step(&mut self, id: EntryId, days_ago: i32, action: &str, mg: f64) -> EntryId {
        self.on(days_ago, step(id, action, mg))
    }

    /// A medicine taken once a day since so many days ago.
    pub(crate) fn takes(&mut self, name: &str, mg: f64, days_ago: i32) -> EntryId {
        let id = self.medicine(name);
        self.step(id, days_ago, "start", mg);
        id
    }

    /// A medicine taken when needed.
    pub(crate) fn may_take(&mut self, name: &str, mg: f64, limits: Value) -> EntryId {
        let id = self.medicine(name);
        let mut schedule =
            json!({ "repeat": "as-needed", "unit": "mg", "doses": [{ "amount": mg }] });
        schedule.as_object_mut().unwrap().extend(limits.as_object().unwrap().clone());
        self.on(100, json!({ "kind": "step", "medicine": id.to_string(), "action": "start", "schedule": schedule }));
        id
    }

    /// Another medicine in the place of one, on the same day.
    pub(crate) fn switches(&mut self, id: EntryId, days_ago: i32, to: &str, mg: f64) -> EntryId {
        let other = self.medicine(to);
        let mut step = step(other, "switch", mg);
        step["replacing"] = json!(id.to_string());
        self.on(days_ago, step);
        other
    }

    pub(crate) fn stops(&mut self, id: EntryId, days_ago: i32) {
        self.step(id, days_ago, "stop", 0.0);
    }

    /// One dose a day of a status, from so many days ago to so many.
    pub(crate) fn doses(&mut self, id: EntryId, from: i32, to: i32, status: &str) {
        for day in (to..=from).rev() {
            self.on(day, json!({ "kind": "dose", "medicine": id.to_string(), "status": status }));
        }
    }

    /// A dose at an hour of the day (UTC).
    pub(crate) fn dose_at(&mut self, id: EntryId, days_ago: i32, hour: u32, mg: f64) -> EntryId {
        let at = format!("{}T{hour:02}:00:00+00:00", ago(days_ago));
        self.on(
            days_ago,
            json!({ "kind": "dose", "medicine": id.to_string(), "status": "as-needed", "at": at, "amount": mg, "unit": "mg" }),
        )
    }

    /// A side effect that goes on.
    pub(crate) fn notes(&mut self, term: &str, severity: &str, days_ago: i32) -> EntryId {
        let onset = ago(days_ago).to_string();
        self.on(
            days_ago,
            json!({ "kind": "side-effect", "term": term, "severity": severity, "onset": onset }),
        )
    }

    /// Changes how strong a side effect is, so many days ago.
    pub(crate) fn amends(&mut self, id: EntryId, severity: &str, days_ago: i32) {
        self.made += 1;
        let now = Moment::parse(&format!("{}T12:00:00+00:00", ago(days_ago))).unwrap();
        let ms = u64::try_from(now.ms()).unwrap();
        let writing = Writing {
            now,
            stamp: Stamp::next(ms, 1, self.diary.last_stamp()),
            day_start: ClockTime::DEFAULT_DAY_START,
        };
        let Some(Body::SideEffect(of)) = self.diary.entry(id).map(Entry::body) else {
            panic!("{id} is no side effect")
        };
        let draft = json!({ "kind": "side-effect", "term": of.term, "severity": severity, "onset": of.onset.to_string() });
        let record = self.diary.prepare_amend(id, &draft, writing).unwrap();
        self.diary.merge([record]);
    }

    /// A side effect that ended.
    pub(crate) fn noted(&mut self, term: &str, severity: &str, from: i32, to: i32) {
        let (onset, end) = (ago(from).to_string(), ago(to).to_string());
        self.on(from, json!({ "kind": "side-effect", "term": term, "severity": severity, "onset": onset, "end": end }));
    }

    pub(crate) fn uses(&mut self, substance: &str, days_ago: i32) -> EntryId {
        self.on(days_ago, json!({ "kind": "substance", "substance": substance }))
    }

    pub(crate) fn fact(&mut self, topic: &str, value: Value) {
        self.fact_on(200, topic, value);
    }

    /// A fact that was told so many days ago; null: the person does not know.
    pub(crate) fn fact_on(&mut self, days_ago: i32, topic: &str, value: Value) -> EntryId {
        let mut draft = json!({ "kind": "profile", "topic": topic, "state": "unknown" });
        if !value.is_null() {
            draft["state"] = json!("known");
            draft["value"] = value;
        }
        self.on(days_ago, draft)
    }

    pub(crate) fn audit_c(&mut self, days_ago: i32, total: f64) -> EntryId {
        self.on(days_ago, json!({ "kind": "assessment", "instrument": "audit-c", "total": total }))
    }

    /// What is said not to have been checked under this id.
    pub(crate) fn not_checked(&self, rule: &str) -> Vec<doseline::error::Message> {
        let rows = self.review().not_checked.into_iter();
        rows.filter(|row| row.rule == rule).map(|row| row.message).collect()
    }

    pub(crate) fn phq9(&mut self, days_ago: i32, total: f64) -> EntryId {
        self.on(days_ago, json!({ "kind": "assessment", "instrument": "phq-9", "total": total }))
    }

    /// A PHQ-9 of which only the ninth item matters here.
    pub(crate) fn item9(&mut self, days_ago: i32, answer: Value) -> EntryId {
        let items = json!([1, 1, 1, 1, 1, 1, 1, 1, answer]);
        self.on(days_ago, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }))
    }

    pub(crate) fn c_ssrs(&mut self, days_ago: i32, items: Value) -> EntryId {
        self.on(days_ago, json!({ "kind": "assessment", "instrument": "c-ssrs", "items": items }))
    }

    /// A QIDS-SR16 of which only the twelfth item matters here.
    pub(crate) fn qids_12(&mut self, days_ago: i32, answer: u8) -> EntryId {
        let mut items = [1; 16];
        items[11] = answer;
        self.on(
            days_ago,
            json!({ "kind": "assessment", "instrument": "qids-sr16", "items": items }),
        )
    }

    pub(crate) fn writes(&mut self, days_ago: i32, note: &str) -> EntryId {
        self.on(days_ago, json!({ "kind": "check-in", "note": note }))
    }

    pub(crate) fn measures(&mut self, days_ago: i32, measure: &str, value: f64, unit: &str) {
        self.on(
            days_ago,
            json!({ "kind": "measurement", "measure": measure, "value": value, "unit": unit }),
        );
    }

    pub(crate) fn pressure(&mut self, days_ago: i32, upper: f64, lower: f64) {
        self.on(
            days_ago,
            json!({ "kind": "measurement", "measure": "blood-pressure", "value": upper, "diastolic": lower, "unit": "mmHg" }),
        );
    }

    pub(crate) fn lab(&mut self, days_ago: i32, analyte: &str, value: f64, hours: Option<f64>) {
        let mut draft = json!({ "kind": "measurement", "measure": "lab", "analyte": analyte, "value": value, "unit": "mmol/L" });
        if let Some(hours) = hours {
            draft["hoursSinceDose"] = json!(hours);
        }
        self.on(days_ago, draft);
    }

    pub(crate) fn review(&self) -> Review {
        review(&self.diary, today(), &self.settings)
    }

    pub(crate) fn flag(&self, rule: &str) -> Option<Flag> {
        self.review().flags.into_iter().find(|flag| flag.rule == rule)
    }
}

pub(crate) fn step(id: EntryId, action: &str, mg: f64) -> Value {
    let mut step = json!({ "kind": "step", "medicine": id.to_string(), "action": action });
    if mg > 0.0 {
        step["schedule"] = json!({ "repeat": "daily", "unit": "mg", "doses": [{ "amount": mg }] });
    }
    step
}
