use super::reading::row;
use super::search::mentions;
use super::{
    Class, Condition, Confidence, Fact, Policy, Range, SourceId, Sourced, Sources, Subclass, Text,
};
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
        /// Milligrams in one injection, however many days it lasts.
        MgAnInjection = "mg-an-injection",
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
    /// Its long-acting injections, by name: rows of their own for limits and times.
    pub injections: Vec<Injection>,
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
    side_effects: "sideEffects",
    injections
});

/// A long-acting injection of a medicine. What the medicine is, its class and what goes with it stand
/// in the row of the medicine; limits and times are the injection's own, and none of the tablets'.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Injection {
    /// Its name, by which a row is taken back as well: `"haloperidol decanoate"`.
    pub name: Text,
    /// Brands.
    pub brands: Sourced<Vec<Text>>,
    /// RxNorm identifiers of its products, verified ones only.
    pub rxnorm: Fact<Vec<Text>>,
    /// Days from one injection to the next. What was prescribed comes first.
    pub days_between: Fact<u16>,
    /// The most in one injection, in milligrams. Empty: not known here.
    pub maxima: Vec<Sourced<DoseLimit>>,
    /// The least in one injection that counts as adequate. Empty: not known here.
    pub adequate: Vec<Sourced<DoseLimit>>,
    /// Half-life after an injection, in hours, between people.
    pub half_life_hours: Fact<Range>,
    /// Hours from an injection to its highest level.
    pub tmax_hours: Fact<Range>,
}

row!(Injection {
    name,
    brands,
    rxnorm,
    days_between: "daysBetween",
    maxima,
    adequate,
    half_life_hours: "halfLifeHours",
    tmax_hours: "tmaxHours"
});

impl Injection {
    /// Whether `is_it` holds of its name or of one of its brands.
    pub(super) fn any_name(&self, is_it: impl Fn(Text) -> bool) -> bool {
        is_it(self.name) || self.brands.value.iter().any(|brand| is_it(*brand))
    }

    pub(super) fn has_code(&self, code: &str) -> bool {
        self.rxnorm.value.iter().flatten().any(|known| known.as_str() == code)
    }

    /// The highest maximum, whatever it is for.
    #[must_use]
    pub fn most(&self) -> Option<&Sourced<DoseLimit>> {
        self.maxima.iter().max_by(|a, b| a.value.amount.total_cmp(&b.value.amount))
    }
}

/// The doses and times that hold for a product: those of the row of its medicine, or those of a
/// long-acting injection of it and nothing of the row. What asks for a limit, a half-life or an
/// interval asks this.
#[derive(Clone, Copy, Debug)]
pub enum Numbers<'a> {
    /// Those of the row.
    Row(&'a Medicine),
    /// Those of an injection of the medicine.
    Injection(&'a Medicine, &'a Injection),
}

impl<'a> Numbers<'a> {
    /// The name of what they hold for.
    #[must_use]
    pub const fn name(self) -> Text {
        match self {
            Self::Row(row) => row.name,
            Self::Injection(_, injection) => injection.name,
        }
    }

    /// What the amounts count.
    #[must_use]
    pub const fn unit(self) -> DoseUnit {
        match self {
            Self::Row(row) => row.dose.value.unit,
            Self::Injection(..) => DoseUnit::MgAnInjection,
        }
    }

    /// Usual doses; of an injection they are not known here.
    #[must_use]
    pub fn usual(self) -> Option<Range> {
        match self {
            Self::Row(row) => row.dose.value.usual,
            Self::Injection(..) => None,
        }
    }

    /// The maxima.
    #[must_use]
    pub fn maxima(self) -> &'a [Sourced<DoseLimit>] {
        match self {
            Self::Row(row) => &row.maxima,
            Self::Injection(_, injection) => &injection.maxima,
        }
    }

    /// The least adequate doses.
    #[must_use]
    pub fn adequate(self) -> &'a [Sourced<DoseLimit>] {
        match self {
            Self::Row(row) => &row.adequate,
            Self::Injection(_, injection) => &injection.adequate,
        }
    }

    /// The half-life, and the hours to the highest level.
    #[must_use]
    pub const fn times(self) -> (Fact<Range>, Fact<Range>) {
        match self {
            Self::Row(row) => (row.half_life_hours, row.tmax_hours),
            Self::Injection(_, of) => (of.half_life_hours, of.tmax_hours),
        }
    }

    /// The half-lives that shape the effect: of the medicine and of its active breakdown products.
    /// After an injection all of them follow how slowly it is given off.
    pub fn active_half_lives(self) -> impl Iterator<Item = Sourced<Range>> {
        let metabolites = match self {
            Self::Row(row) => &row.metabolites[..],
            Self::Injection(..) => &[],
        };
        let metabolites = (metabolites.iter())
            .filter(|metabolite| metabolite.activity == Activity::Active)
            .map(|metabolite| metabolite.half_life_hours);
        std::iter::once(self.times().0).chain(metabolites).filter_map(Sourced::known)
    }

    /// Days from one injection to the next, where they are known.
    #[must_use]
    pub fn days_between(self) -> Option<Sourced<u16>> {
        match self {
            Self::Row(_) => None,
            Self::Injection(_, injection) => injection.days_between.known(),
        }
    }

    /// Whether a fact of theirs may be used: neither the medicine nor the injection was taken back.
    #[must_use]
    pub fn are_allowed(self, policy: &Policy, confidence: Confidence) -> bool {
        match self {
            Self::Row(row) => policy.allows(&row.id, confidence),
            Self::Injection(row, injection) => {
                policy.allows(&row.id, confidence) && !policy.is_revoked(&injection.name)
            }
        }
    }
}

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
    /// Every brand, those of its injections as well.
    #[must_use]
    pub fn all_brands(&self) -> Vec<Text> {
        let mut all: Vec<Text> = self.brands.value.iter().map(|brand| brand.name).collect();
        for injection in &self.injections {
            all.extend_from_slice(&injection.brands.value);
        }
        all
    }

    /// The long-acting injection with this name or brand.
    #[must_use]
    pub fn injection(&self, name: &str) -> Option<&Injection> {
        self.injections.iter().find(|row| row.any_name(|known| known.as_str() == name))
    }

    /// The long-acting injection that a product is, by the code or the names it was recorded with. One
    /// of which no more is known than that it acts for weeks is the only one there is, if there is one.
    #[must_use]
    pub fn injection_of(
        &self,
        code: Option<&str>,
        names: [&str; 2],
        is_depot: bool,
    ) -> Option<&Injection> {
        let is_it = |row: &&Injection| {
            code.is_some_and(|code| row.has_code(code))
                || row.any_name(|known| names.iter().any(|name| mentions(name, &known)))
        };
        self.injections.iter().find(is_it).or(match &self.injections[..] {
            [only] if is_depot => Some(only),
            _ => None,
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
        let mut all = single.to_vec();
        all.extend(self.rxnorm_forms.iter().map(|row| row.sources));
        all.extend(self.metabolites.iter().map(|row| row.half_life_hours.sources));
        let mut limits = vec![&self.maxima, &self.adequate];
        for row in &self.injections {
            limits.extend([&row.maxima, &row.adequate]);
            let times = [row.half_life_hours.sources, row.tmax_hours.sources];
            all.extend([row.brands.sources, row.rxnorm.sources, row.days_between.sources]);
            all.extend(times);
        }
        all.extend(limits.into_iter().flatten().map(|row| row.sources));
        all.into_iter().flat_map(Sources::ids).collect()
    }
}
