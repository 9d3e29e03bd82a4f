//! Finding a medicine, or another thing that is taken, by what a person types.
//!
//! Names are folded once, when the tables are read: lower case, without diacritics, everything but
//! letters and digits as one blank. A query is folded the same way and compared with each name.
//! Only when nothing matches are typing errors allowed: one from four letters, two from six. An
//! error is a letter too many, missing, wrong, or swapped with its neighbour, and letters not yet
//! typed are no error.

use super::class::{ClassName, Classes};
use super::{Agent, AgentKind, Brand, ConditionSet, Injection, Known, Medicine, Text};
use crate::diary::Sorting;

/// Letters of a query that are looked at.
const LONGEST_QUERY: usize = 32;

/// Which kind of name a medicine was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundBy {
    /// Its generic name.
    Name,
    /// Another name of its ingredient.
    OtherName,
    /// A brand, or a long-acting injection by its name.
    Brand,
    /// Its subclass or class.
    Class,
    /// A condition it is taken for.
    Condition,
}

/// One medicine found.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a> {
    /// The medicine.
    pub medicine: &'a Medicine,
    /// The name that matched, as it is written.
    pub matched: Text,
    /// Which kind of name that is.
    pub found_by: FoundBy,
    /// The brand, when it was found by one. Mind [`Brand::route`].
    pub brand: Option<&'a Brand>,
    /// The long-acting injection, when it was found by its name or brand.
    pub injection: Option<&'a Injection>,
}

/// One thing found: a medicine or an agent.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The thing.
    pub known: Known<'a>,
    /// The name that matched, as it is written.
    pub matched: Text,
    /// Which kind of name that is.
    pub found_by: FoundBy,
}

/// How well a name matches, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Exact,
    Start,
    StartOfWord,
    Inside,
    Errors(u8),
}

struct Name {
    folded: Box<str>,
    written: Text,
    /// The place of its medicine or, behind them, of its agent.
    place: u16,
    found_by: FoundBy,
}

/// Every name of every medicine and of every agent that is taken, folded.
pub(super) struct Index(Vec<Name>);

impl Index {
    pub(super) fn of(
        medicines: &[Medicine],
        agents: &[Agent],
        classes: &Classes,
        sets: &[ConditionSet],
    ) -> Self {
        let mut index = Self(Vec::new());
        for (row, medicine) in medicines.iter().enumerate() {
            let mut add = |written, found_by| index.add(row, written, found_by);
            add(medicine.name, FoundBy::Name);
            for name in &medicine.other_names.value {
                add(*name, FoundBy::OtherName);
            }
            let mut sold_as = medicine.all_brands();
            sold_as.extend(medicine.injections.iter().map(|row| row.name));
            sold_as.into_iter().for_each(|name| add(name, FoundBy::Brand));
            let class = classes.classes.iter().find(|class| class.id == medicine.class.value);
            let subclass =
                classes.subclasses.iter().find(|class| class.id == medicine.subclass.value);
            for name in subclass
                .into_iter()
                .flat_map(all_names)
                .chain(class.into_iter().flat_map(all_names))
            {
                add(name, FoundBy::Class);
            }
            let conditions = &medicine.conditions.value;
            for set in sets.iter().filter(|set| conditions.contains(&set.id)) {
                set.names.iter().for_each(|name| add(*name, FoundBy::Condition));
            }
        }
        for (row, agent) in agents.iter().enumerate() {
            if agent.kind == AgentKind::Circumstance {
                continue;
            }
            let place = medicines.len() + row;
            index.add(place, agent.name, FoundBy::Name);
            for name in &agent.also {
                index.add(place, *name, FoundBy::OtherName);
            }
        }
        index
    }

    fn add(&mut self, place: usize, written: Text, found_by: FoundBy) {
        let folded = fold(&written).into();
        self.0.push(Name { folded, written, place: place as u16, found_by });
    }

    /// The best `limit` hits among the medicines, best first, each medicine once.
    pub(super) fn search<'a>(
        &self,
        medicines: &'a [Medicine],
        query: &str,
        limit: usize,
    ) -> Vec<Hit<'a>> {
        let found = self.names(query, medicines.len()).into_iter().take(limit);
        found
            .map(|name| {
                let medicine = &medicines[usize::from(name.place)];
                let (matched, found_by) = (name.written, name.found_by);
                let is_brand = found_by == FoundBy::Brand;
                let mut brands = medicine.brands.value.iter().filter(|_| is_brand);
                Hit {
                    medicine,
                    matched,
                    found_by,
                    brand: brands.find(|brand| brand.name == matched),
                    injection: medicine.injection(&matched),
                }
            })
            .collect()
    }

    /// The best `limit` hits among the medicines and agents, best first, each once.
    pub(super) fn search_all<'a>(
        &self,
        medicines: &'a [Medicine],
        agents: &'a [Agent],
        query: &str,
        limit: usize,
    ) -> Vec<Found<'a>> {
        let found = self.names(query, medicines.len() + agents.len()).into_iter().take(limit);
        found
            .map(|name| {
                let place = usize::from(name.place);
                let known = match place.checked_sub(medicines.len()) {
                    None => Known::Medicine(&medicines[place]),
                    Some(row) => Known::Agent(&agents[row]),
                };
                Found { known, matched: name.written, found_by: name.found_by }
            })
            .collect()
    }

    /// The names that a query may mean, best first: one for each of the first `rows` rows at most.
    fn names(&self, query: &str, rows: usize) -> Vec<&Name> {
        let query = fold(query);
        let query = &query[..query.len().min(LONGEST_QUERY)];
        let first_word = query.split(' ').next().unwrap_or_default();
        let tries = if first_word == query { &[query][..] } else { &[query, first_word] };
        let found = [false, true]
            .into_iter()
            .flat_map(|with_errors| tries.iter().map(move |words| (words, with_errors)))
            .map(|(words, with_errors)| self.matches(words, with_errors, rows))
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        found.into_iter().map(|(_, name)| name).collect()
    }

    /// The medicine that has exactly this name, other name or brand, or else the one of all brands that
    /// begin with it ("Wellbutrin" of Wellbutrin SR).
    pub(super) fn named<'a>(&self, medicines: &'a [Medicine], name: &str) -> Option<&'a Medicine> {
        let name = fold(name);
        let named = || self.0.iter().filter(|known| known.found_by < FoundBy::Class);
        let exact = named().filter(|known| *known.folded == *name);
        let of = |known: &Name| medicines.get(usize::from(known.place));
        let exact = exact.filter_map(|known| Some((known.found_by, of(known)?)));
        if let Some((_, medicine)) = exact.min_by_key(|(found_by, _)| *found_by) {
            return Some(medicine);
        }
        let begins = |known: &&Name| {
            let rest = known.folded.strip_prefix(&*name);
            known.found_by == FoundBy::Brand && rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let mut begun = named().filter(begins).map(|known| known.place);
        let place = begun.next().filter(|_| !name.is_empty())?;
        if begun.all(|other| other == place) { medicines.get(usize::from(place)) } else { None }
    }

    fn matches(&self, query: &str, with_errors: bool, rows: usize) -> Vec<(Match, &Name)> {
        if query.is_empty() {
            return Vec::new();
        }
        let mut best: Vec<Option<(Match, &Name)>> = vec![None; rows];
        for name in &self.0 {
            let how = if with_errors { near(query, name) } else { direct(query, name) };
            let (Some(how), Some(best)) = (how, best.get_mut(usize::from(name.place))) else {
                continue;
            };
            if best.is_none_or(|(so_far, other)| (how, name.found_by) < (so_far, other.found_by)) {
                *best = Some((how, name));
            }
        }
        let mut found: Vec<_> = best.into_iter().flatten().collect();
        found.arrange_by_key(|(how, name)| (*how, name.found_by, name.place));
        found
    }
}

/// Whether a text in a person's words names something: its name as words of its own, one or several of
/// it, or with one typing error in a name of six letters or more.
#[must_use]
pub fn mentions(text: &str, name: &str) -> bool {
    const LEAST: usize = 3;
    const LEAST_WITH_ERRORS: usize = 6;
    let (text, name) = (format!(" {} ", fold(text)), fold(name));
    if name.len() < LEAST {
        return false;
    }
    let is_there = |end: &str| text.contains(&format!(" {name}{end} "));
    let is_near = |word: &str| {
        word.len().abs_diff(name.len()) <= 1
            && word.len() <= LONGEST_QUERY
            && errors_to_a_start(word.as_bytes(), name.as_bytes()) <= 1
            && errors_to_a_start(name.as_bytes(), word.as_bytes()) <= 1
    };
    is_there("")
        || is_there("s")
        || (LEAST_WITH_ERRORS..=LONGEST_QUERY).contains(&name.len()) && text.split(' ').any(is_near)
}

fn all_names<Id>(class: &ClassName<Id>) -> impl Iterator<Item = Text> {
    std::iter::once(class.name).chain(class.also.iter().copied())
}

fn direct(query: &str, name: &Name) -> Option<Match> {
    let at = name.folded.find(query)?;
    match at {
        0 if name.folded.len() == query.len() => Some(Match::Exact),
        0 => Some(Match::Start),
        _ if name.folded.as_bytes()[at - 1] == b' ' => Some(Match::StartOfWord),
        _ if query.len() >= 3 && name.found_by < FoundBy::Class => Some(Match::Inside),
        _ => None,
    }
}

fn near(query: &str, name: &Name) -> Option<Match> {
    let allowed = match query.len() {
        0..4 => return None,
        4..6 => 1,
        _ => 2,
    };
    let name = name.folded.as_bytes();
    let start = &name[..name.len().min(query.len() + usize::from(allowed))];
    let errors = errors_to_a_start(query.as_bytes(), start);
    (errors <= allowed).then_some(Match::Errors(errors))
}

/// Fewest typing errors that turn a start of `name` into `query`: the optimal string alignment
/// distance, least over all starts. `query` holds at most [`LONGEST_QUERY`] bytes.
fn errors_to_a_start(query: &[u8], name: &[u8]) -> u8 {
    let mut older = [0_u8; LONGEST_QUERY + 1];
    let mut old: [u8; LONGEST_QUERY + 1] = std::array::from_fn(|place| place as u8);
    let mut least = query.len() as u8;
    for (row, letter) in name.iter().enumerate() {
        let mut new = [(row + 1) as u8; LONGEST_QUERY + 1];
        for (place, typed) in query.iter().enumerate() {
            let wrong = old[place] + u8::from(typed != letter);
            let mut errors = wrong.min(old[place + 1] + 1).min(new[place] + 1);
            if row > 0 && place > 0 && *typed == name[row - 1] && query[place - 1] == *letter {
                errors = errors.min(older[place - 1] + 1);
            }
            new[place + 1] = errors;
        }
        least = least.min(new[query.len()]);
        (older, old) = (old, new);
    }
    least
}

/// `text` in lower case without diacritics and apostrophes, everything but letters and digits as one
/// blank. The
/// result is ASCII; letters of other scripts are left out.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => folded.push(letter),
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ğ' => folded.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ľ' | 'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ř' => folded.push('r'),
            'ś' | 'ş' | 'š' | 'ș' => folded.push('s'),
            'ß' => folded.push_str("ss"),
            'ť' | 'ţ' | 'ț' => folded.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}
