//! What is shared: findings and flags in words, tables and chart columns.
//!
//! A *view* is plain data ready to leave the core: [`Timeline`], [`Adherence`] and
//! the others mirror `src/wasm/types.d.ts` field by field. Numbers of a chart stand in columns
//! ([`Column`]), which the boundary hands over as typed arrays; every sentence was worded by
//! [`Words`] from the catalogue `locale/en.json`. No sentence stands anywhere else.
//!
//! Each entry point takes the diary, what it is [`AsOf`] and the words, and reads no clock.

mod adherence;
mod as_of;
mod change_point;
mod finding;
mod lanes;
mod outcome;
mod plain;
mod schedule;
mod timeline;
mod wording;

pub use adherence::{Adherence, Covered, LongestGap, adherence};
pub use as_of::AsOf;
pub use change_point::ChangePoint;
pub use finding::{Finding, WindowView};
pub use outcome::{Outcome, SeverityBand, outcomes};
pub use plain::Column;
pub use lanes::{DoseLane, Mark, SideEffectSpan, SideEffectStrip, StepMark};
pub use timeline::{OutcomeLane, SmoothLine, Timeline, TimelineOptions, timeline};
pub use wording::Words;
