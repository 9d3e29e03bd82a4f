use crate::analysis::DoseRow;
use crate::diary::{Day, DoseStatus, EntryId, Pattern};
use crate::error::{Message, Param};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::Picture;
use super::taken::Taken;
use crate::reference::{Confidence, Numbers};

/// Id of the rule on a gap after which a medicine may be started low again.
pub(super) const RESTART_ID: &str = "restart-after-gap";

const RESTART: Rule = Rule {
    id: RESTART_ID,
    family: Family::Doses,
    sources: "label-dose",
    confidence: Confidence::GeneralKnowledge,
};
const OVERDUE: Rule = Rule {
    id: "injection-overdue",
    family: Family::Doses,
    sources: "diary-plan",
    confidence: Confidence::Verified,
};

/// Days before a gap that tell whether doses are usually recorded, and how many of them must have one.
const HABIT: (i32, usize) = (14, 10);
/// Days for which missed days that were told are shown.
const DAYS_TOLD: i32 = 14;

/// Raises what a gap without doses means: a medicine that may have to be started low again, and an
/// injection that is late.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    for taken in picture.lately(|taken| taken.medicine.is_some()) {
        if taken.until.is_none() {
            raise_restart(picture, taken, review);
        }
        raise_overdue(picture, taken, review);
    }
}

fn raise_restart(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let (Some(id), Some(row)) = (taken.medicine, taken.row) else { return };
    let Some(hours) = row.restart_gap_hours() else { return };
    let rows: Vec<&DoseRow> =
        picture.log.of_medicine(id).iter().filter(|row| row.day <= picture.today).collect();
    let Some(gap) = gap(&rows, hours, picture.today) else { return };
    if !picture.may_use(Numbers::Row(row), row.restart_gap.confidence, &RESTART, review) {
        return;
    }
    let sentence = match gap.is_told {
        true => "safety.restart-after-gap",
        false => "safety.restart-only-not-logged",
    };
    let message = Message::new(sentence)
        .with("medicine", taken.name.as_str())
        .with("day", Param::Day(gap.since.number()));
    let why = Message::new("safety.why-restart").with("hours", Param::Number(hours, 0));
    let rule = Rule { confidence: row.restart_gap.confidence, ..RESTART };
    let facts = format!("{}{}", gap.entries[0], !gap.is_told);
    let flag = Flag::new(&rule, Severity::ContactToday, message, why).about(&taken.key);
    review.raise(flag.behind(gap.entries).behind([id]).because(&facts));
}

/// Days without a dose.
struct Gap {
    /// The last day that may have had one.
    since: Day,
    /// Whether the doses were said to be missed, and not only left out.
    is_told: bool,
    /// The dose before it, where one is recorded, and those that were said to be missed.
    entries: Vec<EntryId>,
}

/// The gap of at least so many hours up to today, or up to the first dose after it, today: since the
/// last dose where doses are usually recorded, otherwise by days on which they were said to be missed.
fn gap(rows: &[&DoseRow], hours: f64, today: Day) -> Option<Gap> {
    let is_long = |days: i32| f64::from(days) * 24.0 >= hours;
    let taken: Vec<&&DoseRow> =
        rows.iter().filter(|row| row.status.is_taken() && row.day < today).collect();
    let before = taken.last();
    let taken_today = rows.iter().any(|row| row.status.is_taken() && row.day == today);
    let missed = rows.iter().filter(|row| {
        matches!(row.status, DoseStatus::Missed | DoseStatus::Skipped)
            && before.is_none_or(|before| row.day > before.day)
            && !(taken_today && row.day == today)
    });
    let missed: Vec<&&DoseRow> = missed.collect();
    if let Some(before) = before.filter(|before| is_long(today.since(before.day))) {
        let habit = before.day.plus(-HABIT.0)..=before.day;
        let mut days: Vec<Day> =
            taken.iter().map(|row| row.day).filter(|day| habit.contains(day)).collect();
        days.dedup();
        if days.len() >= HABIT.1 {
            let entries = std::iter::once(before.id).chain(missed.iter().map(|row| row.id));
            let is_told = !missed.is_empty();
            return Some(Gap { since: before.day, is_told, entries: entries.collect() });
        }
    }
    // Days in a row, the latest first.
    let run = missed.chunk_by(|row, next| next.day.since(row.day) <= 1).rfind(|run| {
        let (first, last) = (run[0].day, run[run.len() - 1].day);
        is_long(last.since(first) + 1) && today.since(last) <= DAYS_TOLD
    })?;
    Some(Gap {
        since: run[0].day.plus(-1),
        is_told: today.since(run[run.len() - 1].day) <= 1,
        entries: run.iter().map(|row| row.id).collect(),
    })
}

/// What tells when the next injection is due: the plan, or the days that usually lie between two where
/// no plan was ever recorded.
fn raise_overdue(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let Some(id) = taken.medicine else { return };
    let plan = picture.regimen.episodes_of(id).find(|episode| episode.holds_on(picture.today));
    let is_planned = picture.regimen.episodes_of(id).next().is_some();
    let depot = plan.and_then(|episode| match episode.schedule.pattern() {
        Pattern::Depot { weeks } => Some(i32::from(*weeks) * 7),
        _ => None,
    });
    let numbers = taken.numbers.filter(|it| matches!(it, Numbers::Injection(..)) && !is_planned);
    if depot.is_none() && numbers.is_none() {
        return;
    }
    let rows = picture.log.of_medicine(id).iter().rev();
    let mut given = rows.filter(|row| row.status.is_taken() && row.day <= picture.today);
    let Some(last) = given.next() else {
        return review.cannot_check(OVERDUE.id, Message::new("safety.not-checked-no-injection"));
    };
    let usual = numbers.and_then(Numbers::days_between);
    let Some(days) = depot.or(usual.map(|days| i32::from(days.value))) else {
        let message = Message::new("safety.not-checked-no-days");
        return review.cannot_check(OVERDUE.id, message.with("medicine", taken.name.as_str()));
    };
    let due = last.day.plus(days);
    if picture.today.since(due) <= picture.settings.injection_grace_days {
        return;
    }
    let (mut rule, mut severity) = (OVERDUE, Severity::ContactToday);
    let (mut message, mut why) = ("safety.injection-overdue", "safety.why-injection");
    if let Some((numbers, usual)) = numbers.zip(usual) {
        if !picture.may_use(numbers, usual.confidence, &OVERDUE, review) {
            return;
        }
        rule = Rule { sources: usual.sources.as_str(), confidence: usual.confidence, ..OVERDUE };
        severity = Severity::WorthAskingAbout;
        (message, why) = ("safety.injection-overdue-usual", "safety.why-injection-usual");
    }
    let message = Message::new(message)
        .with("medicine", taken.name.as_str())
        .with("days", Param::Count(days.unsigned_abs().into()));
    let why = Message::new(why)
        .with("last", Param::Day(last.day.number()))
        .with("due", Param::Day(due.number()));
    let flag = Flag::new(&rule, severity, message, why).about(&taken.key);
    let step = plan.map_or(id, |episode| episode.step);
    review.raise(flag.behind([last.id, step, id]).because(&last.id.to_string()));
}
