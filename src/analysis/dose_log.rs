use std::sync::Arc;

use crate::diary::{
    Amount, Body, ClockTime, Day, Derived, Diary, DoseStatus, DueDose, EntryId, Kind, Recorded,
    Sorting, Unit,
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

impl DoseRow {
    /// The medicine of an entry and its row, where it is a dose event.
    fn of(Recorded { id, entry }: Recorded<'_>) -> Option<(EntryId, Self)> {
        let Body::Dose(dose) = entry.body() else { return None };
        let row = Self {
            day: entry.day(),
            at: entry.at().map(crate::diary::Moment::ms),
            scheduled: dose.scheduled,
            status: dose.status,
            amount: dose.quantity.map(|quantity| (quantity.amount(), quantity.unit())),
            id,
        };
        Some((dose.medicine, row))
    }

    const fn order(&self) -> (Day, Option<i64>, EntryId) {
        (self.day, self.at, self.id)
    }
}

/// Every dose event of a diary, by medicine and then in order of days and instants. What was taken,
/// never what was prescribed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DoseLog(Vec<(EntryId, Vec<DoseRow>)>);

impl DoseLog {
    /// The events of a diary.
    #[must_use]
    pub fn of(diary: &Diary) -> Arc<Self> {
        diary.derived()
    }

    /// The events of one medicine.
    #[must_use]
    pub fn of_medicine(&self, medicine: EntryId) -> &[DoseRow] {
        self.place(medicine).map_or(&[], |place| &self.0[place].1)
    }

    /// The events of one medicine on one day.
    #[must_use]
    pub fn on(&self, medicine: EntryId, day: Day) -> &[DoseRow] {
        let rows = self.of_medicine(medicine);
        let first = rows.partition_point(|row| row.day < day);
        let count = rows[first..].partition_point(|row| row.day == day);
        &rows[first..first + count]
    }

    fn place(&self, medicine: EntryId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&medicine, |(known, _)| *known)
    }

    fn rows_of(&mut self, medicine: EntryId) -> &mut Vec<DoseRow> {
        let place = self.place(medicine).unwrap_or_else(|place| {
            self.0.insert(place, (medicine, Vec::new()));
            place
        });
        &mut self.0[place].1
    }
}

impl Derived for DoseLog {
    fn work_out(diary: &Diary) -> Self {
        let mut log = Self::default();
        for (medicine, row) in diary.of_kind(Kind::Dose).filter_map(DoseRow::of) {
            log.rows_of(medicine).push(row);
        }
        log.0.iter_mut().for_each(|(_, rows)| rows.arrange_by_key(DoseRow::order));
        log
    }

    fn follow(&mut self, diary: &Diary, id: EntryId, was: Option<Kind>) -> bool {
        if was == Some(Kind::Dose) {
            self.0.iter_mut().for_each(|(_, rows)| rows.retain(|row| row.id != id));
            self.0.retain(|(_, rows)| !rows.is_empty());
        }
        let now = diary.entry(id).and_then(|entry| DoseRow::of(Recorded { id, entry }));
        if let Some((medicine, row)) = now {
            let rows = self.rows_of(medicine);
            rows.insert(rows.partition_point(|known| known.order() < row.order()), row);
        }
        true
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
