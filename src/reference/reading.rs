//! How the JSON of a table becomes its rows: each type of a row says once how it is read, and every
//! refusal names the row and the field.

use std::borrow::Cow;

use super::{Activity, Class, Confidence, DoseUnit, Purpose, Release, Route, Subclass};
use crate::diary::{Fields, Value};
use crate::error::{Code, Error, Result};

/// What a table can hold, read from text that lives as long as the program.
pub(super) trait FromTable: Sized {
    fn read(value: Value<'static>) -> Result<Self>;
}

/// Reads an object with exactly these fields, named in the table as in Rust unless stated.
macro_rules! row {
    ($row:ident { $($field:ident $(: $name:literal)?),* $(,)? }) => {
        impl $crate::reference::reading::FromTable for $row {
            fn read(
                value: $crate::diary::Value<'static>,
            ) -> $crate::error::Result<Self> {
                let mut row = value.object()?;
                let read = Self {
                    $($field: $crate::reference::reading::field(
                        &mut row,
                        $crate::reference::reading::row!(@name $field $($name)?),
                    )?,)*
                };
                row.finish()?;
                Ok(read)
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}
pub(super) use row;

/// Takes a field that has to be there; only what may be `None` may be left out.
pub(super) fn field<T: FromTable>(row: &mut Fields<'static>, name: &str) -> Result<T> {
    let value = row.any(name);
    let absent = value.is_absent();
    T::read(value).map_err(|error| {
        if absent { Error::new(Code::MissingField, name) } else { error.inside(name) }
    })
}

/// Reads a table that is one list of rows.
pub(super) fn rows<T: FromTable>(table: &str, text: &'static str) -> Result<Vec<T>> {
    let rows = Value::from_json(text).and_then(Value::list);
    let read = |(place, row): (usize, Value<'static>)| {
        let id = match &row {
            Value::Object(fields) => fields.peek_text("id").map(str::to_owned),
            _ => None,
        };
        T::read(row).map_err(|error| {
            let id = id.unwrap_or_else(|| place.to_string());
            error.inside(&format!("{table}[{id}]"))
        })
    };
    rows.map_err(|error| error.inside(table))?.into_iter().enumerate().map(read).collect()
}

/// Text that the table keeps; only what was written with JSON escapes is copied.
pub(super) fn kept(text: Cow<'static, str>) -> &'static str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.leak(),
    }
}

impl FromTable for bool {
    fn read(value: Value<'static>) -> Result<Self> {
        value.boolean()
    }
}

impl FromTable for f64 {
    fn read(value: Value<'static>) -> Result<Self> {
        value.number(Self::MIN..=Self::MAX)
    }
}

impl FromTable for u16 {
    fn read(value: Value<'static>) -> Result<Self> {
        value.whole(0.0..=Self::MAX.into())
    }
}

impl FromTable for u8 {
    fn read(value: Value<'static>) -> Result<Self> {
        value.whole(0.0..=Self::MAX.into()).map(|number| number as Self)
    }
}

/// Reads a word of a closed list.
macro_rules! words_of_tables {
    ($($word:ty),*) => {
        $(impl FromTable for $word {
            fn read(value: Value<'static>) -> Result<Self> {
                value.word(Self::parse)
            }
        })*
    };
}
words_of_tables!(Activity, Class, Confidence, DoseUnit, Purpose, Release, Route, Subclass);

impl<T: FromTable> FromTable for Option<T> {
    fn read(value: Value<'static>) -> Result<Self> {
        if value.is_absent() { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl<T: FromTable> FromTable for Vec<T> {
    fn read(value: Value<'static>) -> Result<Self> {
        let read = |(place, value)| {
            T::read(value).map_err(|error: Error| error.inside(&format!("[{place}]")))
        };
        value.list()?.into_iter().enumerate().map(read).collect()
    }
}

impl<T: FromTable> FromTable for (T, T) {
    fn read(value: Value<'static>) -> Result<Self> {
        let [first, second] = value.array()?;
        Ok((T::read(first)?, T::read(second)?))
    }
}
