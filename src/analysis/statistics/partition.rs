//! Partition: the best way to cut a series into stretches of constant mean.
//!
//! A **partition** cuts the series into segments; its cost is the sum of squares about the segment
//! means plus a **penalty** for each segment, so that a cut must earn its keep. The cheapest
//! partition of all is found exactly by going through the series once: the best partition of the
//! first t values ends in a segment after the best partition of some shorter beginning
//! (Jackson et al. 2005, *IEEE Signal Process Lett* 12:105–108). Beginnings that can no longer be
//! best at any level of the last segment are dropped (functional pruning: Maidstone, Hocking,
//! Rigaill & Fearnhead 2017, *Stat Comput* 27:519–533), which keeps the work near O(n log n) even
//! when there are few cuts.
//!
//! The cost supposes independent values of equal variance. In a slowly wandering series it cuts far
//! too often; whoever calls this answers for that.

use std::hint::select_unpredictable;

use super::NotEstimable;
use super::location::mean;
use super::pair::Pair;

/// The cheapest partition of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// Row of the first value of each segment; the first is 0.
    pub starts: Vec<usize>,
    /// Mean of each segment.
    pub means: Vec<f64>,
    /// Sum of squares about the means plus the penalty times the number of segments.
    pub objective: f64,
}

/// The partition of `values` that minimises squares plus `penalty` (≥ 0, in squared units of the
/// values) per segment, no segment shorter than `min_size` rows (at least 1).
///
/// # Errors
/// [`NotEstimable::TooFew`] for less than one whole segment, [`NotEstimable::OutOfDomain`] for a
/// non-finite value or a penalty below zero.
pub fn optimal_partition(
    values: &[f64],
    penalty: f64,
    min_size: usize,
) -> Result<Partition, NotEstimable> {
    let min_size = min_size.max(1);
    if values.len() < min_size {
        return Err(NotEstimable::TooFew { n: values.len(), needed: min_size });
    }
    if !(penalty.is_finite() && penalty >= 0.0) || values.iter().any(|value| !value.is_finite()) {
        return Err(NotEstimable::OutOfDomain);
    }

    let sums = RunningSums::of(values)?;
    let mut best = vec![f64::INFINITY; values.len() + 1];
    best[0] = 0.0;
    let mut last_start = vec![0; values.len() + 1];
    let mut envelope = Envelope::over(sums.lowest, sums.highest);
    for end in min_size..=values.len() {
        let newest = end - min_size;
        if best[newest].is_finite() {
            envelope.admit(Beginning::of(newest, best[newest], &sums));
        }
        let to = Beginning::of(end, 0.0, &sums);
        (best[end], last_start[end]) = envelope.cheapest(&to, penalty);
    }

    let mut starts = Vec::new();
    let mut end = values.len();
    while end > 0 {
        end = last_start[end];
        starts.push(end);
    }
    starts.reverse();
    summarise(values, starts, penalty)
}

fn summarise(values: &[f64], starts: Vec<usize>, penalty: f64) -> Result<Partition, NotEstimable> {
    let mut means = Vec::with_capacity(starts.len());
    let mut objective = penalty * starts.len() as f64;
    let ends = starts.iter().skip(1).copied().chain([values.len()]);
    for (&start, end) in starts.iter().zip(ends) {
        let segment = &values[start..end];
        let level = mean(segment)?;
        objective += segment.iter().map(|value| (value - level) * (value - level)).sum::<f64>();
        means.push(level);
    }
    Ok(Partition { starts, means, objective })
}

/// Sums and sums of squares of the first k values, taken about the overall mean so that a large
/// common offset costs no digits.
struct RunningSums {
    sum: Vec<f64>,
    square: Vec<f64>,
    lowest: f64,
    highest: f64,
}

impl RunningSums {
    fn of(values: &[f64]) -> Result<Self, NotEstimable> {
        let centre = mean(values)?;
        let mut sums = RunningSums {
            sum: Vec::with_capacity(values.len() + 1),
            square: Vec::with_capacity(values.len() + 1),
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
        };
        let (mut sum, mut square) = (0.0, 0.0);
        sums.sum.push(sum);
        sums.square.push(square);
        for value in values {
            let deviation = value - centre;
            sum += deviation;
            square += deviation * deviation;
            sums.sum.push(sum);
            sums.square.push(square);
            sums.lowest = if deviation < sums.lowest { deviation } else { sums.lowest };
            sums.highest = if deviation > sums.highest { deviation } else { sums.highest };
        }
        Ok(sums)
    }
}

/// The first values of the series, with what the last segment after them needs to know of them.
#[derive(Clone, Copy)]
struct Beginning {
    /// How many.
    rows: f64,
    sum: f64,
    square: f64,
    /// What the best partition of them costs.
    cost: f64,
}

impl Beginning {
    fn of(rows: usize, cost: f64, sums: &RunningSums) -> Self {
        Self { rows: rows as f64, sum: sums.sum[rows], square: sums.square[rows], cost }
    }
}

/// For every level the last segment could have, the beginning that is cheapest there.
struct Envelope {
    /// Neighbouring stretches of levels, ascending; each ends where the next begins.
    pieces: Vec<Piece>,
    /// The pieces to come, and the room of those that were.
    next: Vec<Piece>,
    /// What a last segment costs after each piece's beginning, two by two; kept for its room.
    costs: Vec<[f64; 2]>,
    lowest: f64,
    highest: f64,
}

/// The last segment comes after `after` if its level lies at or above `from`.
#[derive(Clone, Copy)]
struct Piece {
    from: f64,
    after: Beginning,
}

impl Envelope {
    fn over(lowest: f64, highest: f64) -> Self {
        Envelope { pieces: Vec::new(), next: Vec::new(), costs: Vec::new(), lowest, highest }
    }

    /// Lets a longer beginning compete. Against an older one the difference in cost as a function of
    /// the level is a parabola that later values leave unchanged, so what is lost now is lost for good.
    fn admit(&mut self, newest: Beginning) {
        if self.pieces.is_empty() {
            self.pieces.push(Piece { from: self.lowest, after: newest });
            return;
        }
        self.next.clear();
        let mut pieces = self.pieces.iter().peekable();
        while let Some(&Piece { from, after }) = pieces.next() {
            let to = pieces.peek().map_or(self.highest, |following| following.from);
            let rows = newest.rows - after.rows;
            let sum = newest.sum - after.sum;
            let excess = newest.square - after.square + after.cost - newest.cost;
            // Where the parabola is not above zero the older one stays as cheap.
            let stays_at = |level: f64| (rows * level - 2.0 * sum) * level + excess <= 0.0;
            let (stays_below, stays_above) = (stays_at(from), stays_at(to));
            if stays_below & stays_above {
                self.next.push(Piece { from, after });
                continue;
            }
            let discriminant = sum * sum - rows * excess;
            let has_lowest_within = (rows * from < sum) & (sum < rows * to);
            if !(stays_below | stays_above | (has_lowest_within & (discriminant >= 0.0))) {
                Self::append(&mut self.next, from, newest);
                continue;
            }
            // `f64::max` is a call in wasm.
            let half_width = if discriminant > 0.0 { discriminant.sqrt() } else { 0.0 };
            if stays_below {
                self.next.push(Piece { from, after });
            } else {
                Self::append(&mut self.next, from, newest);
                self.next.push(Piece { from: (sum - half_width) / rows, after });
            }
            if !stays_above {
                Self::append(&mut self.next, (sum + half_width) / rows, newest);
            }
        }
        std::mem::swap(&mut self.pieces, &mut self.next);
    }

    /// What the cheapest partition of `longer` costs, and where its last segment starts.
    fn cheapest(&mut self, longer: &Beginning, penalty: f64) -> (f64, usize) {
        let costs = |[a, b]: [&Piece; 2]| {
            let both = |part: fn(&Beginning) -> f64| Pair::of([part(&a.after), part(&b.after)]);
            let rows = Pair::twice(longer.rows) - both(|after| after.rows);
            let sum = Pair::twice(longer.sum) - both(|after| after.sum);
            let square = Pair::twice(longer.square) - both(|after| after.square);
            let squares = Pair::twice(0.0).larger(square - sum * sum / rows);
            (both(|after| after.cost) + Pair::twice(penalty) + squares).parts()
        };
        let (pairs, last) = self.pieces.as_chunks();
        self.costs.clear();
        self.costs.extend(pairs.iter().map(|[a, b]| costs([a, b])));
        self.costs.extend(last.iter().map(|last| costs([last; 2])));
        // No cost is below zero, and such floats are in order as whole numbers: see `inversion`.
        let (mut cheapest, mut start) = (f64::INFINITY.to_bits(), 0.0_f64.to_bits());
        for (cost, piece) in self.costs.as_flattened().iter().zip(&self.pieces) {
            let is_cheaper = cost.to_bits() < cheapest;
            cheapest = select_unpredictable(is_cheaper, cost.to_bits(), cheapest);
            start = select_unpredictable(is_cheaper, piece.after.rows.to_bits(), start);
        }
        (f64::from_bits(cheapest), f64::from_bits(start) as usize)
    }

    /// Lets the newest go on from `from`, if it is not there already.
    fn append(pieces: &mut Vec<Piece>, from: f64, newest: Beginning) {
        if pieces.last().is_none_or(|last| last.after.rows < newest.rows) {
            pieces.push(Piece { from, after: newest });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_penalty_is_refused() {
        assert_eq!(optimal_partition(&[1.0, 2.0], -1.0, 1), Err(NotEstimable::OutOfDomain));
    }

    /// Every partition of 12 values (2¹¹ of them) against the pruned search.
    #[test]
    fn no_partition_of_a_short_series_is_cheaper() {
        let values = [3.0, 2.5, 3.5, 7.0, 7.5, 6.0, 7.0, 1.0, 0.5, 1.5, 4.0, 4.0];
        for min_size in 1..=5 {
            for penalty in [0.0, 0.3, 1.0, 4.0, 40.0] {
                let cheapest = (0_u32..1 << 11)
                    .filter_map(|cuts| {
                        let mut starts = vec![0];
                        starts.extend((1..12).filter(|row| cuts >> (row - 1) & 1 == 1));
                        let ends = starts.iter().skip(1).chain(&[12]);
                        let long_enough =
                            starts.iter().zip(ends).all(|(start, end)| end - start >= min_size);
                        long_enough.then(|| summarise(&values, starts, penalty).unwrap().objective)
                    })
                    .fold(f64::INFINITY, f64::min);
                let found = optimal_partition(&values, penalty, min_size).unwrap();
                assert!((found.objective - cheapest).abs() <= 1e-12 * cheapest.max(1.0));
            }
        }
    }
}
