use crate::diary::{Measure, MeasureUnit, Measurement, Severity as Strength, SideEffect};
use crate::error::Message;
use crate::reference::{Class, Confidence, Subclass};

use super::crisis::latest_answer;
use super::flag::{Family, Flag, Review, Rule, Severity};
use super::picture::{Noted, Picture, names, terms};
use super::sign::Sign;
use super::taken::Taken;

use Strength::{Mild, Moderate, Severe};

/// Days back to which a sign still belongs to today.
const SIGN_DAYS: i32 = 2;
/// Days for which a sign that goes on counts as new.
const NEW_DAYS: i32 = 14;

/// One of several signs, each at least so strong.
type Need = &'static [(Sign, Strength)];

/// Signs, medicine and time that together make a red flag. No row rests on one common sign.
struct RedFlag {
    rule: &'static Rule,
    severity: Severity,
    /// Whether it concerns something that is taken now.
    concerns: fn(&Taken<'_>) -> bool,
    /// Least number of things taken now that it concerns.
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
    LITHIUM = "red-flag-lithium-toxicity", "label-warnings";
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
}

const ANTIPSYCHOTIC: &[Subclass] =
    &[Subclass::TypicalAntipsychotic, Subclass::AtypicalAntipsychotic];
const SEROTONERGIC: &[Subclass] = &[
    Subclass::Ssri,
    Subclass::Spari,
    Subclass::SerotoninMultimodal,
    Subclass::Snri,
    Subclass::Tca,
    Subclass::Maoi,
];

fn serotonergic(taken: &Taken<'_>) -> bool {
    const OTHERS: &[&str] = &[
        "trazodone",
        "nefazodone",
        "buspirone",
        "lithium",
        "tramadol",
        "meperidine",
        "dextromethorphan",
        "linezolid",
        "st john's wort",
        "st-johns-wort",
        "5-htp",
        "mdma",
    ];
    taken.is_of(SEROTONERGIC) || taken.is_one_of(OTHERS)
}

fn antipsychotic(taken: &Taken<'_>) -> bool {
    taken.is_of(ANTIPSYCHOTIC)
}

fn lithium(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Lithium])
}

fn maoi(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Maoi])
}

fn clozapine(taken: &Taken<'_>) -> bool {
    taken.is_one_of(&["clozapine"])
}

fn rash_prone(taken: &Taken<'_>) -> bool {
    taken.is_one_of(&["lamotrigine", "carbamazepine", "oxcarbazepine", "modafinil", "armodafinil"])
}

fn stirs(taken: &Taken<'_>) -> bool {
    antipsychotic(taken) || taken.is_class(Class::Antidepressant)
}

fn holds_up_blood(taken: &Taken<'_>) -> bool {
    antipsychotic(taken)
        || taken.is_of(&[Subclass::Stimulant, Subclass::Alpha1Blocker])
        || taken.is_one_of(&["trazodone", "atomoxetine", "viloxazine"])
}

fn listed(taken: &Taken<'_>) -> bool {
    taken.row.is_some()
}

fn lowers_sodium(taken: &Taken<'_>) -> bool {
    taken.is_of(&[Subclass::Ssri, Subclass::Spari, Subclass::SerotoninMultimodal, Subclass::Snri])
        || taken.is_one_of(&["mirtazapine", "carbamazepine", "oxcarbazepine"])
}

/// Every red flag by side effects; of several rows of one rule the most severe is shown.
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
        RedFlag {
            since_rise: Some(56),
            ..row(&RASH, ContactToday, rash_prone, &[&[(Rash, Mild)]], || {
                Message::new("safety.red-flag-rash-new")
            })
        },
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
        row(&JAUNDICE, ContactToday, listed, &[&[(YellowSkin, Mild)]], jaundice),
        row(
            &JAUNDICE,
            ContactToday,
            listed,
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
    for row in rows() {
        let concerned: Vec<&Taken<'_>> = picture.now(row.concerns).collect();
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
        let mut used = Vec::new();
        if meets(row.needs, &present, &mut used) {
            let signs: Vec<&Noted<'_, SideEffect>> = used.iter().map(|at| present[*at]).collect();
            let message = (row.message)();
            review.raise(flag(row.rule, row.severity, message, &concerned, &signs));
        }
    }
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
    let why = Message::new("safety.why-red-flag")
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

/// The side effects that are there, and of which at least one is new.
fn present<'p, 'a>(picture: &'p Picture<'a>) -> Vec<&'p Noted<'a, SideEffect>> {
    let today = picture.today;
    let there = |noted: &&Noted<'a, SideEffect>| {
        noted.of.onset <= today && noted.of.end.is_none_or(|end| today.since(end) <= SIGN_DAYS)
    };
    let found: Vec<_> = picture.effects.iter().filter(there).collect();
    let any_new = found.iter().any(|noted| today.since(noted.of.onset) <= NEW_DAYS);
    if any_new { found } else { Vec::new() }
}

/// Whether every need is met by a side effect of its own; `used` takes their places.
fn meets(needs: &[Need], present: &[&Noted<'_, SideEffect>], used: &mut Vec<usize>) -> bool {
    let Some((need, others)) = needs.split_first() else { return true };
    for (place, noted) in present.iter().enumerate() {
        let fits = |(sign, least): &(Sign, Strength)| {
            noted.of.severity >= *least && sign.is_in(&noted.of.term)
        };
        if !used.contains(&place) && need.iter().any(fits) {
            used.push(place);
            if meets(others, present, used) {
                return true;
            }
            used.pop();
        }
    }
    false
}

/// Restlessness with thoughts of self-harm that a questionnaire told.
fn raise_by_answer(picture: &Picture<'_>, present: &[&Noted<'_, SideEffect>], review: &mut Review) {
    let Some(answer) = latest_answer(picture) else { return };
    let mut used = Vec::new();
    let concerned: Vec<&Taken<'_>> = picture.now(stirs).collect();
    if concerned.is_empty() || !meets(&[&[(Sign::Restlessness, Moderate)]], present, &mut used) {
        return;
    }
    let signs: Vec<_> = used.iter().map(|at| present[*at]).collect();
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
    let concerned: Vec<&Taken<'_>> = picture.now(maoi).collect();
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
    let concerned: Vec<&Taken<'_>> = picture.now(lowers_sodium).collect();
    if let Some(noted) = picture.measured_since(picture.today.plus(-7), low).next_back()
        && !concerned.is_empty()
    {
        let why = Message::new("safety.why-sodium").with("value", noted.of.value);
        let message = Message::new("safety.low-sodium-level");
        raise(&LOW_SODIUM, Severity::ContactToday, message, why, noted, concerned, review);
    }
}
