use serde::Serialize;

use crate::analysis::filling::{Filling, fillings};
use crate::analysis::journey::{self as claim, Standing, Subject};
use crate::analysis::{Columns, DoseLog};
use crate::diary::{Day, Diary, EntryId, Moment, Regimen, Sorting};
use crate::error::Message;
use crate::reference::{self, Confidence, Stage};
use crate::safety::{self, Due, DueKind, Settings};

use super::schedule::prescribed;
use super::tables::citations;
use super::{AsOf, Words};

/// Where each medicine stands, and what falls due.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Journey {
    /// The person's present day.
    pub day: Day,
    /// The medicines that were ever prescribed, those taken first.
    pub medicines: Vec<StandingView>,
    /// What falls due, by day.
    pub due: Vec<DueView>,
    /// What is not known here.
    pub not_known: Vec<String>,
    /// Version of the reference tables.
    pub tables: &'static str,
}

/// Where one medicine stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandingView {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub name: String,
    /// What is prescribed now, in words; empty when nothing is.
    pub prescribed: String,
    /// The stage.
    pub stage: Stage,
    /// The stage in words.
    pub stage_text: String,
    /// Its first day; of a planned one, the day of the first dose.
    pub since: Day,
    /// In a trial of a known length: the week it is in, and how many it takes.
    pub week: Option<(u16, u16)>,
    /// What usually comes next.
    pub next: Option<NextView>,
}

/// What usually comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextView {
    /// In words.
    pub text: String,
    /// Citations.
    pub sources: Vec<String>,
    /// How far it was checked.
    pub confidence: Confidence,
}

/// One thing that falls due.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DueView {
    /// What it is about, the same from day to day.
    pub key: String,
    /// What kind of thing.
    pub kind: DueKind,
    /// The day; it may have passed.
    pub day: Day,
    /// The instant, where one is known.
    pub at: Option<Moment>,
    /// Whether its day has come.
    pub is_due: bool,
    /// The medicine it goes with.
    pub medicine: Option<EntryId>,
    /// What it is, without a word on medicines or health.
    pub title: String,
    /// What it is, in full.
    pub sentence: String,
    /// What it is, in few words: for a list.
    pub short: String,
    /// Citations.
    pub sources: Vec<String>,
    /// How far the interval was checked.
    pub confidence: Confidence,
    /// Whether the interval is a suggestion of Doseline's own, which a clinic can set.
    pub is_suggestion: bool,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
}

/// Where each medicine stands, and what falls due.
#[must_use]
pub fn journey(diary: &Diary, as_of: AsOf, settings: &Settings, words: &Words) -> Journey {
    let standings = standings(diary, as_of, settings);
    let mut agenda = safety::agenda(diary, &standings, as_of.today, settings);
    agenda.due.extend(
        fillings(diary, as_of.today, settings.trial_days()).into_iter().filter_map(questionnaire),
    );
    agenda.due.arrange_by_key(|due| (due.day, due.kind as u8));
    let mut medicines: Vec<StandingView> =
        standings.iter().filter_map(|one| standing(one, diary, as_of, settings, words)).collect();
    medicines.arrange_by_key(|view| {
        (view.stage == Stage::Stopped, view.stage == Stage::Paused, view.stage == Stage::Planned)
    });
    Journey {
        day: as_of.today,
        medicines,
        due: agenda.due.iter().map(|due| due_view(due, as_of, words)).collect(),
        not_known: agenda.not_known.iter().map(|message| words.text(message)).collect(),
        tables: reference::pack().about().version,
    }
}

fn questionnaire(Filling { instrument, last, due }: Filling) -> Option<Due> {
    Some(Due {
        kind: DueKind::Questionnaire,
        about: instrument.id.to_string(),
        day: due?,
        at: None,
        medicine: None,
        message: Message::new("due.questionnaire").with("name", instrument.short.as_str()),
        short: None,
        sources: instrument.recall_days.sources.as_str(),
        confidence: instrument.recall_days.confidence,
        entries: last.map(|(_, id)| id).into_iter().collect(),
    })
}

/// Where every medicine of a diary stands.
pub(super) fn standings(diary: &Diary, as_of: AsOf, settings: &Settings) -> Vec<Standing> {
    let (regimen, log, columns) = (Regimen::of(diary), DoseLog::of(diary), Columns::of(diary));
    claim::journey(Subject {
        diary,
        regimen: &regimen,
        log: &log,
        columns: &columns,
        today: as_of.today,
        stage_days: settings.stage_days,
    })
}

fn standing(
    standing: &Standing,
    diary: &Diary,
    as_of: AsOf,
    settings: &Settings,
    words: &Words,
) -> Option<StandingView> {
    let next = standing.next.filter(|row| settings.policy.allows(&row.id, row.confidence));
    let regimen = Regimen::of(diary);
    let holding = regimen.episodes_of(standing.medicine).find(|e| e.holds_on(as_of.today));
    Some(StandingView {
        medicine: standing.medicine,
        name: diary.medicine(standing.medicine)?.name.to_string(),
        prescribed: holding.map(|e| words.text(&prescribed(&e.schedule))).unwrap_or_default(),
        stage: standing.stage,
        stage_text: words.text(&stage(standing)),
        since: standing.since,
        week: standing.week,
        next: next.map(|row| NextView {
            text: words.text(&Message::new(row.says.as_str())),
            sources: citations(row.sources.as_str()),
            confidence: row.confidence,
        }),
    })
}

/// A stage in words.
pub(super) fn stage(standing: &Standing) -> Message {
    if let Some((week, of)) = standing.week {
        return Message::new("journey.stage-week")
            .with("week", usize::from(week))
            .with("of", usize::from(of));
    }
    Message::new(match standing.stage {
        Stage::Planned => "journey.stage-planned",
        Stage::Starting => "journey.stage-starting",
        Stage::InTrial => "journey.stage-in-trial",
        Stage::Adequate => "journey.stage-adequate",
        Stage::WeeksOver => "journey.stage-weeks-over",
        Stage::Maintained => "journey.stage-maintained",
        Stage::Taking => "journey.stage-taking",
        Stage::Tapering => "journey.stage-tapering",
        Stage::Paused => "journey.stage-paused",
        Stage::Stopped => "journey.stage-stopped",
    })
}

fn due_view(due: &Due, as_of: AsOf, words: &Words) -> DueView {
    DueView {
        key: [due.kind.as_str(), due.about.as_str()].join(":"),
        kind: due.kind,
        day: due.day,
        at: due.at,
        is_due: due.day <= as_of.today,
        medicine: due.medicine,
        title: words.text(&title(due.kind)),
        sentence: words.text(&due.message),
        short: words.text(due.short.as_ref().unwrap_or(&due.message)),
        sources: citations(due.sources),
        confidence: due.confidence,
        is_suggestion: due.sources == "doseline-rules",
        entries: due.entries.clone(),
    }
}

/// What a thing is called where others may read it.
fn title(kind: DueKind) -> Message {
    Message::new(match kind {
        DueKind::CheckIn => "due.title-check-in",
        DueKind::Questionnaire => "due.title-questionnaire",
        DueKind::Check => "due.title-check",
        DueKind::Visit => "due.title-visit",
        DueKind::Review | DueKind::StayOrTaper => "due.title-talk",
        DueKind::Goal => "due.title-goal",
        DueKind::List => "due.title-list",
    })
}
