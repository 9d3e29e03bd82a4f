//! Whoever can look at one outcome after the other asks of all of them.

use doseline::report::{Finding, TimelineOptions, Words, dose_response, timeline};
use serde_json::json;

use crate::notebook::{Notebook, as_of};
use crate::simulation::{Noise, Random};

const LAST: i32 = 167;
/// The first leads: outcomes of a check-in stand in this order.
const OUTCOMES: [&str; 8] =
    ["mood", "anxiety", "energy", "irritability", "focus", "work", "home", "people"];

/// An outcome on 168 days, a point higher every 36 days and a point and a half more from a start on day 84
/// on; beside it, if asked for, others that stay the same. Its trend on a timeline of its own, and its dose
/// card.
fn told_of(outcome: &str, seed: u64, with_others: bool) -> [Finding; 2] {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(84, medicine, "start", 50.0);
    let noise = Noise::Autoregressive(0.4).series(&mut Random::seeded(seed), 168, 1.2);
    for number in 0..=LAST {
        let mut ratings = json!({});
        for other in OUTCOMES.iter().filter(|_| with_others) {
            ratings[*other] = json!(4 + number % 3);
        }
        let height = f64::from(number) / 36.0 + if number < 84 { 0.0 } else { 1.5 };
        ratings[outcome] = json!((3.0 + height + noise[number as usize]).clamp(0.0, 10.0));
        diary.on(number, json!({ "kind": "check-in", "ratings": ratings }));
    }
    let words = Words::english();
    let options =
        TimelineOptions { outcomes: Some(vec![outcome.into()]), ..TimelineOptions::default() };
    let mut view = timeline(&diary.diary, &options, as_of(LAST), &words).unwrap();
    let card = dose_response(&diary.diary, medicine, outcome, as_of(LAST), &words).unwrap();
    [view.lanes.remove(0).trend, card.finding]
}

fn tells(finding: &Finding) -> bool {
    matches!(finding.certainty, "suggestive" | "established")
}

/// In how many of 60 diaries the trend and the card tell of an outcome that stands alone, and of how many of
/// them it no longer is told beside seven others.
fn told_and_held_back(outcome: &str) -> [[usize; 2]; 2] {
    let mut counts = [[0; 2]; 2];
    for seed in 0..60 {
        let (one, many) = (told_of(outcome, seed, false), told_of(outcome, seed, true));
        for (place, (one, many)) in one.iter().zip(&many).enumerate() {
            assert_eq!((one.low, one.high), (many.low, many.high));
            assert!(tells(one) || !tells(many), "{many:?}");
            counts[place][0] += usize::from(tells(one));
            if tells(one) && !tells(many) {
                counts[place][1] += 1;
                // Two questions and one phase for each of eight outcomes; the card has one for each.
                let asked = [24, 8][place];
                assert!(many.sentence.contains(&format!("Of {asked} things")), "{many:?}");
            }
        }
    }
    counts
}

/// The leading outcome has half of what may err, each of the seven others a seventh of the other half.
#[test]
fn outcomes_that_are_not_shown_count_as_asked_and_the_first_of_them_leads() {
    let (leading, last) = (told_and_held_back("mood"), told_and_held_back("people"));
    for ([told, of_leading], [_, of_last]) in leading.into_iter().zip(last) {
        assert!(0 < of_leading && of_leading < of_last && of_last <= told, "{leading:?} {last:?}");
    }
}

/// One outcome, one medicine, one question: it is told that this may be chance, not that there were many.
#[test]
fn a_card_of_the_only_outcome_does_not_speak_of_many_things() {
    let cards = (0..60).map(|seed| told_of("mood", seed, false)[1].clone());
    let near = cards.filter(|card| !tells(card) && card.low.is_some_and(|low| low > 0.0));
    let near: Vec<Finding> = near.collect();
    assert!(!near.is_empty());
    for card in near {
        assert_eq!(card.sentence, "Mood may look different here. It may well be chance.");
    }
}
