//! The lines under the dose card, and what the cards of a product with several ingredients follow.

use doseline::diary::EntryId;
use doseline::report::{self, DoseResponse, Words, dose_response};
use serde_json::{Value, json};

use crate::notebook::{Notebook, as_of, wobble};

/// A diary with a product of which one tablet a day is taken from day 30 on and two from day 60 on.
fn taken(ingredients: &Value) -> (Notebook, EntryId) {
    let mut diary = Notebook::new();
    let medicine = json!({ "kind": "medicine", "name": "Product", "ingredients": ingredients });
    let medicine = diary.on(0, medicine);
    for (number, action, tablets) in [(30, "start", 1), (60, "increase", 2)] {
        let doses = json!([{ "amount": tablets }]);
        let schedule = json!({ "repeat": "daily", "unit": "tablet", "doses": doses });
        let medicine = medicine.to_string();
        let step =
            json!({ "kind": "step", "medicine": medicine, "action": action, "schedule": schedule });
        diary.on(number, step);
    }
    diary.mood(0..90, |number| 5.0 + wobble(number));
    (diary, medicine)
}

fn card(ingredients: &Value) -> DoseResponse {
    let (diary, medicine) = taken(ingredients);
    dose_response(&diary.diary, medicine, "mood", as_of(89), &Words::english()).unwrap()
}

#[test]
fn of_several_ingredients_the_card_names_the_one_whose_doses_it_shows() {
    let strength = |amount: i32| json!({ "amount": amount, "unit": "mg" });
    let first = json!({ "name": "ordinal", "strength": strength(10) });
    let second = json!({ "name": "cardinal", "strength": strength(3) });
    let both = card(&json!([first, second]));
    // One and two tablets of 10 mg of the first ingredient; the second would give 3 and 6 mg.
    let doses: Vec<f64> = both.levels.iter().filter_map(|level| level.dose).collect();
    assert_eq!(doses, [10.0, 20.0]);
    assert_eq!(both.notes[0].label, "Several ingredients");
    assert_eq!(
        both.notes[0].text,
        "Product also holds cardinal. The doses shown are those of ordinal. \
        Nothing here tells which of them a change goes with."
    );
    let alone = card(&json!([first]));
    assert_eq!(alone.notes, both.notes[1..], "one ingredient asks for no such line");
}

#[test]
fn of_several_ingredients_the_other_cards_name_the_first_as_well() {
    let follows = |ingredients: Value| {
        let ((diary, medicine), words) = (taken(&ingredients), Words::english());
        let diary = &diary.diary;
        let lag = report::lag_strip(diary, medicine, "mood", as_of(89), &words).unwrap();
        let effects = report::side_effects(diary, medicine, false, as_of(89), &words).unwrap();
        let days = (None, None);
        let level = report::exposure(diary, medicine, days, as_of(89), &words).unwrap();
        [lag.follows, effects.follows, level.follows]
    };
    let strength = |amount: i32| json!({ "amount": amount, "unit": "mg" });
    let first = json!({ "name": "fluoxetine", "strength": strength(25) });
    let second = json!({ "name": "olanzapine", "strength": strength(6) });
    let doses = "Product also holds olanzapine. The doses shown are those of fluoxetine. \
        Nothing here tells which of them a change goes with.";
    let level = "Product also holds olanzapine. The level shown is that of fluoxetine alone.";
    let told = follows(json!([first, second]));
    assert_eq!(told, [doses, doses, level].map(|text| Some(text.to_owned())));
    assert_eq!(follows(json!([first])), [None, None, None]);
}
