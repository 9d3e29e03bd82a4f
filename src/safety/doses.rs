use crate::analysis::DoseRow;
use crate::diary::{Day, EntryId, Episode, Medicine, Pattern, Release};
use crate::error::{Message, Param};
use crate::reference::{self, Confidence, DoseLimit, DoseUnit, Numbers, Sourced, Text};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Picture, names};
use super::taken::{Taken, is_on_top};

const TOTAL: Rule = Rule {
    id: "total-above-maximum",
    family: Family::Doses,
    sources: "",
    confidence: Confidence::GeneralKnowledge,
};
const TOO_SOON: Rule = Rule {
    id: "as-needed-too-soon",
    family: Family::Doses,
    sources: "diary-plan",
    confidence: Confidence::Verified,
};
const OVER: Rule = Rule { id: "as-needed-over-limit", ..TOO_SOON };

/// Days back from today whose as-needed doses are looked at.
const DAYS_BACK: i32 = 1;
/// A sum of doses is above a limit by more than rounding.
const ROUNDING: f64 = 1e-6;

/// Raises what is too much: the total of an ingredient over all products and as-needed doses, and
/// as-needed doses beyond what was agreed.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    if picture.is_adult() {
        raise_totals(picture, review);
    }
    for (id, medicine) in picture.diary.medicines() {
        raise_as_needed(picture, id, medicine, review);
    }
}

/// Milligrams that a dose event of something taken held.
fn milligrams(picture: &Picture<'_>, row: &DoseRow, taken: &Taken<'_>) -> Option<f64> {
    if let Some((amount, unit)) = row.amount {
        return taken.milligrams(amount.get(), unit);
    }
    let mut episodes = picture.regimen.episodes_of(taken.medicine?);
    let schedule = &episodes.find(|episode| episode.holds_on(row.day))?.schedule;
    taken.milligrams(schedule.doses().first()?.amount.get(), schedule.unit())
}

fn raise_totals(picture: &Picture<'_>, review: &mut Review) {
    let mut done: Vec<Text> = Vec::new();
    for taken in picture.now(|taken| taken.medicine.is_some()) {
        let Some(numbers) = taken.numbers else { continue };
        let name = numbers.name();
        if done.contains(&name) {
            continue;
        }
        done.push(name);
        let is_same =
            |other: &Taken<'_>| other.numbers.is_some_and(|numbers| numbers.name() == name);
        let same: Vec<&Taken<'_>> = picture.now(is_same).collect();
        let Some(maximum) = maximum(picture, numbers, &same) else { continue };
        let limit = maximum.value.amount;
        let is_injection = numbers.unit() == DoseUnit::MgAnInjection;
        let total = total(picture, &same, is_injection);
        if total <= limit + ROUNDING
            || !picture.may_use(numbers, maximum.confidence, &TOTAL, review)
        {
            continue;
        }
        let why = match maximum.value.release {
            None => "safety.why-total",
            Some(reference::Release::Immediate) => "safety.why-total-immediate",
            Some(_) => "safety.why-total-slow",
        };
        let (message, why) = match is_injection {
            true => ("safety.total-above-maximum-shot", "safety.why-total-shot"),
            false => ("safety.total-above-maximum", why),
        };
        let message = Message::new(message)
            .with("medicine", name.as_str())
            .with("total", Param::Number(total, 1));
        let why = Message::new(why)
            .with("limit", Param::Number(limit, 1))
            .with("medicines", names(same.iter().copied()));
        let (sources, confidence) = (maximum.sources.as_str(), maximum.confidence);
        let rule = Rule { sources, confidence, ..TOTAL };
        let flag = Flag::new(&rule, Severity::WorthAskingAbout, message, why).about(&taken.key);
        let entries = same.iter().flat_map(|taken| taken.entries.iter().copied());
        review.raise(flag.behind(entries).because(&total.to_string()));
    }
}

/// Milligrams of the same thing in all its products: in a day, with what was taken on top, or of an
/// injection at once, as prescribed or more as it was given.
fn total(picture: &Picture<'_>, same: &[&Taken<'_>], is_injection: bool) -> f64 {
    let prescribed = same.iter().map(|taken| match is_injection {
        true => at_once(picture, taken).unwrap_or(0.0),
        false => picture.daily_milligrams(taken, picture.today),
    });
    let counts = |row: &&DoseRow| match is_injection {
        true => row.status.is_taken(),
        false => is_on_top(row.status),
    };
    let noted = |day: Day| -> f64 {
        let of_one = |taken: &&Taken<'_>| -> f64 {
            let Some(id) = taken.medicine else { return 0.0 };
            let rows = picture.log.on(id, day).iter().filter(counts);
            rows.filter_map(|row| milligrams(picture, row, taken)).sum()
        };
        same.iter().map(of_one).sum()
    };
    let most = (0..=DAYS_BACK).map(|back| noted(picture.today.plus(-back)));
    let (prescribed, most) = (prescribed.sum::<f64>(), most.fold(0.0, f64::max));
    if is_injection { most.max(prescribed) } else { prescribed + most }
}

/// Milligrams of the doses that are prescribed for one day.
fn at_once(picture: &Picture<'_>, taken: &Taken<'_>) -> Option<f64> {
    let mut episodes = picture.regimen.episodes_of(taken.medicine?);
    let schedule = &episodes.find(|episode| episode.holds_on(picture.today))?.schedule;
    let amount = schedule.doses().iter().map(|dose| dose.amount.get()).sum();
    taken.milligrams(amount, schedule.unit())
}

/// The highest limit that may hold: for each product's release where it is known, for any purpose,
/// since a purpose is told in the person's words.
fn maximum(
    picture: &Picture<'_>,
    numbers: Numbers<'static>,
    same: &[&Taken<'_>],
) -> Option<&'static Sourced<DoseLimit>> {
    use reference::Release as Row;
    match numbers {
        Numbers::Injection(_, injection) => return injection.most(),
        Numbers::Row(row) => {
            if !matches!(row.dose.value.unit, DoseUnit::MgADay | DoseUnit::MgAtNight) {
                return None;
            }
        }
    }
    let mut highest: Option<&Sourced<DoseLimit>> = None;
    for taken in same {
        let medicine = picture.diary.medicine(taken.medicine?)?;
        for maximum in numbers.maxima() {
            let fits = match (maximum.value.release, medicine.release) {
                (None, _) | (_, None) => true,
                (Some(Row::Immediate), Some(told)) => told == Release::Immediate,
                (Some(_), Some(told)) => told != Release::Immediate,
            };
            if fits && highest.is_none_or(|known| known.value.amount < maximum.value.amount) {
                highest = Some(maximum);
            }
        }
    }
    highest
}

fn raise_as_needed(picture: &Picture<'_>, id: EntryId, medicine: &Medicine, review: &mut Review) {
    let holds = |episode: &&Episode| episode.holds_on(picture.today);
    let Some(episode) = picture.regimen.episodes_of(id).find(holds) else { return };
    let Pattern::AsNeeded { max_per_day, min_gap_hours } = episode.schedule.pattern() else {
        return;
    };
    let rows = picture.log.of_medicine(id);
    let recent = |row: &&DoseRow| {
        row.status.is_taken() && (0..=DAYS_BACK).contains(&picture.today.since(row.day))
    };
    let taken: Vec<&DoseRow> = rows.iter().filter(recent).collect();
    let keys = picture.taken.iter().filter(|taken| taken.medicine == Some(id));
    let raise = |rule, message, why, behind: [EntryId; 2], review: &mut Review| {
        let flag = Flag::new(rule, Severity::WorthAskingAbout, message, why);
        let flag = keys.clone().fold(flag, |flag, taken| flag.about(&taken.key));
        let facts = behind.map(|id| id.to_string()).concat();
        review.raise(flag.behind(behind).behind([id]).because(&facts));
    };
    if let Some(hours) = min_gap_hours {
        let timed: Vec<(i64, EntryId)> =
            taken.iter().filter_map(|row| row.at.map(|at| (at, row.id))).collect();
        let close =
            |pair: &&[(i64, EntryId)]| (pair[1].0 - pair[0].0) as f64 / 3.6e6 < *hours - ROUNDING;
        if let Some(pair) = timed.windows(2).rfind(close) {
            let message =
                Message::new("safety.as-needed-too-soon").with("medicine", medicine.name.as_ref());
            let why = Message::new("safety.why-gap").with("hours", *hours);
            raise(&TOO_SOON, message, why, [pair[0].1, pair[1].1], review);
        }
    }
    if let Some(most) = max_per_day {
        for back in 0..=DAYS_BACK {
            let day = picture.today.plus(-back);
            let mut of_day = taken.iter().filter(|row| row.day == day);
            let unit = episode.schedule.unit();
            let amounts = of_day.clone().filter_map(|row| match row.amount {
                Some((amount, told)) if told == unit => Some(amount.get()),
                Some(_) => None,
                None => episode.schedule.doses().first().map(|dose| dose.amount.get()),
            });
            let total: f64 = amounts.sum();
            let Some(last) = of_day.next_back().filter(|_| total > most.get() + ROUNDING) else {
                continue;
            };
            let message = Message::new("safety.as-needed-over-limit")
                .with("medicine", medicine.name.as_ref());
            let why = Message::new("safety.why-limit").with("day", Param::Day(day.number()));
            raise(&OVER, message, why, [last.id, last.id], review);
        }
    }
}
