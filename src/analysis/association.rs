//! Association: which recorded things go together with which ratings, and whether that held up.
//!
//! **Estimand.** The difference of a rating between days with and without a tag, a therapy session,
//! a substance or the late days of a cycle, or its slope on hours of sleep; on the same day or on the
//! day after.
//!
//! **Model.** A **hunch** is found by looking and proves nothing: at each [look](super::Looks), every
//! pair of a thing and a rating, at both lags, is screened over the last [`SCREENED_DAYS`] days by a
//! regression in which half of a day carries over to the next. The pair that comes out at p ≤
//! [`SCREEN`] divided by the number of patterns tried becomes a hunch: its direction and lag are frozen with the day of the
//! look. Only days after it can make it *held up* or *did not hold up*: at the first look with
//! [`LATER_DAYS`] of them it is tested once, one-sided, on those days alone, under the
//! [noise mixture](super::statistics::gls). The k-th hunch of a diary is given
//! [`LEVEL`] / 2^k, so that all of them together stay below [`LEVEL`].
//!
//! Nothing is stored: the looks are replayed in order, and the same diary gives the same hunches.
//!
//! **Assumptions.** A day with a check-in that names no session and no substance was a day without.
//! What goes together need not lead to one another, and which comes first within a day is not known.
//!
//! **Abstains** with fewer than [`LEAST_DAYS`] days on either side of a pair, or fewer than
//! [`LEAST_NIGHTS`] nights of sleep. Where three tenths of the later days lie at one end of the
//! rating's scale neither *held up* nor *did not* is said: the share of the days at that end is told,
//! with the thing and without it.

use crate::diary::{Body, Calendar, Day, Diary, EntryId, Sorting};
use crate::error::{Message, Param};

use super::column::{Columns, DayMeans};
use super::finding::{Certainty, Claim, Estimate, Finding, Window};
use super::outcome::{Outcome, OutcomeKey};
use super::scale_end::ScaleEnd;
use super::statistics::NotEstimable;
use super::statistics::distribution::StudentT;
use super::statistics::gls::{Contrast, NoiseMixture};
use super::statistics::math;
use super::statistics::noise::NoisePrior;

/// Share of false hunches a look may bring.
pub const SCREEN: f64 = 0.1;
/// Share of diaries without any pattern in which one may hold up.
pub const LEVEL: f64 = 0.05;
/// Days up to a look that are screened.
pub const SCREENED_DAYS: f64 = 182.0;
/// Share of a day's rating that the screen takes to carry over to the next day.
const CARRIED: f64 = 0.5;
/// Days after a hunch that its one test needs.
pub const LATER_DAYS: usize = 28;
/// Days that a pair needs with the thing, and without it.
pub const LEAST_DAYS: usize = 7;
/// Days that a pair needs where the thing is counted, as sleep is.
pub const LEAST_NIGHTS: usize = 20;
/// Most things that are tried, those recorded on most days first.
const MOST_THINGS: usize = 20;
/// Most ratings that they are tried with, in the order of the outcomes.
const MOST_OUTCOMES: usize = 4;
/// The day of a cycle from which it counts as late: the week before the next one, in cycles of
/// 28 days. This project's own rule.
const LATE_CYCLE: u16 = 22;

/// Something recorded that a rating may go together with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A tag of check-ins.
    Tag(Box<str>),
    /// Hours of sleep.
    Sleep,
    /// Sessions of a therapy.
    Therapy(Box<str>),
    /// Use of a substance.
    Substance(Box<str>),
    /// The late days of a cycle.
    LateCycle,
}

impl Thing {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> Message {
        match self {
            Self::Tag(name) => Message::new("pattern.tag").with("name", name.as_ref()),
            Self::Therapy(name) => Message::new("pattern.therapy").with("name", name.as_ref()),
            Self::Substance(name) => Message::new("pattern.substance").with("name", name.as_ref()),
            Self::Sleep => Message::new("pattern.sleep"),
            Self::LateCycle => Message::new("pattern.late-cycle"),
        }
    }

    const fn is_counted(&self) -> bool {
        matches!(self, Self::Sleep)
    }
}

/// A thing on the days of which it is known: 1 with it, 0 without it; hours of sleep.
#[derive(Clone, Debug)]
pub struct Exposure {
    /// What.
    pub thing: Thing,
    /// Its days and values, by day.
    pub days: DayMeans,
}

/// A pattern that is watched: which thing, which rating, how many days later, which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Place of the thing.
    pub thing: usize,
    /// Place of the rating.
    pub outcome: usize,
    /// Days from the thing to the rating: 0 or 1.
    pub lag: u8,
    /// Whether the rating is higher with it.
    pub higher: bool,
}

/// A pattern with the day it was frozen on, and what later days said.
#[derive(Clone, Debug, PartialEq)]
pub struct Hunch {
    /// The pattern.
    pub pattern: Pattern,
    /// The look at which it was found.
    pub since: Day,
    /// Patterns tried by then.
    pub tried: usize,
    /// The one test: its look, and what the later days gave.
    pub test: Option<(Day, Contrast, bool)>,
}

impl Hunch {
    /// The days after it was found, up to a look.
    fn later(&self, outcome: &DayMeans, thing: &Exposure, look: Day) -> Pairs {
        let after = f64::from(self.since.number()) + 1.0;
        Pairs::of(outcome, thing, self.pattern.lag, after, f64::from(look.number()))
    }
}

/// What a replay of the looks found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Patterns tried at least once.
    pub tried: usize,
    /// The hunches, in the order they were found.
    pub hunches: Vec<Hunch>,
}

/// Replays the looks over the ratings and the things.
#[must_use]
pub fn replay(outcomes: &[DayMeans], things: &[Exposure], looks: &[Day]) -> Found {
    let mut found = Found::default();
    let mut tried = vec![false; outcomes.len() * things.len() * 2];
    for look in looks {
        let now = f64::from(look.number());
        for (place, hunch) in found.hunches.iter_mut().enumerate() {
            if hunch.test.is_none() {
                let Pattern { thing, outcome, .. } = hunch.pattern;
                let pairs = hunch.later(&outcomes[outcome], &things[thing], *look);
                hunch.test = tested(hunch, place, &pairs).map(|(c, held)| (*look, c, held));
            }
        }
        let mut candidates = Vec::new();
        let mut at_once = 0;
        for (thing, exposure) in things.iter().enumerate() {
            for (outcome, means) in outcomes.iter().enumerate() {
                for lag in [0, 1] {
                    let pairs = Pairs::of(means, exposure, lag, now - SCREENED_DAYS, now);
                    if !pairs.are_enough(0) {
                        continue;
                    }
                    at_once += 1;
                    tried[2 * (thing * outcomes.len() + outcome) + usize::from(lag)] = true;
                    if let Some((slope, p)) = pairs.screened() {
                        let higher = slope > 0.0;
                        candidates.push((p, Pattern { thing, outcome, lag, higher }));
                    }
                }
            }
        }
        candidates.retain(|(p, _)| *p <= SCREEN / f64::from(at_once));
        // Two that say the same of the same days differ in the last digits alone: they keep their order.
        candidates.arrange_by(|a, b| (a.0 as f32).total_cmp(&(b.0 as f32)));
        found.tried = tried.iter().filter(|tried| **tried).count();
        for (_, pattern) in candidates {
            let same = |hunch: &Hunch| {
                (hunch.pattern.thing, hunch.pattern.outcome) == (pattern.thing, pattern.outcome)
            };
            if !found.hunches.iter().any(same) {
                let tried = found.tried;
                found.hunches.push(Hunch { pattern, since: *look, tried, test: None });
            }
        }
    }
    found
}

/// The test of the hunch at `place`, once there are enough later days.
fn tested(hunch: &Hunch, place: usize, pairs: &Pairs) -> Option<(Contrast, bool)> {
    if !pairs.are_enough(LATER_DAYS) {
        return None;
    }
    let slope = pairs.slope().ok()?;
    let agrees = (slope.estimate > 0.0) == hunch.pattern.higher;
    let level = (0..=place).fold(LEVEL, |level, _| level / 2.0);
    Some((slope, agrees && slope.p_value / 2.0 <= level))
}

/// A rating beside a thing, a row a day on which both are known.
struct Pairs {
    days: Vec<f64>,
    ratings: Vec<f64>,
    things: Vec<f64>,
    counted: bool,
}

impl Pairs {
    fn of(outcome: &DayMeans, exposure: &Exposure, lag: u8, from: f64, to: f64) -> Self {
        let counted = exposure.thing.is_counted();
        let (days, ratings, things) = (Vec::new(), Vec::new(), Vec::new());
        let mut pairs = Self { days, ratings, things, counted };
        let mut place = outcome.days.partition_point(|day| *day < from);
        let known = &exposure.days;
        let mut at = known.days.partition_point(|day| *day < from);
        while place < outcome.days.len() && at < known.days.len() && outcome.days[place] <= to {
            let apart = outcome.days[place] - known.days[at] - f64::from(lag);
            if apart < -0.5 {
                place += 1;
            } else if apart > 0.5 {
                at += 1;
            } else {
                pairs.days.push(outcome.days[place]);
                pairs.ratings.push(outcome.values[place]);
                pairs.things.push(known.values[at]);
                (place, at) = (place + 1, at + 1);
            }
        }
        pairs
    }

    fn are_enough(&self, least: usize) -> bool {
        let with = self.things.iter().filter(|value| **value > 0.5).count();
        let without = self.things.len() - with;
        self.things.len() >= least
            && match self.counted {
                true => self.things.len() >= LEAST_NIGHTS,
                false => with.min(without) >= LEAST_DAYS,
            }
    }

    /// Where many of the days lie at one end of the scale: those without the thing beside those with it;
    /// of a thing that is counted, those with no more than usual beside those with more.
    fn at_an_end(&self, range: (f64, f64)) -> Option<ScaleEnd> {
        let border = match self.counted {
            true => self.things.iter().sum::<f64>() / self.things.len().max(1) as f64,
            false => 0.5,
        };
        let side = |with: bool| -> Vec<f64> {
            let rows = self.things.iter().zip(&self.ratings);
            rows.filter(|(thing, _)| (**thing > border) == with)
                .map(|(_, rating)| *rating)
                .collect()
        };
        ScaleEnd::of(range, &side(false), &side(true))
    }

    fn slope(&self) -> Result<Contrast, NotEstimable> {
        let (ones, prior) = (vec![1.0; self.days.len()], NoisePrior::day_to_day());
        let fit = NoiseMixture::fit(&self.days, &self.ratings, &[&ones, &self.things], &prior)?;
        fit.contrast(&[0.0, 1.0], 0.95)
    }

    /// Slope and two-sided p-value of ordinary least squares, once [`CARRIED`] of each day was
    /// taken from the next.
    fn screened(&self) -> Option<(f64, f64)> {
        let [mut oo, mut ox, mut xx, mut oy, mut xy, mut yy] = [0.0; 6];
        for row in 1..self.days.len() {
            let share = math::pow(CARRIED, self.days[row] - self.days[row - 1]);
            let less = |values: &[f64]| values[row] - share * values[row - 1];
            let (o, x, y) = (1.0 - share, less(&self.things), less(&self.ratings));
            (oo, ox, xx) = (oo + o * o, ox + o * x, xx + x * x);
            (oy, xy, yy) = (oy + o * y, xy + x * y, yy + y * y);
        }
        let df = self.days.len() as f64 - 3.0;
        let (spread, with, of_y) = (xx - ox * ox / oo, xy - ox * oy / oo, yy - oy * oy / oo);
        let slope = with / spread;
        let t = slope / ((of_y - slope * with) / df / spread).sqrt();
        let p = 2.0 * StudentT::new(df)?.cdf(-t.abs());
        (slope.is_finite() && p.is_finite()).then_some((slope, p))
    }
}

/// The hunches of a diary, in words.
#[derive(Clone, Debug)]
pub struct Associations {
    /// The things tried.
    pub things: Vec<Exposure>,
    /// The ratings tried.
    pub outcomes: Vec<Outcome>,
    /// What was found.
    pub found: Found,
    /// A statement for each hunch.
    pub findings: Vec<Finding>,
}

/// The associations of a diary, read at `looks`.
#[must_use]
pub fn associations(
    diary: &Diary,
    columns: &Columns,
    window: Window,
    looks: &[Day],
) -> Associations {
    let rated = columns
        .all()
        .iter()
        .filter(|column| column.outcome.is_daily() && column.outcome.key != OutcomeKey::Sleep);
    let rated: Vec<_> = rated.take(MOST_OUTCOMES).map(|column| column.within(window)).collect();
    let means: Vec<DayMeans> = rated.iter().map(|column| column.day_means()).collect();
    let things = exposures(diary, columns, window);
    let found = replay(&means, &things, looks);
    let described = found.hunches.iter().map(|hunch| {
        let column = &rated[hunch.pattern.outcome];
        let thing = &things[hunch.pattern.thing];
        let end = hunch.test.as_ref().and_then(|(look, ..)| {
            let later = hunch.later(&means[hunch.pattern.outcome], thing, *look);
            later.at_an_end(column.outcome.range)
        });
        let finding = described(hunch, &column.outcome, &thing.thing, (window, end));
        let read = hunch.test.as_ref().map_or(hunch.since, |(look, ..)| *look);
        let days = Window { from: window.from, to: read };
        let entries: Vec<EntryId> = column.within(days).ids;
        Finding { days_missing: column.days_missing(days), window: days, entries, ..finding }
    });
    let findings = described.collect();
    Associations {
        outcomes: rated.into_iter().map(|column| column.outcome).collect(),
        things,
        found,
        findings,
    }
}

/// Everything a rating is tried with, on the days with a check-in.
fn exposures(diary: &Diary, columns: &Columns, window: Window) -> Vec<Exposure> {
    let mut known: Vec<Day> = Vec::new();
    let mut named: Vec<(Thing, Day)> = Vec::new();
    let nights = columns.all().iter().find(|column| column.outcome.key == OutcomeKey::Sleep);
    let nights = nights.map_or_else(DayMeans::default, |column| column.within(window).day_means());
    let mut cycle: Vec<(Day, bool)> = Vec::new();
    let calendar = Calendar::of(diary);
    let told = calendar.within(window.from, window.to).iter();
    for entry in told.filter_map(|dated| diary.entry(dated.id)) {
        let day = entry.day();
        match entry.body() {
            Body::CheckIn(check_in) => {
                known.push(day);
                named.extend(check_in.tags().iter().map(|tag| (Thing::Tag(tag.clone()), day)));
                if let Some(of_cycle) = check_in.cycle_day() {
                    let late = of_cycle >= LATE_CYCLE;
                    match cycle.last_mut().filter(|last| last.0 == day) {
                        Some(last) => last.1 |= late,
                        None => cycle.push((day, late)),
                    }
                }
            }
            Body::Therapy(session) => named.push((Thing::Therapy(session.therapy.clone()), day)),
            Body::Substance(used) => named.push((Thing::Substance(used.substance.clone()), day)),
            _ => {}
        }
    }
    known.dedup();
    named.arrange_by(Ord::cmp);
    named.dedup();
    let mut groups: Vec<&[(Thing, Day)]> = named.chunk_by(|a, b| a.0 == b.0).collect();
    groups.arrange_by(|a, b| b.len().cmp(&a.len()).then_with(|| a[0].0.cmp(&b[0].0)));
    let of_group = |group: &[(Thing, Day)]| {
        let mut days = DayMeans::default();
        let (mut with, mut all) = (group.iter().map(|(_, day)| *day).peekable(), known.clone());
        all.extend(group.iter().map(|(_, day)| *day));
        all.arrange_by(Ord::cmp);
        all.dedup();
        for day in all {
            days.days.push(f64::from(day.number()));
            days.values.push(if with.next_if_eq(&day).is_some() { 1.0 } else { 0.0 });
        }
        Exposure { thing: group[0].0.clone(), days }
    };
    let mut exposures: Vec<Exposure> =
        groups.iter().take(MOST_THINGS).map(|group| of_group(group)).collect();
    exposures.push(Exposure { thing: Thing::Sleep, days: nights });
    let cycle = DayMeans {
        days: cycle.iter().map(|(day, _)| f64::from(day.number())).collect(),
        values: cycle.iter().map(|(_, late)| f64::from(u8::from(*late))).collect(),
    };
    exposures.push(Exposure { thing: Thing::LateCycle, days: cycle });
    exposures.retain(|exposure| !exposure.days.days.is_empty());
    exposures
}

fn described(
    hunch: &Hunch,
    outcome: &Outcome,
    thing: &Thing,
    (window, end): (Window, Option<ScaleEnd>),
) -> Finding {
    let pattern = Message::new(match (hunch.pattern.higher, hunch.pattern.lag) {
        (true, 0) => "pattern.higher",
        (false, 0) => "pattern.lower",
        (true, _) => "pattern.higher-next-day",
        (false, _) => "pattern.lower-next-day",
    });
    let pattern = pattern.with("outcome", outcome.name.clone()).with("thing", thing.name());
    let mut why = vec![
        Message::new("association.tried").with("n", hunch.tried),
        Message::new("association.since").with("day", Param::Day(hunch.since.number())),
    ];
    let mut n = 0;
    if let Some((look, contrast, _)) = &hunch.test {
        n = contrast.n;
        let line = Message::new("association.tested").with("n", n);
        why.push(line.with("look", Param::Day(look.number())));
    }
    let (certainty, id, estimate) = match &hunch.test {
        None => (Certainty::NotEnoughYet, "association.watching", None),
        Some(_) if end.is_some() => (Certainty::NotEnoughYet, "association.cannot-say", None),
        Some((_, contrast, held)) => {
            let estimate = Estimate::of(contrast, 1.0);
            let line =
                Message::new("association.interval").with("low", outcome.value(estimate.low));
            why.push(line.with("high", outcome.amount(estimate.high)));
            why.push(Message::new("why.days-hang-together"));
            match held {
                true => (Certainty::Suggestive, "association.held-up", Some(estimate)),
                false => (Certainty::NotEnoughYet, "association.did-not", Some(estimate)),
            }
        }
    };
    let doubt = match (&hunch.test, end) {
        (None, _) => Message::new("association.only-later"),
        (Some(_), Some(end)) => {
            let [without, with] = end.per_cents();
            let id = match thing.is_counted() {
                true => "association.at-an-end-of-sleep",
                false => "association.at-an-end",
            };
            Message::new(id).with("with", with).with("without", without)
        }
        (Some(_), None) => Message::new("association.together"),
    };
    Finding {
        claim: Claim::Association,
        certainty,
        sentence: Message::new(id).with("pattern", pattern),
        doubt,
        why,
        estimate,
        unit: outcome.unit(),
        n,
        days_missing: 0,
        window,
        look: hunch.test.as_ref().map(|(look, ..)| *look),
        weakened_since: None,
        method: "split-by-time",
        entries: Vec::new(),
    }
}
