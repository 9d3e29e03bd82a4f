use crate::error::{Code, Error, Result};

use super::entry::{Entry, Kind};
use super::id::{EntryId, Stamp};
use super::sorting::Sorting;
use super::time::ClockTime;
use super::value::Fields;
use super::writer::Writer;

/// One version of an entry: what it read from its stamp on, or that it was removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    stamp: Stamp,
    replaces: Box<[Stamp]>,
    entry: Option<Entry>,
}

impl Version {
    pub(crate) fn new(stamp: Stamp, replaces: Vec<Stamp>, entry: Option<Entry>) -> Self {
        Self { stamp, replaces: replaces.into(), entry }
    }

    /// When and where it was written.
    #[must_use]
    pub const fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// The versions its writer saw and replaced.
    #[must_use]
    pub const fn replaces(&self) -> &[Stamp] {
        &self.replaces
    }

    /// What the entry read; `None` when this version removed it.
    #[must_use]
    pub const fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref()
    }

    fn read(mut fields: Fields<'_>) -> Result<Self> {
        let kind = fields.text("kind")?.ok_or_else(|| Error::new(Code::MissingField, "kind"))?;
        let stamp = fields.needed_stamp("stamp")?;
        let replaces = fields.list_of("replaces", |value| Stamp::parse(&value.text()?))?;
        let entry = match kind.as_ref() {
            REMOVED => None,
            word => {
                let kind = Kind::parse(word).ok_or_else(|| {
                    Error::new(Code::UnknownValue, "kind").with("value", word.to_owned())
                })?;
                Some(Entry::read(kind, &mut fields)?)
            }
        };
        fields.finish()?;
        Ok(Self::new(stamp, replaces, entry))
    }

    fn write(&self, w: &mut Writer) {
        match &self.entry {
            Some(entry) => {
                w.plain_field("kind", entry.kind());
                entry.write(w);
            }
            None => w.plain_field("kind", REMOVED),
        }
        w.plain_field("stamp", self.stamp);
        if !self.replaces.is_empty() {
            w.field("replaces").list(self.replaces.iter(), |w, stamp| w.plain(stamp));
        }
        if let Some(entry) = &self.entry {
            entry.write_body(w);
        }
    }

    /// The order of versions: by stamp, and where two stamps are equal by the bytes of the
    /// canonical form, so that every device agrees.
    fn rank(&self, other: &Self) -> std::cmp::Ordering {
        self.stamp.cmp(&other.stamp).then_with(|| {
            if self == other {
                return std::cmp::Ordering::Equal;
            }
            let bytes = |version: &Self| {
                let mut w = Writer::default();
                w.object(|w| version.write(w));
                w.finish()
            };
            bytes(self).cmp(&bytes(other))
        })
    }
}

const REMOVED: &str = "removed";
const ERASED: &str = "erased";

#[derive(Clone, Debug, PartialEq)]
enum State {
    Kept { head: Version, older: Box<[Version]> },
    Erased(Stamp),
}

impl State {
    /// One version and any others, in order, each once.
    fn kept(one: Version, mut others: Vec<Version>) -> Self {
        if others.is_empty() {
            return Self::Kept { head: one, older: Box::default() };
        }
        others.push(one);
        others.arrange_by(|a, b| b.rank(a));
        others.dedup();
        let head = others.remove(0);
        Self::Kept { head, older: others.into() }
    }
}

/// Everything that is kept under one identifier: the version that holds, the ones before it, or
/// only the mark that it was erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    id: EntryId,
    state: State,
}

impl Record {
    /// The fields that a record has besides those of its entry; see [`super::Kind::fields`].
    pub const FIELDS: &[&str] = &["id", "stamp", "replaces", "replaces[]", "history", "history[]"];

    pub(crate) fn new(id: EntryId, version: Version) -> Self {
        Self { id, state: State::Kept { head: version, older: Box::default() } }
    }

    pub(crate) const fn erased(id: EntryId, stamp: Stamp) -> Self {
        Self { id, state: State::Erased(stamp) }
    }

    /// The identifier.
    #[must_use]
    pub const fn id(&self) -> EntryId {
        self.id
    }

    /// The entry as it now reads; `None` when it was removed or erased.
    #[must_use]
    pub const fn entry(&self) -> Option<&Entry> {
        match &self.state {
            State::Kept { head, .. } => head.entry(),
            State::Erased(_) => None,
        }
    }

    /// Whether its content was erased for good.
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        matches!(self.state, State::Erased(_))
    }

    /// Every version that is kept, the one that holds first.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        let (head, older) = match &self.state {
            State::Kept { head, older } => (Some(head), older.as_ref()),
            State::Erased(_) => (None, [].as_slice()),
        };
        head.into_iter().chain(older)
    }

    /// The highest stamp.
    #[must_use]
    pub const fn stamp(&self) -> Stamp {
        match &self.state {
            State::Kept { head, .. } => head.stamp,
            State::Erased(stamp) => *stamp,
        }
    }

    /// The versions that no other version has replaced. More than one means that two devices
    /// edited the entry without knowing of each other.
    #[must_use]
    pub fn heads(&self) -> Vec<&Version> {
        let mut replaced: Vec<Stamp> =
            self.versions().flat_map(|version| version.replaces.iter().copied()).collect();
        replaced.arrange_by(Ord::cmp);
        self.versions().filter(|version| replaced.binary_search(&version.stamp).is_err()).collect()
    }

    /// Whether two devices edited the entry without knowing of each other.
    #[must_use]
    pub fn has_conflict(&self) -> bool {
        self.versions().nth(1).is_some() && self.heads().len() > 1
    }

    /// The next version alone, which replaces what holds now; merging takes it in. Its stamp is
    /// raised above what it replaces, so that it holds even where a clock ran backwards.
    pub(crate) fn next(&self, stamp: Stamp, entry: Option<Entry>) -> Self {
        let replaces = self.heads().iter().map(|version| version.stamp).collect();
        Self::new(self.id, Version::new(stamp.after(self.stamp()), replaces, entry))
    }

    /// The version with a stamp.
    pub(crate) fn version(&self, stamp: Stamp) -> Option<&Version> {
        self.versions().find(|version| version.stamp == stamp)
    }

    /// What taking a version back brings: the entry as it read before it, `None` when there was
    /// nothing before.
    pub(crate) fn before(&self, version: &Version) -> Option<&Entry> {
        self.versions()
            .find(|earlier| version.replaces.contains(&earlier.stamp))
            .and_then(Version::entry)
    }

    /// The record taken apart into records of one version each, as a store keeps them. Merged
    /// again in any order they make this one.
    pub fn apart(&self) -> impl Iterator<Item = Self> {
        let erased = self.is_erased().then(|| self.clone());
        erased.into_iter().chain(self.versions().map(|v| Self::new(self.id, v.clone())))
    }

    /// The parts of this record, as [`Self::apart`] gives them, that merging it into `known`
    /// would add: none where `known` was erased.
    pub fn news_to<'a>(&'a self, known: Option<&'a Self>) -> impl Iterator<Item = Self> + 'a {
        let is_erased = known.is_some_and(Self::is_erased);
        let is_known = move |part: &Self| {
            let mut versions = part.versions();
            known.is_some_and(|known| {
                !part.is_erased() && versions.all(|one| known.versions().any(|other| one == other))
            })
        };
        self.apart().filter(move |part| !is_erased && !is_known(part))
    }

    /// Both records' versions together. Commutative, associative and idempotent: versions are a
    /// set that only grows, and an erasure on either side wins for good.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        let mut merged = self.clone();
        merged.absorb(other.clone());
        merged
    }

    /// Takes the versions of `other` in.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.state = match (self.taken().state, other.state) {
            (State::Erased(a), State::Erased(b)) => State::Erased(a.max(b)),
            (State::Erased(stamp), State::Kept { .. })
            | (State::Kept { .. }, State::Erased(stamp)) => State::Erased(stamp),
            (State::Kept { head, older }, State::Kept { head: other_head, older: other_older }) => {
                let mut older = older.into_vec();
                older.push(other_head);
                older.extend(other_older);
                State::kept(head, older)
            }
        };
    }

    /// The record itself, leaving an empty mark in its place.
    pub(crate) fn taken(&mut self) -> Self {
        let left = Self::erased(self.id, self.stamp());
        std::mem::replace(self, left)
    }

    pub(crate) fn read(mut fields: Fields<'_>) -> Result<Self> {
        let id = fields.needed_id("id")?;
        if fields.peek_text("kind") == Some(ERASED) {
            fields.any("kind");
            let stamp = fields.needed_stamp("stamp")?;
            fields.finish()?;
            return Ok(Self::erased(id, stamp));
        }
        let older = fields.list_of("history", |value| Version::read(value.object()?))?;
        Ok(Self { id, state: State::kept(Version::read(fields)?, older) })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.object(|w| {
            w.plain_field("id", self.id);
            match &self.state {
                State::Erased(stamp) => {
                    w.plain_field("kind", ERASED);
                    w.plain_field("stamp", stamp);
                }
                State::Kept { head, older } => {
                    head.write(w);
                    if !older.is_empty() {
                        w.field("history").list(older.iter(), |w, version| {
                            w.object(|w| version.write(w));
                        });
                    }
                }
            }
        });
    }

    /// The canonical JSON of the whole record, as a store keeps it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut w = Writer::with_capacity(256);
        self.write(&mut w);
        w.finish()
    }

    /// The entry as it now reads, with its identifier, its stamp and how late it was recorded but
    /// without what came before; `None` when it was removed or erased.
    #[must_use]
    pub fn entry_json(&self, day_start: ClockTime) -> Option<String> {
        self.version_json(self.versions().next()?, day_start)
    }

    /// What a version reads, with the identifier and how late the entry was recorded; `None` when it
    /// removed the entry.
    pub(crate) fn version_json(&self, version: &Version, day_start: ClockTime) -> Option<String> {
        let days_late = version.entry()?.days_late(day_start);
        let mut w = Writer::with_capacity(256);
        w.object(|w| {
            w.plain_field("id", self.id);
            w.number_field("daysLate", days_late);
            version.write(w);
        });
        Some(w.finish())
    }
}
