//! The item strip, counted by hand.

use doseline::analysis::item_strip::{ItemStrip, item_strip};
use doseline::analysis::{Certainty, Looks};
use doseline::reference;
use serde_json::json;

use crate::close;
use crate::notebook::{Notebook, day, window};
use crate::simulation::{Noise, Random};

/// Those of a diary that was left on day 139.
fn looks(diary: &Notebook) -> Looks {
    Looks::of(&diary.diary, window(0, 139), day(200))
}

/// Answers before a medicine that is begun on day 70, and after it: weekly readings, one of them
/// with an open item, another with a total only.
fn strip(before: [u8; 9], after: [u8; 9]) -> ItemStrip {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(70, medicine, "start", 50.0);
    for number in (0..140).step_by(7) {
        let items = if number < 70 { before } else { after };
        diary.on(number, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }));
    }
    let open = json!([0, 0, 0, 0, 0, 0, 0, null, 0]);
    diary.on(30, json!({ "kind": "assessment", "instrument": "phq-9", "items": open }));
    diary.phq9(31, 20.0);
    let row = reference::instruments().find("phq-9").unwrap();
    let regimen = diary.regimen();
    item_strip(&diary.diary, ("phq-9", row), &regimen, window(0, 139), &looks(&diary)).unwrap()
}

#[test]
fn items_that_moved_are_named_and_the_total_is_told_with_and_without_the_marked_ones() {
    let found = strip([2; 9], [2, 1, 0, 0, 0, 1, 1, 2, 1]);
    assert_eq!((found.phases.len(), found.incomplete), (2, 2));
    let [first, second] = &found.phases[..] else { panic!() };
    // Days 0, 7, … 63; a wash-in of 14 days and a recall of 14 leave days 98 to 133. Every second
    // tells of the days of the one before: five and three count.
    assert_eq!((first.whole.n, second.whole.n), (5, 3));
    assert_eq!(first.items, [2.0; 9]);
    assert_eq!(second.items, [2.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 1.0]);
    assert_eq!(second.moved, [2, 3, 4, 5, 6, 7, 9]);
    assert!(first.moved.is_empty() && first.whole.difference.is_none());
    // Marked are 3, 4, 5, 7 and 8: the others go from 8 to 2 + 1 + 1 + 1 = 5, all from 18 to 8.
    assert_eq!((first.whole.mean, second.whole.mean), (Some(18.0), Some(8.0)));
    assert_eq!((first.without, second.without), (Some(8.0), Some(5.0)));
}

#[test]
fn a_change_in_marked_items_alone_leaves_the_others_where_they_were() {
    let found = strip([2, 2, 3, 3, 3, 2, 3, 3, 2], [2, 2, 0, 0, 0, 2, 0, 0, 2]);
    let second = &found.phases[1];
    assert_eq!(second.moved, [3, 4, 5, 7, 8]);
    // The same eight points in every reading: no spread to judge by, and no word of a change.
    let without = second.without_difference.as_ref().unwrap();
    assert_eq!(without.certainty, Certainty::NotEstimable);
    close(second.without.unwrap(), 8.0);
}

#[test]
fn too_few_readings_move_nothing() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(70, medicine, "start", 50.0);
    for (number, answer) in [(50, 3), (60, 3), (130, 0), (139, 0)] {
        let items = [answer; 9];
        diary.on(number, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }));
    }
    let row = reference::instruments().find("phq-9").unwrap();
    let found =
        item_strip(&diary.diary, ("phq-9", row), &diary.regimen(), window(0, 139), &looks(&diary))
            .unwrap();
    assert!(found.phases[1].moved.is_empty());
    let difference = found.phases[1].whole.difference.as_ref().unwrap();
    assert_eq!(difference.certainty, Certainty::NotEnoughYet);
}

/// Answers every two weeks under noise, more from day 140 on in some lives than in others: what is told of
/// the whole total and of the rest must survive being two questions, and is set beside the looks before.
#[test]
fn the_two_differences_are_held_together_and_set_beside_the_looks_before() {
    let (mut held, mut established) = (0, 0);
    for seed in 0..240_u64 {
        let mut diary = Notebook::new();
        let medicine = diary.unlisted("Ordinal");
        diary.step(140, medicine, "start", 50.0);
        let noise = Noise::Autoregressive(0.0).series(&mut Random::seeded(seed), 400, 1.0);
        let loud = if seed < 120 { 0.8 } else { 0.4 };
        for number in (0..400).step_by(14) {
            let shift = if number < 140 { 0.0 } else { 0.7 + 0.05 * (seed % 30) as f64 };
            let answer = |item: usize| {
                let wave = noise[number as usize] * loud + (item % 3) as f64 * 0.2;
                (1.0 + wave + shift).round().clamp(0.0, 3.0) as u8
            };
            let items: Vec<u8> = (0..9).map(answer).collect();
            diary
                .on(number, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }));
        }
        let row = reference::instruments().find("phq-9").unwrap();
        let all = window(0, 399);
        let told = |today: i32, to: i32| {
            let looks = Looks::of(&diary.diary, window(0, to), day(today));
            item_strip(&diary.diary, ("phq-9", row), &diary.regimen(), all, &looks).unwrap()
        };
        let found = told(399, 399);
        let both = [
            found.phases[1].whole.difference.as_ref().unwrap(),
            found.phases[1].without_difference.as_ref().unwrap(),
        ];
        let p_values: Vec<f64> = both.iter().filter_map(|one| one.p_value()).collect();
        let least = p_values.iter().copied().fold(1.0, f64::min);
        for finding in both {
            let Some(p) = finding.p_value() else { continue };
            // Holm over two: the smaller must lie below half of a card's 2.5 %, the other then below 2.5 %.
            let survives = least <= 0.0125 && p <= 0.025;
            assert_eq!(finding.tells(), survives, "{p_values:?} {finding:?}");
            let clear = finding.estimate.is_some_and(|estimate| estimate.excludes_zero());
            held += usize::from(clear && !survives);
            established += usize::from(finding.certainty == Certainty::Established);
        }
    }
    assert!(held > 0, "no strip where the second question mattered");
    assert!(established > 0, "none that was told four weeks before");
}
