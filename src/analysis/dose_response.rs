//! Dose response: what an outcome was at each daily dose of a medicine's ingredient.
//!
//! **Estimand.** This person's mean outcome over the settled days at each prescribed daily dose of
//! the ingredient, summed over all medicines that hold it; *before* is the time before its first
//! dose. The difference named in the sentence is that of the present dose to *before*, never one of
//! two doses.
//!
//! **Model.** One level a dose under one common noise for all of them (the
//! [noise mixture](super::statistics::gls)). Wash-in and washout days of every medicine are left
//! out and counted, and so are assessments whose recall window is not wholly settled.
//!
//! **It is called a dose-response** only if a dose was left and returned to (begun at least twice with
//! enough values both times, and another level with enough values between), or if the levels with
//! enough values, three or more, went both up and down in time. It then gets a curve that never turns
//! back, if that is identified: three doses or more with enough values, and means that do not turn
//! back altogether. Otherwise it is *what happened at each dose*. When the dose only went one
//! way, dose and time run together and nothing tells them apart. Inseparable from it are the steps of
//! other medicines, and therapies begun or ended, within the wash-in of a step or anywhere between
//! the last day that counts *before* and the last that counts at the present dose
//! ([`changed_with`]).
//!
//! **Assumptions.** Prescribed is what was taken. Wash-in and washout hold for this person.
//!
//! **Abstains** from an interval below [`least_days`] days with a value at
//! a dose, from a difference when *before* or the present dose has fewer, and altogether for
//! medicines taken as needed. Of a level of which three tenths of the days lie at one end of the
//! scale the share of those days is told instead of an interval, and of a comparison of two such
//! the order of their days.

use crate::diary::{Body, Day, Diary, Kind, Recorded, Regimen, Sorting, Unit};
use crate::error::{Message, Param};

use super::column::Column;
use super::dose_course::{Direction, DoseCourse, changed_with};
use super::finding::{
    Certainty, Claim, Estimate, Finding, Window, certainty_without, not_estimable,
};
use super::look::Reading;
use super::phase::{
    Counted, confidence_of, counted_in, fit, least_days, rows_within, tipping_point,
};
use super::scale_end::{ScaleEnd, crowded};
use super::settled::{SettledDays, Standing};
use super::statistics::NotEstimable;
use super::statistics::gls::{Contrast, MOST_COLUMNS};
use super::statistics::isotonic::{Direction as Curve, Isotonic, isotonic};
use super::statistics::level::Levels;
use super::statistics::location::mean;
use super::subject::Subject;

/// Which level of the ingredient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LevelOf {
    /// Before its first dose.
    Before,
    /// A daily dose.
    Dose(f64),
    /// After its end, or in a pause.
    Without,
}

/// What happened at one level.
#[derive(Clone, Debug, PartialEq)]
pub struct DoseLevel {
    /// Which level.
    pub level: LevelOf,
    /// How often it was begun.
    pub times: usize,
    /// Its settled days.
    pub days: usize,
    /// Its days of wash-in.
    pub wash_in_days: usize,
    /// Its days of washout.
    pub washout_days: usize,
    /// Rows of the column that count, those after the reading too.
    pub rows: Vec<usize>,
    /// Values on its days that were left out.
    pub left_out: usize,
    /// Mean of the day means that the reading may use.
    pub mean: Option<f64>,
    /// The level with its interval.
    pub estimate: Result<Estimate, NotEstimable>,
    /// The share of the days that lie at one end of the scale, where that is three tenths or more.
    pub at_end: Option<f64>,
    /// Summed severities (1–3) of the side effects going on, averaged over the settled days;
    /// `None` without a settled day or when the diary holds no side effect at all.
    pub side_effect_load: Option<f64>,
}

/// What happened at each dose of a medicine.
#[derive(Clone, Debug, PartialEq)]
pub struct DoseResponse {
    /// The unit of the doses.
    pub unit: Unit,
    /// The levels: before, doses ascending, without.
    pub levels: Vec<DoseLevel>,
    /// Whether a dose was left and returned to, so that the word dose-response is earned.
    pub is_dose_response: bool,
    /// (dose, value) along the curve, where there is one.
    pub curve: Option<Vec<(f64, f64)>>,
    /// Which way the dose went.
    pub direction: Direction,
    /// Other medicines and therapies that changed within the wash-in of a step, or between the days
    /// that are compared.
    pub changed_with: Vec<String>,
    /// The statement.
    pub finding: Finding,
}

/// One level while it is gathered.
struct Gathered {
    level: LevelOf,
    /// What the reading may use, a visit each.
    visits: Vec<Counted>,
    /// All rows that count, later ones too.
    rows: Vec<usize>,
    days: [usize; 3],
    load: f64,
    left_out: usize,
}

/// What happened at each dose over the window, of which `column` holds the rows; means and intervals
/// use no value after the reading. `None` for a medicine without a daily dose. Linear in days and
/// values.
#[must_use]
pub fn dose_response(
    subject: Subject<'_>,
    column: &Column,
    window: Window,
    reading: &Reading,
) -> Option<DoseResponse> {
    let Subject { diary, regimen, medicine, .. } = subject;
    let course = DoseCourse::of(diary, regimen, medicine, window)?;
    let settled = SettledDays::of(diary, regimen, window);
    let loads = side_effect_loads(diary, window);
    let gathered = gather(&course, column, (&settled, regimen), loads.as_deref(), reading);
    let least = least_days(&column.outcome);
    let pooled: Vec<Counted> = gathered.iter().map(|level| pool(&level.visits)).collect();
    let enough: Vec<usize> = (0..pooled.len()).filter(|k| pooled[*k].days.len() >= least).collect();
    let fits = fits(&pooled, &enough);
    let at_end = |k: usize| crowded(column.outcome.range, &pooled[k].values);
    let estimate_of = |k: usize| match fits.iter().find_map(|fit| fit.place(k).map(|p| (fit, p))) {
        Some(_) if at_end(k).is_some() => Err(NotEstimable::Crowded),
        Some((fit, place)) => {
            let level = fit.levels.as_ref().map_err(|reason| *reason)?.level(place, 0.95);
            level.map(|contrast| within_scale(&contrast, column))
        }
        None => Err(NotEstimable::TooFew { n: pooled[k].days.len(), needed: least }),
    };
    let levels: Vec<DoseLevel> = (gathered.iter().zip(&pooled).enumerate())
        .map(|(k, (level, counted))| DoseLevel {
            level: level.level,
            times: level.visits.len(),
            days: level.days[0],
            wash_in_days: level.days[1],
            washout_days: level.days[2],
            rows: level.rows.clone(),
            left_out: level.left_out,
            mean: mean(&counted.values).ok(),
            estimate: estimate_of(k),
            at_end: at_end(k),
            side_effect_load: (loads.is_some() && level.days[0] > 0)
                .then(|| level.load / level.days[0] as f64),
        })
        .collect();
    let told = told_visits(&course, &gathered, least);
    let is_dose_response = was_returned_to(&gathered, &told) || went_both_ways(&gathered, &told);
    let curve = is_dose_response.then(|| curve(&levels, &pooled, &enough)).flatten();
    let between = between(&course, &gathered);
    let changed_with = changed_with(diary, regimen, medicine, &course, (between, window.to));
    let compared = compare(&course, &levels, &fits, least, &pooled, column.outcome.range);
    let about = (subject.name, window);
    let finding = described(about, column, &course, &changed_with, compared, &gathered);
    let finding = finding.limited_by(column, reading.days).read_at(reading);
    let (direction, unit) = (course.direction(), course.unit);
    Some(DoseResponse { unit, levels, is_dose_response, curve, direction, changed_with, finding })
}

/// Levels under one noise.
struct Fit {
    /// Which.
    stretches: Vec<usize>,
    levels: Result<Levels, NotEstimable>,
}

impl Fit {
    fn place(&self, level: usize) -> Option<usize> {
        self.stretches.iter().position(|stretch| *stretch == level)
    }
}

/// All levels with enough values under one noise. More than one fit can hold are divided among
/// several, and each of these holds the first level too, to which the others are compared.
fn fits(pooled: &[Counted], enough: &[usize]) -> Vec<Fit> {
    let Some((first, others)) = enough.split_first() else { return Vec::new() };
    let groups: Vec<&[usize]> = match others.is_empty() {
        true => vec![others],
        false => others.chunks(MOST_COLUMNS - 1).collect(),
    };
    let fitted = groups.into_iter().map(|group| {
        let stretches = [&[*first], group].concat();
        Fit { levels: fit(pooled, &stretches), stretches }
    });
    fitted.collect()
}

/// A level with its interval, cut at the ends of the scale: no mean lies beyond them.
fn within_scale(contrast: &Contrast, column: &Column) -> Estimate {
    let (min, max) = column.outcome.range;
    let estimate = Estimate::of(contrast, 1.0);
    Estimate { low: estimate.low.max(min), high: estimate.high.min(max), ..estimate }
}

fn level_of(course: &DoseCourse, place: usize) -> LevelOf {
    let dose = course.stretches[place].dose;
    let begun = course.stretches[..place].iter().any(|earlier| earlier.dose > 0.0);
    match (dose > 0.0, begun) {
        (true, _) => LevelOf::Dose(dose),
        (false, true) => LevelOf::Without,
        (false, false) => LevelOf::Before,
    }
}

fn same_level(a: LevelOf, b: LevelOf) -> bool {
    match (a, b) {
        (LevelOf::Dose(a), LevelOf::Dose(b)) => (a - b).abs() < 1e-9,
        _ => std::mem::discriminant(&a) == std::mem::discriminant(&b),
    }
}

fn gather(
    course: &DoseCourse,
    column: &Column,
    (settled, regimen): (&SettledDays, &Regimen),
    loads: Option<&[f64]>,
    reading: &Reading,
) -> Vec<Gathered> {
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut day = 0;
    for (place, stretch) in course.stretches.iter().enumerate() {
        let level = level_of(course, place);
        let known = gathered.iter().position(|other| same_level(other.level, level));
        let known = known.unwrap_or_else(|| {
            let (visits, rows, days) = (Vec::new(), Vec::new(), [0; 3]);
            gathered.push(Gathered { level, visits, rows, days, load: 0.0, left_out: 0 });
            gathered.len() - 1
        });
        let entry = &mut gathered[known];
        let counted = counted_in(column, settled, regimen, stretch.days).apart(column);
        entry.left_out += rows_within(column, stretch.days).len() - counted.rows.len();
        entry.rows.extend_from_slice(&counted.rows);
        entry.visits.push(counted.read_at(reading, column, (settled, stretch.days)));
        for standing in settled.standings(stretch.days) {
            entry.days[match standing {
                Standing::Settled => 0,
                Standing::WashIn => 1,
                Standing::Washout => 2,
            }] += 1;
            if *standing == Standing::Settled {
                entry.load += loads.map_or(0.0, |loads| loads[day]);
            }
            day += 1;
        }
    }
    let rank = |level: LevelOf| match level {
        LevelOf::Before => (0, 0.0),
        LevelOf::Dose(dose) => (1, dose),
        LevelOf::Without => (2, 0.0),
    };
    gathered.arrange_by(|a, b| {
        let (a, b) = (rank(a.level), rank(b.level));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    gathered
}

fn pool(visits: &[Counted]) -> Counted {
    visits.iter().fold(Counted::default(), |mut all, visit| {
        all.days.extend_from_slice(&visit.days);
        all.values.extend_from_slice(&visit.values);
        all.rows.extend_from_slice(&visit.rows);
        all.told += visit.told;
        all.settled_days += visit.settled_days;
        all
    })
}

/// The summed severities of the side effects going on, for each day of the window; `None` when the
/// diary holds no side effect: not recorded is not none.
fn side_effect_loads(diary: &Diary, window: Window) -> Option<Vec<f64>> {
    let mut changes = vec![0.0; window.days() + 1];
    let mut any = false;
    for Recorded { entry, .. } in diary.of_kind(Kind::SideEffect) {
        let Body::SideEffect(effect) = entry.body() else { continue };
        any = true;
        let (from, to) = (effect.onset.max(window.from), effect.end.unwrap_or(window.to));
        let to = to.min(window.to);
        if from <= to {
            let place = |day: Day| usize::try_from(day.since(window.from)).unwrap_or(0);
            changes[place(from)] += f64::from(effect.severity.weight());
            changes[place(to) + 1] -= f64::from(effect.severity.weight());
        }
    }
    let mut sum = 0.0;
    any.then(|| {
        let running = changes.iter().map(|change| {
            sum += change;
            sum
        });
        running.take(window.days()).collect()
    })
}

/// The levels in the order of time in which they were begun, those times only that have enough
/// values.
fn told_visits(course: &DoseCourse, gathered: &[Gathered], least: usize) -> Vec<usize> {
    let mut visits: Vec<(usize, bool)> = Vec::new();
    let mut seen = vec![0; gathered.len()];
    for place in 0..course.stretches.len() {
        let level = level_of(course, place);
        let Some(known) = gathered.iter().position(|other| same_level(other.level, level)) else {
            continue;
        };
        let counted = &gathered[known].visits[seen[known]];
        seen[known] += 1;
        visits.push((known, counted.days.len() >= least));
    }
    visits.iter().filter(|(_, told)| *told).map(|(level, _)| *level).collect()
}

/// Whether a dose was left and returned to, with enough values each time and between.
fn was_returned_to(gathered: &[Gathered], told: &[usize]) -> bool {
    told.iter().enumerate().any(|(first, level)| {
        matches!(gathered[*level].level, LevelOf::Dose(_))
            && told[first + 1..].iter().skip_while(|other| *other == level).any(|l| l == level)
    })
}

/// Whether three doses or more with enough values went both up and down in time.
fn went_both_ways(gathered: &[Gathered], told: &[usize]) -> bool {
    let doses: Vec<f64> = told.iter().map(|level| dose_of(gathered[*level].level)).collect();
    let goes = |up: fn(f64) -> bool| doses.windows(2).any(|pair| up(pair[1] - pair[0]));
    distinct(&doses) >= 3 && goes(|step| step > 0.0) && goes(|step| step < 0.0)
}

fn dose_of(level: LevelOf) -> f64 {
    match level {
        LevelOf::Before | LevelOf::Without => 0.0,
        LevelOf::Dose(dose) => dose,
    }
}

fn distinct(doses: &[f64]) -> usize {
    let is_new = |place: &usize| !doses[..*place].iter().any(|d| (d - doses[*place]).abs() < 1e-9);
    (0..doses.len()).filter(is_new).count()
}

fn curve(levels: &[DoseLevel], pooled: &[Counted], enough: &[usize]) -> Option<Vec<(f64, f64)>> {
    let points = enough.iter().filter_map(|k| {
        let level = &levels[*k];
        Some((dose_of(level.level), level.mean?, pooled[*k].rows.len() as f64))
    });
    let points: Vec<(f64, f64, f64)> = points.collect();
    let column = |pick: fn(&(f64, f64, f64)) -> f64| points.iter().map(pick).collect::<Vec<f64>>();
    let (doses, means, weights) = (column(|p| p.0), column(|p| p.1), column(|p| p.2));
    let fits = [Curve::Increasing, Curve::Decreasing]
        .map(|way| isotonic(&doses, &means, &weights, way).ok());
    let misfit = |fit: &Isotonic| -> f64 {
        let apart = |dose: f64, mean: f64| mean - fit.at(dose).unwrap_or(mean);
        points.iter().map(|(x, y, weight)| weight * apart(*x, *y) * apart(*x, *y)).sum()
    };
    let best = fits.into_iter().flatten().min_by(|a, b| misfit(a).total_cmp(&misfit(b)))?;
    let (first, last) = (best.knots().first()?, best.knots().last()?);
    let goes_somewhere = (first.1 - last.1).abs() > 1e-9;
    (best.knots().len() >= 3 && goes_somewhere).then(|| best.knots().to_vec())
}

/// The days from the last that counts before the first dose to the last that counts at the present one.
fn between(course: &DoseCourse, gathered: &[Gathered]) -> Option<Window> {
    let last = |level: LevelOf| {
        let gathered = gathered.iter().find(|known| same_level(known.level, level))?;
        let counted = gathered.visits.iter().rfind(|visit| !visit.days.is_empty())?;
        Some(Day::FIRST.plus(*counted.days.last()? as i32 - Day::FIRST.number()))
    };
    let present = LevelOf::Dose(course.present()?);
    Some(Window { from: last(LevelOf::Before)?.plus(1), to: last(present)? })
}

/// The present dose with its difference to before, or why there is none.
struct Compared {
    dose: Option<f64>,
    /// The levels compared, before and present, as far as there are any.
    places: [Option<usize>; 2],
    difference: Result<Estimate, NotEstimable>,
    /// What is left to tell where many days lie at an end of the scale.
    end: Option<ScaleEnd>,
}

fn compare(
    course: &DoseCourse,
    levels: &[DoseLevel],
    fits: &[Fit],
    least: usize,
    pooled: &[Counted],
    range: (f64, f64),
) -> Compared {
    let before = levels.iter().position(|level| level.level == LevelOf::Before);
    let dose = course.present();
    let present =
        dose.and_then(|dose| levels.iter().position(|l| same_level(l.level, LevelOf::Dose(dose))));
    let end = before
        .zip(present)
        .and_then(|(from, to)| ScaleEnd::of(range, &pooled[from].values, &pooled[to].values));
    let difference = match (before, present) {
        (Some(from), Some(to)) => {
            let both = |fit: &Fit| Some((fit.place(from)?, fit.place(to)?));
            match fits.iter().find_map(|fit| Some((&fit.levels, both(fit)?))) {
                Some((Ok(levels), (first, second))) => {
                    let confidence = confidence_of(&pooled[from], &pooled[to]);
                    let contrast = levels.difference(first, second, confidence);
                    contrast.map(|contrast| Estimate::read_again(&contrast, 1.0, confidence))
                }
                Some((Err(reason), _)) => Err(*reason),
                None => {
                    let n = pooled[from].days.len().min(pooled[to].days.len());
                    Err(NotEstimable::TooFew { n, needed: least })
                }
            }
        }
        _ => Err(NotEstimable::TooFew { n: 0, needed: least }),
    };
    Compared { dose, places: [before, present], difference, end }
}

fn described(
    (medicine, window): (&str, Window),
    column: &Column,
    course: &DoseCourse,
    changed_with: &[String],
    compared: Compared,
    gathered: &[Gathered],
) -> Finding {
    let outcome = &column.outcome;
    let dose = Param::Number(compared.dose.unwrap_or(0.0), 4);
    let limit = limit(course.direction(), changed_with);
    let name = outcome.name.clone();
    let has_before = compared.places[0].is_some();
    let mut why = vec![Message::new("why.settled-days"), Message::new("why.days-hang-together")];
    let (certainty, estimate, sentence, doubt) = match compared.difference {
        Ok(_) if let Some(end) = compared.end => {
            let [before, after] = end.per_cents();
            let sentence = Message::new("dose-level.at-an-end")
                .with("outcome", name)
                .with("before", before)
                .with("medicine", medicine)
                .with("after", after)
                .with("dose", dose)
                .with("unit", course.unit.as_str())
                .with("limit", limit);
            (Certainty::NotEnoughYet, None, sentence, end.pairs())
        }
        Ok(estimate) => {
            let clear = estimate.excludes_zero();
            let id = match (clear, estimate.value > 0.0) {
                (false, _) => "dose-level.no-clear-difference",
                (true, true) => "dose-level.higher-than-before",
                (true, false) => "dose-level.lower-than-before",
            };
            let sentence = Message::new(id)
                .with("dose", dose)
                .with("unit", course.unit.as_str())
                .with("outcome", name)
                .with("medicine", medicine)
                .with("amount", outcome.amount(estimate.value.abs()))
                .with("limit", limit);
            let doubt = Message::new("dose-level.interval")
                .with("low", outcome.value(estimate.low))
                .with("high", outcome.amount(estimate.high));
            let certainty = if clear { Certainty::Suggestive } else { Certainty::NotEnoughYet };
            if let [Some(before), Some(present)] = compared.places {
                let sides = [before, present].map(|place| gathered[place].visits.as_slice());
                why.extend(tipping_point(outcome, &estimate, sides));
            }
            (certainty, Some(estimate), sentence, doubt)
        }
        Err(reason) => {
            let one_way = matches!(course.direction(), Direction::OnlyUp | Direction::OnlyDown);
            let certainty = match (has_before, one_way) {
                (false, true) => Certainty::NotEstimable,
                (false, false) => Certainty::NotEnoughYet,
                (true, _) => certainty_without(reason),
            };
            let doubt = if has_before {
                not_estimable(reason)
            } else {
                Message::new("dose-level.no-before").with("medicine", medicine)
            };
            let sentence = Message::new("dose-level.cannot-say")
                .with("medicine", medicine)
                .with("outcome", name)
                .with("limit", limit);
            (certainty, None, sentence, doubt)
        }
    };
    why.push(Message::new("dose-level.why-not-a-choice"));
    let counted = gathered.iter().flat_map(|level| &level.visits).flat_map(|visit| &visit.rows);
    Finding {
        claim: Claim::DoseLevel,
        certainty,
        sentence,
        doubt,
        why,
        estimate,
        unit: outcome.unit(),
        n: counted.clone().count(),
        days_missing: column.days_missing(window),
        window,
        look: None,
        weakened_since: None,
        method: "gls-levels",
        entries: counted.map(|row| column.ids[*row]).collect(),
    }
}

/// What the design cannot tell apart.
fn limit(direction: Direction, changed_with: &[String]) -> Message {
    let things: Vec<Param> = changed_with.iter().map(|name| Param::Text(name.clone())).collect();
    let id = match (direction, things.is_empty()) {
        (Direction::OnlyUp, true) => "dose-level.only-up",
        (Direction::OnlyDown, true) => "dose-level.only-down",
        (Direction::Both | Direction::Still, true) => return Message::new("dose-level.time-too"),
        (Direction::OnlyUp, false) => "dose-level.only-up-with-others",
        (Direction::OnlyDown, false) => "dose-level.only-down-with-others",
        (Direction::Both | Direction::Still, false) => "dose-level.with-others",
    };
    Message::new(id).with("things", things)
}
