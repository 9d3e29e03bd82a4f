use std::fmt::{Display, Write};

/// Writes the canonical JSON form: fields in the order they are written, no spaces, shortest
/// numbers, absent values left out. What is hashed and stored comes from here only.
#[derive(Default)]
pub(crate) struct Writer {
    out: String,
}

impl Writer {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.out.push('{');
        write(self);
        self.out.push('}');
    }

    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.out.push('[');
        for item in items {
            self.comma();
            write(self, item);
        }
        self.out.push(']');
    }

    /// Parts what follows from what stands before it in a list.
    pub(crate) fn comma(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':' | b'\n')) {
            self.out.push(',');
        }
    }

    /// Starts the field `name`; its value follows.
    pub(crate) fn field(&mut self, name: &str) -> &mut Self {
        self.comma();
        self.string(name);
        self.out.push(':');
        self
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                c if c < ' ' => self.display(format_args!("\\u{:04x}", u32::from(c))),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn display(&mut self, value: impl Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{value}");
    }

    pub(crate) fn number(&mut self, number: f64) {
        self.display(number);
    }

    pub(crate) fn null(&mut self) {
        self.out.push_str("null");
    }

    /// Text that needs no escaping: an id, a day, a word of a closed list.
    pub(crate) fn plain(&mut self, value: impl Display) {
        self.out.push('"');
        self.display(value);
        self.out.push('"');
    }

    /// A value that is canonical JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }

    pub(crate) fn plain_field(&mut self, name: &str, value: impl Display) {
        self.field(name).plain(value);
    }

    pub(crate) fn optional_plain(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.plain_field(name, value);
        }
    }

    pub(crate) fn text_field(&mut self, name: &str, text: &str) {
        self.field(name).string(text);
    }

    pub(crate) fn optional_text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text_field(name, text);
        }
    }

    pub(crate) fn number_field(&mut self, name: &str, number: impl Into<f64>) {
        self.field(name).number(number.into());
    }

    pub(crate) fn optional_number(&mut self, name: &str, number: Option<impl Into<f64>>) {
        if let Some(number) = number {
            self.number_field(name, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shortest_and_text_is_escaped() {
        let mut w = Writer::default();
        w.object(|w| {
            w.number_field("a", 5.0);
            w.number_field("b", 0.1);
            w.text_field("c", "\u{1}\"é\n");
        });
        assert_eq!(w.finish(), "{\"a\":5,\"b\":0.1,\"c\":\"\\u0001\\\"é\\n\"}");
    }
}
