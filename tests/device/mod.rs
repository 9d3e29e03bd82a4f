//! A device that writes into a diary, with a clock that the test holds.
#![allow(dead_code, reason = "each test binary uses its own part")]

use doseline::diary::{
    Catalogue, ClockTime, Diary, Entry, EntryId, Moment, Record, Stamp, Writing, read_json,
};
use doseline::error::Result;
use serde_json::Value;

/// 2026-06-01T10:00:00Z.
pub(crate) const NOW_MS: i64 = 1_780_308_000_000;

#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) diary: Diary,
    pub(crate) now: Moment,
    pub(crate) day_start: ClockTime,
    number: u64,
    made: u64,
}

impl Device {
    pub(crate) fn new(number: u64) -> Self {
        Self::with(number, Diary::new(Catalogue::default()))
    }

    pub(crate) fn with(number: u64, diary: Diary) -> Self {
        let now = Moment::new(NOW_MS, 0).unwrap();
        Self { diary, now, day_start: ClockTime::DEFAULT_DAY_START, number, made: 0 }
    }

    /// Sets the wall clock.
    pub(crate) fn at(&mut self, now: &str) -> &mut Self {
        self.now = Moment::parse(now).unwrap();
        self
    }

    /// Lets `ms` milliseconds pass; a negative number sets the wall clock back.
    pub(crate) fn pass(&mut self, ms: i64) {
        let offset = i32::from(self.now.offset_minutes());
        self.now = Moment::new(self.now.ms() + ms, offset).unwrap();
    }

    pub(crate) fn writing(&self) -> Writing {
        let ms = u64::try_from(self.now.ms()).unwrap();
        let stamp = Stamp::next(ms, self.number, self.diary.last_stamp());
        Writing { now: self.now, stamp, day_start: self.day_start }
    }

    fn next_id(&mut self) -> EntryId {
        self.made += 1;
        let mut random = [0; 10];
        random[0] = u8::try_from(self.number).unwrap();
        random[2..].copy_from_slice(&self.made.to_be_bytes());
        EntryId::new(u64::try_from(self.now.ms()).unwrap(), random)
    }

    pub(crate) fn take(&mut self, record: Record) {
        self.diary.merge([record]);
    }

    pub(crate) fn try_record(&mut self, draft: &Value) -> Result<EntryId> {
        let id = self.next_id();
        let record = self.diary.prepare_record(draft, id, self.writing())?;
        self.take(record);
        Ok(id)
    }

    pub(crate) fn record(&mut self, draft: Value) -> EntryId {
        self.try_record(&draft).unwrap_or_else(|error| panic!("{error}: {draft}"))
    }

    pub(crate) fn amend(&mut self, id: EntryId, draft: Value) {
        let record = self.diary.prepare_amend(id, &draft, self.writing());
        self.take(record.unwrap_or_else(|error| panic!("{error}: {draft}")));
    }

    pub(crate) fn remove(&mut self, id: EntryId) {
        self.take(self.diary.prepare_remove(id, self.writing()).unwrap());
    }

    pub(crate) fn undo(&mut self, id: EntryId) {
        self.take(self.diary.prepare_undo(id, self.writing()).unwrap());
    }

    pub(crate) fn erase(&mut self, id: EntryId) {
        self.take(self.diary.prepare_erase(id, self.writing()).unwrap());
    }

    /// Takes in everything another device has.
    pub(crate) fn hear(&mut self, other: &Self) {
        self.diary.merge(other.diary.records().to_vec());
    }

    pub(crate) fn entry(&self, id: EntryId) -> &Entry {
        self.diary.entry(id).expect("an entry that reads")
    }

    pub(crate) fn text(&self) -> String {
        self.diary.to_json("person-1")
    }
}

/// The entry as it reads, as JSON, without its id, kind, stamp and recording.
pub(crate) fn body(diary: &Diary, id: EntryId) -> Value {
    let json = diary
        .record(id)
        .and_then(|record| record.entry_json(ClockTime::DEFAULT_DAY_START))
        .expect("an entry that reads");
    let mut body: Value = serde_json::from_str(&json).unwrap();
    for common in
        ["id", "kind", "day", "at", "stamp", "replaces", "recordedBy", "recordedAt", "daysLate"]
    {
        body.as_object_mut().unwrap().remove(common);
    }
    body
}

/// Reads a file, without a catalogue.
pub(crate) fn open(text: &str) -> Result<Diary> {
    read_json(text, Catalogue::default(), None).map(|(diary, _)| diary)
}
