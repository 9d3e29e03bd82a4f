//! Holm: of several tests, which survive being one of several.
//!
//! Asking ten questions at 5 % each finds something in up to 40 % of cases in which there is
//! nothing. Holm's procedure keeps the share of such cases at what was asked for, whatever the
//! questions have to do with each other: the smallest p-value is multiplied by their number, the
//! next by one less, and so on until one does not survive.
//!
//! Source: Holm 1979, Scandinavian Journal of Statistics 6:65.

/// The largest p-value that survives among `p_values` at `share`; below zero when none does.
#[must_use]
pub fn surviving(p_values: &[f64], share: f64) -> f64 {
    let mut ascending = p_values.to_vec();
    ascending.sort_by(f64::total_cmp);
    let n = ascending.len();
    let place = |(k, p): &(usize, &f64)| **p * (n - k) as f64 <= share;
    let kept = ascending.iter().enumerate().take_while(place);
    kept.map(|(_, p)| *p).last().unwrap_or(-1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 0.01 × 4 and 0.015 × 3 survive 5 %, 0.03 × 2 does not; nor does 0.04 behind it,
    /// although 0.04 × 1 would. Source of the example's shape: Holm 1979, section 3.
    #[test]
    fn the_first_that_falls_takes_the_rest_with_it() {
        let close = |found: f64, expected: f64| (found - expected).abs() < 1e-15;
        assert!(close(surviving(&[0.03, 0.01, 0.04, 0.015], 0.05), 0.015));
        assert!(close(surviving(&[0.5, 0.02], 0.05), 0.02));
        assert!(surviving(&[0.03, 0.2], 0.05) < 0.0 && surviving(&[], 0.05) < 0.0);
    }
}
