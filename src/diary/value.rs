use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::{Code, Error, Result};

use super::id::{EntryId, Stamp};
use super::json::Json;
use super::time::{ClockTime, Day, Moment};

/// Any plain value, borrowed from the text it was read from where possible.
///
/// Reading never fails on a value of the wrong type: the field that wanted another one says so,
/// with its name. This is what gives every refusal a field, from JSON text, by [`Json`], and from
/// JavaScript objects, by serde, alike.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Absent,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Object(Fields<'a>),
    TooDeep,
}

/// Reads a [`Value`] from what is not JSON text; the number is how many more levels may follow.
struct ValueSeed(u8);

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain data")
    }

    fn visit_bool<E>(self, answer: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(answer))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text)))
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Absent)
    }

    fn visit_none<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Absent)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Value<'de>, D::Error> {
        self.deserialize(inner)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let Some(left) = self.0.checked_sub(1) else {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Value::TooDeep);
        };
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(ValueSeed(left))? {
            list.push(value);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let Some(left) = self.0.checked_sub(1) else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Value::TooDeep);
        };
        let mut fields = Fields::with_room();
        while let Some(name) = map.next_key_seed(KeySeed)? {
            fields.push(name, map.next_value_seed(ValueSeed(left))?);
        }
        Ok(Value::Object(fields))
    }
}

/// Reads plain data that must be an object.
pub(crate) fn read_fields<'de, D: Deserializer<'de>>(plain: D) -> Result<Fields<'de>> {
    read_nested_fields(plain, Value::MAX_DEPTH)
}

/// Reads plain data that must be an object and may nest so many levels deep.
pub(crate) fn read_nested_fields<'de, D: Deserializer<'de>>(
    plain: D,
    levels: u8,
) -> Result<Fields<'de>> {
    let value = ValueSeed(levels).deserialize(plain);
    let refused =
        |error: D::Error| Error::new(Code::InvalidJson, "").with("detail", error.to_string());
    value.map_err(refused)?.object()
}

/// Reads an object's key without copying it where the text allows.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// The named values of an object. Each is taken out once; what is left at the end was unknown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields<'a> {
    pub(super) named: Vec<(Cow<'a, str>, Value<'a>)>,
    /// Where the search for the next field begins: readers ask in the order of the text, more or
    /// less, so it mostly ends there too.
    next: usize,
}

#[cfg(test)]
thread_local! {
    /// Every field name that a reader asked for, so that a test can hold the readers against
    /// [`super::Kind::fields`].
    pub(crate) static TAKEN: std::cell::RefCell<std::collections::BTreeSet<String>> =
        const { std::cell::RefCell::new(std::collections::BTreeSet::new()) };
}

/// The longest name, title or word that is kept.
pub(crate) const NAME_LIMIT: usize = 200;
/// The longest note that is kept.
pub(crate) const NOTE_LIMIT: usize = 20_000;

impl<'a> Fields<'a> {
    /// No fields yet, and room for those of most entries.
    pub(crate) fn with_room() -> Self {
        Self { named: Vec::with_capacity(12), next: 0 }
    }

    /// Adds a field of an object that is being read; one without a value is as good as absent.
    pub(crate) fn push(&mut self, name: Cow<'a, str>, value: Value<'a>) {
        if !value.is_absent() {
            self.named.push((name, value));
        }
    }

    /// Gives a field another name.
    pub(super) fn rename(&mut self, old: &str, new: &'static str) {
        for (name, _) in &mut self.named {
            if name == old {
                *name = new.into();
            }
        }
    }

    fn take(&mut self, name: &str) -> Value<'a> {
        #[cfg(test)]
        TAKEN.with_borrow_mut(|taken| taken.insert(name.to_owned()));
        let (passed, ahead) = self.named.split_at(self.next);
        let is_it = |(key, value): &(Cow<'a, str>, Value<'a>)| key == name && !value.is_absent();
        let found = ahead.iter().position(is_it).map(|place| self.next + place);
        match found.or_else(|| passed.iter().position(is_it)) {
            Some(place) => {
                self.next = place + 1;
                std::mem::replace(&mut self.named[place].1, Value::Absent)
            }
            None => Value::Absent,
        }
    }

    /// How many fields were added.
    pub(crate) fn len(&self) -> usize {
        self.named.len()
    }

    /// What was not taken, in the order of the text.
    pub(crate) fn left(self) -> impl Iterator<Item = (Cow<'a, str>, Value<'a>)> {
        self.named.into_iter().filter(|(_, value)| !value.is_absent())
    }

    /// Takes the field, refusing its absence.
    fn need<T>(name: &str, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| Error::new(Code::MissingField, name))
    }

    /// Refuses whatever was not taken.
    pub(crate) fn finish(self) -> Result<()> {
        match self.named.iter().find(|(_, value)| !value.is_absent()) {
            Some((name, _)) => Err(Error::new(Code::UnknownField, name.as_ref())),
            None => Ok(()),
        }
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<Option<Cow<'a, str>>> {
        match self.take(name) {
            Value::Absent => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            _ => Err(wrong_type(name, "text")),
        }
    }

    /// The text of a field that is read later.
    pub(crate) fn peek_text(&self, name: &str) -> Option<&str> {
        match self.named.iter().find(|(key, _)| key == name) {
            Some((_, Value::Text(text))) => Some(text),
            _ => None,
        }
    }

    fn bounded(&mut self, name: &str, limit: usize) -> Result<Option<Box<str>>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        checked_text(&text, limit).map(Some).map_err(|error| error.inside(name))
    }

    /// A name or short text, not empty.
    pub(crate) fn name(&mut self, name: &str) -> Result<Option<Box<str>>> {
        self.bounded(name, NAME_LIMIT)
    }

    pub(crate) fn needed_name(&mut self, name: &str) -> Result<Box<str>> {
        Self::need(name, self.name(name)?)
    }

    /// A longer text, not empty.
    pub(crate) fn note(&mut self, name: &str) -> Result<Option<Box<str>>> {
        self.bounded(name, NOTE_LIMIT)
    }

    pub(crate) fn number(
        &mut self,
        name: &str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<Option<f64>> {
        match self.take(name) {
            Value::Absent => Ok(None),
            value => value.number(range).map(Some).map_err(|error| error.inside(name)),
        }
    }

    pub(crate) fn needed_number(
        &mut self,
        name: &str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<f64> {
        Self::need(name, self.number(name, range)?)
    }

    /// A whole number.
    pub(crate) fn whole(
        &mut self,
        name: &str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<Option<u16>> {
        match self.take(name) {
            Value::Absent => Ok(None),
            value => value.whole(range).map(Some).map_err(|error| error.inside(name)),
        }
    }

    /// A word of a closed list, by its reader.
    pub(crate) fn word<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        match self.take(name) {
            Value::Absent => Ok(None),
            value => value.word(read).map(Some).map_err(|error| error.inside(name)),
        }
    }

    pub(crate) fn needed_word<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        Self::need(name, self.word(name, read)?)
    }

    fn parsed<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        read(&text).map(Some).map_err(|error| error.inside(name))
    }

    pub(crate) fn day(&mut self, name: &str) -> Result<Option<Day>> {
        self.parsed(name, Day::parse)
    }

    pub(crate) fn needed_day(&mut self, name: &str) -> Result<Day> {
        Self::need(name, self.day(name)?)
    }

    pub(crate) fn moment(&mut self, name: &str) -> Result<Option<Moment>> {
        self.parsed(name, Moment::parse)
    }

    pub(crate) fn needed_moment(&mut self, name: &str) -> Result<Moment> {
        Self::need(name, self.moment(name)?)
    }

    pub(crate) fn clock_time(&mut self, name: &str) -> Result<Option<ClockTime>> {
        self.parsed(name, ClockTime::parse)
    }

    pub(crate) fn id(&mut self, name: &str) -> Result<Option<EntryId>> {
        self.parsed(name, EntryId::parse)
    }

    pub(crate) fn needed_id(&mut self, name: &str) -> Result<EntryId> {
        Self::need(name, self.id(name)?)
    }

    pub(crate) fn needed_stamp(&mut self, name: &str) -> Result<Stamp> {
        Self::need(name, self.parsed(name, Stamp::parse)?)
    }

    /// Reads every element of a list; an absent list is empty.
    pub(crate) fn list_of<T>(
        &mut self,
        name: &str,
        read: impl Fn(Value<'a>) -> Result<T>,
    ) -> Result<Vec<T>> {
        match self.take(name) {
            Value::Absent => Ok(Vec::new()),
            value => value.list_of(read).map_err(|error| error.inside(name)),
        }
    }

    /// A list of names; `None` when absent.
    pub(crate) fn names(&mut self, name: &str) -> Result<Option<Vec<Box<str>>>> {
        let names = self.list_of(name, Value::name)?;
        Ok((!names.is_empty()).then_some(names))
    }

    pub(crate) fn object(&mut self, name: &str) -> Result<Option<Fields<'a>>> {
        match self.take(name) {
            Value::Absent => Ok(None),
            value => value.object().map(Some).map_err(|error| error.inside(name)),
        }
    }

    /// A value that the caller reads itself.
    /// Yes or no; no where it is absent.
    pub(crate) fn flag(&mut self, name: &str) -> Result<bool> {
        match self.take(name) {
            Value::Absent => Ok(false),
            value => value.boolean().map_err(|error| error.inside(name)),
        }
    }

    pub(crate) fn any(&mut self, name: &str) -> Value<'a> {
        self.take(name)
    }
}

#[cold]
fn wrong_type(field: &str, wanted: &str) -> Error {
    Error::new(Code::WrongType, field).with("wanted", wanted)
}

#[cold]
fn unknown(word: &str) -> Error {
    Error::new(Code::UnknownValue, "").with("value", word)
}

#[cold]
#[inline(never)]
fn at(place: usize, error: Error) -> Error {
    error.inside(&format!("[{place}]"))
}

fn checked_text(text: &str, limit: usize) -> Result<Box<str>> {
    let count = text.chars().count();
    if text.trim().is_empty() || count > limit {
        return Err(Error::new(Code::BadText, "").with("limit", limit));
    }
    Ok(text.into())
}

impl<'a> Value<'a> {
    /// How deep lists and objects of a recorded value may stand in one another.
    pub(crate) const MAX_DEPTH: u8 = 8;

    /// Reads JSON text.
    pub(crate) fn from_json(text: &'a str) -> Result<Self> {
        let mut json = Json::new(text);
        let value = json.value()?;
        json.end().map(|()| value)
    }

    pub(crate) fn boolean(self) -> Result<bool> {
        match self {
            Self::Bool(answer) => Ok(answer),
            _ => Err(wrong_type("", "true or false")),
        }
    }

    pub(crate) fn number(self, range: std::ops::RangeInclusive<f64>) -> Result<f64> {
        let Self::Number(number) = self else { return Err(wrong_type("", "a number")) };
        if range.contains(&number) && number.is_finite() {
            return Ok(if number == 0.0 { 0.0 } else { number });
        }
        Err(Error::new(Code::OutOfRange, "")
            .with("value", number)
            .with("min", *range.start())
            .with("max", *range.end()))
    }

    pub(crate) fn whole(self, range: std::ops::RangeInclusive<f64>) -> Result<u16> {
        let number = self.number(range)?;
        if number.fract() == 0.0 {
            Ok(number as u16)
        } else {
            Err(wrong_type("", "a whole number"))
        }
    }

    pub(crate) fn name(self) -> Result<Box<str>> {
        match self {
            Self::Text(text) => checked_text(&text, NAME_LIMIT),
            _ => Err(wrong_type("", "text")),
        }
    }

    pub(crate) fn text(self) -> Result<Cow<'a, str>> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(wrong_type("", "text")),
        }
    }

    pub(crate) fn object(self) -> Result<Fields<'a>> {
        match self {
            Self::Object(fields) => Ok(fields),
            _ => Err(wrong_type("", "an object")),
        }
    }

    /// A word of a closed list, by its reader.
    pub(crate) fn word<T>(self, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        let text = self.text()?;
        read(&text).ok_or_else(|| unknown(&text))
    }

    /// The values of a list.
    #[inline(never)]
    pub(crate) fn list(self) -> Result<Vec<Value<'a>>> {
        match self {
            Self::List(list) => Ok(list),
            _ => Err(wrong_type("", "a list")),
        }
    }

    /// Reads every element of a list.
    pub(crate) fn list_of<T>(self, read: impl Fn(Value<'a>) -> Result<T>) -> Result<Vec<T>> {
        let list = self.list()?;
        let mut found = Vec::with_capacity(list.len());
        for (place, value) in list.into_iter().enumerate() {
            found.push(read(value).map_err(|error| at(place, error))?);
        }
        Ok(found)
    }

    /// The values of a list that has exactly so many.
    pub(crate) fn array<const N: usize>(self) -> Result<[Value<'a>; N]> {
        self.list()?.try_into().map_err(|_| wrong_type("", &format!("a list of {N}")))
    }

    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}
