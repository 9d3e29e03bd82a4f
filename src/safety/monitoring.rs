use crate::diary::{Day, Measure, Measurement, words_of};
use crate::error::{Message, Param};
use crate::reference::{self, Confidence, Monitoring, Pack};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::person::circumstance;
use super::picture::Picture;
use super::taken::Taken;

const RULE: Rule = Rule {
    id: "monitoring-due",
    family: Family::Course,
    sources: "",
    confidence: Confidence::GeneralKnowledge,
};

/// The measure that is a talk with the prescriber.
pub(super) const REVIEW: &str = "measure.review";
/// Days for which a check that is scheduled once is told as due.
const ONCE_DAYS: i32 = 56;

/// Words by which a laboratory's value is known as a measure of the tables, in small letters.
const ANALYTES: &[(&str, &[&str])] = &[
    ("measure.lithium-level", &["lithium"]),
    ("measure.kidney", &["egfr", "creatinine", "gfr"]),
    ("measure.thyroid", &["tsh", "thyroid"]),
    ("measure.calcium", &["calcium"]),
    ("measure.electrolytes", &["sodium", "potassium", "electrolyte"]),
    ("measure.sodium", &["sodium"]),
    ("measure.glucose", &["glucose", "hba1c", "a1c"]),
    ("measure.lipids", &["cholesterol", "lipid", "triglyceride", "ldl"]),
    ("measure.liver", &["alt", "ast", "sgpt", "sgot", "liver", "ggt"]),
    (
        "measure.blood-count",
        &["platelet", "haemoglobin", "hemoglobin", "white", "wbc", "cbc", "fbc", "blood count"],
    ),
    ("measure.neutrophils", &["anc", "neutrophil"]),
    ("measure.prolactin", &["prolactin"]),
    ("measure.bicarbonate", &["bicarbonate", "hco3"]),
    ("measure.heart-enzymes", &["troponin"]),
];
/// A word of this many letters or fewer stands alone: "alt" is no part of "salt".
const SHORT: usize = 4;

/// Whether the name of a laboratory's value has one of these words: a short one as a word of its own, a
/// longer one as the beginning of a word.
fn names_analyte(name: &str, known: &[&str]) -> bool {
    let name = words_of(name);
    known.iter().any(|word| match word.len() <= SHORT {
        true => name.contains(&format!(" {word} ")),
        false => name.contains(&format!(" {word}")),
    })
}

/// Whether a measurement is of this measure; `None` for a measure that no entry can tell.
fn tells(measure: &str, of: &Measurement) -> Option<bool> {
    match measure {
        "measure.weight" => Some(of.measure == Measure::Weight),
        "measure.blood-pressure" => Some(of.measure == Measure::BloodPressure),
        _ => {
            let (_, known) = ANALYTES.iter().find(|(known, _)| *known == measure)?;
            Some(names_analyte(of.analyte.as_deref().unwrap_or_default(), known))
        }
    }
}

/// Whether an entry can tell that a measure was taken.
fn can_be_told(measure: &str) -> bool {
    ["measure.weight", "measure.blood-pressure"].contains(&measure)
        || ANALYTES.iter().any(|(known, _)| *known == measure)
}

/// Raises checks that are due beside a medicine: one flag a medicine, for the measures that have a
/// schedule and that a diary can hold. A check that is not in the diary may still have been made; the
/// sentence says so. Measures that no entry can tell (an ECG, eyes, a gene) are named as not checked.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    if !picture.is_adult() {
        return;
    }
    let mut done: Vec<&str> = Vec::new();
    for taken in picture.now(|taken| taken.medicine.is_some()) {
        let Some(known) = taken.known else { continue };
        if done.contains(&taken.key.as_str()) {
            continue;
        }
        done.push(&taken.key);
        let pack: &'static Pack = reference::pack();
        let rows = pack.monitoring().iter().filter(|row| pack.is_party(known, &row.of));
        say_untold(picture, taken, rows.clone(), review);
        let mut due: Vec<(&'static Monitoring, Option<Day>)> =
            rows.filter_map(|row| Some((row, due(picture, taken, row)?))).collect();
        due.retain(|(row, _)| {
            let is_allowed = picture.settings.policy.allows(&row.id, row.confidence);
            if !is_allowed {
                review.not_allowed(RULE.id, taken.name.as_str());
            }
            is_allowed
        });
        raise_due(picture, taken, &due, review);
    }
}

/// Says which measures of a medicine no entry can tell, once for the medicine.
fn say_untold<'r>(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    rows: impl Iterator<Item = &'r Monitoring>,
    review: &mut Review,
) {
    let mut untold: Vec<&'static str> = Vec::new();
    for row in rows {
        let measure = row.measure.as_str();
        let holds = row
            .only_with
            .is_none_or(|id| circumstance(picture, &id).is_none_or(|(holds, _)| holds));
        let is_other = can_be_told(measure) || measure == REVIEW;
        if holds && !is_other && !untold.contains(&measure) {
            untold.push(measure);
        }
    }
    if !untold.is_empty() {
        let measures: Vec<Param> =
            untold.into_iter().map(|id| Param::from(Message::new(id))).collect();
        let message = Message::new("safety.not-checked-measures")
            .with("medicine", taken.name.as_str())
            .with("measures", measures);
        review.cannot_check(RULE.id, message);
    }
}

/// The last time a measure was recorded, when its next check is overdue. One that is scheduled only in
/// the first weeks is told for [`ONCE_DAYS`].
fn due(picture: &Picture<'_>, taken: &Taken<'_>, row: &Monitoring) -> Option<Option<Day>> {
    let (last, next) = next_check(picture, taken, row)?;
    let late = picture.today.since(next) - picture.settings.monitoring_grace_days;
    let is_told = late > 0 && (!row.every.is_empty() || late <= ONCE_DAYS);
    is_told.then_some(last)
}

/// The last time a measure was recorded and the day its next check falls due; `None` for a measure that
/// has no schedule or that no entry can tell.
pub(super) fn next_check(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    row: &Monitoring,
) -> Option<(Option<Day>, Day)> {
    if row.every.is_empty() && row.at_weeks.is_empty() || !can_be_told(row.measure.as_str()) {
        return None;
    }
    if let Some(id) = row.only_with
        && circumstance(picture, &id).is_none_or(|(holds, _)| !holds)
    {
        return None;
    }
    let measure = row.measure.as_str();
    let begun = taken.since;
    let of_it = picture
        .measured
        .iter()
        .rev()
        .find(|noted| noted.day <= picture.today && tells(measure, noted.of) == Some(true));
    let last = of_it.map(|noted| noted.day);
    let passed = |day: Day| u16::try_from(day.since(begun).max(0)).unwrap_or(u16::MAX);
    let next = match last {
        Some(last) => row.due(Some(passed(last)))?,
        // Nothing is asked for at the start: a check before it is rarely in the diary.
        None => row.due(Some(0))?,
    };
    Some((last, begun.plus(i32::from(next))))
}

fn raise_due(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    due: &[(&'static Monitoring, Option<Day>)],
    review: &mut Review,
) {
    let Some((first, _)) = due.first() else { return };
    let mut measures: Vec<&'static str> = Vec::new();
    for (row, _) in due {
        if !measures.contains(&row.measure.as_str()) {
            measures.push(row.measure.as_str());
        }
    }
    let named = measures.iter().map(|id| Param::from(Message::new(id))).collect::<Vec<_>>();
    let message = Message::new("safety.monitoring-due")
        .with("measures", named)
        .with("medicine", taken.name.as_str());
    let last = due.iter().filter_map(|(_, last)| *last).max();
    let why = match last {
        Some(last) => Message::new("safety.why-monitoring").with("day", Param::Day(last.number())),
        None => Message::new("safety.why-monitoring-none"),
    };
    let confidence = due.iter().map(|(row, _)| row.confidence).min().unwrap_or(first.confidence);
    let rule = Rule { sources: first.sources.as_str(), confidence, ..RULE };
    let flag = Flag::new(&rule, Severity::WorthAskingAbout, message, why).about(&taken.key);
    let behind = picture.measured.iter().filter(|noted| Some(noted.day) == last);
    let flag = flag.behind(taken.entries.iter().copied()).behind(behind.map(|noted| noted.id));
    review.raise(flag.because(&measures.concat()));
}
