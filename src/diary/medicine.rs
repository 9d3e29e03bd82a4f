use crate::error::{Code, Error, Result};

use super::dose::{Quantity, Unit};
use super::id::EntryId;
use super::schedule::Schedule;
use super::time::ClockTime;
use super::value::{Fields, Value};
use super::words::words;
use super::writer::Writer;

words! {
    /// What a medicine comes as.
    Form {
        /// Tablet.
        Tablet = "tablet",
        /// Capsule.
        Capsule = "capsule",
        /// Liquid measured in millilitres.
        Liquid = "liquid",
        /// Drops.
        Drops = "drops",
        /// Patch for the skin.
        Patch = "patch",
        /// Injection.
        Injection = "injection",
        /// Spray.
        Spray = "spray",
        /// Film that dissolves in the mouth.
        Film = "film",
        /// Something else.
        Other = "other",
    }
}

words! {
    /// How a medicine gets into the body.
    Route {
        /// Swallowed.
        Oral = "oral",
        /// Under the tongue or in the cheek.
        Sublingual = "sublingual",
        /// Through the nose.
        Nasal = "nasal",
        /// Through the skin.
        Transdermal = "transdermal",
        /// Into a muscle.
        Intramuscular = "intramuscular",
        /// Under the skin.
        Subcutaneous = "subcutaneous",
        /// Another way.
        Other = "other",
    }
}

words! {
    /// How fast a product gives off its ingredient.
    Release {
        /// At once.
        Immediate = "immediate",
        /// Over hours.
        Extended = "extended",
        /// After a delay.
        Delayed = "delayed",
        /// Over weeks.
        Depot = "depot",
    }
}

/// An active ingredient of a product.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingredient {
    /// Its name.
    pub name: Box<str>,
    /// Its row in the reference tables, for example `sertraline`, where it has one.
    pub reference: Option<Box<str>>,
    /// Its RxNorm identifier as it was recorded.
    pub rxnorm: Option<Box<str>>,
    /// How much of it one tablet, millilitre or drop holds, by weight or activity.
    pub strength: Option<Quantity>,
}

impl Ingredient {
    /// What tells two ingredients apart: the row in the reference tables, or the name where there is
    /// none. The same ingredient spelled in two ways is one.
    #[must_use]
    pub fn key(&self) -> &str {
        self.reference.as_ref().unwrap_or(&self.name)
    }

    fn read(value: Value<'_>) -> Result<Self> {
        let mut fields = value.object()?;
        let strength = match fields.object("strength")? {
            Some(inner) => Some(read_strength(inner).map_err(|error| error.inside("strength"))?),
            None => None,
        };
        let ingredient = Self {
            name: fields.needed_name("name")?,
            reference: fields.name("reference")?,
            rxnorm: fields.name("rxnorm")?,
            strength,
        };
        fields.finish()?;
        Ok(ingredient)
    }

    fn write(&self, w: &mut Writer) {
        w.object(|w| {
            w.text_field("name", &self.name);
            w.optional_text("reference", self.reference.as_deref());
            w.optional_text("rxnorm", self.rxnorm.as_deref());
            if let Some(strength) = self.strength {
                w.field("strength").object(|w| strength.write(w));
            }
        });
    }
}

fn read_strength(mut fields: Fields<'_>) -> Result<Quantity> {
    let strength = Quantity::optional(&mut fields)?;
    fields.finish()?;
    let strength = strength.ok_or_else(|| Error::new(Code::MissingField, "amount"))?;
    if matches!(strength.unit(), Unit::Tablet | Unit::Millilitre | Unit::Drops) {
        let refusal = Error::new(Code::UnknownValue, "unit");
        return Err(refusal.with("value", strength.unit().as_str()));
    }
    Ok(strength)
}

/// One product a person takes. The identifier of its entry is what steps, doses and side
/// effects point to.
#[derive(Clone, Debug, PartialEq)]
pub struct Medicine {
    /// What the person calls it.
    pub name: Box<str>,
    /// Its active ingredients, at least one; several for a combination product.
    pub ingredients: Box<[Ingredient]>,
    /// What it comes as.
    pub form: Option<Form>,
    /// How it gets into the body.
    pub route: Option<Route>,
    /// How fast it gives off its ingredients.
    pub release: Option<Release>,
    /// What it is taken for, in the person's words.
    pub purpose: Option<Box<str>>,
    /// The class a person gave to a medicine that the tables do not list.
    pub class: Option<Box<str>>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Medicine {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &[
        "name",
        "ingredients",
        "ingredients[]",
        "ingredients[].name",
        "ingredients[].reference",
        "ingredients[].rxnorm",
        "ingredients[].strength",
        "ingredients[].strength.amount",
        "ingredients[].strength.unit",
        "form",
        "route",
        "release",
        "purpose",
        "class",
        "note",
    ];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let name = fields.needed_name("name")?;
        let ingredients = fields.list_of("ingredients", Ingredient::read)?;
        if ingredients.is_empty() {
            return Err(Error::new(Code::MissingField, "ingredients"));
        }
        Ok(Self {
            name,
            ingredients: ingredients.into(),
            form: fields.word("form", Form::parse)?,
            route: fields.word("route", Route::parse)?,
            release: fields.word("release", Release::parse)?,
            purpose: fields.name("purpose")?,
            class: fields.name("class")?,
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.text_field("name", &self.name);
        w.field("ingredients").list(self.ingredients.iter(), |w, i| i.write(w));
        w.optional_plain("form", self.form);
        w.optional_plain("route", self.route);
        w.optional_plain("release", self.release);
        w.optional_text("purpose", self.purpose.as_deref());
        w.optional_text("class", self.class.as_deref());
        w.optional_text("note", self.note.as_deref());
    }

    /// How much of `ingredient` an amount of the product holds: in milligrams where the units
    /// allow, otherwise in the amount's own unit. `None` when a strength would be needed and is
    /// not known, or when milligrams of a product with several ingredients were recorded.
    #[must_use]
    pub fn ingredient_amount(
        &self,
        ingredient: &Ingredient,
        amount: f64,
        unit: Unit,
    ) -> Option<(f64, Unit)> {
        match unit {
            Unit::Tablet | Unit::Millilitre | Unit::Drops => {
                let Some(strength) = ingredient.strength else {
                    let alone = self.ingredients.len() == 1;
                    return alone.then_some((amount, unit));
                };
                let held = strength.amount().get() * amount;
                match strength.unit().milligrams() {
                    Some(milligrams) => Some((held * milligrams, Unit::Milligram)),
                    None => Some((held, strength.unit())),
                }
            }
            _ if self.ingredients.len() > 1 => None,
            _ => match unit.milligrams() {
                Some(milligrams) => Some((amount * milligrams, Unit::Milligram)),
                None => Some((amount, unit)),
            },
        }
    }
}

words! {
    /// What a titration step does to the regimen.
    Action {
        /// The medicine is begun.
        Start = "start",
        /// The dose goes up.
        Increase = "increase",
        /// The dose goes down.
        Decrease = "decrease",
        /// The medicine is paused.
        Hold = "hold",
        /// A paused or stopped medicine is taken up again.
        Resume = "resume",
        /// This medicine is begun and another ended on the same day.
        Switch = "switch",
        /// This medicine is begun while another is brought down.
        CrossTaper = "cross-taper",
        /// This medicine is begun on top of another.
        Augment = "augment",
        /// The medicine is ended.
        Stop = "stop",
    }
}

words! {
    /// Who decided a titration step.
    DecidedBy {
        /// A prescriber.
        Prescriber = "prescriber",
        /// The person.
        Person = "person",
        /// Both together.
        Together = "together",
        /// Someone else.
        Other = "other",
    }
}

words! {
    /// Since when a dose is taken that was not begun on the day of its step.
    Since {
        /// Since before the diary tells of it, long enough to have settled.
        Before = "before",
    }
}

/// The one question a step is to answer: whether an outcome gets better by so many points in so
/// many weeks. Its answer is read once, on the day the weeks are over.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The outcome: a rating's name, an instrument's, or `sleep`.
    pub outcome: Box<str>,
    /// How much better counts as success, in points of the outcome.
    pub points: f64,
    /// Weeks from the step to the review.
    pub weeks: u16,
}

impl Trial {
    fn read(mut fields: Fields<'_>) -> Result<Self> {
        let read = Self {
            outcome: fields.needed_name("outcome")?,
            points: fields.needed_number("points", 0.01..=1e6)?,
            weeks: fields
                .whole("weeks", 1.0..=52.0)?
                .ok_or_else(|| Error::new(Code::MissingField, "weeks"))?,
        };
        fields.finish()?;
        Ok(read)
    }

    fn write(&self, w: &mut Writer) {
        w.object(|w| {
            w.text_field("outcome", &self.outcome);
            w.number_field("points", self.points);
            w.number_field("weeks", self.weeks);
        });
    }
}

/// One change of what is prescribed. It holds from the entry's civil day on.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The medicine that changes.
    pub medicine: EntryId,
    /// What happens to it.
    pub action: Action,
    /// What is prescribed from now on. Needed for every action but hold, stop and resume;
    /// without one, resume takes up the schedule from before the pause.
    pub schedule: Option<Schedule>,
    /// For a start: since when the dose was taken, where not from its day on.
    pub since: Option<Since>,
    /// The medicine that a switch ends or a cross-taper brings down.
    pub replacing: Option<EntryId>,
    /// What is to come of it; not with hold and stop.
    pub trial: Option<Trial>,
    /// Why, in the person's words.
    pub reason: Option<Box<str>>,
    /// Who decided.
    pub decided_by: Option<DecidedBy>,
    /// What the person wrote.
    pub note: Option<Box<str>>,
}

impl Step {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] = &[
        "medicine",
        "action",
        "schedule",
        "schedule.repeat",
        "schedule.days",
        "schedule.days[]",
        "schedule.on",
        "schedule.off",
        "schedule.maxPerDay",
        "schedule.minGapHours",
        "schedule.weeks",
        "schedule.unit",
        "schedule.doses",
        "schedule.doses[]",
        "schedule.doses[].at",
        "schedule.doses[].amount",
        "since",
        "replacing",
        "trial",
        "trial.outcome",
        "trial.points",
        "trial.weeks",
        "reason",
        "decidedBy",
        "note",
    ];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let medicine = fields.needed_id("medicine")?;
        let action = fields.needed_word("action", Action::parse)?;
        let schedule = match fields.object("schedule")? {
            Some(inner) => Some(Schedule::read(inner).map_err(|error| error.inside("schedule"))?),
            None => None,
        };
        match (action, &schedule) {
            (Action::Hold | Action::Stop, Some(_)) => {
                return Err(Error::new(Code::UnknownField, "schedule"));
            }
            (Action::Hold | Action::Stop | Action::Resume, _) | (_, Some(_)) => {}
            (_, None) => return Err(Error::new(Code::MissingField, "schedule")),
        }
        let since = fields.word("since", Since::parse)?;
        if since.is_some() && action != Action::Start {
            return Err(Error::new(Code::UnknownField, "since"));
        }
        let replacing = fields.id("replacing")?;
        match (action, replacing) {
            (Action::Switch | Action::CrossTaper, None) => {
                return Err(Error::new(Code::MissingField, "replacing"));
            }
            (Action::Switch | Action::CrossTaper, Some(_)) | (_, None) => {}
            (_, Some(_)) => return Err(Error::new(Code::UnknownField, "replacing")),
        }
        let trial = match fields.object("trial")? {
            Some(_) if matches!(action, Action::Hold | Action::Stop) => {
                return Err(Error::new(Code::UnknownField, "trial"));
            }
            Some(inner) => Some(Trial::read(inner).map_err(|error| error.inside("trial"))?),
            None => None,
        };
        Ok(Self {
            medicine,
            action,
            schedule,
            since,
            replacing,
            trial,
            reason: fields.name("reason")?,
            decided_by: fields.word("decidedBy", DecidedBy::parse)?,
            note: fields.note("note")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.plain_field("medicine", self.medicine);
        w.plain_field("action", self.action);
        if let Some(schedule) = &self.schedule {
            schedule.write(w.field("schedule"));
        }
        w.optional_plain("since", self.since);
        w.optional_plain("replacing", self.replacing);
        if let Some(trial) = &self.trial {
            trial.write(w.field("trial"));
        }
        w.optional_text("reason", self.reason.as_deref());
        w.optional_plain("decidedBy", self.decided_by);
        w.optional_text("note", self.note.as_deref());
    }
}

words! {
    /// What happened to a dose.
    DoseStatus {
        /// Taken about when it was due.
        Taken = "taken",
        /// Taken, later than it was due.
        Late = "late",
        /// Left out on purpose.
        Skipped = "skipped",
        /// Not taken, for whatever reason.
        Missed = "missed",
        /// Taken on top of what was due.
        Extra = "extra",
        /// Taken because it was needed.
        AsNeeded = "as-needed",
    }
}

impl DoseStatus {
    /// Whether something was taken.
    #[must_use]
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Taken | Self::Late | Self::Extra | Self::AsNeeded)
    }
}

/// What happened to one dose. It says nothing about what was prescribed.
#[derive(Clone, Debug, PartialEq)]
pub struct DoseEvent {
    /// The medicine.
    pub medicine: EntryId,
    /// What happened.
    pub status: DoseStatus,
    /// How much, where it differs from the schedule or no schedule says it.
    pub quantity: Option<Quantity>,
    /// The time of the scheduled dose this is about.
    pub scheduled: Option<ClockTime>,
    /// Why it was left out or late, in the person's words.
    pub reason: Option<Box<str>>,
}

impl DoseEvent {
    /// Every field; see [`super::Kind::fields`].
    pub(crate) const FIELDS: &[&str] =
        &["medicine", "status", "amount", "unit", "scheduled", "reason"];

    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            medicine: fields.needed_id("medicine")?,
            status: fields.needed_word("status", DoseStatus::parse)?,
            quantity: Quantity::optional(fields)?,
            scheduled: fields.clock_time("scheduled")?,
            reason: fields.name("reason")?,
        })
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.plain_field("medicine", self.medicine);
        w.plain_field("status", self.status);
        if let Some(quantity) = self.quantity {
            quantity.write(w);
        }
        w.optional_plain("scheduled", self.scheduled);
        w.optional_text("reason", self.reason.as_deref());
    }
}
