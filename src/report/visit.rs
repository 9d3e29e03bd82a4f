use std::sync::Arc;

use serde::Serialize;

use crate::analysis::adherence::{self, adherence};
use crate::analysis::journey::Standing;
use crate::analysis::treatment_response::treatment_response;
use crate::analysis::{Columns, DoseLog, Reading, Window};
use crate::diary::{
    Action, Body, Day, Diary, Entry, EntryId, Kind, Knowledge, Medicine, ProfileFact, ProfileValue,
    Recorded, Regimen, Sorting, Topic,
};
use crate::error::{Message, Param};
use crate::reference::{self, Stage};
use crate::safety::{self, Capability, Flag, NotChecked, Review, Settings};

use super::flags::{DismissedView, FlagView, view};
use super::journey::{stage, standings};
use super::lanes::{span_label, step_label};
use super::schedule::{prescribed, steps_of};
use super::sensitive::Part;
use super::{AsOf, Words};

/// Days that are looked back on where no visit was noted.
const DAYS_BACK: i32 = 56;

/// What a brief is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitOptions {
    /// The first day of what is new; the last visit before today unless given.
    pub since: Option<Day>,
    /// Whether it is the first visit: what lies before counts as well, and the person is introduced.
    pub first: bool,
    /// What was ticked to be in it.
    pub include: Vec<Part>,
}

/// One page to bring to a visit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VisitReport {
    /// What it is.
    pub title: String,
    /// From which day on things are new, and as of which day it was made, in words.
    pub about: String,
    /// The first day of what is new.
    pub since: Day,
    /// The day it was made as of.
    pub day: Day,
    /// Its parts, in order.
    pub sections: Vec<Section>,
    /// What the diary holds and was not ticked.
    pub left_out: Vec<Part>,
    /// Version of the reference tables.
    pub tables: &'static str,
    /// 64 bits of the diary's canonical form, in hexadecimal: whether it is the same diary, and no
    /// proof against someone who wants it to look so.
    pub digest: String,
}

/// One part of a brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// `regimen`, `changes`, `scores` …
    pub id: &'static str,
    /// What it is called.
    pub title: String,
    /// Its lines; one that says so where there is nothing.
    pub lines: Vec<Line>,
}

/// One line of a brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// In words.
    pub text: String,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
}

/// The brief for a visit.
#[must_use]
pub fn visit_report(
    diary: &Diary,
    options: &VisitOptions,
    as_of: AsOf,
    settings: &Settings,
    words: &Words,
) -> VisitReport {
    let today = as_of.today;
    let visits = diary.entries().filter(|recorded| matches!(recorded.entry.body(), Body::Visit(_)));
    let last = visits.map(|recorded| recorded.entry.day()).filter(|day| *day < today).max();
    let first_day = as_of.window(diary).from;
    let usual = match options.first {
        true => first_day,
        false => last.unwrap_or(today.plus(-DAYS_BACK)),
    };
    let since = options.since.unwrap_or(usual).min(today);
    let standings = standings(diary, as_of, settings);
    let mut brief = Brief {
        diary,
        words,
        regimen: Regimen::of(diary),
        log: DoseLog::of(diary),
        columns: Columns::of(diary),
        window: Window { from: since, to: today },
        settings,
        as_of,
        reading: as_of.looks(diary).reading(as_of.window(diary)),
        include: &options.include,
        left_out: Vec::new(),
        sections: Vec::new(),
    };
    if options.first {
        brief.person();
    }
    brief.now(&standings);
    brief.changes();
    brief.scores();
    brief.response(&standings);
    brief.adherence(&standings);
    brief.effects();
    brief.past(&standings);
    brief.flags();
    brief.happened();
    brief.ticked();
    brief.questions();
    brief.goals();
    let title = match options.first {
        true => "visit.title-first",
        false => "visit.title",
    };
    let about = Message::new("visit.about").with("since", day(since)).with("day", day(today));
    VisitReport {
        title: words.text(&Message::new(title)),
        about: words.text(&about),
        since,
        day: today,
        sections: brief.sections,
        left_out: brief.left_out,
        tables: reference::pack().about().version,
        digest: format!("{:016x}", safety::digest(&[&diary.to_json("")])),
    }
}

struct Brief<'a> {
    diary: &'a Diary,
    words: &'a Words,
    regimen: Regimen,
    log: Arc<DoseLog>,
    columns: Arc<Columns>,
    window: Window,
    settings: &'a Settings,
    as_of: AsOf,
    /// What the claims may use: a brief that is opened is no look.
    reading: Reading,
    include: &'a [Part],
    left_out: Vec<Part>,
    sections: Vec<Section>,
}

/// Lines before they are worded.
type Lines = Vec<(Message, Vec<EntryId>)>;

impl<'a> Brief<'a> {
    /// Adds a section; one that says so where there is nothing.
    fn add(&mut self, id: &'static str, title: &'static str, mut lines: Lines) {
        if lines.is_empty() {
            lines.push((Message::new("visit.nothing"), Vec::new()));
        }
        let line = |(text, entries): (Message, Vec<EntryId>)| Line {
            text: self.words.text(&text),
            entries,
        };
        let lines = lines.into_iter().map(line).collect();
        self.sections.push(Section { id, title: self.words.text(&Message::new(title)), lines });
    }

    /// Whether a part may be shown; what may not is noted as left out.
    fn may_show(&mut self, part: Option<Part>) -> bool {
        let Some(part) = part.filter(|part| !self.include.contains(part)) else { return true };
        if let Err(place) = self.left_out.binary_search(&part) {
            self.left_out.insert(place, part);
        }
        false
    }

    /// The part an entry belongs to.
    fn part_of(&self, id: EntryId) -> Option<Part> {
        match self.diary.entry(id)?.body() {
            Body::Substance(_) => Some(Part::Substances),
            Body::SideEffect(effect) => Part::of_effect(&effect.term),
            Body::Assessment(assessment) => Part::of_instrument(&assessment.instrument),
            _ => None,
        }
    }

    /// The entries of the diary by day, up to today.
    fn by_day(&self) -> Vec<(EntryId, &'a Entry)> {
        let all = self.diary.entries().map(|Recorded { id, entry }| (id, entry));
        let mut all: Vec<_> = all.filter(|(_, entry)| entry.day() <= self.window.to).collect();
        all.arrange_by_key(|(id, entry)| (entry.day(), *id));
        all
    }

    fn medicines<'s>(
        &'s self,
        standings: &'s [Standing],
        is: impl Fn(Stage) -> bool + 's,
    ) -> impl Iterator<Item = (&'s Standing, &'a Medicine)> + 's {
        let of = move |one: &'s Standing| Some((one, self.diary.medicine(one.medicine)?));
        standings.iter().filter(move |one| is(one.stage)).filter_map(of)
    }

    /// What the person told of themselves: the newest fact of each topic, every condition.
    fn person(&mut self) {
        let mut told: Vec<(Topic, EntryId, &ProfileFact)> = Vec::new();
        for (id, entry) in self.by_day() {
            let Body::Profile(fact) = entry.body() else { continue };
            let is_older = |known: &(Topic, EntryId, &ProfileFact)| {
                known.0 == fact.topic
                    && (fact.topic != Topic::Condition || known.2.knowledge == fact.knowledge)
            };
            told.retain(|known| !is_older(known));
            told.push((fact.topic, id, fact));
        }
        told.arrange_by_key(|(topic, ..)| *topic as u8);
        let mut lines = Lines::new();
        for (topic, id, fact) in told {
            let Knowledge::Known(value) = &fact.knowledge else { continue };
            let value = match value {
                ProfileValue::Year(year) => year.to_string(),
                ProfileValue::Text(text) => text.to_string(),
            };
            let part = (topic == Topic::Condition).then(|| Part::of_condition(&value)).flatten();
            if self.may_show(part) {
                let line = match fact.diagnosed_by.as_deref() {
                    Some(who) => Message::new("visit.fact-diagnosed").with("who", who),
                    None => Message::new("visit.fact"),
                };
                let line = line.with("topic", topic_name(topic)).with("value", value);
                lines.push((line, vec![id]));
            }
        }
        self.add("person", "visit.person", lines);
    }

    fn now(&mut self, standings: &[Standing]) {
        let is_now = |stage| !matches!(stage, Stage::Stopped | Stage::Planned);
        let lines = self.medicines(standings, is_now).map(|(one, product)| {
            let episodes = self.regimen.episodes_of(one.medicine);
            let held = episodes.filter(|e| e.holds_on(self.window.to)).last();
            let name = product.name.as_ref();
            let line = match held {
                Some(held) => Message::new("visit.medicine")
                    .with("prescribed", prescribed(&held.schedule))
                    .with("day", day(held.from)),
                None => Message::new("visit.medicine-paused").with("day", day(one.since)),
            };
            (line.with("medicine", name).with("stage", stage(one)), vec![one.medicine])
        });
        let lines = lines.collect();
        self.add("regimen", "visit.regimen", lines);
    }

    fn changes(&mut self) {
        let mut lines: Vec<(Day, Message, EntryId)> = Vec::new();
        for (medicine, product) in self.diary.medicines() {
            for (Recorded { id, entry }, step) in steps_of(self.diary, medicine) {
                if !self.window.holds(entry.day()) {
                    continue;
                }
                let line = Message::new(match step.reason {
                    Some(_) => "visit.change-reason",
                    None => "visit.change",
                });
                let reason = step.reason.as_deref().unwrap_or_default();
                let line = line
                    .with("day", day(entry.day()))
                    .with("medicine", product.name.as_ref())
                    .with("step", step_label(step))
                    .with("reason", reason);
                lines.push((entry.day(), line, id));
            }
        }
        lines.arrange_by_key(|(day, _, id)| (*day, *id));
        let lines = lines.into_iter().map(|(_, line, id)| (line, vec![id])).collect();
        self.add("changes", "visit.changes", lines);
    }

    /// Of each questionnaire the last score before the first day, and those since.
    fn scores(&mut self) {
        let mut lines = Lines::new();
        let columns = Arc::clone(&self.columns);
        for column in columns.all().iter().chain(columns.seen()) {
            let Some(row) = column.outcome.instrument else { continue };
            let end = column.civil.partition_point(|day| *day <= self.window.to);
            let new = column.civil.partition_point(|day| *day < self.window.from);
            let places = new.saturating_sub(1)..end;
            let score = |place: usize| {
                let total = column.values[place];
                let bands = row.bands.value.iter();
                let band = bands.into_iter().find(|band| {
                    (f64::from(band.range.0)..=f64::from(band.range.1)).contains(&total)
                });
                let of = Message::new(match band {
                    Some(_) => "visit.score-band",
                    None => "concern.score",
                });
                of.with("score", Param::Number(total, 0))
                    .with("band", band.map_or("", |band| band.label.as_str()))
                    .with("day", day(column.civil[place]))
            };
            let scores: Vec<Param> = places.clone().map(|place| score(place).into()).collect();
            let entries: Vec<EntryId> = places.map(|place| column.ids[place]).collect();
            if !scores.is_empty() && self.may_show(Part::of_instrument(&row.id)) {
                let line = Message::new("concern.scores-of");
                let line = line.with("outcome", column.outcome.name.clone());
                lines.push((line.with("scores", scores), entries));
            }
        }
        self.add("scores", "visit.scores", lines);
    }

    /// What the published rules say of the scores since each medicine now taken was begun.
    fn response(&mut self, standings: &[Standing]) {
        if !self.settings.offered.has(Capability::TreatmentResponse) {
            return;
        }
        let mut lines = Lines::new();
        for (one, product) in self.medicines(standings, is_taken) {
            lines.extend(self.response_of(one.medicine, product));
        }
        self.add("response", "visit.response", lines);
    }

    fn response_of(&self, medicine: EntryId, product: &Medicine) -> Lines {
        if !self.settings.offered.has(Capability::TreatmentResponse) {
            return Lines::new();
        }
        let of = |column| -> Option<(Message, Vec<EntryId>)> {
            let column: &crate::analysis::Column = column;
            let row = column.outcome.instrument?;
            Part::of_instrument(&row.id).is_none().then_some(())?;
            let name = (medicine, product.name.as_ref());
            let (regimen, today) = (&self.regimen, self.window.to);
            let found = treatment_response(column, row, regimen, name, today, &self.reading)?;
            found.change.filter(|_| !found.only_as_needed)?;
            let met = found.rules.iter().filter(|rule| rule.met == Some(true));
            let met: Vec<Param> = met.map(|rule| Param::from(rule.text.clone())).collect();
            let line = Message::new(match met.is_empty() {
                true => "visit.response-line",
                false => "visit.response-rules",
            });
            let line = line
                .with("finding", found.finding.sentence)
                .with("doubt", found.finding.doubt)
                .with("rules", met);
            let line = match found.finding.look.filter(|look| *look < today) {
                Some(look) => {
                    Message::new("visit.read-on").with("line", line).with("day", day(look))
                }
                None => line,
            };
            Some((line, found.finding.entries))
        };
        self.columns.all().iter().filter_map(of).collect()
    }

    fn adherence(&mut self, standings: &[Standing]) {
        if !self.settings.offered.has(Capability::Adherence) {
            return;
        }
        let lines = self.medicines(standings, is_taken).map(|(one, product)| {
            let subject = adherence::Subject {
                medicine: one.medicine,
                name: &product.name,
                regimen: &self.regimen,
                log: &self.log,
                today: self.window.to,
            };
            let begun = self.regimen.episodes_of(one.medicine).next();
            let begun = begun.map_or(self.window.to, |e| e.from.min(self.window.to));
            let window = Window { from: self.window.from.max(begun), to: self.window.to };
            let finding = adherence(subject, window).finding;
            let line = Message::new("visit.with-doubt").with("finding", finding.sentence);
            (line.with("doubt", finding.doubt), vec![one.medicine])
        });
        let lines = lines.collect();
        self.add("adherence", "visit.adherence", lines);
    }

    fn effects(&mut self) {
        let mut lines = Lines::new();
        for (id, entry) in self.by_day() {
            let Body::SideEffect(effect) = entry.body() else { continue };
            let is_new = effect.end.is_none_or(|end| end >= self.window.from);
            if !is_new || !self.may_show(Part::of_effect(&effect.term)) {
                continue;
            }
            let line = match effect.end {
                Some(end) => Message::new("visit.effect-ended").with("end", day(end)),
                None => Message::new("visit.effect"),
            };
            let line = line
                .with("term", effect.term.as_ref())
                .with("severity", effect.severity.as_str())
                .with("day", day(effect.onset));
            lines.push((line, vec![id]));
        }
        self.add("effects", "visit.effects", lines);
    }

    /// Medicines that ended: dose, duration, whether that was adequate, and what came of it.
    fn past(&mut self, standings: &[Standing]) {
        let mut lines = Lines::new();
        for (one, product) in self.medicines(standings, |stage| stage == Stage::Stopped) {
            let episodes: Vec<_> = self.regimen.episodes_of(one.medicine).collect();
            let a_day = |e: &&crate::diary::Episode| e.schedule.mean_daily_amount().unwrap_or(0.0);
            let most = episodes.iter().copied().max_by(|a, b| a_day(a).total_cmp(&a_day(b)));
            let (Some(first), Some(most)) = (episodes.first(), most) else { continue };
            let weeks = usize::try_from(one.since.since(first.from) / 7).unwrap_or(0);
            let line = Message::new(match first.since_before {
                true => "visit.past-before",
                false => "visit.past",
            });
            let line = line
                .with("medicine", product.name.as_ref())
                .with("prescribed", prescribed(&most.schedule))
                .with("from", day(first.from))
                .with("to", day(one.since.plus(-1)))
                .with("weeks", weeks);
            lines.push((line, vec![one.medicine]));
            let steps = steps_of(self.diary, one.medicine);
            let stop = steps.iter().rev().find(|(_, step)| step.action == Action::Stop);
            if let Some((stop, step)) = stop
                && let Some(reason) = step.reason.as_deref()
            {
                let line = Message::new("visit.past-reason")
                    .with("medicine", product.name.as_ref())
                    .with("reason", reason);
                lines.push((line, vec![stop.id]));
            }
            lines.extend(self.response_of(one.medicine, product));
        }
        self.add("past", "visit.past-title", lines);
    }

    fn flags(&mut self) {
        let Review { mut flags, not_checked } =
            safety::review(self.diary, self.window.to, self.settings);
        // What the person set aside is for the prescriber to know all the same.
        flags.arrange_by_key(|flag| flag.dismissed.is_some());
        let mut lines = Lines::new();
        for flag in &flags {
            // A flag names what it rests on.
            let parts: Vec<Part> = flag.entries.iter().filter_map(|id| self.part_of(*id)).collect();
            let hidden = parts.into_iter().filter(|part| !self.may_show(Some(*part))).count();
            if hidden == 0 {
                lines.push((self.flag(flag), flag.entries.clone()));
            }
        }
        self.add("flags", "visit.flags", lines);
        let mut lines = Lines::new();
        for NotChecked { rule, message } in not_checked {
            // It names what it is about, and a substance may be among that.
            let names_things = message.params.iter().any(|(name, _)| *name == "things");
            let part = (names_things && self.diary.of_kind(Kind::Substance).next().is_some())
                .then_some(Part::Substances);
            if self.may_show(part) {
                let line = Message::new("visit.rule").with("rule", rule).with("reason", message);
                lines.push((line, Vec::new()));
            }
        }
        if !lines.is_empty() {
            self.add("not-checked", "visit.not-checked", lines);
        }
    }

    /// A flag with its marks, where it comes from, and that it was set aside.
    fn flag(&self, flag: &Flag) -> Message {
        let FlagView { marks, sources, dismissed, .. } =
            view(flag, self.diary, self.as_of, self.words);
        let mut more: Vec<Param> = marks.into_iter().map(Param::from).collect();
        for source in &sources {
            let cited = source.trim_end_matches('.');
            more.push(Message::new("visit.flag-source").with("source", cited).into());
        }
        if let Some(DismissedView { day: when, reason, .. }) = dismissed {
            let aside = Message::new("visit.flag-aside").with("day", day(when));
            more.push(aside.with("reason", reason).into());
        }
        let add = |line: Message, more: Param| {
            Message::new("visit.flag-more").with("flag", line).with("more", more)
        };
        more.into_iter().fold(flag.message.clone(), add)
    }

    /// Stays in hospital, days off sick, and therapy.
    fn happened(&mut self) {
        let mut lines = Lines::new();
        let mut therapies: Vec<(&str, Vec<EntryId>)> = Vec::new();
        for (id, entry) in self.by_day() {
            match entry.body() {
                Body::Span(span) if span.to.is_none_or(|to| to >= self.window.from) => {
                    let line = match span.to {
                        Some(to) => Message::new("visit.span").with("to", day(to)),
                        None => Message::new("visit.span-open"),
                    };
                    let line = line.with("span", span_label(span)).with("from", day(span.from));
                    lines.push((line, vec![id]));
                }
                Body::Therapy(session) if self.window.holds(entry.day()) => {
                    let name = session.therapy.as_ref();
                    match therapies.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, entries)) => entries.push(id),
                        None => therapies.push((name, vec![id])),
                    }
                }
                _ => {}
            }
        }
        for (name, entries) in therapies {
            let line = Message::new("visit.therapy").with("name", name).with("n", entries.len());
            lines.push((line, entries));
        }
        self.add("happened", "visit.happened", lines);
    }

    /// What stays out until it is ticked: notes, substances, the cycle.
    fn ticked(&mut self) {
        let mut lines = Lines::new();
        for (id, entry) in self.by_day() {
            if !self.window.holds(entry.day()) {
                continue;
            }
            let note = |note: &Option<Box<str>>| {
                let text = note.as_deref()?;
                Some((Part::Notes, Message::new("visit.note").with("note", text)))
            };
            let told = match entry.body() {
                Body::CheckIn(check_in) => [
                    note(&check_in.note().map(Box::from)),
                    check_in.cycle_day().map(|n| {
                        let line = Message::new("visit.cycle").with("n", usize::from(n));
                        (Part::Cycle, line)
                    }),
                ],
                Body::Substance(used) => {
                    let line = Message::new("visit.substance");
                    let line = line.with("substance", used.substance.as_ref());
                    [Some((Part::Substances, line)), None]
                }
                Body::LifeEvent(event) => {
                    let line = Message::new("visit.note").with("note", event.title.as_ref());
                    [Some((Part::Notes, line)), note(&event.note)]
                }
                _ => continue,
            };
            for (part, line) in told.into_iter().flatten() {
                if self.may_show(Some(part)) {
                    lines.push((line.with("day", day(entry.day())), vec![id]));
                }
            }
        }
        if !lines.is_empty() {
            self.add("ticked", "visit.ticked", lines);
        }
    }

    fn questions(&mut self) {
        let open = self.by_day().into_iter().filter_map(|(id, entry)| match entry.body() {
            Body::Question(question) if question.answer.is_none() => {
                let line = Message::new("visit.own-words").with("text", question.text.as_ref());
                Some((line, vec![id]))
            }
            _ => None,
        });
        let lines = open.collect();
        self.add("questions", "visit.questions", lines);
    }

    fn goals(&mut self) {
        let told = self.by_day().into_iter().filter_map(|(id, entry)| {
            let Body::Goal(goal) = entry.body() else { return None };
            let line = match goal.attainment.map(attained) {
                Some(attained) => Message::new("visit.goal").with("attained", attained),
                None => Message::new("visit.own-words"),
            };
            Some((line.with("text", goal.text.as_ref()), vec![id]))
        });
        let lines = told.collect();
        self.add("goals", "visit.goals", lines);
    }
}

fn is_taken(stage: Stage) -> bool {
    !matches!(stage, Stage::Stopped | Stage::Planned | Stage::Paused)
}

fn day(day: Day) -> Param {
    Param::Day(day.number())
}

fn attained(attainment: i8) -> Message {
    Message::new(match attainment {
        ..=-2 => "goal.much-less",
        -1 => "goal.less",
        0 => "goal.as-hoped",
        1 => "goal.more",
        2.. => "goal.much-more",
    })
}

fn topic_name(topic: Topic) -> Message {
    Message::new(match topic {
        Topic::Symptoms => "topic.symptoms",
        Topic::History => "topic.history",
        Topic::Lifestyle => "topic.lifestyle",
        Topic::Preferences => "topic.preferences",
        Topic::Condition => "topic.condition",
        Topic::BirthYear => "topic.birth-year",
        Topic::Pregnancy => "topic.pregnancy",
        Topic::PregnancyPossible => "topic.pregnancy-possible",
        Topic::Breastfeeding => "topic.breastfeeding",
        Topic::Allergy => "topic.allergy",
        Topic::PastReaction => "topic.past-reaction",
        Topic::Seizures => "topic.seizures",
        Topic::EatingDisorder => "topic.eating-disorder",
        Topic::Kidney => "topic.kidney",
        Topic::Liver => "topic.liver",
        Topic::Heart => "topic.heart",
        Topic::Glaucoma => "topic.glaucoma",
        Topic::Smoking => "topic.smoking",
        Topic::FamilyHistory => "topic.family-history",
    })
}
