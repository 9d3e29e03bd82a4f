use crate::analysis::{Looks, Window};
use crate::diary::{Body, Calendar, ClockTime, Dated, Day, Diary, Kind, Recorded};

/// What a report is made as of: the person's present day, read from the clock at the boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The civil day it now is for the person.
    pub today: Day,
    /// When the person's days start.
    pub day_start: ClockTime,
}

/// Days without any entry after which a report ends with the last entry instead of today: an old
/// diary opened years later is not ten years of missing days.
const DAYS_UNTIL_LEFT: i32 = 28;

impl AsOf {
    /// The days a diary tells of: from its first dated fact to today, or to its last one when that
    /// lies more than 28 days back. Only today when nothing is recorded.
    #[must_use]
    pub fn window(self, diary: &Diary) -> Window {
        let calendar = Calendar::of(diary);
        let past = calendar.up_to(self.today);
        let tells = |dated: &&Dated| tells_of_its_day(dated.kind);
        let ended = |Recorded { entry, .. }: Recorded<'_>| match entry.body() {
            Body::SideEffect(effect) if entry.day() <= self.today => effect.end,
            _ => None,
        };
        let ends = diary.of_kind(Kind::SideEffect).filter_map(ended).map(|end| end.min(self.today));
        let from = past.iter().find(tells).map_or(self.today, |dated| dated.day);
        let last = ends.chain(past.iter().rfind(tells).map(|dated| dated.day)).max();
        let last = last.unwrap_or(self.today);
        let to = if self.today.since(last) > DAYS_UNTIL_LEFT { last } else { self.today };
        Window { from, to }
    }

    /// When the claims of a diary are read.
    #[must_use]
    pub fn looks(self, diary: &Diary) -> Looks {
        Looks::of(diary, self.window(diary), self.today)
    }
}

/// Whether an entry of this kind tells what was on its own day; a medicine's name or a question
/// does not.
const fn tells_of_its_day(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Medicine
            | Kind::Profile
            | Kind::Outcome
            | Kind::Instrument
            | Kind::Question
            | Kind::Goal
            | Kind::RelapseSigns
    )
}
