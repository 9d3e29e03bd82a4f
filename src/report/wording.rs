use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use chrono::Datelike;

use crate::diary::{Day, Sorting, Value};
use crate::error::{Message, Param, Result};

/// The sentences of one language.
///
/// In a sentence `{name}` stands for the value of that name, and `{name|day|days}` for the first
/// word when that value is exactly one, otherwise for the second.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// By key.
    sentences: &'static [(Text, Text)],
}

type Text = Cow<'static, str>;

const ENGLISH: &str = include_str!("locale/en.json");
const MONTHS: &str = "month.names";
const PHRASES: &str = "help.phrases";

impl Words {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        static READ: OnceLock<Vec<(Text, Text)>> = OnceLock::new();
        // The catalogue is part of this program and a test reads it.
        Self { sentences: READ.get_or_init(|| read(ENGLISH).unwrap_or_default()) }
    }

    /// Every key of the catalogue with its sentence.
    pub fn sentences(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.sentences.iter().map(|(key, text)| (key.as_ref(), text.as_ref()))
    }

    fn sentence(self, key: &str) -> Option<&'static str> {
        let place = self.sentences.binary_search_by(|(known, _)| known.as_ref().cmp(key)).ok()?;
        Some(&self.sentences[place].1)
    }

    /// A message as a sentence, its first letter a capital.
    #[must_use]
    pub fn text(&self, message: &Message) -> String {
        capitalised(&self.part(message))
    }

    /// A message as a part of a sentence.
    #[must_use]
    pub fn part(&self, message: &Message) -> String {
        let Some(sentence) = self.sentence(message.id) else { return message.id.to_owned() };
        self.filled(sentence, &message.params)
    }

    /// Words of a note that are plainly about self-harm, in small letters.
    pub fn phrases(&self) -> impl Iterator<Item = &'static str> {
        self.sentence(PHRASES).unwrap_or_default().split(", ")
    }

    /// The sentence of a key that is not known here but to whoever asks, with what it is about.
    #[must_use]
    pub fn about(&self, key: &str, field: &str, value: &str) -> Option<String> {
        let params = [("field", field.into()), ("value", value.into())];
        self.sentence(key).map(|sentence| self.filled(sentence, &params))
    }

    /// A value on its own, its first letter a capital.
    #[must_use]
    pub fn heading(&self, param: &Param) -> String {
        capitalised(&self.value(param))
    }

    /// A day: "17 December 2012".
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        let date = day.date();
        let months = self.sentence(MONTHS).unwrap_or_default();
        let month = months.split(' ').nth(date.month0() as usize).unwrap_or_default();
        format!("{} {month} {}", date.day(), date.year())
    }

    fn filled(&self, sentence: &str, params: &[(&'static str, Param)]) -> String {
        let mut text = String::with_capacity(sentence.len() + 32);
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((slot, after)) = after.split_once('}') else { break };
            rest = after;
            let mut parts = slot.split('|');
            let name = parts.next().unwrap_or_default();
            let Some((_, param)) = params.iter().find(|(known, _)| *known == name) else {
                continue;
            };
            match (parts.next(), parts.next()) {
                (Some(one), Some(other)) => text.push_str(if is_one(param) { one } else { other }),
                _ => text.push_str(&self.value(param)),
            }
        }
        text.push_str(rest);
        text
    }

    fn value(&self, param: &Param) -> String {
        match param {
            Param::Number(number, decimals) => shown_number(*number, *decimals),
            Param::Count(count) => count.to_string(),
            Param::Day(number) => {
                Day::from_number(*number).map(|day| self.day(day)).unwrap_or_default()
            }
            Param::Text(text) => text.clone(),
            Param::Message(message) => self.part(message),
            Param::List(items) => self.list(items),
        }
    }

    fn list(&self, items: &[Param]) -> String {
        let shown: Vec<String> = items.iter().map(|item| self.value(item)).collect();
        match shown.split_last() {
            None => String::new(),
            Some((only, [])) => only.clone(),
            Some((last, others)) => {
                let and = self.sentence("list.and").unwrap_or_default();
                format!("{} {and} {last}", others.join(", "))
            }
        }
    }
}

fn read(catalogue: &'static str) -> Result<Vec<(Text, Text)>> {
    let named = Value::from_json(catalogue)?.object()?.left();
    let sentences = named.map(|(key, sentence)| Ok((key, sentence.text()?)));
    let mut sentences = sentences.collect::<Result<Vec<_>>>()?;
    sentences.arrange_by(|(a, _), (b, _)| a.cmp(b));
    Ok(sentences)
}

fn is_one(param: &Param) -> bool {
    match param {
        Param::Count(count) => *count == 1,
        Param::Number(number, decimals) => shown_number(*number, *decimals) == "1",
        _ => false,
    }
}

/// A number with at most so many decimals, no needless zeros, a true minus sign and never "−0".
fn shown_number(number: f64, decimals: u8) -> String {
    let (mut text, size) = (String::new(), number.abs());
    // Writing into a String cannot fail. Whole numbers, most of them doses and days, are the slow case
    // of writing so many decimals.
    let _ = match size.fract() == 0.0 && size < 1e15 {
        true => write!(text, "{}", size as u64),
        false => write!(text, "{:.*}", usize::from(decimals), size),
    };
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if number < 0.0 && text != "0" { format!("−{text}") } else { text.to_owned() }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_lose_needless_zeros() {
        for (number, decimals, shown) in
            [(2.0, 1, "2"), (2.46, 1, "2.5"), (-0.04, 1, "0"), (-0.5, 1, "−0.5"), (100.0, 0, "100")]
        {
            assert_eq!(shown_number(number, decimals), shown);
        }
    }

    #[test]
    fn a_catalogue_that_does_not_parse_is_noticed() {
        assert!(read(ENGLISH).is_ok());
    }
}
