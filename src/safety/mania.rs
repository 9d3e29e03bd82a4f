use crate::analysis::Columns;
use crate::diary::{
    Answers, Body, BuiltInOutcome, Calendar, CheckIn, Dated, Day, Entry, EntryId, OutcomeId,
    Sorting,
};
use crate::error::{Message, Param};
use crate::reference::{Class, Confidence, Subclass};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::Picture;
use super::taken::Taken;

const RULE: Rule = Rule {
    id: "mania-signal",
    family: Family::Course,
    sources: "altman-1997 clinical-review",
    confidence: Confidence::Verified,
};
const BY_RATINGS: Rule =
    Rule { sources: "doseline-rules", confidence: Confidence::GeneralKnowledge, ..RULE };

/// Words by which a condition is known as bipolar.
pub(super) const BIPOLAR: &[&str] = &["bipolar", "manic", "mania", "cyclothym"];

/// The total of the Altman scale from which mania or hypomania is probable.
const ASRM_CUTOFF: f64 = 6.0;
/// Days for which a total is told: as far as the scale looks back.
const ASRM_DAYS: i32 = 7;
/// Days after a start or rise of an antidepressant or stimulant in which a signal is told.
const AFTER_RISE: i32 = 56;
/// Days back in which the nights must lie.
const NIGHTS_BACK: i32 = 5;
/// Ratings of mood and energy that count as high.
const HIGH: f64 = 8.0;
/// Hours below the person's own usual night that count as little sleep.
const SHORT_BY: f64 = 2.0;
/// Nights that make a usual one known.
const NIGHTS_KNOWN: usize = 14;

fn lifts(taken: &Taken<'_>) -> bool {
    taken.is_class(Class::Antidepressant) || taken.is_of(&[Subclass::Stimulant])
}

/// Raises a signal of mania: the Altman scale, or several days of high mood and energy with little
/// sleep. In bipolar disorder always, otherwise after a start or rise of a medicine that can lift.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let risen = picture
        .now(lifts)
        .filter_map(|taken| picture.since_rise(taken.medicine))
        .find(|(days, _)| *days <= AFTER_RISE);
    let bipolar = picture.condition(BIPOLAR);
    let Some(because_of) = bipolar.or(risen.map(|(_, step)| step)) else { return };
    let latest = picture.assessments.iter().rev().find(|noted| {
        noted.of.instrument.eq_ignore_ascii_case("asrm") && noted.day <= picture.today
    });
    let message = || Message::new("safety.mania-signal");
    if let Some(noted) = latest.filter(|noted| picture.today.since(noted.day) < ASRM_DAYS)
        && let Some(total) = total(&noted.of.answers).filter(|total| *total >= ASRM_CUTOFF)
    {
        let why = Message::new("safety.why-asrm").with("total", Param::Number(total, 0));
        let flag = Flag::new(&RULE, Severity::ContactToday, message(), why).about("asrm");
        return review.raise(flag.behind([noted.id, because_of]).because(&noted.id.to_string()));
    }
    let nights = high_and_short(picture);
    if nights.len() >= picture.settings.mania_nights {
        let why = Message::new("safety.why-nights").with("n", nights.len());
        let flag = Flag::new(&BY_RATINGS, Severity::ContactToday, message(), why).about("mood");
        let facts = nights.iter().map(ToString::to_string).collect::<String>();
        review.raise(flag.behind(nights).behind([because_of]).because(&facts));
    }
}

/// The total as it was given or adds up, every item answered.
pub(super) fn total(answers: &Answers) -> Option<f64> {
    match answers {
        Answers::Total(total) => Some(*total),
        Answers::Items(items) => items.iter().map(|item| item.map(f64::from)).sum::<Option<f64>>(),
    }
}

/// Check-ins of the last days with high mood, high energy and little sleep, one a day.
fn high_and_short(picture: &Picture<'_>) -> Vec<EntryId> {
    let columns = Columns::of(picture.diary);
    let nights = columns.find("sleep").filter(|nights| nights.len() >= NIGHTS_KNOWN);
    let Some(mut slept) = nights.map(|nights| nights.values.clone()) else { return Vec::new() };
    slept.arrange_by(f64::total_cmp);
    let short = slept[slept.len() / 2] - SHORT_BY;
    let rated = |of: &CheckIn, outcome| {
        let wanted = OutcomeId::BuiltIn(outcome);
        of.ratings().iter().any(|rating| rating.outcome == wanted && rating.value >= HIGH)
    };
    let high = |dated: &&Dated| match picture.diary.entry(dated.id).map(Entry::body) {
        Some(Body::CheckIn(of)) => {
            rated(of, BuiltInOutcome::Mood)
                && rated(of, BuiltInOutcome::Energy)
                && of.sleep_hours().is_some_and(|hours| hours <= short)
        }
        _ => false,
    };
    let calendar = Calendar::of(picture.diary);
    let recent = calendar.within(picture.today.plus(1 - NIGHTS_BACK), picture.today);
    let mut nights: Vec<(Day, EntryId)> =
        recent.iter().filter(high).map(|dated| (dated.day, dated.id)).collect();
    nights.dedup_by_key(|(day, _)| *day);
    nights.into_iter().map(|(_, id)| id).collect()
}
