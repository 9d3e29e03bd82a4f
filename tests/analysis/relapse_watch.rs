//! The relapse watch on small diaries.

use doseline::analysis::relapse_watch::{RelapseWatch, relapse_watch};
use doseline::analysis::{Certainty, Columns, Window};
use serde_json::json;

use crate::close;
use crate::notebook::{Notebook, day, window, wobble};

fn watch(diary: &Notebook, today: i32) -> RelapseWatch {
    relapse_watch(&diary.diary, &Columns::of(&diary.diary), day(today))
}

/// Mood of 7 until day 99 and of `then` from day 100 on, half a point up and down in turn.
fn person(then: f64) -> Notebook {
    let mut diary = Notebook::new();
    diary.mood(0..160, |day| wobble(day) + if day < 100 { 7.0 } else { then });
    diary
}

fn sentence(found: &RelapseWatch) -> &'static str {
    found.finding.sentence.id
}

#[test]
fn without_a_day_known_to_be_well_there_is_no_watch() {
    let mut diary = person(7.0);
    diary.phq9(10, 3.0);
    diary.phq9(24, 9.0);
    let found = watch(&diary, 150);
    assert_eq!((sentence(&found), found.baseline), ("relapse.not-known-well", None));
}

#[test]
fn two_readings_in_remission_begin_a_baseline_and_a_relapse_ends_it() {
    let mut diary = person(7.0);
    for (number, total) in [(0, 12.0), (14, 4.0), (28, 3.0), (42, 6.0)] {
        diary.phq9(number, total);
    }
    let baseline = |diary: &Notebook| watch(diary, 150).baseline;
    assert_eq!(baseline(&diary), Some(window(14, 69)));
    diary.phq9(56, 11.0);
    assert_eq!(baseline(&diary), Some(window(14, 69)));
    diary.phq9(63, 10.0);
    assert_eq!(baseline(&diary), None);
    for number in [77, 84] {
        diary.phq9(number, 2.0);
    }
    assert_eq!(baseline(&diary).map(|found: Window| found.from), Some(day(77)));
}

fn gad7(diary: &mut Notebook, number: i32, total: f64) {
    let body = json!({ "kind": "assessment", "instrument": "gad-7", "total": total });
    diary.on(number, body);
}

/// Calm all along, by more readings than there are of the other form, and a relapse of the depression.
#[test]
fn calm_does_not_keep_a_person_well_through_a_relapse_of_a_depression() {
    let mut diary = person(7.0);
    for number in (0..150).step_by(10) {
        gad7(&mut diary, number, 2.0);
    }
    let baseline = |diary: &Notebook, today: i32| watch(diary, today).baseline;
    // Nothing but calm is known: since day 0.
    assert_eq!(baseline(&diary, 150).map(|found| found.from), Some(day(0)));
    for (number, total) in [(0, 14.0), (14, 13.0), (28, 4.0), (42, 3.0), (70, 11.0), (77, 12.0)] {
        diary.phq9(number, total);
    }
    assert_eq!(baseline(&diary, 27), None);
    assert_eq!(baseline(&diary, 60).map(|found| found.from), Some(day(28)));
    assert_eq!(baseline(&diary, 150), None);
    for number in [91, 105] {
        diary.phq9(number, 4.0);
    }
    assert_eq!(baseline(&diary, 150).map(|found| found.from), Some(day(91)));
}

#[test]
fn two_readings_of_one_day_are_no_remission_and_signs_chosen_before_a_relapse_are_none_after() {
    let mut diary = person(7.0);
    diary.phq9(10, 3.0);
    diary.phq9(10, 4.0);
    assert_eq!(watch(&diary, 150).baseline, None);
    diary.on(20, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    assert_eq!(watch(&diary, 150).baseline.map(|found| found.from), Some(day(20)));
    diary.phq9(30, 15.0);
    diary.phq9(40, 15.0);
    assert_eq!(watch(&diary, 150).baseline, None);
    diary.on(60, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    assert_eq!(watch(&diary, 150).baseline.map(|found| found.from), Some(day(60)));
}

#[test]
fn the_day_the_signs_were_chosen_stands_in_and_the_baseline_is_learned_first() {
    let mut diary = person(7.0);
    diary.on(10, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    assert_eq!(sentence(&watch(&diary, 9)), "relapse.not-known-well");
    assert_eq!(sentence(&watch(&diary, 65)), "relapse.learning");
    let found = watch(&diary, 66);
    assert_eq!((sentence(&found), found.finding.n), ("relapse.as-usual", 1));
    let mut sparse = Notebook::new();
    sparse.mood((0..160).step_by(3), |day| 7.0 + wobble(day));
    sparse.on(10, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    // Every third day of 56 is at most 19 days.
    assert_eq!(sentence(&watch(&sparse, 150)), "relapse.too-few");
}

#[test]
fn a_lasting_change_is_seen_and_dated() {
    let mut diary = person(4.5);
    diary.on(10, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    let found = watch(&diary, 159);
    let chart = found.watched.as_ref().unwrap();
    close(chart.usual, 7.0);
    // The spread of 56 half points up and down is 0.5 · √(56 / 55); 1.4 of them below the mean.
    close(chart.limit, 7.0 - 1.4 * 0.5 * (56.0_f64 / 55.0).sqrt());
    // Five spreads down: 1 − 0.95^n passes 1.4 / 5 after seven days, the first of them day 100; the
    // wobble begins on the high side, and a spread is a little over half a point.
    assert_eq!(chart.alarms, [(day(106), None)]);
    assert_eq!(
        (sentence(&found), found.finding.certainty),
        ("relapse.left", Certainty::Suggestive)
    );
    assert_eq!(sentence(&watch(&person_who_stays(), 159)), "relapse.as-usual");
}

fn person_who_stays() -> Notebook {
    let mut diary = person(7.0);
    diary.on(10, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    diary
}

#[test]
fn signs_are_counted_on_days_with_a_check_in() {
    let mut diary = person_who_stays();
    for number in [20, 150, 155, 155] {
        diary.on(number, json!({ "kind": "check-in", "tags": ["rain", "short nights"] }));
    }
    diary.on(60, json!({ "kind": "relapse-signs", "signs": ["calling in sick", "short nights"] }));
    let found = watch(&diary, 159);
    let of = |place: usize| {
        let sign = &found.signs[place];
        (&*sign.sign, sign.recent, sign.recent_of, sign.usual, sign.usual_of)
    };
    // The signs are those of day 60; the baseline stays that of the first choice, days 10 to 65.
    assert_eq!(of(0), ("calling in sick", 0, 14, 0, 56));
    assert_eq!(of(1), ("short nights", 2, 14, 1, 56));
}
