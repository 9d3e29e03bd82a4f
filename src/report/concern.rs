use serde::Serialize;

use crate::analysis::adherence::{self, adherence};
use crate::analysis::{Column, Columns, DoseLog, Window};
use crate::diary::{Body, Day, Diary, EntryId, Kind, Regimen, SideEffect};
use crate::error::{Code, Error, Message, Param, Result};
use crate::reference::Confidence;
use crate::safety::{self, Capability, ConcernKind, Settings, Severity};

use super::flags::{FlagView, view};
use super::schedule::prescribed;
use super::sensitive::Part;
use super::tables::citations;
use super::{AsOf, Words};

/// Days over which the doses of a message are counted.
const DOSE_DAYS: i32 = 28;
/// Days back to which a score still tells of now.
const SCORE_DAYS: i32 = 90;

/// What there is to say to a concern about a medicine, and a message to hand over.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Concern {
    /// What troubles the person.
    pub kind: ConcernKind,
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// What needs help now or a call today, the most severe first.
    pub first: Vec<FlagView>,
    /// How soon someone should hear of it.
    pub how_soon: Severity,
    /// Whom to contact.
    pub whom: String,
    /// Why so soon.
    pub why: String,
    /// When not to wait.
    pub sooner: String,
    /// What stopping it all at once is like.
    pub stopping: StoppingView,
    /// Four lines for the prescriber: what, since when, doses, scores.
    pub message: [String; 4],
}

/// What stopping a medicine all at once is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoppingView {
    /// In words.
    pub text: String,
    /// Citations.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub confidence: Confidence,
}

/// What a concern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConcernOptions {
    /// What troubles the person.
    pub kind: ConcernKind,
    /// The medicine.
    pub medicine: EntryId,
    /// The side effect, where one is to be named.
    pub effect: Option<EntryId>,
}

/// What there is to say to a concern. A side effect stands in the message only if it was named.
///
/// # Errors
/// [`Code::NoSuchEntry`] at `medicine` or `effect`, [`Code::NotThatKind`] at `effect`.
pub fn concern(
    diary: &Diary,
    options: ConcernOptions,
    as_of: AsOf,
    settings: &Settings,
    words: &Words,
) -> Result<Concern> {
    let ConcernOptions { kind, medicine, effect } = options;
    let product =
        diary.medicine(medicine).ok_or_else(|| Error::new(Code::NoSuchEntry, "medicine"))?;
    if let Some(id) = effect {
        diary.points_to(id, Kind::SideEffect, "effect")?;
    }
    let effect = effect.and_then(|id| effect_of(diary, id));
    let name = product.name.as_ref();
    let found = safety::concern(diary, kind, (medicine, name), effect, as_of.today, settings);
    let (regimen, columns) = (Regimen::of(diary), Columns::of(diary));
    let message = [
        what(kind, name, effect),
        since(&regimen, medicine, as_of.today),
        match settings.offered.has(Capability::Adherence) {
            true => doses(diary, &regimen, (medicine, name), as_of.today),
            false => Message::new("concern.doses-not-counted"),
        },
        scores(&columns, as_of.today),
    ];
    Ok(Concern {
        kind,
        medicine,
        medicine_name: name.to_owned(),
        first: found.first.iter().map(|flag| view(flag, diary, as_of, words)).collect(),
        how_soon: found.how_soon,
        whom: words.text(&found.whom),
        why: words.text(&found.why),
        sooner: words.text(&Message::new("concern.sooner")),
        stopping: StoppingView {
            text: words.text(&found.stopping.message),
            sources: citations(found.stopping.sources),
            confidence: found.stopping.confidence,
        },
        message: message.map(|line| words.text(&line)),
    })
}

fn effect_of(diary: &Diary, id: EntryId) -> Option<&SideEffect> {
    match diary.entry(id)?.body() {
        Body::SideEffect(effect) => Some(effect),
        _ => None,
    }
}

fn what(kind: ConcernKind, name: &str, effect: Option<&SideEffect>) -> Message {
    let message = match (kind, effect) {
        (ConcernKind::NotWorking, _) => Message::new("concern.not-working"),
        (ConcernKind::Stopping, _) => Message::new("concern.stopping"),
        (ConcernKind::SideEffect, None) => Message::new("concern.effect-unnamed"),
        (ConcernKind::SideEffect, Some(effect)) => Message::new("concern.effect")
            .with("term", effect.term.as_ref())
            .with("severity", effect.severity.as_str())
            .with("day", Param::Day(effect.onset.number())),
    };
    message.with("medicine", name)
}

fn since(regimen: &Regimen, medicine: EntryId, today: Day) -> Message {
    let begun: Vec<_> = regimen.episodes_of(medicine).filter(|e| e.from <= today).collect();
    let (Some(first), Some(last)) = (begun.first(), begun.last()) else {
        return Message::new("concern.not-begun");
    };
    let day = |day: Day| Param::Day(day.number());
    match last.to.filter(|to| *to <= today) {
        Some(to) => Message::new("concern.taken-until")
            .with("from", day(first.from))
            .with("to", day(to.plus(-1))),
        None => Message::new(match first.since_before {
            true => "concern.taken-since-before",
            false => "concern.taken-since",
        })
        .with("from", day(first.from))
        .with("prescribed", prescribed(&last.schedule))
        .with("day", day(last.from)),
    }
}

fn doses(
    diary: &Diary,
    regimen: &Regimen,
    (medicine, name): (EntryId, &str),
    today: Day,
) -> Message {
    let log = DoseLog::of(diary);
    let subject = adherence::Subject { medicine, name, regimen, log: &log, today };
    let begun = regimen.episodes_of(medicine).next().map_or(today, |episode| episode.from);
    let from = today.plus(1 - DOSE_DAYS).max(begun.min(today));
    let counts = adherence(subject, Window { from, to: today }).counts;
    if counts.due == 0 {
        return Message::new("concern.doses-as-needed")
            .with("taken", counts.as_needed + counts.extra)
            .with("from", Param::Day(from.number()));
    }
    Message::new("concern.doses")
        .with("taken", counts.taken + counts.late)
        .with("due", counts.due)
        .with("missed", counts.missed + counts.skipped)
        .with("open", counts.no_entry)
        .with("from", Param::Day(from.number()))
}

/// The first and the last score of the last weeks, of each questionnaire that is not on something
/// that stays out until it is ticked.
fn scores(columns: &Columns, today: Day) -> Message {
    let from = today.plus(-SCORE_DAYS);
    let told = columns.all().iter().filter_map(|column| {
        let row = column.outcome.instrument?;
        Part::of_instrument(&row.id).is_none().then_some(())?;
        let recent = column.within(Window { from, to: today });
        let score = |place: usize| {
            Message::new("concern.score")
                .with("score", Param::Number(recent.values[place], 0))
                .with("day", Param::Day(recent.civil[place].number()))
        };
        let places = ends_of(&recent);
        let scores: Vec<Param> = places.into_iter().map(|place| score(place).into()).collect();
        let of_it = Message::new("concern.scores-of").with("outcome", row.short.as_str());
        (!scores.is_empty()).then(|| Param::from(of_it.with("scores", scores)))
    });
    let told: Vec<Param> = told.collect();
    match told.is_empty() {
        true => Message::new("concern.no-scores"),
        false => Message::new("concern.scores").with("scores", told),
    }
}

fn ends_of(column: &Column) -> Vec<usize> {
    let mut places = vec![0, column.len().saturating_sub(1)];
    places.dedup();
    places.truncate(column.len().min(2));
    places
}
