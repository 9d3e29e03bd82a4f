//! The parts that a portal or a build can leave out.
//!
//! A *capability* is one part with an intended use of its own. A portal names those that it offers; a
//! build leaves one out by its cargo feature. What is left out is refused by the core, and comes out
//! of no other answer: a brief without `adherence` counts no doses.

use crate::diary::words;
use crate::error::{Code, Error, Result};

words! {
    /// A part that a portal or a build can leave out.
    Capability {
        /// Everything recorded over time.
        Timeline = "timeline",
        /// What happened at each dose.
        DoseResponse = "dose-response",
        /// What was recorded of the doses that were due.
        Adherence = "adherence",
        /// Scores beside the published rules of response and remission.
        TreatmentResponse = "treatment-response",
        /// The answers of a questionnaire that moved.
        ItemStrip = "item-strip",
        /// Goals set at a step, read once.
        FairTrial = "fair-trial",
        /// The level of a medicine by a model.
        Exposure = "exposure",
        /// Side effects beside steps and doses.
        SideEffects = "side-effects",
        /// Whether a level that was held while well is left.
        RelapseWatch = "relapse-watch",
        /// Hunches, and what later days say of them.
        Association = "association",
        /// The answer to a dose at each assumed lag.
        Lag = "lag",
        /// How long a trial with planned switches would take.
        TrialDesign = "trial-design",
        /// What is known to go badly together.
        Interactions = "interactions",
        /// Published tables of equivalent doses.
        Equivalents = "equivalents",
    }
}

impl Capability {
    /// Whether it is for clinicians, and only where it is named.
    #[must_use]
    pub const fn is_for_clinicians(self) -> bool {
        matches!(self, Self::TrialDesign | Self::Equivalents)
    }

    /// Whether this build has it: six can be left out by the cargo feature of their name.
    #[must_use]
    pub const fn is_built(self) -> bool {
        match self {
            Self::DoseResponse => cfg!(feature = "dose-response"),
            Self::Exposure => cfg!(feature = "exposure"),
            Self::Association => cfg!(feature = "association"),
            Self::TrialDesign => cfg!(feature = "trial-design"),
            Self::Interactions => cfg!(feature = "interactions"),
            Self::Equivalents => cfg!(feature = "equivalents"),
            Self::Timeline
            | Self::Adherence
            | Self::TreatmentResponse
            | Self::ItemStrip
            | Self::FairTrial
            | Self::SideEffects
            | Self::RelapseWatch
            | Self::Lag => true,
        }
    }
}

/// The parts that are offered to whoever reads a diary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered(Vec<Capability>);

impl Offered {
    /// What a portal named, as far as this build has it and the reader may see it.
    #[must_use]
    pub fn of(named: &[Capability], is_clinician: bool) -> Self {
        let is_offered = |part: &&Capability| {
            named.contains(part) && part.is_built() && (is_clinician || !part.is_for_clinicians())
        };
        Self(Capability::ALL.iter().filter(is_offered).copied().collect())
    }

    /// What is offered where the portal names nothing.
    #[must_use]
    pub fn usual() -> Self {
        Self::of(Capability::ALL, false)
    }

    /// The parts, in the order of [`Capability::ALL`].
    #[must_use]
    pub fn parts(&self) -> &[Capability] {
        &self.0
    }

    /// Whether a part is offered. Inlined, so that what a build leaves out is not even compiled in.
    #[must_use]
    #[inline]
    pub fn has(&self, part: Capability) -> bool {
        part.is_built() && self.0.contains(&part)
    }

    /// Refuses a part that is not offered.
    ///
    /// # Errors
    /// [`Code::NotAvailable`], with the part as its field.
    pub fn needs(&self, part: Capability) -> Result<()> {
        match self.has(part) {
            true => Ok(()),
            false => Err(Error::new(Code::NotAvailable, part.as_str())),
        }
    }
}
