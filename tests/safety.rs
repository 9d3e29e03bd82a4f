//! The safety rules: what must raise each of them and what must not, what a flag says of itself, how
//! it is set aside, and what is asked before something is recorded.

#[path = "safety/cases.rs"]
mod cases;
#[path = "safety/injections.rs"]
mod injections;
#[path = "safety/journey.rs"]
mod journey;
#[path = "safety/not_checked.rs"]
mod not_checked;
#[path = "safety/ordinary.rs"]
mod ordinary;
#[path = "safety/pairs.rs"]
mod pairs;
#[path = "safety/person.rs"]
mod person;

use std::collections::BTreeSet;

use cases::CASES;
use doseline::diary::{Diary, EntryId, Moment, Record, Stamp, Writing};
use doseline::reference::{self, ClashKind};
use doseline::report::Words;
use doseline::safety::{
    Capability, Flag, Offered, RULES, Settings, Severity, check, lately_with, review, switchable,
};
use person::{Person, ago, step, today};
use serde_json::{Value, json};

/// The ids that the module doc of `safety` lists.
fn listed() -> BTreeSet<String> {
    let source = include_str!("../src/safety/mod.rs");
    let (_, doc) = source.split_once("# The rules, by id").unwrap();
    let (doc, _) = doc.split_once("\nmod ").unwrap();
    let ids = doc.split('`').skip(1).step_by(2);
    let is_id = |id: &&str| !id.contains(['[', ':']);
    ids.filter(is_id).map(str::to_owned).collect()
}

#[test]
fn every_rule_has_three_cases_that_raise_it_and_three_near_misses() {
    let conditions = reference::pack().interactions().iter();
    let conditions = conditions.filter(|row| row.kind == ClashKind::Condition);
    let mut rules: BTreeSet<String> = conditions.map(|row| row.id.to_string()).collect();
    rules.extend(listed());
    let tried: BTreeSet<String> = CASES.iter().map(|case| case.rule.to_owned()).collect();
    assert_eq!(tried, rules);
    assert_eq!(RULES.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), listed());
    for rule in &rules {
        let of_it = |raises: bool| {
            CASES.iter().filter(|case| case.rule == rule && case.raises == raises).count()
        };
        assert!(of_it(true) >= 3 && of_it(false) >= 3, "{rule}");
    }
}

#[test]
fn what_must_raise_a_rule_does_and_a_near_miss_does_not() {
    let mut wrong = Vec::new();
    for case in CASES {
        let mut person = Person::new();
        (case.write)(&mut person);
        let flag = person.flag(case.rule);
        if flag.is_some() != case.raises {
            let raised: Vec<&str> = person.review().flags.iter().map(|flag| flag.rule).collect();
            let due = if case.raises { "must raise" } else { "must not raise" };
            wrong.push(format!("{}: {} {due} it; raised: {raised:?}", case.rule, case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of every flag that the cases raise.
fn every_flag() -> Vec<Flag> {
    let of = |case: &cases::Case| {
        let mut person = Person::new();
        (case.write)(&mut person);
        person.review().flags
    };
    CASES.iter().flat_map(of).collect()
}

#[test]
fn a_flag_says_what_it_rests_on_and_what_it_cannot_see() {
    let words = Words::english();
    for flag in every_flag() {
        let rule = flag.rule;
        assert!(!flag.entries.is_empty() && !flag.about.is_empty(), "{rule}");
        assert!(flag.key.starts_with(rule) && flag.key.len() <= 200, "{}", flag.key);
        let mut sources = flag.sources.split(' ');
        let known = |id: &str| reference::pack().sources().iter().any(|row| row.id.as_str() == id);
        assert!(sources.all(known), "{rule}: {}", flag.sources);
        for message in
            [Some(&flag.message), Some(&flag.why), Some(&flag.not_covered), flag.watch.as_ref()]
        {
            let text = message.map(|message| words.text(message)).unwrap_or_default();
            assert!(!text.contains(['{', '}']) && !text.starts_with("Safety."), "{rule}: {text}");
        }
    }
}

/// Severity and kind of every row from general knowledge: only crisis, red flags and the rules of the
/// tables on pairs keep a severity above "worth asking about" (design, decision 1).
#[test]
fn a_row_from_general_knowledge_stays_at_worth_asking_about() {
    for flag in every_flag() {
        let from_memory = flag.confidence == reference::Confidence::GeneralKnowledge;
        let keeps = flag.rule.starts_with("red-flag")
            || flag.rule.starts_with("crisis")
            || flag.rule.contains('_')
            || flag.rule == "washout-too-short";
        assert!(
            keeps || !from_memory || flag.severity <= Severity::WorthAskingAbout,
            "{}",
            flag.rule
        );
    }
}

#[test]
fn no_sentence_orders_or_names_a_dose_as_a_choice() {
    let orders = [
        "do not ",
        "don't ",
        "never ",
        "avoid ",
        "must ",
        "stop taking",
        "take less",
        "take more",
        "raise your",
        "lower your",
        "you should",
    ];
    let words = Words::english();
    for flag in every_flag() {
        let text = words.text(&flag.message).to_lowercase();
        assert!(!orders.iter().any(|order| text.contains(order)), "{text}");
        let asks = ["ask", "call", "help", "speak"].iter().any(|word| text.contains(word));
        assert!(asks, "{}: {text}", flag.rule);
    }
}

/// Every id of a group, medicine or agent that the red flags name is one that the tables know: another
/// never matches anything.
#[test]
fn every_id_that_a_red_flag_names_stands_in_the_tables() {
    let source = include_str!("../src/safety/red_flags.rs");
    let lists = source.split("&[").filter(|rest| rest.trim_start().starts_with('"'));
    let lists = lists.filter_map(|rest| rest.split_once(']'));
    let mut ids: Vec<&str> = lists
        .flat_map(|(list, _)| list.split(['"', ',']).map(str::trim))
        .filter(|id| !id.is_empty())
        .collect();
    // A name of an analyte is none of them.
    ids.retain(|id| !["sodium", "na"].contains(id));
    assert!(ids.len() > 25 && ids.contains(&"five-htp"), "{ids:?}");
    let pack = reference::pack();
    for id in ids {
        assert!(pack.group(id).is_some() || pack.known_by_id(id).is_some(), "{id}");
    }
}

/// Intent, a plan and what was done in the last three months (`rules.md`, 4) are told by a sentence of
/// their own, and no other yes is.
#[test]
fn a_yes_to_intent_a_plan_or_a_late_act_is_an_emergency() {
    let sentence = |items: Value| {
        let mut person = Person::new();
        person.c_ssrs(0, items);
        person.flag("crisis-item-9").map(|flag| (flag.severity, flag.message.id))
    };
    let emergency = Some((Severity::UrgentHelp, "safety.crisis-emergency"));
    let full = Some((Severity::UrgentHelp, "safety.crisis-item-9"));
    for (items, expected) in [
        (json!([1, 1, 2, 3, 0, 0, 0]), emergency),
        (json!([1, 1, 2, 0, 3, 0, 0]), emergency),
        (json!([0, 0, 0, 0, 0, 2, 3]), emergency),
        (json!([1, 0, 0, 0, 0, 0, 0]), full),
        (json!([1, 1, 2, 0, 0, 0, 0]), full),
        (json!([0, 0, 0, 0, 0, 2, 0]), full),
        (json!([0, 0, 0, 0, 0, 0, 0]), None),
    ] {
        assert_eq!(sentence(items.clone()), expected, "{items}");
    }
    // The same number is no such answer on a questionnaire that does not assess the risk.
    let mut person = Person::new();
    person.item9(0, json!(3));
    assert_eq!(person.flag("crisis-item-9").unwrap().message.id, "safety.crisis-item-9");
}

/// Of several signs that one rule rests on, one flag is left: the most severe.
#[test]
fn one_red_flag_is_told_once() {
    let mut person = Person::new();
    person.takes("Lamotrigine", 50.0, 20);
    person.takes("Sertraline", 50.0, 200);
    person.notes("Skin rash", "mild", 0);
    person.notes("Fever", "mild", 0);
    person.notes("Peeling skin", "mild", 0);
    let found = person.review();
    let rash: Vec<&Flag> = found.flags.iter().filter(|flag| flag.rule == "red-flag-rash").collect();
    assert_eq!(rash.len(), 1);
    assert_eq!(rash[0].severity, Severity::UrgentHelp);
    assert_eq!(rash[0].about, ["lamotrigine"]);
}

/// A benzodiazepine that was lowered only after the sign is not named beside the one that was before.
#[test]
fn a_withdrawal_names_what_was_less_before_its_sign() {
    let mut person = Person::new();
    let before = person.takes("Clonazepam", 2.0, 200);
    let after = person.takes("Lorazepam", 2.0, 200);
    person.step(before, 10, "decrease", 0.5);
    person.notes("Hearing voices", "moderate", 6);
    person.stops(after, 2);
    let flag = person.flag("red-flag-benzodiazepine-withdrawal").unwrap();
    assert_eq!(flag.about, ["clonazepam"]);
}

fn dismissal(key: &str) -> Value {
    json!({ "kind": "dismissal", "flag": key, "reason": "My prescriber knows." })
}

#[test]
fn a_flag_that_was_set_aside_is_hidden_until_its_facts_change() {
    let mut person = Person::new();
    let id = person.takes("Escitalopram", 30.0, 30);
    let first = person.flag("total-above-maximum").unwrap();
    let entry = person.on(0, dismissal(&first.key));
    let found = person.review();
    assert_eq!(found.flags.len(), 1, "a clinician still sees it");
    assert_eq!(found.flags[0].dismissed, Some(entry));
    assert_eq!(found.open().count(), 0, "the patient does not");
    // Another total is another fact.
    person.step(id, 1, "increase", 40.0);
    let again = person.flag("total-above-maximum").unwrap();
    assert_ne!(again.key, first.key);
    assert_eq!(again.dismissed, None);
}

#[test]
fn a_key_does_not_change_from_day_to_day() {
    let mut person = Person::new();
    person.takes("Sertraline", 50.0, 100);
    person.takes("Tramadol", 50.0, 100);
    let keys = |back: i32| -> Vec<String> {
        let found = review(&person.diary, ago(back), &Settings::default());
        found.flags.into_iter().map(|flag| flag.key).collect()
    };
    assert!(!keys(0).is_empty());
    assert_eq!(keys(0), keys(20));
}

#[test]
fn the_most_severe_comes_first_and_one_pair_is_one_flag() {
    let mut person = Person::new();
    person.takes("Citalopram", 20.0, 60);
    person.takes("Escitalopram", 10.0, 60);
    person.takes("Lithium", 900.0, 15);
    person.takes("Quetiapine", 100.0, 15);
    let found = person.review();
    let severities: Vec<Severity> = found.flags.iter().map(|flag| flag.severity).collect();
    assert!(severities.windows(2).all(|pair| pair[0] >= pair[1]), "{severities:?}");
    let about = |a: &str, b: &str| {
        let wanted = [a, b].map(str::to_owned);
        found.flags.iter().filter(|flag| flag.about == wanted).count()
    };
    // Four flags and two before the review of the tables (corrections: "cry wolf").
    assert_eq!((about("citalopram", "escitalopram"), about("lithium", "quetiapine")), (1, 1));
}

#[test]
fn what_is_not_known_is_said_not_to_be_checked() {
    let not_checked = |person: &Person| -> Vec<&'static str> {
        let rows = person.review().not_checked.into_iter().map(|row| row.rule);
        // A blood level of valproate is no entry's.
        rows.filter(|rule| *rule != "monitoring-due").collect()
    };
    let mut person = Person::new();
    person.takes("Valproate", 500.0, 30);
    assert_eq!(not_checked(&person), ["valproate_pregnancy"]);
    person.fact("pregnancy", json!("no"));
    assert_eq!(not_checked(&person), ["valproate_pregnancy"], "one of two is still open");
    person.fact("pregnancy-possible", json!("no"));
    assert!(not_checked(&person).is_empty());

    let mut young = Person::new();
    young.fact("birth-year", json!(2012));
    assert_eq!(not_checked(&young), ["adult-rules"]);
    let mut lithium = Person::new();
    lithium.takes("Lithium", 900.0, 30);
    lithium.lab(2, "lithium", 1.8, None);
    assert!(not_checked(&lithium).contains(&"lithium-level"));
}

/// A record that is prepared and not kept; `bits` tell it from another.
fn prepared(diary: &Diary, draft: &Value, bits: u8) -> Record {
    let writing = Writing {
        now: Moment::parse(&format!("{}T12:00:00+00:00", today())).unwrap(),
        stamp: Stamp::next(1 << 40, 1, diary.last_stamp()),
        day_start: doseline::diary::ClockTime::DEFAULT_DAY_START,
    };
    diary.prepare_record(draft, EntryId::new(1 << 40, [bits; 10]), writing).unwrap()
}

fn said_before(person: &Person, draft: &Value) -> Vec<&'static str> {
    let record = prepared(&person.diary, draft, 1);
    let flags = check(&person.diary, &record, today(), &Settings::default());
    flags.iter().map(|flag| flag.rule).collect()
}

#[test]
fn a_clinic_sets_thresholds_and_switches_rules_off_but_not_those_on_danger() {
    let mut person = Person::new();
    person.takes("Lisdexamfetamine", 50.0, 60);
    person.pressure(10, 142.0, 84.0);
    person.pressure(3, 143.0, 84.0);
    let rules = |settings: &Settings| -> (Vec<&'static str>, Vec<&'static str>) {
        let found = review(&person.diary, today(), settings);
        let flags = found.flags.iter().map(|flag| flag.rule).collect();
        (flags, found.not_checked.iter().map(|row| row.rule).collect())
    };
    let rule = "stimulant-blood-pressure";
    assert!(rules(&Settings::default()).0.contains(&rule));
    let higher = Settings { stimulant_pressure: (150.0, 95.0), ..Settings::default() };
    assert!(!rules(&higher).0.contains(&rule));
    let off = Settings { off: vec![switchable(rule).unwrap()], ..Settings::default() };
    let (flags, not_checked) = rules(&off);
    assert!(!flags.contains(&rule) && not_checked.contains(&rule));
    assert_eq!(switchable("crisis-item-9").or(switchable("red-flag-rash")), None);
}

#[test]
fn it_is_said_before_something_is_recorded_and_nothing_is_changed() {
    let mut person = Person::new();
    person.takes("Sertraline", 50.0, 100);
    let before = person.diary.to_json("x");
    let herb = json!({ "kind": "substance", "substance": "St John's wort" });
    assert_eq!(said_before(&person, &herb), ["sjw_serotonergic"]);
    let water = json!({ "kind": "substance", "substance": "Water" });
    assert!(said_before(&person, &water).is_empty());
    assert_eq!(person.diary.to_json("x"), before);

    let phenelzine = person.medicine("Phenelzine");
    assert_eq!(said_before(&person, &step(phenelzine, "start", 15.0)), ["maoi_serotonergic_ad"]);
}

#[test]
fn a_gap_is_told_before_the_next_dose() {
    let mut person = Person::new();
    let id = person.takes("Clozapine", 200.0, 13);
    person.doses(id, 13, 4, "taken");
    let dose = json!({ "kind": "dose", "medicine": id.to_string(), "status": "taken" });
    assert_eq!(said_before(&person, &dose), ["restart-after-gap"]);
    person.doses(id, 3, 1, "taken");
    assert!(said_before(&person, &dose).is_empty());
}

/// The rules that a person's flags are of, and those that are said not to be checked.
fn rules_of(person: &Person, settings: &Settings) -> (Vec<&'static str>, Vec<&'static str>) {
    let found = review(&person.diary, today(), settings);
    let flags = found.flags.iter().map(|flag| flag.rule).collect();
    (flags, found.not_checked.iter().map(|row| row.rule).collect())
}

fn without(ids: &[&str]) -> Settings {
    let mut settings = Settings::default();
    let new = settings.policy.revoke(ids.iter().map(|id| (*id).into()));
    assert!(ids.iter().all(|id| reference::pack().can_revoke(id)) && new.len() == ids.len());
    settings
}

#[test]
fn a_row_that_was_taken_back_raises_nothing_and_is_said_not_to_be_checked() {
    let mut person = Person::new();
    person.takes("Lithium", 900.0, 15);
    person.takes("Ibuprofen", 400.0, 5);
    let (flags, before) = rules_of(&person, &Settings::default());
    assert_eq!(flags, ["lithium_nsaid"]);
    let (flags, not_checked) = rules_of(&person, &without(&["lithium_nsaid"]));
    assert_eq!((flags, not_checked), (vec![], [vec!["lithium_nsaid"], before].concat()));

    // The milder rule about the same two is there once the graver one is gone.
    let mut two = Person::new();
    two.takes("Phenelzine", 45.0, 60);
    two.takes("Sertraline", 50.0, 60);
    let (flags, _) = rules_of(&two, &Settings::default());
    assert!(flags.contains(&"maoi_serotonergic_ad"), "{flags:?}");
    let (flags, not_checked) = rules_of(&two, &without(&["maoi_serotonergic_ad"]));
    assert!(!flags.contains(&"maoi_serotonergic_ad"), "{flags:?}");
    assert!(not_checked.contains(&"maoi_serotonergic_ad"), "{not_checked:?}");

    let mut washout = Person::new();
    let id = washout.takes("Fluoxetine", 20.0, 100);
    washout.stops(id, 10);
    washout.takes("Phenelzine", 15.0, 1);
    let (flags, _) = rules_of(&washout, &Settings::default());
    assert!(flags.contains(&"washout-too-short"), "{flags:?}");
    let row = reference::pack().washouts().iter().find(|row| {
        let is = |id: reference::Text, one: &str| id.as_str() == one;
        is(row.from, "fluoxetine") && is(row.to, "maoi")
    });
    let row = row.unwrap();
    let (flags, not_checked) = rules_of(&washout, &without(&[&format!("{}>{}", row.from, row.to)]));
    assert!(!flags.contains(&"washout-too-short"), "{flags:?}");
    assert!(not_checked.contains(&"washout-too-short"), "{not_checked:?}");
}

#[test]
fn what_is_known_of_a_medicine_can_be_taken_back_and_its_kind_stays() {
    for (rule, name, write) in [
        ("total-above-maximum", "escitalopram", {
            fn too_much(p: &mut Person) {
                p.takes("Escitalopram", 30.0, 30);
            }
            too_much as fn(&mut Person)
        }),
        ("abrupt-stop", "venlafaxine", |p| {
            let id = p.takes("Venlafaxine", 150.0, 200);
            p.stops(id, 3);
        }),
        ("restart-after-gap", "clozapine", |p| {
            let id = p.takes("Clozapine", 200.0, 13);
            p.doses(id, 13, 4, "taken");
        }),
    ] {
        let mut person = Person::new();
        write(&mut person);
        assert!(rules_of(&person, &Settings::default()).0.contains(&rule), "{rule}");
        let (flags, not_checked) = rules_of(&person, &without(&[name]));
        assert!(!flags.contains(&rule) && not_checked.contains(&rule), "{rule}");
    }
    let mut person = Person::new();
    person.takes("Clozapine", 200.0, 200);
    person.notes("Chest pain", "mild", 0);
    let (flags, _) = rules_of(&person, &without(&["clozapine"]));
    assert!(flags.contains(&"red-flag-clozapine-heart"), "{flags:?}");
}

/// Of every case that raises a rule, the flags that are left rest on verified rows, and red flags and
/// the answers about self-harm are left whatever they rest on; what is gone is said.
#[test]
fn a_raised_least_confidence_leaves_what_was_checked_and_what_is_about_danger() {
    use reference::Confidence::Verified;
    let policy = reference::Policy::from_least(Verified);
    let (mut kept, mut gone) = (0, 0);
    for case in CASES.iter().filter(|case| case.raises) {
        let mut person = Person::new();
        (case.write)(&mut person);
        let before = person.review().flags;
        let strict = Settings { policy: policy.clone(), ..person.settings.clone() };
        let found = review(&person.diary, today(), &strict);
        for flag in &found.flags {
            let is_danger = flag.rule.starts_with("red-flag") || flag.rule.starts_with("crisis");
            assert!(is_danger || flag.confidence == Verified, "{}: {}", case.rule, flag.rule);
            kept += 1;
        }
        let said = |rule: &str| found.not_checked.iter().any(|row| row.rule == rule);
        assert!(said("least-confidence"));
        for flag in before {
            let is_kept = found.flags.iter().any(|left| left.rule == flag.rule);
            assert!(is_kept || said(flag.rule), "{}: {} is gone unsaid", case.rule, flag.rule);
            gone += usize::from(!is_kept);
        }
    }
    assert!(kept > 50 && gone > 20, "{kept} kept, {gone} gone");
}

#[test]
fn without_interactions_no_pair_is_told_and_that_is_said() {
    let others: Vec<Capability> =
        Capability::ALL.iter().copied().filter(|part| *part != Capability::Interactions).collect();
    let settings = Settings { offered: Offered::of(&others, false), ..Settings::default() };
    let pairs = |rule: &str| {
        rule == "washout-too-short"
            || rule == "duplicate_same_drug"
            || reference::pack().interactions().iter().any(|row| row.id.as_str() == rule)
    };
    let mut left = 0;
    for case in CASES.iter().filter(|case| case.raises) {
        let mut person = Person::new();
        (case.write)(&mut person);
        let (flags, not_checked) = rules_of(&person, &settings);
        assert!(!flags.iter().any(|rule| pairs(rule)), "{}: {flags:?}", case.name);
        assert!(not_checked.contains(&"interactions"));
        left += usize::from(flags.contains(&case.rule));
    }
    assert!(left > 90, "{left}");
}

/// The end of the way of something that no table lists: the person names its kind, and rules about
/// that kind run.
#[test]
fn the_kind_that_a_person_names_is_enough_for_rules_on_a_class() {
    let named = |name: &str, class: &str| json!({ "kind": "medicine", "name": name, "class": class, "ingredients": [{ "name": name }] });
    let mut person = Person::new();
    person.fact("condition", json!("Bipolar I"));
    let id = person.on(400, named("Newstat", "ssri"));
    person.step(id, 30, "start", 10.0);
    assert!(rules_of(&person, &Settings::default()).0.contains(&"bipolar_antidepressant_mono"));
    let mut person = Person::new();
    let id = person.on(400, named("Newlift", "ssri"));
    person.step(id, 10, "start", 10.0);
    person.on(1, json!({ "kind": "assessment", "instrument": "asrm", "total": 9 }));
    assert!(rules_of(&person, &Settings::default()).0.contains(&"mania-signal"));
    let mut person = Person::new();
    person.takes("Lithium", 900.0, 200);
    let id = person.on(400, named("Backache relief", "nsaid"));
    person.step(id, 3, "start", 200.0);
    assert!(rules_of(&person, &Settings::default()).0.contains(&"lithium_nsaid"));
    // Every kind that the forms offer is one that rules know.
    for kind in doseline::report::medicine_kinds() {
        let is_group = reference::pack().group(kind.class).is_some();
        assert!(is_group || reference::Subclass::parse(kind.class).is_some(), "{}", kind.class);
    }
}

#[test]
fn a_start_of_a_medicine_that_is_not_kept_yet_is_asked_with_it() {
    let mut person = Person::new();
    person.takes("Sertraline", 50.0, 100);
    let draft =
        json!({ "kind": "medicine", "name": "Tramadol", "ingredients": [{ "name": "Tramadol" }] });
    let medicine = prepared(&person.diary, &draft, 2);
    let diary = lately_with(&person.diary, &medicine, today());
    let record = prepared(&diary, &step(medicine.id(), "start", 50.0), 1);
    let flags = check(&diary, &record, today(), &Settings::default());
    let rules: Vec<&str> = flags.iter().map(|flag| flag.rule).collect();
    assert_eq!(rules, ["ssri_tramadol"]);
}

/// Scores got worse since three medicines were begun: one flag for each questionnaire, which names them.
#[test]
fn a_change_for_the_worse_is_told_once_for_each_questionnaire() {
    let mut person = Person::new();
    person.takes("Sertraline", 100.0, 49);
    person.takes("Quetiapine", 50.0, 49);
    person.takes("Newstat", 10.0, 49);
    person.may_take("Hydroxyzine", 25.0, json!({}));
    for (day, phq9, gad7) in [(59, 12, 8), (50, 12, 8), (15, 20, 17), (1, 20, 17)] {
        person.phq9(day, f64::from(phq9));
        person.on(day, json!({ "kind": "assessment", "instrument": "gad-7", "total": gad7 }));
    }
    let found = person.review();
    let worse = found.flags.iter().filter(|flag| flag.rule == "deterioration");
    let about: Vec<&[String]> = worse.map(|flag| flag.about.as_slice()).collect();
    assert_eq!(
        about,
        [
            ["gad-7", "newstat", "quetiapine", "sertraline"],
            ["newstat", "phq-9", "quetiapine", "sertraline"]
        ]
    );
    let flag = person.flag("deterioration").unwrap();
    let why = Words::english().text(&flag.why);
    assert!(why.contains("Sertraline, Quetiapine and Newstat"), "{why}");
}
