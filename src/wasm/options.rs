//! What calls are given, read and checked.

use crate::diary::{
    ClockTime, Day, Diary, EntryId, Fields, Kind, Moment, Record, read_fields,
};
use crate::error::{Code, Error, Result};
use crate::report::TimelineOptions;

/// How a diary is opened.
pub(super) struct OpenOptions {
    pub(super) subject: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) day_start: Option<ClockTime>,
    pub(super) now: Option<Moment>,
}
