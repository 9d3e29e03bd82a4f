//! Scores, bands and missing items, counted by hand from the published rules.

use doseline::reference::{Instrument, SafetyAnswer, Score, Unscored, instruments};
use proptest::prelude::*;

fn instrument(id: &str) -> &'static Instrument {
    instruments().find(id).expect("a listed instrument")
}

fn answers(written: &str) -> Vec<Option<u8>> {
    written.bytes().map(|answer| (answer != b'-').then(|| answer - b'0')).collect()
}

#[test]
fn totals_and_missing_items() {
    // Answers in order, `-` unanswered; total; whether prorated. Working beside each.
    let cases = [
        ("phq-9", "000000000", 0, false),
        ("phq-9", "333333333", 27, false),
        ("phq-9", "123012301", 13, false), // 1+2+3+0+1+2+3+0+1
        ("phq-9", "-23012301", 14, true),  // 12 over 8 answered × 9 = 13.5, halves up
        ("phq-9", "--2112211", 13, true),  // 10 over 7 answered × 9 = 12.857
        ("phq-9", "33333333-", 27, true),  // 24 over 8 × 9: never above the range
        ("phq-9", "2212111-0", 11, true),  // 10 over 8 × 9 = 11.25
        ("phq-8", "33333333", 24, false),
        ("phq-8", "111111--", 8, true), // 6 over 6 × 8
        ("gad-7", "3333333", 21, false),
        ("gad-7", "1-11000", 4, true), // 3 over 6 × 7 = 3.5, halves up
        ("gad-7", "-222222", 14, true),
        ("phq-2", "33", 6, false),
        ("gad-2", "12", 3, false),
    ];
    for (id, written, total, prorated) in cases {
        let missing = written.matches('-').count() as u8;
        let expected = Ok(Score { total, prorated, missing });
        assert_eq!(instrument(id).score(&answers(written)), expected, "{id} {written}");
    }
}

#[test]
fn why_there_is_no_total() {
    let cases = [
        ("phq-9", "---000000", Unscored::TooManyMissing { missing: 3, allowed: 2 }),
        ("phq-8", "---00000", Unscored::TooManyMissing { missing: 3, allowed: 2 }),
        ("gad-7", "--00000", Unscored::TooManyMissing { missing: 2, allowed: 1 }),
        ("phq-2", "-3", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("gad-2", "3-", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("phq-9", "00000000", Unscored::WrongLength { expected: 9, found: 8 }),
        ("phq-9", "0000000000", Unscored::WrongLength { expected: 9, found: 10 }),
        ("phq-9", "000040000", Unscored::NotAnOption { item: 5, answer: 4 }),
    ];
    for (id, written, why) in cases {
        assert_eq!(instrument(id).score(&answers(written)), Err(why), "{id} {written}");
    }
}

/// Edges as published: Kroenke 2001 (5, 10, 15, 20), Spitzer 2006 (5, 10, 15), Kroenke 2009 (as the
/// PHQ-9), Kroenke 2003 and 2007 (3).
#[test]
fn bands_change_at_their_published_edges() {
    let phq = ["none-minimal", "mild", "moderate", "moderately-severe", "severe"];
    let gad = ["minimal", "mild", "moderate", "severe"];
    let screen = ["negative-screen", "positive-screen"];
    let cases: [(&str, &[u16], &[&str], u16); 5] = [
        ("phq-9", &[5, 10, 15, 20], &phq, 27),
        ("phq-8", &[5, 10, 15, 20], &phq, 24),
        ("gad-7", &[5, 10, 15], &gad, 21),
        ("phq-2", &[3], &screen, 6),
        ("gad-2", &[3], &screen, 6),
    ];
    for (id, edges, names, highest) in cases {
        let row = instrument(id);
        for total in 0..=highest {
            let place = edges.iter().filter(|edge| total >= **edge).count();
            assert_eq!(
                row.band(total).map(|band| band.id.as_str()),
                Some(names[place]),
                "{id} {total}"
            );
        }
        assert!(row.band(highest + 1).is_none());
    }
}

#[test]
fn the_safety_item_is_read_without_a_total_and_never_as_zero() {
    let phq9 = instrument("phq-9");
    let read = |written: &str| phq9.safety_answers(&answers(written)).collect::<Vec<_>>();
    let answer = |answer, raised| vec![SafetyAnswer { item: 9, answer, raised }];
    assert_eq!(read("000000000"), answer(Some(0), false));
    assert_eq!(read("000000001"), answer(Some(1), true));
    assert_eq!(read("--------2"), answer(Some(2), true)); // too few answers for a total
    assert_eq!(read("00000000-"), answer(None, false));
    assert_eq!(read("0"), answer(None, false)); // an answer list cut short
    assert_eq!(instrument("phq-8").safety_answers(&answers("33333333")).count(), 0);
}

#[test]
fn changes_that_mean_something() {
    let phq9 = instrument("phq-9");
    // SD 6.1, reliability 0.84: the standard error of a difference is 6.1 × √2 × √0.16 = 3.4507.
    // 6 / 3.4507 = 1.74 (92 %); 7 / 3.4507 = 2.03, the first whole number beyond 1.96.
    let z: Vec<_> = (phq9.reliable_change.iter())
        .map(|row| (row.value.points, row.value.z().map(|z| format!("{z:.2}"))))
        .collect();
    assert_eq!(z, [(6, Some("1.74".to_owned())), (7, Some("2.03".to_owned()))]);
    assert_eq!(phq9.smallest_change.value, Some(5)); // Löwe 2004
    assert_eq!(phq9.remission.value, Some(5));
    let gad7 = instrument("gad-7");
    assert_eq!(gad7.smallest_change.value, Some(4)); // Toussaint 2020
    assert_eq!(gad7.reliable_change.len(), 1);
    assert_eq!(
        (gad7.reliable_change[0].value.points, gad7.reliable_change[0].value.z()),
        (4, None)
    );
    for id in ["phq-2", "gad-2"] {
        let row = instrument(id);
        assert!(row.smallest_change.value.is_none() && row.response.value.is_none());
        assert!(row.reliable_change.is_empty() && row.relapse.value.is_none());
    }
    let relapse = phq9.relapse;
    assert_eq!(relapse.sources.ids().map(|id| id.as_str()).collect::<Vec<_>>(), ["doseline-rules"]);
}

#[test]
fn the_difficulty_item_is_asked_and_never_scored() {
    let phq9 = instrument("phq-9");
    let [difficulty] = phq9.unscored.value.as_slice() else { panic!("one unscored item") };
    assert_eq!(difficulty.loinc.map(|code| code.as_str()), Some("69722-7"));
    let words: Vec<_> =
        phq9.options_of(difficulty).iter().map(|choice| choice.text.as_str()).collect();
    assert_eq!(
        words,
        ["Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult"]
    );
    assert_eq!(phq9.items.value.len(), 9);
}

proptest! {
    /// Whatever is answered, a total lies in the range, has a band, and is the plain sum when
    /// nothing is missing.
    #[test]
    fn a_total_always_has_a_band(
        id in prop::sample::select(vec!["phq-9", "phq-8", "phq-2", "gad-7", "gad-2"]),
        drawn in prop::collection::vec(prop::option::weighted(0.9, 0_u8..4), 9),
    ) {
        let row = instrument(id);
        let given = &drawn[..row.items.value.len()];
        match row.score(given) {
            Ok(score) => {
                prop_assert!(row.band(score.total).is_some());
                prop_assert_eq!(score.prorated, given.contains(&None));
                if !score.prorated {
                    let sum: u16 = given.iter().flatten().map(|answer| u16::from(*answer)).sum();
                    prop_assert_eq!(score.total, sum);
                }
            }
            Err(why) => {
                let missing = given.iter().filter(|answer| answer.is_none()).count();
                let allowed = row.missing.value.prorate_up_to;
                prop_assert_eq!(why, Unscored::TooManyMissing { missing, allowed });
                prop_assert!(missing > usize::from(allowed));
            }
        }
    }
}
