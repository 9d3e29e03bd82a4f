use std::borrow::Cow;

use crate::error::{Code, Error, Result};

use super::value::{Fields, Value};

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// JSON text (RFC 8259) on its way into [`Value`]s, read from the front.
///
/// By hand, because opening a diary is mostly this, and `serde_json`, which asks a visitor about every
/// value, is slower and takes more of the wasm. Tests hold it against `serde_json`.
pub(crate) struct Json<'a> {
    text: &'a str,
    /// Where the next byte to be read stands.
    place: usize,
}

impl<'a> Json<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, place: 0 }
    }

    /// Reads the next value, [`Value::TooDeep`] where it nests deeper than a recorded value can.
    pub(crate) fn value(&mut self) -> Result<Value<'a>> {
        self.value_at(0)
    }

    /// Reads the members of an object, each name before `member` reads its value. False when
    /// another value follows, which is left to be read.
    pub(crate) fn members(
        &mut self,
        mut member: impl FnMut(&mut Self, Cow<'a, str>) -> Result<()>,
    ) -> Result<bool> {
        self.enclosed(b'{', b'}', |json| {
            if json.peek() != Some(b'"') {
                return Err(json.unexpected());
            }
            let name = json.string()?;
            json.expect(b':')?;
            member(json, name)
        })
    }

    /// Reads the items of a list, each by `item`. False when another value follows, which is left to
    /// be read.
    pub(crate) fn items(&mut self, item: impl FnMut(&mut Self) -> Result<()>) -> Result<bool> {
        self.enclosed(b'[', b']', item)
    }

    /// What is wrong with the next value, which is not the one that is wanted. A list or an object
    /// need not be sound to be another.
    pub(crate) fn refuse(&mut self, wanted: &str) -> Error {
        let unsound = match self.peek() {
            Some(b'{' | b'[') => None,
            _ => self.value().err(),
        };
        unsound.unwrap_or_else(|| Error::new(Code::WrongType, "").with("wanted", wanted))
    }

    /// Whether only space follows, up to the end of the text.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Refuses anything but space up to the end of the text.
    pub(crate) fn end(&mut self) -> Result<()> {
        if self.is_at_end() { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Refuses anything but space up to the end of the line.
    pub(crate) fn end_of_line(&mut self) -> Result<()> {
        let ended = self.place;
        if self.is_at_end() || self.text.as_bytes()[ended..self.place].contains(&b'\n') {
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// How many bytes of the text were read.
    pub(crate) const fn place(&self) -> usize {
        self.place
    }

    /// The line of a place in the text, the first being 0.
    pub(crate) fn line(&self, place: usize) -> usize {
        let before = self.text.as_bytes().get(..place).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count()
    }

    fn enclosed(
        &mut self,
        open: u8,
        close: u8,
        mut part: impl FnMut(&mut Self) -> Result<()>,
    ) -> Result<bool> {
        if self.peek() != Some(open) {
            return Ok(false);
        }
        self.place += 1;
        if self.peek() == Some(close) {
            self.place += 1;
            return Ok(true);
        }
        loop {
            part(self)?;
            match self.peek() {
                Some(b',') => self.place += 1,
                Some(byte) if byte == close => {
                    self.place += 1;
                    return Ok(true);
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn value_at(&mut self, depth: u8) -> Result<Value<'a>> {
        match self.peek() {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'{' | b'[') if depth >= Value::MAX_DEPTH => self.skip(),
            Some(b'{') => {
                let mut fields = Fields::with_room();
                self.members(|json, name| {
                    fields.push(name, json.value_at(depth + 1)?);
                    Ok(())
                })?;
                Ok(Value::Object(fields))
            }
            Some(b'[') => {
                let mut list = Vec::new();
                self.items(|json| {
                    list.push(json.value_at(depth + 1)?);
                    Ok(())
                })?;
                Ok(Value::List(list))
            }
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Absent),
            _ => self.number().map(Value::Number),
        }
    }

    /// Passes over a list or an object. Whoever reads it refuses its depth, so only its end matters.
    fn skip(&mut self) -> Result<Value<'a>> {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                None => return Err(self.unexpected()),
                Some(b'"') => {
                    self.string()?;
                    continue;
                }
                Some(b'{' | b'[') => open += 1,
                Some(b'}' | b']') => open -= 1,
                Some(_) => {}
            }
            self.place += 1;
            if open == 0 {
                return Ok(Value::TooDeep);
            }
        }
    }

    /// The next byte that is no space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.place) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.place += 1;
        }
        None
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek() != Some(byte) {
            return Err(self.unexpected());
        }
        self.place += 1;
        Ok(())
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.unexpected());
        }
        self.place += word.len();
        Ok(value)
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.place..).unwrap_or_default()
    }

    /// A piece of the text, which starts and ends beside ASCII and so between characters.
    #[inline]
    fn piece(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Reads a string, at whose opening quotation mark the text stands.
    fn string(&mut self) -> Result<Cow<'a, str>> {
        self.place += 1;
        let start = self.place;
        self.place += plain_length(self.rest());
        if self.rest().first() == Some(&b'"') {
            let text = self.piece(start, self.place);
            self.place += 1;
            return Ok(Cow::Borrowed(text));
        }
        self.escaped(start).map(Cow::Owned)
    }

    /// Reads on in a string that needs a copy of its own.
    #[cold]
    fn escaped(&mut self, start: usize) -> Result<String> {
        let mut text = self.piece(start, self.place).to_owned();
        loop {
            match self.rest() {
                [b'"', ..] => {
                    self.place += 1;
                    return Ok(text);
                }
                [b'\\', letter, ..] => {
                    self.place += 2;
                    text.push(match letter {
                        b'"' | b'\\' | b'/' => char::from(*letter),
                        b'b' => '\u{8}',
                        b'f' => '\u{c}',
                        b'n' => '\n',
                        b'r' => '\r',
                        b't' => '\t',
                        b'u' => self.code_point()?,
                        _ => return Err(self.unexpected()),
                    });
                }
                _ => return Err(self.unexpected()),
            }
            let from = self.place;
            self.place += plain_length(self.rest());
            text.push_str(self.piece(from, self.place));
        }
    }

    /// The character of an escape whose `\u` was read, or of two that are a surrogate pair.
    fn code_point(&mut self) -> Result<char> {
        let high = self.code_unit()?;
        let units = match high {
            0xd800..0xdc00 if self.rest().starts_with(b"\\u") => {
                self.place += 2;
                [high, self.code_unit()?]
            }
            _ => [high, 0],
        };
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(self.unexpected()),
        }
    }

    fn code_unit(&mut self) -> Result<u16> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.rest().first().and_then(|byte| char::from(*byte).to_digit(16));
            let digit = digit.ok_or_else(|| self.unexpected())?;
            unit = unit << 4 | digit as u16;
            self.place += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<f64> {
        let start = self.place;
        let is_negative = self.passes(b'-');
        let mut digits = Digits::default();
        let whole_starts = self.place;
        self.digits(&mut digits)?;
        if self.place > whole_starts + 1 && self.text.as_bytes()[whole_starts] == b'0' {
            return Err(self.unexpected());
        }
        let point = self.place;
        if self.passes(b'.') {
            self.digits(&mut digits)?;
        }
        let decimals = (self.place - point).saturating_sub(1);
        let has_exponent = self.passes(b'e') || self.passes(b'E');
        if has_exponent {
            let _ = self.passes(b'+') || self.passes(b'-');
            self.digits(&mut Digits::default())?;
        }
        // A quotient of two numbers that are exact is rounded once, so it is the nearest double.
        if let (false, Some(digits), Some(power)) =
            (has_exponent, digits.exact(), POWERS.get(decimals))
        {
            let number = digits / power;
            return Ok(if is_negative { -number } else { number });
        }
        match self.piece(start, self.place).parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(self.unexpected()),
        }
    }

    /// Reads one or more digits.
    fn digits(&mut self, into: &mut Digits) -> Result<()> {
        let start = self.place;
        while let Some(digit @ b'0'..=b'9') = self.rest().first() {
            into.push(digit - b'0');
            self.place += 1;
        }
        if self.place > start { Ok(()) } else { Err(self.unexpected()) }
    }

    fn passes(&mut self, byte: u8) -> bool {
        let is_there = self.rest().first() == Some(&byte);
        self.place += usize::from(is_there);
        is_there
    }

    #[cold]
    fn unexpected(&self) -> Error {
        let before = self.text.as_bytes().get(..self.place).unwrap_or_default();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        let line = self.line(self.place) + 1;
        Error::new(Code::InvalidJson, "").with("detail", format!("line {line}, column {column}"))
    }
}

/// The digits of a number as a whole number.
#[derive(Default)]
struct Digits {
    value: u64,
    count: u32,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        self.value = self.value.wrapping_mul(10).wrapping_add(digit.into());
        self.count += 1;
    }

    /// The value, where no digit was lost and a double holds it exactly: fifteen digits are below 2^53.
    fn exact(&self) -> Option<f64> {
        (self.count <= 15).then_some(self.value as f64)
    }
}

/// How many bytes come before the first quotation mark, backslash or control character; eight are
/// looked at together. See "Determine if a word has a byte less than n" in S. E. Anderson,
/// *Bit Twiddling Hacks*: bits above the first that is found may be wrong, those below are not.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 255;
    const HIGH: u64 = EACH << 7;
    let below = |word: u64, bound: u8| word.wrapping_sub(EACH * u64::from(bound)) & !word;
    let mut length = 0;
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*first);
        let quotes = below(word ^ (EACH * u64::from(b'"')), 1);
        let backslashes = below(word ^ (EACH * u64::from(b'\\')), 1);
        let found = (below(word, b' ') | quotes | backslashes) & HIGH;
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
        rest = others;
    }
    let is_plain = |byte: &&u8| !matches!(**byte, b'"' | b'\\' | 0..b' ');
    length + rest.iter().take_while(is_plain).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Plain;

    use super::*;

    /// The value as `serde_json` would hold it; objects lose their nulls.
    fn plain(value: Value<'_>) -> Plain {
        match value {
            Value::Absent => Plain::Null,
            Value::Bool(answer) => answer.into(),
            Value::Number(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::List(list) => list.into_iter().map(plain).collect(),
            Value::Object(fields) => {
                fields.left().map(|(name, value)| (name.into_owned(), plain(value))).collect()
            }
            Value::TooDeep => "too deep".into(),
        }
    }

    /// What `serde_json` reads, its numbers as doubles and its objects without nulls.
    fn expected(value: Plain) -> Plain {
        match value {
            Plain::Number(number) => number.as_f64().into(),
            Plain::Array(list) => list.into_iter().map(expected).collect(),
            Plain::Object(fields) => fields
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name, expected(value)))
                .collect(),
            other => other,
        }
    }

    fn assert_read_alike(text: &str) {
        let read = Value::from_json(text).ok().map(plain);
        let known = serde_json::from_str(text).ok().map(expected);
        assert_eq!(read, known, "{text}");
    }

    fn any_json() -> impl Strategy<Value = Plain> {
        let leaf = prop_oneof![
            Just(Plain::Null),
            any::<bool>().prop_map(Plain::from),
            any::<i64>().prop_map(Plain::from),
            any::<f64>().prop_map(Plain::from),
            (-9999_i32..9999).prop_map(|number| Plain::from(f64::from(number) / 100.0)),
            any::<String>().prop_map(Plain::from),
        ];
        leaf.prop_recursive(4, 24, 6, |inner| {
            let name = "[a-zé\"\\\\\n]{0,12}";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Plain::from),
                prop::collection::vec((name, inner), 0..6)
                    .prop_map(|fields| fields.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_is_read_as_serde_json_reads_it(value in any_json()) {
            assert_read_alike(&value.to_string());
            assert_read_alike(&serde_json::to_string_pretty(&value).unwrap());
        }

        /// Sound text with one character changed, most often to what means something in JSON.
        #[test]
        fn what_is_no_json_is_refused_where_serde_json_refuses_it(
            value in any_json(),
            place in any::<prop::sample::Index>(),
            other in "[-+.,:{}\\[\\]\"\\\\ 0-9eEtfnu\\x00é]?",
        ) {
            let mut letters: Vec<char> = value.to_string().chars().collect();
            let place = place.index(letters.len());
            letters.splice(place..=place, other.chars());
            assert_read_alike(&letters.into_iter().collect::<String>());
        }

        #[test]
        fn decimals_are_the_nearest_doubles(whole in any::<u64>(), decimals in 0_usize..30) {
            let digits = format!("{whole:0>30}");
            let (before, after) = digits.split_at(30 - decimals);
            let before = before.trim_start_matches('0');
            let point = if after.is_empty() { "" } else { "." };
            let text = format!("{}{before}{point}{after}", if before.is_empty() { "0" } else { "" });
            let read = Value::from_json(&text).unwrap().number(0.0..=f64::MAX).unwrap();
            assert_eq!(read.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
        }
    }

    #[test]
    fn texts_at_the_edge_of_json_are_read_as_serde_json_reads_them() {
        for text in [
            "",
            " ",
            "-",
            "-0",
            "01",
            "1.",
            ".5",
            "1e",
            "1e5",
            "1E+5",
            "1e-400",
            "1e999",
            "+1",
            "0.1",
            "123456789012345678901234567890",
            "9007199254740993",
            "\"",
            "\"\\\"",
            "\"\t\"",
            r#""\u0041\ud83d\ude00\/""#,
            r#""\ud83d""#,
            r#""\ud83dA""#,
            r#""\ude00""#,
            r#""\ud83d\u0041""#,
            r#""\u00g0""#,
            r#""\u+041""#,
            r#""\x""#,
            r#""\u12""#,
            "\"12345678\u{1f}\"",
            "\"é1234567\\n\"",
            "tru",
            "truex",
            "nul",
            "true false",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "]",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{1:1}",
            "\u{feff}1",
            " [ 1 , { \"a\" : [ ] , \"b\" : { } } ] ",
            "[1]\n",
            "\u{a0}1",
        ] {
            assert_read_alike(text);
        }
    }

    #[test]
    fn a_refusal_says_where() {
        let refusal = Value::from_json("{\"a\": 1,\n \"b\" 2}").unwrap_err();
        let detail = refusal.message().params.into_iter().find(|(name, _)| *name == "detail");
        assert_eq!(detail, Some(("detail", "line 2, column 6".into())));
    }
}
