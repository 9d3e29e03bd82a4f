//! Every rule of the tables about two things, with members of both sides: both taken, one taken, one
//! ended long ago, one planned and never begun.

use doseline::reference::{self, ClashKind, Interaction, Known};
use doseline::safety::Severity;

use crate::person::Person;

/// Up to three things that a side names, by the names they are recorded under.
fn members(side: &[reference::Text]) -> Vec<&'static str> {
    let pack = reference::pack();
    let mut found: Vec<&'static str> = Vec::new();
    for party in side {
        match pack.known_by_id(party) {
            Some(Known::Medicine(row)) => found.push(row.name.as_str()),
            Some(Known::Agent(row)) => found.push(row.name.as_str()),
            _ => {
                let Some(group) = pack.group(party) else { continue };
                let medicines = reference::medicines().iter();
                let of_it = medicines.filter(|row| Known::Medicine(row).is_of(group));
                found.extend(of_it.map(|row| row.name.as_str()));
                let agents = pack.agents().iter().filter(|row| Known::Agent(row).is_of(group));
                found.extend(agents.map(|row| row.name.as_str()));
            }
        }
    }
    found.truncate(3);
    found
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
    let (one, other) = (key(one), key(other));
    let about =
        |flag: &&doseline::safety::Flag| flag.about.contains(&one) && flag.about.contains(&other);
    person.review().flags.iter().find(about).map(|flag| flag.severity)
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
    let (mut tried, mut wrong) = (0, Vec::new());
    for row in rules {
        let pairs = pairs(row);
        let few = usize::from(pairs.len() < 3 && row.from_dose.is_none());
        assert!(!pairs.is_empty(), "{}", row.id);
        for (one, other) in pairs {
            tried += 1;
            let mut both = Person::new();
            takes(&mut both, one);
            takes(&mut both, other);
            let raised = is_raised(&both, one, other);
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
    assert!(tried > 300, "{tried}");
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
