use std::fmt;

use js_sys::{Array, Float64Array};
use serde::ser::{self, Impossible, Serialize, Serializer};
use wasm_bindgen::prelude::*;

use crate::diary::Writer;

/// Plain data on its way to JavaScript: JSON, and aside from it what would hold JSON up or has no word
/// in it.
///
/// A few texts and one block of numbers cross in the time of a copy, from a worker to the page too; an
/// object or a text for each value takes ten times as long. `www/api/parcel.ts` opens it. In the place
/// of what lies aside the JSON has an object whose one field has no name:
///
/// * `{"":[0,80]}`: a column, the numbers from place 0 to before 80;
/// * `{"":[3]}`: a list of words such as identifiers, text 3, which is its JSON;
/// * `{"":3}`: a long text, text 3.
#[derive(Default)]
pub(super) struct Parcel {
    json: Writer,
    texts: Vec<String>,
    numbers: Vec<f64>,
    /// Words written so far: texts that need no escaping.
    words: usize,
}

/// Bytes from which on a text lies aside.
const LONG: usize = 1024;
/// Words from which on a list of them lies aside.
const MANY: usize = 8;

type Packed = Result<(), fmt::Error>;

impl Parcel {
    /// Packs a value.
    pub(super) fn of(value: &impl Serialize) -> Result<JsValue, fmt::Error> {
        let mut parcel = Self::default();
        value.serialize(&mut parcel)?;
        Ok(sealed(&parcel.json.finish(), &parcel.texts, &parcel.numbers))
    }

    /// Packs what is JSON already.
    pub(super) fn of_json(json: &str) -> JsValue {
        sealed(json, &[], &[])
    }

    fn number(&mut self, number: impl Into<f64>) -> Packed {
        match number.into() {
            number if number.is_finite() => self.json.number(number),
            _ => self.json.null(),
        }
        Ok(())
    }

    /// Lays a text aside and gives back its number.
    fn aside(&mut self, text: String) -> f64 {
        self.texts.push(text);
        (self.texts.len() - 1) as f64
    }

    /// Begins a list, which is written by itself until it is known whether it lies aside.
    fn list(&mut self) -> List<'_> {
        let (around, words) = (std::mem::take(&mut self.json), self.words);
        self.json.raw("[");
        List { parcel: self, around, words, items: 0 }
    }
}

fn sealed(json: &str, texts: &[String], numbers: &[f64]) -> JsValue {
    let texts: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
    Array::of3(&json.into(), &texts, &Float64Array::from(numbers)).into()
}

/// What stands in the place of something that lies aside.
fn nameless(w: &mut Writer, places: impl FnOnce(&mut Writer)) {
    w.object(|w| places(w.field("")));
}

/// The items of a list.
pub(super) struct List<'a> {
    parcel: &'a mut Parcel,
    /// What was written before it.
    around: Writer,
    /// How many words that has.
    words: usize,
    items: usize,
}

impl List<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Packed {
        self.items += 1;
        self.parcel.json.comma();
        value.serialize(&mut *self.parcel)
    }

    fn end(self) -> Packed {
        let Self { parcel, around, words, items } = self;
        parcel.json.raw("]");
        let list = std::mem::replace(&mut parcel.json, around).finish();
        // As many words as items: each is one, or each is an object with one.
        let is_words = parcel.words - words == items && list.starts_with("[\"");
        if items >= MANY && is_words {
            let number = parcel.aside(list);
            nameless(&mut parcel.json, |w| w.list([number], Writer::number));
        } else {
            parcel.json.raw(&list);
        }
        Ok(())
    }
}

/// The fields of an object.
pub(super) struct Object<'a>(&'a mut Parcel);

macro_rules! as_number {
    ($($name:ident: $number:ty,)*) => {
        $(fn $name(self, number: $number) -> Packed { self.number(number as f64) })*
    };
}

macro_rules! no_view_has {
    ($($name:ident($($argument:ty),*) -> $ok:ty;)*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$ok, fmt::Error> { Err(fmt::Error) })*
    };
}

impl<'a> Serializer for &'a mut Parcel {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = Impossible<(), fmt::Error>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Impossible<(), fmt::Error>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Impossible<(), fmt::Error>;

    as_number! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_bool(self, value: bool) -> Packed {
        self.json.raw(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Packed {
        if text.len() < LONG {
            self.json.string(text);
        } else {
            let number = self.aside(text.to_owned());
            nameless(&mut self.json, |w| w.number(number));
        }
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, word: &T) -> Packed {
        self.words += 1;
        self.json.plain(word);
        Ok(())
    }

    fn serialize_bytes(self, column: &[u8]) -> Packed {
        let from = self.numbers.len() as f64;
        let eights = column.as_chunks::<8>().0;
        self.numbers.extend(eights.iter().map(|eight| f64::from_le_bytes(*eight)));
        let to = self.numbers.len() as f64;
        nameless(&mut self.json, |w| w.list([from, to], Writer::number));
        Ok(())
    }

    fn serialize_none(self) -> Packed {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Packed {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Packed {
        self.json.null();
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Packed {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Packed {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, fmt::Error> {
        self.json.raw("{");
        Ok(Object(self))
    }

    no_view_has! {
        serialize_char(char) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Packed {
        Err(fmt::Error)
    }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Packed {
        self.item(value)
    }

    fn end(self) -> Packed {
        self.end()
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Packed {
        self.item(value)
    }

    fn end(self) -> Packed {
        self.end()
    }
}

impl ser::SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Packed {
        self.0.json.field(name);
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Packed {
        self.0.json.raw("}");
        Ok(())
    }
}
