//! Days crowded at an end of the scale, and days without a value; counted by hand.

use doseline::analysis::change_points::change_points;
use doseline::analysis::dose_response::{DoseResponse, dose_response};
use doseline::analysis::phase::phases;
use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::trend::trend;
use doseline::analysis::{Certainty, Finding, Reading, Subject};
use doseline::diary::EntryId;
use doseline::error::{Message, Param};

use crate::close;
use crate::notebook::{Notebook, day, window, wobble};

fn number(message: &Message, name: &str) -> f64 {
    match message.params.iter().find(|(known, _)| *known == name) {
        Some((_, Param::Number(number, _))) => *number,
        other => panic!("{name} is {other:?} in {message:?}"),
    }
}

/// Per cent of the days at the end, before and after, and how often the later of two days is higher.
fn told(finding: &Finding) -> [f64; 3] {
    assert_eq!((finding.certainty, finding.estimate), (Certainty::NotEnoughYet, None));
    let (sentence, doubt) = (&finding.sentence, &finding.doubt);
    [number(sentence, "before"), number(sentence, "after"), number(doubt, "pairs")]
}

fn card(diary: &Notebook, medicine: EntryId, to: i32) -> DoseResponse {
    let (regimen, all) = (diary.regimen(), window(0, to));
    let (name, reading) = ("Ordinal", Reading::at_the_end_of(all));
    let subject = Subject { diary: &diary.diary, regimen: &regimen, medicine, name };
    dose_response(subject, &diary.column("mood", all), all, &reading).unwrap()
}

fn difference(diary: &Notebook, to: i32) -> Finding {
    let (all, regimen) = (window(0, to), diary.regimen());
    let (column, reading) = (diary.column("mood", all), Reading::at_the_end_of(all));
    let mut rows = phases(&column, &regimen, &diary.settled(all), all, &reading);
    rows.remove(1).difference.unwrap()
}

/// Forty days of which every second is 0 and the other 2; a medicine; from its settled days on three
/// of four are 0 and one is 4.
fn crowded() -> (Notebook, EntryId) {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(40, medicine, "start", 50.0);
    diary.mood(0..94, |day| match (day < 54, day % 2, day % 4) {
        (true, 1, _) => 2.0,
        (false, _, 1) => 4.0,
        _ => 0.0,
    });
    (diary, medicine)
}

/// Of pairs of a day before (0, 2) and one after (0, 0, 0, 4): 0–0 three times a tie, 0–4 higher,
/// 2–0 three times lower, 2–4 higher. (3 / 2 + 1 + 0 + 1) of 8.
const PAIRS: f64 = 100.0 * 3.5 / 8.0;

#[test]
fn a_phase_at_the_end_of_the_scale_has_no_mean_difference() {
    let (diary, _) = crowded();
    // Settled: days 54 to 93, ten times four.
    let found = difference(&diary, 93);
    assert_eq!(found.sentence.id, "phase.at-an-end");
    for (found, expected) in told(&found).into_iter().zip([50.0, 75.0, PAIRS]) {
        close(found, expected);
    }
}

#[test]
fn a_dose_at_the_end_of_the_scale_has_no_interval() {
    let (diary, medicine) = crowded();
    let card = card(&diary, medicine, 93);
    assert_eq!(card.finding.sentence.id, "dose-level.at-an-end");
    for (found, expected) in told(&card.finding).into_iter().zip([50.0, 75.0, PAIRS]) {
        close(found, expected);
    }
    for (level, share) in card.levels.iter().zip([0.5, 0.75]) {
        assert_eq!((level.estimate, level.at_end), (Err(NotEstimable::Crowded), Some(share)));
    }
}

#[test]
fn a_course_at_the_end_of_the_scale_has_no_slope() {
    let mut diary = Notebook::new();
    // The upper end for thirty days in two, then for one in five.
    diary.mood(0..60, |day| match (day < 30, day % 2, day % 5) {
        (true, 0, _) | (false, _, 0) => 10.0,
        _ => 6.0,
    });
    let all = window(0, 59);
    let found = trend(&diary.column("mood", all), all);
    assert_eq!(found.sentence.id, "trend.at-an-end");
    // Pairs of (10, 6) and (10, 6, 6, 6, 6): 10–10 and four times 6–6 tie, 6–10 is higher: 3.5 of 10.
    for (found, expected) in told(&found).into_iter().zip([50.0, 20.0, 35.0]) {
        close(found, expected);
    }
    assert!(found.why.iter().all(|line| line.id != "trend.why-line"), "no line was drawn");
}

/// Just under three tenths at the end is a mean and an interval as ever.
#[test]
fn fewer_days_at_the_end_are_days_like_others() {
    let mut diary = Notebook::new();
    diary.mood(0..60, |day| if day % 10 < 3 && day != 0 { 0.0 } else { 4.0 + wobble(day) });
    let all = window(0, 59);
    assert!(trend(&diary.column("mood", all), all).estimate.is_some());
}

/// Half of the days before and a fifth of those after have no value; each of these days would have to
/// differ by so much that half the amount and a fifth of it make up the nearer end of the interval.
#[test]
fn the_tipping_point_is_what_undoes_a_difference_on_both_cards() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(61, medicine, "start", 50.0);
    let kept = |day: &i32| if *day < 75 { day % 2 == 0 } else { day % 5 != 4 };
    diary.mood((0..145).filter(kept), |day| if day < 61 { 3.0 } else { 7.0 } + wobble(day / 2));
    // Before: 31 of the 61 days from 0 to 60. After: 56 of the 70 from 75 to 144.
    let shares = 30.0 / 61.0 + 14.0 / 70.0;
    let on_card = card(&diary, medicine, 144).finding;
    for found in [difference(&diary, 144), on_card] {
        let estimate = found.estimate.unwrap();
        assert!(estimate.low > 0.0, "{estimate:?}");
        let line = found.why.iter().find(|line| line.id == "phase.tipping-point").unwrap();
        let Param::Message(amount) = &line.params[0].1 else { panic!("{line:?}") };
        close(number(amount, "value"), estimate.low / shares);
    }
}

/// Every day is recorded until the person stops recording: days 104 to 144 are missing as well.
#[test]
fn days_at_the_edge_of_a_phase_are_missing_too() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(61, medicine, "start", 50.0);
    diary.mood(0..104, |day| if day < 61 { 3.0 } else { 7.0 } + wobble(day / 2));
    // Before: all. After: 29 of the 70 settled days from 75 to 144.
    for found in [difference(&diary, 144), card(&diary, medicine, 144).finding] {
        let estimate = found.estimate.unwrap();
        let line = found.why.iter().find(|line| line.id == "phase.tipping-point").unwrap();
        let Param::Message(amount) = &line.params[0].1 else { panic!("{line:?}") };
        close(number(amount, "value"), estimate.low / (41.0 / 70.0));
    }
}

/// A third of the days at 0 and from day 60 on only there or at 8: a change with a day and no size.
#[test]
fn a_change_at_the_end_of_the_scale_has_a_day_and_no_size() {
    let mut diary = Notebook::new();
    diary.mood(0..120, |day| match (day < 60, day % 3) {
        (true, 0) => 0.0,
        (true, _) => 1.0 + wobble(day),
        (false, 0) => 0.0,
        (false, _) => 8.0 + wobble(day),
    });
    let all = window(0, 119);
    let found = change_points(&diary.column("mood", all), all, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    let finding = &found[0].finding;
    assert_eq!((finding.certainty, finding.estimate), (Certainty::NotEnoughYet, None));
    assert_eq!(finding.sentence.id, "change-point.at-an-end");
    // Day 60 is a 0: the change is seen on day 61. 21 of the 61 days before and 19 of the 59 after.
    assert_eq!(found[0].day, day(61));
    close(number(&finding.sentence, "before"), 2100.0 / 61.0);
    close(number(&finding.sentence, "after"), 1900.0 / 59.0);
}
