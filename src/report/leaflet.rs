use serde::Serialize;

use crate::analysis::{is_depot, known_as};
use crate::diary::{Diary, EntryId, Medicine, Regimen, Sorting};
use crate::error::{Code, Error, Message, Param, Result};
use crate::reference::{self, Confidence, Known, LeafletPart, Pack, Policy, Sources, Text};

use super::medicines::{InjectionView, texts};
use super::tables::{citations, marks};
use super::{AsOf, Words};

/// What people are told about a medicine or a condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeafletView {
    /// What it is about.
    pub title: String,
    /// Plain name of what kind of medicine it is; empty for a condition.
    pub kind: String,
    /// Other names it is sold under.
    pub brands: Vec<String>,
    /// The questions it answers.
    pub parts: Vec<LeafletPartView>,
    /// What to mind of the whole.
    pub marks: Vec<String>,
    /// Said where lines are left out that nobody has checked far enough.
    pub left_out: Option<String>,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// Version of the reference tables.
    pub tables: &'static str,
}

/// One question with its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafletPartView {
    /// Which question.
    pub part: &'static str,
    /// The question in words.
    pub heading: String,
    /// Its answers, a sentence each.
    pub lines: Vec<String>,
}

/// Lines as they are gathered.
struct Gathered<'w> {
    policy: &'w Policy,
    words: &'w Words,
    parts: Vec<LeafletPartView>,
    sources: Vec<&'static str>,
    least: Confidence,
    has_left_out: bool,
    /// Whether it is about a long-acting injection, of which [`OF_TABLETS`] are not said.
    is_injection: bool,
}

/// What is said of a kind of medicine as it is swallowed.
const OF_TABLETS: [&str; 3] =
    ["leaflet.same-time", "leaflet.with-or-without-food", "leaflet.whole"];

impl Gathered<'_> {
    /// Adds a line that rests on a row, once, where the row may be used.
    fn add(
        &mut self,
        part: &'static str,
        line: &Message,
        row: &str,
        rests_on: (Sources, Confidence),
    ) {
        let (sources, confidence) = rests_on;
        if !self.policy.allows(row, confidence) {
            self.has_left_out = true;
            return;
        }
        let sentence = self.words.text(line);
        let place = self.parts.iter().position(|known| known.part == part).unwrap_or_else(|| {
            let heading = self.words.text(&Message::new(part));
            self.parts.push(LeafletPartView { part, heading, lines: Vec::new() });
            self.parts.len() - 1
        });
        let lines = &mut self.parts[place].lines;
        if lines.contains(&sentence) {
            return;
        }
        lines.push(sentence);
        self.least = self.least.min(confidence);
        self.cite(sources);
    }

    fn add_leaflet(&mut self, leaflet: &reference::Leaflet) {
        for line in &leaflet.lines {
            if self.is_injection && OF_TABLETS.contains(&line.says.as_str()) {
                continue;
            }
            let rests_on = (line.sources, line.confidence);
            self.add(heading(line.part), &Message::new(line.says.as_str()), &leaflet.id, rests_on);
        }
    }

    /// What the row of a medicine adds: what people often notice, and what its label warns of.
    fn add_row(&mut self, row: &reference::Medicine) {
        let pack = reference::pack();
        let named = |id: &Text| pack.side_effect(id).filter(|effect| effect.noticeable);
        let effects: Vec<Param> = (row.side_effects.value.iter())
            .filter_map(|id| Some(Param::from(named(id)?.name.to_lowercase())))
            .collect();
        if !effects.is_empty() {
            let line = Message::new("leaflet-part.often-noticed").with("effects", effects);
            let rests_on = (row.side_effects.sources, row.side_effects.confidence);
            self.add(heading(LeafletPart::Notice), &line, &row.id, rests_on);
        }
        for warning in &row.boxed_warnings.value {
            let rests_on = (row.boxed_warnings.sources, row.boxed_warnings.confidence);
            self.add("leaflet-part.warning", &Message::new(warning.as_str()), &row.id, rests_on);
        }
        row.injections.iter().for_each(|injection| self.add_injection(row, injection));
    }

    /// How often a long-acting injection is given and the most of it, as far as that may be said.
    fn add_injection(&mut self, row: &reference::Medicine, injection: &reference::Injection) {
        let view = InjectionView::of(row, injection, self.policy);
        let shown = |value: Option<f64>| -> Param {
            let not_known = || Message::new("leaflet-part.shots-not-known").into();
            value.map_or_else(not_known, Param::from)
        };
        let line = Message::new("leaflet-part.shots")
            .with("name", injection.name.as_str())
            .with("days", shown(view.days_between.map(f64::from)))
            .with("most", shown(view.most));
        let confidence = view.confidence.unwrap_or(Confidence::Verified);
        let rests_on = (injection.days_between.sources, confidence);
        self.add("leaflet-part.injection", &line, &row.id, rests_on);
        if let Some(most) = injection.most().filter(|_| view.most.is_some()) {
            self.cite(most.sources);
        }
    }

    fn cite(&mut self, sources: Sources) {
        for id in sources.ids() {
            if !self.sources.contains(&id.as_str()) {
                self.sources.push(id.as_str());
            }
        }
    }
}

const fn heading(part: LeafletPart) -> &'static str {
    match part {
        LeafletPart::For => "leaflet-part.for",
        LeafletPart::How => "leaflet-part.how",
        LeafletPart::Take => "leaflet-part.take",
        LeafletPart::HowLong => "leaflet-part.how-long",
        LeafletPart::Notice => "leaflet-part.notice",
        LeafletPart::NotAlone => "leaflet-part.not-alone",
        LeafletPart::Ask => "leaflet-part.ask",
    }
}

/// The leaflet on a medicine of the diary, on a row of the tables (`"sertraline"`) or on a condition
/// (`"condition-depression"`). `None`: nothing is known here.
///
/// # Errors
/// [`Code::NoSuchEntry`] or [`Code::NotThatKind`] for an entry that is no medicine.
pub fn leaflet(
    diary: &Diary,
    of: &str,
    policy: &Policy,
    as_of: AsOf,
    words: &Words,
) -> Result<Option<LeafletView>> {
    let pack: &'static Pack = reference::pack();
    let id = EntryId::parse(of).ok();
    let product = id.map(|id| medicine(diary, id)).transpose()?;
    let is_injection = |(id, product)| is_depot(&Regimen::of(diary), id, product);
    let mut gathered = Gathered {
        policy,
        words,
        parts: Vec::new(),
        sources: Vec::new(),
        least: Confidence::Verified,
        has_left_out: false,
        is_injection: id.zip(product).is_some_and(is_injection),
    };
    let mut rows: Vec<&reference::Medicine> = Vec::new();
    let mut add = |known: Known<'_>| {
        if let Some(leaflet) = pack.leaflet(known) {
            gathered.add_leaflet(leaflet);
        }
        if let Known::Medicine(row) = known {
            gathered.add_row(row);
            rows.extend(pack.medicines().find(&row.id));
        }
    };
    let mut title = None;
    if let Some(product) = product {
        let class = product.class.as_deref();
        product.ingredients.iter().filter_map(|part| known_as(part, class)).for_each(&mut add);
        title = Some(product.name.to_string());
    } else if let Some(known) = pack.known_by_id(of) {
        add(known);
    } else if let Some(row) = pack.leaflets().iter().find(|row| row.id.as_str() == of) {
        gathered.add_leaflet(row);
        let set = pack.condition_sets().iter().find(|set| of.ends_with(set.id.as_str()));
        title = set.and_then(|set| set.names.first()).map(|name| name.to_string());
    }
    let Gathered { mut parts, least, has_left_out, sources, .. } = gathered;
    if parts.is_empty() && !has_left_out {
        return Ok(None);
    }
    parts.arrange_by_key(|part| ORDER.iter().position(|known| *known == part.part));
    let first = rows.first();
    let kind = first.and_then(|row| {
        let known = pack.subclasses().iter().find(|class| class.id == row.subclass.value)?;
        Some(known.name.to_string())
    });
    Ok(Some(LeafletView {
        title: title.or_else(|| Some(first?.name.to_string())).unwrap_or_else(|| of.to_owned()),
        kind: kind.unwrap_or_default(),
        brands: rows.iter().flat_map(|row| texts(&row.all_brands())).collect(),
        parts,
        marks: marks(least, as_of, words),
        left_out: has_left_out.then(|| words.text(&Message::new("leaflet-part.left-out"))),
        sources: citations(&sources.join(" ")),
        tables: pack.about().version,
    }))
}

/// The parts as they are read.
const ORDER: [&str; 9] = [
    "leaflet-part.for",
    "leaflet-part.how",
    "leaflet-part.take",
    "leaflet-part.injection",
    "leaflet-part.how-long",
    "leaflet-part.notice",
    "leaflet-part.warning",
    "leaflet-part.not-alone",
    "leaflet-part.ask",
];

fn medicine(diary: &Diary, id: EntryId) -> Result<&Medicine> {
    diary.medicine(id).ok_or_else(|| Error::new(Code::NoSuchEntry, "medicine"))
}
