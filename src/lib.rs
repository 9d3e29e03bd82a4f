//! Doseline: one person's medicines, doses and symptoms, with honest statistics.
//!
//! The rooms stand in one row; each may use what stands to its left, never to its right:
//!
//! `error ← diary ← reference ← analysis ← safety ← report ← interchange ← wasm`
//!
//! * [`error`]: what went wrong, as a code, a field and a sentence to be worded.
//! * [`diary`]: what is recorded. Values that cannot be built wrong, and their merge.
//! * [`mod@reference`]: what is known. Instruments and medicines, every row with its source.
//! * [`analysis`]: what follows. Pure functions from columns to findings.
//! * [`safety`]: what to watch. Rules that raise flags.
//! * [`report`]: what is shared. Findings and flags in words, tables and chart columns.
//! * [`interchange`]: what goes in and out. Doseline JSON and tracker CSV files.
//! * `wasm`: the boundary, compiled for `wasm32` only: decode, call one core function, encode.
//!
//! The core reads no clock, no zone and no locale: they are read at the boundary and passed in.
#![deny(missing_docs)]

pub mod analysis;
pub mod diary;
pub mod error;
pub mod interchange;
pub mod reference;
pub mod report;
pub mod safety;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
