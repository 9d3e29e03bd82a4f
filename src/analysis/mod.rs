//! What follows: pure functions from columns to findings.

pub mod coverage;
pub mod statistics;
