//! The tests that others use, beside which ours stand.

use doseline::analysis::statistics::distribution::StudentT;

use super::life::{Life, WASH_IN};
use super::resampling::block_permutation;
use crate::simulation::Random;

fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

/// Two-sided p-value of Welch's t.
pub(crate) fn welch(a: &[f64], b: &[f64]) -> Option<f64> {
    let ((mean_a, var_a), (mean_b, var_b)) = (moments(a), moments(b));
    let (share_a, share_b) = (var_a / a.len() as f64, var_b / b.len() as f64);
    let df = (share_a + share_b).powi(2)
        / (share_a.powi(2) / (a.len() - 1) as f64 + share_b.powi(2) / (b.len() - 1) as f64);
    Some(StudentT::new(df)?.two_sided((mean_b - mean_a) / (share_a + share_b).sqrt()))
}

/// Days before the start against settled days since, up to a day.
pub(crate) fn welch_at(life: &Life<'_>, day: i32) -> bool {
    let (_, before) = life.stretch(0, life.book.start - 1);
    let (_, after) = life.stretch(life.book.start + WASH_IN, day);
    before.len() > 1 && after.len() > 1 && welch(before, after).is_some_and(|p| p < 0.05)
}

/// A straight line through the days up to one: Pearson's r has the same p-value.
pub(crate) fn line_at(life: &Life<'_>, day: i32) -> bool {
    let (x, y) = life.stretch(0, day);
    if x.len() < 3 {
        return false;
    }
    let ((mean_x, _), (mean_y, _)) = (moments(x), moments(y));
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| of(x - mean_x, y - mean_y)).sum()
    };
    let r = sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    let df = x.len() as f64 - 2.0;
    let t = r * (df / (1.0 - r * r)).sqrt();
    StudentT::new(df).is_some_and(|student| student.two_sided(t) < 0.05)
}

/// Shuffles stretches of `block` days of what lies before and after 199 times, on the last day.
pub(crate) fn permutation(life: &Life<'_>, block: usize, random: &mut Random) -> bool {
    let (_, before) = life.stretch(0, life.book.start - 1);
    let (_, after) = life.stretch(life.book.start + WASH_IN, life.last);
    let mut draw = |below: usize| (random.uniform() * below as f64) as usize;
    let p = block_permutation(&[before, after].concat(), before.len(), block, 199, &mut draw);
    p.is_ok_and(|p| p <= 0.05)
}
