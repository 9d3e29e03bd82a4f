//! Trial design: how many days a trial with planned switches would take, for a clinician to weigh.
//!
//! **Estimand.** For a trial in which two kinds of weeks take turns in a random order: the half-width
//! of the 95 % interval of the difference that so many days would bring, and how often the smallest
//! change that matters would be told from none. The kinds are the [question](TrialQuestion): weeks with and without
//! something, or weeks with every dose at one time of day and at another.
//!
//! **Model.** This person's own past days are taken as if they had been such a trial without any
//! difference: several stretches of so many days, each with two orders of its weeks. Each is
//! fitted under the [noise mixture](super::statistics::gls), whose interval and spread already hold the
//! doubt about variance and correlation; half-widths and power are averaged over the stretches.
//! Days after a switch are left out until five half-lives have passed. *Days needed* is the shortest
//! trial whose mean half-width is at most the smallest change that matters.
//!
//! **Refused** for anything that is usually tapered, works slowly or stays active for more than a
//! week; for a product of several ingredients; and in bipolar disorder or psychosis. Where a
//! condition, a half-life or an onset is not known, that is no "no": it is refused as well. Both
//! questions share these reasons. Moving a dose once makes a gap of up to a day and a half, in which
//! what must be tapered can bring discontinuation symptoms; a week shows nothing of what works slowly;
//! what stays for over a week hardly knows the hour; a new hour moves sleep, and with it mania.
//!
//! *With or without* is for a stimulant, a sleep or waking aid, or what is taken as needed, as only
//! these may stay away for a week. *The time of day* leaves nothing out, so that it asks for another
//! thing: doses by a schedule of every day, as those taken as needed follow the need and not the hour.
//! An aid for sleep is refused, since its hour is the night. No hours are named: which two are
//! compared is the prescriber's choice.
//!
//! **Assumptions.** The days to come are like those behind. Nobody is blinded, so expectation is
//! part of any difference.
//!
//! **Abstains** where fewer past days than the shortest trial have a value, and where three tenths of
//! them lie at one end of the scale.

use crate::diary::{Day, Diary, Medicine, Pattern, Release, words};
use crate::error::{Code, Error, Message, Result};
use crate::reference::{self, Class, MANIA_OR_PSYCHOSIS, Numbers, Subclass};

use super::column::{Column, DayMeans};
use super::finding::{Certainty, Claim, Finding, Window, not_estimable};
use super::scale_end::crowded;
use super::statistics::NotEstimable;
use super::statistics::distribution::StudentT;
use super::statistics::gls::NoiseMixture;
use super::statistics::noise::NoisePrior;

/// The trials that are weighed, in days: whole pairs of weeks.
pub const LENGTHS: [usize; 7] = [28, 42, 56, 70, 84, 112, 140];
/// The longest that something may stay active, in days.
pub const MOST_ACTIVE_DAYS: f64 = 7.0;
/// Stretches of the past that each length is tried on, a fortnight apart.
const STRETCHES: usize = 4;
/// Whether a week is with or without, in the two orders: in turn, and turned round in pairs.
const ORDERS: [[bool; 4]; 2] = [[true, false, true, false], [true, false, false, true]];

words! {
    /// What the weeks of a trial would differ in.
    TrialQuestion {
        /// Whether it is taken at all.
        WithOrWithout = "with-or-without",
        /// When in the day it is taken.
        TimeOfDay = "time-of-day",
    }
}

/// What a trial of one length would bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Its days.
    pub days: usize,
    /// Mean half-width of the interval.
    pub half_width: f64,
    /// Share of such trials in which the smallest change that matters would be told from none.
    pub power: f64,
    /// Past stretches and orders it was averaged over.
    pub tried: usize,
}

/// The design.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialDesign {
    /// What the weeks would differ in.
    pub question: TrialQuestion,
    /// Days after a switch that are left out.
    pub carry_over_days: usize,
    /// The smallest change that matters.
    pub points: f64,
    /// The lengths that past days can tell of.
    pub plans: Vec<Plan>,
    /// The shortest whose interval is narrow enough.
    pub days_needed: Option<usize>,
    /// The statement.
    pub finding: Finding,
}

/// Days after a switch for which something is still active, where a trial may be weighed at all;
/// `schedule` is the one that is in force.
///
/// # Errors
/// [`Code::NotSuitable`] at `medicine`, with the reason.
pub fn carry_over(
    diary: &Diary,
    today: Day,
    medicine: &Medicine,
    (schedule, question): (Option<&Pattern>, TrialQuestion),
) -> Result<usize> {
    let refuse = |why: &'static str| {
        Err(Error::new(Code::NotSuitable, "medicine").with("value", Message::new(why)))
    };
    match diary.told_condition(MANIA_OR_PSYCHOSIS, today) {
        None => return refuse("trial-design.condition-not-known"),
        Some((true, _)) => return refuse("trial-design.condition"),
        Some((false, _)) => {}
    }
    let [ingredient] = &medicine.ingredients[..] else {
        return refuse("trial-design.several");
    };
    let tables = reference::medicines();
    let row = match &ingredient.reference {
        Some(id) => tables.find(id),
        None => tables.named(&ingredient.name),
    };
    let Some(row) = row else { return refuse("trial-design.not-listed") };
    let is_for_sleep = row.class.value == Class::Hypnotic;
    let asks_when = question == TrialQuestion::TimeOfDay;
    if asks_when && is_for_sleep {
        return refuse("trial-design.for-the-night");
    }
    if row.stopping.value.taper {
        return refuse("trial-design.taper");
    }
    let fits = match asks_when {
        true => schedule == Some(&Pattern::Daily),
        false => {
            matches!(schedule, Some(Pattern::AsNeeded { .. }))
                || is_for_sleep
                || row.class.value == Class::Wakefulness
                || row.subclass.value == Subclass::Stimulant
        }
    };
    if !fits {
        return refuse(if asks_when { "trial-design.not-daily" } else { "trial-design.kind" });
    }
    if row.onset_weeks.value.is_none_or(|weeks| weeks.low >= 1.0) {
        return refuse("trial-design.slow");
    }
    let names = [&*medicine.name, &*ingredient.name];
    let is_depot = medicine.release == Some(Release::Depot);
    if is_depot || row.injection_of(ingredient.rxnorm.as_deref(), names, false).is_some() {
        return refuse("trial-design.lasting");
    }
    let half_lives = Numbers::Row(row).active_half_lives();
    let hours = half_lives.map(|half_life| half_life.value.high).fold(0.0, f64::max);
    let lasts = row.effect_lasts_days.value.map_or(0.0, f64::from);
    let active = (5.0 * hours / 24.0).max(lasts);
    match active > 0.0 && active <= MOST_ACTIVE_DAYS {
        true => Ok(active.ceil() as usize),
        false => refuse("trial-design.lasting"),
    }
}

/// Weighs trials of every length on the past days of `column`.
#[must_use]
pub fn trial_design(
    column: &Column,
    (question, carry_over_days): (TrialQuestion, usize),
    points: f64,
    window: Window,
) -> TrialDesign {
    let means = column.day_means();
    let is_crowded = crowded(column.outcome.range, &means.values).is_some();
    let lengths = if is_crowded { &[][..] } else { &LENGTHS[..] };
    let plans: Vec<Plan> =
        lengths.iter().filter_map(|days| plan(&means, *days, carry_over_days, points)).collect();
    let days_needed = plans.iter().find(|plan| plan.half_width <= points).map(|plan| plan.days);
    let mut finding = described(column, points, &plans, (days_needed, is_crowded), window);
    if question == TrialQuestion::TimeOfDay {
        finding.why[0] = Message::new("trial-design.why-times");
    }
    TrialDesign { question, carry_over_days, points, plans, days_needed, finding }
}

/// One length over the latest stretches of the past; `None` where fewer than three in five of its
/// days have a value.
fn plan(means: &DayMeans, days: usize, carry_over: usize, points: f64) -> Option<Plan> {
    let last = means.days.last()?;
    let (mut half_widths, mut powers, mut tried) = (0.0, 0.0, 0);
    for stretch in 0..STRETCHES {
        let end = last - 14.0 * stretch as f64;
        let first = end - days as f64 + 1.0;
        let from = means.days.partition_point(|day| *day < first);
        let to = means.days.partition_point(|day| *day <= end);
        if 5 * (to - from) < 3 * days {
            continue;
        }
        for order in ORDERS {
            let run = placebo(means, from..to, first, (carry_over, order));
            let Ok((half_width, spread, df)) = run else { continue };
            let Some(student) = StudentT::new(df) else { continue };
            half_widths += half_width;
            powers += 1.0 - student.cdf((half_width - points) / spread);
            tried += 1;
        }
    }
    let share = |sum: f64| sum / f64::from(tried);
    let plan =
        Plan { days, half_width: share(half_widths), power: share(powers), tried: tried as usize };
    (tried > 0).then_some(plan)
}

/// Half-width, standard error and degrees of freedom of a trial that changed nothing.
fn placebo(
    means: &DayMeans,
    rows: std::ops::Range<usize>,
    first: f64,
    (carry_over, order): (usize, [bool; 4]),
) -> std::result::Result<(f64, f64, f64), NotEstimable> {
    let (mut days, mut values, mut with) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let place = (means.days[row] - first) as usize;
        let (week, day) = (place / 7, place % 7);
        let on = |week: usize| order[week % 4];
        let switched = week > 0 && on(week) != on(week - 1);
        if switched && day < carry_over {
            continue;
        }
        days.push(means.days[row]);
        values.push(means.values[row]);
        with.push(if on(week) { 1.0 } else { 0.0 });
    }
    let ones = vec![1.0; days.len()];
    let fit = NoiseMixture::fit(&days, &values, &[&ones, &with], &NoisePrior::day_to_day())?;
    let contrast = fit.contrast(&[0.0, 1.0], 0.95)?;
    let half_width = 0.5 * (contrast.high - contrast.low);
    Ok((half_width, contrast.standard_error, contrast.degrees_of_freedom))
}

fn described(
    column: &Column,
    points: f64,
    plans: &[Plan],
    (days_needed, is_crowded): (Option<usize>, bool),
    window: Window,
) -> Finding {
    let outcome = &column.outcome;
    let amount = outcome.amount(points);
    let (certainty, sentence, doubt) = match (days_needed, plans.last()) {
        (Some(days), _) => {
            let sentence = Message::new("trial-design.needed").with("n", days);
            let sentence = sentence.with("amount", amount).with("outcome", outcome.name.clone());
            (Certainty::Suggestive, sentence, Message::new("trial-design.not-blinded"))
        }
        (None, Some(longest)) => {
            let sentence = Message::new("trial-design.too-long").with("n", longest.days);
            let sentence = sentence.with("amount", amount).with("outcome", outcome.name.clone());
            (Certainty::NotEnoughYet, sentence, Message::new("trial-design.not-blinded"))
        }
        (None, None) if is_crowded => {
            let sentence = Message::new("trial-design.at-an-end");
            let sentence = sentence.with("outcome", outcome.name.clone());
            (Certainty::NotEnoughYet, sentence, not_estimable(NotEstimable::Crowded))
        }
        (None, None) => {
            let reason =
                NotEstimable::TooFew { n: column.day_means().days.len(), needed: LENGTHS[0] };
            let sentence = Message::new("trial-design.no-past");
            (Certainty::NotEnoughYet, sentence, not_estimable(reason))
        }
    };
    Finding {
        claim: Claim::TrialDesign,
        certainty,
        sentence,
        doubt,
        why: vec![Message::new("trial-design.why-past"), Message::new("trial-design.why-refused")],
        estimate: None,
        unit: outcome.unit(),
        n: column.len(),
        days_missing: column.days_missing(window),
        window,
        look: None,
        weakened_since: None,
        method: "placebo-blocks-on-own-past",
        entries: column.ids.clone(),
    }
}
