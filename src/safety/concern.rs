//! "This isn't working", "I can't stand this effect", "I want to stop": whom to contact and how soon.
//!
//! What needs help now or a call today comes first, whatever the concern is about. How soon the rest is
//! asked for is an engineering suggestion without clinical authority; it errs to the earlier side.

use crate::diary::{Day, Diary, EntryId, Severity as Strength, SideEffect, words};
use crate::error::Message;
use crate::reference::{Confidence, Policy, StoppingRisk};

use super::flag::{Flag, Severity};
use super::picture::Picture;
use super::taken::Taken;
use super::{Settings, review};

words! {
    /// What troubles a person about a medicine.
    ConcernKind {
        /// It does not seem to help.
        NotWorking = "not-working",
        /// An effect of it is hard to bear.
        SideEffect = "side-effect",
        /// The person thinks about stopping it.
        Stopping = "stopping",
    }
}

/// What there is to say to a concern.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    /// What needs help now or a call today, the most severe first.
    pub first: Vec<Flag>,
    /// How soon someone should hear of it.
    pub how_soon: Severity,
    /// Whom to contact.
    pub whom: Message,
    /// Why so soon.
    pub why: Message,
    /// What stopping this medicine is like.
    pub stopping: Stopping,
}

/// What stopping a medicine all at once is like.
#[derive(Clone, Debug, PartialEq)]
pub struct Stopping {
    /// In words.
    pub message: Message,
    /// Ids of rows of the table of sources, separated by blanks; empty where it is not known.
    pub sources: &'static str,
    /// How far it was checked.
    pub confidence: Confidence,
}

/// What there is to say to a concern about a medicine; of a side effect, about `effect` where it is
/// named, otherwise about all that go on.
#[must_use]
pub fn concern(
    diary: &Diary,
    kind: ConcernKind,
    (medicine, name): (EntryId, &str),
    effect: Option<&SideEffect>,
    today: Day,
    settings: &Settings,
) -> Concern {
    let picture = Picture::of(diary, today, settings);
    let mut first: Vec<Flag> = review(diary, today, settings).open().cloned().collect();
    first.retain(|flag| flag.severity >= Severity::ContactToday);
    let taken = picture.taken.iter().find(|taken| taken.medicine == Some(medicine));
    let (risk, stopping) = stopping(taken, name, &settings.policy);
    let goes_on = |of: &SideEffect| of.onset <= today && of.end.is_none_or(|end| end >= today);
    let is_severe = match effect {
        Some(effect) => effect.severity == Strength::Severe,
        None => picture.effects.iter().any(|noted| {
            let of_it = noted.of.suspected.is_none_or(|suspected| suspected == medicine);
            of_it && goes_on(noted.of) && noted.of.severity == Strength::Severe
        }),
    };
    let asked = match kind {
        ConcernKind::Stopping if risk >= Some(StoppingRisk::High) => {
            (Severity::ContactToday, Message::new("concern.why-stopping"))
        }
        ConcernKind::SideEffect if is_severe => {
            (Severity::ContactToday, Message::new("concern.why-severe"))
        }
        _ => (Severity::WorthAskingAbout, Message::new("concern.why-soon")),
    };
    let (how_soon, why) = match first.first() {
        Some(flag) if flag.severity >= asked.0 => {
            (flag.severity, Message::new("concern.why-flags"))
        }
        _ => asked,
    };
    let whom = Message::new(match how_soon {
        Severity::UrgentHelp => "concern.whom-now",
        Severity::ContactToday => "concern.whom-today",
        Severity::WorthAskingAbout | Severity::ForInformation => "concern.whom-soon",
    });
    Concern { first, how_soon, whom, why, stopping }
}

fn stopping(
    taken: Option<&Taken<'_>>,
    name: &str,
    policy: &Policy,
) -> (Option<StoppingRisk>, Stopping) {
    let said = |id, sources, confidence| Stopping {
        message: Message::new(id).with("medicine", name),
        sources,
        confidence,
    };
    let row = taken.filter(|taken| !taken.is_depot).and_then(|taken| taken.row);
    let Some(row) = row.filter(|row| policy.allows(&row.id, row.stopping.confidence)) else {
        return (None, said("concern.stop-not-known", "", Confidence::GeneralKnowledge));
    };
    let (of, risk) = (&row.stopping, row.stopping.value.risk);
    let id = match (risk, of.value.taper) {
        (StoppingRisk::High, _) => "concern.stop-unsafe",
        (_, true) => "concern.stop-step-by-step",
        _ => "concern.stop-ask",
    };
    (Some(risk), said(id, of.sources.as_str(), of.confidence))
}
