use crate::analysis::journey::StageDays;
use crate::reference::{self, Policy};

use super::{Offered, Support};

/// Thresholds that no clinical source settles: engineering suggestions, to be set by each clinic, and
/// the rules that it switched off.
///
/// They stand here and nowhere else, so that a portal can replace them in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Blood pressure, upper and lower number, from which two days on a stimulant are told.
    pub stimulant_pressure: (f64, f64),
    /// Pulse from which two days on a stimulant are told.
    pub stimulant_pulse: f64,
    /// Days of near-daily use of a benzodiazepine or sleep medicine: worth asking, and said more
    /// firmly.
    pub sedative_days: (i32, i32),
    /// Days without doses in the last four weeks below which use still counts as near-daily: the
    /// guideline's four days a week leave twelve.
    pub sedative_free_days: usize,
    /// Days by which an injection may be late before it is told.
    pub injection_grace_days: i32,
    /// Weeks of a trial, in depression and anxiety, and in OCD: before them no lack of improvement is
    /// told. Within the first, the questionnaires that look back two weeks fall due as often.
    pub trial_weeks: (i32, i32),
    /// How many days make a stage of a medicine's way.
    pub stage_days: StageDays,
    /// Share of the baseline that a score must have come down by to count as some improvement.
    pub early_improvement: f64,
    /// Nights of little sleep with high mood and energy that make a signal.
    pub mania_nights: usize,
    /// Rating of mood and of energy, of 10, from which it counts as high in that signal.
    pub mania_rating: f64,
    /// Hours below the person's own usual night from which it counts as little sleep there.
    pub mania_short_by: f64,
    /// Share of body weight gained: worth asking, and said more firmly.
    pub weight_gain: (f64, f64),
    /// Days before a missing or older check is told as due.
    pub monitoring_grace_days: i32,
    /// Share of the highest dose of eight weeks that the last one before a stop may be, for the stop to
    /// count as the end of a taper.
    pub taper_share: f64,
    /// Days in a row with doses missed after which a medicine that should not end at once counts as
    /// stopped.
    pub missed_days: usize,
    /// Days for which a pregnancy that was told still counts as one: 42 weeks. After them it is not
    /// known.
    pub pregnancy_days: i32,
    /// What the portal says of help.
    pub support: Support,
    /// Words of a note for which the quiet card is shown, in small letters; none unless the person asked
    /// for it.
    pub phrases: Vec<&'static str>,
    /// Days from one check-in to the next: in the weeks of a start, a trial or a taper, and otherwise.
    pub check_in_days: (i32, i32),
    /// Days before a visit in which the list of medicines falls due to be looked over.
    pub list_days_before_visit: i32,
    /// Rules that are switched off, which is said beside the flags. See [`switchable`].
    pub off: Vec<&'static str>,
    /// The parts that are offered. Without the interactions it is not looked at what goes together:
    /// pairs, and a medicine with a fact of the person.
    pub offered: Offered,
    /// Which rows of the tables may be used.
    pub policy: Policy,
}

/// Whether a rule runs whatever a clinic sets: red flags and the answers about self-harm.
pub(super) fn is_fixed(id: &str) -> bool {
    id.starts_with("red-flag-") || id.starts_with("crisis-")
}

/// The rule of this id, if it may be switched off: red flags and the answers about self-harm may not.
#[must_use]
pub fn switchable(id: &str) -> Option<&'static str> {
    let tables = reference::pack().interactions().iter().map(|row| row.id.as_str());
    let mut rules = super::RULES.iter().copied().chain(tables);
    rules.find(|rule| *rule == id && !is_fixed(id))
}

impl Settings {
    /// Days of a trial.
    #[must_use]
    pub const fn trial_days(&self) -> i32 {
        7 * self.trial_weeks.0
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            stimulant_pressure: (140.0, 90.0),
            stimulant_pulse: 100.0,
            sedative_days: (28, 90),
            sedative_free_days: 12,
            injection_grace_days: 3,
            trial_weeks: (6, 12),
            stage_days: StageDays::default(),
            early_improvement: 0.2,
            mania_nights: 3,
            mania_rating: 8.0,
            mania_short_by: 2.0,
            weight_gain: (0.05, 0.07),
            monitoring_grace_days: 14,
            taper_share: 0.5,
            missed_days: 2,
            pregnancy_days: 294,
            support: Support::default(),
            phrases: Vec::new(),
            check_in_days: (1, 7),
            list_days_before_visit: 3,
            off: Vec::new(),
            offered: Offered::usual(),
            policy: Policy::default(),
        }
    }
}
