//! The claims, on small diaries whose numbers are counted by hand; the working stands beside them.

#[path = "analysis/association.rs"]
mod association;
mod device;
#[path = "analysis/fair_trial.rs"]
mod fair_trial;
#[path = "analysis/invariance.rs"]
mod invariance;
#[path = "analysis/item_strip.rs"]
mod item_strip;
#[path = "analysis/lag.rs"]
mod lag;
#[path = "analysis/many_questions.rs"]
mod many_questions;
mod notebook;
#[path = "analysis/relapse_watch.rs"]
mod relapse_watch;
#[path = "analysis/scale_end.rs"]
mod scale_end;
mod simulation;
#[path = "analysis/trial_design.rs"]
mod trial_design;
#[path = "analysis/weakening.rs"]
mod weakening;

use doseline::analysis::adherence::{DayStatus, Subject as DoseSubject, adherence};
use doseline::analysis::change_points::{change_points, share_of_days_near};
use doseline::analysis::dose_response::{DoseResponse, LevelOf, dose_response};
use doseline::analysis::phase::{PhaseSummary, phases};
use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::level::level_difference;
use doseline::analysis::statistics::math::ln;
use doseline::analysis::statistics::noise::NoisePrior;
use doseline::analysis::treatment_response::{Rule, TreatmentResponse, treatment_response};
use doseline::analysis::trend::{smooth_line, trend};
use doseline::analysis::{Certainty, Columns, Direction, DoseLog, Looks, Reading, Subject, Window};
use doseline::diary::EntryId;
use doseline::error::Param;
use doseline::reference;
use notebook::{Notebook, day, window, wobble};
use serde_json::json;
use simulation::{Noise, Random};

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn several_check_ins_of_a_day_are_one_value_and_days_without_one_are_counted() {
    let mut diary = Notebook::new();
    diary.mood([0, 0, 1, 4].into_iter(), |day| f64::from(day) + 2.0);
    diary.on(0, json!({ "kind": "check-in", "ratings": { "mood": 8 } }));
    let column = diary.column("mood", window(0, 5));
    assert_eq!(column.len(), 5);
    // Day 0: (2 + 2 + 8) / 3 = 4; then 3 on day 1 and 6 on day 4.
    assert_eq!(column.day_means().values, [4.0, 3.0, 6.0]);
    // Days 2, 3 and 5.
    assert_eq!(column.days_missing(window(0, 5)), 3);
}

#[test]
fn a_questionnaire_tells_of_the_days_it_looks_back_over() {
    let mut diary = Notebook::new();
    diary.phq9(0, 10.0);
    diary.phq9(20, 12.0);
    let column = diary.column("phq-9", window(0, 25));
    // Day 0 by the first, days 7 to 20 by the second; days 1 to 6 and 21 to 25 by none: 6 + 5.
    assert_eq!(column.days_missing(window(0, 25)), 11);
}

#[test]
fn totals_follow_the_instrument_and_what_has_none_is_counted() {
    let mut diary = Notebook::new();
    let items = json!([2, 2, 1, 2, 1, 1, 1, null, 0]);
    diary.on(0, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }));
    let items = json!([2, 2, 1, 2, 1, 1, null, null, null]);
    diary.on(7, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }));
    diary.on(8, json!({ "kind": "assessment", "instrument": "unheard-of", "total": 3 }));
    let columns = Columns::of(&diary.diary);
    // 10 over 8 items: 10 × 9 / 8 = 11.25, rounded 11.
    assert_eq!(columns.find("phq-9").unwrap().values, [11.0]);
    assert_eq!(columns.not_scored(), 2);
}

/// Two doses a day of 100 mg for six days; today is day 5.
fn twice_a_day() -> (Notebook, EntryId) {
    let mut diary = Notebook::new();
    let medicine = diary.twice_a_day();
    let id = medicine.to_string();
    let mut dose = |number: i32, status: &str, time: Option<&str>| {
        let mut event = json!({ "kind": "dose", "medicine": id, "status": status });
        if let Some(time) = time {
            event["scheduled"] = json!(time);
        }
        diary.on(number, event);
    };
    dose(0, "taken", Some("08:00"));
    dose(0, "taken", Some("20:00"));
    dose(1, "missed", Some("20:00"));
    dose(1, "taken", None);
    dose(2, "late", None);
    dose(4, "skipped", Some("08:00"));
    dose(4, "missed", Some("20:00"));
    dose(4, "extra", None);
    (diary, medicine)
}

#[test]
fn doses_are_counted_apart_and_coverage_is_a_band() {
    let (diary, medicine) = twice_a_day();
    let (regimen, log) = (diary.regimen(), DoseLog::of(&diary.diary));
    let subject =
        DoseSubject { medicine, name: "Ordinal", regimen: &regimen, log: &log, today: day(5) };
    let found = adherence(subject, window(0, 5));
    // Ten doses on days 0 to 4; those of today that have no entry are not due yet.
    let counts = found.counts;
    assert_eq!((counts.due, counts.taken, counts.late), (10, 3, 1));
    assert_eq!((counts.skipped, counts.missed, counts.no_entry, counts.extra), (1, 2, 3, 1));
    use DayStatus::{Missed, NoEntry, NothingDue, Partly, Taken};
    assert_eq!(found.days, [Taken, Partly, Partly, NoEntry, Missed, NothingDue]);
    // Taken in full: day 0. No dose known missed: days 0, 2 and 3. Of five.
    assert_eq!(found.covered(), Some((0.2, 0.6)));
    // Recorded as not taken: day 4. Not recorded as taken: days 3 and 4.
    assert_eq!((found.longest_gap_recorded, found.longest_gap_without_entry), (1, 2));
    assert_eq!(found.finding.days_missing, 1);
}

#[test]
fn as_needed_doses_have_no_coverage() {
    let mut diary = Notebook::new();
    diary.mood(0..3, |_| 5.0);
    let medicine = diary.unlisted("Calm");
    let id = medicine.to_string();
    diary.on(
        0,
        json!({ "kind": "step", "medicine": id, "action": "start", "schedule": {
        "repeat": "as-needed", "unit": "mg", "doses": [{ "amount": 25 }] } }),
    );
    diary.on(1, json!({ "kind": "dose", "medicine": id, "status": "as-needed" }));
    let (regimen, log) = (diary.regimen(), DoseLog::of(&diary.diary));
    let subject =
        DoseSubject { medicine, name: "Calm", regimen: &regimen, log: &log, today: day(3) };
    let found = adherence(subject, window(0, 2));
    assert_eq!(found.covered(), None);
    assert_eq!((found.counts.due, found.counts.as_needed, found.counts.extra), (0, 1, 0));
    assert_eq!(found.finding.certainty, Certainty::NotEstimable);
    let subject = Subject { diary: &diary.diary, regimen: &regimen, medicine, name: "Calm" };
    let (all, reading) = (window(0, 2), Reading::at_the_end_of(window(0, 2)));
    assert!(dose_response(subject, &diary.column("mood", all), all, &reading).is_none());
}

#[test]
fn a_slope_is_given_a_week_and_abstains_on_few_days_and_on_no_spread() {
    let mut diary = Notebook::new();
    diary.mood(0..60, |day| 2.0 + 0.1 * f64::from(day) + wobble(day) / 2.0);
    let all = window(0, 59);
    let column = diary.column("mood", all);
    let rising = trend(&column, all);
    let estimate = rising.estimate.unwrap();
    // 0.1 a day; the wobble tilts a line through 60 days by less than a hundredth of a point.
    assert!((estimate.value - 0.7).abs() < 0.01, "{estimate:?}");
    assert!(estimate.low < 0.7 && 0.7 < estimate.high);
    assert_eq!((rising.certainty, rising.n), (Certainty::Suggestive, 60));
    let few = trend(&column.within(window(0, 4)), window(0, 4));
    assert_eq!((few.certainty, few.estimate), (Certainty::NotEnoughYet, None));
    let mut flat = Notebook::new();
    flat.mood(0..60, |_| 5.0);
    let still = trend(&flat.column("mood", all), all);
    assert_eq!((still.certainty, still.estimate), (Certainty::NotEstimable, None));
}

#[test]
fn eight_of_ten_days_lie_in_the_usual_spread() {
    let mut diary = Notebook::new();
    diary.mood(0..100, |day| 5.0 + f64::from(day * 37 % 100) / 50.0 - 1.0);
    let column = diary.column("mood", window(0, 99));
    let line = smooth_line(&column);
    let inside = (0..100)
        .filter(|row| (line.low[*row]..=line.high[*row]).contains(&column.values[*row]))
        .count();
    // Within the 80 % quantile of the distances either way lie 80 of 100, by its definition.
    assert!((79..=81).contains(&inside), "{inside}");
    let few = smooth_line(&column.within(window(0, 5)));
    assert!(few.days.is_empty());
}

#[test]
fn nearness_to_a_step_stands_beside_what_chance_gives() {
    // Days 3 to 17 lie within seven days of day 10, days 8 to 22 of day 15: days 3 to 22, 20 of 100.
    close(share_of_days_near(window(0, 99), &[day(10), day(15)], 7), 0.2);
    close(share_of_days_near(window(0, 99), &[], 7), 0.0);
    let mut diary = Notebook::new();
    diary.mood(0..80, |day| if day < 40 { 3.0 } else { 7.0 } + wobble(day * day / 3));
    let all = window(0, 79);
    let column = diary.column("mood", all);
    let found = change_points(&column, all, &[day(35)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].day, found[0].nearest_step), (day(40), Some(5)));
    assert!(found[0].low <= day(40) && day(40) <= found[0].high);
    // Days 30 to 40 lie as near to day 35: 11 of 80.
    close(found[0].by_chance.unwrap(), 11.0 / 80.0);
    assert_eq!(found[0].finding.certainty, Certainty::Suggestive);
    // Its interval pays for the 80 days that were looked at and for the looks of so many days.
    let looks = 1.0 + ln(80.0 / 28.0);
    let outside = 0.05 / (looks * looks.sqrt()) / 80.0;
    let means = column.day_means();
    let ((days, later_days), (values, later)) =
        (means.days.split_at(40), means.values.split_at(40));
    let prior = NoisePrior::day_to_day();
    let expected =
        level_difference((days, values), (later_days, later), &prior, 1.0 - outside).unwrap();
    let estimate = found[0].finding.estimate.unwrap();
    close(estimate.low, expected.low);
    close(estimate.high, expected.high);
    close(estimate.p_value.unwrap(), (expected.p_value * 0.05 / outside).min(1.0));
    // 41 days are one too few.
    let few = column.within(window(20, 60));
    assert!(change_points(&few, window(20, 60), &[]).is_empty());
}

/// Steps that slow waves look like: those that may be chance have no interval, and those that are told
/// have one that leaves no change out, as their p-value says.
#[test]
fn the_interval_and_the_p_value_of_a_change_say_the_same() {
    let wave = Noise::SlowWave { share: 0.7, days: 45.0, fast: 0.0 };
    let mut drawn = [0, 0];
    for seed in 0..60 {
        let mut diary = Notebook::new();
        let noise = wave.series(&mut Random::seeded(seed), 150, 1.0);
        let step = |day: i32| if seed % 2 == 0 && day >= 70 { 4.0 } else { 0.0 };
        diary.mood(0..150, |day| (3.0 + step(day) + noise[day as usize]).clamp(0.0, 10.0));
        let all = window(0, 149);
        for change in change_points(&diary.column("mood", all), all, &[]) {
            let told = change.finding.certainty == Certainty::Suggestive;
            drawn[usize::from(told)] += 1;
            assert_eq!(told, change.finding.estimate.is_some());
            if let Some(estimate) = change.finding.estimate {
                assert!(estimate.excludes_zero() && estimate.p_value.unwrap() <= 0.05);
            }
        }
    }
    assert!(drawn[0] > 0 && drawn[1] > 0, "{drawn:?}");
}

fn phase_rows(diary: &Notebook, outcome: &str, all: Window) -> Vec<PhaseSummary> {
    let (column, reading) = (diary.column(outcome, all), Reading::at_the_end_of(all));
    phases(&column, &diary.regimen(), &diary.settled(all), all, &reading)
}

#[test]
fn a_phase_counts_its_settled_days_only() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(24, medicine, "start", 50.0);
    diary.mood(0..60, |day| if day < 24 { 3.0 } else { 6.0 } + wobble(day));
    let all = window(0, 59);
    let rows = phase_rows(&diary, "mood", all);
    assert_eq!(rows.len(), 2);
    // Before: 24 days. After: 36 days less 14 of wash-in.
    assert_eq!((rows[0].settled_days, rows[0].n, rows[0].left_out), (24, 24, 0));
    assert_eq!((rows[1].settled_days, rows[1].n, rows[1].left_out), (22, 22, 14));
    close(rows[0].mean.unwrap(), 3.0);
    close(rows[1].mean.unwrap(), 6.0);
    // 22 values half a point from their mean: sqrt(22 × 0.25 / 21).
    close(rows[1].spread.unwrap(), (5.5_f64 / 21.0).sqrt());
    assert!(rows[0].difference.is_none());
    let difference = rows[1].difference.as_ref().unwrap();
    let estimate = difference.estimate.unwrap();
    assert!((estimate.value - 3.0).abs() < 0.2, "{estimate:?}");
    assert_eq!(difference.n, 46);
}

#[test]
fn a_questionnaire_counts_only_if_all_it_looks_back_over_is_settled() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(20, medicine, "start", 50.0);
    for (number, total) in [(0, 15.0), (14, 16.0), (28, 14.0), (42, 10.0), (47, 8.0), (58, 9.0)] {
        diary.phq9(number, total);
    }
    let all = window(0, 59);
    let rows = phase_rows(&diary, "phq-9", all);
    // Settled from day 34 on, so a look back over 14 days must not start before: day 47 is the
    // first. Before the first step nothing is prescribed, so days 0 and 14 count.
    assert_eq!((rows[0].n, rows[0].left_out), (2, 0));
    assert_eq!((rows[1].n, rows[1].left_out), (2, 2));
    close(rows[1].mean.unwrap(), 8.5);
    // Three questionnaires are needed on each side.
    let difference = rows[1].difference.as_ref().unwrap();
    assert_eq!((difference.certainty, difference.estimate), (Certainty::NotEnoughYet, None));
}

fn card(diary: &Notebook, medicine: EntryId, outcome: &str, to: i32) -> DoseResponse {
    let regimen = diary.regimen();
    let all = window(0, to);
    let (name, reading) = ("Ordinal", Reading::at_the_end_of(all));
    let subject = Subject { diary: &diary.diary, regimen: &regimen, medicine, name };
    dose_response(subject, &diary.column(outcome, all), all, &reading).unwrap()
}

/// Nothing for 40 days, then 50, 100 and again 50 mg for 40 days each.
fn left_and_returned_to() -> (Notebook, EntryId) {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(40, medicine, "start", 50.0);
    diary.step(80, medicine, "increase", 100.0);
    diary.step(120, medicine, "decrease", 50.0);
    let level = |day: i32| match day {
        ..40 => 3.0,
        80..120 => 6.0,
        _ => 5.0,
    };
    diary.mood(0..160, |day| level(day) + wobble(day));
    (diary, medicine)
}

#[test]
fn a_dose_left_and_returned_to_earns_a_curve() {
    let (mut diary, medicine) = left_and_returned_to();
    let effect = json!({ "kind": "side-effect", "term": "nausea", "severity": "moderate",
        "onset": day(60).to_string(), "end": day(69).to_string() });
    diary.on(60, effect);
    let card = card(&diary, medicine, "mood", 159);
    assert!(card.is_dose_response);
    let [before, fifty, hundred] = card.levels.as_slice() else { panic!("{:?}", card.levels) };
    assert_eq!(before.level, LevelOf::Before);
    assert_eq!((before.days, before.rows.len(), before.left_out), (40, 40, 0));
    // 50 mg twice: 2 × (40 − 14) settled days.
    assert_eq!((fifty.level, fifty.times), (LevelOf::Dose(50.0), 2));
    assert_eq!((fifty.days, fifty.wash_in_days, fifty.rows.len()), (52, 28, 52));
    assert_eq!((hundred.days, hundred.wash_in_days, hundred.left_out), (26, 14, 14));
    for (level, mean) in card.levels.iter().zip([3.0, 5.0, 6.0]) {
        close(level.mean.unwrap(), mean);
        let estimate = level.estimate.unwrap();
        assert!(estimate.low < mean && mean < estimate.high);
    }
    // Ten days of a moderate side effect (2), all settled, over 52 days.
    close(fifty.side_effect_load.unwrap(), 20.0 / 52.0);
    assert_eq!(before.side_effect_load, Some(0.0));
    assert_eq!(card.curve, Some(vec![(0.0, 3.0), (50.0, 5.0), (100.0, 6.0)]));
    assert_eq!(card.direction, Direction::Both);
}

#[test]
fn a_return_without_enough_values_earns_none() {
    let (diary, medicine) = left_and_returned_to();
    // Up to day 139 only six settled days at the second 50 mg: 134 to 139.
    let card = card(&diary, medicine, "mood", 139);
    assert!(!card.is_dose_response);
    assert_eq!(card.curve, None);
}

#[test]
fn a_dose_that_only_rose_has_no_curve_and_names_what_changed_with_it() {
    let mut diary = Notebook::new();
    let (medicine, other) = (diary.unlisted("Ordinal"), diary.unlisted("Other"));
    diary.step(40, medicine, "start", 50.0);
    diary.step(80, medicine, "increase", 100.0);
    // Ten days after a step, within 14 days of wash-in; its own wash-in adds ten days left out.
    diary.step(90, other, "start", 10.0);
    diary.on(45, json!({ "kind": "therapy", "therapy": "Talking" }));
    diary.on(100, json!({ "kind": "therapy", "therapy": "Talking" }));
    diary.mood(0..140, |day| if day < 40 { 3.0 } else { 5.0 } + wobble(day));
    let card = card(&diary, medicine, "mood", 139);
    assert_eq!(
        (card.is_dose_response, card.curve, card.direction),
        (false, None, Direction::OnlyUp)
    );
    assert_eq!(card.changed_with, ["Talking", "Other"]);
    // 60 days on 100 mg less days 80 to 103.
    assert_eq!((card.levels[2].days, card.levels[2].wash_in_days), (36, 24));
    assert_eq!(card.levels[0].side_effect_load, None, "not recorded is not none");
    assert_ne!(card.finding.certainty, Certainty::Established);
}

/// 40 days without, 40 on 50 mg, 40 after the stop; the first fortnight after it is another mood.
#[test]
fn the_days_after_a_stop_are_washout_and_count_in_no_mean() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(40, medicine, "start", 50.0);
    diary.step(80, medicine, "stop", 0.0);
    let level = |day: i32| match day {
        40..80 => 6.0,
        80..94 => 9.0,
        _ => 3.0,
    };
    diary.mood(0..120, |day| level(day) + wobble(day));
    let card = card(&diary, medicine, "mood", 119);
    let without = card.levels.last().unwrap();
    assert_eq!((without.level, without.times), (LevelOf::Without, 1));
    // 40 days less 14 of washout: days 80 to 93.
    assert_eq!((without.days, without.wash_in_days, without.washout_days), (26, 0, 14));
    assert_eq!((without.rows.len(), without.left_out), (26, 14));
    close(without.mean.unwrap(), 3.0);
    let rows = phase_rows(&diary, "mood", window(0, 119));
    assert_eq!((rows[2].settled_days, rows[2].n, rows[2].left_out), (26, 26, 14));
    close(rows[2].mean.unwrap(), 3.0);
}

#[test]
fn the_washout_of_another_medicine_is_left_out_of_a_dose_that_stays() {
    let stopped_on = |stop: i32| {
        let mut diary = Notebook::new();
        let (medicine, other) = (diary.unlisted("Ordinal"), diary.unlisted("Other"));
        diary.step(0, other, "start", 10.0);
        diary.step(40, medicine, "start", 50.0);
        diary.step(stop, other, "stop", 0.0);
        let level = |day: i32| if (stop..stop + 14).contains(&day) { 9.0 } else { 5.0 };
        diary.mood(0..120, |day| level(day) + wobble(day));
        (phase_rows(&diary, "mood", window(0, 119)), card(&diary, medicine, "mood", 119))
    };
    let (rows, card) = stopped_on(70);
    // 80 days on 50 mg less its own wash-in, days 40 to 53, and the other's washout, 70 to 83.
    let fifty = &card.levels[1];
    assert_eq!((fifty.days, fifty.wash_in_days, fifty.washout_days), (52, 14, 14));
    assert_eq!((fifty.rows.len(), fifty.left_out), (52, 28));
    close(fifty.mean.unwrap(), 5.0);
    // The phase without the other: days 70 to 119.
    assert_eq!((rows[2].settled_days, rows[2].left_out), (36, 14));
    close(rows[2].mean.unwrap(), 5.0);

    // A day of both is one of wash-in: stopped on day 45, washout has days 54 to 58 for itself.
    let (_, card) = stopped_on(45);
    let fifty = &card.levels[1];
    assert_eq!((fifty.days, fifty.wash_in_days, fifty.washout_days), (61, 14, 5));
}

/// A dose from day 60 on whose days count from day 74 to day 179. A medicine that is the same one
/// spelled otherwise, a step a month and a half after it, one in the weeks before, a therapy whose
/// weekly sessions end, one that goes on from month to month, and what lies outside.
#[test]
fn what_changed_between_the_days_compared_is_inseparable_and_the_same_medicine_is_not() {
    let mut diary = Notebook::new();
    let ingredient = |name: &str| json!([{ "name": name, "reference": "ordinal" }]);
    let named = |name: &str, part: &str| json!({ "kind": "medicine", "name": name, "ingredients": ingredient(part) });
    let medicine = diary.on(0, named("Ordinal", "ordinal"));
    let same = diary.on(0, named("Ordinal drops", "Ordinal hydrochloride"));
    let [later, early, after] = ["Later", "Early", "After"].map(|name| diary.unlisted(name));
    diary.step(60, medicine, "start", 50.0);
    diary.step(60, same, "start", 25.0);
    diary.step(105, later, "start", 10.0);
    // Day 20 lies before the last day that counts before: day 59.
    diary.step(20, early, "start", 10.0);
    let session = |name: &str| json!({ "kind": "therapy", "therapy": name });
    for (name, days, every) in [("Talking", 4..131, 7), ("Group", 4..180, 30)] {
        for number in days.step_by(every) {
            diary.on(number, session(name));
        }
    }
    diary.mood(0..180, |day| if day < 60 { 3.0 } else { 5.0 } + wobble(day));
    let names = |diary: &Notebook| card(diary, medicine, "mood", 179).changed_with;
    // The last session of Talking is on day 130, six weeks and more before day 179.
    assert_eq!(names(&diary), ["Later", "Talking"]);
    diary.step(180, after, "start", 10.0);
    assert_eq!(names(&diary), ["Later", "Talking"], "a day after the days compared");
}

#[test]
fn a_level_with_too_few_days_has_no_interval_and_no_difference() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(40, medicine, "start", 50.0);
    diary.mood((0..40).chain(54..60), |day| 4.0 + wobble(day));
    let card = card(&diary, medicine, "mood", 59);
    assert!(card.levels[0].estimate.is_ok());
    assert_eq!(card.levels[1].estimate, Err(NotEstimable::TooFew { n: 6, needed: 21 }));
    assert_eq!(card.finding.estimate, None);
    assert_eq!(card.finding.certainty, Certainty::NotEnoughYet);
}

/// A start on day 60 with readings before it, and these since.
fn since_start(before: &[(i32, f64)], since: &[(i32, f64)]) -> TreatmentResponse {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(60, medicine, "start", 50.0);
    for (number, total) in before.iter().chain(since) {
        diary.phq9(*number, *total);
    }
    let row = reference::instruments().find("phq-9").unwrap();
    let column = diary.column("phq-9", window(0, 365));
    let (regimen, reading) = (diary.regimen(), Reading::at_the_end_of(window(0, 365)));
    let medicine = (medicine, "Ordinal");
    treatment_response(&column, row, &regimen, medicine, day(365), &reading).unwrap()
}

fn met(found: &TreatmentResponse, rule: Rule) -> (Option<bool>, Option<i32>) {
    let verdict = found.rules.iter().find(|verdict| verdict.rule == rule).unwrap();
    assert!(!verdict.sources.is_empty());
    (verdict.met, verdict.since.map(|since| since.since(day(0))))
}

/// The first reading lies 57 days before the start and does not count: (16 + 18 + 20) / 3 = 18.
const BEFORE: &[(i32, f64)] = &[(3, 27.0), (10, 16.0), (30, 18.0), (60, 20.0)];

#[test]
fn response_needs_two_readings_at_half_of_baseline() {
    let found = since_start(BEFORE, &[(75, 9.0), (89, 8.0)]);
    let baseline = found.baseline.unwrap();
    assert_eq!((baseline.n, baseline.from), (3, day(10)));
    close(baseline.mean, 18.0);
    close(found.change.unwrap(), -10.0);
    close(found.per_cent.unwrap(), -1000.0 / 18.0);
    assert_eq!(met(&found, Rule::Response), (Some(true), Some(75)));
    assert_eq!(met(&found, Rule::PartialResponse), (Some(false), None));
    assert_eq!(met(&found, Rule::Remission), (Some(false), None));
    assert_eq!(met(&found, Rule::ReliableImprovement), (Some(true), Some(75)));
    assert_eq!(met(&found, Rule::ReliableDeterioration), (Some(false), None));
    // 13.5 is a quarter less: both lie at or below it, one of them above the half.
    let found = since_start(BEFORE, &[(75, 13.0), (89, 9.0)]);
    assert_eq!(met(&found, Rule::Response), (Some(false), None));
    assert_eq!(met(&found, Rule::PartialResponse), (Some(true), Some(75)));
}

#[test]
fn one_reading_is_no_verdict() {
    let found = since_start(BEFORE, &[(75, 2.0)]);
    assert!(found.rules.iter().all(|verdict| verdict.met.is_none()));
    assert_eq!(found.finding.certainty, Certainty::NotEnoughYet);
    let found = since_start(&[(60, 20.0)], &[(75, 2.0), (89, 2.0)]);
    assert_eq!((found.baseline, found.change), (None, None));
    assert!(found.finding.why.iter().any(|why| why.id == "response.why-no-baseline"));
    assert!(found.rules.iter().all(|verdict| verdict.met.is_none()));
}

#[test]
fn relapse_is_two_high_readings_a_fortnight_apart_after_remission() {
    let well = [(75, 4.0), (89, 3.0)];
    let relapsed = [(103, 12.0), (117, 13.0)];
    let found = since_start(BEFORE, &[well, relapsed].concat());
    // The remission value is 3.5; 12 and 13 are at least 10 and at least 5 above it.
    assert_eq!(met(&found, Rule::Relapse), (Some(true), Some(103)));
    assert_eq!(met(&found, Rule::Remission), (Some(false), None));
    let apart = since_start(BEFORE, &[well, [(103, 12.0), (145, 13.0)]].concat());
    assert_eq!(met(&apart, Rule::Relapse), (Some(false), None), "six weeks apart");
    let never_well = since_start(BEFORE, &relapsed);
    assert_eq!(met(&never_well, Rule::Relapse), (Some(false), None));
}

#[test]
fn a_low_baseline_has_no_per_cent_and_no_rule_that_rests_on_one() {
    let found = since_start(&[(30, 4.0), (45, 4.0)], &[(75, 1.0), (89, 1.0)]);
    assert_eq!(found.per_cent, None);
    assert_eq!(met(&found, Rule::Response), (None, None));
    assert_eq!(met(&found, Rule::ReliableImprovement), (Some(false), None));
}

#[test]
fn claims_are_read_at_visits_every_four_weeks_and_when_a_diary_was_left() {
    let mut diary = Notebook::new();
    diary.mood(0..100, |day| 2.0 + 0.05 * f64::from(day) + wobble(day));
    diary.on(70, json!({ "kind": "visit", "with": "Dr Example" }));
    diary.on(120, json!({ "kind": "visit", "with": "Dr Example" }));
    let looks = |to: i32, today: i32| Looks::of(&diary.diary, window(0, to), day(today));
    // Days 28, 56 and 84, the visit on day 70; that of day 120 has not come yet.
    assert_eq!(looks(99, 99).days(), [28, 56, 70, 84].map(day));
    // Left after day 99 and opened years later: its end is a look too.
    assert_eq!(looks(99, 900).days().last(), Some(&day(99)));
    assert_eq!((looks(99, 99).last(day(27)), looks(99, 99).last(day(28))), (None, Some(day(28))));
    assert_eq!((looks(99, 99).next(day(27)), looks(99, 99).next(day(28))), (day(28), day(56)));

    // A visit makes no look when there was one in the two weeks before it: of the weekly ones of days 7 to 77
    // those of days 7, 21, 42 and 70 do.
    let weekly = (1..12).map(|week| day(7 * week)).collect();
    let looks_of_weekly = Looks::with_visits(weekly, window(0, 83), day(83));
    assert_eq!(looks_of_weekly.days(), [7, 21, 28, 42, 56, 70].map(day));

    // Opened on every day, a claim says the same until the next look.
    let words = doseline::report::Words::english();
    let opened = |number: i32| {
        let mut view = doseline::report::timeline(
            &diary.diary,
            &Default::default(),
            notebook::as_of(number),
            &words,
        )
        .unwrap();
        (view.lanes.remove(0).trend, view.phases.remove(0))
    };
    let (first, _) = opened(20);
    assert_eq!((first.n, first.look, first.value), (0, None, None));
    assert!(first.doubt.contains("29 January 2024"), "{}", first.doubt);
    assert_eq!(opened(69).0, opened(56).0);
    assert_ne!(opened(70).0.value, opened(69).0.value);
    // What was recorded since is counted and drawn all the same.
    assert_eq!((opened(69).0.look, opened(69).0.n, opened(69).1.n), (Some(day(56)), 57, 70));
}

/// The limit that the doubt of a trend over 100 days names. By hand: two days in five without a value
/// are more than three in ten; days 40 to 49 are a gap of ten, days 40 to 45 one of six.
#[test]
fn what_the_days_at_hand_are_a_limit_to_stands_beside_the_doubt() {
    let limit = |days: &dyn Fn(&i32) -> bool| {
        let mut diary = Notebook::new();
        diary.mood((0..100).filter(days), |day| 5.0 + wobble(day) + f64::from(day % 3));
        let doubt = trend(&diary.column("mood", window(0, 99)), window(0, 99)).doubt;
        match &doubt.params[..] {
            [(_, Param::Message(inner)), (_, Param::Message(limit))] => {
                assert_eq!((doubt.id, inner.id), ("limit.beside", "trend.interval"));
                Some((limit.id, limit.params.first().map(|(_, days)| days.clone())))
            }
            _ => None,
        }
    };
    assert_eq!(limit(&|_| true), None);
    assert_eq!(limit(&|day| day % 5 < 3), Some(("limit.many-missing", None)));
    let ten = Some(("limit.gap", Some(Param::Count(10))));
    assert_eq!(limit(&|day| !(40..50).contains(day)), ten);
    assert_eq!(limit(&|day| !(40..46).contains(day)), None);
}
