use serde_json::json;

use super::scribe::{Habit, Scribe, Wave, along, clock, rating};

/// Four weeks at 150 mg, nine weekly steps down over eight weeks, twenty weeks without: the daily
/// doses and the course of Kossakowski and others (2017), the days and numbers made up.
pub(super) fn diary() -> String {
    let mut scribe = Scribe::new(0x7a9e4, 28 + 56 + 140 + 1);
    let last = scribe.last_day();
    let stop = 84;

    profile(&mut scribe);
    scribe.on(
        0,
        json!({ "kind": "outcome", "outcome": "worry", "name": "Worrying",
        "min": 1, "max": 7, "worse": "higher", "smallestChange": 1 }),
    );
    scribe.on(
        0,
        json!({ "kind": "instrument", "instrument": "weekly-depression",
        "name": "Weekly depression score (mean of 13 questions)", "min": 1, "max": 5,
        "worse": "higher", "recallDays": 7 }),
    );
    let medicine = scribe.on(
        0,
        json!({
            "kind": "medicine", "name": "Venlafaxine XR", "form": "capsule", "route": "oral",
            "release": "extended", "purpose": "depression, in the past",
            "ingredients": [{ "name": "Venlafaxine", "reference": "venlafaxine" }],
        }),
    );
    let doses = [
        (0, 150.0),
        (28, 105.0),
        (35, 73.0),
        (42, 51.0),
        (49, 37.0),
        (56, 25.0),
        (63, 18.0),
        (70, 12.0),
        (77, 9.0),
    ];
    for (day, amount) in doses {
        let (action, reason) = match day {
            0 => ("start", "taken for eight and a half years"),
            _ => ("decrease", "planned slow taper"),
        };
        let mut step = json!({
            "kind": "step", "medicine": medicine.to_string(), "action": action, "reason": reason,
            "decidedBy": "together",
            "schedule": { "repeat": "daily", "unit": "mg",
                "doses": [{ "at": "08:00", "amount": amount }] },
        });
        if day == 0 {
            step["since"] = json!("before");
        }
        scribe.on(day, step);
    }
    scribe.on(
        stop,
        json!({ "kind": "step", "medicine": medicine.to_string(), "action": "stop",
        "reason": "end of the planned taper", "decidedBy": "together" }),
    );

    let effects = [
        ("Dizziness", "mild", 37, 46),
        ("Headache", "mild", 44, 52),
        ("Nausea", "mild", 58, 63),
        ("Brain zaps", "mild", 65, 77),
        ("Brain zaps", "moderate", 78, 99),
        ("Vivid dreams", "mild", 72, 108),
        ("Dizziness", "moderate", 85, 97),
    ];
    for (term, severity, onset, end) in effects {
        scribe.effect(term, severity, onset..=end, Some(medicine));
    }

    let mut habit =
        Habit { medicine, due: clock(8, 0), missed: 0.015, late: 0.03, unrecorded: 0.02 };
    let burden = [
        (0, 0.12),
        (28, 0.12),
        (60, 0.18),
        (84, 0.22),
        (98, 0.26),
        (118, 0.26),
        (132, 0.5),
        (160, 0.55),
        (200, 0.6),
        (last, 0.55),
    ];
    let mut slow = Wave::new(0.8);
    let mut quick = [0.3, 0.35, 0.3, 0.3, 0.3].map(Wave::new);
    for day in 0..=last {
        let severity = (along(&burden, day) + 0.05 * slow.next(&mut scribe.chance)).clamp(0.0, 1.0);
        if day < stop {
            habit.day(&mut scribe, day);
            habit.unrecorded = if day > 60 { 0.05 } else { 0.02 };
        }
        for (turn, hour) in [10, 15, 21].into_iter().enumerate() {
            let noise = quick.each_mut().map(|wave| wave.next(&mut scribe.chance));
            let is_today = day == last && turn == 0;
            if !is_today && scribe.chance.happens(0.12 + 0.25 * severity) {
                continue;
            }
            let tired = if turn == 2 { 1.2 } else { 0.0 };
            let worry = (1.0 + 6.0 * severity + 0.8 * noise[4]).round().clamp(1.0, 7.0);
            let mut entry = json!({ "kind": "check-in", "ratings": {
                "mood": rating(8.6 - 6.5 * severity + 0.9 * noise[0]),
                "anxiety": rating(0.6 + 6.0 * severity + 0.9 * noise[1]),
                "energy": rating(8.0 - 6.0 * severity - tired + 0.9 * noise[2]),
                "irritability": rating(0.8 + 4.5 * severity + 0.9 * noise[3]),
                "worry": worry,
            } });
            if turn == 0 {
                let hours = 7.6 - 1.8 * severity + 0.5 * noise[0];
                entry["sleepHours"] = json!((hours * 2.0).round() / 2.0);
            }
            let minute = (scribe.chance.unit() * 50.0) as i32;
            scribe.at(day, clock(hour, minute), entry);
        }
        // Mondays of the study were missed now and then.
        if day % 7 == 0 && !matches!(day, 21 | 49 | 133 | 196) {
            let total = 1.0 + 2.0 * severity + 0.07 * scribe.chance.normal();
            let total = (total.max(1.0) * 13.0).round() / 13.0;
            let total = (total * 1000.0).round() / 1000.0;
            scribe.at(
                day,
                clock(20, 15),
                json!({ "kind": "assessment",
                "instrument": "weekly-depression", "total": total }),
            );
        }
    }
    around(&mut scribe, last);
    scribe.finish("example-taper")
}

fn profile(scribe: &mut Scribe) {
    for fact in [
        json!({ "topic": "condition", "state": "known", "value": "Recurrent depression",
            "diagnosedBy": "Psychiatrist" }),
        json!({ "topic": "birth-year", "state": "known", "value": 1969 }),
        json!({ "topic": "seizures", "state": "known", "value": "no" }),
        json!({ "topic": "kidney", "state": "known", "value": "no" }),
        json!({ "topic": "family-history", "state": "declined" }),
    ] {
        let mut fact = fact;
        fact["kind"] = json!("profile");
        scribe.on(0, fact);
    }
}

fn around(scribe: &mut Scribe, last: i32) {
    for (day, note) in [
        (27, "Plan for the taper agreed: one step a week, stop at any step if it gets too hard."),
        (56, "Going well so far. Carry on."),
        (98, "Two weeks without. The zaps are getting weaker."),
        (160, "Lower for some weeks. Walk every day, come back in a month."),
    ] {
        scribe.at(
            day,
            clock(14, 0),
            json!({ "kind": "visit", "with": "Psychiatrist", "note": note }),
        );
    }
    let visit = scribe.on(last + 4, json!({ "kind": "visit", "with": "Psychiatrist" }));
    for text in [
        "How do we tell withdrawal from the depression coming back?",
        "What would be a reason to start again, and with how much?",
    ] {
        scribe
            .on(last - 2, json!({ "kind": "question", "text": text, "visit": visit.to_string() }));
    }
    scribe.on(
        1,
        json!({ "kind": "goal", "text": "Know how I am without medicine", "attainment": 0 }),
    );
    scribe.on(126, json!({ "kind": "life-event", "title": "A friend moved away" }));
}
