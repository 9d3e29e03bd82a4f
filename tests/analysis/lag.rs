//! The lag strip.

use doseline::analysis::DoseCourse;
use doseline::analysis::lag::{LagStrip, MOST_WEEKS, lag_strip};
use doseline::analysis::{Certainty, Window};

use crate::notebook::{Notebook, window, wobble};

/// Mood over `days`, two points higher from `lag` days after each rise of the dose from 50 to 100 mg
/// until as long after each fall; the dose turns on the days of `turns`.
fn strip(days: i32, turns: &[i32], lag: i32) -> LagStrip {
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
    lag_strip(&diary.column("mood", all), &course, "Ordinal", 14, all)
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
