//! Fair trials, written day by day by a device with a clock.

use doseline::analysis::fair_trial::{FairTrial, State, fair_trials};
use doseline::analysis::{Certainty, Columns};
use doseline::diary::{Day, Diary, EntryId, Regimen};
use doseline::error::Param;
use doseline::reference;
use serde_json::{Value, json};

use crate::device::Device;
use crate::notebook::{day, wobble};
use crate::simulation::{FAMILIES, Family, Noise, Random};

/// A medicine without a row in the tables is begun on this day: 14 days of wash-in.
const START: i32 = 60;
/// Eight weeks later.
const REVIEW: i32 = START + 56;

/// Half a point above and below a level in turn.
fn about(level: f64) -> impl Fn(i32) -> f64 {
    move |number| level + wobble(number)
}

struct Person {
    device: Device,
    step: EntryId,
    check_ins: Vec<EntryId>,
}

impl Person {
    fn on(&mut self, number: i32) -> &mut Device {
        self.device.at(&format!("{}T20:00:00+00:00", day(number)))
    }

    fn check_in(&mut self, number: i32, mood: f64) {
        let draft = json!({ "kind": "check-in", "ratings": { "mood": mood }, "sleepHours": 7 });
        let id = self.on(number).record(draft);
        self.check_ins.push(id);
    }

    /// Rates mood each day: `before` and then `after` points, half a point up and down in turn.
    fn rating(before: f64, after: f64, trial: Value) -> Self {
        let mut person = Self::begun(about(before), trial);
        person.days(START..REVIEW, about(after));
        person
    }

    /// The days before the step, and the step.
    fn begun(before: impl Fn(i32) -> f64, trial: Value) -> Self {
        let device = Device::with(1, Diary::new(reference::catalogue()));
        let mut person = Self { device, step: EntryId::new(0, [0; 10]), check_ins: Vec::new() };
        person.days(0..START, before);
        let product = json!({ "kind": "medicine", "name": "Ordinal",
            "ingredients": [{ "name": "Ordinal" }] });
        let medicine = person.on(START).record(product).to_string();
        person.step = person.on(START).record(json!({
            "kind": "step", "medicine": medicine, "action": "start", "trial": trial,
            "schedule": { "repeat": "daily", "unit": "mg", "doses": [{ "amount": 50 }] }
        }));
        person
    }

    fn days(&mut self, numbers: std::ops::Range<i32>, mood: impl Fn(i32) -> f64) {
        for number in numbers {
            self.check_in(number, mood(number));
        }
    }

    fn read(&self, number: i32) -> FairTrial {
        let diary = &self.device.diary;
        let (columns, regimen) = (Columns::of(diary), Regimen::of(diary));
        let as_of: (Day, _) = (day(number), self.device.day_start);
        let mut found = fair_trials(diary, &columns, &regimen, as_of);
        assert_eq!(found.len(), 1);
        found.remove(0)
    }
}

fn two_points() -> Value {
    json!({ "outcome": "mood", "points": 2, "weeks": 8 })
}

#[test]
fn nothing_is_read_before_the_review() {
    let person = Person::rating(3.0, 7.0, two_points());
    let waiting = person.read(REVIEW - 1);
    assert_eq!((waiting.state, waiting.review), (State::Waiting, day(REVIEW)));
    assert_eq!((waiting.finding.estimate, waiting.finding.n), (None, 0));
}

#[test]
fn the_review_compares_the_settled_days_with_the_eight_weeks_before() {
    let found = Person::rating(3.0, 7.0, two_points()).read(REVIEW);
    assert_eq!((found.state, found.late, found.changed), (State::Reached, 0, 0));
    // Days 4 to 59 and, 14 days of wash-in left out, days 74 to 115: both even in number.
    assert_eq!(found.finding.n, 56 + 42);
    let estimate = found.finding.estimate.unwrap();
    // The fit gives the days at the ends of each stretch a little more weight than those between.
    assert!((estimate.value - 4.0).abs() < 0.01, "{estimate:?}");
    assert!(estimate.low > 0.0 && found.finding.certainty == Certainty::Suggestive);
}

/// Two of three days at 0 before the step, none after.
#[test]
fn a_goal_at_the_end_of_the_scale_is_not_read_off_a_mean() {
    let before = |number: i32| if number % 3 == 0 { 2.0 } else { 0.0 };
    let mut person = Person::begun(before, two_points());
    person.days(START..REVIEW, about(4.0));
    let found = person.read(REVIEW);
    assert_eq!((found.state, found.finding.estimate), (State::NotEnough, None));
    assert_eq!(found.finding.sentence.id, "fair-trial.at-an-end");
}

/// A PHQ-9 every week, whose recall windows overlap by half: every second counts, on both sides.
#[test]
fn of_questionnaires_about_the_same_days_one_counts() {
    let trial = json!({ "outcome": "phq-9", "points": 5, "weeks": 16 });
    let mut person = Person::begun(about(3.0), trial);
    for number in (4..START + 112).step_by(7) {
        let total = if number <= START { 18 } else { 8 } + number % 2;
        let body = json!({ "kind": "assessment", "instrument": "phq-9", "total": total,
            "day": day(number).to_string() });
        person.on(START + 111).record(body);
    }
    let found = person.read(START + 112);
    // Days 4, 18, 32, 46 and that of the step, 60; from the 14th settled day on, 87, those of days 88,
    // 102, 116, 130, 144 and 158.
    assert_eq!(found.finding.n, 5 + 6);
}

#[test]
fn medicines_that_changed_in_the_weeks_before_are_named() {
    let mut person = Person::begun(about(3.0), two_points());
    let product =
        json!({ "kind": "medicine", "name": "Other", "ingredients": [{ "name": "Other" }] });
    let other = person.on(START).record(product).to_string();
    person.on(START).record(json!({ "kind": "step", "medicine": other, "action": "start",
        "day": day(20).to_string(), "schedule": { "repeat": "daily", "unit": "mg",
        "doses": [{ "amount": 5 }] } }));
    person.days(START..REVIEW, about(7.0));
    let why = person.read(REVIEW).finding.why;
    let line = why.iter().find(|line| line.id == "fair-trial.before").unwrap();
    assert_eq!(line.params, [("things", Param::List(vec!["Other".into()]))]);
    assert!(why.iter().all(|line| line.id != "fair-trial.others"), "{why:?}");
}

#[test]
fn what_comes_in_after_the_review_changes_nothing() {
    let mut person = Person::rating(3.0, 7.0, two_points());
    let read = person.read(REVIEW);
    for number in REVIEW + 1..REVIEW + 30 {
        person.check_in(number, 0.0);
    }
    let late = json!({ "kind": "check-in", "day": day(100).to_string(), "ratings": { "mood": 0 } });
    person.on(REVIEW + 2).record(late);
    let again = person.read(REVIEW + 30);
    assert_eq!((again.state, again.late, again.changed), (State::Reached, 1, 0));
    assert_eq!(again.finding.estimate, read.finding.estimate);
    assert_eq!(again.finding.entries, read.finding.entries);
}

#[test]
fn an_entry_that_is_amended_or_removed_after_the_review_counts_and_is_told() {
    let mut person = Person::rating(3.0, 7.0, two_points());
    let read = person.read(REVIEW);
    let (amended, removed) = (person.check_ins[100], person.check_ins[101]);
    person.on(REVIEW + 1).amend(amended, json!({ "ratings": { "mood": 0 } }));
    person.on(REVIEW + 1).remove(removed);
    let again = person.read(REVIEW + 1);
    assert_eq!((again.late, again.changed), (0, 2));
    assert_eq!(again.finding.n, read.finding.n - 1);
    assert_ne!(again.finding.estimate, read.finding.estimate);
    assert!(again.finding.why.iter().any(|line| line.id == "fair-trial.changed"));
}

#[test]
fn a_goal_is_set_when_it_was_last_changed() {
    let mut person = Person::begun(about(3.0), two_points());
    person.days(START..97, about(4.0));
    let step = crate::device::body(&person.device.diary, person.step);
    let id = person.step;
    let set = |person: &mut Person, number: i32, points: f64| {
        let mut other = step.clone();
        other["trial"]["points"] = json!(points);
        person.on(number).amend(id, other);
    };
    set(&mut person, 96, 0.5);
    person.days(97..REVIEW, about(4.0));
    // Days 97 to 115 count: those before were known when the goal was set.
    assert_eq!(person.read(REVIEW).finding.n, 56 + 19);
    set(&mut person, REVIEW, 0.25);
    assert_eq!(person.read(REVIEW).state, State::SetTooLate);
}

#[test]
fn a_change_within_the_usual_ups_and_downs_is_not_called_reached() {
    let mut person =
        Person::rating(3.0, 3.0, json!({ "outcome": "mood", "points": 0.5, "weeks": 8 }));
    for id in person.check_ins.clone() {
        // Waves of twelve days, five points high, and two points more on late days.
        let place = person.check_ins.iter().position(|other| *other == id).unwrap();
        let wave = if place % 24 < 12 { 5.0 } else { 0.0 };
        let late = if place >= 60 { 2.0 } else { 0.0 };
        person.on(REVIEW - 1).amend(id, json!({ "ratings": { "mood": wave + late } }));
    }
    let found = person.read(REVIEW);
    let estimate = found.finding.estimate.unwrap();
    assert!(estimate.value >= 0.5 && estimate.low < 0.0, "{estimate:?}");
    assert_eq!((found.state, found.changed), (State::Unclear, 0));
}

#[test]
fn a_trial_without_values_or_without_a_better_side_abstains() {
    for (outcome, certainty) in
        [("sleep", Certainty::NotEstimable), ("phq-9", Certainty::NotEnoughYet)]
    {
        let trial = json!({ "outcome": outcome, "points": 2, "weeks": 8 });
        let found = Person::rating(3.0, 7.0, trial).read(REVIEW);
        assert_eq!((found.state, found.finding.certainty), (State::NotEnough, certainty));
        assert_eq!(found.finding.estimate, None);
    }
}

fn families() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().filter(|family| family.gated)
}

/// Of `runs` people, how many reach a goal of half a standard deviation: the step is taken on the
/// first day on which the week behind was worse by a standard deviation (or after four months), and
/// settled days are better by `effect` of them.
fn reached(noise: Noise, effect: f64, runs: u64) -> usize {
    const SPREAD: f64 = 1.5;
    let read = |run: u64| {
        let mut random = Random::seeded(run);
        let series = noise.series(&mut random, 300, 1.0);
        let week = |end: usize| series[end - 7..end].iter().sum::<f64>() / 7.0;
        let step = (60..180).find(|day| week(*day) < -1.0).unwrap_or(180);
        let first = i32::try_from(step).unwrap() - START;
        let mood = |number: i32| {
            let place = usize::try_from(first + number).unwrap();
            let more = if number >= START + 14 { effect } else { 0.0 };
            (5.0 + SPREAD * (series[place] + more)).clamp(0.0, 10.0)
        };
        let goal = json!({ "outcome": "mood", "points": SPREAD / 2.0, "weeks": 8 });
        let mut person = Person::begun(mood, goal);
        person.days(START..REVIEW, mood);
        person.read(REVIEW).state == State::Reached
    };
    (0..runs).filter(|run| read(*run)).count()
}

#[test]
fn where_nothing_changes_few_goals_are_called_reached_though_the_step_came_at_a_bad_time() {
    let wrong: usize = families().map(|family| reached(family.noise, 0.0, 40)).sum();
    // 6 % of 360 are 22, with a standard deviation of 4.5.
    assert!(wrong <= 31, "{wrong} of 360");
}

#[test]
#[ignore = "prints the table of docs/methods.md"]
fn table() {
    println!("| noise | no change | 1 SD better | 2 SD better |");
    for Family { name, noise, .. } in families() {
        let share = |effect: f64| reached(*noise, effect, 400) as f64 / 4.0;
        println!("| {name} | {:.1} % | {:.0} % | {:.0} % |", share(0.0), share(1.0), share(2.0));
    }
}
