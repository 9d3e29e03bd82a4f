//! Who and what holds a person: their safety plan, and the people of their care team.

use crate::error::{Code, Error, Result};

use super::value::{Fields, Value};
use super::words::words;
use super::writer::Writer;

words! {
    /// The parts of a safety plan, in the order it is read in. The names are those of its fields.
    PlanPart {
        /// Signs that a crisis may be near.
        WarningSigns = "warningSigns",
        /// What the person can do by themselves.
        WhatHelps = "whatHelps",
        /// People and places that take the mind off it, and people to ask for help.
        People = "people",
        /// Professionals and services to contact.
        Professionals = "professionals",
        /// How to make the place around safer.
        SaferHome = "saferHome",
        /// Reasons to go on.
        Reasons = "reasons",
    }
}

/// What a person wrote for hard hours, in their own words, on a day they were well enough to.
///
/// The newest one is the plan. It is private: it is shown where the person looks for help and in no
/// report. The parts follow the safety plan of Stanley and Brown (2012), in plainer words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafetyPlan {
    /// The lines of each part, in the order of [`PlanPart::ALL`]; at least one line in all.
    parts: [Box<[Box<str>]>; PlanPart::ALL.len()],
}

impl SafetyPlan {
    /// The parts with their lines, as the person ordered them; those without a line too.
    pub fn parts(&self) -> impl Iterator<Item = (PlanPart, &[Box<str>])> {
        PlanPart::ALL.iter().copied().zip(self.parts.iter().map(AsRef::as_ref))
    }

    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &[
        "warningSigns",
        "warningSigns[]",
        "whatHelps",
        "whatHelps[]",
        "people",
        "people[]",
        "professionals",
        "professionals[]",
        "saferHome",
        "saferHome[]",
        "reasons",
        "reasons[]",
    ];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let mut parts = <[Box<[Box<str>]>; PlanPart::ALL.len()]>::default();
        for (part, lines) in PlanPart::ALL.iter().zip(&mut parts) {
            *lines = fields.list_of(part.as_str(), Value::name)?.into();
        }
        if parts.iter().all(|lines| lines.is_empty()) {
            return Err(Error::new(Code::MissingField, PlanPart::WarningSigns.as_str()));
        }
        Ok(Self { parts })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        for (part, lines) in self.parts().filter(|(_, lines)| !lines.is_empty()) {
            w.field(part.as_str()).list(lines.iter(), |w, line| w.string(line));
        }
    }
}

/// Someone of the care team, and how they can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Their name.
    pub name: Box<str>,
    /// What they are to the person: psychiatrist, therapist, sister …
    pub role: Option<Box<str>>,
    /// Their phone number.
    pub phone: Option<Phone>,
    /// How else to reach them: the portal's messages, a front desk …
    pub reach: Option<Box<str>>,
    /// When they can be reached.
    pub hours: Option<Box<str>>,
    /// Whether they prescribe the medicines.
    pub prescriber: bool,
}

impl Contact {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["name", "role", "phone", "reach", "hours", "prescriber"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            name: fields.needed_name("name")?,
            role: fields.name("role")?,
            phone: Phone::read(fields)?,
            reach: fields.name("reach")?,
            hours: fields.name("hours")?,
            prescriber: fields.word("prescriber", |text| (text == "yes").then_some(()))?.is_some(),
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("name", &self.name);
        w.optional_text("role", self.role.as_deref());
        w.optional_text("phone", self.phone.as_ref().map(Phone::as_str));
        w.optional_text("reach", self.reach.as_deref());
        w.optional_text("hours", self.hours.as_deref());
        if self.prescriber {
            w.plain_field("prescriber", "yes");
        }
    }
}

/// A phone number as people write it: 3 to 20 digits, with blanks and `+ ( ) - . /` between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(Box<str>);

impl Phone {
    /// The number as it was written.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the field `phone`.
    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Option<Self>> {
        let Some(text) = fields.name("phone")? else { return Ok(None) };
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let is_number = text.bytes().all(|byte| b"0123456789 +()-./".contains(&byte));
        match (3..=20).contains(&digits) && is_number {
            true => Ok(Some(Self(text))),
            false => Err(Error::new(Code::WrongType, "phone").with("wanted", "a phone number")),
        }
    }
}
