//! Statistics by themselves, for `cargo xtask bench`: built with the feature `bench` alone. The
//! package carries none of these functions, and of what they call only what the product uses.

use wasm_bindgen::prelude::*;

use crate::analysis::statistics::NotEstimable;
use crate::analysis::statistics::kendall::kendall_s;
use crate::analysis::statistics::lowess::{Smoothing, lowess};
use crate::analysis::statistics::partition::optimal_partition;
use crate::analysis::statistics::theil_sen::median_slope;

type Answer<T> = Result<T, JsError>;

fn answer<T>(result: Result<T, NotEstimable>) -> Answer<T> {
    result.map_err(JsError::from)
}

/// See [`median_slope`].
#[wasm_bindgen(js_name = medianSlope)]
pub fn slope(t: &[f64], y: &[f64]) -> Answer<f64> {
    answer(median_slope(t, y))
}

/// See [`kendall_s`].
#[wasm_bindgen(js_name = kendallS)]
pub fn kendall(t: &[f64], y: &[f64]) -> Answer<f64> {
    answer(kendall_s(t, y)).map(|s| s as f64)
}

/// See [`lowess`].
#[wasm_bindgen]
pub fn smooth(t: &[f64], y: &[f64], span: f64, passes: usize, delta: f64) -> Answer<Vec<f64>> {
    answer(lowess(t, y, Smoothing { span, passes, delta }))
}

/// The first rows of the segments of the cheapest partition: see [`optimal_partition`].
#[wasm_bindgen(js_name = segmentStarts)]
pub fn segment_starts(y: &[f64], penalty: f64) -> Answer<Vec<u32>> {
    let partition = answer(optimal_partition(y, penalty, 1))?;
    Ok(partition.starts.into_iter().map(|start| start as u32).collect())
}
