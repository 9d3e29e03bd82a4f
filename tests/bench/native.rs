//! What `cargo xtask bench` measures natively: the core itself, without any JavaScript.
//!
//! DOSELINE_BENCH names what is measured; the results go to standard output as JSON, one row for each
//! diary and series: times in milliseconds, each the median of a few runs, and live bytes an entry.
#![allow(unsafe_code, reason = "an allocator can only be wrapped by unsafe code")]

mod statistics;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use doseline::analysis::Kept;
use doseline::diary::{
    ClockTime, Day, Diary, EntryId, Moment, Reader, SCHEMA_VERSION, Stamp, Writing, read_json,
};
use doseline::error::Result;
use doseline::reference;
use doseline::report::{self, AsOf, TimelineOptions, Words};
use serde::Deserialize;
use serde_json::{Value, json};

/// The system's allocator, which counts what is alive.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What is measured.
#[derive(Deserialize)]
struct List {
    diaries: Vec<Measured>,
    /// Files.
    series: Vec<String>,
}

/// One diary of the list.
#[derive(Deserialize)]
struct Measured {
    file: String,
    entries: usize,
    now: String,
    medicine: String,
}

/// Runs of each step, the first of which warms up.
const RUNS: usize = 6;
/// Bytes that a store hands over in one go.
const CHUNK: usize = 256 * 1024;

fn main() {
    let list = std::env::var("DOSELINE_BENCH").expect("cargo xtask bench sets DOSELINE_BENCH");
    let list: List = serde_json::from_str(&read(&list)).expect("a list of diaries and series");
    let measured = |diary| measure(diary).expect("a diary that can be read");
    let rows: Vec<Value> = list.diaries.iter().map(measured).collect();
    println!("{}", json!({ "rows": rows, "statistics": statistics::measure(&list.series) }));
}

fn read(file: &str) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn measure(measured: &Measured) -> Result<Value> {
    let text = read(&measured.file);
    let chunks = chunks(&text);
    let now = Moment::parse(&measured.now)?;
    let day_start = ClockTime::DEFAULT_DAY_START;
    let as_of = AsOf { today: now.day(day_start), day_start };
    let (medicine, words) = (EntryId::parse(&measured.medicine)?, Words::english());

    let before = LIVE.load(Ordering::Relaxed);
    let mut diary = open(&chunks)?;
    let heap = (LIVE.load(Ordering::Relaxed) - before) as f64 / measured.entries as f64;

    let decode = || {
        let mut reader = Reader::new(reference::catalogue());
        chunks.iter().for_each(|chunk| {
            reader.add_lines(chunk, SCHEMA_VERSION).expect("records that can be read")
        });
        reader
    };
    let all: (Option<Day>, Option<Day>) = (None, None);
    let timeline = |diary: &Diary| {
        report::timeline(diary, &TimelineOptions::default(), as_of, &words).expect("a timeline")
    };
    let (mut recorded, mut kept) = (0, Kept::default());
    Ok(json!({
        "parse": median(|| serde_json::from_str::<Value>(&text)),
        "decode": median(decode),
        "open": median(|| open(&chunks)),
        "open-file": median(|| read_json(&text, reference::catalogue(), None)),
        "timeline": median(|| timeline(&diary)),
        "card": median(|| report::dose_response(&diary, medicine, "mood", as_of, &words)),
        "adherence": median(|| report::adherence(&diary, medicine, all, None, as_of, &words)),
        "today": median(|| report::today(&diary, as_of, &Default::default(), &words)),
        "record": median(|| {
            recorded += 1;
            let ms = u64::try_from(now.ms()).unwrap_or(0);
            let stamp = Stamp::next(ms, 1, diary.last_stamp());
            let draft = json!({ "kind": "check-in", "ratings": { "mood": 6, "anxiety": 3 } });
            let writing = Writing { now, stamp, day_start };
            let record = diary.prepare_record(draft, EntryId::new(ms, [recorded; 10]), writing);
            diary.merge([record.expect("a check-in")]);
            let options = TimelineOptions::default();
            report::timeline_again(&diary, &options, as_of, &words, &mut kept).expect("a timeline")
        }),
        "heap": heap,
    }))
}

fn open(chunks: &[String]) -> Result<Diary> {
    let mut reader = Reader::new(reference::catalogue());
    chunks.iter().try_for_each(|chunk| reader.add_lines(chunk, SCHEMA_VERSION))?;
    reader.finish()
}

/// A file's records, one a line, in the pieces in which a store hands them over.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks = vec![String::new()];
    for line in text.lines().filter(|line| line.starts_with("{\"id\"")) {
        if chunks.last().is_some_and(|chunk| chunk.len() >= CHUNK) {
            chunks.push(String::new());
        }
        if let Some(chunk) = chunks.last_mut() {
            chunk.push_str(line.strip_suffix("]}").unwrap_or(line).trim_end_matches(','));
            chunk.push('\n');
        }
    }
    chunks
}

/// The median time of a step in milliseconds.
fn median<T>(mut step: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            let result = step();
            let time = begun.elapsed();
            drop(result);
            time.as_secs_f64() * 1e3
        })
        .skip(1)
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
