//! Side effect: how an unwanted effect stood in time to the steps and doses of a medicine.
//!
//! **Estimand.** For each effect the person named: the days from the last step of the medicine to
//! its first onset, beside the share of all days that lie as soon after a step; on each dose the
//! share of days with the effect; and after each fall of the dose under a going effect
//! (*dechallenge*), whether it went away within the medicine's washout. An effect whose last day is
//! the day before the fall was gone by then, and nothing was tried on it. A *step* is a start, a
//! change of dose or an end.
//!
//! **Model.** None: days are counted. The slope over doses is that of the mean severity (0 without
//! the effect, 1 mild to 3 severe) by least squares, a day counting once; it is given only if doses
//! went both up and down, since otherwise dose and time run together.
//!
//! **After a fall or an end** an effect may be one of stopping, or the illness coming back. Signs of
//! stopping mostly begin within days, a relapse builds over weeks to months (Horowitz & Taylor 2019,
//! *Lancet Psychiatry* 6:538–546; Royal College of Psychiatrists 2020; recalled, not re-read). What
//! is told is the timing alone: within 14 days or the medicine's washout, whichever is longer, or
//! later, up to half a year. The two overlap, and this is for the clinician's view.
//!
//! **Assumptions.** Onset and end were recorded to the day. An effect that the person suspects of
//! another medicine is not this one's. Days without a record were days without the effect.
//!
//! **Abstains** from nearness where no step came before the onset, and from calling anything more
//! than suggestive: that needs an onset as soon after a step as one day in twenty, and a dechallenge.

use crate::diary::{Body, Day, EntryId, Kind, Recorded, SideEffect, Sorting, Unit};
use crate::error::{Message, Param};

use super::dose_course::{Direction, DoseCourse};
use super::finding::{Certainty, Claim, Estimate, Finding, FindingUnit, Window};
use super::settled::{changes_of, settling_of};
use super::subject::Subject;

/// Days after a fall within which signs of stopping mostly begin, at least.
const LEAST_DAYS_OF_STOPPING: i32 = 14;
/// Days after a fall that are looked at.
const MOST_DAYS_AFTER: i32 = 182;

/// What was recorded of one effect on one dose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnDose {
    /// The daily dose; 0 before, after and in pauses.
    pub dose: f64,
    /// Days on it.
    pub days: usize,
    /// Of these, days with the effect.
    pub days_with: usize,
    /// The mean severity over its days.
    pub mean_severity: f64,
}

/// What became of an effect after the dose fell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dechallenge {
    /// The day of the step.
    pub day: Day,
    /// Days from it to the effect's last day, where that is known.
    pub days: Option<i32>,
    /// Whether it went away within the washout; `None` while it is too soon to tell.
    pub went_away: Option<bool>,
}

/// An effect that began after the dose fell or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AfterFall {
    /// The onset.
    pub onset: Day,
    /// Days from the last fall.
    pub days: i32,
    /// Days it lasted, where its end is known.
    pub lasted: Option<i32>,
    /// Whether it began as soon as signs of stopping mostly do.
    pub is_soon: bool,
    /// Days within which they mostly do.
    pub reach: i32,
}

/// One effect beside one medicine.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// The person's word for it.
    pub term: String,
    /// How often it began.
    pub onsets: usize,
    /// The first onset.
    pub first: Day,
    /// Days from the step before the first onset, and the share of all days as soon after one.
    pub after_step: Option<(i32, f64)>,
    /// What was recorded on each dose, doses ascending.
    pub doses: Vec<OnDose>,
    /// Change of mean severity for one unit of dose.
    pub slope: Option<f64>,
    /// The unit of the doses.
    pub unit: Option<Unit>,
    /// What became of it after each fall of the dose.
    pub dechallenges: Vec<Dechallenge>,
    /// Onsets after a fall or an end.
    pub after_falls: Vec<AfterFall>,
    /// The statement.
    pub finding: Finding,
}

/// Every effect of the window that is not suspected of another medicine, beside this one, by first
/// onset.
#[must_use]
pub fn side_effects(subject: Subject<'_>, window: Window) -> Vec<Beside> {
    let Subject { diary, regimen, medicine, .. } = subject;
    let mut terms: Vec<(&str, Vec<(EntryId, &SideEffect)>)> = Vec::new();
    for Recorded { id, entry } in diary.of_kind(Kind::SideEffect) {
        let Body::SideEffect(effect) = entry.body() else { continue };
        let is_of_another = effect.suspected.is_some_and(|suspected| suspected != medicine);
        if is_of_another || !window.holds(effect.onset) {
            continue;
        }
        match terms.iter_mut().find(|(term, _)| *term == &*effect.term) {
            Some((_, spans)) => spans.push((id, effect)),
            None => terms.push((&effect.term, vec![(id, effect)])),
        }
    }
    let steps: Vec<Day> = changes_of(regimen, medicine).map(|change| change.day).collect();
    let course = DoseCourse::of(diary, regimen, medicine, window);
    let mut found: Vec<Beside> = terms
        .into_iter()
        .map(|(term, spans)| beside(subject, window, (term, &spans), &steps, course.as_ref()))
        .collect();
    found.arrange_by(|a, b| a.first.cmp(&b.first));
    found
}

fn beside(
    subject: Subject<'_>,
    window: Window,
    (term, spans): (&str, &[(EntryId, &SideEffect)]),
    steps: &[Day],
    course: Option<&DoseCourse>,
) -> Beside {
    let Subject { diary, medicine, name, .. } = subject;
    let first = spans.iter().map(|(_, effect)| effect.onset).min().unwrap_or(window.from);
    let after_step =
        days_after(steps, first).map(|days| (days, share_as_soon(window, steps, days)));
    let falls: Vec<Day> = course.map_or(Vec::new(), |course| {
        let pairs = course.stretches.windows(2).filter(|pair| pair[1].dose < pair[0].dose);
        pairs.map(|pair| pair[1].days.from).collect()
    });
    let product = diary.medicine(medicine);
    let settling = product.map(|product| settling_of(subject.regimen, medicine, product));
    let washout = settling.map_or(0, |settling| i32::from(settling.washout_days));
    let dechallenges: Vec<Dechallenge> = spans
        .iter()
        .flat_map(|(_, effect)| {
            let under =
                |fall: &&Day| effect.onset < **fall && effect.end.is_none_or(|end| **fall <= end);
            falls.iter().filter(under).map(|fall| dechallenge(effect, *fall, washout, window))
        })
        .collect();
    let reach = washout.max(LEAST_DAYS_OF_STOPPING);
    let after_falls = spans.iter().filter_map(|(_, effect)| {
        let days = days_after(&falls, effect.onset).filter(|days| *days <= MOST_DAYS_AFTER)?;
        let lasted = effect.end.map(|end| end.since(effect.onset) + 1);
        Some(AfterFall { onset: effect.onset, days, lasted, is_soon: days <= reach, reach })
    });
    let doses = course.map_or(Vec::new(), |course| on_doses(course, spans, window));
    let goes_both_ways = course.is_some_and(|course| course.direction() == Direction::Both);
    Beside {
        term: term.to_owned(),
        onsets: spans.len(),
        first,
        after_step,
        slope: if goes_both_ways { slope(&doses) } else { None },
        doses,
        unit: course.map(|course| course.unit),
        finding: described((name, window), (term, spans), after_step, &dechallenges),
        dechallenges,
        after_falls: after_falls.collect(),
    }
}

/// Days from the last of `steps` on or before a day.
fn days_after(steps: &[Day], day: Day) -> Option<i32> {
    steps.iter().filter(|step| **step <= day).map(|step| day.since(*step)).min()
}

/// The share of the window's days that lie at most so many days after a step.
fn share_as_soon(window: Window, steps: &[Day], most: i32) -> f64 {
    let days = (0..window.days()).map(|place| window.from.plus(i32::try_from(place).unwrap_or(0)));
    let soon = days.filter(|day| days_after(steps, *day).is_some_and(|days| days <= most)).count();
    soon as f64 / window.days().max(1) as f64
}

fn dechallenge(effect: &SideEffect, fall: Day, washout: i32, window: Window) -> Dechallenge {
    let days = effect.end.map(|end| end.since(fall).max(0));
    let limit = fall.plus(washout);
    let went_away = match effect.end {
        Some(end) => Some(end <= limit),
        None if window.to > limit => Some(false),
        None => None,
    };
    Dechallenge { day: fall, days, went_away }
}

fn on_doses(course: &DoseCourse, spans: &[(EntryId, &SideEffect)], window: Window) -> Vec<OnDose> {
    let mut doses: Vec<OnDose> = Vec::new();
    for stretch in &course.stretches {
        let place = doses.iter().position(|known| (known.dose - stretch.dose).abs() < 1e-9);
        let place = place.unwrap_or_else(|| {
            let dose = stretch.dose;
            doses.push(OnDose { dose, days: 0, days_with: 0, mean_severity: 0.0 });
            doses.len() - 1
        });
        let on = &mut doses[place];
        let mut day = stretch.days.from;
        while day <= stretch.days.to {
            let going = spans.iter().filter(|(_, effect)| {
                effect.onset <= day && day <= effect.end.unwrap_or(window.to)
            });
            let severity = going.map(|(_, effect)| effect.severity.weight()).max().unwrap_or(0);
            on.days += 1;
            on.days_with += usize::from(severity > 0);
            // The sum for now.
            on.mean_severity += f64::from(severity);
            day = day.plus(1);
        }
    }
    doses.iter_mut().for_each(|on| on.mean_severity /= on.days.max(1) as f64);
    doses.arrange_by(|a, b| a.dose.total_cmp(&b.dose));
    doses
}

/// The least-squares slope of mean severity over dose, a day counting once.
fn slope(doses: &[OnDose]) -> Option<f64> {
    let days = |on: &OnDose| on.days as f64;
    let all: f64 = doses.iter().map(days).sum();
    let mean = |of: fn(&OnDose) -> f64| doses.iter().map(|on| days(on) * of(on)).sum::<f64>() / all;
    let (x, y) = (mean(|on| on.dose), mean(|on| on.mean_severity));
    let spread: f64 = doses.iter().map(|on| days(on) * (on.dose - x) * (on.dose - x)).sum();
    let joint: f64 = doses.iter().map(|on| days(on) * (on.dose - x) * (on.mean_severity - y)).sum();
    (spread > 0.0).then(|| joint / spread)
}

fn described(
    (medicine, window): (&str, Window),
    (term, spans): (&str, &[(EntryId, &SideEffect)]),
    after_step: Option<(i32, f64)>,
    dechallenges: &[Dechallenge],
) -> Finding {
    let count = |days: i32| usize::try_from(days).unwrap_or(0);
    let named = |id| Message::new(id).with("term", term).with("medicine", medicine);
    let (sentence, doubt) = match after_step {
        Some((days, share)) => (
            named("side-effect.began-after").with("days", count(days)),
            Message::new("side-effect.by-chance").with("share", Param::Number(100.0 * share, 0)),
        ),
        None => (named("side-effect.no-step-before"), Message::new("side-effect.no-step")),
    };
    let mut why: Vec<Message> = dechallenges
        .iter()
        .filter_map(|after| {
            let day = Param::Day(after.day.number());
            match (after.went_away?, after.days) {
                (true, Some(days)) => {
                    let went = Message::new("side-effect.went-away").with("days", count(days));
                    Some(went.with("day", day))
                }
                _ => Some(Message::new("side-effect.went-on").with("day", day)),
            }
        })
        .collect();
    why.push(Message::new("side-effect.why-not-the-reason"));
    let went_away = dechallenges.iter().any(|after| after.went_away == Some(true));
    let is_soon = after_step.is_some_and(|(_, share)| share <= 0.05);
    let estimate = after_step.map(|(days, _)| {
        let days = f64::from(days);
        Estimate { value: days, low: days, high: days, effective_n: None, p_value: None }
    });
    Finding {
        claim: Claim::SideEffect,
        certainty: match went_away && is_soon {
            true => Certainty::Suggestive,
            false => Certainty::NotEnoughYet,
        },
        sentence,
        doubt,
        why,
        estimate,
        unit: FindingUnit::Days,
        n: spans.len(),
        days_missing: 0,
        window,
        look: None,
        weakened_since: None,
        method: "days-counted",
        entries: spans.iter().map(|(id, _)| *id).collect(),
    }
}
