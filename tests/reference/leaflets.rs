//! What people are told, what is followed in a condition, and what is for clinicians only.

use std::collections::BTreeSet;

use doseline::reference::{
    self, BIPOLAR, Condition, Confidence, Known, LeafletPart, MANIA_OR_PSYCHOSIS, OBSESSIVE,
    Policy, Range, instruments, medicines, pack,
};

#[test]
fn every_medicine_and_condition_has_a_leaflet_that_answers_the_questions() {
    use LeafletPart::{Ask, For, How, HowLong, NotAlone, Notice, Take};
    for medicine in medicines() {
        let leaflet = pack().leaflet(Known::Medicine(medicine));
        let leaflet = leaflet.unwrap_or_else(|| panic!("{} has no leaflet", medicine.id));
        let parts: BTreeSet<_> = leaflet.lines.iter().map(|line| line.part).collect();
        let all = [For, How, Take, HowLong, Notice, NotAlone, Ask];
        assert_eq!(parts, BTreeSet::from(all), "{}", leaflet.id);
    }
    for condition in Condition::ALL {
        let id = format!("condition-{condition}");
        let leaflet = pack().leaflets().iter().find(|row| row.id.as_str() == id);
        let leaflet = leaflet.unwrap_or_else(|| panic!("{condition} has no leaflet"));
        assert!(leaflet.lines.len() >= 5, "{condition}");
    }
    let all = pack().leaflets();
    let of_medicine = all.iter().filter(|row| !row.id.starts_with("condition-"));
    for leaflet in of_medicine {
        let used = medicines().iter().any(|row| {
            pack().leaflet(Known::Medicine(row)).is_some_and(|found| found.id == leaflet.id)
        });
        assert!(used, "{} is shown for nothing", leaflet.id);
    }
}

#[test]
fn a_leaflet_that_names_the_medicine_goes_before_the_one_on_its_class() {
    let id = |medicine: &str| {
        let known = pack().known_by_id(medicine).expect("listed");
        pack().leaflet(known).map(|row| row.id.as_str())
    };
    assert_eq!(id("clozapine"), Some("clozapine"));
    assert_eq!(id("olanzapine"), Some("antipsychotic"));
    assert_eq!(id("sertraline"), Some("ssri"));
    assert_eq!(id("temazepam"), Some("benzodiazepine"));
    assert!(pack().leaflet(Known::OfClass("ssri")).is_some_and(|row| row.id.as_str() == "ssri"));
    assert_eq!(id("ibuprofen"), None);
}

#[test]
fn each_of_eight_conditions_has_one_set() {
    for set in pack().condition_sets() {
        assert!(!set.instruments.is_empty(), "{}", set.id);
        for id in &set.instruments {
            let row = instruments().find(id).unwrap_or_else(|| panic!("{id}"));
            assert!(row.recall_days.value.is_some(), "{id} has no recall to fall due by");
        }
        let built_in =
            ["mood", "anxiety", "energy", "irritability", "focus", "work", "home", "people"];
        assert!(set.outcomes.iter().all(|id| built_in.contains(&id.as_str())), "{}", set.id);
    }
    assert_eq!(pack().condition_sets().len(), 8);
    // The recall windows that due dates follow, as published.
    let recall = |id: &str| instruments().find(id).and_then(|row| row.recall_days.value);
    let expected = [("phq-9", 14), ("gad-7", 14), ("asrm", 7), ("pcl-5", 30), ("isi", 14)];
    for (id, days) in expected {
        assert_eq!(recall(id), Some(days), "{id}");
    }
}

/// The rules read a condition by lists of their own, which a portal's tables cannot empty; they and the
/// words of the sets read the same.
#[test]
fn a_condition_has_the_same_words_for_rules_and_for_sets() {
    for (condition, rules) in [(Condition::Bipolar, BIPOLAR), (Condition::Ocd, OBSESSIVE)] {
        let set = pack().condition_sets().iter().find(|set| set.id == condition).unwrap();
        let words: Vec<String> = set.told_as().iter().map(|word| word.to_lowercase()).collect();
        for word in &words {
            assert!(rules.iter().any(|begins| word.starts_with(begins)), "{word}");
        }
        for word in rules {
            assert!(words.iter().any(|begins| word.starts_with(begins.as_str())), "{word}");
        }
    }
    assert!(BIPOLAR.iter().all(|word| MANIA_OR_PSYCHOSIS.contains(word)));
    assert!(!MANIA_OR_PSYCHOSIS.contains(&""));
}

/// 988 and 911 serve the US and Canada, HOME to 741741 the US (the sources that the rows name); whoever
/// is elsewhere is shown none of them.
#[test]
fn nobody_is_shown_the_number_of_another_country() {
    let shown = |country: Option<&str>| -> Vec<&str> {
        let rows = pack().helplines().iter().filter(|row| row.serves(country));
        rows.map(|row| row.id.as_str()).collect()
    };
    let [emergency, line, text, directory] =
        ["emergency-911", "line-988", "line-crisis-text", "other-directory"];
    assert_eq!(shown(Some("US")), [emergency, line, text, directory]);
    assert_eq!(shown(Some("CA")), [emergency, line, directory]);
    assert_eq!(shown(Some("DE")), [directory]);
    assert_eq!(shown(None), [emergency, line, text, directory]);
}

/// 259 rows were collected; eight of Hayasaka 2015 have no figure in its abstract and are left out.
#[test]
fn equivalents_stand_in_their_own_tables() {
    let tables = pack().equivalence_tables();
    assert_eq!(tables.iter().map(|table| table.rows.len()).sum::<usize>(), 259 - 8);
    let one = |table: &str, drug: &str| {
        let table = tables.iter().find(|row| row.id.as_str() == table).expect("listed");
        let row = table.rows.iter().find(|row| row.drug.as_str() == drug);
        row.map(|row| (row.amount, row.of.as_str(), row.of_amount))
    };
    let exactly = |amount| Range { low: amount, high: amount };
    // Hayasaka 2015: 40 mg of fluoxetine against 34 mg of paroxetine. Ashton 2002: 10 mg of diazepam.
    assert_eq!(
        one("hayasaka2015", "paroxetine"),
        Some((exactly(34.0), "fluoxetine", exactly(40.0)))
    );
    assert_eq!(one("ashton2002", "alprazolam"), Some((exactly(0.5), "diazepam", exactly(10.0))));
    let estazolam = one("ashton2002", "estazolam").map(|row| row.0);
    assert_eq!(estazolam, Some(Range { low: 1.0, high: 2.0 }));
    assert_eq!(one("hayasaka2015", "duloxetine"), None);
    assert!(tables.iter().all(|table| !table.caveat.is_empty()));
}

#[test]
fn a_portal_raises_the_least_confidence_and_takes_rows_back() {
    let mut policy = Policy::default();
    let rules = pack().interactions();
    assert!(rules.iter().all(|rule| policy.allows(&rule.id, rule.confidence)));
    assert_eq!(policy.revoke(["cannabis".into(), "cannabis".into()]), ["cannabis".into()]);
    assert_eq!(policy.revoke(["cannabis".into()]), []);
    assert!(policy.is_revoked("cannabis") && !policy.allows("cannabis", Confidence::Verified));
    policy.least = Confidence::Verified;
    assert!(policy.allows("lithium_nsaid", Confidence::Verified));
    assert!(!policy.allows("lithium_nsaid", Confidence::CrossChecked));
    let left = rules.iter().filter(|rule| policy.allows(&rule.id, rule.confidence)).count();
    let verified = rules.iter().filter(|rule| rule.confidence == Confidence::Verified).count();
    assert_eq!(left, verified);
    assert!(left > 0 && left < reference::pack().interactions().len());
}
