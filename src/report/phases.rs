use serde::Serialize;

use crate::analysis::phase::PhaseSummary;
use crate::diary::{Day, Diary, Regimen};
use crate::error::{Message, Param};

use super::schedule::prescribed;
use super::{Finding, Words};

/// One phase of the regimen, and one outcome in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhaseRow {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// What is prescribed, in words.
    pub regimen: String,
    /// Its days.
    pub days: usize,
    /// Its settled days.
    pub settled_days: usize,
    /// Values counted.
    pub n: usize,
    /// Values left out, for wash-in or washout.
    pub left_out: usize,
    /// Settled days of which no counted value tells.
    pub days_missing: usize,
    /// Mean of the day means.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub spread: Option<f64>,
    /// Difference to the phase before.
    pub difference: Option<Finding>,
}

pub(super) fn phase_rows(
    phases: Vec<PhaseSummary>,
    diary: &Diary,
    regimen: &Regimen,
    words: &Words,
) -> Vec<PhaseRow> {
    let rows = phases.into_iter().map(|phase| PhaseRow {
        from: phase.window.from,
        to: phase.window.to,
        regimen: words.text(&regimen_in_words(diary, regimen, &phase.episodes)),
        days: phase.window.days(),
        settled_days: phase.settled_days,
        n: phase.n,
        left_out: phase.left_out,
        days_missing: phase.days_missing,
        mean: phase.mean,
        spread: phase.spread,
        difference: phase.difference.map(|finding| Finding::of(&finding, words)),
    });
    rows.collect()
}

pub(super) fn regimen_in_words(diary: &Diary, regimen: &Regimen, episodes: &[usize]) -> Message {
    let one = |place: &usize| -> Option<Param> {
        let episode = regimen.episodes().get(*place)?;
        let name = diary.medicine(episode.medicine)?.name.as_ref();
        let message = Message::new("phase.medicine").with("medicine", name);
        Some(message.with("prescribed", prescribed(&episode.schedule)).into())
    };
    let medicines: Vec<Param> = episodes.iter().filter_map(one).collect();
    if medicines.is_empty() {
        return Message::new("phase.nothing-prescribed");
    }
    Message::new("phase.medicines").with("medicines", medicines)
}
