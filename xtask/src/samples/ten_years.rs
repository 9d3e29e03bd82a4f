use serde_json::json;

use super::scribe::{Habit, Scribe, Wave, along, clock, items, rating};

const DAYS: i32 = 3650;

/// What its chance starts from.
pub(crate) const SEED: u64 = 0x10_1e45;

/// Days on which a dose changes, and to how much, twice a day.
type Doses = &'static [(i32, f64)];

/// A diary of ten years for measuring: 3,650 check-ins with six ratings each, 21,900 dose events
/// of three medicines taken twice a day and 261 PHQ-9, 25,811 entries; 3 medicines and 10 titration
/// steps come on top.
pub(crate) fn ten_years() -> String {
    let mut scribe = Scribe::new(SEED, DAYS);
    let schedule = |amount: f64| {
        json!({ "repeat": "daily", "unit": "mg", "doses": [
            { "at": "08:00", "amount": amount }, { "at": "20:00", "amount": amount } ] })
    };
    let medicines: [(&str, &str, Doses); 3] = [
        ("Bupropion SR", "bupropion", &[(0, 75.0), (400, 100.0), (1300, 150.0), (2600, 100.0)]),
        ("Lithium", "lithium", &[(0, 300.0), (900, 450.0), (2000, 300.0), (2900, 450.0)]),
        ("Buspirone", "buspirone", &[(0, 10.0), (1700, 15.0)]),
    ];
    let mut habits = Vec::new();
    for (name, reference, steps) in medicines {
        let medicine = scribe.on(
            0,
            json!({
                "kind": "medicine", "name": name,
                "ingredients": [{ "name": name, "reference": reference }],
            }),
        );
        let mut before = 0.0;
        for (day, amount) in steps {
            let action = match before {
                0.0 => "start",
                before if *amount > before => "increase",
                _ => "decrease",
            };
            before = *amount;
            scribe.on(
                *day,
                json!({
                    "kind": "step", "medicine": medicine.to_string(), "action": action,
                    "schedule": schedule(*amount),
                }),
            );
        }
        for due in [clock(8, 0), clock(20, 0)] {
            habits.push(Habit { medicine, due, missed: 0.05, late: 0.05, unrecorded: 0.0 });
        }
    }
    let years = [
        (0, 0.7),
        (200, 0.4),
        (700, 0.2),
        (1100, 0.6),
        (1500, 0.3),
        (2200, 0.2),
        (2500, 0.65),
        (2900, 0.3),
        (DAYS, 0.2),
    ];
    let mut waves = [0.7, 0.6, 0.6, 0.5, 0.5, 0.4].map(Wave::new);
    for day in 0..DAYS {
        let severity = along(&years, day);
        let noise = waves.each_mut().map(|wave| wave.next(&mut scribe.chance));
        let good = |place: usize| rating(9.0 - 7.0 * severity + 1.2 * noise[place]);
        let bad = |place: usize| rating(1.0 + 7.0 * severity + 1.2 * noise[place]);
        scribe.at(
            day,
            clock(21, 0),
            json!({ "kind": "check-in", "ratings": {
            "mood": good(0), "anxiety": bad(1), "energy": good(2),
            "irritability": bad(3), "focus": good(4), "work": good(5),
        } }),
        );
        for habit in &habits {
            habit.day(&mut scribe, day);
        }
        if day % 14 == 0 {
            let weights = [0.95, 1.0, 0.9, 1.05, 0.7, 0.9, 0.8, 0.4, 0.2];
            let items = items(&mut scribe.chance, severity, &weights);
            let entry = json!({ "kind": "assessment", "instrument": "phq-9", "items": items });
            scribe.at(day, clock(19, 0), entry);
        }
    }
    scribe.finish("bench-ten-years")
}
