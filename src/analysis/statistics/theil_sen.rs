//! Theil–Sen: the median of the slopes between all pairs of points.
//!
//! One wild day moves it hardly at all (Theil 1950; Sen 1968, *J Am Stat Assoc* 63:1379–1389). n
//! points have n(n − 1)/2 slopes, but their median is found without looking at most of them. Take
//! a slope m off all points: a pair is steeper than m if it still rises, and less steep if it falls,
//! so the slopes below m are the falling pairs (see `falling`) of what is left, and those between
//! two slopes are the pairs that change places from one to the other. A sample of the pairs in
//! between says where the median must lie; the bracket closes around it until few enough
//! pairs are left to look at each (after Matoušek 1991, *Inf Process Lett* 39:183–187, and
//! Dillencourt, Mount & Netanyahu 1992, *Int J Comput Geom Appl* 2:1–27). The sample only decides
//! how long that takes, about two rounds of O(n log n); the answer does not depend on it.

use super::NotEstimable;
use super::falling::Pairs;
use super::inversion::{Inversions, Keyed, ordered};
use super::kendall::{Point, in_time};

/// Slopes of so many pairs for each point are looked at one by one.
const LOOKED_AT: u64 = 8;

/// Pairs for each point that a sample holds.
const SAMPLED: u64 = 2;

/// How far from where a sample of s pairs has its median the true one may lie: this times √s of
/// them. Three standard deviations.
const REACH: f64 = 1.5;

/// The median of all slopes between two points at different times (of an even number the mean of the
/// two middle ones), in units of `y` for one of `t`; the points in any order.
///
/// Where more than eight slopes for each point lie so close together that rounding cannot tell
/// which of them are the middle ones, one of these.
///
/// # Errors
/// [`NotEstimable::TooFew`] below two points, [`NotEstimable::Singular`] when all times are equal,
/// [`NotEstimable::OutOfDomain`] for a value that is not finite or lengths that differ.
pub fn median_slope(t: &[f64], y: &[f64]) -> Result<f64, NotEstimable> {
    let points = Points::in_time(t, y)?;
    let n = points.points.len();
    if n < 2 {
        return Err(NotEstimable::TooFew { n, needed: 2 });
    }
    let all = points.below(f64::INFINITY);
    if all == 0 {
        return Err(NotEstimable::Singular);
    }
    let everything = Bracket { low: f64::NEG_INFINITY, high: f64::INFINITY, below: 0, inside: all };
    let (lower, upper) = points.at_ranks(everything, (all - 1) / 2, all / 2);
    Ok(0.5 * (lower + upper))
}

/// The slopes between two.
#[derive(Clone, Copy)]
struct Bracket {
    low: f64,
    high: f64,
    /// How many are below `low`.
    below: u64,
    /// How many lie from `low` to below `high`.
    inside: u64,
}

impl Bracket {
    fn holds(&self, rank: u64) -> bool {
        self.below <= rank && rank < self.below + self.inside
    }

    /// What lies inside and below another.
    fn up_to(self, other: &Self) -> Self {
        Self { high: other.low, inside: other.below - self.below, ..self }
    }

    /// What lies inside and above another.
    fn from(self, other: &Self) -> Self {
        let below = other.below + other.inside;
        Self { low: other.high, below, inside: self.below + self.inside - below, ..self }
    }
}

/// Points in order of time, those of one time in order of their values.
struct Points {
    points: Vec<Point>,
    /// What is near the middle of them, taken off before slopes are.
    centre: (f64, f64),
    /// How far from it they lie at most.
    extent: (f64, f64),
    /// The shortest time between two that are not at the same time.
    shortest: f64,
}

impl Points {
    fn in_time(t: &[f64], y: &[f64]) -> Result<Self, NotEstimable> {
        let points = in_time(t, y)?;
        let centre = points.get(points.len() / 2).copied().unwrap_or_default();
        let extent = points.iter().fold((0.0_f64, 0.0_f64), |(time, value), point| {
            (time.max((point.0 - centre.0).abs()), value.max((point.1 - centre.1).abs()))
        });
        let gaps = points.windows(2).map(|pair| pair[1].0 - pair[0].0);
        let shortest = gaps.filter(|gap| *gap > 0.0).fold(f64::INFINITY, f64::min);
        Ok(Self { points, centre, extent, shortest })
    }

    /// The slopes at two ranks, the same or neighbours, counted from 0; both lie in the bracket.
    fn at_ranks(&self, mut bracket: Bracket, lower: u64, upper: u64) -> (f64, f64) {
        let n = self.points.len() as u64;
        loop {
            let few = bracket.inside <= LOOKED_AT * n;
            let stride = if few { 1 } else { bracket.inside.div_ceil(SAMPLED * n) };
            let mut slopes = self.slopes(&bracket, stride);
            slopes.sort_unstable_by(f64::total_cmp);
            let place = |rank| (((rank - bracket.below) / stride) as usize).min(slopes.len() - 1);
            let (at_lower, at_upper) = (place(lower), place(upper));
            let middle = slopes[at_lower];
            if few {
                return (middle, slopes[at_upper]);
            }
            let away = (REACH * (slopes.len() as f64).sqrt()) as usize + 1;
            let low = at_lower.checked_sub(away).map(|at| slopes[at] - self.blur(slopes[at]));
            let high = slopes.get(at_upper + away).map(|slope| slope + self.blur(*slope));
            let near = self.bracket(low.unwrap_or(bracket.low), high.unwrap_or(bracket.high));
            if near.holds(lower) && near.holds(upper) && near.inside <= bracket.inside / 2 {
                bracket = near;
                continue;
            }
            // The sample was unlucky, or many slopes are the same: those are set apart.
            let same = self.bracket(middle - self.blur(middle), middle + self.blur(middle));
            match (same.holds(lower), same.holds(upper)) {
                (true, true) => return (middle, middle),
                (true, false) => {
                    return (middle, self.at_ranks(bracket.from(&same), upper, upper).0);
                }
                (false, true) => {
                    return (self.at_ranks(bracket.up_to(&same), lower, lower).0, middle);
                }
                (false, false) if upper < same.below => bracket = bracket.up_to(&same),
                (false, false) => bracket = bracket.from(&same),
            }
        }
    }

    fn bracket(&self, low: f64, high: f64) -> Bracket {
        let below = self.below(low);
        Bracket { low, high, below, inside: self.below(high).saturating_sub(below) }
    }

    /// How far from `slope` the slope of a pair may lie and still be taken for one on its other
    /// side, for the rounding of what is left of the points.
    fn blur(&self, slope: f64) -> f64 {
        8.0 * f64::EPSILON * (self.extent.1 + slope.abs() * self.extent.0) / self.shortest
    }

    /// What is left of a point when a slope is taken off; of an infinite one, what orders alike.
    fn rest(&self, row: usize, slope: f64) -> f64 {
        let (t, y) = (self.points[row].0 - self.centre.0, self.points[row].1 - self.centre.1);
        if slope.is_finite() { y - slope * t } else { -slope.signum() * t }
    }

    /// Counts the slopes below one.
    fn below(&self, slope: f64) -> u64 {
        let rests: Vec<f64> = (0..self.points.len()).map(|row| self.rest(row, slope)).collect();
        Pairs::of(&rests).falling
    }

    /// One from every `stride` slopes inside a bracket.
    fn slopes(&self, bracket: &Bracket, stride: u64) -> Vec<f64> {
        let keyed = |row| Keyed { key: ordered(self.rest(row, bracket.low)), row: row as u32 };
        let mut rests: Vec<Keyed> = (0..self.points.len()).map(keyed).collect();
        Inversions::count(&mut rests);
        rests
            .iter_mut()
            .for_each(|rest| rest.key = ordered(self.rest(rest.row as usize, bracket.high)));
        let slope = |(earlier, later): (Keyed, Keyed)| {
            let (a, b) = (self.points[earlier.row as usize], self.points[later.row as usize]);
            (b.1 - a.1) / (b.0 - a.0)
        };
        Inversions::pick(&mut rests, stride).into_iter().map(slope).collect()
    }
}
