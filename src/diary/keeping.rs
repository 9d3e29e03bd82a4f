use std::collections::BTreeMap;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::error::{Code, Error, Result};

use super::catalogue::Catalogue;
use super::check_in::{Answers, Assessment, OutcomeDefinition, OutcomeId, Range};
use super::entry::{Body, Entry, Kind, Recorded};
use super::id::{EntryId, Stamp};
use super::medicine::{Action, Medicine, Step};
use super::record::Record;
use super::time::{ClockTime, Moment};
use super::value::{Fields, Value, ValueSeed};
use super::writer::Writer;

/// Version of the JSON form that is written. See `docs/diary-format.md`.
pub const SCHEMA_VERSION: u32 = 2;

/// What one writing needs from outside: the instant, the stamp, and when civil days start.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The instant of the writing.
    pub now: Moment,
    /// The stamp of the version to be written; see [`Diary::last_stamp`].
    pub stamp: Stamp,
    /// When the person's days start.
    pub day_start: ClockTime,
}

/// Everything one person recorded.
///
/// A change is made in two steps: a `prepare_…` call checks it and gives back the one new version
/// as a [`Record`], without touching the diary; [`Self::merge`] then takes it in. Between the two
/// a store can keep it, so that nothing is shown as recorded that was not.
#[derive(Clone, Debug, Default)]
pub struct Diary {
    catalogue: Catalogue,
    /// Sorted by identifier.
    records: Vec<Record>,
}

impl Diary {
    /// An empty diary that knows these instruments.
    #[must_use]
    pub const fn new(catalogue: Catalogue) -> Self {
        Self { catalogue, records: Vec::new() }
    }

    /// Every record, erased and removed ones too, by identifier.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The record under an identifier.
    #[must_use]
    pub fn record(&self, id: EntryId) -> Option<&Record> {
        self.place(id).ok().map(|place| &self.records[place])
    }

    /// The entry under an identifier as it now reads.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.record(id).and_then(Record::entry)
    }

    /// Every entry as it now reads, by identifier.
    pub fn entries(&self) -> impl Iterator<Item = Recorded<'_>> {
        self.records
            .iter()
            .filter_map(|record| record.entry().map(|entry| Recorded { id: record.id(), entry }))
    }

    /// The medicine under an identifier.
    #[must_use]
    pub fn medicine(&self, id: EntryId) -> Option<&Medicine> {
        match self.entry(id)?.body() {
            Body::Medicine(medicine) => Some(medicine),
            _ => None,
        }
    }

    /// Every medicine, by identifier.
    pub fn medicines(&self) -> impl Iterator<Item = (EntryId, &Medicine)> {
        self.entries().filter_map(|recorded| match recorded.entry.body() {
            Body::Medicine(medicine) => Some((recorded.id, medicine.as_ref())),
            _ => None,
        })
    }

    /// This diary's definition of an outcome, if it has one.
    #[must_use]
    pub fn outcome_definition(&self, name: &str) -> Option<&OutcomeDefinition> {
        self.entries().find_map(|recorded| match recorded.entry.body() {
            Body::Outcome(definition) if definition.outcome.as_ref() == name => {
                Some(definition.as_ref())
            }
            _ => None,
        })
    }

    /// Entries whose last versions were written on two devices without knowing of each other,
    /// for the person to settle: an amendment of the entry settles it.
    pub fn conflicts(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.heads().len() > 1)
    }

    /// The highest stamp seen, which the next one must exceed.
    #[must_use]
    pub fn last_stamp(&self) -> Option<Stamp> {
        self.records.iter().map(Record::stamp).max()
    }

    fn place(&self, id: EntryId) -> Result<usize, usize> {
        self.records.binary_search_by_key(&id, Record::id)
    }

    /// Checks a new entry and gives back its record.
    ///
    /// `draft` is plain data: `kind`, the fields of that kind, and optionally `day`, `at` and
    /// `recordedBy`.
    ///
    /// # Errors
    /// Whatever is wrong with the draft, with the field it is about. The diary is unchanged.
    pub fn prepare_record<'de, D: Deserializer<'de>>(
        &self,
        draft: D,
        id: EntryId,
        writing: Writing,
    ) -> Result<Record> {
        let mut fields = read_fields(draft)?;
        let kind = fields.needed_word("kind", Kind::parse)?;
        let entry = Entry::read_draft(kind, fields, writing.now, writing.day_start, None)?;
        self.check(id, &entry)?;
        Ok(Record::new(id, super::record::Version::new(writing.stamp, Vec::new(), Some(entry))))
    }

    /// Checks a new reading of an entry and gives back its version. `draft` is the whole body as
    /// it should now read; the kind cannot change, day and instant stay where they are not given.
    ///
    /// # Errors
    /// [`Code::NoSuchEntry`], or whatever is wrong with the draft. The diary is unchanged.
    pub fn prepare_amend<'de, D: Deserializer<'de>>(
        &self,
        id: EntryId,
        draft: D,
        writing: Writing,
    ) -> Result<Record> {
        let (record, before) = self.kept(id)?;
        let mut fields = read_fields(draft)?;
        let kind = fields.word("kind", Kind::parse)?.unwrap_or(before.kind());
        if kind != before.kind() {
            let refusal = Error::new(Code::NotThatKind, "kind");
            return Err(refusal.with("wanted", before.kind().as_str()));
        }
        let entry = Entry::read_draft(kind, fields, writing.now, writing.day_start, Some(before))?;
        self.check(id, &entry)?;
        Ok(record.next(writing.stamp, Some(entry)))
    }

    /// Gives back the version that removes an entry. History is kept; an undo brings it back.
    ///
    /// # Errors
    /// [`Code::NoSuchEntry`].
    pub fn prepare_remove(&self, id: EntryId, writing: Writing) -> Result<Record> {
        self.kept(id).map(|(record, _)| record.next(writing.stamp, None))
    }

    /// Gives back the version that takes the last change back. Undoing an undo redoes.
    ///
    /// # Errors
    /// [`Code::NoSuchEntry`] when nothing is kept under the identifier.
    pub fn prepare_undo(&self, id: EntryId, writing: Writing) -> Result<Record> {
        match self.record(id) {
            Some(record) if !record.is_erased() => {
                Ok(record.next(writing.stamp, record.before().cloned()))
            }
            _ => Err(no_such_entry()),
        }
    }

    /// Gives back the mark that stays when an entry is erased: no content, no history.
    ///
    /// # Errors
    /// [`Code::NoSuchEntry`] when nothing was ever kept under the identifier.
    pub fn prepare_erase(&self, id: EntryId, writing: Writing) -> Result<Record> {
        let record = self.record(id).ok_or_else(no_such_entry)?;
        Ok(Record::erased(record.id(), writing.stamp))
    }

    fn kept(&self, id: EntryId) -> Result<(&Record, &Entry)> {
        let record = self.record(id).ok_or_else(no_such_entry)?;
        record.entry().map(|entry| (record, entry)).ok_or_else(no_such_entry)
    }

    /// Takes records in: those of a store, of a file, of another device, or one just prepared.
    /// The order does not matter and taking a record in twice changes nothing.
    pub fn merge(&mut self, records: impl IntoIterator<Item = Record>) {
        let mut fresh: Vec<Record> = Vec::new();
        for record in records {
            match self.place(record.id()) {
                Ok(place) => self.records[place] = self.records[place].merged(&record),
                Err(_) => fresh.push(record),
            }
        }
        if fresh.is_empty() {
            return;
        }
        self.records.append(&mut fresh);
        self.records.sort_by_key(Record::id);
        self.records.dedup_by(|later, earlier| {
            let same = later.id() == earlier.id();
            if same {
                *earlier = earlier.merged(later);
            }
            same
        });
    }

    /// What only the whole diary can tell about an entry: that what it points to is there, and
    /// that its numbers fit the scales this diary knows.
    fn check(&self, id: EntryId, entry: &Entry) -> Result<()> {
        self.check_scales(entry)?;
        match entry.body() {
            Body::Step(step) => {
                self.points_to(step.medicine, Kind::Medicine, "medicine")?;
                if let Some(replaced) = step.replacing {
                    self.points_to(replaced, Kind::Medicine, "replacing")?;
                    if replaced == step.medicine {
                        return Err(Error::new(Code::NotThatKind, "replacing")
                            .with("wanted", "another medicine"));
                    }
                }
                self.check_order(id, entry, step)
            }
            Body::Dose(dose) => self.points_to(dose.medicine, Kind::Medicine, "medicine"),
            Body::SideEffect(effect) => match effect.suspected {
                Some(medicine) => self.points_to(medicine, Kind::Medicine, "suspected"),
                None => Ok(()),
            },
            Body::Question(question) => match question.visit {
                Some(visit) => self.points_to(visit, Kind::Visit, "visit"),
                None => Ok(()),
            },
            Body::CheckIn(check_in) => {
                let undefined = check_in.ratings().iter().find(|rating| {
                    matches!(&rating.outcome, OutcomeId::Custom(name)
                        if self.outcome_definition(name).is_none())
                });
                match undefined {
                    Some(rating) => {
                        let name = rating.outcome.as_str();
                        let refusal = Error::new(Code::UnknownValue, format!("ratings.{name}"));
                        Err(refusal.with("value", name))
                    }
                    None => Ok(()),
                }
            }
            Body::Outcome(definition) => {
                let taken = self.entries().find(|other| {
                    other.id != id
                        && matches!(other.entry.body(), Body::Outcome(o) if o.outcome == definition.outcome)
                });
                if taken.is_some() {
                    let refusal = Error::new(Code::UnknownValue, "outcome");
                    return Err(refusal.with("value", definition.outcome.as_ref()));
                }
                self.check_ratings_fit(definition)
            }
            _ => Ok(()),
        }
    }

    /// What holds for entries of a file too, whatever their order: numbers fit their scales.
    fn check_scales(&self, entry: &Entry) -> Result<()> {
        match entry.body() {
            Body::CheckIn(check_in) => {
                for rating in check_in.ratings() {
                    let OutcomeId::Custom(name) = &rating.outcome else { continue };
                    if let Some(definition) = self.outcome_definition(name) {
                        let fits = definition.range.check(rating.value);
                        fits.map_err(|error| error.inside(name).inside("ratings"))?;
                    }
                }
                Ok(())
            }
            Body::Assessment(assessment) => self.check_assessment(assessment),
            _ => Ok(()),
        }
    }

    fn check_assessment(&self, assessment: &Assessment) -> Result<()> {
        let name = assessment.instrument.as_ref();
        self.check_answers(assessment, || {
            self.entries().find_map(|recorded| match recorded.entry.body() {
                Body::Instrument(definition) if definition.instrument.as_ref() == name => {
                    Some(definition.range)
                }
                _ => None,
            })
        })
    }

    /// Checks answers against the instrument's shape, or against this diary's own definition of
    /// it. An instrument that neither knows is kept as it is.
    fn check_answers(
        &self,
        assessment: &Assessment,
        own_range: impl FnOnce() -> Option<Range>,
    ) -> Result<()> {
        if let Some(shape) = self.catalogue.instrument(&assessment.instrument) {
            return shape.check(assessment);
        }
        match (own_range(), &assessment.answers) {
            (Some(range), Answers::Total(total)) => {
                range.check(*total).map_err(|error| error.inside("total"))
            }
            (Some(_), Answers::Items(_)) => Err(Error::new(Code::UnknownField, "items")),
            (None, _) => Ok(()),
        }
    }

    fn check_ratings_fit(&self, definition: &OutcomeDefinition) -> Result<()> {
        let outcome = OutcomeId::Custom(definition.outcome.clone());
        let check = |range: Range, value: f64, field: &str| {
            range.check(value).map_err(|error| error.inside(field))
        };
        for recorded in self.entries() {
            let Body::CheckIn(check_in) = recorded.entry.body() else { continue };
            for rating in check_in.ratings().iter().filter(|rating| rating.outcome == outcome) {
                let field = if rating.value < definition.range.min() { "min" } else { "max" };
                check(definition.range, rating.value, field)?;
            }
        }
        Ok(())
    }

    fn points_to(&self, id: EntryId, kind: Kind, field: &str) -> Result<()> {
        match self.entry(id) {
            Some(entry) if entry.kind() == kind => Ok(()),
            Some(_) => Err(Error::new(Code::NotThatKind, field).with("wanted", kind.as_str())),
            None => Err(Error::new(Code::NoSuchEntry, field)),
        }
    }

    /// A medicine cannot be stopped or held before it was started.
    fn check_order(&self, id: EntryId, entry: &Entry, step: &Step) -> Result<()> {
        let mut steps: Vec<(i32, Action)> = self
            .entries()
            .filter(|recorded| recorded.id != id)
            .filter_map(|recorded| match recorded.entry.body() {
                Body::Step(other) if other.medicine == step.medicine => {
                    Some((recorded.entry.day().number(), other.action))
                }
                _ => None,
            })
            .collect();
        steps.push((entry.day().number(), step.action));
        let first = steps.iter().map(|(day, _)| *day).min();
        let begins = steps.iter().any(|(day, action)| {
            Some(*day) == first && !matches!(action, Action::Stop | Action::Hold)
        });
        if begins { Ok(()) } else { Err(Error::new(Code::EndBeforeStart, "day")) }
    }

    /// The whole diary in its canonical JSON form.
    #[must_use]
    pub fn to_json(&self, subject: &str) -> String {
        let mut w = Writer::with_capacity(self.records.len() * 200 + 100);
        w.object(|w| {
            w.number_field("schemaVersion", SCHEMA_VERSION);
            w.text_field("subject", subject);
            w.field("entries").list(&self.records, |w, record| {
                w.raw("\n");
                record.write(w);
            });
        });
        w.raw("\n");
        w.finish()
    }

    /// The [conflicts](Self::conflicts) as a JSON list: `id`, and in `versions` what each of the
    /// concurrent edits reads.
    #[must_use]
    pub fn conflicts_json(&self) -> String {
        let mut w = Writer::default();
        w.list(self.conflicts(), |w, record| {
            w.object(|w| {
                w.plain_field("id", record.id());
                let heads = record.heads();
                let edits = heads.iter().filter_map(|version| record.version_json(version));
                w.field("versions").list(edits, |w, json| w.raw(&json));
            });
        });
        w.finish()
    }

    /// The entries that read, as a JSON list, without history.
    #[must_use]
    pub fn entries_json<'a>(&self, records: impl IntoIterator<Item = &'a Record>) -> String {
        let mut w = Writer::default();
        w.list(records.into_iter().filter_map(Record::entry_json), |w, json| w.raw(&json));
        w.finish()
    }
}

fn no_such_entry() -> Error {
    Error::new(Code::NoSuchEntry, "id")
}

/// Reads a plain object into its fields.
pub(crate) fn read_fields<'de>(plain: impl Deserializer<'de>) -> Result<Fields<'de>> {
    let value = ValueSeed::default()
        .deserialize(plain)
        .map_err(|error| Error::new(Code::InvalidJson, "").with("detail", error.to_string()))?;
    value.object()
}

/// Reads records one by one, whichever way they come: as a whole file or in chunks of a store.
#[derive(Debug)]
pub struct Reader {
    diary: Diary,
    records: Vec<Record>,
}

impl Reader {
    /// Starts an empty diary.
    #[must_use]
    pub const fn new(catalogue: Catalogue) -> Self {
        Self { diary: Diary::new(catalogue), records: Vec::new() }
    }

    /// Reads canonical records, one a line, as a store keeps them.
    ///
    /// # Errors
    /// What is wrong with the first record that cannot be read, its field inside `line[n]`.
    pub fn add_lines(&mut self, lines: &str) -> Result<()> {
        for (place, line) in lines.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            let mut json = serde_json::Deserializer::from_str(line);
            let record = read_fields(&mut json)
                .and_then(|mut fields| {
                    migrate(SCHEMA_VERSION, &mut fields);
                    Record::read(fields)
                })
                .map_err(|error| error.inside(&format!("line[{place}]")))?;
            self.records.push(record);
        }
        Ok(())
    }

    /// The diary of everything that was read.
    ///
    /// # Errors
    /// [`Code::OutOfRange`] when a number does not fit the scale it was recorded on.
    pub fn finish(mut self) -> Result<Diary> {
        self.records.sort_by_key(Record::id);
        self.diary.merge(std::mem::take(&mut self.records));
        self.diary.records.shrink_to_fit();
        let (mut outcomes, mut instruments) = (BTreeMap::new(), BTreeMap::new());
        for recorded in self.diary.entries() {
            match recorded.entry.body() {
                Body::Outcome(own) => outcomes.insert(own.outcome.as_ref(), own.range),
                Body::Instrument(own) => instruments.insert(own.instrument.as_ref(), own.range),
                _ => None,
            };
        }
        for recorded in self.diary.entries() {
            let checked = match recorded.entry.body() {
                Body::CheckIn(check_in) => check_in.ratings().iter().try_for_each(|rating| {
                    match outcomes.get(rating.outcome.as_str()) {
                        Some(range) => range
                            .check(rating.value)
                            .map_err(|e| e.inside(rating.outcome.as_str()).inside("ratings")),
                        None => Ok(()),
                    }
                }),
                Body::Assessment(assessment) => self.diary.check_answers(assessment, || {
                    instruments.get(assessment.instrument.as_ref()).copied()
                }),
                _ => Ok(()),
            };
            checked.map_err(|error| error.inside(&format!("entries[{}]", recorded.id)))?;
        }
        Ok(self.diary)
    }
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
    let mut reading =
        Reading { reader: Reader::new(catalogue), header: Header::default(), refusal: None };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = (&mut reading).deserialize(&mut json).and_then(|()| json.end());
    if let Some(refusal) = reading.refusal {
        return Err(refusal);
    }
    read.map_err(|error| Error::new(Code::InvalidJson, "").with("detail", error.to_string()))?;
    let found = reading.header.subject.ok_or_else(|| Error::new(Code::MissingField, "subject"))?;
    if reading.header.version.is_none() {
        return Err(Error::new(Code::MissingField, "schemaVersion"));
    }
    if subject.is_some_and(|subject| subject != found) {
        return Err(Error::new(Code::SubjectMismatch, "subject"));
    }
    Ok((reading.reader.finish()?, found))
}

#[derive(Default)]
struct Header {
    version: Option<u32>,
    subject: Option<String>,
}

struct Reading {
    reader: Reader,
    header: Header,
    refusal: Option<Error>,
}

impl Reading {
    fn take(&mut self, name: &str, value: Value<'_>) -> Result<()> {
        let mut fields = Fields(vec![(name.into(), value)]);
        match name {
            "schemaVersion" => {
                let version = fields.whole(name, 1.0..=65_535.0)?;
                self.header.version = version.map(u32::from);
                if self.header.version > Some(SCHEMA_VERSION) {
                    let found = f64::from(version.unwrap_or(0));
                    let refusal = Error::new(Code::NewerVersion, name).with("found", found);
                    return Err(refusal.with("known", f64::from(SCHEMA_VERSION)));
                }
            }
            "subject" => self.header.subject = fields.name(name)?.map(String::from),
            _ => {}
        }
        fields.finish()
    }

    fn entry(&mut self, place: usize, value: Value<'_>) -> Result<()> {
        let version = self.header.version;
        let record = value.object().and_then(|mut fields| {
            let version = version.ok_or_else(|| Error::new(Code::MissingField, ""))?;
            migrate(version, &mut fields);
            Record::read(fields)
        });
        let record = record.map_err(|error| match version {
            None => Error::new(Code::MissingField, "schemaVersion"),
            Some(_) => error.inside(&format!("entries[{place}]")),
        })?;
        self.reader.records.push(record);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Reading {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Reading {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a diary")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "entries" {
                map.next_value_seed(Entries(self))?;
            } else {
                let value = map.next_value_seed(ValueSeed::default())?;
                if let Err(refusal) = self.take(&name, value) {
                    self.refusal = Some(refusal);
                    return Err(A::Error::custom("refused"));
                }
            }
        }
        Ok(())
    }
}

struct Entries<'a>(&'a mut Reading);

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
        let mut place = 0;
        while let Some(value) = seq.next_element_seed(ValueSeed::default())? {
            if let Err(refusal) = self.0.entry(place, value) {
                self.0.refusal = Some(refusal);
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Err(A::Error::custom("refused"));
            }
            place += 1;
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
