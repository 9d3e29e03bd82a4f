//! The claims about a treatment: response, adherence, exposure, side effects and doses, on small
//! diaries whose numbers are counted by hand; the working stands beside them.

mod notebook;

use doseline::analysis::dose_response::{DoseResponse, LevelOf, Subject, dose_response};
use doseline::analysis::phase::phases;
use doseline::analysis::{Direction, Standing};
use doseline::diary::EntryId;
use notebook::{Notebook, day, window, wobble};
use serde_json::json;

fn card(diary: &Notebook, medicine: EntryId, outcome: &str, to: i32) -> DoseResponse {
    let regimen = diary.regimen();
    let all = window(0, to);
    let subject =
        Subject { diary: &diary.diary, regimen: &regimen, medicine, name: "Ordinal", window: all };
    dose_response(subject, &diary.column(outcome, all)).unwrap()
}

/// 150 mg taken for years, brought down to 75 mg on day 40.
fn taken_since_before() -> (Notebook, EntryId) {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.on(
        0,
        json!({ "kind": "step", "medicine": medicine.to_string(), "action": "start",
            "since": "before",
            "schedule": { "repeat": "daily", "unit": "mg", "doses": [{ "amount": 150 }] } }),
    );
    diary.step(40, medicine, "decrease", 75.0);
    diary.mood(0..80, |day| 5.0 + wobble(day));
    (diary, medicine)
}

#[test]
fn a_dose_taken_since_before_the_diary_has_no_wash_in() {
    let (mut diary, medicine) = taken_since_before();
    // A questionnaire of the first day looks back on days of the same dose.
    diary.phq9(0, 9.0);
    let all = window(0, 79);
    let settled = diary.settled(all);
    assert!(settled.standings(window(0, 39)).iter().all(|day| *day == Standing::Settled));
    assert!(settled.standings(window(40, 53)).iter().all(|day| *day == Standing::WashIn));
    let rows = phases(&diary.column("phq-9", all), &diary.regimen(), &settled, all);
    assert_eq!((rows[0].n, rows[0].left_out), (1, 0));
    let card = card(&diary, medicine, "mood", 79);
    // No level "before": nothing began here. 40 days at 150 mg, 40 less 14 at 75 mg.
    let levels: Vec<_> = card.levels.iter().map(|level| (level.level, level.days)).collect();
    assert_eq!(levels, [(LevelOf::Dose(75.0), 26), (LevelOf::Dose(150.0), 40)]);
    assert_eq!(card.direction, Direction::OnlyDown);
}

#[test]
fn days_written_in_later_before_such_a_start_were_under_its_dose() {
    let (mut diary, medicine) = taken_since_before();
    diary.mood(-10..0, |day| 5.0 + wobble(day));
    let regimen = diary.regimen();
    assert!(regimen.on(day(-5)).next().is_some());
    assert!(
        regimen.episodes()[0].due(day(-5)).is_empty(),
        "no dose is missed before it is told of"
    );
    assert_eq!(regimen.change_days(), [day(40)]);
    let all = window(-10, 79);
    let subject =
        Subject { diary: &diary.diary, regimen: &regimen, medicine, name: "Ordinal", window: all };
    let card = dose_response(subject, &diary.column("mood", all)).unwrap();
    assert_eq!((card.levels[1].level, card.levels[1].days), (LevelOf::Dose(150.0), 50));
}
