use crate::diary::EntryId;
use crate::error::{Message, Param};
use crate::reference::{
    self, Between, Clash, ClashKind, ClashSeverity, Confidence, Interaction, Known, Pack, Washout,
};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::person::{circumstance, fact};
use super::picture::{Picture, names, unknown};
use super::taken::Taken;

const WASHOUT: Rule = Rule {
    id: "washout-too-short",
    family: Family::Pair,
    sources: "",
    confidence: Confidence::GeneralKnowledge,
};
const SAME: Rule = Rule {
    id: "duplicate_same_drug",
    family: Family::Pair,
    sources: "recalled",
    confidence: Confidence::GeneralKnowledge,
};

/// How soon a clash asks for attention.
pub(super) const fn severity_of(clash: ClashSeverity) -> Severity {
    match clash {
        ClashSeverity::Moderate => Severity::WorthAskingAbout,
        ClashSeverity::Major | ClashSeverity::Contraindicated => Severity::ContactToday,
    }
}

/// A rule of the tables, as a rule here.
pub(super) fn rule_of(row: &'static Interaction) -> Rule {
    Rule {
        id: row.id.as_str(),
        family: Family::Pair,
        sources: row.sources.as_str(),
        confidence: row.confidence,
    }
}

/// The sentence of a rule of the tables about two things.
pub(super) fn says(row: &'static Interaction, a: Param, b: Param) -> Message {
    Message { id: row.says.as_str(), params: vec![("a", a), ("b", b)] }
}

/// One rule between some things that are taken.
struct Found<'p, 'a> {
    row: &'static Interaction,
    a: Vec<&'p Taken<'a>>,
    b: Vec<&'p Taken<'a>>,
}

/// Raises what clashes with what: of the things taken now, each pair once, by its most serious and
/// then most specific rule; the same ingredient under two names; and two things too close in time.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let now: Vec<&Taken<'_>> = picture.now(|_| true).collect();
    let mut found: Vec<Found<'_, '_>> = Vec::new();
    let mut has_unchecked = false;
    for (place, one) in now.iter().enumerate() {
        for other in &now[place + 1..] {
            if one.key == other.key {
                raise_same(one, other, review);
                continue;
            }
            let Some(clashes) = clashes(one, other) else {
                has_unchecked = true;
                continue;
            };
            if let Some(clash) = clash(picture, clashes, [one, other], review) {
                let (a, b) = if clash.swapped { (*other, *one) } else { (*one, *other) };
                join(&mut found, clash.rule, a, b);
            }
        }
    }
    say_unchecked(&now, has_unchecked, review);
    for Found { row, a, b } in found {
        let message = says(row, names(a.iter().copied()), names(b.iter().copied()));
        let why =
            Message::new("safety.why-pair").with("things", names(a.iter().chain(&b).copied()));
        let flag = Flag::new(&rule_of(row), severity_of(row.severity), message, why);
        let flag = a
            .iter()
            .chain(&b)
            .fold(flag, |flag, taken| flag.about(&taken.key).behind(taken.entries.iter().copied()));
        review.raise(flag.watching(row.watch).because(""));
    }
    raise_washouts(picture, &now, review);
}

/// What the tables have on two things; `None`: no rule names the pair, or one of them is not known.
fn clashes(one: &Taken<'_>, other: &Taken<'_>) -> Option<Vec<Clash<'static>>> {
    let pack: &'static Pack = reference::pack();
    match pack.between(one.known?, other.known?) {
        Between::Clashes(clashes) => Some(clashes),
        Between::NotChecked => None,
    }
}

/// Says what no list here knows, and that a pair without a rule was not checked: never "none".
fn say_unchecked(now: &[&Taken<'_>], has_unchecked: bool, review: &mut Review) {
    let unlisted: Vec<&Taken<'_>> =
        now.iter().copied().filter(|taken| taken.known.is_none()).collect();
    if !unlisted.is_empty() {
        let message = Message::new("safety.not-checked-unlisted").with("things", names(unlisted));
        review.cannot_check("unlisted", message);
    }
    if has_unchecked {
        review.cannot_check("pairs-without-rule", Message::new("safety.not-checked-pairs"));
    }
}

/// The rule that holds between two things, if any does.
fn clash(
    picture: &Picture<'_>,
    clashes: Vec<Clash<'static>>,
    pair: [&Taken<'_>; 2],
    review: &mut Review,
) -> Option<Clash<'static>> {
    clashes.into_iter().find(|clash| {
        clash.rule.kind != ClashKind::Condition
            && is_dose_reached(picture, clash.rule, pair)
            && is_allowed(picture, clash.rule, pair, review)
            && clash.rule.only_with.is_none_or(|id| match circumstance(picture, &id) {
                Some((holds, _)) => holds,
                None => {
                    review.cannot_check(clash.rule.id.as_str(), unknown(fact(&id)));
                    false
                }
            })
    })
}

/// Whether a rule may be used; where it may not, it is said of these things.
pub(super) fn is_allowed<'t>(
    picture: &Picture<'_>,
    row: &'static Interaction,
    things: impl IntoIterator<Item = &'t Taken<'t>>,
    review: &mut Review,
) -> bool {
    let is_allowed = picture.settings.policy.allows(&row.id, row.confidence);
    if !is_allowed {
        review.not_allowed(row.id.as_str(), names(things));
    }
    is_allowed
}

fn is_dose_reached(picture: &Picture<'_>, row: &Interaction, pair: [&Taken<'_>; 2]) -> bool {
    let Some(condition) = row.from_dose else { return true };
    let of_it = pair.iter().find(|taken| taken.key == condition.medicine.as_str());
    of_it.is_none_or(|taken| picture.daily_milligrams(taken, picture.today) >= condition.at_least)
}

/// Adds a clash: things that add up, and everything that clashes with one substance, make one flag.
fn join<'p, 'a>(
    found: &mut Vec<Found<'p, 'a>>,
    row: &'static Interaction,
    a: &'p Taken<'a>,
    b: &'p Taken<'a>,
) {
    let is_substance = |taken: &Taken<'_>| taken.medicine.is_none();
    let joins = |known: &&mut Found<'p, 'a>| {
        let shares = |side: &[&Taken<'a>], taken: &Taken<'a>| {
            is_substance(taken) && side.iter().any(|known| known.key == taken.key)
        };
        known.row.id == row.id
            && (row.kind == ClashKind::Load || shares(&known.a, a) || shares(&known.b, b))
    };
    let Some(known) = found.iter_mut().find(joins) else {
        return found.push(Found { row, a: vec![a], b: vec![b] });
    };
    for (taken, is_a) in [(a, true), (b, false)] {
        if !known.a.iter().chain(&known.b).any(|other| other.key == taken.key) {
            if is_a { known.a.push(taken) } else { known.b.push(taken) }
        }
    }
}

/// The letters of a product's name: two strengths of one product are no duplicate.
fn bare(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2);
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn raise_same(one: &Taken<'_>, other: &Taken<'_>, review: &mut Review) {
    let (first, second) = (bare(&one.name), bare(&other.name));
    if one.medicine == other.medicine || first.contains(&second) || second.contains(&first) {
        return;
    }
    let message = Message::new("interaction.same-ingredient")
        .with("a", one.name.as_str())
        .with("b", other.name.as_str());
    let why = Message::new("safety.why-pair").with("things", names([one, other]));
    let flag = Flag::new(&SAME, Severity::ContactToday, message, why).about(&one.key);
    let entries = one.entries.iter().chain(&other.entries).copied();
    review.raise(flag.behind(entries).because(""));
}

fn raise_washouts(picture: &Picture<'_>, now: &[&Taken<'_>], review: &mut Review) {
    for before in &picture.taken {
        let Some(last) = before.until else { continue };
        for next in now {
            // What began before the other ended was taken beside it; the days still count.
            let from = next.since.max(picture.today);
            let Some(row) = washout(before.known, next.known) else { continue };
            if before.key == next.key || from.since(last) > i32::from(row.days) {
                continue;
            }
            if !picture.settings.policy.allows_washout(row) {
                review.not_allowed(WASHOUT.id, names([before, *next]));
                continue;
            }
            let since = next.since.since(last).max(0);
            let message = Message::new("safety.washout-too-short")
                .with("before", before.name.as_str())
                .with("next", next.name.as_str());
            let why = Message::new("safety.why-washout")
                .with("days", usize::from(row.days))
                .with("last", Param::Day(last.number()));
            let rule =
                Rule { sources: row.sources.as_str(), confidence: row.confidence, ..WASHOUT };
            let flag = Flag::new(&rule, Severity::ContactToday, message, why);
            let entries: Vec<EntryId> =
                before.entries.iter().chain(&next.entries).copied().collect();
            let flag = flag.about(&before.key).about(&next.key).behind(entries);
            review.raise(flag.because(&format!("{since}")));
        }
    }
}

fn washout(from: Option<Known<'_>>, to: Option<Known<'_>>) -> Option<&'static Washout> {
    let pack: &'static Pack = reference::pack();
    pack.washout(from?, to?)
}
