//! The boundary: where plain data crosses between JavaScript and the core.
//!
//! This is the only room that names JavaScript. Each exported function decodes what it is given,
//! calls one function of the core and encodes the answer: a parcel that the JS API opens to plain
//! objects, numbers in columns as `Float64Array`, refusals as real `Error` objects with `code` and
//! `field`. The types of all this stand in `types.d.ts`, once.
//!
//! * [`Session`]: one open diary.
//! * [`wording`]: the sentences of refusals that arise outside the core.
//! * `bench`, with the feature of that name only: estimators by themselves, to be timed.
//! * [`preference`], [`set_preference`], [`read_file`], [`breathe`]: the browser's services.

#[cfg(feature = "bench")]
pub mod bench;
mod edge;
mod encode;
mod parcel;
mod session;

use wasm_bindgen::prelude::*;

pub use edge::{breathe, preference, read_file, set_preference};
pub use encode::wording;
pub use session::Session;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
