//! What is said of all pairs of points without looking at each, against looking at each.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::kendall::kendall_s;
use doseline::analysis::statistics::location::median_in_place;
use doseline::analysis::statistics::theil_sen::median_slope;
use proptest::prelude::*;

/// The definition: every pair of points at different times, in order of time.
fn pairs<'a>(t: &'a [f64], y: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    (0..t.len()).flat_map(move |i| {
        (0..t.len()).filter(move |j| t[*j] > t[i]).map(move |j| (t[j] - t[i], y[j] - y[i]))
    })
}

fn slope_by_definition(t: &[f64], y: &[f64]) -> Result<f64, NotEstimable> {
    let mut slopes: Vec<f64> = pairs(t, y).map(|(time, change)| change / time).collect();
    median_in_place(&mut slopes).map_err(|_| NotEstimable::Singular)
}

fn s_by_definition(t: &[f64], y: &[f64]) -> i64 {
    pairs(t, y).map(|(_, change)| i64::from(change > 0.0) - i64::from(change < 0.0)).sum()
}

/// Times that repeat or not, values with a trend that tie or not, in any order.
fn points() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let times = prop_oneof![Just(1.0), Just(0.25), Just(1e-4)];
    let values = prop_oneof![Just(0.0), Just(0.5), Just(4.0)];
    let start = prop_oneof![Just(0.0), Just(20_000.0)];
    let noise = prop::collection::vec((0.0..500.0, -3.0..3.0), 2..300);
    (noise, times, values, start, -0.05..0.05).prop_map(|(noise, time, value, start, trend)| {
        let rounded = |x: f64, to: f64| if to > 0.0 { (x / to).round() * to } else { x };
        noise
            .into_iter()
            .map(|(t, e)| (start + rounded(t, time), rounded(trend * t + e, value)))
            .unzip()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_median_slope_is_that_of_all_pairs((t, y) in points()) {
        prop_assert_eq!(median_slope(&t, &y), slope_by_definition(&t, &y));
    }

    #[test]
    fn s_counts_all_pairs((t, y) in points()) {
        prop_assert_eq!(kendall_s(&t, &y), Ok(s_by_definition(&t, &y)));
    }
}

/// Long enough for two rounds of narrowing; whole ratings tie in most of their pairs.
#[test]
fn long_series_agree_to_the_bit() {
    let t: Vec<f64> = (0..3_000).map(f64::from).collect();
    let wave = |day: &f64| 3.0 * (0.07 * day).sin() + (day * day * 0.618).rem_euclid(4.0);
    let smooth: Vec<f64> = t.iter().map(wave).collect();
    let ratings: Vec<f64> = smooth.iter().map(|v| v.round()).collect();
    let flat: Vec<f64> = smooth.iter().map(|v| if *v > 6.5 { 1.0 } else { 0.0 }).collect();
    for y in [smooth, ratings, flat] {
        assert_eq!(median_slope(&t, &y), slope_by_definition(&t, &y));
        assert_eq!(kendall_s(&t, &y), Ok(s_by_definition(&t, &y)));
    }
}

#[test]
fn points_without_an_answer_say_why() {
    assert_eq!(median_slope(&[1.0], &[1.0]), Err(NotEstimable::TooFew { n: 1, needed: 2 }));
    assert_eq!(median_slope(&[1.0, 1.0], &[1.0, 2.0]), Err(NotEstimable::Singular));
    assert_eq!(median_slope(&[1.0, 2.0], &[1.0]), Err(NotEstimable::OutOfDomain));
    assert_eq!(kendall_s(&[1.0, f64::NAN], &[1.0, 2.0]), Err(NotEstimable::OutOfDomain));
    assert_eq!((kendall_s(&[], &[]), kendall_s(&[1.0, 1.0], &[1.0, 2.0])), (Ok(0), Ok(0)));
}
