//! What all made-up diaries are written with: chance, local time, and the diary's own checks.

use doseline::diary::{Catalogue, ClockTime, Day, Diary, EntryId, Moment, Record, Stamp, Writing};
use serde_json::{Value, json};

use super::LAST_DAY;

/// Chance that repeats: SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the words.
    pub(super) fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[(self.unit() * words.len() as f64) as usize]
    }

    /// About normal, mean 0 and variance 1: the sum of twelve uniform numbers, which needs no
    /// function whose last bit differs between machines.
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// Noise in which a day resembles the day before: AR(1) with variance 1.
pub(crate) struct Wave {
    phi: f64,
    value: f64,
}

impl Wave {
    pub(crate) const fn new(phi: f64) -> Self {
        Self { phi, value: 0.0 }
    }

    pub(crate) fn next(&mut self, chance: &mut Chance) -> f64 {
        let fresh = (1.0 - self.phi * self.phi).sqrt() * chance.normal();
        self.value = self.phi * self.value + fresh;
        self.value
    }
}

/// The value at `day` on straight lines between points; level before the first and after the last.
pub(super) fn along(points: &[(i32, f64)], day: i32) -> f64 {
    let after = points.partition_point(|(at, _)| *at <= day);
    match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
        (Some((x1, y1)), Some((x2, y2))) => {
            y1 + (y2 - y1) * f64::from(day - x1) / f64::from(x2 - x1)
        }
        (Some((_, y)), None) | (None, Some(&(_, y))) => y,
        (None, None) => 0.0,
    }
}

/// A whole rating from 0 to 10.
pub(super) fn rating(value: f64) -> f64 {
    value.round().clamp(0.0, 10.0)
}

/// Item scores of an instrument: each `3 × severity × weight` with some chance, from 0 to 3.
pub(super) fn items(chance: &mut Chance, severity: f64, weights: &[f64]) -> Vec<u8> {
    let score = |weight: &f64| (3.0 * severity * weight + 0.35 * chance.normal()).round();
    weights.iter().map(score).map(|score| score.clamp(0.0, 3.0) as u8).collect()
}

/// Minutes after midnight.
pub(super) const fn clock(hour: i32, minute: i32) -> i32 {
    hour * 60 + minute
}

/// Writes one made-up diary.
pub(super) struct Scribe {
    pub(super) chance: Chance,
    diary: Diary,
    /// Entries that nothing points to; taken in at the end, all at once.
    pending: Vec<Record>,
    first: Day,
    last: Day,
    device: u64,
}

impl Scribe {
    /// A diary of `days` days, day 0 included, whose last is [`LAST_DAY`].
    pub(super) fn new(seed: u64, days: i32) -> Self {
        let last = valid(Day::parse(LAST_DAY), &json!(LAST_DAY));
        Self {
            chance: Chance(seed),
            diary: Diary::new(Catalogue::default()),
            pending: Vec::new(),
            first: last.plus(1 - days),
            last,
            device: seed,
        }
    }

    /// The last day, counted from day 0.
    pub(super) fn last_day(&self) -> i32 {
        self.last.since(self.first)
    }

    /// A day as it is written.
    pub(super) fn date(&self, day: i32) -> String {
        self.first.plus(day).to_string()
    }

    /// Records something at a minute of a day.
    pub(super) fn at(&mut self, day: i32, minutes: i32, mut entry: Value) -> EntryId {
        let at = self.moment(day, minutes);
        entry["at"] = json!(at.to_string());
        self.record(at, entry)
    }

    /// Records something on a day; something still ahead is recorded on the last day.
    pub(super) fn on(&mut self, day: i32, mut entry: Value) -> EntryId {
        entry["day"] = json!(self.date(day));
        let now = self.moment(day.min(self.last_day()), clock(18, 30));
        self.record(now, entry)
    }

    /// Records something on a day, `late` days after it.
    pub(super) fn later(&mut self, day: i32, late: i32, mut entry: Value) -> EntryId {
        entry["day"] = json!(self.date(day));
        let now = self.moment((day + late).min(self.last_day()), clock(19, 10));
        self.record(now, entry)
    }

    fn record(&mut self, happened: Moment, entry: Value) -> EntryId {
        let delay = 60_000 + (self.chance.unit() * 120_000.0) as i64;
        let now = Moment::new(happened.ms() + delay, happened.offset_minutes().into());
        let now = valid(now, &entry);
        let ms = u64::try_from(now.ms()).unwrap_or(0);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.chance.next().to_le_bytes());
        random[8..].copy_from_slice(&self.chance.next().to_le_bytes()[..2]);
        let id = EntryId::new(ms, random);
        let record = valid(self.diary.prepare_record(&entry, id, self.writing(now)), &entry);
        match entry["kind"].as_str() {
            Some("medicine" | "step" | "outcome" | "visit" | "side-effect") => {
                self.diary.merge([record]);
            }
            _ => self.pending.push(record),
        }
        id
    }

    fn writing(&self, now: Moment) -> Writing {
        let ms = u64::try_from(now.ms()).unwrap_or(0);
        let stamp = Stamp::next(ms, self.device, None);
        Writing { now, stamp, day_start: ClockTime::DEFAULT_DAY_START }
    }

    /// Records a side effect on its first day and, where it ends within the diary, amends it with
    /// its last day then.
    pub(super) fn effect(
        &mut self,
        term: &str,
        severity: &str,
        days: std::ops::RangeInclusive<i32>,
        suspected: Option<EntryId>,
    ) {
        let (onset, end) = days.into_inner();
        let mut effect = json!({ "kind": "side-effect", "term": term, "severity": severity,
            "onset": self.date(onset) });
        if let Some(medicine) = suspected {
            effect["suspected"] = json!(medicine.to_string());
        }
        let id = self.on(onset, effect.clone());
        if end < self.last_day() {
            effect["end"] = json!(self.date(end));
            let writing = self.writing(self.moment(end, clock(18, 45)));
            let record = valid(self.diary.prepare_amend(id, &effect, writing), &effect);
            self.diary.merge([record]);
        }
    }

    /// The diary as Doseline JSON.
    pub(super) fn finish(mut self, subject: &str) -> String {
        self.diary.merge(self.pending);
        self.diary.to_json(subject)
    }

    /// An instant by clocks in Berlin, where these diaries are set.
    fn moment(&self, day: i32, minutes: i32) -> Moment {
        let day = self.first.plus(day);
        let offset = if is_summer(day) { 120 } else { 60 };
        let ms = (i64::from(day.number()) * 1440 + i64::from(minutes - offset)) * 60_000;
        valid(Moment::new(ms, offset), &json!(day.to_string()))
    }
}

/// Whether clocks of the European Union show summer time by day: from the last Sunday of March to
/// the day before the last Sunday of October (directive 2000/84/EC).
fn is_summer(day: Day) -> bool {
    let date = day.to_string();
    let last_sunday = |month: &str| {
        let end = valid(Day::parse(&format!("{}-{month}-31", &date[..4])), &json!(month));
        end.plus(-(end.weekday().num_days_from_sunday() as i32))
    };
    last_sunday("03") <= day && day < last_sunday("10")
}

/// What was made up is fixed by its seed, so a refusal is a mistake in this module and shows on
/// the first run.
fn valid<T>(made: doseline::error::Result<T>, entry: &Value) -> T {
    made.unwrap_or_else(|refusal| panic!("a made-up entry is refused, {refusal}: {entry}"))
}

/// Dose events of one medicine, as one person handles it.
pub(super) struct Habit {
    /// The medicine.
    pub(super) medicine: EntryId,
    /// When it is due, in minutes after midnight.
    pub(super) due: i32,
    /// How often it is forgotten.
    pub(super) missed: f64,
    /// How often it is taken hours late.
    pub(super) late: f64,
    /// How often nothing is recorded.
    pub(super) unrecorded: f64,
}

impl Habit {
    /// What happened to the dose of one day. A forgotten one is often filled in a day later.
    pub(super) fn day(&self, scribe: &mut Scribe, day: i32) {
        let chance = scribe.chance.unit();
        let scheduled = format!("{:02}:{:02}", self.due / 60, self.due % 60);
        let mut dose = json!({ "kind": "dose", "medicine": self.medicine.to_string(), "scheduled": scheduled });
        if chance < self.missed {
            dose["status"] = json!("missed");
            if scribe.chance.happens(0.4) {
                dose["reason"] = json!(scribe.chance.one_of(&["forgot", "was away", "ran out"]));
            }
            scribe.later(day, 1, dose);
        } else if chance < self.missed + self.late {
            dose["status"] = json!("late");
            let minutes = self.due + 90 + (scribe.chance.unit() * 180.0) as i32;
            scribe.at(day, minutes, dose);
        } else if chance > self.unrecorded + self.missed + self.late {
            dose["status"] = json!("taken");
            let minutes = self.due - 5 + (scribe.chance.unit() * 25.0) as i32;
            scribe.at(day, minutes, dose);
        }
    }
}
