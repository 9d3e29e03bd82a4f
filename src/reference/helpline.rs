//! Whom anyone can reach in a crisis, by country.
//!
//! A wrong number is worse than none, so only numbers that a source names stand here; elsewhere people
//! are shown a directory and told to call their local emergency number.

use super::reading::row;
use super::{Confidence, Pack, Sources, Text};

/// A line to call, a number to text or a directory of helplines.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Helpline {
    /// Kebab-case id; the order of the ids is the order they are shown in.
    pub id: Text,
    /// ISO 3166 codes of the countries it serves; none: it serves all.
    pub countries: Vec<Text>,
    /// Key of its name, `helpline.…`.
    pub name: Text,
    /// Key of where it serves, for those whose country is not known.
    pub place: Text,
    /// The number to call.
    pub phone: Option<Text>,
    /// The number to send a text message to.
    pub text: Option<Text>,
    /// The word to send there.
    pub say: Option<Text>,
    /// The address of its page.
    pub web: Option<Text>,
    /// Key of when it is there.
    pub hours: Option<Text>,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(Helpline { id, countries, name, place, phone, text, say, web, hours, sources, confidence });

impl Helpline {
    /// Whether it serves a country; where that is not known, any may be the one.
    #[must_use]
    pub fn serves(&self, country: Option<&str>) -> bool {
        let is_it = |country| self.countries.iter().any(|known| known.as_str() == country);
        self.countries.is_empty() || country.is_none_or(is_it)
    }
}

impl Pack {
    /// Every helpline, in the order they are shown in.
    #[must_use]
    pub fn helplines(&self) -> &[Helpline] {
        &self.helplines
    }
}
