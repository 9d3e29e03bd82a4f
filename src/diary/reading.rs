use crate::error::{Code, Error, Result};

use super::catalogue::Catalogue;
use super::check_in::{Answers, Assessment, CheckIn, Range};
use super::entry::{Body, Entry};
use super::id::EntryId;
use super::json::Json;
use super::keeping::{Diary, SCHEMA_VERSION};
use super::record::{Record, Version};
use super::sorting::Sorting;
use super::value::{Fields, Value};

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
        let known = self.records.len();
        let added = add_lines(&mut self.records, lines, version);
        match added {
            Ok(()) => self.is_older |= version < SCHEMA_VERSION,
            Err(_) => self.records.truncate(known),
        }
        added
    }

    /// Whether some of the records were of an older version, and stand otherwise in their store
    /// than they would now be written.
    #[must_use]
    pub const fn is_older(&self) -> bool {
        self.is_older
    }

    /// Erased entries of which the store still keeps a body: one that another device, which did
    /// not know of the erasure, kept after it. Sorted, each once.
    #[must_use]
    pub fn survivors(&self) -> Vec<EntryId> {
        let of = |erased: bool| {
            self.records.iter().filter(move |record| record.is_erased() == erased).map(Record::id)
        };
        let mut erased: Vec<EntryId> = of(true).collect();
        erased.arrange_by(Ord::cmp);
        let survives = |id: &EntryId| erased.binary_search(id).is_ok();
        let mut survivors: Vec<EntryId> = of(false).filter(survives).collect();
        survivors.arrange_by(Ord::cmp);
        survivors.dedup();
        survivors
    }

    /// The diary of everything that was read.
    ///
    /// # Errors
    /// [`Code::OutOfRange`] when a number fits no scale it can have been recorded on. One that
    /// only ceased to fit, because its scale was changed on another device or by an undo, is kept
    /// and [off its scale](Diary::is_off_scale): what a diary could come to hold, it can be opened with.
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
    let mut records = Vec::new();
    add_lines(&mut records, lines, version)?;
    Ok(records)
}

fn add_lines(records: &mut Vec<Record>, lines: &str, version: u32) -> Result<()> {
    check_version(version)?;
    let mut json = Json::new(lines);
    while !json.is_at_end() {
        let begun = json.place();
        let value = json.value().and_then(|value| json.end_of_line().map(|()| value));
        let record = value.and_then(|value| read_record(version, value));
        let inside = |error: Error| error.inside(&format!("line[{}]", json.line(begun)));
        records.push(record.map_err(inside)?);
    }
    Ok(())
}

/// Every range that the definitions of a diary gave an outcome or an instrument, at any time.
struct Scales<'a> {
    outcomes: Vec<(&'a str, Range)>,
    instruments: Vec<(&'a str, Range)>,
    /// Whether something was erased. It may have been a definition, so nothing can be refused.
    forgotten: bool,
}

impl<'a> Scales<'a> {
    fn of(diary: &'a Diary) -> Self {
        let (mut outcomes, mut instruments) = (Vec::new(), Vec::new());
        for entry in diary.records().iter().flat_map(Record::versions).filter_map(Version::entry) {
            match entry.body() {
                Body::Outcome(own) => outcomes.push((own.outcome.as_ref(), own.range)),
                Body::Instrument(own) => instruments.push((own.instrument.as_ref(), own.range)),
                _ => {}
            }
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
            fits_one(&self.outcomes, name, rating.value)
                .map_err(|error| error.inside(name).inside("ratings"))
        })
    }

    fn check_answers(&self, diary: &Diary, assessment: &Assessment) -> Result<()> {
        let name = assessment.instrument.as_ref();
        let has_own = self.instruments.iter().any(|(known, _)| *known == name);
        match (diary.catalogue().instrument(name), &assessment.answers) {
            (Some(shape), _) if !has_own && !self.forgotten => shape.check(assessment),
            (None, Answers::Total(total)) if !self.forgotten => {
                fits_one(&self.instruments, name, *total).map_err(|error| error.inside("total"))
            }
            _ => Ok(()),
        }
    }
}

/// Refuses a value that none of the ranges of that name allows; without ranges every value is kept.
fn fits_one(ranges: &[(&str, Range)], name: &str, value: f64) -> Result<()> {
    let mut refusal = Ok(());
    for (_, range) in ranges.iter().filter(|(known, _)| *known == name) {
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
}

impl File {
    fn read(&mut self, text: &str) -> Result<()> {
        let mut json = Json::new(text);
        let is_object = json.members(|json, name| match name.as_ref() {
            "entries" => self.read_entries(json),
            _ => self.take(&name, json.value()?),
        })?;
        if is_object { json.end() } else { Err(json.refuse("an object")) }
    }

    fn take(&mut self, name: &str, value: Value<'_>) -> Result<()> {
        let mut fields = Fields::default();
        fields.push(name.into(), value);
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

    fn read_entries(&mut self, json: &mut Json<'_>) -> Result<()> {
        if self.entries != Place::Absent {
            return Err(Error::new(Code::UnknownField, "entries"));
        }
        let version = self.known_version.or(self.version);
        self.entries = if version.is_some() { Place::Read } else { Place::BeforeVersion };
        let is_list = json.items(|json| {
            let value = json.value()?;
            version.map_or(Ok(()), |version| self.take_entry(version, value))
        })?;
        if is_list { Ok(()) } else { Err(json.refuse("a list").inside("entries")) }
    }

    fn take_entry(&mut self, version: u32, value: Value<'_>) -> Result<()> {
        let place = self.records.len();
        let record = read_record(version, value);
        self.records.push(record.map_err(|error| error.inside(&format!("entries[{place}]")))?);
        Ok(())
    }
}

fn read_record(version: u32, value: Value<'_>) -> Result<Record> {
    let mut fields = value.object()?;
    migrate(version, &mut fields);
    Record::read(fields)
}

/// Brings the fields of an older version's entry into today's form.
///
/// Version 1, used before the first release, called `sleepHours` `sleep` and left `recordedBy`
/// out when the person recorded the entry.
fn migrate(version: u32, fields: &mut Fields<'_>) {
    if version > 1 {
        return;
    }
    let is = |wanted: &str| fields.peek_text("kind") == Some(wanted);
    let (is_check_in, is_mark) = (is("check-in"), is("removed") || is("erased"));
    if is_check_in {
        fields.rename("sleep", "sleepHours");
    }
    if !is_mark && !fields.named.iter().any(|(name, _)| name == "recordedBy") {
        fields.push("recordedBy".into(), Value::Text("self".into()));
    }
    for (name, value) in &mut fields.named {
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
