//! Where a medicine stands and what falls due, case by case. Weeks and intervals are those of the
//! tables `journey.json` and `monitoring.json`, whose rows name their sources.

use doseline::analysis::journey::{StageDays, Standing, Subject, has_condition, journey};
use doseline::analysis::{Columns, DoseLog};
use doseline::diary::{Day, Regimen};
use doseline::error::Message;
use doseline::reference::{Condition, Confidence, Stage};
use doseline::report::Words;
use doseline::safety::{Due, DueKind, Settings, agenda};
use serde_json::json;

use crate::person::{Person, ago, today};

fn standings(person: &Person) -> Vec<Standing> {
    standings_by(person, StageDays::default())
}

fn standings_by(person: &Person, stage_days: StageDays) -> Vec<Standing> {
    let diary = &person.diary;
    let (regimen, log, columns) = (Regimen::of(diary), DoseLog::of(diary), Columns::of(diary));
    journey(Subject {
        diary,
        regimen: &regimen,
        log: &log,
        columns: &columns,
        today: today(),
        stage_days,
    })
}

fn stage(person: &Person) -> (Stage, Option<(u16, u16)>) {
    let [only] = standings(person).try_into().expect("one medicine");
    (only.stage, only.week)
}

/// What a clinic may set: days of a start, of a remission and of a taper. 5 weeks lie between the falls.
#[test]
fn a_clinic_sets_the_days_of_a_start_a_remission_and_a_taper() {
    let usual = StageDays::default();
    let stage = |write: &dyn Fn(&mut Person), stage_days: StageDays| {
        let [only] = standings_by(&of(write), stage_days).try_into().expect("one medicine");
        only.stage
    };
    let begun = |p: &mut Person| {
        p.takes("Sertraline", 50.0, 10);
    };
    let well = |p: &mut Person| {
        p.takes("Sertraline", 50.0, 100);
        p.phq9(30, 4.0);
        p.phq9(7, 3.0);
    };
    let falling = |p: &mut Person| {
        let id = p.takes("Sertraline", 100.0, 300);
        p.step(id, 75, "decrease", 75.0);
        p.step(id, 40, "decrease", 50.0);
    };
    for (write, stage_days, stages) in [
        (
            &begun as &dyn Fn(&mut Person),
            StageDays { starting: 14, ..usual },
            [Stage::InTrial, Stage::Starting],
        ),
        (&well, StageDays { remission: 56, ..usual }, [Stage::Maintained, Stage::WeeksOver]),
        (&falling, StageDays { taper: 28, ..usual }, [Stage::Tapering, Stage::Maintained]),
    ] {
        assert_eq!([stage(write, usual), stage(write, stage_days)], stages);
    }
}

fn due(person: &Person) -> Vec<Due> {
    agenda(&person.diary, &standings(person), today(), &Settings::default()).due
}

fn days(person: &Person, kind: DueKind) -> Vec<Day> {
    due(person).iter().filter(|due| due.kind == kind).map(|due| due.day).collect()
}

/// A stage, the week of a trial, and what leads there.
type Case<'a> = (Stage, Option<(u16, u16)>, &'a dyn Fn(&mut Person));

/// A person and what they take, in one line a case.
fn of(write: impl FnOnce(&mut Person)) -> Person {
    let mut person = Person::new();
    write(&mut person);
    person
}

#[test]
fn a_medicine_is_told_where_it_stands() {
    use Stage::*;
    // Sertraline: usual range from 50 mg; six weeks a trial, and 12 in OCD.
    let cases: [Case<'_>; 19] = [
        (Planned, None, &|p| {
            p.takes("Sertraline", 50.0, -5);
        }),
        (Starting, None, &|p| {
            p.takes("Sertraline", 50.0, 6);
        }),
        (InTrial, Some((2, 6)), &|p| {
            p.takes("Sertraline", 50.0, 7);
        }),
        // 25 mg lies below the usual range: the weeks count from the rise.
        (Starting, None, &|p| {
            p.takes("Sertraline", 25.0, 20);
        }),
        (InTrial, Some((3, 6)), &|p| {
            let id = p.takes("Sertraline", 25.0, 30);
            p.step(id, 14, "increase", 50.0);
        }),
        // A rise within the usual range does not begin the weeks anew.
        (InTrial, Some((6, 6)), &|p| {
            let id = p.takes("Sertraline", 50.0, 41);
            p.step(id, 10, "increase", 100.0);
        }),
        (WeeksOver, None, &|p| {
            p.takes("Sertraline", 50.0, 42);
        }),
        (InTrial, Some((7, 12)), &|p| {
            p.fact("condition", json!("OCD"));
            p.takes("Sertraline", 50.0, 42);
        }),
        (InTrial, Some((2, 2)), &|p| {
            p.takes("Methylphenidate", 20.0, 8);
        }),
        // Judged over months, without a number of weeks.
        (InTrial, None, &|p| {
            p.takes("Lithium", 900.0, 60);
        }),
        (Taking, None, &|p| {
            p.takes("Buspirone", 20.0, 60);
        }),
        (Taking, None, &|p| {
            p.may_take("Lorazepam", 1.0, json!({}));
        }),
        (Maintained, None, &|p| {
            p.takes("Sertraline", 50.0, 180);
        }),
        (WeeksOver, None, &|p| {
            p.takes("Sertraline", 50.0, 179);
        }),
        // Two readings below 5, the first three weeks ago or more.
        (Maintained, None, &|p| {
            p.takes("Sertraline", 50.0, 100);
            p.phq9(21, 4.0);
            p.phq9(7, 3.0);
        }),
        (WeeksOver, None, &|p| {
            p.takes("Sertraline", 50.0, 100);
            p.phq9(20, 4.0);
            p.phq9(7, 3.0);
        }),
        (Tapering, None, &|p| {
            let id = p.takes("Sertraline", 100.0, 300);
            p.step(id, 40, "decrease", 75.0);
            p.step(id, 12, "decrease", 50.0);
        }),
        (Paused, None, &|p| {
            let id = p.takes("Sertraline", 100.0, 300);
            p.step(id, 3, "hold", 0.0);
        }),
        (Stopped, None, &|p| {
            let id = p.takes("Sertraline", 100.0, 300);
            p.stops(id, 3);
        }),
    ];
    for (place, (wanted, week, write)) in cases.into_iter().enumerate() {
        assert_eq!(stage(&of(write)), (wanted, week), "case {place}");
    }
}

#[test]
fn one_lower_dose_is_no_taper_unless_it_goes_on() {
    let lowered = |p: &mut Person| {
        let id = p.takes("Sertraline", 100.0, 300);
        p.step(id, 12, "decrease", 75.0);
        id
    };
    assert_eq!(
        stage(&of(|p| {
            lowered(p);
        }))
        .0,
        Stage::Maintained
    );
    // The next step down is planned ahead, or the end.
    let ahead = of(|p| {
        let id = lowered(p);
        p.step(id, -14, "decrease", 50.0);
    });
    assert_eq!(stage(&ahead).0, Stage::Tapering);
    let ending = of(|p| {
        let id = lowered(p);
        p.stops(id, -14);
    });
    assert_eq!(stage(&ending).0, Stage::Tapering);
    // Falls of long ago are a dose like any other.
    let long_ago = of(|p| {
        let id = p.takes("Sertraline", 100.0, 400);
        p.step(id, 120, "decrease", 75.0);
        p.step(id, 90, "decrease", 50.0);
    });
    assert_eq!(stage(&long_ago).0, Stage::Maintained);
}

#[test]
fn every_stage_says_what_comes_next_in_words_with_a_source() {
    let words = Words::english();
    for write in [
        |p: &mut Person| {
            p.takes("Sertraline", 50.0, 3);
        },
        |p: &mut Person| {
            p.takes("Buspirone", 20.0, 60);
        },
        |p: &mut Person| {
            p.takes("Something of mine", 20.0, 60);
        },
    ] {
        let [only] = standings(&of(write)).try_into().unwrap();
        let next = only.next.expect("a row for every stage");
        assert!(words.sentences().any(|(key, _)| key == next.says.as_str()), "{}", next.id);
        assert!(!next.sources.as_str().is_empty());
    }
    for stage in Stage::ALL {
        assert!(
            doseline::reference::pack().expectation(None, *stage, |_| false).is_some()
                || *stage == Stage::InTrial,
            "{stage}: no row for every medicine"
        );
    }
}

#[test]
fn a_condition_is_told_or_stands_with_the_medicine() {
    let told = of(|p| p.fact("condition", json!("Obsessive-compulsive disorder")));
    let has = |person: &Person, condition, purpose| {
        has_condition(&person.diary, today(), condition, purpose)
    };
    assert!(has(&told, Condition::Ocd, None));
    assert!(!has(&told, Condition::Ptsd, None));
    assert!(has(&Person::new(), Condition::Ocd, Some("for my OCD")));
    let bipolar = |facts: &[&str]| {
        let tell = |p: &mut Person| facts.iter().for_each(|fact| p.fact("condition", json!(fact)));
        has(&of(tell), Condition::Bipolar, None)
    };
    assert!(bipolar(&["Bipolar II"]));
    assert!(bipolar(&["bipolar disorder since I was a child", "my mother has anxiety"]));
    for denied in ["no bipolar disorder", "my mother has bipolar disorder", "bipolar ruled out"] {
        assert!(!bipolar(&[denied]), "{denied}");
        assert!(!has(&Person::new(), Condition::Bipolar, Some(denied)), "{denied}");
    }
    assert!(!bipolar(&["bipolar disorder", "not bipolar after all"]), "taken back");
    for words in ["manic depression", "cyclothymia"] {
        assert!(bipolar(&[words]), "{words}");
        let told = of(|p| p.fact("condition", json!(words)));
        assert!(!has(&told, Condition::Depression, None), "{words}");
    }
}

#[test]
fn what_runs_in_the_family_takes_nothing_back() {
    for text in
        ["No family history of bipolar", "Family history unknown", "My mother has no bipolar"]
    {
        let told = |person: &Person| {
            person.diary.told_condition(&["bipolar"], today()).map(|(holds, _)| holds)
        };
        let mut person = Person::new();
        person.fact_on(9, "condition", json!(text));
        assert_eq!(told(&person), None, "{text}");
        person.fact("condition", json!("Bipolar II"));
        assert_eq!(told(&person), Some(true), "{text}");
    }
}

/// SPS: a lithium level a week after the start, then every three months in the first year.
#[test]
fn checks_fall_due_at_the_intervals_of_the_tables() {
    let level = |person: &Person| {
        let found = due(person);
        let row = found.iter().find(|due| due.about == "lithium-level").expect("due");
        (row.day, row.sources)
    };
    let mut person = of(|p| {
        p.takes("Lithium", 900.0, 30);
    });
    assert_eq!(level(&person), (ago(23), "sps-lithium"));
    person.lab(20, "lithium", 0.7, Some(12.0));
    assert_eq!(level(&person).0, ago(20 - 91));
    assert!(due(&person).iter().all(|due| due.kind != DueKind::Check || due.medicine.is_some()));
}

/// NG222: a first review within two weeks; then every four weeks, and from week 12 every three months.
#[test]
fn a_talk_falls_due_at_the_intervals_of_the_tables_and_else_is_not_known() {
    let mut person = of(|p| {
        p.takes("Sertraline", 50.0, 20);
    });
    assert_eq!(days(&person, DueKind::Review), [ago(6)]);
    person.on(5, json!({ "kind": "visit" }));
    assert_eq!(days(&person, DueKind::Review), [ago(5 - 28)]);
    // A visit that is planned by then is that talk.
    person.on(-20, json!({ "kind": "visit", "with": "Dr. Vogel" }));
    assert!(days(&person, DueKind::Review).is_empty());
    assert_eq!(days(&person, DueKind::Visit), [ago(-20)]);

    let other = of(|p| {
        p.takes("Buspirone", 20.0, 20);
    });
    let found = agenda(&other.diary, &standings(&other), today(), &Settings::default());
    assert!(found.due.iter().all(|due| due.kind != DueKind::Review));
    assert_eq!(found.not_known[0].id, "due.not-known-visit");
}

/// NG222: at least six months after remission.
#[test]
fn staying_or_tapering_is_talked_over_after_half_a_year_of_being_well() {
    let treated = |p: &mut Person| {
        p.takes("Sertraline", 100.0, 300);
        for days in [200, 186, 100, 14] {
            p.phq9(days, 3.0);
        }
    };
    let well = |p: &mut Person| {
        treated(p);
        p.fact("condition", json!("Depression"));
    };
    let unknown = of(treated);
    assert!(days(&unknown, DueKind::StayOrTaper).is_empty());
    let not_known = agenda(&unknown.diary, &standings(&unknown), today(), &Settings::default());
    let said = |message: &Message| message.id == "due.not-known-stay-or-taper";
    assert_eq!(not_known.not_known.iter().filter(|message| said(message)).count(), 1);
    let person = of(well);
    assert_eq!(days(&person, DueKind::StayOrTaper), [ago(200 - 182)]);
    let bipolar = of(|p| {
        well(p);
        p.fact("condition", json!("Bipolar disorder"));
    });
    assert!(days(&bipolar, DueKind::StayOrTaper).is_empty());
    let talked = of(|p| {
        well(p);
        p.on(10, json!({ "kind": "visit" }));
    });
    assert!(days(&talked, DueKind::StayOrTaper).is_empty());
    let young = of(|p| {
        well(p);
        p.fact("birth-year", json!(2012));
    });
    assert!(days(&young, DueKind::StayOrTaper).is_empty());
}

#[test]
fn the_list_is_looked_over_at_the_start_before_a_visit_and_after_a_hospital_stay() {
    let mut person = Person::new();
    assert!(days(&person, DueKind::List).is_empty(), "nothing is on the list");
    let id = person.takes("Sertraline", 50.0, 60);
    assert_eq!(days(&person, DueKind::List), [today()]);
    let everything = json!({ "kind": "reconciliation", "medicines": [id.to_string()] });
    person.on(50, everything.clone());
    assert!(days(&person, DueKind::List).is_empty());
    person.on(-10, json!({ "kind": "visit" }));
    assert_eq!(days(&person, DueKind::List), [ago(-7)], "three days before the visit");
    person.on(
        12,
        json!({ "kind": "span", "span": "hospital-stay",
        "from": ago(12).to_string(), "to": ago(4).to_string() }),
    );
    assert_eq!(days(&person, DueKind::List), [ago(4)]);
    person.on(0, everything);
    assert_eq!(days(&person, DueKind::List), [ago(-7)]);
    // Days off work are no stay in hospital.
    person.on(
        2,
        json!({ "kind": "span", "span": "sick-leave",
        "from": ago(2).to_string(), "to": ago(1).to_string() }),
    );
    assert_eq!(days(&person, DueKind::List), [ago(-7)]);
}

#[test]
fn a_check_in_falls_due_daily_in_a_trial_and_weekly_otherwise_as_the_clinic_sets_it() {
    let rated = |p: &mut Person| {
        p.on(2, json!({ "kind": "check-in", "ratings": { "mood": 5 } }));
    };
    let trial = of(|p| {
        p.takes("Sertraline", 50.0, 20);
        rated(p);
    });
    assert_eq!(days(&trial, DueKind::CheckIn), [ago(1)]);
    let steady = of(|p| {
        p.takes("Sertraline", 50.0, 300);
        rated(p);
    });
    assert_eq!(days(&steady, DueKind::CheckIn), [ago(2 - 7)]);
    let settings = Settings { check_in_days: (2, 30), ..Settings::default() };
    let found = agenda(&steady.diary, &standings(&steady), today(), &settings).due;
    let check_in = found.iter().find(|due| due.kind == DueKind::CheckIn).unwrap();
    assert_eq!((check_in.day, check_in.sources), (ago(2 - 30), "doseline-rules"));
}

#[test]
fn a_goal_is_due_on_the_day_it_is_read() {
    let mut person = Person::new();
    let id = person.medicine("Sertraline");
    let schedule = json!({ "repeat": "daily", "unit": "mg", "doses": [{ "amount": 50 }] });
    person.on(
        10,
        json!({ "kind": "step", "medicine": id.to_string(), "action": "start",
        "schedule": schedule, "trial": { "outcome": "mood", "points": 2, "weeks": 4 } }),
    );
    assert_eq!(days(&person, DueKind::Goal), [ago(10 - 28)]);
}

/// A row that a portal takes back, or that was not checked far enough for it, is as if nobody had looked.
#[test]
fn what_a_portal_does_not_let_through_falls_not_due() {
    let person = of(|p| {
        p.takes("Lithium", 900.0, 30);
        p.takes("Sertraline", 50.0, 30);
    });
    let mut settings = Settings::default();
    settings.policy.least = Confidence::Verified;
    settings.policy.revoke(["lithium-level".into()]);
    let found = agenda(&person.diary, &standings(&person), today(), &settings);
    let about: Vec<&str> = found.due.iter().map(|due| due.about.as_str()).collect();
    assert!(about.contains(&"lithium-kidney") && !about.contains(&"lithium-level"), "{about:?}");
    assert!(found.due.iter().all(|due| due.kind != DueKind::Review));
    let not_known: Vec<String> =
        found.not_known.iter().map(|message| format!("{message:?}")).collect();
    for name in ["Lithium", "Sertraline"] {
        let is_said = |line: &&String| line.contains("policy") && line.contains(name);
        assert_eq!(not_known.iter().filter(is_said).count(), 1, "{name}: {not_known:?}");
    }
    let is_talk = |line: &&String| line.contains("due.not-known-visit");
    assert_eq!(not_known.iter().filter(is_talk).count(), 1, "of lithium: {not_known:?}");
}
