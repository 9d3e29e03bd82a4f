use serde::Serialize;

use crate::diary::{Body, Day, Diary, EntryId, Record};
use crate::reference::{self, Confidence};
use crate::safety::{self, Flag, Settings, Severity};

use super::tables::{citations, marks};
use super::{AsOf, Words};

/// The flags of a day, in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flags {
    /// The most severe first.
    pub flags: Vec<FlagView>,
    /// Rules that could not be checked.
    pub not_checked: Vec<NotCheckedView>,
    /// Version of the reference tables.
    pub tables: &'static str,
}

/// One safety statement in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FlagView {
    /// Id of the rule.
    pub rule: &'static str,
    /// How soon it asks for attention.
    pub severity: Severity,
    /// What it is about.
    pub about: Vec<String>,
    /// The sentence.
    pub sentence: String,
    /// The signs for which help is needed.
    pub watch: Option<String>,
    /// What was looked at.
    pub why: String,
    /// What to mind: that it is general information, that the tables are out of date.
    pub marks: Vec<String>,
    /// What was not looked at.
    pub not_covered: String,
    /// Citations.
    pub sources: Vec<String>,
    /// How far the weakest row behind it was checked.
    pub confidence: Confidence,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
    /// What a dismissal names.
    pub key: String,
    /// Who set it aside and why; only a clinician sees such a flag.
    pub dismissed: Option<DismissedView>,
}

/// How a flag was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DismissedView {
    /// The entry.
    pub entry: EntryId,
    /// Its day.
    pub day: Day,
    /// Its reason.
    pub reason: String,
}

/// A rule that could not be checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotCheckedView {
    /// Id of the rule.
    pub rule: &'static str,
    /// Why.
    pub sentence: String,
}

/// The flags of today. What was set aside is left out unless a clinician asks.
#[must_use]
pub fn flags(
    diary: &Diary,
    as_of: AsOf,
    settings: &Settings,
    is_clinician: bool,
    words: &Words,
) -> Flags {
    let review = safety::review(diary, as_of.today, settings);
    let shown = review.flags.iter().filter(|flag| is_clinician || flag.dismissed.is_none());
    let not_checked = review.not_checked.iter();
    Flags {
        flags: shown.map(|flag| view(flag, diary, as_of, words)).collect(),
        not_checked: not_checked
            .map(|row| NotCheckedView { rule: row.rule, sentence: words.text(&row.message) })
            .collect(),
        tables: reference::pack().about().version,
    }
}

/// What the rules would say of a record that is about to be kept.
#[must_use]
pub fn check(
    diary: &Diary,
    record: &Record,
    as_of: AsOf,
    settings: &Settings,
    words: &Words,
) -> Vec<FlagView> {
    let flags = safety::check(diary, record, as_of.today, settings);
    flags.iter().map(|flag| view(flag, diary, as_of, words)).collect()
}

pub(super) fn view(flag: &Flag, diary: &Diary, as_of: AsOf, words: &Words) -> FlagView {
    FlagView {
        rule: flag.rule,
        severity: flag.severity,
        about: flag.about.clone(),
        sentence: words.text(&flag.message),
        watch: flag.watch.as_ref().map(|watch| words.text(watch)),
        why: words.text(&flag.why),
        marks: marks(flag.confidence, as_of, words),
        not_covered: words.text(&flag.not_covered),
        sources: citations(flag.sources),
        confidence: flag.confidence,
        entries: flag.entries.clone(),
        key: flag.key.clone(),
        dismissed: flag.dismissed.and_then(|entry| dismissed(diary, entry)),
    }
}

fn dismissed(diary: &Diary, id: EntryId) -> Option<DismissedView> {
    let entry = diary.entry(id)?;
    match entry.body() {
        Body::Dismissal(body) => {
            Some(DismissedView { entry: id, day: entry.day(), reason: body.reason.to_string() })
        }
        _ => None,
    }
}
