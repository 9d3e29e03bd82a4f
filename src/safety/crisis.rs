use crate::diary::{Answers, Body, Day, Diary, EntryId, Recorded};
use crate::error::Message;
use crate::reference;

use super::{Flag, Severity};

/// Days for which an answer about self-harm is shown: as far as the questionnaire itself looks back.
const DAYS_SHOWN: i32 = 14;

/// Raises `crisis-item-9` when the latest answer to an item about self-harm (PHQ-9 item 9) says more
/// than "not at all" and is no older than 14 days. It does not wait for the questionnaire to be
/// complete, and an unanswered item neither raises nor lowers it. The sources of the item and its
/// cut-off stand in the instrument's row.
#[must_use]
pub fn crisis_flag(diary: &Diary, today: Day) -> Option<Flag> {
    let mut latest: Option<((Day, i64, EntryId), bool)> = None;
    for Recorded { id, entry } in diary.entries() {
        let Body::Assessment(assessment) = entry.body() else { continue };
        let Answers::Items(items) = &assessment.answers else { continue };
        let Some(row) = reference::instruments().find(&assessment.instrument) else { continue };
        for answer in row.safety_answers(items).filter(|answer| answer.answer.is_some()) {
            let order = (entry.day(), entry.at().map_or(0, crate::diary::Moment::ms), id);
            if latest.is_none_or(|(before, _)| order >= before) {
                latest = Some((order, answer.raised));
            }
        }
    }
    let ((day, _, entry), raised) = latest?;
    let is_recent = today.since(day) <= DAYS_SHOWN;
    (raised && is_recent).then(|| Flag {
        rule: "crisis-item-9",
        severity: Severity::UrgentHelp,
        message: Message::new("safety.crisis-item-9"),
        entries: vec![entry],
    })
}
