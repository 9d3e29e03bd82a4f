use std::fmt::{Display, Write};

use serde::ser::{self, Serialize, Serializer};

/// A value as a TypeScript literal: as JSON, but a column of numbers is a `Float64Array`.
pub(crate) fn literal(value: &impl Serialize) -> String {
    let mut out = Literal::default();
    value.serialize(&mut out).expect("a view that can be written");
    out.0
}

#[derive(Default)]
struct Literal(String);

#[derive(Debug)]
struct Unwritable(String);

impl Display for Unwritable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Written = Result<(), Unwritable>;

impl Literal {
    fn put(&mut self, text: impl Display) -> Written {
        write!(self.0, "{text}").map_err(ser::Error::custom)
    }

    fn open(&mut self, bracket: char) -> Result<Parts<'_>, Unwritable> {
        self.0.push(bracket);
        Ok(Parts { out: self, close: if bracket == '[' { ']' } else { '}' } })
    }
}

macro_rules! numbers {
    ($($name:ident: $number:ty,)*) => {
        $(fn $name(self, number: $number) -> Written { self.put(number) })*
    };
}

macro_rules! none_such {
    ($($name:ident($($argument:ty),*) -> $ok:ty;)*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$ok, Unwritable> {
            Err(ser::Error::custom(concat!("no view has a ", stringify!($name))))
        })*
    };
}

impl<'a> Serializer for &'a mut Literal {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = ser::Impossible<(), Unwritable>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = ser::Impossible<(), Unwritable>;

    numbers! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_f32: f32,
    }

    none_such! {
        serialize_char(char) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> ser::Impossible<(), Unwritable>;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> ser::Impossible<(), Unwritable>;
    }

    fn serialize_f64(self, number: f64) -> Written {
        assert!(number.is_finite(), "a number of a view is {number}");
        self.put(number)
    }

    fn serialize_str(self, text: &str) -> Written {
        self.put(serde_json::Value::from(text))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        let numbers = bytes.as_chunks::<8>().0.iter().map(|eight| f64::from_le_bytes(*eight));
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        self.put(format_args!("new Float64Array([{}])", numbers.join(", ")))
    }

    fn serialize_none(self) -> Written {
        self.put("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.put("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, Unwritable> {
        self.open('[')
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, Unwritable> {
        self.open('[')
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Unwritable> {
        self.open('[')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>, Unwritable> {
        self.open('{')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Unwritable> {
        self.open('{')
    }
}

/// The elements of a list, or the fields of an object.
struct Parts<'a> {
    out: &'a mut Literal,
    close: char,
}

impl Parts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut *self.out)?;
        self.out.put(", ")
    }

    fn end(self) -> Written {
        self.out.put(self.close)
    }
}

macro_rules! parts {
    ($($list:ident::$part:ident),*) => {
        $(impl ser::$list for Parts<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn $part<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.part(value)
            }

            fn end(self) -> Written {
                Parts::end(self)
            }
        })*
    };
}

parts!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field
);

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(&mut *self.out)?;
        self.out.put(": ")
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.part(value)
    }

    fn end(self) -> Written {
        Parts::end(self)
    }
}

impl ser::SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.out.put(format_args!("{name}: "))?;
        self.part(value)
    }

    fn end(self) -> Written {
        Parts::end(self)
    }
}
