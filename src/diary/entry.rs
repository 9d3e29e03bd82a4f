use crate::error::{Code, Error, Result};

use super::check_in::{Assessment, CheckIn, InstrumentDefinition, OutcomeDefinition};
use super::event::{
    Dismissal, Goal, LifeEvent, Measurement, ProfileFact, Question, Reconciliation, RelapseSigns,
    SideEffect, Span, SubstanceUse, TherapySession, Visit,
};
use super::id::EntryId;
use super::medicine::{DoseEvent, Medicine, Step};
use super::support::{Contact, SafetyPlan};
use super::time::{ClockTime, Day, Moment};
use super::value::Fields;
use super::words::words;
use super::writer::Writer;

words! {
    /// Who recorded an entry.
    RecordedBy {
        /// The person whose diary it is.
        Person = "self",
        /// Someone of the family or another supporter.
        Family = "family",
        /// Someone of the care team.
        Clinician = "clinician",
        /// A file that was read in.
        Import = "import",
    }
}

impl RecordedBy {
    /// Whether it is someone who sees the person from outside: what they rate is a series of its own.
    #[must_use]
    pub const fn is_observer(self) -> bool {
        matches!(self, Self::Family | Self::Clinician)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident($body:ty) = $text:literal,)*) => {
        words! {
            /// What an entry is about.
            Kind { $($(#[$doc])* $variant = $text,)* }
        }

        /// The body of an entry, one shape for each [`Kind`].
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body { $($(#[$doc])* $variant($body),)* }

        impl Body {
            /// The kind of this body.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant,)* }
            }

            fn read(kind: Kind, fields: &mut Fields<'_>) -> Result<Self> {
                Ok(match kind {
                    $(Kind::$variant => Self::$variant(<$body as Read>::read(fields)?),)*
                })
            }

            fn write(&self, w: &mut Writer) {
                match self { $(Self::$variant(body) => body.write(w),)* }
            }
        }

        impl Kind {
            /// The fields that only entries of this kind have, as paths: `a.b` is `b` inside `a`,
            /// `a[]` an element of the list `a`, `a.*` a name that the diary gives.
            #[must_use]
            pub const fn fields(self) -> &'static [&'static str] {
                match self { $(Self::$variant => <$body as Read>::FIELDS,)* }
            }
        }
    };
}

/// Bodies are boxed unless they are many and small, so that a dose event costs no more than it
/// must.
trait Read: Sized {
    const FIELDS: &'static [&'static str];

    fn read(fields: &mut Fields<'_>) -> Result<Self>;
}

macro_rules! read {
    ($($body:ty),*) => {
        $(impl Read for Box<$body> {
            const FIELDS: &'static [&'static str] = <$body>::FIELDS;

            fn read(fields: &mut Fields<'_>) -> Result<Self> {
                <$body>::read(fields).map(Box::new)
            }
        })*
    };
}

read!(
    CheckIn,
    Assessment,
    Medicine,
    Step,
    SideEffect,
    Measurement,
    TherapySession,
    LifeEvent,
    SubstanceUse,
    Visit,
    Question,
    Goal,
    RelapseSigns,
    Reconciliation,
    Span,
    ProfileFact,
    Dismissal,
    SafetyPlan,
    Contact,
    OutcomeDefinition,
    InstrumentDefinition
);

impl Read for DoseEvent {
    const FIELDS: &'static [&'static str] = Self::FIELDS;

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Self::read(fields)
    }
}

kinds! {
    /// Ratings, sleep, cycle day, tags and a note recorded together.
    CheckIn(Box<CheckIn>) = "check-in",
    /// One completed filling of an instrument.
    Assessment(Box<Assessment>) = "assessment",
    /// One product a person takes.
    Medicine(Box<Medicine>) = "medicine",
    /// One change of what is prescribed.
    Step(Box<Step>) = "step",
    /// What happened to one dose.
    Dose(DoseEvent) = "dose",
    /// An unwanted effect, from its first day to its last.
    SideEffect(Box<SideEffect>) = "side-effect",
    /// A measured number with its unit.
    Measurement(Box<Measurement>) = "measurement",
    /// One session of a therapy.
    Therapy(Box<TherapySession>) = "therapy",
    /// Something that happened in the person's life.
    LifeEvent(Box<LifeEvent>) = "life-event",
    /// Use of a substance that is not a recorded medicine.
    Substance(Box<SubstanceUse>) = "substance",
    /// A visit with someone of the care team.
    Visit(Box<Visit>) = "visit",
    /// A question to bring to a visit.
    Question(Box<Question>) = "question",
    /// Something the person wants to reach.
    Goal(Box<Goal>) = "goal",
    /// The signs of a relapse, chosen while well.
    RelapseSigns(Box<RelapseSigns>) = "relapse-signs",
    /// The list of medicines, looked over.
    Reconciliation(Box<Reconciliation>) = "reconciliation",
    /// A hospital stay, emergency visit or sick leave.
    Span(Box<Span>) = "span",
    /// A dated fact about the person.
    Profile(Box<ProfileFact>) = "profile",
    /// A flag that was set aside.
    Dismissal(Box<Dismissal>) = "dismissal",
    /// What the person wrote for hard hours.
    SafetyPlan(Box<SafetyPlan>) = "safety-plan",
    /// Someone of the care team.
    Contact(Box<Contact>) = "contact",
    /// An outcome this diary defines.
    Outcome(Box<OutcomeDefinition>) = "outcome",
    /// An instrument this diary defines.
    Instrument(Box<InstrumentDefinition>) = "instrument",
}

/// One recorded fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    day: Day,
    at: Option<Moment>,
    recorded_by: RecordedBy,
    recorded_at: Moment,
    body: Body,
}

impl Entry {
    /// The fields that entries of every kind have; see [`Kind::fields`].
    pub const FIELDS: &[&str] = &["kind", "day", "at", "recordedBy", "recordedAt"];

    /// The civil day as the person lived it.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.day
    }

    /// The instant, where it is known.
    #[must_use]
    pub const fn at(&self) -> Option<Moment> {
        self.at
    }

    /// Who recorded it.
    #[must_use]
    pub const fn recorded_by(&self) -> RecordedBy {
        self.recorded_by
    }

    /// When it was first recorded. An amendment keeps it; the version's stamp tells when that was.
    #[must_use]
    pub const fn recorded_at(&self) -> Moment {
        self.recorded_at
    }

    /// How many days after its own day it was recorded; 0 when on the day or ahead of it.
    #[must_use]
    pub fn days_late(&self, day_start: ClockTime) -> u32 {
        u32::try_from(self.recorded_at.day(day_start).since(self.day)).unwrap_or(0)
    }

    /// What was recorded.
    #[must_use]
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// What kind of entry it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// Reads an entry as it is kept, all common fields given.
    pub(crate) fn read(kind: Kind, fields: &mut Fields<'_>) -> Result<Self> {
        let day = fields.needed_day("day")?;
        let at = fields.moment("at")?;
        check_day(day, at)?;
        Ok(Self {
            day,
            at,
            recorded_by: fields.needed_word("recordedBy", RecordedBy::parse)?,
            recorded_at: fields.needed_moment("recordedAt")?,
            body: Body::read(kind, fields)?,
        })
    }

    /// Reads an entry as it is recorded now: the instant defaults to `now`, the civil day to the
    /// instant's, or for something that lasts to its first day.
    pub(crate) fn read_draft(
        kind: Kind,
        mut fields: Fields<'_>,
        now: Moment,
        day_start: ClockTime,
        before: Option<&Self>,
    ) -> Result<Self> {
        let day = fields.day("day")?;
        let at = fields.moment("at")?;
        let recorded_by = fields.word("recordedBy", RecordedBy::parse)?;
        let body = Body::read(kind, &mut fields)?;
        fields.finish()?;
        let first_day = body.first_day();
        let (field, day, at) = match (day, at, first_day, before) {
            (Some(day), at, ..) => ("day", day, at),
            (None, Some(at), ..) => ("at", at.day(day_start), Some(at)),
            (None, None, Some(first), _) => ("onset", first, None),
            (None, None, None, Some(before)) => ("day", before.day, before.at),
            (None, None, None, None) => ("day", now.day(day_start), Some(now)),
        };
        check_day(day, at)?;
        // An amendment is not refused for the day it leaves as it was.
        let is_new = |day: Day, before: Option<Day>| kind.has_happened() && before != Some(day);
        let tomorrow = now.day(day_start).plus(1);
        if is_new(day, before.map(Self::day)) {
            not_after(tomorrow, day, field)?;
        }
        if let Some(first) = first_day
            && is_new(first, before.and_then(|before| before.body.first_day()))
        {
            not_after(tomorrow, first, "onset")?;
        }
        let default_by = before.map_or(RecordedBy::Person, |before| before.recorded_by);
        let recorded_by = recorded_by.unwrap_or(default_by);
        let recorded_at = before.map_or(now, |before| before.recorded_at);
        Ok(Self { day, at, recorded_by, recorded_at, body })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.plain_field("day", self.day);
        w.optional_plain("at", self.at);
        w.plain_field("recordedBy", self.recorded_by);
        w.plain_field("recordedAt", self.recorded_at);
    }

    pub(crate) fn write_body(&self, w: &mut Writer) {
        self.body.write(w);
    }
}

impl Body {
    /// What the person wrote beside it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::CheckIn(body) => body.note(),
            Self::Assessment(body) => body.note.as_deref(),
            Self::Medicine(body) => body.note.as_deref(),
            Self::Step(body) => body.note.as_deref(),
            Self::SideEffect(body) => body.note.as_deref(),
            Self::Measurement(body) => body.note.as_deref(),
            Self::Therapy(body) => body.note.as_deref(),
            Self::LifeEvent(body) => body.note.as_deref(),
            Self::Substance(body) => body.note.as_deref(),
            Self::Visit(body) => body.note.as_deref(),
            Self::Goal(body) => body.note.as_deref(),
            Self::RelapseSigns(body) => body.note.as_deref(),
            Self::Span(body) => body.note.as_deref(),
            _ => None,
        }
    }

    /// The first day of something that lasts.
    fn first_day(&self) -> Option<Day> {
        match self {
            Self::SideEffect(effect) => Some(effect.onset),
            Self::Span(span) => Some(span.from),
            _ => None,
        }
    }
}

impl Kind {
    /// Whether entries of this kind tell what was, and so cannot lie in the future.
    const fn has_happened(self) -> bool {
        matches!(
            self,
            Self::CheckIn
                | Self::Assessment
                | Self::Dose
                | Self::Measurement
                | Self::Substance
                | Self::SideEffect
                | Self::Reconciliation
        )
    }
}

fn not_after(last: Day, day: Day, field: &str) -> Result<()> {
    if day <= last {
        return Ok(());
    }
    let refusal = Error::new(Code::OutOfRange, field).with("value", day.to_string());
    Err(refusal.with("min", Day::FIRST.to_string()).with("max", last.to_string()))
}

/// A civil day is the local date of its instant or, after midnight, the date before.
fn check_day(day: Day, at: Option<Moment>) -> Result<()> {
    let Some(at) = at else { return Ok(()) };
    let date = at.day(ClockTime::MIDNIGHT);
    if day == date || day == date.plus(-1) {
        return Ok(());
    }
    let refusal = Error::new(Code::OutOfRange, "day").with("value", day.to_string());
    Err(refusal.with("min", date.plus(-1).to_string()).with("max", date.to_string()))
}

/// An entry with its identifier.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The identifier.
    pub id: EntryId,
    /// The entry as it now reads.
    pub entry: &'a Entry,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::value::{TAKEN, read_fields};
    use super::super::{Kind, Record};
    use super::Entry;

    /// The fixture has an entry of each kind with each of its fields, so every reader asks here
    /// for every field it knows.
    #[test]
    fn readers_ask_for_the_fields_that_are_listed_and_no_others() {
        let file = include_str!("../../tests/fixtures/diary/every-field.json");
        let lines: Vec<&str> = file.lines().filter(|line| line.starts_with("{\"id\"")).collect();
        for kind in Kind::ALL {
            TAKEN.with_borrow_mut(BTreeSet::clear);
            for line in lines.iter().filter(|line| line.contains(&format!("\"kind\":\"{kind}\",")))
            {
                let line = line.trim_end_matches("]}").trim_end_matches(',');
                let fields = read_fields(&mut serde_json::Deserializer::from_str(line)).unwrap();
                Record::read(fields).unwrap();
            }
            let names = |paths: &[&str]| -> BTreeSet<String> {
                let leaf = |path: &&str| path.rsplit('.').next().unwrap_or(path).to_owned();
                let is_name = |name: &String| name != "*" && !name.ends_with("[]");
                paths.iter().map(leaf).filter(is_name).collect()
            };
            let common = [Entry::FIELDS, Record::FIELDS].concat();
            let listed: BTreeSet<String> = names(&[&common, kind.fields()].concat());
            assert_eq!(TAKEN.with_borrow(Clone::clone), listed, "{kind}");
        }
    }
}
