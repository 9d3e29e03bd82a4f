use crate::diary::{Catalogue, InstrumentShape, Range, Worse};

use super::Instrument;

/// The shapes of the built-in instruments, for a diary to refuse impossible answers.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue::new(super::instruments().iter().filter_map(shape).collect())
}

fn shape(instrument: &Instrument) -> Option<InstrumentShape> {
    let (min, max) = instrument.range.value;
    Some(InstrumentShape {
        instrument: instrument.id.as_str().into(),
        items: instrument.items.value.len(),
        item_max: instrument.answer_range().1,
        total: Range::new(f64::from(min), f64::from(max)).ok()?,
        worse: if instrument.higher_is_worse { Worse::Higher } else { Worse::Lower },
    })
}
