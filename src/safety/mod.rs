//! What to watch: rules that raise flags.
//!
//! A *flag* is one safety statement: the rule that raised it, how soon it asks for attention, a plain
//! sentence, its source, the entries behind it, what was looked at and what was not. Flags inform;
//! they ask to speak with a prescriber, a pharmacist or urgent care and never say what to take.
//!
//! [`review`] runs every rule over a diary on a day. One thing raises one flag; a flag that the person
//! set aside (a `dismissal` entry) stays in the review and is hidden from the patient, until one of
//! the facts it rests on changes. What could not be checked is said. Below 18 the rules made for
//! adults are off. [`check`] asks the same before something is recorded and never blocks it.
//!
//! What no clinical source settles stands in [`Settings`], for each clinic to set; a rule can be switched
//! off there, except red flags and crisis. A row that the clinic's [`Policy`](crate::reference::Policy)
//! does not let through raises nothing, and where it would have, it is said that this was not checked;
//! red flags and crisis run all the same. A circumstance that the diary does not tell is *not checked*,
//! and so is what no list here knows: never "none".
//!
//! # The rules, by id
//!
//! Red flags, before everything else: `red-flag-serotonin`, `red-flag-nms`,
//! `red-flag-lithium-toxicity`, `red-flag-maoi-pressure`, `red-flag-rash`, `red-flag-clozapine-fever`,
//! `red-flag-clozapine-heart`, `red-flag-clozapine-bowel`, `red-flag-dystonia`, `red-flag-akathisia`,
//! `red-flag-priapism`, `red-flag-jaundice`, `red-flag-low-sodium`,
//! `red-flag-benzodiazepine-withdrawal`.
//!
//! Crisis: `crisis-item-9` (thoughts of self-harm are new, more frequent or frequent),
//! `crisis-item-9-unchanged`; `crisis-words-in-note`, only where the person asked for it.
//!
//! Pairs: the rules of the tables ([`crate::reference::Interaction`]) by their own ids, those about
//! a circumstance where the diary can tell it; `duplicate_same_drug`; `washout-too-short`;
//! `own-allergy`, which rests on the person's own list.
//!
//! Doses: `total-above-maximum`, `as-needed-too-soon`, `as-needed-over-limit`, `restart-after-gap`,
//! `injection-overdue`, `sedative-long-use`, `sedative-rising-use`, `abrupt-stop`,
//! `taper-steeper-than-plan`, `discontinuation-symptoms`.
//!
//! Course: `mania-signal`, `ocd-expectations`, `stimulant-blood-pressure`, `weight-gain`,
//! `lithium-level`, `monitoring-due`, `no-improvement`, `deterioration`.

mod allergies;
mod capability;
mod concern;
mod course;
mod crisis;
mod doses;
mod due;
mod flag;
mod gaps;
mod habits;
mod mania;
mod measured;
mod monitoring;
mod pairs;
mod person;
mod picture;
mod red_flags;
mod sedatives;
mod settings;
mod sign;
mod stopping;
mod support;
mod taken;

use crate::diary::{Body, Day, Diary, Record};
use crate::error::Message;

pub use capability::{Capability, Offered};
pub use concern::{Concern, ConcernKind, Stopping, concern};
pub use due::{Agenda, Due, DueKind, agenda};
pub use flag::{Flag, NotChecked, Review, Severity};
pub use settings::{Settings, switchable};
pub use support::{Helper, Monitored, Support};

pub(crate) use flag::digest;
use picture::Picture;

/// The rules that stand in this room; the others stand in the tables.
pub const RULES: &[&str] = &[
    "red-flag-serotonin",
    "red-flag-nms",
    "red-flag-lithium-toxicity",
    "red-flag-maoi-pressure",
    "red-flag-rash",
    "red-flag-clozapine-fever",
    "red-flag-clozapine-heart",
    "red-flag-clozapine-bowel",
    "red-flag-dystonia",
    "red-flag-akathisia",
    "red-flag-priapism",
    "red-flag-jaundice",
    "red-flag-low-sodium",
    "red-flag-benzodiazepine-withdrawal",
    "crisis-item-9",
    "crisis-item-9-unchanged",
    "crisis-words-in-note",
    "duplicate_same_drug",
    "washout-too-short",
    "own-allergy",
    "total-above-maximum",
    "as-needed-too-soon",
    "as-needed-over-limit",
    "restart-after-gap",
    "injection-overdue",
    "sedative-long-use",
    "sedative-rising-use",
    "abrupt-stop",
    "taper-steeper-than-plan",
    "discontinuation-symptoms",
    "mania-signal",
    "ocd-expectations",
    "stimulant-blood-pressure",
    "weight-gain",
    "lithium-level",
    "monitoring-due",
    "no-improvement",
    "deterioration",
];

/// What every rule says of a diary on a day.
#[must_use]
pub fn review(diary: &Diary, today: Day, settings: &Settings) -> Review {
    let picture = Picture::of(diary, today, settings);
    let mut review = Review::default();
    red_flags::raise(&picture, &mut review);
    crisis::raise(&picture, &mut review);
    match settings.offered.has(Capability::Interactions) {
        true => {
            pairs::raise(&picture, &mut review);
            person::raise(&picture, &mut review);
        }
        false => {
            review.cannot_check("interactions", Message::new("safety.not-checked-interactions"));
        }
    }
    allergies::raise(&picture, &mut review);
    gaps::raise(&picture, &mut review);
    doses::raise(&picture, &mut review);
    sedatives::raise(&picture, &mut review);
    stopping::raise(&picture, &mut review);
    mania::raise(&picture, &mut review);
    measured::raise(&picture, &mut review);
    monitoring::raise(&picture, &mut review);
    course::raise(&picture, &mut review);
    if !picture.is_adult() {
        review.cannot_check("adult-rules", Message::new("safety.not-checked-under-18"));
    } else if picture.least_age().is_none() && !picture.taken.is_empty() {
        review.cannot_check("adult-rules", Message::new("safety.not-checked-age"));
    }
    review.flags.retain(|flag| !settings.off.contains(&flag.rule));
    for rule in &settings.off {
        review.cannot_check(rule, Message::new("safety.not-checked-off"));
    }
    review.keep_allowed(&settings.policy);
    review.settle(&picture.dismissals);
    review
}

/// Days back whose doses and check-ins a check looks at: more than any rule does.
const LOOK_BACK: i32 = 200;

/// As much of a diary as a check looks at, with one more record: a medicine that is not kept yet, for
/// a check of its start.
#[must_use]
pub fn lately_with(diary: &Diary, record: &Record, today: Day) -> Diary {
    diary.lately_with(today.plus(-LOOK_BACK), record.clone())
}

/// What the rules would say of something that is about to be recorded and do not say yet, and a gap
/// in the doses of its medicine, which is told before every next dose. It never blocks the recording.
#[must_use]
pub fn check(diary: &Diary, record: &Record, today: Day, settings: &Settings) -> Vec<Flag> {
    let known = review(diary, today, settings).flags;
    let with_it = lately_with(diary, record, today);
    let medicine = match record.entry().map(crate::diary::Entry::body) {
        Some(Body::Dose(dose)) => Some(dose.medicine),
        Some(Body::Step(step)) => Some(step.medicine),
        _ => None,
    };
    let mut flags = review(&with_it, today, settings).flags;
    flags.retain_mut(|flag| {
        let is_gap = flag.rule == gaps::RESTART_ID
            && medicine.is_some_and(|medicine| flag.entries.contains(&medicine));
        // What is not recorded yet is no entry to point to.
        flag.entries.retain(|entry| *entry != record.id());
        flag.dismissed.is_none() && (is_gap || known.iter().all(|other| other.key != flag.key))
    });
    flags
}
