use std::collections::BTreeMap;

use crate::diary::{Body, Day, Diary, EntryId, Kind, Recorded, Regimen, Sorting, Unit};

use super::finding::Window;
use super::settled::{changes_of, settling_of};

/// A stretch of days over which the daily dose of an ingredient was one and the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoseStretch {
    /// Its days.
    pub days: Window,
    /// The prescribed daily dose; 0 where none is prescribed.
    pub dose: f64,
}

/// How the prescribed dose of a medicine's ingredient went over time.
#[derive(Clone, Debug, PartialEq)]
pub struct DoseCourse {
    /// The stretches, in order of time, each with another dose than the one before.
    pub stretches: Vec<DoseStretch>,
    /// The unit of the doses.
    pub unit: Unit,
}

/// Which way a dose went in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Only up: dose and time run together.
    OnlyUp,
    /// Only down: dose and time run together.
    OnlyDown,
    /// Up and down.
    Both,
    /// It never changed.
    Still,
}

impl DoseCourse {
    /// The course of the first ingredient of a medicine over the window, summed over all medicines
    /// that hold it. `None` where no schedule gives a daily dose: as-needed medicines.
    #[must_use]
    pub fn of(diary: &Diary, regimen: &Regimen, medicine: EntryId, window: Window) -> Option<Self> {
        let ingredient = diary.medicine(medicine)?.ingredients.first()?;
        let key = ingredient.key();
        let dose_on = |day: Day| {
            regimen.daily_doses(diary, day).into_iter().find(|dose| *dose.ingredient == *key)
        };
        let mut starts = regimen.change_days();
        starts.retain(|day| window.from < *day && *day <= window.to);
        starts.insert(0, window.from);
        let mut unit = None;
        let mut stretches: Vec<DoseStretch> = Vec::new();
        for (place, from) in starts.iter().enumerate() {
            let to = starts.get(place + 1).map_or(window.to, |next| next.plus(-1));
            let found = dose_on(*from);
            let dose = found.as_ref().map_or(0.0, |dose| dose.amount);
            unit = unit.or(found.map(|dose| dose.unit));
            match stretches.last_mut() {
                Some(last) if (last.dose - dose).abs() < 1e-9 => last.days.to = to,
                _ => stretches.push(DoseStretch { days: Window { from: *from, to }, dose }),
            }
        }
        Some(Self { stretches, unit: unit? })
    }

    /// The days on which the dose changed.
    pub fn step_days(&self) -> impl Iterator<Item = Day> {
        self.stretches.iter().skip(1).map(|stretch| stretch.days.from)
    }

    /// The last daily dose above 0.
    #[must_use]
    pub fn present(&self) -> Option<f64> {
        self.stretches.iter().map(|stretch| stretch.dose).rfind(|dose| *dose > 0.0)
    }

    /// The part of it up to and on a day, of which at least the first stretch is left.
    #[must_use]
    pub fn until(&self, last: Day) -> Self {
        let begun = self.stretches.partition_point(|stretch| stretch.days.from <= last).max(1);
        let mut stretches = self.stretches[..begun].to_vec();
        stretches[begun - 1].days.to = stretches[begun - 1].days.to.min(last);
        Self { stretches, unit: self.unit }
    }

    /// Whether it went up only or down only, so that dose and time run together.
    #[must_use]
    pub fn is_one_way(&self) -> bool {
        matches!(self.direction(), Direction::OnlyUp | Direction::OnlyDown)
    }

    /// Which way it went.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let mut steps = self.stretches.windows(2).map(|pair| pair[1].dose > pair[0].dose);
        match steps.next() {
            None => Direction::Still,
            Some(up) if steps.any(|other| other != up) => Direction::Both,
            Some(true) => Direction::OnlyUp,
            Some(false) => Direction::OnlyDown,
        }
    }
}

/// Days without a session after which a therapy has ended on its last one; a monthly one goes on.
/// This project's own rule.
const THERAPY_GAP: i32 = 42;

/// What else changed and is inseparable from the doses of `medicine`: other medicines with a step of
/// their own, and therapies that began or ended, within the wash-in of one of its steps or on the days
/// `between` those that are compared. Each once, in order of time; none after `last`.
#[must_use]
pub fn changed_with(
    diary: &Diary,
    regimen: &Regimen,
    medicine: EntryId,
    course: &DoseCourse,
    (between, last): (Option<Window>, Day),
) -> Vec<String> {
    let Some(product) = diary.medicine(medicine) else { return Vec::new() };
    let Some(own) = product.ingredients.first() else { return Vec::new() };
    let reach = i32::from(settling_of(regimen, medicine, product).wash_in_days);
    let steps: Vec<Day> = course.step_days().collect();
    let is_beside = |day: Day| {
        let is_near = steps.iter().any(|step| day.since(*step).abs() <= reach);
        day <= last && (is_near || between.is_some_and(|between| between.holds(day)))
    };
    let mut found: Vec<(Day, String)> = Vec::new();
    for (other, theirs) in diary.medicines() {
        // What holds the same ingredient alone is part of the course.
        let is_the_same = match &theirs.ingredients[..] {
            [only] => only.key() == own.key(),
            _ => false,
        };
        if other == medicine || is_the_same {
            continue;
        }
        let changes = changes_of(regimen, other).map(|change| change.day);
        let beside = changes.filter(|day| is_beside(*day));
        found.extend(beside.map(|day| (day, theirs.name.to_string())));
    }
    let mut sessions: BTreeMap<&str, Vec<Day>> = BTreeMap::new();
    for Recorded { entry, .. } in diary.of_kind(Kind::Therapy) {
        let Body::Therapy(session) = entry.body() else { continue };
        sessions.entry(&session.therapy).or_default().push(entry.day());
    }
    for (therapy, mut days) in sessions {
        days.arrange_by(Ord::cmp);
        let runs = days.chunk_by(|a, b| b.since(*a) <= THERAPY_GAP);
        let turns = runs.flat_map(|run| {
            let end = run[run.len() - 1];
            [Some(run[0]), (last.since(end) > THERAPY_GAP).then_some(end)]
        });
        let beside = turns.flatten().filter(|day| is_beside(*day));
        found.extend(beside.map(|day| (day, therapy.to_owned())));
    }
    found.arrange_by(Ord::cmp);
    let mut names: Vec<String> = Vec::new();
    for (_, name) in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
