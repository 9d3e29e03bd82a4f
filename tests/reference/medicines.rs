//! The medicines: what each row holds, how it is found, how long it takes to settle.

use std::collections::BTreeSet;

use doseline::reference::{
    self, AgentKind, Class, Confidence, FoundBy, Known, Medicine, Numbers, Policy, Route,
    SettlingRule, Subclass, medicines, pack,
};

fn medicine(id: &str) -> &'static Medicine {
    medicines().find(id).expect("a listed medicine")
}

#[test]
fn each_of_78_medicines_has_its_facts() {
    assert_eq!(medicines().iter().count(), 78);
    let without = |known: fn(&Medicine) -> bool| -> Vec<&str> {
        medicines().iter().filter(|row| !known(row)).map(|row| row.id.as_str()).collect()
    };
    // What no source gave, on purpose.
    assert_eq!(without(|row| row.half_life_hours.value.is_some()), ["isocarboxazid"]);
    let no_tmax = ["isocarboxazid", "selegiline-transdermal"];
    assert_eq!(without(|row| row.tmax_hours.value.is_some()), no_tmax);
    assert_eq!(
        without(|row| row.rxnorm.value.is_some()),
        ["lumateperone", "melatonin", "prazosin"]
    );
    assert_eq!(without(|row| row.onset_weeks.value.is_some()), [""; 0]);
    assert_eq!(
        without(|row| row.dose.value.start.is_some() && row.dose.value.usual.is_some()),
        [""; 0]
    );
    assert_eq!(without(|row| !row.atc.value.is_empty()), [""; 0]);
    assert_eq!(without(|row| !row.ingredients.value.is_empty()), [""; 0]);
}

#[test]
fn every_class_and_subclass_has_medicines_and_a_name() {
    let classes: BTreeSet<Class> = medicines().iter().map(|row| row.class.value).collect();
    assert_eq!(classes, Class::ALL.iter().copied().collect());
    let subclasses: BTreeSet<Subclass> = medicines().iter().map(|row| row.subclass.value).collect();
    assert_eq!(subclasses, Subclass::ALL.iter().copied().collect());
    assert!(pack().classes().iter().all(|row| !row.name.is_empty()));
    assert!(pack().subclasses().iter().all(|row| !row.name.is_empty()));
}

#[test]
fn a_maximum_lies_at_or_above_the_usual_start() {
    for row in medicines() {
        let start = row.dose.value.start;
        let highest = row.maxima.iter().map(|maximum| maximum.value.amount).reduce(f64::max);
        if let (Some(start), Some(highest)) = (start, highest) {
            assert!(start <= highest, "{}", row.id);
        }
    }
}

#[test]
fn found_by_what_people_type() {
    // Query, first hit, what it was found by.
    let cases = [
        ("sertraline", "sertraline", FoundBy::Name),
        ("  SERTRALINE ", "sertraline", FoundBy::Name),
        ("sertraline 50 mg", "sertraline", FoundBy::Name),
        ("Sértralïne", "sertraline", FoundBy::Name),
        ("sert", "sertraline", FoundBy::Name),
        ("citalopram", "citalopram", FoundBy::Name),
        ("zoloft", "sertraline", FoundBy::Brand),
        ("Zolfot", "sertraline", FoundBy::Brand), // two letters swapped
        ("setraline", "sertraline", FoundBy::Name), // a letter missing
        ("sertralline", "sertraline", FoundBy::Name), // a letter too many
        ("fluoxitene", "fluoxetine", FoundBy::Name), // two letters wrong
        ("prosac", "fluoxetine", FoundBy::Brand), // a letter wrong
        ("seraquil", "quetiapine", FoundBy::Brand), // two letters wrong
        ("effexer", "venlafaxine", FoundBy::Brand),
        ("lexipro", "escitalopram", FoundBy::Brand),
        ("wellbutrn", "bupropion", FoundBy::Brand), // and the rest not yet typed
        ("abilfy", "aripiprazole", FoundBy::Brand),
        ("wellbutrin-xl", "bupropion", FoundBy::Brand),
        ("maintena", "aripiprazole", FoundBy::Brand), // the second word of a brand
        ("divalproex", "valproate", FoundBy::OtherName),
        ("lithium", "lithium", FoundBy::Name),
    ];
    for (query, id, found_by) in cases {
        let hits = medicines().search(query, 10);
        let first = hits.first().map(|hit| (hit.medicine.id.as_str(), hit.found_by));
        assert_eq!(first, Some((id, found_by)), "{query}");
    }
}

#[test]
fn found_by_class() {
    let of = |query: &str| -> Vec<&str> {
        let hits = medicines().search(query, 78);
        assert!(hits.iter().all(|hit| hit.found_by == FoundBy::Class), "{query}");
        hits.iter().map(|hit| hit.medicine.id.as_str()).collect()
    };
    let ssri =
        ["citalopram", "escitalopram", "fluoxetine", "fluvoxamine", "paroxetine", "sertraline"];
    // vilazodone's subclass starts with the same word, and ranks behind.
    assert_eq!(of("SSRI"), [&ssri[..], &["vilazodone"]].concat());
    assert_eq!(
        of("maoi"),
        ["isocarboxazid", "phenelzine", "selegiline-transdermal", "tranylcypromine"]
    );
    let benzodiazepines =
        ["alprazolam", "chlordiazepoxide", "clonazepam", "diazepam", "lorazepam", "temazepam"];
    assert_eq!(of("benzo"), benzodiazepines);
    assert_eq!(of("benzodiazapine"), benzodiazepines);
    assert_eq!(of("sleeping pill").len(), 5);
}

/// What has no row among the medicines is found as well, by its name, with typing errors, and by the
/// words people write for it.
#[test]
fn found_beside_the_medicines() {
    for (query, id) in [
        ("ibuprofen", "ibuprofen"),
        ("ibuprofin", "ibuprofen"),
        ("advil", "ibuprofen"),
        ("saint johns wort", "st-johns-wort"),
        ("St. John's wort", "st-johns-wort"),
        ("st johns wrot", "st-johns-wort"),
        ("dextromethorphan", "dextromethorphan"),
        ("dextrometorphan", "dextromethorphan"),
        ("oxazepam", "oxazepam"),
        ("oxazepan", "oxazepam"),
        ("zolfot", "sertraline"),
        ("lithium", "lithium"),
    ] {
        let found = pack().search(query, 5);
        assert_eq!(found.first().and_then(|found| found.known.id()), Some(id), "{query}");
        let matches = doseline::report::medicine_matches(query, &Policy::default());
        assert_eq!(matches.first().map(|row| row.reference.as_str()), Some(id), "{query}");
    }
    for circumstance in ["a big change in caffeine", "heavy drinking"] {
        let found = pack().search(circumstance, 300);
        let is_it = |found: &reference::Found<'_>| matches!(found.known, Known::Agent(row) if row.kind == AgentKind::Circumstance);
        assert!(!found.iter().any(is_it), "{circumstance}");
    }
    let offered = doseline::report::medicine_matches("alcohol", &Policy::default());
    assert!(offered.iter().all(|row| row.reference != "alcohol"), "nobody adds it as a medicine");
    for row in pack().agents().iter().filter(|row| row.kind != AgentKind::Circumstance) {
        for name in row.also.iter().chain([&row.name]) {
            let found = pack().search(name, 300);
            assert!(found.iter().any(|found| found.known.id() == Some(&row.id)), "{name}");
        }
    }
}

#[test]
fn a_text_mentions_a_name_as_words_of_its_own() {
    for (text, name) in [
        ("penicillin, sertraline (hives)", "Sertraline"),
        ("All SSRIs", "SSRI"),
        ("lamotrigin", "lamotrigine"),
    ] {
        assert!(reference::mentions(text, name), "{text}: {name}");
    }
    for (text, name) in [
        ("escitalopram", "citalopram"),
        ("clonidine", "clonazepam"),
        ("hydralazine", "hydroxyzine"),
        ("a rash", "as"),
        ("nothing", ""),
    ] {
        assert!(!reference::mentions(text, name), "{text}: {name}");
    }
}

#[test]
fn nothing_is_found_for_nothing() {
    for query in ["", "  ", "!?", "xyzzy", "qqqqqqqq", "日本"] {
        assert!(medicines().search(query, 10).is_empty(), "{query}");
    }
    assert_eq!(medicines().search("antidepressant", 3).len(), 3);
    assert!(medicines().search("sertraline", 0).is_empty());
    let hits = medicines().search("anti", 78);
    let distinct: BTreeSet<_> = hits.iter().map(|hit| hit.medicine.id).collect();
    assert_eq!(hits.len(), distinct.len(), "each medicine once");
    assert!(
        !medicines()
            .search(&"sertraline".repeat(1000), 10)
            .iter()
            .any(|hit| hit.found_by == FoundBy::Class)
    );
}

#[test]
fn every_name_finds_its_own_medicine() {
    for row in medicines() {
        let injections = row.injections.iter().map(|injection| injection.name);
        let others = row.other_names.value.iter().copied().chain([row.name]);
        for name in row.all_brands().into_iter().chain(injections).chain(others) {
            let hits = medicines().search(&name, 78);
            assert!(hits.iter().any(|hit| hit.medicine.id == row.id), "{name}");
            assert_eq!(medicines().named(&name).map(|found| found.id), Some(row.id), "{name}");
        }
    }
    assert!(medicines().named("zolof").is_none());
}

#[test]
fn a_brand_by_another_route_says_so() {
    let hits = medicines().search("secuado", 1);
    assert_eq!(hits[0].medicine.route.value, Route::Sublingual);
    assert_eq!(hits[0].brand.and_then(|brand| brand.route), Some(Route::Transdermal));
    let hits = medicines().search("zoloft", 1);
    assert_eq!(hits[0].brand.map(|brand| brand.route), Some(None));
    assert!(hits[0].injection.is_none());
}

/// A long-acting injection is found by its name, its salt and its brand, and is told from the tablets.
#[test]
fn an_injection_is_found_and_says_that_it_is_one() {
    for (query, id, injection) in [
        ("haloperidol decanoate", "haloperidol", "haloperidol decanoate"),
        ("Haldol Decanoate", "haloperidol", "haloperidol decanoate"),
        ("haldol decanoat", "haloperidol", "haloperidol decanoate"),
        ("fluphenazine decanoate", "fluphenazine", "fluphenazine decanoate"),
        ("Invega Sustenna", "paliperidone", "paliperidone palmitate (Invega Sustenna)"),
        ("trinza", "paliperidone", "paliperidone palmitate (Invega Trinza)"),
        ("Abilify Maintena", "aripiprazole", "aripiprazole (Abilify Maintena)"),
        ("aristada", "aripiprazole", "aripiprazole lauroxil"),
        ("Perseris", "risperidone", "risperidone (Perseris)"),
        ("Risperdal Consta", "risperidone", "risperidone microspheres"),
        ("relprevv", "olanzapine", "olanzapine pamoate"),
        ("Vivitrol", "naltrexone", "naltrexone (Vivitrol)"),
    ] {
        let hit = medicines().search(query, 1)[0];
        let found = (hit.medicine.id.as_str(), hit.injection.map(|row| row.name.as_str()));
        assert_eq!(found, (id, Some(injection)), "{query}");
        let matches = doseline::report::medicine_matches(query, &Policy::default());
        assert_eq!(matches[0].reference, id, "{query}");
        assert_eq!(matches[0].route, Some(Route::Injection), "{query}");
        assert!(matches[0].injections.iter().any(|row| row.name == injection), "{query}");
        let brand = hit.injection.into_iter().flat_map(|row| row.brands.value.iter());
        assert!(brand.into_iter().all(|brand| matches[0].brands.contains(&brand.to_string())));
    }
    for query in ["haloperidol", "Haldol", "Invega", "Abilify", "Risperdal", "olanzapine"] {
        let matches = doseline::report::medicine_matches(query, &Policy::default());
        assert_eq!(matches[0].route, None, "{query} are tablets");
    }
}

/// What the API shows of an injection: its own numbers, or that they are not known here.
#[test]
fn an_injection_shows_its_own_numbers_alone() {
    let shown = |query: &str, policy: &Policy| {
        let matches = doseline::report::medicine_matches(query, policy);
        let all = matches.into_iter().next().expect("listed").injections.into_iter();
        all.map(|row| (row.name, row.days_between, row.most, row.confidence)).collect::<Vec<_>>()
    };
    // Gardner 2010 counts with 28 and 14 days, Leucht 2020 with 28; 300 and 100 mg are noted of the
    // labels in the collected facts (`medicines.json`, dose.sources).
    let recalled = Some(Confidence::GeneralKnowledge);
    let all = Policy::default();
    let row = |name: &str, days, most, confidence| (name.to_owned(), days, most, confidence);
    assert_eq!(
        shown("haloperidol", &all),
        [row("haloperidol decanoate", Some(28), Some(300.0), recalled)]
    );
    assert_eq!(
        shown("fluphenazine", &all),
        [row("fluphenazine decanoate", Some(14), Some(100.0), recalled)]
    );
    assert_eq!(
        shown("paliperidone", &all),
        [
            row("paliperidone palmitate (Invega Hafyera)", None, None, None),
            row("paliperidone palmitate (Invega Sustenna)", Some(28), None, recalled),
            row("paliperidone palmitate (Invega Trinza)", None, None, None),
        ]
    );
    assert!(shown("sertraline", &all).is_empty());
    // None of it was read in a label; what was taken back is as if nobody had looked.
    let nothing = [row("haloperidol decanoate", None, None, None)];
    assert_eq!(shown("haloperidol", &Policy::from_least(Confidence::CrossChecked)), nothing);
    for id in ["haloperidol decanoate", "haloperidol"] {
        assert!(pack().can_revoke(id));
        let mut policy = Policy::default();
        policy.revoke([id.into()]);
        assert_eq!(shown("haloperidol", &policy), nothing, "{id}");
    }
    let mut policy = Policy::default();
    policy.revoke(["haloperidol decanoate".into()]);
    let tablets = doseline::report::medicine_matches("haloperidol", &policy);
    assert_eq!(tablets[0].usual.max, Some(15.0), "the tablets stay, as collected");
    assert!(!pack().can_revoke("haloperidol enanthate"));
}

/// Which injection a product is: by its code, by its names, or as the only one there is.
#[test]
fn a_product_is_told_to_be_an_injection() {
    let of = |id: &str, code: Option<&str>, name: &str, is_depot| {
        let found = medicine(id).injection_of(code, [name, id], is_depot);
        found.map(|row| row.name.as_str())
    };
    let decanoate = Some("haloperidol decanoate");
    // RxNorm: 1 ML haloperidol decanoate 100 MG/ML Injection.
    assert_eq!(of("haloperidol", Some("1719803"), "my shot", false), decanoate);
    assert_eq!(of("haloperidol", None, "Haldol Decanoate 50 mg/mL", false), decanoate);
    assert_eq!(of("haloperidol", None, "Haldol", true), decanoate, "the only one");
    assert_eq!(of("haloperidol", None, "Haldol", false), None);
    // The ingredient, and the short-acting injection (haloperidol 5 MG/ML Injectable Solution).
    for code in ["5093", "204416"] {
        assert_eq!(of("haloperidol", Some(code), "Haldol", false), None, "{code}");
    }
    let sustenna = Some("paliperidone palmitate (Invega Sustenna)");
    assert_eq!(of("paliperidone", None, "invega sustenna 156 mg", false), sustenna);
    assert_eq!(of("paliperidone", None, "Paliperidone palmitate", true), None, "one of three");
    assert_eq!(of("sertraline", None, "Sertraline", true), None);
    // By the code of the product alone the medicine is known as well.
    let known = pack().known(Some("859824"), "my shot");
    assert_eq!(known.and_then(|known| known.id()), Some("fluphenazine"));
}

#[test]
fn wash_in_and_washout() {
    // Days, with the working: onset from the table, five half-lives in days.
    let cases = [
        // 2 weeks against 5 × √(22 × 36) h = 5.9 d; 5 × 36 h = 7.5 d. Its metabolite is weak.
        ("sertraline", 14, 8),
        // norfluoxetine: 5 × √(96 × 384) h = 5 × 192 h = 40 d; 5 × 384 h = 80 d.
        ("fluoxetine", 40, 80),
        // didesmethylcariprazine: 5 × √(168 × 504) h = 60.6 d; 5 × 504 h = 105 d.
        ("cariprazine", 61, 105),
        // 3 weeks; the effect outlasts five half-lives (2.5 d) by its 14 days.
        ("phenelzine", 21, 14),
        // No half-life known here: 3 weeks, and the same 14 days.
        ("isocarboxazid", 21, 14),
        // Onset within days; 5 × √(1.3 × 7.7) h = 0.7 d; 5 × 7.7 h = 1.6 d: the least of both.
        ("methylphenidate", 1, 7),
        // 1 week; 5 × √(18 × 36) h = 5.3 d; 5 × 36 h = 7.5 d.
        ("lithium", 7, 8),
        // 5 × √(4 × 66) h = 3.4 d against 6 weeks; 5 × 66 h = 13.75 d.
        ("clozapine", 42, 14),
    ];
    for (id, wash_in, washout) in cases {
        let settling = SettlingRule::default().settle(Some(Numbers::Row(medicine(id))));
        assert_eq!((settling.wash_in_days, settling.washout_days), (wash_in, washout), "{id}");
        assert!(!settling.assumed, "{id}");
        assert_eq!(settling.confidence, Confidence::GeneralKnowledge, "onset is recalled for all");
        assert_eq!(settling.source, SettlingRule::SOURCE);
    }
    let unlisted = SettlingRule::default().settle(None);
    assert_eq!((unlisted.wash_in_days, unlisted.washout_days), (14, 14));
    assert!(unlisted.assumed);
    let cautious =
        SettlingRule { least_wash_in_days: 21, least_washout_days: 28, ..SettlingRule::default() };
    let settling = cautious.settle(Some(Numbers::Row(medicine("sertraline"))));
    assert_eq!((settling.wash_in_days, settling.washout_days), (21, 28));
}

#[test]
fn no_medicine_settles_on_an_assumption_or_for_ever() {
    for row in medicines() {
        let settling = SettlingRule::default().settle(Some(Numbers::Row(row)));
        assert!(!settling.assumed, "{}", row.id);
        assert!((1..=61).contains(&settling.wash_in_days), "{}", row.id);
        assert!((7..=105).contains(&settling.washout_days), "{}", row.id);
    }
}

#[test]
fn found_by_condition() {
    let found = |query: &str| {
        let hits = medicines().search(query, 80);
        hits.iter().map(|hit| (hit.medicine.id.as_str(), hit.found_by)).collect::<Vec<_>>()
    };
    let ocd = found("OCD");
    assert!(ocd.iter().all(|(_, by)| *by == FoundBy::Condition));
    // The five with an indication for OCD among the collected rows.
    let ids: Vec<&str> = ocd.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, ["clomipramine", "fluoxetine", "fluvoxamine", "paroxetine", "sertraline"]);
    assert!(found("bipolar").contains(&("lithium", FoundBy::Condition)));
    assert!(found("insomina").contains(&("zolpidem", FoundBy::Condition)), "letters swapped");
    assert!(found("depression").contains(&("quetiapine", FoundBy::Condition)));
}
