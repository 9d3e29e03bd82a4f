use doseline::diary::EntryId;
use serde_json::json;

use super::scribe::{Habit, Scribe, Wave, along, clock, items, rating};

/// The antidepressant: added, and stopped again.
const ADDED: i32 = 112;
const STOPPED: i32 = 139;

/// Forty weeks with bipolar disorder: lithium brought up by its levels, quetiapine at night, a
/// depression, sertraline added, activation a good week later, sertraline stopped, slow calm.
pub(super) fn diary() -> String {
    let mut scribe = Scribe::new(0xb1_90_1a, 40 * 7 + 1);
    let last = scribe.last_day();
    profile(&mut scribe);
    scribe.on(
        0,
        json!({ "kind": "outcome", "outcome": "elevated-mood", "name": "Mood too high",
        "min": 0, "max": 10, "worse": "higher", "smallestChange": 2 }),
    );
    let medicines = regimen(&mut scribe);

    let low = [
        (0, 0.25),
        (50, 0.25),
        (75, 0.62),
        (ADDED, 0.66),
        (122, 0.5),
        (130, 0.25),
        (150, 0.2),
        (175, 0.4),
        (210, 0.3),
        (last, 0.22),
    ];
    let high = [
        (0, 0.3),
        (14, 0.15),
        (40, 0.05),
        (120, 0.05),
        (129, 0.5),
        (137, 0.72),
        (145, 0.6),
        (160, 0.2),
        (175, 0.06),
        (last, 0.05),
    ];
    let habit = |medicine, hour, missed| Habit {
        medicine,
        due: clock(hour, 0),
        missed,
        late: 0.05,
        unrecorded: 0.02,
    };
    let [lithium, quetiapine, sertraline, _] = medicines;
    let habits = [
        (0..=last, habit(lithium, 20, 0.03)),
        (0..=last, habit(quetiapine, 22, 0.05)),
        (ADDED..=STOPPED - 1, habit(sertraline, 8, 0.03)),
    ];
    let mut waves = [0.6, 0.5, 0.6, 0.5, 0.5].map(Wave::new);
    for day in 0..=last {
        let (low, high) = (along(&low, day), along(&high, day));
        let noise = waves.each_mut().map(|wave| wave.next(&mut scribe.chance));
        let is_missing = scribe.chance.happens(0.06 + 0.15 * low + 0.2 * high);
        if day == last || !is_missing {
            let sleep = 7.6 + 1.2 * low - 4.2 * high + 0.6 * noise[0];
            let entry = json!({ "kind": "check-in", "ratings": {
                "mood": rating(6.8 - 5.5 * low + 3.0 * high + noise[0]),
                "energy": rating(6.3 - 5.0 * low + 4.5 * high + noise[1]),
                "irritability": rating(1.5 + 2.0 * low + 6.0 * high + noise[2]),
                "anxiety": rating(1.8 + 3.5 * low + 2.0 * high + noise[3]),
                "elevated-mood": rating(9.5 * high + 0.6 * noise[4]),
            }, "sleepHours": (sleep.clamp(1.5, 12.0) * 2.0).round() / 2.0 });
            scribe.at(day, clock(21, 15), entry);
        }
        for (days, habit) in &habits {
            if days.contains(&day) {
                habit.day(&mut scribe, day);
            }
        }
        if day % 28 == 0 || day == ADDED - 7 {
            let weights = [0.95, 1.0, 0.85, 1.05, 0.7, 0.9, 0.9, 0.5, 0.0];
            let items = items(&mut scribe.chance, low, &weights);
            scribe.at(
                day,
                clock(19, 0),
                json!({ "kind": "assessment", "instrument": "phq-9",
                "items": items, "difficulty": (2.4 * low.max(high)).round() }),
            );
        }
        if matches!(day % 28, 9 | 23) {
            scribe.at(
                day,
                clock(17, 0),
                json!({ "kind": "therapy",
                "therapy": "Psychoeducation group", "minutes": 90 }),
            );
        }
    }
    measurements(&mut scribe);
    side_effects(&mut scribe, medicines);
    around(&mut scribe, last);
    scribe.finish("example-bipolar")
}

fn regimen(scribe: &mut Scribe) -> [EntryId; 4] {
    let mut medicine = |day, name: &str, reference: &str, purpose: &str| {
        scribe.on(
            day,
            json!({ "kind": "medicine", "name": name, "form": "tablet",
            "route": "oral", "purpose": purpose,
            "ingredients": [{ "name": name, "reference": reference }] }),
        )
    };
    let lithium = medicine(0, "Lithium carbonate", "lithium", "bipolar disorder");
    let quetiapine = medicine(0, "Quetiapine", "quetiapine", "sleep and bipolar disorder");
    let sertraline = medicine(ADDED, "Sertraline", "sertraline", "low phase");
    let ibuprofen = medicine(199, "Ibuprofen", "ibuprofen", "back pain");
    let steps = [
        (0, lithium, "start", 600.0, "20:00", "after a high phase"),
        (11, lithium, "increase", 900.0, "20:00", "level too low"),
        (0, quetiapine, "start", 50.0, "22:00", "sleep"),
        (3, quetiapine, "increase", 150.0, "22:00", "planned step"),
        (7, quetiapine, "increase", 300.0, "22:00", "planned step"),
        (196, quetiapine, "decrease", 200.0, "22:00", "tired, gaining weight"),
        (ADDED, sertraline, "augment", 50.0, "08:00", "six weeks of low mood"),
    ];
    for (day, medicine, action, amount, at, reason) in steps {
        scribe.on(
            day,
            json!({ "kind": "step", "medicine": medicine.to_string(),
            "action": action, "reason": reason, "decidedBy": "together",
            "schedule": { "repeat": "daily", "unit": "mg",
                "doses": [{ "at": at, "amount": amount }] } }),
        );
    }
    scribe.on(
        STOPPED,
        json!({ "kind": "step", "medicine": sertraline.to_string(),
        "action": "stop", "reason": "sleeping four hours, racing thoughts",
        "decidedBy": "prescriber" }),
    );
    scribe.on(
        199,
        json!({ "kind": "step", "medicine": ibuprofen.to_string(), "action": "start",
        "reason": "bought for back pain", "decidedBy": "person",
        "schedule": { "repeat": "as-needed", "maxPerDay": 1200, "minGapHours": 6, "unit": "mg",
            "doses": [{ "amount": 400 }] } }),
    );
    for (day, hour) in [(199, 9), (199, 18), (200, 10), (202, 19)] {
        scribe.at(
            day,
            clock(hour, 10),
            json!({ "kind": "dose",
            "medicine": ibuprofen.to_string(), "status": "as-needed", "amount": 400,
            "unit": "mg" }),
        );
    }
    scribe.on(
        205,
        json!({ "kind": "step", "medicine": ibuprofen.to_string(), "action": "stop",
        "reason": "raises lithium levels", "decidedBy": "prescriber" }),
    );
    [lithium, quetiapine, sertraline, ibuprofen]
}

/// Levels are drawn twelve hours after the evening dose.
fn measurements(scribe: &mut Scribe) {
    for (day, level) in [(7, 0.44), (18, 0.68), (60, 0.71), (135, 0.66), (204, 0.89), (245, 0.70)] {
        scribe.at(
            day,
            clock(8, 0),
            json!({ "kind": "measurement", "measure": "lab",
            "analyte": "lithium", "value": level, "unit": "mmol/L", "hoursSinceDose": 12 }),
        );
    }
    for (day, thyroid, creatinine) in [(0, 1.9, 71), (60, 2.4, 73), (135, 3.1, 74), (245, 3.6, 76)]
    {
        scribe.at(
            day,
            clock(8, 0),
            json!({ "kind": "measurement", "measure": "lab",
            "analyte": "TSH", "value": thyroid, "unit": "mIU/L" }),
        );
        scribe.at(
            day,
            clock(8, 0),
            json!({ "kind": "measurement", "measure": "lab",
            "analyte": "creatinine", "value": creatinine, "unit": "umol/L" }),
        );
    }
    let weights = [(0, 74.2), (60, 76.8), (190, 79.6), (280, 78.5)];
    for day in (0..=scribe.last_day()).step_by(28) {
        let kilograms = along(&weights, day) + 0.4 * scribe.chance.normal();
        scribe.at(
            day,
            clock(7, 20),
            json!({ "kind": "measurement", "measure": "weight",
            "value": (kilograms * 10.0).round() / 10.0, "unit": "kg" }),
        );
    }
}

fn side_effects(scribe: &mut Scribe, [lithium, quetiapine, sertraline, _]: [EntryId; 4]) {
    let last = scribe.last_day();
    for (term, severity, days, medicine) in [
        ("Shaky hands", "mild", 14..=last, lithium),
        ("Very thirsty", "mild", 9..=120, lithium),
        ("Sleepiness in the morning", "moderate", 4..=40, quetiapine),
        ("Sleepiness in the morning", "mild", 41..=195, quetiapine),
        ("Weight gain", "mild", 70..=last, quetiapine),
        ("Restlessness", "moderate", 124..=146, sertraline),
    ] {
        scribe.effect(term, severity, days, Some(medicine));
    }
}

fn profile(scribe: &mut Scribe) {
    for mut fact in [
        json!({ "topic": "condition", "state": "known", "value": "Bipolar disorder, type II",
            "diagnosedBy": "Psychiatrist" }),
        json!({ "topic": "birth-year", "state": "known", "value": 1984 }),
        json!({ "topic": "kidney", "state": "known", "value": "no" }),
        json!({ "topic": "liver", "state": "known", "value": "no" }),
        json!({ "topic": "heart", "state": "unknown" }),
        json!({ "topic": "family-history", "state": "known",
            "value": "Mother: bipolar disorder, did well on lithium" }),
        json!({ "topic": "smoking", "state": "known", "value": "yes" }),
    ] {
        fact["kind"] = json!("profile");
        scribe.on(0, fact);
    }
}

fn around(scribe: &mut Scribe, last: i32) {
    for (day, note) in [
        (0, "Lithium from tonight, first level in a week."),
        (11, "Level 0.44, step up."),
        (61, "Level fine. Low mood coming, watch it."),
        (ADDED, "Add a small antidepressant. Call at the first short nights."),
        (STOPPED, "Too little sleep, too much going on. Stop it today."),
        (205, "Level higher than before. No ibuprofen with lithium."),
        (246, "Level back. Weight a little down."),
    ] {
        scribe.at(
            day,
            clock(10, 30),
            json!({ "kind": "visit", "with": "Psychiatrist", "note": note }),
        );
    }
    let visit = scribe.on(last + 10, json!({ "kind": "visit", "with": "Psychiatrist" }));
    for text in ["Can the evening tablet go down further?", "When is the next blood test?"] {
        let visit = visit.to_string();
        scribe.on(last - 3, json!({ "kind": "question", "text": text, "visit": visit }));
    }
    scribe.on(
        5,
        json!({ "kind": "goal", "text": "In bed by eleven, also at weekends", "attainment": 1 }),
    );
    let (from, to) = (scribe.date(133), scribe.date(160));
    scribe.on(133, json!({ "kind": "span", "span": "sick-leave", "from": from, "to": to }));
    scribe.on(136, json!({ "kind": "life-event", "title": "Bought two bicycles in one day" }));
    for day in [20, 48, 90, 131, 134, 180, 230] {
        scribe.at(
            day,
            clock(23, 0),
            json!({ "kind": "substance", "substance": "Alcohol",
            "quantity": if day > 130 && day < 140 { 5 } else { 2 }, "countedIn": "glasses" }),
        );
    }
}
