use crate::analysis::treatment_response::{Rule as Verdict, TreatmentResponse, treatment_response};
use crate::analysis::{Column, Columns, Reading, Window};
use crate::error::{Message, Param};
use crate::reference::{self, Class, Confidence, Subclass};

use super::capability::Capability;
use super::flag::{Family, Flag, Review, Rule, Severity};
use super::mania::BIPOLAR;
use super::picture::{Picture, unknown_condition};
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

/// Words by which a condition is known as OCD.
const OBSESSIVE: &[&str] = &["ocd", "obsessive"];
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
        for column in columns.all().iter().filter(|_| reads_scores) {
            let Some(row) = column.outcome.instrument else { continue };
            raise_response(picture, taken, column, row, review);
        }
    }
}

fn is_for_ocd(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Ssri]) || taken.is_one_of(&["clomipramine"])
}

fn raise_response(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    column: &Column,
    row: &'static reference::Instrument,
    review: &mut Review,
) {
    let Some(id) = taken.medicine else { return };
    let name = (id, taken.name.as_str());
    // A flag does not wait for the next look.
    let now = Reading::at_the_end_of(Window { from: picture.today, to: picture.today });
    let Some(response) =
        treatment_response(column, row, &picture.regimen, name, picture.today, &now)
    else {
        return;
    };
    let (Some(baseline), Some((latest, day))) = (response.baseline, response.latest) else {
        return;
    };
    if picture.today.since(day) > RECENT {
        return;
    }
    let why = Message::new("safety.why-scores")
        .with("outcome", row.short.as_str())
        .with("before", Param::Number(baseline.mean, 0))
        .with("latest", Param::Number(latest, 0));
    let raise = |rule, message, review: &mut Review| {
        let flag = Flag::new(rule, Severity::WorthAskingAbout, message, why.clone());
        let entries = response.finding.entries.iter().copied();
        let facts = format!("{}{latest}", row.id);
        review.raise(flag.about(&taken.key).behind(entries).behind([id]).because(&facts));
    };
    if is_met(&response, Verdict::ReliableDeterioration) {
        let message = Message::new("safety.deterioration").with("outcome", row.short.as_str());
        return raise(&DETERIORATION, message, review);
    }
    let Some((moderate, confidence)) = row.moderate_from() else { return };
    let weeks = picture.today.since(response.start) / 7;
    let share = if row.higher_is_worse { 1.0 - latest / baseline.mean } else { 0.0 };
    let little = row.higher_is_worse
        && latest >= f64::from(moderate)
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
    raise(&rule, message, review);
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
    let Some(row) = taken.row.filter(|row| picture.is_of_route(taken, row)) else { return false };
    let Some(usual) = row.dose.value.usual else { return false };
    let on = |day| picture.daily_milligrams(taken, day) >= usual.low;
    on(picture.today)
        && on(picture.today.plus(-7 * WEEKS_AT_DOSE))
        && picture.may_use(row, row.dose.confidence, &NO_IMPROVEMENT, review)
}
