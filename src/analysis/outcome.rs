use std::cmp::Ordering;

use crate::diary::{BuiltInOutcome, RecordedBy, Worse};
use crate::error::{Message, Param};
use crate::reference::Instrument;

use super::finding::FindingUnit;

/// Which series is under study.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeKey {
    /// The total of an instrument, by the name its assessments are recorded under.
    Assessment(Box<str>),
    /// A rating every diary has.
    BuiltIn(BuiltInOutcome),
    /// A rating that this diary defines.
    Rating(Box<str>),
    /// Hours slept.
    Sleep,
    /// What someone else saw of one of these: a series of its own, never mixed with the person's.
    Seen {
        /// The name it goes by: `mood@family`.
        name: Box<str>,
        /// What was rated.
        of: Box<OutcomeKey>,
        /// By whom.
        by: RecordedBy,
    },
}

impl OutcomeKey {
    /// The name it goes by: `phq-9`, `mood`, `sleep`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Assessment(name) | Self::Rating(name) => name,
            Self::BuiltIn(outcome) => outcome.as_str(),
            Self::Sleep => "sleep",
            Self::Seen { name, .. } => name,
        }
    }

    /// What is rated, whoever rates it.
    #[must_use]
    pub fn rated(&self) -> &Self {
        match self {
            Self::Seen { of, .. } => of,
            own => own,
        }
    }

    /// Who saw it, where that is not the person.
    #[must_use]
    pub const fn seen_by(&self) -> Option<RecordedBy> {
        match self {
            Self::Seen { by, .. } => Some(*by),
            _ => None,
        }
    }

    /// What is offered first: scores, then the ratings every diary has in their own order, then
    /// this diary's ratings, then sleep, and last what others saw.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let rank = |key: &Self| match key {
            Self::Assessment(_) => 0,
            Self::BuiltIn(_) => 1,
            Self::Rating(_) => 2,
            Self::Sleep => 3,
            Self::Seen { .. } => 4,
        };
        rank(self).cmp(&rank(other)).then_with(|| self.cmp(other))
    }
}

/// The outcome of a claim: what is measured, which way it gets worse, and which change matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which series.
    pub key: OutcomeKey,
    /// Its name, for a sentence.
    pub name: Param,
    /// Its row in the reference tables, for a published instrument.
    pub instrument: Option<&'static Instrument>,
    /// Lowest and highest possible value.
    pub range: (f64, f64),
    /// Which way it gets worse.
    pub worse: Worse,
    /// The smallest change that matters, where one is known.
    pub smallest_change: Option<f64>,
    /// How many days a value speaks of, counted back from its own day; 1 for a daily rating.
    pub recall_days: i32,
}

impl Outcome {
    /// A rating every diary has.
    pub(crate) fn built_in(outcome: BuiltInOutcome) -> Self {
        let name = Message::new(match outcome {
            BuiltInOutcome::Mood => "outcome.mood",
            BuiltInOutcome::Anxiety => "outcome.anxiety",
            BuiltInOutcome::Energy => "outcome.energy",
            BuiltInOutcome::Irritability => "outcome.irritability",
            BuiltInOutcome::Focus => "outcome.focus",
            BuiltInOutcome::Work => "outcome.work",
            BuiltInOutcome::Home => "outcome.home",
            BuiltInOutcome::People => "outcome.people",
        });
        Self::daily(OutcomeKey::BuiltIn(outcome), name.into(), (0.0, 10.0), outcome.worse())
    }

    /// Hours slept.
    pub(crate) fn sleep() -> Self {
        let name = Message::new("outcome.sleep").into();
        Self::daily(OutcomeKey::Sleep, name, (0.0, 24.0), Worse::Neither)
    }

    /// Something told of one day.
    pub(crate) fn daily(key: OutcomeKey, name: Param, range: (f64, f64), worse: Worse) -> Self {
        let (instrument, smallest_change) = (None, None);
        Self { key, name, instrument, range, worse, smallest_change, recall_days: 1 }
    }

    /// The total of a published instrument.
    pub(crate) fn published(recorded_as: &str, row: &'static Instrument) -> Self {
        let (min, max) = row.range.value;
        Self {
            key: OutcomeKey::Assessment(recorded_as.into()),
            name: Param::Text(row.short.to_string()),
            instrument: Some(row),
            range: (f64::from(min), f64::from(max)),
            worse: if row.higher_is_worse { Worse::Higher } else { Worse::Lower },
            smallest_change: row.smallest_change.value.map(f64::from),
            recall_days: row.recall_days.value.map_or(1, |days| i32::from(days).max(1)),
        }
    }

    /// The same, as someone else sees it.
    pub(crate) fn seen(&self, by: RecordedBy) -> Self {
        let name = format!("{}@{by}", self.key.as_str()).into();
        let seen = Message::new(match by {
            RecordedBy::Clinician => "outcome.seen-by-clinician",
            _ => "outcome.seen-by-family",
        });
        Self {
            key: OutcomeKey::Seen { name, of: Box::new(self.key.clone()), by },
            name: seen.with("outcome", self.name.clone()).into(),
            ..self.clone()
        }
    }

    /// Whether values come from check-ins, one or more a day, and not from questionnaires.
    #[must_use]
    pub fn is_daily(&self) -> bool {
        !matches!(self.key.rated(), OutcomeKey::Assessment(_))
    }

    /// The unit of a difference.
    #[must_use]
    pub fn unit(&self) -> FindingUnit {
        match self.key.rated() {
            OutcomeKey::Sleep => FindingUnit::Hours,
            _ => FindingUnit::Points,
        }
    }

    /// The unit of a slope.
    #[must_use]
    pub fn unit_a_week(&self) -> FindingUnit {
        match self.key.rated() {
            OutcomeKey::Sleep => FindingUnit::HoursAWeek,
            _ => FindingUnit::PointsAWeek,
        }
    }

    /// Decimals that a value of this outcome is shown with at most.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        if self.range.1 - self.range.0 < 10.0 { 2 } else { 1 }
    }

    /// A value, for a sentence.
    #[must_use]
    pub fn value(&self, value: f64) -> Param {
        Param::Number(value, self.decimals())
    }

    /// The size of a difference in words: "2.5 points", "1 hour".
    #[must_use]
    pub fn amount(&self, difference: f64) -> Message {
        self.sized(difference, self.decimals())
    }

    /// The size of a weekly slope in words, with one more decimal than [`Self::amount`].
    #[must_use]
    pub fn amount_a_week(&self, slope: f64) -> Message {
        self.sized(slope, self.decimals() + 1)
    }

    fn sized(&self, size: f64, decimals: u8) -> Message {
        let value = Param::Number(size, decimals);
        Message::new(match self.key.rated() {
            OutcomeKey::Sleep => "amount.hours",
            _ => "amount.points",
        })
        .with("value", value)
    }
}
