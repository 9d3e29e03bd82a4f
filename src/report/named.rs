use crate::analysis::{Column, Columns};
use crate::diary::{Diary, EntryId, Medicine};
use crate::error::{Code, Error, Message, Param, Result};

use super::Words;

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

/// Of a medicine with several ingredients: that it is the first whose level, or else whose doses, are
/// shown.
pub(super) fn one_of_several(product: &Medicine, is_level: bool, words: &Words) -> Option<String> {
    let [followed, others @ ..] = &product.ingredients[..] else { return None };
    if others.is_empty() {
        return None;
    }
    let named = others.iter().map(|other| Param::from(other.name.as_ref())).collect::<Vec<_>>();
    let sentence = match is_level {
        true => "exposure.one-of-several",
        false => "note.one-of-several",
    };
    let several = Message::new(sentence).with("medicine", product.name.as_ref());
    let several = several.with("ingredient", followed.name.as_ref()).with("others", named);
    Some(words.text(&several))
}

/// What to say of a medicine that a claim has no answer for.
pub(super) fn no_answer_for(medicine: &str) -> Error {
    Error::new(Code::UnknownValue, "medicine").with("value", medicine)
}
