use crate::error::{Code, Error, Result};

use super::sorting::Sorting;
use super::value::{Fields, NAME_LIMIT, Value};
use super::words::words;
use super::writer::Writer;

words! {
    /// Which way an outcome gets worse.
    Worse {
        /// A higher number is worse (anxiety, PHQ-9).
        Higher = "higher",
        /// A lower number is worse (mood, energy).
        Lower = "lower",
        /// Neither way is worse as such (hours of sleep).
        Neither = "neither",
    }
}

words! {
    /// The outcomes every diary has. Each is rated from 0 to 10.
    BuiltInOutcome {
        /// 0 very low, 10 very good.
        Mood = "mood",
        /// 0 none, 10 worst.
        Anxiety = "anxiety",
        /// 0 none, 10 a lot.
        Energy = "energy",
        /// 0 none, 10 worst.
        Irritability = "irritability",
        /// 0 cannot focus, 10 focus is easy.
        Focus = "focus",
        /// How well work or study went, 0 not at all, 10 well.
        Work = "work",
        /// How well things at home went, 0 not at all, 10 well.
        Home = "home",
        /// How well being with people went, 0 not at all, 10 well.
        People = "people",
    }
}

impl BuiltInOutcome {
    /// Which way the rating gets worse.
    #[must_use]
    pub const fn worse(self) -> Worse {
        match self {
            Self::Anxiety | Self::Irritability => Worse::Higher,
            _ => Worse::Lower,
        }
    }
}

/// The name under which an outcome's ratings are recorded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeId {
    /// One that every diary has.
    BuiltIn(BuiltInOutcome),
    /// One that this diary defines.
    Custom(Box<str>),
}

impl OutcomeId {
    /// The outcome called `text`.
    ///
    /// # Errors
    /// [`Code::BadText`] when the text is empty or longer than 200 characters.
    pub fn parse(text: &str) -> Result<Self> {
        if let Some(outcome) = BuiltInOutcome::parse(text) {
            return Ok(Self::BuiltIn(outcome));
        }
        if text.trim().is_empty() || text.chars().count() > NAME_LIMIT {
            return Err(Error::new(Code::BadText, "").with("limit", NAME_LIMIT));
        }
        Ok(Self::Custom(text.into()))
    }

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::BuiltIn(outcome) => outcome.as_str(),
            Self::Custom(name) => name,
        }
    }
}

/// A scale from `min` to `max`, both finite, `min` below `max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    min: f64,
    max: f64,
}

impl Range {
    /// The range of every built-in outcome.
    pub const ZERO_TO_TEN: Self = Self { min: 0.0, max: 10.0 };
    /// No bound that matters: what a rating of an undefined custom outcome may be.
    const WIDE: std::ops::RangeInclusive<f64> = -1e6..=1e6;

    /// The scale from `min` to `max`, both ends included.
    ///
    /// # Errors
    /// [`Code::EndBeforeStart`] at `max` unless `min < max`.
    pub fn new(min: f64, max: f64) -> Result<Self> {
        if min < max && min.is_finite() && max.is_finite() {
            Ok(Self { min, max })
        } else {
            Err(Error::new(Code::EndBeforeStart, "max"))
        }
    }

    /// The lowest value.
    #[must_use]
    pub const fn min(self) -> f64 {
        self.min
    }

    /// The highest value.
    #[must_use]
    pub const fn max(self) -> f64 {
        self.max
    }

    /// Refuses a value outside the range.
    ///
    /// # Errors
    /// [`Code::OutOfRange`].
    pub fn check(self, value: f64) -> Result<()> {
        if (self.min..=self.max).contains(&value) {
            return Ok(());
        }
        let refusal = Error::new(Code::OutOfRange, "").with("value", value);
        Err(refusal.with("min", self.min).with("max", self.max))
    }

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let min = fields.needed_number("min", Self::WIDE)?;
        let max = fields.needed_number("max", Self::WIDE)?;
        Self::new(min, max)
    }

    fn write(self, w: &mut Writer) {
        w.number_field("min", self.min);
        w.number_field("max", self.max);
    }
}

/// One rating of a check-in.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// What was rated.
    pub outcome: OutcomeId,
    /// The number given, inside the outcome's range.
    pub value: f64,
}

/// Symptom ratings, sleep, cycle day, tags and a note recorded together; any number a day.
/// Nothing in it is mandatory, but a check-in with nothing at all cannot be built.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckIn {
    ratings: Box<[Rating]>,
    sleep_hours: Option<f64>,
    cycle_day: Option<u16>,
    tags: Box<[Box<str>]>,
    note: Option<Box<str>>,
}

impl CheckIn {
    /// The tag of a check-in that tells what helped in a hard hour.
    pub const HELPED: &str = "helped";

    /// The ratings, in alphabetical order of their outcomes' names.
    #[must_use]
    pub const fn ratings(&self) -> &[Rating] {
        &self.ratings
    }

    /// Hours slept in the night before, 0–24.
    #[must_use]
    pub const fn sleep_hours(&self) -> Option<f64> {
        self.sleep_hours
    }

    /// Day of the menstrual cycle, 1–120; day 1 is the first day of bleeding.
    #[must_use]
    pub const fn cycle_day(&self) -> Option<u16> {
        self.cycle_day
    }

    /// Words the person marked the check-in with, sorted, each once.
    #[must_use]
    pub const fn tags(&self) -> &[Box<str>] {
        &self.tags
    }

    /// What the person wrote.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] =
        &["ratings", "ratings.*", "sleepHours", "cycleDay", "tags", "tags[]", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let mut ratings = Vec::new();
        if let Some(object) = fields.object("ratings")? {
            ratings.reserve_exact(object.len());
            for (name, value) in object.left() {
                ratings.push(read_rating(&name, value).map_err(|error| error.inside("ratings"))?);
            }
        }
        ratings.arrange_by(|a, b| a.outcome.as_str().cmp(b.outcome.as_str()));
        if let Some(twice) = ratings.windows(2).find(|pair| pair[0].outcome == pair[1].outcome) {
            let field = format!("ratings.{}", twice[0].outcome.as_str());
            return Err(Error::new(Code::UnknownField, field));
        }
        let mut tags = fields.list_of("tags", Value::name)?;
        tags.arrange_by(Ord::cmp);
        tags.dedup();
        let check_in = Self {
            ratings: ratings.into(),
            sleep_hours: fields.number("sleepHours", 0.0..=24.0)?,
            cycle_day: fields.whole("cycleDay", 1.0..=120.0)?,
            tags: tags.into(),
            note: fields.note("note")?,
        };
        if check_in == Self::default() {
            return Err(Error::new(Code::MissingField, "ratings"));
        }
        Ok(check_in)
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        if !self.ratings.is_empty() {
            w.field("ratings").object(|w| {
                for rating in &self.ratings {
                    w.number_field(rating.outcome.as_str(), rating.value);
                }
            });
        }
        w.optional_number("sleepHours", self.sleep_hours);
        w.optional_number("cycleDay", self.cycle_day);
        if !self.tags.is_empty() {
            w.field("tags").list(self.tags.iter(), |w, tag| w.string(tag));
        }
        w.optional_text("note", self.note());
    }
}

fn read_rating(name: &str, value: Value<'_>) -> Result<Rating> {
    let outcome = OutcomeId::parse(name).map_err(|error| error.inside(name))?;
    let range = match outcome {
        OutcomeId::BuiltIn(_) => Range::ZERO_TO_TEN.min..=Range::ZERO_TO_TEN.max,
        OutcomeId::Custom(_) => Range::WIDE,
    };
    let value = value.number(range).map_err(|error| error.inside(name))?;
    Ok(Rating { outcome, value })
}

/// An outcome this diary defines: something of the person's own to rate in check-ins.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeDefinition {
    /// The name its ratings are recorded under.
    pub outcome: Box<str>,
    /// What it is called on screen.
    pub name: Box<str>,
    /// The scale.
    pub range: Range,
    /// Which way it gets worse.
    pub worse: Worse,
    /// The smallest change that matters to the person, in points of the scale.
    pub smallest_change: Option<f64>,
}

impl OutcomeDefinition {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] =
        &["outcome", "name", "min", "max", "worse", "smallestChange"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let outcome = fields.needed_name("outcome")?;
        if BuiltInOutcome::parse(&outcome).is_some() {
            let refusal = Error::new(Code::UnknownValue, "outcome");
            return Err(refusal.with("value", outcome.into_string()));
        }
        Ok(Self {
            outcome,
            name: fields.needed_name("name")?,
            range: Range::read(fields)?,
            worse: fields.needed_word("worse", Worse::parse)?,
            smallest_change: fields.number("smallestChange", 0.0..=1e6)?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("outcome", &self.outcome);
        w.text_field("name", &self.name);
        self.range.write(w);
        w.plain_field("worse", self.worse);
        w.optional_number("smallestChange", self.smallest_change);
    }
}

/// An instrument this diary defines, known by its total only: a scale that the tables do not
/// hold, such as the depression mean of the SCL-90-R.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentDefinition {
    /// The name its assessments are recorded under.
    pub instrument: Box<str>,
    /// What it is called on screen.
    pub name: Box<str>,
    /// The range of the total.
    pub range: Range,
    /// Which way it gets worse.
    pub worse: Worse,
    /// Days the questions look back over.
    pub recall_days: Option<u16>,
    /// The smallest change that matters, in points of the total.
    pub smallest_change: Option<f64>,
}

impl InstrumentDefinition {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] =
        &["instrument", "name", "min", "max", "worse", "recallDays", "smallestChange"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            instrument: fields.needed_name("instrument")?,
            name: fields.needed_name("name")?,
            range: Range::read(fields)?,
            worse: fields.needed_word("worse", Worse::parse)?,
            recall_days: fields.whole("recallDays", 0.0..=366.0)?,
            smallest_change: fields.number("smallestChange", 0.0..=1e6)?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("instrument", &self.instrument);
        w.text_field("name", &self.name);
        self.range.write(w);
        w.plain_field("worse", self.worse);
        w.optional_number("recallDays", self.recall_days);
        w.optional_number("smallestChange", self.smallest_change);
    }
}

/// One completed filling of an instrument: its answers, or only its total where the answers are
/// not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Which instrument. One that neither the tables nor the diary know is kept and not scored.
    pub instrument: Box<str>,
    /// Its answers or its total.
    pub answers: Answers,
    /// The unscored difficulty question of the PHQ family, 0 (not difficult) to 3 (extremely).
    pub difficulty: Option<u8>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

/// What an assessment holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// The score of each item in order, `None` where it was not answered.
    Items(Box<[Option<u8>]>),
    /// The total as it was reported.
    Total(f64),
}

impl Assessment {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] =
        &["instrument", "items", "items[]", "total", "difficulty", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let instrument = fields.needed_name("instrument")?;
        let items = fields.list_of("items", |value| match value {
            Value::Absent => Ok(None),
            value => value.whole(0.0..=100.0).map(|score| Some(score as u8)),
        })?;
        let total = fields.number("total", Range::WIDE)?;
        let answers = match (items.is_empty(), total) {
            (false, None) => Answers::Items(items.into()),
            (true, Some(total)) => Answers::Total(total),
            _ => return Err(Error::new(Code::ExactlyOne, "items").with("other", "total")),
        };
        Ok(Self {
            instrument,
            answers,
            difficulty: fields.whole("difficulty", 0.0..=3.0)?.map(|score| score as u8),
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("instrument", &self.instrument);
        match &self.answers {
            Answers::Items(items) => w.field("items").list(items.iter(), |w, item| match item {
                Some(score) => w.number(f64::from(*score)),
                None => w.null(),
            }),
            Answers::Total(total) => w.number_field("total", *total),
        }
        w.optional_number("difficulty", self.difficulty);
        w.optional_text("note", self.note.as_deref());
    }
}
