//! What to watch: rules that raise flags.
//!
//! A *flag* is one safety statement: the rule that raised it, how soon it asks for attention, a plain
//! sentence, and the entries behind it. Flags inform; they never tell anyone to change a dose.
//!
//! Rules of this room, by id:
//!
//! * `crisis-item-9` ([`crisis_flag`]): thoughts of self-harm reported in a questionnaire.

mod crisis;

use crate::diary::EntryId;
use crate::error::Message;

pub use crisis::crisis_flag;

/// How soon a [`Flag`] asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    ForInformation,
    /// Worth asking a prescriber or pharmacist about.
    WorthAskingAbout,
    /// A prescriber should hear of it today.
    ContactToday,
    /// Help is needed now.
    UrgentHelp,
}

/// One safety statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// Id of the rule.
    pub rule: &'static str,
    /// How soon it asks for attention.
    pub severity: Severity,
    /// The sentence.
    pub message: Message,
    /// The entries that raised it.
    pub entries: Vec<EntryId>,
}
