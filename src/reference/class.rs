use super::Text;
use super::reading::{FromTable, field, row};
use crate::diary::{Value, words};
use crate::error::Result;

words! {
    /// What a medicine is mainly taken for.
    Class {
        /// Depression, and often anxiety.
        Antidepressant = "antidepressant",
        /// Psychosis, mania, and added to an antidepressant.
        Antipsychotic = "antipsychotic",
        /// Bipolar disorder.
        MoodStabiliser = "mood-stabiliser",
        /// Anxiety.
        Anxiolytic = "anxiolytic",
        /// Nightmares after trauma.
        Nightmares = "nightmares",
        /// Attention deficit and hyperactivity.
        Adhd = "adhd",
        /// Sleepiness by day.
        Wakefulness = "wakefulness",
        /// Sleep.
        Hypnotic = "hypnotic",
        /// Alcohol or opioid use.
        SubstanceUse = "substance-use",
    }
}

words! {
    /// How a medicine works, as far as class rules need it.
    Subclass {
        /// Selective serotonin reuptake inhibitor.
        Ssri = "ssri",
        /// Serotonin reuptake inhibitor that also stimulates the serotonin 1A receptor in part.
        Spari = "spari",
        /// Serotonin reuptake inhibitor that acts on several serotonin receptors.
        SerotoninMultimodal = "serotonin-multimodal",
        /// Serotonin and noradrenaline reuptake inhibitor.
        Snri = "snri",
        /// Noradrenaline and dopamine reuptake inhibitor.
        Ndri = "ndri",
        /// Tetracyclic, alpha-2 antagonist.
        Tetracyclic = "tetracyclic",
        /// Serotonin antagonist and reuptake inhibitor.
        Sari = "sari",
        /// Tricyclic antidepressant.
        Tca = "tca",
        /// Monoamine oxidase inhibitor.
        Maoi = "maoi",
        /// Antagonist at the NMDA receptor.
        NmdaAntagonist = "nmda-antagonist",
        /// First-generation antipsychotic.
        TypicalAntipsychotic = "typical-antipsychotic",
        /// Second-generation antipsychotic.
        AtypicalAntipsychotic = "atypical-antipsychotic",
        /// Lithium salts.
        Lithium = "lithium",
        /// Anticonvulsant.
        Anticonvulsant = "anticonvulsant",
        /// Benzodiazepine.
        Benzodiazepine = "benzodiazepine",
        /// Azapirone.
        Azapirone = "azapirone",
        /// Sedating antihistamine.
        Antihistamine = "antihistamine",
        /// Beta blocker.
        BetaBlocker = "beta-blocker",
        /// Alpha-1 blocker.
        Alpha1Blocker = "alpha-1-blocker",
        /// Gabapentin and its kind.
        Gabapentinoid = "gabapentinoid",
        /// Stimulant.
        Stimulant = "stimulant",
        /// Noradrenaline reuptake inhibitor.
        Nri = "nri",
        /// Alpha-2 agonist.
        Alpha2Agonist = "alpha-2-agonist",
        /// Wake-promoting agent.
        WakePromoting = "wake-promoting",
        /// Z-drug.
        ZDrug = "z-drug",
        /// Melatonin and its agonists.
        MelatoninAgonist = "melatonin-agonist",
        /// Opioid antagonist.
        OpioidAntagonist = "opioid-antagonist",
        /// Glutamate modulator.
        GlutamateModulator = "glutamate-modulator",
    }
}

/// The plain name of a class or subclass, and the other words people look for it with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ClassName<Id> {
    /// The class.
    pub id: Id,
    /// Plain name, singular, lower case except abbreviations.
    pub name: Text,
    /// Further words a search finds it by.
    pub also: Vec<Text>,
}

impl<Id: FromTable> FromTable for ClassName<Id> {
    fn read(value: Value<'static>) -> Result<Self> {
        let mut row = value.object()?;
        let read = Self {
            id: field(&mut row, "id")?,
            name: field(&mut row, "name")?,
            also: field(&mut row, "also")?,
        };
        row.finish()?;
        Ok(read)
    }
}

/// The names of every class and subclass: the file `classes.json`.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    pub(super) classes: Vec<ClassName<Class>>,
    pub(super) subclasses: Vec<ClassName<Subclass>>,
}

row!(Classes { classes, subclasses });
