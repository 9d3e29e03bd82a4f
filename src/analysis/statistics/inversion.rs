//! Inversion: two items of a sequence of which the earlier has the larger key.
//!
//! A sequence of n items may hold n(n − 1)/2 of them, yet merging counts them in O(n log n): each
//! time an item of the right half goes before what is left of the left half, it stands in inversion
//! with all of that at once. The same pass can hand out every inversion, or an even sample of them.
//!
//! Keys are whole numbers ([`ordered`] makes one of a float): which of two items goes first is
//! anybody's guess, and a processor chooses between whole numbers without guessing.

use std::hint::select_unpredictable;

/// Something that is sorted by a key.
pub(super) trait Item: Copy {
    fn key(&self) -> u64;
}

impl Item for u64 {
    fn key(&self) -> u64 {
        *self
    }
}

/// A key and the row it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyed {
    pub(super) key: u64,
    pub(super) row: u32,
}

impl Item for Keyed {
    fn key(&self) -> u64 {
        self.key
    }
}

/// A whole number for each finite float, the larger for the larger float, and equal ones for 0 and −0.
pub(super) fn ordered(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    let negative = bits >> 63;
    bits ^ (negative.wrapping_neg() | 1 << 63)
}

/// Runs of so many items are sorted by insertion before they are merged.
const RUN: usize = 8;

/// Counts the inversions of a sequence while sorting it, and picks some.
pub(super) struct Inversions<T> {
    /// Met so far.
    count: u64,
    /// The earlier of the sequence, then the later.
    picked: Vec<(T, T)>,
    /// One is picked from every so many.
    stride: u64,
    /// Where the stretch begins that the next one is picked from.
    stretch: u64,
    next: u64,
    chance: u64,
}

impl<T: Item> Inversions<T> {
    /// Sorts `items` by key, equal keys in the order they were in, and counts their inversions.
    pub(super) fn count(items: &mut [T]) -> u64 {
        Self::sorting(items, u64::MAX, u64::MAX).count
    }

    /// Sorts as [`Self::count`] does and picks one inversion, at a place that looks random and is the
    /// same on every run, from every `stride`: all, when that is 1.
    pub(super) fn pick(items: &mut [T], stride: u64) -> Vec<(T, T)> {
        Self::sorting(items, stride, 0).picked
    }

    fn sorting(items: &mut [T], stride: u64, next: u64) -> Self {
        let (count, stretch, chance) = (0, 0, 0);
        let mut new = Self { count, picked: Vec::new(), stride, stretch, next, chance };
        new.sort(items, &mut items.to_vec());
        new
    }

    /// Sorts `items`, of which `spare` is a copy that is left in any order.
    fn sort(&mut self, items: &mut [T], spare: &mut [T]) {
        if items.len() <= RUN {
            for from in 1..items.len() {
                let item = items[from];
                let larger = items[..from].iter().rev().take_while(|one| item.key() < one.key());
                let to = from - larger.count();
                self.meet(&items[to..from], item);
                items.copy_within(to..from, to + 1);
                items[to] = item;
            }
            return;
        }
        let half = items.len() / 2;
        self.sort(&mut spare[..half], &mut items[..half]);
        self.sort(&mut spare[half..], &mut items[half..]);
        self.merge(spare, items);
    }

    /// Merges the two sorted halves of `from`, from both ends towards the middle: neither end waits
    /// for the other.
    fn merge(&mut self, from: &[T], to: &mut [T]) {
        let (left, right) = from.split_at(from.len() / 2);
        let (mut i, mut j) = (0, 0);
        let (mut i_end, mut j_end) = (left.len(), right.len());
        for step in 0..left.len() {
            let (a, b) = (left[i], right[j]);
            let inverted = b.key() < a.key();
            to[step] = select_unpredictable(inverted, b, a);
            self.count += (left.len() - i) as u64 * u64::from(inverted);
            if self.next < self.count {
                self.take(&left[i..], b);
            }
            i += usize::from(!inverted);
            j += usize::from(inverted);

            let (a, b) = (left[i_end - 1], right[j_end - 1]);
            let inverted = b.key() < a.key();
            to[from.len() - 1 - step] = select_unpredictable(inverted, a, b);
            self.count += (left.len() - i_end) as u64 * u64::from(!inverted);
            if self.next < self.count {
                self.take(&left[i_end..], b);
            }
            i_end -= usize::from(inverted);
            j_end -= usize::from(!inverted);
        }
        // Halves of odd length leave one in the middle.
        if i < i_end {
            to[left.len()] = left[i];
        } else if j < j_end {
            to[left.len()] = right[j];
            self.meet(&left[i..], right[j]);
        }
    }

    /// `item` stands in inversion with each of `larger`.
    fn meet(&mut self, larger: &[T], item: T) {
        self.count += larger.len() as u64;
        if self.next < self.count {
            self.take(larger, item);
        }
    }

    /// Picks among the inversions of `item` with each of `larger`, which are counted already.
    #[cold]
    fn take(&mut self, larger: &[T], item: T) {
        let first = self.count - larger.len() as u64;
        while self.next < self.count {
            self.picked.push((larger[(self.next - first) as usize], item));
            self.stretch += self.stride;
            self.next = self.stretch + self.chance() % self.stride;
        }
    }

    /// SplitMix64 (Steele, Lea & Flood 2014).
    fn chance(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.chance;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(n: u32) -> Vec<Keyed> {
        (0..n).map(|row| Keyed { key: u64::from(row * 7919 % 31), row }).collect()
    }

    #[test]
    fn every_inversion_is_met_once() {
        for n in [0, 1, 7, 8, 9, 17, 100, 101] {
            let given = sequence(n);
            let mut expected = Vec::new();
            for (place, a) in given.iter().enumerate() {
                expected
                    .extend(given[place + 1..].iter().filter(|b| b.key < a.key).map(|b| (*a, *b)));
            }
            expected.sort_unstable();
            let (mut sorted, mut again) = (given.clone(), given.clone());
            let mut all = Inversions::pick(&mut sorted, 1);
            all.sort_unstable();
            assert_eq!(all, expected);
            assert_eq!(Inversions::count(&mut again), expected.len() as u64);
            let mut stable = given;
            stable.sort_by_key(|item| item.key);
            assert!(sorted == stable && again == stable);
        }
    }

    #[test]
    fn a_sample_takes_one_from_each_stretch() {
        let count = Inversions::count(&mut sequence(100));
        assert_eq!(Inversions::pick(&mut sequence(100), 10).len() as u64, count.div_ceil(10));
    }

    #[test]
    fn floats_keep_their_order_as_whole_numbers() {
        let ascending = [-1e300, -1.0, -f64::MIN_POSITIVE, 0.0, f64::MIN_POSITIVE, 1.0, 1e300];
        assert!(ascending.map(ordered).is_sorted_by(|a, b| a < b));
        assert_eq!(ordered(0.0), ordered(-0.0));
    }
}
