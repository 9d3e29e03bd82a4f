/// A sign that a rule may rest on, told by a side effect's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Muscles that twitch or jerk.
    Jerks,
    /// Shaking.
    Tremor,
    /// Stiff muscles.
    Stiffness,
    /// Sweating.
    Sweating,
    /// Fever.
    Fever,
    /// A heart that beats fast or hard.
    FastHeart,
    /// Loose stools.
    Diarrhoea,
    /// Agitation.
    Agitation,
    /// Confusion.
    Confusion,
    /// Throwing up.
    Vomiting,
    /// Feeling sick.
    Nausea,
    /// Unsteady walking, falls.
    Unsteadiness,
    /// Slurred speech.
    SlurredSpeech,
    /// Very sleepy.
    Drowsiness,
    /// Headache.
    Headache,
    /// A stiff neck.
    StiffNeck,
    /// Pain or pressure in the chest.
    ChestPain,
    /// Trouble breathing.
    Breathlessness,
    /// Rash.
    Rash,
    /// Sore mouth, blisters, peeling skin, sore eyes.
    SoreSkin,
    /// A swollen face, tongue or glands.
    Swelling,
    /// Constipation.
    Constipation,
    /// Belly pain or bloating.
    BellyPain,
    /// A cramp of neck, jaw, tongue or eyes.
    Dystonia,
    /// Trouble swallowing.
    TroubleSwallowing,
    /// Cannot sit still.
    Restlessness,
    /// Thoughts of dying or self-harm.
    SuicidalThoughts,
    /// An erection that does not go away.
    LongErection,
    /// Yellow skin or eyes.
    YellowSkin,
    /// Dark urine.
    DarkUrine,
    /// Tiredness or weakness.
    Weakness,
    /// A seizure.
    Seizure,
    /// Seeing or hearing what is not there.
    Hallucination,
    /// Electric feelings.
    BrainZaps,
    /// Dizziness.
    Dizziness,
    /// Vivid dreams, poor sleep.
    PoorSleep,
    /// Irritable, anxious, tearful.
    LowOrAnxious,
}

/// Beginnings of words by which a sign is known in a person's term or a term of the tables, in small
/// letters; of several with `+` between them the term holds each.
const WORDS: &[(Sign, &[&str])] = &[
    (Sign::Jerks, &["twitch", "jerk", "myoclon", "clonus"]),
    (Sign::Tremor, &["shak", "tremor", "trembl"]),
    (Sign::Stiffness, &["stiff muscle", "muscle stiff", "rigid", "stiffness", "stiff body"]),
    (Sign::Sweating, &["sweat", "hyperhidrosis"]),
    (Sign::Fever, &["fever", "pyrexia", "hyperpyrexia", "hyperthermia", "high temperature"]),
    (Sign::FastHeart, &["racing", "pounding", "palpitation", "fast heart", "tachycardia"]),
    (Sign::Diarrhoea, &["diarrh", "loose stool"]),
    (Sign::Agitation, &["agitat"]),
    (Sign::Confusion, &["confus", "disorient", "delirium"]),
    (Sign::Vomiting, &["vomit", "throwing up", "threw up", "being sick"]),
    (Sign::Nausea, &["nausea", "sick to", "feeling sick", "queasy"]),
    (Sign::Unsteadiness, &["unstead", "ataxia", "balance", "falls", "stagger", "clumsy"]),
    (Sign::SlurredSpeech, &["slur", "dysarthria"]),
    (Sign::Drowsiness, &["drows", "sleepiness", "sleepy", "somnolen", "falls asleep"]),
    (Sign::Headache, &["headache"]),
    (Sign::StiffNeck, &["stiff neck", "neck stiff"]),
    (Sign::ChestPain, &["chest"]),
    (Sign::Breathlessness, &["breath"]),
    (Sign::Rash, &["rash", "hives"]),
    (
        Sign::SoreSkin,
        &["blister", "peel", "mouth sore", "sore mouth", "sores", "sore eyes", "red eyes"],
    ),
    (
        Sign::Swelling,
        &[
            "swell+face",
            "swell+lip",
            "swell+tongue",
            "swell+throat",
            "swell+eye",
            "swell+gland",
            "swell+lymph",
            "swollen+face",
            "swollen+lip",
            "swollen+tongue",
            "swollen+throat",
            "swollen+eye",
            "swollen+gland",
            "swollen+lymph",
            "puffy+face",
            "puffy+eye",
            "facial swell",
            "angioedema",
            "angio-oedema",
        ],
    ),
    (Sign::Constipation, &["constipat", "no bowel movement"]),
    (Sign::BellyPain, &["stomach pain", "belly", "abdom", "bloat"]),
    (
        Sign::Dystonia,
        &[
            "dystonia",
            "cramp of neck",
            "neck spasm",
            "twisted neck",
            "locked jaw",
            "eyes stuck",
            "eyes roll",
        ],
    ),
    (Sign::TroubleSwallowing, &["swallow", "throat tight"]),
    (Sign::Restlessness, &["cannot sit still", "can't sit still", "restless", "akathisia"]),
    (
        Sign::SuicidalThoughts,
        &["suicid", "thoughts of dying", "hurting yourself", "hurting myself", "self-harm"],
    ),
    (
        Sign::LongErection,
        &[
            "priapism",
            "erection that will not",
            "erection that does not",
            "painful erection",
            "long erection",
        ],
    ),
    (Sign::YellowSkin, &["yellow", "jaundice"]),
    (Sign::DarkUrine, &["dark urine"]),
    (Sign::Weakness, &["weak", "tired", "fatigue", "no energy"]),
    (Sign::Seizure, &["seizure", "convulsion"]),
    (
        Sign::Hallucination,
        &[
            "hallucinat",
            "hear+voices",
            "hears+voices",
            "hearing+voices",
            "seeing+things",
            "see+things",
            "sees+things",
            "hearing+things",
            "hear+things",
            "hears+things",
        ],
    ),
    (Sign::BrainZaps, &["brain zap", "electric"]),
    (Sign::Dizziness, &["dizz", "vertigo", "lightheaded", "light-headed", "light headed"]),
    (Sign::PoorSleep, &["vivid dream", "nightmare", "trouble sleeping", "insomnia"]),
    (Sign::LowOrAnxious, &["irritab", "anxious", "anxiety", "crying", "tearful"]),
];

/// Beginnings of words that make another thing of a term.
const BUT: &[(Sign, &[&str])] = &[
    (Sign::Restlessness, &["restless leg", "restless sleep", "restless night"]),
    (Sign::Unsteadiness, &["falls asleep"]),
    (Sign::Breathlessness, &["bad breath"]),
    (Sign::FastHeart, &["racing thought"]),
    (Sign::Agitation, &["jitter"]),
];

impl Sign {
    /// Whether a side effect's words tell of this sign.
    pub(super) fn is_in(self, term: &str) -> bool {
        let term = term.to_lowercase().replace('\u{2019}', "'");
        let holds = |list: &[(Self, &[&str])]| {
            let tells = |words: &&str| words.split('+').all(|word| begins_a_word(&term, word));
            list.iter().any(|(sign, words)| *sign == self && words.iter().any(tells))
        };
        holds(WORDS) && !holds(BUT)
    }
}

/// Whether a word of the text begins so: a crash is no rash.
fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphabetic))
}
