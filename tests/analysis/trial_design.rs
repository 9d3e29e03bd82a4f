//! The design of a trial with planned switches: for which question it is refused, and what it says.

use doseline::analysis::trial_design::TrialQuestion::{self, TimeOfDay, WithOrWithout};
use doseline::analysis::trial_design::{LENGTHS, TrialDesign, trial_design};
use doseline::error::{Code, Error, Param};
use doseline::report::{self, Words};
use serde_json::{Value, json};

use crate::notebook::{Notebook, as_of, window};
use crate::simulation::{Noise, Random};

const DAYS: i32 = 200;

/// A diary with one medicine of the tables, and perhaps a schedule and a condition.
fn refusal(
    question: TrialQuestion,
    medicine: &str,
    schedule: Option<Value>,
    condition: Option<&str>,
) -> Option<(Code, String)> {
    let mut diary = Notebook::new();
    let ingredients = json!([{ "name": medicine }]);
    let id =
        diary.on(0, json!({ "kind": "medicine", "name": medicine, "ingredients": ingredients }));
    if let Some(schedule) = schedule {
        diary.on(
            0,
            json!({ "kind": "step", "medicine": id.to_string(), "action": "start",
                "schedule": schedule }),
        );
    }
    if let Some(condition) = condition {
        diary.on(
            0,
            json!({ "kind": "profile", "topic": "condition", "state": "known", "value": condition }),
        );
    }
    diary.mood(0..40, |day| f64::from(day % 5));
    let words = Words::english();
    let asked = (id, question, "mood");
    let found = report::trial_design(&diary.diary, asked, Some(1.0), as_of(40), &words);
    found.err().map(|error: Error| {
        let why = error.message().params.into_iter().find(|(name, _)| *name == "value");
        let why = match why {
            Some((_, Param::Message(why))) => why.id.to_owned(),
            _ => String::new(),
        };
        (error.code(), why)
    })
}

/// The code and the reason of a refusal.
fn refused(why: &str) -> Option<(Code, String)> {
    Some((Code::NotSuitable, format!("trial-design.{why}")))
}

fn repeated(repeat: &str) -> Option<Value> {
    Some(json!({ "repeat": repeat, "unit": "mg", "doses": [{ "amount": 10 }] }))
}

#[test]
fn only_what_acts_and_leaves_fast_is_offered_and_never_in_bipolar_disorder_or_psychosis() {
    let daily =
        |medicine, condition| refusal(WithOrWithout, medicine, repeated("daily"), condition);
    let adhd = Some("ADHD");
    assert_eq!(daily("methylphenidate", adhd), None);
    assert_eq!(daily("melatonin", Some("Insomnia")), None);
    // Not known is not the same as no.
    assert_eq!(daily("methylphenidate", None), refused("condition-not-known"));
    for condition in ["Bipolar II", "schizoaffective disorder", "Psychosis", "past mania"] {
        assert_eq!(daily("methylphenidate", Some(condition)), refused("condition"), "{condition}");
    }
    assert_eq!(daily("methylphenidate", Some("ADHD, no bipolar disorder")), None);
    assert_eq!(daily("methylphenidate", Some("ADHD, mother has bipolar disorder")), None);
    let of_another = Some("My mother has bipolar disorder");
    assert_eq!(daily("methylphenidate", of_another), refused("condition-not-known"));
    assert_eq!(daily("zolpidem", adhd), refused("taper"));
    assert_eq!(daily("sertraline", adhd), refused("taper"));
    assert_eq!(daily("atomoxetine", adhd), refused("kind"));
    let as_needed = refusal(WithOrWithout, "atomoxetine", repeated("as-needed"), adhd);
    assert_eq!(as_needed, refused("slow"));
    assert_eq!(daily("something", adhd), refused("not-listed"));
}

#[test]
fn the_time_of_day_is_asked_only_of_what_is_taken_every_day_and_is_free_to_move() {
    let asked = |medicine, schedule| refusal(TimeOfDay, medicine, schedule, Some("ADHD"));
    let daily = |medicine| asked(medicine, repeated("daily"));
    assert_eq!(daily("methylphenidate"), None);
    // An antihistamine: neither a stimulant nor an aid for sleep or waking in the tables.
    assert_eq!(daily("hydroxyzine"), None);
    let with_or_without = refusal(WithOrWithout, "hydroxyzine", repeated("daily"), Some("ADHD"));
    assert_eq!(with_or_without, refused("kind"));
    let twice = json!({ "repeat": "daily", "unit": "mg",
        "doses": [{ "at": "08:00", "amount": 10 }, { "at": "13:00", "amount": 10 }] });
    assert_eq!(asked("methylphenidate", Some(twice)), None);

    assert_eq!(asked("methylphenidate", repeated("as-needed")), refused("not-daily"));
    assert_eq!(asked("methylphenidate", None), refused("not-daily"));
    let weekdays = json!({ "repeat": "weekdays", "days": ["mon", "fri"], "unit": "mg",
        "doses": [{ "amount": 10 }] });
    assert_eq!(asked("methylphenidate", Some(weekdays)), refused("not-daily"));
    // What is for sleep has a reason of its own, also where it is tapered as well.
    for hypnotic in ["melatonin", "doxylamine", "zolpidem"] {
        assert_eq!(daily(hypnotic), refused("for-the-night"), "{hypnotic}");
    }
    assert_eq!(daily("propranolol"), refused("taper"));
    assert_eq!(daily("bupropion"), refused("slow"));
    assert_eq!(daily("something"), refused("not-listed"));
    let told = |condition| refusal(TimeOfDay, "methylphenidate", repeated("daily"), condition);
    assert_eq!(told(None), refused("condition-not-known"));
    assert_eq!(told(Some("Bipolar II")), refused("condition"));
}

/// Mood whose days know nothing of each other, with this standard deviation.
fn designed(question: TrialQuestion, spread: f64, points: f64) -> TrialDesign {
    let mut random = Random::seeded(7);
    let series = Noise::Autoregressive(0.0).series(&mut random, 200, 1.0);
    let mut diary = Notebook::new();
    let value = |day: i32| spread * series[usize::try_from(day).unwrap()];
    diary.mood(0..DAYS, |day| (5.0 + value(day)).clamp(0.0, 10.0));
    let all = window(0, DAYS - 1);
    trial_design(&diary.column("mood", all), (question, 2), points, all)
}

#[test]
fn a_longer_trial_is_narrower_and_the_shortest_narrow_enough_is_named() {
    let found = designed(WithOrWithout, 1.0, 0.5);
    let lengths: Vec<usize> = found.plans.iter().map(|plan| plan.days).collect();
    assert_eq!(lengths, LENGTHS);
    let (first, last) = (found.plans[0], found.plans[LENGTHS.len() - 1]);
    assert!(last.half_width < first.half_width && last.power > first.power);
    for plan in &found.plans {
        // With independent days of a known spread of 1: 1.96 · √(4 / days), the least there can be.
        let least = 1.96 * (4.0 / plan.days as f64).sqrt();
        assert!(plan.half_width > 0.8 * least, "{plan:?}");
        assert!((0.0..=1.0).contains(&plan.power) && plan.tried > 0);
    }
    let needed = found.days_needed.unwrap();
    for plan in &found.plans {
        assert_eq!(plan.half_width <= 0.5, plan.days >= needed, "{plan:?}");
    }
}

#[test]
fn a_change_too_small_to_be_seen_has_no_number_of_days() {
    let found = designed(WithOrWithout, 2.0, 0.1);
    assert_eq!(found.days_needed, None);
    assert_eq!(found.finding.sentence.id, "trial-design.too-long");
}

#[test]
fn both_questions_have_the_same_days_and_each_says_what_its_weeks_are() {
    let (without, when) = (designed(WithOrWithout, 1.0, 0.5), designed(TimeOfDay, 1.0, 0.5));
    assert_eq!((without.question, when.question), (WithOrWithout, TimeOfDay));
    assert_eq!((&when.plans, when.days_needed), (&without.plans, without.days_needed));
    let why = |design: &TrialDesign| -> Vec<&str> {
        design.finding.why.iter().map(|why| why.id).collect()
    };
    assert_eq!(why(&without), ["trial-design.why-past", "trial-design.why-refused"]);
    assert_eq!(why(&when), ["trial-design.why-times", "trial-design.why-refused"]);
}

#[test]
fn too_short_a_past_gives_no_plan() {
    let mut diary = Notebook::new();
    diary.mood(0..16, |day| f64::from(day % 5));
    let all = window(0, 15);
    let found = trial_design(&diary.column("mood", all), (WithOrWithout, 1), 1.0, all);
    assert!(found.plans.is_empty() && found.days_needed.is_none());
    assert_eq!(found.finding.sentence.id, "trial-design.no-past");
}

#[test]
fn days_at_the_end_of_the_scale_are_no_ground_to_plan_on() {
    let mut diary = Notebook::new();
    diary.mood(0..DAYS, |number| f64::from(number % 3));
    let all = window(0, DAYS - 1);
    let found = trial_design(&diary.column("mood", all), (WithOrWithout, 0), 1.0, all);
    assert!(found.plans.is_empty());
    assert_eq!(found.finding.doubt.id, "not-estimable.crowded");
}
