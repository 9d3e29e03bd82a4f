//! What clashes with what, and how long two things are kept apart.
//!
//! Expectations come from the collected rules (`interactions.json`) and from the corrections found on
//! review, which win over them; each case names its rule.

use std::collections::BTreeSet;

use doseline::reference::{
    self, AgentKind, Between, ClashKind, ClashSeverity, Confidence, Known, Monitoring, Pack,
};

fn pack() -> &'static Pack {
    reference::pack()
}

fn known(id: &str) -> Known<'static> {
    pack().known_by_id(id).unwrap_or_else(|| panic!("{id} is not listed"))
}

fn rules(one: &str, other: &str) -> Vec<&'static str> {
    match pack().between(known(one), known(other)) {
        Between::NotChecked => Vec::new(),
        Between::Clashes(clashes) => clashes.iter().map(|clash| clash.rule.id.as_str()).collect(),
    }
}

#[test]
fn the_first_clash_is_the_most_serious_and_then_the_most_specific() {
    use ClashSeverity::{Contraindicated, Major, Moderate};
    let cases = [
        ("phenelzine", "sertraline", "maoi_serotonergic_ad", Contraindicated),
        ("rasagiline", "fluoxetine", "maoi_serotonergic_ad", Contraindicated),
        ("selegiline-oral", "meperidine", "maoi_opioid", Contraindicated),
        ("tranylcypromine", "cyclobenzaprine", "maoi_cyclobenzaprine", Contraindicated),
        ("isocarboxazid", "tetrabenazine", "maoi_vmat2", Contraindicated),
        ("lithium", "ibuprofen", "lithium_nsaid", Major),
        ("lithium", "quetiapine", "lithium_antipsychotic", Moderate),
        ("citalopram", "escitalopram", "duplicate_citalopram_escitalopram", Major),
        ("citalopram", "ziprasidone", "citalopram_qt_antipsychotic", Major),
        ("citalopram", "haloperidol", "citalopram_qt_antipsychotic", Major),
        ("amitriptyline", "sertraline", "tricyclic_serotonin", Moderate),
        ("nefazodone", "carbamazepine", "nefazodone_carbamazepine", Contraindicated),
        ("nefazodone", "pimozide", "nefazodone_pimozide", Contraindicated),
        ("fluvoxamine", "ramelteon", "fluvoxamine_ramelteon_alosetron", Contraindicated),
        ("fluvoxamine", "alosetron", "fluvoxamine_ramelteon_alosetron", Contraindicated),
        ("viloxazine", "clozapine", "viloxazine_clozapine", Major),
        ("vortioxetine", "bupropion", "vortioxetine_2d6", Moderate),
        ("vortioxetine", "fluoxetine", "triple_serotonin", Major),
        ("vortioxetine", "paroxetine", "triple_serotonin", Major),
        ("mirtazapine", "tramadol", "ssri_tramadol", Major),
        ("trazodone", "tramadol", "ssri_tramadol", Major),
        ("sertraline", "cyclobenzaprine", "serotonergic_cyclobenzaprine", Moderate),
        ("esketamine", "lorazepam", "esketamine_sedative", Moderate),
        ("esketamine", "methylphenidate", "esketamine_pressure", Moderate),
        ("esketamine", "phenelzine", "esketamine_pressure", Moderate),
        ("sertraline", "five-htp", "supplement_serotonergic", Major),
        ("sertraline", "same", "supplement_serotonergic", Major),
        ("sertraline", "st-johns-wort", "sjw_serotonergic", Major),
        ("oxazepam", "oxycodone", "benzo_opioid", Major),
        ("quetiapine", "oxycodone", "sedative_opioid", Moderate),
        ("gabapentin", "oxycodone", "gabapentinoid_opioid", Major),
        ("sertraline", "fentanyl", "ssri_serotonergic_opioid", Moderate),
        ("citalopram", "methadone", "qt_known_known", Major),
        ("phenelzine", "fentanyl", "maoi_opioid", Contraindicated),
        ("st-johns-wort", "ethinyl-estradiol", "sjw_levels", Major),
        ("st-johns-wort", "warfarin", "sjw_levels", Major),
        ("vortioxetine", "dextromethorphan", "vortioxetine_dextromethorphan", Moderate),
        ("vortioxetine", "ibuprofen", "vortioxetine_nsaid", Moderate),
        ("haloperidol", "methadone", "qt_known_known", Major),
    ];
    for (one, other, rule, severity) in cases {
        for (one, other) in [(one, other), (other, one)] {
            let found = pack().between(known(one), known(other));
            let first = found.first().unwrap_or_else(|| panic!("{one} + {other}"));
            assert_eq!(
                (first.rule.id.as_str(), first.rule.severity),
                (rule, severity),
                "{one} + {other}"
            );
        }
    }
}

#[test]
fn a_clash_says_which_thing_stands_on_which_side() {
    let side = |one, other| {
        pack().between(known(one), known(other)).first().map(|clash| (clash.swapped, clash.named))
    };
    assert_eq!(side("lithium", "ibuprofen"), Some((false, 1)));
    assert_eq!(side("ibuprofen", "lithium"), Some((true, 1)));
    assert_eq!(side("citalopram", "ziprasidone"), Some((false, 2)));
    assert_eq!(side("phenelzine", "sertraline"), Some((false, 0)));
}

#[test]
fn a_pair_that_no_rule_names_is_not_checked() {
    for (one, other) in [("sertraline", "melatonin"), ("lamotrigine", "acamprosate")] {
        assert!(matches!(pack().between(known(one), known(other)), Between::NotChecked));
    }
    // The same medicine twice is no pair; two of one class are.
    assert!(matches!(
        pack().between(known("sertraline"), known("sertraline")),
        Between::NotChecked
    ));
    assert_eq!(rules("phenelzine", "tranylcypromine"), ["maoi_maoi"]);
}

/// The corrections name pairs that raised two or four flags: what is left beside the first one is
/// less serious, or waits for a risk factor.
#[test]
fn pairs_that_cried_wolf_are_quiet() {
    let unconditional = |one, other| {
        let Between::Clashes(clashes) = pack().between(known(one), known(other)) else {
            return Vec::new();
        };
        let always = clashes.iter().filter(|clash| clash.rule.only_with.is_none());
        always.map(|clash| (clash.rule.id.as_str(), clash.rule.severity)).collect()
    };
    let lithium = [("lithium_antipsychotic", ClashSeverity::Moderate)];
    assert_eq!(unconditional("lithium", "quetiapine"), lithium);
    let amitriptyline = [("tricyclic_serotonin", ClashSeverity::Moderate)];
    assert_eq!(unconditional("amitriptyline", "sertraline"), amitriptyline);
}

#[test]
fn the_heart_rhythm_is_graded() {
    let rule = |id: &str| pack().interactions().iter().find(|row| row.id.as_str() == id);
    let graded = rule("qt_graded").expect("listed");
    assert_eq!(graded.only_with.map(|id| id.to_string()).as_deref(), Some("heart-rhythm-risk"));
    assert_eq!(graded.severity, ClashSeverity::Moderate);
    assert!(rule("qt_known_known").is_some_and(|row| row.only_with.is_none()));
    let members = |id| pack().group(id).expect("listed").members.iter().collect::<BTreeSet<_>>();
    let grades = ["qt-known", "qt-possible", "qt-conditional"].map(members);
    for (place, grade) in grades.iter().enumerate() {
        for other in &grades[place + 1..] {
            assert!(grade.is_disjoint(other), "one grade each");
        }
    }
}

#[test]
fn a_class_given_by_the_person_runs_the_rules_of_that_class() {
    let first = |class, other| {
        pack()
            .between(Known::OfClass(class), known(other))
            .first()
            .map(|clash| clash.rule.id.as_str())
    };
    assert_eq!(first("ssri", "phenelzine"), Some("maoi_serotonergic_ad"));
    assert_eq!(first("benzodiazepine", "oxycodone"), Some("benzo_opioid"));
    assert_eq!(first("atypical-antipsychotic", "levodopa"), Some("antipsychotic_levodopa"));
    assert_eq!(first("antipsychotic", "levodopa"), Some("antipsychotic_levodopa"));
    assert_eq!(first("antidepressant", "alcohol"), Some("alcohol_general"));
    assert_eq!(first("nsaid", "lithium"), Some("lithium_nsaid"));
    assert_eq!(first("no-such-class", "lithium"), None);
}

/// From → to, days: the corrections' list and the rules' notes.
#[test]
fn washouts_pair_by_pair() {
    let cases = [
        ("vortioxetine", "phenelzine", 21),
        ("fluoxetine", "phenelzine", 35),
        ("fluoxetine", "selegiline-transdermal", 35),
        ("fluoxetine", "rasagiline", 35),
        ("venlafaxine", "tranylcypromine", 7),
        ("desvenlafaxine", "tranylcypromine", 7),
        ("levomilnacipran", "isocarboxazid", 7),
        ("duloxetine", "phenelzine", 5),
        ("sertraline", "phenelzine", 14),
        ("clomipramine", "phenelzine", 14),
        ("mirtazapine", "phenelzine", 14),
        ("bupropion", "phenelzine", 14),
        ("phenelzine", "fluoxetine", 14),
        ("phenelzine", "vortioxetine", 14),
        ("phenelzine", "duloxetine", 14),
        ("selegiline-transdermal", "sertraline", 14),
        ("tranylcypromine", "phenelzine", 14),
        ("phenelzine", "methylphenidate", 14),
        ("phenelzine", "atomoxetine", 14),
        ("phenelzine", "dextromethorphan", 14),
        ("phenelzine", "tramadol", 14),
        ("phenelzine", "pseudoephedrine", 14),
        ("phenelzine", "sumatriptan", 14),
        ("phenelzine", "cyclobenzaprine", 14),
        ("disulfiram", "metronidazole", 14),
        ("modafinil", "ethinyl-estradiol", 30),
        ("oxycodone", "naltrexone", 10),
    ];
    for (from, to, days) in cases {
        let row = pack().washout(known(from), known(to));
        assert_eq!(row.map(|row| row.days), Some(days), "{from} to {to}");
    }
    for (from, to) in [("sertraline", "bupropion"), ("metronidazole", "disulfiram")] {
        assert!(pack().washout(known(from), known(to)).is_none(), "{from} to {to}");
    }
}

/// Every serotonergic antidepressant has a washout in both directions from and to every MAO
/// inhibitor.
#[test]
fn no_antidepressant_lacks_its_washout() {
    let of = |group: &str| {
        let group = pack().group(group).expect("listed");
        let medicines = pack().medicines().iter().map(Known::Medicine);
        medicines.filter(|known| known.is_of(group)).collect::<Vec<_>>()
    };
    let (inhibitors, others) = (of("maoi"), of("serotonergic-antidepressant"));
    assert_eq!((inhibitors.len(), others.len()), (4, 21));
    for inhibitor in &inhibitors {
        for other in &others {
            assert!(pack().washout(*inhibitor, *other).is_some_and(|row| row.days == 14));
            assert!(pack().washout(*other, *inhibitor).is_some_and(|row| row.days >= 5));
        }
    }
}

#[test]
fn known_by_code_first_and_then_by_name() {
    let id = |rxnorm, name| pack().known(rxnorm, name).and_then(Known::id);
    assert_eq!(id(Some("36437"), "my blue pill"), Some("sertraline"));
    assert_eq!(id(Some("5640"), "sertraline"), Some("ibuprofen"));
    assert_eq!(id(None, "Zoloft"), Some("sertraline"));
    assert_eq!(id(None, "advil"), Some("ibuprofen"));
    assert_eq!(id(None, "saint johns wort"), Some("st-johns-wort"));
    assert_eq!(id(None, "Wellbutrin"), Some("bupropion"), "all brands that begin so are of it");
    assert_eq!(id(None, "Well"), None);
    assert_eq!(id(None, "St. John's Wort"), Some("st-johns-wort"));
    assert_eq!(id(None, "pregnancy"), None, "a circumstance is nothing that is taken");
    assert_eq!(id(Some("29046"), ""), Some("lisinopril"), "corrected on review: 1546022 is wrong");
    assert!(pack().known(Some("1546022"), "").is_none());
}

#[test]
fn what_a_portal_lists_over_the_counter_is_there() {
    for name in [
        "St John's wort",
        "alcohol",
        "oxycodone",
        "ibuprofen",
        "sumatriptan",
        "dextromethorphan",
        "grapefruit",
        "caffeine",
        "cannabis",
        "5-HTP",
        "SAMe",
    ] {
        let Some(known) = pack().known(None, name) else { panic!("{name} is not listed") };
        let known_by_rule = pack().interactions().iter().any(|rule| {
            let party = |side: &[reference::Text]| {
                side.iter().any(|id| {
                    known.id() == Some(id.as_str())
                        || pack().group(id).is_some_and(|group| known.is_of(group))
                })
            };
            party(&rule.a) || party(&rule.b)
        });
        assert!(known_by_rule, "{name} is in no rule");
    }
}

#[test]
fn every_agent_is_named_by_a_rule_or_a_check_or_has_a_class() {
    let mut named = BTreeSet::new();
    for rule in pack().interactions() {
        named.extend(rule.a.iter().chain(&rule.b).chain(&rule.only_with).copied());
    }
    named.extend(pack().monitoring().iter().flat_map(|row| row.of.iter().chain(&row.only_with)));
    named.extend(pack().groups().iter().flat_map(|group| &group.members));
    for agent in pack().agents() {
        assert!(named.contains(&agent.id) || agent.class.is_some(), "{}", agent.id);
        let is_coded = agent.rxnorm.is_some_and(|code| code.confidence != Confidence::Verified);
        assert!(!is_coded, "{}: codes are verified or absent", agent.id);
        assert!(agent.kind != AgentKind::Circumstance || agent.also.is_empty(), "{}", agent.id);
    }
}

/// A rule about a circumstance is a condition; "several of these" is a load.
#[test]
fn kinds_of_rules() {
    for rule in pack().interactions() {
        let is_circumstance = |id: &reference::Text| {
            pack().agent(id).is_some_and(|agent| agent.kind == AgentKind::Circumstance)
        };
        let is_condition = rule.kind == ClashKind::Condition;
        assert!(rule.b.iter().all(|id| is_circumstance(id) == is_condition), "{}", rule.id);
    }
    // 142 collected; two became washouts, three grades of QT risk, two are rules of `safety` (the same
    // ingredient twice, and long daily use of a benzodiazepine), and 25 were added on review.
    assert_eq!(pack().interactions().len(), 142 - 7 + 25);
}

/// In monitoring, the first weeks on clozapine are weekly, then every two weeks, then monthly
/// (Clozaril label, as adapted in PMC9243911).
#[test]
fn checks_fall_due_by_their_schedule() {
    fn of(id: &'static str, measure: &str) -> &'static Monitoring {
        let is_it = |row: &&Monitoring| {
            row.measure.as_str() == measure && pack().is_party(known(id), &row.of)
        };
        pack().monitoring().iter().find(is_it).unwrap_or_else(|| panic!("{id} {measure}"))
    }
    let neutrophils = of("clozapine", "measure.neutrophils");
    let days = [0, 100, 181, 182, 300, 364, 1000].map(|day| neutrophils.interval_days(day));
    assert_eq!(days, [7, 7, 7, 14, 14, 28, 28].map(Some));
    assert_eq!(neutrophils.due(None), Some(0), "before the start");
    assert_eq!(neutrophils.due(Some(0)), Some(7));
    // ADA/APA 2004: weight at the start and at 4, 8 and 12 weeks, then every quarter.
    let weight = of("olanzapine", "measure.weight");
    assert_eq!(
        [0, 28, 56, 84, 175].map(|day| weight.due(Some(day))),
        [28, 56, 84, 175, 266].map(Some)
    );
    // SPS: a lithium level one week after the start, every 3 months in the first year, then 6.
    let level = of("lithium", "measure.lithium-level");
    assert_eq!(level.due(None), Some(7));
    assert_eq!([7, 98, 400].map(|day| level.due(Some(day))), [98, 189, 582].map(Some));
}

#[test]
fn gaps_after_which_a_medicine_may_be_started_low_again() {
    let hours = |id: &str| reference::medicines().find(id).and_then(|row| row.restart_gap_hours());
    assert_eq!(hours("clozapine"), Some(48.0));
    assert_eq!(hours("iloperidone"), Some(72.0));
    // Five half-lives of 25 hours.
    assert_eq!(hours("lamotrigine"), Some(125.0));
    let others = reference::medicines().iter().filter(|row| row.restart_gap_hours().is_some());
    assert_eq!(others.count(), 3);
}
