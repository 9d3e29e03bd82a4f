use std::cmp::Ordering;

/// Sorting with one copy of the algorithm in the program instead of one for each type: the
/// standard library's sort is some 8 kB of WebAssembly wherever it is used.
pub(crate) trait Sorting<T> {
    /// Sorts by a comparison, equal items in the order they were in.
    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Sorts by a key, equal items in the order they were in.
    fn arrange_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }
}

impl<T> Sorting<T> for [T] {
    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let goes_to = destinations(self.len(), &|a, b| compare(&self[a], &self[b]));
        carry_out(goes_to, &mut |a, b| self.swap(a, b));
    }
}

/// For each item the place it goes to; nothing when every item is in its place already.
fn destinations(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    if (1..count).all(|place| compare(place - 1, place).is_le()) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    let mut goes_to = vec![0; count];
    for (place, from) in order.into_iter().enumerate() {
        goes_to[from] = place;
    }
    goes_to
}

/// Brings every item to its place, by swaps.
fn carry_out(mut goes_to: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for place in 0..goes_to.len() {
        while goes_to[place] != place {
            let to = goes_to[place];
            swap(place, to);
            goes_to.swap(place, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let mut items: Vec<(u32, u32)> = (0..200).map(|i| (i * 7919 % 13, i)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        items.arrange_by_key(|item| item.0);
        assert_eq!(items, expected);
    }
}
