use csv::{ReaderBuilder, StringRecord};

use crate::error::{Code, Error, Result};

/// The text of a CSV file: a header and rows of as many cells.
///
/// Rows are counted as a spreadsheet shows them: the header is row 1. Empty lines are skipped and
/// not counted.
pub(super) struct Table {
    header: StringRecord,
    rows: Vec<StringRecord>,
}

impl Table {
    /// Reads UTF-8 with or without a byte order mark, lines ended by LF or CRLF, cells quoted or
    /// not.
    pub(super) fn read(bytes: &[u8], delimiter: u8) -> Result<Self> {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
        let header = reader.headers().map_err(|error| refused(&error))?.clone();
        let rows = reader.records().collect::<csv::Result<_>>().map_err(|error| refused(&error))?;
        Ok(Self { header, rows })
    }

    /// The names of the columns, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(str::trim)
    }

    /// The place of the column called `name`.
    pub(super) fn column(&self, name: &str) -> Result<Column> {
        let mut places = self.columns().enumerate().filter(|(_, column)| *column == name);
        let field = format!("row[1].{name}");
        match (places.next(), places.next()) {
            (Some((place, _)), None) => Ok(Column { place, name: name.into() }),
            (None, _) => Err(Error::new(Code::MissingField, field)),
            (Some(_), Some(_)) => {
                Err(Error::new(Code::InvalidCsv, field).with("detail", "two columns of one name"))
            }
        }
    }

    /// The rows below the header, each with its number.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().zip(2..).map(|(cells, number)| Row { number, cells })
    }
}

/// Where a column stands, and what it is called.
pub(super) struct Column {
    place: usize,
    name: Box<str>,
}

/// One row and its number.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    number: usize,
    cells: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The text of a cell without the space around it.
    pub(super) fn cell(&self, column: &Column) -> &'a str {
        self.cells.get(column.place).unwrap_or_default().trim()
    }

    /// What is wrong with a cell, as a refusal about its row and column.
    pub(super) fn refuse(&self, column: &Column, error: Error) -> Error {
        error.inside(&format!("row[{}].{}", self.number, column.name))
    }

    /// What is wrong with the row, as a refusal about it.
    pub(super) fn refuse_whole(&self, error: Error) -> Error {
        error.inside(&format!("row[{}]", self.number))
    }
}

fn refused(error: &csv::Error) -> Error {
    let row = error.position().map_or(1, |position| position.record() + 1);
    Error::new(Code::InvalidCsv, format!("row[{row}]")).with("detail", error.to_string())
}
