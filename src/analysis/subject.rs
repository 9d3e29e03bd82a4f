use crate::diary::{Diary, EntryId, Regimen};

/// Whose doses a claim is about: one medicine of one diary.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The diary.
    pub diary: &'a Diary,
    /// What is prescribed.
    pub regimen: &'a Regimen,
    /// The medicine.
    pub medicine: EntryId,
    /// Its name, for the sentence.
    pub name: &'a str,
}
