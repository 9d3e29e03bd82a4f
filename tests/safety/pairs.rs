//! Every rule of the tables about two things, with members of both sides: both taken, one taken, one
//! ended long ago, one planned and never begun.

use doseline::reference::{self, Between, ClashKind, Interaction, Known};
use doseline::safety::{Flag, Severity};

use crate::person::Person;

/// Everything that one party of a rule names, by the names it is recorded under.
fn members_of(party: reference::Text) -> Vec<&'static str> {
    let pack = reference::pack();
    match pack.known_by_id(&party) {
        Some(Known::Medicine(row)) => vec![row.name.as_str()],
        Some(Known::Agent(row)) => vec![row.name.as_str()],
        _ => {
            let Some(group) = pack.group(&party) else { return Vec::new() };
            let medicines = reference::medicines().iter();
            let of_it = medicines.filter(|row| Known::Medicine(row).is_of(group));
            let agents = pack.agents().iter().filter(|row| Known::Agent(row).is_of(group));
            let agents = agents.map(|row| row.name.as_str());
            of_it.map(|row| row.name.as_str()).chain(agents).collect()
        }
    }
}

/// Up to three things that a side names.
fn members(side: &[reference::Text]) -> Vec<&'static str> {
    side.iter().flat_map(|party| members_of(*party)).take(3).collect()
}

fn pairs(row: &Interaction) -> Vec<(&'static str, &'static str)> {
    let (a, b) = (members(&row.a), members(&row.b));
    let all = a.iter().flat_map(|one| b.iter().map(move |other| (*one, *other)));
    all.filter(|(one, other)| one != other).collect()
}

fn key(name: &str) -> String {
    let known = reference::pack().known(None, name);
    known.and_then(Known::id).map_or_else(|| name.to_lowercase(), str::to_owned)
}

/// Doses that no other rule minds, and long enough ago that no rule on a start minds.
fn takes(person: &mut Person, name: &str) {
    person.takes(name, 9.0, 390);
}

fn is_raised(person: &Person, one: &str, other: &str) -> Option<Severity> {
    raised(person, one, other).map(|flag| flag.severity)
}

/// The flag that names both.
fn raised(person: &Person, one: &str, other: &str) -> Option<Flag> {
    let (one, other) = (key(one), key(other));
    let about = |flag: &Flag| flag.about.contains(&one) && flag.about.contains(&other);
    person.review().flags.into_iter().find(about)
}

/// The rule that must be raised of two things: the first of those that the tables have on them, which
/// [`pack().between`](reference::Pack::between) is tried for in `tests/reference/clashes.rs`. Where it
/// needs a fact or a dose, the next.
fn expected(one: &str, other: &str) -> Option<&'static str> {
    let pack = reference::pack();
    let known = |name| pack.known(None, name).unwrap();
    let Between::Clashes(clashes) = pack.between(known(one), known(other)) else {
        panic!("no rule on {one} and {other}")
    };
    let of_things = |row: &&Interaction| {
        row.kind != ClashKind::Condition && row.only_with.is_none() && row.from_dose.is_none()
    };
    clashes.iter().map(|clash| clash.rule).find(of_things).map(|row| row.id.as_str())
}

/// Someone who takes one by plan and the other without: as a dose that was noted, as a substance.
fn without_a_plan(one: &str, other: &str) -> [(Person, &'static str); 2] {
    let mut dose = Person::new();
    takes(&mut dose, one);
    let id = dose.medicine(other);
    dose.doses(id, 1, 1, "as-needed");
    let mut substance = Person::new();
    takes(&mut substance, one);
    substance.uses(other, 1);
    [(dose, "a dose of it taken"), (substance, "noted as used")]
}

#[test]
fn a_rule_of_the_tables_holds_for_both_and_for_neither_alone() {
    let rules = reference::pack()
        .interactions()
        .iter()
        .filter(|row| row.kind != ClashKind::Condition && row.only_with.is_none());
    let (mut tried, mut own, mut wrong) = (0, 0, Vec::new());
    for row in rules {
        let pairs = pairs(row);
        let few = usize::from(pairs.len() < 3 && row.from_dose.is_none());
        assert!(!pairs.is_empty(), "{}", row.id);
        for (one, other) in pairs {
            tried += 1;
            let mut both = Person::new();
            takes(&mut both, one);
            takes(&mut both, other);
            let flag = raised(&both, one, other);
            let raised = flag.as_ref().map(|flag| flag.severity);
            let (rule, wanted) = (flag.map(|flag| flag.rule), expected(one, other));
            if row.from_dose.is_none() && rule != wanted {
                wrong.push(format!("{one} and {other}: {rule:?}, not {wanted:?}"));
            }
            own += usize::from(wanted == Some(row.id.as_str()));
            let least = match row.severity {
                reference::ClashSeverity::Moderate => Severity::WorthAskingAbout,
                _ => Severity::ContactToday,
            };
            if raised.is_none_or(|severity| severity < least) {
                wrong.push(format!("{}: {one} and {other}: {raised:?}", row.id));
            }
            let mut alone = Person::new();
            takes(&mut alone, one);
            let mut ended = Person::new();
            takes(&mut ended, one);
            let id = ended.takes(other, 9.0, 390);
            ended.stops(id, 200);
            let mut used = Person::new();
            takes(&mut used, one);
            used.uses(other, 60);
            for (person, why) in [(alone, "alone"), (ended, "ended"), (used, "used long ago")] {
                if is_raised(&person, one, other).is_some() {
                    wrong.push(format!("{}: {one} and {other}, {why}, is raised", row.id));
                }
            }
            // A rule with one pair has three cases as well: planned, taken without a plan, used.
            for (person, how) in without_a_plan(one, other).into_iter().take(2 * few) {
                if is_raised(&person, one, other).is_none() {
                    wrong.push(format!("{}: {one} and {other}, {how}, is not raised", row.id));
                }
            }
        }
    }
    assert!(tried > 300 && own > 250, "{own} of {tried} pairs raise the row they were taken from");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_rule_that_needs_a_fact_waits_for_it() {
    let row = reference::pack().interactions().iter().find(|row| row.only_with.is_some()).unwrap();
    let (one, other) = ("quetiapine", "paliperidone");
    assert_eq!(row.id.as_str(), "qt_graded");
    let mut person = Person::new();
    takes(&mut person, one);
    takes(&mut person, "nortriptyline");
    let found = person.review();
    assert!(found.not_checked.iter().any(|known| known.rule == "qt_graded"));
    assert!(found.flags.iter().all(|flag| flag.rule != "qt_graded"));
    for text in ["no long QT", "my father has long QT", "heart trouble runs in the family"] {
        person.fact("heart", serde_json::json!(text));
        assert!(person.flag("qt_graded").is_none(), "{text}");
    }
    person.fact("heart", serde_json::json!("long QT"));
    assert!(person.flag("qt_graded").is_some(), "{one} {other}");
}

#[test]
fn doses_really_taken_and_things_from_the_shop_count() {
    let mut person = Person::new();
    takes(&mut person, "Lithium");
    let ibuprofen = person.medicine("Ibuprofen");
    assert!(is_raised(&person, "Lithium", "Ibuprofen").is_none(), "on the list and never taken");
    person.doses(ibuprofen, 2, 1, "as-needed");
    assert_eq!(is_raised(&person, "Lithium", "Ibuprofen"), Some(Severity::ContactToday));
    let mut herb = Person::new();
    takes(&mut herb, "Sertraline");
    herb.uses("5-HTP", 3);
    assert!(is_raised(&herb, "Sertraline", "5-HTP").is_some());
}

#[test]
fn a_class_that_the_person_gave_is_enough_for_class_rules() {
    let mut person = Person::new();
    takes(&mut person, "Oxycodone");
    let id = person.on(
        400,
        serde_json::json!({ "kind": "medicine", "name": "Newpam", "class": "benzodiazepine", "ingredients": [{ "name": "Newpam" }] }),
    );
    person.step(id, 60, "start", 1.0);
    assert_eq!(is_raised(&person, "Oxycodone", "newpam"), Some(Severity::ContactToday));
}

/// Every washout of the tables, with a member of both sides: told a day before its days are over, on
/// the last of them, and no longer a day later; and never where nothing was taken before.
#[test]
fn every_washout_holds_for_its_days() {
    let pack = reference::pack();
    let mut wrong = Vec::new();
    for row in pack.washouts() {
        let known = |name| pack.known(None, name).unwrap();
        let is_its_own = |(from, to): &(&'static str, &'static str)| {
            let found = pack.washout(known(from), known(to)).unwrap();
            from != to && (found.from, found.to) == (row.from, row.to)
        };
        let (from, to) = (members_of(row.from), members_of(row.to));
        let mut pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
        let (from, to) = pairs.find(is_its_own).unwrap_or_else(|| panic!("{row:?}"));
        let days = i32::from(row.days);
        for (since, raises) in [(days - 1, true), (days, true), (days + 1, false)] {
            let mut person = Person::new();
            let id = person.takes(from, 9.0, 390);
            // The last dose was on the day before the stop; the next begins today.
            person.stops(id, since - 1);
            person.takes(to, 9.0, 0);
            let flag = person.flag("washout-too-short");
            let about = flag.as_ref().map(|flag| flag.about.clone()).unwrap_or_default();
            let is_it = about.contains(&key(from)) && about.contains(&key(to));
            let sources = flag.map(|flag| flag.sources);
            if is_it != raises || raises && sources != Some(row.sources.as_str()) {
                wrong.push(format!("{from} to {to}, {since} of {days} days: {about:?}"));
            }
        }
        let mut alone = Person::new();
        alone.takes(to, 9.0, 0);
        assert!(alone.flag("washout-too-short").is_none(), "{to}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
