use crate::diary::{Answers, EntryId};
use crate::error::Message;
use crate::reference::{self, Confidence};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::Picture;

/// Days for which an answer about self-harm is shown: as far as the questionnaire itself looks back.
const DAYS_SHOWN: i32 = 14;
/// The answer from which the full card is shown whatever was answered before: "more than half the
/// days".
const OFTEN: u8 = 2;

const RULE: Rule = Rule {
    id: "crisis-item-9",
    family: Family::Crisis,
    sources: "doseline-rules",
    confidence: Confidence::GeneralKnowledge,
};
const UNCHANGED: Rule = Rule { id: "crisis-item-9-unchanged", ..RULE };

/// The latest answer to a question about self-harm, not older than 14 days.
pub(super) struct Answer {
    pub(super) value: u8,
    /// The answer before it.
    before: Option<u8>,
    instrument: &'static str,
    pub(super) entry: EntryId,
}

/// The latest answer to an item that matters by itself (PHQ-9 item 9), whether or not the
/// questionnaire is complete. An unanswered item neither raises nor lowers it. The item and its
/// cut-off stand in the instrument's row.
pub(super) fn latest_answer(picture: &Picture<'_>) -> Option<Answer> {
    let mut latest: Option<(crate::diary::Day, Answer)> = None;
    for noted in &picture.assessments {
        let Answers::Items(items) = &noted.of.answers else { continue };
        let Some(row) = reference::instruments().find(&noted.of.instrument) else { continue };
        for answer in row.safety_answers(items) {
            let Some(value) = answer.answer else { continue };
            let before = latest.as_ref().map(|(_, answer)| answer.value);
            let value = if answer.raised { value } else { 0 };
            let instrument = row.id.as_str();
            latest = Some((noted.day, Answer { value, before, instrument, entry: noted.id }));
        }
    }
    let (day, answer) = latest?;
    (day <= picture.today && picture.today.since(day) <= DAYS_SHOWN).then_some(answer)
}

/// The full card when thoughts of self-harm are new, come more often than before, or come often; a
/// quiet one while they are as they were.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let Some(answer) = latest_answer(picture).filter(|answer| answer.value > 0) else { return };
    let is_full = answer.value >= OFTEN || answer.before.is_none_or(|before| answer.value > before);
    let why = Message::new("safety.why-crisis");
    let flag = match is_full {
        true => {
            let message = Message::new("safety.crisis-item-9");
            Flag::new(&RULE, Severity::UrgentHelp, message, why)
        }
        false => {
            let message = Message::new("safety.crisis-item-9-unchanged");
            Flag::new(&UNCHANGED, Severity::WorthAskingAbout, message, why)
        }
    };
    let facts = answer.entry.to_string();
    review.raise(flag.about(answer.instrument).behind([answer.entry]).because(&facts));
}
