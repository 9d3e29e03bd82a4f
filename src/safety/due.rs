//! What falls due, and when: a check-in, a check, a visit, a goal, a look over the list, and the talk
//! about staying on a medicine or tapering.
//!
//! Intervals come from the tables where a source gives one. Those of [`Settings`](super::Settings) are
//! engineering suggestions and cite the project's own rules. Where no interval is known, that is said.

use crate::analysis::journey::Standing;
use crate::diary::{
    Body, Calendar, Day, Diary, EntryId, Kind, Moment, Recorded, Sorting, Span, SpanType, Step,
    words,
};
use crate::error::Message;
use crate::reference::{self, Class, Confidence, MANIA_OR_PSYCHOSIS, Monitoring, Stage};

use super::flag::not_allowed;
use super::monitoring::{REVIEW, next_check};
use super::picture::Picture;
use super::{Settings, taken::Taken};

words! {
    /// What kind of thing falls due.
    DueKind {
        /// A check-in.
        CheckIn = "check-in",
        /// A questionnaire.
        Questionnaire = "questionnaire",
        /// A measurement or a laboratory value.
        Check = "check",
        /// A visit that is planned.
        Visit = "visit",
        /// A talk with the prescriber that usually falls due.
        Review = "review",
        /// The talk about staying on a medicine or tapering.
        StayOrTaper = "stay-or-taper",
        /// The review of a goal that was set at a step.
        Goal = "goal",
        /// The list of medicines: is this everything?
        List = "list",
    }
}

/// One thing that falls due.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// What kind of thing.
    pub kind: DueKind,
    /// What it is about, the same from day to day: an entry, a row of the tables, or nothing more.
    pub about: String,
    /// The day; it may have passed.
    pub day: Day,
    /// The instant, where one is known.
    pub at: Option<Moment>,
    /// The medicine it goes with.
    pub medicine: Option<EntryId>,
    /// What it is, in full.
    pub message: Message,
    /// That in few words, where most of it is the same for many things.
    pub short: Option<Message>,
    /// Ids of rows of the table of sources, separated by blanks; empty for what the person planned.
    pub sources: &'static str,
    /// How far the interval was checked.
    pub confidence: Confidence,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
}

/// What falls due, by day, and what is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// By day.
    pub due: Vec<Due>,
    /// Intervals that are not known here, one sentence a medicine.
    pub not_known: Vec<Message>,
}

/// Where an interval of [`Settings`](super::Settings) comes from.
const OURS: &str = "doseline-rules";

/// What falls due after `today`, and what did and is not in the diary.
#[must_use]
pub fn agenda(diary: &Diary, standings: &[Standing], today: Day, settings: &Settings) -> Agenda {
    let picture = Picture::of(diary, today, settings);
    let happened = Happened::of(diary, today);
    let mut agenda = Agenda::default();
    agenda.check_in(&picture, standings);
    agenda.visits(&happened);
    agenda.goals(&picture);
    agenda.list(&picture, &happened);
    if picture.is_adult() {
        agenda.checks(&picture);
        agenda.reviews(&picture, standings, &happened);
        agenda.stay_or_taper(&picture, standings, &happened);
    }
    agenda.due.arrange_by_key(|due| (due.day, due.kind as u8, due.medicine));
    agenda
}

/// Visits, stays in hospital and looks over the list.
struct Happened<'a> {
    /// Visits up to today: the last one.
    last_visit: Option<(Day, EntryId)>,
    /// Visits that lie ahead or are today.
    ahead: Vec<Recorded<'a>>,
    /// Last days of stays in hospital that ended.
    left_hospital: Option<(Day, EntryId)>,
    /// The last look over the list.
    looked: Option<Day>,
}

impl<'a> Happened<'a> {
    fn of(diary: &'a Diary, today: Day) -> Self {
        let mut found =
            Self { last_visit: None, ahead: Vec::new(), left_hospital: None, looked: None };
        let read = [Kind::Visit, Kind::Reconciliation, Kind::Span];
        for recorded in read.into_iter().flat_map(|kind| diary.of_kind(kind)) {
            let (id, day) = (recorded.id, recorded.entry.day());
            match recorded.entry.body() {
                Body::Visit(_) => {
                    if day >= today {
                        found.ahead.push(recorded);
                    }
                    if day <= today {
                        found.last_visit = found.last_visit.max(Some((day, id)));
                    }
                }
                Body::Reconciliation(_) => found.looked = found.looked.max(Some(day)),
                Body::Span(span) => {
                    let left = left_hospital(span, today).map(|day| (day, id));
                    found.left_hospital = found.left_hospital.max(left);
                }
                _ => {}
            }
        }
        found
    }
}

fn left_hospital(span: &Span, today: Day) -> Option<Day> {
    let is_stay = matches!(span.span, SpanType::HospitalStay | SpanType::EmergencyVisit);
    span.to.filter(|to| is_stay && *to <= today)
}

impl Agenda {
    fn add(&mut self, kind: DueKind, about: impl ToString, day: Day, message: Message) -> &mut Due {
        self.due.push(Due {
            kind,
            about: about.to_string(),
            day,
            at: None,
            medicine: None,
            message,
            short: None,
            sources: OURS,
            confidence: Confidence::GeneralKnowledge,
            entries: Vec::new(),
        });
        let last = self.due.len() - 1;
        &mut self.due[last]
    }

    fn check_in(&mut self, picture: &Picture<'_>, standings: &[Standing]) {
        let is_close = |standing: &Standing| {
            matches!(standing.stage, Stage::Starting | Stage::InTrial | Stage::Tapering)
        };
        let (close, wide) = picture.settings.check_in_days;
        let every = if standings.iter().any(is_close) { close } else { wide };
        let calendar = Calendar::of(picture.diary);
        let past = calendar.up_to(picture.today).iter();
        let is_own = |id| {
            let entry = picture.diary.entry(id);
            entry.is_some_and(|entry| !entry.recorded_by().is_observer())
        };
        let last = past.rev().find(|dated| dated.kind == Kind::CheckIn && is_own(dated.id));
        let day = last.map_or(picture.today, |dated| dated.day.plus(every));
        let due = self.add(DueKind::CheckIn, "", day, Message::new("due.check-in"));
        due.entries.extend(last.map(|dated| dated.id));
    }

    fn checks(&mut self, picture: &Picture<'_>) {
        let pack = reference::pack();
        let mut done: Vec<(&str, &str)> = Vec::new();
        for taken in picture.now(|taken| taken.medicine.is_some()) {
            let Some(known) = taken.known else { continue };
            let of_it = |row: &&Monitoring| pack.is_party(known, &row.of);
            for row in pack.monitoring().iter().filter(of_it) {
                let Some((_, day)) = next_check(picture, taken, row) else { continue };
                if !picture.settings.policy.allows(&row.id, row.confidence) {
                    self.not_allowed(taken);
                    continue;
                }
                // Two products of one ingredient, or two rows on one measure: the earlier rows hold.
                let of_it = (taken.key.as_str(), row.measure.as_str());
                if !done.contains(&of_it) {
                    done.push(of_it);
                    self.check(taken, row, day);
                }
            }
        }
    }

    fn check(&mut self, taken: &Taken<'_>, row: &'static Monitoring, day: Day) {
        let message = Message::new("due.check")
            .with("medicine", taken.name.as_str())
            .with("measure", Message::new(row.measure.as_str()));
        let due = self.add(DueKind::Check, row.id, day, message);
        due.short = Some(
            Message::new("due.check-short")
                .with("medicine", taken.name.as_str())
                .with("measure", Message::new(row.measure.as_str())),
        );
        due.medicine = taken.medicine;
        due.sources = row.sources.as_str();
        due.confidence = row.confidence;
        due.entries.extend(&taken.entries);
    }

    /// Says that what the tables have on something taken may not be used here.
    fn not_allowed(&mut self, taken: &Taken<'_>) {
        let message = not_allowed(taken.name.as_str());
        if !self.not_known.contains(&message) {
            self.not_known.push(message);
        }
    }

    fn visits(&mut self, happened: &Happened<'_>) {
        for Recorded { id, entry } in &happened.ahead {
            let Body::Visit(visit) = entry.body() else { continue };
            let message = match &visit.with {
                Some(with) => Message::new("due.visit-with").with("who", with.as_ref()),
                None => Message::new("due.visit"),
            };
            let due = self.add(DueKind::Visit, id, entry.day(), message);
            due.at = entry.at();
            due.sources = "";
            due.entries.push(*id);
        }
    }

    /// Talks with the prescriber at the intervals that the tables know for a class.
    fn reviews(&mut self, picture: &Picture<'_>, standings: &[Standing], happened: &Happened<'_>) {
        let pack = reference::pack();
        for taken in picture.now(|taken| taken.medicine.is_some()) {
            let is_it = |standing: &&Standing| Some(standing.medicine) == taken.medicine;
            if standings.iter().find(is_it).is_none_or(|one| one.stage == Stage::Planned) {
                continue;
            }
            let of_it = |row: &&Monitoring| {
                let is_party = taken.known.is_some_and(|known| pack.is_party(known, &row.of));
                row.measure.as_str() == REVIEW && is_party
            };
            let name = taken.name.as_str();
            let last = happened.last_visit.filter(|(day, _)| *day > taken.since);
            let passed = last.map_or(0, |(day, _)| day.since(taken.since));
            let passed = u16::try_from(passed).unwrap_or(u16::MAX);
            let rows = || pack.monitoring().iter().filter(of_it);
            let row = rows().find(|row| picture.settings.policy.allows(&row.id, row.confidence));
            if row.is_none() && rows().next().is_some() {
                self.not_allowed(taken);
                continue;
            }
            let Some((row, next)) = row.and_then(|row| Some((row, row.due(Some(passed))?))) else {
                let message = Message::new("due.not-known-visit").with("medicine", name);
                self.not_known.push(message);
                continue;
            };
            let day = taken.since.plus(i32::from(next));
            // A talk that is planned by then is the one that falls due.
            if happened.ahead.iter().any(|visit| visit.entry.day() <= day.plus(GRACE_DAYS)) {
                continue;
            }
            let message = Message::new("due.review").with("medicine", name);
            let due = self.add(DueKind::Review, row.id, day, message);
            due.medicine = taken.medicine;
            due.sources = row.sources.as_str();
            due.confidence = row.confidence;
            due.entries.extend(last.map(|(_, id)| id));
            due.entries.extend(&taken.entries);
        }
    }

    /// After lasting remission: stay or taper? Not in bipolar disorder and psychosis, where another
    /// course holds; where no condition is known, that is said.
    fn stay_or_taper(
        &mut self,
        picture: &Picture<'_>,
        standings: &[Standing],
        happened: &Happened<'_>,
    ) {
        let lasting = picture.told_condition(MANIA_OR_PSYCHOSIS).map(|(holds, _)| holds);
        if lasting == Some(true) {
            return;
        }
        for standing in standings.iter().filter(|one| one.stage == Stage::Maintained) {
            let (Some(row), Some(well)) = (standing.next, standing.well_since) else { continue };
            let is_allowed = picture.settings.policy.allows(&row.id, row.confidence);
            let Some(weeks) = row.weeks.filter(|_| is_allowed) else { continue };
            let is_it = |taken: &Taken<'_>| {
                taken.medicine == Some(standing.medicine) && taken.is_class(Class::Antidepressant)
            };
            let Some(taken) = picture.now(is_it).next() else { continue };
            let day = well.max(taken.since).plus(7 * i32::from(weeks));
            // It was talked over at a visit since, or is to be.
            if happened.last_visit.is_some_and(|(visit, _)| visit >= day) {
                continue;
            }
            if lasting.is_none() {
                let message = Message::new("due.not-known-stay-or-taper");
                self.not_known.push(message.with("medicine", taken.name.as_str()));
                continue;
            }
            let message = Message::new("due.stay-or-taper").with("medicine", taken.name.as_str());
            let due = self.add(DueKind::StayOrTaper, row.id, day, message);
            due.medicine = taken.medicine;
            due.sources = row.sources.as_str();
            due.confidence = row.confidence;
            due.entries.extend(&taken.entries);
        }
    }

    fn goals(&mut self, picture: &Picture<'_>) {
        for (Recorded { id, entry }, Step { medicine, trial, .. }) in picture.diary.steps() {
            let (Some(trial), Some(product)) = (trial, picture.diary.medicine(*medicine)) else {
                continue;
            };
            let day = entry.day().plus(7 * i32::from(trial.weeks));
            if day < picture.today {
                continue;
            }
            let message = Message::new("due.goal").with("medicine", product.name.as_ref());
            let due = self.add(DueKind::Goal, id, day, message);
            due.medicine = Some(*medicine);
            due.sources = "diary-plan";
            due.confidence = Confidence::Verified;
            due.entries.push(id);
        }
    }

    /// "Is this everything?": at the start, before a visit, after a stay in hospital.
    fn list(&mut self, picture: &Picture<'_>, happened: &Happened<'_>) {
        if picture.diary.medicines().next().is_none() {
            return;
        }
        let today = picture.today;
        let before = picture.settings.list_days_before_visit;
        let not_since = |day: Day| happened.looked.is_none_or(|looked| looked < day);
        let stay = happened.left_hospital.filter(|(day, _)| not_since(*day));
        let next = happened.ahead.iter().min_by_key(|visit| (visit.entry.day(), visit.id));
        let visit = next.map(|visit| (visit.entry.day().plus(-before), visit.id));
        let visit = visit.filter(|(day, _)| not_since(*day));
        let (day, message, behind) = match (happened.looked, stay, visit) {
            (_, Some((day, id)), _) => (day, Message::new("due.list-after-hospital"), Some(id)),
            (None, ..) => (today, Message::new("due.list-at-the-start"), None),
            (_, _, Some((day, id))) => (day, Message::new("due.list-before-visit"), Some(id)),
            _ => return,
        };
        let due = self.add(DueKind::List, "", day, message);
        due.entries.extend(behind);
    }
}

/// Days by which a planned visit may come after the day a talk falls due.
const GRACE_DAYS: i32 = 7;
