//! The native side of the bit identity: every view of made-up diaries as a hash of its bits.
//!
//! `doseline-bits write <folder> <count> <seed>` writes random diaries in files of fifty;
//! `doseline-bits hash <file>…` prints the hashes of the diaries in such files as JSON. `hashes.mjs`
//! hashes the same views of the wasm in the same way, under Node and in a browser; `cargo xtask bits`
//! compares the three.

mod diary;
mod hash;

use std::error::Error;
use std::fs;

use doseline::diary::{Day, Diary, EntryId, Moment, read_json};
use doseline::error;
use doseline::reference;
use doseline::report::{self, AsOf, TimelineOptions, Words};
use doseline::safety::Settings;
use serde::{Deserialize, Serialize};

use hash::Hash;

/// Diaries in one file.
const A_FILE: u64 = 50;

/// A diary to look at.
#[derive(Serialize, Deserialize)]
struct Sample {
    name: String,
    /// The instant it is looked at from, in UTC.
    now: String,
    text: String,
}

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["write", folder, count, seed] => write(folder, count.parse()?, seed.parse()?),
        ["hash", ref files @ ..] => hash(files),
        _ => Err("doseline-bits write <folder> <count> <seed>, or hash <file>…".into()),
    }
}

fn write(folder: &str, count: u64, seed: u64) -> Outcome {
    for first in (0..count).step_by(A_FILE as usize) {
        let samples: Vec<Sample> = (first..(first + A_FILE).min(count))
            .map(|place| {
                let (text, now) = diary::random(seed.wrapping_mul(1_000_003).wrapping_add(place));
                Sample { name: format!("random {place} of seed {seed}"), now, text }
            })
            .collect();
        let file = format!("{folder}/random-{:04}.json", first / A_FILE);
        fs::write(file, serde_json::to_string(&samples)?)?;
    }
    Ok(())
}

/// The hashes of one diary's views.
#[derive(Serialize)]
struct Hashed {
    name: String,
    views: serde_json::Map<String, serde_json::Value>,
}

fn hash(files: &[&str]) -> Outcome {
    let mut all = Vec::new();
    for file in files {
        let samples: Vec<Sample> = serde_json::from_str(&fs::read_to_string(file)?)?;
        for sample in samples {
            all.push(hashed(sample)?);
        }
    }
    println!("{}", serde_json::to_string(&all)?);
    Ok(())
}

fn hashed(sample: Sample) -> Result<Hashed, Box<dyn Error>> {
    let (diary, _) = read_json(&sample.text, reference::catalogue(), None)?;
    let (now, words) = (Moment::parse(&sample.now)?, Words::english());
    let as_of = AsOf { today: now.day(DAY_START), day_start: DAY_START };
    let mut views = Views { kept: serde_json::Map::new() };
    let all: (Option<Day>, Option<Day>) = (None, None);

    views.add("timeline", report::timeline(&diary, &TimelineOptions::default(), as_of, &words))?;
    views.add("today", Ok(report::today(&diary, as_of, &Default::default(), &words)))?;
    views.add("medicines", Ok(report::medicines(&diary, as_of, &words)))?;
    views.add("outcomes", Ok(report::outcomes(&diary, &words)))?;
    views.add("flags", Ok(report::flags(&diary, as_of, &Settings::default(), false, &words)))?;
    views.add("fairTrials", Ok(report::fair_trials(&diary, as_of, &words)))?;
    views.add("relapseWatch", Ok(report::relapse_watch(&diary, as_of, &words)))?;
    views.add("itemStrip", report::item_strip(&diary, "phq-9", as_of, &words))?;
    let medicines: Vec<EntryId> = medicines(&diary);
    for (place, medicine) in medicines.into_iter().enumerate() {
        let mut add = Numbered { views: &mut views, place };
        let mood = Some("mood");
        add.view("adherence", report::adherence(&diary, medicine, all, mood, as_of, &words))?;
        add.view("exposure", report::exposure(&diary, medicine, all, as_of, &words))?;
        add.view("sideEffects", report::side_effects(&diary, medicine, false, as_of, &words))?;
        for outcome in ["mood", "phq-9"] {
            let card = report::dose_response(&diary, medicine, outcome, as_of, &words);
            add.view(&format!("doseResponse {outcome}"), card)?;
        }
        let response = report::treatment_response(&diary, medicine, "phq-9", as_of, &words);
        add.view("treatmentResponse", response)?;
    }
    Ok(Hashed { name: sample.name, views: views.kept })
}

const DAY_START: doseline::diary::ClockTime = doseline::diary::ClockTime::DEFAULT_DAY_START;

fn medicines(diary: &Diary) -> Vec<EntryId> {
    let mut ids: Vec<EntryId> = diary.medicines().map(|(id, _)| id).collect();
    ids.sort();
    ids
}

struct Views {
    kept: serde_json::Map<String, serde_json::Value>,
}

impl Views {
    /// Keeps the hash of a view, or of the refusal's code and field.
    fn add<T: Serialize>(&mut self, name: &str, view: error::Result<T>) -> Outcome {
        let mut hash = Hash::default();
        match view {
            Ok(view) => hash.value(&serde_json::to_value(view)?),
            Err(refusal) => hash.text(&format!("{} {}", refusal.code().as_str(), refusal.field())),
        }
        self.kept.insert(name.to_owned(), hash.hex().into());
        Ok(())
    }
}

/// Views of one medicine of several.
struct Numbered<'a> {
    views: &'a mut Views,
    place: usize,
}

impl Numbered<'_> {
    fn view<T: Serialize>(&mut self, name: &str, view: error::Result<T>) -> Outcome {
        self.views.add(&format!("{name} {}", self.place), view)
    }
}
