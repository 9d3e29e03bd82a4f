use super::reading::row;
use super::{Class, Condition, Fact, Range, SourceId, Sourced, Subclass, Text};
use crate::diary::words;

words! {
    /// How a medicine enters the body.
    Route {
        /// Swallowed.
        Oral = "oral",
        /// Under the tongue.
        Sublingual = "sublingual",
        /// Sprayed into the nose.
        Nasal = "nasal",
        /// Through the skin, as a patch.
        Transdermal = "transdermal",
        /// Injected, short or long acting.
        Injection = "injection",
    }
}

words! {
    /// What the numbers of a dose count.
    DoseUnit {
        /// Milligrams in a day, all doses together.
        MgADay = "mg-a-day",
        /// Milligrams in the one dose of the night.
        MgAtNight = "mg-at-night",
        /// Milligrams a patch gives off in 24 hours.
        MgPer24HourPatch = "mg-per-24-hour-patch",
        /// Milligrams in one supervised session.
        MgASession = "mg-a-session",
    }
}

words! {
    /// How fast a product gives off its medicine.
    Release {
        /// At once.
        Immediate = "immediate",
        /// Slowly: SR, ER, XR, CR and their kind.
        Extended = "extended",
        /// Slowly, through an osmotic pump (OROS).
        Osmotic = "osmotic",
    }
}

words! {
    /// How much a breakdown product does.
    Activity {
        /// It adds to the effect.
        Active = "active",
        /// It adds little.
        Weak = "weak",
        /// It is not thought to add to the effect.
        Inactive = "inactive",
    }
}

/// A medicine, at the level of its ingredient and route.
///
/// Doses are what labels and references state for adults. They give context to what a person
/// takes; they are never a target and never a reason to change a dose.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Medicine {
    /// Kebab-case id, for example `"sertraline"`.
    pub id: Text,
    /// Generic name.
    pub name: Text,
    /// Other names of the ingredient, its salts and spellings.
    pub other_names: Sourced<Vec<Text>>,
    /// Active ingredients.
    pub ingredients: Sourced<Vec<Text>>,
    /// Brands, mostly of the United States.
    pub brands: Sourced<Vec<Brand>>,
    /// What it is mainly taken for.
    pub class: Sourced<Class>,
    /// How it works.
    pub subclass: Sourced<Subclass>,
    /// Which of the conditions it is mainly taken for.
    pub conditions: Sourced<Vec<Condition>>,
    /// The route that the dose, half-life and times of this row are for.
    pub route: Sourced<Route>,
    /// RxNorm identifiers of the ingredients, verified ones only.
    pub rxnorm: Fact<Vec<Text>>,
    /// RxNorm identifiers of salts and forms.
    pub rxnorm_forms: Vec<Sourced<NamedCode>>,
    /// Fifth-level ATC codes of the ingredient.
    pub atc: Sourced<Vec<Text>>,
    /// Usual doses.
    pub dose: Sourced<Dose>,
    /// Label maxima, each for a form and a purpose. Empty: not known here.
    pub maxima: Vec<Sourced<DoseLimit>>,
    /// Elimination half-life of the medicine itself, in hours, between people.
    pub half_life_hours: Fact<Range>,
    /// What moves the half-life, from the same sources.
    pub half_life_note: Option<Text>,
    /// Breakdown products with a half-life of their own.
    pub metabolites: Vec<Metabolite>,
    /// Hours from a dose to its highest level, over the products there are.
    pub tmax_hours: Fact<Range>,
    /// Weeks from the start until benefit usually begins, earliest and latest.
    pub onset_weeks: Fact<Range>,
    /// Days the effect outlasts the medicine, where it does not follow the half-life.
    pub effect_lasts_days: Fact<u16>,
    /// Least doses that count as an adequate trial, each for a form and a purpose, where a source
    /// gives one. Empty: "adequacy not known here".
    pub adequate: Vec<Sourced<DoseLimit>>,
    /// Least hours between two as-needed doses.
    pub as_needed_gap_hours: Fact<f64>,
    /// The gap after which a prescriber may have it started low again.
    pub restart_gap: Fact<RestartGap>,
    /// What stopping it is like.
    pub stopping: Sourced<Stopping>,
    /// Whether the body or the mind comes to expect it.
    pub habit_forming: Sourced<bool>,
    /// Schedule of the United States' law on controlled substances, for example `"CIV"`.
    pub schedule: Fact<Text>,
    /// Keys of the sentences on its boxed warnings, `warning.…`.
    pub boxed_warnings: Sourced<Vec<Text>>,
    /// What people often notice: ids of [`SideEffect`](super::SideEffect)s.
    pub side_effects: Sourced<Vec<Text>>,
}

row!(Medicine {
    id,
    name,
    other_names: "otherNames",
    ingredients,
    brands,
    class,
    subclass,
    conditions,
    route,
    rxnorm,
    rxnorm_forms: "rxnormForms",
    atc,
    dose,
    maxima,
    half_life_hours: "halfLifeHours",
    half_life_note: "halfLifeNote",
    metabolites,
    tmax_hours: "tmaxHours",
    onset_weeks: "onsetWeeks",
    effect_lasts_days: "effectLastsDays",
    adequate,
    as_needed_gap_hours: "asNeededGapHours",
    restart_gap: "restartGap",
    stopping,
    habit_forming: "habitForming",
    schedule,
    boxed_warnings: "boxedWarnings",
    side_effects: "sideEffects"
});

/// A brand name.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Brand {
    /// The name.
    pub name: Text,
    /// Its route where that is not the row's: the row's doses and times are not for this product.
    pub route: Option<Route>,
    /// What else to know: another ingredient, a special purpose, no longer sold.
    pub note: Option<Text>,
}

row!(Brand { name, route, note });

/// A code with the name of what it stands for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct NamedCode {
    /// What the code stands for.
    pub name: Text,
    /// The code.
    pub code: Text,
}

row!(NamedCode { name, code });

/// Usual doses for adults.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Dose {
    /// The usual dose to start with.
    pub start: Option<f64>,
    /// The usual range. Its lower end is not a minimum adequate dose.
    pub usual: Option<Range>,
    /// What the numbers count.
    pub unit: DoseUnit,
    /// What they depend on.
    pub note: Option<Text>,
}

row!(Dose { start, usual, unit, note });

/// A limit that holds for a form and a purpose, in the unit of the row's [`Dose`]: the most a label
/// allows, or the least that counts as adequate.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DoseLimit {
    /// The amount.
    pub amount: f64,
    /// The release it is for; `None`: every release of the row's route.
    pub release: Option<Release>,
    /// The purpose it is for; `None`: every purpose.
    pub purpose: Option<Text>,
}

row!(DoseLimit { amount, release, purpose });

words! {
    /// How often stopping brings symptoms of its own.
    StoppingRisk {
        /// Not known to.
        None = "none",
        /// Seldom.
        Low = "low",
        /// In some people.
        Moderate = "moderate",
        /// In many people, or dangerously.
        High = "high",
    }
}

/// What stopping a medicine is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stopping {
    /// How often it brings symptoms of its own.
    pub risk: StoppingRisk,
    /// Whether it is usually lowered step by step with the prescriber, not stopped at once.
    pub taper: bool,
    /// What the label says; for clinicians only.
    pub note: Option<Text>,
}

row!(Stopping { risk, taper, note });

/// A gap without doses after which going on as before may be unsafe. One of the two is known.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RestartGap {
    /// Hours since the last dose.
    pub hours: Option<f64>,
    /// The gap in half-lives.
    pub half_lives: Option<f64>,
    /// What the label says; for clinicians only.
    pub note: Option<Text>,
}

row!(RestartGap { hours, half_lives: "halfLives", note });

/// A breakdown product.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Metabolite {
    /// Its name.
    pub name: Text,
    /// How much it does.
    pub activity: Activity,
    /// Its half-life in hours, between people.
    pub half_life_hours: Fact<Range>,
}

row!(Metabolite { name, activity, half_life_hours: "halfLifeHours" });

impl Medicine {
    /// The half-lives that shape the effect: of the medicine and of its active breakdown products.
    pub fn active_half_lives(&self) -> impl Iterator<Item = Sourced<Range>> {
        let metabolites = (self.metabolites.iter())
            .filter(|metabolite| metabolite.activity == Activity::Active)
            .map(|metabolite| metabolite.half_life_hours);
        std::iter::once(self.half_life_hours).chain(metabolites).filter_map(|fact| {
            let Sourced { value, sources, confidence } = fact;
            value.map(|value| Sourced { value, sources, confidence })
        })
    }

    /// Hours without a dose after which a prescriber may have it started low again: given in hours,
    /// or in half-lives at the lower end of the published range, since the early call is the safe one.
    #[must_use]
    pub fn restart_gap_hours(&self) -> Option<f64> {
        let gap = self.restart_gap.value?;
        gap.hours.or_else(|| Some(gap.half_lives? * self.half_life_hours.value?.low))
    }

    /// Every source a row of this medicine names, with repeats.
    pub(super) fn sources(&self) -> Vec<SourceId> {
        let single = [
            self.other_names.sources,
            self.ingredients.sources,
            self.brands.sources,
            self.class.sources,
            self.subclass.sources,
            self.conditions.sources,
            self.route.sources,
            self.rxnorm.sources,
            self.atc.sources,
            self.dose.sources,
            self.half_life_hours.sources,
            self.tmax_hours.sources,
            self.onset_weeks.sources,
            self.effect_lasts_days.sources,
            self.as_needed_gap_hours.sources,
            self.restart_gap.sources,
            self.stopping.sources,
            self.habit_forming.sources,
            self.schedule.sources,
            self.boxed_warnings.sources,
            self.side_effects.sources,
        ];
        let listed = (self.rxnorm_forms.iter().map(|row| row.sources))
            .chain(self.maxima.iter().chain(&self.adequate).map(|row| row.sources))
            .chain(self.metabolites.iter().map(|row| row.half_life_hours.sources));
        single.into_iter().chain(listed).flat_map(super::Sources::ids).collect()
    }
}
