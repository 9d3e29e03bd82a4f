use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};

use super::value::Fields;
use super::words::words;
use super::writer::Writer;

words! {
    /// What an amount counts.
    Unit {
        /// Milligrams.
        Milligram = "mg",
        /// Micrograms.
        Microgram = "mcg",
        /// Grams.
        Gram = "g",
        /// Millilitres of a liquid.
        Millilitre = "mL",
        /// Drops of a liquid.
        Drops = "drops",
        /// Tablets, capsules or other pieces of a known or unknown strength.
        Tablet = "tablet",
        /// A patch, by the milligrams it gives off in 24 hours.
        PatchPerDay = "mg/24h",
        /// Milliequivalents.
        Milliequivalent = "mEq",
        /// International units.
        InternationalUnit = "IU",
    }
}

impl Unit {
    /// How many milligrams one of this unit is; `None` where that needs a strength or has no
    /// answer.
    #[must_use]
    pub const fn milligrams(self) -> Option<f64> {
        match self {
            Self::Milligram | Self::PatchPerDay => Some(1.0),
            Self::Microgram => Some(0.001),
            Self::Gram => Some(1000.0),
            _ => None,
        }
    }

    /// Whether amounts are counted in pieces that can be halved and quartered at most.
    const fn is_counted(self) -> bool {
        matches!(self, Self::Tablet)
    }
}

/// How much of a medicine: positive and finite, at most 100,000 of its unit.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Amount(f64);

impl Amount {
    /// The largest amount that can be recorded, in any unit.
    pub const MAX: f64 = 100_000.0;
    const MIN: f64 = 1e-6;

    /// An amount of whatever unit stands beside it.
    ///
    /// # Errors
    /// [`Code::OutOfRange`] for zero, negative, infinite or undefined numbers and above
    /// [`Self::MAX`].
    pub fn new(amount: f64) -> Result<Self> {
        if (Self::MIN..=Self::MAX).contains(&amount) {
            return Ok(Self(amount));
        }
        let refusal = Error::new(Code::OutOfRange, "").with("value", amount);
        Err(refusal.with("min", 0.0).with("max", Self::MAX))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Amount {
    type Error = Error;

    fn try_from(amount: f64) -> Result<Self> {
        Self::new(amount)
    }
}

impl From<Amount> for f64 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

/// An amount with its unit. Tablets come whole, halved or quartered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    amount: Amount,
    unit: Unit,
}

impl Quantity {
    /// So much of a unit.
    ///
    /// # Errors
    /// [`Code::OutOfRange`] at `amount` for a tablet cut finer than quarters.
    pub fn new(amount: Amount, unit: Unit) -> Result<Self> {
        if unit.is_counted() && (amount.0 * 4.0).fract() != 0.0 {
            let refusal = Error::new(Code::OutOfRange, "amount").with("value", amount.0);
            return Err(refusal.with("min", 0.25).with("max", Amount::MAX));
        }
        Ok(Self { amount, unit })
    }

    /// How much.
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.amount
    }

    /// Of what.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Reads the fields `amount` and `unit`, both or neither.
    pub(crate) fn optional(fields: &mut Fields<'_>) -> Result<Option<Self>> {
        let amount = fields.amount("amount")?;
        let unit = fields.word("unit", Unit::parse)?;
        match (amount, unit) {
            (None, None) => Ok(None),
            (Some(amount), Some(unit)) => Self::new(amount, unit).map(Some),
            (Some(_), None) => Err(Error::new(Code::MissingField, "unit")),
            (None, Some(_)) => Err(Error::new(Code::MissingField, "amount")),
        }
    }

    pub(crate) fn write(self, w: &mut Writer) {
        w.number_field("amount", self.amount);
        w.plain_field("unit", self.unit);
    }
}

impl Fields<'_> {
    /// A positive amount.
    pub(crate) fn amount(&mut self, name: &str) -> Result<Option<Amount>> {
        let number = self.number(name, f64::MIN..=f64::MAX)?;
        number.map(Amount::new).transpose().map_err(|error| error.inside(name))
    }
}
