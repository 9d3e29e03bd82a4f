use std::collections::BTreeMap;

use super::dose::Unit;
use super::entry::Recorded;
use super::id::EntryId;
use super::keeping::Diary;
use super::medicine::{Action, Medicine, Step};
use super::schedule::{DueDose, Pattern, Schedule};
use super::sorting::Sorting;
use super::time::{Day, Moment};

/// A stretch of days over which one schedule of one medicine holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// The medicine.
    pub medicine: EntryId,
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer holds; `None` while it goes on.
    pub to: Option<Day>,
    /// What is prescribed.
    pub schedule: Schedule,
    /// The titration step that began it.
    pub step: EntryId,
    /// What that step did.
    pub action: Action,
    /// Whether its dose was taken since before its first day, so that nothing began on it. It then
    /// holds on every day before as well, though no dose is due on them.
    pub since_before: bool,
}

impl Episode {
    /// Whether it holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        (self.from <= day || self.since_before) && self.to.is_none_or(|to| day < to)
    }

    /// The doses due on `day`.
    #[must_use]
    pub fn due(&self, day: Day) -> &[DueDose] {
        let is_due = self.from <= day && self.holds_on(day);
        if is_due { self.schedule.due(self.from, day) } else { &[] }
    }
}

/// The daily dose of one ingredient.
#[derive(Clone, Debug, PartialEq)]
pub struct IngredientDose {
    /// The ingredient: its row in the reference tables where it has one, otherwise its name.
    pub ingredient: Box<str>,
    /// How much a day, averaged over one round of each schedule.
    pub amount: f64,
    /// Milligrams where the units allow, otherwise the unit as recorded.
    pub unit: Unit,
}

/// A maximal stretch of days over which the whole prescribed regimen is constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// The first day.
    pub from: Day,
    /// The day after its last.
    pub to: Day,
    /// The episodes that hold on its first day, as places in [`Regimen::episodes`]. Empty when
    /// nothing is prescribed. A step that prescribes what held before begins a new episode, but
    /// no new phase.
    pub episodes: Vec<usize>,
}

/// What is prescribed over time, derived from the titration steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regimen {
    episodes: Vec<Episode>,
}

/// One step on its day, with everything that orders it among the others.
struct Dated<'a> {
    day: Day,
    at: i64,
    id: EntryId,
    step: &'a Step,
}

impl Regimen {
    /// The regimen that the steps of a diary add up to. Steps of a medicine that was removed are
    /// left out; steps of one day are taken in the order of their instants, then identifiers.
    #[must_use]
    pub fn of(diary: &Diary) -> Self {
        let mut steps: Vec<Dated<'_>> = diary
            .steps()
            .filter(|(_, step)| diary.medicine(step.medicine).is_some())
            .map(|(Recorded { id, entry }, step)| {
                let at = entry.at().map_or(i64::MIN, Moment::ms);
                Dated { day: entry.day(), at, id, step }
            })
            .collect();
        steps.arrange_by_key(|dated| (dated.day, dated.at, dated.id));
        let mut by_medicine: BTreeMap<EntryId, Vec<Change<'_>>> = BTreeMap::new();
        for dated in &steps {
            let change = Change { day: dated.day, id: dated.id, step: Some(dated.step) };
            by_medicine.entry(dated.step.medicine).or_default().push(change);
            if let (Action::Switch, Some(replaced)) = (dated.step.action, dated.step.replacing) {
                let end = Change { day: dated.day, id: dated.id, step: None };
                by_medicine.entry(replaced).or_default().push(end);
            }
        }
        let mut episodes: Vec<Episode> = by_medicine
            .into_iter()
            .flat_map(|(medicine, changes)| episodes_of(medicine, &changes))
            .collect();
        episodes.arrange_by_key(|episode| (episode.from, episode.medicine));
        Self { episodes }
    }

    /// Every episode, by first day.
    #[must_use]
    pub fn episodes(&self) -> &[Episode] {
        &self.episodes
    }

    /// The episodes of one medicine, by first day.
    pub fn episodes_of(&self, medicine: EntryId) -> impl Iterator<Item = &Episode> {
        self.episodes.iter().filter(move |episode| episode.medicine == medicine)
    }

    /// Whether a medicine is prescribed as an injection that lasts for weeks, whatever its own entry
    /// says or leaves out.
    #[must_use]
    pub fn is_depot(&self, medicine: EntryId) -> bool {
        let is_one = |of: &Episode| matches!(of.schedule.pattern(), Pattern::Depot { .. });
        self.episodes_of(medicine).any(is_one)
    }

    /// The episodes that hold on `day`.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &Episode> {
        self.episodes.iter().filter(move |episode| episode.holds_on(day))
    }

    /// The days on which something changes, sorted, each once: first days, and days from which
    /// an episode no longer holds. The first day of a dose taken since before is none.
    #[must_use]
    pub fn change_days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = self
            .episodes
            .iter()
            .flat_map(|episode| {
                (!episode.since_before).then_some(episode.from).into_iter().chain(episode.to)
            })
            .collect();
        days.arrange_by(Ord::cmp);
        days.dedup();
        days
    }

    /// The phases of the regimen from `from` to the day before `to`, without gaps; days on which
    /// nothing is prescribed are a phase too. No days have no phases.
    #[must_use]
    pub fn phases(&self, from: Day, to: Day) -> Vec<Phase> {
        if to <= from {
            return Vec::new();
        }
        let mut starts: Vec<Day> = self.change_days();
        starts.retain(|day| *day > from && *day < to);
        starts.insert(0, from);
        let mut phases: Vec<Phase> = Vec::new();
        for start in starts {
            let holding = (0..self.episodes.len()).filter(|&i| self.episodes[i].holds_on(start));
            let episodes: Vec<usize> = holding.collect();
            match phases.last_mut() {
                Some(last) if self.prescribes_the_same(&last.episodes, &episodes) => {}
                last => {
                    if let Some(last) = last {
                        last.to = start;
                    }
                    phases.push(Phase { from: start, to, episodes });
                }
            }
        }
        phases
    }

    fn prescribes_the_same(&self, a: &[usize], b: &[usize]) -> bool {
        let prescribed = |places: &[usize]| {
            let mut list: Vec<(EntryId, &Schedule)> = places
                .iter()
                .map(|&place| (self.episodes[place].medicine, &self.episodes[place].schedule))
                .collect();
            list.arrange_by_key(|(medicine, _)| *medicine);
            list
        };
        prescribed(a) == prescribed(b)
    }

    /// The prescribed daily dose of every ingredient on `day`, over all medicines that hold it,
    /// averaged over one round of each schedule. As-needed schedules prescribe no daily dose.
    #[must_use]
    pub fn daily_doses(&self, diary: &Diary, day: Day) -> Vec<IngredientDose> {
        let mut doses: Vec<IngredientDose> = Vec::new();
        for episode in self.on(day) {
            let Some(medicine) = diary.medicine(episode.medicine) else { continue };
            for dose in daily_doses_of(medicine, &episode.schedule) {
                match doses
                    .iter_mut()
                    .find(|d| d.ingredient == dose.ingredient && d.unit == dose.unit)
                {
                    Some(sum) => sum.amount += dose.amount,
                    None => doses.push(dose),
                }
            }
        }
        doses
    }
}

/// The daily dose of each ingredient that a schedule of a medicine prescribes.
pub(crate) fn daily_doses_of(medicine: &Medicine, schedule: &Schedule) -> Vec<IngredientDose> {
    let Some(a_day) = schedule.mean_daily_amount() else { return Vec::new() };
    let doses = medicine.ingredients.iter().filter_map(|ingredient| {
        let (amount, unit) = medicine.ingredient_amount(ingredient, a_day, schedule.unit())?;
        Some(IngredientDose { ingredient: ingredient.key().into(), amount, unit })
    });
    doses.collect()
}

/// A step of a medicine, or its end by a switch to another.
struct Change<'a> {
    day: Day,
    id: EntryId,
    step: Option<&'a Step>,
}

fn episodes_of(medicine: EntryId, changes: &[Change<'_>]) -> Vec<Episode> {
    let mut episodes: Vec<Episode> = Vec::new();
    let mut last_schedule: Option<&Schedule> = None;
    for change in changes {
        if let Some(open) =
            episodes.last_mut().filter(|open| open.to.is_none_or(|to| to > change.day))
        {
            open.to = Some(change.day);
        }
        let Some(step) = change.step else { continue };
        let schedule = match step.action {
            Action::Stop | Action::Hold => continue,
            Action::Resume => step.schedule.as_ref().or(last_schedule),
            _ => step.schedule.as_ref(),
        };
        let Some(schedule) = schedule else { continue };
        last_schedule = Some(schedule);
        let since_before = step.since.is_some() && episodes.is_empty();
        let to = matches!(schedule.pattern(), Pattern::Once).then(|| change.day.plus(1));
        episodes.push(Episode {
            medicine,
            from: change.day,
            to,
            schedule: schedule.clone(),
            step: change.id,
            action: step.action,
            since_before,
        });
    }
    // Two steps on one day leave an episode of no days: the later step is what holds.
    episodes.retain(|episode| episode.to != Some(episode.from));
    episodes
}
