use serde::Serialize;

/// A sentence not yet worded: the key of a sentence in the catalogue and the values to put into it.
///
/// Analysis, safety and errors return messages; `report::wording` turns them into a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    /// Key in `report/locale/<language>.json`.
    pub id: &'static str,
    /// Named values, in the order they were added.
    pub params: Vec<(&'static str, Param)>,
}

/// A value inside a [`Message`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Param {
    /// A measured quantity, shown to at most the given number of decimals.
    Number(f64, u8),
    /// A count of things.
    Count(u64),
    /// A civil day, as days since 1970-01-01.
    Day(i32),
    /// Words recorded by a person, or a name; shown as they are.
    Text(String),
    /// Another message, worded inside this one.
    Message(Box<Message>),
    /// Several values, joined as a list in the language.
    List(Vec<Param>),
}

impl Message {
    /// A message without values.
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self { id, params: Vec::new() }
    }

    /// The same message with one more named value.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Param>) -> Self {
        self.with_param(name, value.into())
    }

    // Once for all the sentences there are.
    #[inline(never)]
    fn with_param(mut self, name: &'static str, value: Param) -> Self {
        self.params.push((name, value));
        self
    }
}

impl From<f64> for Param {
    fn from(value: f64) -> Self {
        Self::Number(value, 1)
    }
}

impl From<usize> for Param {
    fn from(value: usize) -> Self {
        Self::Count(value as u64)
    }
}

impl From<&str> for Param {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Message> for Param {
    fn from(value: Message) -> Self {
        Self::Message(Box::new(value))
    }
}

impl From<Vec<Param>> for Param {
    fn from(values: Vec<Param>) -> Self {
        Self::List(values)
    }
}
