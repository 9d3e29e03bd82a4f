use crate::analysis::{DoseLog, is_depot, known_as, numbers_in, settling_of};
use crate::diary::{
    Body, Day, Diary, DoseStatus, EntryId, Ingredient, Kind, Medicine, Pattern, Recorded, Regimen,
    SubstanceUse, Unit,
};
use crate::reference::{self, Class, Known, Numbers, Subclass};

/// Days for which something taken as needed, or without a plan, still counts as taken now.
pub(super) const RECENT_DAYS: i32 = 7;

/// One thing a person takes: an ingredient of a medicine, or a substance.
#[derive(Debug)]
pub(super) struct Taken<'a> {
    /// Its name in a sentence.
    pub(super) name: String,
    /// Its row in the tables, or its name in small letters.
    pub(super) key: String,
    /// What the tables know it as.
    pub(super) known: Option<Known<'a>>,
    /// Its row among the medicines.
    pub(super) row: Option<&'static reference::Medicine>,
    /// The doses and times that hold for it: of its row, or of its injection.
    pub(super) numbers: Option<Numbers<'static>>,
    /// Whether it is an injection that lasts for weeks: what stopping the tablets is like says nothing
    /// of it.
    pub(super) is_depot: bool,
    /// The class the person gave it.
    class: Option<&'a str>,
    /// The part of the medicine that it is.
    part: Option<(&'a Medicine, &'a Ingredient)>,
    /// Its medicine; `None` for a substance.
    pub(super) medicine: Option<EntryId>,
    /// The entries that say so: the medicine and its last step, or the last use.
    pub(super) entries: Vec<EntryId>,
    /// The first day of the present, or last, stretch without a break.
    pub(super) since: Day,
    /// The last day; `None` while it goes on, or is planned.
    pub(super) until: Option<Day>,
    /// Days after the last one for which it may still act.
    lasts: i32,
}

impl Taken<'_> {
    /// Whether it is of one of these subclasses, by its row among the medicines or the agents, or as
    /// the person said: a subclass, or a group of such.
    pub(super) fn is_of(&self, subclasses: &[Subclass]) -> bool {
        if let Some(known) = self.known.and_then(Known::subclass) {
            return subclasses.contains(&known);
        }
        let Some(told) = self.class.map(str::to_lowercase) else { return false };
        match (Subclass::parse(&told), reference::pack().group(&told)) {
            (Some(told), _) => subclasses.contains(&told),
            (None, Some(group)) => {
                let is_one = |class: &Subclass| subclasses.contains(class);
                !group.classes.is_empty()
                    && group.members.is_empty()
                    && group.classes.iter().all(is_one)
            }
            (None, None) => false,
        }
    }

    /// Whether it belongs to one of these groups of the tables, by its row or, where that does not say
    /// how it works, as the person said.
    pub(super) fn is_among(&self, groups: &[&str]) -> bool {
        let told = self.class.map(str::to_lowercase);
        let told = told.as_deref().map(Known::OfClass);
        let told = told.filter(|_| self.known.and_then(Known::subclass).is_none());
        let groups = groups.iter().filter_map(|id| reference::pack().group(id));
        let is_of = |group| self.known.iter().chain(&told).any(|known| known.is_of(group));
        groups.into_iter().any(is_of)
    }

    /// Whether it may still act though it is no longer taken.
    pub(super) fn still_acts(&self, today: Day) -> bool {
        self.until.is_some_and(|last| today.since(last) <= self.lasts)
    }

    /// Whether it is mainly taken for what this class is for. The class of an agent says how it works
    /// and not what for: rasagiline is an MAOI and no antidepressant.
    pub(super) fn is_class(&self, class: Class) -> bool {
        let told = self.class.and_then(|told| {
            let told = told.to_lowercase();
            let of_its_kind = |row: &&reference::Medicine| row.subclass.value.as_str() == told;
            let alike = reference::medicines().iter().find(of_its_kind);
            Class::parse(&told).or(alike.map(|row| row.class.value))
        });
        self.row.map(|row| row.class.value).or(told) == Some(class)
    }

    /// Milligrams of it in an amount of its medicine; `None` where they are not known.
    pub(super) fn milligrams(&self, amount: f64, unit: Unit) -> Option<f64> {
        let (medicine, part) = self.part?;
        let (amount, unit) = medicine.ingredient_amount(part, amount, unit)?;
        (unit == Unit::Milligram).then_some(amount)
    }

    /// Whether it is one of these medicines.
    pub(super) fn is_one_of(&self, keys: &[&str]) -> bool {
        keys.contains(&self.key.as_str())
    }
}

/// Everything that was ever taken, as far as the diary tells.
pub(super) fn taken<'a>(
    diary: &'a Diary,
    regimen: &Regimen,
    log: &DoseLog,
    today: Day,
) -> Vec<Taken<'a>> {
    let mut all = Vec::new();
    for (id, medicine) in diary.medicines() {
        let Some(stretch) = stretch(id, regimen, log, today) else { continue };
        let one = |part| named(part, medicine, id, &stretch, regimen);
        all.extend(medicine.ingredients.iter().map(one));
    }
    for Recorded { id, entry } in diary.of_kind(Kind::Substance) {
        let Body::Substance(used) = entry.body() else { continue };
        if entry.day() <= today {
            add_substance(&mut all, used, id, entry.day(), today);
        }
    }
    all
}

/// Days after its last one for which a medicine may still act: its washout, for an injection that
/// lasts beside the days of one, as prescribed or else as usual.
fn lasts(medicine: &Medicine, id: EntryId, regimen: &Regimen, numbers: Option<Numbers<'_>>) -> i32 {
    let weeks = regimen.episodes_of(id).last().map(|episode| episode.schedule.pattern());
    let interval = match weeks {
        Some(Pattern::Depot { weeks }) => i32::from(*weeks) * 7,
        _ => numbers.and_then(Numbers::days_between).map_or(0, |days| i32::from(days.value)),
    };
    i32::from(settling_of(regimen, id, medicine).washout_days) + interval
}

fn row_of(known: Option<Known<'_>>) -> Option<&'static reference::Medicine> {
    match known {
        Some(Known::Medicine(row)) => reference::medicines().find(&row.id),
        _ => None,
    }
}

fn named<'a>(
    part: &'a Ingredient,
    medicine: &'a Medicine,
    id: EntryId,
    stretch: &Stretch,
    regimen: &Regimen,
) -> Taken<'a> {
    let known = known_as(part, medicine.class.as_deref());
    let row = row_of(known);
    let numbers = row.and_then(|row| numbers_in(row, regimen, id, medicine, part));
    Taken {
        name: medicine.name.to_string(),
        key: known.and_then(Known::id).map_or_else(|| part.name.to_lowercase(), str::to_owned),
        known,
        row,
        numbers,
        is_depot: is_depot(regimen, id, medicine)
            || matches!(numbers, Some(Numbers::Injection(..))),
        class: medicine.class.as_deref(),
        part: Some((medicine, part)),
        medicine: Some(id),
        entries: std::iter::once(id).chain(stretch.entry).collect(),
        since: stretch.since,
        until: stretch.until,
        lasts: lasts(medicine, id, regimen, numbers),
    }
}

/// The present, or last, days of a medicine without a break.
struct Stretch {
    since: Day,
    until: Option<Day>,
    /// The step or dose that tells it.
    entry: Option<EntryId>,
}

fn stretch(medicine: EntryId, regimen: &Regimen, log: &DoseLog, today: Day) -> Option<Stretch> {
    let mut found: Option<Stretch> = None;
    for episode in regimen.episodes_of(medicine) {
        let until = episode.to.map(|to| to.plus(-1));
        let joins = |before: &Stretch| before.until.is_none_or(|last| episode.from <= last.plus(1));
        let since = found.as_ref().filter(|before| joins(before)).map_or(episode.from, |b| b.since);
        found = Some(Stretch { since, until, entry: Some(episode.step) });
    }
    if let Some(stretch) = &mut found {
        // A plan that ends ahead still goes on today.
        stretch.until = stretch.until.filter(|last| *last < today);
    }
    let doses = log.of_medicine(medicine);
    let last = doses.iter().rev().find(|row| row.status.is_taken() && row.day <= today);
    let Some(last) = last else { return found };
    let first = doses.iter().find(|row| row.status.is_taken()).map_or(last.day, |row| row.day);
    let is_recent = today.since(last.day) <= RECENT_DAYS;
    match found {
        // Doses after the plan's end, or without a plan.
        Some(Stretch { since, until: Some(ended), .. }) if last.day > ended => {
            Some(Stretch { since, until: (!is_recent).then_some(last.day), entry: Some(last.id) })
        }
        Some(stretch) => Some(stretch),
        None => Some(Stretch {
            since: first,
            until: (!is_recent).then_some(last.day),
            entry: Some(last.id),
        }),
    }
}

fn add_substance<'a>(
    all: &mut Vec<Taken<'a>>,
    used: &'a SubstanceUse,
    id: EntryId,
    day: Day,
    today: Day,
) {
    let known = reference::pack().known(None, &used.substance);
    let key =
        known.and_then(Known::id).map_or_else(|| used.substance.to_lowercase(), str::to_owned);
    let until = (today.since(day) > RECENT_DAYS).then_some(day);
    match all.iter_mut().find(|known| known.medicine.is_none() && known.key == key) {
        Some(known) => {
            known.since = known.since.min(day);
            known.until = known.until.zip(until).map(|(before, last)| before.max(last));
            known.entries = vec![id];
        }
        None => all.push(Taken {
            name: used.substance.to_lowercase(),
            key,
            known,
            row: row_of(known),
            numbers: None,
            is_depot: false,
            class: None,
            part: None,
            medicine: None,
            entries: vec![id],
            since: day,
            until,
            lasts: 0,
        }),
    }
}

/// Whether an event tells of a dose on top of the plan.
pub(super) const fn is_on_top(status: DoseStatus) -> bool {
    matches!(status, DoseStatus::Extra | DoseStatus::AsNeeded)
}
