use crate::diary::words;
use crate::reference;

words! {
    /// What stays out of briefs and messages until the person ticks it.
    Part {
        /// What was written into notes.
        Notes = "notes",
        /// Alcohol and other substances.
        Substances = "substances",
        /// Effects on sex.
        Sexual = "sexual",
        /// The cycle.
        Cycle = "cycle",
        /// What followed a trauma.
        Trauma = "trauma",
    }
}

/// Side effects of the tables that belong to a part.
const EFFECTS: &[(&str, Part)] = &[
    ("low-libido", Part::Sexual),
    ("orgasm", Part::Sexual),
    ("erection", Part::Sexual),
    ("painful-erection", Part::Sexual),
    ("breast", Part::Sexual),
    ("periods", Part::Cycle),
];
/// Words of people's own for effects on sex.
const SEXUAL: &[&str] = &[
    "sex", "libido", "orgasm", "erection", "erectile", "ejaculat", "arousal", "vagina", "genital",
];

impl Part {
    /// The part an instrument belongs to.
    pub(super) fn of_instrument(id: &str) -> Option<Self> {
        match id {
            "pcl-5" | "pc-ptsd-5" => Some(Self::Trauma),
            "audit-c" => Some(Self::Substances),
            _ => None,
        }
    }

    /// The part a side effect belongs to, by its words.
    pub(super) fn of_effect(term: &str) -> Option<Self> {
        let term = term.to_lowercase();
        let is_of = |id: &str| {
            let row = reference::pack().side_effect(id);
            row.is_some_and(|row| {
                let names = [row.name, row.term].into_iter().chain(row.also.iter().copied());
                names.into_iter().any(|name| term == name.to_lowercase())
            })
        };
        let listed = EFFECTS.iter().find(|(id, _)| is_of(id)).map(|(_, part)| *part);
        let spoken = SEXUAL.iter().any(|word| term.contains(word)).then_some(Self::Sexual);
        let cycle = ["period", "menstru"].iter().any(|word| term.contains(word));
        listed.or(spoken).or(cycle.then_some(Self::Cycle))
    }

    /// The part a condition belongs to, by its words.
    pub(super) fn of_condition(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["ptsd", "trauma"]) {
            return Some(Self::Trauma);
        }
        has(&["alcohol", "substance", "opioid", "drug use"]).then_some(Self::Substances)
    }
}
