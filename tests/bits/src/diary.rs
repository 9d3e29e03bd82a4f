use doseline::diary::{ClockTime, Day, Diary, EntryId, Moment, Stamp, Writing};
use doseline::reference;
use serde_json::{Value, json};

/// SplitMix64. Source: Steele, Lea & Flood 2014, OOPSLA, doi 10.1145/2660193.2660195.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    fn below(&mut self, end: u64) -> u64 {
        self.bits() % end
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

struct Book {
    diary: Diary,
    random: Random,
    entries: u64,
}

impl Book {
    fn record(&mut self, day: Day, mut body: Value) -> EntryId {
        self.entries += 1;
        body["day"] = json!(day.to_string());
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.random.bits().to_le_bytes());
        let id = EntryId::new(self.entries, bytes);
        let writing = Writing {
            now: Moment::parse("2026-11-22T10:00:00Z").expect("an instant"),
            stamp: Stamp::next(self.entries, 1, None),
            day_start: ClockTime::DEFAULT_DAY_START,
        };
        let record = self.diary.prepare_record(&body, id, writing);
        self.diary.merge([record.unwrap_or_else(|refusal| panic!("{refusal}: {body}"))]);
        id
    }
}

const MEDICINES: [&str; 6] =
    ["sertraline", "venlafaxine", "lithium", "fluoxetine", "quetiapine", "nothing known"];

/// A random diary of 30 to 150 days, with the instant to look at it from.
pub(crate) fn random(seed: u64) -> (String, String) {
    let (diary, random) = (Diary::new(reference::catalogue()), Random(seed));
    let mut book = Book { diary, random, entries: 0 };
    let first = Day::parse("2025-06-01").expect("a day");
    let days = 30 + book.random.below(121) as i32;
    let medicines: Vec<EntryId> =
        (0..=book.random.below(2)).map(|_| medicine(&mut book, first, days)).collect();
    let (mut level, mut wave) = (3.0 + 4.0 * book.random.unit(), 0.0);
    for place in 0..days {
        let day = first.plus(place);
        wave = 0.8 * wave + book.random.unit() - 0.5;
        if book.random.happens(0.02) {
            level += 3.0 * (book.random.unit() - 0.5);
        }
        if book.random.happens(0.85) {
            let value = (level + 2.0 * wave + book.random.unit()).clamp(0.0, 10.0);
            let rating = if seed.is_multiple_of(2) {
                value.round()
            } else {
                (value * 100.0).round() / 100.0
            };
            let (minute, slept) = (book.random.below(60), 4.0 + 4.0 * book.random.unit());
            book.record(
                day,
                json!({ "kind": "check-in", "at": format!("{day}T20:{minute:02}:00Z"),
                    "ratings": { "mood": rating }, "sleepHours": slept }),
            );
        }
        if place % 7 == 0 && book.random.happens(0.8) {
            let items: Vec<u64> = (0..9).map(|_| book.random.below(4)).collect();
            book.record(
                day,
                json!({ "kind": "assessment", "instrument": "phq-9", "items": items }),
            );
        }
        if book.random.happens(0.02) {
            let (term, severity) = (
                *book.random.one_of(&["Nausea", "Headache", "Brain zaps"]),
                *book.random.one_of(&["mild", "moderate", "severe"]),
            );
            let end = day.plus(book.random.below(20) as i32).min(first.plus(days - 1));
            book.record(
                day,
                json!({ "kind": "side-effect", "term": term, "severity": severity,
                    "onset": day.to_string(), "end": end.to_string() }),
            );
        }
        if book.random.happens(0.02) {
            book.record(day, json!({ "kind": "visit" }));
        }
        for medicine in &medicines {
            if book.random.happens(0.9) {
                let status = *book.random.one_of(&["taken", "taken", "taken", "late", "missed"]);
                book.record(
                    day,
                    json!({ "kind": "dose", "medicine": medicine.to_string(), "status": status }),
                );
            }
        }
    }
    let last = first.plus(days - 1);
    (book.diary.to_json("someone"), format!("{last}T21:30:00Z"))
}

/// A medicine with a start, maybe from before the diary, and a few changes of its dose.
fn medicine(book: &mut Book, first: Day, days: i32) -> EntryId {
    let name = *book.random.one_of(&MEDICINES);
    let medicine = book.record(
        first,
        json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": name }] }),
    );
    let mut place = book.random.below(30) as i32;
    let mut begun = false;
    while place < days {
        let amount = 12.5 * (1.0 + book.random.below(16) as f64);
        let mut step = json!({ "kind": "step", "medicine": medicine.to_string(),
            "action": if begun { "increase" } else { "start" },
            "schedule": { "repeat": "daily", "unit": "mg",
                "doses": [{ "at": "08:00", "amount": amount }] } });
        if !begun && book.random.happens(0.2) {
            step["since"] = json!("before");
        }
        book.record(first.plus(place), step);
        begun = true;
        place += 5 + book.random.below(60) as i32;
    }
    medicine
}
