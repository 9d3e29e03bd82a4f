use crate::analysis::DoseRow;
use crate::diary::{DoseStatus, Pattern};
use crate::error::{Message, Param};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::Picture;
use super::taken::Taken;
use crate::reference::Confidence;

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

/// Raises what a gap without doses means: a medicine that may have to be started low again, and an
/// injection that is late.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    for taken in picture.now(|taken| taken.medicine.is_some()) {
        raise_restart(picture, taken, review);
        raise_overdue(picture, taken, review);
    }
}

fn raise_restart(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let (Some(id), Some(row)) = (taken.medicine, taken.row) else { return };
    let Some(hours) = row.restart_gap_hours() else { return };
    let rows: Vec<&DoseRow> =
        picture.log.of_medicine(id).iter().filter(|row| row.day <= picture.today).collect();
    let doses: Vec<&&DoseRow> = rows.iter().filter(|row| row.status.is_taken()).collect();
    let Some(last) = doses.last() else { return };
    // Either no dose since, or the first dose after the gap, today.
    let (before, until) = match doses.iter().rev().find(|dose| dose.day < picture.today) {
        Some(before) if last.day == picture.today => (before, last.day),
        _ => (last, picture.today),
    };
    let days = until.since(before.day);
    if f64::from(days) * 24.0 < hours {
        return;
    }
    let since_habit = before.day.plus(-HABIT.0);
    let habitual = doses.iter().filter(|dose| (since_habit..=before.day).contains(&dose.day));
    if habitual.count() < HABIT.1 {
        return;
    }
    let told_missed = |row: &&&DoseRow| {
        row.day > before.day && matches!(row.status, DoseStatus::Missed | DoseStatus::Skipped)
    };
    let missed: Vec<&&DoseRow> = rows.iter().filter(told_missed).collect();
    if !picture.may_use(row, row.restart_gap.confidence, &RESTART, review) {
        return;
    }
    let from = Param::Day(before.day.number());
    let name = taken.name.as_str();
    let message = match missed.is_empty() {
        true => {
            Message::new("safety.restart-only-not-logged").with("medicine", name).with("day", from)
        }
        false => Message::new("safety.restart-after-gap").with("medicine", name).with("day", from),
    };
    let why = Message::new("safety.why-restart").with("hours", Param::Number(hours, 0));
    let rule = Rule { confidence: row.restart_gap.confidence, ..RESTART };
    let facts = format!("{}{}", before.id, missed.is_empty());
    let flag = Flag::new(&rule, Severity::ContactToday, message, why).about(&taken.key);
    let entries = [before.id].into_iter().chain(missed.iter().map(|row| row.id));
    review.raise(flag.behind(entries).behind([id]).because(&facts));
}

fn raise_overdue(picture: &Picture<'_>, taken: &Taken<'_>, review: &mut Review) {
    let Some(id) = taken.medicine else { return };
    let holds = |episode: &&crate::diary::Episode| episode.holds_on(picture.today);
    let Some(episode) = picture.regimen.episodes_of(id).find(holds) else { return };
    let Pattern::Depot { weeks } = episode.schedule.pattern() else { return };
    let rows = picture.log.of_medicine(id).iter().rev();
    let mut given = rows.filter(|row| row.status.is_taken() && row.day <= picture.today);
    let Some(last) = given.next() else {
        return review.cannot_check(OVERDUE.id, Message::new("safety.not-checked-no-injection"));
    };
    let due = last.day.plus(i32::from(*weeks) * 7);
    if picture.today.since(due) <= picture.settings.injection_grace_days {
        return;
    }
    let message = Message::new("safety.injection-overdue").with("medicine", taken.name.as_str());
    let why = Message::new("safety.why-injection")
        .with("last", Param::Day(last.day.number()))
        .with("due", Param::Day(due.number()));
    let flag = Flag::new(&OVERDUE, Severity::ContactToday, message, why).about(&taken.key);
    review.raise(flag.behind([last.id, episode.step, id]).because(&last.id.to_string()));
}
