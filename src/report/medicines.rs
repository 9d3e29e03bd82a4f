use serde::Serialize;

use crate::diary::{
    Action, ClockTime, Day, Diary, EntryId, Pattern, Recorded, Regimen, Repeat, Schedule, Sorting,
    Step, Unit,
};
use crate::reference::{
    self, AgentKind, Confidence, Found, Injection, Known, Medicine, Numbers, Policy, Route, Text,
};

use super::lanes::step_label;
use super::schedule::{prescribed, steps_of};
use super::{AsOf, Words};

/// A medicine of the diary with what is prescribed now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MedicineView {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub name: String,
    /// `planned`, `taking`, `paused`, `stopped` or `not-started`.
    pub state: &'static str,
    /// What is prescribed now, in words; empty when nothing is.
    pub prescribed: String,
    /// What is prescribed now.
    pub schedule: Option<ScheduleView>,
    /// Since when the state holds; for a planned medicine, from when.
    pub since: Option<Day>,
    /// Its titration steps, by day.
    pub steps: Vec<StepView>,
}

/// A titration step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its entry.
    pub id: EntryId,
    /// Its day.
    pub day: Day,
    /// What it does.
    pub action: Action,
    /// What it prescribes, in words.
    pub label: String,
    /// Why, in the person's words.
    pub reason: String,
}

/// A schedule in its recorded form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleView {
    repeat: Repeat,
    unit: Unit,
    doses: Vec<DueDoseView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<DaysView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weeks: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_per_day: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_gap_hours: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct DueDoseView {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<ClockTime>,
    amount: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum DaysView {
    Every(u16),
    Weekdays(Vec<&'static str>),
}

impl ScheduleView {
    fn of(schedule: &Schedule) -> Self {
        let mut view = Self {
            repeat: schedule.repeat(),
            unit: schedule.unit(),
            doses: schedule
                .doses()
                .iter()
                .map(|dose| DueDoseView { at: dose.at, amount: dose.amount.get() })
                .collect(),
            days: None,
            on: None,
            off: None,
            weeks: None,
            max_per_day: None,
            min_gap_hours: None,
        };
        match schedule.pattern() {
            Pattern::Daily | Pattern::Once => {}
            Pattern::Weekdays(on) => {
                let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                let marked = names.into_iter().zip(on).filter(|(_, on)| **on);
                view.days = Some(DaysView::Weekdays(marked.map(|(name, _)| name).collect()));
            }
            Pattern::Every { days } => view.days = Some(DaysView::Every(*days)),
            Pattern::Cycle { on, off } => (view.on, view.off) = (Some(*on), Some(*off)),
            Pattern::AsNeeded { max_per_day, min_gap_hours } => {
                view.max_per_day = max_per_day.map(crate::diary::Amount::get);
                view.min_gap_hours = *min_gap_hours;
            }
            Pattern::Depot { weeks } => view.weeks = Some(*weeks),
        }
        view
    }
}

/// The diary's medicines: those taken first, then planned, paused, not begun and stopped ones.
#[must_use]
pub fn medicines(diary: &Diary, as_of: AsOf, words: &Words) -> Vec<MedicineView> {
    let regimen = Regimen::of(diary);
    let mut views: Vec<MedicineView> = diary
        .medicines()
        .map(|(medicine, product)| {
            let steps = steps_of(diary, medicine);
            let (state, since) = state(&regimen, medicine, &steps, as_of.today);
            let holding = regimen.episodes_of(medicine).find(|e| e.holds_on(as_of.today));
            MedicineView {
                medicine,
                name: product.name.to_string(),
                state,
                prescribed: holding
                    .map(|episode| words.text(&prescribed(&episode.schedule)))
                    .unwrap_or_default(),
                schedule: holding.map(|episode| ScheduleView::of(&episode.schedule)),
                since,
                steps: steps
                    .into_iter()
                    .map(|(Recorded { id, entry }, step)| StepView {
                        id,
                        day: entry.day(),
                        action: step.action,
                        label: words.text(&step_label(step)),
                        reason: step.reason.as_deref().unwrap_or_default().to_owned(),
                    })
                    .collect(),
            }
        })
        .collect();
    let order = ["taking", "planned", "paused", "not-started", "stopped"];
    views.arrange_by_key(|view| order.iter().position(|state| *state == view.state));
    views
}

fn state(
    regimen: &Regimen,
    medicine: EntryId,
    steps: &[(Recorded<'_>, &Step)],
    today: Day,
) -> (&'static str, Option<Day>) {
    let episodes: Vec<_> = regimen.episodes_of(medicine).collect();
    if let Some(holding) = episodes.iter().rposition(|episode| episode.holds_on(today)) {
        // The unbroken run of episodes that the present one ends.
        let run =
            episodes[..=holding].windows(2).rposition(|pair| pair[0].to != Some(pair[1].from));
        let first = run.map_or(0, |gap| gap + 1);
        return ("taking", Some(episodes[first].from));
    }
    let days = steps.iter().map(|(recorded, step)| (recorded.entry.day(), step));
    let past = days.rev().find(|(day, _)| *day <= today);
    let ended = episodes.iter().rev().find_map(|episode| episode.to.filter(|to| *to <= today));
    match (past, episodes.iter().find(|episode| episode.from > today)) {
        (Some((day, step)), _) if step.action == Action::Hold => ("paused", Some(day)),
        (None, Some(planned)) => ("planned", Some(planned.from)),
        (None, None) => ("not-started", None),
        (Some((day, _)), _) => ("stopped", Some(ended.unwrap_or(day))),
    }
}

/// A row of the reference tables found by name, brand, class or condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicineMatch {
    /// The row.
    pub reference: String,
    /// Generic name.
    pub name: String,
    /// The name that matched.
    pub matched: String,
    /// Brands, those of its injections as well.
    pub brands: Vec<String>,
    /// The route of the name that matched, where that is not the route of the row.
    pub route: Option<Route>,
    /// Long-acting injections, with what is known of each.
    pub injections: Vec<InjectionView>,
    /// Plain name of its class.
    pub class_name: String,
    /// RxNorm identifier of the ingredient, where verified.
    pub rxnorm: Option<String>,
    /// Usual doses.
    pub usual: UsualDose,
}

/// Usual doses for adults, in milligrams a day. Context for what is taken, never a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct UsualDose {
    /// The usual dose to start with.
    pub start: Option<f64>,
    /// Lower end of the usual range.
    pub min: Option<f64>,
    /// Upper end.
    pub max: Option<f64>,
    /// How far the row was checked.
    pub confidence: Confidence,
}

/// A long-acting injection of a medicine. Context for what is taken, never a target.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InjectionView {
    /// Its name.
    pub name: String,
    /// Brands.
    pub brands: Vec<String>,
    /// Days from one to the next as is usual; `None`: not known here.
    pub days_between: Option<u16>,
    /// The most milligrams in one; `None`: not known here.
    pub most: Option<f64>,
    /// How far what is known was checked.
    pub confidence: Option<Confidence>,
}

impl InjectionView {
    /// What may be said of an injection.
    pub(super) fn of(row: &Medicine, injection: &Injection, policy: &Policy) -> Self {
        let is_allowed =
            |confidence| Numbers::Injection(row, injection).are_allowed(policy, confidence);
        let days = injection.days_between.known().filter(|days| is_allowed(days.confidence));
        let most = injection.most().filter(|most| is_allowed(most.confidence));
        let confidence = [days.map(|days| days.confidence), most.map(|most| most.confidence)];
        Self {
            name: injection.name.to_string(),
            brands: texts(&injection.brands.value),
            days_between: days.map(|days| days.value),
            most: most.map(|most| most.value.amount),
            confidence: confidence.into_iter().flatten().min(),
        }
    }
}

/// Most rows a search gives.
const MOST_MATCHES: usize = 8;

/// Medicines of the reference tables by name, brand, class or condition, and what else is sold as a
/// medicine by name, best first. Doses that may not be used are not known here.
#[must_use]
pub fn medicine_matches(text: &str, policy: &Policy) -> Vec<MedicineMatch> {
    let sold = |known: Known<'_>| match known {
        Known::Agent(row) => matches!(row.kind, AgentKind::Medicine | AgentKind::OverTheCounter),
        _ => true,
    };
    let found = reference::pack().search(text, usize::MAX).into_iter();
    let found = found.filter(|found| sold(found.known)).take(MOST_MATCHES);
    found.filter_map(|found| medicine_match(&found, policy)).collect()
}

/// Words of the tables as they are shown.
pub(super) fn texts(words: &[Text]) -> Vec<String> {
    words.iter().map(|word| word.as_str().to_owned()).collect()
}

fn route_of(row: &Medicine, found: &Found<'_>) -> Option<Route> {
    let brand = row.brands.value.iter().find(|brand| brand.name == found.matched);
    let injection = row.injection(&found.matched).map(|_| Route::Injection);
    brand.and_then(|brand| brand.route).or(injection)
}

fn medicine_match(found: &Found<'_>, policy: &Policy) -> Option<MedicineMatch> {
    let (matched, pack) = (found.matched.to_string(), reference::pack());
    match found.known {
        Known::Medicine(row) => {
            let class = pack.classes().iter().find(|c| c.id == row.class.value);
            let dose = policy.allows(&row.id, row.dose.confidence).then_some(row.dose.value);
            let usual = dose.and_then(|dose| dose.usual);
            Some(MedicineMatch {
                reference: row.id.to_string(),
                name: row.name.to_string(),
                matched,
                brands: texts(&row.all_brands()),
                route: route_of(row, found),
                injections: (row.injections.iter())
                    .map(|injection| InjectionView::of(row, injection, policy))
                    .collect(),
                class_name: class.map(|class| class.name.to_string()).unwrap_or_default(),
                rxnorm: row.rxnorm.value.iter().flatten().next().map(|code| code.to_string()),
                usual: UsualDose {
                    start: dose.and_then(|dose| dose.start),
                    min: usual.map(|range| range.low),
                    max: usual.map(|range| range.high),
                    confidence: row.dose.confidence,
                },
            })
        }
        Known::Agent(row) => {
            let class = pack.subclasses().iter().find(|class| Some(class.id) == row.class);
            Some(MedicineMatch {
                reference: row.id.to_string(),
                name: row.name.to_string(),
                matched,
                brands: Vec::new(),
                route: None,
                injections: Vec::new(),
                class_name: class.map(|class| class.name.to_string()).unwrap_or_default(),
                rxnorm: row.rxnorm.map(|code| code.value.to_string()),
                usual: UsualDose {
                    start: None,
                    min: None,
                    max: None,
                    confidence: Confidence::GeneralKnowledge,
                },
            })
        }
        Known::OfClass(_) => None,
    }
}
