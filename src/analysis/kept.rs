use crate::diary::{Day, EntryId};

use super::change_points::{ChangePoint, change_points};
use super::column::Column;
use super::finding::Finding;
use super::look::Reading;
use super::outcome::Outcome;
use super::phase::{Counted, differences};
use super::trend::trend;

/// What was concluded about columns when they were last read.
///
/// Claims are read at looks, so a new entry leaves what they read as it was until the next look:
/// then the answers kept here are given again. They are kept with everything they follow from and
/// given again only for exactly that, so whoever holds one never needs to clear it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    changes: Answers<(Column, Reading, Vec<Day>), Vec<ChangePoint>>,
    trends: Answers<(Column, Reading), Finding>,
    differences: Answers<Stretches, Vec<Option<Finding>>>,
}

/// What the differences between stretches of days follow from.
#[derive(Clone, Debug, PartialEq)]
struct Stretches {
    outcome: Outcome,
    ids: Vec<EntryId>,
    counted: Vec<Counted>,
    reading: Reading,
}

/// Questions with their answers.
type Answers<Q, A> = Vec<(Q, A)>;

/// Answers of one kind that are kept.
const MOST: usize = 12;

fn answer<Q: PartialEq, A: Clone>(
    known: &mut Answers<Q, A>,
    question: Q,
    work_out: impl FnOnce(&Q) -> A,
) -> A {
    let place = known.iter().position(|(asked, _)| *asked == question).unwrap_or_else(|| {
        if known.len() == MOST {
            known.remove(0);
        }
        let new = work_out(&question);
        known.push((question, new));
        known.len() - 1
    });
    known[place].1.clone()
}

impl Kept {
    /// The trend of the rows that a reading may use.
    pub(super) fn trend(&mut self, read: &Column, reading: &Reading) -> Finding {
        let question = (read.clone(), *reading);
        answer(&mut self.trends, question, |(read, reading)| {
            trend(read, reading.days).read_at(reading)
        })
    }

    /// The change points of the rows that a reading may use, `steps` being the days on which the
    /// regimen changes.
    pub(super) fn changes(
        &mut self,
        read: Column,
        reading: &Reading,
        steps: &[Day],
    ) -> Vec<ChangePoint> {
        let question = (read, *reading, steps.to_vec());
        answer(&mut self.changes, question, |(read, reading, steps)| {
            let mut changes = change_points(read, reading.days, steps);
            for change in &mut changes {
                change.finding = change.finding.clone().read_at(reading);
            }
            changes
        })
    }

    /// The differences of `column` between stretches of days, by the values counted in each.
    pub(super) fn differences(
        &mut self,
        column: &Column,
        counted: Vec<Counted>,
        reading: &Reading,
    ) -> Vec<Option<Finding>> {
        let rows = counted.iter().flat_map(|stretch| &stretch.rows);
        let question = Stretches {
            outcome: column.outcome.clone(),
            ids: rows.map(|row| column.ids[*row]).collect(),
            counted,
            reading: *reading,
        };
        answer(&mut self.differences, question, |asked| {
            differences(column, &asked.counted, reading)
        })
    }
}
