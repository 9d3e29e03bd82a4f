use crate::analysis::treatment_response::{Rule as Verdict, TreatmentResponse, treatment_response};
use crate::analysis::{Column, Columns, Reading, Window};
use crate::error::{Message, Param};
use crate::reference::{
    self, AgentKind, BIPOLAR, Class, Confidence, Known, Numbers, OBSESSIVE, Subclass,
};

use super::capability::Capability;
use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Picture, names, unknown_condition};
use super::taken::Taken;

const NO_IMPROVEMENT: Rule = Rule {
    id: "no-improvement",
    family: Family::Course,
    sources: "szegedi-2009 doseline-rules",
    confidence: Confidence::Verified,
};
const NO_IMPROVEMENT_IN_OCD: Rule = Rule {
    sources: "apa-ocd-2007 doseline-rules",
    confidence: Confidence::GeneralKnowledge,
    ..NO_IMPROVEMENT
};
const DETERIORATION: Rule = Rule {
    id: "deterioration",
    family: Family::Course,
    sources: "nct05134103",
    confidence: Confidence::Verified,
};
const OCD: Rule = Rule {
    id: "ocd-expectations",
    family: Family::Course,
    sources: "apa-ocd-2007",
    confidence: Confidence::GeneralKnowledge,
};

/// Weeks of a trial in OCD between which it is said what to expect.
const OCD_WEEKS: (i32, i32) = (4, 12);
/// Days after which a score is too old to speak of now.
const RECENT: i32 = 28;
/// Instruments of OCD, where a trial takes longer.
const OCD_SCALES: &[&str] = &["y-bocs-sr", "oci-r"];

/// Raises what scores say since a medicine was begun: no improvement, a change for the worse, and
/// what to expect in OCD. For adults, on published instruments.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    if !picture.is_adult() {
        return;
    }
    let columns = Columns::of(picture.diary);
    let ocd = picture.told_condition(OBSESSIVE);
    let reads_scores = picture.settings.offered.has(Capability::TreatmentResponse);
    if !reads_scores {
        for rule in [NO_IMPROVEMENT, DETERIORATION] {
            review.cannot_check(rule.id, Message::new("safety.not-checked-left-out"));
        }
    }
    for taken in picture.now(|taken| taken.medicine.is_some()) {
        let weeks = picture.today.since(taken.since) / 7;
        if is_for_ocd(taken) && (OCD_WEEKS.0..OCD_WEEKS.1).contains(&weeks) {
            match ocd {
                Some((true, condition)) => {
                    let message = Message::new("safety.ocd-expectations");
                    let why = Message::new("safety.why-ocd").with("weeks", weeks as usize);
                    let flag = Flag::new(&OCD, Severity::ForInformation, message, why);
                    let flag = flag.about(&taken.key).behind([condition]);
                    review.raise(flag.behind(taken.entries.iter().copied()).because(""));
                }
                Some((false, _)) => {}
                None => review.cannot_check(OCD.id, unknown_condition()),
            }
        }
    }
    for column in columns.all().iter().filter(|_| reads_scores) {
        let Some(row) = column.outcome.instrument else { continue };
        let mut worse = Vec::new();
        for taken in picture.now(|taken| taken.medicine.is_some()) {
            let Some(response) = response_to(picture, taken, column, row) else { continue };
            if is_met(&response.verdicts, Verdict::ReliableDeterioration) {
                worse.push((taken, response));
            } else {
                raise_no_improvement(picture, taken, column, row, &response, review);
            }
        }
        raise_deterioration(row, &worse, review);
    }
}

fn is_for_ocd(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Ssri]) || taken.is_one_of(&["clomipramine"])
}

/// How the scores of an instrument stand to those before a medicine was begun.
struct Since {
    verdicts: TreatmentResponse,
    before: f64,
    latest: f64,
}

/// `None` without scores before and since, or without one of late.
fn response_to(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    column: &Column,
    row: &'static reference::Instrument,
) -> Option<Since> {
    let name = (taken.medicine?, taken.name.as_str());
    // A flag does not wait for the next look.
    let now = Reading::at_the_end_of(Window { from: picture.today, to: picture.today });
    let verdicts = treatment_response(column, row, &picture.regimen, name, picture.today, &now)?;
    let before = verdicts.baseline.as_ref()?.mean;
    let (latest, day) = verdicts.latest?;
    (picture.today.since(day) <= RECENT).then_some(Since { verdicts, before, latest })
}

fn scores(row: &reference::Instrument, since: &Since) -> Message {
    Message::new("safety.why-scores")
        .with("outcome", row.short.as_str())
        .with("before", Param::Number(since.before, 0))
        .with("latest", Param::Number(since.latest, 0))
}

/// Raises a change for the worse once for an instrument, with the medicines that were begun since its
/// better scores. What is bought over the counter is not set beside them.
fn raise_deterioration(
    row: &'static reference::Instrument,
    worse: &[(&Taken<'_>, Since)],
    review: &mut Review,
) {
    let is_from_shop = |taken: &Taken<'_>| match taken.known {
        Some(Known::Agent(agent)) => agent.kind == AgentKind::OverTheCounter,
        _ => false,
    };
    let worse: Vec<&(&Taken<'_>, Since)> =
        worse.iter().filter(|(taken, _)| !is_from_shop(taken)).collect();
    let first = worse.iter().min_by_key(|(_, since)| since.verdicts.start);
    let Some((_, since)) = first else { return };
    let message = Message::new("safety.deterioration").with("outcome", row.short.as_str());
    let why = Message::new("safety.why-deterioration")
        .with("scores", Param::from(scores(row, since)))
        .with("medicines", names(worse.iter().map(|(taken, _)| *taken)));
    let flag = Flag::new(&DETERIORATION, Severity::WorthAskingAbout, message, why);
    let flag = worse.iter().fold(flag.about(row.id.as_str()), |flag, (taken, since)| {
        let entries = since.verdicts.finding.entries.iter().copied();
        flag.about(&taken.key).behind(entries).behind(taken.medicine)
    });
    review.raise(flag.because(&since.latest.to_string()));
}

fn raise_no_improvement(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    column: &Column,
    row: &'static reference::Instrument,
    since: &Since,
    review: &mut Review,
) {
    let Since { verdicts: response, before, latest } = since;
    let Some((moderate, confidence)) = row.moderate_from() else { return };
    let weeks = picture.today.since(response.start) / 7;
    let share = if row.higher_is_worse { 1.0 - latest / before } else { 0.0 };
    let little = row.higher_is_worse
        && *latest >= f64::from(moderate)
        && share < picture.settings.early_improvement
        && readings_since(column, response.start) >= 2;
    let (trial, trial_in_ocd) = picture.settings.trial_weeks;
    let in_ocd = OCD_SCALES.contains(&row.id.as_str());
    let (rule, is_its_trial, others): (_, _, &[&[&str]]) = match in_ocd {
        true => (NO_IMPROVEMENT_IN_OCD, is_for_ocd(taken) && weeks >= trial_in_ocd, &[BIPOLAR]),
        false => {
            let is_it = taken.is_class(Class::Antidepressant) && weeks >= trial;
            (NO_IMPROVEMENT, is_it, &[BIPOLAR, OBSESSIVE])
        }
    };
    if !little || !is_its_trial || !is_usual_dose(picture, taken, review) {
        return;
    }
    // Conditions in which another course is expected.
    let others = || others.iter().map(|names| picture.told_condition(names));
    if others().any(|told| told.is_some_and(|(holds, _)| holds)) {
        return;
    }
    if others().any(|told| told.is_none()) {
        return review.cannot_check(NO_IMPROVEMENT.id, unknown_condition());
    }
    let message = Message::new("safety.no-improvement")
        .with("medicine", taken.name.as_str())
        .with("weeks", weeks as usize);
    let rule = Rule { confidence: rule.confidence.min(confidence), ..rule };
    let why = scores(row, since);
    let flag = Flag::new(&rule, Severity::WorthAskingAbout, message, why).about(&taken.key);
    let flag = flag.behind(response.finding.entries.iter().copied()).behind(taken.medicine);
    review.raise(flag.because(&format!("{}{latest}", row.id)));
}

fn is_met(response: &TreatmentResponse, wanted: Verdict) -> bool {
    response.rules.iter().any(|verdict| verdict.rule == wanted && verdict.met == Some(true))
}

fn readings_since(column: &Column, start: crate::diary::Day) -> usize {
    column.civil.iter().filter(|day| **day > start).count()
}

/// Whether the dose has been at or above the usual range's lower end for four weeks: what stands in
/// for an adequate dose where no source gives one.
fn is_usual_dose(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) -> bool {
    const WEEKS_AT_DOSE: i32 = 4;
    let Some(numbers @ Numbers::Row(row)) = taken.numbers else { return false };
    let Some(usual) = row.dose.value.usual else { return false };
    let on = |day| picture.daily_milligrams(taken, day) >= usual.low;
    on(picture.today)
        && on(picture.today.plus(-7 * WEEKS_AT_DOSE))
        && picture.may_use(numbers, row.dose.confidence, &NO_IMPROVEMENT, review)
}
