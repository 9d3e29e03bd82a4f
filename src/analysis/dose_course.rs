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
        let key = ingredient.reference.as_ref().unwrap_or(&ingredient.name);
        let dose_on = |day: Day| {
            regimen.daily_doses(diary, day).into_iter().find(|dose| dose.ingredient == *key)
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

/// What else changed within the wash-in of a step of `medicine`: names of other medicines with a
/// step of their own, and of therapies begun. Each once, in order of time.
#[must_use]
pub fn changed_with(
    diary: &Diary,
    regimen: &Regimen,
    medicine: EntryId,
    course: &DoseCourse,
) -> Vec<String> {
    let Some(product) = diary.medicine(medicine) else { return Vec::new() };
    let reach = i32::from(settling_of(product).wash_in_days);
    let steps: Vec<Day> = course.step_days().collect();
    let near = |day: Day| steps.iter().any(|step| day.since(*step).abs() <= reach);
    let shares_ingredient = |other: &crate::diary::Medicine| {
        other.ingredients.iter().any(|theirs| {
            product
                .ingredients
                .iter()
                .any(|ours| ours.reference == theirs.reference && ours.name == theirs.name)
        })
    };
    let mut found: Vec<(Day, String)> = Vec::new();
    for (other, theirs) in diary.medicines() {
        if other == medicine || shares_ingredient(theirs) {
            continue;
        }
        let changes = changes_of(regimen, other).map(|change| change.day);
        found.extend(changes.filter(|day| near(*day)).map(|day| (day, theirs.name.to_string())));
    }
    let mut begun: std::collections::BTreeMap<&str, Day> = std::collections::BTreeMap::new();
    for Recorded { entry, .. } in diary.of_kind(Kind::Therapy) {
        let Body::Therapy(session) = entry.body() else { continue };
        let first = begun.entry(&session.therapy).or_insert(entry.day());
        *first = (*first).min(entry.day());
    }
    let begun = begun.into_iter().filter(|(_, day)| near(*day));
    found.extend(begun.map(|(therapy, day)| (day, therapy.to_owned())));
    found.arrange_by(Ord::cmp);
    let mut names: Vec<String> = Vec::new();
    for (_, name) in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
