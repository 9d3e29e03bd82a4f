//! Associations: hunches on small diaries, and how often one holds up where there is nothing.

use doseline::analysis::association::{Exposure, Found, Thing, associations, replay};
use doseline::analysis::{Certainty, Columns, DayMeans, Looks};
use doseline::diary::Day;
use serde_json::json;

use crate::notebook::{Notebook, day, window, wobble};
use crate::simulation::{FAMILIES, Family, Noise, Random};

/// Mood of 5, two points more on every third day, which bears a tag, until `until`.
fn tagged(days: i32, until: i32) -> Notebook {
    let mut diary = Notebook::new();
    for number in 0..days {
        let ran = number % 3 == 0;
        let more = if ran && number < until { 2.0 } else { 0.0 };
        // The wobble of five days keeps step with neither the tag nor its eve.
        let mood = 5.0 + more + wobble(number / 5);
        let tags = if ran { json!(["run"]) } else { json!(["rain"]) };
        diary.on(number, json!({ "kind": "check-in", "ratings": { "mood": mood }, "tags": tags }));
    }
    diary
}

fn read(diary: &Notebook, today: i32) -> doseline::analysis::association::Associations {
    let told = window(0, today);
    let looks = Looks::of(&diary.diary, told, day(today));
    associations(&diary.diary, &Columns::of(&diary.diary), told, looks.days())
}

#[test]
fn a_hunch_is_frozen_and_only_later_days_can_make_it_hold_up() {
    let diary = tagged(120, 120);
    let early = read(&diary, 40);
    // Two tags, one rating, two lags; the first look is on day 28.
    assert_eq!(early.found.tried, 4);
    let of = |found: &Found, name: &str, things: &[Exposure]| {
        let tag = Thing::Tag(name.into());
        let place = things.iter().position(|exposure| exposure.thing == tag).unwrap();
        found.hunches.iter().find(|hunch| hunch.pattern.thing == place).cloned().unwrap()
    };
    let hunch = of(&early.found, "run", &early.things);
    assert_eq!((hunch.since, hunch.pattern.lag, hunch.pattern.higher), (day(28), 0, true));
    assert!(hunch.test.is_none());
    assert_eq!(early.findings[0].certainty, Certainty::NotEnoughYet);

    // Days 29 to 56 are 28 later days.
    let later = read(&diary, 60);
    let told = of(&later.found, "run", &later.things);
    let (look, contrast, held) = told.test.as_ref().unwrap();
    assert_eq!((*look, contrast.n, *held), (day(56), 28, true));
    assert!((contrast.estimate - 2.0).abs() < 0.2, "{contrast:?}");
    // What is read stays as it was read.
    let last = read(&diary, 119);
    assert_eq!(of(&last.found, "run", &last.things), told);
}

/// Days without a run lie at 0, days with one at 2 or 3.
#[test]
fn a_pattern_at_the_end_of_the_scale_is_told_by_the_days_there() {
    let mut diary = Notebook::new();
    for number in 0..90 {
        let ran = number % 3 == 0;
        let mood = if ran { 2.5 + wobble(number / 5) } else { f64::from(number % 7 / 6) };
        let tags = if ran { json!(["run"]) } else { json!(["rain"]) };
        diary.on(number, json!({ "kind": "check-in", "ratings": { "mood": mood }, "tags": tags }));
    }
    let found = read(&diary, 89);
    let tested = found.findings.iter().filter(|finding| finding.look.is_some());
    let tested: Vec<_> = tested.collect();
    assert!(!tested.is_empty());
    for finding in tested {
        assert_eq!((finding.certainty, finding.estimate), (Certainty::NotEnoughYet, None));
        assert_eq!(finding.sentence.id, "association.cannot-say");
        assert_eq!(finding.doubt.id, "association.at-an-end");
    }
}

#[test]
fn a_pattern_that_ends_is_told_as_one_that_did_not_hold_up() {
    let found = read(&tagged(120, 29), 119);
    let run = found
        .found
        .hunches
        .iter()
        .zip(&found.findings)
        .find(|(hunch, _)| found.things[hunch.pattern.thing].thing == Thing::Tag("run".into()));
    let (hunch, finding) = run.unwrap();
    assert!(!hunch.test.as_ref().unwrap().2);
    assert_eq!(finding.sentence.id, "association.did-not");
    assert_eq!(finding.certainty, Certainty::NotEnoughYet);
}

#[test]
fn sessions_substances_sleep_and_late_cycle_days_are_tried_on_days_with_a_check_in() {
    let mut diary = Notebook::new();
    for number in 0..60 {
        diary.on(
            number,
            json!({ "kind": "check-in", "ratings": { "mood": 5.0 + wobble(number) },
                "sleepHours": 7, "cycleDay": 1 + number % 28 }),
        );
        if number % 7 == 0 {
            diary.on(number, json!({ "kind": "therapy", "therapy": "CBT" }));
            diary.on(number, json!({ "kind": "substance", "substance": "wine" }));
        }
    }
    let found = read(&diary, 59);
    let things: Vec<&Thing> = found.things.iter().map(|exposure| &exposure.thing).collect();
    assert_eq!(
        things,
        [
            &Thing::Therapy("CBT".into()),
            &Thing::Substance("wine".into()),
            &Thing::Sleep,
            &Thing::LateCycle
        ]
    );
    for exposure in &found.things {
        assert_eq!(exposure.days.days.len(), 60);
    }
    let with = |place: usize| found.things[place].days.values.iter().filter(|v| **v > 0.5).count();
    // Days 0, 7 … 56; cycle days 22 to 28 twice, in days 21 to 27 and 49 to 55.
    assert_eq!((with(0), with(1), with(3)), (9, 9, 14));
}

/// Things that come at random and in runs. None keeps to days of the week: with ratings that do,
/// such a thing truly goes together.
fn things(random: &mut Random, n: usize) -> Vec<Exposure> {
    let tag = |name: usize, values: Vec<f64>| Exposure {
        thing: Thing::Tag(name.to_string().into()),
        days: DayMeans { days: (0..n).map(|day| day as f64).collect(), values },
    };
    let mut runs = |stay: f64| {
        let mut on = random.uniform() < 0.5;
        let turn = |random: &mut Random, on: bool| if random.uniform() < stay { on } else { !on };
        let days: Vec<f64> = (0..n)
            .map(|_| {
                on = turn(random, on);
                f64::from(u8::from(on))
            })
            .collect();
        days
    };
    let made: Vec<Vec<f64>> = [0.5, 0.5, 0.7, 0.8, 0.9, 0.97].map(&mut runs).into();
    made.into_iter().enumerate().map(|(name, values)| tag(name, values)).collect()
}

/// Two ratings over 26 weeks read every 28 days, the first `effect` higher with the first thing.
fn simulated(noise: Noise, effect: f64, run: u64) -> Found {
    const DAYS: usize = 182;
    let mut random = Random::seeded(run);
    let things = things(&mut random, DAYS);
    let rating = |random: &mut Random, effect: f64| DayMeans {
        days: things[0].days.days.clone(),
        values: (noise.series(random, DAYS, 1.0).iter())
            .zip(&things[0].days.values)
            .map(|(value, with)| value + effect * with)
            .collect(),
    };
    let ratings = [rating(&mut random, effect), rating(&mut random, 0.0)];
    let looks: Vec<Day> = (1..=6).map(|look| Day::from_number(28 * look).unwrap()).collect();
    replay(&ratings, &things, &looks)
}

fn families() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().filter(|family| family.gated)
}

fn held(found: &Found) -> bool {
    found.hunches.iter().any(|hunch| matches!(hunch.test, Some((_, _, true))))
}

#[test]
fn where_there_is_nothing_hardly_anything_holds_up() {
    let mut wrong = 0;
    for family in families() {
        wrong += (0..40).filter(|run| held(&simulated(family.noise, 0.0, *run))).count();
    }
    // 5 % of 360 diaries are 18, with a standard deviation of 4.
    assert!(wrong <= 26, "{wrong} of 360");
}

#[test]
fn what_is_there_is_found_and_holds_up() {
    let right = (0..60)
        .filter(|run| {
            let found = simulated(Noise::Autoregressive(0.3), 1.0, *run);
            let of_first = |hunch: &&doseline::analysis::association::Hunch| {
                (hunch.pattern.thing, hunch.pattern.outcome) == (0, 0)
            };
            let first = found.hunches.iter().find(of_first);
            first.is_some_and(|hunch| matches!(hunch.test, Some((_, _, true))))
        })
        .count();
    assert!(right >= 40, "{right} of 60");
}

#[test]
#[ignore = "prints the table of docs/methods.md"]
fn table() {
    println!(
        "| noise | with a hunch | with one that held up | effect 0.5 SD held up | effect 1 SD held up |"
    );
    for Family { name, noise, .. } in families() {
        let noise = *noise;
        let runs = 500;
        let share = |count: usize| 100.0 * count as f64 / runs as f64;
        let null: Vec<Found> = (0..runs).map(|run| simulated(noise, 0.0, run)).collect();
        let hunches = null.iter().filter(|found| !found.hunches.is_empty()).count();
        let wrong = null.iter().filter(|found| held(found)).count();
        let power = |effect: f64| {
            (0..runs)
                .filter(|run| {
                    simulated(noise, effect, *run).hunches.iter().any(|hunch| {
                        (hunch.pattern.thing, hunch.pattern.outcome) == (0, 0)
                            && matches!(hunch.test, Some((_, _, true)))
                    })
                })
                .count()
        };
        println!(
            "| {name} | {:.0} % | {:.1} % | {:.0} % | {:.0} % |",
            share(hunches),
            share(wrong),
            share(power(0.5)),
            share(power(1.0))
        );
    }
}
