//! What clashes with what, and how long two things are kept apart.
//!
//! A rule names two sides by ids: of medicines, agents and groups. It holds between two things when
//! one belongs to its first side and the other to its second. Rules are few and the world is large:
//! a pair that no rule names is **not checked** ([`Between::NotChecked`]), which is never the same as
//! "they go together".

use super::reading::{columns, row};
use super::{Confidence, Known, Pack, Sources, Text};
use crate::diary::{Sorting, words};

words! {
    /// How serious a clash is, mildest first.
    ClashSeverity {
        /// Worth asking about.
        Moderate = "moderate",
        /// A prescriber should hear of it today.
        Major = "major",
        /// Labels say that the two do not go together.
        Contraindicated = "contraindicated",
    }
}

words! {
    /// What kind of clash a rule is about.
    ClashKind {
        /// One changes what the other does.
        Interaction = "interaction",
        /// Two that do the same.
        Duplicate = "duplicate",
        /// One of several that add up: one flag for the whole list, not one for each pair.
        Load = "load",
        /// A medicine and a circumstance of the person.
        Condition = "condition",
    }
}

/// One rule about two sides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Interaction {
    /// Id of the rule, for example `"lithium_nsaid"`.
    pub id: Text,
    /// What kind of clash it is.
    pub kind: ClashKind,
    /// How serious it is.
    pub severity: ClashSeverity,
    /// Ids of medicines, agents or groups.
    pub a: Vec<Text>,
    /// Ids of medicines, agents or groups.
    pub b: Vec<Text>,
    /// Key of the sentence for the person, `interaction.…`; it takes the names `a` and `b`.
    pub says: Text,
    /// Key of the sentence that names the signs for which help is needed, `watch.…`. Every
    /// contraindicated rule has one.
    pub watch: Option<Text>,
    /// What happens in the body; for clinicians only.
    pub mechanism: Text,
    /// Where exactly the sources say so; for clinicians only.
    pub basis: Text,
    /// What else to know; for clinicians only.
    pub note: Option<Text>,
    /// The circumstance without which the rule does not hold. Where that fact is unknown, the rule
    /// is not checked.
    pub only_with: Option<Text>,
    /// The dose from which the rule holds; `None`: every dose.
    pub from_dose: Option<DoseCondition>,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(Interaction {
    id,
    kind,
    severity,
    a,
    b,
    says,
    watch,
    mechanism,
    basis,
    note,
    only_with: "onlyWith",
    from_dose: "fromDose",
    sources,
    confidence
});

/// A dose from which a rule holds. In JSON: `["medicine-id", amount]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoseCondition {
    /// The medicine.
    pub medicine: Text,
    /// Least amount, in the unit of that medicine's [`Dose`](super::Dose).
    pub at_least: f64,
}

columns!(DoseCondition { medicine, at_least });

/// Days that one thing is kept away after the last dose of another.
///
/// In JSON: `["from", "to", days, "sources", "confidence"]`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Washout {
    /// What was stopped: the id of a medicine, agent or group.
    pub from: Text,
    /// What would come next.
    pub to: Text,
    /// Days between.
    pub days: u16,
    /// Where it comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

columns!(Washout { from, to, days, sources, confidence });

/// A rule that holds between two things.
#[derive(Clone, Copy, Debug)]
pub struct Clash<'a> {
    /// The rule.
    pub rule: &'a Interaction,
    /// Whether the first thing asked about stands on the rule's second side.
    pub swapped: bool,
    /// How many of the two sides name the thing itself and not its class, 0 to 2.
    pub named: u8,
}

/// What the tables say about two things.
#[derive(Clone, Debug)]
pub enum Between<'a> {
    /// No rule names the pair. That is not "no interaction".
    NotChecked,
    /// The rules that do, at least one: the most serious first, among equals the most specific.
    Clashes(Vec<Clash<'a>>),
}

impl<'a> Between<'a> {
    /// The most serious and most specific clash.
    #[must_use]
    pub fn first(&self) -> Option<Clash<'a>> {
        match self {
            Self::NotChecked => None,
            Self::Clashes(clashes) => clashes.first().copied(),
        }
    }
}

impl Pack {
    /// Every rule, by id.
    #[must_use]
    pub fn interactions(&self) -> &[Interaction] {
        &self.interactions
    }

    /// Every washout, by what is stopped and what comes next.
    #[must_use]
    pub fn washouts(&self) -> &[Washout] {
        &self.washouts
    }

    /// The rules between two things. Conditions of a rule
    /// ([`only_with`](Interaction::only_with), [`from_dose`](Interaction::from_dose)) are left to
    /// the caller, who knows the person.
    #[must_use]
    pub fn between(&self, one: Known<'_>, other: Known<'_>) -> Between<'_> {
        if one.id().is_some() && one.id() == other.id() {
            return Between::NotChecked;
        }
        let mut clashes = Vec::new();
        for rule in &self.interactions {
            let [straight, swapped] = [(one, other), (other, one)]
                .map(|(a, b)| self.match_any(a, &rule.a).zip(self.match_any(b, &rule.b)));
            let named = |(a, b): (bool, bool)| u8::from(a) + u8::from(b);
            let found = match (straight.map(named), swapped.map(named)) {
                (None, None) => continue,
                (Some(named), swapped) if swapped.is_none_or(|other| other <= named) => {
                    Clash { rule, swapped: false, named }
                }
                (_, named) => Clash { rule, swapped: true, named: named.unwrap_or_default() },
            };
            clashes.push(found);
        }
        if clashes.is_empty() {
            return Between::NotChecked;
        }
        let rank = |clash: &Clash<'_>| (clash.rule.severity, clash.named);
        clashes.arrange_by(|x, y| rank(y).cmp(&rank(x)));
        Between::Clashes(clashes)
    }

    /// The washout after `from` and before `to`: a row that names them before one that names their
    /// class, and among equals the longest.
    #[must_use]
    pub fn washout(&self, from: Known<'_>, to: Known<'_>) -> Option<&Washout> {
        let rank = |row: &Washout| {
            let (from, to) = (self.match_one(from, row.from)?, self.match_one(to, row.to)?);
            Some((u8::from(from) + u8::from(to), row.days))
        };
        (self.washouts.iter())
            .filter_map(|row| rank(row).map(|rank| (rank, row)))
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, row)| row)
    }

    /// Whether something taken is named by a side of a rule, itself or by a group.
    #[must_use]
    pub fn is_party(&self, known: Known<'_>, side: &[Text]) -> bool {
        self.match_any(known, side).is_some()
    }

    /// Whether a side names this thing itself (`true`) or a group it belongs to (`false`).
    fn match_any(&self, known: Known<'_>, side: &[Text]) -> Option<bool> {
        side.iter().filter_map(|party| self.match_one(known, *party)).max()
    }

    pub(super) fn match_one(&self, known: Known<'_>, party: Text) -> Option<bool> {
        if known.id() == Some(party.as_str()) {
            return Some(true);
        }
        let group = self.group(&party)?;
        known.is_of(group).then_some(false)
    }
}
