use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use super::words;

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

impl<'de: 'static> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;

        impl<'de: 'static> Visitor<'de> for Words {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text, E> {
                Ok(Text(text))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(Box::leak(text.into())))
            }
        }

        deserializer.deserialize_str(Words)
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
    /// The ids, in the order the row names them.
    pub fn ids(self) -> impl Iterator<Item = SourceId> {
        self.0.as_str().split_ascii_whitespace().map(SourceId)
    }
}

impl<'de: 'static> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        if text.trim().is_empty() {
            return Err(D::Error::custom("a row without a source"));
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

impl<'de: 'static, T: Deserialize<'de>> Deserialize<'de> for Sourced<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (value, sources, confidence) = Deserialize::deserialize(deserializer)?;
        Ok(Self { value, sources, confidence })
    }
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

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (low, high) = Deserialize::deserialize(deserializer)?;
        if low <= high { Ok(Self { low, high }) } else { Err(D::Error::custom("a range reversed")) }
    }
}
