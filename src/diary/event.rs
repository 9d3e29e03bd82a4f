use crate::error::{Code, Error, Result};

use super::id::EntryId;
use super::sorting::Sorting;
use super::time::Day;
use super::value::{Fields, Value};
use super::words::words;
use super::writer::Writer;

words! {
    /// How strong a side effect is.
    Severity {
        /// Noticed, does not get in the way.
        Mild = "mild",
        /// Gets in the way of some things.
        Moderate = "moderate",
        /// Gets in the way of most things.
        Severe = "severe",
    }
}

impl Severity {
    /// 1 for mild, 2 for moderate, 3 for severe.
    #[must_use]
    pub const fn weight(self) -> u8 {
        match self {
            Self::Mild => 1,
            Self::Moderate => 2,
            Self::Severe => 3,
        }
    }
}

/// An unwanted effect a person noticed, from its first day to its last.
#[derive(Clone, Debug, PartialEq)]
pub struct SideEffect {
    /// What it is, in the person's words or a reference term.
    pub term: Box<str>,
    /// How strong.
    pub severity: Severity,
    /// The first day.
    pub onset: Day,
    /// The last day; `None` while it goes on.
    pub end: Option<Day>,
    /// The medicine the person suspects, if any.
    pub suspected: Option<EntryId>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

fn ordered(start: Day, end: Option<Day>, field: &str) -> Result<()> {
    match end {
        Some(end) if end < start => Err(Error::new(Code::EndBeforeStart, field)),
        _ => Ok(()),
    }
}

impl SideEffect {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["term", "severity", "onset", "end", "suspected", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let (onset, end) = (fields.needed_day("onset")?, fields.day("end")?);
        ordered(onset, end, "end")?;
        Ok(Self {
            term: fields.needed_name("term")?,
            severity: fields.needed_word("severity", Severity::parse)?,
            onset,
            end,
            suspected: fields.id("suspected")?,
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("term", &self.term);
        w.plain_field("severity", self.severity);
        w.plain_field("onset", self.onset);
        w.optional_plain("end", self.end);
        w.optional_plain("suspected", self.suspected);
        w.optional_text("note", self.note.as_deref());
    }
}

words! {
    /// What was measured.
    Measure {
        /// Body weight.
        Weight = "weight",
        /// Blood pressure: the value is the upper number.
        BloodPressure = "blood-pressure",
        /// Pulse.
        Pulse = "pulse",
        /// Body temperature.
        Temperature = "temperature",
        /// A laboratory value of an analyte.
        Lab = "lab",
    }
}

words! {
    /// The unit of a measurement.
    MeasureUnit {
        /// Kilograms.
        Kilogram = "kg",
        /// Pounds.
        Pound = "lb",
        /// Millimetres of mercury.
        MillimetreMercury = "mmHg",
        /// Beats a minute.
        PerMinute = "/min",
        /// Degrees Celsius.
        Celsius = "Cel",
        /// Degrees Fahrenheit.
        Fahrenheit = "degF",
        /// Millimoles a litre.
        MillimolePerLitre = "mmol/L",
        /// Milliequivalents a litre.
        MilliequivalentPerLitre = "mEq/L",
        /// Micromoles a litre.
        MicromolePerLitre = "umol/L",
        /// Nanomoles a litre.
        NanomolePerLitre = "nmol/L",
        /// Milligrams a litre.
        MilligramPerLitre = "mg/L",
        /// Milligrams a decilitre.
        MilligramPerDecilitre = "mg/dL",
        /// Micrograms a millilitre.
        MicrogramPerMillilitre = "mcg/mL",
        /// Micrograms a litre.
        MicrogramPerLitre = "mcg/L",
        /// Nanograms a millilitre.
        NanogramPerMillilitre = "ng/mL",
        /// Grams a decilitre.
        GramPerDecilitre = "g/dL",
        /// Units a litre.
        UnitPerLitre = "U/L",
        /// Milli-international units a litre.
        MilliUnitPerLitre = "mIU/L",
        /// Billions a litre.
        BillionPerLitre = "10*9/L",
        /// Cells a microlitre.
        PerMicrolitre = "/uL",
        /// Millilitres a minute (for 1.73 m²).
        MillilitrePerMinute = "mL/min",
        /// Per cent.
        Percent = "%",
    }
}

impl Measure {
    /// The units it may have and the range of a plausible value in each; an empty list allows
    /// every unit.
    const fn allowed(self) -> &'static [(MeasureUnit, f64, f64)] {
        match self {
            Self::Weight => {
                &[(MeasureUnit::Kilogram, 1.0, 650.0), (MeasureUnit::Pound, 2.0, 1450.0)]
            }
            Self::BloodPressure => &[(MeasureUnit::MillimetreMercury, 30.0, 350.0)],
            Self::Pulse => &[(MeasureUnit::PerMinute, 10.0, 350.0)],
            Self::Temperature => {
                &[(MeasureUnit::Celsius, 25.0, 46.0), (MeasureUnit::Fahrenheit, 77.0, 115.0)]
            }
            Self::Lab => &[],
        }
    }
}

/// A measured number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// What was measured.
    pub measure: Measure,
    /// The number; for blood pressure the upper one.
    pub value: f64,
    /// Its unit.
    pub unit: MeasureUnit,
    /// The lower number of a blood pressure.
    pub diastolic: Option<f64>,
    /// What a laboratory looked for, for example `lithium`.
    pub analyte: Option<Box<str>>,
    /// Hours since the last dose, without which a drug level cannot be read.
    pub hours_since_dose: Option<f64>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Measurement {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] =
        &["measure", "value", "unit", "diastolic", "analyte", "hoursSinceDose", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let measure = fields.needed_word("measure", Measure::parse)?;
        let unit = fields.needed_word("unit", MeasureUnit::parse)?;
        let allowed = measure.allowed();
        let range = match allowed.iter().find(|(allowed, ..)| *allowed == unit) {
            Some((_, min, max)) => *min..=*max,
            None if allowed.is_empty() => 0.0..=1e9,
            None => {
                let refusal = Error::new(Code::UnknownValue, "unit");
                return Err(refusal.with("value", unit.as_str()));
            }
        };
        let value = fields.needed_number("value", range.clone())?;
        let diastolic = fields.number("diastolic", *range.start()..=value)?;
        let analyte = fields.name("analyte")?;
        let only = |field: &str, is_set: bool, belongs: bool| match (is_set, belongs) {
            (true, false) => Err(Error::new(Code::UnknownField, field)),
            (false, true) => Err(Error::new(Code::MissingField, field)),
            _ => Ok(()),
        };
        only("diastolic", diastolic.is_some(), measure == Measure::BloodPressure)?;
        only("analyte", analyte.is_some(), measure == Measure::Lab)?;
        Ok(Self {
            measure,
            value,
            unit,
            diastolic,
            analyte,
            hours_since_dose: fields.number("hoursSinceDose", 0.0..=10_000.0)?,
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.plain_field("measure", self.measure);
        w.number_field("value", self.value);
        w.plain_field("unit", self.unit);
        w.optional_number("diastolic", self.diastolic);
        w.optional_text("analyte", self.analyte.as_deref());
        w.optional_number("hoursSinceDose", self.hours_since_dose);
        w.optional_text("note", self.note.as_deref());
    }
}

/// One session of a therapy.
#[derive(Clone, Debug, PartialEq)]
pub struct TherapySession {
    /// Which therapy, in the person's words.
    pub therapy: Box<str>,
    /// How long, in minutes.
    pub minutes: Option<u16>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl TherapySession {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["therapy", "minutes", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            therapy: fields.needed_name("therapy")?,
            minutes: fields.whole("minutes", 1.0..=1440.0)?,
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("therapy", &self.therapy);
        w.optional_number("minutes", self.minutes);
        w.optional_text("note", self.note.as_deref());
    }
}

/// Something that happened in the person's life.
#[derive(Clone, Debug, PartialEq)]
pub struct LifeEvent {
    /// What happened.
    pub title: Box<str>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl LifeEvent {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["title", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self { title: fields.needed_name("title")?, note: fields.note("note")? })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("title", &self.title);
        w.optional_text("note", self.note.as_deref());
    }
}

/// Use of a substance that is not a recorded medicine.
#[derive(Clone, Debug, PartialEq)]
pub struct SubstanceUse {
    /// Which: alcohol, caffeine, cannabis, St John's wort …
    pub substance: Box<str>,
    /// How much, in the counting words beside it.
    pub quantity: Option<f64>,
    /// What is counted: glasses, cups, grams …
    pub counted_in: Option<Box<str>>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl SubstanceUse {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["substance", "quantity", "countedIn", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            substance: fields.needed_name("substance")?,
            quantity: fields.number("quantity", 0.0..=100_000.0)?,
            counted_in: fields.name("countedIn")?,
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("substance", &self.substance);
        w.optional_number("quantity", self.quantity);
        w.optional_text("countedIn", self.counted_in.as_deref());
        w.optional_text("note", self.note.as_deref());
    }
}

/// A visit with someone of the care team.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// With whom.
    pub with: Option<Box<str>>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Visit {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["with", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self { with: fields.name("with")?, note: fields.note("note")? })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.optional_text("with", self.with.as_deref());
        w.optional_text("note", self.note.as_deref());
    }
}

/// A question to bring to a visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub text: Box<str>,
    /// The visit it is meant for.
    pub visit: Option<EntryId>,
    /// What was answered.
    pub answer: Option<Box<str>>,
}

impl Question {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["text", "visit", "answer"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let text = fields.note("text")?;
        Ok(Self {
            text: text.ok_or_else(|| Error::new(Code::MissingField, "text"))?,
            visit: fields.id("visit")?,
            answer: fields.note("answer")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("text", &self.text);
        w.optional_plain("visit", self.visit);
        w.optional_text("answer", self.answer.as_deref());
    }
}

/// Something the person wants to reach, with how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The goal.
    pub text: Box<str>,
    /// Attainment from −2 (much less than hoped) over 0 (as hoped) to 2 (much more).
    pub attainment: Option<i8>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Goal {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["text", "attainment", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let text = fields.note("text")?;
        let attainment = fields.number("attainment", -2.0..=2.0)?;
        if attainment.is_some_and(|value| value.fract() != 0.0) {
            let refusal = Error::new(Code::WrongType, "attainment");
            return Err(refusal.with("wanted", "a whole number"));
        }
        Ok(Self {
            text: text.ok_or_else(|| Error::new(Code::MissingField, "text"))?,
            attainment: attainment.map(|value| value as i8),
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("text", &self.text);
        w.optional_number("attainment", self.attainment);
        w.optional_text("note", self.note.as_deref());
    }
}

/// The signs by which a person would notice a relapse coming, chosen on a day they were well.
///
/// A sign is ticked as a tag of a check-in.
#[derive(Clone, Debug, PartialEq)]
pub struct RelapseSigns {
    signs: Box<[Box<str>]>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl RelapseSigns {
    /// The signs, sorted, each once; at least one.
    #[must_use]
    pub const fn signs(&self) -> &[Box<str>] {
        &self.signs
    }

    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["signs", "signs[]", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let mut signs = fields.list_of("signs", Value::name)?;
        signs.arrange_by(Ord::cmp);
        signs.dedup();
        if signs.is_empty() {
            return Err(Error::new(Code::MissingField, "signs"));
        }
        Ok(Self { signs: signs.into(), note: fields.note("note")? })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.field("signs").list(self.signs.iter(), |w, sign| w.string(sign));
        w.optional_text("note", self.note.as_deref());
    }
}

/// That the list of medicines was looked over and found to be everything that is taken. Who looked is
/// who recorded it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciliation {
    medicines: Box<[EntryId]>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Reconciliation {
    /// What the list held, sorted, each once; empty where nothing is taken.
    #[must_use]
    pub const fn medicines(&self) -> &[EntryId] {
        &self.medicines
    }

    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["medicines", "medicines[]", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let mut medicines = fields.list_of("medicines", |value| EntryId::parse(&value.text()?))?;
        medicines.arrange_by(Ord::cmp);
        medicines.dedup();
        Ok(Self { medicines: medicines.into(), note: fields.note("note")? })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.field("medicines").list(self.medicines.iter(), |w, id| w.string(&id.to_string()));
        w.optional_text("note", self.note.as_deref());
    }
}

words! {
    /// A stretch of days away from ordinary life.
    SpanType {
        /// Days in hospital.
        HospitalStay = "hospital-stay",
        /// An emergency visit.
        EmergencyVisit = "emergency-visit",
        /// Days off sick.
        SickLeave = "sick-leave",
    }
}

/// A stretch of days from its first to its last.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// What kind of stretch.
    pub span: SpanType,
    /// The first day.
    pub from: Day,
    /// The last day; `None` while it goes on.
    pub to: Option<Day>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Span {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["span", "from", "to", "note"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let (from, to) = (fields.needed_day("from")?, fields.day("to")?);
        ordered(from, to, "to")?;
        let span = fields.needed_word("span", SpanType::parse)?;
        Ok(Self { span, from, to, note: fields.note("note")? })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.plain_field("span", self.span);
        w.plain_field("from", self.from);
        w.optional_plain("to", self.to);
        w.optional_text("note", self.note.as_deref());
    }
}

words! {
    /// What a profile fact is about.
    Topic {
        /// What the person notices: what brings them to a visit.
        Symptoms = "symptoms",
        /// What was before.
        History = "history",
        /// Sleep, work, food, movement: how the person lives.
        Lifestyle = "lifestyle",
        /// What matters to the person in a treatment.
        Preferences = "preferences",
        /// A condition, self-reported or diagnosed.
        Condition = "condition",
        /// The year of birth.
        BirthYear = "birth-year",
        /// Being pregnant.
        Pregnancy = "pregnancy",
        /// That a pregnancy is possible.
        PregnancyPossible = "pregnancy-possible",
        /// Breastfeeding.
        Breastfeeding = "breastfeeding",
        /// An allergy.
        Allergy = "allergy",
        /// A bad reaction to a medicine in the past.
        PastReaction = "past-reaction",
        /// Seizures.
        Seizures = "seizures",
        /// An eating disorder.
        EatingDisorder = "eating-disorder",
        /// A kidney problem.
        Kidney = "kidney",
        /// A liver problem.
        Liver = "liver",
        /// A heart problem.
        Heart = "heart",
        /// Glaucoma.
        Glaucoma = "glaucoma",
        /// Smoking.
        Smoking = "smoking",
        /// Conditions in the family.
        FamilyHistory = "family-history",
    }
}

/// What is known about a topic: unknown is not the same as no.
#[derive(Clone, Debug, PartialEq)]
pub enum Knowledge {
    /// The person told: a word, a number, yes or no.
    Known(ProfileValue),
    /// The person does not know.
    Unknown,
    /// The person would rather not say.
    Declined,
}

/// What a person told about a topic.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileValue {
    /// A year.
    Year(u16),
    /// Words, for example the name of a condition, `yes` or `no`.
    Text(Box<str>),
}

/// One fact about the person, true from the entry's day on until a newer one on the same topic.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileFact {
    /// What it is about.
    pub topic: Topic,
    /// What is known.
    pub knowledge: Knowledge,
    /// Who diagnosed a condition; `None` when self-reported.
    pub diagnosed_by: Option<Box<str>>,
}

impl ProfileFact {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["topic", "state", "value", "diagnosedBy"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let topic = fields.needed_word("topic", Topic::parse)?;
        let state = fields.needed_word("state", |text| {
            ["known", "unknown", "declined"].iter().position(|word| *word == text)
        })?;
        let value = fields.any("value");
        let knowledge = match (state, value.is_absent()) {
            (0, true) => return Err(Error::new(Code::MissingField, "value")),
            (0, false) => {
                let value = read_profile_value(topic, value);
                Knowledge::Known(value.map_err(|error| error.inside("value"))?)
            }
            (_, false) => return Err(Error::new(Code::UnknownField, "value")),
            (1, true) => Knowledge::Unknown,
            (_, true) => Knowledge::Declined,
        };
        let diagnosed_by = fields.name("diagnosedBy")?;
        if diagnosed_by.is_some() && topic != Topic::Condition {
            return Err(Error::new(Code::UnknownField, "diagnosedBy"));
        }
        Ok(Self { topic, knowledge, diagnosed_by })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.plain_field("topic", self.topic);
        match &self.knowledge {
            Knowledge::Known(value) => {
                w.plain_field("state", "known");
                match value {
                    ProfileValue::Year(year) => w.number_field("value", *year),
                    ProfileValue::Text(text) => w.text_field("value", text),
                }
            }
            Knowledge::Unknown => w.plain_field("state", "unknown"),
            Knowledge::Declined => w.plain_field("state", "declined"),
        }
        w.optional_text("diagnosedBy", self.diagnosed_by.as_deref());
    }
}

fn read_profile_value(topic: Topic, value: Value<'_>) -> Result<ProfileValue> {
    match topic {
        Topic::BirthYear => value.whole(1900.0..=2199.0).map(ProfileValue::Year),
        _ => value.name().map(ProfileValue::Text),
    }
}

/// A flag of the safety rules that was set aside. It holds for the facts the flag rested on: when
/// they change, so does the flag's key.
#[derive(Clone, Debug, PartialEq)]
pub struct Dismissal {
    /// The key of the flag.
    pub flag: Box<str>,
    /// Why, in the words of whoever set it aside.
    pub reason: Box<str>,
}

impl Dismissal {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &["flag", "reason"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self { flag: fields.needed_name("flag")?, reason: fields.needed_name("reason")? })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("flag", &self.flag);
        w.text_field("reason", &self.reason);
    }
}
