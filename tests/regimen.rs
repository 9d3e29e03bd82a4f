//! What is prescribed, derived from the steps: every pattern, every action, every unit. All numbers
//! are counted by hand, with the working beside them.

mod device;

use chrono::Weekday;
use device::Device;
use doseline::diary::{
    Action, Amount, Day, DueDose, EntryId, Pattern, Phase, Regimen, Schedule, Unit,
};
use serde_json::{Value, json};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn doses(amounts: &[f64]) -> Vec<DueDose> {
    let dose = |amount: &f64| DueDose { at: None, amount: Amount::new(*amount).unwrap() };
    amounts.iter().map(dose).collect()
}

fn schedule(pattern: Pattern, amounts: &[f64]) -> Schedule {
    Schedule::new(pattern, Unit::Milligram, doses(amounts)).unwrap()
}

/// The days out of `length` from 1 January 2026, a Thursday, on which a schedule that holds from
/// then on has doses; the first is day 1.
fn due_days(schedule: &Schedule, length: i32) -> Vec<i32> {
    let first = day("2026-01-01");
    assert_eq!(first.weekday(), Weekday::Thu);
    assert!(schedule.due(first, first.plus(-1)).is_empty(), "nothing is due before the first day");
    (0..length).filter(|n| !schedule.due(first, first.plus(*n)).is_empty()).map(|n| n + 1).collect()
}

/// Equal but for the rounding of one division.
fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-12 * expected.abs()
}

/// A pattern and its amounts, then the days it is due on and its mean a day.
type Case<'a> = (Pattern, &'a [f64], Vec<i32>, Option<f64>);

#[test]
fn each_pattern_is_due_on_its_days_and_prescribes_its_mean() {
    let cases: [Case<'_>; 9] = [
        // 50 + 25 in the evening, every day: 75.
        (Pattern::Daily, &[50.0, 25.0], (1..=15).collect(), Some(75.0)),
        // From a Thursday: Fri 2, Mon 5, Wed 7, Fri 9, Mon 12, Wed 14. 3 days × 70 ÷ 7 = 30.
        (
            Pattern::Weekdays([true, false, true, false, true, false, false]),
            &[70.0],
            vec![2, 5, 7, 9, 12, 14],
            Some(30.0),
        ),
        // Every other day: 50 ÷ 2 = 25.
        (Pattern::Every { days: 2 }, &[50.0], vec![1, 3, 5, 7, 9, 11, 13, 15], Some(25.0)),
        // Every third day: 1 + 3 = 4 and so on. 90 ÷ 3 = 30.
        (Pattern::Every { days: 3 }, &[60.0, 30.0], vec![1, 4, 7, 10, 13], Some(30.0)),
        // 3 on, 2 off: 3 × 50 ÷ 5 = 30.
        (Pattern::Cycle { on: 3, off: 2 }, &[50.0], vec![1, 2, 3, 6, 7, 8, 11, 12, 13], Some(30.0)),
        // 1 on, 6 off is once a week: 70 ÷ 7 = 10.
        (Pattern::Cycle { on: 1, off: 6 }, &[70.0], vec![1, 8, 15], Some(10.0)),
        // Never due, nothing prescribed a day.
        (Pattern::AsNeeded { max_per_day: None, min_gap_hours: None }, &[10.0], vec![], None),
        // Its one day has it all.
        (Pattern::Once, &[10.0], vec![1], Some(10.0)),
        // Every week: 70 ÷ 7 = 10.
        (Pattern::Depot { weeks: 1 }, &[70.0], vec![1, 8, 15], Some(10.0)),
    ];
    for (pattern, amounts, due, mean) in cases {
        let schedule = schedule(pattern, amounts);
        assert_eq!(due_days(&schedule, 15), due, "{schedule:?}");
        match (schedule.mean_daily_amount(), mean) {
            (Some(value), Some(mean)) => assert!(near(value, mean), "{value} for {schedule:?}"),
            (value, mean) => assert_eq!(value, mean, "{schedule:?}"),
        }
    }
}

#[test]
fn long_patterns_keep_count_over_months_and_leap_days() {
    // 400 mg every 4 weeks from Thursday 1 January: days 1, 29, 57. 400 ÷ 28 = 14.2857142857…
    let depot = schedule(Pattern::Depot { weeks: 4 }, &[400.0]);
    assert_eq!(due_days(&depot, 60), [1, 29, 57]);
    assert!(near(depot.mean_daily_amount().unwrap(), 14.285_714_285_714_286));
    // 21 on, 7 off: 21 × 4 ÷ 28 = 3.
    let cycle = schedule(Pattern::Cycle { on: 21, off: 7 }, &[4.0]);
    assert!(near(cycle.mean_daily_amount().unwrap(), 3.0));
    assert_eq!(due_days(&cycle, 30), (1..=21).chain(29..=30).collect::<Vec<_>>());
    // Every 2 days over 29 February 2024: 28 February, 1 March.
    let every = schedule(Pattern::Every { days: 2 }, &[1.0]);
    let is_due = |text| !every.due(day("2024-02-28"), day(text)).is_empty();
    assert_eq!(["2024-02-29", "2024-03-01", "2024-03-02"].map(is_due), [false, true, false]);
}

#[test]
fn only_tablets_are_cut_and_only_in_quarters() {
    for (unit, amount, is_allowed) in [
        (Unit::Tablet, 0.25, true),
        (Unit::Tablet, 0.5, true),
        (Unit::Tablet, 1.75, true),
        (Unit::Tablet, 0.125, false),
        (Unit::Tablet, 1.0 / 3.0, false),
        (Unit::Milligram, 0.125, true),
        (Unit::Millilitre, 1.0 / 3.0, true),
    ] {
        let built = Schedule::new(Pattern::Daily, unit, doses(&[amount]));
        assert_eq!(built.is_ok(), is_allowed, "{amount} {unit}");
    }
    for amount in [0.0, -1.0, f64::NAN, f64::INFINITY, 100_000.5] {
        assert!(Amount::new(amount).is_err(), "{amount}");
    }
}

/// A device with sertraline 50 mg tablets and a second medicine.
fn two_medicines() -> (Device, EntryId, EntryId) {
    let mut device = Device::new(1);
    let mut medicine = |name: &str, strength: Value| {
        let ingredient = json!({"name": name, "reference": name, "strength": strength});
        device.record(json!({"kind": "medicine", "name": name, "ingredients": [ingredient]}))
    };
    let sertraline = medicine("sertraline", json!({"amount": 50, "unit": "mg"}));
    let bupropion = medicine("bupropion", Value::Null);
    (device, sertraline, bupropion)
}

fn step(device: &mut Device, on: &str, medicine: EntryId, action: &str, more: Value) -> EntryId {
    let mut draft = json!({"kind": "step", "medicine": medicine.to_string(), "action": action});
    draft[if on.len() == 10 { "day" } else { "at" }] = json!(on);
    draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    device.record(draft)
}

fn mg(amount: f64) -> Value {
    json!({"schedule": {"repeat": "daily", "unit": "mg", "doses": [{"at": "08:00", "amount": amount}]}})
}

fn mg_replacing(amount: f64, replaced: EntryId) -> Value {
    let mut more = mg(amount);
    more["replacing"] = json!(replaced.to_string());
    more
}

/// From, to, daily amount and action of a medicine's episodes.
fn episodes(device: &Device, medicine: EntryId) -> Vec<(String, String, f64, Action)> {
    Regimen::of(&device.diary)
        .episodes_of(medicine)
        .map(|episode| {
            let to = episode.to.map_or("on".to_owned(), |to| to.to_string());
            let mean = episode.schedule.mean_daily_amount().unwrap();
            (episode.from.to_string(), to, mean, episode.action)
        })
        .collect()
}

fn episode(from: &str, to: &str, amount: f64, action: Action) -> (String, String, f64, Action) {
    (from.to_owned(), to.to_owned(), amount, action)
}

#[test]
fn steps_become_episodes() {
    let (mut device, sertraline, _) = two_medicines();
    step(&mut device, "2026-01-01", sertraline, "start", mg(25.0));
    step(&mut device, "2026-01-08", sertraline, "increase", mg(50.0));
    step(&mut device, "2026-02-01", sertraline, "hold", json!({"reason": "fever"}));
    step(&mut device, "2026-02-05", sertraline, "resume", json!({}));
    step(&mut device, "2026-03-01", sertraline, "decrease", mg(37.5));
    step(&mut device, "2026-04-01", sertraline, "stop", json!({}));
    step(&mut device, "2026-05-01", sertraline, "resume", mg(10.0));
    assert_eq!(
        episodes(&device, sertraline),
        [
            episode("2026-01-01", "2026-01-08", 25.0, Action::Start),
            episode("2026-01-08", "2026-02-01", 50.0, Action::Increase),
            episode("2026-02-05", "2026-03-01", 50.0, Action::Resume),
            episode("2026-03-01", "2026-04-01", 37.5, Action::Decrease),
            episode("2026-05-01", "on", 10.0, Action::Resume),
        ]
    );
    let regimen = Regimen::of(&device.diary);
    assert_eq!(regimen.on(day("2026-02-03")).count(), 0, "on hold");
    let last = &regimen.episodes()[4];
    assert_eq!(last.due(day("2026-12-31")).len(), 1);
    assert!(last.due(day("2026-04-30")).is_empty());
}

#[test]
fn a_switch_ends_the_other_medicine_and_a_cross_taper_does_not() {
    let (mut device, sertraline, bupropion) = two_medicines();
    step(&mut device, "2026-01-01", sertraline, "start", mg(50.0));
    step(&mut device, "2026-02-01", bupropion, "switch", mg_replacing(150.0, sertraline));
    assert_eq!(
        episodes(&device, sertraline),
        [episode("2026-01-01", "2026-02-01", 50.0, Action::Start)]
    );
    assert_eq!(episodes(&device, bupropion), [episode("2026-02-01", "on", 150.0, Action::Switch)]);

    let (mut device, sertraline, bupropion) = two_medicines();
    step(&mut device, "2026-01-01", sertraline, "start", mg(50.0));
    step(&mut device, "2026-02-01", bupropion, "cross-taper", mg_replacing(75.0, sertraline));
    step(&mut device, "2026-02-01", sertraline, "decrease", mg(25.0));
    step(&mut device, "2026-02-08", sertraline, "stop", json!({}));
    step(&mut device, "2026-02-08", bupropion, "increase", mg(150.0));
    assert_eq!(
        episodes(&device, sertraline),
        [
            episode("2026-01-01", "2026-02-01", 50.0, Action::Start),
            episode("2026-02-01", "2026-02-08", 25.0, Action::Decrease),
        ]
    );
    assert_eq!(
        episodes(&device, bupropion),
        [
            episode("2026-02-01", "2026-02-08", 75.0, Action::CrossTaper),
            episode("2026-02-08", "on", 150.0, Action::Increase),
        ]
    );
}

#[test]
fn an_augmentation_stands_beside_and_a_one_off_lasts_a_day() {
    let (mut device, sertraline, bupropion) = two_medicines();
    step(&mut device, "2026-01-01", sertraline, "start", mg(50.0));
    step(&mut device, "2026-02-01", bupropion, "augment", mg(150.0));
    let regimen = Regimen::of(&device.diary);
    assert_eq!(regimen.on(day("2026-02-01")).count(), 2);
    assert_eq!(regimen.on(day("2026-01-31")).count(), 1);

    let (mut device, sertraline, _) = two_medicines();
    let once = json!({"schedule": {"repeat": "once", "unit": "mg", "doses": [{"amount": 100}]}});
    step(&mut device, "2026-01-10", sertraline, "start", once);
    assert_eq!(
        episodes(&device, sertraline),
        [episode("2026-01-10", "2026-01-11", 100.0, Action::Start)]
    );
}

#[test]
fn of_two_steps_on_one_day_the_later_instant_holds() {
    let (mut device, sertraline, _) = two_medicines();
    step(&mut device, "2026-01-01", sertraline, "start", mg(25.0));
    // Recorded first, lived second.
    step(&mut device, "2026-01-08T18:00:00+00:00", sertraline, "increase", mg(75.0));
    step(&mut device, "2026-01-08T09:00:00+00:00", sertraline, "increase", mg(50.0));
    assert_eq!(
        episodes(&device, sertraline),
        [
            episode("2026-01-01", "2026-01-08", 25.0, Action::Start),
            episode("2026-01-08", "on", 75.0, Action::Increase),
        ]
    );
    // Started and stopped on one day: nothing was ever prescribed.
    let (mut device, sertraline, _) = two_medicines();
    step(&mut device, "2026-01-01", sertraline, "start", mg(25.0));
    step(&mut device, "2026-01-01", sertraline, "stop", json!({}));
    assert_eq!(episodes(&device, sertraline), []);
}

#[test]
fn the_order_in_which_steps_are_recorded_does_not_matter() {
    let steps = [
        ("2026-01-01", "start", mg(25.0)),
        ("2026-01-08", "increase", mg(50.0)),
        ("2026-02-01", "hold", json!({})),
        ("2026-02-05", "resume", json!({})),
    ];
    let recorded = |order: [usize; 4]| {
        let (mut device, sertraline, _) = two_medicines();
        for place in order {
            let (on, action, more) = steps[place].clone();
            step(&mut device, on, sertraline, action, more);
        }
        episodes(&device, sertraline)
    };
    let in_order = recorded([0, 1, 2, 3]);
    assert_eq!(in_order.len(), 3);
    for order in [[3, 1, 2, 0], [1, 0, 3, 2], [3, 0, 1, 2]] {
        assert_eq!(recorded(order), in_order, "{order:?}");
    }
}

#[test]
fn steps_of_a_removed_medicine_prescribe_nothing() {
    let (mut device, sertraline, _) = two_medicines();
    let start = step(&mut device, "2026-01-01", sertraline, "start", mg(25.0));
    device.remove(sertraline);
    assert_eq!(Regimen::of(&device.diary), Regimen::default());
    device.undo(sertraline);
    assert_eq!(Regimen::of(&device.diary).episodes().len(), 1);
    device.remove(start);
    assert_eq!(Regimen::of(&device.diary), Regimen::default());
}

#[test]
fn phases_are_the_spans_over_which_nothing_changes() {
    let (mut device, sertraline, bupropion) = two_medicines();
    step(&mut device, "2026-01-05", sertraline, "start", mg(50.0));
    // Prescribed again as before: no new phase.
    step(&mut device, "2026-01-10", sertraline, "resume", mg(50.0));
    step(&mut device, "2026-01-15", bupropion, "augment", mg(150.0));
    step(&mut device, "2026-01-20", sertraline, "stop", json!({}));
    let regimen = Regimen::of(&device.diary);
    let of = |from: &str, to: &str| -> Vec<(String, String, usize)> {
        let seen = |p: &Phase| (p.from.to_string(), p.to.to_string(), p.episodes.len());
        regimen.phases(day(from), day(to)).iter().map(seen).collect()
    };
    let phase = |from: &str, to: &str, count| (from.to_owned(), to.to_owned(), count);
    assert_eq!(
        of("2026-01-01", "2026-02-01"),
        [
            phase("2026-01-01", "2026-01-05", 0),
            phase("2026-01-05", "2026-01-15", 1),
            phase("2026-01-15", "2026-01-20", 2),
            phase("2026-01-20", "2026-02-01", 1),
        ]
    );
    assert_eq!(of("2026-01-05", "2026-01-15"), [phase("2026-01-05", "2026-01-15", 1)]);
    assert_eq!(of("2026-01-15", "2026-01-15"), []);
    assert_eq!(of("2026-01-16", "2026-01-15"), []);
    let changes: Vec<String> = regimen.change_days().iter().map(Day::to_string).collect();
    assert_eq!(changes, ["2026-01-05", "2026-01-10", "2026-01-15", "2026-01-20"]);
}

/// Ingredient, amount and unit of what a product prescribes a day.
fn daily(ingredients: Value, unit: &str, amounts: &[f64]) -> Vec<(String, f64, Unit)> {
    let mut device = Device::new(1);
    let product = json!({"kind": "medicine", "name": "product", "ingredients": ingredients});
    let medicine = device.record(product);
    let doses: Vec<Value> = amounts.iter().map(|amount| json!({"amount": amount})).collect();
    let schedule = json!({"schedule": {"repeat": "daily", "unit": unit, "doses": doses}});
    step(&mut device, "2026-01-01", medicine, "start", schedule);
    Regimen::of(&device.diary)
        .daily_doses(&device.diary, day("2026-01-01"))
        .into_iter()
        .map(|dose| (dose.ingredient.into_string(), dose.amount, dose.unit))
        .collect()
}

#[test]
fn every_unit_is_brought_to_milligrams_where_it_can_be() {
    let none = Value::Null;
    let of = |amount: f64, unit: &str| json!({"amount": amount, "unit": unit});
    let mg = Unit::Milligram;
    for (strength, unit, amounts, expected) in [
        (none.clone(), "mg", vec![50.0, 25.0], (75.0, mg)),
        // 125 mcg × 0.001.
        (none.clone(), "mcg", vec![125.0], (0.125, mg)),
        // 1.2 g × 1000.
        (none.clone(), "g", vec![1.2], (1200.0, mg)),
        // Half and a quarter of 50 mg: 25 + 12.5.
        (of(50.0, "mg"), "tablet", vec![0.5, 0.25], (37.5, mg)),
        // Two tablets of 25 mcg: 50 × 0.001.
        (of(25.0, "mcg"), "tablet", vec![2.0], (0.05, mg)),
        // 2.5 mL of 20 mg/mL.
        (of(20.0, "mg"), "mL", vec![2.5], (50.0, mg)),
        // 8 drops of 2 mg each.
        (of(2.0, "mg"), "drops", vec![8.0], (16.0, mg)),
        // A patch that gives off 6 mg in 24 hours.
        (none.clone(), "mg/24h", vec![6.0], (6.0, mg)),
        // Two patches of 9.5 mg in 24 hours.
        (of(9.5, "mg/24h"), "tablet", vec![2.0], (19.0, mg)),
        (none.clone(), "mEq", vec![8.0, 16.0], (24.0, Unit::Milliequivalent)),
        // Three tablets of 8 mEq.
        (of(8.0, "mEq"), "tablet", vec![3.0], (24.0, Unit::Milliequivalent)),
        (none.clone(), "IU", vec![1000.0], (1000.0, Unit::InternationalUnit)),
        // Five drops of 400 IU.
        (of(400.0, "IU"), "drops", vec![5.0], (2000.0, Unit::InternationalUnit)),
        // Of unknown strength: as they were counted.
        (none.clone(), "tablet", vec![1.5], (1.5, Unit::Tablet)),
        (none.clone(), "mL", vec![5.0], (5.0, Unit::Millilitre)),
        (none, "drops", vec![20.0], (20.0, Unit::Drops)),
    ] {
        let found = daily(json!([{"name": "x", "strength": strength}]), unit, &amounts);
        let (name, amount, found_unit) = &found[0];
        assert_eq!((found.len(), name.as_str(), *found_unit), (1, "x", expected.1), "{unit}");
        assert!(near(*amount, expected.0), "{amount} for {amounts:?} {unit}");
    }
}

#[test]
fn a_combination_product_gives_each_of_its_ingredients() {
    let mg = |amount: f64| json!({"amount": amount, "unit": "mg"});
    let both = json!([
        {"name": "olanzapine", "strength": mg(6.0)},
        {"name": "fluoxetine", "reference": "fluoxetine", "strength": mg(25.0)},
    ]);
    // One and a half tablets of 6/25 mg: 9 and 37.5.
    assert_eq!(
        daily(both.clone(), "tablet", &[1.0, 0.5]),
        [
            ("olanzapine".to_owned(), 9.0, Unit::Milligram),
            ("fluoxetine".to_owned(), 37.5, Unit::Milligram),
        ]
    );
    // Milligrams of two ingredients together say nothing of either.
    assert_eq!(daily(both, "mg", &[31.0]), []);
    // Of an ingredient without a strength nothing is known; the other is counted.
    let half_known = json!([{"name": "a", "strength": mg(6.0)}, {"name": "b"}]);
    assert_eq!(daily(half_known, "tablet", &[1.0]), [("a".to_owned(), 6.0, Unit::Milligram)]);
}

#[test]
fn one_ingredient_of_two_products_is_added_up() {
    let mut device = Device::new(1);
    let mut start = |name: &str, ingredients: Value, amount: f64| {
        let product = json!({"kind": "medicine", "name": name, "ingredients": ingredients});
        let medicine = device.record(product);
        let schedule = json!({"schedule": {"repeat": "daily", "unit": "tablet", "doses": [{"amount": amount}]}});
        step(&mut device, "2026-01-01", medicine, "start", schedule);
    };
    let fluoxetine = |amount| json!({"name": "Fluoxetine", "reference": "fluoxetine", "strength": {"amount": amount, "unit": "mg"}});
    start("alone", json!([fluoxetine(20)]), 2.0);
    start(
        "combined",
        json!([{"name": "olanzapine", "strength": {"amount": 6, "unit": "mg"}}, fluoxetine(25)]),
        1.0,
    );
    let doses = Regimen::of(&device.diary).daily_doses(&device.diary, day("2026-06-01"));
    let found: Vec<(&str, f64)> =
        doses.iter().map(|dose| (dose.ingredient.as_ref(), dose.amount)).collect();
    // 2 × 20 + 25 = 65.
    assert_eq!(found, [("fluoxetine", 65.0), ("olanzapine", 6.0)]);
}

#[test]
fn what_is_taken_as_needed_prescribes_no_daily_dose() {
    let (mut device, sertraline, _) = two_medicines();
    let as_needed = json!({"schedule": {"repeat": "as-needed", "maxPerDay": 3, "minGapHours": 6, "unit": "mg", "doses": [{"amount": 1}]}});
    step(&mut device, "2026-01-01", sertraline, "start", as_needed);
    let regimen = Regimen::of(&device.diary);
    assert_eq!(regimen.on(day("2026-01-02")).count(), 1);
    assert!(regimen.episodes()[0].schedule.is_as_needed());
    assert_eq!(regimen.daily_doses(&device.diary, day("2026-01-02")), []);
}
