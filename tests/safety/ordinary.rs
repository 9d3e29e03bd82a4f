//! How many flags people see whose regimen is ordinary: 1,000 made-up people on one or two medicines
//! at usual doses, four weeks each, opened every day.
//!
//! Each person takes one or two medicines of the tables by mouth, at a start or usual dose, begun up
//! to thirteen months ago; records nine of ten doses, a check-in most days, a PHQ-9 every two weeks, now
//! and then a weight, and in the first weeks of a medicine some of the side effects its row lists,
//! mostly mild.
//!
//! Who is at a **real risk** is settled before any rule of `safety` runs, from the tables alone: a rule
//! names the two medicines; or a medicine asks for care of its own, because it is a benzodiazepine or
//! z-drug, may have to be started low after a gap, or has checks scheduled, which these people hardly
//! record.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use doseline::diary::EntryId;
use doseline::reference::{self, Between, DoseUnit, Known, Medicine, Route, Subclass};
use doseline::safety::{Settings, Severity, review};
use serde_json::json;

use crate::cases::CASES;
use crate::person::{Person, ago};

const PEOPLE: u64 = 1000;
const DAYS: i32 = 28;
const SEED: u64 = 0x5afe;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.roll() % most
    }

    fn happens(&mut self, share: f64) -> bool {
        share > (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn by_mouth(row: &&Medicine) -> bool {
    row.route.value == Route::Oral
        && row.dose.value.unit == DoseUnit::MgADay
        && row.dose.value.usual.is_some()
}

fn usual_dose(row: &Medicine, dice: &mut Dice) -> f64 {
    let usual = row.dose.value.usual.unwrap();
    let limit = row.maxima.iter().map(|row| row.value.amount).fold(usual.high, f64::min);
    let choices = [row.dose.value.start.unwrap_or(usual.low), usual.low, usual.high];
    choices[dice.below(3) as usize].min(limit)
}

/// What the tables alone say of a regimen.
#[derive(Clone, Copy)]
enum Risk {
    None,
    /// Of one medicine.
    Care,
    /// Of two together.
    Pair,
}

const GROUPS: [&str; 3] =
    ["no real risk", "a medicine that asks for care", "two medicines that a rule names"];

struct Ordinary {
    person: Person,
    risk: Risk,
}

fn ordinary(dice: &mut Dice) -> Ordinary {
    let rows: Vec<&'static Medicine> = reference::medicines().iter().filter(by_mouth).collect();
    let count = 1 + dice.below(2);
    let mut taken: Vec<&'static Medicine> = Vec::new();
    while (taken.len() as u64) < count {
        let row = rows[dice.below(rows.len() as u64) as usize];
        if !taken.iter().any(|known| known.id == row.id) {
            taken.push(row);
        }
    }
    let mut person = Person::new();
    person.fact("pregnancy", json!("no"));
    person.fact("pregnancy-possible", json!("no"));
    let weighs = dice.happens(0.5);
    for row in &taken {
        let begun = 1 + dice.below(395) as i32;
        let id = person.takes(&row.name, usual_dose(row, dice), begun);
        record_doses(&mut person, id, begun.min(60), dice);
        for effect in row.side_effects.value.iter().filter(|_| begun <= 60) {
            if dice.happens(0.15) {
                let name = reference::pack().side_effect(effect).unwrap().name.as_str();
                let strength = match dice.below(50) {
                    0 => "severe",
                    1..=9 => "moderate",
                    _ => "mild",
                };
                let from = begun - dice.below(10) as i32;
                person.noted(name, strength, from.max(1), (from - 10).max(0));
            }
        }
    }
    let level = 5.0 + dice.below(9) as f64;
    for day in (0..60).rev() {
        if dice.happens(0.7) {
            let mood = 3 + dice.below(5);
            let hours = 5.0 + dice.below(5) as f64;
            person.on(
                day,
                json!({ "kind": "check-in", "ratings": { "mood": mood }, "sleepHours": hours }),
            );
        }
        if day % 14 == 0 {
            person.phq9(day, level + dice.below(4) as f64);
        }
        if weighs && day % 30 == 0 {
            person.measures(day, "weight", 75.0 + dice.below(3) as f64, "kg");
        }
    }
    Ordinary { person, risk: risk_of(&taken) }
}

fn record_doses(person: &mut Person, id: EntryId, days: i32, dice: &mut Dice) {
    for day in (0..days).rev() {
        if dice.happens(0.9) {
            person.doses(id, day, day, "taken");
        }
    }
}

fn risk_of(taken: &[&'static Medicine]) -> Risk {
    let pack = reference::pack();
    let known = |row: &'static Medicine| Known::Medicine(row);
    if let [one, other] = taken
        && let Between::Clashes(_) = pack.between(known(one), known(other))
    {
        return Risk::Pair;
    }
    let sedative = [Subclass::Benzodiazepine, Subclass::ZDrug];
    let has_checks = |row: &'static Medicine| {
        let mut checks =
            pack.monitoring().iter().filter(|check| pack.is_party(known(row), &check.of));
        checks.any(|check| !check.every.is_empty() && check.measure.as_str() != "measure.review")
    };
    let asks_for_care = |row: &&'static Medicine| {
        sedative.contains(&row.subclass.value) || row.restart_gap.value.is_some() || has_checks(row)
    };
    if taken.iter().any(asks_for_care) { Risk::Care } else { Risk::None }
}

/// Flags by rule that are new in four weeks, for the people of each group.
struct Seen {
    people: [u64; 3],
    flags: [BTreeMap<(&'static str, Severity), u64>; 3],
}

fn seen() -> Seen {
    let mut dice = Dice(SEED);
    let mut seen = Seen { people: [0; 3], flags: Default::default() };
    for _ in 0..PEOPLE {
        let Ordinary { person, risk } = ordinary(&mut dice);
        let group = risk as usize;
        seen.people[group] += 1;
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for day in (0..DAYS).rev() {
            let found = review(&person.diary, ago(day), &Settings::default());
            for flag in found.flags {
                if keys.insert(flag.key) {
                    *seen.flags[group].entry((flag.rule, flag.severity)).or_default() += 1;
                }
            }
        }
    }
    seen
}

fn a_month(seen: &Seen, group: usize) -> f64 {
    seen.flags[group].values().sum::<u64>() as f64 / seen.people[group] as f64
}

fn table(seen: &Seen) -> String {
    let mut text = format!(
        "`DOSELINE_WRITE=1 cargo test --test safety`, seed {SEED:#x}, tables {}.\n\n# How often the safety rules speak\n\n",
        reference::VERSION
    );
    text += "## Ordinary regimens\n\n";
    let _ = write!(
        text,
        "{PEOPLE} made-up people on one or two medicines at usual doses, four weeks each, opened every day\n\
         (`tests/safety/ordinary.rs`). Groups are settled by the tables alone, before a rule runs: a rule names the two\n\
         medicines; or one asks for care (a benzodiazepine or z-drug, one that may have to be started low after a gap, or\n\
         one with scheduled checks, which these people hardly record); or neither. A flag counts once for each set of\n\
         facts, as a person sees it who sets it aside. The aim is below 1 for those without a real risk.\n\n\
         | | people | flags a person in four weeks |\n|---|--:|--:|\n"
    );
    for (group, name) in GROUPS.iter().enumerate() {
        let _ = writeln!(text, "| {name} | {} | {:.2} |", seen.people[group], a_month(seen, group));
    }
    let _ = writeln!(text, "\n| rule | severity | {} |\n|---|---|--:|--:|--:|", GROUPS.join(" | "));
    let rules: BTreeSet<(&str, Severity)> =
        seen.flags.iter().flat_map(|flags| flags.keys().copied()).collect();
    for rule in rules {
        let count = |group: usize| seen.flags[group].get(&rule).copied().unwrap_or(0);
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} |",
            rule.0,
            rule.1,
            count(0),
            count(1),
            count(2)
        );
    }
    text += "\n## What must raise a rule, and near misses\n\n\
        The cases of `tests/safety/cases.rs`. The rules of the tables on two things are tried with members of both their\n\
        sides in `tests/safety/pairs.rs`; whole people stand in `tests/fixtures/patients`.\n\n\
        | rule | must raise it: raised | near misses: raised |\n|---|--:|--:|\n";
    let mut by_rule: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    for case in CASES {
        let mut person = Person::new();
        (case.write)(&mut person);
        let counts = by_rule.entry(case.rule).or_default();
        let place = if case.raises { 0 } else { 2 };
        counts[place] += 1;
        counts[place + 1] += u32::from(person.flag(case.rule).is_some());
    }
    for (rule, [must, raised, near, wrongly]) in by_rule {
        let _ = writeln!(text, "| `{rule}` | {raised} of {must} | {wrongly} of {near} |");
    }
    text + &settings()
}

/// What a clinic can set, with what holds where it sets nothing.
fn settings() -> String {
    let set = Settings::default();
    let mut text = String::from(
        "\n## What a clinic sets\n\n\
        Thresholds that no clinical source settles are suggestions of ours. `openDiary({ safety })` takes another value\n\
        for each, and in `off` the ids of rules that are switched off: not red flags, not the answers about self-harm.\n\
        Which medicines count as one kind, so that a switch at once is no sudden stop, is a suggestion of ours too, and\n\
        no setting changes it: those of one subclass, but for anticonvulsants and MAOIs; and all serotonin reuptake\n\
        inhibitors.\n\n\
        | setting | where nothing is set | what it is |\n|---|--:|---|\n",
    );
    let ((upper, lower), (short, long)) = (set.stimulant_pressure, set.sedative_days);
    let (gain, more) = set.weight_gain;
    let whole = |number: i32| f64::from(number);
    let count = |number: usize| number as f64;
    for (name, value, what) in [
        ("stimulantUpper", upper, "upper blood pressure, mmHg, told on two days on a stimulant"),
        ("stimulantLower", lower, "lower blood pressure, mmHg, likewise"),
        ("stimulantPulse", set.stimulant_pulse, "pulse a minute, likewise"),
        ("sedativeDays", whole(short), "days of near-daily use of a benzodiazepine or z-drug"),
        ("sedativeLongDays", whole(long), "days from which it is said more firmly"),
        (
            "sedativeFreeDays",
            count(set.sedative_free_days),
            "days in 28 that near-daily use may leave out",
        ),
        (
            "injectionGraceDays",
            whole(set.injection_grace_days),
            "days that an injection may be late",
        ),
        (
            "trialWeeks",
            whole(set.trial_weeks.0),
            "weeks of a trial: before them no lack of improvement is told, within them two-week \
            questionnaires fall due every two weeks",
        ),
        ("trialWeeksOcd", whole(set.trial_weeks.1), "weeks before no improvement is told in OCD"),
        (
            "startingDays",
            whole(set.stage_days.starting),
            "days after a start that count as starting",
        ),
        (
            "remissionDays",
            whole(set.stage_days.remission),
            "days of remission before a medicine counts as maintained",
        ),
        (
            "taperDays",
            whole(set.stage_days.taper),
            "days in which one fall of a dose and the next, or the stop, are one taper",
        ),
        (
            "earlyImprovement",
            set.early_improvement,
            "share of the baseline that counts as some improvement",
        ),
        (
            "maniaNights",
            count(set.mania_nights),
            "of five days: those with high mood, high energy and a short night",
        ),
        ("maniaRating", set.mania_rating, "rating of mood and of energy that is high there"),
        ("maniaShortBy", set.mania_short_by, "hours below the usual night that are short there"),
        ("weightGain", gain, "share of body weight gained on an antipsychotic"),
        ("weightGainMore", more, "share from which it is said more firmly"),
        (
            "taperShare",
            set.taper_share,
            "share of the highest dose of eight weeks that the last one before a stop may be in a taper",
        ),
        (
            "missedDays",
            count(set.missed_days),
            "days in a row with doses missed after which a medicine counts as stopped at once",
        ),
        (
            "pregnancyDays",
            whole(set.pregnancy_days),
            "days for which a pregnancy that was told counts (42 weeks); then it is not known",
        ),
        ("monitoringGraceDays", whole(set.monitoring_grace_days), "days that a check may be late"),
        (
            "checkInDays",
            whole(set.check_in_days.0),
            "days between check-ins in a start, trial or taper",
        ),
        ("checkInDaysLater", whole(set.check_in_days.1), "days between check-ins otherwise"),
        (
            "listDaysBeforeVisit",
            whole(set.list_days_before_visit),
            "days before a visit in which the list of medicines is due to be looked over",
        ),
    ] {
        let _ = writeln!(text, "| `{name}` | {value} | {what} |");
    }
    text
}

#[test]
fn an_ordinary_regimen_is_left_in_peace_and_the_table_says_how_often() {
    let seen = seen();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/safety.md");
    let text = table(&seen);
    if std::env::var_os("DOSELINE_WRITE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(
        text,
        std::fs::read_to_string(path).unwrap_or_default(),
        "docs/safety.md is not of today"
    );
    assert!(seen.people[0] >= 200, "too few to speak of: {:?}", seen.people);
    assert!(a_month(&seen, 0) < 1.0, "{:.2} flags in four weeks", a_month(&seen, 0));
}

/// The page names each setting that there is.
#[test]
fn every_setting_stands_in_the_table() {
    let types = include_str!("../../src/wasm/types.d.ts");
    let (_, declared) = types.split_once("export interface SafetySettings {").unwrap();
    let (declared, _) = declared.split_once("\n}").unwrap();
    let names = declared.lines().filter_map(|line| line.trim().split_once("?:"));
    let (table, mut count) = (settings(), 0);
    for (name, _) in names.filter(|(name, _)| *name != "off") {
        assert!(table.contains(&format!("| `{name}` |")), "{name}");
        count += 1;
    }
    assert_eq!(table.matches("\n| `").count(), count);
}
