use crate::diary::{Answers, Day, EntryId, Recorded, RecordedBy};
use crate::error::Message;
use crate::reference::{self, Confidence, SafetyAnswer};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Noted, Picture};

/// Days for which a note is looked at, and for which an answer about self-harm is shown at least: an
/// engineering figure.
const LEAST_DAYS_SHOWN: i32 = 14;
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
const WORDS: Rule = Rule { id: "crisis-words-in-note", ..RULE };

/// The level of an answer to an assessment of risk from which it is an emergency: intent, a plan, or
/// something done of late.
const EMERGENCY: u8 = 3;

/// The latest answer to a question about self-harm.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    value: u8,
    /// The answer before it.
    before: Option<u8>,
    instrument: &'static reference::Instrument,
    /// The number of the question.
    item: u8,
    /// Who saw it, where that is not the person: each is compared with what they said before.
    seen_by: Option<RecordedBy>,
    pub(super) entry: EntryId,
    day: Day,
    /// Whether it stands in the latest questionnaire that has any.
    is_latest: bool,
}

impl Answer {
    /// Whether it is still shown: for as many days as its questionnaire looks back, and no fewer than
    /// [`LEAST_DAYS_SHOWN`].
    fn is_shown_on(&self, today: Day) -> bool {
        let recall = self.instrument.recall_days.value.map_or(0, i32::from);
        today.since(self.day) <= recall.max(LEAST_DAYS_SHOWN)
    }

    /// Whether such thoughts are new, come more often than before, or come often.
    fn is_full(&self) -> bool {
        self.value >= OFTEN || self.before.is_none_or(|before| self.value > before)
    }

    /// Whether help is needed at once.
    fn is_emergency(&self) -> bool {
        self.instrument.assesses_risk() && self.value >= EMERGENCY
    }
}

/// The gravest answer of the latest questionnaire of each instrument and rater, for as long as it is
/// shown, to the items that matter by themselves (PHQ-9 item 9), whether or not it is complete. One in which all
/// of them are unanswered neither raises nor lowers it. Each item is set beside its own answer before, so
/// that a second yes is as new as the first. The items and their cut-offs stand in the instrument's row.
pub(super) fn latest_answer(picture: &Picture<'_>) -> Option<Answer> {
    let mut latest: Vec<Answer> = Vec::new();
    let until_today = picture.assessments.iter().filter(|noted| noted.day <= picture.today);
    for noted in until_today {
        let Answers::Items(items) = &noted.of.answers else { continue };
        let Some(instrument) = reference::instruments().find(&noted.of.instrument) else {
            continue;
        };
        let given = instrument.safety_answers(items).filter(|given| given.answer.is_some());
        let given: Vec<SafetyAnswer> = given.collect();
        let Noted { id: entry, day, seen_by, .. } = *noted;
        let is_same =
            |known: &Answer| known.instrument.id == instrument.id && known.seen_by == seen_by;
        if !given.is_empty() {
            latest
                .iter_mut()
                .filter(|known| is_same(known))
                .for_each(|known| known.is_latest = false);
        }
        for SafetyAnswer { item, answer, raised, .. } in given {
            let Some(value) = answer else { continue };
            let value = if raised { value } else { 0 };
            let known = latest.iter().position(|known| is_same(known) && known.item == item);
            let before = known.map(|place| latest.swap_remove(place).value);
            let is_latest = true;
            latest.push(Answer { value, before, instrument, item, seen_by, entry, day, is_latest });
        }
    }
    latest
        .retain(|answer| answer.is_latest && answer.value > 0 && answer.is_shown_on(picture.today));
    let gravity = |answer: &Answer| {
        (answer.is_emergency(), answer.is_full(), answer.value, answer.day, answer.item)
    };
    latest.into_iter().max_by_key(gravity)
}

/// The full card when thoughts of self-harm are new, come more often than before, or come often; a
/// quiet one while they are as they were.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let who = picture.settings.support.who_sees();
    let Some(answer) = latest_answer(picture) else {
        return raise_by_note(picture, who, review);
    };
    let (rule, severity, sentence) = match (answer.is_emergency(), answer.is_full()) {
        (true, _) => (&RULE, Severity::UrgentHelp, "safety.crisis-emergency"),
        (_, true) => (&RULE, Severity::UrgentHelp, "safety.crisis-item-9"),
        _ => (&UNCHANGED, Severity::WorthAskingAbout, "safety.crisis-item-9-unchanged"),
    };
    let why = Message::new("safety.why-crisis");
    let flag = Flag::new(rule, severity, Message::new(sentence), why).seen_by(who);
    let facts = format!("{}:{}", answer.entry, answer.value);
    let about = answer.instrument.id.as_str();
    review.raise(flag.about(about).behind([answer.entry]).because(&facts));
}

/// The quiet card for one of the phrases in the latest note of the last [`LEAST_DAYS_SHOWN`]
/// days that has any. It runs only where the person asked for it.
fn raise_by_note(picture: &Picture<'_>, who: Message, review: &mut Review) {
    let phrases = &picture.settings.phrases;
    let lately = |day: Day| (0..=LEAST_DAYS_SHOWN).contains(&picture.today.since(day));
    let told = |recorded: &Recorded<'_>| {
        let note = recorded.entry.body().note().filter(|_| lately(recorded.entry.day()));
        note.map(str::to_lowercase).is_some_and(|note| phrases.iter().any(|it| note.contains(it)))
    };
    if phrases.is_empty() {
        return;
    }
    let Some(Recorded { id, .. }) =
        picture.diary.entries().filter(told).max_by_key(|recorded| recorded.entry.day())
    else {
        return;
    };
    let message = Message::new("safety.crisis-words-in-note");
    let why = Message::new("safety.why-words-in-note");
    let flag = Flag::new(&WORDS, Severity::WorthAskingAbout, message, why).seen_by(who);
    review.raise(flag.about("note").behind([id]).because(&id.to_string()));
}
