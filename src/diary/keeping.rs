use serde::de::Deserializer;

use crate::error::{Code, Error, Result};

use super::catalogue::Catalogue;
use super::check_in::{
    Answers, Assessment, InstrumentDefinition, OutcomeDefinition, OutcomeId, Range,
};
use super::derived::DerivedSoFar;
use super::entry::{Body, Entry, Kind, Recorded};
use super::id::{EntryId, Stamp};
use super::medicine::{Action, Medicine, Step};
use super::record::{Record, Version};
use super::sorting::Sorting;
use super::time::{ClockTime, Day, Moment};
use super::value::{Fields, read_fields};
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
    /// The entries that are a [landmark](is_landmark), sorted.
    landmarks: Vec<(Kind, EntryId)>,
    last_stamp: Option<Stamp>,
    derived: DerivedSoFar,
}

/// Whether entries of a kind are few: they are found without a walk through the doses and check-ins,
/// which are nearly all of a diary, so that neither recording nor a view takes longer in a long one.
const fn is_landmark(kind: Kind) -> bool {
    !matches!(kind, Kind::Dose | Kind::CheckIn)
}

/// Changes at once above which what is known of a diary is found anew, not brought up to date one by
/// one.
const MANY: usize = 32;

impl Diary {
    /// An empty diary that knows these instruments.
    #[must_use]
    pub const fn new(catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            records: Vec::new(),
            landmarks: Vec::new(),
            last_stamp: None,
            derived: DerivedSoFar::nothing(),
        }
    }

    /// The diary of these records, in any order.
    pub(crate) fn of(catalogue: Catalogue, records: Vec<Record>) -> Self {
        let mut diary = Self::new(catalogue);
        diary.records = joined(records);
        diary.records.shrink_to_fit();
        diary.find_landmarks();
        diary
    }

    /// This diary with one more record, without the doses and check-ins before a day: enough to ask
    /// what the rules would say, at a fraction of the memory.
    pub(crate) fn lately_with(&self, from: Day, record: Record) -> Self {
        let is_kept = |record: &&Record| {
            record.entry().is_some_and(|entry| {
                entry.day() >= from || !matches!(entry.kind(), Kind::Dose | Kind::CheckIn)
            })
        };
        let kept = self.records.iter().filter(is_kept).cloned().chain([record]);
        Self::of(self.catalogue.clone(), kept.collect())
    }

    /// The instruments this diary was opened with.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
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

    /// The entries of one kind, by identifier: a walk through the whole diary for doses and
    /// check-ins, which most entries are, and only through those of the kind for any other.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = Recorded<'_>> {
        let from = self.landmarks.partition_point(|(known, _)| *known < kind);
        let of_kind = self.landmarks[from..].iter().take_while(move |(known, _)| *known == kind);
        let few = of_kind.filter_map(|&(_, id)| self.entry(id).map(|entry| Recorded { id, entry }));
        let all = if is_landmark(kind) { &[][..] } else { &self.records };
        let many = all.iter().filter_map(move |record| {
            let entry = record.entry().filter(|entry| entry.kind() == kind)?;
            Some(Recorded { id: record.id(), entry })
        });
        few.chain(many)
    }

    pub(super) const fn derived_so_far(&self) -> &DerivedSoFar {
        &self.derived
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
        self.of_kind(Kind::Medicine).filter_map(|recorded| match recorded.entry.body() {
            Body::Medicine(medicine) => Some((recorded.id, medicine.as_ref())),
            _ => None,
        })
    }

    /// Every titration step as it now reads, by identifier.
    pub fn steps(&self) -> impl Iterator<Item = (Recorded<'_>, &Step)> {
        self.of_kind(Kind::Step).filter_map(|recorded| match recorded.entry.body() {
            Body::Step(step) => Some((recorded, step.as_ref())),
            _ => None,
        })
    }

    /// This diary's definition of an outcome, if it has one; of two that met, the later one holds.
    #[must_use]
    pub fn outcome_definition(&self, name: &str) -> Option<&OutcomeDefinition> {
        self.outcome_definitions()
            .map(|(_, definition)| definition)
            .filter(|definition| definition.outcome.as_ref() == name)
            .last()
    }

    fn outcome_definitions(&self) -> impl Iterator<Item = (EntryId, &OutcomeDefinition)> {
        self.of_kind(Kind::Outcome).filter_map(|recorded| match recorded.entry.body() {
            Body::Outcome(definition) => Some((recorded.id, definition.as_ref())),
            _ => None,
        })
    }

    /// This diary's definition of an instrument, if it has one; of two that met, the later one holds.
    #[must_use]
    pub fn instrument_definition(&self, name: &str) -> Option<&InstrumentDefinition> {
        self.instrument_definitions()
            .map(|(_, definition)| definition)
            .filter(|definition| definition.instrument.as_ref() == name)
            .last()
    }

    fn instrument_definitions(&self) -> impl Iterator<Item = (EntryId, &InstrumentDefinition)> {
        self.of_kind(Kind::Instrument).filter_map(|recorded| match recorded.entry.body() {
            Body::Instrument(definition) => Some((recorded.id, definition.as_ref())),
            _ => None,
        })
    }

    /// Entries whose last versions were written on two devices without knowing of each other,
    /// for the person to settle: an amendment of the entry settles it.
    pub fn conflicts(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.has_conflict())
    }

    /// Whether an entry has a number outside the scale this diary now gives it, for the person to
    /// settle. Recording such a number is refused; it comes about when the scale changes on another
    /// device or by an undo.
    #[must_use]
    pub fn is_off_scale(&self, entry: &Entry) -> bool {
        self.check_scales(entry).is_err()
    }

    /// The highest stamp seen, which the next one must exceed.
    #[must_use]
    pub const fn last_stamp(&self) -> Option<Stamp> {
        self.last_stamp
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
        self.prepare_fields(read_fields(draft)?, id, writing)
    }

    /// As [`Self::prepare_record`], of fields that were read already.
    pub(crate) fn prepare_fields(
        &self,
        mut fields: Fields<'_>,
        id: EntryId,
        writing: Writing,
    ) -> Result<Record> {
        let kind = fields.needed_word("kind", Kind::parse)?;
        let entry = Entry::read_draft(kind, fields, writing.now, writing.day_start, None)?;
        self.check(id, &entry)?;
        Ok(Record::new(id, Version::new(writing.stamp, Vec::new(), Some(entry))))
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
        let record = self.record(id).ok_or_else(no_such_entry)?;
        self.prepare_undo_of(id, record.stamp(), writing)
    }

    /// Gives back the version that takes one change back, whatever was written since: the entry
    /// will read as it did before the version with that stamp.
    ///
    /// # Errors
    /// [`Code::NoSuchEntry`] when no such version is kept under the identifier.
    pub fn prepare_undo_of(&self, id: EntryId, change: Stamp, writing: Writing) -> Result<Record> {
        let record = self.record(id).ok_or_else(no_such_entry)?;
        let version = record.version(change).ok_or_else(no_such_entry)?;
        Ok(record.next(writing.stamp, record.before(version).cloned()))
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
        // What kind of entry each one was before.
        let mut changed: Vec<(EntryId, Option<Kind>)> = Vec::new();
        for record in records {
            match self.place(record.id()) {
                Ok(place) => {
                    let known = &mut self.records[place];
                    let was = known.entry().map(Entry::kind);
                    if changed.len() <= MANY && changed.iter().all(|(id, _)| *id != known.id()) {
                        changed.push((known.id(), was));
                    }
                    known.absorb(record);
                }
                Err(_) => fresh.push(record),
            }
        }
        let mut fresh = joined(fresh);
        changed.extend(fresh.iter().map(|record| (record.id(), None)));
        let is_later = self.records.last().map(Record::id) < fresh.first().map(Record::id);
        self.records.append(&mut fresh);
        if !is_later {
            sort(&mut self.records);
        }
        let mut derived = std::mem::take(&mut self.derived);
        if changed.len() > MANY {
            self.find_landmarks();
        } else {
            changed.iter().for_each(|(id, _)| self.note(*id));
            derived.follow(self, &changed);
            self.derived = derived;
        }
    }

    /// Finds the landmarks, and the highest stamp.
    fn find_landmarks(&mut self) {
        let stamps = self.records.iter().map(Record::stamp);
        self.last_stamp = self.last_stamp.max(stamps.max());
        self.landmarks.clear();
        let landmarks = self.records.iter().filter_map(|record| {
            let kind = record.entry()?.kind();
            is_landmark(kind).then_some((kind, record.id()))
        });
        self.landmarks.extend(landmarks);
        self.landmarks.arrange_by(Ord::cmp);
    }

    /// Notes what is to be found quickly about an entry that changed.
    fn note(&mut self, id: EntryId) {
        let Some(record) = self.record(id) else { return };
        let (stamp, kind) = (record.stamp(), record.entry().map(Entry::kind));
        let is_new = record.versions().nth(1).is_none();
        self.last_stamp = self.last_stamp.max(Some(stamp));
        if !is_new || kind.is_none() {
            self.landmarks.retain(|(_, known)| *known != id);
        }
        if let Some(kind) = kind.filter(|kind| is_landmark(*kind))
            && let Err(place) = self.landmarks.binary_search(&(kind, id))
        {
            self.landmarks.insert(place, (kind, id));
        }
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
            Body::Reconciliation(list) => {
                for (place, medicine) in list.medicines().iter().enumerate() {
                    self.points_to(*medicine, Kind::Medicine, &format!("medicines[{place}]"))?;
                }
                Ok(())
            }
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
                let name = definition.outcome.as_ref();
                let named =
                    self.outcome_definitions().filter(|(_, own)| own.outcome.as_ref() == name);
                if is_taken(named.map(|(holder, _)| holder), id) {
                    return Err(Error::new(Code::UnknownValue, "outcome").with("value", name));
                }
                self.check_ratings_fit(definition)
            }
            Body::Instrument(definition) => {
                let name = definition.instrument.as_ref();
                let named = self
                    .instrument_definitions()
                    .filter(|(_, own)| own.instrument.as_ref() == name);
                if is_taken(named.map(|(holder, _)| holder), id)
                    || self.catalogue.instrument(name).is_some()
                {
                    return Err(Error::new(Code::UnknownValue, "instrument").with("value", name));
                }
                self.check_totals_fit(definition)
            }
            _ => Ok(()),
        }
    }

    /// Numbers fit the scales they are recorded on.
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

    /// Checks answers against the instrument's shape, or against this diary's own definition of
    /// it. An instrument that neither knows is kept as it is.
    fn check_assessment(&self, assessment: &Assessment) -> Result<()> {
        let name = assessment.instrument.as_ref();
        if let Some(shape) = self.catalogue.instrument(name) {
            return shape.check(assessment);
        }
        match (self.instrument_definition(name), &assessment.answers) {
            (Some(own), Answers::Total(total)) => {
                own.range.check(*total).map_err(|error| error.inside("total"))
            }
            (Some(_), Answers::Items(_)) => Err(Error::new(Code::UnknownField, "items")),
            (None, _) => Ok(()),
        }
    }

    /// A scale cannot be drawn tighter than what was recorded on it.
    fn check_ratings_fit(&self, definition: &OutcomeDefinition) -> Result<()> {
        self.entries()
            .filter_map(|recorded| match recorded.entry.body() {
                Body::CheckIn(check_in) => Some(check_in.ratings()),
                _ => None,
            })
            .flatten()
            .filter(|rating| rating.outcome.as_str() == definition.outcome.as_ref())
            .try_for_each(|rating| holds(definition.range, rating.value))
    }

    fn check_totals_fit(&self, definition: &InstrumentDefinition) -> Result<()> {
        self.entries()
            .filter_map(|recorded| match recorded.entry.body() {
                Body::Assessment(a) if a.instrument == definition.instrument => Some(&a.answers),
                _ => None,
            })
            .try_for_each(|answers| match answers {
                Answers::Total(total) => holds(definition.range, *total),
                Answers::Items(_) => Ok(()),
            })
    }

    /// Refuses, at `field`, an identifier of no entry, or of one of another kind.
    pub(crate) fn points_to(&self, id: EntryId, kind: Kind, field: &str) -> Result<()> {
        match self.entry(id) {
            Some(entry) if entry.kind() == kind => Ok(()),
            Some(_) => Err(Error::new(Code::NotThatKind, field).with("wanted", kind.as_str())),
            None => Err(Error::new(Code::NoSuchEntry, field)),
        }
    }

    /// A medicine cannot be stopped or held before it was started.
    fn check_order(&self, id: EntryId, entry: &Entry, step: &Step) -> Result<()> {
        let others = self
            .steps()
            .filter(|(recorded, other)| recorded.id != id && other.medicine == step.medicine)
            .map(|(recorded, other)| (recorded.entry.day(), other.action));
        let steps: Vec<(Day, Action)> = others.chain([(entry.day(), step.action)]).collect();
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
    pub fn conflicts_json(&self, day_start: ClockTime) -> String {
        let mut w = Writer::default();
        w.list(self.conflicts(), |w, record| {
            w.object(|w| {
                w.plain_field("id", record.id());
                let heads = record.heads();
                let edits =
                    heads.iter().filter_map(|version| record.version_json(version, day_start));
                w.field("versions").list(edits, |w, json| w.raw(&json));
            });
        });
        w.finish()
    }

    /// The entries that read, as a JSON list, without history.
    #[must_use]
    pub fn entries_json<'a>(
        &self,
        records: impl IntoIterator<Item = &'a Record>,
        day_start: ClockTime,
    ) -> String {
        let mut w = Writer::default();
        let entries = records.into_iter().filter_map(|record| record.entry_json(day_start));
        w.list(entries, |w, json| w.raw(&json));
        w.finish()
    }
}

/// Whether a name belongs to other definitions and not to that of `id`. Two devices may each have defined
/// it before they met; either definition can then still be amended.
fn is_taken(mut holders: impl Iterator<Item = EntryId>, id: EntryId) -> bool {
    holders.next().is_some_and(|first| first != id && holders.all(|holder| holder != id))
}

fn no_such_entry() -> Error {
    Error::new(Code::NoSuchEntry, "id")
}

/// Refuses, for a definition, a range that leaves a recorded value out.
fn holds(range: Range, recorded: f64) -> Result<()> {
    let field = if recorded < range.min() { "min" } else { "max" };
    range.check(recorded).map_err(|error| error.inside(field))
}

/// Records sorted by identifier, those of one identifier joined into one.
fn joined(mut records: Vec<Record>) -> Vec<Record> {
    sort(&mut records);
    records.dedup_by(|later, earlier| {
        let same = later.id() == earlier.id();
        if same {
            earlier.absorb(later.taken());
        }
        same
    });
    records
}

/// Sorts by identifier. What a store or a file gives is sorted, and then needs no second buffer.
fn sort(records: &mut [Record]) {
    if !records.is_sorted_by_key(Record::id) {
        records.arrange_by_key(Record::id);
    }
}
