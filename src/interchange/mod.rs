//! What goes in and out: files of other programs, and the diary's own.
//!
//! An *import* turns a file that another program wrote into records of a diary. It is staged: the
//! whole file is read and checked first, then its records can be taken in with one
//! [`Diary::merge`](crate::diary::Diary::merge), so that a file with one bad cell changes nothing.
//!
//! A *mapping* says how the columns of a CSV file become entries; a *preset* is a mapping that
//! ships with Doseline. The format is described in `docs/csv-import.md`. Every entry's identifier
//! follows from the mapping and the row, so that importing a file twice adds nothing.
//!
//! A tracker writes down what the clock on the wall showed. Which instant that was depends on the
//! *zone*; the core has no zone table and asks a [`Zone`] that the boundary hands in.
//!
//! The essential items are:
//!
//! * [`read_csv`], [`Imported`], [`ImportReport`]: a file in, records and a preview out.
//! * [`Mapping`], [`PRESETS`]: how columns become entries.
//! * [`calendar`]: what falls due, for the calendar a person uses.
//! * [`read_questionnaire`]: the wording of an instrument, as FHIR R4.
//! * [`Zone`], [`local_moment`]: from a local date and time to an instant.
//!
//! The diary's own JSON form, described in `docs/diary-format.md`, is read by
//! [`read_json`](crate::diary::read_json) and written by
//! [`Diary::to_json`](crate::diary::Diary::to_json); it needs no mapping.

pub mod request;

mod csv;
mod icalendar;
mod import;
mod mapping;
mod questionnaire;
mod zone;

pub use icalendar::{Wording, calendar};
pub use import::{EntryCount, ImportReport, Imported, read_csv};
pub use mapping::{Mapping, PRESETS, Preset};
pub use questionnaire::read_questionnaire;
pub use zone::{Zone, local_moment};
