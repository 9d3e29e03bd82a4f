//! What is recorded: one person's diary.
//!
//! A *diary* is everything one person recorded, as *entries*: one fact each, with an identifier,
//! the civil day as the person lived it, the instant where it is known, who recorded it and when.
//! What happened to an entry since is kept as *versions*: back-dating, amending, removing and
//! undoing add one, erasing leaves nothing but a mark. Versions carry a *stamp* of a hybrid
//! logical clock, so that the diaries of two devices merge to the same result in any order.
//!
//! *Prescribed* is what [`Step`]s say; *taken* is what [`DoseEvent`]s say. The two are never
//! mixed. The *regimen* is what the steps add up to: per medicine, episodes of dose and schedule.
//!
//! The essential types are:
//!
//! * [`Diary`], [`Record`], [`Version`]: the root, what is kept under an identifier, and its past.
//! * [`Entry`], [`Kind`], [`Body`]: one recorded fact.
//! * [`Day`], [`Moment`], [`ClockTime`]: civil days and instants with their offset.
//! * [`Amount`], [`Quantity`], [`Schedule`]: doses that cannot be negative, unknown or never due.
//! * [`Regimen`], [`Episode`], [`Phase`]: what is prescribed, over time.
//! * [`Derived`], [`Calendar`]: what follows from a diary, kept beside it until it changes.
//! * [`Diary::told_condition`]: what the person's own words say of a condition.
//! * [`Catalogue`]: the shapes of the instruments, handed in by `reference`.
//!
//! Values that make no sense cannot be built here, not even by reading a file: every reader
//! refuses them with the field they stand in. This room knows no clock and no scoring.

mod calendar;
mod catalogue;
mod check_in;
mod derived;
mod dose;
mod entry;
mod event;
mod id;
mod json;
mod keeping;
mod medicine;
mod reading;
mod record;
mod regimen;
mod schedule;
mod sorting;
mod support;
mod time;
mod told;
mod value;
mod words;
mod writer;

pub use calendar::{Calendar, Dated};
pub use catalogue::{Catalogue, InstrumentShape};
pub use check_in::{
    Answers, Assessment, BuiltInOutcome, CheckIn, InstrumentDefinition, OutcomeDefinition,
    OutcomeId, Range, Rating, Worse,
};
pub use derived::Derived;
pub use dose::{Amount, Quantity, Unit};
pub use entry::{Body, Entry, Kind, Recorded, RecordedBy};
pub use event::{
    Dismissal, Goal, Knowledge, LifeEvent, Measure, MeasureUnit, Measurement, ProfileFact,
    ProfileValue, Question, Reconciliation, RelapseSigns, Severity, SideEffect, Span, SpanType,
    SubstanceUse, TherapySession, Topic, Visit,
};
pub use id::{EntryId, Stamp};
pub use keeping::{Diary, SCHEMA_VERSION, Writing};
pub use medicine::{
    Action, DecidedBy, DoseEvent, DoseStatus, Form, Ingredient, Medicine, Release, Route, Since,
    Step, Trial,
};
pub use reading::{Reader, read_json, read_lines};
pub use record::{Record, Version};
pub use regimen::{Episode, IngredientDose, Phase, Regimen};
pub use schedule::{DueDose, Pattern, Repeat, Schedule};
pub use support::{Contact, Phone, PlanPart, SafetyPlan};
pub use time::{ClockTime, Day, Moment};

pub(crate) use sorting::Sorting;
pub(crate) use told::{is_of_relatives, says_yes, tells_of, words_of};
pub(crate) use value::{Fields, Value, read_fields, read_nested_fields};
pub(crate) use words::words;
pub(crate) use writer::Writer;
