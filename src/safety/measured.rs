use crate::diary::{Day, EntryId, Measure, MeasureUnit, Measurement};
use crate::error::{Message, Param};
use crate::reference::{Confidence, Subclass};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::Picture;
use super::red_flags;
use super::taken::Taken;

const PRESSURE: Rule = Rule {
    id: "stimulant-blood-pressure",
    family: Family::Course,
    sources: "doseline-rules",
    confidence: Confidence::GeneralKnowledge,
};
const WEIGHT: Rule = Rule {
    id: "weight-gain",
    family: Family::Course,
    sources: "ada-apa-2004 doseline-rules",
    confidence: Confidence::Verified,
};
/// The consensus has the lower share alone: the one from which it is said more firmly is a suggestion,
/// which asks for no more haste.
const WEIGHT_MORE: Rule = Rule { confidence: Confidence::GeneralKnowledge, ..WEIGHT };
const LITHIUM: Rule = Rule {
    id: "lithium-level",
    family: Family::Course,
    sources: "sps-lithium",
    confidence: Confidence::Verified,
};

const TOXICITY: Rule = Rule { sources: "sps-lithium label-warnings", ..red_flags::LITHIUM };

/// Days back to which a measurement is told.
const RECENT: i32 = 28;
/// Days around a start in which a weight is the one to begin from.
const AROUND_START: (i32, i32) = (28, 14);
/// Days after which a weight is too old to be told.
const WEIGHT_DAYS: i32 = 60;
/// Days after which a level is too old to be told.
const LEVEL_DAYS: i32 = 90;
/// Days for which a level that is an emergency is told as one.
const URGENT_DAYS: i32 = 7;
/// Hours since the dose between which a lithium level can be read in full: it is meant to be 12.
const HOURS: (f64, f64) = (10.0, 14.0);

/// Raises what measurements say beside a medicine.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    if picture.is_adult() {
        raise_pressure(picture, review);
        raise_weight(picture, review);
    }
    raise_lithium(picture, review);
}

fn raise_pressure(picture: &Picture<'_>, review: &mut Review) {
    let (upper, lower) = picture.settings.stimulant_pressure;
    let pulse = picture.settings.stimulant_pulse;
    let is_high = |of: &Measurement| match of.measure {
        Measure::BloodPressure => of.value >= upper || of.diastolic.is_some_and(|low| low >= lower),
        Measure::Pulse => of.value >= pulse,
        _ => false,
    };
    for taken in picture.now(|taken| taken.is_of(&[Subclass::Stimulant])) {
        let from = taken.since.max(picture.today.plus(-RECENT));
        let mut days: Vec<(Day, EntryId)> =
            picture.measured_since(from, is_high).map(|noted| (noted.day, noted.id)).collect();
        days.dedup_by_key(|(day, _)| *day);
        let [.., (_, before), (_, last)] = days.as_slice() else { continue };
        let message =
            Message::new("safety.stimulant-blood-pressure").with("medicine", taken.name.as_str());
        let why = Message::new("safety.why-stimulant")
            .with("upper", Param::Number(upper, 0))
            .with("lower", Param::Number(lower, 0))
            .with("pulse", Param::Number(pulse, 0));
        let flag = Flag::new(&PRESSURE, Severity::WorthAskingAbout, message, why).about(&taken.key);
        let flag = flag.behind([*before, *last]).behind(taken.entries.iter().copied());
        review.raise(flag.because(&last.to_string()));
    }
}

fn kilograms(of: &Measurement) -> f64 {
    if of.unit == MeasureUnit::Pound { of.value * 0.453_592_37 } else { of.value }
}

fn raise_weight(picture: &Picture<'_>, review: &mut Review) {
    let (asks, firmly) = picture.settings.weight_gain;
    let weights = |from: Day| picture.measured_since(from, |of| of.measure == Measure::Weight);
    let antipsychotic = [Subclass::TypicalAntipsychotic, Subclass::AtypicalAntipsychotic];
    for taken in picture.now(|taken| taken.is_of(&antipsychotic)) {
        let at_start = weights(taken.since.plus(-AROUND_START.0))
            .filter(|noted| noted.day <= taken.since.plus(AROUND_START.1))
            .min_by_key(|noted| noted.day.since(taken.since).abs());
        let Some(first) = at_start else {
            let message = Message::new("safety.not-checked-first-weight");
            review.cannot_check(WEIGHT.id, message.with("medicine", taken.name.as_str()));
            continue;
        };
        let latest = weights(picture.today.plus(-WEIGHT_DAYS)).next_back();
        let Some(last) = latest.filter(|last| last.day > first.day) else { continue };
        let gain = kilograms(last.of) / kilograms(first.of) - 1.0;
        let name = taken.name.as_str();
        let (rule, message) = match (gain >= firmly, gain >= asks) {
            (true, _) => (&WEIGHT_MORE, "safety.weight-gain-more"),
            (_, true) => (&WEIGHT, "safety.weight-gain"),
            _ => continue,
        };
        let message = Message::new(message).with("medicine", name);
        let why = Message::new("safety.why-weight")
            .with("gain", Param::Number(gain * 100.0, 0))
            .with("day", Param::Day(first.day.number()));
        let flag = Flag::new(rule, Severity::WorthAskingAbout, message, why).about(&taken.key);
        let flag = flag.behind([first.id, last.id]).behind(taken.entries.iter().copied());
        review.raise(flag.because(if gain >= firmly { "more" } else { "" }));
    }
}

fn raise_lithium(picture: &Picture<'_>, review: &mut Review) {
    let lithium = |taken: &Taken<'_>| taken.is_of(&[Subclass::Lithium]);
    let Some(taken) = picture.lately(lithium).next() else { return };
    let is_level = |of: &Measurement| {
        let milli = [MeasureUnit::MillimolePerLitre, MeasureUnit::MilliequivalentPerLitre];
        of.analyte.as_ref().is_some_and(|name| name.to_lowercase().contains("lithium"))
            && milli.contains(&of.unit)
    };
    let from = picture.today.plus(-LEVEL_DAYS).max(taken.since);
    let levels: Vec<_> = picture.measured_since(from, is_level).collect();
    let readable = levels.iter().rev().find_map(|level| Some((*level, read_level(level.of)?)));
    let newest = levels
        .last()
        .filter(|newest| readable.as_ref().is_none_or(|(level, _)| level.id != newest.id));
    if newest.is_some() && taken.until.is_none() {
        review.cannot_check(LITHIUM.id, Message::new("safety.not-checked-lithium-hours"));
    }
    let Some((level, (tier, hours))) = readable else { return };
    let is_recent = picture.today.since(level.day) <= URGENT_DAYS;
    let (rule, severity, sentence) = match tier {
        Tier::Emergency if is_recent => {
            (&TOXICITY, Severity::UrgentHelp, "safety.lithium-level-emergency")
        }
        _ if taken.until.is_some() => return,
        Tier::Emergency | Tier::High => {
            (&LITHIUM, Severity::ContactToday, "safety.lithium-level-high")
        }
        Tier::Upper => (&LITHIUM, Severity::WorthAskingAbout, "safety.lithium-level-upper"),
        Tier::Low => (&LITHIUM, Severity::WorthAskingAbout, "safety.lithium-level-low"),
        Tier::InRange => return,
    };
    let why = Message::new("safety.why-lithium")
        .with("value", Param::Number(level.of.value, 2))
        .with("day", Param::Day(level.day.number()))
        .with("hours", Param::Number(hours, 0));
    let flag = Flag::new(rule, severity, Message::new(sentence), why).about(&taken.key);
    review.raise(flag.behind([level.id]).because(&level.id.to_string()));
}

/// Where a lithium level stands.
#[derive(Clone, Copy)]
enum Tier {
    Low,
    InRange,
    Upper,
    High,
    Emergency,
}

/// Where a level stands and the hours since the dose; `None` where it cannot be read. Drawn later than
/// it is meant to be it is lower than it would have been, so that only one above the range is read.
fn read_level(of: &Measurement) -> Option<(Tier, f64)> {
    let hours = of.hours_since_dose.filter(|hours| *hours >= HOURS.0)?;
    let tier = match of.value {
        value if value >= 2.0 => Tier::Emergency,
        value if value >= 1.5 => Tier::High,
        value if value > 1.2 => Tier::Upper,
        _ if hours > HOURS.1 => return None,
        value if value < 0.6 => Tier::Low,
        _ => Tier::InRange,
    };
    Some((tier, hours))
}
