use crate::error::{Code, Error, Result};

use super::check_in::{Answers, Assessment, Range, Worse};

/// What the diary must know of an instrument to refuse impossible answers: its shape, not its
/// words or its scoring.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentShape {
    /// The name its assessments are recorded under.
    pub instrument: Box<str>,
    /// How many scored items it has; 0 when only totals are known.
    pub items: usize,
    /// The highest score of one item.
    pub item_max: u8,
    /// The range of the total.
    pub total: Range,
    /// Which way it gets worse.
    pub worse: Worse,
}

impl InstrumentShape {
    /// Refuses answers that this instrument cannot have.
    ///
    /// # Errors
    /// [`Code::OutOfRange`] for another number of items, an item or a total outside its range.
    pub fn check(&self, assessment: &Assessment) -> Result<()> {
        match &assessment.answers {
            Answers::Total(total) => {
                self.total.check(*total).map_err(|error| error.inside("total"))
            }
            Answers::Items(items) => {
                if items.len() != self.items {
                    let refusal = Error::new(Code::OutOfRange, "items").with("value", items.len());
                    return Err(refusal.with("min", self.items).with("max", self.items));
                }
                let Some(place) =
                    items.iter().position(|item| item.is_some_and(|score| score > self.item_max))
                else {
                    return Ok(());
                };
                let refusal = Error::new(Code::OutOfRange, format!("items[{place}]"));
                let refusal = refusal.with("value", f64::from(items[place].unwrap_or(0)));
                Err(refusal.with("min", 0.0).with("max", f64::from(self.item_max)))
            }
        }
    }
}

/// The shapes of the instruments that `reference` knows; the diary adds its own definitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    instruments: Vec<InstrumentShape>,
}

impl Catalogue {
    /// A catalogue of these shapes.
    #[must_use]
    pub fn new(instruments: Vec<InstrumentShape>) -> Self {
        Self { instruments }
    }

    /// The shape of an instrument, if it is known.
    #[must_use]
    pub fn instrument(&self, name: &str) -> Option<&InstrumentShape> {
        self.instruments.iter().find(|shape| shape.instrument.as_ref() == name)
    }
}
