//! Item strip: which answers of a questionnaire moved between phases of the regimen.
//!
//! **Estimand.** This person's mean answer to each item over the settled days of each regimen
//! phase; and the difference of the total to the phase before, once with every item and once
//! without the *side-effect items*: those about something that a medicine can do as well, such as
//! sleep or appetite.
//!
//! **Model.** The two totals are compared as [`phase`](super::phase) compares any outcome, at looks. All
//! differences of the strip together must survive [Holm's procedure](super::statistics::holm); what
//! was told four weeks before as well is established, what was told at the look before and is not now
//! has weakened. Single items are described only: an item *moved* when its mean differs from the phase
//! before by [`MOVED`] or more. Nine intervals at once would find one by chance too often.
//!
//! **Assumptions.** Those of [`phase`](super::phase). Which items can be side effects is a row of
//! the reference tables; whether a change in them was one, no questionnaire can say.
//!
//! **Abstains** from a comparison when either phase has fewer than
//! [`least_days`] readings. Only readings with every item answered count.

use crate::diary::{Answers, Body, Diary, Regimen};
use crate::error::{Message, Param};
use crate::reference::Instrument;

use super::column::{Column, Columns};
use super::finding::{Claim, Finding, Window};
use super::look::{Looks, PART_ERROR, Reading};
use super::outcome::Outcome;
use super::phase::{PhaseSummary, counted_in, least_days, phases};
use super::settled::SettledDays;
use super::statistics::holm::surviving;

/// The change of an item's mean from which it counts as moved: one step of the answers.
pub const MOVED: f64 = 1.0;

/// One phase with the answers given in it.
#[derive(Clone, Debug, PartialEq)]
pub struct StripPhase {
    /// The phase with the totals' mean; the difference is that of the whole totals.
    pub whole: PhaseSummary,
    /// Mean answer to each item; empty where no reading counts.
    pub items: Vec<f64>,
    /// Mean total without the side-effect items.
    pub without: Option<f64>,
    /// Difference of the totals without the side-effect items to the phase before.
    pub without_difference: Option<Finding>,
    /// Numbers, from 1, of the items that moved since the phase before.
    pub moved: Vec<usize>,
}

/// The strip.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemStrip {
    /// The phases, in order of time.
    pub phases: Vec<StripPhase>,
    /// Readings left out because an item was not answered, or only a total is known.
    pub incomplete: usize,
}

/// The strip of `instrument`, recorded as `name`, over a window, read at its last look. `None` without
/// a reading in which every item was answered.
#[must_use]
pub fn item_strip(
    diary: &Diary,
    instrument: (&str, &Instrument),
    regimen: &Regimen,
    window: Window,
    looks: &Looks,
) -> Option<ItemStrip> {
    let at = |reading: &Reading| strip_at(diary, instrument, regimen, window, reading);
    let reading = looks.reading(window);
    let mut strip = at(&reading)?;
    if let Some(earlier) = looks.apart_from(&reading).and_then(|apart| at(&apart)) {
        strip.beside(&earlier, Finding::repeat);
    }
    if let Some(before) = looks.before(&reading).and_then(|before| at(&before)) {
        strip.beside(&before, Finding::weaken_since);
    }
    Some(strip)
}

impl ItemStrip {
    fn differences(&mut self) -> impl Iterator<Item = &mut Finding> {
        self.phases.iter_mut().flat_map(StripPhase::differences).flatten()
    }

    /// Takes back what chance would show among so many differences.
    fn hold_together(&mut self, names: [&Param; 2]) {
        let p_values: Vec<f64> = self.differences().filter_map(|found| found.p_value()).collect();
        let (cut, count) = (surviving(&p_values, PART_ERROR), p_values.len());
        for phase in &mut self.phases {
            for (difference, name) in phase.differences().into_iter().zip(names) {
                difference.iter_mut().for_each(|found| found.hold_to(cut, count, name));
            }
        }
    }

    /// Sets each difference beside the same one of an earlier look.
    fn beside(&mut self, earlier: &Self, compare: fn(&mut Finding, &Finding)) {
        for (now, then) in self.phases.iter_mut().zip(&earlier.phases) {
            let then = [&then.whole.difference, &then.without_difference];
            for (now, then) in now.differences().into_iter().zip(then) {
                if let Some((now, then)) = now.as_mut().zip(then.as_ref()) {
                    compare(now, then);
                }
            }
        }
    }
}

impl StripPhase {
    /// The difference of the whole total and that without the side-effect items.
    fn differences(&mut self) -> [&mut Option<Finding>; 2] {
        [&mut self.whole.difference, &mut self.without_difference]
    }
}

fn strip_at(
    diary: &Diary,
    (name, instrument): (&str, &Instrument),
    regimen: &Regimen,
    window: Window,
    reading: &Reading,
) -> Option<ItemStrip> {
    let columns = Columns::of(diary);
    let all = columns.find(name)?.within(window);
    let mut whole = Column::new(all.outcome.clone());
    let mut without = Column::new(without_side_effects(instrument, &all.outcome));
    let mut answers: Vec<&[Option<u8>]> = Vec::new();
    for row in 0..all.len() {
        let Some(items) = complete(diary, &all, row) else { continue };
        let rest = items.iter().enumerate().filter(|(place, _)| !is_marked(instrument, *place));
        let rest = rest.filter_map(|(_, answer)| *answer).map(f64::from).sum();
        for (column, value) in [(&mut whole, all.values[row]), (&mut without, rest)] {
            column.civil.push(all.civil[row]);
            column.times.push(all.times[row]);
            column.values.push(value);
            column.ids.push(all.ids[row]);
        }
        answers.push(items);
    }
    if whole.is_empty() {
        return None;
    }
    let settled = SettledDays::of(diary, regimen, window);
    let of_rest = phases(&without, regimen, &settled, window, reading);
    let mut strip: Vec<StripPhase> = Vec::with_capacity(of_rest.len());
    let of_whole = phases(&whole, regimen, &settled, window, reading);
    for (mut phase, rest) in of_whole.into_iter().zip(of_rest) {
        let rows = counted_in(&whole, &settled, regimen, phase.window).apart(&whole).rows;
        let items = mean_answers(&rows, &answers);
        let moved = match strip.last() {
            Some(before) if before.whole.n.min(phase.n) >= least_days(&whole.outcome) => {
                let pairs = before.items.iter().zip(&items).enumerate();
                pairs.filter(|(_, (a, b))| (*b - *a).abs() >= MOVED).map(|(k, _)| k + 1).collect()
            }
            _ => Vec::new(),
        };
        let own = |finding: Finding| Finding { claim: Claim::ItemStrip, ..finding };
        phase.difference = phase.difference.map(own);
        strip.push(StripPhase {
            items,
            without: rest.mean,
            without_difference: rest.difference.map(own),
            moved,
            whole: phase,
        });
    }
    let mut strip = ItemStrip { phases: strip, incomplete: all.len() - whole.len() };
    strip.hold_together([&whole.outcome.name, &without.outcome.name]);
    Some(strip)
}

/// Whether the item at `place`, from 0, can be a side effect.
#[must_use]
pub fn is_marked(instrument: &Instrument, place: usize) -> bool {
    let marked = instrument.side_effect_items.iter().flat_map(|row| &row.value);
    marked.into_iter().any(|row| usize::from(row.item) == place + 1)
}

fn complete<'a>(diary: &'a Diary, column: &Column, row: usize) -> Option<&'a [Option<u8>]> {
    let Body::Assessment(assessment) = diary.entry(column.ids[row])?.body() else { return None };
    match &assessment.answers {
        Answers::Items(items) if items.iter().all(Option::is_some) => Some(items),
        _ => None,
    }
}

fn mean_answers(rows: &[usize], answers: &[&[Option<u8>]]) -> Vec<f64> {
    let Some(first) = rows.first() else { return Vec::new() };
    let mean = |place: usize| {
        let given = rows.iter().filter_map(|row| answers[*row][place]).map(f64::from);
        given.sum::<f64>() / rows.len() as f64
    };
    (0..answers[*first].len()).map(mean).collect()
}

/// The total of the items that are not marked, as an outcome of its own.
fn without_side_effects(instrument: &Instrument, whole: &Outcome) -> Outcome {
    let (_, most) = instrument.answer_range();
    let items = instrument.items.value.len();
    let left = (0..items).filter(|place| !is_marked(instrument, *place)).count();
    Outcome {
        name: Message::new("item-strip.without").with("outcome", whole.name.clone()).into(),
        range: (0.0, f64::from(most) * left as f64),
        smallest_change: None,
        ..whole.clone()
    }
}
