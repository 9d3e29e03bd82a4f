use crate::analysis::Columns;
use crate::diary::{
    Answers, Body, BuiltInOutcome, Calendar, CheckIn, Dated, Entry, EntryId, OutcomeId, Sorting,
};
use crate::error::{Message, Param};
use crate::reference::{BIPOLAR, Class, Confidence, Subclass};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Picture, unknown_condition};
use super::taken::Taken;

const RULE: Rule = Rule {
    id: "mania-signal",
    family: Family::Course,
    sources: "altman-1997 clinical-review",
    confidence: Confidence::Verified,
};
const BY_RATINGS: Rule =
    Rule { sources: "doseline-rules", confidence: Confidence::GeneralKnowledge, ..RULE };

/// The total of the Altman scale from which mania or hypomania is probable.
const ASRM_CUTOFF: f64 = 6.0;
/// Days for which a total is told: as far as the scale looks back.
const ASRM_DAYS: i32 = 7;
/// Days after a start or rise of an antidepressant or stimulant in which a signal is told.
const AFTER_RISE: i32 = 56;
/// Days back in which the nights must lie.
const NIGHTS_BACK: i32 = 5;
/// Nights that make a usual one known.
const NIGHTS_KNOWN: usize = 14;

fn lifts(taken: &Taken<'_>) -> bool {
    taken.is_class(Class::Antidepressant) || taken.is_of(&[Subclass::Stimulant])
}

/// Raises a signal of mania: the Altman scale, or several days of high mood and energy with little
/// sleep. In bipolar disorder always, otherwise after a start or rise of a medicine that can lift. Where
/// neither is known, it says of a signal that it was not checked. For adults, as the scale is.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    if !picture.is_adult() {
        return;
    }
    let risen = picture
        .now(lifts)
        .filter_map(|taken| picture.since_rise(taken.medicine))
        .find(|(days, _)| *days <= AFTER_RISE);
    let bipolar = picture.told_condition(BIPOLAR);
    let told = bipolar.filter(|(holds, _)| *holds).map(|(_, entry)| entry);
    let because_of = told.or(risen.map(|(_, step)| step));
    if because_of.is_none() && bipolar.is_some() {
        return;
    }
    let Some(signal) = by_scale(picture).or_else(|| by_ratings(picture)) else { return };
    match because_of {
        Some(entry) => review.raise(signal.behind([entry])),
        None => review.cannot_check(RULE.id, unknown_condition()),
    }
}

fn message() -> Message {
    Message::new("safety.mania-signal")
}

/// A signal by the Altman scale.
fn by_scale(picture: &Picture<'_>) -> Option<Flag> {
    let latest = picture.assessments.iter().rev().find(|noted| {
        noted.of.instrument.eq_ignore_ascii_case("asrm") && noted.day <= picture.today
    });
    let noted = latest.filter(|noted| picture.today.since(noted.day) < ASRM_DAYS)?;
    let total = answered_total(&noted.of.answers);
    let why = Message::new("safety.why-asrm").with("total", Param::Number(total, 0));
    let flag = Flag::new(&RULE, Severity::ContactToday, message(), why).about("asrm");
    (total >= ASRM_CUTOFF).then(|| flag.behind([noted.id]).because(&noted.id.to_string()))
}

/// A signal by nights.
fn by_ratings(picture: &Picture<'_>) -> Option<Flag> {
    let nights = high_and_short(picture);
    if nights.len() < picture.settings.mania_nights {
        return None;
    }
    let why = Message::new("safety.why-nights").with("n", nights.len());
    let flag = Flag::new(&BY_RATINGS, Severity::ContactToday, message(), why).about("mood");
    let facts = nights.iter().map(ToString::to_string).collect::<String>();
    Some(flag.behind(nights).because(&facts))
}

/// The total as it was given, or as the answered items add up: a blank one can only add to it.
pub(super) fn answered_total(answers: &Answers) -> f64 {
    match answers {
        Answers::Total(total) => *total,
        Answers::Items(items) => items.iter().flatten().map(|item| f64::from(*item)).sum(),
    }
}

/// Check-ins of the last days that have high mood, high energy and little sleep, told at once or over
/// the day; the first of each day that tells of one of them.
fn high_and_short(picture: &Picture<'_>) -> Vec<EntryId> {
    let columns = Columns::of(picture.diary);
    let nights = columns.find("sleep").filter(|nights| nights.len() >= NIGHTS_KNOWN);
    let Some(mut slept) = nights.map(|nights| nights.values.clone()) else { return Vec::new() };
    slept.arrange_by(f64::total_cmp);
    let short = slept[slept.len() / 2] - picture.settings.mania_short_by;
    let rated = |of: &CheckIn, outcome| {
        let wanted = OutcomeId::BuiltIn(outcome);
        let high = picture.settings.mania_rating;
        of.ratings().iter().any(|rating| rating.outcome == wanted && rating.value >= high)
    };
    // High mood, high energy, little sleep.
    let tells = |dated: &Dated| match picture.diary.entry(dated.id).map(Entry::body) {
        Some(Body::CheckIn(of)) => [
            rated(of, BuiltInOutcome::Mood),
            rated(of, BuiltInOutcome::Energy),
            of.sleep_hours().is_some_and(|hours| hours <= short),
        ],
        _ => [false; 3],
    };
    let calendar = Calendar::of(picture.diary);
    let recent = calendar.within(picture.today.plus(1 - NIGHTS_BACK), picture.today);
    let of_day = |day: &[Dated]| {
        let told: Vec<[bool; 3]> = day.iter().map(tells).collect();
        let is_told = (0..3).all(|sign| told.iter().any(|told| told[sign]));
        let first = told.iter().position(|told| told.contains(&true))?;
        is_told.then(|| day[first].id)
    };
    recent.chunk_by(|one, next| one.day == next.day).filter_map(of_day).collect()
}
