use serde::Serialize;

use crate::diary::{Body, CheckIn, Contact, Day, Diary, EntryId, PlanPart, Recorded, Sorting};
use crate::error::Message;
use crate::reference::{self, Confidence, Helpline};
use crate::safety::{Helper, Settings};

use super::{AsOf, FlagView, Words, flags};

/// What stands behind "Need help now", in the order it is shown: the person's own words first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Help {
    /// What is said first.
    pub lead: String,
    /// The latest answer about self-harm, where it asks for the full path (urgent) or the quiet card.
    pub crisis: Option<FlagView>,
    /// That the portal's system has got a message; only once it acknowledged that.
    pub told: Option<String>,
    /// The safety plan.
    pub plan: SafetyPlanView,
    /// What the person noted as having helped, the newest first.
    pub helped_before: Vec<HelpedView>,
    /// The people of the care team, those who prescribe first.
    pub team: Vec<TeamView>,
    /// Whom anyone can reach.
    pub contacts: Vec<HelpContact>,
    /// What to do in immediate danger.
    pub emergency: String,
    /// Who sees an answer about self-harm, and when.
    pub who_sees: String,
    /// Whether anyone watches this page.
    pub watched: String,
}

/// The safety plan with all of its parts, also those without a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SafetyPlanView {
    /// The entry; `None` while there is no plan.
    pub entry: Option<EntryId>,
    /// Its day.
    pub day: Option<Day>,
    /// The parts in order.
    pub parts: Vec<PlanPartView>,
}

/// One part of the safety plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanPartView {
    /// Which: the field of the entry.
    pub part: PlanPart,
    /// What it is called.
    pub title: String,
    /// The person's own words.
    pub lines: Vec<String>,
}

/// Something that helped before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HelpedView {
    /// The check-in that says so.
    pub entry: EntryId,
    /// Its day.
    pub day: Day,
    /// Its note, otherwise its other tags.
    pub text: String,
}

/// Someone of the care team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamView {
    /// The entry.
    pub entry: EntryId,
    /// Their name.
    pub name: String,
    /// What they are to the person.
    pub role: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// How else to reach them.
    pub reach: Option<String>,
    /// When.
    pub hours: Option<String>,
    /// Whether they prescribe.
    pub prescriber: bool,
}

/// Whom anyone can reach: someone of the portal, or a row of the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HelpContact {
    /// Who it is.
    pub name: String,
    /// Where they serve, while the person's country is not known.
    pub place: Option<String>,
    /// ISO 3166 codes of the countries; none: all.
    pub countries: Vec<&'static str>,
    /// The number to call.
    pub phone: Option<String>,
    /// The number to send a text message to.
    pub text: Option<&'static str>,
    /// The word to send there.
    pub say: Option<&'static str>,
    /// The address of a page.
    pub web: Option<&'static str>,
    /// When they are there.
    pub hours: Option<String>,
    /// How far the tables' row was checked; `None` for what the portal says.
    pub confidence: Option<Confidence>,
}

/// What is known only where the diary is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpOptions {
    /// Key of the flag that the portal's system acknowledged a message about.
    pub acknowledged: Option<Box<str>>,
    /// Whether the person asked that the words of notes are looked at.
    pub reads_notes: bool,
}

/// Entries of what helped that are shown.
const MOST_HELPED: usize = 5;

/// What stands behind "Need help now" today.
#[must_use]
pub fn help(
    diary: &Diary,
    as_of: AsOf,
    settings: &Settings,
    options: &HelpOptions,
    words: &Words,
) -> Help {
    let mut settings = settings.clone();
    if options.reads_notes {
        settings.phrases = words.phrases().collect();
    }
    let shown = flags(diary, as_of, &settings, false, words).flags;
    let crisis = shown.into_iter().find(|flag| flag.rule.starts_with("crisis-"));
    let is_told =
        crisis.as_ref().is_some_and(|flag| Some(&*flag.key) == options.acknowledged.as_deref());
    let support = &settings.support;
    let say = |id| words.text(&Message::new(id));
    let country = support.country.as_deref();
    let own = support.responder.iter().chain(&support.contacts).map(of_portal);
    let tables = reference::pack().helplines().iter().filter(|row| row.serves(country));
    Help {
        lead: say("help.lead"),
        crisis,
        told: is_told.then(|| say("help.told")),
        plan: plan(diary, words),
        helped_before: helped_before(diary),
        team: team(diary),
        contacts: own.chain(tables.map(|row| of_tables(row, country, words))).collect(),
        emergency: say("help.emergency"),
        who_sees: words.text(&support.who_sees()),
        watched: match &support.monitored {
            Some(_) => say("help.watched-at-times"),
            None => say("help.not-watched"),
        },
    }
}

/// The newest plan.
fn plan(diary: &Diary, words: &Words) -> SafetyPlanView {
    let plans = diary.entries().filter_map(|Recorded { id, entry }| match entry.body() {
        Body::SafetyPlan(plan) => Some((entry.day(), id, plan)),
        _ => None,
    });
    let newest = plans.max_by_key(|(day, id, _)| (*day, *id));
    let lines = |part: PlanPart| {
        let parts = newest.iter().flat_map(|(_, _, plan)| plan.parts());
        let found = parts.filter(|(known, _)| *known == part);
        found.flat_map(|(_, lines)| lines).map(ToString::to_string).collect()
    };
    let title = |part| match part {
        PlanPart::WarningSigns => "plan.warning-signs",
        PlanPart::WhatHelps => "plan.what-helps",
        PlanPart::People => "plan.people",
        PlanPart::Professionals => "plan.professionals",
        PlanPart::SaferHome => "plan.safer-home",
        PlanPart::Reasons => "plan.reasons",
    };
    let view = |part: &PlanPart| PlanPartView {
        part: *part,
        title: words.text(&Message::new(title(*part))),
        lines: lines(*part),
    };
    SafetyPlanView {
        entry: newest.map(|(_, id, _)| id),
        day: newest.map(|(day, ..)| day),
        parts: PlanPart::ALL.iter().map(view).collect(),
    }
}

/// What the person marked as having helped, as they wrote it.
fn helped_before(diary: &Diary) -> Vec<HelpedView> {
    let told = |Recorded { id, entry }: Recorded<'_>| {
        let Body::CheckIn(check_in) = entry.body() else { return None };
        let (marks, others): (Vec<&str>, Vec<&str>) =
            check_in.tags().iter().map(|tag| &**tag).partition(|tag| *tag == CheckIn::HELPED);
        let text = check_in.note().map_or_else(|| others.join(", "), str::to_owned);
        let is_told = !marks.is_empty() && !text.is_empty();
        is_told.then(|| HelpedView { entry: id, day: entry.day(), text })
    };
    let mut helped: Vec<HelpedView> = diary.entries().filter_map(told).collect();
    helped.arrange_by(|a, b| (b.day, b.entry).cmp(&(a.day, a.entry)));
    helped.truncate(MOST_HELPED);
    helped
}

fn team(diary: &Diary) -> Vec<TeamView> {
    let of_it = |Recorded { id, entry }: Recorded<'_>| match entry.body() {
        Body::Contact(contact) => Some(member(id, contact)),
        _ => None,
    };
    let mut team: Vec<TeamView> = diary.entries().filter_map(of_it).collect();
    team.arrange_by(|a, b| (!a.prescriber, &a.name).cmp(&(!b.prescriber, &b.name)));
    team
}

fn member(entry: EntryId, contact: &Contact) -> TeamView {
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    TeamView {
        entry,
        name: contact.name.to_string(),
        role: text(&contact.role),
        phone: contact.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        reach: text(&contact.reach),
        hours: text(&contact.hours),
        prescriber: contact.prescriber,
    }
}

fn of_portal(helper: &Helper) -> HelpContact {
    HelpContact {
        name: helper.name.to_string(),
        place: None,
        countries: Vec::new(),
        phone: Some(helper.phone.as_str().to_owned()),
        text: None,
        say: None,
        web: None,
        hours: helper.hours.as_deref().map(str::to_owned),
        confidence: None,
    }
}

fn of_tables(row: &Helpline, country: Option<&str>, words: &Words) -> HelpContact {
    let say = |id: reference::Text| words.text(&Message::new(id.as_str()));
    HelpContact {
        name: say(row.name),
        place: country.is_none().then(|| say(row.place)),
        countries: row.countries.iter().map(|code| code.as_str()).collect(),
        phone: row.phone.map(|phone| phone.to_string()),
        text: row.text.map(reference::Text::as_str),
        say: row.say.map(reference::Text::as_str),
        web: row.web.map(reference::Text::as_str),
        hours: row.hours.map(say),
        confidence: Some(row.confidence),
    }
}
