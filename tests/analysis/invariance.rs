//! What must not matter to a claim does not: the zero, the size and the direction of the outcome's
//! scale, the day that days are counted from, the order in which entries were written, the unit of
//! the doses, and, where a claim has one, the direction of time.

use doseline::analysis::adherence::{self, DoseCounts, adherence, with_outcome};
use doseline::analysis::association::associations;
use doseline::analysis::change_points::change_points;
use doseline::analysis::dose_response::{LevelOf, dose_response};
use doseline::analysis::exposure::exposure;
use doseline::analysis::lag::lag_strip;
use doseline::analysis::phase::phases;
use doseline::analysis::side_effect::side_effects;
use doseline::analysis::trend::trend;
use doseline::analysis::{
    Columns, DoseCourse, DoseLog, Estimate, Reading, SettledDays, Subject, settling_of,
};
use doseline::diary::EntryId;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::notebook::{Notebook, day, window};
use crate::simulation::{Noise, Random};

/// Days of a life.
const DAYS: i32 = 190;

/// How a life is written down.
#[derive(Clone, Copy, Debug)]
struct Written {
    /// A value v of 0 to 10 is rated as v × scale + zero.
    scale: f64,
    zero: f64,
    /// The day the life begins on.
    first: i32,
    /// The unit of the doses and how many of it are a milligram.
    unit: (&'static str, f64),
    /// Seed of the order in which the entries are written; as they came for `None`.
    order: Option<u64>,
}

const PLAINLY: Written =
    Written { scale: 1.0, zero: 0.0, first: 0, unit: ("mg", 1.0), order: None };

/// A rating twice on some days and never on others, a medicine begun, raised and brought down again
/// with doses missed, tags, sleep, and a side effect.
fn life(seed: u64, written: Written) -> (Notebook, EntryId) {
    let mut random = Random::seeded(seed);
    let noise = Noise::Autoregressive(0.4).series(&mut random, DAYS as usize, 1.0);
    let (unit, per_mg) = written.unit;
    let ends = [0.0, 10.0].map(|end| end * written.scale + written.zero);
    let mut diary = Notebook::new();
    let ingredient = json!({ "name": "Sertraline", "reference": "sertraline",
        "strength": { "amount": 25, "unit": "mg" } });
    let id = diary.on(
        written.first,
        json!({ "kind": "medicine", "name": "Ordinal", "ingredients": [ingredient] }),
    );
    diary.on(
        written.first,
        json!({ "kind": "outcome", "outcome": "own", "name": "Own",
        "min": ends[0].min(ends[1]), "max": ends[0].max(ends[1]), "worse": "higher" }),
    );
    let medicine = id.to_string();
    let mut entries: Vec<(i32, Value)> = Vec::new();
    for (on, action, dose) in
        [(40, "start", 50.0), (90, "increase", 100.0), (140, "decrease", 50.0)]
    {
        entries.push((
            on,
            json!({ "kind": "step", "medicine": medicine, "action": action,
            "schedule": { "repeat": "daily", "unit": unit,
                "doses": [{ "at": "08:00", "amount": dose * per_mg }] } }),
        ));
    }
    for number in 0..DAYS {
        let shift = if number >= 90 { 1.5 } else { 0.0 };
        let value = (4.0 + 0.8 * noise[number as usize] + shift).clamp(0.5, 9.5);
        let times: u8 = [0, 1, 1, 1, 2][(5.0 * random.uniform()) as usize];
        let nights: Vec<f64> = (0..times).map(|_| 5.0 + 4.0 * random.uniform()).collect();
        let slept = nights.iter().sum::<f64>() / f64::from(times.max(1)) - 7.0;
        for hours in nights {
            let rated = (value + slept + 0.3 * random.normal()).clamp(0.5, 9.5);
            let rated = rated * written.scale + written.zero;
            let walked = random.uniform() < if noise[number as usize] > 0.0 { 0.8 } else { 0.2 };
            entries.push((
                number,
                json!({ "kind": "check-in", "ratings": { "own": rated },
                "sleepHours": hours,
                "tags": if walked { vec!["walk"] } else { vec!["rain"] } }),
            ));
        }
        if number >= 40 {
            let status = if random.uniform() < 0.15 { "missed" } else { "taken" };
            entries.push((
                number,
                json!({ "kind": "dose", "medicine": medicine, "status": status,
                "scheduled": "08:00" }),
            ));
        }
    }
    let from = 90 + (20.0 * random.uniform()) as i32;
    entries.push((
        from,
        json!({ "kind": "side-effect", "term": "nausea", "severity": "mild",
        "onset": day(written.first + from).to_string(),
        "end": day(written.first + from + 55).to_string() }),
    ));
    if let Some(seed) = written.order {
        let mut random = Random::seeded(seed);
        for place in (1..entries.len()).rev() {
            entries.swap(place, (random.uniform() * (place + 1) as f64) as usize);
        }
    }
    for (number, entry) in entries {
        diary.on(written.first + number, entry);
    }
    (diary, id)
}

/// What the claims answer, in the units it was written in; days count from the life's first.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    /// Differences and slopes, which know the scale but no zero.
    differences: Vec<(&'static str, Option<Estimate>)>,
    /// Levels, which know both.
    levels: Vec<(&'static str, f64)>,
    /// What knows neither.
    counts: Vec<(&'static str, f64)>,
    doses: DoseCounts,
    /// Days of change points.
    changes: Vec<i32>,
    /// Thing, outcome, lag, whether higher with it, day, and whether it held up.
    hunches: Vec<(usize, usize, u8, bool, i32, Option<bool>)>,
}

fn told(seed: u64, written: Written) -> Told {
    let (diary, medicine) = life(seed, written);
    let book = &diary.diary;
    let all = window(written.first, written.first + DAYS - 1);
    let (regimen, reading) = (diary.regimen(), Reading::at_the_end_of(all));
    let subject = Subject { diary: book, regimen: &regimen, medicine, name: "Ordinal" };
    let columns = Columns::of(book);
    let column = columns.find("own").unwrap().within(all);
    let since = |on: doseline::diary::Day| on.since(day(written.first));
    let mut told = Told {
        differences: vec![("trend", trend(&column, all).estimate)],
        levels: Vec::new(),
        counts: Vec::new(),
        doses: DoseCounts::default(),
        changes: Vec::new(),
        hunches: Vec::new(),
    };

    for phase in phases(&column, &regimen, &SettledDays::of(book, &regimen, all), all, &reading) {
        told.levels.extend(phase.mean.map(|mean| ("phase", mean)));
        let estimate = phase.difference.and_then(|difference| difference.estimate);
        told.differences.push(("phase", estimate));
    }
    for change in change_points(&column, all, &regimen.change_days()) {
        told.changes.extend([change.day, change.low, change.high].map(since));
        told.levels.extend([("change", change.before), ("change", change.after)]);
        told.differences.push(("change", change.finding.estimate));
    }

    let card = dose_response(subject, &column, all, &reading).unwrap();
    told.differences.push(("dose", card.finding.estimate));
    for level in &card.levels {
        let dose = if let LevelOf::Dose(dose) = level.level { dose } else { 0.0 };
        told.counts.extend([("dose", dose), ("days", level.days as f64)]);
        told.levels.extend(level.mean.map(|mean| ("dose", mean)));
        let estimate = level.estimate.ok();
        told.levels.extend(estimate.into_iter().flat_map(|e| [("low", e.low), ("high", e.high)]));
    }
    for (dose, value) in card.curve.unwrap_or_default() {
        told.counts.push(("curve", dose));
        told.levels.push(("curve", value));
    }

    let course = DoseCourse::of(book, &regimen, medicine, all).unwrap();
    let fixed = settling_of(&regimen, medicine, book.medicine(medicine).unwrap()).wash_in_days;
    let strip = lag_strip(&column, &course, "Ordinal", fixed, all);
    told.differences.extend(strip.lags.into_iter().map(|lag| ("lag", lag)));

    let log = DoseLog::of(book);
    let (name, today) = ("Ordinal", all.to.plus(1));
    let doses = adherence::Subject { medicine, name, regimen: &regimen, log: &log, today };
    let kept = adherence(doses, all);
    told.doses = kept.counts;
    told.counts
        .extend(kept.covered().into_iter().flat_map(|(low, high)| [("low", low), ("high", high)]));
    let gaps = with_outcome(&kept, name, &column, &reading);
    told.differences.extend([("gaps", gaps.after.estimate), ("gaps", gaps.before.estimate)]);

    let level = exposure(subject, all, today).unwrap();
    told.counts.push(("exposure", level.dose));
    told.counts.extend(level.low.iter().chain(&level.high).map(|level| ("exposure", *level)));

    let looks: Vec<_> = (1..7).map(|look| all.from.plus(28 * look)).collect();
    let found = associations(book, &columns, all, &looks).found;
    told.counts.push(("tried", found.tried as f64));
    for hunch in found.hunches {
        let pattern = hunch.pattern;
        let held = hunch.test.map(|(_, contrast, held)| {
            told.differences.push(("hunch", Some(Estimate::of(&contrast, 1.0))));
            held
        });
        let place = (pattern.thing, pattern.outcome, pattern.lag, pattern.higher);
        told.hunches.push((place.0, place.1, place.2, place.3, since(hunch.since), held));
    }

    for effect in side_effects(subject, all) {
        told.counts.push(("onset", f64::from(since(effect.first))));
        told.counts.extend(
            effect
                .after_step
                .into_iter()
                .flat_map(|(days, share)| [("after", f64::from(days)), ("by chance", share)]),
        );
        told.counts.extend(effect.slope.map(|slope| ("slope", slope)));
    }
    told
}

/// Whether `other` says of a life written down with `scale` and `zero` what `plain` says of it as
/// it was, to seven digits of the ten points; the first thing that differs if not.
fn differs(plain: &Told, other: &Told, written: Written) -> Option<String> {
    let Written { scale, zero, .. } = written;
    let near = |found: f64, expected: f64, size: f64| (found - expected).abs() <= 1e-6 * size;
    let points = 10.0 * scale.abs();
    let same = |a: Estimate, b: Estimate| {
        let ends = [a.low * scale, a.high * scale];
        let p_values = a.p_value.zip(b.p_value);
        near(b.value, a.value * scale, points)
            && near(b.low, ends[0].min(ends[1]), points)
            && near(b.high, ends[0].max(ends[1]), points)
            && p_values.is_none_or(|(a, b)| near(b, a, 1.0))
    };
    if plain.differences.len() != other.differences.len()
        || plain.levels.len() != other.levels.len()
    {
        return Some(format!("{plain:?}\n{other:?}"));
    }
    let differences = plain.differences.iter().zip(&other.differences);
    let differences = differences.filter(|((_, a), (_, b))| match (a, b) {
        (Some(a), Some(b)) => !same(*a, *b),
        (a, b) => a.is_some() || b.is_some(),
    });
    let mut levels: Vec<_> = plain.levels.iter().map(|(of, a)| (*of, a * scale + zero)).collect();
    let mut others = other.levels.clone();
    if scale < 0.0 {
        // Upside down the lower end is the upper one.
        for list in [&mut levels, &mut others] {
            list.sort_by(|(_, a), (_, b)| a.total_cmp(b));
            list.iter_mut().for_each(|(of, _)| *of = "level");
        }
    }
    let levels = levels.into_iter().zip(others);
    let levels = levels.filter(|((_, a), (_, b))| !near(*b, *a, points + zero.abs()));
    let counts = plain.counts.iter().zip(&other.counts);
    let counts = counts.filter(|((_, a), (_, b))| !near(*b, *a, 1.0 + a.abs()));
    let turned = |(thing, outcome, lag, higher, since, held): &_| {
        (*thing, *outcome, *lag, *higher == (scale > 0.0), *since, *held)
    };
    let hunches: Vec<_> = plain.hunches.iter().map(turned).collect();
    let mut found: Vec<String> = differences.map(|pair| format!("{pair:?}")).collect();
    found.extend(levels.map(|pair| format!("{pair:?}")));
    found.extend(counts.map(|pair| format!("{pair:?}")));
    if plain.counts.len() != other.counts.len() {
        found.push("another number of counts".into());
    }
    if (&hunches, plain.doses, &plain.changes) != (&other.hunches, other.doses, &other.changes) {
        found.push(format!(
            "{hunches:?} {:?}; {:?} {:?}",
            plain.changes, other.hunches, other.changes
        ));
    }
    (!found.is_empty()).then(|| found.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_zero_and_the_size_of_the_scale(seed: u64, zero in -100.0..100.0_f64, scale in 0.05..20.0_f64) {
        let written = Written { scale, zero, ..PLAINLY };
        let found = differs(&told(seed, PLAINLY), &told(seed, written), written);
        prop_assert!(found.is_none(), "{}", found.unwrap());
    }

    #[test]
    fn which_end_of_the_scale_is_up(seed: u64) {
        let written = Written { scale: -1.0, zero: 10.0, ..PLAINLY };
        let found = differs(&told(seed, PLAINLY), &told(seed, written), written);
        prop_assert!(found.is_none(), "{}", found.unwrap());
    }

    #[test]
    fn the_day_that_days_are_counted_from(seed: u64, first in -9_000..800_i32) {
        let written = Written { first, ..PLAINLY };
        let found = differs(&told(seed, PLAINLY), &told(seed, written), written);
        prop_assert!(found.is_none(), "{}", found.unwrap());
    }

    /// Check-ins of one day have no time here, so theirs are equal.
    #[test]
    fn the_order_in_which_entries_were_written(seed: u64, order: u64) {
        let written = Written { order: Some(order), ..PLAINLY };
        let found = differs(&told(seed, PLAINLY), &told(seed, written), written);
        prop_assert!(found.is_none(), "{}", found.unwrap());
    }

    /// Milligrams, grams, micrograms, or tablets of 25 mg.
    #[test]
    fn the_unit_of_the_doses(seed: u64) {
        let plain = told(seed, PLAINLY);
        for unit in [("g", 1e-3), ("mcg", 1e3), ("tablet", 1.0 / 25.0)] {
            let written = Written { unit, ..PLAINLY };
            let found = differs(&plain, &told(seed, written), written);
            prop_assert!(found.is_none(), "{unit:?}: {}", found.unwrap());
        }
    }

    /// A course read from its end rises where it fell, and a step lies where it lay.
    #[test]
    fn the_direction_of_time(seed: u64) {
        let noise = Noise::Autoregressive(0.4).series(&mut Random::seeded(seed), 120, 1.0);
        let value = |number: i32| {
            let step = if number >= 70 { 2.5 } else { 0.0 };
            (3.5 + 0.8 * noise[number as usize] + step).clamp(0.5, 9.5)
        };
        let all = window(0, 119);
        let [forth, back] = [0, 119].map(|last: i32| {
            let mut diary = Notebook::new();
            diary.mood(0..120, |number| value((last - number).abs()));
            let column = diary.column("mood", all);
            (trend(&column, all).estimate.unwrap(), change_points(&column, all, &[]))
        });
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        prop_assert!(near(forth.0.value, -back.0.value), "{forth:?} {back:?}");
        prop_assert!(near(forth.0.low, -back.0.high) && near(forth.0.high, -back.0.low));
        let mirrored: Vec<i32> = back.1.iter().rev().map(|change| 120 - change.day.since(day(0))).collect();
        let days: Vec<i32> = forth.1.iter().map(|change| change.day.since(day(0))).collect();
        prop_assert_eq!(days, mirrored);
    }
}

/// A life in which a claim says nothing would make the properties above say nothing of it.
#[test]
fn each_claim_has_something_to_say_of_such_lives() {
    let lives: Vec<Told> = (0..8).map(|seed| told(seed, PLAINLY)).collect();
    let is_said = |of: &str, told: &Told| {
        told.differences.iter().any(|(name, estimate)| *name == of && estimate.is_some())
    };
    for of in ["trend", "phase", "change", "dose", "lag", "gaps", "hunch"] {
        assert!(lives.iter().any(|told| is_said(of, told)), "{of}");
    }
    for of in ["curve", "exposure", "slope"] {
        assert!(lives.iter().any(|told| told.counts.iter().any(|(name, _)| *name == of)), "{of}");
    }
}
