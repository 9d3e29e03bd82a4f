use std::cmp::Ordering;
use std::sync::Arc;

use crate::diary::{
    Answers, Assessment, Body, BuiltInOutcome, ClockTime, Day, Derived, Diary, Entry, EntryId,
    InstrumentDefinition, Kind, OutcomeDefinition, OutcomeId, Recorded, RecordedBy, Sorting,
};
use crate::error::Param;
use crate::reference;

use super::finding::Window;
use super::outcome::{Outcome, OutcomeKey};

/// The values of one outcome in order of time, one row a recorded value.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What is measured.
    pub outcome: Outcome,
    /// The civil day of each value.
    pub civil: Vec<Day>,
    /// Each value's time on the wall clock, in days since 1970-01-01 with the time of day as
    /// fraction; noon where no time is known.
    pub times: Vec<f64>,
    /// The values.
    pub values: Vec<f64>,
    /// The entries they stand in.
    pub ids: Vec<EntryId>,
}

/// The mean of each day that has a value, in order of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayMeans {
    /// Days since 1970-01-01.
    pub days: Vec<f64>,
    /// The mean of the day's values.
    pub values: Vec<f64>,
}

/// Day means above which seven days become one value: the claims' fits then cost what two years do.
pub(crate) const MOST_DAYS: usize = 730;

impl DayMeans {
    /// The days as they are, or averaged over stretches of seven days where there are more than
    /// 730 of them.
    #[must_use]
    pub fn weekly_when_many(self) -> Self {
        if self.days.len() > MOST_DAYS { self.weekly() } else { self }
    }

    /// The days averaged over stretches of seven days.
    #[must_use]
    pub fn weekly(&self) -> Self {
        let mut weeks = Self::default();
        let week = |day: f64| (day / 7.0).floor();
        let mut start = 0;
        for same_week in self.days.chunk_by(|a, b| week(*b) - week(*a) < 0.5) {
            let end = start + same_week.len();
            let count = same_week.len() as f64;
            weeks.days.push(same_week.iter().sum::<f64>() / count);
            weeks.values.push(self.values[start..end].iter().sum::<f64>() / count);
            start = end;
        }
        weeks
    }
}

impl Column {
    pub(crate) fn new(outcome: Outcome) -> Self {
        let (civil, times, values, ids) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { outcome, civil, times, values, ids }
    }

    fn push(&mut self, id: EntryId, entry: &Entry, time: f64, value: f64) {
        self.civil.push(entry.day());
        self.times.push(time);
        self.values.push(value);
        self.ids.push(id);
    }

    fn forget(&mut self, id: EntryId) {
        while let Some(row) = self.ids.iter().position(|known| *known == id) {
            self.civil.remove(row);
            self.times.remove(row);
            self.values.remove(row);
            self.ids.remove(row);
        }
    }

    /// Of several questionnaires the one filled most often stands first; what others saw comes last.
    fn order(&self, other: &Self) -> Ordering {
        let is_seen = |column: &Self| column.outcome.key.seen_by().is_some();
        let filled = |column: &Self| if column.outcome.is_daily() { 0 } else { column.len() };
        (is_seen(self).cmp(&is_seen(other)))
            .then_with(|| filled(other).cmp(&filled(self)))
            .then_with(|| self.outcome.key.order(&other.outcome.key))
    }

    /// How many values it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it holds no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The rows whose civil day lies in the window.
    #[must_use]
    pub fn within(&self, window: Window) -> Self {
        let first = self.civil.partition_point(|day| *day < window.from);
        let end = self.civil.partition_point(|day| *day <= window.to).max(first);
        Self {
            outcome: self.outcome.clone(),
            civil: self.civil[first..end].to_vec(),
            times: self.times[first..end].to_vec(),
            values: self.values[first..end].to_vec(),
            ids: self.ids[first..end].to_vec(),
        }
    }

    /// One mean a day: a day is one observation, however often the person wrote.
    #[must_use]
    pub fn day_means(&self) -> DayMeans {
        let mut means = DayMeans::default();
        let mut start = 0;
        for same_day in self.civil.chunk_by(|a, b| a == b) {
            let end = start + same_day.len();
            let sum: f64 = self.values[start..end].iter().sum();
            means.days.push(f64::from(same_day[0].number()));
            means.values.push(sum / same_day.len() as f64);
            start = end;
        }
        means
    }

    /// The same with its civil day.
    pub(crate) fn by_day(&self) -> Vec<(Day, f64)> {
        let days = self.civil.chunk_by(|a, b| a == b).map(|same_day| same_day[0]);
        days.zip(self.day_means().values).collect()
    }

    /// How many days, from the first of which a value tells to the end of the window, no value
    /// tells of. A value tells of the days it looks back over, at least of its own.
    #[must_use]
    pub fn days_missing(&self, window: Window) -> usize {
        let Some(first) = self.civil.first() else { return window.days() };
        let back = self.outcome.recall_days - 1;
        let mut told_to = first.plus(-back).max(window.from).plus(-1);
        let mut missing = 0;
        for day in &self.civil {
            missing += (day.plus(-back).since(told_to) - 1).max(0);
            told_to = told_to.max(*day);
        }
        missing += window.to.since(told_to).max(0);
        usize::try_from(missing).unwrap_or(0)
    }

    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        let key = |row: &usize| (self.civil[*row], self.times[*row]);
        let compare = |a: &usize, b: &usize| {
            let ((day_a, time_a), (day_b, time_b)) = (key(a), key(b));
            day_a.cmp(&day_b).then(time_a.total_cmp(&time_b)).then(self.ids[*a].cmp(&self.ids[*b]))
        };
        if order.is_sorted_by(|a, b| compare(a, b).is_le()) {
            return;
        }
        order.arrange_by(compare);
        self.civil = order.iter().map(|&row| self.civil[row]).collect();
        self.times = order.iter().map(|&row| self.times[row]).collect();
        self.values = order.iter().map(|&row| self.values[row]).collect();
        self.ids = order.iter().map(|&row| self.ids[row]).collect();
    }
}

/// Every outcome of a diary as a column: scores first, the most frequent one leading, then ratings
/// and sleep (see [`OutcomeKey::order`]).
///
/// What someone of the family or the care team rated (`recordedBy`) stands in columns of its own, and
/// in none of the person's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// In that order: first the person's own, then what others saw, then those without a value.
    columns: Vec<Column>,
    not_scored: usize,
}

impl Columns {
    /// The columns of a diary.
    #[must_use]
    pub fn of(diary: &Diary) -> Arc<Self> {
        diary.derived()
    }

    /// The person's own columns with a value.
    #[must_use]
    pub fn all(&self) -> &[Column] {
        &self.columns[..self.own()]
    }

    /// The columns of what others saw.
    #[must_use]
    pub fn seen(&self) -> &[Column] {
        &self.columns[self.own()..self.held()]
    }

    fn own(&self) -> usize {
        let is_own = |column: &Column| column.outcome.key.seen_by().is_none();
        self.columns.partition_point(|column| !column.is_empty() && is_own(column))
    }

    /// Whether an outcome leads: it stands first, so that a report is about it more than about the others.
    #[must_use]
    pub fn leads(&self, outcome: &Outcome) -> bool {
        self.columns.first().is_some_and(|first| first.outcome.key == outcome.key)
    }

    /// The share of what is allowed to err that goes to the questions about the leading outcome, or to
    /// those about all the others.
    pub(super) fn share_of_family(&self, leading: bool) -> f64 {
        match (self.held(), leading) {
            (..2, true) => 1.0,
            _ => 0.5,
        }
    }

    /// The share of it that goes to the questions about one outcome.
    pub(super) fn share_of(&self, outcome: &Outcome) -> f64 {
        let leads = self.leads(outcome);
        let others = if leads { 1 } else { self.held().saturating_sub(1).max(1) };
        self.share_of_family(leads) / others as f64
    }

    /// How many outcomes have a value, the person's own and what others saw.
    #[must_use]
    pub fn held(&self) -> usize {
        self.columns.partition_point(|column| !column.is_empty())
    }

    /// The columns, and empty ones for the outcomes that could be rated and were not, in one order.
    #[must_use]
    pub fn with_empty(&self) -> Vec<&Column> {
        let mut columns: Vec<&Column> = self.columns.iter().collect();
        columns.arrange_by(|a, b| a.order(b));
        columns
    }

    /// The column of the outcome called `name`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Column> {
        let filled = &self.columns[..self.held()];
        filled.iter().find(|column| column.outcome.key.as_str() == name)
    }

    /// Assessments that have no total: too many items unanswered, or an instrument that neither
    /// the tables nor the diary know.
    #[must_use]
    pub const fn not_scored(&self) -> usize {
        self.not_scored
    }

    /// Empty columns for everything that this diary can rate.
    fn unfilled(diary: &Diary) -> Self {
        let built_in = BuiltInOutcome::ALL.iter().map(|outcome| Outcome::built_in(*outcome));
        let mut outcomes: Vec<Outcome> = built_in.chain([Outcome::sleep()]).collect();
        let own = |Recorded { entry, .. }: Recorded<'_>| match entry.body() {
            Body::Outcome(own) => Some(own_rating(own)),
            Body::Instrument(own) if reference::instruments().find(&own.instrument).is_none() => {
                Some(own_instrument(own))
            }
            _ => None,
        };
        let defined = diary.of_kind(Kind::Outcome).chain(diary.of_kind(Kind::Instrument));
        for outcome in defined.filter_map(own) {
            // Of two definitions of one name the later one holds.
            outcomes.retain(|known| known.key != outcome.key);
            outcomes.push(outcome);
        }
        Self { columns: outcomes.into_iter().map(Column::new).collect(), not_scored: 0 }
    }

    fn of_key(&self, is_key: impl Fn(&OutcomeKey) -> bool) -> Option<usize> {
        self.columns.iter().position(|column| is_key(&column.outcome.key))
    }

    /// The column for a value that goes into the one at `own`, by who recorded it.
    fn told_by(&mut self, by: RecordedBy, own: usize) -> &mut Column {
        if !by.is_observer() {
            return &mut self.columns[own];
        }
        let outcome = self.columns[own].outcome.seen(by);
        let place = self.of_key(|key| *key == outcome.key).unwrap_or(self.columns.len());
        if place == self.columns.len() {
            self.columns.push(Column::new(outcome));
        }
        &mut self.columns[place]
    }

    /// Adds the values of an entry at the end of their columns.
    fn take_in(&mut self, id: EntryId, entry: &Entry) {
        let by = entry.recorded_by();
        match entry.body() {
            Body::CheckIn(check_in) => {
                let time = wall_time(entry);
                for rating in check_in.ratings() {
                    let column = self.of_key(|key| match (&rating.outcome, key) {
                        (OutcomeId::BuiltIn(rated), OutcomeKey::BuiltIn(key)) => rated == key,
                        (OutcomeId::Custom(rated), OutcomeKey::Rating(key)) => rated == key,
                        _ => false,
                    });
                    if let Some(own) = column {
                        self.told_by(by, own).push(id, entry, time, rating.value);
                    }
                }
                if let Some(hours) = check_in.sleep_hours()
                    && let Some(own) = self.of_key(|key| *key == OutcomeKey::Sleep)
                {
                    self.told_by(by, own).push(id, entry, time, hours);
                }
            }
            Body::Assessment(assessment) => {
                let name = &assessment.instrument;
                let row = reference::instruments().find(name);
                let is_it =
                    |key: &OutcomeKey| matches!(key, OutcomeKey::Assessment(key) if key == name);
                let total = total(assessment, row);
                if let Some(row) = row.filter(|_| total.is_some() && self.of_key(is_it).is_none()) {
                    self.columns.push(Column::new(Outcome::published(name, row)));
                }
                match (self.of_key(is_it), total) {
                    (Some(own), Some(total)) => {
                        self.told_by(by, own).push(id, entry, wall_time(entry), total);
                    }
                    _ => self.not_scored += 1,
                }
            }
            _ => {}
        }
    }

    /// Takes the values of an entry out again.
    fn forget(&mut self, id: EntryId, was: Kind) {
        let rows = self.columns.iter().map(Column::len).sum::<usize>();
        self.columns.iter_mut().for_each(|column| column.forget(id));
        let is_as_before = self.columns.iter().map(Column::len).sum::<usize>() == rows;
        self.not_scored -= usize::from(was == Kind::Assessment && is_as_before);
    }

    /// A published instrument has a column once it has a score, and so has what others saw.
    fn drop_empty(&mut self) {
        self.columns.retain(|column| {
            let Outcome { instrument, key, .. } = &column.outcome;
            !column.is_empty() || (instrument.is_none() && key.seen_by().is_none())
        });
    }

    fn arrange(&mut self) {
        // The person's own column of a questionnaire that only others filled in.
        self.drop_empty();
        self.columns.iter_mut().for_each(Column::sort);
        let by_values = |a: &Column, b: &Column| a.is_empty().cmp(&b.is_empty());
        self.columns.arrange_by(|a, b| by_values(a, b).then_with(|| a.order(b)));
    }
}

impl Derived for Columns {
    /// Linear in the entries but for sorting rows that were recorded late.
    fn work_out(diary: &Diary) -> Self {
        let mut columns = Self::unfilled(diary);
        diary.entries().for_each(|Recorded { id, entry }| columns.take_in(id, entry));
        columns.arrange();
        columns
    }

    fn follow(&mut self, diary: &Diary, id: EntryId, was: Option<Kind>) -> bool {
        let entry = diary.entry(id);
        let defines = |kind| matches!(kind, Kind::Outcome | Kind::Instrument);
        if was.into_iter().chain(entry.map(Entry::kind)).any(defines) {
            return false;
        }
        if let Some(was @ (Kind::CheckIn | Kind::Assessment)) = was {
            self.forget(id, was);
        }
        if let Some(entry) = entry {
            self.take_in(id, entry);
        }
        self.arrange();
        true
    }
}

/// The total of an assessment, where it has one; `row` is its published instrument.
fn total(assessment: &Assessment, row: Option<&reference::Instrument>) -> Option<f64> {
    match (&assessment.answers, row) {
        (Answers::Total(total), _) => Some(*total),
        (Answers::Items(items), Some(row)) => {
            row.score(items).ok().map(|score| f64::from(score.total))
        }
        (Answers::Items(_), None) => None,
    }
}

fn own_rating(own: &OutcomeDefinition) -> Outcome {
    let key = OutcomeKey::Rating(own.outcome.clone());
    let range = (own.range.min(), own.range.max());
    let outcome = Outcome::daily(key, Param::Text(own.name.to_string()), range, own.worse);
    Outcome { smallest_change: own.smallest_change, ..outcome }
}

fn own_instrument(own: &InstrumentDefinition) -> Outcome {
    let key = OutcomeKey::Assessment(own.instrument.clone());
    let range = (own.range.min(), own.range.max());
    let outcome = Outcome::daily(key, Param::Text(own.name.to_string()), range, own.worse);
    Outcome {
        smallest_change: own.smallest_change,
        recall_days: own.recall_days.map_or(1, |days| i32::from(days).max(1)),
        ..outcome
    }
}

/// The wall clock's time of an entry in days since 1970-01-01; noon of its day without an instant.
/// After midnight it lies on the next date, although the civil day may still be the one before.
#[must_use]
pub fn wall_time(entry: &Entry) -> f64 {
    let day = f64::from(entry.day().number());
    let Some(at) = entry.at() else { return day + 0.5 };
    let clock = at.clock_time();
    let shown = f64::from(clock.minutes()) / 1440.0;
    // The date of the clock differs from the civil day only after midnight.
    if at.day(ClockTime::MIDNIGHT) > entry.day() { day + 1.0 + shown } else { day + shown }
}
