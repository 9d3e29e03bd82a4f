//! What the calls of the API are given: plain data, read and checked like entries are.

use std::borrow::Cow;

use serde::Deserializer;

use super::icalendar::Wording;
use crate::analysis::trial_design::TrialQuestion;
use crate::diary::{
    ClockTime, Day, Diary, EntryId, Fields, Kind, Moment, Phone, Record, Sorting, read_fields,
};
use crate::error::{Code, Error, Result};
use crate::reference::{self, Confidence, Policy};
use crate::report::{ConcernOptions, HelpOptions, Part, TimelineOptions, VisitOptions};
use crate::safety::{
    Capability, ConcernKind, Helper, Monitored, Offered, Settings, Support, switchable,
};

/// How a diary is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenOptions {
    /// Whose diary it is.
    pub subject: Option<String>,
    /// IANA name of the time zone in which new entries are lived.
    pub zone: Option<String>,
    /// When civil days start.
    pub day_start: Option<ClockTime>,
    /// The instant the diary is looked at from, where it is not the clock's.
    pub now: Option<Moment>,
    /// Whether a clinician reads it, who also sees the flags that were set aside.
    pub is_clinician: bool,
    /// What a clinic set of the safety rules, and which rows of the tables may be used.
    pub safety: Settings,
}

impl OpenOptions {
    /// Reads the options of an opening, and puts a reference pack that is among them to use.
    ///
    /// # Errors
    /// What is wrong, with its field.
    pub fn read<'de>(options: impl Deserializer<'de>) -> Result<Self> {
        let mut fields = read_fields(options)?;
        fields.word("locale", |text| text.starts_with("en").then_some(()))?;
        let is_clinician = fields.word("audience", |text| match text {
            "patient" => Some(false),
            "clinician" => Some(true),
            _ => None,
        })?;
        let capabilities = fields.any("capabilities");
        // Rules are looked up by their ids: the pack they are in comes first.
        let policy = match fields.object("reference")? {
            Some(inner) => read_reference(inner).map_err(|error| error.inside("reference"))?,
            None => Policy::default(),
        };
        let mut safety = match fields.object("safety")? {
            Some(inner) => read_safety(inner).map_err(|error| error.inside("safety"))?,
            None => Settings::default(),
        };
        if let Some(inner) = fields.object("help")? {
            safety.support = read_support(inner).map_err(|error| error.inside("help"))?;
        }
        safety.support.is_told = fields.flag("tellsPortal")?;
        let mut read = Self {
            is_clinician: is_clinician.unwrap_or(false),
            subject: fields.name("subject")?.map(String::from),
            zone: fields.name("zone")?.map(String::from),
            day_start: fields.clock_time("dayStart")?,
            now: fields.moment("now")?,
            safety,
        };
        read.safety.policy = policy;
        if !capabilities.is_absent() {
            let named = capabilities.list_of(|part| part.word(Capability::parse));
            let named = named.map_err(|error| error.inside("capabilities"))?;
            read.safety.offered = Offered::of(&named, read.is_clinician);
        }
        fields.finish()?;
        Ok(read)
    }
}

/// Puts the pack to use that is given, and reads which rows may be used. Ids that were taken back
/// before may be of another pack: they are kept as they are.
fn read_reference(mut fields: Fields<'_>) -> Result<Policy> {
    let least = fields.word("leastConfidence", Confidence::parse)?;
    let mut policy = least.map_or_else(Policy::default, Policy::from_least);
    policy.revoke(fields.names("revoked")?.unwrap_or_default());
    let pack = fields.text("pack")?.map(Cow::into_owned);
    fields.finish()?;
    if let Some(pack) = pack {
        reference::install_file(pack).map_err(|error| error.inside("pack"))?;
    }
    Ok(policy)
}

/// Reads ids of rows that are taken back.
///
/// # Errors
/// What is wrong, with its field; [`Code::UnknownValue`] for an id that no row of the pack has.
pub fn revoked<'de>(options: impl Deserializer<'de>) -> Result<Vec<Box<str>>> {
    let mut fields = read_fields(options)?;
    let ids = fields.names("ids")?.unwrap_or_default();
    fields.finish()?;
    let pack = reference::pack();
    let is_row = |id: &str| pack.can_revoke(id) || switchable(id).is_some();
    match ids.iter().position(|id| !is_row(id)) {
        None => Ok(ids),
        Some(place) => Err(Error::new(Code::UnknownValue, format!("ids[{place}]"))
            .with("value", ids[place].as_ref())),
    }
}

fn read_safety(mut fields: Fields<'_>) -> Result<Settings> {
    let mut read = Settings::default();
    let (upper, lower) = &mut read.stimulant_pressure;
    let (asks, firmly) = &mut read.weight_gain;
    for (name, range, slot) in [
        ("stimulantUpper", 30.0..=350.0, upper),
        ("stimulantLower", 30.0..=350.0, lower),
        ("stimulantPulse", 10.0..=350.0, &mut read.stimulant_pulse),
        ("earlyImprovement", 0.0..=1.0, &mut read.early_improvement),
        ("maniaRating", 0.0..=10.0, &mut read.mania_rating),
        ("maniaShortBy", 0.0..=24.0, &mut read.mania_short_by),
        ("weightGain", 0.0..=1.0, asks),
        ("weightGainMore", 0.0..=1.0, firmly),
        ("taperShare", 0.0..=1.0, &mut read.taper_share),
    ] {
        *slot = fields.number(name, range)?.unwrap_or(*slot);
    }
    let (short, long) = &mut read.sedative_days;
    let (close, wide) = &mut read.check_in_days;
    let (trial, trial_in_ocd) = &mut read.trial_weeks;
    for (name, slot) in [
        ("sedativeDays", short),
        ("sedativeLongDays", long),
        ("injectionGraceDays", &mut read.injection_grace_days),
        ("trialWeeks", trial),
        ("trialWeeksOcd", trial_in_ocd),
        ("startingDays", &mut read.stage_days.starting),
        ("remissionDays", &mut read.stage_days.remission),
        ("taperDays", &mut read.stage_days.taper),
        ("pregnancyDays", &mut read.pregnancy_days),
        ("monitoringGraceDays", &mut read.monitoring_grace_days),
        ("checkInDays", close),
        ("checkInDaysLater", wide),
        ("listDaysBeforeVisit", &mut read.list_days_before_visit),
    ] {
        *slot = fields.whole(name, 0.0..=366.0)?.map_or(*slot, i32::from);
    }
    for (name, most, slot) in [
        ("sedativeFreeDays", 28.0, &mut read.sedative_free_days),
        ("maniaNights", 5.0, &mut read.mania_nights),
        ("missedDays", 14.0, &mut read.missed_days),
    ] {
        *slot = fields.whole(name, 1.0..=most)?.map_or(*slot, usize::from);
    }
    for (place, id) in fields.names("off")?.unwrap_or_default().iter().enumerate() {
        let rule = switchable(id).ok_or_else(|| {
            Error::new(Code::UnknownValue, format!("off[{place}]")).with("value", id.as_ref())
        })?;
        read.off.push(rule);
    }
    fields.finish()?;
    Ok(read)
}

fn read_support(mut fields: Fields<'_>) -> Result<Support> {
    let country = fields.name("country")?;
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    if country.as_deref().is_some_and(|code| !is_code(code)) {
        let refusal = Error::new(Code::WrongType, "country");
        return Err(refusal.with("wanted", "the two capital letters of a country"));
    }
    let monitored = match fields.object("monitored")? {
        Some(inner) => Some(read_monitored(inner).map_err(|error| error.inside("monitored"))?),
        None => None,
    };
    let responder = match fields.object("responder")? {
        Some(inner) => Some(read_helper(inner).map_err(|error| error.inside("responder"))?),
        None => None,
    };
    let contacts = fields.list_of("contacts", |value| read_helper(value.object()?))?;
    fields.finish()?;
    Ok(Support { country, contacts, monitored, responder, is_told: false })
}

fn read_helper(mut fields: Fields<'_>) -> Result<Helper> {
    let phone = Phone::read(&mut fields)?;
    let read = Helper {
        name: fields.needed_name("name")?,
        phone: phone.ok_or_else(|| Error::new(Code::MissingField, "phone"))?,
        hours: fields.name("hours")?,
    };
    fields.finish()?;
    Ok(read)
}

fn read_monitored(mut fields: Fields<'_>) -> Result<Monitored> {
    let read = Monitored { who: fields.needed_name("who")?, when: fields.needed_name("when")? };
    fields.finish()?;
    Ok(read)
}

/// Reads what help is asked for.
///
/// # Errors
/// What is wrong, with its field.
pub fn help<'de>(options: impl Deserializer<'de>) -> Result<HelpOptions> {
    let mut fields = read_fields(options)?;
    let read = HelpOptions {
        acknowledged: fields.name("acknowledged")?,
        reads_notes: fields.flag("readsNotes")?,
    };
    fields.finish()?;
    Ok(read)
}

/// Which entries to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    kind: Option<Kind>,
    from: Option<Day>,
    to: Option<Day>,
    off_scale: bool,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong, with its field.
    pub fn read<'de>(options: impl Deserializer<'de>) -> Result<Self> {
        let mut fields = read_fields(options)?;
        let read = Self {
            kind: fields.word("kind", Kind::parse)?,
            from: fields.day("from")?,
            to: fields.day("to")?,
            off_scale: fields.flag("offScale")?,
        };
        fields.finish()?;
        Ok(read)
    }

    /// The records that pass, by day, then instant, then identifier.
    #[must_use]
    pub fn records<'a>(&self, diary: &'a Diary) -> Vec<&'a Record> {
        let passes = |record: &&Record| {
            record.entry().is_some_and(|entry| {
                self.kind.is_none_or(|kind| entry.kind() == kind)
                    && self.from.is_none_or(|from| from <= entry.day())
                    && self.to.is_none_or(|to| entry.day() <= to)
                    && (!self.off_scale || diary.is_off_scale(entry))
            })
        };
        let mut records: Vec<&Record> = diary.records().iter().filter(passes).collect();
        records.arrange_by_key(|record| {
            record.entry().map(|entry| (entry.day(), entry.at().map(Moment::ms), record.id()))
        });
        records
    }
}

/// Reads what a timeline is asked for.
///
/// # Errors
/// What is wrong, with its field.
pub fn timeline<'de>(options: impl Deserializer<'de>) -> Result<TimelineOptions> {
    let mut fields = read_fields(options)?;
    let read = TimelineOptions {
        outcomes: fields.names("outcomes")?,
        from: fields.day("from")?,
        to: fields.day("to")?,
    };
    fields.finish()?;
    match (read.from, read.to) {
        (Some(from), Some(to)) if to < from => Err(Error::new(Code::EndBeforeStart, "to")),
        _ => Ok(read),
    }
}

/// Reads how much a calendar tells: no word on medicines or health unless `detail` is `true`.
///
/// # Errors
/// What is wrong, with its field.
pub fn calendar<'de>(options: impl Deserializer<'de>) -> Result<Wording> {
    let mut fields = read_fields(options)?;
    let is_detailed = fields.flag("detail")?;
    fields.finish()?;
    Ok(if is_detailed { Wording::Detailed } else { Wording::Private })
}

/// Reads what a concern is about.
///
/// # Errors
/// What is wrong, with its field.
pub fn concern<'de>(options: impl Deserializer<'de>) -> Result<ConcernOptions> {
    let mut fields = read_fields(options)?;
    let read = ConcernOptions {
        kind: fields.needed_word("kind", ConcernKind::parse)?,
        medicine: fields.needed_id("medicine")?,
        effect: fields.id("effect")?,
    };
    fields.finish()?;
    Ok(read)
}

/// Reads what a brief for a visit is asked for.
///
/// # Errors
/// What is wrong, with its field.
pub fn visit<'de>(options: impl Deserializer<'de>) -> Result<VisitOptions> {
    let mut fields = read_fields(options)?;
    let read = VisitOptions {
        since: fields.day("since")?,
        first: fields.flag("first")?,
        include: fields.list_of("include", |part| part.word(Part::parse))?,
    };
    fields.finish()?;
    Ok(read)
}

/// Reads a medicine.
///
/// # Errors
/// What is wrong, with its field.
pub fn medicine<'de>(options: impl Deserializer<'de>) -> Result<EntryId> {
    let mut fields = read_fields(options)?;
    let medicine = fields.needed_id("medicine")?;
    fields.finish()?;
    Ok(medicine)
}

/// Reads a medicine and a second name, that of an outcome or an instrument.
///
/// # Errors
/// What is wrong, with its field.
pub fn medicine_and<'de>(
    options: impl Deserializer<'de>,
    second: &str,
) -> Result<(EntryId, Box<str>)> {
    let mut fields = read_fields(options)?;
    let medicine = fields.needed_id("medicine")?;
    let name = fields.needed_name(second)?;
    fields.finish()?;
    Ok((medicine, name))
}

/// Reads one name, that of an outcome or an instrument.
///
/// # Errors
/// What is wrong, with its field.
pub fn one_name<'de>(options: impl Deserializer<'de>, name: &str) -> Result<Box<str>> {
    let mut fields = read_fields(options)?;
    let found = fields.needed_name(name)?;
    fields.finish()?;
    Ok(found)
}

/// Reads what the design of a trial is asked for: a medicine, the question, an outcome and how much
/// matters.
///
/// # Errors
/// What is wrong, with its field.
pub fn trial_design<'de>(
    options: impl Deserializer<'de>,
) -> Result<(EntryId, TrialQuestion, Box<str>, Option<f64>)> {
    let mut fields = read_fields(options)?;
    let medicine = fields.needed_id("medicine")?;
    let question = fields.word("question", TrialQuestion::parse)?;
    let outcome = fields.needed_name("outcome")?;
    let points = fields.number("points", 0.01..=1e6)?;
    fields.finish()?;
    Ok((medicine, question.unwrap_or(TrialQuestion::WithOrWithout), outcome, points))
}

/// A medicine and the days looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct MedicineDays {
    /// The medicine.
    pub medicine: EntryId,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl MedicineDays {
    /// Reads the options.
    ///
    /// # Errors
    /// What is wrong, with its field.
    pub fn read<'de>(options: impl Deserializer<'de>) -> Result<Self> {
        let mut fields = read_fields(options)?;
        let read = Self::of(&mut fields)?;
        fields.finish()?;
        Ok(read)
    }

    fn of(fields: &mut Fields<'_>) -> Result<Self> {
        let medicine = fields.needed_id("medicine")?;
        Ok(Self { medicine, from: fields.day("from")?, to: fields.day("to")? })
    }
}

/// What an adherence is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct AdherenceOptions {
    /// The medicine and the days.
    pub days: MedicineDays,
    /// An outcome to be set beside the missed doses.
    pub outcome: Option<Box<str>>,
}

impl AdherenceOptions {
    /// Reads the options.
    ///
    /// # Errors
    /// What is wrong, with its field.
    pub fn read<'de>(options: impl Deserializer<'de>) -> Result<Self> {
        let mut fields = read_fields(options)?;
        let read = Self { days: MedicineDays::of(&mut fields)?, outcome: fields.name("outcome")? };
        fields.finish()?;
        Ok(read)
    }
}
