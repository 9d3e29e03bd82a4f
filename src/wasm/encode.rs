//! How refusals become JavaScript values; results are [parcels](super::parcel).

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::report::Words;

/// A real `Error` with `code` and `field`; its message is the sentence for the person.
pub(super) fn refusal(error: &Error, words: &Words) -> JsValue {
    let thrown = js_sys::Error::new(&words.text(&error.message()));
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&thrown, &"code".into(), &error.code().as_str().into());
    let _ = Reflect::set(&thrown, &"field".into(), &error.field().into());
    thrown.into()
}

/// The sentence of a refusal that arises outside the core, and is `api.…` in the catalogue.
#[wasm_bindgen]
#[must_use]
pub fn wording(key: &str, field: &str, value: &str) -> Option<String> {
    Words::english().about(key, field, value)
}
