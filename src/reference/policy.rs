use super::{Confidence, Pack, Text, Washout};

/// What a portal lets through: how far a row has to be checked, and which rows it has taken back.
///
/// The default lets everything through, each row with its mark. What kind of medicine something is
/// (its names, class and groups) is always used: without it a red flag could be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The least confidence; rows below are as if nobody had looked.
    pub least: Confidence,
    /// Ids taken back, in the order they were.
    revoked: Vec<Box<str>>,
}

impl Default for Policy {
    fn default() -> Self {
        Self::from_least(Confidence::GeneralKnowledge)
    }
}

impl Policy {
    /// Lets through what was checked so far, nothing taken back.
    #[must_use]
    pub const fn from_least(least: Confidence) -> Self {
        Self { least, revoked: Vec::new() }
    }

    /// Takes rows back, from now on. Gives the ids that were not taken back before, for the log.
    pub fn revoke(&mut self, ids: impl IntoIterator<Item = Box<str>>) -> Vec<Box<str>> {
        let before = self.revoked.len();
        for id in ids {
            if !self.is_revoked(&id) {
                self.revoked.push(id);
            }
        }
        self.revoked[before..].to_vec()
    }

    /// Whether the row was taken back.
    #[must_use]
    pub fn is_revoked(&self, id: &str) -> bool {
        self.revoked.iter().any(|known| **known == *id)
    }

    /// Whether a row may be used.
    #[must_use]
    pub fn allows(&self, id: &str, confidence: Confidence) -> bool {
        confidence >= self.least && !self.is_revoked(id)
    }

    /// Whether a washout may be used. It is taken back by both its sides: `"maoi>linezolid"`.
    #[must_use]
    pub fn allows_washout(&self, row: &Washout) -> bool {
        row.confidence >= self.least && !self.revoked.iter().any(|id| is_named(row, id))
    }
}

fn is_named(row: &Washout, id: &str) -> bool {
    id.split_once('>') == Some((row.from.as_str(), row.to.as_str()))
}

impl Pack {
    /// Whether a row with this id can be taken back: a rule of interaction, a washout, a check, what
    /// usually comes next, what is known of the doses and effects of a medicine or an injection, a
    /// leaflet, a table of equivalents.
    #[must_use]
    pub fn can_revoke(&self, id: &str) -> bool {
        let is_it = |known: Text| known.as_str() == id;
        self.interactions().iter().any(|row| is_it(row.id))
            || self.monitoring().iter().any(|row| is_it(row.id))
            || self.expectations().iter().any(|row| is_it(row.id))
            || self.leaflets().iter().any(|row| is_it(row.id))
            || self.equivalence_tables().iter().any(|row| is_it(row.id))
            || self.medicines().find(id).is_some()
            || self.medicines().iter().flat_map(|row| &row.injections).any(|row| is_it(row.name))
            || self.washouts().iter().any(|row| is_named(row, id))
    }
}
