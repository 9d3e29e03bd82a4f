use std::sync::Arc;

use super::derived::Derived;
use super::entry::{Kind, Recorded};
use super::id::EntryId;
use super::keeping::Diary;
use super::sorting::Sorting;
use super::time::Day;

/// The place of an entry in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dated {
    /// Its civil day.
    pub day: Day,
    /// Its identifier.
    pub id: EntryId,
    /// Its kind.
    pub kind: Kind,
}

/// The entries of a diary in the order of their days, those of one day by identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar(Vec<Dated>);

impl Calendar {
    /// The calendar of a diary.
    #[must_use]
    pub fn of(diary: &Diary) -> Arc<Self> {
        diary.derived()
    }

    /// All entries.
    #[must_use]
    pub fn all(&self) -> &[Dated] {
        &self.0
    }

    /// The entries up to and on a day.
    #[must_use]
    pub fn up_to(&self, day: Day) -> &[Dated] {
        &self.0[..self.0.partition_point(|dated| dated.day <= day)]
    }

    /// The entries from a day up to and on another.
    #[must_use]
    pub fn within(&self, from: Day, to: Day) -> &[Dated] {
        let past = self.up_to(to);
        &past[past.partition_point(|dated| dated.day < from)..]
    }
}

fn dated(Recorded { id, entry }: Recorded<'_>) -> Dated {
    Dated { day: entry.day(), id, kind: entry.kind() }
}

impl Derived for Calendar {
    fn work_out(diary: &Diary) -> Self {
        let mut all: Vec<Dated> = diary.entries().map(dated).collect();
        all.arrange_by(Ord::cmp);
        Self(all)
    }

    fn follow(&mut self, diary: &Diary, id: EntryId, was: Option<Kind>) -> bool {
        if was.is_some() {
            self.0.retain(|dated| dated.id != id);
        }
        if let Some(entry) = diary.entry(id) {
            let new = dated(Recorded { id, entry });
            let place = self.0.partition_point(|known| *known < new);
            self.0.insert(place, new);
        }
        true
    }
}
