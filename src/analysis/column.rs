use std::collections::BTreeMap;

use crate::diary::{
    Answers, Assessment, Body, BuiltInOutcome, ClockTime, Day, Diary, Entry, EntryId,
    InstrumentDefinition, OutcomeDefinition, OutcomeId, Recorded, Sorting,
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

/// Every outcome of a diary as a column. Linear in the entries but for sorting rows that were
/// recorded late.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    columns: Vec<Column>,
    not_scored: usize,
}

impl Columns {
    /// Reads the columns off a diary: scores first, the most frequent one leading, then ratings and
    /// sleep (see [`OutcomeKey::order`]).
    #[must_use]
    pub fn of(diary: &Diary) -> Self {
        let mut columns = Self::with_empty(diary);
        columns.columns.retain(|column| !column.is_empty());
        columns
    }

    /// As [`Self::of`], with empty columns for the outcomes that could be rated and were not.
    #[must_use]
    pub fn with_empty(diary: &Diary) -> Self {
        let mut gathering = Gathering::new(diary);
        for Recorded { id, entry } in diary.entries() {
            match entry.body() {
                Body::CheckIn(check_in) => {
                    let time = wall_time(entry);
                    for rating in check_in.ratings() {
                        match &rating.outcome {
                            OutcomeId::BuiltIn(outcome) => {
                                let column = &mut gathering.built_in[*outcome as usize];
                                column.push(id, entry, time, rating.value);
                            }
                            OutcomeId::Custom(name) => {
                                if let Some(column) = gathering.own_ratings.get_mut(name.as_ref()) {
                                    column.push(id, entry, time, rating.value);
                                }
                            }
                        }
                    }
                    if let Some(hours) = check_in.sleep_hours() {
                        gathering.sleep.push(id, entry, time, hours);
                    }
                }
                Body::Assessment(assessment) => gathering.assessment(id, entry, assessment),
                _ => {}
            }
        }
        gathering.finish()
    }

    /// The columns.
    #[must_use]
    pub fn all(&self) -> &[Column] {
        &self.columns
    }

    /// The column of the outcome called `name`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.outcome.key.as_str() == name)
    }

    /// Assessments that have no total: too many items unanswered, or an instrument that neither
    /// the tables nor the diary know.
    #[must_use]
    pub const fn not_scored(&self) -> usize {
        self.not_scored
    }
}

struct Gathering<'a> {
    built_in: Vec<Column>,
    own_ratings: BTreeMap<&'a str, Column>,
    scores: BTreeMap<&'a str, Column>,
    sleep: Column,
    not_scored: usize,
}

impl<'a> Gathering<'a> {
    fn new(diary: &'a Diary) -> Self {
        let (mut own_ratings, mut scores) = (BTreeMap::new(), BTreeMap::new());
        for recorded in diary.entries() {
            match recorded.entry.body() {
                Body::Outcome(own) => {
                    own_ratings.insert(own.outcome.as_ref(), Column::new(own_rating(own)));
                }
                Body::Instrument(own)
                    if reference::instruments().find(&own.instrument).is_none() =>
                {
                    scores.insert(own.instrument.as_ref(), Column::new(own_instrument(own)));
                }
                _ => {}
            }
        }
        Self {
            built_in: BuiltInOutcome::ALL
                .iter()
                .map(|outcome| Column::new(Outcome::built_in(*outcome)))
                .collect(),
            own_ratings,
            scores,
            sleep: Column::new(Outcome::sleep()),
            not_scored: 0,
        }
    }

    fn assessment(&mut self, id: EntryId, entry: &Entry, assessment: &'a Assessment) {
        let name = assessment.instrument.as_ref();
        let row = reference::instruments().find(name);
        let total = match (&assessment.answers, row) {
            (Answers::Total(total), _) => Some(*total),
            (Answers::Items(items), Some(row)) => {
                row.score(items).ok().map(|score| f64::from(score.total))
            }
            (Answers::Items(_), None) => None,
        };
        if let Some(row) = row.filter(|_| total.is_some() && !self.scores.contains_key(name)) {
            self.scores.insert(name, Column::new(Outcome::published(name, row)));
        }
        match (self.scores.get_mut(name), total) {
            (Some(column), Some(total)) => column.push(id, entry, wall_time(entry), total),
            _ => self.not_scored += 1,
        }
    }

    fn finish(self) -> Columns {
        let mut columns: Vec<Column> = self
            .built_in
            .into_iter()
            .chain(self.own_ratings.into_values())
            .chain(self.scores.into_values())
            .chain(std::iter::once(self.sleep))
            .collect();
        // Of several questionnaires the one filled most often stands first.
        let filled = |column: &Column| if column.outcome.is_daily() { 0 } else { column.len() };
        columns.arrange_by(|a, b| {
            filled(b).cmp(&filled(a)).then_with(|| a.outcome.key.order(&b.outcome.key))
        });
        columns.iter_mut().for_each(Column::sort);
        Columns { columns, not_scored: self.not_scored }
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
