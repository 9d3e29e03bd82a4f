use crate::error::{Code, Error, Result};

use super::dose::{Amount, Quantity, Unit};
use super::time::{ClockTime, Day};
use super::value::{Fields, Value};
use super::words::words;
use super::writer::Writer;

words! {
    /// How a schedule repeats.
    Repeat {
        /// Every day.
        Daily = "daily",
        /// On certain days of the week.
        Weekdays = "weekdays",
        /// Every so many days.
        EveryDays = "every",
        /// So many days on, so many days off.
        Cycle = "cycle",
        /// When the person needs it.
        AsNeeded = "as-needed",
        /// On one day only.
        Once = "once",
        /// An injection that lasts for weeks.
        Depot = "depot",
    }
}

/// One dose of a day that a schedule asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueDose {
    /// When, by the clock on the wall; `None` when no time was agreed.
    pub at: Option<ClockTime>,
    /// How much, in the schedule's unit.
    pub amount: Amount,
}

/// On which days the doses of a [`Schedule`] fall.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// Every day.
    Daily,
    /// On the marked days of the week, Monday first.
    Weekdays([bool; 7]),
    /// Every `days` days (2–366), counted from the first day of the step.
    Every {
        /// Distance in days.
        days: u16,
    },
    /// `on` days with doses, then `off` days without (1–366 each), from the first day.
    Cycle {
        /// Days with doses.
        on: u16,
        /// Days without.
        off: u16,
    },
    /// Never due; at most `max_per_day` of the unit a day and at least `min_gap_hours` apart,
    /// where these were agreed.
    AsNeeded {
        /// Most in a day, in the schedule's unit.
        max_per_day: Option<Amount>,
        /// Least hours between two doses.
        min_gap_hours: Option<f64>,
    },
    /// On the first day of the step only.
    Once,
    /// An injection every `weeks` weeks (1–52).
    Depot {
        /// Distance in weeks.
        weeks: u16,
    },
}

/// What is prescribed from one titration step on: doses, unit and the days they fall on.
///
/// A schedule on which no dose would ever be due cannot be built.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    pattern: Pattern,
    unit: Unit,
    doses: Box<[DueDose]>,
}

/// Most doses a schedule can hold for one day.
const MAX_DOSES: usize = 24;
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Schedule {
    /// These doses of a unit, on each day that the pattern makes due.
    ///
    /// # Errors
    /// [`Code::NeverDue`] when no day or no dose is left, or when one dose is more than a day
    /// allows; [`Code::OutOfRange`] for distances outside their range, more than 24 doses a day
    /// or tablets cut finer than quarters.
    pub fn new(pattern: Pattern, unit: Unit, doses: Vec<DueDose>) -> Result<Self> {
        let range = |field: &str, value: u16, min: u16, max: u16| {
            if (min..=max).contains(&value) {
                return Ok(());
            }
            let refusal = Error::new(Code::OutOfRange, field).with("value", f64::from(value));
            Err(refusal.with("min", f64::from(min)).with("max", f64::from(max)))
        };
        match &pattern {
            Pattern::Weekdays(days) if !days.contains(&true) => {
                return Err(Error::new(Code::NeverDue, "days"));
            }
            Pattern::Every { days } => range("days", *days, 2, 366)?,
            Pattern::Cycle { on: 0, .. } => return Err(Error::new(Code::NeverDue, "on")),
            Pattern::Cycle { on, off } => {
                range("on", *on, 1, 366)?;
                range("off", *off, 1, 366)?;
            }
            Pattern::Depot { weeks } => range("weeks", *weeks, 1, 52)?,
            Pattern::AsNeeded { min_gap_hours: Some(hours), .. }
                if !(0.0..=168.0).contains(hours) =>
            {
                let refusal = Error::new(Code::OutOfRange, "minGapHours").with("value", *hours);
                return Err(refusal.with("min", 0.0).with("max", 168.0));
            }
            _ => {}
        }
        if doses.is_empty() {
            return Err(Error::new(Code::NeverDue, "doses"));
        }
        if doses.len() > MAX_DOSES {
            let refusal = Error::new(Code::OutOfRange, "doses").with("value", doses.len());
            return Err(refusal.with("min", 1.0).with("max", MAX_DOSES));
        }
        for (place, dose) in doses.iter().enumerate() {
            Quantity::new(dose.amount, unit)
                .map_err(|error| error.inside(&format!("doses[{place}]")))?;
        }
        if let Pattern::AsNeeded { max_per_day: Some(most), .. } = pattern {
            Quantity::new(most, unit).map_err(|error| error.renamed("maxPerDay"))?;
            if doses.iter().all(|dose| dose.amount > most) {
                return Err(Error::new(Code::NeverDue, "maxPerDay"));
            }
        }
        Ok(Self { pattern, unit, doses: doses.into() })
    }

    /// The same amount every day, at no agreed time.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn daily(amount: Amount, unit: Unit) -> Result<Self> {
        Self::new(Pattern::Daily, unit, vec![DueDose { at: None, amount }])
    }

    /// On which days doses fall.
    #[must_use]
    pub const fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// The unit of every amount.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The doses of a day on which doses fall; for an as-needed schedule, what one dose is.
    #[must_use]
    pub const fn doses(&self) -> &[DueDose] {
        &self.doses
    }

    /// Whether doses are taken only when needed.
    #[must_use]
    pub const fn is_as_needed(&self) -> bool {
        matches!(self.pattern, Pattern::AsNeeded { .. })
    }

    /// The doses due on `day` when the schedule holds from `first` on.
    #[must_use]
    pub fn due(&self, first: Day, day: Day) -> &[DueDose] {
        let passed = day.since(first);
        let falls = passed >= 0
            && match &self.pattern {
                Pattern::Daily => true,
                Pattern::Weekdays(days) => days[day.weekday().num_days_from_monday() as usize],
                Pattern::Every { days } => passed % i32::from(*days) == 0,
                Pattern::Cycle { on, off } => {
                    passed % (i32::from(*on) + i32::from(*off)) < i32::from(*on)
                }
                Pattern::AsNeeded { .. } => false,
                Pattern::Once => passed == 0,
                Pattern::Depot { weeks } => passed % (i32::from(*weeks) * 7) == 0,
            };
        if falls { &self.doses } else { &[] }
    }

    /// What is prescribed a day, averaged over one round of the schedule, in its unit. `None`
    /// for as-needed schedules, whose use is not prescribed.
    #[must_use]
    pub fn mean_daily_amount(&self) -> Option<f64> {
        let a_day: f64 = self.doses.iter().map(|dose| dose.amount.get()).sum();
        let share = match &self.pattern {
            Pattern::Daily | Pattern::Once => 1.0,
            Pattern::Weekdays(days) => {
                f64::from(u8::try_from(days.iter().filter(|on| **on).count()).unwrap_or(7)) / 7.0
            }
            Pattern::Every { days } => 1.0 / f64::from(*days),
            Pattern::Cycle { on, off } => f64::from(*on) / (f64::from(*on) + f64::from(*off)),
            Pattern::Depot { weeks } => 1.0 / (7.0 * f64::from(*weeks)),
            Pattern::AsNeeded { .. } => return None,
        };
        Some(a_day * share)
    }

    pub(crate) fn read(mut fields: Fields<'_>) -> Result<Self> {
        let repeat = fields.needed_word("repeat", Repeat::parse)?;
        let unit = fields.needed_word("unit", Unit::parse)?;
        let needed = |name: &str, value: Option<u16>| {
            value.ok_or_else(|| Error::new(Code::MissingField, name))
        };
        let pattern = match repeat {
            Repeat::Daily => Pattern::Daily,
            Repeat::Once => Pattern::Once,
            Repeat::Weekdays => Pattern::Weekdays(read_weekdays(&mut fields)?),
            Repeat::EveryDays => {
                let days = fields.whole("days", 0.0..=65_535.0)?;
                Pattern::Every { days: needed("days", days)? }
            }
            Repeat::Cycle => {
                let on = fields.whole("on", 0.0..=65_535.0)?;
                let off = fields.whole("off", 0.0..=65_535.0)?;
                Pattern::Cycle { on: needed("on", on)?, off: needed("off", off)? }
            }
            Repeat::Depot => {
                let weeks = fields.whole("weeks", 0.0..=65_535.0)?;
                Pattern::Depot { weeks: needed("weeks", weeks)? }
            }
            Repeat::AsNeeded => Pattern::AsNeeded {
                max_per_day: fields.amount("maxPerDay")?,
                min_gap_hours: fields.number("minGapHours", 0.0..=168.0)?,
            },
        };
        let doses = fields.list_of("doses", read_dose)?;
        fields.finish()?;
        Self::new(pattern, unit, doses)
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.object(|w| {
            w.plain_field("repeat", self.repeat());
            match &self.pattern {
                Pattern::Weekdays(on) => w
                    .field("days")
                    .list(WEEKDAYS.iter().zip(on).filter(|(_, on)| **on), |w, (name, _)| {
                        w.plain(name)
                    }),
                Pattern::Every { days } => w.number_field("days", *days),
                Pattern::Cycle { on, off } => {
                    w.number_field("on", *on);
                    w.number_field("off", *off);
                }
                Pattern::AsNeeded { max_per_day, min_gap_hours } => {
                    w.optional_number("maxPerDay", *max_per_day);
                    w.optional_number("minGapHours", *min_gap_hours);
                }
                Pattern::Depot { weeks } => w.number_field("weeks", *weeks),
                Pattern::Daily | Pattern::Once => {}
            }
            w.plain_field("unit", self.unit);
            w.field("doses").list(self.doses.iter(), |w, dose| {
                w.object(|w| {
                    w.optional_plain("at", dose.at);
                    w.number_field("amount", dose.amount);
                });
            });
        });
    }

    /// How the schedule repeats, as a word.
    #[must_use]
    pub const fn repeat(&self) -> Repeat {
        match self.pattern {
            Pattern::Daily => Repeat::Daily,
            Pattern::Weekdays(_) => Repeat::Weekdays,
            Pattern::Every { .. } => Repeat::EveryDays,
            Pattern::Cycle { .. } => Repeat::Cycle,
            Pattern::AsNeeded { .. } => Repeat::AsNeeded,
            Pattern::Once => Repeat::Once,
            Pattern::Depot { .. } => Repeat::Depot,
        }
    }
}

fn read_dose(value: Value<'_>) -> Result<DueDose> {
    let mut fields = value.object()?;
    let at = fields.clock_time("at")?;
    let amount = fields.amount("amount")?;
    fields.finish()?;
    let amount = amount.ok_or_else(|| Error::new(Code::MissingField, "amount"))?;
    Ok(DueDose { at, amount })
}

fn read_weekdays(fields: &mut Fields<'_>) -> Result<[bool; 7]> {
    let mut on = [false; 7];
    let days = fields.list_of("days", |value| {
        let text = value.text()?;
        let day = WEEKDAYS.iter().position(|name| *name == text);
        day.ok_or_else(|| Error::new(Code::UnknownValue, "").with("value", text.into_owned()))
    })?;
    for day in days {
        on[day] = true;
    }
    Ok(on)
}
