use crate::diary::{Day, Diary, Kind, Sorting};

use super::column::Column;
use super::finding::Window;
use super::statistics::math;

/// Days from one look to the next where nothing else declares one.
pub const DAYS_BETWEEN: i32 = 28;

/// Days without a look before a visit that makes one. Whoever is seen every week would otherwise read
/// the claims four times as often as the intervals pay for.
const DAYS_BEFORE_A_VISIT: i32 = 14;

/// The confidence of an interval that is read again at every look and is to hold the truth at all of
/// them in 95 of 100 diaries, when so many days speak for it.
///
/// A question that is asked again errs more often: what an interval may err at one look falls from
/// 5 % at the first four weeks to 2.3 % at eight, 1.4 % at sixteen, 1.0 % at twenty-six and 0.7 % at
/// a year, as 5 % over (1 + ln(days / 28))^1.5. Each doubling of the days adds about one new look,
/// however often the diary is read between. With the power 1 the looks of a long diary would add up
/// without end, as 1 + ½ + ⅓ … does; above 1 they do not. `docs/calibration.md` has what is left over
/// all looks.
#[must_use]
pub fn confidence_at(days: f64) -> f64 {
    let looks = 1.0 + math::ln((days / f64::from(DAYS_BETWEEN)).max(1.0));
    1.0 - CLAIM_ERROR / (looks * looks.sqrt())
}

/// What one question may err over all looks.
pub(super) const CLAIM_ERROR: f64 = 0.05;

/// What one part of a report, its timeline or a card, may err in all that it asks at once. They ask much
/// the same of the same days: with 5 % for each, up to 17 % of reports on slow waves in which nothing
/// happened told of something.
pub(super) const PART_ERROR: f64 = 0.025;

/// [`confidence_at`] for a card that asks one question.
#[must_use]
pub(super) fn confidence_of_a_card_at(days: f64) -> f64 {
    1.0 - (1.0 - confidence_at(days)) * PART_ERROR / CLAIM_ERROR
}

/// The looks of a diary, ascending.
///
/// A **look** is a declared moment at which the claims are read again: every 28th day after the first
/// entry, the day of a visit before which there was none for two weeks, and the last entry of a diary
/// that has been left. Between two
/// looks new values are drawn but conclude nothing. Whoever reads a test with 5 % false positives
/// on each of 180 days finds something in 10 to 17 % of diaries without anything to find; whoever
/// reads it at a few looks, fixed beforehand, can keep to what was promised.
///
/// A look holds the values up to and on its day. In the first 28 days there is none, short of a
/// visit: there is nothing to conclude from less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    first_entry: Day,
    days: Vec<Day>,
}

impl Looks {
    /// The looks up to `today` of a diary that tells of the days `told`: from its first entry to
    /// today, or to its last entry once it has been left.
    #[must_use]
    pub fn of(diary: &Diary, told: Window, today: Day) -> Self {
        let visits = diary.of_kind(Kind::Visit).map(|recorded| recorded.entry.day());
        Self::with_visits(visits.collect(), told, today)
    }

    /// The looks of a diary with visits on these days.
    #[must_use]
    pub fn with_visits(mut visits: Vec<Day>, told: Window, today: Day) -> Self {
        let mut days: Vec<Day> = Vec::new();
        let mut next = told.from.plus(DAYS_BETWEEN);
        visits.arrange_by(Day::cmp);
        visits.retain(|visit| told.holds(*visit));
        for visit in visits.into_iter().map(Some).chain([None]) {
            while next <= visit.unwrap_or(told.to) {
                days.push(next);
                next = next.plus(DAYS_BETWEEN);
            }
            let is_apart = |visit: Day| {
                days.last().is_none_or(|last| visit.since(*last) >= DAYS_BEFORE_A_VISIT)
            };
            days.extend(visit.filter(|visit| is_apart(*visit)));
        }
        if told.to < today && days.last() != Some(&told.to) {
            days.push(told.to);
        }
        Self { first_entry: told.from, days }
    }

    /// The looks, ascending.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The last look on or before a day.
    #[must_use]
    pub fn last(&self, day: Day) -> Option<Day> {
        let past = self.days.partition_point(|look| *look <= day);
        past.checked_sub(1).map(|place| self.days[place])
    }

    /// The first look after a day; without a visit before it.
    #[must_use]
    pub fn next(&self, day: Day) -> Day {
        let since = day.since(self.first_entry).max(0);
        self.first_entry.plus((since / DAYS_BETWEEN + 1) * DAYS_BETWEEN)
    }

    /// The reading before this one, where there was a look.
    #[must_use]
    pub fn before(&self, reading: &Reading) -> Option<Reading> {
        self.earlier(reading, 1)
    }

    /// The last reading before this one that lies four weeks back or more: of two looks on almost the
    /// same days the second repeats nothing.
    #[must_use]
    pub fn apart_from(&self, reading: &Reading) -> Option<Reading> {
        self.earlier(reading, DAYS_BETWEEN)
    }

    /// The last reading before this one that lies so many days back or more.
    fn earlier(&self, reading: &Reading, back: i32) -> Option<Reading> {
        let earlier = self.last(reading.look?.plus(-back))?;
        let days = Window { to: earlier, ..reading.days };
        (earlier >= days.from).then_some(Reading {
            days,
            look: Some(earlier),
            next: reading.days.to,
        })
    }

    /// What may be concluded about a window: the part of it up to its last look.
    #[must_use]
    pub fn reading(&self, window: Window) -> Reading {
        let look = self.last(window.to);
        let to = look.unwrap_or(window.from.plus(-1));
        Reading { days: Window { to, ..window }, look, next: self.next(window.to) }
    }
}

/// One reading of the claims: the days they may use, and the look at which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The days up to the look; none before the first look.
    pub days: Window,
    /// The look; `None` before the first.
    pub look: Option<Day>,
    /// The look after it, unless a visit comes first.
    pub next: Day,
}

impl Reading {
    /// A look on the last day of a window.
    #[must_use]
    pub fn at_the_end_of(days: Window) -> Self {
        Self { days, look: Some(days.to), next: days.to.plus(DAYS_BETWEEN) }
    }

    /// The rows of a column that the claims may use.
    #[must_use]
    pub fn of(&self, column: &Column) -> Column {
        column.within(self.days)
    }
}
