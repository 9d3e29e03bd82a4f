use doseline::diary::EntryId;
use serde_json::json;

use super::scribe::{Habit, Scribe, Wave, along, clock, items, rating};

/// The days on which something is decided.
const START: i32 = 14;
const INCREASE: i32 = 42;
const SWITCH: i32 = 98;

/// Thirty-four weeks of a first treatment: two PHQ-9 before it, sertraline 50 and 100 mg with a
/// partial response, a switch to venlafaxine up to 150 mg, response, then remission. Therapy
/// begins in the week of the increase, so that the two cannot be told apart.
pub(super) fn diary() -> String {
    let mut scribe = Scribe::new(0xdec1de, 34 * 7 + 1);
    let last = scribe.last_day();
    profile(&mut scribe);
    let (sertraline, venlafaxine) = regimen(&mut scribe);

    let course = [
        (0, 0.86),
        (START, 0.86),
        (35, 0.76),
        (63, 0.62),
        (90, 0.56),
        (SWITCH, 0.56),
        (108, 0.6),
        (126, 0.48),
        (154, 0.28),
        (182, 0.15),
        (last, 0.12),
    ];
    let mut habits = [
        Habit {
            medicine: sertraline,
            due: clock(8, 0),
            missed: 0.05,
            late: 0.05,
            unrecorded: 0.03,
        },
        Habit {
            medicine: venlafaxine,
            due: clock(8, 0),
            missed: 0.03,
            late: 0.04,
            unrecorded: 0.02,
        },
    ];
    // A hard fortnight with more forgotten doses.
    let hard = 70..84;
    let mut waves = [0.6, 0.5, 0.5, 0.4, 0.4, 0.3, 0.3, 0.3].map(Wave::new);
    for day in 0..=last {
        let severity = along(&course, day) + if hard.contains(&day) { 0.08 } else { 0.0 };
        let noise = waves.each_mut().map(|wave| wave.next(&mut scribe.chance));
        let felt = (severity - 0.05 * noise[0]).clamp(0.0, 1.0);
        let at_home = (7..=56).contains(&day);
        check_in(&mut scribe, day, felt, &noise, at_home, day == last);
        let habit = &mut habits[usize::from(day >= SWITCH)];
        if day >= START {
            if day == 31 {
                scribe.later(
                    day,
                    0,
                    json!({ "kind": "dose", "medicine": sertraline.to_string(),
                    "scheduled": "08:00", "status": "skipped", "reason": "stomach bug" }),
                );
            } else {
                let missed = habit.missed;
                habit.missed += if hard.contains(&day) { 0.2 } else { 0.0 };
                habit.day(&mut scribe, day);
                habit.missed = missed;
            }
        }
        // Every other week; the second a day early, before the first dose.
        if (day % 14 == 0 && day != START) || day == START - 1 {
            phq9(&mut scribe, day, severity);
        }
        if day % 28 == 0 {
            let weights = [1.0, 0.95, 1.05, 0.9, 0.6, 0.8, 0.6];
            let items = items(&mut scribe.chance, 0.85 * severity, &weights);
            let entry = json!({ "kind": "assessment", "instrument": "gad-7", "items": items });
            scribe.at(day, clock(19, 20), entry);
        }
        let session = (44..=200).contains(&day) && day % 7 == 2 || day > 200 && day % 14 == 2;
        if session && !matches!(day, 107 | 149) {
            scribe.at(
                day,
                clock(16, 0),
                json!({ "kind": "therapy",
                "therapy": "Cognitive behavioural therapy", "minutes": 50 }),
            );
        }
        if day % 7 == 4 && scribe.chance.happens(0.5) {
            let glasses = 1.0 + (scribe.chance.unit() * 3.0).floor();
            scribe.at(
                day,
                clock(22, 30),
                json!({ "kind": "substance", "substance": "Alcohol",
                "quantity": glasses, "countedIn": "glasses" }),
            );
        }
    }
    side_effects(&mut scribe, sertraline, venlafaxine);
    around(&mut scribe, last);
    scribe.finish("example-depression")
}

fn check_in(
    scribe: &mut Scribe,
    day: i32,
    felt: f64,
    noise: &[f64; 8],
    at_home: bool,
    is_today: bool,
) {
    if !is_today && scribe.chance.happens(0.05 + 0.25 * felt) {
        return;
    }
    let mut ratings = json!({
        "mood": rating(8.3 - 7.0 * felt + 1.0 * noise[0]),
        "anxiety": rating(0.8 + 6.5 * felt + 1.1 * noise[1]),
        "energy": rating(7.8 - 6.5 * felt + 1.0 * noise[2]),
        "irritability": rating(1.0 + 4.5 * felt + 1.1 * noise[3]),
        "focus": rating(8.0 - 6.0 * felt + 1.0 * noise[4]),
    });
    if !at_home && day % 7 < 5 {
        ratings["work"] = json!(rating(8.2 - 6.0 * felt + 1.0 * noise[5]));
    }
    if day % 3 == 0 {
        ratings["home"] = json!(rating(8.2 - 5.5 * felt + 1.0 * noise[6]));
        ratings["people"] = json!(rating(8.0 - 6.0 * felt + 1.0 * noise[7]));
    }
    let sleep = (7.6 - 2.2 * felt + 0.6 * noise[6]).clamp(2.0, 11.0);
    let mut entry = json!({ "kind": "check-in", "ratings": ratings,
        "sleepHours": (sleep * 2.0).round() / 2.0 });
    match day {
        9 => entry["note"] = json!("Could not get up before noon."),
        60 => entry["note"] = json!("First walk with Mia in weeks. Tired, but good."),
        76 => {
            entry["note"] = json!("Slept at the hospital chair. Forgot my tablets again.");
            entry["tags"] = json!(["family"]);
        }
        140 => entry["note"] = json!("Laughed at dinner. Noticed it only afterwards."),
        _ => {}
    }
    let minute = (scribe.chance.unit() * 80.0) as i32;
    scribe.at(day, clock(20, 10) + minute, entry);
}

fn phq9(scribe: &mut Scribe, day: i32, severity: f64) {
    let weights = [0.95, 1.0, 0.9, 1.1, 0.7, 0.95, 0.85, 0.45, 0.0];
    let mut items = items(&mut scribe.chance, severity, &weights);
    items[8] = u8::from(day == 0);
    let difficulty = (3.0 * severity).round().clamp(0.0, 3.0);
    scribe.at(
        day,
        clock(19, 0),
        json!({ "kind": "assessment", "instrument": "phq-9",
        "items": items, "difficulty": difficulty }),
    );
}

fn regimen(scribe: &mut Scribe) -> (EntryId, EntryId) {
    let sertraline = scribe.on(
        START,
        json!({
            "kind": "medicine", "name": "Sertraline", "form": "tablet", "route": "oral",
            "purpose": "depression",
            "ingredients": [{ "name": "Sertraline", "reference": "sertraline",
                "strength": { "amount": 50, "unit": "mg" } }],
        }),
    );
    let venlafaxine = scribe.on(
        SWITCH,
        json!({
            "kind": "medicine", "name": "Venlafaxine XR", "form": "capsule", "route": "oral",
            "release": "extended", "purpose": "depression",
            "ingredients": [{ "name": "Venlafaxine", "reference": "venlafaxine" }],
        }),
    );
    let steps = [
        (START, sertraline, "start", 50.0, "moderate to severe depression"),
        (INCREASE, sertraline, "increase", 100.0, "some better, not enough"),
        (SWITCH, venlafaxine, "switch", 37.5, "partial response and lower sex drive"),
        (105, venlafaxine, "increase", 75.0, "planned step"),
        (126, venlafaxine, "increase", 150.0, "still low energy"),
    ];
    for (day, medicine, action, amount, reason) in steps {
        let mut step = json!({
            "kind": "step", "medicine": medicine.to_string(), "action": action, "reason": reason,
            "decidedBy": if day == START { "prescriber" } else { "together" },
            "schedule": { "repeat": "daily", "unit": "mg",
                "doses": [{ "at": "08:00", "amount": amount }] },
        });
        if action == "switch" {
            step["replacing"] = json!(sertraline.to_string());
        }
        scribe.on(day, step);
    }
    (sertraline, venlafaxine)
}

fn side_effects(scribe: &mut Scribe, sertraline: EntryId, venlafaxine: EntryId) {
    let last = scribe.last_day();
    let effects = [
        ("Nausea", "moderate", START + 1..=START + 6, sertraline),
        ("Nausea", "mild", START + 7..=START + 13, sertraline),
        ("Trouble sleeping", "mild", START + 3..=START + 24, sertraline),
        ("Lower sex drive", "mild", 38..=55, sertraline),
        ("Lower sex drive", "moderate", 56..=112, sertraline),
        ("Dry mouth", "mild", SWITCH + 2..=SWITCH + 30, venlafaxine),
        ("Nausea", "mild", SWITCH + 1..=SWITCH + 8, venlafaxine),
        ("Sweating", "mild", 131..=last, venlafaxine),
    ];
    for (term, severity, days, medicine) in effects {
        scribe.effect(term, severity, days, Some(medicine));
    }
}

fn profile(scribe: &mut Scribe) {
    for mut fact in [
        json!({ "topic": "condition", "state": "known", "value": "Depression",
            "diagnosedBy": "Family doctor" }),
        json!({ "topic": "birth-year", "state": "known", "value": 1991 }),
        json!({ "topic": "allergy", "state": "known", "value": "Penicillin" }),
        json!({ "topic": "pregnancy", "state": "known", "value": "no" }),
        json!({ "topic": "pregnancy-possible", "state": "known", "value": "yes" }),
        json!({ "topic": "smoking", "state": "known", "value": "no" }),
        json!({ "topic": "heart", "state": "known", "value": "no" }),
        json!({ "topic": "family-history", "state": "unknown" }),
        json!({ "topic": "eating-disorder", "state": "declined" }),
    ] {
        fact["kind"] = json!("profile");
        scribe.on(0, fact);
    }
}

fn around(scribe: &mut Scribe, last: i32) {
    for (day, with, note) in [
        (
            START,
            "Family doctor",
            "Talked about medicine and therapy. Start now, come back in 4 weeks.",
        ),
        (INCREASE, "Family doctor", "A little better. Step up."),
        (SWITCH, "Psychiatrist", "Better by a third, sex drive low. Change medicine."),
        (126, "Psychiatrist", "Step up. Check blood pressure."),
        (182, "Psychiatrist", "Feeling like myself. Stay on this dose."),
    ] {
        scribe.at(day, clock(11, 0), json!({ "kind": "visit", "with": with, "note": note }));
    }
    for (day, upper, lower) in
        [(START, 118, 76), (126, 122, 79), (182, 127, 82), (last - 3, 126, 81)]
    {
        scribe.at(
            day,
            clock(11, 20),
            json!({ "kind": "measurement", "measure": "blood-pressure",
            "value": upper, "diastolic": lower, "unit": "mmHg" }),
        );
    }
    for (day, kilograms) in [(START, 68.4), (INCREASE, 67.6), (126, 68.0), (last - 3, 68.9)] {
        scribe.at(
            day,
            clock(7, 30),
            json!({ "kind": "measurement", "measure": "weight",
            "value": kilograms, "unit": "kg" }),
        );
    }
    let visit = scribe.on(last + 5, json!({ "kind": "visit", "with": "Psychiatrist" }));
    for text in [
        "How long should I stay on it now that I am well?",
        "Is the sweating something we can do about?",
        "What are the first signs that it comes back?",
    ] {
        let visit = visit.to_string();
        scribe.on(last - 1, json!({ "kind": "question", "text": text, "visit": visit }));
    }
    let goals = [("Cook dinner three times a week", 1), ("Back to work full time", 0)];
    for (text, attainment) in goals {
        scribe.on(20, json!({ "kind": "goal", "text": text, "attainment": attainment }));
    }
    let (from, to) = (scribe.date(7), scribe.date(56));
    scribe.on(7, json!({ "kind": "span", "span": "sick-leave", "from": from, "to": to }));
    scribe.on(71, json!({ "kind": "life-event", "title": "Mother in hospital" }));
    scribe.on(160, json!({ "kind": "life-event", "title": "Moved in with Mia" }));
}
