//! What stood out at one look and does not at the next is said to have weakened.

use doseline::report::{Timeline, TimelineOptions, Words, dose_response, timeline};

use serde_json::json;

use crate::notebook::{Notebook, as_of, day, window, wobble};
use crate::simulation::{Noise, Random};

fn opened(diary: &Notebook, number: i32) -> Timeline {
    let all = TimelineOptions::default();
    timeline(&diary.diary, &all, as_of(number), &Words::english()).unwrap()
}

/// Mood rises by two fifths of a point a week for sixteen weeks and then falls back as fast. Looks come
/// every 28 days.
#[test]
fn a_rise_that_falls_back_was_told_is_said_to_have_weakened_and_then_is_not_told() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(42, medicine, "start", 50.0);
    let height = |day: i32| 0.06 * f64::from(if day < 112 { day } else { 224 - day });
    diary.mood(0..225, |day| 2.0 + height(day) + wobble(day));
    let trend = |look: i32| opened(&diary, look).lanes.remove(0).trend;
    assert_eq!((trend(140).certainty, trend(140).weakened_since), ("established", None));
    let weaker = trend(168);
    assert_eq!((weaker.certainty, weaker.weakened_since), ("not-enough-yet", Some(day(140))));
    let said = "It stood out at the look on 20 May 2024. With the days since, it is weaker.";
    assert!(weaker.sentence.ends_with(said), "{}", weaker.sentence);
    let then = "At the look on 20 May 2024 it read: mood rose by about 0.29 points a week.";
    assert!(weaker.why.iter().any(|line| line == then), "{:?}", weaker.why);
    // It is said until the look after, not for ever.
    assert_eq!(trend(195), weaker);
    assert_eq!((trend(196).certainty, trend(196).weakened_since), ("not-enough-yet", None));
}

/// A rise that is told from day 83 on: mood is rated from day 20, and a trend asks for 56 days. A visit
/// the day before the look of day 84 sees almost the same days, so that look repeats nothing.
#[test]
fn what_is_seen_at_two_looks_on_almost_the_same_days_is_not_established() {
    let mut diary = Notebook::new();
    diary.unlisted("Ordinal");
    diary.on(0, json!({ "kind": "check-in", "ratings": { "anxiety": 5 } }));
    diary.on(83, json!({ "kind": "visit", "with": "doctor" }));
    diary.mood(20..150, |day| 1.0 + 0.05 * f64::from(day) + wobble(day));
    let trend = |today: i32| {
        let lanes = opened(&diary, today).lanes;
        lanes.into_iter().find(|lane| lane.outcome.outcome == "mood").unwrap().trend
    };
    assert_eq!(trend(82).certainty, "not-enough-yet");
    assert_eq!(trend(83).certainty, "suggestive");
    assert_eq!((trend(84).certainty, trend(84).look), ("suggestive", Some(day(84))));
    assert_eq!(trend(112).certainty, "established");
    // Weakened is what stood out at the look just before, however near.
    let looks = as_of(84).looks(&diary.diary);
    let reading = looks.reading(window(0, 84));
    assert_eq!(looks.before(&reading).and_then(|before| before.look), Some(day(83)));
    assert_eq!(looks.apart_from(&reading).and_then(|apart| apart.look), Some(day(56)));
}

/// Four weeks on the dose three points higher, after that a point lower than before.
#[test]
fn a_difference_that_does_not_last_is_said_to_have_weakened_on_card_and_timeline() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(42, medicine, "start", 50.0);
    let height = |day: i32| match day {
        ..42 => 0.0,
        42..84 => 3.0,
        _ => -1.0,
    };
    diary.mood(0..113, |day| 4.0 + height(day) + wobble(day * day / 3) + wobble(day / 7));
    let card = |look: i32| {
        dose_response(&diary.diary, medicine, "mood", as_of(look), &Words::english())
            .unwrap()
            .finding
    };
    assert_eq!((card(84).certainty, card(84).weakened_since), ("suggestive", None));
    assert_eq!((card(112).certainty, card(112).weakened_since), ("not-enough-yet", Some(day(84))));
    let phase = |look: i32| opened(&diary, look).phases.remove(1).difference.unwrap();
    assert_eq!((phase(84).certainty, phase(84).weakened_since), ("suggestive", None));
    assert_eq!(
        (phase(112).certainty, phase(112).weakened_since),
        ("not-enough-yet", Some(day(84)))
    );
}

/// Under a slow wave a change is now and then told and later taken back, in about one life of thirty
/// here. It stays on the chart, as found still or not, and says what became of it.
#[test]
fn a_change_that_is_taken_back_stays_and_says_so() {
    let wave = Noise::SlowWave { share: 0.7, days: 20.0, fast: 0.3 };
    let (mut found_still, mut no_longer) = (0, 0);
    for seed in 0..400 {
        let mut diary = Notebook::new();
        let noise = wave.series(&mut Random::seeded(seed), 200, 1.0);
        diary.mood(0..200, |day| (5.0 + 1.5 * noise[day as usize]).clamp(0.0, 10.0));
        let mut looks = (2..8).map(|look| 28 * look);
        for change in looks
            .find_map(|look| {
                let mut changes = opened(&diary, look).lanes.remove(0).change_points;
                changes.retain(|change| change.finding.weakened_since == Some(day(look - 28)));
                (!changes.is_empty()).then_some(changes)
            })
            .unwrap_or_default()
        {
            assert_eq!(change.finding.certainty, "not-enough-yet");
            assert!(change.finding.sentence.ends_with("With the days since, it is weaker."));
            match change.finding.sentence.contains("is no longer found") {
                true => no_longer += 1,
                false => found_still += 1,
            }
        }
        if found_still > 0 && no_longer > 0 {
            return;
        }
    }
    panic!("{found_still} found still, {no_longer} no longer");
}
