use crate::analysis::{Column, Columns};
use crate::diary::{Diary, EntryId, Medicine};
use crate::error::{Code, Error, Result};

/// The medicine that a caller names.
///
/// # Errors
/// [`Code::NoSuchEntry`] at `medicine`.
pub(super) fn medicine_named(diary: &Diary, medicine: EntryId) -> Result<&Medicine> {
    diary.medicine(medicine).ok_or_else(|| Error::new(Code::NoSuchEntry, "medicine"))
}

/// The values of the outcome that a caller names.
///
/// # Errors
/// [`Code::UnknownValue`] at `outcome` when the diary holds no value of it.
pub(super) fn outcome_named<'a>(columns: &'a Columns, outcome: &str) -> Result<&'a Column> {
    let unknown = || Error::new(Code::UnknownValue, "outcome").with("value", outcome);
    columns.find(outcome).ok_or_else(unknown)
}

/// What to say of a medicine that a claim has no answer for.
pub(super) fn no_answer_for(medicine: &str) -> Error {
    Error::new(Code::UnknownValue, "medicine").with("value", medicine)
}
