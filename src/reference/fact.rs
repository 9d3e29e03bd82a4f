use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::reading::FromTable;
use crate::diary::{Value, words};
use crate::error::{Code, Error, Result};

/// Words of a table, kept for the life of the program and therefore free to copy.
///
/// A table is read from text that lives that long (compiled in, or handed over by the portal at
/// start), so a word borrows from it. Only a word written with JSON escapes is copied, once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(&'static str);

impl Text {
    /// The words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl FromTable for Text {
    fn read(value: Value<'static>) -> Result<Self> {
        Ok(match value.text()? {
            Cow::Borrowed(text) => Self(text),
            Cow::Owned(text) => Self(text.leak()),
        })
    }
}

words! {
    /// How far a row has been checked, weakest first.
    Confidence {
        /// Recalled, with no second source: shown with that mark.
        GeneralKnowledge = "general-knowledge",
        /// Recalled, and agreeing with a second dataset that has no authority of its own.
        CrossChecked = "cross-checked",
        /// Seen in the source it names.
        Verified = "verified",
    }
}

/// Short id of a row in the table of sources, for example `"kroenke-2001"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(super) &'static str);

impl SourceId {
    /// The id as it stands in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// The sources of one row, at least one.
///
/// In JSON their ids stand in one string, separated by blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sources(Text);

impl Sources {
    /// The ids as they stand in the tables, separated by blanks.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0.as_str()
    }

    /// The ids, in the order the row names them.
    pub fn ids(self) -> impl Iterator<Item = SourceId> {
        self.0.as_str().split_ascii_whitespace().map(SourceId)
    }
}

impl FromTable for Sources {
    fn read(value: Value<'static>) -> Result<Self> {
        let text = Text::read(value)?;
        if text.trim().is_empty() {
            return Err(Error::new(Code::BadText, "source"));
        }
        Ok(Self(text))
    }
}

/// A value with where it comes from and how far that was checked.
///
/// In JSON: `[value, "source-id other-source-id", "confidence"]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

/// A value that may be `None`: "not known here". It is never filled from memory.
pub type Fact<T> = Sourced<Option<T>>;

impl<T> Fact<T> {
    /// The fact where it is known.
    #[must_use]
    pub fn known(self) -> Option<Sourced<T>> {
        let Self { value, sources, confidence } = self;
        value.map(|value| Sourced { value, sources, confidence })
    }
}

impl<T: FromTable> FromTable for Sourced<T> {
    fn read(value: Value<'static>) -> Result<Self> {
        let (value, sources, confidence) = with_origin(value)?;
        Ok(Self { value: T::read(value)?, sources, confidence })
    }
}

/// Parts a sourced value, whatever it is a value of.
fn with_origin(value: Value<'static>) -> Result<(Value<'static>, Sources, Confidence)> {
    let [value, sources, confidence] = value.array()?;
    Ok((value, Sources::read(sources)?, Confidence::read(confidence)?))
}

/// A closed range of numbers, `low ≤ high`, both finite.
///
/// In JSON: `[low, high]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The lower end, included.
    pub low: f64,
    /// The upper end, included.
    pub high: f64,
}

impl Range {
    /// The middle of a range of positive quantities that differ by ratio, as half-lives do between
    /// people: the geometric mean.
    #[must_use]
    pub fn middle(self) -> f64 {
        (self.low * self.high).sqrt()
    }
}

impl FromTable for Range {
    fn read(value: Value<'static>) -> Result<Self> {
        let (low, high) = FromTable::read(value)?;
        if low <= high { Ok(Self { low, high }) } else { Err(Error::new(Code::OutOfRange, "")) }
    }
}
