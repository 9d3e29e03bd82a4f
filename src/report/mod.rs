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
mod instruments;
mod lanes;
mod medicines;
mod outcome;
mod plain;
mod schedule;
mod timeline;
mod today;
mod wording;

pub use adherence::{Adherence, Covered, LongestGap, adherence};
pub use as_of::AsOf;
pub use change_point::ChangePoint;
pub use finding::{Finding, WindowView};
pub use instruments::{ChoiceView, DifficultyView, InstrumentView, instruments};
pub use lanes::{DoseLane, Mark, SideEffectSpan, SideEffectStrip, StepMark};
pub use medicines::{MedicineMatch, MedicineView, StepView, medicine_matches, medicines};
pub use outcome::{Outcome, SeverityBand, outcomes};
pub use plain::Column;
pub use timeline::{OutcomeLane, SmoothLine, Timeline, TimelineOptions, timeline};
pub use today::{DueAssessment, Today, TodayDose, today};
pub use wording::Words;
