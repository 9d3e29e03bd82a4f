use super::Confidence;

/// What a portal lets through: how far a row has to be checked, and which rows it has taken back.
///
/// The default lets everything through, each row with its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The least confidence; rows below are as if nobody had looked.
    pub least: Confidence,
    /// Ids taken back, in the order they were.
    revoked: Vec<Box<str>>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { least: Confidence::GeneralKnowledge, revoked: Vec::new() }
    }
}

impl Policy {
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
}
