//! How often the control chart raises a false alarm, and how long it takes for a true one.
//!
//! `cargo test --release --test control_chart -- --ignored --nocapture` prints the table from which
//! the limit was taken.

mod simulation;

use doseline::analysis::statistics::control_chart::{ControlChart, LIMIT, WEIGHT};
use simulation::{Noise, Random};

/// Days of the baseline and days watched after it.
const BASELINE: usize = 56;
const WATCHED: usize = 365;

const FAMILIES: [(&str, Noise); 8] = [
    ("white", Noise::Autoregressive(0.0)),
    ("AR(1) 0.3", Noise::Autoregressive(0.3)),
    ("AR(1) 0.6", Noise::Autoregressive(0.6)),
    ("AR(1) 0.8", Noise::Autoregressive(0.8)),
    ("slow 30 %", Noise::SlowWave { share: 0.3, days: 45.0, fast: 0.0 }),
    ("slow 50 %", Noise::SlowWave { share: 0.5, days: 45.0, fast: 0.0 }),
    ("slow 70 %", Noise::SlowWave { share: 0.7, days: 45.0, fast: 0.0 }),
    ("weekly", Noise::WeeklyCycle),
];

/// The limit a textbook gives for days that know nothing of each other: 2.7 standard errors of an
/// EWMA (Lucas & Saccucci 1990, doi 10.1080/00401706.1990.10484583, ARL about 500).
fn textbook_limit() -> f64 {
    2.7 * (WEIGHT / (2.0 - WEIGHT)).sqrt()
}

/// What a series is turned into before it is charted.
#[derive(Clone, Copy)]
enum Scale {
    /// As it is.
    Fine,
    /// A rating in whole points from 0 to 10, about 5 with a spread of 1.5.
    Rating,
}

/// When the baseline begins.
#[derive(Clone, Copy)]
enum Begins {
    /// On any day.
    AnyDay,
    /// On the first of two days, a fortnight apart, before each of which a fortnight was better by
    /// half a standard deviation: as with two readings of a questionnaire in remission.
    AtAGoodTime,
}

impl Begins {
    /// Where a baseline begins in a series, within its first year or else at the end of that.
    fn place(self, series: &[f64]) -> usize {
        let fortnight = |end: usize| series[end - 14..end].iter().sum::<f64>() / 14.0;
        match self {
            Self::AnyDay => 0,
            Self::AtAGoodTime => (14..WATCHED)
                .find(|day| fortnight(*day) < -0.5 && fortnight(day + 14) < -0.5)
                .unwrap_or(WATCHED),
        }
    }
}

struct Rates {
    /// False alarms in a year of watching.
    a_year: f64,
    /// Share of years without one.
    quiet: f64,
    /// Median days until an alarm after a shift of one, two and three standard deviations.
    delays: [Option<usize>; 3],
}

fn rates(
    noise: Noise,
    scale: Scale,
    (begins, missing): (Begins, f64),
    limit: f64,
    runs: u64,
) -> Rates {
    let (mut alarms, mut quiet) = (0_usize, 0_usize);
    let mut delays = [const { Vec::new() }; 3];
    for run in 0..runs {
        let mut random = Random::seeded(run);
        let series = noise.series(&mut random, BASELINE + 2 * WATCHED, 1.0);
        let series = &series[begins.place(&series)..];
        let known: Vec<bool> = series.iter().map(|_| random.uniform() >= missing).collect();
        let of = |days: std::ops::Range<usize>, add: f64| -> Vec<f64> {
            let on_scale = |value: f64| match scale {
                Scale::Fine => value,
                Scale::Rating => (5.0 + 1.5 * value).round().clamp(0.0, 10.0),
            };
            days.filter(|day| known[*day]).map(|day| on_scale(series[day] + add)).collect()
        };
        let watched = BASELINE..BASELINE + WATCHED;
        let chart = ControlChart::of(&of(0..BASELINE, 0.0), 0.05).unwrap();
        let found = chart.run(&of(watched.clone(), 0.0), WEIGHT, limit).alarms.len();
        alarms += found;
        quiet += usize::from(found == 0);
        for (delays, shift) in delays.iter_mut().zip([1.0, 2.0, 3.0]) {
            let course = chart.run(&of(watched.clone(), shift), WEIGHT, limit);
            let value = course.alarms.first().map(|(place, _)| *place);
            let mut days = watched.clone().filter(|day| known[*day]);
            let day = value.and_then(|place| days.nth(place));
            delays.push(day.map_or(usize::MAX, |day| day - BASELINE + 1));
        }
    }
    let delays = delays.map(|mut days| {
        days.sort_unstable();
        Some(days[days.len() / 2]).filter(|days| *days < usize::MAX)
    });
    let of_all = |count: usize| count as f64 / runs as f64;
    Rates { a_year: of_all(alarms), quiet: of_all(quiet), delays }
}

#[test]
fn there_is_at_most_one_false_alarm_a_year_in_every_noise_family() {
    for (name, noise) in FAMILIES {
        for (scale, begins, missing) in [
            (Scale::Fine, Begins::AnyDay, 0.0),
            (Scale::Rating, Begins::AtAGoodTime, 0.0),
            (Scale::Fine, Begins::AtAGoodTime, 0.2),
        ] {
            // The mean of 300 years has a standard error of about 0.06 where alarms bunch most.
            let rates = rates(noise, scale, (begins, missing), LIMIT, 300);
            assert!(rates.a_year <= 1.0 + 2.0 * 0.06, "{name}: {}", rates.a_year);
        }
    }
}

#[test]
fn the_textbook_limit_would_not_hold() {
    for (name, noise) in FAMILIES.into_iter().filter(|(name, _)| name.starts_with("slow")) {
        let rates = rates(noise, Scale::Fine, (Begins::AtAGoodTime, 0.0), textbook_limit(), 100);
        assert!(rates.a_year > 1.1, "{name}: {}", rates.a_year);
    }
}

#[test]
fn an_alarm_lasts_until_the_chart_is_back_at_the_usual_level() {
    let chart = ControlChart::of(&[4.0, 6.0], 0.05).unwrap();
    // Mean 5, spread √2. Two jumps of ten spreads move a chart of weight 0.5 to 5 and 7.5; back at
    // the mean it falls to 3.75 and 1.875; one value ten spreads below takes it to −4.0625.
    let far = 10.0 * 2.0_f64.sqrt();
    let values = [5.0, 5.0 + far, 5.0 + far, 5.0, 5.0, 5.0 - far];
    let course = chart.run(&values, 0.5, 4.0);
    for (found, expected) in course.chart.iter().zip([0.0, 5.0, 7.5, 3.75, 1.875, -4.0625]) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
    assert_eq!(course.alarms, [(1, Some(5))]);
    assert_eq!(chart.run(&values[..5], 0.5, 4.0).alarms, [(1, None)]);
}

#[test]
fn a_baseline_without_spread_takes_the_least_one() {
    let flat = ControlChart::of(&[3.0; 30], 0.5).unwrap();
    assert!((flat.spread - 0.5).abs() < 1e-12);
    assert!(ControlChart::of(&[3.0], 0.5).is_err());
    assert!(ControlChart::of(&[3.0, f64::NAN], 0.5).is_err());
    assert!(ControlChart::of(&[3.0, 4.0], 0.0).is_err());
}

#[test]
#[ignore = "prints the table of the module's documentation"]
fn table() {
    println!("| noise | begins | missing | a year | none in | 1 SD | 2 SD | 3 SD | textbook |");
    for (name, noise) in FAMILIES {
        for (scale, rated, begins, begun, missing) in [
            (Scale::Fine, "", Begins::AnyDay, "any day", 0.0),
            (Scale::Fine, "", Begins::AnyDay, "any day", 0.2),
            (Scale::Fine, "", Begins::AtAGoodTime, "at a good time", 0.0),
            (Scale::Rating, ", rated 0–10", Begins::AtAGoodTime, "at a good time", 0.0),
        ] {
            let ours = rates(noise, scale, (begins, missing), LIMIT, 5000);
            let textbook = rates(noise, scale, (begins, missing), textbook_limit(), 500);
            let days = ours.delays.map(|days| days.map_or("–".into(), |days| days.to_string()));
            println!(
                "| {name}{rated} | {begun} | {:.0} % | {:.2} | {:.0} % | {} | {:.1} |",
                100.0 * missing,
                ours.a_year,
                100.0 * ours.quiet,
                days.join(" | "),
                textbook.a_year
            );
        }
    }
}
