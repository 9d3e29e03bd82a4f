use crate::diary::{Topic, is_of_relatives, says_yes, words_of};
use crate::error::Message;
use crate::reference::{self, Confidence, Known, mentions};

use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Picture, unknown};
use super::taken::Taken;

const RULE: Rule = Rule {
    id: "own-allergy",
    family: Family::Pair,
    sources: "diary-profile",
    confidence: Confidence::Verified,
};

/// Words with which a relative tells of the person.
const REPORTS: &[&str] = &["noticed", "saw", "says", "said"];

/// Whether a note is on relatives alone and no report of theirs on the person.
fn is_of_others(note: &str) -> bool {
    let words = words_of(note);
    is_of_relatives(note) && !REPORTS.iter().any(|word| words.contains(&format!(" {word} ")))
}

/// Raises what is taken and fits a note of the person on allergies or past bad reactions: by its name,
/// a brand, its class or a group that it belongs to.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let mut is_known = false;
    for topic in [Topic::Allergy, Topic::PastReaction] {
        is_known |= picture.told(topic).is_some();
        for taken in picture.now(|_| true) {
            let own = picture.notes_on(topic).filter(|(note, _)| !is_of_others(note));
            for (note, entry) in own {
                let fits = names_of(taken).iter().any(|name| mentions(note, name));
                match says_yes(note) {
                    Some(false) if fits || !names_something(note) => break,
                    Some(false) => {}
                    _ if fits => {
                        let name = taken.name.as_str();
                        let message = Message::new("safety.own-allergy").with("medicine", name);
                        let why = Message::new("safety.why-own-allergy").with("note", note);
                        let flag = Flag::new(&RULE, Severity::ContactToday, message, why);
                        let flag = flag.about(&taken.key).behind([entry]);
                        review.raise(flag.behind(taken.entries.iter().copied()).because(note));
                        break;
                    }
                    _ => {}
                }
            }
        }
    }
    if !is_known && picture.now(|_| true).next().is_some() {
        review.cannot_check(RULE.id, unknown(Message::new("safety.fact-allergy")));
    }
}

/// Whether a note names anything that the tables know.
fn names_something(note: &str) -> bool {
    let mut words = note.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| word.len() > 2 && reference::pack().known(None, word).is_some())
}

/// Every name of something taken: its own, its brands, and those of its class and groups.
fn names_of(taken: &Taken<'_>) -> Vec<String> {
    let pack = reference::pack();
    let mut names = vec![taken.name.clone(), taken.key.clone()];
    let mut add = |name: &str| names.push(name.to_owned());
    match taken.known {
        Some(Known::Medicine(row)) => {
            row.other_names.value.iter().for_each(|name| add(name));
            row.all_brands().iter().for_each(|brand| add(brand));
            row.injections.iter().for_each(|injection| add(&injection.name));
        }
        Some(Known::Agent(row)) => {
            add(&row.name);
            row.also.iter().for_each(|name| add(name));
        }
        Some(Known::OfClass(_)) | None => {}
    }
    let Some(known) = taken.known else { return names };
    for class in pack.subclasses().iter().filter(|class| known.subclass() == Some(class.id)) {
        add(&class.name);
        class.also.iter().for_each(|name| add(name));
    }
    for group in pack.groups().iter().filter(|group| known.is_of(group)) {
        add(&group.id);
    }
    names
}
