//! What must raise a rule, and near misses that must not.

use serde_json::json;

use crate::person::{Person, step};

/// A rule, a name, and a diary.
pub(crate) struct Case {
    pub(crate) rule: &'static str,
    pub(crate) name: &'static str,
    pub(crate) raises: bool,
    pub(crate) write: fn(&mut Person),
}

macro_rules! cases {
    ($($rule:literal { $(+ $must:literal $write:expr;)* $(- $miss:literal $spare:expr;)* })*) => {
        pub(crate) const CASES: &[Case] = &[$(
            $(Case { rule: $rule, name: $must, raises: true, write: $write },)*
            $(Case { rule: $rule, name: $miss, raises: false, write: $spare },)*
        )*];
    };
}

fn three_signs(p: &mut Person) {
    p.notes("Muscle jerks", "moderate", 1);
    p.notes("Agitation", "moderate", 1);
    p.notes("Sweating", "mild", 1);
}

fn fever_and_stiffness(p: &mut Person) {
    p.notes("Fever or chills", "moderate", 0);
    p.notes("Stiff muscles, slow movement", "severe", 1);
}

/// A trial of sertraline with two scores before and two since.
fn trial(p: &mut Person, name: &str, weeks: i32, before: f64, since: f64) {
    p.fact("condition", json!("Depression"));
    p.takes(name, 100.0, weeks * 7);
    p.phq9(weeks * 7 + 10, before);
    p.phq9(weeks * 7 + 1, before);
    p.phq9(15, since);
    p.phq9(1, since);
}

/// A trial of sertraline in OCD with two totals of the Y-BOCS before and two since.
fn ybocs(p: &mut Person, weeks: i32, before: f64, since: f64) {
    p.fact("condition", json!("OCD"));
    p.takes("Sertraline", 150.0, weeks * 7);
    for (day, total) in [(weeks * 7 + 10, before), (weeks * 7 + 1, before), (15, since), (1, since)]
    {
        p.on(day, json!({ "kind": "assessment", "instrument": "y-bocs-sr", "total": total }));
    }
}

/// A night's worth of a check-in, on several days.
fn nights(p: &mut Person, days: std::ops::RangeInclusive<i32>, mood: f64, energy: f64, hours: f64) {
    for day in days {
        p.on(day, json!({ "kind": "check-in", "ratings": { "mood": mood, "energy": energy }, "sleepHours": hours }));
    }
}

fn asrm(p: &mut Person, days_ago: i32, total: f64) {
    p.on(days_ago, json!({ "kind": "assessment", "instrument": "asrm", "total": total }));
}

/// The person asked that notes are looked at.
fn asked(p: &mut Person) {
    p.settings.phrases = vec!["want to die"];
}

/// Lamotrigine once a day, recorded until so many days ago.
fn lamotrigine(p: &mut Person, until: i32) -> doseline::diary::EntryId {
    let id = p.takes("Lamotrigine", 200.0, 300);
    p.doses(id, 60, until, "taken");
    id
}

/// An injection every so many weeks, which its schedule alone tells.
pub(crate) fn injected(
    p: &mut Person,
    name: &str,
    weeks: i32,
    mg: f64,
) -> doseline::diary::EntryId {
    let id = p.medicine(name);
    let schedule =
        json!({ "repeat": "depot", "weeks": weeks, "unit": "mg", "doses": [{ "amount": mg }] });
    p.on(200, json!({ "kind": "step", "medicine": id.to_string(), "action": "start", "schedule": schedule }));
    id
}

/// A product that gives off its ingredient so, once a day.
fn released(p: &mut Person, name: &str, release: &str, mg: f64) {
    let id = p.on(400, json!({ "kind": "medicine", "name": name, "release": release, "ingredients": [{ "name": name }] }));
    p.step(id, 30, "start", mg);
}

/// An injection of a brand or salt that was given on a day, in milligrams, and of which no plan is noted.
pub(crate) fn given(
    p: &mut Person,
    name: &str,
    ingredient: &str,
    last: i32,
    mg: f64,
) -> doseline::diary::EntryId {
    let id = p.on(
        400,
        json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": ingredient }] }),
    );
    p.on(last, json!({ "kind": "dose", "medicine": id.to_string(), "status": "taken", "amount": mg, "unit": "mg" }));
    id
}

fn depot(p: &mut Person, last: i32) {
    let id = injected(p, "Paliperidone", 4, 100.0);
    p.doses(id, last, last, "taken");
}

/// Coffee on so many days of the two weeks before the last two, and of the last two.
fn caffeine(p: &mut Person, earlier: i32, later: i32) {
    for day in (14..14 + earlier).chain(0..later) {
        p.uses("Coffee", day);
    }
}

/// An as-needed medicine on every so many-th day.
fn now_and_then(p: &mut Person, name: &str, from: i32, every: usize) {
    let id = p.may_take(name, 0.5, json!({}));
    for day in (1..=from).rev().step_by(every) {
        p.doses(id, day, day, "as-needed");
    }
}

cases! {
    "red-flag-serotonin" {
        + "three kinds of signs after a start" |p| { p.takes("Sertraline", 50.0, 5); three_signs(p); };
        + "on two such medicines, long after" |p| { p.takes("Sertraline", 50.0, 200); p.takes("Lithium", 900.0, 100); three_signs(p); };
        + "fever with jerks after a rise" |p| {
            let id = p.takes("Venlafaxine", 75.0, 60);
            p.step(id, 3, "increase", 150.0);
            p.notes("Fever", "mild", 0);
            p.notes("Twitching", "moderate", 0);
        };
        + "with 5-HTP" |p| { p.takes("Sertraline", 50.0, 200); p.uses("5-HTP", 1); three_signs(p); };
        + "with a migraine medicine" |p| { p.takes("Sertraline", 50.0, 200); p.may_take("Sumatriptan", 50.0, json!({})); three_signs(p); };
        + "with methylene blue" |p| { p.takes("Mirtazapine", 30.0, 200); p.uses("Methylene blue", 0); three_signs(p); };
        + "a week after fluoxetine, on phenelzine" |p| { let id = p.takes("Fluoxetine", 20.0, 200); p.stops(id, 20); p.takes("Phenelzine", 15.0, 16); three_signs(p); };
        + "with one of a kind that the person told" |p| {
            p.takes("Lithium", 900.0, 200);
            let id = p.on(400, json!({ "kind": "medicine", "name": "Newstat", "class": "SSRI", "ingredients": [{ "name": "Newstat" }] }));
            p.step(id, 30, "start", 10.0);
            three_signs(p);
        };
        - "one medicine, no step for months" |p| { p.takes("Sertraline", 50.0, 200); three_signs(p); };
        - "one product of it after another" |p| { let id = p.takes("Zoloft", 50.0, 300); p.stops(id, 3); p.takes("Zoloft", 50.0, 200); three_signs(p); };
        - "another that ended long ago" |p| { let id = p.takes("Citalopram", 20.0, 300); p.stops(id, 60); p.takes("Sertraline", 50.0, 50); three_signs(p); };
        - "two kinds of signs only" |p| { p.takes("Sertraline", 50.0, 5); p.notes("Shaking hands", "moderate", 1); p.notes("Sweating", "moderate", 1); };
        - "mild shaking and jitters" |p| { p.takes("Sertraline", 50.0, 5); p.notes("Shaking hands", "mild", 1); p.notes("Feeling more anxious or jittery", "mild", 1); p.notes("Sweating", "mild", 1); };
        - "over for a week" |p| {
            p.takes("Sertraline", 50.0, 12);
            p.noted("Muscle jerks", "moderate", 11, 8);
            p.noted("Agitation", "moderate", 11, 8);
            p.noted("Sweating", "moderate", 11, 8);
        };
    }
    "red-flag-nms" {
        + "fever and stiffness" |p| { p.takes("Haloperidol", 5.0, 200); fever_and_stiffness(p); };
        + "on an injection" |p| { depot(p, 10); fever_and_stiffness(p); };
        + "stiff, confused and sweating" |p| { p.takes("Olanzapine", 10.0, 20); p.notes("Stiffness", "moderate", 0); p.notes("Confusion", "mild", 0); p.notes("Sweating", "mild", 0); };
        + "on one that has no row of its own" |p| { p.takes("Pimozide", 2.0, 200); fever_and_stiffness(p); };
        + "on one of a kind that the person told" |p| {
            let id = p.on(400, json!({ "kind": "medicine", "name": "Newcalm", "class": "antipsychotic", "ingredients": [{ "name": "Newcalm" }] }));
            p.step(id, 30, "start", 5.0);
            fever_and_stiffness(p);
        };
        + "three days after the stop" |p| { let id = p.takes("Haloperidol", 5.0, 200); p.stops(id, 3); fever_and_stiffness(p); };
        + "weeks after the last injection" |p| {
            let id = injected(p, "Paliperidone", 4, 100.0);
            p.stops(id, 20);
            fever_and_stiffness(p);
        };
        + "old stiffness that was mild until yesterday, old fever" |p| {
            p.takes("Haloperidol", 5.0, 200);
            let id = p.notes("Stiff muscles", "mild", 20);
            p.notes("Fever", "mild", 20);
            p.amends(id, "severe", 1);
        };
        + "old stiffness that was mild until last week, old fever" |p| {
            p.takes("Haloperidol", 5.0, 200);
            let id = p.notes("Stiff muscles", "mild", 20);
            p.notes("Fever", "mild", 20);
            p.amends(id, "moderate", 7);
        };
        - "old and as it was, and a new headache" |p| { p.takes("Haloperidol", 5.0, 200); p.notes("Stiff muscles", "moderate", 20); p.notes("Fever", "mild", 20); p.notes("Headache", "mild", 0); };
        - "made stronger weeks ago" |p| {
            p.takes("Haloperidol", 5.0, 200);
            let id = p.notes("Stiff muscles", "mild", 40);
            p.notes("Fever", "mild", 40);
            p.amends(id, "moderate", 20);
        };
        - "milder than it was" |p| {
            p.takes("Haloperidol", 5.0, 200);
            let id = p.notes("Stiff muscles", "severe", 40);
            p.notes("Fever", "mild", 40);
            p.amends(id, "moderate", 1);
        };
        - "two months after the stop" |p| { let id = p.takes("Haloperidol", 5.0, 200); p.stops(id, 60); fever_and_stiffness(p); };
        - "no such medicine" |p| { p.takes("Sertraline", 50.0, 200); fever_and_stiffness(p); };
        - "fever alone" |p| { p.takes("Haloperidol", 5.0, 200); p.notes("Fever", "severe", 0); };
        - "mild stiffness and a fever" |p| { p.takes("Haloperidol", 5.0, 200); p.notes("Stiff muscles", "mild", 5); p.notes("Fever", "mild", 0); };
    }
    "red-flag-lithium-toxicity" {
        + "unsteady and vomiting" |p| { p.takes("Lithium", 900.0, 300); p.notes("Unsteady walking", "mild", 0); p.notes("Throwing up", "moderate", 1); };
        + "slurred and confused, level in range" |p| { p.takes("Lithium", 900.0, 300); p.lab(3, "lithium", 0.8, Some(12.0)); p.notes("Slurred speech", "mild", 0); p.notes("Confusion", "mild", 0); };
        + "coarse shaking and jerks" |p| { p.takes("Lithium", 900.0, 300); p.notes("Shaking hands", "severe", 0); p.notes("Muscle jerks", "mild", 0); };
        + "days after the stop" |p| { let id = p.takes("Lithium", 900.0, 300); p.stops(id, 4); p.notes("Unsteady walking", "mild", 0); p.notes("Throwing up", "moderate", 1); };
        + "a level of 2.1" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "Lithium", 2.1, Some(12.0)); };
        + "a level of 2.0, a day after the dose" |p| { p.takes("Lithium", 900.0, 200); p.lab(1, "Lithium", 2.0, Some(24.0)); };
        + "a level of 2.4, stopped since" |p| { let id = p.takes("Lithium", 900.0, 200); p.stops(id, 2); p.lab(3, "Lithium", 2.4, Some(12.0)); };
        + "severe unsteadiness for weeks, and throwing up" |p| { p.takes("Lithium", 900.0, 300); p.notes("Unsteady walking", "severe", 30); p.notes("Throwing up", "moderate", 30); };
        - "a level of 2.1 without hours" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "Lithium", 2.1, None); };
        - "a level of 2.1 two hours after the dose" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "Lithium", 2.1, Some(2.0)); };
        - "a level of 2.1, then one of 0.8" |p| { p.takes("Lithium", 900.0, 200); p.lab(5, "Lithium", 2.1, Some(12.0)); p.lab(1, "Lithium", 0.8, Some(12.0)); };
        - "a level of 2.1 last month" |p| { p.takes("Lithium", 900.0, 200); p.lab(40, "Lithium", 2.1, Some(12.0)); };
        - "falls asleep, throwing up" |p| { p.takes("Lithium", 900.0, 300); p.notes("Falls asleep early", "mild", 0); p.notes("Throwing up", "moderate", 1); };
        - "fine shaking, loose stools" |p| { p.takes("Lithium", 900.0, 300); p.notes("Shaking hands", "mild", 0); p.notes("Loose stools", "mild", 0); };
        - "one sign alone" |p| { p.takes("Lithium", 900.0, 300); p.notes("Unsteady walking", "severe", 0); };
        - "lithium ended long ago" |p| { let id = p.takes("Lithium", 900.0, 300); p.stops(id, 60); p.notes("Unsteady walking", "mild", 0); p.notes("Throwing up", "moderate", 1); };
    }
    "red-flag-maoi-pressure" {
        + "severe headache and a pounding heart" |p| { p.takes("Phenelzine", 45.0, 60); p.notes("Headache", "severe", 0); p.notes("Heart racing or pounding", "mild", 0); };
        + "severe headache and a stiff neck" |p| { p.takes("Tranylcypromine", 30.0, 60); p.notes("Headache", "severe", 0); p.notes("Stiff neck", "mild", 0); };
        + "measured today" |p| { p.takes("Phenelzine", 45.0, 60); p.pressure(0, 190.0, 110.0); };
        + "a week after the stop" |p| { let id = p.takes("Phenelzine", 45.0, 200); p.stops(id, 10); p.notes("Headache", "severe", 0); p.notes("Sweating", "mild", 0); };
        + "rasagiline" |p| { p.takes("Rasagiline", 1.0, 60); p.notes("Headache", "severe", 0); p.notes("Sweating", "mild", 0); };
        + "selegiline by mouth" |p| { p.takes("Eldepryl", 10.0, 60); p.pressure(0, 190.0, 110.0); };
        - "a month after the stop" |p| { let id = p.takes("Phenelzine", 45.0, 200); p.stops(id, 30); p.notes("Headache", "severe", 0); p.notes("Sweating", "mild", 0); };
        - "a headache like many" |p| { p.takes("Phenelzine", 45.0, 60); p.notes("Headache", "moderate", 0); p.notes("Sweating", "mild", 0); };
        - "another medicine" |p| { p.takes("Sertraline", 50.0, 60); p.notes("Headache", "severe", 0); p.notes("Sweating", "mild", 0); };
        - "measured last week" |p| { p.takes("Phenelzine", 45.0, 60); p.pressure(7, 190.0, 110.0); };
    }
    "red-flag-rash" {
        + "rash and fever" |p| { p.takes("Lamotrigine", 50.0, 20); p.notes("Skin rash", "mild", 0); p.notes("Fever", "mild", 0); };
        + "rash and blisters after months" |p| { p.takes("Carbamazepine", 400.0, 100); p.notes("Rash", "mild", 0); p.notes("Blisters in the mouth", "mild", 0); };
        + "a new rash in the first weeks" |p| { p.takes("Lamotrigine", 50.0, 20); p.notes("Skin rash", "mild", 0); };
        + "peeling skin on any medicine" |p| { p.takes("Sertraline", 50.0, 200); p.notes("Rash", "mild", 0); p.notes("Peeling skin", "mild", 0); };
        + "a swollen face on any medicine" |p| { p.takes("Bupropion", 150.0, 20); p.notes("Hives", "mild", 0); p.notes("Face swelling", "mild", 0); };
        + "rash and fever on any medicine" |p| { p.takes("Olanzapine", 10.0, 20); p.notes("Skin rash", "mild", 0); p.notes("Fever", "mild", 0); };
        - "a rash and swollen ankles" |p| { p.takes("Lamotrigine", 200.0, 365); p.notes("Skin rash", "mild", 0); p.notes("Swollen ankles", "mild", 0); };
        - "a crash" |p| { p.takes("Modafinil", 100.0, 20); p.notes("Afternoon crash", "moderate", 0); };
        - "a rash after a year" |p| { p.takes("Lamotrigine", 200.0, 365); p.notes("Skin rash", "mild", 0); };
        - "another medicine" |p| { p.takes("Sertraline", 50.0, 20); p.notes("Skin rash", "mild", 0); };
        - "itching without a rash" |p| { p.takes("Lamotrigine", 50.0, 20); p.notes("Itching", "mild", 0); };
    }
    "red-flag-clozapine-fever" {
        + "fever" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Fever or chills", "mild", 0); };
        + "severe fever" |p| { p.takes("Clozapine", 200.0, 10); p.notes("Pyrexia", "severe", 1); };
        + "a fever that ended yesterday" |p| { p.takes("Clozapine", 200.0, 100); p.noted("Fever", "mild", 3, 1); };
        - "another medicine" |p| { p.takes("Olanzapine", 10.0, 100); p.notes("Fever", "mild", 0); };
        - "a stuffy nose" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Stuffy or runny nose", "moderate", 0); };
        - "a fever last month" |p| { p.takes("Clozapine", 200.0, 100); p.noted("Fever", "mild", 33, 30); };
    }
    "red-flag-clozapine-heart" {
        + "chest pain" |p| { p.takes("Clozapine", 100.0, 20); p.notes("Chest pain", "mild", 0); };
        + "fast heartbeat and short of breath" |p| { p.takes("Clozapine", 100.0, 20); p.notes("Fast heartbeat", "moderate", 0); p.notes("Short of breath", "mild", 0); };
        + "palpitations and fever" |p| { p.takes("Clozapine", 100.0, 20); p.notes("Palpitations", "moderate", 0); p.notes("Fever", "mild", 0); };
        - "bad breath" |p| { p.takes("Clozapine", 100.0, 20); p.notes("Fast heartbeat", "moderate", 0); p.notes("Bad breath", "mild", 0); };
        - "fast heartbeat alone" |p| { p.takes("Clozapine", 100.0, 20); p.notes("Fast heartbeat", "moderate", 0); };
        - "racing thoughts" |p| { p.takes("Clozapine", 100.0, 20); p.notes("Racing thoughts", "moderate", 0); p.notes("Tired, no energy", "moderate", 0); };
        - "another medicine" |p| { p.takes("Quetiapine", 100.0, 20); p.notes("Chest pain", "mild", 0); };
    }
    "red-flag-clozapine-bowel" {
        + "severe constipation" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Constipation", "severe", 2); };
        + "constipation and belly pain" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Constipation", "mild", 2); p.notes("Stomach pain", "mild", 0); };
        + "constipation that gets in the way" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Constipation", "moderate", 2); };
        - "mild constipation" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Constipation", "mild", 2); };
        - "another medicine" |p| { p.takes("Amitriptyline", 50.0, 100); p.notes("Constipation", "severe", 2); };
        - "stomach pain alone" |p| { p.takes("Clozapine", 200.0, 100); p.notes("Stomach pain", "moderate", 2); };
    }
    "red-flag-dystonia" {
        + "two days after the start" |p| { p.takes("Haloperidol", 5.0, 2); p.notes("Sudden muscle cramp of neck, jaw or eyes", "moderate", 0); };
        + "with trouble swallowing, any time" |p| { p.takes("Haloperidol", 5.0, 200); p.notes("Dystonia", "mild", 0); p.notes("Trouble swallowing", "mild", 0); };
        + "after a rise" |p| { let id = p.takes("Risperidone", 1.0, 60); p.step(id, 3, "increase", 3.0); p.notes("Twisted neck", "mild", 0); };
        + "on one that has no row of its own" |p| { p.takes("Loxapine", 10.0, 2); p.notes("Dystonia", "mild", 0); };
        + "two days after the stop" |p| { let id = p.takes("Haloperidol", 5.0, 5); p.stops(id, 2); p.notes("Dystonia", "mild", 0); };
        - "weeks after the start" |p| { p.takes("Haloperidol", 5.0, 60); p.notes("Dystonia", "mild", 0); };
        - "no such medicine" |p| { p.takes("Sertraline", 50.0, 2); p.notes("Dystonia", "mild", 0); };
        - "muscle pain" |p| { p.takes("Haloperidol", 5.0, 2); p.notes("Muscle pain", "moderate", 0); };
    }
    "red-flag-akathisia" {
        + "with thoughts noted" |p| { p.takes("Aripiprazole", 10.0, 10); p.notes("Cannot sit still, inner restlessness", "moderate", 2); p.notes("Thoughts of dying or hurting yourself", "mild", 1); };
        + "with item 9" |p| { p.takes("Aripiprazole", 10.0, 10); p.notes("Akathisia", "severe", 2); p.item9(1, json!(1)); };
        + "on an antidepressant" |p| { p.takes("Fluoxetine", 20.0, 10); p.notes("Restless", "moderate", 2); p.item9(1, json!(2)); };
        + "restless for weeks, item 9 today" |p| { p.takes("Aripiprazole", 10.0, 60); p.notes("Akathisia", "moderate", 21); p.item9(0, json!(1)); };
        + "another apostrophe" |p| { p.takes("Thioridazine", 100.0, 10); p.notes("Can\u{2019}t sit still", "moderate", 2); p.item9(1, json!(1)); };
        - "restless sleep" |p| { p.takes("Aripiprazole", 10.0, 10); p.notes("Restless sleep", "severe", 2); p.item9(1, json!(1)); };
        - "restless alone" |p| { p.takes("Aripiprazole", 10.0, 10); p.notes("Akathisia", "severe", 2); p.item9(1, json!(0)); };
        - "restless legs" |p| { p.takes("Aripiprazole", 10.0, 10); p.notes("Restless legs in the evening", "severe", 2); p.item9(1, json!(1)); };
        - "no such medicine" |p| { p.takes("Melatonin", 2.0, 10); p.notes("Akathisia", "severe", 2); p.item9(1, json!(1)); };
    }
    "red-flag-priapism" {
        + "on trazodone" |p| { p.takes("Trazodone", 50.0, 10); p.notes("Priapism", "severe", 0); };
        + "on a stimulant" |p| { p.takes("Methylphenidate", 36.0, 200); p.notes("Painful erection", "moderate", 0); };
        + "on an antipsychotic" |p| { p.takes("Quetiapine", 100.0, 30); p.notes("Erection that does not go away", "mild", 0); };
        - "trouble with erections" |p| { p.takes("Trazodone", 50.0, 10); p.notes("Erection problems", "severe", 0); };
        - "no such medicine" |p| { p.takes("Melatonin", 2.0, 10); p.notes("Priapism", "severe", 0); };
        - "last month" |p| { p.takes("Trazodone", 50.0, 60); p.noted("Priapism", "severe", 30, 30); };
    }
    "red-flag-jaundice" {
        + "yellow eyes" |p| { p.takes("Duloxetine", 60.0, 30); p.notes("Yellow skin or eyes", "mild", 0); };
        + "jaundice on valproate" |p| { p.takes("Valproate", 500.0, 30); p.notes("Jaundice", "moderate", 1); };
        + "dark urine and nausea" |p| { p.takes("Naltrexone", 50.0, 30); p.notes("Dark urine", "mild", 1); p.notes("Nausea", "moderate", 1); };
        - "nothing taken" |p| { p.notes("Yellow skin or eyes", "mild", 0); };
        - "dark urine alone" |p| { p.takes("Duloxetine", 60.0, 30); p.notes("Dark urine", "mild", 0); };
        - "nausea and tiredness" |p| { p.takes("Duloxetine", 60.0, 30); p.notes("Nausea", "moderate", 0); p.notes("Tired", "moderate", 0); };
    }
    "red-flag-low-sodium" {
        + "confused with a headache" |p| { p.takes("Sertraline", 50.0, 14); p.notes("Confusion", "mild", 0); p.notes("Headache", "mild", 0); };
        + "a seizure and nausea" |p| { p.takes("Oxcarbazepine", 600.0, 30); p.notes("Seizure", "mild", 0); p.notes("Nausea", "mild", 0); };
        + "a low sodium" |p| { p.takes("Citalopram", 20.0, 300); p.lab(2, "Sodium", 127.0, None); };
        - "a headache and nausea" |p| { p.takes("Sertraline", 50.0, 14); p.notes("Headache", "severe", 0); p.notes("Nausea", "moderate", 0); };
        - "after a year" |p| { p.takes("Sertraline", 50.0, 365); p.notes("Confusion", "mild", 0); p.notes("Headache", "mild", 0); };
        - "a sodium in range" |p| { p.takes("Citalopram", 20.0, 300); p.lab(2, "Sodium", 134.0, None); };
    }
    "red-flag-benzodiazepine-withdrawal" {
        + "a seizure days after the stop" |p| { let id = p.takes("Alprazolam", 2.0, 200); p.stops(id, 3); p.notes("Seizure", "mild", 0); };
        + "hallucinations after a lower dose" |p| { let id = p.takes("Clonazepam", 2.0, 200); p.step(id, 10, "decrease", 0.5); p.notes("Seeing or hearing things others do not", "mild", 1); };
        + "confused while it is paused" |p| { let id = p.takes("Lorazepam", 3.0, 60); p.step(id, 2, "hold", 0.0); p.notes("Confusion", "moderate", 0); };
        + "hearing voices after missed doses" |p| { let id = p.takes("Diazepam", 10.0, 200); p.doses(id, 20, 5, "taken"); p.doses(id, 4, 1, "missed"); p.notes("Hearing voices", "moderate", 0); };
        + "two weeks after the stop" |p| { let id = p.takes("Diazepam", 20.0, 200); p.stops(id, 14); p.notes("Seizure", "severe", 0); };
        + "a seizure while doses went on being missed" |p| { let id = p.takes("Diazepam", 10.0, 200); p.doses(id, 20, 5, "taken"); p.doses(id, 4, 1, "missed"); p.notes("Seizure", "mild", 3); };
        + "a seizure on the first day of missed doses" |p| { let id = p.takes("Diazepam", 10.0, 200); p.doses(id, 20, 4, "taken"); p.doses(id, 3, 1, "missed"); p.notes("Seizure", "mild", 3); };
        + "hearing voices between a lower dose and the stop" |p| { let id = p.takes("Clonazepam", 2.0, 200); p.step(id, 10, "decrease", 0.5); p.stops(id, 2); p.notes("Hearing voices", "mild", 6); };
        + "confused after a switch to another benzodiazepine" |p| { let id = p.takes("Clonazepam", 2.0, 200); p.switches(id, 5, "Diazepam", 5.0); p.notes("Confusion", "moderate", 2); };
        - "shaky and anxious after the stop" |p| { let id = p.takes("Alprazolam", 2.0, 200); p.stops(id, 3); p.notes("Shaking hands", "severe", 0); p.notes("Anxious", "severe", 0); };
        - "a seizure while it is taken as before" |p| { p.takes("Alprazolam", 2.0, 200); p.notes("Seizure", "mild", 0); };
        - "two months after the stop" |p| { let id = p.takes("Alprazolam", 2.0, 200); p.stops(id, 60); p.notes("Confusion", "moderate", 0); };
        - "severe voices since long before the lower dose" |p| { let id = p.takes("Clonazepam", 2.0, 200); p.step(id, 10, "decrease", 0.5); p.notes("Hearing voices", "severe", 90); };
        - "less of another medicine" |p| { let id = p.takes("Melatonin", 2.0, 200); p.stops(id, 3); p.notes("Confusion", "moderate", 0); };
        - "confused on the day of the stop, which may be why" |p| { let id = p.takes("Alprazolam", 2.0, 200); p.stops(id, 3); p.notes("Confusion", "moderate", 3); };
        - "a seizure on the day of the lower dose" |p| { let id = p.takes("Clonazepam", 2.0, 200); p.step(id, 3, "decrease", 0.5); p.notes("Seizure", "mild", 3); };
        - "one product switched for another of it" |p| { let id = p.takes("Ativan", 2.0, 200); p.switches(id, 3, "Lorazepam", 2.0); p.notes("Confusion", "moderate", 0); };
        - "one product of it after another" |p| { let id = p.takes("Ativan", 2.0, 200); p.stops(id, 3); p.takes("Lorazepam", 2.0, 3); p.notes("Confusion", "moderate", 0); };
    }
    "crisis-item-9" {
        + "new" |p| { p.item9(14, json!(0)); p.item9(0, json!(1)); };
        + "first answer, nothing else answered" |p| {
            p.on(0, json!({ "kind": "assessment", "instrument": "phq-9", "items": [null, null, null, null, null, null, null, null, 1] }));
        };
        + "risen" |p| { p.item9(14, json!(1)); p.item9(0, json!(2)); };
        + "often, and not risen" |p| { p.item9(14, json!(3)); p.item9(0, json!(2)); };
        + "one yes among later noes" |p| { p.c_ssrs(0, json!([1, 0, 0, 0, 0, 0, 0])); };
        + "a second yes of the same level" |p| { p.c_ssrs(10, json!([1, 0, 0, 0, 0, 0, 0])); p.c_ssrs(0, json!([1, 1, 0, 0, 0, 0, 0])); };
        + "from a wish to be dead to active thoughts" |p| { p.c_ssrs(10, json!([1, 0, 0, 0, 0, 0, 0])); p.c_ssrs(0, json!([0, 1, 0, 0, 0, 0, 0])); };
        + "another questionnaire that says no" |p| { p.item9(1, json!(2)); p.c_ssrs(0, json!([0, 0, 0, 0, 0, 0, 0])); };
        + "yes again after a no" |p| { p.c_ssrs(20, json!([1, 1, 0, 0, 0, 0, 0])); p.c_ssrs(10, json!([1, 0, null, null, null, 0, 0])); p.c_ssrs(0, json!([1, 1, 0, 0, 0, 0, 0])); };
        // The PHQ-9 looks back 14 days and the C-SSRS screener 30: `recallDays` of their rows. QIDS-SR16
        // looks back 7, and its answer is shown for the 14 that are the least.
        + "as far back as the screener looks" |p| { p.c_ssrs(30, json!([1, 0, 0, 0, 0, 0, 0])); };
        + "as long as any answer is shown" |p| { p.qids_12(14, 1); };
        - "a later no, after which further questions are skipped" |p| { p.c_ssrs(10, json!([1, 1, 2, 3, 0, 0, 0])); p.c_ssrs(0, json!([0, 0, null, null, null, 0, 0])); };
        - "unchanged" |p| { p.item9(14, json!(1)); p.item9(0, json!(1)); };
        - "not at all" |p| { p.item9(14, json!(2)); p.item9(0, json!(0)); };
        - "older than the questionnaire looks back" |p| { p.item9(15, json!(1)); };
        - "older than the screener looks back" |p| { p.c_ssrs(31, json!([1, 0, 0, 0, 0, 0, 0])); };
        - "older than any answer is shown" |p| { p.qids_12(15, 1); };
    }
    "crisis-item-9-unchanged" {
        + "unchanged" |p| { p.item9(14, json!(1)); p.item9(0, json!(1)); };
        + "come down to some days" |p| { p.item9(14, json!(2)); p.item9(0, json!(1)); };
        + "the same yes again" |p| { p.c_ssrs(10, json!([1, 0, 0, 0, 0, 0, 0])); p.c_ssrs(0, json!([1, 0, 0, 0, 0, 0, 0])); };
        + "unanswered in between" |p| { p.item9(20, json!(1)); p.item9(13, json!(1)); p.item9(2, json!(null)); };
        - "risen" |p| { p.item9(14, json!(0)); p.item9(0, json!(1)); };
        - "often" |p| { p.item9(14, json!(2)); p.item9(0, json!(2)); };
        - "not at all" |p| { p.item9(14, json!(1)); p.item9(0, json!(0)); };
    }
    "crisis-words-in-note" {
        + "a note of a check-in" |p| { asked(p); p.writes(3, "Slept badly. I WANT TO DIE."); };
        + "a note of a therapy session" |p| { asked(p); p.on(14, json!({ "kind": "therapy", "therapy": "CBT", "note": "We talked about how I want to die" })); };
        + "an older note that said nothing" |p| { asked(p); p.writes(5, "I want to die"); p.writes(1, "A good day"); };
        - "nobody asked for it" |p| { p.writes(0, "I want to die"); };
        - "another note" |p| { asked(p); p.writes(0, "My phone died and I want a new one"); };
        - "fifteen days ago" |p| { asked(p); p.writes(15, "I want to die"); };
        - "an answer says it already" |p| { asked(p); p.writes(0, "I want to die"); p.item9(0, json!(1)); };
    }
    "duplicate_same_drug" {
        + "brand and generic" |p| { p.takes("Zoloft", 50.0, 30); p.takes("Sertraline", 50.0, 10); };
        + "two brands" |p| { p.takes("Prozac", 20.0, 30); p.takes("Sarafem", 20.0, 10); };
        + "as needed beside daily" |p| { p.takes("Ativan", 0.5, 30); p.may_take("Lorazepam", 0.5, json!({})); };
        - "two strengths" |p| { p.takes("Sertraline", 50.0, 30); p.takes("Sertraline", 25.0, 30); };
        - "one after the other" |p| { let id = p.takes("Zoloft", 50.0, 100); p.stops(id, 20); p.takes("Sertraline", 50.0, 20); };
        - "two medicines" |p| { p.takes("Sertraline", 50.0, 30); p.takes("Melatonin", 2.0, 30); };
    }
    "washout-too-short" {
        + "phenelzine after fluoxetine" |p| { let id = p.takes("Fluoxetine", 20.0, 200); p.stops(id, 20); p.takes("Phenelzine", 15.0, 0); };
        + "sertraline after phenelzine" |p| { let id = p.takes("Phenelzine", 45.0, 200); p.stops(id, 10); p.takes("Sertraline", 50.0, 1); };
        + "planned for next week" |p| { let id = p.takes("Vortioxetine", 10.0, 200); p.stops(id, 3); p.takes("Tranylcypromine", 10.0, -7); };
        - "five weeks after fluoxetine" |p| { let id = p.takes("Fluoxetine", 20.0, 200); p.stops(id, 40); p.takes("Phenelzine", 15.0, 0); };
        - "a week after duloxetine" |p| { let id = p.takes("Duloxetine", 60.0, 200); p.stops(id, 8); p.takes("Phenelzine", 15.0, 0); };
        - "two that need none" |p| { let id = p.takes("Fluoxetine", 20.0, 200); p.stops(id, 2); p.takes("Sertraline", 50.0, 0); };
    }
    "total-above-maximum" {
        + "one product" |p| { p.takes("Escitalopram", 40.0, 30); };
        + "two products" |p| { p.takes("Lexapro", 20.0, 30); p.takes("Escitalopram", 10.0, 30); };
        + "as needed on top" |p| {
            p.takes("Escitalopram", 20.0, 30);
            let id = p.may_take("Escitalopram", 10.0, json!({}));
            p.dose_at(id, 0, 9, 10.0);
        };
        + "tablets beside an injection" |p| { p.takes("Olanzapine", 30.0, 30); injected(p, "Olanzapine", 2, 210.0); };
        + "slow-release, above the limit for it" |p| released(p, "Venlafaxine", "extended", 300.0);
        + "an injection above the most for one" |p| { injected(p, "Haloperidol decanoate", 4, 350.0); };
        + "an injection that its schedule alone tells" |p| { injected(p, "Haldol", 4, 350.0); };
        + "two products of one injection" |p| { injected(p, "Haldol Decanoate", 4, 250.0); injected(p, "Haloperidol decanoate", 4, 100.0); };
        + "an injection without a plan, as it was given" |p| { given(p, "Fluphenazine decanoate", "Fluphenazine", 1, 125.0); };
        - "an injection of the most for one" |p| { injected(p, "Haloperidol decanoate", 4, 300.0); };
        - "an injection above the tablets' limit" |p| { injected(p, "Fluphenazine decanoate", 2, 75.0); };
        - "an injection whose most is not known" |p| { injected(p, "Invega Sustenna", 4, 1000.0); };
        - "a short-acting injection, of which nothing is known" |p| {
            let id = p.on(400, json!({ "kind": "medicine", "name": "Haloperidol", "form": "injection", "ingredients": [{ "name": "Haloperidol" }] }));
            p.step(id, 30, "start", 350.0);
        };
        - "tablets beside an injection, each below its limit" |p| { p.takes("Haloperidol", 90.0, 30); injected(p, "Haloperidol decanoate", 4, 290.0); };
        - "not slow-release, below the limit for that" |p| released(p, "Venlafaxine", "immediate", 300.0);
        - "release not known, below the highest limit" |p| { p.takes("Venlafaxine", 300.0, 30); };
        - "an injection of more a day than any tablets" |p| { injected(p, "Olanzapine", 2, 300.0); };
        - "an injection that only its entry tells" |p| {
            let id = p.on(400, json!({ "kind": "medicine", "name": "Olanzapine", "route": "intramuscular", "ingredients": [{ "name": "Olanzapine" }] }));
            p.step(id, 30, "start", 30.0);
        };
        - "an injection that only its form tells" |p| {
            let id = p.on(400, json!({ "kind": "medicine", "name": "Olanzapine", "form": "injection", "ingredients": [{ "name": "Olanzapine" }] }));
            p.step(id, 30, "start", 30.0);
        };
        - "tablets at the limit beside an injection" |p| { p.takes("Olanzapine", 20.0, 30); injected(p, "Olanzapine", 4, 405.0); };
        - "at the limit" |p| { p.takes("Escitalopram", 20.0, 30); };
        - "not known here" |p| { p.takes("Unlisted", 4000.0, 30); };
        - "under 18" |p| { p.fact("birth-year", json!(2012)); p.takes("Escitalopram", 40.0, 30); };
    }
    "as-needed-too-soon" {
        + "two hours apart" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "minGapHours": 6 })); p.dose_at(id, 0, 8, 25.0); p.dose_at(id, 0, 10, 25.0); };
        + "yesterday" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "minGapHours": 6 })); p.dose_at(id, 1, 8, 25.0); p.dose_at(id, 1, 13, 25.0); };
        + "over midnight" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "minGapHours": 6 })); p.dose_at(id, 1, 23, 25.0); p.dose_at(id, 0, 4, 25.0); };
        - "six hours apart" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "minGapHours": 6 })); p.dose_at(id, 0, 4, 25.0); p.dose_at(id, 0, 10, 25.0); };
        - "no gap agreed" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({})); p.dose_at(id, 0, 8, 25.0); p.dose_at(id, 0, 9, 25.0); };
        - "last week" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "minGapHours": 6 })); p.dose_at(id, 7, 8, 25.0); p.dose_at(id, 7, 9, 25.0); };
    }
    "as-needed-over-limit" {
        + "three of two" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "maxPerDay": 50 })); for hour in [8, 12, 18] { p.dose_at(id, 0, hour, 25.0); } };
        + "one large dose" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "maxPerDay": 50 })); p.dose_at(id, 0, 8, 75.0); };
        + "yesterday, without amounts" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "maxPerDay": 50 })); for _ in 0..3 { p.doses(id, 1, 1, "as-needed"); } };
        - "at the limit" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "maxPerDay": 50 })); for hour in [8, 18] { p.dose_at(id, 0, hour, 25.0); } };
        - "over two days" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({ "maxPerDay": 50 })); for day in [0, 1] { p.dose_at(id, day, 8, 50.0); } };
        - "no limit agreed" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({})); for hour in [8, 12, 18] { p.dose_at(id, 0, hour, 25.0); } };
    }
    "restart-after-gap" {
        + "a week of missed lamotrigine" |p| { let id = lamotrigine(p, 8); p.doses(id, 7, 1, "missed"); };
        + "a week without an entry" |p| { lamotrigine(p, 8); };
        + "two days of clozapine" |p| { let id = p.takes("Clozapine", 200.0, 300); p.doses(id, 60, 3, "taken"); p.doses(id, 2, 1, "missed"); };
        + "taken again today" |p| { let id = lamotrigine(p, 8); p.doses(id, 0, 0, "taken"); };
        + "two missed days in the first week of clozapine" |p| { let id = p.takes("Clozapine", 25.0, 5); p.doses(id, 5, 3, "taken"); p.doses(id, 2, 1, "missed"); };
        + "a missed week in the second week of lamotrigine" |p| { let id = p.takes("Lamotrigine", 25.0, 12); p.doses(id, 12, 8, "taken"); p.doses(id, 7, 1, "skipped"); };
        + "only missed doses are recorded" |p| { let id = p.takes("Clozapine", 200.0, 300); p.doses(id, 2, 1, "missed"); };
        + "missed days, then nothing recorded" |p| { let id = p.takes("Clozapine", 25.0, 8); p.doses(id, 8, 6, "taken"); p.doses(id, 5, 4, "missed"); };
        - "one missed day in the first week of clozapine" |p| { let id = p.takes("Clozapine", 25.0, 5); p.doses(id, 5, 2, "taken"); p.doses(id, 1, 1, "missed"); };
        - "missed days, taken again since" |p| { let id = p.takes("Clozapine", 25.0, 8); p.doses(id, 8, 6, "taken"); p.doses(id, 5, 4, "missed"); p.doses(id, 3, 1, "taken"); };
        - "many doses on few days" |p| { let id = p.takes("Lamotrigine", 200.0, 300); for _ in 0..4 { p.doses(id, 10, 8, "taken"); } };
        - "two days of lamotrigine" |p| { let id = lamotrigine(p, 3); p.doses(id, 2, 1, "missed"); };
        - "doses are never recorded" |p| { p.takes("Lamotrigine", 200.0, 300); };
        - "a medicine without such a rule" |p| { let id = p.takes("Sertraline", 50.0, 300); p.doses(id, 60, 8, "taken"); p.doses(id, 7, 1, "missed"); };
        - "one day of clozapine" |p| { let id = p.takes("Clozapine", 200.0, 300); p.doses(id, 60, 1, "taken"); };
    }
    "injection-overdue" {
        + "two weeks late" |p| depot(p, 42);
        + "four days late" |p| depot(p, 32);
        + "months late" |p| depot(p, 120);
        + "no plan, two weeks past the usual days" |p| { given(p, "Haloperidol decanoate", "Haloperidol", 41, 100.0); };
        + "no plan, four days past the usual days" |p| { given(p, "Invega Sustenna", "Paliperidone", 32, 156.0); };
        + "no plan, of one that is given more often" |p| { given(p, "Fluphenazine decanoate", "Fluphenazine", 18, 25.0); };
        - "no plan, two days past the usual days" |p| { given(p, "Haloperidol decanoate", "Haloperidol", 30, 100.0); };
        - "no plan, and the usual days are not known" |p| { given(p, "Invega Trinza", "Paliperidone", 35, 546.0); };
        - "a plan of more than the usual days" |p| {
            let id = injected(p, "Haloperidol decanoate", 6, 100.0);
            p.doses(id, 35, 35, "taken");
        };
        - "stopped, and the usual days are over" |p| { let id = injected(p, "Haloperidol decanoate", 4, 100.0); p.doses(id, 41, 41, "taken"); p.stops(id, 30); };
        - "tablets without a plan" |p| { given(p, "Haldol", "Haloperidol", 41, 5.0); };
        - "due today" |p| depot(p, 28);
        - "two days late" |p| depot(p, 30);
        - "never recorded" |p| { injected(p, "Paliperidone", 4, 100.0); };
    }
    "sedative-long-use" {
        + "every day for five weeks" |p| { let id = p.takes("Lorazepam", 1.0, 35); p.doses(id, 35, 1, "taken"); };
        + "prescribed daily, no doses recorded" |p| { p.takes("Zolpidem", 5.0, 100); };
        + "two of three days as needed" |p| { let id = p.may_take("Clonazepam", 0.5, json!({})); for day in 1..=60 { if day % 3 != 0 { p.doses(id, day, day, "as-needed"); } } };
        + "oxazepam" |p| { p.takes("Oxazepam", 15.0, 40); };
        + "triazolam" |p| { p.takes("Halcion", 0.25, 40); };
        + "zopiclone" |p| { p.takes("Zopiclone", 7.5, 40); };
        - "every third day" |p| now_and_then(p, "Clonazepam", 60, 3);
        - "three weeks" |p| { let id = p.takes("Lorazepam", 1.0, 20); p.doses(id, 20, 1, "taken"); };
        - "under 18" |p| { p.fact("birth-year", json!(2012)); p.takes("Zolpidem", 5.0, 100); };
        - "another sleep medicine" |p| { p.takes("Melatonin", 2.0, 100); };
    }
    "sedative-rising-use" {
        + "from three to ten days" |p| { let id = p.may_take("Lorazepam", 0.5, json!({})); for day in [16, 20, 24, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] { p.doses(id, day, day, "as-needed"); } };
        + "from four to nine days" |p| { let id = p.may_take("Alprazolam", 0.25, json!({})); for day in [15, 18, 21, 26, 1, 2, 3, 5, 6, 8, 9, 11, 13] { p.doses(id, day, day, "as-needed"); } };
        + "from seven to every day" |p| { let id = p.may_take("Zolpidem", 5.0, json!({})); for day in (1..=14).chain([15, 17, 19, 21, 23, 25, 27]) { p.doses(id, day, day, "as-needed"); } };
        - "as before" |p| now_and_then(p, "Lorazepam", 60, 3);
        - "two days more" |p| { let id = p.may_take("Lorazepam", 0.5, json!({})); for day in [16, 20, 24, 1, 4, 7, 10, 12] { p.doses(id, day, day, "as-needed"); } };
        - "under 18" |p| { p.fact("birth-year", json!(2012)); let id = p.may_take("Lorazepam", 0.5, json!({})); for day in [16, 20, 24, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] { p.doses(id, day, day, "as-needed"); } };
        - "another kind of medicine" |p| { let id = p.may_take("Hydroxyzine", 25.0, json!({})); for day in [16, 20, 24, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] { p.doses(id, day, day, "as-needed"); } };
    }
    "abrupt-stop" {
        + "venlafaxine from 150 to nothing" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.stops(id, 3); };
        + "clonazepam after months" |p| { let id = p.takes("Clonazepam", 1.0, 200); p.stops(id, 1); };
        + "lithium" |p| { let id = p.takes("Lithium", 900.0, 200); p.stops(id, 10); };
        + "hardly lowered first" |p| { let id = p.takes("Sertraline", 200.0, 200); p.step(id, 20, "decrease", 190.0); p.stops(id, 3); };
        + "lithium, its doses of three days missed" |p| { let id = p.takes("Lithium", 900.0, 200); p.doses(id, 20, 4, "taken"); p.doses(id, 3, 1, "missed"); };
        + "clonidine left out on purpose" |p| { let id = p.takes("Clonidine", 0.2, 200); p.doses(id, 2, 1, "skipped"); };
        + "carbamazepine, doses hardly ever noted" |p| { let id = p.takes("Carbamazepine", 400.0, 200); p.doses(id, 2, 1, "missed"); };
        + "lithium paused" |p| { let id = p.takes("Lithium", 900.0, 200); p.step(id, 3, "hold", 0.0); };
        + "venlafaxine paused for more than a week" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.step(id, 9, "hold", 0.0); };
        + "from venlafaxine to bupropion at once" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.switches(id, 3, "Bupropion", 150.0); };
        + "from lithium to valproate at once" |p| { let id = p.takes("Lithium", 900.0, 200); p.switches(id, 3, "Valproate", 500.0); };
        + "from clozapine to another of its kind" |p| { let id = p.takes("Clozapine", 300.0, 200); p.switches(id, 3, "Olanzapine", 10.0); };
        + "from lamotrigine to topiramate at once" |p| { let id = p.takes("Lamotrigine", 200.0, 200); p.switches(id, 3, "Topiramate", 100.0); };
        + "from one MAOI to another at once" |p| { let id = p.takes("Phenelzine", 45.0, 200); p.switches(id, 3, "Tranylcypromine", 30.0); };
        - "from venlafaxine to sertraline, of its kind" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.switches(id, 3, "Sertraline", 50.0); };
        - "from clonazepam to diazepam" |p| { let id = p.takes("Clonazepam", 1.0, 200); p.switches(id, 3, "Diazepam", 15.0); };
        - "from one product to another of the same" |p| { let id = p.takes("Effexor", 150.0, 200); p.switches(id, 3, "Venlafaxine", 150.0); };
        - "paused, and taken up again since" |p| { let id = p.takes("Lithium", 900.0, 200); p.step(id, 9, "hold", 0.0); p.step(id, 2, "resume", 900.0); };
        - "lowered, then paused" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.step(id, 30, "decrease", 75.0); p.step(id, 3, "hold", 0.0); };
        - "switched after it was lowered" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.step(id, 30, "decrease", 37.5); p.switches(id, 3, "Bupropion", 150.0); };
        - "lithium, one dose missed" |p| { let id = p.takes("Lithium", 900.0, 200); p.doses(id, 20, 2, "taken"); p.doses(id, 1, 1, "missed"); };
        - "lithium, taken again since" |p| { let id = p.takes("Lithium", 900.0, 200); p.doses(id, 9, 5, "missed"); p.doses(id, 4, 1, "taken"); };
        - "sertraline missed" |p| { let id = p.takes("Sertraline", 50.0, 200); p.doses(id, 4, 1, "missed"); };
        - "lowered first" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.step(id, 30, "decrease", 75.0); p.stops(id, 3); };
        - "taken for a week" |p| { let id = p.takes("Venlafaxine", 37.5, 10); p.stops(id, 3); };
        - "a month ago" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.stops(id, 30); };
        - "melatonin" |p| { let id = p.takes("Melatonin", 2.0, 200); p.stops(id, 3); };
    }
    "taper-steeper-than-plan" {
        + "a step below next week's plan" |p| {
            let id = p.takes("Diazepam", 10.0, 200);
            p.recorded(-7, 20, step(id, "decrease", 7.5));
            p.recorded(2, 2, step(id, "decrease", 5.0));
        };
        + "stopped before the plan ends" |p| {
            let id = p.takes("Diazepam", 10.0, 200);
            p.recorded(-14, 20, step(id, "decrease", 2.0));
            p.recorded(1, 1, step(id, "stop", 0.0));
        };
        + "two planned steps skipped" |p| {
            let id = p.takes("Paroxetine", 40.0, 200);
            p.recorded(-7, 30, step(id, "decrease", 30.0));
            p.recorded(-21, 30, step(id, "decrease", 20.0));
            p.recorded(5, 5, step(id, "decrease", 10.0));
        };
        - "as planned" |p| {
            let id = p.takes("Diazepam", 10.0, 200);
            p.recorded(2, 20, step(id, "decrease", 7.5));
            p.recorded(-14, 20, step(id, "decrease", 5.0));
        };
        - "no plan" |p| { let id = p.takes("Diazepam", 10.0, 200); p.step(id, 2, "decrease", 2.0); };
        - "planned afterwards" |p| {
            let id = p.takes("Diazepam", 10.0, 200);
            p.recorded(2, 10, step(id, "decrease", 5.0));
            p.recorded(-14, 1, step(id, "increase", 7.5));
        };
    }
    "discontinuation-symptoms" {
        + "brain zaps after a stop" |p| { let id = p.takes("Paroxetine", 20.0, 200); p.stops(id, 4); p.notes("Electric-shock feelings (brain zaps)", "mild", 1); };
        + "dizzy and sick after a lower dose" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.step(id, 6, "decrease", 75.0); p.notes("Dizziness", "mild", 3); p.notes("Nausea", "mild", 3); };
        + "after two missed doses" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.doses(id, 30, 6, "taken"); p.doses(id, 5, 4, "missed"); p.doses(id, 3, 1, "taken"); p.notes("Dizziness", "mild", 3); p.notes("Vivid dreams or nightmares", "mild", 3); };
        + "brain zaps while it is paused" |p| { let id = p.takes("Paroxetine", 20.0, 200); p.step(id, 4, "hold", 0.0); p.notes("Brain zaps", "mild", 1); };
        + "brain zaps between a lower dose and the stop" |p| { let id = p.takes("Paroxetine", 20.0, 200); p.step(id, 10, "decrease", 10.0); p.stops(id, 2); p.notes("Brain zaps", "mild", 6); };
        + "brain zaps while doses went on being missed" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.doses(id, 30, 7, "taken"); p.doses(id, 6, 1, "missed"); p.notes("Brain zaps", "mild", 4); };
        - "sick and a headache after a switch within the kind" |p| { let id = p.takes("Citalopram", 20.0, 200); p.switches(id, 4, "Sertraline", 50.0); p.notes("Nausea", "mild", 1); p.notes("Headache", "mild", 1); };
        - "one product of an MAOI after another" |p| { let id = p.takes("Nardil", 45.0, 200); p.switches(id, 4, "Phenelzine", 45.0); p.notes("Dizziness", "mild", 1); p.notes("Nausea", "mild", 1); };
        - "one common sign" |p| { let id = p.takes("Venlafaxine", 150.0, 200); p.stops(id, 4); p.notes("Headache", "mild", 1); };
        - "before the change" |p| { let id = p.takes("Paroxetine", 20.0, 200); p.stops(id, 4); p.notes("Brain zaps", "mild", 10); };
        - "a month later" |p| { let id = p.takes("Paroxetine", 20.0, 200); p.stops(id, 30); p.notes("Dizziness", "mild", 1); p.notes("Nausea", "mild", 1); };
    }
    "mania-signal" {
        + "ASRM 6 in bipolar disorder" |p| { p.fact("condition", json!("Bipolar II disorder")); asrm(p, 1, 6.0); };
        + "ASRM 8 after a start" |p| { p.takes("Sertraline", 50.0, 20); asrm(p, 1, 8.0); };
        + "three short nights, high" |p| { p.fact("condition", json!("Bipolar disorder")); nights(p, 4..=30, 5.0, 5.0, 7.5); nights(p, 1..=3, 9.0, 9.0, 4.0); };
        + "ASRM 7 with one blank" |p| { p.fact("condition", json!("Bipolar disorder")); p.on(1, json!({ "kind": "assessment", "instrument": "asrm", "items": [2, 2, 3, null, 0] })); };
        + "three short nights, told at other hours than the mood" |p| {
            p.fact("condition", json!("Bipolar disorder"));
            nights(p, 4..=30, 5.0, 5.0, 7.5);
            for day in 1..=3 {
                p.on(day, json!({ "kind": "check-in", "sleepHours": 4.0 }));
                p.on(day, json!({ "kind": "check-in", "ratings": { "mood": 9 } }));
                p.on(day, json!({ "kind": "check-in", "ratings": { "energy": 8 } }));
            }
        };
        + "three short nights, where a clinic tells earlier" |p| { p.settings.mania_rating = 7.0; p.settings.mania_short_by = 1.0; p.fact("condition", json!("Bipolar disorder")); nights(p, 4..=30, 5.0, 5.0, 7.5); nights(p, 1..=3, 7.0, 7.0, 6.5); };
        - "three nights below what is told" |p| { p.fact("condition", json!("Bipolar disorder")); nights(p, 4..=30, 5.0, 5.0, 7.5); nights(p, 1..=3, 7.0, 7.0, 6.5); };
        - "ASRM 5 with one blank" |p| { p.fact("condition", json!("Bipolar disorder")); p.on(1, json!({ "kind": "assessment", "instrument": "asrm", "items": [2, 2, 1, null, 0] })); };
        - "high on other days than the short nights" |p| {
            p.fact("condition", json!("Bipolar disorder"));
            nights(p, 6..=30, 5.0, 5.0, 7.5);
            nights(p, 3..=5, 9.0, 9.0, 7.5);
            nights(p, 1..=2, 5.0, 5.0, 4.0);
        };
        - "ASRM 5" |p| { p.fact("condition", json!("Bipolar disorder")); asrm(p, 1, 5.0); };
        - "ASRM 8, no such medicine or condition" |p| { p.fact("condition", json!("Depression")); asrm(p, 1, 8.0); };
        - "under 18" |p| { p.fact("birth-year", json!(2012)); p.fact("condition", json!("Bipolar II disorder")); asrm(p, 1, 8.0); };
        - "ASRM 8, no condition known" |p| asrm(p, 1, 8.0);
        - "short nights, low mood" |p| { p.fact("condition", json!("Bipolar disorder")); nights(p, 4..=30, 5.0, 5.0, 7.5); nights(p, 1..=3, 3.0, 4.0, 4.0); };
        - "two nights" |p| { p.fact("condition", json!("Bipolar disorder")); nights(p, 3..=30, 5.0, 5.0, 7.5); nights(p, 1..=2, 9.0, 9.0, 4.0); };
        - "bipolar disorder is denied" |p| { p.fact("condition", json!("No bipolar disorder")); asrm(p, 1, 6.0); };
        - "bipolar disorder of the mother" |p| { p.fact("condition", json!("my mother has bipolar disorder")); asrm(p, 1, 6.0); };
    }
    "ocd-expectations" {
        + "week 5 of fluoxetine" |p| { p.fact("condition", json!("OCD")); p.takes("Fluoxetine", 40.0, 36); };
        + "week 11 of clomipramine" |p| { p.fact("condition", json!("Obsessive-compulsive disorder")); p.takes("Clomipramine", 100.0, 78); };
        + "week 4 of sertraline" |p| { p.fact("condition", json!("ocd")); p.takes("Sertraline", 100.0, 28); };
        - "week 2" |p| { p.fact("condition", json!("OCD")); p.takes("Fluoxetine", 40.0, 14); };
        - "week 13" |p| { p.fact("condition", json!("OCD")); p.takes("Fluoxetine", 40.0, 91); };
        - "depression" |p| { p.fact("condition", json!("Depression")); p.takes("Fluoxetine", 40.0, 36); };
        - "no condition known" |p| { p.takes("Fluoxetine", 40.0, 36); };
        - "in the family" |p| { p.fact("condition", json!("Family history of OCD")); p.takes("Fluoxetine", 40.0, 36); };
        - "taken back since" |p| { p.fact("condition", json!("OCD")); p.fact_on(9, "condition", json!("no OCD, anxiety")); p.takes("Fluoxetine", 40.0, 36); };
        - "denied" |p| { p.fact("condition", json!("anxiety, never had OCD")); p.takes("Fluoxetine", 40.0, 36); };
    }
    "stimulant-blood-pressure" {
        + "pressure on two days" |p| { p.takes("Lisdexamfetamine", 50.0, 60); p.pressure(10, 142.0, 84.0); p.pressure(3, 138.0, 92.0); };
        + "pulse on two days" |p| { p.takes("Methylphenidate", 36.0, 60); p.measures(10, "pulse", 104.0, "/min"); p.measures(3, "pulse", 100.0, "/min"); };
        + "pressure and pulse" |p| { p.takes("Dextroamphetamine", 10.0, 60); p.measures(10, "pulse", 110.0, "/min"); p.pressure(3, 145.0, 85.0); };
        - "twice on one day" |p| { p.takes("Lisdexamfetamine", 50.0, 60); p.pressure(3, 142.0, 84.0); p.pressure(3, 144.0, 84.0); };
        - "before the start" |p| { p.takes("Lisdexamfetamine", 50.0, 5); p.pressure(10, 142.0, 84.0); p.pressure(3, 142.0, 84.0); };
        - "below" |p| { p.takes("Lisdexamfetamine", 50.0, 60); p.pressure(10, 139.0, 89.0); p.pressure(3, 138.0, 89.0); };
        - "another medicine" |p| { p.takes("Melatonin", 2.0, 60); p.pressure(10, 142.0, 84.0); p.pressure(3, 142.0, 84.0); };
    }
    "weight-gain" {
        + "five per cent" |p| { p.takes("Olanzapine", 10.0, 90); p.measures(90, "weight", 80.0, "kg"); p.measures(2, "weight", 84.0, "kg"); };
        + "eight per cent" |p| { p.takes("Quetiapine", 200.0, 120); p.measures(118, "weight", 70.0, "kg"); p.measures(5, "weight", 75.6, "kg"); };
        + "in pounds" |p| { p.takes("Clozapine", 200.0, 90); p.measures(95, "weight", 80.0, "kg"); p.measures(5, "weight", 190.0, "lb"); };
        + "on one that has no row of its own" |p| { p.takes("Loxapine", 10.0, 90); p.measures(90, "weight", 80.0, "kg"); p.measures(2, "weight", 84.0, "kg"); };
        - "four per cent" |p| { p.takes("Olanzapine", 10.0, 90); p.measures(90, "weight", 80.0, "kg"); p.measures(2, "weight", 83.2, "kg"); };
        - "no weight at the start" |p| { p.takes("Olanzapine", 10.0, 90); p.measures(40, "weight", 80.0, "kg"); p.measures(2, "weight", 86.0, "kg"); };
        - "no antipsychotic" |p| { p.takes("Sertraline", 50.0, 90); p.measures(90, "weight", 80.0, "kg"); p.measures(2, "weight", 86.0, "kg"); };
    }
    "lithium-level" {
        + "1.6" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "Lithium", 1.6, Some(12.0)); };
        + "1.3" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "lithium level", 1.3, Some(11.5)); };
        + "0.4" |p| { p.takes("Lithium", 600.0, 200); p.lab(3, "lithium", 0.4, Some(12.0)); };
        + "1.6, a day after the dose" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "lithium", 1.6, Some(24.0)); };
        + "1.6, then 0.8 without hours" |p| { p.takes("Lithium", 900.0, 200); p.lab(20, "lithium", 1.6, Some(12.0)); p.lab(3, "lithium", 0.8, None); };
        + "2.1 last month" |p| { p.takes("Lithium", 900.0, 200); p.lab(40, "lithium", 2.1, Some(12.0)); };
        - "0.4, a day after the dose" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "lithium", 0.4, Some(24.0)); };
        - "0.8" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "lithium", 0.8, Some(12.0)); };
        - "1.6 without hours" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "lithium", 1.6, None); };
        - "1.6 two hours after the dose" |p| { p.takes("Lithium", 900.0, 200); p.lab(3, "lithium", 1.6, Some(2.0)); };
        - "followed by 0.8" |p| { p.takes("Lithium", 900.0, 200); p.lab(20, "lithium", 1.6, Some(12.0)); p.lab(3, "lithium", 0.8, Some(12.0)); };
    }
    "monitoring-due" {
        + "lithium, half a year without a level" |p| { p.takes("Lithium", 900.0, 500); for name in ["egfr", "tsh", "calcium", "sodium"] { p.lab(20, name, 5.0, None); } p.measures(20, "weight", 80.0, "kg"); p.lab(220, "lithium", 0.7, Some(12.0)); };
        + "an antipsychotic, no weight in three months" |p| { p.takes("Olanzapine", 10.0, 90); };
        + "clozapine, three weeks without a count" |p| { p.takes("Clozapine", 200.0, 100); p.lab(22, "ANC", 4.0, None); p.measures(5, "weight", 80.0, "kg"); p.pressure(5, 120.0, 80.0); p.lab(5, "glucose", 5.0, None); p.lab(5, "cholesterol", 5.0, None); };
        - "lithium, all done last month" |p| { p.takes("Lithium", 900.0, 500); for name in ["egfr", "tsh", "calcium", "sodium"] { p.lab(30, name, 5.0, None); } p.measures(30, "weight", 80.0, "kg"); p.lab(30, "lithium", 0.7, Some(12.0)); };
        - "an antipsychotic, second week" |p| { p.takes("Olanzapine", 10.0, 14); };
        - "sertraline for years" |p| { p.takes("Sertraline", 50.0, 390); };
    }
    "no-improvement" {
        + "seven weeks, as before" |p| trial(p, "Sertraline", 7, 16.0, 16.0);
        + "eight weeks, a tenth better" |p| trial(p, "Mirtazapine", 8, 20.0, 18.0);
        + "ten weeks, a little better" |p| trial(p, "Venlafaxine", 10, 15.0, 13.0);
        + "the Y-BOCS after twelve weeks" |p| ybocs(p, 12, 24.0, 22.0);
        + "bipolar disorder and OCD are denied" |p| { p.fact("condition", json!("depression, not bipolar, no OCD")); trial(p, "Sertraline", 8, 16.0, 16.0); };
        + "bipolar disorder of the father" |p| { p.fact("condition", json!("Depression; my father had bipolar disorder")); trial(p, "Sertraline", 8, 16.0, 16.0); };
        - "the Y-BOCS after eleven weeks" |p| ybocs(p, 11, 24.0, 22.0);
        - "a Y-BOCS below its band of moderate, from 16 on" |p| ybocs(p, 13, 16.0, 15.0);
        - "five weeks" |p| trial(p, "Sertraline", 5, 16.0, 16.0);
        - "a third better" |p| trial(p, "Sertraline", 8, 16.0, 10.0);
        - "no condition known" |p| { trial(p, "Sertraline", 8, 16.0, 16.0); p.fact("condition", json!(null)); };
        - "an injection, of which no usual dose is known" |p| {
            p.fact("condition", json!("Depression"));
            injected(p, "Sertraline", 1, 700.0);
            for (day, score) in [(210, 16.0), (201, 16.0), (15, 16.0), (1, 16.0)] {
                p.phq9(day, score);
            }
        };
        - "in bipolar disorder" |p| { p.fact("condition", json!("Bipolar disorder")); trial(p, "Sertraline", 8, 16.0, 16.0); };
        - "under 18" |p| { p.fact("birth-year", json!(2012)); trial(p, "Sertraline", 8, 16.0, 16.0); };
    }
    "deterioration" {
        + "eight points up" |p| trial(p, "Sertraline", 7, 12.0, 20.0);
        + "on any medicine" |p| trial(p, "Quetiapine", 7, 8.0, 17.0);
        + "on a medicine that no table lists" |p| trial(p, "Newstat", 7, 12.0, 20.0);
        + "early on" |p| { p.takes("Sertraline", 50.0, 20); p.phq9(30, 10.0); p.phq9(21, 10.0); p.phq9(8, 18.0); p.phq9(1, 18.0); };
        + "on what is only taken as needed" |p| {
            p.may_take("Hydroxyzine", 25.0, json!({}));
            for (day, total) in [(110, 12.0), (101, 12.0), (15, 20.0), (1, 20.0)] { p.phq9(day, total); }
        };
        - "with nothing but what is bought in the shop" |p| {
            p.takes("Ibuprofen", 400.0, 100);
            for (day, total) in [(110, 12.0), (101, 12.0), (15, 20.0), (1, 20.0)] { p.phq9(day, total); }
        };
        - "four points up" |p| trial(p, "Sertraline", 7, 12.0, 16.0);
        - "one bad score" |p| { p.takes("Sertraline", 50.0, 50); p.phq9(60, 12.0); p.phq9(51, 12.0); p.phq9(15, 12.0); p.phq9(1, 21.0); };
        - "months ago" |p| { p.takes("Sertraline", 50.0, 200); p.phq9(210, 10.0); p.phq9(201, 10.0); p.phq9(80, 20.0); p.phq9(60, 20.0); };
    }
    "own-allergy" {
        + "by its name, among others" |p| { p.fact("allergy", json!("penicillin, Sertraline (hives)")); p.takes("Sertraline", 50.0, 5); };
        + "a bad reaction to its brand, misspelt" |p| { p.fact("past-reaction", json!("Lamictel: rash")); p.takes("Lamotrigine", 25.0, 5); };
        + "its class" |p| { p.fact("allergy", json!("NSAIDs")); p.uses("ibuprofen", 1); };
        + "a name that no table lists" |p| { p.fact("allergy", json!("no, but Newpam made my face swell")); p.takes("Newpam", 1.0, 5); };
        + "a later note on something else" |p| { p.fact("allergy", json!("lithium")); p.fact("allergy", json!("not allergic to sertraline")); p.takes("Lithium", 900.0, 5); };
        + "of the mother and of the person" |p| { p.fact("allergy", json!("my mother and I are allergic to sertraline")); p.takes("Sertraline", 50.0, 5); };
        + "of the person as of all the family" |p| { p.fact("allergy", json!("I am allergic to sertraline like everyone in my family")); p.takes("Sertraline", 50.0, 5); };
        + "as the mother saw it" |p| { p.fact("past-reaction", json!("My mother noticed hives after sertraline")); p.takes("Sertraline", 50.0, 5); };
        - "another medicine" |p| { p.fact("allergy", json!("penicillin, Sertraline")); p.takes("Citalopram", 20.0, 5); };
        - "denied" |p| { p.fact("allergy", json!("not allergic to sertraline")); p.takes("Sertraline", 50.0, 5); };
        - "taken back since" |p| { p.fact("allergy", json!("sertraline")); p.fact("allergy", json!("none")); p.takes("Sertraline", 50.0, 5); };
        - "ended" |p| { p.fact("allergy", json!("sertraline")); let id = p.takes("Sertraline", 50.0, 100); p.stops(id, 90); };
        - "of the mother" |p| { p.fact("allergy", json!("my mother is allergic to sertraline")); p.takes("Sertraline", 50.0, 5); };
    }
    "bupropion_withdrawal" {
        + "lorazepam stopped this week" |p| { p.takes("Bupropion", 150.0, 100); let id = p.takes("Lorazepam", 1.0, 200); p.stops(id, 4); };
        + "clonazepam lowered" |p| { p.takes("Bupropion", 150.0, 100); let id = p.takes("Clonazepam", 1.0, 200); p.step(id, 10, "decrease", 0.5); };
        + "zolpidem stopped" |p| { p.takes("Bupropion", 150.0, 100); let id = p.takes("Zolpidem", 5.0, 90); p.stops(id, 14); };
        - "stopped a month ago" |p| { p.takes("Bupropion", 150.0, 100); let id = p.takes("Lorazepam", 1.0, 200); p.stops(id, 30); };
        - "taken for a week only" |p| { p.takes("Bupropion", 150.0, 100); let id = p.takes("Lorazepam", 1.0, 11); p.stops(id, 4); };
        - "another medicine" |p| { p.takes("Sertraline", 50.0, 100); let id = p.takes("Lorazepam", 1.0, 200); p.stops(id, 4); };
    }
    "duloxetine_alcohol" {
        + "AUDIT-C at the higher cut-off" |p| { p.takes("Duloxetine", 60.0, 100); p.audit_c(30, 4.0); };
        + "AUDIT-C far above it" |p| { p.takes("Cymbalta", 60.0, 100); p.audit_c(300, 11.0); };
        + "risen since" |p| { p.takes("Duloxetine", 60.0, 100); p.audit_c(90, 1.0); p.audit_c(2, 7.0); };
        - "between the cut-offs for women and men" |p| { p.takes("Duloxetine", 60.0, 100); p.audit_c(30, 3.0); };
        - "two years ago" |p| { p.takes("Duloxetine", 60.0, 100); p.audit_c(380, 9.0); };
        - "another medicine" |p| { p.takes("Venlafaxine", 75.0, 100); p.audit_c(30, 9.0); };
        - "less since" |p| { p.takes("Duloxetine", 60.0, 100); p.audit_c(90, 9.0); p.audit_c(2, 2.0); };
    }
    "lithium_caffeine" {
        + "coffee on most days, rarely before" |p| { p.takes("Lithium", 900.0, 100); caffeine(p, 3, 10); };
        + "every day" |p| { p.takes("Lithium", 900.0, 100); caffeine(p, 5, 14); };
        + "five days more" |p| { p.takes("Lithium", 900.0, 100); caffeine(p, 4, 9); };
        - "as before" |p| { p.takes("Lithium", 900.0, 100); caffeine(p, 10, 12); };
        - "noted for the first time" |p| { p.takes("Lithium", 900.0, 100); caffeine(p, 0, 14); };
        - "no longer noted" |p| { p.takes("Lithium", 900.0, 100); caffeine(p, 14, 0); };
    }
    "clozapine_caffeine" {
        + "coffee on most days, rarely before" |p| { p.takes("Clozapine", 200.0, 100); caffeine(p, 3, 10); };
        + "every day" |p| { p.takes("Clozapine", 200.0, 100); caffeine(p, 5, 14); };
        + "five days more" |p| { p.takes("Clozapine", 200.0, 100); caffeine(p, 4, 9); };
        - "as before" |p| { p.takes("Clozapine", 200.0, 100); caffeine(p, 10, 12); };
        - "on olanzapine" |p| { p.takes("Olanzapine", 10.0, 100); caffeine(p, 3, 10); };
        - "no longer noted" |p| { p.takes("Clozapine", 200.0, 100); caffeine(p, 14, 0); };
    }
    "valproate_pregnancy" {
        + "possible" |p| { p.fact("pregnancy-possible", json!("yes")); p.takes("Valproate", 500.0, 30); };
        + "pregnant" |p| { p.fact("pregnancy", json!("yes")); p.takes("Depakote", 500.0, 30); };
        + "months given" |p| { p.fact("pregnancy", json!("third month")); p.takes("Valproate", 500.0, 30); };
        + "trying, with a partner" |p| { p.fact("pregnancy-possible", json!("my partner and I are trying")); p.takes("Valproate", 500.0, 30); };
        - "neither" |p| { p.fact("pregnancy", json!("no")); p.fact("pregnancy-possible", json!("no")); p.takes("Valproate", 500.0, 30); };
        - "not known" |p| { p.takes("Valproate", 500.0, 30); };
        - "another medicine" |p| { p.fact("pregnancy-possible", json!("yes")); p.takes("Lamotrigine", 100.0, 30); };
        - "in other words than no" |p| { p.fact("pregnancy", json!("not pregnant")); p.fact("pregnancy-possible", json!("n/a")); p.takes("Valproate", 500.0, 30); };
        - "a pregnancy of last year" |p| { p.fact_on(295, "pregnancy", json!("yes")); p.takes("Valproate", 500.0, 30); };
        - "not known since" |p| { p.fact("pregnancy", json!("yes")); p.fact_on(9, "pregnancy", json!(null)); p.takes("Valproate", 500.0, 30); };
        - "of a sister" |p| { p.fact("pregnancy", json!("my sister is pregnant")); p.takes("Valproate", 500.0, 30); };
    }
    "bipolar_antidepressant_mono" {
        + "sertraline alone" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); };
        + "two antidepressants" |p| { p.fact("condition", json!("bipolar disorder")); p.takes("Bupropion", 150.0, 30); p.takes("Mirtazapine", 15.0, 30); };
        + "with an antipsychotic that is not for it" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); p.takes("Brexpiprazole", 2.0, 300); };
        + "with topiramate" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); p.takes("Topiramate", 100.0, 300); };
        + "with oxcarbazepine" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); p.takes("Oxcarbazepine", 600.0, 300); };
        + "lithium ended" |p| { p.fact("condition", json!("bipolar disorder")); let id = p.takes("Lithium", 900.0, 300); p.stops(id, 60); p.takes("Sertraline", 50.0, 30); };
        - "with lithium" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); p.takes("Lithium", 900.0, 300); };
        - "with one of a kind that the person told" |p| {
            p.fact("condition", json!("Bipolar I"));
            p.takes("Sertraline", 50.0, 30);
            let id = p.on(400, json!({ "kind": "medicine", "name": "Newcalm", "class": "antipsychotic", "ingredients": [{ "name": "Newcalm" }] }));
            p.step(id, 30, "start", 5.0);
        };
        - "with lamotrigine" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); p.takes("Lamotrigine", 200.0, 300); };
        - "with quetiapine" |p| { p.fact("condition", json!("Bipolar I")); p.takes("Sertraline", 50.0, 30); p.takes("Quetiapine", 300.0, 300); };
        - "depression" |p| { p.fact("condition", json!("Depression")); p.takes("Sertraline", 50.0, 30); };
        - "denied" |p| { p.fact("condition", json!("Depression, bipolar disorder ruled out")); p.takes("Sertraline", 50.0, 30); };
        - "of the mother" |p| { p.fact("condition", json!("My mother has bipolar disorder")); p.takes("Sertraline", 50.0, 30); };
    }
    "bupropion_eating_disorder" {
        + "told" |p| { p.fact("eating-disorder", json!("bulimia, years ago")); p.takes("Bupropion", 150.0, 30); };
        + "as a condition" |p| { p.fact("condition", json!("Anorexia nervosa")); p.takes("Bupropion", 150.0, 30); };
        + "seizures" |p| { p.fact("seizures", json!("yes")); p.takes("Bupropion", 150.0, 30); };
        + "own seizures, and later a brother's" |p| { p.fact("seizures", json!("yes")); p.fact_on(9, "seizures", json!("my brother has epilepsy too")); p.takes("Bupropion", 150.0, 30); };
        - "neither" |p| { p.fact("eating-disorder", json!("no")); p.fact("seizures", json!("none")); p.takes("Bupropion", 150.0, 30); };
        - "another medicine" |p| { p.fact("eating-disorder", json!("bulimia")); p.takes("Fluoxetine", 40.0, 30); };
        - "not known" |p| { p.takes("Bupropion", 150.0, 30); };
        - "denied as a condition" |p| { p.fact("condition", json!("never had anorexia or bulimia")); p.takes("Bupropion", 150.0, 30); };
        - "seizures of a brother" |p| { p.fact("seizures", json!("my brother has epilepsy")); p.takes("Bupropion", 150.0, 30); };
    }
    "stimulant_bipolar" {
        + "bipolar disorder" |p| { p.fact("condition", json!("Bipolar II")); p.takes("Methylphenidate", 18.0, 10); };
        + "psychosis" |p| { p.fact("condition", json!("Psychosis in 2019")); p.takes("Lisdexamfetamine", 30.0, 10); };
        + "schizoaffective" |p| { p.fact("condition", json!("Schizoaffective disorder")); p.takes("Dexmethylphenidate", 10.0, 10); };
        - "ADHD" |p| { p.fact("condition", json!("ADHD")); p.takes("Methylphenidate", 18.0, 10); };
        - "no stimulant" |p| { p.fact("condition", json!("Bipolar II")); p.takes("Atomoxetine", 40.0, 10); };
        - "not known" |p| { p.takes("Methylphenidate", 18.0, 10); };
        - "denied" |p| { p.fact("condition", json!("ADHD, no psychosis and not bipolar")); p.takes("Methylphenidate", 18.0, 10); };
        - "in the family" |p| { p.fact("condition", json!("ADHD. Schizophrenia runs in the family")); p.takes("Methylphenidate", 18.0, 10); };
    }
    "lithium_dehydration" {
        + "vomiting" |p| { p.takes("Lithium", 900.0, 300); p.notes("Throwing up", "moderate", 1); };
        + "loose stools" |p| { p.takes("Lithium", 900.0, 300); p.notes("Diarrhoea", "severe", 2); };
        + "until yesterday" |p| { p.takes("Lithium", 900.0, 300); p.noted("Vomiting", "moderate", 3, 1); };
        - "mildly loose stools" |p| { p.takes("Lithium", 900.0, 300); p.notes("Loose stools", "mild", 2); };
        - "another medicine" |p| { p.takes("Sertraline", 50.0, 300); p.notes("Throwing up", "moderate", 1); };
        - "last month" |p| { p.takes("Lithium", 900.0, 300); p.noted("Vomiting", "moderate", 33, 30); };
    }
    "clozapine_smoking" {
        + "stopped last week" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.on(7, json!({ "kind": "profile", "topic": "smoking", "state": "known", "value": "no" })); };
        + "started" |p| { p.takes("Olanzapine", 10.0, 300); p.fact("smoking", json!("no")); p.on(20, json!({ "kind": "profile", "topic": "smoking", "state": "known", "value": "ten a day" })); };
        + "today" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.on(0, json!({ "kind": "profile", "topic": "smoking", "state": "known", "value": "no" })); };
        + "stopped, in the person's words" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("ten a day")); p.fact_on(7, "smoking", json!("quit last week")); };
        + "stopped, and said so twice" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(20, "smoking", json!("no")); p.fact_on(5, "smoking", json!("none at all")); };
        + "stopped, not for the first time" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("quit again in May")); };
        + "stopped, and hopes" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("quit, I hope for good")); };
        + "no longer" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("I no longer smoke")); };
        + "not anymore" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("ten a day")); p.fact_on(7, "smoking", json!("not anymore")); };
        + "not any more" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("ten a day")); p.fact_on(7, "smoking", json!("I don't smoke any more")); };
        + "no more cigarettes" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("ten a day")); p.fact_on(7, "smoking", json!("no more cigarettes")); };
        + "smoke-free" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("smoke-free since last week")); };
        + "smokefree" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("smokefree")); };
        - "smokes, in other words" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("ten a day")); };
        - "does not, in other words" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("no")); p.fact_on(7, "smoking", json!("I never have")); };
        - "trying to quit" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("trying to quit")); };
        - "hopes to quit" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("hoping to quit again")); };
        - "quite a lot" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("quite a lot")); };
        - "no more than before" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("no more than ten a day")); };
        - "not smoke-free yet" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("not smoke-free")); };
        - "quit, and begun again" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("quit in May but started again")); };
        - "has not quit" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("haven't quit")); };
        - "not sure" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.fact_on(7, "smoking", json!("not sure")); };
        - "smokes as before" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.on(7, json!({ "kind": "profile", "topic": "smoking", "state": "known", "value": "yes" })); };
        - "stopped in spring" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("yes")); p.on(60, json!({ "kind": "profile", "topic": "smoking", "state": "known", "value": "no" })); };
        - "another medicine" |p| { p.takes("Sertraline", 50.0, 300); p.fact("smoking", json!("yes")); p.on(7, json!({ "kind": "profile", "topic": "smoking", "state": "known", "value": "no" })); };
        - "no smoker, in other words" |p| { p.takes("Clozapine", 200.0, 300); p.fact("smoking", json!("no")); p.fact_on(7, "smoking", json!("I have never smoked")); };
    }
}
