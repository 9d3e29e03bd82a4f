//! Whoever can look at one outcome after the other asks of all of them.

use doseline::report::{Finding, TimelineOptions, Words, dose_response, timeline};
use serde_json::json;

use crate::notebook::{Notebook, as_of};
use crate::simulation::{Noise, Random};

const LAST: i32 = 167;
const OTHERS: [&str; 7] = ["anxiety", "energy", "irritability", "focus", "work", "home", "people"];

/// Mood on 168 days, a point higher every 50 days and two points more from a start on day 84 on; beside it, if
/// asked for, ratings that stay the same. The trend on a timeline of mood alone, and the dose card of mood.
fn told_of_mood(seed: u64, with_others: bool) -> [Finding; 2] {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(84, medicine, "start", 50.0);
    let noise = Noise::Autoregressive(0.4).series(&mut Random::seeded(seed), 168, 1.2);
    for number in 0..=LAST {
        let height = f64::from(number) / 50.0 + if number < 84 { 0.0 } else { 2.0 };
        let mut ratings =
            json!({ "mood": (3.0 + height + noise[number as usize]).clamp(0.0, 10.0) });
        if with_others {
            OTHERS.iter().for_each(|other| ratings[*other] = json!(4 + number % 3));
        }
        diary.on(number, json!({ "kind": "check-in", "ratings": ratings }));
    }
    let (words, options) = (
        Words::english(),
        TimelineOptions { outcomes: Some(vec!["mood".into()]), ..TimelineOptions::default() },
    );
    let mut view = timeline(&diary.diary, &options, as_of(LAST), &words).unwrap();
    let card = dose_response(&diary.diary, medicine, "mood", as_of(LAST), &words).unwrap();
    [view.lanes.remove(0).trend, card.finding]
}

#[test]
fn outcomes_that_are_not_shown_count_as_asked() {
    let tells = |finding: &Finding| finding.certainty != "not-enough-yet";
    let mut held_back = [0, 0];
    for seed in 0..60 {
        let (one, many) = (told_of_mood(seed, false), told_of_mood(seed, true));
        for (place, (one, many)) in one.iter().zip(&many).enumerate() {
            assert_eq!((one.low, one.high), (many.low, many.high));
            assert!(tells(one) || !tells(many), "{many:?}");
            if tells(one) && !tells(many) {
                held_back[place] += 1;
                // Two questions and one phase for each of eight outcomes; the card has one for each.
                let asked = [24, 8][place];
                assert!(many.sentence.contains(&format!("Of {asked} things")), "{many:?}");
            }
        }
    }
    assert!(held_back.iter().all(|times| *times > 0), "{held_back:?}");
}
