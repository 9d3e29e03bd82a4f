//! Properties that hold for every series: what must not matter to an interval does not.

mod simulation;

use doseline::analysis::statistics::gls::{Contrast, NoiseSource};
use doseline::analysis::statistics::level::{Levels, level_difference};
use doseline::analysis::statistics::noise::{NoiseModel, NoisePrior};
use doseline::analysis::statistics::slope::slope;
use doseline::analysis::statistics::{NotEstimable, change_point};
use proptest::prelude::*;
use simulation::{Noise, Random};

/// Irregular days (about a fifth missing) and autocorrelated values.
fn series(seed: u64, n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut random = Random::seeded(seed);
    let y = Noise::Autoregressive(0.4).series(&mut random, n, 1.0);
    let rows = y.into_iter().enumerate().map(|(day, v)| (day as f64, v));
    rows.filter(|_| random.uniform() > 0.2).unzip()
}

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale
}

/// Whether `b` is `a` times `factor`, to nine digits of the interval's width.
fn is_multiple(a: &Contrast, b: &Contrast, factor: f64) -> bool {
    let scale = (b.high - b.low).abs();
    let (low, high) = (a.low * factor, a.high * factor);
    close(b.estimate, a.estimate * factor, scale)
        && close(b.low, low.min(high), scale)
        && close(b.high, low.max(high), scale)
        && close(b.p_value, a.p_value, 1.0)
        && close(b.effective_n_low, a.effective_n_low, b.effective_n_low)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn shift_scale_and_reversal_of_a_slope(seed: u64, n in 20_usize..120, shift in -1e3..1e3, scale in 0.01..100.0) {
        let prior = NoisePrior::day_to_day();
        let (x, y) = series(seed, n);
        let plain = slope(&x, &y, &prior, 0.95).unwrap();
        let moved: Vec<f64> = y.iter().map(|v| v * scale + shift).collect();
        prop_assert!(is_multiple(&plain, &slope(&x, &moved, &prior, 0.95).unwrap(), scale));
        let upside_down: Vec<f64> = y.iter().map(|v| -v).collect();
        prop_assert!(is_multiple(&plain, &slope(&x, &upside_down, &prior, 0.95).unwrap(), -1.0));
        let backwards: Vec<f64> = x.iter().map(|day| 1_000.0 - day).collect();
        prop_assert!(is_multiple(&plain, &slope(&backwards, &y, &prior, 0.95).unwrap(), -1.0));
    }

    #[test]
    fn the_order_of_rows_and_of_phases(seed: u64, n in 40_usize..120) {
        let prior = NoisePrior::day_to_day();
        let (x, y) = series(seed, n);
        let half = x.len() / 2;
        let forth = level_difference((&x[..half], &y[..half]), (&x[half..], &y[half..]), &prior, 0.95).unwrap();
        let back = level_difference((&x[half..], &y[half..]), (&x[..half], &y[..half]), &prior, 0.95).unwrap();
        prop_assert!(is_multiple(&forth, &back, -1.0));
        let (rx, ry): (Vec<f64>, Vec<f64>) = x.iter().zip(&y).rev().unzip();
        let plain = slope(&x, &y, &prior, 0.95).unwrap();
        prop_assert_eq!(plain, slope(&rx, &ry, &prior, 0.95).unwrap());
    }

    /// A day written twice is a day: its mean counts once.
    #[test]
    fn several_values_a_day_count_once(seed: u64, n in 20_usize..80, spread in 0.0..3.0) {
        let prior = NoisePrior::day_to_day();
        let (x, y) = series(seed, n);
        let twice_x: Vec<f64> = x.iter().flat_map(|day| [*day, *day]).collect();
        let twice_y: Vec<f64> = y.iter().flat_map(|v| [v - spread, v + spread]).collect();
        let once = slope(&x, &y, &prior, 0.95).unwrap();
        let twice = slope(&twice_x, &twice_y, &prior, 0.95).unwrap();
        prop_assert!(is_multiple(&once, &twice, 1.0));
        prop_assert_eq!(once.n, twice.n);
        let swapped: Vec<f64> = y.iter().flat_map(|v| [v + spread, v - spread]).collect();
        prop_assert_eq!(twice, slope(&twice_x, &swapped, &prior, 0.95).unwrap());
    }

    /// A wider level of confidence contains a narrower one, and p agrees with the interval.
    #[test]
    fn intervals_nest_and_agree_with_p(seed: u64, n in 20_usize..120) {
        let prior = NoisePrior::day_to_day();
        let (x, y) = series(seed, n);
        let wide = slope(&x, &y, &prior, 0.95).unwrap();
        let narrow = slope(&x, &y, &prior, 0.5).unwrap();
        prop_assert!(wide.low < narrow.low && narrow.high < wide.high);
        let at_p = slope(&x, &y, &prior, 1.0 - wide.p_value).unwrap();
        prop_assert!(at_p.low.abs().min(at_p.high.abs()) <= 1e-7 * (wide.high - wide.low));
        prop_assert!(wide.effective_n_low <= wide.effective_n_high);
        prop_assert!(wide.effective_n_high <= wide.n as f64);
    }

    /// Change points do not depend on the unit or on where days are counted from.
    #[test]
    fn change_points_have_no_unit(seed: u64, shift in -1e3..1e3, scale in 0.01..100.0) {
        let prior = NoisePrior::day_to_day();
        let (x, mut y) = series(seed, 100);
        let half = y.len() / 2;
        y[half..].iter_mut().for_each(|v| *v += 2.0);
        let moved_y: Vec<f64> = y.iter().map(|v| v * scale + shift).collect();
        let moved_x: Vec<f64> = x.iter().map(|day| day + 20_000.0).collect();
        let plain = change_point::change_points(&x, &y, &prior, 0.95).unwrap();
        let moved = change_point::change_points(&moved_x, &moved_y, &prior, 0.95).unwrap();
        let rows = |found: &[change_point::Change]| found.iter().map(|c| c.index).collect::<Vec<_>>();
        prop_assert_eq!(rows(&plain), rows(&moved));
    }
}

#[test]
fn the_noise_is_estimated_from_thirty_residuals_on() {
    let prior = NoisePrior::day_to_day();
    let mut random = Random::seeded(5);
    let y = Noise::Autoregressive(0.0).series(&mut random, 32, 1.0);
    let x = simulation::days(32, 1.0);
    let source = |n: usize| slope(&x[..n], &y[..n], &prior, 0.95).unwrap().noise;
    assert_eq!((source(31), source(32)), (NoiseSource::Prior, NoiseSource::Estimated));
}

#[test]
fn a_phase_without_days_is_refused() {
    let prior = NoisePrior::day_to_day();
    let y = [1.0, 3.0, 2.0, 5.0, 4.0];
    let x = simulation::days(5, 1.0);
    assert_eq!(Levels::fit(&x, &y, &[0, 0, 2, 2, 2], &prior).err(), Some(NotEstimable::Singular));
    let levels = Levels::fit(&x, &y, &[0, 0, 1, 1, 1], &prior).unwrap();
    assert_eq!(levels.difference(0, 2, 0.95), Err(NotEstimable::OutOfDomain));
    assert_eq!(levels.difference(1, 1, 0.95), Err(NotEstimable::OutOfDomain));
    assert!(levels.level(1, 0.95).is_ok());
}

#[test]
fn impossible_noise_is_refused() {
    let sound = NoiseModel { fast: 0.5, slow_share: 0.0, slow_days: 60.0, weight: 1.0 };
    assert!(NoisePrior::of(vec![sound]).is_ok());
    for broken in [
        NoiseModel { fast: 1.0, ..sound },
        NoiseModel { fast: -0.1, ..sound },
        NoiseModel { slow_share: 1.0, ..sound },
        NoiseModel { slow_days: 0.0, ..sound },
        NoiseModel { weight: 0.0, ..sound },
        NoiseModel { weight: f64::NAN, ..sound },
    ] {
        assert_eq!(NoisePrior::of(vec![sound, broken]), Err(NotEstimable::OutOfDomain));
    }
    assert_eq!(NoisePrior::of(Vec::new()), Err(NotEstimable::OutOfDomain));
}

/// How far neighbours hang together before the data are seen, as the documents print it.
#[test]
fn the_prior_at_each_spacing_stands_in_the_methods() {
    let prior = NoisePrior::day_to_day();
    let total: f64 = prior.models().iter().map(|model| model.weight).sum();
    let correlation = |days: f64| {
        let of = |m: &NoiseModel| {
            m.weight
                * (m.slow_share * m.slow_after(days) + (1.0 - m.slow_share) * m.fast_after(1.0))
        };
        prior.models().iter().map(of).sum::<f64>() / total
    };
    let cells = [1.0, 7.0, 14.0, 28.0].map(|days| format!("{:.2}", correlation(days)));
    let row = format!("| correlation | {} |", cells.join(" | "));
    assert!(include_str!("../docs/methods.md").lines().any(|line| line == row), "{row}");
}
