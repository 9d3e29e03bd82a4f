//! Every carried value against the facts it was collected from (`clinical`), so that nothing is mistyped.

use std::collections::BTreeSet;

use doseline::reference::{
    Confidence, DoseUnit, Fact, Instrument, Medicine, Range, Release, Text, instruments, medicines,
};
use serde_json::{Value, json};

use crate::folder::{Outcome, text_of};

/// Where a row departs from the collected facts, and why.
const DEPARTURES: &[(&str, &str, &str)] = &[
    ("clozapine", "half-life", "seen from 4 h (review), collected as 8 h"),
    ("clozapine", "half-life confidence", "the corrected end is recalled"),
    (
        "mixed-amphetamine-salts",
        "rxnorm",
        "RxNorm has two ingredients: amphetamine and dextroamphetamine",
    ),
    ("mixed-amphetamine-salts", "metabolites", "the two ingredients are no metabolites"),
    ("phq-9", "reliable change", "6 is z 1.74; the 95 % figure 7 stands beside it (review)"),
    ("pcl-5", "reliable change", "15 in one trial and 18 in another: both stand"),
    ("pcl-5", "safety items", "item 16 is not about suicide: a note, no crisis"),
    ("wsas", "reliable change", "from the list of changes (rules.md), not the record"),
    (
        "pc-ptsd-5",
        "items",
        "the gate is an item, so that its answer is kept and \"no\" makes the total 0",
    ),
    ("c-ssrs", "safety items", "item 6b is item 7"),
    ("c-ssrs", "range", "the triage level as a number"),
    ("c-ssrs", "bands", "the triage level as a number"),
    // Maxima doubted on review, depending on weight or salt, or contradicted by the dose note.
    ("bupropion", "maximum", "differs by salt: hydrobromide tablets go to 522 mg"),
    ("chlorpromazine", "maximum", "the label describes up to 2000 mg"),
    ("desvenlafaxine", "maximum", "100 mg is no label maximum"),
    ("dextroamphetamine", "maximum", "differs by purpose"),
    ("fluoxetine", "maximum", "differs by purpose; the weekly capsule has 90 mg"),
    ("guanfacine", "maximum", "7 mg is for adolescents by weight"),
    ("lamotrigine", "maximum", "differs by co-medication and release"),
    ("naltrexone", "maximum", "schedules of every other day go higher"),
    ("perphenazine", "maximum", "64 mg is for hospital"),
    ("prazosin", "maximum", "20 mg is not the label's last word"),
];

#[derive(Default)]
struct Comparison {
    different: Vec<String>,
    departures: BTreeSet<(&'static str, &'static str)>,
}

impl Comparison {
    fn check(&mut self, id: &str, field: &str, carried: Value, collected: &Value) {
        if same(&carried, collected) {
            return;
        }
        match DEPARTURES.iter().find(|(row, what, _)| (*row, *what) == (id, field)) {
            Some((row, what, _)) => {
                self.departures.insert((row, what));
            }
            None => self.different.push(format!("{id} {field}: {carried} for {collected}")),
        }
    }

    fn finish(self, of: impl Fn(&str) -> bool) {
        assert!(self.different.is_empty(), "{}", self.different.join("\n"));
        let listed: BTreeSet<_> =
            DEPARTURES.iter().filter(|row| of(row.0)).map(|row| (row.0, row.1)).collect();
        assert_eq!(self.departures, listed, "a departure listed here is none");
    }
}

/// Equal, with 1 and 1.0 the same number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}

fn range(range: Option<Range>) -> Value {
    range.map_or(Value::Null, |range| json!([range.low, range.high]))
}

fn text(text: Option<Text>) -> Value {
    text.map_or(Value::Null, |text| json!(text.as_str()))
}

fn texts(texts: &[Text]) -> Value {
    texts.iter().map(|text| text.as_str()).collect()
}

fn confidence(confidence: Confidence) -> Value {
    json!(match confidence {
        Confidence::Verified => "verified-in-source",
        Confidence::CrossChecked => "cross-checked-secondary",
        Confidence::GeneralKnowledge => "from-knowledge",
    })
}

/// The confidence of a known value; a value not known has none to compare.
fn confidence_if_known<T>(fact: &Fact<T>, collected: &Value) -> Value {
    if fact.value.is_some() { confidence(fact.confidence) } else { collected.clone() }
}

/// A brand or unit without the remark in brackets behind it.
fn without_remark(written: &str) -> &str {
    written.split(" (").next().unwrap_or(written)
}

pub(crate) fn medicines_are_as_collected() -> Outcome {
    let collected = text_of("clinical/medicines.json")?;
    let collected: Value = serde_json::from_str(&collected).expect("JSON");
    let rows = collected["medicines"].as_array().expect("a list");
    assert_eq!(rows.len(), medicines().iter().count());
    let mut comparison = Comparison::default();
    for row in rows {
        let id = row["id"].as_str().expect("an id").replace('_', "-");
        let medicine = medicines().find(&id).expect("every collected medicine is carried");
        compare_medicine(&mut comparison, medicine, row);
    }
    comparison.finish(|id| medicines().find(id).is_some());
    Ok(())
}

fn compare_medicine(comparison: &mut Comparison, carried: &Medicine, row: &Value) {
    let mut check = |field: &str, value: Value, collected: &Value| {
        comparison.check(&carried.id, field, value, collected);
    };
    check("name", json!(carried.name.as_str()), &row["generic"]);
    check("route", json!(carried.route.value.as_str()), &row["route"]);
    let codes = carried.rxnorm.value.as_deref().map_or(Value::Null, texts);
    let collected_code = &row["rxcui"];
    let code = if collected_code.is_null() { Value::Null } else { json!([collected_code]) };
    check("rxnorm", codes, &code);
    check("atc", texts(&carried.atc.value), &row["atc"]);

    // Brands that are no brands are left out, remarks stand in a field of their own.
    let no_brand = ["OTC supplement", "generic lithium carbonate/citrate"];
    let brands: Value = (row["brands_us"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .filter(|brand| !no_brand.contains(brand))
        .map(without_remark)
        .collect();
    // Those of injections stand with them; four of these are carried and were not collected.
    let not_collected =
        ["Abilify Asimtufii", "Haldol Decanoate", "Risperdal Consta", "Zyprexa Relprevv"];
    let sorted = |names: Value| {
        let mut names: Vec<String> = serde_json::from_value(names).expect("names");
        names.sort();
        json!(names)
    };
    let mut names = carried.all_brands();
    names.retain(|name| !not_collected.contains(&name.as_str()));
    check("brands", sorted(texts(&names)), &sorted(brands));

    let dose = &row["dose"];
    let usual = match (&dose["usual_min"], &dose["usual_max"]) {
        (Value::Null, _) | (_, Value::Null) => Value::Null,
        (low, high) => json!([low, high]),
    };
    check("start", json!(carried.dose.value.start), &dose["start"]);
    check("usual dose", range(carried.dose.value.usual), &usual);
    check(
        "dose note",
        json!(carried.dose.value.note.is_some()),
        &json!(!dose["per_dose_note"].is_null()),
    );
    check("dose confidence", confidence(carried.dose.confidence), &dose["confidence"]);
    let unit = match carried.dose.value.unit {
        DoseUnit::MgADay => "mg/day",
        DoseUnit::MgAtNight => "mg at night",
        DoseUnit::MgPer24HourPatch => "mg/24h patch",
        DoseUnit::MgASession => "mg per session",
        DoseUnit::MgAnInjection => "mg per injection",
    };
    let collected_unit = dose["unit"].as_str().unwrap_or_default();
    check("unit", json!(unit), &json!(collected_unit.trim_end_matches(" lithium carbonate")));
    let maximum = &dose["label_max"];
    let carried_maximum = (carried.maxima.iter())
        .map(|maximum| json!(maximum.value.amount))
        .find(|amount| same(amount, maximum))
        .unwrap_or(Value::Null);
    check("maximum", carried_maximum, maximum);

    let half_life = &row["half_life_hours"];
    check("half-life", range(carried.half_life_hours.value), &half_life["parent"]);
    let known = confidence_if_known(&carried.half_life_hours, &half_life["confidence"]);
    check("half-life confidence", known, &half_life["confidence"]);
    let metabolites: Value = (carried.metabolites.iter())
        .map(|metabolite| range(metabolite.half_life_hours.value))
        .collect();
    let collected_metabolites: Value =
        (half_life["active_metabolites"].as_array().into_iter().flatten())
            .map(|metabolite| metabolite["hours"].clone())
            .collect();
    check("metabolites", metabolites, &collected_metabolites);
    check("tmax", range(carried.tmax_hours.value), &row["tmax_hours"]);
    let known = confidence_if_known(&carried.tmax_hours, &row["tmax_confidence"]);
    check("tmax confidence", known, &row["tmax_confidence"]);
    check("onset", range(carried.onset_weeks.value), &row["onset_weeks"]);
    check("onset confidence", confidence(carried.onset_weeks.confidence), &row["onset_confidence"]);
}

/// Each number and code of an injection stands in the collected facts: a code with its salt, the days
/// in the table of equivalents it cites, the most beside the dose of its medicine.
pub(crate) fn injections_are_as_collected() -> Outcome {
    let products = text_of("clinical/rxnorm_products.csv")?;
    let equivalents = text_of("clinical/dose_equivalents.csv")?;
    let collected: Value =
        serde_json::from_str(&text_of("clinical/medicines.json")?).expect("the facts are JSON");
    let rows = collected["medicines"].as_array().expect("a list");
    let (mut codes, mut days, mut limits) = (0, 0, 0);
    for medicine in medicines() {
        let facts = rows.iter().find(|row| row["id"].as_str() == Some(&medicine.id));
        for row in &medicine.injections {
            for code in row.rxnorm.value.iter().flatten() {
                let start = format!("{},{code},", medicine.id);
                let line = products.lines().find(|line| line.starts_with(&start)).expect("listed");
                assert!(line.contains(row.name.as_str()), "{line}");
                assert!(line.contains(",injection,"), "{line}");
                codes += 1;
            }
            if let Some(between) = row.days_between.known() {
                let table = between.sources.as_str().trim_end_matches("-days");
                let line = equivalents.lines().find(|line| {
                    let fields: Vec<&str> = line.split(',').collect();
                    fields[1].starts_with(table)
                        && row.name.starts_with(fields[2])
                        && fields[3].starts_with("long-acting injection")
                });
                let line = line.expect("the table has it");
                assert_eq!(line.split(',').nth(7), Some(&*between.value.to_string()), "{line}");
                days += 1;
            }
            for most in &row.maxima {
                assert_eq!(most.sources.as_str(), "psychdrugs");
                let said = facts.map(|row| row["dose"]["sources"].to_string()).expect("collected");
                let amount = format!("{} mg", most.value.amount);
                let is_it = |part: &str| part.contains("decanoate") && part.contains(&amount);
                assert!(said.split(';').any(is_it), "{}: {said}", row.name);
                limits += 1;
            }
        }
    }
    assert_eq!((codes, days, limits), (9, 6, 2));
    Ok(())
}

pub(crate) fn instruments_are_as_collected() -> Outcome {
    let collected = text_of("clinical/instruments.json")?;
    let collected: Value = serde_json::from_str(&collected).expect("JSON");
    let rows = collected["instruments"].as_array().expect("a list");
    let mut comparison = Comparison::default();
    // The project's own scale, collected under another name.
    for carried in instruments().iter().filter(|row| row.id.as_str() != "share-taken") {
        let names = |id: &str| {
            std::iter::once(&carried.id).chain(&carried.aliases).any(|name| name.as_str() == id)
        };
        let collected = rows
            .iter()
            .find(|row| row["id"].as_str().is_some_and(names))
            .expect("every instrument was collected");
        compare_instrument(&mut comparison, carried, collected);
    }
    comparison.finish(|id| instruments().find(id).is_some());
    Ok(())
}

fn compare_instrument(comparison: &mut Comparison, carried: &Instrument, row: &Value) {
    let mut check = |field: &str, value: Value, collected: &Value| {
        comparison.check(&carried.id, field, value, collected);
    };
    check("title", json!(carried.title.as_str()), &row["title"]);
    check("short", json!(carried.short.as_str()), &row["short"]);
    let ships = carried.rights.value.ship_wording;
    check("rights", json!(ships), &json!(row["licence"]["ship_wording"] == true));
    check("holder", json!(carried.rights.value.holder.as_str()), &row["licence"]["holder"]);
    check("recall", json!(carried.recall_days.value), &row["recall_days"]);
    if ships {
        check("stem", json!(carried.stem.value.as_str()), &row["stem"]);
    }

    let options = |options: &[doseline::reference::Choice]| -> Value {
        let option = |choice: &doseline::reference::Choice| {
            json!([choice.score, choice.text.as_str(), text(choice.loinc)])
        };
        options.iter().map(option).collect()
    };
    let collected_options = |options: &Value| -> Value {
        let options = options.as_array().into_iter().flatten();
        options
            .map(|option| json!([option["score"], option["label"], option["loinc_answer"]]))
            .collect()
    };
    if ships {
        let carried = options(&carried.options.value);
        check("options", carried, &collected_options(&row["response_options"]));
    }
    let items: Value = (carried.items.value.iter())
        .map(|item| json!([item.text.as_str(), text(item.loinc)]))
        .collect();
    let collected_items: Value = (row["items"].as_array().into_iter().flatten())
        .map(|item| json!([item["text"], item["loinc"]]))
        .collect();
    if ships && row["item_options"].is_null() {
        check("items", items, &collected_items);
    } else {
        // Without wording, and for items with answers of their own, whose codes are recalled: how many.
        let count = |items: &Value| json!(items.as_array().map_or(0, Vec::len));
        let collected =
            if collected_items == json!([]) { &row["n_items"] } else { &count(&collected_items) };
        check("number of items", count(&items), collected);
    }
    let unscored: Value = (carried.unscored.value.iter())
        .map(|item| json!([item.text.as_str(), text(item.loinc), options(&item.options)]))
        .collect();
    let collected_unscored: Value = (row["extra_items"].as_array().into_iter().flatten())
        .map(|item| json!([item["text"], item["loinc"], collected_options(&item["options"])]))
        .collect();
    check("unscored", unscored, &collected_unscored);
    let safety: Value = carried.safety_items.iter().map(|rule| json!(rule.value.item)).collect();
    let collected_safety: Value = (row["items"].as_array().into_iter().flatten())
        .filter(|item| item["safety_critical"] == true)
        .map(|item| item["n"].clone())
        .collect();
    check("safety items", safety, &collected_safety);

    let (low, high) = carried.range.value;
    check("range", json!([low, high]), &json!([row["scoring"]["min"], row["scoring"]["max"]]));
    check("direction", json!(carried.higher_is_worse), &row["scoring"]["higher_is_worse"]);
    let bands: Value = (carried.bands.value.iter())
        .map(|band| json!([band.range.0, band.range.1, band.label.as_str()]))
        .collect();
    let collected_bands: Value = (row["severity_bands"].as_array().into_iter().flatten())
        .map(|band| {
            let label = band["label"].as_str().unwrap_or_default();
            json!([band["min"], band["max"], label.split(" —").next()])
        })
        .collect();
    check("bands", bands, &collected_bands);
    for collected in row["cutoffs"].as_array().into_iter().flatten() {
        let rule = collected["rule"].as_str().unwrap_or_default();
        let at_least = rule.strip_prefix("total >= ").and_then(|total| total.parse::<u16>().ok());
        // Rules over single answers and those that depend on sex are no cut-off of a total.
        if at_least.is_none() {
            continue;
        }
        let carried = carried.cutoffs.iter().find(|cutoff| Some(cutoff.value.at_least) == at_least);
        let carried = carried.map_or(Value::Null, |cutoff| confidence(cutoff.confidence));
        check("cut-off", carried, &collected["confidence"]);
    }

    let change = &row["change"];
    check("smallest change", json!(carried.smallest_change.value), &change["mcid_points"]);
    let points: Value = carried.reliable_change.iter().map(|row| json!(row.value.points)).collect();
    let reliable = &change["reliable_change_points"];
    let reliable = if reliable.is_null() { json!([]) } else { json!([reliable]) };
    check("reliable change", points, &reliable);
    let has = |field: &str, words: &str| {
        json!(change[field].as_str().is_some_and(|rule| rule.contains(words)))
    };
    check("response", json!(carried.response.value == Some(0.5)), &has("response", ">= 50 %"));
    check("remission", json!(carried.remission.value == Some(5)), &has("remission", "< 5"));
    check("panel", text(carried.loinc_panel.value), &row["loinc"]["panel"]);
    check("total", text(carried.loinc_total.value), &row["loinc"]["total"]);
}

/// No single unit on the market may exceed a maximum that claims to hold for it: the error the
/// review found in the collected maxima.
pub(crate) fn no_product_exceeds_a_maximum_that_is_for_it() -> Outcome {
    let products = text_of("clinical/rxnorm_products.csv")?;
    let mut compared = 0;
    for line in products.lines().skip(1) {
        let [id, release, strength] = product(line);
        let Some(medicine) = medicines().find(&id.replace('_', "-")) else { continue };
        let route_is_the_rows =
            line.contains(&format!(",{},{release},", medicine.route.value.as_str()));
        let Ok(strength) = strength.parse::<f64>() else { continue };
        if !route_is_the_rows {
            continue;
        }
        let release =
            if release == "extended release" { Release::Extended } else { Release::Immediate };
        let highest = (medicine.maxima.iter())
            .filter(|maximum| maximum.value.release.is_none_or(|of| of == release))
            .map(|maximum| maximum.value.amount)
            .reduce(f64::max);
        if let Some(highest) = highest {
            assert!(strength <= highest, "{line}: above {highest}");
            compared += 1;
        }
    }
    assert!(compared > 300, "only {compared} products compared");
    Ok(())
}

/// Medicine, release and strength of a line `id,rxcui,name,route,release,strength,sources`; the
/// name may hold commas in quotes.
fn product(line: &str) -> [&str; 3] {
    let fields: Vec<&str> = line.rsplitn(4, ',').collect();
    let id = line.split(',').next().unwrap_or_default();
    [id, fields[2], fields[1]]
}
