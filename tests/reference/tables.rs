//! What must hold for every row, and that a table which breaks it is refused.

use std::collections::BTreeSet;

use doseline::error::Code;
use doseline::reference::{
    self, About, BUILT_IN, Confidence, Instrument, Numbers, Pack, SettlingRule, Tables, is_atc,
    is_loinc, is_rxcui, is_snomed,
};
use serde_json::Value;

const SOURCES: &str = include_str!("../../src/reference/tables/sources.json");
const CLASSES: &str = include_str!("../../src/reference/tables/classes.json");
const INSTRUMENTS: &str = include_str!("../../src/reference/tables/instruments.json");
const MEDICINES: &str = include_str!("../../src/reference/tables/medicines.json");

const AGENTS: &str = include_str!("../../src/reference/tables/agents.json");
const GROUPS: &str = include_str!("../../src/reference/tables/groups.json");
const INTERACTIONS: &str = include_str!("../../src/reference/tables/interactions.json");
const WASHOUTS: &str = include_str!("../../src/reference/tables/washouts.json");
const MONITORING: &str = include_str!("../../src/reference/tables/monitoring.json");
const SIDE_EFFECTS: &str = include_str!("../../src/reference/tables/side_effects.json");
const LEAFLETS: &str = include_str!("../../src/reference/tables/leaflets.json");
const JOURNEY: &str = include_str!("../../src/reference/tables/journey.json");
const SETS: &str = include_str!("../../src/reference/tables/sets.json");
const EQUIVALENTS: &str = include_str!("../../src/reference/tables/equivalents.json");
const HELPLINES: &str = include_str!("../../src/reference/tables/helplines.json");

/// Collects the sources of every `[value, sources, confidence]` inside `value`.
fn sources_named(value: &Value, found: &mut BTreeSet<String>, rows: &mut usize) {
    match value {
        Value::Array(parts) => {
            if let [.., inner, Value::String(sources), Value::String(confidence)] = parts.as_slice()
                && Confidence::ALL.iter().any(|word| word.as_str() == confidence)
            {
                assert!(!sources.trim().is_empty(), "a row without a source: {value}");
                found.extend(sources.split_whitespace().map(str::to_owned));
                *rows += 1;
                sources_named(inner, found, rows);
            } else {
                parts.iter().for_each(|part| sources_named(part, found, rows));
            }
        }
        Value::Object(fields) => {
            if let Some(Value::String(sources)) = fields.get("sources") {
                found.extend(sources.split_whitespace().map(str::to_owned));
                *rows += 1;
            }
            fields.values().for_each(|field| sources_named(field, found, rows))
        }
        _ => {}
    }
}

/// The tables whose rows name sources.
const TABLES: [&str; 13] = [
    INSTRUMENTS,
    MEDICINES,
    AGENTS,
    GROUPS,
    INTERACTIONS,
    WASHOUTS,
    MONITORING,
    SIDE_EFFECTS,
    LEAFLETS,
    JOURNEY,
    SETS,
    EQUIVALENTS,
    HELPLINES,
];

#[test]
fn every_source_exists_and_is_cited() {
    let mut named = BTreeSet::from([SettlingRule::SOURCE.as_str().to_owned()]);
    let mut rows = 0;
    for table in TABLES {
        let table: Value = serde_json::from_str(table).expect("a table is JSON");
        sources_named(&table, &mut named, &mut rows);
    }
    let cited = reference::instruments().iter().flat_map(|row| &row.citations);
    named.extend(cited.map(ToString::to_string));
    let listed: BTreeSet<String> =
        reference::pack().sources().iter().map(|row| row.id.to_string()).collect();
    let unknown: Vec<_> = named.difference(&listed).collect();
    assert!(unknown.is_empty(), "not in the table of sources: {unknown:?}");
    // The rules of `safety` cite this table too, in their own files.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/safety");
    let files =
        std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let rules: String =
        files.map(|file| std::fs::read_to_string(file).expect("readable")).collect();
    let is_cited = |id: &String| {
        rules.contains(&format!("\"{id}\""))
            || rules.contains(&format!("\"{id} "))
            || rules.contains(&format!(" {id}\""))
    };
    let idle: Vec<_> = listed.difference(&named).filter(|id| !is_cited(id)).collect();
    assert!(idle.is_empty(), "cited by nothing: {idle:?}");
    // Twenty sourced values a medicine and eighteen an instrument, not counting lists.
    assert!(rows >= 78 * 20 + 5 * 18, "only {rows} sourced rows");
    assert!(reference::pack().source(SettlingRule::SOURCE).is_some());
}

/// What is said to be verified: its sources, from every `[…, sources, confidence]` and every row with
/// such fields.
fn verified(value: &Value, found: &mut Vec<String>) {
    let is_verified = |value: &Value| value == Confidence::Verified.as_str();
    match value {
        Value::Array(parts) => {
            if let [.., Value::String(sources), confidence] = parts.as_slice()
                && is_verified(confidence)
            {
                found.push(sources.clone());
            }
            parts.iter().for_each(|part| verified(part, found));
        }
        Value::Object(fields) => {
            if let (Some(Value::String(sources)), Some(confidence)) =
                (fields.get("sources"), fields.get("confidence"))
                && is_verified(confidence)
            {
                found.push(sources.clone());
            }
            fields.values().for_each(|field| verified(field, found));
        }
        _ => {}
    }
}

/// People read the citations beside what they are told, several in a row: each is a sentence in plain words.
#[test]
fn citations_are_sentences_in_plain_words() {
    for source in reference::pack().sources() {
        let citation = source.citation.as_str();
        assert!(citation.ends_with('.') && !citation.starts_with("GitHub "), "{citation}");
        let odd = ["ecalled", "re-read", "look-up", "configurable"];
        assert!(!odd.iter().any(|word| citation.contains(word)), "{citation}");
    }
}

/// Verified is what a source says that was read: not one from memory, our own, or a correction
/// that still waits for a look at the label.
#[test]
fn what_is_verified_has_a_source_that_was_read() {
    let is_read = |id: &str| {
        let source = reference::pack().sources().iter().find(|row| row.id.as_str() == id);
        let citation = source.map_or("", |row| row.citation.as_str());
        let is_ours = id.starts_with("doseline-") || ["not-known", "by-analogy"].contains(&id);
        let is_open = citation.contains("from memory") || citation.contains("not yet looked up");
        !citation.is_empty() && !is_ours && !is_open
    };
    assert!(is_read("drugs-com") && !is_read("label-interactions") && !is_read("clinical-review"));
    let mut found = Vec::new();
    for table in TABLES {
        verified(&serde_json::from_str(table).expect("a table is JSON"), &mut found);
    }
    assert!(found.len() > 500, "{}", found.len());
    let unread = found.iter().filter(|sources| !sources.split(' ').any(is_read));
    let unread: BTreeSet<&String> = unread.collect();
    assert!(unread.is_empty(), "verified by nothing that was read: {unread:?}");
}

/// A field of a medicine is a sourced value, a list of such, or one of the row's own words.
#[test]
fn every_value_of_a_medicine_says_where_it_comes_from() {
    let own_words = ["id", "name", "halfLifeNote"];
    let is_sourced = |value: &Value| {
        value.as_array().is_some_and(|parts| {
            parts.len() == 3
                && parts[1].is_string()
                && Confidence::ALL.iter().any(|word| parts[2] == word.as_str())
        })
    };
    let is_injection = |row: &Value| {
        let fields = row.as_object().expect("an object");
        fields.iter().all(|(field, value)| match field.as_str() {
            "name" => value.is_string(),
            "maxima" | "adequate" => value.as_array().expect("a list").iter().all(is_sourced),
            _ => is_sourced(value),
        })
    };
    let table: Vec<serde_json::Map<String, Value>> =
        serde_json::from_str(MEDICINES).expect("an array of objects");
    for row in &table {
        for (field, value) in row.iter().filter(|(field, _)| !own_words.contains(&field.as_str())) {
            let sound = match field.as_str() {
                "maxima" | "adequate" | "rxnormForms" => {
                    value.as_array().expect("a list").iter().all(is_sourced)
                }
                "metabolites" => value
                    .as_array()
                    .expect("a list")
                    .iter()
                    .all(|metabolite| is_sourced(&metabolite["halfLifeHours"])),
                "injections" => value.as_array().expect("a list").iter().all(is_injection),
                _ => is_sourced(value),
            };
            assert!(sound, "{} of {}: {value}", field, row["id"]);
        }
    }
}

#[test]
fn a_null_is_marked_as_not_known() {
    for medicine in reference::medicines() {
        let nulls = [
            medicine.rxnorm.value.is_none().then_some(medicine.rxnorm.sources),
            medicine.half_life_hours.value.is_none().then_some(medicine.half_life_hours.sources),
            medicine.tmax_hours.value.is_none().then_some(medicine.tmax_hours.sources),
        ];
        let injections = medicine.injections.iter().flat_map(|row| {
            [
                row.rxnorm.value.is_none().then_some(row.rxnorm.sources),
                row.days_between.value.is_none().then_some(row.days_between.sources),
                row.half_life_hours.value.is_none().then_some(row.half_life_hours.sources),
                row.tmax_hours.value.is_none().then_some(row.tmax_hours.sources),
            ]
        });
        for sources in nulls.into_iter().chain(injections).flatten() {
            let ids: Vec<_> = sources.ids().map(|id| id.as_str()).collect();
            assert_eq!(ids, ["not-known"], "{}", medicine.id);
        }
    }
}

#[test]
fn codes_are_only_verified_ones() {
    for medicine in reference::medicines() {
        let verified = Confidence::Verified;
        assert!(medicine.rxnorm.value.is_none() || medicine.rxnorm.confidence == verified);
        assert!(medicine.rxnorm_forms.iter().all(|form| form.confidence == verified));
        assert_eq!(medicine.atc.confidence, verified, "{}", medicine.id);
        let mut injections = medicine.injections.iter().map(|row| &row.rxnorm);
        assert!(injections.all(|code| code.value.is_none() || code.confidence == verified));
    }
    for instrument in reference::instruments() {
        for code in [instrument.loinc_panel, instrument.loinc_total] {
            assert!(code.value.is_none() || code.confidence == Confidence::Verified);
        }
    }
}

/// The code of an injection is well formed and stands for nothing else: no ingredient, form or agent,
/// and no other injection.
#[test]
fn no_code_of_an_injection_stands_twice() {
    let medicines = || reference::medicines().iter();
    let ingredients = medicines().flat_map(|row| row.rxnorm.value.iter().flatten().copied());
    let forms = medicines().flat_map(|row| row.rxnorm_forms.iter().map(|form| form.value.code));
    let agents = reference::pack().agents().iter().filter_map(|row| Some(row.rxnorm?.value));
    let mut seen: BTreeSet<_> = ingredients.chain(forms).chain(agents).collect();
    let mut injections = 0;
    for row in medicines().flat_map(|row| &row.injections) {
        for code in row.rxnorm.value.iter().flatten() {
            assert!(is_rxcui(code) && seen.insert(*code), "{code} of {}", row.name);
            injections += 1;
        }
    }
    // RxNorm names the salt of these alone: lauroxil four times, decanoate once and four times.
    assert_eq!(injections, 4 + 1 + 4);
}

/// Days lie between one injection and the next, limits are amounts in order, and a name is one row's.
#[test]
fn the_numbers_of_injections_can_be() {
    let mut names: BTreeSet<&str> =
        reference::medicines().iter().map(|row| row.id.as_str()).collect();
    let medicines = names.len();
    for row in reference::medicines().iter().flat_map(|row| &row.injections) {
        assert!(names.insert(row.name.as_str()), "{} stands twice", row.name);
        assert!(
            row.days_between.value.is_none_or(|days| (1..=200).contains(&days)),
            "{}",
            row.name
        );
        let most = row.most().map(|most| most.value.amount);
        let amounts = row.maxima.iter().chain(&row.adequate).map(|limit| limit.value.amount);
        for amount in amounts {
            assert!(amount > 0.0 && most.is_none_or(|most| amount <= most), "{}", row.name);
        }
        // What the collected facts hold of them was seen in no label.
        let of_limits = row.maxima.iter().map(|limit| limit.confidence);
        let known = row.days_between.known().map(|days| days.confidence);
        assert!(of_limits.chain(known).all(|it| it == Confidence::GeneralKnowledge));
    }
    assert_eq!(names.len() - medicines, 13);
}

#[test]
fn the_pack_says_its_version_and_when_it_ages() {
    let about = reference::pack().about();
    assert_eq!(about.version, reference::VERSION);
    assert_eq!(about.issued.to_string(), "2026-11-22");
    assert_eq!(about.review_by.to_string(), "2027-05-22");
}

#[test]
fn codes_are_told_from_mistyped_ones() {
    // From the LOINC panel export cited as `lforms`: total, panel, difficulty item, two answers;
    // and an answer with an odd number of digits, from a Synthea record.
    for code in ["44261-6", "44249-1", "69722-7", "LA6568-5", "LA6575-0", "LA13863-8"] {
        assert!(is_loinc(code), "{code}");
    }
    // The same with one digit changed, two digits swapped, no check digit, other signs.
    for code in ["44261-7", "44216-6", "44261", "44261-", "-6", "LA-5", "4426a-6", "44261-66", ""] {
        assert!(!is_loinc(code), "{code}");
    }
    // SNOMED CT, from the OHDSI concept sets: nausea, headache and vomiting.
    for code in ["422587007", "25064002", "422400008"] {
        assert!(is_snomed(code), "{code}");
    }
    // One digit off, two swapped, a namespace of descriptions, too short, a leading zero, a letter.
    for code in ["422587008", "425287007", "422587017", "42200", "0422587007", "42258700a"] {
        assert!(!is_snomed(code), "{code}");
    }
    assert!(is_atc("N06AB06"));
    for code in ["N06AB", "n06ab06", "N06AB6O", "N06ABB6", "NO6AB06", "N06AB066"] {
        assert!(!is_atc(code), "{code}");
    }
    assert!(is_rxcui("36437") && is_rxcui("704"));
    for code in ["", "0704", "36437a", "123456789"] {
        assert!(!is_rxcui(code), "{code}");
    }
}

#[test]
fn shapes_of_the_instruments() {
    let shape = |row: &Instrument| {
        (row.id.to_string(), row.items.value.len(), row.range.value, row.higher_is_worse)
    };
    let shapes: Vec<_> = reference::instruments().iter().map(shape).collect();
    // Items, and the lowest and highest total, as published; the project's own scale last.
    let expected = [
        ("asrm", 5, (0, 20), true),
        ("asrs", 6, (0, 24), true),
        ("audit-c", 3, (0, 12), true),
        ("c-ssrs", 7, (0, 3), true), // the triage level
        ("fibser", 3, (0, 6), true), // burden alone
        ("gad-2", 2, (0, 6), true),
        ("gad-7", 7, (0, 21), true),
        ("isi", 7, (0, 28), true),
        ("mdq", 15, (0, 13), true), // thirteen symptoms and two questions about them
        ("oci-r", 18, (0, 72), true),
        ("pc-ptsd-5", 6, (0, 5), true), // the gate and five items
        ("pcl-5", 20, (0, 80), true),
        ("pdss-sr", 7, (0, 28), true),
        ("phq-2", 2, (0, 6), true),
        ("phq-8", 8, (0, 24), true),
        ("phq-9", 9, (0, 27), true),
        ("qids-sr16", 16, (0, 27), true),
        ("share-taken", 1, (0, 100), false),
        ("who-5", 5, (0, 100), false),
        ("wsas", 5, (0, 40), true),
        ("y-bocs-sr", 10, (0, 40), true),
    ];
    let expected = expected.map(|(id, items, range, worse)| (id.to_owned(), items, range, worse));
    assert_eq!(shapes, expected);
    for instrument in reference::instruments() {
        for alias in &instrument.aliases {
            let found = reference::instruments().find(alias).expect("an alias finds its row");
            assert_eq!(found.id, instrument.id);
        }
    }
    for id in ["phq-9", "phq-8", "phq-2", "gad-7", "gad-2"] {
        let instrument = reference::instruments().find(id).expect("listed");
        assert_eq!(instrument.recall_days.value, Some(14));
        assert_eq!(instrument.answer_range(), (0, 3)); // "Not at all" to "Nearly every day"
        assert!(instrument.rights.value.credit.contains("Spitzer"));
    }
    assert_eq!(reference::instruments().find("PHQ9").map(|row| row.id.as_str()), Some("phq-9"));
    assert!(reference::instruments().find("phq").is_none());
}

/// Only wording that may be shipped is here: the others hold short labels of the project's own, and
/// numbers in place of answers.
#[test]
fn wording_is_shipped_where_it_may_be() {
    let shipped: Vec<_> = (reference::instruments().iter())
        .filter(|row| row.rights.value.ship_wording)
        .map(|row| row.id.as_str())
        .collect();
    let free = [
        "audit-c",
        "gad-2",
        "gad-7",
        "pc-ptsd-5",
        "pcl-5",
        "phq-2",
        "phq-8",
        "phq-9",
        "share-taken",
    ];
    assert_eq!(shipped, free);
    for row in reference::instruments().iter().filter(|row| !row.rights.value.ship_wording) {
        assert!(row.stem.value.is_empty(), "{}", row.id);
        for item in &row.items.value {
            assert!(item.text.split(' ').count() <= 6, "{}: {}", row.id, item.text);
            for choice in row.options_of(item) {
                let is_bare = choice.text.parse::<u8>().is_ok()
                    || ["no", "yes"].contains(&choice.text.as_str());
                assert!(is_bare, "{}: {}", row.id, choice.text);
            }
        }
    }
}

fn about() -> About {
    reference::pack().about()
}

fn refusal(tables: Tables) -> (Code, String) {
    let error = Pack::read(about(), tables).err().expect("the table is refused");
    (error.code(), error.field().to_owned())
}

#[test]
fn a_broken_table_is_refused_where_it_breaks() {
    let instrument_cases = [
        (r#""id":"phq-9""#, r#""id":"phq-1""#, Code::BadText, "instruments[phq-1].id"),
        (r#""id":"phq-9""#, r#""id":"PHQ-9""#, Code::BadText, "instruments[PHQ-9].id"),
        (r#"[20,27]"#, r#"[21,27]"#, Code::OutOfRange, "instruments[phq-9].bands"),
        (r#"[20,27]"#, r#"[20,26]"#, Code::OutOfRange, "instruments[phq-9].bands"),
        (r#"[20,27]"#, r#"[27,20]"#, Code::OutOfRange, "instruments[phq-9].bands"),
        (r#""44261-6""#, r#""44261-7""#, Code::BadText, "instruments[phq-9].loinc"),
        (r#""item":9"#, r#""item":10"#, Code::OutOfRange, "instruments[phq-9].safetyItems"),
        (r#""item":9"#, r#""item":0"#, Code::OutOfRange, "instruments[phq-9].safetyItems"),
        (
            r#"{"prorateUpTo":1}"#,
            r#"{"prorateUpTo":7}"#,
            Code::OutOfRange,
            "instruments[asrm].missing",
        ),
        (r#"{"atLeast":8"#, r#"{"atLeast":22"#, Code::OutOfRange, "instruments[gad-7].cutoffs"),
        (r#""mcmillan-2010""#, r#""nobody-2010""#, Code::UnknownValue, "instruments[phq-9].source"),
        (
            r#""mcmillan-2010""#,
            r#""""#,
            Code::BadText,
            "instruments[phq-9].clinicallySignificant.source",
        ),
        (r#""condition""#, r#""conditions""#, Code::MissingField, "instruments[asrm].condition"),
        (
            r#""condition""#,
            r#""extra":1,"condition""#,
            Code::UnknownField,
            "instruments[asrm].extra",
        ),
        (r#"[20,27]"#, r#"[20]"#, Code::WrongType, "instruments[phq-9].bands[4].range"),
        (r#"{"prorateUpTo":1}"#, "null", Code::WrongType, "instruments[asrm].missing"),
        ("[\n", "[,\n", Code::InvalidJson, "instruments"),
    ];
    for (from, to, code, field) in instrument_cases {
        let tables = Tables { instruments: changed(INSTRUMENTS, from, to), ..BUILT_IN };
        assert_eq!(refusal(tables), (code, field.to_owned()), "{from} to {to}");
    }
    let medicine_cases = [
        ("N06AB06", "N06AB6", Code::BadText, "medicines[sertraline].atc"),
        (r#"["36437"]"#, r#"["036437"]"#, Code::BadText, "medicines[sertraline].rxnorm"),
        (r#"[["sertraline"]"#, "[[]", Code::MissingField, "medicines[sertraline].ingredients"),
        ("[22,36]", "[36,22]", Code::OutOfRange, "medicines[sertraline].halfLifeHours"),
        ("[22,36]", "[0,36]", Code::OutOfRange, "medicines[sertraline].halfLifeHours"),
        ("[4.5,8.4]", "[-1,8.4]", Code::OutOfRange, "medicines[sertraline].tmaxHours"),
        (
            r#""start":50,"usual":[50,200]"#,
            r#""start":250,"usual":[50,200]"#,
            Code::OutOfRange,
            "medicines[sertraline].dose",
        ),
        (
            r#"{"amount":200,"release":null,"purpose":null}"#,
            r#"{"amount":0,"release":null,"purpose":null}"#,
            Code::OutOfRange,
            "medicines[sertraline].maxima",
        ),
        (r#"["ssri","#, r#"["ssrx","#, Code::UnknownValue, "medicines[sertraline].subclass"),
    ];
    for (from, to, code, field) in medicine_cases {
        let row = MEDICINES.lines().find(|row| row.contains(r#""id":"sertraline""#));
        let row = row.expect("sertraline is listed");
        let broken = changed(MEDICINES, row, changed(row, from, to));
        let tables = Tables { medicines: broken, ..BUILT_IN };
        assert_eq!(refusal(tables), (code, field.to_owned()), "{from} to {to}");
    }
    let injection_cases = [
        (r#"["1719803","#, r#"["01719803","#, Code::BadText, "rxnorm"),
        (r#"[28,"gardner2010-days"#, r#"[0,"gardner2010-days"#, Code::OutOfRange, "daysBetween"),
        (r#"[28,"gardner2010-days"#, r#"[201,"gardner2010-days"#, Code::OutOfRange, "daysBetween"),
        (r#"[28,"gardner2010-days"#, r#"["28","gardner2010-days"#, Code::WrongType, "daysBetween"),
        (r#"[28,"gardner2010-days"#, r#"[28,"nobody"#, Code::UnknownValue, "source"),
        (r#"{"amount":300"#, r#"{"amount":-300"#, Code::OutOfRange, "maxima"),
        (
            r#""adequate":[],"halfLifeHours":[null"#,
            r#""adequate":[[{"amount":400,"release":null,"purpose":null},"not-known","general-knowledge"]],"halfLifeHours":[null"#,
            Code::OutOfRange,
            "adequate",
        ),
        (
            r#""adequate":[],"halfLifeHours":[null"#,
            r#""adequate":[],"halfLifeHours":[[0,5]"#,
            Code::OutOfRange,
            "halfLifeHours",
        ),
        (r#""tmaxHours":[null,"not-known","general-knowledge"]}]"#, "}]", Code::InvalidJson, ""),
        (
            r#","tmaxHours":[null,"not-known","general-knowledge"]}]"#,
            "}]",
            Code::MissingField,
            "tmaxHours",
        ),
        (r#"{"name":"haloperidol decanoate""#, r#"{"name":"""#, Code::BadText, "name"),
        (
            r#"{"name":"haloperidol decanoate""#,
            r#"{"name":"fluphenazine decanoate""#,
            Code::BadText,
            "name",
        ),
    ];
    let row = MEDICINES.lines().find(|row| row.contains(r#""id":"haloperidol""#));
    let row = row.expect("haloperidol is listed");
    let (before, injections) = row.split_once(r#""injections""#).expect("one is listed");
    for (from, to, code, field) in injection_cases {
        let broken = format!(r#"{before}"injections"{}"#, changed(injections, from, to));
        let tables = Tables { medicines: changed(MEDICINES, row, &broken), ..BUILT_IN };
        let (refused, at) = refusal(tables);
        assert_eq!(refused, code, "{from} to {to}");
        let place = format!("medicines[haloperidol].injections[0].{field}");
        let of_row = ["source", ""].contains(&field);
        assert!(if of_row { at.ends_with(field) } else { at == place }, "{at} for {from} to {to}");
    }
    let classes = changed(CLASSES, r#""id":"ssri""#, r#""id":"snri""#);
    assert_eq!(refusal(Tables { classes, ..BUILT_IN }), (Code::OutOfRange, "classes".to_owned()));
    let sources = changed(SOURCES, r#""id":"atc-2026""#, r#""id":"zzz""#);
    let refused = refusal(Tables { sources, ..BUILT_IN });
    assert_eq!(refused.0, Code::BadText, "ids are ascending");
    let backwards = About { review_by: about().issued - chrono::Days::new(1), ..about() };
    let error = Pack::read(backwards, BUILT_IN).err().expect("review before issue is refused");
    assert_eq!((error.code(), error.field()), (Code::EndBeforeStart, "reviewBy"));
}

#[test]
fn a_pack_may_be_written_with_json_escapes() {
    let sources = changed(SOURCES, "Löwe B", r"L\u00f6we B");
    let pack = Pack::read(about(), Tables { sources, ..BUILT_IN }).expect("a sound pack");
    let row = pack.sources().iter().find(|row| row.id.as_str() == "lowe-2004").expect("listed");
    assert!(row.citation.starts_with("Löwe B"));
}

/// A portal's file: what it says about itself and the tables it had reviewed; the others stay.
#[test]
fn a_portal_brings_the_tables_it_had_reviewed() {
    let interactions = changed(
        INTERACTIONS,
        r#""id":"cannabis","kind":"interaction","severity":"moderate""#,
        r#""id":"cannabis","kind":"interaction","severity":"major""#,
    );
    let file = |more: &str| -> &'static str {
        let dates = r#""version":"clinic-3","issued":"2026-12-01","reviewBy":"2027-12-01""#;
        format!("{{{dates},{more}}}").leak()
    };
    let text = file(&format!(r#""interactions":{interactions}"#));
    let pack = Pack::read_file(text, BUILT_IN).expect("a sound pack");
    assert_eq!(pack.about().version, "clinic-3");
    assert_eq!(pack.about().review_by.to_string(), "2027-12-01");
    let cannabis = pack.interactions().iter().find(|rule| rule.id.as_str() == "cannabis");
    assert_eq!(cannabis.map(|rule| rule.severity), Some(reference::ClashSeverity::Major));
    assert_eq!(pack.medicines().iter().count(), 78, "a table left out is the built-in one");
    let whole = file(&format!(r#""instruments":{INSTRUMENTS},"medicines":{MEDICINES}"#));
    assert!(Pack::read_file(whole, BUILT_IN).is_ok(), "the deepest tables are read as well");

    let refused = |text: &'static str| {
        let error = Pack::read_file(text, BUILT_IN).err().expect("refused");
        (error.code(), error.field().to_owned())
    };
    let group = r#""groups":[]"#;
    assert_eq!(
        refused(file(group)),
        (Code::UnknownValue, "interactions[2d6_betablocker].b".into())
    );
    assert_eq!(refused(file(r#""extra":1"#)), (Code::UnknownField, "extra".into()));
    assert_eq!(refused("{}"), (Code::MissingField, "version".into()));
    let day = r#"{"version":"1","issued":"2026-13-01","reviewBy":"2027-12-01"}"#;
    assert_eq!(refused(day), (Code::BadDate, "issued".into()));
}

/// A pharmacist who read a label puts an injection right and brings another one.
#[test]
fn a_portal_brings_what_a_label_says_of_an_injection() {
    let label = r#"{"id":"zz-label","citation":"A label, read by a pharmacist."}"#;
    let sources = format!("{},{label}]", SOURCES.trim_end().trim_end_matches(']').trim_end());
    // Amounts and days made up for this test.
    let decanoate = r#"{"name":"haloperidol decanoate","brands":[["Haldol Decanoate"],"zz-label","verified"],"rxnorm":[null,"not-known","general-knowledge"],"daysBetween":[30,"zz-label","verified"],"maxima":[[{"amount":450,"release":null,"purpose":null},"zz-label","verified"]],"adequate":[],"halfLifeHours":[[480,480],"zz-label","verified"],"tmaxHours":[[144,144],"zz-label","verified"]}"#;
    let another = decanoate.replace("haloperidol decanoate", "haloperidol undecylate");
    let another = another.replace("Haldol Decanoate", "Halundec");
    let row = MEDICINES.lines().find(|row| row.contains(r#""id":"haloperidol""#)).expect("listed");
    let (before, _) = row.split_once(r#""injections""#).expect("one is listed");
    let brought = format!(r#"{before}"injections":[{decanoate},{another}]}},"#);
    let medicines = changed(MEDICINES, row, &brought);
    let text = format!(
        r#"{{"version":"clinic-4","issued":"2026-12-01","reviewBy":"2027-12-01","sources":{sources},"medicines":{medicines}}}"#
    );
    let pack = Pack::read_file(text.leak(), BUILT_IN).expect("a sound pack");
    let row = pack.medicines().find("haloperidol").expect("listed");
    assert_eq!(row.injections.len(), 2);
    let known = row.injection("Haldol Decanoate").expect("listed");
    assert_eq!(
        (known.days_between.value, known.days_between.confidence),
        (Some(30), Confidence::Verified)
    );
    assert_eq!(known.most().map(|most| most.value.amount), Some(450.0));
    assert!(row.injection_of(None, ["Haldol", "haloperidol"], true).is_none(), "one of two");
    assert_eq!(pack.medicines().named("halundec").map(|row| row.id.as_str()), Some("haloperidol"));
    // Five half-lives of 480 h are 100 days: its own, and nothing of the tablets.
    let settling = SettlingRule::default().settle(Some(Numbers::Injection(row, known)));
    assert_eq!((settling.wash_in_days, settling.washout_days), (100, 100));
    assert!(!settling.assumed);
    let ours = reference::medicines().find("haloperidol").expect("listed");
    let unknown = Numbers::Injection(ours, &ours.injections[0]);
    assert!(SettlingRule::default().settle(Some(unknown)).assumed);
}

/// Each relation between tables, broken once.
#[test]
fn rows_that_name_what_is_not_there_are_refused() {
    let cases = [
        ("agents", r#"["5640","#, r#"["05640","#, Code::BadText, "agents[ibuprofen].rxnorm"),
        (
            "agents",
            r#""id":"lisinopril","#,
            r#""id":"lithium","#,
            Code::BadText,
            "agents[lithium].id",
        ),
        (
            "groups",
            r#""ibuprofen","#,
            r#""ibuprofin","#,
            Code::UnknownValue,
            "groups[nsaid].members",
        ),
        (
            "interactions",
            r#""b":["nsaid"]"#,
            r#""b":["nsaids"]"#,
            Code::UnknownValue,
            "interactions[lithium_nsaid].b",
        ),
        (
            "interactions",
            r#""onlyWith":"heart-rhythm-risk""#,
            r#""onlyWith":"lithium""#,
            Code::UnknownValue,
            "interactions[qt_graded].onlyWith",
        ),
        (
            "interactions",
            r#""severity":"moderate","a":["lithium"],"b":["topiramate"],"says":"interaction.blood-test","watch":"watch.lithium","#,
            r#""severity":"contraindicated","a":["lithium"],"b":["topiramate"],"says":"interaction.blood-test","#,
            Code::MissingField,
            "interactions[lithium_topiramate].watch",
        ),
        ("washouts", r#",35,"#, r#",0,"#, Code::OutOfRange, "washouts[6].days"),
        (
            "monitoring",
            "[4,8,12]",
            "[8,4,12]",
            Code::OutOfRange,
            "monitoring[antipsychotic-weight].every",
        ),
        (
            "sideEffects",
            r#"["422587007""#,
            r#"["422587008""#,
            Code::BadText,
            "sideEffects[nausea].snomed",
        ),
        (
            "medicines",
            r#"["nausea","#,
            r#"["nauseous","#,
            Code::UnknownValue,
            "medicines[atomoxetine].sideEffects",
        ),
        (
            "leaflets",
            r#""of":["ssri""#,
            r#""of":["sssri""#,
            Code::UnknownValue,
            "leaflets[ssri].of",
        ),
        (
            "journey",
            r#""weeks":6"#,
            r#""weeks":0"#,
            Code::OutOfRange,
            "journey[in-trial-antidepressant].weeks",
        ),
        ("sets", r#"["asrs"]"#, r#"["asrs-9"]"#, Code::UnknownValue, "sets[adhd].instruments"),
        (
            "helplines",
            r#""text":"741741""#,
            r#""text":null"#,
            Code::MissingField,
            "helplines[line-crisis-text].phone",
        ),
        ("equivalents", "[0.5,0.5]", "[0,0]", Code::OutOfRange, "equivalents[ashton2002].rows"),
    ];
    for (table, from, to, code, field) in cases {
        let mut tables = BUILT_IN;
        let text = match table {
            "agents" => &mut tables.agents,
            "groups" => &mut tables.groups,
            "interactions" => &mut tables.interactions,
            "washouts" => &mut tables.washouts,
            "monitoring" => &mut tables.monitoring,
            "sideEffects" => &mut tables.side_effects,
            "medicines" => &mut tables.medicines,
            "leaflets" => &mut tables.leaflets,
            "journey" => &mut tables.journey,
            "sets" => &mut tables.sets,
            "helplines" => &mut tables.helplines,
            _ => &mut tables.equivalents,
        };
        *text = changed(text, from, to);
        assert_eq!(refusal(tables), (code, field.to_owned()), "{from} to {to}");
    }
}

/// `table` with the first `from` after its start replaced; kept for the run, as a pack needs.
fn changed(table: &str, from: &str, to: &str) -> &'static str {
    assert!(table.contains(from), "{from} is not in the table");
    table.replacen(from, to, 1).leak()
}
