//! What is known: instruments and medicines, every row with its source and confidence.
//!
//! The diary holds what one person recorded; this room holds what is true for everyone. A **pack**
//! is one versioned set of tables. An **instrument** is a published rating scale with its items,
//! its scoring, its severity bands and the changes that mean something. A **medicine** is an
//! ingredient by one route with its names, doses and times. None of it is advice: the tables have
//! been collected from named sources and no clinician has reviewed them yet, so each value carries
//! how far it was checked ([`Confidence`]) and a value nobody could source is `None`, "not known
//! here", for good.
//!
//! The essential types:
//!
//! * [`Sourced`] and [`Fact`]: a value with its [`Sources`] and [`Confidence`].
//! * [`Instrument`]: [`score`](Instrument::score), [`band`](Instrument::band) and
//!   [`safety_answers`](Instrument::safety_answers).
//! * [`Medicine`]: names, [`Class`], doses, half-lives; found by [`Medicines::search`].
//! * [`Injection`]: a long-acting one of a medicine; [`Numbers`]: the limits and times that hold for
//!   a product, those of its injection or those of its row.
//! * [`Known`]: something taken, listed or only of a known class; found by [`Pack::known`].
//! * [`Interaction`] and [`Washout`]: what clashes ([`Pack::between`]) and how long two things are
//!   kept apart ([`Pack::washout`]). A pair that no rule names is not checked, never "safe".
//! * [`Monitoring`] and [`SideEffect`]: what is checked, and what people notice.
//! * [`Leaflet`] and [`ConditionSet`]: what people are told, and what to follow in a condition.
//! * [`EquivalenceTable`]: for clinicians only, under its own name and never as a target.
//! * [`Helpline`]: whom anyone can reach in a crisis, by country.
//! * [`Policy`]: how far a row has to be checked to be used, and which ones were taken back.
//! * [`SettlingRule`]: wash-in and washout, an engineering rule on top of a medicine's times.
//! * [`Pack`]: all of it, read and checked by [`Pack::read`].
//!
//! ```
//! use doseline::reference::{instruments, medicines};
//!
//! let phq9 = instruments().find("phq-9").ok_or("not listed")?;
//! let score = phq9.score(&[Some(2), Some(2), Some(1), Some(2), Some(1), Some(1), Some(1), None, Some(0)]);
//! assert_eq!(score.map(|score| (score.total, score.prorated)), Ok((11, true)));
//! assert_eq!(phq9.band(11).map(|band| band.label.as_str()), Some("moderate"));
//!
//! let hits = medicines().search("zolfot", 5);
//! assert_eq!(hits[0].medicine.name.as_str(), "sertraline");
//! # Ok::<(), &str>(())
//! ```
//!
//! # The tables
//!
//! The built-in pack stands in `tables/*.json` and is compiled in. A portal that has had its own
//! pack reviewed brings the same files. Each is one JSON array of rows, except `classes.json`, an
//! object of two arrays; rows are objects in camel case with every field present (only a brand
//! leaves out what it does not have), ids are kebab-case and ascending.
//!
//! * A sourced value is `[value, "source-id source-id", confidence]`, the confidence one of
//!   `"verified"`, `"cross-checked"` and `"general-knowledge"`. Where the value may be unknown it is
//!   `null`, and the row still says why: `[null, "not-known", "general-knowledge"]`.
//! * A range is `[low, high]`. Amounts are in the unit the field names.
//! * `sources.json`: `{id, citation}`. Every id that a row names stands here.
//! * `classes.json`: `{classes, subclasses}`, rows `{id, name, also}`, one for each [`Class`] and
//!   [`Subclass`] in declared order.
//! * `instruments.json`: the fields of [`Instrument`]. Bands are contiguous and cover the range of
//!   the total; the range is the one its options can reach.
//! * `medicines.json`: the fields of [`Medicine`]. Maxima stand with the release and the purpose
//!   they are for, or not at all. Its `injections` are rows with the fields of [`Injection`]; their
//!   amounts are milligrams in one injection.
//! * `agents.json`, `groups.json`, `interactions.json`, `monitoring.json`, `side_effects.json`: the
//!   fields of [`Agent`], [`Group`], [`Interaction`], [`Monitoring`] and [`SideEffect`]. A row that
//!   rests on its sources as a whole names them in its fields `sources` and `confidence`. Sides,
//!   members and the like are ids of medicines, agents and, where a row may speak of a class, groups.
//! * `leaflets.json`, `sets.json`, `equivalents.json`: the fields of [`Leaflet`], [`ConditionSet`] and
//!   [`EquivalenceTable`], with the lists that [`Line`] and [`Equivalent`] show.
//! * `helplines.json`: the fields of [`Helpline`].
//! * `washouts.json`: `["from", "to", days, "source-id …", confidence]`.
//!
//! Codes (LOINC, RxNorm, ATC, SNOMED CT) are only ever verified ones. What people read about a row is
//! no part of the tables: the row names the key of a sentence (`interaction.…`, `watch.…`,
//! `measure.…`, `warning.…`, `leaflet.…`, `helpline.…`) and the catalogue of the language has it.
//!
//! This material contains content from LOINC (<https://loinc.org>), copyright Regenstrief Institute,
//! Inc., used under the LOINC licence. RxNorm names and codes are courtesy of the US National
//! Library of Medicine; ATC codes are of the WHO Collaborating Centre for Drug Statistics
//! Methodology.

mod agent;
mod care;
mod class;
mod codes;
mod equivalents;
mod fact;
mod helpline;
mod instrument;
mod interaction;
mod journey;
mod leaflet;
mod medicine;
mod pack;
mod policy;
mod reading;
mod search;
mod settling;
mod shapes;

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::error::{Code, Error, Result};

pub use agent::{Agent, AgentKind, Group, Known};
pub use care::{Interval, Monitoring, SideEffect};
pub use class::{Class, ClassName, Subclass};
pub use codes::{is_atc, is_loinc, is_rxcui, is_snomed};
pub use equivalents::{EquivalenceTable, Equivalent};
pub use fact::{Confidence, Fact, Range, SourceId, Sourced, Sources, Text};
pub use helpline::Helpline;
pub use instrument::{
    Band, Choice, Cutoff, Instrument, Item, MissingRule, Need, Pattern, Purpose, RelapseScreen,
    ReliableChange, Rights, SafetyAnswer, SafetyItem, Score, Scoring, SideEffectItem,
    SignificantImprovement, Unscored,
};
pub use interaction::{
    Between, Clash, ClashKind, ClashSeverity, DoseCondition, Interaction, Washout,
};
pub use journey::{Expectation, Stage};
pub use leaflet::{
    BIPOLAR, Condition, ConditionSet, Leaflet, LeafletPart, Line, MANIA_OR_PSYCHOSIS, OBSESSIVE,
};
pub use medicine::{
    Activity, Brand, Dose, DoseLimit, DoseUnit, Injection, Medicine, Metabolite, NamedCode,
    Numbers, Release, RestartGap, Route, Stopping, StoppingRisk,
};
pub use pack::{About, Instruments, Medicines, Pack, Source, Tables};
pub use policy::Policy;
pub use search::{Found, FoundBy, Hit, mentions};
pub use settling::{Settling, SettlingRule};
pub use shapes::catalogue;

/// Version of the built-in pack, shown in reports.
pub const VERSION: &str = "2026.11.1";

/// Day the built-in pack was issued.
pub const ISSUED: NaiveDate = day(2026, 11, 22);

/// Day by which the built-in pack should have been reviewed: six months, as no clinician has
/// signed it yet.
pub const REVIEW_BY: NaiveDate = day(2027, 5, 22);

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    // Evaluated by the compiler only: a day that does not exist would not build.
    NaiveDate::from_ymd_opt(year, month, day).expect("a real day")
}

/// The tables of the built-in pack.
pub const BUILT_IN: Tables = Tables {
    sources: include_str!("tables/sources.json"),
    classes: include_str!("tables/classes.json"),
    instruments: include_str!("tables/instruments.json"),
    medicines: include_str!("tables/medicines.json"),
    agents: include_str!("tables/agents.json"),
    groups: include_str!("tables/groups.json"),
    interactions: include_str!("tables/interactions.json"),
    washouts: include_str!("tables/washouts.json"),
    monitoring: include_str!("tables/monitoring.json"),
    side_effects: include_str!("tables/side_effects.json"),
    leaflets: include_str!("tables/leaflets.json"),
    journey: include_str!("tables/journey.json"),
    sets: include_str!("tables/sets.json"),
    equivalents: include_str!("tables/equivalents.json"),
    helplines: include_str!("tables/helplines.json"),
};

static PACK: OnceLock<Pack> = OnceLock::new();

/// The pack in use: the one that was [installed](install), otherwise the built-in one.
#[must_use]
pub fn pack() -> &'static Pack {
    PACK.get_or_init(|| {
        let about = About { version: VERSION, issued: ISSUED, review_by: REVIEW_BY };
        // The text is part of this program, and the tests read it.
        Pack::read(about, BUILT_IN).expect("the built-in tables are sound")
    })
}

/// Puts a portal's own pack to use, before anything was looked up. `false`: too late, another one is
/// in use already.
#[must_use]
pub fn install(pack: Pack) -> bool {
    PACK.set(pack).is_ok()
}

/// The file of the pack in use, where it came as one.
static FILE: OnceLock<&'static str> = OnceLock::new();

/// Puts a portal's own pack to use from its file ([`Pack::read_file`]), for the life of the program.
/// The same file may be given again.
///
/// # Errors
/// What is wrong with the file, or [`Code::PackInUse`] when another pack is in use already.
pub fn install_file(text: String) -> Result<()> {
    if FILE.get().is_some_and(|file| **file == *text) {
        return Ok(());
    }
    if PACK.get().is_some() {
        return Err(Error::new(Code::PackInUse, ""));
    }
    let text = text.leak();
    // One program runs one thread of the core: nobody was quicker.
    let is_first = install(Pack::read_file(text, BUILT_IN)?) && FILE.set(text).is_ok();
    if is_first { Ok(()) } else { Err(Error::new(Code::PackInUse, "")) }
}

/// The instruments of the pack in use.
#[must_use]
pub fn instruments() -> &'static Instruments {
    pack().instruments()
}

/// The medicines of the pack in use.
#[must_use]
pub fn medicines() -> &'static Medicines {
    pack().medicines()
}
