use crate::diary::{Day, EntryId};
use crate::error::{Message, Param};
use crate::reference::{Confidence, Subclass};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::Picture;
use super::taken::Taken;

const LONG: Rule = Rule {
    id: "sedative-long-use",
    family: Family::Doses,
    sources: "asam-2025 doseline-rules",
    confidence: Confidence::Verified,
};
const RISING: Rule = Rule {
    id: "sedative-rising-use",
    family: Family::Doses,
    sources: "doseline-rules",
    confidence: Confidence::GeneralKnowledge,
};

/// Days that are set beside as many before them.
const SPAN: i32 = 14;
/// Least days with a dose in the earlier span, and how many more the later one must have.
const RISE: (usize, usize) = (3, 5);

fn sedative(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Benzodiazepine, Subclass::ZDrug])
}

/// Days from one on to another on which a dose was taken or, where no dose of the medicine is
/// recorded at all, prescribed.
fn days_used(picture: &Picture<'_>, medicine: EntryId, from: Day, to: Day) -> usize {
    let rows = picture.log.of_medicine(medicine);
    let taken_on = |day: Day| picture.log.on(medicine, day).iter().any(|row| row.status.is_taken());
    let due_on = |day: Day| {
        picture.regimen.episodes_of(medicine).any(|episode| !episode.due(day).is_empty())
    };
    let days = (0..=to.since(from)).map(|n| from.plus(n));
    match rows.is_empty() {
        true => days.filter(|day| due_on(*day)).count(),
        false => days.filter(|day| taken_on(*day)).count(),
    }
}

/// The first day of use in the present stretch, as far as doses tell.
fn first_use(picture: &Picture<'_>, taken: &Taken<'_>, medicine: EntryId) -> Day {
    let rows = picture.log.of_medicine(medicine);
    rows.iter().find(|row| row.status.is_taken()).map_or(taken.since, |row| row.day)
}

/// Raises long near-daily use of a benzodiazepine or a sleep medicine of their kind, and use that
/// rises. For adults, as the guideline is.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    if !picture.is_adult() {
        return;
    }
    let (asks, firmly) = picture.settings.sedative_days;
    for taken in picture.now(sedative) {
        let Some(id) = taken.medicine else { continue };
        let yesterday = picture.today.plus(-1);
        let nearly_daily = |days: i32| {
            if picture.today.since(first_use(picture, taken, id)) < days {
                return false;
            }
            let free = picture.settings.sedative_free_days as i32 * days / 28;
            let used = days_used(picture, id, picture.today.plus(-days), yesterday);
            used as i32 >= days - free
        };
        let name = taken.name.as_str();
        let long = match (nearly_daily(asks), nearly_daily(firmly)) {
            (_, true) => {
                Some((firmly, Message::new("safety.sedative-very-long-use").with("medicine", name)))
            }
            (true, _) => {
                Some((asks, Message::new("safety.sedative-long-use").with("medicine", name)))
            }
            _ => None,
        };
        if let Some((days, message)) = long {
            let why = Message::new("safety.why-sedative").with("days", days as usize);
            let flag = Flag::new(&LONG, Severity::WorthAskingAbout, message, why).about(&taken.key);
            review.raise(flag.behind(taken.entries.iter().copied()).because(&days.to_string()));
        }
        let earlier =
            days_used(picture, id, picture.today.plus(-2 * SPAN), picture.today.plus(-SPAN - 1));
        let later = days_used(picture, id, picture.today.plus(-SPAN), yesterday);
        if earlier >= RISE.0 && later >= earlier + RISE.1 {
            let message = Message::new("safety.sedative-rising-use").with("medicine", name);
            let why = Message::new("safety.why-rising")
                .with("later", Param::Count(later as u64))
                .with("earlier", Param::Count(earlier as u64));
            let flag =
                Flag::new(&RISING, Severity::WorthAskingAbout, message, why).about(&taken.key);
            review.raise(flag.behind(taken.entries.iter().copied()).because(""));
        }
    }
}
