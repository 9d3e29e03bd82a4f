//! What follows: pure functions from columns to findings.
//!
//! A *claim* is one kind of statement about a person's diary; each stands in its own module, which
//! begins with its *estimand*: what is estimated, in words, before any number. A [`Finding`] is one
//! claim made: a sentence, the doubt that belongs beside it, value, interval, how many values it
//! rests on and which entries those are. Claims abstain by counts, gaps and days alone, never
//! because the noise was estimated to be large. They are read at [`Looks`], and what a report tells
//! must survive being one of many [`Questions`].
//!
//! As data flows: the diary's entries become [`Columns`], one per outcome, and a [`DoseLog`] per
//! medicine; [`SettledDays`] says which days an average may be taken from; the claims read these.
//!
//! The essential types are:
//!
//! * [`Outcome`], [`Column`], [`Columns`]: the series under study.
//! * [`Looks`], [`Reading`]: when the claims are read, and what they may use then.
//! * [`Finding`], [`Certainty`], [`Estimate`]: what a claim answers.
//! * [`trend`], [`change_points`], [`phase`], [`dose_response`], [`adherence`],
//!   [`treatment_response`], [`item_strip`], [`fair_trial`], [`relapse_watch`], [`exposure`],
//!   [`side_effect`], [`association`], [`lag`], [`trial_design`]: the claims.
//! * [`journey`]: where each medicine stands, which claims nothing.
//! * [`filling`]: when each questionnaire is due again.
//! * [`statistics`]: the estimators below them, which know no clinical word.

pub mod adherence;
pub mod association;
pub mod change_points;
mod column;
pub mod coverage;
mod dose_course;
mod dose_log;
pub mod dose_response;
pub mod exposure;
pub mod fair_trial;
pub mod filling;
mod finding;
pub mod item_strip;
pub mod journey;
mod kept;
pub mod lag;
mod limits;
mod look;
mod outcome;
pub mod phase;
mod questions;
mod relapse_screen;
pub mod relapse_watch;
mod scale_end;
mod settled;
pub mod side_effect;
pub mod statistics;
mod subject;
pub mod treatment_response;
pub mod trend;
pub mod trial_design;

pub use column::{Column, Columns, DayMeans, wall_time};
pub use dose_course::{Direction, DoseCourse, DoseStretch, changed_with};
pub use dose_log::{DoseLog, DoseRow, match_to_due};
pub use finding::{
    Certainty, Claim, Estimate, Finding, FindingUnit, Window, certainty_without, not_estimable,
};
pub use kept::Kept;
pub use look::{DAYS_BETWEEN, Looks, Reading, confidence_at};
pub use outcome::{Outcome, OutcomeKey};
pub use questions::{Asked, Questions, Told};
pub use settled::{SettledDays, Standing, is_depot, known_as, numbers_in, settling_of};
pub use subject::Subject;
