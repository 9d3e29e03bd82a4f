use std::iter;

use crate::diary::{Day, Regimen, Sorting};

use super::change_points::ChangePoint;
use super::column::{Column, Columns};
use super::finding::{Finding, Window};
use super::kept::Kept;
use super::look::{Looks, PART_ERROR, Reading};
use super::phase::{PhaseSummary, phases_again};
use super::settled::SettledDays;
use super::statistics::holm::surviving;

/// All that a report asks of a diary at once: each outcome's trend and change points, and the first
/// outcome's phases.
///
/// Each question alone errs in at most one of twenty diaries; several together err more often. So
/// those about the outcome that leads a diary must survive [Holm's
/// procedure](super::statistics::holm), and so must those about all its others, shown or not, each at
/// half of the 2.5 % that a timeline may err: the cards of a report ask too. What survives and was
/// told at a look [four weeks back](Looks::apart_from) or more as well is
/// [`Established`](super::Certainty::Established); what was told at the look before and is not now is
/// said to have weakened.
#[derive(Clone, Debug)]
pub struct Questions {
    /// What is told of each outcome, in the order given.
    pub outcomes: Vec<Told>,
    /// The phases of the regimen with what the first outcome was in them.
    pub phases: Vec<PhaseSummary>,
}

/// What is told of one outcome.
#[derive(Clone, Debug)]
pub struct Told {
    /// The window's rows, those after the look too.
    pub within: Column,
    /// Its rise or fall.
    pub trend: Finding,
    /// Shifts of its level.
    pub changes: Vec<ChangePoint>,
}

/// When and where the questions are asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What is prescribed.
    pub regimen: &'a Regimen,
    /// Which days count.
    pub settled: &'a SettledDays,
    /// The days looked at.
    pub window: Window,
    /// When the diary is read.
    pub looks: &'a Looks,
    /// The outcomes the diary holds. Whoever looks at one after the other has asked of all, so that
    /// those left out here count as well.
    pub columns: &'a Columns,
}

impl Told {
    fn of(
        column: &Column,
        window: Window,
        reading: &Reading,
        steps: &[Day],
        kept: &mut Kept,
    ) -> Self {
        let within = column.within(window);
        let read = reading.of(&within);
        let trend = kept.trend(&read, reading);
        let changes = kept.changes(read, reading, steps);
        Self { within, trend, changes }
    }

    /// The p-values of its questions. One without a change was asked for one as well: its likeliest is
    /// one by chance.
    fn p_values(&self) -> impl Iterator<Item = f64> {
        let changes = self.changes.iter().filter_map(|change| change.finding.p_value());
        self.trend.p_value().into_iter().chain([changes.fold(1.0, f64::min)])
    }

    /// Sets it beside what was told at the look before. A change told then of which nothing is found
    /// now is shown on, as one that has weakened.
    fn weaken_since(&mut self, before: Self) {
        self.trend.weaken_since(&before.trend);
        for earlier in before.changes.into_iter().filter(|change| change.finding.tells()) {
            match self.changes.iter_mut().find(|now| now.may_be(&earlier)) {
                Some(now) => now.finding.weaken_since(&earlier.finding),
                None => self.changes.push(earlier.lost(&self.within.outcome)),
            }
        }
        self.changes.arrange_by_key(|change| change.day);
    }
}

impl Questions {
    /// Asks them at the last look of the window and sets the answers beside those of the look before
    /// and of the last one four weeks back, with what was concluded earlier at hand. The first column's
    /// phases are asked for.
    #[must_use]
    pub fn ask(columns: &[&Column], asked: Asked<'_>, kept: &mut Kept) -> Self {
        let reading = asked.looks.reading(asked.window);
        let mut questions = Self::at(&reading, columns, asked, kept);
        let (before, apart) = (asked.looks.before(&reading), asked.looks.apart_from(&reading));
        let then = before.map(|before| Self::at(&before, columns, asked, kept));
        match (&then, apart) {
            (Some(then), apart) if apart == before => questions.repeat(then),
            (_, Some(apart)) => questions.repeat(&Self::at(&apart, columns, asked, kept)),
            _ => {}
        }
        if let Some(then) = then {
            questions.weaken_since(then);
        }
        questions
    }

    fn at(reading: &Reading, columns: &[&Column], asked: Asked<'_>, kept: &mut Kept) -> Self {
        let Asked { regimen, settled, window, .. } = asked;
        let steps = regimen.change_days();
        let told = columns.iter().map(|column| Told::of(column, window, reading, &steps, kept));
        let mut questions = Self { outcomes: told.collect(), phases: Vec::new() };
        if let Some(first) = questions.outcomes.first() {
            questions.phases = phases_again(&first.within, regimen, settled, window, reading, kept);
        }
        questions.hold_together(asked.columns);
        questions
    }

    /// Takes back what chance would show among so many questions: those about the leading outcome, and
    /// those about the others, whether or not they are shown.
    fn hold_together(&mut self, columns: &Columns) {
        let leads: Vec<bool> =
            self.outcomes.iter().map(|told| columns.leads(&told.within.outcome)).collect();
        let differences = self.phases.iter().filter_map(|phase| phase.difference.as_ref());
        let differences: Vec<f64> = differences.filter_map(Finding::p_value).collect();
        let asked_of = |leading: bool| -> Vec<f64> {
            let shown: Vec<&Told> = (self.outcomes.iter().zip(&leads))
                .filter_map(|(told, leads)| (*leads == leading).then_some(told))
                .collect();
            let mut p_values: Vec<f64> = shown.iter().flat_map(|told| told.p_values()).collect();
            let has_phases = leads.first() == Some(&leading);
            p_values.extend(differences.iter().filter(|_| has_phases));
            let held = if leading { 1 } else { columns.held().saturating_sub(1) };
            let not_shown = 2 * held.saturating_sub(shown.len())
                + differences.len() * held.saturating_sub(usize::from(has_phases));
            p_values.extend(iter::repeat_n(1.0, not_shown));
            p_values
        };
        let families = [asked_of(true), asked_of(false)];
        let count = families.iter().map(Vec::len).sum();
        let [of_leading, of_others] = families;
        let error = |leading| PART_ERROR * columns.share_of_family(leading);
        let cuts = [surviving(&of_leading, error(true)), surviving(&of_others, error(false))];
        for (place, (told, leads)) in self.outcomes.iter_mut().zip(&leads).enumerate() {
            let cut = cuts[usize::from(!leads)];
            let name = &told.within.outcome.name;
            told.trend.hold_to(cut, count, name);
            told.changes.iter_mut().for_each(|change| change.finding.hold_to(cut, count, name));
            if place == 0 {
                for phase in &mut self.phases {
                    phase.difference.iter_mut().for_each(|d| d.hold_to(cut, count, name));
                }
            }
        }
    }

    /// A change point is never established: where the largest step lies is looked for each time anew.
    fn repeat(&mut self, earlier: &Self) {
        for (now, then) in self.outcomes.iter_mut().zip(&earlier.outcomes) {
            now.trend.repeat(&then.trend);
        }
        for (now, then) in self.phases.iter_mut().zip(&earlier.phases) {
            if let Some((now, then)) = now.difference.as_mut().zip(then.difference.as_ref()) {
                now.repeat(then);
            }
        }
    }

    fn weaken_since(&mut self, before: Self) {
        for (now, then) in self.outcomes.iter_mut().zip(before.outcomes) {
            now.weaken_since(then);
        }
        for (now, then) in self.phases.iter_mut().zip(before.phases) {
            if let Some((now, then)) = now.difference.as_mut().zip(then.difference) {
                now.weaken_since(&then);
            }
        }
    }
}
