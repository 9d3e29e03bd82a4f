//! Two studies that are no cell of a claim: the whole report on lives in which nothing happened, and
//! the published response rules on questionnaires that no medicine moved.

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use doseline::analysis::treatment_response::{Rule, treatment_response};
use doseline::analysis::{Looks, Window};
use doseline::reference;
use doseline::report::{Finding, TimelineOptions, Words, dose_response, timeline};
use serde_json::json;

use super::table::{MOST_WRONG, MOST_WRONG_IN_A_REPORT, monte_carlo_error};
use crate::notebook::{Notebook, as_of, day};
use crate::simulation::{FAMILIES, Noise, Random};

/// The last day of a whole report's life: twenty-six weeks.
const LAST: i32 = 181;

/// The share of lives for which `found` is true, each with a seed of its own, on all cores.
fn share<const N: usize>(
    runs: usize,
    seed: u64,
    found: impl Fn(&mut Random) -> [bool; N] + Sync,
) -> [f64; N] {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut sums = [0; N];
    thread::scope(|scope| {
        let worker = || {
            let mut sums = [0; N];
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                if place >= runs {
                    return sums;
                }
                let mut random = Random::seeded(seed.wrapping_mul(2_000_003) + place as u64);
                for (sum, yes) in sums.iter_mut().zip(found(&mut random)) {
                    *sum += usize::from(yes);
                }
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            for (sum, own) in sums.iter_mut().zip(worker.join().unwrap()) {
                *sum += own;
            }
        }
    });
    sums.map(|sum| sum as f64 / runs as f64)
}

/// Twenty-six weeks of mood, anxiety and sleep and a PHQ-9 every other week, none of which anything
/// moves; a medicine begun after a bad week, and raised after another.
fn life(noise: Noise, random: &mut Random) -> (Notebook, Vec<i32>) {
    let n = (LAST + 1) as usize;
    let common = noise.series(random, n, 1.0);
    let mut own = || -> Vec<f64> {
        let alone = noise.series(random, n, 1.0);
        common.iter().zip(alone).map(|(c, a)| (c + a) / 2.0_f64.sqrt()).collect()
    };
    let (mood, anxiety, sleep, total) = (own(), own(), own(), own());
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    let bad_week =
        |start: &i32| mood[*start as usize - 7..*start as usize].iter().sum::<f64>() / 7.0 >= 0.5;
    let start = (28..56).find(bad_week).unwrap_or(56);
    let raised = (start + 42..start + 70).find(bad_week).unwrap_or(start + 70);
    diary.step(start, medicine, "start", 50.0);
    diary.step(raised, medicine, "increase", 100.0);
    let rating = |value: f64| (5.0 + 1.5 * value).round().clamp(0.0, 10.0);
    for number in 0..=LAST {
        let place = number as usize;
        diary.on(
            number,
            json!({ "kind": "check-in", "sleepHours": (2.0 * (7.0 - 0.7 * sleep[place])).round() / 2.0,
            "ratings": { "mood": rating(-mood[place]), "anxiety": rating(anxiety[place]) } }),
        );
        if number % 14 == 0 {
            diary.phq9(number, (11.0 + 4.0 * total[place]).round().clamp(0.0, 27.0));
        }
    }
    for visit in [start, raised, LAST] {
        diary.on(visit, json!({ "kind": "visit", "with": "Dr Example" }));
    }
    let mut looks = vec![start, raised, LAST];
    looks.extend((1..).map(|k| 28 * k).take_while(|day| *day <= LAST));
    looks.sort_unstable();
    looks.dedup();
    (diary, looks)
}

/// Whether any finding of the timeline or the dose card tells of a change at any look, and whether
/// any is called established.
fn told(noise: Noise, random: &mut Random, words: &Words) -> [bool; 2] {
    let (diary, looks) = life(noise, random);
    let medicine = diary.regimen().episodes()[0].medicine;
    let mut any = [false; 2];
    for look in looks {
        let as_of = as_of(look);
        let view = timeline(&diary.diary, &TimelineOptions::default(), as_of, words).unwrap();
        let first = view.phase_outcome.clone().unwrap();
        let card = dose_response(&diary.diary, medicine, &first, as_of, words);
        let lanes = view.lanes.iter().flat_map(|lane| {
            let changes = lane.change_points.iter().map(|change| &change.finding);
            std::iter::once(&lane.trend).chain(changes)
        });
        let phases = view.phases.iter().filter_map(|phase| phase.difference.as_ref());
        let card = card.iter().map(|card| &card.finding);
        for finding in lanes.chain(phases).chain(card) {
            let Finding { certainty, .. } = finding;
            any[0] |= matches!(*certainty, "suggestive" | "established");
            any[1] |= *certainty == "established";
        }
    }
    any
}

/// A row of the whole report's table.
pub(crate) fn whole_report(name: &str, runs: usize, seed: u64) -> [f64; 2] {
    let family = FAMILIES.iter().find(|family| family.name == name).unwrap();
    let words = Words::english();
    share(runs, seed, |random| told(family.noise, random, &words))
}

pub(crate) fn whole_report_table(runs: usize, seed: u64) -> String {
    let mut text = format!(
        "\n## The whole report\n\nTwenty-six weeks, four outcomes, a start and an increase after bad weeks, nothing true; every\nfinding of the timeline and of the dose card at every look. Bar: {} %. {runs} lives a row.\n\n| noise | any finding (± error) | any called established | |\n|---|---|---|---|\n",
        100.0 * MOST_WRONG_IN_A_REPORT
    );
    for family in FAMILIES {
        let [any, established] = whole_report(family.name, runs, seed);
        let verdict = match (family.gated, any <= MOST_WRONG_IN_A_REPORT) {
            (false, _) => "printed",
            (true, true) => "holds",
            (true, false) => "**fails: errs too often**",
        };
        let _ = writeln!(
            text,
            "| {} | {:.1} ± {:.1} | {:.1} | {verdict} |",
            family.name,
            100.0 * any,
            100.0 * monte_carlo_error(any, runs),
            100.0 * established
        );
        eprintln!("whole report, {}: {:.1} %", family.name, 100.0 * any);
    }
    text
}

/// Weekly PHQ-9 totals about 12 that nothing moves; the medicine is begun at the first of 15 or
/// more. Whether our rule calls a response at any look of 26 weeks, whether one reading against
/// the one at the start does in its eighth week, and at any reading of 26 weeks.
fn responders(noise: Noise, random: &mut Random) -> Option<[bool; 3]> {
    let totals: Vec<f64> = (noise.series(random, 60, 7.0).iter())
        .map(|value| (12.0 + 5.0 * value).round().clamp(0.0, 27.0))
        .collect();
    let begun = (4..30).find(|week| totals[*week] >= 15.0)?;
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    let start = 7 * begun as i32;
    diary.step(start, medicine, "start", 50.0);
    for (week, total) in totals.iter().enumerate().take(begun + 27) {
        diary.phq9(7 * week as i32, *total);
    }
    let all = Window { from: day(0), to: day(start + 182) };
    let column = diary.column("phq-9", all);
    let (row, regimen) = (reference::instruments().find("phq-9").unwrap(), diary.regimen());
    let looks = Looks::of(&diary.diary, all, all.to);
    let ours = looks.days().iter().filter(|look| **look > day(start)).any(|look| {
        let window = Window { to: *look, ..all };
        let read = looks.reading(window);
        let named = (medicine, "Ordinal");
        let found = treatment_response(&column.within(window), row, &regimen, named, *look, &read);
        let rules = found.map(|found| found.rules).unwrap_or_default();
        rules.iter().any(|verdict| verdict.rule == Rule::Response && verdict.met == Some(true))
    });
    let halved = |week: &usize| totals[*week] <= 0.5 * totals[begun];
    Some([ours, halved(&(begun + 8)), (begun + 1..begun + 27).any(|week| halved(&week))])
}

/// A row of the responders' table.
pub(crate) fn called_responders(noise: Noise, runs: usize, seed: u64) -> [f64; 3] {
    let [begun, shares @ ..]: [f64; 4] = share(runs, seed, |random| {
        responders(noise, random).map_or([false; 4], |[a, b, c]| [true, a, b, c])
    });
    shares.map(|share| share / begun.max(1e-9))
}

pub(crate) fn responders_table(runs: usize, seed: u64) -> String {
    let mut text = format!(
        "\n## treatment response\n\nNull: the medicine moves nothing; it is begun at the first weekly PHQ-9 of 15 or more (mean 12,\nSD 5). Called a responder within 26 weeks, of those who began. {runs} lives a row. Bar: {} %.\n\n| noise, weekly | ours, at any look (± error) | one reading, in week 8 | one reading, any week | |\n|---|---|---|---|---|\n",
        100.0 * MOST_WRONG
    );
    for phi in [0.0, 0.3, 0.6, 0.8] {
        let [ours, once, ever] = called_responders(Noise::Autoregressive(phi), runs, seed);
        let verdict = if ours <= MOST_WRONG { "holds" } else { "**fails: errs too often**" };
        let _ = writeln!(
            text,
            "| AR(1) {phi} | {:.1} ± {:.1} | {:.1} | {:.1} | {verdict} |",
            100.0 * ours,
            100.0 * monte_carlo_error(ours, runs),
            100.0 * once,
            100.0 * ever
        );
    }
    text
}
