use serde::Deserializer;

use crate::diary::{
    Fields, InstrumentDefinition, Medicine, OutcomeDefinition, OutcomeId, Since, Unit, Value,
    read_fields,
};
use crate::error::{Code, Error, Result};

/// A mapping that ships with Doseline.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The name it is asked for by, which is the mapping's own `mapping`.
    pub name: &'static str,
    /// The mapping in its JSON form.
    pub json: &'static str,
}

/// Every mapping that ships with Doseline, by name.
pub const PRESETS: &[Preset] =
    &[Preset { name: "kossakowski", json: include_str!("presets/kossakowski.json") }];

/// How the columns of a CSV file become entries. Its JSON form is in `docs/csv-import.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    pub(super) name: Box<str>,
    title: Option<Box<str>>,
    source: Option<Box<str>>,
    zone: Option<Box<str>>,
    pub(super) delimiter: u8,
    pub(super) decimal: char,
    pub(super) missing: Box<[Box<str>]>,
    pub(super) date: Box<str>,
    pub(super) date_format: DateFormat,
    pub(super) time: Box<[Box<str>]>,
    pub(super) check_ins: Box<[CheckInColumns]>,
    pub(super) assessments: Box<[AssessmentColumn]>,
    pub(super) doses: Box<[DoseColumn]>,
}

/// In which order the parts of a date stand, and what stands between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DateFormat {
    pub(super) separator: char,
    /// The places of year, month and day.
    pub(super) order: [usize; 3],
}

/// Columns that become one check-in for each row, or one for each day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CheckInColumns {
    pub(super) once_a_day: bool,
    pub(super) ratings: Box<[RatingColumn]>,
    pub(super) sleep_hours: Option<Box<str>>,
    pub(super) note: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct RatingColumn {
    pub(super) column: Box<str>,
    pub(super) outcome: RatedOutcome,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum RatedOutcome {
    BuiltIn(OutcomeId),
    Own(OutcomeDefinition),
}

/// A column that holds the total of an instrument on the days it was taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AssessmentColumn {
    pub(super) column: Box<str>,
    pub(super) instrument: Box<str>,
    pub(super) definition: Option<InstrumentDefinition>,
}

/// A column that holds the prescribed daily dose of a medicine.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DoseColumn {
    pub(super) column: Box<str>,
    pub(super) unit: Unit,
    /// Since when the first dose was taken, where not from its first row on.
    pub(super) since: Option<Since>,
    pub(super) medicine: Medicine,
}

impl Mapping {
    /// The shipped mapping called `name`.
    ///
    /// # Errors
    /// [`Code::UnknownValue`] at `mapping` when there is none.
    pub fn preset(name: &str) -> Result<Self> {
        match PRESETS.iter().find(|preset| preset.name == name) {
            Some(preset) => Self::parse(preset.json),
            None => Err(Error::new(Code::UnknownValue, "mapping").with("value", name)),
        }
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`Code::InvalidJson`], or what is wrong with the first field that cannot be read.
    pub fn parse(json: &str) -> Result<Self> {
        Self::whole(Value::from_json(json)?.object()?)
    }

    /// Reads the same form as plain data.
    ///
    /// # Errors
    /// What is wrong with the first field that cannot be read.
    pub fn read<'de>(plain: impl Deserializer<'de>) -> Result<Self> {
        Self::whole(read_fields(plain)?)
    }

    fn whole(mut fields: Fields<'_>) -> Result<Self> {
        let mapping = Self::from_fields(&mut fields)?;
        fields.finish()?;
        if mapping.check_ins.is_empty()
            && mapping.assessments.is_empty()
            && mapping.doses.is_empty()
        {
            return Err(Error::new(Code::MissingField, "checkIns"));
        }
        Ok(mapping)
    }

    fn from_fields(fields: &mut Fields<'_>) -> Result<Self> {
        let name = fields.needed_name("mapping")?;
        let (date, date_format) = needed(fields.object("date")?, "date")
            .and_then(|inner| read_date(inner).map_err(|error| error.inside("date")))?;
        let delimiter = fields.word("delimiter", |text| match text {
            "," | ";" | "\t" => Some(text.as_bytes()[0]),
            _ => None,
        })?;
        let decimal = fields.word("decimal", |text| match text {
            "." => Some('.'),
            "," => Some(','),
            _ => None,
        })?;
        Ok(Self {
            name,
            title: fields.name("title")?,
            source: fields.note("source")?,
            zone: fields.name("zone")?,
            delimiter: delimiter.unwrap_or(b','),
            decimal: decimal.unwrap_or('.'),
            missing: fields.list_of("missing", Value::name)?.into(),
            date,
            date_format,
            time: fields.list_of("time", Value::name)?.into(),
            check_ins: fields.list_of("checkIns", read_check_in)?.into(),
            assessments: fields.list_of("assessments", read_assessment)?.into(),
            doses: fields.list_of("doses", read_dose)?.into(),
        })
    }

    /// The name, which the identifiers of its entries follow from.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the files it reads are called on screen.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Where the files come from, and where the scales of their columns are described.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The IANA zone the file was written in; `None` when it is the zone of the reader.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// The name of every column it reads; some more than once.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        let check_ins = self.check_ins.iter().flat_map(|group| {
            let ratings = group.ratings.iter().map(|rating| &rating.column);
            ratings.chain(&group.sleep_hours).chain(&group.note)
        });
        std::iter::once(&self.date)
            .chain(&self.time)
            .chain(check_ins)
            .chain(self.assessments.iter().map(|assessment| &assessment.column))
            .chain(self.doses.iter().map(|dose| &dose.column))
            .map(AsRef::as_ref)
    }
}

fn needed<T>(value: Option<T>, field: &str) -> Result<T> {
    value.ok_or_else(|| Error::new(Code::MissingField, field))
}

fn read_date(mut fields: Fields<'_>) -> Result<(Box<str>, DateFormat)> {
    let column = fields.needed_name("column")?;
    let format = fields.word("format", |text| {
        let (separator, order) = match text {
            "YYYY-MM-DD" => ('-', [0, 1, 2]),
            "YYYY/MM/DD" => ('/', [0, 1, 2]),
            "DD-MM-YYYY" => ('-', [2, 1, 0]),
            "DD/MM/YYYY" => ('/', [2, 1, 0]),
            "DD.MM.YYYY" => ('.', [2, 1, 0]),
            "MM/DD/YYYY" => ('/', [2, 0, 1]),
            _ => return None,
        };
        Some(DateFormat { separator, order })
    })?;
    fields.finish()?;
    Ok((column, format.unwrap_or(DateFormat { separator: '-', order: [0, 1, 2] })))
}

fn read_check_in(value: Value<'_>) -> Result<CheckInColumns> {
    let mut fields = value.object()?;
    let once_a_day = fields.needed_word("each", |text| match text {
        "row" => Some(false),
        "day" => Some(true),
        _ => None,
    })?;
    let group = CheckInColumns {
        once_a_day,
        ratings: fields.list_of("ratings", read_rating)?.into(),
        sleep_hours: fields.name("sleepHours")?,
        note: fields.name("note")?,
    };
    fields.finish()?;
    if group.ratings.is_empty() && group.sleep_hours.is_none() && group.note.is_none() {
        return Err(Error::new(Code::MissingField, "ratings"));
    }
    Ok(group)
}

fn read_rating(value: Value<'_>) -> Result<RatingColumn> {
    let mut fields = value.object()?;
    let column = fields.needed_name("column")?;
    let name = needed(fields.peek_text("outcome"), "outcome")?;
    let outcome = match OutcomeId::parse(name).map_err(|error| error.inside("outcome"))? {
        built_in @ OutcomeId::BuiltIn(_) => {
            fields.any("outcome");
            RatedOutcome::BuiltIn(built_in)
        }
        OutcomeId::Custom(_) => RatedOutcome::Own(OutcomeDefinition::read(&mut fields)?),
    };
    fields.finish()?;
    Ok(RatingColumn { column, outcome })
}

fn read_assessment(value: Value<'_>) -> Result<AssessmentColumn> {
    let mut fields = value.object()?;
    let column = fields.needed_name("column")?;
    let assessment = if fields.peek_text("name").is_some() {
        let definition = InstrumentDefinition::read(&mut fields)?;
        let instrument = definition.instrument.clone();
        AssessmentColumn { column, instrument, definition: Some(definition) }
    } else {
        let instrument = fields.needed_name("instrument")?;
        AssessmentColumn { column, instrument, definition: None }
    };
    fields.finish()?;
    Ok(assessment)
}

fn read_dose(value: Value<'_>) -> Result<DoseColumn> {
    let mut fields = value.object()?;
    let column = fields.needed_name("column")?;
    let unit = fields.needed_word("unit", Unit::parse)?;
    let since = fields.word("since", Since::parse)?;
    let mut inner = needed(fields.object("medicine")?, "medicine")?;
    let medicine = Medicine::read(&mut inner)
        .and_then(|medicine| inner.finish().map(|()| medicine))
        .map_err(|error| error.inside("medicine"))?;
    fields.finish()?;
    Ok(DoseColumn { column, unit, since, medicine })
}
