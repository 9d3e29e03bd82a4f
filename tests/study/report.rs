//! Two studies that are no cell of a claim: the whole report on lives in which nothing happened, and
//! the published response rules on questionnaires that no medicine moved.

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use doseline::analysis::treatment_response::{Rule, Verdict, treatment_response};
use doseline::analysis::{Column, Looks, Window};
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

/// What 26 weeks of questionnaires make of a medicine, of those who began one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Responders {
    /// The finding told of a change at any look, of a medicine that moves nothing.
    pub(crate) wrong: f64,
    /// It did, of one that takes [`HELPED`] points off from the start on.
    pub(crate) power: f64,
    /// The rule for response was met at any look, without any effect.
    pub(crate) described: f64,
    /// One reading was at half of the one at the start in the eighth week, without any effect.
    pub(crate) once: f64,
    /// One was in any week.
    pub(crate) ever: f64,
}

/// Points of the PHQ-9 by which the medicine of the effect helps: half of the mean.
const HELPED: f64 = 6.0;

/// PHQ-9 totals about 12 every so many weeks; the medicine is begun at the first of 15 or more that
/// has four before it.
fn responders(noise: Noise, weeks: i32, random: &mut Random) -> Option<[bool; 5]> {
    let least = 4;
    let after = (26 / weeks) as usize;
    let series = noise.series(random, least + 2 * after + 1, f64::from(7 * weeks));
    let total = |value: f64| (12.0 + 5.0 * value).round().clamp(0.0, 27.0);
    let begun = (least..least + after).find(|place| total(series[*place]) >= 15.0)?;
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    let day_of = |place: usize| 7 * weeks * place as i32;
    let start = day_of(begun);
    diary.step(start, medicine, "start", 50.0);
    for (place, value) in series.iter().enumerate().take(begun + after + 1) {
        diary.phq9(day_of(place), total(*value));
    }
    let all = Window { from: day(0), to: day(start + 182) };
    let column = diary.column("phq-9", all);
    let mut helped = column.clone();
    for ((total_then, value), place) in helped.values.iter_mut().zip(&series).zip(0..) {
        let effect = if place > begun { HELPED / 5.0 } else { 0.0 };
        *total_then = total(value - effect);
    }
    let (row, regimen) = (reference::instruments().find("phq-9").unwrap(), diary.regimen());
    let looks = Looks::of(&diary.diary, all, all.to);
    let read = |column: &Column| -> [bool; 2] {
        let mut any = [false; 2];
        for look in looks.days().iter().filter(|look| **look > day(start)) {
            let window = Window { to: *look, ..all };
            let (seen, read) = (column.within(window), looks.reading(window));
            let named = (medicine, "Ordinal");
            let found = treatment_response(&seen, row, &regimen, named, *look, &read).unwrap();
            let is_response =
                |verdict: &Verdict| verdict.rule == Rule::Response && verdict.met == Some(true);
            any[0] |= found.finding.tells();
            any[1] |= found.rules.iter().any(is_response);
        }
        any
    };
    let ([wrong, described], [power, _]) = (read(&column), read(&helped));
    let halved = |place: usize| total(series[place]) <= 0.5 * total(series[begun]);
    let once = halved(begun + (8 / weeks) as usize);
    let ever = (begun + 1..=begun + after).any(halved);
    Some([wrong, power, described, once, ever])
}

/// A row of the responders' table.
pub(crate) fn called_responders(noise: Noise, weeks: i32, runs: usize, seed: u64) -> Responders {
    let [begun, shares @ ..]: [f64; 6] = share(runs, seed, |random| {
        let found = responders(noise, weeks, random);
        found.map_or([false; 6], |[a, b, c, d, e]| [true, a, b, c, d, e])
    });
    let [wrong, power, described, once, ever] = shares.map(|share| share / begun.max(1e-9));
    Responders { wrong, power, described, once, ever }
}

pub(crate) fn responders_table(runs: usize, seed: u64) -> String {
    let mut text = format!(
        "\n## treatment response\n\nNull: the medicine moves nothing. Effect: it takes {HELPED} points off from the start on. PHQ-9 with\nmean 12 and SD 5, begun at the first of 15 or more; of those who began, over 26 weeks of looks.\n{runs} lives a row. Bar: {} %. *Described*: without any effect, the rule for response (the last two\nreadings at half of baseline or less) was met at some look. It is shown as a description of these\ntwo readings, and told as a finding only as the first column says.\n\n| noise | every | told, wrong (± error) | told, power | described | one reading, in week 8 | one reading, any week | |\n|---|---|---|---|---|---|---|---|\n",
        100.0 * MOST_WRONG
    );
    // A questionnaire every week sees neither a weekly cycle nor a first week.
    let is_seen = |noise: Noise| matches!(noise, Noise::Autoregressive(_) | Noise::SlowWave { .. });
    for family in FAMILIES.iter().filter(|family| family.gated && is_seen(family.noise)) {
        for weeks in [1, 2] {
            let row = called_responders(family.noise, weeks, runs, seed);
            let verdict = match row.wrong <= MOST_WRONG {
                true => "holds",
                false => "**fails: errs too often**",
            };
            let _ = writeln!(
                text,
                "| {} | {} d | {:.1} ± {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {verdict} |",
                family.name,
                7 * weeks,
                100.0 * row.wrong,
                100.0 * monte_carlo_error(row.wrong, runs),
                100.0 * row.power,
                100.0 * row.described,
                100.0 * row.once,
                100.0 * row.ever
            );
            eprintln!("treatment response, {}, {weeks}: {row:?}", family.name);
        }
    }
    text
}
