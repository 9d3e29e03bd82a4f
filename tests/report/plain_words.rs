//! Every sentence that people read is plain: its reading grade, and words that none of them has. The
//! sentences are those of the catalogue, of the tables that hold any themselves, and of the page.

use doseline::reference::{self, pack};
use doseline::report::Words;

use crate::page_words;

const BANNED: &[&str] = &[
    "caused by",
    "causes",
    "because of",
    "due to ",
    "you should",
    "you must",
    "you need to",
    "increase your",
    "decrease your",
    "stop taking",
    "failed",
    "failure",
    "non-complian",
    "noncomplian",
    "non-adheren",
    "forgot",
    "your fault",
    "bad patient",
    "suffer",
    "addict",
    "abuse",
    "proves",
    "best dose",
    "better dose",
    "works best",
];

/// Words, sentences and syllables of a text. A syllable is a run of vowels; a final "e" that
/// follows a consonant is silent unless it is the only vowel or stands in "-le".
fn counts(text: &str) -> (usize, usize, usize) {
    let sentences = text.matches(['.', ':', '?', '!']).count().max(1);
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let syllables = |word: &String| {
        let vowel = |c: char| "aeiouy".contains(c);
        let runs = word.chars().fold((0_usize, false), |(runs, before), c| {
            (runs + usize::from(vowel(c) && !before), vowel(c))
        });
        let silent = word.ends_with('e') && !word.ends_with("le") && runs.0 > 1;
        (runs.0 - usize::from(silent && !word.ends_with("ee"))).max(1)
    };
    (words.len(), sentences, words.iter().map(syllables).sum())
}

/// Kincaid et al. 1975: 0.39 words a sentence + 11.8 syllables a word − 15.59.
fn grade(text: &str) -> f64 {
    let (words, sentences, syllables) = counts(text);
    let (words, sentences) = (words as f64, sentences as f64);
    0.39 * words / sentences + 11.8 * syllables as f64 / words - 15.59
}

/// A sentence with plain words in its slots.
fn filled(sentence: &str) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, after) = after.split_once('}').unwrap();
        rest = after;
        let mut parts = slot.split('|');
        let name = parts.next().unwrap();
        text.push_str(match (parts.nth(1), name) {
            (Some(many), _) => many,
            (None, "outcome") => "mood",
            (None, "medicine" | "a" | "b") => "this drug",
            (None, "amount" | "high" | "low") => "two points",
            (None, "limit") => "Time went on as well.",
            (None, "from" | "to") => "the tenth of May",
            (None, "things") => "sleep and food",
            (None, "field") => "dose",
            (None, "detail") => "line two",
            (None, "wanted") => "a day",
            _ => "ten",
        });
    }
    text + rest
}

#[test]
fn the_reading_grade_is_the_published_one() {
    // Ten words, one sentence, eleven syllables (o-ver): 3.9 + 12.98 − 15.59.
    let text = "The quick brown fox jumps up and over the dog.";
    assert_eq!(counts(text), (10, 1, 11));
    assert!((grade(text) - 1.29).abs() < 1e-9);
}

/// Every text that people read, with where it stands. A label of the page counts as a sentence.
fn texts() -> Vec<(String, String)> {
    let catalogue = Words::english();
    let of_catalogue = catalogue.sentences().map(|(id, text)| (id.to_owned(), filled(text)));
    let of_page = page_words::texts().into_iter();
    let of_page = of_page.map(|(file, text)| {
        let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
        (file.display().to_string(), text + end)
    });
    let own = reference::instruments()
        .iter()
        .filter(|row| row.rights.value.holder.as_str() == "this project");
    let of_scales = own.flat_map(|row| {
        let items = row.items.value.iter().map(|item| item.text.to_string());
        let texts = [row.stem.value.to_string()].into_iter().chain(items);
        texts.map(|text| (row.id.to_string(), text))
    });
    let caveats = pack().equivalence_tables().iter();
    let of_doses = caveats.map(|table| (table.id.to_string(), table.caveat.to_string()));
    of_catalogue.chain(of_page).chain(of_scales).chain(of_doses).collect()
}

/// The sentences of a text: what stands behind the last stop is a name or a label.
fn sentences(text: &str) -> Vec<&str> {
    let mut ends: Vec<usize> = [". ", "? ", "! "]
        .iter()
        .flat_map(|end| text.match_indices(end).map(|(at, _)| at + 1))
        .collect();
    ends.sort_unstable();
    if text.ends_with(['.', '?', '!']) {
        ends.push(text.len());
    }
    let begins = [0].into_iter().chain(ends.iter().copied());
    begins.zip(&ends).map(|(from, to)| text[from..*to].trim()).collect()
}

/// A sentence with fewer words is a name or a label; the formula is for sentences.
const LEAST_WORDS: usize = 6;

#[test]
fn sentences_for_people_stay_at_grade_eight() {
    assert_eq!(sentences("One. Two? 1.5 mg of it"), ["One.", "Two?"]);
    let mut hard = Vec::new();
    for (place, text) in texts() {
        for sentence in sentences(&text) {
            if counts(sentence).0 >= LEAST_WORDS && grade(sentence) > 8.0 {
                hard.push(format!("{place}: {:.1}: {sentence}", grade(sentence)));
            }
        }
    }
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[test]
fn no_sentence_says_what_it_must_not() {
    let mut faults = Vec::new();
    for (place, text) in texts() {
        let text = text.to_lowercase();
        let said = BANNED.iter().filter(|words| text.contains(**words));
        faults.extend(said.map(|words| format!("{place}: {words}: {text}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
