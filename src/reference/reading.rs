//! How the JSON of a table becomes its rows: each type of a row says once how it is read, and every
//! refusal names the row and the field.

use super::{
    Activity, AgentKind, ClashKind, ClashSeverity, Class, Condition, Confidence, DoseUnit,
    LeafletPart, Purpose, Release, Route, Stage, StoppingRisk, Subclass,
};
use crate::diary::{Day, Fields, Value};
use crate::error::{Code, Error, Result};
use chrono::NaiveDate;

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

/// Reads a list of exactly these values, in this order.
macro_rules! columns {
    ($row:ident { $($column:ident),* $(,)? }) => {
        impl $crate::reference::reading::FromTable for $row {
            fn read(
                value: $crate::diary::Value<'static>,
            ) -> $crate::error::Result<Self> {
                let [$($column),*] = value.array()?;
                Ok(Self {
                    $($column: $crate::reference::reading::column(
                        stringify!($column),
                        $column,
                    )?,)*
                })
            }
        }
    };
}
pub(super) use columns;

/// Takes a field that has to be there; only what may be `None` may be left out.
pub(super) fn field<T: FromTable>(row: &mut Fields<'static>, name: &str) -> Result<T> {
    let value = row.any(name);
    let absent = value.is_absent();
    T::read(value).map_err(|error| refused(name, absent, error))
}

/// Takes a value out of its column.
pub(super) fn column<T: FromTable>(name: &str, value: Value<'static>) -> Result<T> {
    T::read(value).map_err(|error| error.inside(name))
}

#[cold]
fn refused(name: &str, absent: bool, error: Error) -> Error {
    if absent { Error::new(Code::MissingField, name) } else { error.inside(name) }
}

/// Reads a table that is one list of rows. A refusal names the row by its id, or by its place where
/// it has none.
pub(super) fn rows<T: FromTable>(table: &str, value: Value<'static>) -> Result<Vec<T>> {
    let list = value.list().map_err(|error| error.inside(table))?;
    let mut rows = Vec::with_capacity(list.len());
    for (place, row) in list.into_iter().enumerate() {
        let id = id_of(&row, place);
        rows.push(T::read(row).map_err(|error| in_row(error, table, &id))?);
    }
    Ok(rows)
}

// Apart from `rows`, of which there is one for each table.
fn id_of(row: &Value<'static>, place: usize) -> String {
    let id = match row {
        Value::Object(fields) => fields.peek_text("id"),
        _ => None,
    };
    id.map_or_else(|| place.to_string(), str::to_owned)
}

#[cold]
#[inline(never)]
fn in_row(error: Error, table: &str, id: &str) -> Error {
    error.inside(&format!("{table}[{id}]"))
}

impl FromTable for bool {
    fn read(value: Value<'static>) -> Result<Self> {
        value.boolean()
    }
}

impl FromTable for NaiveDate {
    fn read(value: Value<'static>) -> Result<Self> {
        Day::parse(&value.text()?).map(Day::date)
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
words_of_tables!(
    Activity,
    AgentKind,
    ClashKind,
    ClashSeverity,
    Class,
    Condition,
    Confidence,
    DoseUnit,
    LeafletPart,
    Purpose,
    Release,
    Route,
    Stage,
    StoppingRisk,
    Subclass
);

impl<T: FromTable> FromTable for Option<T> {
    fn read(value: Value<'static>) -> Result<Self> {
        if value.is_absent() { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl<T: FromTable> FromTable for Vec<T> {
    fn read(value: Value<'static>) -> Result<Self> {
        value.list_of(T::read)
    }
}

impl<T: FromTable> FromTable for (T, T) {
    fn read(value: Value<'static>) -> Result<Self> {
        let [first, second] = value.array()?;
        Ok((T::read(first)?, T::read(second)?))
    }
}
