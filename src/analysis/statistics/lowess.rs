//! LOWESS: a smooth line through scattered points, one local straight line at a time.
//!
//! At each time a straight line is fitted to the nearest share of the points (the **span**), near
//! ones counting most (tricube weights), and its height there is the smooth. A **robustness pass**
//! repeats this with points far from the line counting less (bisquare of the residual over six
//! median absolute residuals), so that one wild day does not bend it. **Delta** saves work: within
//! it, fits are skipped and joined by straight lines.
//!
//! Cleveland 1979, *J Am Stat Assoc* 74:829–836. Checked against statsmodels and R `lowess`.
//! The neighbourhood slides along the sorted times: O(n + f · span · n) for f fitted points.

use std::ops::{Mul, Sub};

use super::NotEstimable;
use super::location::median_in_place;
use super::pair::Pair;

/// The weight above which a point has a say in a local line.
const CARRIES: f64 = 1e-12;

/// How a smooth is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothing {
    /// Share of the points in each local fit, 0 to 1; never fewer than two points.
    pub span: f64,
    /// Robustness passes after the first fit.
    pub passes: usize,
    /// In the unit of time: points nearer than this to the last fitted one are interpolated.
    pub delta: f64,
}

/// The smooth of `y` at each of the times `t` (ascending; equal times allowed), in the unit of `y`.
///
/// # Errors
/// [`NotEstimable::TooFew`] without points; [`NotEstimable::OutOfDomain`] for a span outside 0 to 1,
/// a negative delta, times that descend, a non-finite value or columns of different lengths.
pub fn lowess(t: &[f64], y: &[f64], smoothing: Smoothing) -> Result<Vec<f64>, NotEstimable> {
    let Smoothing { span, passes, delta } = smoothing;
    if t.is_empty() {
        return Err(NotEstimable::TooFew { n: 0, needed: 1 });
    }
    let usable = t.len() == y.len()
        && t.iter().chain(y).all(|value| value.is_finite())
        && t.is_sorted()
        && (0.0..=1.0).contains(&span)
        && delta >= 0.0;
    if !usable {
        return Err(NotEstimable::OutOfDomain);
    }

    let n = t.len();
    // The small addition keeps a span such as 0.3 of 10 points from losing one to rounding.
    let neighbours = ((span * n as f64 + 1e-10) as usize).clamp(2.min(n), n);
    let mut trust = vec![1.0; n];
    let mut residuals = vec![0.0; n];
    let mut fitted = vec![0.0; n];
    for pass in 0..=passes {
        smooth_once(t, y, &trust, neighbours, delta, &mut fitted);
        if pass == passes {
            break;
        }
        for ((residual, y), fitted) in residuals.iter_mut().zip(y).zip(&fitted) {
            *residual = (y - fitted).abs();
        }
        let mean = residuals.iter().sum::<f64>() / n as f64;
        let far = 6.0 * median_in_place(&mut residuals.clone())?;
        // Half of the points lie on the line already: as R does, leave it there.
        if far <= 1e-7 * mean {
            break;
        }
        for (trust, residual) in trust.iter_mut().zip(&residuals) {
            *trust = bisquare(residual / far);
        }
    }
    Ok(fitted)
}

fn smooth_once(
    t: &[f64],
    y: &[f64],
    trust: &[f64],
    neighbours: usize,
    delta: f64,
    fitted: &mut [f64],
) {
    let n = t.len();
    let range = t[n - 1] - t[0];
    let negligible = 1e-18 * range * range;
    let mut left = 0;
    let mut row = 0;
    let mut previous: Option<usize> = None;
    loop {
        let here = t[row];
        while left + neighbours < n && here > (t[left] + t[left + neighbours]) / 2.0 {
            left += 1;
        }
        let mut window = left..left + neighbours;
        // A neighbourhood without width holds every point of its time.
        while window.end < n && t[window.end] - t[left] == 0.0 {
            window.end += 1;
        }
        fitted[row] =
            local_line(&t[window.clone()], &y[window.clone()], &trust[window], here, negligible)
                .unwrap_or(y[row]);

        if let Some(previous) = previous {
            let (from, start) = (fitted[previous], t[previous]);
            let slope = (fitted[row] - from) / (here - start);
            for (fitted, t) in fitted[previous + 1..row].iter_mut().zip(&t[previous + 1..row]) {
                *fitted = from + (t - start) * slope;
            }
        }

        let reach = here + delta;
        let mut last = row;
        let mut next = row;
        for later in row + 1..n {
            next = later;
            if t[later] > reach {
                break;
            }
            if t[later] - here == 0.0 {
                fitted[later] = fitted[row];
                last = later;
            }
        }
        if last + 1 >= n {
            return;
        }
        previous = Some(last);
        row = (last + 1).max(next - 1);
    }
}

/// The height at `here` of the weighted line through a neighbourhood; `None` when fewer than two
/// points of a neighbourhood with any width carry weight.
fn local_line(t: &[f64], y: &[f64], trust: &[f64], here: f64, negligible: f64) -> Option<f64> {
    let radius = (here - t[0]).max(t[t.len() - 1] - here);
    let per_radius = if radius > 0.0 { 1.0 / radius } else { 0.0 };
    let (here_twice, per_radius_twice) = (Pair::twice(here), Pair::twice(per_radius));
    let mut sums = [Pair::twice(0.0); 5];
    let mut add = |t: [f64; 2], y: [f64; 2], trust: [f64; 2]| {
        let (d, y) = (Pair::of(t) - here_twice, Pair::of(y));
        let weight = tricube(d.abs() * per_radius_twice, Pair::twice(1.0)) * Pair::of(trust);
        let weighted_d = weight * d;
        sums[0] = sums[0] + weight;
        sums[1] = sums[1] + weighted_d;
        sums[2] = sums[2] + weighted_d * d;
        sums[3] = sums[3] + weight * y;
        sums[4] = sums[4] + weighted_d * y;
    };
    let ((t_pairs, t_last), (y_pairs, y_last)) = (t.as_chunks(), y.as_chunks());
    let (trust_pairs, trust_last) = trust.as_chunks();
    for ((t, y), trust) in t_pairs.iter().zip(y_pairs).zip(trust_pairs) {
        add(*t, *y, *trust);
    }
    if let ([t], [y], [trust]) = (t_last, y_last, trust_last) {
        add([*t, here], [*y, 0.0], [*trust, 0.0]);
    }
    let [sum, sum_d, sum_dd, sum_y, sum_dy] = sums.map(Pair::sum);
    // No weight is above one, so a sum above this has two points that carry some.
    if sum <= 1.0 + CARRIES * t.len() as f64 {
        let weight = |(t, trust): (&f64, &f64)| tricube((t - here).abs() * per_radius, 1.0) * trust;
        let carrying = t.iter().zip(trust).filter(|point| weight(*point) > CARRIES).count();
        if carrying == 0 || (carrying < 2 && radius > 0.0) {
            return None;
        }
    }
    let (mean_d, mean_y) = (sum_d / sum, sum_y / sum);
    let spread = sum_dd / sum - mean_d * mean_d;
    if spread <= negligible {
        return Some(mean_y);
    }
    Some(mean_y - mean_d * (sum_dy / sum - mean_d * mean_y) / spread)
}

/// (1 − u³)³ for 0 ≤ u ≤ 1.
fn tricube<N: Copy + Mul<Output = N> + Sub<Output = N>>(u: N, one: N) -> N {
    let rest = one - u * u * u;
    rest * rest * rest
}

/// (1 − u²)², flat within a thousandth of either end as in Cleveland's own program.
fn bisquare(u: f64) -> f64 {
    if u <= 0.001 {
        1.0
    } else if u >= 0.999 {
        0.0
    } else {
        (1.0 - u * u) * (1.0 - u * u)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Smoothing = Smoothing { span: 0.5, passes: 0, delta: 0.0 };

    #[test]
    fn points_all_at_one_time_have_their_mean_as_smooth() {
        let fitted = lowess(&[3.0; 4], &[1.0, 2.0, 3.0, 6.0], PLAIN);
        assert_eq!(fitted, Ok(vec![3.0; 4]));
    }

    #[test]
    fn times_that_descend_are_refused() {
        assert_eq!(lowess(&[1.0, 0.0], &[1.0, 2.0], PLAIN), Err(NotEstimable::OutOfDomain));
    }
}
