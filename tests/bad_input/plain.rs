use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// Plain data as a JavaScript caller could hand it in: JSON's values, but numbers may be none, and
/// a name may stand twice.
#[derive(Clone, Debug)]
pub(crate) enum Plain {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Plain>),
    Object(Vec<(String, Plain)>),
}

impl From<&Value> for Plain {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(number.as_f64().unwrap()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            Value::Object(map) => {
                Self::Object(map.iter().map(|(name, value)| (name.clone(), value.into())).collect())
            }
        }
    }
}

/// The first step of a path and the rest: `a`, `b[0].c` of `a.b[0].c`. A step that starts with `[`
/// is a place in a list.
fn split(path: &str) -> (&str, &str) {
    let end = path.char_indices().skip(1).find(|(_, c)| matches!(c, '.' | '['));
    let (first, rest) = path.split_at(end.map_or(path.len(), |(place, _)| place));
    (first, rest.strip_prefix('.').unwrap_or(rest))
}

fn place(step: &str) -> Option<usize> {
    step.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

impl Plain {
    fn inner(&mut self, step: &str) -> &mut Self {
        match self {
            Self::List(list) => &mut list[place(step).expect(step)],
            Self::Object(fields) => {
                if !fields.iter().any(|(name, _)| name == step) {
                    fields.push((step.to_owned(), Self::Null));
                }
                &mut fields.iter_mut().find(|(name, _)| name == step).unwrap().1
            }
            other => panic!("{other:?} holds no {step}"),
        }
    }

    pub(crate) fn set(&mut self, path: &str, value: Self) {
        match split(path) {
            (step, "") => *self.inner(step) = value,
            (step, rest) => self.inner(step).set(rest, value),
        }
    }

    pub(crate) fn remove(&mut self, path: &str) {
        match (split(path), self) {
            ((step, ""), Self::Object(fields)) => fields.retain(|(name, _)| name != step),
            ((step, rest), outer) => outer.inner(step).remove(rest),
        }
    }

    /// Lets the field stand there twice.
    pub(crate) fn double(&mut self, path: &str) {
        match (split(path), self) {
            ((step, ""), Self::Object(fields)) => {
                let twin = fields.iter().find(|(name, _)| name == step).unwrap().clone();
                fields.push(twin);
            }
            ((step, rest), outer) => outer.inner(step).double(rest),
        }
    }

    pub(crate) fn at(&self, path: &str) -> Self {
        let mut here = self.clone();
        match split(path) {
            (step, "") => here.inner(step).clone(),
            (step, rest) => here.inner(step).at(rest),
        }
    }

    /// The path of everything inside that is there.
    pub(crate) fn paths(&self) -> Vec<String> {
        let inner: Vec<(String, &Self)> = match self {
            Self::List(list) => list
                .iter()
                .enumerate()
                .map(|(place, value)| (format!("[{place}]"), value))
                .collect(),
            Self::Object(fields) => {
                fields.iter().map(|(name, value)| (name.clone(), value)).collect()
            }
            _ => Vec::new(),
        };
        inner
            .into_iter()
            .filter(|(_, value)| !matches!(value, Self::Null))
            .flat_map(|(step, value)| {
                let below = value.paths().into_iter().map(|rest| {
                    let dot = if rest.starts_with('[') { "" } else { "." };
                    format!("{step}{dot}{rest}")
                });
                std::iter::once(step.clone()).chain(below).collect::<Vec<_>>()
            })
            .collect()
    }

    /// As JSON text; only for numbers that JSON has.
    pub(crate) fn to_json(&self) -> String {
        let text = |text: &str| serde_json::to_string(text).unwrap();
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(truth) => truth.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(words) => text(words),
            Self::List(list) => {
                let inner: Vec<String> = list.iter().map(Self::to_json).collect();
                format!("[{}]", inner.join(","))
            }
            Self::Object(fields) => {
                let inner: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| format!("{}:{}", text(name), value.to_json()))
                    .collect();
                format!("{{{}}}", inner.join(","))
            }
        }
    }

    /// Whether a field stands twice somewhere inside.
    pub(crate) fn repeats(&self) -> bool {
        match self {
            Self::List(list) => list.iter().any(Self::repeats),
            Self::Object(fields) => fields.iter().enumerate().any(|(place, (name, value))| {
                value.repeats() || fields[..place].iter().any(|(before, _)| before == name)
            }),
            _ => false,
        }
    }

    /// As a JavaScript expression, for numbers that JSON does not have either. No field stands twice.
    pub(crate) fn to_js(&self) -> String {
        match self {
            Self::Number(number) if number.is_nan() => "NaN".to_owned(),
            Self::Number(number) if number.is_infinite() => {
                format!("{}Infinity", if *number < 0.0 { "-" } else { "" })
            }
            Self::List(list) => {
                let inner: Vec<String> = list.iter().map(Self::to_js).collect();
                format!("[{}]", inner.join(","))
            }
            Self::Object(fields) => {
                let inner: Vec<String> = fields
                    .iter()
                    // In brackets, so that `__proto__` is a field like any other.
                    .map(|(name, value)| format!("[{}]:{}", Value::from(&**name), value.to_js()))
                    .collect();
                format!("{{{}}}", inner.join(","))
            }
            _ => self.to_json(),
        }
    }
}

impl<'de> IntoDeserializer<'de> for &'de Plain {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for &'de Plain {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Plain::Null => visitor.visit_unit(),
            Plain::Bool(truth) => visitor.visit_bool(*truth),
            Plain::Number(number) => visitor.visit_f64(*number),
            Plain::Text(text) => visitor.visit_borrowed_str(text),
            Plain::List(list) => visitor.visit_seq(SeqDeserializer::new(list.iter())),
            Plain::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| (name.as_str(), value));
                visitor.visit_map(MapDeserializer::new(fields))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}
