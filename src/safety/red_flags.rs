use crate::diary::{
    Body, ClockTime, Day, Entry, Measure, MeasureUnit, Measurement, Moment, Severity as Strength,
    SideEffect, Version,
};
use crate::error::Message;
use crate::reference::{Class, Confidence, Subclass};

use super::crisis::latest_answer;
use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Noted, Picture, names, terms};
use super::sign::Sign;
use super::stopping::{Less, less_of};
use super::taken::Taken;

use Strength::{Mild, Moderate, Severe};

/// Days back to which a sign still belongs to today.
const SIGN_DAYS: i32 = 2;
/// Days for which a sign that goes on counts as new.
const NEW_DAYS: i32 = 14;

/// One of several signs, each at least so strong.
type Need = &'static [(Sign, Strength)];

/// Signs, medicine and time that together make a red flag. No row rests on one common sign; one of the
/// signs is new, newly stronger or severe.
struct RedFlag {
    rule: &'static Rule,
    severity: Severity,
    /// Whether it concerns something that is taken now or still acts.
    concerns: fn(&Taken<'_>) -> bool,
    /// Least number of such things that it concerns.
    together: usize,
    /// Needs, each met by a side effect of its own.
    needs: &'static [Need],
    /// Most days since the last start or rise of one of the medicines.
    since_rise: Option<i32>,
    message: fn() -> Message,
}

macro_rules! rules {
    ($($name:ident = $id:literal, $sources:literal;)*) => {
        $(const $name: Rule = Rule {
            id: $id,
            family: Family::RedFlag,
            sources: $sources,
            confidence: Confidence::GeneralKnowledge,
        };)*
    };
}

rules! {
    SEROTONIN = "red-flag-serotonin", "dunkley-2003";
    NMS = "red-flag-nms", "label-warnings";
    PRESSURE = "red-flag-maoi-pressure", "label-warnings";
    RASH = "red-flag-rash", "label-warnings";
    CLOZAPINE_FEVER = "red-flag-clozapine-fever", "label-warnings";
    CLOZAPINE_HEART = "red-flag-clozapine-heart", "label-warnings";
    CLOZAPINE_BOWEL = "red-flag-clozapine-bowel", "label-warnings";
    DYSTONIA = "red-flag-dystonia", "label-warnings";
    AKATHISIA = "red-flag-akathisia", "label-warnings";
    PRIAPISM = "red-flag-priapism", "label-warnings";
    JAUNDICE = "red-flag-jaundice", "label-warnings";
    LOW_SODIUM = "red-flag-low-sodium", "label-warnings";
    WITHDRAWAL = "red-flag-benzodiazepine-withdrawal", "label-warnings";
}

/// By signs, and by a level that is an emergency.
pub(super) const LITHIUM: Rule = Rule {
    id: "red-flag-lithium-toxicity",
    family: Family::RedFlag,
    sources: "label-warnings",
    confidence: Confidence::GeneralKnowledge,
};

const ANTIPSYCHOTIC: &[Subclass] =
    &[Subclass::TypicalAntipsychotic, Subclass::AtypicalAntipsychotic];
/// Groups of the tables that raise serotonin, and what belongs to none of them.
const SEROTONERGIC: &[&str] =
    &["serotonergic-antidepressant", "maoi", "serotonergic-opioid", "triptan", "amphetamine"];
const ALSO_SEROTONERGIC: &[&str] = &[
    "ayahuasca",
    "buspirone",
    "cyclobenzaprine",
    "dextromethorphan",
    "five-htp",
    "linezolid",
    "lithium",
    "mdma",
    "methylene-blue",
    "same",
    "st-johns-wort",
];
/// What a new rash alone is told on.
const RASH_PRONE: &[&str] =
    &["lamotrigine", "carbamazepine", "oxcarbazepine", "modafinil", "armodafinil"];

fn serotonergic(taken: &Taken<'_>) -> bool {
    taken.is_among(SEROTONERGIC) || taken.is_one_of(ALSO_SEROTONERGIC)
}

fn antipsychotic(taken: &Taken<'_>) -> bool {
    taken.is_of(ANTIPSYCHOTIC)
}

fn lithium(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Lithium])
}

fn benzodiazepine(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Benzodiazepine])
}

fn maoi(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Maoi])
}

fn clozapine(taken: &Taken<'_>) -> bool {
    taken.is_one_of(&["clozapine"])
}

fn rash_prone(taken: &Taken<'_>) -> bool {
    taken.is_one_of(RASH_PRONE)
}

fn stirs(taken: &Taken<'_>) -> bool {
    antipsychotic(taken) || taken.is_class(Class::Antidepressant)
}

fn holds_up_blood(taken: &Taken<'_>) -> bool {
    antipsychotic(taken)
        || taken.is_of(&[Subclass::Stimulant, Subclass::Alpha1Blocker])
        || taken.is_one_of(&["trazodone", "atomoxetine", "viloxazine"])
}

fn medicine(taken: &Taken<'_>) -> bool {
    taken.medicine.is_some()
}

fn lowers_sodium(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Ssri, Subclass::Spari, Subclass::SerotoninMultimodal, Subclass::Snri])
        || taken.is_one_of(&["mirtazapine", "carbamazepine", "oxcarbazepine"])
}

/// Every red flag by side effects; of several rows of one rule the most severe is shown, and of
/// those the first.
fn rows() -> Vec<RedFlag> {
    use Severity::{ContactToday, UrgentHelp};
    use Sign::*;
    let row = |rule, severity, concerns, needs, message| RedFlag {
        rule,
        severity,
        concerns,
        together: 1,
        needs,
        since_rise: None,
        message,
    };
    let serotonin: fn() -> Message = || Message::new("safety.red-flag-serotonin");
    let nms: fn() -> Message = || Message::new("safety.red-flag-nms");
    let rash: fn() -> Message = || Message::new("safety.red-flag-rash");
    let bowel: fn() -> Message = || Message::new("safety.red-flag-clozapine-bowel");
    let heart: fn() -> Message = || Message::new("safety.red-flag-clozapine-heart");
    let dystonia: fn() -> Message = || Message::new("safety.red-flag-dystonia");
    let jaundice: fn() -> Message = || Message::new("safety.red-flag-jaundice");
    const THREE: &[Need] = &[
        &[(Jerks, Moderate), (Tremor, Moderate), (Stiffness, Moderate)],
        &[(Agitation, Moderate), (Confusion, Mild), (Restlessness, Severe)],
        &[(Sweating, Mild), (Fever, Mild), (FastHeart, Mild), (Diarrhoea, Mild)],
    ];
    const HOT: &[Need] = &[&[(Jerks, Moderate), (Stiffness, Moderate)], &[(Fever, Mild)]];
    vec![
        RedFlag {
            since_rise: Some(14),
            ..row(&SEROTONIN, UrgentHelp, serotonergic, THREE, serotonin)
        },
        RedFlag { together: 2, ..row(&SEROTONIN, UrgentHelp, serotonergic, THREE, serotonin) },
        RedFlag {
            since_rise: Some(14),
            ..row(&SEROTONIN, UrgentHelp, serotonergic, HOT, serotonin)
        },
        RedFlag { together: 2, ..row(&SEROTONIN, UrgentHelp, serotonergic, HOT, serotonin) },
        row(&NMS, UrgentHelp, antipsychotic, &[&[(Stiffness, Moderate)], &[(Fever, Mild)]], nms),
        row(
            &NMS,
            UrgentHelp,
            antipsychotic,
            &[
                &[(Stiffness, Moderate)],
                &[(Confusion, Mild)],
                &[(Sweating, Mild), (FastHeart, Mild)],
            ],
            nms,
        ),
        row(
            &LITHIUM,
            UrgentHelp,
            lithium,
            &[
                &[(Unsteadiness, Mild), (SlurredSpeech, Mild), (Confusion, Mild), (Jerks, Mild)],
                &[
                    (Vomiting, Mild),
                    (Diarrhoea, Moderate),
                    (Tremor, Moderate),
                    (Drowsiness, Moderate),
                    (Unsteadiness, Mild),
                    (SlurredSpeech, Mild),
                    (Confusion, Mild),
                ],
            ],
            || Message::new("safety.red-flag-lithium-toxicity"),
        ),
        row(
            &PRESSURE,
            UrgentHelp,
            maoi,
            &[
                &[(Headache, Severe)],
                &[
                    (FastHeart, Mild),
                    (StiffNeck, Mild),
                    (Sweating, Mild),
                    (Vomiting, Mild),
                    (Nausea, Mild),
                    (ChestPain, Mild),
                ],
            ],
            || Message::new("safety.red-flag-maoi-pressure"),
        ),
        row(
            &RASH,
            UrgentHelp,
            rash_prone,
            &[&[(Rash, Mild)], &[(Fever, Mild), (SoreSkin, Mild), (Swelling, Mild)]],
            rash,
        ),
        row(
            &RASH,
            UrgentHelp,
            medicine,
            &[&[(Rash, Mild)], &[(SoreSkin, Mild), (Swelling, Mild)]],
            rash,
        ),
        RedFlag {
            since_rise: Some(56),
            ..row(&RASH, ContactToday, rash_prone, &[&[(Rash, Mild)]], || {
                Message::new("safety.red-flag-rash-new")
            })
        },
        row(&RASH, ContactToday, medicine, &[&[(Rash, Mild)], &[(Fever, Mild)]], || {
            Message::new("safety.red-flag-rash-fever")
        }),
        row(&CLOZAPINE_FEVER, ContactToday, clozapine, &[&[(Fever, Mild)]], || {
            Message::new("safety.red-flag-clozapine-fever")
        }),
        row(&CLOZAPINE_HEART, UrgentHelp, clozapine, &[&[(ChestPain, Mild)]], heart),
        row(
            &CLOZAPINE_HEART,
            UrgentHelp,
            clozapine,
            &[
                &[(FastHeart, Moderate)],
                &[(Breathlessness, Mild), (Fever, Mild), (Weakness, Moderate)],
            ],
            heart,
        ),
        row(&CLOZAPINE_BOWEL, UrgentHelp, clozapine, &[&[(Constipation, Severe)]], bowel),
        row(
            &CLOZAPINE_BOWEL,
            UrgentHelp,
            clozapine,
            &[&[(Constipation, Mild)], &[(Vomiting, Mild), (BellyPain, Mild)]],
            bowel,
        ),
        row(&CLOZAPINE_BOWEL, ContactToday, clozapine, &[&[(Constipation, Moderate)]], || {
            Message::new("safety.red-flag-clozapine-bowel-slow")
        }),
        row(
            &DYSTONIA,
            UrgentHelp,
            antipsychotic,
            &[&[(Dystonia, Mild)], &[(TroubleSwallowing, Mild), (Breathlessness, Mild)]],
            dystonia,
        ),
        RedFlag {
            since_rise: Some(7),
            ..row(&DYSTONIA, ContactToday, antipsychotic, &[&[(Dystonia, Mild)]], || {
                Message::new("safety.red-flag-dystonia-new")
            })
        },
        row(
            &AKATHISIA,
            UrgentHelp,
            stirs,
            &[&[(Restlessness, Moderate)], &[(SuicidalThoughts, Mild)]],
            akathisia,
        ),
        row(&PRIAPISM, UrgentHelp, holds_up_blood, &[&[(LongErection, Mild)]], || {
            Message::new("safety.red-flag-priapism")
        }),
        row(&JAUNDICE, ContactToday, medicine, &[&[(YellowSkin, Mild)]], jaundice),
        row(
            &JAUNDICE,
            ContactToday,
            medicine,
            &[&[(DarkUrine, Mild)], &[(BellyPain, Mild), (Weakness, Moderate), (Nausea, Moderate)]],
            jaundice,
        ),
        RedFlag {
            since_rise: Some(56),
            ..row(
                &LOW_SODIUM,
                UrgentHelp,
                lowers_sodium,
                &[
                    &[(Confusion, Mild), (Seizure, Mild)],
                    &[
                        (Headache, Mild),
                        (Nausea, Mild),
                        (Vomiting, Mild),
                        (Weakness, Moderate),
                        (Unsteadiness, Mild),
                    ],
                ],
                low_sodium,
            )
        },
    ]
}

fn akathisia() -> Message {
    Message::new("safety.red-flag-akathisia")
}

fn low_sodium() -> Message {
    Message::new("safety.red-flag-low-sodium")
}

/// Raises the red flags. They come before any analysis and hold at every age.
pub(super) fn raise(picture: &Picture<'_>, review: &mut Review) {
    let present = present(picture);
    let mut raised: Vec<Flag> = Vec::new();
    for row in rows() {
        let concerned: Vec<&Taken<'_>> = picture.lately(row.concerns).collect();
        if concerned.len() < row.together {
            continue;
        }
        let has_risen = |most: i32| {
            concerned.iter().any(|taken| {
                picture.since_rise(taken.medicine).is_some_and(|(days, _)| days <= most)
            })
        };
        if row.since_rise.is_some_and(|most| !has_risen(most)) {
            continue;
        }
        let is_known = |known: &&mut Flag| known.rule == row.rule.id;
        let known = raised.iter_mut().find(is_known);
        if known.as_ref().is_some_and(|known| known.severity >= row.severity) {
            continue;
        }
        let Some(signs) = told(row.needs, &present, Newness::OfASign) else { continue };
        let flag = flag(row.rule, row.severity, (row.message)(), &concerned, &signs);
        match known {
            Some(known) => *known = flag,
            None => raised.push(flag),
        }
    }
    raised.into_iter().for_each(|flag| review.raise(flag));
    raise_withdrawal(picture, &present, review);
    raise_by_answer(picture, &present, review);
    raise_by_number(picture, review);
}

fn flag(
    rule: &Rule,
    severity: Severity,
    message: Message,
    concerned: &[&Taken<'_>],
    signs: &[&Noted<'_, SideEffect>],
) -> Flag {
    let is_over = concerned.iter().any(|taken| taken.until.is_some());
    let why = if is_over { "safety.why-red-flag-lately" } else { "safety.why-red-flag" };
    let why = Message::new(why)
        .with("signs", terms(signs.iter().map(|sign| sign.of)))
        .with("medicines", names(concerned.iter().copied()));
    let mut facts = String::new();
    for sign in signs {
        facts += &sign.id.to_string();
        facts += sign.of.severity.as_str();
    }
    let entries = signs.iter().map(|sign| sign.id);
    let mut flag = Flag::new(rule, severity, message, why).behind(entries);
    for taken in concerned {
        flag = flag.about(&taken.key).behind(taken.entries.iter().copied());
    }
    flag.because(&facts)
}

/// A side effect that is there.
#[derive(Clone, Copy)]
struct Present<'p, 'a> {
    noted: &'p Noted<'a, SideEffect>,
    /// Whether it is new, newly so strong, or severe.
    is_new: bool,
}

/// What must be new for signs to be told.
#[derive(Clone, Copy, PartialEq)]
enum Newness {
    /// One of the signs that meet the needs: what goes on as it was is told already.
    OfASign,
    /// Nothing: something beside the signs is.
    Elsewhere,
}

/// The side effects that are there.
fn present<'p, 'a>(picture: &'p Picture<'a>) -> Vec<Present<'p, 'a>> {
    let today = picture.today;
    let there = |noted: &&Noted<'a, SideEffect>| {
        noted.of.onset <= today && noted.of.end.is_none_or(|end| today.since(end) <= SIGN_DAYS)
    };
    let is_new = |noted: &Noted<'a, SideEffect>| {
        noted.of.severity == Severe
            || today.since(noted.of.onset) <= NEW_DAYS
            || so_strong_since(picture, noted).is_some_and(|day| today.since(day) <= NEW_DAYS)
    };
    let found = picture.effects.iter().filter(there);
    found.map(|noted| Present { noted, is_new: is_new(noted) }).collect()
}

/// The day on which a side effect was last changed from milder to what it is; `None` where it never
/// was.
fn so_strong_since(picture: &Picture<'_>, noted: &Noted<'_, SideEffect>) -> Option<Day> {
    let record = picture.diary.record(noted.id)?;
    let is_milder = |entry: Option<&Entry>| match entry.map(Entry::body) {
        Some(Body::SideEffect(of)) => of.severity < noted.of.severity,
        _ => false,
    };
    let rises = |version: &&Version| {
        let replaced = |other: &&Version| version.replaces().contains(&other.stamp());
        let before = record.versions().find(replaced).and_then(Version::entry);
        !is_milder(version.entry()) && is_milder(before)
    };
    let rose = record.versions().filter(rises).max_by_key(|version| version.stamp())?;
    let offset = i32::from(record.entry()?.recorded_at().offset_minutes());
    let at = i64::try_from(rose.stamp().ms()).ok().and_then(|ms| Moment::new(ms, offset).ok());
    at.map(|at| at.day(ClockTime::DEFAULT_DAY_START))
}

/// The signs that meet every need, each need a side effect of its own, where enough is new.
fn told<'p, 'a>(
    needs: &[Need],
    present: &[Present<'p, 'a>],
    newness: Newness,
) -> Option<Vec<&'p Noted<'a, SideEffect>>> {
    let mut used = Vec::new();
    let is_enough = |used: &[usize]| {
        newness == Newness::Elsewhere || used.iter().any(|place| present[*place].is_new)
    };
    meets(needs, present, &mut used, &is_enough)
        .then(|| used.iter().map(|place| present[*place].noted).collect())
}

/// Whether every need is met by a side effect of its own and these are enough; `used` takes their
/// places.
fn meets(
    needs: &[Need],
    present: &[Present<'_, '_>],
    used: &mut Vec<usize>,
    is_enough: &dyn Fn(&[usize]) -> bool,
) -> bool {
    let Some((need, others)) = needs.split_first() else { return is_enough(used) };
    for (place, Present { noted, .. }) in present.iter().enumerate() {
        let fits = |(sign, least): &(Sign, Strength)| {
            noted.of.severity >= *least && sign.is_in(&noted.of.term)
        };
        if !used.contains(&place) && need.iter().any(fits) {
            used.push(place);
            if meets(others, present, used, is_enough) {
                return true;
            }
            used.pop();
        }
    }
    false
}

/// A seizure, hallucinations or confusion that came after less of a benzodiazepine: it was ended, lowered,
/// switched for another or missed within two weeks. Where another product of it goes on, the end of one
/// is not less.
fn raise_withdrawal(picture: &Picture<'_>, present: &[Present<'_, '_>], review: &mut Review) {
    let goes_on = |of: &Taken<'_>| picture.now(|other| other.key == of.key).next().is_some();
    let lowered = picture.taken.iter().filter(|taken| benzodiazepine(taken));
    let lowered = lowered.filter(|taken| taken.until.is_none() || !goes_on(taken));
    let less = |taken| Some((taken, less_of(picture, taken, taken.medicine?)?));
    let mut lowered: Vec<(&Taken<'_>, Less)> = lowered.filter_map(less).collect();
    let Some(first) = lowered.iter().map(|(_, less)| less.signs_from).min() else { return };
    let since = present.iter().copied().filter(|sign| sign.noted.of.onset >= first);
    let since: Vec<Present<'_, '_>> = since.collect();
    let needs: &[Need] =
        &[&[(Sign::Seizure, Mild), (Sign::Hallucination, Mild), (Sign::Confusion, Mild)]];
    let Some(signs) = told(needs, &since, Newness::OfASign) else { return };
    let onset = signs.iter().map(|sign| sign.of.onset).min();
    lowered.retain(|(_, less)| Some(less.signs_from) <= onset);
    let concerned: Vec<&Taken<'_>> = lowered.iter().map(|(taken, _)| *taken).collect();
    let message = Message::new("safety.red-flag-benzodiazepine-withdrawal");
    let mut flag = flag(&WITHDRAWAL, Severity::UrgentHelp, message, &concerned, &signs);
    flag.why = Message::new("safety.why-red-flag-less")
        .with("signs", terms(signs.iter().map(|sign| sign.of)))
        .with("medicines", names(concerned));
    review.raise(flag.behind(lowered.iter().map(|(_, less)| less.behind)));
}

/// Restlessness, however long it has been there, with thoughts of self-harm that a questionnaire told.
fn raise_by_answer(picture: &Picture<'_>, present: &[Present<'_, '_>], review: &mut Review) {
    let Some(answer) = latest_answer(picture) else { return };
    let concerned: Vec<&Taken<'_>> = picture.lately(stirs).collect();
    let restless: &[Need] = &[&[(Sign::Restlessness, Moderate)]];
    let signs = told(restless, present, Newness::Elsewhere).filter(|_| !concerned.is_empty());
    let Some(signs) = signs else { return };
    let flag = flag(&AKATHISIA, Severity::UrgentHelp, akathisia(), &concerned, &signs);
    review.raise(flag.behind([answer.entry]));
}

/// Blood pressure on an MAOI, and sodium in the blood.
fn raise_by_number(picture: &Picture<'_>, review: &mut Review) {
    let raise = |rule,
                 severity,
                 message: Message,
                 why: Message,
                 noted: &Noted<'_, Measurement>,
                 concerned: Vec<&Taken<'_>>,
                 review: &mut Review| {
        let mut flag = Flag::new(rule, severity, message, why).behind([noted.id]);
        for taken in concerned {
            flag = flag.about(&taken.key).behind(taken.entries.iter().copied());
        }
        review.raise(flag.because(&noted.of.value.to_string()));
    };
    let high = |of: &Measurement| {
        let upper = of.value >= 180.0;
        of.measure == Measure::BloodPressure && (upper || of.diastolic.is_some_and(|d| d >= 120.0))
    };
    let concerned: Vec<&Taken<'_>> = picture.lately(maoi).collect();
    if let Some(noted) = picture.measured_since(picture.today.plus(-1), high).next_back()
        && !concerned.is_empty()
    {
        let message = Message::new("safety.red-flag-maoi-pressure");
        let why = Message::new("safety.why-pressure").with("upper", noted.of.value);
        raise(&PRESSURE, Severity::UrgentHelp, message, why, noted, concerned, review);
    }
    let low = |of: &Measurement| {
        let is_sodium = of
            .analyte
            .as_ref()
            .is_some_and(|name| ["sodium", "na"].contains(&name.to_lowercase().as_str()));
        let milli = [MeasureUnit::MillimolePerLitre, MeasureUnit::MilliequivalentPerLitre];
        is_sodium && milli.contains(&of.unit) && of.value < 130.0
    };
    let concerned: Vec<&Taken<'_>> = picture.lately(lowers_sodium).collect();
    if let Some(noted) = picture.measured_since(picture.today.plus(-7), low).next_back()
        && !concerned.is_empty()
    {
        let why = Message::new("safety.why-sodium").with("value", noted.of.value);
        let message = Message::new("safety.low-sodium-level");
        raise(&LOW_SODIUM, Severity::ContactToday, message, why, noted, concerned, review);
    }
}
