//! What a person's own words say: yes, no, or nothing that can be relied on.
//!
//! A fact about the person is kept in the person's words. Read wrongly it raises an alarm that is not
//! true or hides one that is, so that only plain words count, and the rest is *not known*:
//!
//! * empty words, "not sure", "n/a" and their kind are not known;
//! * words that begin with a denial ("no", "not pregnant", "I have never had any") are a no, unless
//!   they go on to take something back ("no, but two years ago"), which is not known;
//! * everything else is a yes.
//!
//! A text on [relatives](is_of_relatives) alone says nothing of the person.
//!
//! A condition is looked for in each part of a text on its own, so that "not bipolar, but depression"
//! denies the one and tells the other. What runs in the family says nothing of the person.

use super::entry::{Body, Kind};
use super::event::{Knowledge, ProfileFact, ProfileValue, Topic};
use super::id::EntryId;
use super::keeping::Diary;
use super::sorting::Sorting;
use super::time::Day;

impl Diary {
    /// Whether the person has one of these conditions by a day, given as beginnings of words; `None`
    /// where it is not known. The newest fact that says so counts: one that denies it, and "no",
    /// "unknown" or "declined", take back what was before.
    #[must_use]
    pub fn told_condition(&self, names: &[&str], today: Day) -> Option<(bool, EntryId)> {
        let mut facts: Vec<(Day, EntryId, &ProfileFact)> = Vec::new();
        for recorded in self.of_kind(Kind::Profile) {
            let day = recorded.entry.day();
            match recorded.entry.body() {
                Body::Profile(fact) if fact.topic == Topic::Condition && day <= today => {
                    facts.push((day, recorded.id, fact));
                }
                _ => {}
            }
        }
        facts.arrange_by_key(|(day, id, _)| (*day, *id));
        let mut silent = None;
        for (_, id, fact) in facts.into_iter().rev() {
            let Knowledge::Known(ProfileValue::Text(text)) = &fact.knowledge else {
                return silent;
            };
            match (tells_of(text, names), says_yes(text)) {
                (Some(holds), _) => return Some((holds, id)),
                _ if is_of_relatives(text) => {}
                (None, Some(false)) => return silent.or(Some((false, id))),
                (None, None) => return silent,
                (None, Some(true)) => silent = silent.or(Some((false, id))),
            }
        }
        silent
    }
}

/// The words of a text in small letters, blanks between them and around them.
pub(crate) fn words_of(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            _ if letter.is_alphanumeric() => words.push(letter),
            // "don't" is one word.
            '\'' | '’' => {}
            _ if words.ends_with(' ') => {}
            _ => words.push(' '),
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

/// Words that say that it is not known.
const NOT_KNOWN: &[&str] = &[
    "n a",
    "na",
    "not applicable",
    "unknown",
    "not known",
    "unsure",
    "not sure",
    "uncertain",
    "not certain",
    "dont know",
    "do not know",
    "no idea",
    "not tested",
    "not checked",
    "not asked",
    "rather not say",
    "not say",
];
/// Words with which a denial may begin before it denies.
const LEAD: &[&str] = &[
    "i",
    "im",
    "am",
    "ive",
    "have",
    "had",
    "has",
    "there",
    "is",
    "are",
    "it",
    "was",
    "currently",
    "definitely",
    "still",
    "so",
    "far",
    "as",
    "know",
    "at",
    "the",
    "moment",
    "present",
    "to",
    "my",
    "knowledge",
    "now",
];
/// Words that deny.
const DENIALS: &[&str] = &[
    "no", "none", "not", "never", "nope", "nil", "nothing", "without", "denies", "denied",
    "negative", "neither", "dont", "havent", "isnt", "arent", "wasnt", "doesnt", "didnt", "false",
    "nka", "nkda",
];
/// Words that take back a part of what was denied.
const TAKES_BACK: &[&str] = &[
    "but",
    "except",
    "although",
    "though",
    "however",
    "only",
    "apart",
    "besides",
    "other",
    "since",
    "until",
    "longer",
    "anymore",
    "more",
    "again",
    "ago",
    "before",
    "past",
    "used",
    "last",
    "yet",
    "once",
    "just",
    "unless",
    "confirmed",
    "confirm",
    "controlled",
    "treated",
    "diagnosed",
    "maybe",
    "possibly",
    "think",
];

fn has(text: &str, words: &str) -> bool {
    text.contains(&format!(" {words} "))
}

/// Whether a text denies; of nothing in particular.
fn denies(text: &str) -> bool {
    let first = text.split(' ').filter(|word| !word.is_empty()).find(|word| !LEAD.contains(word));
    first.is_some_and(|word| DENIALS.contains(&word))
}

/// Whether a text says yes; `None` where that cannot be told.
pub(crate) fn says_yes(text: &str) -> Option<bool> {
    let text = words_of(text);
    if text.trim().is_empty() || NOT_KNOWN.iter().any(|known| has(&text, known)) {
        return None;
    }
    if !denies(&text) {
        return Some(true);
    }
    let takes_back = TAKES_BACK.iter().any(|word| has(&text, word));
    let has_year = text.bytes().any(|letter| letter.is_ascii_digit());
    (!takes_back && !has_year).then_some(false)
}

/// Where a new part of a text begins.
const JOINTS: &[&str] = &[" but ", " although ", " though ", " however ", " except "];
/// Words that take back what stands before them.
const RULED_OUT: &[&str] = &["ruled out", "excluded", "no longer suspected", "misdiagnosed"];
/// Words for those of the person's blood, of whom a text may tell alone.
const RELATIVES: &[&str] = &[
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "parent",
    "parents",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "sibling",
    "siblings",
    "grandmother",
    "grandfather",
    "grandparent",
    "grandparents",
    "aunt",
    "uncle",
    "cousin",
    "relative",
    "relatives",
];
/// Words for others who may stand beside the person in a text.
const FAMILY: &[&str] = &["family", "son", "daughter", "child", "husband", "wife", "partner"];
/// Words for what runs in the family.
const IN_THE_FAMILY: &[&str] = &["family history", "in the family", "in my family"];
/// Words with which a person tells of what runs in the family and not of themselves.
const OWN_FAMILY: &[&str] = &["i have a family history", "i have family history"];
/// Words for the person, who may stand beside relatives in a text.
const ONESELF: &[&str] = &["i", "im", "ive", "me", "mine", "myself", "we"];
/// Ends of words before which a condition is the person's own, whoever else is named.
const IS_OWN: &[&str] = &[" i am ", " im ", " i are "];
/// Words that may stand between "my brother and I" and what is told of both; so may a denial.
const OF_BOTH: &[&str] = &[
    "both",
    "all",
    "each",
    "also",
    "do",
    "have",
    "had",
    "got",
    "are",
    "were",
    "been",
    "share",
    "live",
    "suffer",
    "from",
    "diagnosed",
    "with",
];
/// Words with which a person says that what was told of another is their own as well.
const ME_TOO: &[&str] = &[
    "me too",
    "i do too",
    "i am too",
    "i have it too",
    "so do i",
    "so am i",
    "so have i",
    "as do i",
];
/// Words with which a person looks back at their own childhood.
const OWN_CHILDHOOD: &[&str] = &["was a child", "as a child"];

/// The parts of a text, as [`words_of`]. A colon behind a relative says of whom the rest tells, and
/// manic depression is one word, as it is no depression.
fn parts(text: &str) -> Vec<String> {
    let whose = RELATIVES.iter().chain(&["history"]);
    let text = whose.fold(text.to_lowercase(), |text, word| {
        text.replace(&format!("{word}:"), &format!("{word} "))
    });
    let mut parts = Vec::new();
    for part in text.split([',', ';', '.', ':', '?', '/', '\n', '(']) {
        let part = words_of(part).replace(" manic depress", " manicdepress");
        let joined = JOINTS.iter().fold(part, |part, joint| part.replace(joint, "|"));
        parts.extend(joined.split('|').map(words_of).filter(|part| part != " "));
    }
    parts
}

/// Whether the words before a condition tell it of another and of the person: "my brother and I both
/// have", "me and my sister are".
fn is_of_both(before: &str) -> bool {
    let is_between = |word: &&str| OF_BOTH.contains(word) || DENIALS.contains(word);
    let mut words = before.trim().rsplit(' ').skip_while(is_between);
    match [words.next(), words.next(), words.next(), words.next()] {
        [Some("i" | "me" | "myself"), Some("and" | "nor"), ..] => true,
        [Some(_), Some("my"), Some("and"), Some("i" | "me" | "myself")] => words.next().is_none(),
        _ => false,
    }
}

fn is_of_another(part: &str) -> bool {
    let own = OWN_CHILDHOOD
        .iter()
        .fold(part.to_owned(), |part, words| part.replace(&format!(" {words} "), " "));
    RELATIVES.iter().chain(FAMILY).any(|word| has(&own, word))
}

/// Whether a text tells of relatives alone, which says nothing of the person: each part begins with one
/// or is on the family, and names the person nowhere. With a partner or a child it may tell of both.
pub(crate) fn is_of_relatives(text: &str) -> bool {
    let is_of_them = |part: &str| {
        let mut words = part.split_whitespace().filter(|word| !["my", "the", "a"].contains(word));
        let begins = words.next().is_some_and(|word| RELATIVES.contains(&word));
        let own = OWN_FAMILY.iter().fold(part.to_owned(), |own, words| own.replace(words, ""));
        let is_both = ONESELF.iter().any(|word| has(&own, word));
        !is_both && (begins || IN_THE_FAMILY.iter().any(|words| has(part, words)))
    };
    let parts = parts(text);
    !parts.is_empty() && parts.iter().all(|part| is_of_them(part))
}

/// Whether a text tells of one of `names`, each the beginning of a word: yes, no, or nothing.
pub(crate) fn tells_of(text: &str, names: &[&str]) -> Option<bool> {
    let names: Vec<String> = names.iter().map(|name| words_of(name)).collect();
    let mut denied = None;
    let parts = parts(text);
    for (place, part) in parts.iter().enumerate() {
        let at = names.iter().filter_map(|name| place_of(part, name.trim())).min();
        let Some(at) = at else { continue };
        let before = &part[..at];
        let is_shared = || {
            let next = parts.get(place + 1).map_or("", String::as_str);
            is_of_both(before) && !IN_THE_FAMILY.iter().any(|words| has(part, words))
                || ME_TOO.iter().any(|words| has(part, words))
                || ME_TOO.contains(&next.trim())
        };
        if is_of_another(part) && !IS_OWN.iter().any(|own| before.ends_with(own)) && !is_shared() {
            continue;
        }
        let before = format!("{before} ");
        let is_denied = DENIALS.iter().any(|word| has(&before, word))
            || RULED_OUT.iter().any(|word| has(part, word));
        if !is_denied {
            return Some(true);
        }
        denied = Some(false);
    }
    denied
}

/// Where a word of the text begins with `name`; "hypo" may stand before it.
fn place_of(text: &str, name: &str) -> Option<usize> {
    let is_start = |(at, _): &(usize, &str)| {
        let before = text[..*at].trim_end_matches("hypo");
        before.ends_with(' ')
    };
    text.match_indices(name).find(is_start).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{is_of_relatives, says_yes, tells_of};

    #[test]
    fn plain_words_are_read_and_the_rest_is_not_known() {
        for text in [
            "yes",
            "third month",
            "Epilepsy, not treated",
            "long QT",
            "stopped, none since 2015",
            "maybe",
        ] {
            assert_eq!(says_yes(text), Some(true), "{text}");
        }
        for text in [
            "no",
            "None.",
            "not pregnant",
            "No seizures",
            "no known",
            "none known",
            "I'm not pregnant",
            "I have never had any",
            "NKDA",
            "don't have any",
        ] {
            assert_eq!(says_yes(text), Some(false), "{text}");
        }
        for text in [
            "",
            "?",
            "n/a",
            "N/A",
            "not sure",
            "I don't know",
            "unknown",
            "no, but two years ago",
            "not since 2010",
            "no longer",
            "rather not say",
            "not yet confirmed",
        ] {
            assert_eq!(says_yes(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_told_of_relatives_alone_is_not_the_persons_own() {
        for text in [
            "my brother has epilepsy",
            "Mother: glaucoma",
            "family history of seizures",
            "I have a family history of seizures",
            "Family history unknown",
        ] {
            assert!(is_of_relatives(text), "{text}");
        }
        for text in [
            "",
            "yes",
            "epilepsy, as my brother",
            "my brother and I have epilepsy",
            "my brother has epilepsy, me too",
            "my brother has epilepsy and I've had it too",
            "my mother and mine",
            "my sisters, we all have it",
            "I am allergic to sertraline like everyone in my family",
            "I'm epileptic with a family history",
            "I have a family history of seizures and had one myself",
            "my partner and I are trying",
            "pregnant with my second child",
        ] {
            assert!(!is_of_relatives(text), "{text}");
        }
    }

    #[test]
    fn a_condition_is_the_persons_own_and_not_denied() {
        let names = ["bipolar", "manic", "mania"];
        for text in [
            "Bipolar II",
            "depression, bipolar",
            "no depression but bipolar",
            "hypomania",
            "unipolar? no: bipolar",
            "Manic-depressive",
            "Bipolar since I was a child",
            "I am bipolar like everyone in my family",
            "my brother and I are bipolar",
            "manic depression",
            "My brother and I both have bipolar",
            "my brother and I have bipolar, like our mother",
            "Me and my sister were both diagnosed with bipolar",
            "my husband and I live with bipolar",
            "my brother has depression and I have bipolar",
            "my brother has bipolar, me too",
            "my mother is bipolar and so am I",
        ] {
            assert_eq!(tells_of(text, &names), Some(true), "{text}");
        }
        for text in [
            "not bipolar",
            "bipolar ruled out",
            "depression, never manic",
            "no mania",
            "neither my brother nor I have bipolar",
            "my brother and I do not have bipolar",
        ] {
            assert_eq!(tells_of(text, &names), Some(false), "{text}");
        }
        for text in [
            "depression",
            "family history of bipolar",
            "my mother is bipolar",
            "a bipolar child",
            "has a child with bipolar",
            "I have a bipolar child",
            "I have bipolar in my family",
            "Family history: bipolar",
            "my brother and my uncle both have bipolar",
            "I have depression, and my brother and my uncle both have bipolar",
            "my brother told me and my uncle has bipolar",
            "my brother and I have a bipolar mother",
            "my brother and I both think my uncle has bipolar",
            "my sister and I have bipolar in the family",
            "my mother has bipolar. I am well",
            "from Romania",
            "",
        ] {
            assert_eq!(tells_of(text, &names), None, "{text}");
        }
        for text in ["manic depression", "Manic-depressive"] {
            assert_eq!(tells_of(text, &["depress"]), None, "{text}");
        }
        assert_eq!(tells_of("manic episodes and depression", &["depress"]), Some(true));
    }
}
