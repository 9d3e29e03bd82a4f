use crate::analysis::DoseRow;
use crate::diary::{Action, Day, DoseStatus, EntryId, Recorded, Step};
use crate::error::{Message, Param};
use crate::reference::{Class, Confidence, Known, Numbers, Subclass};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::gaps::RESTART_ID;
use super::picture::{Noted, Picture, terms};
use super::sign::Sign;
use super::taken::Taken;

const ABRUPT: Rule = Rule {
    id: "abrupt-stop",
    family: Family::Doses,
    sources: "label-warnings",
    confidence: Confidence::GeneralKnowledge,
};
const STEEPER: Rule = Rule {
    id: "taper-steeper-than-plan",
    family: Family::Doses,
    sources: "diary-plan",
    confidence: Confidence::Verified,
};
const SYMPTOMS: Rule = Rule {
    id: "discontinuation-symptoms",
    family: Family::Doses,
    sources: "horowitz-2019 doseline-rules",
    confidence: Confidence::GeneralKnowledge,
};

/// Days after a stop or a lower dose for which it is told.
const DAYS_TOLD: i32 = 14;
/// Days a medicine must have been taken before its stop counts as abrupt.
const SETTLED_IN: i32 = 28;

/// Raises what comes with less of a medicine: a sudden stop, a step below the plan, and symptoms that
/// often come with missed, lower or no doses.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    for taken in &picture.taken {
        raise_abrupt(picture, taken, review);
        raise_missed(picture, taken, review);
        raise_symptoms(picture, taken, review);
    }
    raise_steeper(picture, review);
}

fn steps_of<'p>(
    picture: &'p Picture<'_>,
    medicine: EntryId,
) -> impl Iterator<Item = (Recorded<'p>, &'p Step)> {
    picture.diary.steps().filter(move |(_, step)| step.medicine == medicine)
}

/// Serotonin reuptake inhibitors, which count as one kind here, whatever else they act on.
const REUPTAKE: &[Subclass] =
    &[Subclass::Ssri, Subclass::Spari, Subclass::SerotoninMultimodal, Subclass::Snri];

/// Kinds within which a switch at once is a stop all the same: what they hold works in several ways, or
/// its tables ask for days between.
const APART: &[Subclass] = &[Subclass::Anticonvulsant, Subclass::Maoi];

/// Whether a switch from one thing to another is one within a kind. Which kinds are one is an engineering
/// suggestion.
fn is_within_a_kind(from: &Taken<'_>, to: &Taken<'_>) -> bool {
    if from.key == to.key {
        return true;
    }
    let kind = |taken: &Taken<'_>| taken.known.and_then(Known::subclass);
    let is_same = kind(from).is_some() && kind(from) == kind(to) && !from.is_of(APART);
    !from.is_one_of(NOT_SUDDENLY) && (is_same || (from.is_of(REUPTAKE) && to.is_of(REUPTAKE)))
}

/// The steps that end a medicine, pause it or put another in its place.
fn ends_of<'p>(
    picture: &'p Picture<'_>,
    taken: &'p Taken<'_>,
) -> impl Iterator<Item = (Recorded<'p>, &'p Step)> {
    let is_end = move |step: &Step| match step.action {
        Action::Stop | Action::Hold => Some(step.medicine) == taken.medicine,
        Action::Switch => step.replacing.is_some() && step.replacing == taken.medicine,
        _ => false,
    };
    picture.diary.steps().filter(move |(_, step)| is_end(step))
}

/// Whether a step puts another of its kind in the place of something taken.
fn keeps_the_kind(picture: &Picture<'_>, taken: &Taken<'_>, step: &Step) -> bool {
    let to = |other: &&Taken<'_>| other.medicine == Some(step.medicine);
    step.action == Action::Switch
        && picture.taken.iter().filter(to).any(|other| is_within_a_kind(taken, other))
}

fn raise_abrupt(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let (Some(id), Some(row), Some(last)) = (taken.medicine, taken.row, taken.until) else {
        return;
    };
    let stopping = &row.stopping;
    let is_new = (0..=DAYS_TOLD).contains(&picture.today.since(last));
    // Another product of the same ingredient that goes on is no stop.
    let goes_on = picture.now(|other| other.key == taken.key).next().is_some();
    if !stopping.value.taper || !is_new || goes_on || last.since(taken.since) < SETTLED_IN {
        return;
    }
    let is_its = |(entry, step): &(Recorded<'_>, &Step)| {
        entry.entry.day() == last.plus(1) && !keeps_the_kind(picture, taken, step)
    };
    let Some((stop, step)) = ends_of(picture, taken).filter(is_its).last() else { return };
    if is_tapered(picture, id, last)
        || picture.regimen.episodes_of(id).last().is_some_and(|e| e.schedule.is_as_needed())
    {
        return;
    }
    if taken.is_depot {
        let message = Message::new("safety.not-checked-shot-stop");
        return review.cannot_check(ABRUPT.id, message.with("medicine", taken.name.as_str()));
    }
    if !picture.may_use(Numbers::Row(row), stopping.confidence, &ABRUPT, review) {
        return;
    }
    let (message, why) = match step.action {
        Action::Hold => ("safety.abrupt-pause", "safety.why-abrupt-pause"),
        Action::Switch => ("safety.abrupt-stop", "safety.why-abrupt-switch"),
        _ => ("safety.abrupt-stop", "safety.why-abrupt"),
    };
    let message = Message::new(message).with("medicine", taken.name.as_str());
    let why = Message::new(why).with("day", Param::Day(stop.entry.day().number()));
    let rule = Rule { confidence: stopping.confidence, ..ABRUPT };
    let flag = Flag::new(&rule, Severity::ContactToday, message, why).about(&taken.key);
    review.raise(flag.behind([stop.id, id]).because(&stop.id.to_string()));
}

/// Whether a stop came after a taper: the last dose was at most the share of the highest one of the
/// eight weeks before that [`Settings::taper_share`](super::Settings::taper_share) sets.
fn is_tapered(picture: &Picture<'_>, id: EntryId, last: Day) -> bool {
    let episodes = || picture.regimen.episodes_of(id);
    let Some(unit) = episodes().find(|one| one.holds_on(last)).map(|one| one.schedule.unit())
    else {
        return false;
    };
    let held = |day: Day| -> Option<f64> {
        let held = episodes().filter(|one| one.holds_on(day) && one.schedule.unit() == unit);
        held.map(|one| one.schedule.mean_daily_amount()).sum()
    };
    let highest = (0..=picture.settings.stage_days.taper)
        .filter_map(|back| held(last.plus(-back)))
        .fold(0.0, f64::max);
    held(last).is_some_and(|lowest| lowest <= highest * picture.settings.taper_share)
}

/// Medicines whose sudden end asks for a call the same day.
const NOT_SUDDENLY: &[&str] = &["lithium", "carbamazepine", "valproate", "clonidine", "clozapine"];

/// Raises a medicine that ended at once without a stop: its doses of the last days are noted as missed
/// or left out. Where a gap asks for a low start ([`super::gaps`]), that is told instead.
fn raise_missed(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let (Some(id), Some(row), None) = (taken.medicine, taken.row, taken.until) else { return };
    let is_it = taken.is_one_of(NOT_SUDDENLY) || taken.is_of(&[Subclass::Benzodiazepine]);
    let is_told = |flag: &Flag| flag.rule == RESTART_ID && flag.about.contains(&taken.key);
    if !is_it || review.flags.iter().any(is_told) {
        return;
    }
    let rows = picture.log.of_medicine(id).iter().filter(|row| row.day <= picture.today);
    let rows: Vec<&DoseRow> = rows.collect();
    let begun = rows.iter().rposition(|row| !not_taken(row)).map_or(0, |place| place + 1);
    let mut days: Vec<Day> = rows[begun..].iter().map(|row| row.day).collect();
    days.dedup();
    let (Some(first), Some(newest)) = (days.first().copied(), days.last().copied()) else { return };
    let is_as_needed =
        picture.regimen.episodes_of(id).last().is_some_and(|e| e.schedule.is_as_needed());
    if days.len() < picture.settings.missed_days
        || picture.today.since(newest) > DAYS_TOLD
        || first.since(taken.since) < SETTLED_IN
        || is_as_needed
        || !picture.may_use(Numbers::Row(row), row.stopping.confidence, &ABRUPT, review)
    {
        return;
    }
    let message = Message::new("safety.stopped-by-missed").with("medicine", taken.name.as_str());
    let why = Message::new("safety.why-missed")
        .with("n", Param::Count(days.len() as u64))
        .with("day", Param::Day(first.number()));
    let rule = Rule { confidence: row.stopping.confidence, ..ABRUPT };
    let flag = Flag::new(&rule, Severity::ContactToday, message, why).about(&taken.key);
    let behind = rows[begun..].iter().map(|row| row.id);
    review.raise(flag.behind(behind).behind([id]).because(&rows[begun].id.to_string()));
}

fn not_taken(row: &DoseRow) -> bool {
    matches!(row.status, DoseStatus::Missed | DoseStatus::Skipped)
}

/// A step goes below its plan when a later day's step, recorded earlier, still holds a higher dose.
fn raise_steeper(picture: &Picture<'_>, review: &mut Review) {
    let amount = |step: &Step| match (step.action, &step.schedule) {
        (Action::Stop, _) => Some(0.0),
        (_, schedule) => schedule.as_ref()?.mean_daily_amount(),
    };
    for taken in picture.taken.iter().filter(|taken| taken.medicine.is_some()) {
        let Some(id) = taken.medicine else { continue };
        for (entry, step) in steps_of(picture, id) {
            let day = entry.entry.day();
            if !matches!(step.action, Action::Decrease | Action::Stop)
                || !(0..=DAYS_TOLD).contains(&picture.today.since(day))
            {
                continue;
            }
            let Some(dose) = amount(step) else { continue };
            let planned = steps_of(picture, id).find(|(plan, planned)| {
                plan.entry.day() > day
                    && plan.entry.recorded_at().ms() < entry.entry.recorded_at().ms()
                    && amount(planned).is_some_and(|amount| amount > dose)
            });
            let Some((plan, _)) = planned else { continue };
            let message = Message::new("safety.taper-steeper-than-plan")
                .with("medicine", taken.name.as_str());
            let why = Message::new("safety.why-steeper")
                .with("day", Param::Day(day.number()))
                .with("plan", Param::Day(plan.entry.day().number()));
            let flag = Flag::new(&STEEPER, Severity::WorthAskingAbout, message, why);
            let flag = flag.about(&taken.key).behind([entry.id, plan.id]);
            review.raise(flag.because(&entry.id.to_string()));
        }
    }
}

/// Signs that often come with less of an antidepressant; electric feelings tell it alone, of the
/// others it takes two.
const SIGNS: &[Sign] = &[
    Sign::Dizziness,
    Sign::Nausea,
    Sign::Headache,
    Sign::PoorSleep,
    Sign::LowOrAnxious,
    Sign::Sweating,
];

fn raise_symptoms(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let Some(id) = taken.medicine else { return };
    if !taken.is_class(Class::Antidepressant) {
        return;
    }
    let Some(Less { day, behind, .. }) = less_of(picture, taken, id) else { return };
    let new = |noted: &&Noted<'_, crate::diary::SideEffect>| {
        noted.of.onset > day && noted.of.onset <= picture.today
    };
    let tells = |sign: Sign| {
        picture.effects.iter().filter(new).filter(move |noted| sign.is_in(&noted.of.term))
    };
    let mut found: Vec<&Noted<'_, _>> = tells(Sign::BrainZaps).collect();
    let is_clear = !found.is_empty();
    for sign in SIGNS {
        for noted in tells(*sign) {
            if !found.iter().any(|known| known.id == noted.id) {
                found.push(noted);
            }
        }
    }
    if !is_clear && found.len() < 2 {
        return;
    }
    let message =
        Message::new("safety.discontinuation-symptoms").with("medicine", taken.name.as_str());
    let why = Message::new("safety.why-discontinuation")
        .with("signs", terms(found.iter().map(|noted| noted.of)))
        .with("day", Param::Day(day.number()));
    let flag = Flag::new(&SYMPTOMS, Severity::WorthAskingAbout, message, why).about(&taken.key);
    let flag = flag.behind(found.iter().map(|noted| noted.id)).behind([behind, id]);
    review.raise(flag.because(&behind.to_string()));
}

/// A time from which there was less of a medicine.
pub(super) struct Less {
    /// The first day of it.
    pub(super) day: Day,
    /// The first day on which a sign came after it. A sign on the very day of a step may be why the step
    /// was made; missed doses are less from their day on.
    pub(super) signs_from: Day,
    /// The step or missed dose that tells it.
    pub(super) behind: EntryId,
}

/// The first time within two weeks that there was less of a medicine: a stop, a pause, a switch, a lower
/// dose, or two missed doses in a row. What comes after less and goes on into still less came after less.
/// A switch within a kind is less of a benzodiazepine alone.
pub(super) fn less_of(picture: &Picture<'_>, taken: &Taken<'_>, id: EntryId) -> Option<Less> {
    let is_recent = |day: Day| (0..=DAYS_TOLD).contains(&picture.today.since(day));
    let is_benzodiazepine = taken.is_of(&[Subclass::Benzodiazepine]);
    let ends = ends_of(picture, taken)
        .filter(|(_, step)| is_benzodiazepine || !keeps_the_kind(picture, taken, step));
    let lowered = steps_of(picture, id).filter(|(_, step)| step.action == Action::Decrease);
    let steps = lowered.chain(ends).map(|(entry, _)| {
        let day = entry.entry.day();
        Less { day, signs_from: day.plus(1), behind: entry.id }
    });
    let rows = picture.log.of_medicine(id);
    let missed = rows.windows(2).filter(|pair| pair.iter().all(not_taken));
    let missed =
        missed.map(|pair| Less { day: pair[0].day, signs_from: pair[0].day, behind: pair[0].id });
    let recent = steps.chain(missed).filter(|less| is_recent(less.day));
    recent.min_by_key(|less| (less.signs_from, less.behind))
}
