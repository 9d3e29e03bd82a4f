//! What one file of `src` does against the order of the house.
//!
//! Files are read as tokens, not as a syntax tree: a macro's body, a test module and a path inside
//! an attribute's string are then looked at like any other code, and comments are not looked at.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The rooms of `src`, each of which may use those to its left.
pub(crate) const ROOMS: [&str; 8] =
    ["error", "diary", "reference", "analysis", "safety", "report", "interchange", "wasm"];

/// The room that alone may name a crate of [`BOUNDARY_CRATES`] or of [`SURROUNDINGS`].
const BOUNDARY: &str = "wasm";

/// Crates that speak to JavaScript; also every crate whose name starts with `gloo`.
const BOUNDARY_CRATES: [&str; 5] =
    ["js_sys", "serde_wasm_bindgen", "wasm_bindgen", "wasm_bindgen_futures", "web_sys"];

/// Modules of `std` that read the clock or the machine.
const SURROUNDINGS: [&str; 7] = ["env", "fs", "net", "os", "process", "thread", "time"];

/// The file that alone calls functions whose last bit depends on the platform.
const MATH: &str = "analysis/statistics/math.rs";

/// Float methods that are not rounded the same everywhere. `sqrt`, `abs`, `floor`, `mul_add` are
/// exact by IEEE 754 and free to use.
const INEXACT: [&str; 27] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp",
    "exp2", "exp_m1", "hypot", "ln", "ln_1p", "ln_gamma", "log", "log10", "log2", "powf", "powi",
    "sin", "sin_cos", "sinh", "tan", "tanh",
];

/// The faults of the file `name`, a path in `src` such as `"diary/entry.rs"`, each as a sentence
/// with the line it stands in.
pub(crate) fn faults(name: &str, source: &str) -> Vec<String> {
    let module = module_path(name);
    let mut reader = Reader { name, room: module.first().cloned(), faults: Vec::new() };
    match source.parse::<TokenStream>() {
        Ok(tokens) => reader.read(tokens, &module),
        Err(error) => reader.faults.push(format!("src/{name}: {error}")),
    }
    reader.faults
}

/// `"diary/entry.rs"` is the module `diary::entry`, `"diary/mod.rs"` is `diary`, `"lib.rs"` the root.
fn module_path(name: &str) -> Vec<String> {
    let path = name.trim_end_matches(".rs").trim_end_matches("mod").trim_end_matches('/');
    path.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
}

struct Reader<'a> {
    name: &'a str,
    /// The room the file stands in; none for `lib.rs`, which declares the rooms.
    room: Option<String>,
    faults: Vec<String>,
}

impl Reader<'_> {
    fn fault(&mut self, at: &TokenTree, what: &str) {
        self.faults.push(format!("src/{}:{}: {what}", self.name, at.span().start().line));
    }

    /// Reads the tokens of one delimited group, standing in the module `here`.
    fn read(&mut self, tokens: TokenStream, here: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut next = 0;
        while next < tokens.len() {
            next += self.read_one(&tokens, next, here);
        }
    }

    /// Reads from the token at `at`; returns how many tokens are dealt with.
    fn read_one(&mut self, tokens: &[TokenTree], at: usize, here: &[String]) -> usize {
        let after = &tokens[at + 1..];
        match &tokens[at] {
            TokenTree::Group(group) => self.read(group.stream(), here),
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                let inner = usize::from(is_punct(after.first(), '!'));
                if let Some(TokenTree::Group(attribute)) = after.get(inner)
                    && attribute.delimiter() == Delimiter::Bracket
                {
                    self.read_attribute(attribute, here);
                    return inner + 2;
                }
            }
            TokenTree::Ident(_) => {
                let word = word(&tokens[at]).unwrap_or_default();
                match (word.as_str(), after) {
                    ("pub", [TokenTree::Group(group), ..]) if is_visibility(group) => return 2,
                    ("mod", [name @ TokenTree::Ident(_), TokenTree::Group(body), ..]) => {
                        let mut inner = here.to_vec();
                        inner.extend(self::word(name));
                        self.read(body.stream(), &inner);
                        return 3;
                    }
                    _ => self.read_word(&word, tokens, at, here),
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        1
    }

    /// Looks at one word of the code and, where a path starts with it, at where the path leads.
    fn read_word(&mut self, word: &str, tokens: &[TokenTree], at: usize, here: &[String]) {
        let token = &tokens[at];
        let after = &tokens[at + 1..];
        let before = &tokens[..at];
        let in_boundary = self.room.as_deref() == Some(BOUNDARY);
        if !in_boundary && (BOUNDARY_CRATES.contains(&word) || word.starts_with("gloo")) {
            self.fault(token, &format!("names `{word}`; only src/{BOUNDARY} speaks to JavaScript"));
        }
        if self.name != MATH {
            let called = is_punct(before.last(), '.') && matches!(after, [TokenTree::Group(_), ..]);
            if INEXACT.contains(&word) && (called || is_function_of_float(before)) {
                self.fault(token, &format!("calls `{word}`; only src/{MATH} does"));
            }
            if word == "libm" {
                self.fault(token, &format!("names `libm`; only src/{MATH} does"));
            }
        }
        if word == "include" && is_punct(after.first(), '!') {
            self.fault(token, "includes source from another place");
        }
        let continues = path_separator(after);
        let starts = !path_separator_before(before);
        match word {
            "std" if !in_boundary && continues => self.read_surroundings(&after[2..]),
            "crate" if is_word(before.last(), "extern") && is_word(after.first(), "self") => {
                self.fault(token, "gives the crate another name");
            }
            "crate" if is_word(before.last(), "extern") => {}
            _ if self.room.is_none() => {}
            "crate" => self.follow(token, after, &[]),
            "doseline" if continues => self.follow(token, after, &[]),
            "super" if starts => self.follow(token, after, parent(here)),
            "self" if starts && continues => self.follow(token, after, here),
            _ => {}
        }
    }

    /// Follows a path from the module it has reached; a fault when it leads into a room that stands
    /// to the right, or ends at the crate's root, from where every room could be reached.
    fn follow(&mut self, from: &TokenTree, rest: &[TokenTree], reached: &[String]) {
        if !path_separator(rest) {
            if reached.is_empty() {
                self.fault(from, "names the crate's root as a whole");
            }
            return;
        }
        match rest.get(2) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let branches: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in branches.split(|token| is_punct(Some(token), ',')) {
                    if let Some(first) = branch.first() {
                        self.step(first, &branch[1..], reached);
                    }
                }
            }
            Some(token) => self.step(token, &rest[3..], reached),
            None => {}
        }
    }

    /// One segment of a path.
    fn step(&mut self, segment: &TokenTree, rest: &[TokenTree], reached: &[String]) {
        match word(segment).as_deref() {
            Some("super") => self.follow(segment, rest, parent(reached)),
            Some("self") => self.follow(segment, rest, reached),
            Some(room) if reached.is_empty() => self.enter(segment, room),
            None if reached.is_empty() => {
                self.fault(segment, "names the crate's root as a whole");
            }
            _ => {}
        }
    }

    fn enter(&mut self, at: &TokenTree, room: &str) {
        let place = |name: &str| ROOMS.iter().position(|room| *room == name);
        let own = self.room.clone().unwrap_or_default();
        match (place(room), place(&own)) {
            (Some(used), Some(user)) if used > user => {
                self.fault(at, &format!("`{own}` uses `{room}`, which stands to its right"));
            }
            (None, _) => self.fault(at, &format!("`crate::{room}` is no room")),
            _ => {}
        }
    }

    fn read_surroundings(&mut self, rest: &[TokenTree]) {
        let branches = match rest.first() {
            Some(TokenTree::Group(group)) => group.stream().into_iter().collect(),
            Some(token) => vec![token.clone()],
            None => Vec::new(),
        };
        for first in branches.split(|token| is_punct(Some(token), ',')).filter_map(<[_]>::first) {
            if let Some(module) = word(first).filter(|name| SURROUNDINGS.contains(&name.as_str())) {
                self.fault(first, &format!("`std::{module}`: only src/{BOUNDARY} looks outside"));
            }
        }
    }

    /// An attribute, whose strings may hold paths, as in `#[serde(with = "crate::diary::day")]`.
    fn read_attribute(&mut self, attribute: &Group, here: &[String]) {
        let tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
        if is_word(tokens.first(), "doc") {
            return;
        }
        self.read(attribute.stream(), here);
        self.read_attribute_values(&tokens, here);
    }

    fn read_attribute_values(&mut self, tokens: &[TokenTree], here: &[String]) {
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.read_attribute_values(&inner, here);
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if let Ok(code) = text.trim_matches('"').parse::<TokenStream>() {
                        self.read(code, here);
                    }
                }
                _ if is_word(Some(token), "path") && is_punct(tokens.get(at + 1), '=') => {
                    self.fault(token, "takes a module's source from another place");
                }
                _ => {}
            }
        }
    }
}

/// The word of an identifier, without the `r#` of a raw one.
fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

fn is_word(token: Option<&TokenTree>, wanted: &str) -> bool {
    token.and_then(word).is_some_and(|word| word == wanted)
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// Whether the tokens begin with `::`.
fn path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), second, ..]
        if first.as_char() == ':' && first.spacing() == Spacing::Joint && is_punct(Some(second), ':'))
}

/// Whether the tokens end with `::`.
fn path_separator_before(tokens: &[TokenTree]) -> bool {
    tokens.len() >= 2 && path_separator(&tokens[tokens.len() - 2..])
}

/// Whether a function's name stands after `f64::`, `f32::`, `Float::` or `<…>::`.
fn is_function_of_float(before: &[TokenTree]) -> bool {
    let Some(owner) = before.len().checked_sub(3).map(|at| &before[at]) else { return false };
    path_separator_before(before)
        && (["f64", "f32", "Float"].iter().any(|name| is_word(Some(owner), name))
            || is_punct(Some(owner), '>'))
}

/// Whether a group after `pub` is a visibility, as in `pub(crate)`, and not a field's type.
fn is_visibility(group: &Group) -> bool {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    group.delimiter() == Delimiter::Parenthesis
        && (is_word(tokens.first(), "in")
            || tokens.len() == 1
                && ["crate", "super", "self"].iter().any(|name| is_word(tokens.first(), name)))
}

fn parent(module: &[String]) -> &[String] {
    module.split_last().map_or(&[], |(_, above)| above)
}
