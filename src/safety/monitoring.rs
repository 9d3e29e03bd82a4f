use crate::diary::{Day, Measure, Measurement};
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
    ("measure.liver", &["alt", "ast", "liver", "ggt"]),
    (
        "measure.blood-count",
        &["platelet", "haemoglobin", "hemoglobin", "white", "wbc", "blood count"],
    ),
    ("measure.neutrophils", &["anc", "neutrophil"]),
];

/// Whether a measurement is of this measure; `None` for a measure that no entry can tell.
fn tells(measure: &str, of: &Measurement) -> Option<bool> {
    match measure {
        "measure.weight" => Some(of.measure == Measure::Weight),
        "measure.blood-pressure" => Some(of.measure == Measure::BloodPressure),
        _ => {
            let (_, words) = ANALYTES.iter().find(|(known, _)| *known == measure)?;
            let name = of.analyte.as_deref().unwrap_or_default().to_lowercase();
            Some(words.iter().any(|word| name == *word || name.contains(word) && word.len() > 3))
        }
    }
}

/// Raises checks that are due beside a medicine: one flag a medicine, for the measures that are
/// checked at intervals and that a diary can hold. A check that is not in the diary may still have
/// been made; the sentence says so.
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

/// The last time a measure was recorded, when its next check is overdue.
fn due(picture: &Picture<'_>, taken: &Taken<'_>, row: &Monitoring) -> Option<Option<Day>> {
    let (last, next) = next_check(picture, taken, row)?;
    (picture.today.since(next) > picture.settings.monitoring_grace_days).then_some(last)
}

/// The last time a measure was recorded and the day its next check falls due; `None` for a measure that
/// is not checked at intervals or that no entry can tell.
pub(super) fn next_check(
    picture: &Picture<'_>,
    taken: &Taken<'_>,
    row: &Monitoring,
) -> Option<(Option<Day>, Day)> {
    if row.every.is_empty() {
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
    if of_it.is_none() && !["measure.weight", "measure.blood-pressure"].contains(&measure) {
        ANALYTES.iter().find(|(known, _)| *known == measure)?;
    }
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
