//! What goes with taking a medicine: what is checked and when, and what people notice.

use super::reading::{columns, row};
use super::{Confidence, Fact, Pack, Sources, Text};

/// One measure that is checked for everyone who takes a medicine of one of the parties.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Monitoring {
    /// Kebab-case id, for example `"antipsychotic-weight"`.
    pub id: Text,
    /// Key of the measure's name, `measure.…`.
    pub measure: Text,
    /// Ids of medicines and groups.
    pub of: Vec<Text>,
    /// Whether it is checked before the start.
    pub baseline: bool,
    /// Weeks after the start at which it is checked once, ascending.
    pub at_weeks: Vec<f64>,
    /// From which week on it is checked every so many days, ascending. The last one holds for good.
    pub every: Vec<Interval>,
    /// The circumstance without which it is not asked for.
    pub only_with: Option<Text>,
    /// What else to know; for clinicians only.
    pub note: Option<Text>,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(Monitoring {
    id,
    measure,
    of,
    baseline,
    at_weeks: "atWeeks",
    every,
    only_with: "onlyWith",
    note,
    sources,
    confidence
});

/// A step of a schedule. In JSON: `[fromWeek, days]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The week after the start from which it holds.
    pub from_week: f64,
    /// Days from one check to the next.
    pub days: u16,
}

columns!(Interval { from_week, days });

impl Monitoring {
    /// Days from one check to the next, so many days after the start. `None`: no regular checks then.
    #[must_use]
    pub fn interval_days(&self, since_start: u16) -> Option<u16> {
        let weeks = f64::from(since_start) / 7.0;
        self.every.iter().rev().find(|step| step.from_week <= weeks).map(|step| step.days)
    }

    /// The day on which the next check falls due, counted from the start: the first scheduled one
    /// after the last that was made, or after the start.
    #[must_use]
    pub fn due(&self, last: Option<u16>) -> Option<u16> {
        let Some(last) = last else {
            let first = self.at_weeks.first().map(|week| (week * 7.0) as u16);
            let regular = self.every.first().map(|step| (step.from_week * 7.0) as u16 + step.days);
            return if self.baseline { Some(0) } else { first.into_iter().chain(regular).min() };
        };
        let once = (self.at_weeks.iter().map(|week| (week * 7.0) as u16)).find(|day| *day > last);
        let regular = match self.interval_days(last) {
            Some(days) => last.checked_add(days),
            None => self.every.first().map(|step| (step.from_week * 7.0) as u16 + step.days),
        };
        once.into_iter().chain(regular).min()
    }
}

/// Something people notice on a medicine, in plain words.
///
/// Whether it is an emergency depends on the medicine and on what comes with it, so that no row says
/// so: the rules of `safety` do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SideEffect {
    /// Kebab-case id, for example `"dry-mouth"`.
    pub id: Text,
    /// Plain name.
    pub name: Text,
    /// Preferred clinical term.
    pub term: Text,
    /// SNOMED CT code, verified ones only.
    pub snomed: Fact<Text>,
    /// When it usually shows.
    pub timing: Option<Text>,
    /// Whether the person can notice it, or a laboratory has to.
    pub noticeable: bool,
    /// Other words for it.
    pub also: Vec<Text>,
}

row!(SideEffect { id, name, term, snomed, timing, noticeable, also });

impl Pack {
    /// Every check, by id.
    #[must_use]
    pub fn monitoring(&self) -> &[Monitoring] {
        &self.monitoring
    }

    /// The side effects, by id.
    #[must_use]
    pub fn side_effects(&self) -> &[SideEffect] {
        &self.side_effects
    }

    /// The side effect with this id.
    #[must_use]
    pub fn side_effect(&self, id: &str) -> Option<&SideEffect> {
        let place = self.side_effects.binary_search_by(|row| row.id.as_str().cmp(id));
        place.ok().map(|place| &self.side_effects[place])
    }
}
