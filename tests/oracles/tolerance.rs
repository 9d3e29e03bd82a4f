//! How far a result may lie from the reference: one row a method and field.
//!
//! Each bound is the one its case file states. Where a file states a relative bound and the true
//! value may be zero, the row adds the rounding of the data themselves, as a share of their size.

/// The largest allowed difference is the largest of its three parts.
#[derive(Clone, Copy)]
pub(crate) struct Bound {
    relative: f64,
    absolute: f64,
    of_scale: f64,
}

impl Bound {
    /// The allowed difference from `expected` where the data are as large as `scale`.
    pub(crate) fn around(self, expected: f64, scale: f64) -> f64 {
        let relative = self.relative * expected.abs();
        relative.max(self.absolute).max(self.of_scale * scale)
    }

    const fn or_absolute(self, absolute: f64) -> Self {
        Bound { absolute, ..self }
    }

    const fn or_of_scale(self, of_scale: f64) -> Self {
        Bound { of_scale, ..self }
    }
}

const EXACT: Bound = Bound { relative: 0.0, absolute: 0.0, of_scale: 0.0 };

const fn relative(relative: f64) -> Bound {
    Bound { relative, ..EXACT }
}

const fn absolute(absolute: f64) -> Bound {
    Bound { absolute, ..EXACT }
}

const fn of_scale(of_scale: f64) -> Bound {
    Bound { of_scale, ..EXACT }
}

/// A few roundings of the data: 1e-14 is 45 units in the last place of the largest value.
const ROUNDING: f64 = 1e-14;

/// (method, field, bound); `scale` is the largest |y| unless the row says otherwise.
const BOUNDS: &[(&str, &str, Bound)] = &[
    ("ar1_prewhitened_slope", "rho", relative(1e-9).or_absolute(1e-13)),
    ("ar1_prewhitened_slope", "est", relative(1e-9).or_of_scale(ROUNDING)),
    ("ar1_prewhitened_slope", "se", relative(1e-8)),
    ("ar1_prewhitened_slope", "t", relative(1e-8).or_absolute(1e-12)),
    // |d ln p / d ln t| is up to t² or so; below 1e-300 the tool has none of p's digits left.
    ("ar1_prewhitened_slope", "p", relative(1e-6).or_absolute(1e-300)),
    ("ar1_prewhitened_slope", "ci", relative(1e-8).or_of_scale(1e-12)),
    ("autocorrelation", "r", absolute(1e-10)),
    // Drawn 20,000 times: four standard errors of a standard deviation, and of a share of a half.
    ("block_bootstrap", "se", relative(0.02)),
    ("block_permutation", "p", absolute(0.0142)),
    ("changepoints", "objective", relative(1e-9)),
    ("changepoints", "segment_mean", relative(1e-9).or_of_scale(ROUNDING)),
    ("changepoints", "change_time", EXACT),
    // The scale is the total sum of squares: an exact curve leaves only the square of its rounding.
    ("dose_response", "rss", relative(1e-6).or_of_scale(1e-20)),
    ("dose_response", "parameter", relative(1e-3)),
    ("dose_response", "se", relative(1e-2)),
    ("ewma", "value", relative(1e-10).or_of_scale(ROUNDING)),
    ("false_discovery", "adjusted", relative(1e-12)),
    ("isotonic", "fitted", relative(1e-10).or_of_scale(ROUNDING)),
    ("its_segmented", "est", relative(1e-8).or_of_scale(ROUNDING)),
    ("its_segmented", "se", relative(1e-7)),
    ("its_segmented", "t", relative(1e-7).or_absolute(1e-11)),
    ("its_segmented", "p", relative(1e-5).or_absolute(1e-300)),
    ("its_segmented", "ci", relative(1e-7).or_of_scale(1e-11)),
    ("its_segmented", "r_squared", relative(1e-8).or_absolute(1e-12)),
    ("its_segmented", "durbin_watson", relative(1e-8)),
    ("its_segmented", "fitted", relative(1e-8).or_of_scale(ROUNDING)),
    // An exact line: the file asks for 1e-9 absolute.
    ("its_segmented", "degenerate_est", absolute(1e-9)),
    // The scale is the largest |fitted|.
    ("lowess", "t", EXACT),
    ("lowess", "fitted", of_scale(1e-7)),
    ("lowess", "fitted_with_delta", of_scale(5e-6)),
    ("mann_kendall", "s", EXACT),
    ("mann_kendall", "var_s", relative(1e-9)),
    ("mann_kendall", "z", relative(1e-9)),
    ("mann_kendall", "p_two_sided", relative(1e-9)),
    ("mann_kendall", "tau_a", relative(1e-12)),
    ("mann_kendall", "factor", relative(1e-9)),
    ("mann_kendall", "r1", absolute(1e-10)),
    ("ols_hac", "est", relative(1e-9).or_of_scale(ROUNDING)),
    ("ols_hac", "se", relative(1e-8)),
    ("ols_hac", "t", relative(1e-8).or_absolute(1e-12)),
    ("ols_hac", "p", relative(1e-6).or_absolute(1e-300)),
    ("ols_hac", "ci", relative(1e-8).or_of_scale(1e-12)),
    ("ols_hac", "degenerate_est", absolute(1e-9)),
    // Counts are exact; a share is one correctly rounded division.
    ("pdc", "count", EXACT),
    ("pdc", "share", EXACT),
    ("pharmacokinetics", "value", relative(1e-10)),
    ("pharmacokinetics", "nearly_equal_rates", relative(1e-7)),
    ("quantiles", "quantile", relative(1e-12).or_of_scale(1e-15)),
    ("rolling", "value", relative(1e-10).or_of_scale(ROUNDING)),
    ("single_case_effect_sizes", "Est", absolute(1e-9)),
    ("single_case_effect_sizes", "SE", absolute(1e-9)),
    ("single_case_effect_sizes", "CI", absolute(1e-9)),
    ("single_case_effect_sizes", "SD", absolute(1e-9)),
    ("single_case_effect_sizes", "exact_root", absolute(1e-9)),
    // The tool stops its root search early.
    ("single_case_effect_sizes", "tool_root", absolute(2e-4)),
    ("theil_sen", "slope", relative(1e-12).or_absolute(1e-15)),
    ("theil_sen", "intercept", relative(1e-12).or_absolute(1e-15)),
    ("wilson", "share", absolute(1e-12)),
];

/// The bound for a field of a method.
pub(crate) fn bound(method: &str, field: &str) -> Option<Bound> {
    let row = BOUNDS.iter().find(|row| row.0 == method && row.1 == field);
    row.map(|row| row.2)
}
