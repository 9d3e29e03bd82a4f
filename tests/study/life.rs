//! One simulated diary.

use doseline::analysis::{
    Column, Columns, DAYS_BETWEEN, Looks, Outcome, Reading, SettledDays, Window,
};
use doseline::diary::{Day, EntryId, Regimen};
use serde_json::json;

use super::cell::Design;
use crate::notebook::{Notebook, day};
use crate::simulation::Random;

/// Days of wash-in of a medicine that no table lists.
pub(crate) const WASH_IN: i32 = 14;
/// Days after the first phase on which the start is still awaited.
const PATIENCE: i32 = 28;
/// The mean of a week, in standard deviations above the usual, that makes a person start.
const BAD_WEEK: f64 = 0.5;
/// What follows the start, where a life has more changes.
const LATER_CHANGES: [(&str, f64); 2] = [("increase", 100.0), ("decrease", 75.0)];
/// Points of the 0–10 rating in a standard deviation, and the rating at the mean.
const POINTS: f64 = 1.5;
const MIDDLE: f64 = 5.0;

/// What all lives of one length share: the diaries by the day of their start.
pub(crate) struct Scene {
    pub(crate) design: Design,
    books: Vec<Book>,
    pub(crate) outcome: Outcome,
}

/// A diary that holds the regimen; its ratings stand in the column.
pub(crate) struct Book {
    pub(crate) diary: Notebook,
    pub(crate) regimen: Regimen,
    pub(crate) medicine: EntryId,
    pub(crate) start: i32,
    pub(crate) last_change: i32,
    pub(crate) last: i32,
    pub(crate) steps: Vec<Day>,
    pub(crate) settled: SettledDays,
}

/// One simulated diary.
pub(crate) struct Life<'a> {
    pub(crate) book: &'a Book,
    pub(crate) scene: &'a Scene,
    /// Days from the first, which have a value.
    pub(crate) days: Vec<f64>,
    /// Their values in standard deviations, higher is worse.
    pub(crate) values: Vec<f64>,
    pub(crate) last: i32,
}

impl Scene {
    pub(crate) fn new(design: Design) -> Self {
        let starts = design.days..=design.days + PATIENCE;
        let book = |start: i32| {
            let mut diary = Notebook::new();
            let medicine = diary.unlisted("Ordinal");
            diary.step(start, medicine, "start", 50.0);
            let stretch = WASH_IN + design.days;
            for (place, (action, dose)) in (1..design.changes).zip(LATER_CHANGES) {
                diary.step(start + place * stretch, medicine, action, dose);
            }
            let last_change = start + (design.changes - 1) * stretch;
            let regimen = diary.regimen();
            let steps = regimen.change_days();
            let last = last_change + stretch - 1;
            let window = Window { from: day(0), to: day(last) };
            let settled = SettledDays::of(&diary.diary, &regimen, window);
            Book { diary, regimen, medicine, start, last_change, last, steps, settled }
        };
        let mut rated = Notebook::new();
        rated.on(0, json!({ "kind": "check-in", "ratings": { "anxiety": 5 } }));
        let outcome = Columns::of(&rated.diary).find("anxiety").unwrap().outcome.clone();
        Self { design, books: starts.map(book).collect(), outcome }
    }

    /// A life without any effect. The start comes after a bad week once the first phase has its
    /// days, or four weeks later.
    pub(crate) fn live(&self, random: &mut Random) -> Life<'_> {
        let Design { days, changes, .. } = self.design;
        let longest = days + PATIENCE + changes * (WASH_IN + days);
        let noise = self.design.noise.series(random, longest as usize, 1.0);
        let recorded = self.design.missing.of(&noise, random);
        let bad_week = |start: i32| {
            let week = (start - 7..start).filter(|day| recorded[*day as usize]);
            let (sum, n) =
                week.fold((0.0, 0.0), |(sum, n), day| (sum + noise[day as usize], n + 1.0));
            n > 0.0 && sum / n >= BAD_WEEK
        };
        let start = (days..days + PATIENCE).find(|start| bad_week(*start));
        let start = start.unwrap_or(days + PATIENCE);
        let book = &self.books[(start - self.design.days) as usize];
        let told = (0..=book.last).filter(|day| recorded[*day as usize]);
        let (days, values) = told.map(|day| (f64::from(day), noise[day as usize])).unzip();
        Life { book, scene: self, days, values, last: book.last }
    }
}

impl Life<'_> {
    /// The same life with something added to each day's value.
    pub(crate) fn with(&self, effect: impl Fn(f64) -> f64) -> Self {
        let moved = self.days.iter().zip(&self.values).map(|(day, value)| value + effect(*day));
        Self { values: moved.collect(), days: self.days.clone(), ..*self }
    }

    /// What the diary holds as ratings.
    pub(crate) fn column(&self) -> Column {
        let civil: Vec<Day> = self.days.iter().map(|number| day(*number as i32)).collect();
        let n = u64::try_from(civil.len()).unwrap();
        Column {
            outcome: self.scene.outcome.clone(),
            times: civil.iter().map(|day| f64::from(day.number()) + 0.5).collect(),
            civil,
            values: self
                .values
                .iter()
                .map(|value| self.scene.design.scale.rating(*value))
                .collect(),
            ids: (0..n).map(|place| EntryId::new(place + 1, [0; 10])).collect(),
        }
    }

    pub(crate) fn window(&self) -> Window {
        Window { from: day(0), to: day(self.last) }
    }

    /// The readings that opening the diary on every day, the last time four weeks after its last entry,
    /// would show: those at its looks. There is a visit on the day of the start, and those that the
    /// design has beside it.
    pub(crate) fn readings(&self) -> Vec<Reading> {
        let window = self.window();
        let mut visits = vec![day(self.book.start)];
        if let Some(between) = self.scene.design.visits {
            visits.extend((between..=self.last).step_by(between as usize).map(day));
        }
        let looks = Looks::with_visits(visits, window, window.to.plus(DAYS_BETWEEN));
        let at = |look: &Day| Reading::at_the_end_of(Window { to: *look, ..window });
        looks.days().iter().map(at).collect()
    }

    /// Day numbers and values of a stretch of days, both ends included.
    pub(crate) fn stretch(&self, from: i32, to: i32) -> (&[f64], &[f64]) {
        let first = self.days.partition_point(|day| *day < f64::from(from));
        let end = self.days.partition_point(|day| *day <= f64::from(to)).max(first);
        (&self.days[first..end], &self.values[first..end])
    }
}

/// How a value is written down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scale {
    /// As it is.
    Exact,
    /// Whole numbers from 0 to 10.
    Rounded,
    /// Whole numbers of which a third lie at 0.
    Floor,
}

impl Scale {
    pub(crate) fn rating(self, value: f64) -> f64 {
        match self {
            Self::Exact => MIDDLE + POINTS * value,
            Self::Rounded => (MIDDLE + POINTS * value).round().clamp(0.0, 10.0),
            Self::Floor => (1.2 + POINTS * value).round().clamp(0.0, 10.0),
        }
    }

    /// A difference in points, in standard deviations.
    pub(crate) fn in_sd(points: f64) -> f64 {
        points / POINTS
    }
}

/// Which days have no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Missing {
    None,
    /// This share of days, at random.
    AtRandom(f64),
    /// This share of days, in weeks that are worse than usual.
    InBadWeeks(f64),
}

impl Missing {
    /// Whether each day is recorded.
    fn of(self, noise: &[f64], random: &mut Random) -> Vec<bool> {
        let share = |place: usize| match self {
            Self::None => 0.0,
            Self::AtRandom(share) => share,
            Self::InBadWeeks(share) => {
                let week = &noise[place / 7 * 7..(place / 7 * 7 + 7).min(noise.len())];
                let bad = week.iter().sum::<f64>() > 0.0;
                if bad { 1.8 * share } else { 0.2 * share }
            }
        };
        (0..noise.len()).map(|place| random.uniform() >= share(place)).collect()
    }
}
