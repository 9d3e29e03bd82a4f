//! How often the claims err as they are really used: simulated diaries with known truth.
//!
//! A **life** is one simulated diary: a first phase, a medicine begun when the scores were bad, a
//! second phase. It is opened every day; a claim is read at each [look](doseline::analysis::Looks)
//! through the functions that the product calls, and what it said at any of them counts. A **cell**
//! is a kind of life (noise, days a phase, days missing, scale); a **row** of [`claims::ROWS`] is a
//! claim with its null, its effect and the test that stands beside it.
#![allow(dead_code, reason = "each binary uses its own part")]

pub(crate) mod cell;
pub(crate) mod claims;
pub(crate) mod life;
pub(crate) mod many;
pub(crate) mod report;
#[path = "../oracles/resampling.rs"]
pub(crate) mod resampling;
pub(crate) mod responders;
pub(crate) mod rivals;
pub(crate) mod table;
