//! How results and refusals become JavaScript values.

use js_sys::{Array, Float64Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
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

/// Plain data, columns as `Float64Array`.
pub(super) fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = Serializer::json_compatible().serialize_bytes_as_arrays(false);
    let value = value.serialize(&serializer)?;
    Ok(with_columns(value))
}

/// A column leaves serde as bytes; here it becomes what it is. Lists hold things of one kind, so
/// one without objects is left after its first item: some are as long as the diary.
fn with_columns(value: JsValue) -> JsValue {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        return Float64Array::new(&bytes.buffer()).into();
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        for place in 0..list.length() {
            let item = list.get(place);
            if item.is_object() {
                list.set(place, with_columns(item));
            } else if !item.is_null() {
                break;
            }
        }
    } else if let Some(object) = value.dyn_ref::<Object>() {
        for key in Object::keys(object).iter() {
            let Ok(item) = Reflect::get(object, &key) else { continue };
            if item.is_object() {
                let _ = Reflect::set(object, &key, &with_columns(item));
            }
        }
    }
    value
}
