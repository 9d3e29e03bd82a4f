use crate::diary::{
    Day, Diary, EntryId, Form, Ingredient, Medicine, Regimen, Release, Route, Schedule,
};
use crate::reference::{self, Known, Numbers, Settling, SettlingRule};

use super::finding::Window;

/// How a day stands to the changes of the regimen before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Long enough after every change: the only days an average is taken from.
    Settled,
    /// A medicine that was begun or changed has not settled in.
    WashIn,
    /// A medicine that was ended has not left.
    Washout,
}

/// Days before a window whose standing is worked out as well, so that a questionnaire of its first
/// days can look back.
const LEAD_DAYS: i32 = 60;

/// The standing of every day of a window, and of 60 days before it: wash-in and washout of every medicine that changed.
///
/// The days come from [`SettlingRule`], an engineering rule over half-lives and onset; for a
/// medicine that the tables do not list it assumes a fixed number of days.
#[derive(Clone, Debug)]
pub struct SettledDays {
    from: Day,
    days: Vec<Standing>,
}

impl SettledDays {
    /// Works the standings out. Linear in days and steps.
    #[must_use]
    pub fn of(diary: &Diary, regimen: &Regimen, window: Window) -> Self {
        let from = window.from.plus(-LEAD_DAYS);
        let days = Window { from, to: window.to }.days();
        let mut settled = Self { from, days: vec![Standing::Settled; days] };
        for (medicine, _) in diary.medicines() {
            let Some(product) = diary.medicine(medicine) else { continue };
            let settling = settling_of(regimen, medicine, product);
            for change in changes_of(regimen, medicine) {
                let (length, standing) = if change.ends {
                    (settling.washout_days, Standing::Washout)
                } else {
                    (settling.wash_in_days, Standing::WashIn)
                };
                settled.mark(change.day, i32::from(length), standing);
            }
        }
        settled
    }

    /// For each day of a stretch the first day of the unbroken run of settled days that it ends,
    /// not counting days before the stretch; `None` for a day that is not settled.
    pub(crate) fn runs_within(&self, stretch: Window) -> Vec<Option<Day>> {
        let mut open = None;
        let mut day = stretch.from;
        self.standings(stretch)
            .iter()
            .map(|standing| {
                open = (*standing == Standing::Settled).then(|| open.unwrap_or(day));
                day = day.plus(1);
                open
            })
            .collect()
    }

    fn mark(&mut self, first: Day, length: i32, standing: Standing) {
        let place = |day: i32| usize::try_from(day).unwrap_or(0).min(self.days.len());
        let start = first.since(self.from);
        let (start, end) = (place(start), place(start.saturating_add(length)));
        for day in &mut self.days[start..end] {
            // Wash-in and washout at once count as wash-in: the day belongs to what was begun.
            if *day != Standing::WashIn {
                *day = standing;
            }
        }
    }

    /// The first day, before the window.
    #[must_use]
    pub const fn from(&self) -> Day {
        self.from
    }

    /// The standing of each day of a stretch that lies in the window.
    #[must_use]
    pub fn standings(&self, stretch: Window) -> &[Standing] {
        let place = |day: Day| usize::try_from(day.since(self.from)).unwrap_or(0);
        let first = place(stretch.from).min(self.days.len());
        &self.days[first..place(stretch.to.plus(1)).clamp(first, self.days.len())]
    }

    /// How many days of a stretch that lies in the window are settled.
    #[must_use]
    pub fn count(&self, stretch: Window) -> usize {
        let standings = self.standings(stretch).iter();
        standings.filter(|standing| **standing == Standing::Settled).count()
    }

    /// The day from which the regimen that holds on `day` has held, as far back as is known here:
    /// before the first step nothing is taken to be prescribed.
    pub(crate) fn same_since(&self, regimen: &Regimen, day: Day) -> Day {
        let changes = regimen.change_days();
        let last = changes.partition_point(|change| *change <= day).checked_sub(1);
        last.map_or(self.from, |place| changes[place].max(self.from))
    }
}

/// A day on which what is prescribed of one medicine changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MedicineChange {
    /// The day.
    pub(crate) day: Day,
    /// Whether nothing of it is prescribed from this day on.
    pub(crate) ends: bool,
}

/// The changes of one medicine: first days of schedules that differ from the day before, and
/// ends. A dose taken since before the diary tells of it began on no day of the diary.
pub(crate) fn changes_of(
    regimen: &Regimen,
    medicine: EntryId,
) -> impl Iterator<Item = MedicineChange> {
    let episodes: Vec<_> = regimen.episodes_of(medicine).collect();
    let mut changes = Vec::new();
    let mut before: Option<(&Schedule, Option<Day>)> = None;
    for episode in &episodes {
        let goes_on = before.is_some_and(|(schedule, to)| {
            to == Some(episode.from) && *schedule == episode.schedule
        });
        if let Some((_, Some(to))) = before.filter(|(_, to)| *to != Some(episode.from)) {
            changes.push(MedicineChange { day: to, ends: true });
        }
        if !goes_on && !episode.since_before {
            changes.push(MedicineChange { day: episode.from, ends: false });
        }
        before = Some((&episode.schedule, episode.to));
    }
    if let Some((_, Some(to))) = before {
        changes.push(MedicineChange { day: to, ends: true });
    }
    changes.into_iter()
}

/// Wash-in and washout of a product: the longest of its ingredients'.
#[must_use]
pub fn settling_of(regimen: &Regimen, id: EntryId, medicine: &Medicine) -> Settling {
    let rule = SettlingRule::default();
    let of = |ingredient: &Ingredient| rule.settle(numbers_of(regimen, id, medicine, ingredient));
    let mut settlings = medicine.ingredients.iter().map(of);
    let first = settlings.next().unwrap_or_else(|| rule.settle(None));
    settlings.fold(first, |longest, next| Settling {
        wash_in_days: longest.wash_in_days.max(next.wash_in_days),
        washout_days: longest.washout_days.max(next.washout_days),
        source: longest.source,
        confidence: longest.confidence.min(next.confidence),
        assumed: longest.assumed || next.assumed,
    })
}

/// The doses and times that hold for an ingredient of a product.
pub(crate) fn numbers_of(
    regimen: &Regimen,
    id: EntryId,
    medicine: &Medicine,
    ingredient: &Ingredient,
) -> Option<Numbers<'static>> {
    let tables = reference::medicines();
    let row = match &ingredient.reference {
        Some(id) => tables.find(id),
        None => tables.named(&ingredient.name),
    };
    row.and_then(|row| numbers_in(row, regimen, id, medicine, ingredient))
}

/// What the tables know an ingredient as: by its row, its code, its name, or the class it was given.
#[must_use]
pub fn known_as<'a>(part: &'a Ingredient, class: Option<&'a str>) -> Option<Known<'a>> {
    let pack = reference::pack();
    let by_row = part.reference.as_deref().and_then(|id| pack.known_by_id(id));
    by_row
        .or_else(|| pack.known(part.rxnorm.as_deref(), &part.name))
        .or_else(|| class.map(Known::OfClass))
}

/// The doses and times of a row, or of one of its injections, that hold for the product. A depot
/// injection of a medicine that the tables list as a tablet has its own, or none: it is known by its
/// name or code, its release, route or form, or by its schedule.
#[must_use]
pub fn numbers_in(
    row: &'static reference::Medicine,
    regimen: &Regimen,
    id: EntryId,
    medicine: &Medicine,
    ingredient: &Ingredient,
) -> Option<Numbers<'static>> {
    let is_depot = is_depot(regimen, id, medicine);
    let names = [&*medicine.name, &*ingredient.name];
    match row.injection_of(ingredient.rxnorm.as_deref(), names, is_depot) {
        Some(injection) => Some(Numbers::Injection(row, injection)),
        None => is_of_route(is_depot, medicine, row.route.value).then_some(Numbers::Row(row)),
    }
}

/// Whether a product is an injection that lasts for weeks, by its release or by its schedule.
#[must_use]
pub fn is_depot(regimen: &Regimen, id: EntryId, medicine: &Medicine) -> bool {
    medicine.release == Some(Release::Depot) || regimen.is_depot(id)
}

fn is_of_route(is_depot: bool, medicine: &Medicine, row: reference::Route) -> bool {
    use reference::Route as Row;
    if is_depot {
        return row == Row::Injection;
    }
    match medicine.route {
        None | Some(Route::Other) => {
            medicine.form != Some(Form::Injection) || row == Row::Injection
        }
        Some(Route::Oral) => row == Row::Oral,
        Some(Route::Sublingual) => row == Row::Sublingual,
        Some(Route::Nasal) => row == Row::Nasal,
        Some(Route::Transdermal) => row == Row::Transdermal,
        Some(Route::Intramuscular | Route::Subcutaneous) => row == Row::Injection,
    }
}
