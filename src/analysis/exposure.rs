//! Exposure: how much of a medicine a model says was in the body, by the doses really taken.
//!
//! **Estimand.** The level of the medicine's first ingredient over time, relative to its mean level
//! once settled on the dose prescribed last (1 = that mean). It is a model drawn from tables, not a
//! measured level, and no concentration: people differ several-fold.
//!
//! **Model.** [One compartment](OneCompartment) with the half-life and the time to the peak of the
//! medicine's reference row, each at the middle of its range (the earliest peak for immediate, the
//! latest for extended release). The doses recorded as taken add up, each at its own time; where
//! none is known at the scheduled one. What is not known is not guessed, so there are two lines: the
//! low one holds the recorded doses only, the high one takes due doses without an entry as taken.
//! Where a product gives its ingredient off more slowly than the body clears it (*flip-flop*), the
//! slower of the two says how long the level takes to settle and how far doses add up.
//!
//! **Assumptions.** Absorption and elimination go on at a steady rate, whatever the dose, the food
//! and the other medicines. Breakdown products that act are not in it.
//!
//! **Abstains** without a reference row of the product's own route, without a half-life and peak,
//! for doses in units that cannot be added up, and for medicines taken as needed.

use std::f64::consts::LN_2;

use crate::diary::{
    ClockTime, Day, EntryId, Ingredient, Medicine, Release, Schedule, Sorting, Unit,
};
use crate::error::{Message, Param};
use crate::reference::{Confidence, Range, Sourced};

use super::column::wall_time;
use super::dose_log::{DoseLog, match_to_due};
use super::finding::{Certainty, Claim, Estimate, Finding, FindingUnit, Window};
use super::settled::numbers_of;
use super::statistics::one_compartment::{
    OneCompartment, accumulation, elimination_rate, time_until_left,
};
use super::subject::Subject;

/// Half-lives after which a dose no longer counts: a billionth of it is left.
const HALF_LIVES_COUNTED: f64 = 30.0;
/// Most days of earlier doses that are reckoned with for a dose taken since before the diary.
const MOST_DAYS_BEFORE: i32 = 400;
/// The share of the final level that counts as steady.
const STEADY: f64 = 0.9;

/// The modelled level of one medicine.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    /// Times in days since 1970-01-01 with the time of day as fraction.
    pub times: Vec<f64>,
    /// The level by the doses recorded as taken.
    pub low: Vec<f64>,
    /// The level if due doses without an entry were taken as well.
    pub high: Vec<f64>,
    /// The daily dose whose settled mean level is 1, in milligrams where the units allow.
    pub dose: f64,
    /// The half-life in hours, between people.
    pub half_life: Sourced<Range>,
    /// Hours from a dose to the peak that were reckoned with.
    pub hours_to_peak: f64,
    /// Days until a level is nine tenths of the way to a new dose's, over the half-lives.
    pub days_to_steady: (f64, f64),
    /// How many times the level of one dose the settled level comes to, at the usual half-life.
    pub accumulation: f64,
    /// The share of the usual level before a dose that is left there when the one before it was
    /// missed.
    pub after_a_missed_dose: f64,
    /// The statement.
    pub finding: Finding,
}

/// A dose on its way: when, in days, and how much.
type Taken = (f64, f64);

/// The level of a medicine over the window. Open doses of the person's present day `today` count as
/// not taken yet. `None` where the tables hold no times for the product,
/// or no daily dose is prescribed. Time grows with points times doses within 30 half-lives.
#[must_use]
pub fn exposure(subject: Subject<'_>, window: Window, today: Day) -> Option<Exposure> {
    let Subject { diary, regimen, medicine, .. } = subject;
    let product = diary.medicine(medicine)?;
    let ingredient = product.ingredients.first()?;
    let (half_life, tmax) = numbers_of(regimen, medicine, product, ingredient)?.times();
    let half_life = half_life.known()?;
    let half_life = Sourced { confidence: half_life.confidence.min(tmax.confidence), ..half_life };
    let hours_to_peak = hours_to_peak(product, tmax.value?);
    let hours = half_life.value.middle();
    let body = OneCompartment::with_peak(hours / 24.0, hours_to_peak / 24.0).ok()?;
    let slower = body.slower_half_life();

    let last = regimen.episodes_of(medicine).filter(|episode| episode.from <= window.to).last()?;
    let amount = |amount, unit| in_its_unit(product, ingredient, amount, unit);
    let dose = amount(last.schedule.mean_daily_amount()?, last.schedule.unit())?;
    let (taken, unknown, entries) = doses(subject, (product, ingredient), (window, today), slower)?;
    let settled = body.steady_mean(dose);
    let times = times(window);
    let reach = HALF_LIVES_COUNTED * slower;
    let low: Vec<f64> = levels(&body, &taken, &times, reach).map(|v| v / settled).collect();
    let open: Vec<f64> = levels(&body, &unknown, &times, reach).map(|v| v / settled).collect();
    let high: Vec<f64> = low.iter().zip(open).map(|(low, open)| low + open).collect();

    let gap = 1.0 / doses_a_day(&last.schedule);
    let before_a_dose = |first: i32| -> f64 {
        let most = (reach / gap).min(2_000.0) as i32;
        (first..=most.max(first)).map(|doses| body.after(f64::from(doses) * gap)).sum()
    };
    let days_to_steady = days_to_steady(half_life.value, hours_to_peak / 24.0)?;
    let named = (subject.name, half_life.value);
    let finding = described(named, window, (&low, &high), entries, half_life.confidence);
    Some(Exposure {
        times,
        low,
        high,
        dose,
        half_life,
        hours_to_peak,
        days_to_steady,
        accumulation: accumulation(elimination_rate(slower).ok()?, gap),
        after_a_missed_dose: before_a_dose(2) / before_a_dose(1),
        finding,
    })
}

/// Days until a level is nine tenths of the way to a new dose's, least and most over the half-lives of
/// `range` in hours, for a dose that peaks after `peak` days.
fn days_to_steady(range: Range, peak: f64) -> Option<(f64, f64)> {
    let (low, high) = (range.low / 24.0, range.high / 24.0);
    // It is shortest where both rates are equal: there a dose peaks after 1 / rate.
    let equal = (peak * LN_2).clamp(low, high);
    let steady = |half_life: f64| {
        let body = OneCompartment::with_peak(half_life, peak).ok()?;
        Some(time_until_left(body.slower_half_life(), 1.0 - STEADY))
    };
    let (low, equal, high) = (steady(low)?, steady(equal)?, steady(high)?);
    Some((low.min(equal).min(high), low.max(equal).max(high)))
}

fn hours_to_peak(product: &Medicine, range: Range) -> f64 {
    let hours = match product.release {
        Some(Release::Immediate) => range.low,
        Some(Release::Extended | Release::Delayed | Release::Depot) => range.high,
        None => range.middle(),
    };
    hours.max(0.1)
}

fn in_its_unit(
    product: &Medicine,
    ingredient: &Ingredient,
    amount: f64,
    unit: Unit,
) -> Option<f64> {
    product.ingredient_amount(ingredient, amount, unit).map(|(amount, _)| amount)
}

fn doses_a_day(schedule: &Schedule) -> f64 {
    let whole_day: f64 = schedule.doses().iter().map(|dose| dose.amount.get()).sum();
    let share = schedule.mean_daily_amount().unwrap_or(whole_day) / whole_day;
    share * schedule.doses().len() as f64
}

/// The doses recorded as taken, the due ones without an entry, and the entries of the former.
fn doses(
    subject: Subject<'_>,
    (product, ingredient): (&Medicine, &Ingredient),
    (window, today): (Window, Day),
    half_life: f64,
) -> Option<(Vec<Taken>, Vec<Taken>, Vec<EntryId>)> {
    let Subject { diary, regimen, medicine, .. } = subject;
    let episodes: Vec<_> = regimen.episodes_of(medicine).collect();
    let (mut taken, mut unknown, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    let Some(first) = episodes.first() else { return Some((taken, unknown, entries)) };
    let due_at = |day: Day, at: Option<ClockTime>| {
        let minutes = at.map_or(f64::from(USUAL_MINUTES), |at| f64::from(at.minutes()));
        f64::from(day.number()) + minutes / 1440.0
    };
    let logged = DoseLog::of(diary);
    let rows = logged.of_medicine(medicine);
    let mut day = first.from.min(rows.first().map_or(first.from, |row| row.day));
    if first.since_before {
        // Doses from before the diary, as prescribed, until the oldest no longer counts.
        let back = (HALF_LIVES_COUNTED * half_life).ceil().min(f64::from(MOST_DAYS_BEFORE)) as i32;
        let a_day = in_its_unit(
            product,
            ingredient,
            first.schedule.mean_daily_amount()?,
            first.schedule.unit(),
        )?;
        for earlier in 1..=back {
            taken.push((due_at(first.from.plus(-earlier), first.schedule.doses()[0].at), a_day));
        }
    }
    while day <= window.to {
        let events = logged.on(medicine, day);
        let episode = episodes.iter().rev().find(|episode| episode.holds_on(day));
        let due = episode.map_or(&[][..], |episode| episode.due(day));
        let matched = match_to_due(due, events);
        for (place, row) in events.iter().enumerate().filter(|(_, row)| row.status.is_taken()) {
            let about = matched.iter().position(|event| *event == Some(place));
            let usual = about
                .map(|dose| due[dose])
                .or_else(|| episode.and_then(|episode| episode.schedule.doses().first().copied()));
            let unit = episode.map(|episode| episode.schedule.unit());
            let quantity = row.amount.or(usual.map(|dose| dose.amount).zip(unit));
            // A dose whose amount nobody told adds nothing that could be counted.
            let Some((amount, unit)) = quantity else { continue };
            let entry = diary.entry(row.id)?;
            let time = match entry.at() {
                Some(_) => wall_time(entry),
                None => due_at(day, row.scheduled.or(usual.and_then(|dose| dose.at))),
            };
            taken.push((time, in_its_unit(product, ingredient, amount.get(), unit)?));
            entries.push(row.id);
        }
        if let Some(episode) = episode.filter(|_| day != today) {
            for (dose, _) in due.iter().zip(&matched).filter(|(_, event)| event.is_none()) {
                let unit = episode.schedule.unit();
                let amount = in_its_unit(product, ingredient, dose.amount.get(), unit)?;
                unknown.push((due_at(day, dose.at), amount));
            }
        }
        day = day.plus(1);
    }
    taken.arrange_by(|a, b| a.0.total_cmp(&b.0));
    unknown.arrange_by(|a, b| a.0.total_cmp(&b.0));
    Some((taken, unknown, entries))
}

/// The time of a dose for which nobody told one: eight in the morning.
const USUAL_MINUTES: u16 = 480;

/// Points of time over the window: hourly up to a month, every six hours up to two years, then
/// daily at noon.
fn times(window: Window) -> Vec<f64> {
    let a_day = match window.days() {
        0..=31 => 24,
        32..=731 => 4,
        _ => 1,
    };
    let first = f64::from(window.from.number());
    let points = (0..window.days() * a_day).map(|point| (point as f64 + 0.5) / a_day as f64);
    points.map(|days| first + days).collect()
}

/// The level at each time; `doses` in order of time.
fn levels<'a>(
    body: &'a OneCompartment,
    doses: &'a [Taken],
    times: &'a [f64],
    reach: f64,
) -> impl Iterator<Item = f64> + 'a {
    times.iter().map(move |time| {
        let first = doses.partition_point(|dose| dose.0 < time - reach);
        let end = doses.partition_point(|dose| dose.0 <= *time);
        body.level(&doses[first..end], *time)
    })
}

fn described(
    (name, half_life): (&str, Range),
    window: Window,
    (low, high): (&[f64], &[f64]),
    entries: Vec<EntryId>,
    confidence: Confidence,
) -> Finding {
    let of_last_day = |levels: &[f64]| {
        let from = levels.len() - levels.len() / window.days().max(1);
        let day = &levels[from.min(levels.len())..];
        day.iter().sum::<f64>() / day.len().max(1) as f64
    };
    let (low, high) = (of_last_day(low), of_last_day(high));
    let per_cent = |share: f64| (100.0 * share).round();
    let sentence = if per_cent(low) < per_cent(high) {
        Message::new("exposure.last-day")
            .with("low", Param::Number(per_cent(low), 0))
            .with("high", Param::Number(per_cent(high), 0))
    } else {
        Message::new("exposure.last-day-alike").with("level", Param::Number(per_cent(low), 0))
    };
    let doubt = Message::new("exposure.doubt")
        .with("low", Param::Number(half_life.low, 0))
        .with("high", Param::Number(half_life.high, 0));
    let mut why = vec![
        Message::new("exposure.why-model"),
        Message::new("exposure.why-doses").with("n", entries.len()),
    ];
    if confidence == Confidence::GeneralKnowledge {
        why.push(Message::new("exposure.why-not-checked"));
    }
    Finding {
        claim: Claim::Exposure,
        certainty: Certainty::NotEnoughYet,
        sentence: sentence.with("medicine", name),
        doubt,
        why,
        estimate: Some(Estimate { value: low, low, high, effective_n: None, p_value: None }),
        unit: FindingUnit::Share,
        n: entries.len(),
        days_missing: 0,
        window,
        look: None,
        weakened_since: None,
        method: "one-compartment",
        entries,
    }
}
