//! The estimators natively, on the series that Node and Chromium are given too.

use std::time::Instant;

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::kendall::kendall_s;
use doseline::analysis::statistics::lowess::{Smoothing, lowess};
use doseline::analysis::statistics::partition::optimal_partition;
use doseline::analysis::statistics::theil_sen::median_slope;
use serde::Deserialize;
use serde_json::{Value, json};

/// One length of series.
#[derive(Deserialize)]
struct Series {
    t: Vec<f64>,
    y: Vec<f64>,
    steps: Vec<f64>,
    span: f64,
    passes: usize,
    delta: f64,
    penalty: f64,
}

/// Runs of each estimator, the first of which warms up.
const RUNS: usize = 10;
/// Milliseconds that a run takes at least, by calling the estimator again.
const LEAST: f64 = 4.0;

/// One row for each of the files: milliseconds and, to compare, what was answered.
pub(crate) fn measure(files: &[String]) -> Vec<Value> {
    files.iter().map(|file| row(file).expect("a series with answers")).collect()
}

fn row(file: &str) -> Result<Value, NotEstimable> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let Series { t, y, steps, span, passes, delta, penalty } =
        serde_json::from_str(&text).expect("a series");
    let smoothing = Smoothing { span, passes, delta };
    Ok(json!({
        "n": t.len(),
        "slope": timed(|| median_slope(&t, &y)),
        "kendall": timed(|| kendall_s(&t, &y)),
        "smooth": timed(|| lowess(&t, &y, smoothing)),
        "steps": timed(|| optimal_partition(&steps, penalty, 1)),
        "answers": [
            median_slope(&t, &y)?,
            kendall_s(&t, &y)? as f64,
            lowess(&t, &y, smoothing)?.iter().sum::<f64>(),
            optimal_partition(&steps, penalty, 1)?.starts.iter().sum::<usize>() as f64,
        ],
    }))
}

/// The median milliseconds of a call.
fn timed<T>(mut call: impl FnMut() -> T) -> f64 {
    let mut run = |calls: usize| {
        let begun = Instant::now();
        (0..calls).for_each(|_| drop(std::hint::black_box(call())));
        begun.elapsed().as_secs_f64() * 1e3 / calls as f64
    };
    let calls = (LEAST / run(1)).ceil().clamp(1.0, 1e4) as usize;
    let mut times: Vec<f64> = (0..RUNS).map(|_| run(calls)).skip(1).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
