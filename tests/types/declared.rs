use std::collections::{BTreeMap, BTreeSet};

/// What `types.d.ts` declares, as text: it is written for people, one field a line, and only what
/// the tests ask for is read.
pub(crate) struct Declared {
    text: String,
}

impl Declared {
    pub(crate) fn types() -> Self {
        let source = include_str!("../../src/wasm/types.d.ts");
        let (mut text, mut rest) = (String::new(), source);
        while let Some((before, comment)) = rest.split_once("/**") {
            text += before;
            rest = comment.split_once("*/").expect("a comment that ends").1;
        }
        Self { text: text + rest }
    }

    /// The text of a declaration, from its name to where the next one starts.
    fn declaration(&self, name: &str) -> &str {
        let found = ["interface", "type"].iter().find_map(|word| {
            let start = format!("export {word} {name} ");
            self.text.split_once(&start).map(|(_, rest)| rest)
        });
        let rest = found.unwrap_or_else(|| panic!("{name} is not declared"));
        rest.split_once("\nexport ").map_or(rest, |(own, _)| own)
    }

    /// The words of a union.
    pub(crate) fn alias(&self, name: &str) -> BTreeSet<String> {
        words(self.declaration(name))
    }

    /// The fields of an interface: what stands two spaces deep before a colon.
    fn parts(&self, name: &str) -> Vec<(String, String)> {
        let mut parts: Vec<(String, String)> = Vec::new();
        for line in self.declaration(name).lines().skip(1) {
            let field = line.strip_prefix("  ").filter(|rest| !rest.starts_with([' ', '|']));
            match (field.and_then(|field| field.split_once(':')), parts.last_mut()) {
                (Some((name, rest)), _) => {
                    parts.push((name.trim_end_matches('?').to_owned(), rest.to_owned()));
                }
                (None, Some((_, rest))) => *rest += line,
                (None, None) => {}
            }
        }
        parts
    }

    pub(crate) fn fields(&self, name: &str) -> BTreeSet<String> {
        self.parts(name).into_iter().map(|(field, _)| field).collect()
    }

    /// The words that a field of an interface may hold, those of a named union too; none when it
    /// holds something else.
    pub(crate) fn field(&self, name: &str, field: &str) -> BTreeSet<String> {
        let parts = self.parts(name);
        let (_, holds) = parts.iter().find(|(found, _)| found == field).expect(field);
        let alias = holds.trim().trim_end_matches([';', '}']).trim();
        if !self.text.contains(&format!("export type {alias} =")) {
            return words(holds);
        }
        let is_union_of_words = !self.declaration(alias).contains('{');
        if is_union_of_words { self.alias(alias) } else { BTreeSet::new() }
    }

    /// The words that a field may hold in any member of a union of objects.
    pub(crate) fn every(&self, name: &str, field: &str) -> BTreeSet<String> {
        let before = format!("{field}: ");
        let found = self.declaration(name).split(&before).skip(1);
        found.flat_map(|rest| words(rest.split([';', '}']).next().unwrap_or(rest))).collect()
    }

    /// The interface of each kind of entry.
    pub(crate) fn bodies(&self) -> BTreeMap<String, String> {
        let names = self.declaration("Body").split(['=', '|', ';']);
        let names = names.map(str::trim).filter(|name| !name.is_empty() && !name.contains(' '));
        names
            .map(|name| {
                let kind = self.field(name, "kind").into_iter().next().expect(name);
                (kind, name.to_owned())
            })
            .collect()
    }
}

/// What stands in quotes.
fn words(text: &str) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
