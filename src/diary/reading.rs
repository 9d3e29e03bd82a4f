use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::{Code, Error, Result};

use super::catalogue::Catalogue;
use super::check_in::{Answers, Assessment, CheckIn, Range};
use super::entry::{Body, Entry};
use super::id::EntryId;
use super::keeping::{Diary, SCHEMA_VERSION};
use super::record::{Record, Version};
use super::value::{Fields, Value, ValueSeed, not_json};

/// Reads records one by one, whichever way they come: as a whole file or in chunks of a store.
#[derive(Debug)]
pub struct Reader {
    catalogue: Catalogue,
    records: Vec<Record>,
    /// Whether some were of an older version.
    is_older: bool,
}

impl Reader {
    /// Starts an empty diary.
    #[must_use]
    pub const fn new(catalogue: Catalogue) -> Self {
        Self { catalogue, records: Vec::new(), is_older: false }
    }

    /// Takes room for so many records at once, instead of growing to them by copies. Where there is
    /// no such room, it grows.
    pub fn expect(&mut self, records: usize) {
        let _ = self.records.try_reserve_exact(records);
    }

    /// Reads canonical records, one a line, as a store of that [`SCHEMA_VERSION`] keeps them.
    ///
    /// # Errors
    /// As [`read_lines`].
    pub fn add_lines(&mut self, lines: &str, version: u32) -> Result<()> {
        self.records.append(&mut read_lines(lines, version)?);
        self.is_older |= version < SCHEMA_VERSION;
        Ok(())
    }

    /// Whether some of the records were of an older version, and stand otherwise in their store
    /// than they would now be written.
    #[must_use]
    pub const fn is_older(&self) -> bool {
        self.is_older
    }

    /// Erased entries of which the store still keeps a body: one that another device, which did
    /// not know of the erasure, kept after it.
    #[must_use]
    pub fn survivors(&self) -> BTreeSet<EntryId> {
        let erased: BTreeSet<EntryId> =
            self.records.iter().filter(|record| record.is_erased()).map(Record::id).collect();
        if erased.is_empty() {
            return erased;
        }
        let kept = self.records.iter().filter(|record| !record.is_erased()).map(Record::id);
        kept.filter(|id| erased.contains(id)).collect()
    }

    /// The diary of everything that was read.
    ///
    /// # Errors
    /// [`Code::OutOfRange`] when a number fits no scale it can have been recorded on. One that
    /// only ceased to fit, because its scale was changed on another device or by an undo, is kept
    /// and listed by [`Diary::off_scale`]: what a diary could come to hold, it can be opened with.
    pub fn finish(self) -> Result<Diary> {
        let diary = Diary::of(self.catalogue, self.records);
        let scales = Scales::of(&diary);
        for recorded in diary.entries() {
            scales
                .check(&diary, recorded.entry)
                .map_err(|error| error.inside(&format!("entries[{}]", recorded.id)))?;
        }
        Ok(diary)
    }
}

/// Reads canonical records, one a line, written in that [`SCHEMA_VERSION`].
///
/// # Errors
/// [`Code::NewerVersion`], or what is wrong with the first record that cannot be read, its field
/// inside `line[n]`.
pub fn read_lines(lines: &str, version: u32) -> Result<Vec<Record>> {
    check_version(version)?;
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.is_empty());
    let read = |(place, line): (usize, &str)| {
        let fields = Value::from_json(line).and_then(Value::object);
        let record = fields.and_then(|mut fields| {
            migrate(version, &mut fields);
            Record::read(fields)
        });
        record.map_err(|error| error.inside(&format!("line[{place}]")))
    };
    lines.map(read).collect()
}

/// Every range that the definitions of a diary gave an outcome or an instrument, at any time.
struct Scales<'a> {
    outcomes: BTreeMap<&'a str, Vec<Range>>,
    instruments: BTreeMap<&'a str, Vec<Range>>,
    /// Whether something was erased. It may have been a definition, so nothing can be refused.
    forgotten: bool,
}

impl<'a> Scales<'a> {
    fn of(diary: &'a Diary) -> Self {
        let (mut outcomes, mut instruments) = (BTreeMap::new(), BTreeMap::new());
        for entry in diary.records().iter().flat_map(Record::versions).filter_map(Version::entry) {
            let (ranges, name, range) = match entry.body() {
                Body::Outcome(own) => (&mut outcomes, own.outcome.as_ref(), own.range),
                Body::Instrument(own) => (&mut instruments, own.instrument.as_ref(), own.range),
                _ => continue,
            };
            ranges.entry(name).or_insert_with(Vec::new).push(range);
        }
        Self { outcomes, instruments, forgotten: diary.records().iter().any(Record::is_erased) }
    }

    fn check(&self, diary: &Diary, entry: &Entry) -> Result<()> {
        match entry.body() {
            Body::CheckIn(check_in) => self.check_ratings(check_in),
            Body::Assessment(assessment) => self.check_answers(diary, assessment),
            _ => Ok(()),
        }
    }

    fn check_ratings(&self, check_in: &CheckIn) -> Result<()> {
        if self.forgotten || self.outcomes.is_empty() {
            return Ok(());
        }
        check_in.ratings().iter().try_for_each(|rating| {
            let name = rating.outcome.as_str();
            fits_one(self.outcomes.get(name), rating.value)
                .map_err(|error| error.inside(name).inside("ratings"))
        })
    }

    fn check_answers(&self, diary: &Diary, assessment: &Assessment) -> Result<()> {
        let own = self.instruments.get(assessment.instrument.as_ref());
        match (diary.catalogue().instrument(&assessment.instrument), &assessment.answers) {
            (Some(shape), _) if own.is_none() && !self.forgotten => shape.check(assessment),
            (None, Answers::Total(total)) if !self.forgotten => {
                fits_one(own, *total).map_err(|error| error.inside("total"))
            }
            _ => Ok(()),
        }
    }
}

/// Refuses a value that none of the ranges allows; without ranges every value is kept.
fn fits_one(ranges: Option<&Vec<Range>>, value: f64) -> Result<()> {
    let mut refusal = Ok(());
    for range in ranges.into_iter().flatten() {
        refusal = range.check(value);
        if refusal.is_ok() {
            break;
        }
    }
    refusal
}

/// Reads a diary file.
///
/// With `subject`, a file of another subject is refused.
///
/// # Errors
/// [`Code::InvalidJson`], [`Code::NewerVersion`], [`Code::SubjectMismatch`], or what is wrong
/// with the first entry that cannot be read, its field inside `entries[n]`.
pub fn read_json(
    text: &str,
    catalogue: Catalogue,
    subject: Option<&str>,
) -> Result<(Diary, String)> {
    let mut file = File { records: Vec::with_capacity(expected(text)), ..File::default() };
    file.read(text)?;
    let version = file.version.ok_or_else(|| Error::new(Code::MissingField, "schemaVersion"))?;
    if file.entries == Place::BeforeVersion {
        // The fields of a JSON object have no order: a file may name its version last.
        file = File { known_version: Some(version), ..File::default() };
        file.read(text)?;
    }
    let found = file.subject.ok_or_else(|| Error::new(Code::MissingField, "subject"))?;
    if subject.is_some_and(|subject| subject != found) {
        return Err(Error::new(Code::SubjectMismatch, "subject"));
    }
    if file.entries == Place::Absent {
        return Err(Error::new(Code::MissingField, "entries"));
    }
    let is_older = version < SCHEMA_VERSION;
    Ok((Reader { catalogue, records: file.records, is_older }.finish()?, found))
}

/// About how many entries a canonical text holds: one a line, none shorter than a mark.
fn expected(text: &str) -> usize {
    const MARK: usize = 100;
    text.lines().count().min(text.len() / MARK)
}

/// Refuses a version that cannot be read.
fn check_version(version: u32) -> Result<()> {
    let (found, known) = (f64::from(version), f64::from(SCHEMA_VERSION));
    match version {
        0 => Err(Error::new(Code::OutOfRange, "schemaVersion")
            .with("value", found)
            .with("min", 1.0)
            .with("max", known)),
        1..=SCHEMA_VERSION => Ok(()),
        _ => Err(Error::new(Code::NewerVersion, "schemaVersion")
            .with("found", found)
            .with("known", known)),
    }
}

/// Where the list of entries stood in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Place {
    #[default]
    Absent,
    /// Being read now.
    Here,
    BeforeVersion,
    Read,
}

/// What one passage over a file's text found.
#[derive(Default)]
struct File {
    /// From an earlier passage.
    known_version: Option<u32>,
    version: Option<u32>,
    subject: Option<String>,
    entries: Place,
    records: Vec<Record>,
    refusal: Option<Error>,
}

impl File {
    fn read(&mut self, text: &str) -> Result<()> {
        let mut json = serde_json::Deserializer::from_str(text);
        let read = (&mut *self).deserialize(&mut json).and_then(|()| json.end());
        if let Some(refusal) = self.refusal.take() {
            return Err(refusal);
        }
        read.map_err(|error| match (error.is_data(), self.entries) {
            (true, Place::Here) => Error::new(Code::WrongType, "entries").with("wanted", "a list"),
            (true, _) => Error::new(Code::WrongType, "").with("wanted", "an object"),
            (false, _) => not_json(&error),
        })
    }

    fn take(&mut self, name: &str, value: Value<'_>) -> Result<()> {
        let mut fields = Fields(vec![(name.into(), value)]);
        match name {
            "schemaVersion" if self.version.is_none() => {
                self.version = fields.whole(name, 1.0..=65_535.0)?.map(u32::from);
                self.version.map_or(Ok(()), check_version)?;
            }
            "subject" if self.subject.is_none() => {
                self.subject = fields.name(name)?.map(String::from);
            }
            _ => {}
        }
        fields.finish()
    }

    fn take_entry(&mut self, version: u32, value: Value<'_>) -> Result<()> {
        let record = value.object().and_then(|mut fields| {
            migrate(version, &mut fields);
            Record::read(fields)
        });
        let place = self.records.len();
        self.records.push(record.map_err(|error| error.inside(&format!("entries[{place}]")))?);
        Ok(())
    }

    fn refuse<E: serde::de::Error>(&mut self, refusal: Error) -> E {
        self.refusal = Some(refusal);
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for &mut File {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut File {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a diary")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name != "entries" {
                let value = map.next_value_seed(ValueSeed::default())?;
                self.take(&name, value).map_err(|refusal| self.refuse::<A::Error>(refusal))?;
                continue;
            }
            if self.entries != Place::Absent {
                return Err(self.refuse(Error::new(Code::UnknownField, name)));
            }
            self.entries = Place::Here;
            self.entries = match self.known_version.or(self.version) {
                Some(version) => {
                    map.next_value_seed(Entries { file: self, version })?;
                    Place::Read
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                    Place::BeforeVersion
                }
            };
        }
        Ok(())
    }
}

/// Reads the list of entries into the file.
struct Entries<'a> {
    file: &'a mut File,
    version: u32,
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element_seed(ValueSeed::default())? {
            self.file
                .take_entry(self.version, value)
                .map_err(|refusal| self.file.refuse::<A::Error>(refusal))?;
        }
        Ok(())
    }
}

/// Brings the fields of an older version's entry into today's form.
///
/// Version 1, used before the first release, called `sleepHours` `sleep` and left `recordedBy`
/// out when the person recorded the entry.
fn migrate(version: u32, fields: &mut Fields<'_>) {
    if version > 1 {
        return;
    }
    let is = |wanted: &str| {
        fields.0.iter().any(|(name, value)| {
            name == "kind" && matches!(value, Value::Text(kind) if kind == wanted)
        })
    };
    let (is_check_in, is_mark) = (is("check-in"), is("removed") || is("erased"));
    if is_check_in {
        for (name, _) in &mut fields.0 {
            if name == "sleep" {
                *name = "sleepHours".into();
            }
        }
    }
    if !is_mark && !fields.0.iter().any(|(name, _)| name == "recordedBy") {
        fields.0.push(("recordedBy".into(), Value::Text("self".into())));
    }
    for (name, value) in &mut fields.0 {
        let Value::List(history) = value else { continue };
        if name != "history" {
            continue;
        }
        for older in history {
            if let Value::Object(fields) = older {
                migrate(version, fields);
            }
        }
    }
}
