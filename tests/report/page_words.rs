//! What the page shows in words of its own: the text between its tags and the strings of its source.
//!
//! It reads TypeScript no further than it must: strings, templates, comments and tags. A value that stands
//! within a text reads "ten", as in a sentence of the catalogue, and tags within a line are no end of it.

use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

/// Tags that stand within a line of text.
const INLINE: &[&str] = &["a", "abbr", "b", "em", "q", "span", "strong", "time"];
/// Attributes of the drawings and the styles, which nobody reads.
const NOT_READ: &[&str] = &["class", "d", "style", "points", "transform", "viewBox"];

/// Every text of every file of `www`, with its file. Style sheets and messages of the console are none.
pub(crate) fn texts() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    files_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("www"), &mut files);
    let mut texts = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        texts.extend(texts_of(&source).into_iter().map(|text| (file.clone(), text)));
    }
    texts
}

fn files_of(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_of(&path, found);
        } else if path.extension().is_some_and(|end| end == "ts" || end == "tsx") {
            found.push(path);
        }
    }
}

pub(crate) fn texts_of(source: &str) -> Vec<String> {
    let mut scan = Scan { rest: source.chars().peekable(), found: Vec::new() };
    scan.code();
    scan.found
}

struct Scan<'a> {
    rest: Peekable<Chars<'a>>,
    found: Vec<String>,
}

impl Scan<'_> {
    /// Code up to the brace that ends it, and what it reads as within a text: a string that stands alone
    /// is part of that text.
    fn code(&mut self) -> String {
        // The last word or sign: after a value, "<" is less than and "/" divides.
        let (mut before, mut is_apart, mut depth) = (String::new(), false, 0);
        let (mut alone, mut is_empty) = (None, true);
        while let Some(letter) = self.rest.next() {
            let next = self.rest.peek().copied().unwrap_or(' ');
            let is_value = before
                .ends_with(|end: char| end.is_alphanumeric() || ")]_$".contains(end))
                && before != "return";
            match letter {
                '}' if depth == 0 => match alone {
                    Some(text) => return text,
                    None => return if is_empty { String::new() } else { "ten".to_owned() },
                },
                '{' => depth += 1,
                '}' => depth -= 1,
                '"' | '\'' | '`' => {
                    let text = self.string(letter);
                    match is_empty {
                        true => alone = Some(text),
                        false => self.keep(&text),
                    }
                    (before, is_apart, is_empty) = ("\"".to_owned(), true, false);
                    continue;
                }
                '/' if next == '/' => {
                    self.skip("\n");
                    continue;
                }
                '/' if next == '*' => {
                    self.skip("*/");
                    continue;
                }
                '/' if !is_value && before != "\"" => self.pattern(),
                '<' if !is_value && (next.is_alphabetic() || next == '>') => {
                    let text = self.element();
                    self.keep(&text);
                }
                _ => {}
            }
            if letter.is_whitespace() {
                is_apart = true;
                continue;
            }
            if let Some(text) = alone.take() {
                self.keep(&text);
            }
            match letter.is_alphanumeric() && is_value && !is_apart {
                true => before.push(letter),
                false => before = letter.to_string(),
            }
            (is_apart, is_empty) = (false, false);
        }
        String::new()
    }

    /// A string or a template up to its quote.
    fn string(&mut self, quote: char) -> String {
        let mut text = String::new();
        while let Some(letter) = self.rest.next() {
            match letter {
                _ if letter == quote => break,
                '\\' => text.push(self.rest.next().filter(|after| *after != 'n').unwrap_or(' ')),
                '$' if quote == '`' && self.rest.peek() == Some(&'{') => {
                    self.rest.next();
                    text.push_str(&self.code());
                }
                _ => text.push(letter),
            }
        }
        text
    }

    fn skip(&mut self, end: &str) {
        let mut seen = String::new();
        while !seen.ends_with(end) {
            let Some(letter) = self.rest.next() else { return };
            seen.push(letter);
        }
    }

    /// A pattern of letters, `/…/`.
    fn pattern(&mut self) {
        let mut in_set = false;
        while let Some(letter) = self.rest.next() {
            match letter {
                '\\' => drop(self.rest.next()),
                '[' => in_set = true,
                ']' => in_set = false,
                '/' if !in_set => return,
                _ => {}
            }
        }
    }

    /// An element behind its "<", with all within it; the text of one that stands within a line.
    fn element(&mut self) -> String {
        let name = self.word();
        let mut attribute = String::new();
        while let Some(letter) = self.rest.next() {
            match letter {
                '"' | '\'' => {
                    let text = self.string(letter);
                    if !NOT_READ.contains(&attribute.as_str()) {
                        self.keep(&text);
                    }
                }
                '{' => {
                    let text = self.code();
                    self.keep(&text);
                }
                '/' if self.rest.next_if_eq(&'>').is_some() => return String::new(),
                '>' => break,
                _ if letter.is_alphabetic() => attribute = format!("{letter}{}", self.word()),
                _ => {}
            }
        }
        let mut text = String::new();
        while let Some(letter) = self.rest.next() {
            match letter {
                '{' => text.push_str(&self.code()),
                '<' if self.rest.next_if_eq(&'/').is_some() => {
                    self.skip(">");
                    break;
                }
                '<' => {
                    let within = self.element();
                    text.push_str(&within);
                    if within.is_empty() {
                        self.keep(&text);
                        text.clear();
                    }
                }
                _ => text.push(letter),
            }
        }
        if INLINE.contains(&name.as_str()) {
            return text;
        }
        self.keep(&text);
        String::new()
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(letter) = self.rest.next_if(|c| c.is_alphanumeric() || "-_.:".contains(*c)) {
            word.push(letter);
        }
        word
    }

    /// Keeps what is no name of the code, style sheet or markup.
    fn keep(&mut self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_name = !text.contains(' ') && !text.starts_with(char::is_uppercase);
        if !is_name && !text.contains(['{', '<']) {
            self.found.push(text);
        }
    }
}

#[test]
fn a_text_is_found_wherever_the_source_holds_it() {
    let source = r#"
        /** No text: "of a comment". */
        const LABEL = "A label"; // nor this: "text"
        const less = (a < b) ? /"[/"]/ : `An ${a ? "old" : 'new'} one`;
        export const View = ({ days }: Props) => (
          <section class="no text" aria-label="A part">
            <h2>One <b>bold</b> line of {days} days.</h2>
            {days > 1 && <p title={`Of ${days}`}>It&apos;s{" "}a line</p>}
            {/* "nothing" */}
            <img alt="A picture" />The end
          </section>
        );
    "#;
    let mut found = texts_of(source);
    found.sort_unstable();
    let texts = [
        "A label",
        "A part",
        "A picture",
        "An ten one",
        "It&apos;s a line",
        "Of ten",
        "One bold line of ten days.",
        "The end",
    ];
    assert_eq!(found, texts);
}
