//! Circumstances that are told by what is recorded over time: drinking, cutting down, caffeine, sodium.
//!
//! What is not noted did not have to be so: a habit that seems to have ended is *not known*.

use crate::diary::{Action, Answers, Body, EntryId, Kind, Recorded};
use crate::reference::{self, Subclass};

use super::mania::answered_total;
use super::picture::Picture;

/// What a circumstance is known to be: whether it holds, and the entries that say so.
type Told = Option<(bool, Vec<EntryId>)>;

const AUDIT_C: &str = "audit-c";
/// Days for which the AUDIT-C speaks of now: it asks about the past year.
const YEAR: i32 = 365;
/// Days after less of a sedative for which it counts as cutting down, and days that it must have been
/// taken before.
const CUTTING_DOWN: (i32, i32) = (14, 28);
/// Days that are set beside as many before them.
const SPAN: i32 = 14;
/// Least days with caffeine in the earlier span, and how many more the later one must have.
const RISE: (usize, usize) = (3, 5);
/// Age from which low sodium is a risk.
const OLDER: i32 = 65;

/// The newest total of the AUDIT-C within a year, with every question answered.
fn drinking(picture: &Picture<'_>) -> Option<(f64, EntryId)> {
    let is_it = |day| (0..=YEAR).contains(&picture.today.since(day));
    let noted = picture
        .assessments
        .iter()
        .rev()
        .find(|noted| noted.of.instrument.eq_ignore_ascii_case(AUDIT_C) && is_it(noted.day))?;
    let is_whole = match &noted.of.answers {
        Answers::Total(_) => true,
        Answers::Items(items) => items.iter().all(Option::is_some),
    };
    is_whole.then(|| (answered_total(&noted.of.answers), noted.id))
}

/// Whether the person drinks much: by the cut-offs of the AUDIT-C, of which the table has one for men
/// and one for women. Between them it is not known.
pub(super) fn drinks_much(picture: &Picture<'_>) -> Told {
    let (total, entry) = drinking(picture)?;
    let row = reference::instruments().find(AUDIT_C)?;
    let cutoffs = || row.cutoffs.iter().map(|cutoff| f64::from(cutoff.value.at_least));
    let (low, high) = (cutoffs().reduce(f64::min)?, cutoffs().reduce(f64::max)?);
    match total {
        _ if total >= high => Some((true, vec![entry])),
        _ if total < low => Some((false, vec![entry])),
        _ => None,
    }
}

/// Days of the last and of the earlier span on which a substance is noted, with the last entry.
fn days_noted(picture: &Picture<'_>, key: &str) -> (usize, usize, Option<EntryId>) {
    let (mut later, mut earlier, mut last) = (Vec::new(), Vec::new(), None);
    for Recorded { id, entry } in picture.diary.of_kind(Kind::Substance) {
        let Body::Substance(used) = entry.body() else { continue };
        let known = reference::pack().known(None, &used.substance);
        let back = picture.today.since(entry.day());
        if known.and_then(reference::Known::id) != Some(key) || back < 0 {
            continue;
        }
        let days = match back {
            0..SPAN => &mut later,
            _ if back < 2 * SPAN => &mut earlier,
            _ => continue,
        };
        if !days.contains(&back) {
            days.push(back);
        }
        last = Some(id);
    }
    (later.len(), earlier.len(), last)
}

/// Whether the person is cutting down alcohol or sedatives: a benzodiazepine or z-drug was lowered or
/// stopped of late. That neither is so is known only of someone who does not drink.
pub(super) fn cuts_down(picture: &Picture<'_>) -> Told {
    let sedative = [Subclass::Benzodiazepine, Subclass::ZDrug];
    for (entry, step) in picture.diary.steps() {
        let day = entry.entry.day();
        let is_it = picture.taken.iter().any(|taken| {
            taken.medicine == Some(step.medicine)
                && taken.is_of(&sedative)
                && day.since(taken.since) >= CUTTING_DOWN.1
        });
        if is_it
            && matches!(step.action, Action::Decrease | Action::Stop)
            && (0..=CUTTING_DOWN.0).contains(&picture.today.since(day))
        {
            return Some((true, vec![entry.id]));
        }
    }
    let (total, entry) = drinking(picture)?;
    let (later, earlier, _) = days_noted(picture, "alcohol");
    (total == 0.0 && later + earlier == 0).then(|| (false, vec![entry]))
}

/// Whether caffeine changed much: on more days than before. On fewer days it may only not have been
/// noted.
pub(super) fn caffeine_changed(picture: &Picture<'_>) -> Told {
    let (later, earlier, last) = days_noted(picture, "caffeine");
    if earlier < RISE.0 || later + RISE.1 <= earlier {
        return None;
    }
    Some((later >= earlier + RISE.1, last.into_iter().collect()))
}

/// Whether low sodium is a risk: by age, or a thiazide.
pub(super) fn risks_low_sodium(picture: &Picture<'_>) -> Told {
    let thiazide = reference::pack().group("thiazide");
    let is_thiazide =
        |known: reference::Known<'_>| thiazide.is_some_and(|group| known.is_of(group));
    if let Some(taken) = picture.now(|taken| taken.known.is_some_and(is_thiazide)).next() {
        return Some((true, taken.entries.clone()));
    }
    Some((picture.least_age()? >= OLDER, Vec::new()))
}
