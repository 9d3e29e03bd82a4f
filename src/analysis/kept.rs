use crate::diary::Day;

use super::change_points::{ChangePoint, change_points};
use super::column::Column;
use super::finding::Finding;
use super::look::Reading;
use super::trend::trend;

/// What was concluded about columns when they were last read.
///
/// Claims are read at looks, so a new entry leaves what they read as it was until the next look:
/// then the answers kept here are given again. They are kept with everything they follow from and
/// given again only for exactly that, so whoever holds one never needs to clear it.
#[derive(Clone, Debug, Default)]
pub struct Kept(Vec<Claims>);

/// The claims about one column, and all that they follow from.
#[derive(Clone, Debug)]
struct Claims {
    read: Column,
    reading: Reading,
    steps: Vec<Day>,
    trend: Finding,
    changes: Vec<ChangePoint>,
}

/// Columns whose claims are kept.
const MOST: usize = 12;

impl Kept {
    /// The trend and the change points of the rows that a reading may use, `steps` being the days on
    /// which the regimen changes.
    pub(super) fn claims(
        &mut self,
        read: Column,
        reading: &Reading,
        steps: &[Day],
    ) -> (Finding, Vec<ChangePoint>) {
        let follows =
            |kept: &Claims| kept.reading == *reading && kept.steps == steps && kept.read == read;
        let place = self.0.iter().position(follows).unwrap_or_else(|| {
            if self.0.len() == MOST {
                self.0.remove(0);
            }
            let trend = trend(&read, reading.days).read_at(reading);
            let mut changes = change_points(&read, reading.days, steps);
            for change in &mut changes {
                change.finding = change.finding.clone().read_at(reading);
            }
            let (reading, steps) = (*reading, steps.to_vec());
            self.0.push(Claims { read, reading, steps, trend, changes });
            self.0.len() - 1
        });
        let Claims { trend, changes, .. } = &self.0[place];
        (trend.clone(), changes.clone())
    }
}
