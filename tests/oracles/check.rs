//! Collects where an answer differs from the reference, so that a trial names every difference.

use doseline::analysis::statistics::NotEstimable;
use libtest_mimic::Failed;
use serde_json::Value;

use crate::case::{Case, number};
use crate::tolerance::bound;

/// The comparison of one case.
pub(crate) struct Check {
    method: String,
    undefined: bool,
    scale: f64,
    differences: Vec<String>,
}

impl Check {
    /// A comparison in which nothing differs yet.
    pub(crate) fn of(case: &Case) -> Self {
        Check {
            method: case.method.clone(),
            undefined: case.is_undefined(),
            scale: 0.0,
            differences: Vec::new(),
        }
    }

    /// Sets what a bound "of scale" is a share of: the largest size among `values`.
    pub(crate) fn scale_by(&mut self, values: impl IntoIterator<Item = f64>) {
        self.scale = values.into_iter().map(f64::abs).fold(0.0, f64::max);
    }

    /// The answer, if there is one and there should be; a wrong "not estimable" and a number where
    /// none can be are differences.
    pub(crate) fn estimable<T>(&mut self, answer: Result<T, NotEstimable>) -> Option<T> {
        match answer {
            Ok(_) if self.undefined => {
                self.differ("answered, where nothing is estimable".to_owned());
                None
            }
            Ok(answer) => Some(answer),
            Err(_) if self.undefined => None,
            Err(reason) => {
                self.differ(format!("not estimable ({reason})"));
                None
            }
        }
    }

    /// Demands "not estimable", whatever the reason.
    pub(crate) fn refused<T>(&mut self, what: &str, answer: &Result<T, NotEstimable>) {
        if answer.is_ok() {
            self.differ(format!("{what}: answered, where nothing is estimable"));
        }
    }

    /// Compares a number within the bound of its field.
    pub(crate) fn number(&mut self, field: &str, got: f64, expected: &Value) {
        match number(expected) {
            Some(expected) if self.is_close(field, got, expected) => {}
            Some(expected) => self.differ(format!("{field}: {got:e} for {expected:e}")),
            None => self.differ(format!("{field}: {got:e} for {expected}")),
        }
    }

    /// Compares a number that may be missing; null means it must be.
    pub(crate) fn optional(&mut self, field: &str, got: Option<f64>, expected: &Value) {
        match got {
            Some(got) => self.number(field, got, expected),
            None if expected.is_null() => {}
            None => self.differ(format!("{field}: nothing for {expected}")),
        }
    }

    /// Compares a column of numbers, each of which may be missing.
    pub(crate) fn column(&mut self, field: &str, got: &[Option<f64>], expected: &Value) {
        let expected = expected.as_array().map_or(&[][..], Vec::as_slice);
        if got.len() != expected.len() {
            self.differ(format!("{field}: {} rows for {}", got.len(), expected.len()));
            return;
        }
        for (got, expected) in got.iter().zip(expected) {
            self.optional(field, *got, expected);
        }
    }

    /// Compares a column of numbers that misses nothing.
    pub(crate) fn full_column(&mut self, field: &str, got: &[f64], expected: &Value) {
        let got: Vec<_> = got.iter().copied().map(Some).collect();
        self.column(field, &got, expected);
    }

    /// Whether a number lies within the bound of its field.
    pub(crate) fn is_close(&mut self, field: &str, got: f64, expected: f64) -> bool {
        let Some(bound) = bound(&self.method, field) else {
            self.differ(format!("{field}: no bound in the table"));
            return false;
        };
        got.is_finite() && (got - expected).abs() <= bound.around(expected, self.scale)
    }

    /// Compares anything that has to be equal.
    pub(crate) fn same<T: PartialEq + std::fmt::Debug>(
        &mut self,
        field: &str,
        got: T,
        expected: T,
    ) {
        if got != expected {
            self.differ(format!("{field}: {got:?} for {expected:?}"));
        }
    }

    /// Notes a difference.
    pub(crate) fn differ(&mut self, difference: String) {
        self.differences.push(difference);
    }

    /// Fails when anything differed, naming the first few differences.
    pub(crate) fn verdict(self) -> Result<(), Failed> {
        let total = self.differences.len();
        if total == 0 {
            return Ok(());
        }
        let shown: Vec<_> = self.differences.into_iter().take(8).collect();
        Err(format!("{total} differences:\n  {}", shown.join("\n  ")).into())
    }
}
