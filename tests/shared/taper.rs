//! The real taper: what the product says of one patient's published 239 days, and what it refuses to.
//! Every number of that section of `docs/methods.md` is made here and looked for there.

use std::fs;
use std::path::Path;

use doseline::analysis::Columns;
use doseline::analysis::statistics::autocorrelation::autocorrelation_with_gaps;
use doseline::analysis::statistics::change_point::best_single_split;
use doseline::analysis::statistics::distribution::normal_quantile;
use doseline::analysis::statistics::kendall::kendall_s;
use doseline::analysis::statistics::level::level_difference;
use doseline::analysis::statistics::noise::NoisePrior;
use doseline::diary::{ClockTime, Day, Diary};
use doseline::report::{
    AsOf, OutcomeLane, Timeline, TimelineOptions, Words, dose_response, outcomes, timeline,
};

use crate::folder::Outcome;
use crate::patient::{diary as real_taper, study_day};
use crate::simulation::{FAMILIES, Family, Random};

fn opened(diary: &Diary, outcome: &str) -> Timeline {
    let options = TimelineOptions { outcomes: Some(vec![outcome.into()]), ..Default::default() };
    timeline(diary, &options, today(), &Words::english()).unwrap()
}

fn today() -> AsOf {
    AsOf { today: Day::parse("2026-11-22").unwrap(), day_start: ClockTime::DEFAULT_DAY_START }
}

/// Fails unless each line stands in the documents' section on the taper.
fn stand_in_the_methods(lines: &[String]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/methods.md");
    let text = fs::read_to_string(file).unwrap();
    let missing: Vec<&String> =
        lines.iter().filter(|line| !text.lines().any(|known| known == line.as_str())).collect();
    for line in &missing {
        println!("{line}");
    }
    assert!(missing.is_empty(), "docs/methods.md lacks the lines above");
}

pub(crate) fn the_real_taper_cannot_tell_dose_from_time() -> Outcome {
    let diary = real_taper()?;
    let words = Words::english();
    let score = outcomes(&diary, &words).into_iter().find(|o| o.source == "assessment").unwrap();
    assert_eq!(score.count, 28);
    let view = opened(&diary, &score.outcome);
    assert_eq!((view.from.to_string(), view.to.since(view.from)), ("2012-08-13".into(), 238));
    let lane = &view.lanes[0];
    let days: Vec<f64> = lane.days.0.iter().map(|day| day.floor()).collect();
    let split = best_single_split(&days, &lane.values.0).unwrap();
    assert_eq!((study_day(split.day_before), study_day(split.day_after)), (127.0, 141.0));
    // The means printed in the task and in the oracles: 1.255 and 1.981.
    assert!((split.mean_before - 1.255).abs() < 5e-4 && (split.mean_after - 1.981).abs() < 5e-4);
    // Ten levels: 150 mg and nine steps down, the last of them to nothing.
    assert_eq!((view.doses[0].step_doses.0.len(), view.doses[0].step_doses.0[9]), (10, 0.0));
    let medicine = view.doses[0].medicine;
    let card = dose_response(&diary, medicine, &score.outcome, today(), &words).unwrap();
    assert!(!card.is_dose_response && card.curve.is_none());
    assert!(card.title.starts_with("What happened at each dose"), "{}", card.title);
    assert!(card.finding.sentence.contains("dose and time ran together"), "{:?}", card.finding);
    assert_eq!((card.finding.certainty, card.finding.value), ("not-estimable", None));

    let place = split.index;
    let (x, y) = (&days, &lane.values.0);
    let step = level_difference(
        (&x[..place], &y[..place]),
        (&x[place..], &y[place..]),
        &NoisePrior::day_to_day(),
        0.95,
    )
    .unwrap();
    stand_in_the_methods(&[
        format!(
            "- Best single split of the 28 weekly scores: between days 127 and 141, means {:.3} and {:.3}.",
            split.mean_before, split.mean_after
        ),
        format!(
            "- Taken as the only step and as if nobody had searched for it: {:.2} points, interval {:.2} to {:.2}.",
            step.estimate, step.low, step.high
        ),
        format!("- Dose card: \"{}\" {}", card.finding.sentence, card.finding.doubt),
    ]);
    Ok(())
}

fn row(lane: &OutcomeLane) -> String {
    let trend = &lane.trend;
    let slope = match (trend.low, trend.high) {
        (Some(low), Some(high)) => format!("{low:.3} to {high:.3}"),
        _ => "–".into(),
    };
    let changes: Vec<String> = (lane.change_points.iter())
        .map(|change| {
            let [day, low, high] =
                [change.day, change.low, change.high].map(|day| study_day(f64::from(day)));
            format!("day {day} ({low} to {high}), {}", change.finding.certainty)
        })
        .collect();
    let changes = if changes.is_empty() { "none".into() } else { changes.join("; ") };
    let name = &lane.outcome.name;
    format!("| {name} | {} | {slope} | {} | {changes} |", lane.values.0.len(), trend.sentence)
}

pub(crate) fn what_is_said_of_the_real_taper_blind_to_doses_stands_in_the_methods() -> Outcome {
    let diary = real_taper()?;
    let names = [
        "scl-90-r-depression-mean",
        "mood_down",
        "mood_irritat",
        "pat_worry",
        "phy_tired",
        "mor_qualsleep",
    ];
    let rows: Vec<String> = names.iter().map(|name| row(&opened(&diary, name).lanes[0])).collect();
    stand_in_the_methods(&rows);
    Ok(())
}

/// The lag-1 autocorrelation of each stretch of `window` readings, moved on by one: what a rolling
/// early warning looks at.
fn rolling(readings: &[Option<f64>], window: usize) -> Vec<f64> {
    let stretches = readings.windows(window);
    stretches
        .filter_map(|stretch| autocorrelation_with_gaps(stretch, 1).ok())
        .map(|r| r[1])
        .collect()
}

/// Kendall's tau of a course with time, and its z if the windows had nothing to do with each other
/// (Kendall 1938), which is how a rise is usually called significant.
fn rise(course: &[f64]) -> (f64, f64) {
    let (n, times) = (course.len() as f64, (0..course.len()).map(|place| place as f64));
    let s = kendall_s(&times.collect::<Vec<f64>>(), course).unwrap() as f64;
    (2.0 * s / (n * (n - 1.0)), s / (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt())
}

/// Days up to the last weekly score before the split, and days of the moving window.
const DAYS: usize = 127;
const WINDOW: usize = 30;

/// Rises of the rolling autocorrelation in `runs` series of a family, so many readings a day.
fn rises_in_noise(family: &Family, a_day: usize, runs: usize) -> Vec<(f64, f64)> {
    let mut random = Random::seeded(1);
    let one = |_| {
        let series = family.noise.series(&mut random, DAYS * a_day, 1.0 / a_day as f64);
        let readings: Vec<Option<f64>> = series.into_iter().map(Some).collect();
        rise(&rolling(&readings, WINDOW * a_day))
    };
    (0..runs).map(one).collect()
}

fn per_cent(found: &[(f64, f64)], is: impl Fn(&(f64, f64)) -> bool) -> f64 {
    100.0 * found.iter().filter(|rise| is(rise)).count() as f64 / found.len() as f64
}

fn called_significant((_, z): &(f64, f64)) -> bool {
    *z > normal_quantile(0.95)
}

fn gated() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().filter(|family| family.gated)
}

/// If the windows were independent, 5 %.
pub(crate) fn a_rolling_early_warning_rises_in_a_third_of_pure_noise() -> Outcome {
    for family in gated() {
        let share = per_cent(&rises_in_noise(family, 1, 200), called_significant);
        assert!((25.0..50.0).contains(&share), "{}: {share}", family.name);
    }
    Ok(())
}

/// Makes the tables of docs/methods.md on the rolling early warning.
pub(crate) fn table() -> Outcome {
    let mut lines = vec![];
    let in_noise: Vec<Vec<(f64, f64)>> =
        gated().map(|family| rises_in_noise(family, 1, 1_000)).collect();
    for (a_day, name) in [(1, "one"), (3, "three")] {
        let shares = gated().zip(&in_noise).map(|(family, daily)| match a_day {
            1 => per_cent(daily, called_significant),
            _ => per_cent(&rises_in_noise(family, a_day, 1_000), called_significant),
        });
        let cells: Vec<String> = shares.map(|share| format!("{share:.0} %")).collect();
        lines.push(format!("| {name} | {} |", cells.join(" | ")));
    }
    let diary = real_taper()?;
    let columns = Columns::of(&diary);
    for name in ["mood_down", "mood_irritat", "pat_worry", "phy_tired"] {
        let column = columns.find(name).unwrap();
        let means = column.day_means();
        let mut readings = vec![None; DAYS];
        for (day, value) in means.days.iter().zip(&means.values) {
            if let Some(reading) = readings.get_mut(study_day(*day) as usize - 1) {
                *reading = Some(*value);
            }
        }
        let (tau, z) = rise(&rolling(&readings, WINDOW));
        let shares = in_noise.iter().map(|found| per_cent(found, |(other, _)| *other >= tau));
        let (least, most) = shares
            .fold((100.0_f64, 0.0_f64), |(low, high), share| (low.min(share), high.max(share)));
        let name = Words::english().heading(&column.outcome.name);
        lines.push(format!("| {name} | {tau:.2} | {z:.1} | {least:.0} to {most:.0} % |"));
    }
    stand_in_the_methods(&lines);
    Ok(())
}
