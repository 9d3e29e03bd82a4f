//! Scores, bands and missing items, counted by hand from the published rules.

use std::collections::BTreeSet;

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
        ("asrm", "40213", 10, false),
        ("asrm", "4-213", 13, true), // 10 over 4 × 5 = 12.5, halves up
        ("isi", "4321012", 13, false),
        ("pcl-5", "01234012340123401234", 40, false),
        ("wsas", "8642-", 25, true),   // 20 over 4 × 5
        ("who-5", "54321", 60, false), // 15 × 4
        ("who-5", "55555", 100, false),
        ("fibser", "660", 0, false), // burden alone
        ("audit-c", "432", 9, false),
        ("asrs", "432100", 10, false),
        ("oci-r", "111111222222333333", 36, false),
        ("y-bocs-sr", "4321012340", 20, false),
        ("pdss-sr", "1111111", 7, false),
        ("share-taken", "5", 5, false),
    ];
    for (id, written, total, prorated) in cases {
        let missing = written.matches('-').count() as u8;
        let expected = Ok(Score { total, prorated, missing });
        assert_eq!(instrument(id).score(&answers(written)), expected, "{id} {written}");
    }
    // The others are scored by rules of their own, each in a test below.
    let others = ["c-ssrs", "mdq", "pc-ptsd-5", "qids-sr16"];
    let tried: BTreeSet<&str> = cases.iter().map(|(id, ..)| *id).chain(others).collect();
    let all: BTreeSet<&str> = instruments().iter().map(|row| row.id.as_str()).collect();
    assert_eq!(tried, all);
}

/// The rule of each row (`prorateUpTo`): so many items may be missing and not one more, whichever.
#[test]
fn one_more_missing_item_than_the_rule_allows_gives_no_total() {
    let mut tried = 0;
    for row in instruments() {
        let items = &row.items.value;
        if !row.scoring.value.groups.is_empty() || items.iter().any(|it| it.asked_if.is_some()) {
            continue; // not every item counts: see the tests of these instruments
        }
        let allowed = usize::from(row.missing.value.prorate_up_to);
        let lowest = |item| row.options_of(item).iter().map(|choice| choice.score).min();
        let full: Vec<Option<u8>> = items.iter().map(lowest).collect();
        for first in 0..items.len() {
            for missing in 0..=allowed + 1 {
                let mut given = full.clone();
                (0..missing).for_each(|step| given[(first + step) % items.len()] = None);
                let is_scored = missing <= allowed && given.iter().any(Option::is_some);
                assert_eq!(row.score(&given).is_ok(), is_scored, "{} {given:?}", row.id);
            }
        }
        tried += 1;
    }
    assert!(tried >= 15, "{tried}");
}

#[test]
fn why_there_is_no_total() {
    let cases = [
        ("phq-9", "---000000", Unscored::TooManyMissing { missing: 3, allowed: 2 }),
        ("phq-8", "---00000", Unscored::TooManyMissing { missing: 3, allowed: 2 }),
        ("gad-7", "--00000", Unscored::TooManyMissing { missing: 2, allowed: 1 }),
        ("phq-2", "-3", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("gad-2", "3-", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("asrm", "--111", Unscored::TooManyMissing { missing: 2, allowed: 1 }),
        ("wsas", "--111", Unscored::TooManyMissing { missing: 2, allowed: 1 }),
        ("isi", "-111111", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("who-5", "1111-", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("fibser", "11-", Unscored::TooManyMissing { missing: 1, allowed: 0 }),
        ("who-5", "66666", Unscored::NotAnOption { item: 1, answer: 6 }),
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

/// Edges as collected from the sources that each row names.
#[test]
fn bands_of_the_others_change_at_their_edges() {
    let cases: [(&str, &[u16], u16); 12] = [
        ("asrm", &[6], 20),
        ("asrs", &[10, 14, 18], 24),
        ("fibser", &[3, 5], 6),
        ("isi", &[8, 15, 22], 28),
        ("oci-r", &[16, 28], 72),
        ("pc-ptsd-5", &[3], 5),
        ("pdss-sr", &[2, 6, 10, 14], 28),
        ("qids-sr16", &[6, 11, 16, 21], 27),
        ("share-taken", &[50, 80], 100),
        ("who-5", &[29, 51], 100),
        ("wsas", &[10, 21], 40),
        ("y-bocs-sr", &[8, 16, 24, 32], 40),
    ];
    for (id, edges, highest) in cases {
        let row = instrument(id);
        for total in 0..=highest {
            let place = edges.iter().filter(|edge| total >= **edge).count();
            assert_eq!(row.band(total), row.bands.value.get(place), "{id} {total}");
        }
        assert_eq!(row.bands.value.len(), edges.len() + 1, "{id}");
    }
    // No bands are published for these.
    for id in ["pcl-5", "audit-c", "mdq"] {
        assert!(instrument(id).band(5).is_none());
    }
}

/// QIDS-SR16 (ids-qids.org): the highest of the four sleep items, of the four appetite and weight
/// items and of the two items on restlessness, and each other item by itself.
#[test]
fn the_qids_adds_the_highest_of_each_domain() {
    let qids = instrument("qids-sr16");
    let total = |written: &str| qids.score(&answers(written)).map(|score| score.total);
    assert_eq!(total("3333333333333333"), Ok(27));
    assert_eq!(total("0120300301112021"), Ok(2 + 3 + 3 + 1 + 1 + 1 + 2 + 2));
    assert_eq!(total("3---0--------000"), Err(Unscored::TooManyMissing { missing: 5, allowed: 0 }));
    assert_eq!(total("3---01---000000-"), Ok(4), "a domain is scored from what was answered");
    let safety: Vec<_> = qids.safety_answers(&answers("0000000000010000")).collect();
    assert_eq!(safety, [SafetyAnswer { item: 12, answer: Some(1), raised: true }]);
}

/// C-SSRS screener (triage card): 1 or 2 low, 3 or an attempt long ago moderate, 4, 5 or an attempt
/// within three months high. What was not asked is not missing; what was not answered is.
#[test]
fn the_columbia_screener_gives_the_level_of_its_highest_answer() {
    let screener = instrument("c-ssrs");
    let level = |written: &str| {
        let total = screener.score(&answers(written)).map(|score| score.total);
        total.map(|total| screener.band(total).map(|band| band.id.as_str()))
    };
    for (written, band) in [
        ("00---0-", "none"), // 3 to 5 are asked after a yes to 2, 7 after a yes to 6
        ("10---0-", "low"),
        ("110000-", "low"),
        ("112000-", "moderate"),
        ("1100020", "moderate"),
        ("110300-", "high"),
        ("110030-", "high"),
        ("1100023", "high"),
    ] {
        assert_eq!(level(written), Ok(Some(band)), "{written}");
    }
    let raised = |written: &str| {
        screener.safety_answers(&answers(written)).filter(|answer| answer.raised).count()
    };
    assert_eq!((raised("00---0-"), raised("1------"), raised("1100023")), (0, 1, 4));
}

#[test]
fn a_gate_that_says_no_makes_the_total_zero() {
    let screen = instrument("pc-ptsd-5");
    let total = |written: &str| screen.score(&answers(written)).map(|score| score.total);
    assert_eq!(total("0-----"), Ok(0));
    assert_eq!(total("111100"), Ok(3));
    assert_eq!(total("1111-0"), Err(Unscored::TooManyMissing { missing: 1, allowed: 0 }));
    assert_eq!(total("------"), Err(Unscored::TooManyMissing { missing: 5, allowed: 0 }));
}

/// PCL-5 (DSM-5 pattern): 2 and more in one item of B, one of C, two of D and two of E. ASRS v1.1: four
/// of six, from 2 in items 1 to 3 and from 3 in items 4 to 6. MDQ: seven of thirteen, at the same
/// time, and a moderate problem.
#[test]
fn rules_over_single_answers() {
    let met = |id: &str, written: &str| {
        let row = instrument(id);
        row.meets(&row.patterns[0].value, &answers(written))
    };
    assert_eq!(met("pcl-5", "20000 20 2200000 220000".replace(' ', "").as_str()), Some(true));
    assert_eq!(met("pcl-5", "20000 20 2000000 220000".replace(' ', "").as_str()), Some(false));
    assert_eq!(met("pcl-5", "20000 20 2-00000 220000".replace(' ', "").as_str()), None);
    assert_eq!(met("pcl-5", "11111 20 2-00000 220000".replace(' ', "").as_str()), Some(false));
    assert_eq!(met("asrs", "222300"), Some(true));
    assert_eq!(met("asrs", "222200"), Some(false));
    assert_eq!(met("asrs", "22230-"), Some(true));
    assert_eq!(met("asrs", "22220-"), None);
    assert_eq!(met("mdq", "111111100000012"), Some(true));
    assert_eq!(met("mdq", "111111100000011"), Some(false));
    assert_eq!(met("mdq", "111111000000012"), Some(false));
    assert_eq!(instrument("mdq").score(&answers("111111100000012")).map(|s| s.total), Ok(7));
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
    // Marx 2022; Morin 2011; Farris 2013 and Elsner 2020; Topp 2015.
    let points = |id: &str| -> Vec<u16> {
        instrument(id).reliable_change.iter().map(|row| row.value.points).collect()
    };
    assert_eq!(
        (points("pcl-5"), points("oci-r"), points("pdss-sr")),
        (vec![15, 18], vec![13], vec![5])
    );
    assert_eq!(instrument("isi").response_points.value, Some(8));
    assert_eq!(instrument("y-bocs-sr").response.value, Some(0.35));
    assert_eq!(instrument("y-bocs-sr").remission.value, Some(13)); // 12 and less
    assert_eq!(instrument("who-5").smallest_change.value, Some(10));
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
