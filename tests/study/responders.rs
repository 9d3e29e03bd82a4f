//! The published response rules on questionnaires that no medicine moved, and on some that one did.

use std::fmt::Write;

use doseline::analysis::treatment_response::{Rule, Verdict, treatment_response};
use doseline::analysis::{Column, Looks, Window};
use doseline::reference;

use super::many::share;
use super::table::{MOST_WRONG, monte_carlo_error};
use crate::notebook::{Notebook, day};
use crate::simulation::{FAMILIES, Noise, Random};

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
