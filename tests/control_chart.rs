//! How often the control chart raises a false alarm, and how long it takes for a true one.
//!
//! `cargo test --release --test control_chart -- --ignored --nocapture` prints the table from which
//! the limit was taken.

mod simulation;

use doseline::analysis::relapse_watch::WEEKS_UNSEEN;
use doseline::analysis::statistics::control_chart::{ControlChart, LIMIT, WEIGHT};
use simulation::{FAMILIES, Noise, Random};

/// Days of the baseline and days watched after it.
const BASELINE: usize = 56;
const WATCHED: usize = 365;

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

/// Which days have a value.
#[derive(Clone, Copy)]
enum Known {
    /// All but this share, at random.
    Without(f64),
    /// Every other day of the baseline, the fewest that the claim takes, and all days after it.
    HalfOfTheBaseline,
}

impl Known {
    fn days(self, n: usize, random: &mut Random) -> Vec<bool> {
        let is_known = |day: usize| match self {
            Self::Without(share) => random.uniform() >= share,
            Self::HalfOfTheBaseline => day >= BASELINE || day.is_multiple_of(2),
        };
        (0..n).map(is_known).collect()
    }
}

/// How a year is watched.
#[derive(Clone, Copy)]
struct Watch {
    scale: Scale,
    begins: Begins,
    known: Known,
}

/// A rating with every day known, from a good time on: what the claim watches.
const RATED: Watch =
    Watch { scale: Scale::Rating, begins: Begins::AtAGoodTime, known: Known::Without(0.0) };

struct Rates {
    /// False alarms in a year of watching.
    a_year: f64,
    /// The standard error of that mean.
    error: f64,
    /// Share of years without one.
    quiet: f64,
    /// Median days until an alarm after a shift of one, two and three standard deviations.
    delays: [Option<usize>; 3],
}

fn rates(noise: Noise, watch: Watch, limit: f64, runs: u64) -> Rates {
    let (mut alarms, mut squares, mut quiet) = (0_usize, 0_usize, 0_usize);
    let mut delays = [const { Vec::new() }; 3];
    for run in 0..runs {
        let mut random = Random::seeded(run);
        let series = noise.series(&mut random, BASELINE + 2 * WATCHED, 1.0);
        let series = &series[watch.begins.place(&series)..];
        let known = watch.known.days(series.len(), &mut random);
        let of = |days: std::ops::Range<usize>, add: f64| -> Vec<f64> {
            let on_scale = |value: f64| match watch.scale {
                Scale::Fine => value,
                Scale::Rating => (5.0 + 1.5 * value).round().clamp(0.0, 10.0),
            };
            days.filter(|day| known[*day]).map(|day| on_scale(series[day] + add)).collect()
        };
        let watched = BASELINE..BASELINE + WATCHED;
        let chart = ControlChart::of(&of(0..BASELINE, 0.0), 0.05).unwrap();
        let found = chart.run(&of(watched.clone(), 0.0), WEIGHT, limit).alarms.len();
        alarms += found;
        squares += found * found;
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
    let a_year = of_all(alarms);
    let error = ((of_all(squares) - a_year * a_year).max(0.0) / runs as f64).sqrt();
    Rates { a_year, error, quiet: of_all(quiet), delays }
}

#[test]
fn there_is_at_most_one_false_alarm_a_year_in_every_noise_family() {
    let fine = Watch { scale: Scale::Fine, ..RATED };
    let watches = [
        Watch { begins: Begins::AnyDay, ..fine },
        RATED,
        Watch { known: Known::Without(0.2), ..fine },
        Watch { known: Known::Without(0.4), ..RATED },
        Watch { known: Known::HalfOfTheBaseline, ..RATED },
    ];
    for family in FAMILIES {
        for watch in watches {
            let rates = rates(family.noise, watch, LIMIT, 300);
            let (name, a_year) = (family.name, rates.a_year);
            assert!(a_year <= 1.0 + 2.0 * rates.error, "{name}: {a_year} ± {}", rates.error);
        }
    }
}

#[test]
fn the_textbook_limit_would_not_hold() {
    let slow = |noise| matches!(noise, Noise::SlowWave { days: 45.0, fast: 0.0, .. });
    for family in FAMILIES.iter().filter(|family| slow(family.noise)) {
        let watch = Watch { scale: Scale::Fine, ..RATED };
        let rates = rates(family.noise, watch, textbook_limit(), 100);
        assert!(rates.a_year > 1.1, "{}: {}", family.name, rates.a_year);
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
#[ignore = "prints the table of docs/methods.md"]
fn table() {
    println!("| noise | begins | missing | a year | none in | 1 SD | 2 SD | 3 SD | textbook |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let (good, any) = (Begins::AtAGoodTime, Begins::AnyDay);
    for family in FAMILIES {
        for (scale, rated, begins, begun, known, missing) in [
            (Scale::Fine, "", any, "any day", Known::Without(0.0), "0 %"),
            (Scale::Fine, "", any, "any day", Known::Without(0.2), "20 %"),
            (Scale::Fine, "", good, "at a good time", Known::Without(0.0), "0 %"),
            (Scale::Rating, ", rated 0–10", good, "at a good time", Known::Without(0.0), "0 %"),
            (Scale::Rating, ", rated 0–10", good, "at a good time", Known::Without(0.4), "40 %"),
            (
                Scale::Rating,
                ", rated 0–10",
                good,
                "at a good time",
                Known::HalfOfTheBaseline,
                "28 days of the baseline",
            ),
        ] {
            let watch = Watch { scale, begins, known };
            let ours = rates(family.noise, watch, LIMIT, 5000);
            let textbook = rates(family.noise, watch, textbook_limit(), 500);
            let days = ours.delays.map(|days| days.map_or("–".into(), |days| days.to_string()));
            println!(
                "| {}{rated} | {begun} | {missing} | {:.2} | {:.0} % | {} | {:.1} |",
                family.name,
                ours.a_year,
                100.0 * ours.quiet,
                days.join(" | "),
                textbook.a_year
            );
        }
    }
}

/// What people are told of the delay is what the printed table says. A baseline on the way to recovery is
/// not like the days to come, which the claim assumes: its change is not seen within a year.
#[test]
fn the_delay_that_people_are_told_is_that_of_the_table() {
    let methods = include_str!("../docs/methods.md");
    let rows = methods.lines().skip_while(|line| !line.starts_with("| noise | begins | missing |"));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    let (mut days, mut never) = (Vec::new(), Vec::new());
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        match cells[7].parse::<f64>() {
            Ok(delay) => days.push(delay),
            Err(_) => never.push((cells[1], cells[2])),
        }
    }
    assert_eq!(never, [("recovery curve", "any day"); 2]);
    let weeks = |days: f64| (days / 7.0).round() as usize;
    let fewest = days.iter().copied().fold(f64::INFINITY, f64::min);
    let most = days.iter().copied().fold(0.0, f64::max);
    assert_eq!(
        (days.len() > 50, weeks(fewest), weeks(most)),
        (true, WEEKS_UNSEEN.0, WEEKS_UNSEEN.1)
    );
}
