use crate::diary::{
    Day, EntryId, Knowledge, ProfileFact, ProfileValue, Severity as Strength, Topic, words_of,
};
use crate::error::{Message, Param};
use crate::reference::{
    self, BIPOLAR, ClashKind, Class, Condition, Interaction, MANIA_OR_PSYCHOSIS, Pack, Subclass,
};

use super::flag::{Flag, Review};
use super::habits;
use super::pairs::{is_allowed, rule_of, says, severity_of};
use super::picture::{Picture, holds, names, unknown};
use super::sign::Sign;
use super::taken::Taken;

/// Days for which a change of smoking is told.
const SMOKING_DAYS: i32 = 28;
/// Days back to which lost fluids count.
const FLUID_DAYS: i32 = 2;

/// Raises the rules about a medicine and a fact of the person: a condition, a pregnancy, lost fluids.
/// Where the fact is not known, it says that the rule was not checked.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let pack: &'static Pack = reference::pack();
    let rules = pack.interactions().iter().filter(|row| row.kind == ClashKind::Condition);
    for row in rules {
        let concerned: Vec<&Taken<'_>> = picture
            .now(|taken| taken.known.is_some_and(|known| pack.is_party(known, &row.a)))
            .collect();
        let things = concerned.iter().copied();
        if !concerned.is_empty() && is_allowed(picture, row, things, review) {
            raise_one(picture, row, &concerned, review);
        }
    }
    say_unread(picture, review);
}

fn raise_one(
    picture: &Picture<'_>,
    row: &'static Interaction,
    concerned: &[&Taken<'_>],
    review: &mut Review,
) {
    let mut open = None;
    for id in &row.b {
        match circumstance(picture, id) {
            Some((true, behind)) => {
                let name = reference::pack().agent(id).map_or("", |agent| agent.name.as_str());
                let things = names(concerned.iter().copied());
                let message = says(row, things.clone(), Param::from(name));
                let why = Message::new("safety.why-person").with("medicines", things);
                let flag = Flag::new(&rule_of(row), severity_of(row.severity), message, why);
                let flag = concerned.iter().fold(flag, |flag, taken| {
                    flag.about(&taken.key).behind(taken.entries.iter().copied())
                });
                let facts = behind.iter().map(ToString::to_string).collect::<String>();
                return review.raise(flag.behind(behind).watching(row.watch).because(&facts));
            }
            Some((false, _)) => {}
            None => open = open.or(Some(fact(id))),
        }
    }
    if let Some(fact) = open {
        review.cannot_check(row.id.as_str(), unknown(fact));
    }
}

/// Facts of the person that a rule may rest on, with the circumstance of the tables that is it; none
/// where no rule can read it.
const FACTS: [(Topic, &str); 8] = [
    (Topic::Pregnancy, "pregnancy"),
    (Topic::Breastfeeding, ""),
    (Topic::Seizures, "seizure-disorder"),
    (Topic::EatingDisorder, "eating-disorder"),
    (Topic::Kidney, ""),
    (Topic::Liver, ""),
    (Topic::Heart, "heart-rhythm-risk"),
    (Topic::Glaucoma, ""),
];

/// What a fact of [`FACTS`] is called.
fn name_of(topic: Topic) -> Message {
    Message::new(match topic {
        Topic::Pregnancy => "safety.fact-pregnant",
        Topic::Breastfeeding => "safety.fact-breastfeeding",
        Topic::Seizures => "safety.fact-seizures",
        Topic::EatingDisorder => "safety.fact-eating",
        Topic::Kidney => "safety.fact-kidney",
        Topic::Liver => "safety.fact-liver",
        Topic::Heart => "safety.fact-heart",
        Topic::Glaucoma => "safety.fact-glaucoma",
        _ => "safety.fact-other",
    })
}

/// Says which facts the person told that no rule sets beside some of what is taken.
fn say_unread(picture: &Picture<'_>, review: &mut Review) {
    let rules = reference::pack().interactions();
    let reads = |row: &Interaction, id: &str| {
        row.b.iter().chain(&row.only_with).any(|known| known.as_str() == id)
    };
    let is_read = |taken: &Taken<'_>, id: &str| {
        let of_it = |row: &&Interaction| {
            taken.known.is_some_and(|known| reference::pack().is_party(known, &row.a))
        };
        rules.iter().filter(|row| reads(row, id)).any(|row| of_it(&row))
    };
    let is_unread = |(topic, id): &&(Topic, &str)| {
        picture.told(*topic).is_some_and(|(holds, _)| holds)
            && picture.now(|taken| !is_read(taken, id)).next().is_some()
    };
    let unread: Vec<Param> =
        (FACTS.iter().filter(is_unread)).map(|(topic, _)| Param::from(name_of(*topic))).collect();
    if !unread.is_empty() {
        let message = Message::new("safety.not-checked-no-rule").with("facts", unread);
        review.cannot_check("facts-without-rule", message);
    }
}

/// Whether a circumstance of the tables holds, and the entries that say so; `None` where it is not
/// known, as for one of a portal's own tables that no entry can tell.
pub(super) fn circumstance(picture: &Picture<'_>, id: &str) -> Option<(bool, Vec<EntryId>)> {
    let told = |topic| picture.told(topic).map(|(holds, entry)| (holds, vec![entry]));
    let condition =
        |names: &[&str]| picture.told_condition(names).map(|(holds, entry)| (holds, vec![entry]));
    let eating = &["bulimi", "anorexi", "eating disorder"];
    match id {
        "bipolar-no-antimanic" => {
            let (is_bipolar, entries) = condition(BIPOLAR)?;
            Some((is_bipolar && picture.now(steadies).next().is_none(), entries))
        }
        "mania-or-psychosis-history" => condition(MANIA_OR_PSYCHOSIS),
        "eating-disorder" => match picture.condition(eating) {
            Some(entry) => Some((true, vec![entry])),
            None => told(Topic::EatingDisorder),
        },
        "seizure-disorder" => told(Topic::Seizures),
        "heart-rhythm-risk" => told(Topic::Heart),
        "pregnancy" => told(Topic::Pregnancy),
        "pregnancy-possible" => told(Topic::PregnancyPossible),
        "dehydration" => Some(lost_fluids(picture)),
        "smoking-change" => Some(smoking_changed(picture)),
        "alcohol-heavy" => habits::drinks_much(picture),
        "alcohol-or-sedative-stop" => habits::cuts_down(picture),
        "caffeine-change" => habits::caffeine_changed(picture),
        "low-sodium-risk" => habits::risks_low_sodium(picture),
        _ => None,
    }
}

/// Whether something is taken against mania: a mood stabiliser or an antipsychotic, and of the listed
/// ones those that the tables know for bipolar disorder.
fn steadies(taken: &Taken<'_>) -> bool {
    let antipsychotic = [Subclass::TypicalAntipsychotic, Subclass::AtypicalAntipsychotic];
    let is_for_it = taken.row.is_none_or(|row| row.conditions.value.contains(&Condition::Bipolar));
    is_for_it && (taken.is_class(Class::MoodStabiliser) || taken.is_of(&antipsychotic))
}

fn lost_fluids(picture: &Picture<'_>) -> (bool, Vec<EntryId>) {
    let since = |day: Day| picture.today.since(day);
    let there = picture.effects.iter().filter(|noted| {
        let of = noted.of;
        let is_recent = of.end.map_or(since(of.onset) <= 14, |end| since(end) <= FLUID_DAYS);
        let loses = Sign::Vomiting.is_in(&of.term) || Sign::Diarrhoea.is_in(&of.term);
        loses && is_recent && since(of.onset) >= 0 && of.severity >= Strength::Moderate
    });
    let entries: Vec<EntryId> = there.map(|noted| noted.id).collect();
    (!entries.is_empty(), entries)
}

/// Words of someone who smokes no more, or never did.
const SMOKES_NOT: &[&str] = &[
    "quit",
    "stopped",
    "gave up",
    "given up",
    "former",
    "used to",
    "ex smoker",
    "non smoker",
    "nonsmoker",
    "smoke free",
    "smokefree",
];
/// Words before which those are a wish and no fact.
const WISHES: &[&str] =
    &["try", "trying", "want", "wants", "plan", "plans", "planning", "hope", "hoping"];
/// Words with which something once done is over.
const NO_MORE: &[&str] = &["no longer", "anymore", "any more", "no more"];
/// Words with which something that was over goes on.
const BEGUN_AGAIN: &[&str] = &["started again", "began again", "smoking again", "restarted"];

/// Whether the person smokes, by a fact; `None` where it cannot be told, as with "have not quit".
fn smokes(fact: &ProfileFact) -> Option<bool> {
    let Knowledge::Known(ProfileValue::Text(text)) = &fact.knowledge else { return None };
    let text = words_of(text);
    let place = |words: &[&str]| words.iter().filter_map(|it| text.find(&format!(" {it} "))).min();
    let (not, wish) = (place(SMOKES_NOT), place(WISHES));
    if not.is_none() && wish.is_none() && place(NO_MORE).is_some() && !text.contains(" than ") {
        return Some(false);
    }
    match (holds(fact)?, not) {
        (said, None) => Some(said),
        (false, Some(_)) => None,
        (true, Some(_)) if place(BEGUN_AGAIN).is_some() => None,
        (true, Some(at)) => Some(wish.is_some_and(|wish| wish < at)),
    }
}

/// Whether the person began or stopped smoking of late. Two ways to say the same are no change.
fn smoking_changed(picture: &Picture<'_>) -> (bool, Vec<EntryId>) {
    let told = picture.profile.iter().filter(|noted| noted.of.topic == Topic::Smoking);
    let told: Vec<_> = told.filter_map(|noted| Some((noted, smokes(noted.of)?))).collect();
    let Some([(before, _), (last, _)]) = told.windows(2).rfind(|pair| pair[0].1 != pair[1].1)
    else {
        return (false, Vec::new());
    };
    (picture.today.since(last.day) <= SMOKING_DAYS, vec![before.id, last.id])
}

/// What a circumstance is called where it is not known.
pub(super) fn fact(id: &str) -> Message {
    Message::new(match id {
        "heart-rhythm-risk" => "safety.fact-heart",
        "pregnancy" | "pregnancy-possible" => "safety.fact-pregnancy",
        "eating-disorder" => "safety.fact-eating",
        "seizure-disorder" => "safety.fact-seizures",
        "bipolar-no-antimanic" | "mania-or-psychosis-history" => "safety.fact-condition",
        "alcohol-heavy" => "safety.fact-alcohol",
        "alcohol-or-sedative-stop" => "safety.fact-cutting-down",
        "caffeine-change" => "safety.fact-caffeine",
        _ => "safety.fact-other",
    })
}
