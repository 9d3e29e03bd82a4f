//! What is read at the edge and passed in: clock, zone, random numbers, preferences, console.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::file::Blob;
use gloo::file::callbacks::read_as_bytes;
use gloo::storage::{LocalStorage, Storage};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Date, Function, Intl, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::diary::Moment;
use crate::error::{Code, Error, Result};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_random(bytes: &mut [u8]);
}

pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill_random(&mut bytes);
    bytes
}

/// A time zone's rules, asked of `Intl`.
pub(super) struct Zone(Intl::DateTimeFormat);

impl Zone {
    /// The zone of that IANA name, or this device's.
    ///
    /// # Errors
    /// [`Code::UnknownValue`] at `zone`.
    pub(super) fn new(name: Option<&str>) -> Result<Self> {
        let refusal = || Error::new(Code::UnknownValue, "zone").with("value", name.unwrap_or(""));
        let options = Object::new();
        let set = |key: &str, value: &str| {
            Reflect::set(&options, &key.into(), &value.into()).map_err(|_| refusal())
        };
        set("timeZoneName", "longOffset")?;
        if let Some(name) = name {
            set("timeZone", name)?;
        }
        // The constructor throws for an unknown zone, which the typed binding cannot catch.
        let arguments = Array::of2(&"en-US".into(), &options);
        let made = Reflect::get(&js_sys::global(), &"Intl".into())
            .and_then(|intl| Reflect::get(&intl, &"DateTimeFormat".into()))
            .and_then(|class| Reflect::construct(class.unchecked_ref::<Function>(), &arguments));
        made.map(|format| Self(format.unchecked_into())).map_err(|_| refusal())
    }

    /// Minutes that clocks are ahead of UTC at an instant.
    pub(super) fn offset_minutes(&self, ms: f64) -> i32 {
        let parts = self.0.format_to_parts(&Date::new(&ms.into()));
        let name = parts.iter().find_map(|part| {
            let read = |key: &str| Reflect::get(&part, &key.into()).ok()?.as_string();
            (read("type")? == "timeZoneName").then(|| read("value")).flatten()
        });
        name.and_then(|name| parse_offset(&name)).unwrap_or(0)
    }

    /// The instant now, or `fixed`, with this zone's offset.
    pub(super) fn now(&self, fixed: Option<Moment>) -> Result<Moment> {
        let ms = fixed.map_or_else(Date::now, |moment| moment.ms() as f64);
        Moment::new(ms as i64, self.offset_minutes(ms))
    }
}

impl crate::interchange::Zone for Zone {
    fn offset_at(&self, ms: i64) -> i32 {
        self.offset_minutes(ms as f64)
    }
}

/// Reads `GMT`, `GMT+02:00` or `GMT-03:30`; seconds of historical offsets are dropped.
fn parse_offset(name: &str) -> Option<i32> {
    let rest = name.strip_prefix("GMT")?;
    if rest.is_empty() {
        return Some(0);
    }
    let (sign, rest) = match rest.as_bytes()[0] {
        b'+' => (1, &rest[1..]),
        b'-' => (-1, &rest[1..]),
        _ => (-1, rest.trim_start_matches('\u{2212}')),
    };
    let mut parts = rest.split(':');
    let hours: i32 = parts.next()?.parse().ok()?;
    let minutes: i32 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    Some(sign * (hours * 60 + minutes))
}

thread_local! {
    static SESSION_PREFERENCES: RefCell<Vec<(String, String)>> = RefCell::default();
}

/// The local storage, where this browser gives the page one: reading the property throws where it
/// is denied, and workers and Node have none.
fn local_storage() -> Option<web_sys::Storage> {
    let is_there = Reflect::get(&js_sys::global(), &"localStorage".into())
        .is_ok_and(|storage| storage.is_object())
        && Reflect::has(&js_sys::global(), &"window".into()).unwrap_or(false);
    is_there.then(LocalStorage::raw)
}

/// A preference that this browser keeps, or that was set since the page was loaded.
#[wasm_bindgen]
#[must_use]
pub fn preference(key: &str) -> Option<String> {
    let kept = local_storage().and_then(|storage| storage.get_item(key).ok().flatten());
    kept.or_else(|| {
        SESSION_PREFERENCES.with_borrow(|kept| {
            kept.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
        })
    })
}

/// Keeps a preference, in this browser where it allows that.
#[wasm_bindgen(js_name = setPreference)]
pub fn set_preference(key: String, value: String) {
    if local_storage().is_some_and(|storage| storage.set_item(&key, &value).is_ok()) {
        return;
    }
    SESSION_PREFERENCES.with_borrow_mut(|kept| {
        kept.retain(|(known, _)| *known != key);
        kept.push((key, value));
    });
}

/// The bytes of a file that a person chose, as a promise of a `Uint8Array`; rejects when the
/// browser cannot read the file.
#[wasm_bindgen(js_name = readFile)]
pub fn read_file(file: web_sys::Blob) -> Promise {
    let blob = Blob::from(file);
    Promise::new(&mut |resolve, reject| {
        let reader = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&reader);
        let reading = read_as_bytes(&blob, move |bytes| {
            // Throwing inside resolve or reject would mean that the page is gone.
            let _ = match bytes {
                Ok(bytes) => resolve.call1(&JsValue::NULL, &Uint8Array::from(&bytes[..]).into()),
                Err(error) => reject.call1(&JsValue::NULL, &JsError::from(error).into()),
            };
            kept.borrow_mut().take();
        });
        *reader.borrow_mut() = Some(reading);
    })
}

/// Lets the page breathe: a promise that resolves in a task of its own, between two pieces of
/// long work.
#[wasm_bindgen]
pub fn breathe() -> Promise {
    Promise::new(&mut |resolve, _| {
        Timeout::new(0, move || {
            let _ = resolve.call0(&JsValue::NULL);
        })
        .forget();
    })
}

/// Says in the console where the core stopped, without a word of what was recorded.
pub(super) fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        gloo::console::error!(format!("doseline stopped at {place}"));
    }));
}
