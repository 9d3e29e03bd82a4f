//! Estimators over plain columns of numbers; nothing here knows a clinical word.
//!
//! An **estimator** takes a column of numbers (and, where time matters, a column of times in days,
//! as `f64`, ascending unless the function says otherwise) and answers with numbers that are always
//! finite, or with [`NotEstimable`]: the reason why these data do not determine the quantity.
//! "Not estimable" is an answer, not an error: a constant series *has* no autocorrelation.
//!
//! Missing values never reach these functions: the caller drops them (or says so in its own name),
//! because only the caller knows whether a missing day may be skipped.
//!
//! Every estimator is checked against R, SciPy, statsmodels or scikit-learn by `tests/oracles`.

pub mod autocorrelation;
pub mod change_point;
pub mod control_chart;
pub mod distribution;
mod falling;
pub mod gls;
pub mod holm;
mod inversion;
pub mod isotonic;
mod joining;
pub mod kendall;
pub mod level;
pub mod location;
pub mod lowess;
pub mod math;
pub mod noise;
pub mod one_compartment;
mod pair;
pub mod partition;
pub mod quantile;
pub mod regression_to_mean;
pub mod slope;
pub mod theil_sen;
mod whitening;

use std::fmt;

/// Why a quantity cannot be estimated from the data given.
///
/// `Display` writes the kebab-case id alone (`too-few`), which is stable and is what a
/// `Message` carries; [`NotEstimable::TooFew`] has the counts for the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotEstimable {
    /// Fewer usable values than the estimator needs.
    TooFew {
        /// Usable values given.
        n: usize,
        /// The least the estimator can work with.
        needed: usize,
    },
    /// All values are equal where the estimator divides by their spread.
    Constant,
    /// The design does not tell the unknowns apart: a column is a combination of the others.
    Singular,
    /// A variance formula came out negative or zero for data that are not constant.
    NegativeVariance,
    /// A fit exists, but the data do not pin its parameters down.
    NotIdentifiable,
    /// A ratio or logarithm of values at or below zero was asked for.
    NotPositive,
    /// So many values lie at one end of their scale that a mean would say little.
    Crowded,
    /// An input lies outside the domain of the formula (an infinite value, a share above one).
    OutOfDomain,
}

impl fmt::Display for NotEstimable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotEstimable::TooFew { .. } => "too-few",
            NotEstimable::Constant => "constant",
            NotEstimable::Singular => "singular",
            NotEstimable::NegativeVariance => "negative-variance",
            NotEstimable::NotIdentifiable => "not-identifiable",
            NotEstimable::NotPositive => "not-positive",
            NotEstimable::Crowded => "crowded",
            NotEstimable::OutOfDomain => "out-of-domain",
        })
    }
}

impl std::error::Error for NotEstimable {}
