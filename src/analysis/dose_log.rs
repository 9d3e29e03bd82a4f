use std::collections::BTreeMap;

use crate::diary::{
    Amount, Body, ClockTime, Day, Diary, DoseStatus, DueDose, EntryId, Recorded, Sorting, Unit,
};

/// One dose event, as adherence reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoseRow {
    /// Its civil day.
    pub day: Day,
    /// Its instant in milliseconds since 1970, where known.
    pub at: Option<i64>,
    /// The time of the scheduled dose it is about.
    pub scheduled: Option<ClockTime>,
    /// What happened.
    pub status: DoseStatus,
    /// How much, where it was recorded.
    pub amount: Option<(Amount, Unit)>,
    /// The entry.
    pub id: EntryId,
}

/// The dose events of one medicine in order of days, then instants.
#[derive(Clone, Debug, Default)]
pub struct LoggedDoses(Vec<DoseRow>);

impl LoggedDoses {
    /// All of them.
    #[must_use]
    pub fn rows(&self) -> &[DoseRow] {
        &self.0
    }

    /// Those of one day.
    #[must_use]
    pub fn on(&self, day: Day) -> &[DoseRow] {
        let first = self.0.partition_point(|row| row.day < day);
        let count = self.0[first..].partition_point(|row| row.day == day);
        &self.0[first..first + count]
    }
}

/// Every dose event of a diary, by medicine. What was taken, never what was prescribed.
#[derive(Clone, Debug, Default)]
pub struct DoseLog(BTreeMap<EntryId, LoggedDoses>);

impl DoseLog {
    /// Reads the events off a diary in one pass.
    #[must_use]
    pub fn of(diary: &Diary) -> Self {
        let mut log: BTreeMap<EntryId, LoggedDoses> = BTreeMap::new();
        for Recorded { id, entry } in diary.entries() {
            let Body::Dose(dose) = entry.body() else { continue };
            log.entry(dose.medicine).or_default().0.push(DoseRow {
                day: entry.day(),
                at: entry.at().map(crate::diary::Moment::ms),
                scheduled: dose.scheduled,
                status: dose.status,
                amount: dose.quantity.map(|quantity| (quantity.amount(), quantity.unit())),
                id,
            });
        }
        for logged in log.values_mut() {
            logged.0.arrange_by_key(|row| (row.day, row.at, row.id));
        }
        Self(log)
    }

    /// The events of one medicine.
    #[must_use]
    pub fn of_medicine(&self, medicine: EntryId) -> &[DoseRow] {
        self.0.get(&medicine).map_or(&[], LoggedDoses::rows)
    }

    /// The events of one medicine on one day.
    #[must_use]
    pub fn on(&self, medicine: EntryId, day: Day) -> &[DoseRow] {
        self.0.get(&medicine).map_or(&[], |logged| logged.on(day))
    }
}

/// Which event of a day tells of which due dose: for each due dose the place of its event.
///
/// An event that names a scheduled time belongs to the due dose of that time; the others fill the
/// doses that are left, in order. Events of extra and as-needed doses belong to none. Of two
/// events about one dose the later one holds.
#[must_use]
pub fn match_to_due(due: &[DueDose], events: &[DoseRow]) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = vec![None; due.len()];
    let about_due = |row: &DoseRow| !matches!(row.status, DoseStatus::Extra | DoseStatus::AsNeeded);
    let names_a_due_time = |row: &DoseRow| {
        row.scheduled.and_then(|time| due.iter().position(|dose| dose.at == Some(time)))
    };
    for (place, row) in events.iter().enumerate().filter(|(_, row)| about_due(row)) {
        if let Some(dose) = names_a_due_time(row) {
            matched[dose] = Some(place);
        }
    }
    for (place, row) in events.iter().enumerate().filter(|(_, row)| about_due(row)) {
        if names_a_due_time(row).is_none()
            && let Some(free) = matched.iter_mut().find(|event| event.is_none())
        {
            *free = Some(place);
        }
    }
    matched
}
