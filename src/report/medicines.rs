use serde::Serialize;

use crate::diary::{Action, Body, Day, Diary, EntryId, Medicine, Recorded, Regimen, Step, Unit};
use crate::reference::{self, Confidence};

use super::lanes::step_label;
use super::schedule::prescribed;
use super::{AsOf, Words};

/// A medicine of the diary with what is prescribed now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MedicineView {
    /// Its entry.
    pub medicine: EntryId,
    /// Its name.
    pub name: String,
    /// Where it stands: `planned`, `taking`, `paused`, `stopped` or `not-started`.
    pub state: &'static str,
    /// What is prescribed now, in words; empty when nothing is.
    pub prescribed: String,
    /// The unit last prescribed in.
    pub unit: Option<Unit>,
    /// The first day of what is prescribed now.
    pub since: Option<Day>,
    /// Every titration step, by day.
    pub steps: Vec<StepView>,
}

/// A titration step in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepView {
    /// Its entry.
    pub id: EntryId,
    /// The day it holds from.
    pub day: Day,
    /// What it did.
    pub action: Action,
    /// What it prescribes.
    pub label: String,
    /// Why, in the person's words; empty when not told.
    pub reason: String,
}

/// The medicines of a diary: first those being taken, then by name.
#[must_use]
pub fn medicines(diary: &Diary, as_of: AsOf, words: &Words) -> Vec<MedicineView> {
    let regimen = Regimen::of(diary);
    let mut views: Vec<MedicineView> = diary
        .medicines()
        .map(|(id, medicine)| view(diary, &regimen, (id, medicine), as_of.today, words))
        .collect();
    views.sort_by_cached_key(|view| (view.state != TAKING, view.name.to_lowercase()));
    views
}

const TAKING: &str = "taking";

fn view(
    diary: &Diary,
    regimen: &Regimen,
    (medicine, product): (EntryId, &Medicine),
    today: Day,
    words: &Words,
) -> MedicineView {
    let mut steps: Vec<(Day, EntryId, &Step)> = diary
        .entries()
        .filter_map(|Recorded { id, entry }| match entry.body() {
            Body::Step(step) if step.medicine == medicine => Some((entry.day(), id, step.as_ref())),
            _ => None,
        })
        .collect();
    steps.sort_by_key(|(day, id, _)| (*day, *id));
    let now = regimen.episodes_of(medicine).find(|episode| episode.holds_on(today));
    let last_step =
        steps.iter().rev().find(|(day, ..)| *day <= today).map(|(.., step)| step.action);
    let state = match (now, last_step) {
        (Some(_), _) => TAKING,
        (None, Some(Action::Hold)) => "paused",
        (None, Some(_)) => "stopped",
        (None, None) if steps.is_empty() => "not-started",
        (None, None) => "planned",
    };
    MedicineView {
        medicine,
        name: product.name.to_string(),
        state,
        prescribed: now.map_or_else(String::new, |now| words.part(&prescribed(&now.schedule))),
        unit: regimen.episodes_of(medicine).last().map(|episode| episode.schedule.unit()),
        since: now.map(|now| now.from),
        steps: steps
            .into_iter()
            .map(|(day, id, step)| StepView {
                id,
                day,
                action: step.action,
                label: words.part(&step_label(step)),
                reason: step.reason.as_deref().unwrap_or_default().to_owned(),
            })
            .collect(),
    }
}

/// A row of the reference tables that a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicineMatch {
    /// Its identifier in the tables.
    pub reference: String,
    /// Its generic name.
    pub name: String,
    /// The name that matched.
    pub matched: String,
    /// Its brands.
    pub brands: Vec<String>,
    /// What it is mainly taken for.
    pub class_name: String,
    /// Its RxNorm identifier, where it is verified.
    pub rxnorm: Option<String>,
    /// How sure the tables are of its class.
    pub confidence: Confidence,
}

/// How many matches a search shows.
const MATCHES: usize = 8;

/// Medicines of the tables by name, brand or class; forgives one or two typing errors.
#[must_use]
pub fn medicine_matches(text: &str) -> Vec<MedicineMatch> {
    let hits = reference::medicines().search(text, MATCHES);
    let class_name = |medicine: &reference::Medicine| {
        let class = medicine.class.value;
        let classes = reference::pack().classes();
        classes.iter().find(|row| row.id == class).map(|row| row.name.to_string())
    };
    hits.into_iter()
        .map(|hit| MedicineMatch {
            reference: hit.medicine.id.to_string(),
            name: hit.medicine.name.to_string(),
            matched: hit.matched.to_string(),
            brands: hit.medicine.brands.value.iter().map(|brand| brand.name.to_string()).collect(),
            class_name: class_name(hit.medicine).unwrap_or_default(),
            rxnorm: hit
                .medicine
                .rxnorm
                .value
                .as_ref()
                .and_then(|codes| codes.first())
                .map(ToString::to_string),
            confidence: hit.medicine.class.confidence,
        })
        .collect()
}
