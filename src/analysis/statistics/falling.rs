//! Falling: how many pairs of a sequence fall, the later value being the smaller, and how many tie.
//!
//! The values are put into **bins**, evenly wide and about as many as there are values. Pairs in two
//! bins are counted by a tree whose nodes have four children each: on its way to its bin a value adds
//! one to the siblings before its own at each level, and reads how many earlier ones went to siblings
//! after it. Pairs in one bin stand near each other once the values are in order of their bins, and
//! each is compared with the few before it; a crowded bin is sorted.
//!
//! That takes O(n log n), as sorting would, but hardly a branch depends on the values: a processor
//! that guesses wrong at every third value loses more time than it counts in.

use std::ops::Range;

use super::inversion::{Inversions, ordered};

/// Values fewer places apart than this are compared whatever their bins, longer bins by themselves.
const NEAR: usize = 6;

/// A bin of more values is crowded.
const CROWD: usize = 64;

/// Added to a number from 0 to 2³² it leaves the nearest whole one in the lower half of the bits.
const TO_WHOLE: f64 = 4_503_599_627_370_496.0;

/// For each child of a node, a one for every sibling before it.
const BEFORE: [[u32; 4]; 4] = [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]];

/// Pairs that do not rise.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) falling: u64,
    pub(super) tied: u64,
}

impl Pairs {
    /// Counts the pairs of fewer than 2³² values.
    pub(super) fn of(values: &[f64]) -> Self {
        let mut pairs = Self::default();
        let Some(bits) = values.len().checked_ilog2() else { return pairs };
        let bins = bins(values, bits);
        pairs.count_within(&bins, values, bits);
        pairs.count_between(bins, bits);
        pairs
    }

    /// Counts the pairs of values that share a bin.
    fn count_within(&mut self, bins: &[u32], values: &[f64], bits: u32) {
        let mut places = vec![0_u32; 1 << bits];
        bins.iter().for_each(|bin| places[*bin as usize] += 1);
        let mut begin = 0;
        for place in &mut places {
            (*place, begin) = (begin, begin + *place);
        }
        let mut binned = vec![0.0; values.len()];
        for (bin, value) in bins.iter().zip(values) {
            let place = &mut places[*bin as usize];
            binned[*place as usize] = *value;
            *place += 1;
        }
        let mut begin = 0;
        for end in places.into_iter().map(|end| end as usize) {
            if end - begin > CROWD {
                self.count_sorting(&mut binned[begin..end]);
            } else if end - begin > NEAR {
                self.compare(&binned[begin..end], NEAR..end - begin);
            }
            begin = end;
        }
        self.compare(&binned, 1..NEAR.min(values.len()));
    }

    /// Counts the pairs of values so many places apart.
    fn compare(&mut self, values: &[f64], distances: Range<usize>) {
        let (mut falling, mut not_rising) = (0, 0);
        for distance in distances {
            for (earlier, later) in values.iter().zip(&values[distance..]) {
                falling += u64::from(earlier > later);
                not_rising += u64::from(earlier >= later);
            }
        }
        self.falling += falling;
        self.tied += not_rising - falling;
    }

    /// Counts the pairs of a crowded bin and leaves nothing there to compare.
    #[cold]
    fn count_sorting(&mut self, crowd: &mut [f64]) {
        let mut keys: Vec<u64> = crowd.iter().map(|value| ordered(*value)).collect();
        if !keys.is_sorted() {
            self.falling += Inversions::count(&mut keys);
        }
        let sizes = keys.chunk_by(u64::eq).map(|same| same.len() as u64);
        self.tied += sizes.map(|size| size * (size - 1) / 2).sum::<u64>();
        crowd.fill(f64::NAN);
    }

    /// Counts the falling pairs of values in two bins.
    fn count_between(&mut self, mut bins: Vec<u32>, bits: u32) {
        for level in 1..=bits.div_ceil(2) {
            let mut nodes = vec![[0_u32; 4]; (1_usize << bits).div_ceil(1 << (2 * level))];
            for bin in &mut bins {
                let child = *bin as usize % 4;
                *bin /= 4;
                let node = &mut nodes[*bin as usize];
                self.falling += u64::from(node[child]);
                for (counter, one) in node.iter_mut().zip(BEFORE[child]) {
                    *counter += one;
                }
            }
        }
    }
}

/// The bin of each value, of 2^`bits`; never a later one for a smaller value.
fn bins(values: &[f64], bits: u32) -> Vec<u32> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for &value in values {
        low = if value < low { value } else { low };
        high = if value > high { value } else { high };
    }
    let last = (1 << bits) - 1;
    let per_unit = f64::from(last) / (high - low);
    let bin = |value: &f64| ((value - low) * per_unit + TO_WHOLE).to_bits() as u32;
    values.iter().map(|value| bin(value).min(last)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of a sequence, looked at.
    fn expected(values: &[f64]) -> (u64, u64) {
        let later = |place: usize| &values[place + 1..];
        let count = |is_one: fn(&f64, &f64) -> bool| {
            let ones = |(place, a)| later(place).iter().filter(|b| is_one(a, b)).count() as u64;
            values.iter().enumerate().map(ones).sum()
        };
        (count(|a, b| a > b), count(|a, b| a - b == 0.0))
    }

    #[test]
    fn every_pair_is_counted_once() {
        let mut bits = 1_u64;
        let mut uniform = || {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (bits >> 11) as f64 / (1_u64 << 53) as f64
        };
        for n in [0, 1, 2, 5, 6, 7, 63, 64, 65, 300, 1500] {
            let even: Vec<f64> = (0..n).map(|_| uniform() - 0.5).collect();
            let scores = even.iter().map(|value| (value * 10.0).round()).collect();
            let wild = even.iter().map(|value| 1.0 / (value * value * value)).collect();
            let huge = even.iter().map(|value| value * f64::MAX * 2.0).collect();
            let tiny = even.iter().map(|value| value * 1e-320).collect();
            let steps = even.iter().map(|value| if *value < 0.0 { -0.0 } else { 0.0 }).collect();
            for values in [even, scores, wild, huge, tiny, steps] {
                let Pairs { falling, tied } = Pairs::of(&values);
                assert_eq!((falling, tied), expected(&values));
            }
        }
    }
}
