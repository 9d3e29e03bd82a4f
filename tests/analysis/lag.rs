//! The lag strip.

use doseline::analysis::DoseCourse;
use doseline::analysis::lag::{LagStrip, MOST_WEEKS, lag_strip};
use doseline::analysis::statistics::gls::NoiseMixture;
use doseline::analysis::statistics::math::ln;
use doseline::analysis::statistics::noise::NoisePrior;
use doseline::analysis::{Certainty, Window};

use crate::notebook::{Notebook, window, wobble};

/// Mood over `days`, two points higher from `lag` days after each rise of the dose from 50 to 100 mg
/// until as long after each fall; the dose turns on the days of `turns`.
fn strip(days: i32, turns: &[i32], lag: i32) -> LagStrip {
    strip_read(days, turns, lag, days - 1)
}

/// The same, read on the day `look`.
fn strip_read(days: i32, turns: &[i32], lag: i32, look: i32) -> LagStrip {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(0, medicine, "start", 50.0);
    for (place, turn) in turns.iter().enumerate() {
        let (action, dose) = if place % 2 == 0 { ("increase", 100.0) } else { ("decrease", 50.0) };
        diary.step(*turn, medicine, action, dose);
    }
    let turned = |number: i32| turns.iter().filter(|turn| **turn + lag <= number).count();
    diary.mood(0..days, |number| {
        5.0 + wobble(number / 3) + if turned(number) % 2 == 1 { 2.0 } else { 0.0 }
    });
    let all: Window = window(0, days - 1);
    let course = DoseCourse::of(&diary.diary, &diary.regimen(), medicine, all).unwrap();
    let read = window(0, look);
    lag_strip(&diary.column("mood", read), &course, "Ordinal", 14, read)
}

#[test]
fn every_lag_is_shown_and_none_is_picked_without_four_reversals() {
    // Up, down, up: the dose turned round twice.
    let found = strip(200, &[50, 100, 150], 14);
    assert_eq!(found.lags.len(), usize::from(MOST_WEEKS) + 1);
    assert!(found.lags.iter().all(Option::is_some));
    assert_eq!((found.reversals, found.estimated, found.fixed_days), (2, None, 14));
    // At the lag it was made with, the two points; half the days off at a lag of eight weeks.
    let at = |weeks: usize| found.lags[weeks].unwrap().value;
    assert!((at(2) - 2.0).abs() < 0.1, "{}", at(2));
    assert!(at(8) < 0.5, "{}", at(8));
    assert_eq!(found.finding.certainty, Certainty::NotEnoughYet);
    assert_eq!(found.finding.estimate, None);
}

/// A dose that only rose: the mood rises with it, and so does time.
#[test]
fn a_dose_that_went_one_way_by_the_look_tells_of_nothing_at_any_lag() {
    let found = strip(200, &[100], 0);
    assert!(found.lags.iter().flatten().any(|lag| lag.low > 0.0), "the strip is shown");
    assert_eq!(found.finding.certainty, Certainty::NotEstimable);
    assert_eq!(found.finding.sentence.id, "lag.with-time");
    assert!(found.finding.why.iter().any(|line| line.id == "lag.one-way"));
    // A fall on a day that the look does not hold turns nothing round.
    let read = |look: i32| strip_read(260, &[100, 200], 0, look).finding.sentence.id;
    assert_eq!([read(199), read(259)], ["lag.with-time", "lag.unclear"]);
}

/// The interval that is read again at every look is that of a regression at the confidence that so
/// many days leave: 5 % over (1 + ln(200 / 28))^1.5 may lie outside.
#[test]
fn every_lag_pays_for_the_looks() {
    let (turns, days) = ([50, 100, 150], 200);
    let found = strip(days, &turns, 14);
    let dose = |number: i32| match turns.iter().filter(|turn| **turn <= number).count() % 2 {
        1 => 100.0,
        _ => 50.0,
    };
    let mood = |number: i32| {
        let turned = turns.iter().filter(|turn| **turn + 14 <= number).count();
        5.0 + wobble(number / 3) + if turned % 2 == 1 { 2.0 } else { 0.0 }
    };
    let numbers: Vec<f64> = (0..days).map(f64::from).collect();
    let (moods, doses): (Vec<f64>, Vec<f64>) = (0..days).map(|d| (mood(d), dose(d))).unzip();
    let ones = vec![1.0; moods.len()];
    let fit =
        NoiseMixture::fit(&numbers, &moods, &[&ones, &doses], &NoisePrior::day_to_day()).unwrap();
    let looks = 1.0 + ln(200.0 / 28.0);
    // On one of two cards.
    let outside = 0.05 / (looks * looks.sqrt()) / 2.0;
    let expected = fit.contrast(&[0.0, 1.0], 1.0 - outside).unwrap();
    let lag = found.lags[0].unwrap();
    for (found, expected) in [(lag.low, expected.low), (lag.high, expected.high)] {
        assert!((found - 50.0 * expected).abs() < 1e-6, "{found} is not {}", 50.0 * expected);
    }
    let p_value = (expected.p_value * 0.05 / outside).min(1.0);
    assert!((lag.p_value.unwrap() - p_value).abs() < 1e-9);
}

#[test]
fn a_strip_of_days_at_the_end_of_the_scale_is_refused() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(30, medicine, "start", 50.0);
    diary.step(60, medicine, "stop", 0.0);
    diary.mood(0..100, |number| if number % 3 == 0 { 0.0 } else { 3.0 + wobble(number) });
    let all = window(0, 99);
    let course = DoseCourse::of(&diary.diary, &diary.regimen(), medicine, all).unwrap();
    let found = lag_strip(&diary.column("mood", all), &course, "Ordinal", 14, all);
    assert!(found.lags.iter().all(Option::is_none));
    assert_eq!(found.finding.doubt.id, "not-estimable.crowded");
}

#[test]
fn after_four_reversals_the_lags_the_days_allow_are_a_range() {
    let found = strip(340, &[50, 100, 150, 200, 250, 300], 14);
    assert_eq!(found.reversals, 5);
    let (least, most) = found.estimated.unwrap();
    assert!(least <= 2 && 2 <= most && most - least <= 2, "{least} to {most}");
}

#[test]
fn a_dose_that_never_changed_or_too_few_days_have_no_strip() {
    let still = strip(100, &[], 0);
    assert!(still.lags.iter().all(Option::is_none));
    assert_eq!(still.finding.certainty, Certainty::NotEstimable);
    let short = strip(19, &[10], 0);
    assert_eq!(short.finding.certainty, Certainty::NotEnoughYet);
}
