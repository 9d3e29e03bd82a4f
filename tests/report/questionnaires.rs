//! When questionnaires are due, and what a filled one comes to.

use doseline::diary::EntryId;
use doseline::error::Code;
use doseline::report::{Score, Words, questionnaires, score, today};
use doseline::safety::Settings;
use serde_json::{Value, json};

use crate::notebook::{Notebook, as_of, day};

fn filled(instrument: &str, items: impl Into<Value>) -> Value {
    json!({ "kind": "assessment", "instrument": instrument, "items": items.into() })
}

/// The day, counted from day 0, from which an instrument is due.
fn due(diary: &Notebook, instrument: &str, today: i32) -> Option<i32> {
    let view =
        questionnaires(&diary.diary, &[], &Default::default(), as_of(today), &Words::english());
    let row = view.instruments.iter().find(|row| row.instrument == instrument).unwrap();
    assert_eq!(row.is_due, row.due.is_some_and(|due| due <= day(today)));
    row.due.map(|due| due.since(day(0)))
}

fn names(diary: &Notebook, number: i32) -> Vec<(String, bool)> {
    let view = today(&diary.diary, as_of(number), &Default::default(), &Words::english());
    let due = view.due_assessments.iter();
    due.map(|due| (due.instrument.clone(), due.last.is_some())).collect()
}

/// A form filled in today and a medicine begun ten weeks ago: a trial for a clinic that says twelve.
#[test]
fn a_clinic_sets_how_long_a_trial_is() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(0, medicine, "start", 50.0);
    diary.on(70, filled("phq-9", vec![0; 9]));
    let due = |settings: &Settings| {
        let view = questionnaires(&diary.diary, &[], settings, as_of(70), &Words::english());
        view.instruments.into_iter().find(|row| row.instrument == "phq-9").unwrap().due
    };
    let twelve = Settings { trial_weeks: (12, 12), ..Settings::default() };
    assert_eq!([due(&Settings::default()), due(&twelve)], [Some(day(98)), Some(day(84))]);
}

/// Every two weeks for six weeks (`trialWeeks`) after a change of a medicine, every four otherwise; the others
/// after their own look-back (`recallDays` of their rows), whatever is taken.
#[test]
fn each_is_due_when_its_look_back_has_passed() {
    let recalls =
        [("phq-9", 9, 28, 14), ("gad-7", 7, 28, 14), ("asrm", 5, 7, 7), ("pcl-5", 20, 30, 30)];
    for (instrument, items, usual, in_trial) in recalls {
        let mut diary = Notebook::new();
        diary.on(0, filled(instrument, vec![0; items]));
        assert_eq!(due(&diary, instrument, 1), Some(usual), "{instrument}");
        let medicine = diary.unlisted("Ordinal");
        diary.step(0, medicine, "start", 50.0);
        assert_eq!(due(&diary, instrument, 1), Some(in_trial), "{instrument}");
        diary.on(60, filled(instrument, vec![0; items]));
        assert_eq!(
            due(&diary, instrument, 60),
            Some(60 + usual),
            "{instrument}: the trial is over"
        );
        diary.step(61, medicine, "increase", 75.0);
        assert_eq!(due(&diary, instrument, 61), Some(60 + in_trial), "{instrument}: a new one");
        diary.on(61, filled(instrument, vec![0; items]));
        assert_eq!(
            due(&diary, instrument, 62),
            Some(61 + in_trial),
            "{instrument}: the last filling counts"
        );
    }
}

#[test]
fn a_dose_taken_since_before_is_no_trial_and_a_day_to_come_no_change() {
    let mut diary = Notebook::new();
    diary.on(0, filled("phq-9", vec![0; 9]));
    let medicine = diary.unlisted("Ordinal").to_string();
    let schedule = json!({ "repeat": "daily", "unit": "mg", "doses": [{ "amount": 50 }] });
    diary.on(
        0,
        json!({ "kind": "step", "medicine": medicine, "action": "start", "since": "before",
        "schedule": schedule }),
    );
    assert_eq!(due(&diary, "phq-9", 20), Some(28));
    diary.on(
        30,
        json!({ "kind": "step", "medicine": medicine, "action": "increase", "schedule": schedule }),
    );
    assert_eq!(due(&diary, "phq-9", 20), Some(28));
}

/// A screen is a first look; what has no look-back is not asked for; what was never filled neither,
/// short of the main questionnaire of a condition the person told.
#[test]
fn what_is_not_due_by_itself() {
    let mut diary = Notebook::new();
    for (instrument, items) in [("phq-2", 2), ("audit-c", 3), ("c-ssrs", 7), ("wsas", 5)] {
        diary.on(0, filled(instrument, vec![0; items]));
        assert_eq!(due(&diary, instrument, 800), None, "{instrument}");
    }
    assert_eq!(due(&diary, "phq-9", 0), None);
    let condition = |value: &str| json!({ "kind": "profile", "topic": "condition", "state": "known", "value": value });
    diary.on(1, condition("my father has depression")); // not the person's own
    diary.on(1, condition("Bipolar II disorder, no depression")); // the ASRM, whose wording is not here
    assert_eq!(names(&diary, 2), []);
    diary.on(1, condition("major depression"));
    assert_eq!(names(&diary, 2), [("phq-9".to_owned(), false)]);
    diary.on(2, filled("phq-9", vec![0; 9]));
    assert_eq!(names(&diary, 3), []);
    let view = questionnaires(&diary.diary, &[], &Default::default(), as_of(3), &Words::english());
    let own: Vec<&str> =
        view.sets.iter().filter(|set| set.is_own).map(|set| set.condition).collect();
    assert_eq!((own, view.sets.len()), (vec!["bipolar", "depression"], 8));
}

#[test]
fn the_longest_due_comes_first() {
    let mut diary = Notebook::new();
    diary.on(5, filled("gad-7", vec![0; 7]));
    diary.on(9, filled("phq-9", vec![0; 9]));
    diary.on(30, filled("asrm", vec![0; 5]));
    let order: Vec<String> = names(&diary, 40).into_iter().map(|(name, _)| name).collect();
    assert_eq!(order, ["gad-7", "asrm", "phq-9"]); // since days 33, 37 and 37, then by table
}

fn scored(body: Value) -> Score {
    let mut diary = Notebook::new();
    let id = diary.on(0, body);
    score(&diary.diary, id, as_of(0), &Default::default(), &Words::english()).unwrap()
}

/// Totals and bands: Kroenke 2001; Spitzer 2006; Topp 2015 (28 and less is low); each counted by hand.
#[test]
fn a_filling_comes_to_a_total_with_its_published_name() {
    let phq9 = scored(filled("phq-9", json!([1, 2, 3, 0, 1, 2, 3, 0, 1])));
    assert_eq!((phq9.total, phq9.band.as_deref()), (Some(13.0), Some("moderate")));
    assert_eq!(phq9.sentence, "Your PHQ-9 total is 13 of 27. This range is known as “moderate”.");
    assert_eq!(phq9.due, Some(day(28)));
    assert_eq!(
        phq9.notes,
        [
            "It adds up your own answers. A higher total means more trouble.",
            "It is not a diagnosis, and it does not say why you feel this way.",
            "Totals go up and down by chance. A change of less than 6 points may be no more than that.",
            "It is due again from 29 January 2024 on.",
        ]
    );
    // 12 over 8 answered × 9 = 13.5, halves up.
    let prorated = scored(filled("phq-9", json!([null, 2, 3, 0, 1, 2, 3, 0, 1])));
    assert_eq!(prorated.total, Some(14.0));
    assert_eq!(
        prorated.notes[0],
        "1 question had no answer, so the total was worked out from the others."
    );
    let who5 = scored(filled("who-5", json!([1, 1, 1, 1, 2])));
    assert_eq!(who5.sentence.split('.').next(), Some("Your WHO-5 total is 24 of 100"));
    assert!(who5.notes[0].ends_with("A higher total means less trouble."));
    let told = scored(json!({ "kind": "assessment", "instrument": "gad7", "total": 15 }));
    assert_eq!((told.instrument.as_str(), told.band.as_deref()), ("gad-7", Some("severe")));
    // No bands are published for the PCL-5.
    let pcl5 = scored(filled("pcl-5", vec![1; 20]));
    assert_eq!((pcl5.sentence.as_str(), pcl5.band), ("Your PCL-5 total is 20 of 80.", None));
}

#[test]
fn what_has_no_total_says_why_and_is_kept() {
    let few = scored(filled("phq-9", json!([1, null, null, null, 1, 1, 1, 1, 2])));
    assert_eq!((few.total, few.band), (None, None));
    assert_eq!(
        few.sentence,
        "3 questions have no answer, so there is no total: at most 2 may be left out. Your answers are kept."
    );
    assert_eq!(few.notes, ["It is due again from 29 January 2024 on."]);
    let own = scored(json!({ "kind": "assessment", "instrument": "my scale", "total": 4 }));
    assert_eq!((own.name.as_str(), own.total, own.due), ("my scale", Some(4.0), None));
    let mut diary = Notebook::new();
    let mood = diary.on(0, json!({ "kind": "check-in", "ratings": { "mood": 4 } }));
    for id in [mood, EntryId::new(99, [9; 10])] {
        let error =
            score(&diary.diary, id, as_of(0), &Default::default(), &Words::english()).unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::NoSuchEntry, "id"));
    }
}
