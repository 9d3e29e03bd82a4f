//! The types of the boundary, held against the core from both sides.
//!
//! *Rust → TypeScript*: a sample of every kind of entry and of every view is written to
//! `target/types/samples.ts`, each with `satisfies`; `tests/package/types.test.mjs` has the compiler
//! check it. *TypeScript → Rust*: every word and every field that `types.d.ts` names is given to the
//! reader it is meant for, and the readers' own lists are compared with it.

#[path = "types/declared.rs"]
mod declared;
mod device;
#[path = "types/literal.rs"]
mod literal;
#[path = "types/told.rs"]
mod told;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use declared::Declared;
use device::{Device, open};
use doseline::analysis::adherence::DayStatus;
use doseline::analysis::fair_trial::State;
use doseline::analysis::journey::StageDays;
use doseline::analysis::trial_design::TrialQuestion;
use doseline::diary::{
    Action, BuiltInOutcome, ClockTime, DecidedBy, DoseStatus, Form, Kind, Measure, MeasureUnit,
    RecordedBy, Release, Repeat, Route, Severity, SpanType, Topic, Unit, Worse,
};
use doseline::error::Code;
use doseline::interchange::request::OpenOptions;
use doseline::interchange::{ImportReport, Mapping, PRESETS};
use doseline::reference::{self, Confidence, LeafletPart, Policy};
use doseline::report::{
    self, ConcernOptions, HelpOptions, Part, TimelineOptions, VisitOptions, Words,
};
use doseline::safety::{Capability, ConcernKind};
use literal::literal;
use serde::Serialize;
use serde_json::{Value, json};

const EVERY_FIELD: &str = include_str!("fixtures/diary/every-field.json");

/// What only a recorded entry has; a draft has the rest.
const KEPT_WITH: [&str; 5] = ["id", "recordedAt", "daysLate", "stamp", "replaces"];

/// TypeScript statements, each a literal that must satisfy a type.
#[derive(Default)]
struct Samples {
    types: BTreeSet<&'static str>,
    statements: String,
}

impl Samples {
    fn add(&mut self, of: &'static str, literal: &str) {
        self.types.insert(of.trim_end_matches("[]"));
        self.statements += &format!("({literal}) satisfies {of};\n");
    }

    fn view(&mut self, of: &'static str, view: &impl Serialize) {
        self.add(of, &literal(view));
    }

    /// The module, with a statement that must not hold, so that a compiler that checks nothing
    /// is found out.
    fn module(&self) -> String {
        let names = self.types.iter().copied().collect::<Vec<_>>().join(", ");
        format!(
            "import type {{ {names} }} from \"doseline\";\n{}\
             // @ts-expect-error: a finding of no claim.\n({{ claim: \"none\" }}) satisfies Finding;\n",
            self.statements
        )
    }
}

#[test]
fn a_sample_of_every_kind_and_every_view_is_written_for_the_compiler() {
    let mut samples = Samples::default();
    entries(&mut samples);
    views(&mut samples);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/types");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("samples.ts"), samples.module()).unwrap();
}

fn entries(samples: &mut Samples) {
    let diary = open(EVERY_FIELD).unwrap();
    let mut kinds = BTreeSet::new();
    for json in
        diary.records().iter().filter_map(|record| record.entry_json(ClockTime::DEFAULT_DAY_START))
    {
        samples.add("Entry", &json);
        let mut entry: Value = serde_json::from_str(&json).unwrap();
        kinds.insert(entry["kind"].as_str().unwrap().to_owned());
        let fields = entry.as_object_mut().unwrap();
        fields.retain(|name, _| !KEPT_WITH.contains(&name.as_str()));
        samples.add("Draft", &Value::Object(fields.clone()).to_string());
        fields.remove("kind");
        samples.add("Amendment", &entry.to_string());
    }
    let all: BTreeSet<String> = Kind::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(kinds, all);

    let mut one = Device::new(1);
    let id = one.record(json!({"kind": "life-event", "title": "Moved"}));
    let mut other = Device::with(2, one.diary.clone());
    one.amend(id, json!({"title": "Moved house"}));
    other.amend(id, json!({"title": "Moved out"}));
    one.hear(&other);
    samples.add("Conflict[]", &one.diary.conflicts_json(one.day_start));
}

fn views(samples: &mut Samples) {
    let words = Words::english();
    let told = told::diary();
    let (diary, as_of, medicine) = (&told.diary, told.as_of, told.medicine);

    let timeline = report::timeline(diary, &TimelineOptions::default(), as_of, &words).unwrap();
    assert!(!timeline.side_effects.is_empty() && !timeline.marks.is_empty());
    assert!(timeline.lanes.iter().any(|lane| !lane.change_points.is_empty()));
    assert!(timeline.lanes.iter().any(|lane| !lane.severity_bands.is_empty()));
    assert!(timeline.doses.iter().any(|lane| !lane.steps.is_empty()));
    assert!(timeline.phases.iter().any(|row| row.difference.is_some()));
    samples.view("Timeline", &timeline);
    let nothing = told::nothing();
    let empty = report::timeline(&nothing, &TimelineOptions::default(), as_of, &words);
    samples.view("Timeline", &empty.unwrap());

    let card = report::dose_response(diary, medicine, "mood", as_of, &words).unwrap();
    assert!(card.curve.is_some() && card.levels.iter().any(|level| level.low.is_some()));
    samples.view("DoseResponse", &card);
    let flat = report::dose_response(diary, told.other, "phq-9", as_of, &words).unwrap();
    assert!(flat.curve.is_none() && flat.levels.iter().any(|level| level.mean.is_none()));
    samples.view("DoseResponse", &flat);

    for id in [medicine, told.other, told.as_needed] {
        let adherence =
            report::adherence(diary, id, (None, None), Some("mood"), as_of, &words).unwrap();
        samples.view("Adherence", &adherence);
    }

    let exposure = report::exposure(diary, medicine, (None, None), as_of, &words).unwrap();
    assert!(exposure.days.0.len() > 100);
    samples.view("Exposure", &exposure);

    for is_clinician in [false, true] {
        let effects = report::side_effects(diary, medicine, is_clinician, as_of, &words).unwrap();
        assert!(!effects.effects.is_empty());
        samples.view("SideEffects", &effects);
    }

    let response = report::treatment_response(diary, medicine, "phq-9", as_of, &words).unwrap();
    assert!(response.baseline.is_some() && response.rules.iter().any(|rule| rule.met.is_some()));
    samples.view("TreatmentResponse", &response);
    let sparse = report::treatment_response(diary, told.other, "gad-7", as_of, &words).unwrap();
    assert!(sparse.baseline.is_none() && sparse.rules.iter().any(|rule| rule.met.is_none()));
    samples.view("TreatmentResponse", &sparse);

    let strip = report::item_strip(diary, "phq-9", as_of, &words).unwrap();
    assert!(strip.items.iter().any(|item| item.side_effect.is_some()));
    assert!(strip.phases.iter().any(|phase| phase.without_difference.is_some()));
    samples.view("ItemStrip", &strip);

    let trials = report::fair_trials(diary, as_of, &words);
    assert!(trials.iter().any(|trial| trial.state == "waiting"));
    samples.view("FairTrial[]", &trials);

    let watch = report::relapse_watch(diary, as_of, &words);
    assert!(watch.watched.is_some() && !watch.signs.is_empty());
    samples.view("RelapseWatch", &watch);
    samples.view("RelapseWatch", &report::relapse_watch(&nothing, as_of, &words));

    let associations = report::associations(diary, as_of, &words);
    assert!(associations.tried > 0 && !associations.hunches.is_empty());
    samples.view("Associations", &associations);
    samples.view("Associations", &report::associations(&nothing, as_of, &words));

    let lags = report::lag_strip(diary, medicine, "mood", as_of, &words).unwrap();
    assert!(lags.lags.iter().any(|lag| lag.low.is_some()));
    samples.view("LagStrip", &lags);

    let stimulant = told.stimulant;
    let points = Some(1.0);
    let asked = (stimulant, TrialQuestion::WithOrWithout, "mood");
    let design = report::trial_design(diary, asked, points, as_of, &words).unwrap();
    assert!(!design.plans.is_empty());
    samples.view("TrialDesign", &design);

    let today = report::today(diary, as_of, &Default::default(), &words);
    assert!(today.doses.iter().any(|dose| dose.status.is_some()));
    assert!(today.doses.iter().any(|dose| dose.status.is_none()));
    samples.view("Today", &today);
    samples.view("Today", &report::today(&nothing, as_of, &Default::default(), &words));

    let journey = report::journey(diary, as_of, &Default::default(), &words);
    assert!(journey.due.iter().any(|due| due.medicine.is_some()) && !journey.not_known.is_empty());
    samples.view("Journey", &journey);
    let trial = report::journey(&told::in_trial(), as_of, &Default::default(), &words);
    assert_eq!(trial.medicines[0].week, Some((3, 6)));
    samples.view("Journey", &trial);
    samples.view("Journey", &report::journey(&nothing, as_of, &Default::default(), &words));

    let options = VisitOptions { first: true, include: Part::ALL.to_vec(), ..Default::default() };
    let first = report::visit_report(diary, &options, as_of, &Default::default(), &words);
    let plain = VisitOptions::default();
    let brief = report::visit_report(diary, &plain, as_of, &Default::default(), &words);
    let ids: BTreeSet<&str> =
        first.sections.iter().chain(&brief.sections).map(|section| section.id).collect();
    samples.view("VisitBrief", &first);
    samples.view("VisitBrief", &brief);
    assert_eq!(Declared::types().every("VisitBrief", "id"), texts(&Vec::from_iter(ids)));

    for kind in ConcernKind::ALL {
        let options = ConcernOptions { kind: *kind, medicine, effect: None };
        let said = report::concern(diary, options, as_of, &Default::default(), &words).unwrap();
        samples.view("Concern", &said);
    }

    let flags = report::flags(diary, as_of, &Default::default(), true, &words);
    assert!(!flags.flags.is_empty());
    samples.view("Flags", &flags);
    let options = HelpOptions { acknowledged: None, reads_notes: true };
    let help = report::help(diary, as_of, &Default::default(), &options, &words);
    assert!(help.crisis.is_some() && help.plan.entry.is_some() && !help.helped_before.is_empty());
    assert!(!help.team.is_empty() && help.contacts.iter().any(|contact| contact.say.is_some()));
    samples.view("Help", &help);
    samples.view("Help", &report::help(&nothing, as_of, &Default::default(), &options, &words));
    samples.view("Flags", &report::flags(&nothing, as_of, &Default::default(), false, &words));

    let medicines = report::medicines(diary, as_of, &words);
    let states: BTreeSet<&str> = medicines.iter().map(|medicine| medicine.state).collect();
    assert_eq!(states.len(), 5, "{states:?}");
    samples.view("MedicineView[]", &medicines);
    let policy = Policy::default();
    let matches =
        ["sertra", "zoloft", "lithium", "valproate", "haldol decanoate", "invega", "secuado"]
            .map(|text| report::medicine_matches(text, &policy))
            .concat();
    assert!(matches.iter().any(|row| row.rxnorm.is_some()));
    let injections = || matches.iter().flat_map(|row| &row.injections);
    assert!(
        injections().any(|row| row.most.is_some()) && injections().any(|row| row.most.is_none())
    );
    samples.view("MedicineMatch[]", &matches);
    let verified = Policy::from_least(Confidence::Verified);
    for (of, policy) in
        [(&*medicine.to_string(), &policy), ("condition-ocd", &policy), ("lithium", &verified)]
    {
        let leaflet = report::leaflet(diary, of, policy, as_of, &words).unwrap().unwrap();
        assert_eq!(leaflet.left_out.is_some(), *policy == verified);
        samples.view("Leaflet", &leaflet);
    }
    samples.view("EquivalenceTable[]", &report::equivalents(&policy, as_of, &words));
    samples.view("MedicineKind[]", &report::medicine_kinds());
    samples.view("SideEffectName[]", &report::side_effect_names());
    samples.view("ReferencePack", &report::tables(&policy, as_of));
    samples.view("Outcome[]", &report::outcomes(diary, &words));
    samples.view("InstrumentView[]", &report::instruments(&[], &words));
    for diary in [diary, &nothing] {
        samples.view(
            "Questionnaires",
            &report::questionnaires(diary, &[], &Default::default(), as_of, &words),
        );
    }
    let assessments = diary.entries().filter(|it| it.entry.kind() == Kind::Assessment);
    let scores: Vec<_> = assessments
        .map(|it| report::score(diary, it.id, as_of, &Default::default(), &words).unwrap())
        .collect();
    assert!(scores.iter().any(|score| score.band.is_some() && score.due.is_some()));
    assert!(scores.iter().any(|score| score.total.is_none()));
    samples.view("Score[]", &scores);
    samples.add("CsvMapping", &every_field_of_a_mapping().to_string());
    PRESETS.iter().for_each(|preset| samples.add("CsvMapping", preset.json));
    samples.view("ImportResult", &ImportReport::of_file(diary, &nothing));
    samples.view("ImportResult", &ImportReport::of_file(&nothing, diary));
    samples.view("Finding", &timeline.headline);
}

fn texts(words: &[impl ToString]) -> BTreeSet<String> {
    words.iter().map(ToString::to_string).collect()
}

#[test]
fn the_words_of_the_types_are_those_of_the_core() {
    let declared = Declared::types();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let statuses: Vec<&str> = DayStatus::ALL.iter().map(|status| status.as_str()).collect();
    // A leaflet's parts by their headings, what the label warns of, and the injections there are.
    let mut parts: BTreeSet<String> =
        LeafletPart::ALL.iter().map(|part| format!("leaflet-part.{part}")).collect();
    parts.extend(["warning", "injection"].map(|part| format!("leaflet-part.{part}")));
    for (name, words) in [
        ("RecordedBy", texts(RecordedBy::ALL)),
        ("ListedRoute", texts(reference::Route::ALL)),
        ("Worse", texts(Worse::ALL)),
        ("Unit", texts(Unit::ALL)),
        ("BuiltInOutcome", texts(BuiltInOutcome::ALL)),
        ("StepAction", texts(Action::ALL)),
        ("DoseStatus", texts(DoseStatus::ALL)),
        ("MeasureUnit", texts(MeasureUnit::ALL)),
        ("ErrorCode", texts(&codes)),
        ("DayStatus", texts(&statuses)),
        ("TrialQuestion", texts(TrialQuestion::ALL)),
        ("TrialState", texts(&State::ALL.map(State::as_str))),
        ("JourneyStage", texts(reference::Stage::ALL)),
        ("SensitivePart", texts(Part::ALL)),
        ("ConcernKind", texts(ConcernKind::ALL)),
        ("DueKind", texts(doseline::safety::DueKind::ALL)),
        ("FlagSeverity", texts(doseline::safety::Severity::ALL)),
        ("Condition", texts(reference::Condition::ALL)),
        ("Capability", texts(Capability::ALL)),
        ("Confidence", texts(Confidence::ALL)),
        ("LeafletPart", parts),
        ("Weekday", texts(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"])),
    ] {
        assert_eq!(declared.alias(name), words, "{name}");
    }
    for (name, field, words) in [
        ("Medicine", "form", texts(Form::ALL)),
        ("Medicine", "route", texts(Route::ALL)),
        ("Medicine", "release", texts(Release::ALL)),
        ("Step", "decidedBy", texts(DecidedBy::ALL)),
        ("SideEffect", "severity", texts(Severity::ALL)),
        ("Measurement", "measure", texts(Measure::ALL)),
        ("Span", "span", texts(SpanType::ALL)),
        ("ProfileFact", "topic", texts(Topic::ALL)),
    ] {
        assert_eq!(declared.field(name, field), words, "{name}.{field}");
    }
    assert_eq!(declared.every("Schedule", "repeat"), texts(Repeat::ALL));
}

#[test]
fn the_fields_of_each_kind_are_those_of_the_core() {
    let declared = Declared::types();
    let bodies = declared.bodies();
    assert_eq!(bodies.keys().cloned().collect::<BTreeSet<_>>(), texts(Kind::ALL));
    for kind in Kind::ALL {
        let mut fields = declared.fields(&bodies[kind.as_str()]);
        assert!(fields.remove("kind"));
        let top = |path: &&str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let known: BTreeSet<String> = kind.fields().iter().map(top).collect();
        assert_eq!(fields, known, "{kind}");
    }
}

/// Every word that a field of a body may hold is read, and one that it may not hold is refused.
#[test]
fn every_word_of_a_body_is_read_where_it_may_stand() {
    let declared = Declared::types();
    let file: Value = serde_json::from_str(EVERY_FIELD).unwrap();
    let mut tried = 0;
    for (kind, name) in declared.bodies() {
        for field in declared.fields(&name) {
            let words = declared.field(&name, &field);
            if field == "kind" || words.is_empty() {
                continue;
            }
            let has = |entry: &&Value| entry["kind"] == *kind && entry.get(&field).is_some();
            let sample = file["entries"].as_array().unwrap().iter().find(has);
            let sample = sample.unwrap_or_else(|| panic!("{kind} has no sample of {field}"));
            // Which unit may stand in a measurement depends on what was measured.
            let mut drafts = vec![sample.clone()];
            for measure in declared.field("Measurement", "measure") {
                let mut draft = sample.clone();
                draft["measure"] = measure.into();
                drafts.extend((field == "unit" && kind == "measurement").then_some(draft));
            }
            for word in &words {
                let refused = drafts.iter().all(|draft| is_unknown(draft, &field, word));
                assert!(!refused, "{kind}.{field} refuses {word}");
                tried += 1;
            }
            assert!(is_unknown(sample, &field, "no-such-word"), "{kind}.{field}");
        }
    }
    assert!(tried > 60, "{tried}");
}

fn is_unknown(entry: &Value, field: &str, word: &str) -> bool {
    let mut draft = entry.clone();
    let fields = draft.as_object_mut().unwrap();
    fields.retain(|name, _| !KEPT_WITH.contains(&name.as_str()) && name != "history");
    fields.insert(field.to_owned(), word.into());
    let refusal = Device::with(1, open(EVERY_FIELD).unwrap()).try_record(&draft).err();
    refusal.is_some_and(|error| error.code() == Code::UnknownValue && error.field() == field)
}

#[test]
fn a_session_is_opened_with_the_options_that_are_declared() {
    let declared = Declared::types();
    let mut options = json!({
        "subject": "someone", "locale": "en", "zone": "Europe/Berlin", "dayStart": "05:00",
        "audience": "patient", "now": "2026-03-12T21:00:00+01:00", "tellsPortal": true,
        "help": {
            "country": "CA", "contacts": [{"name": "Front desk", "phone": "+1 416 555 0100"}],
            "monitored": {"who": "Your care team", "when": "on weekdays from 9 to 5"},
            "responder": {"name": "Crisis team", "phone": "416-555-0101", "hours": "day and night"}
        },
        "safety": {
            "stimulantUpper": 150, "stimulantLower": 95, "stimulantPulse": 110, "sedativeDays": 21,
            "sedativeLongDays": 60, "injectionGraceDays": 7, "trialWeeks": 8, "trialWeeksOcd": 14,
            "startingDays": 14, "remissionDays": 56, "taperDays": 28,
            "taperShare": 0.4, "missedDays": 3, "pregnancyDays": 280,
            "earlyImprovement": 0.25, "weightGain": 0.04, "weightGainMore": 0.06,
            "monitoringGraceDays": 30, "checkInDays": 2, "checkInDaysLater": 14,
            "listDaysBeforeVisit": 7, "off": ["stimulant-blood-pressure", "ad_buspirone"],
            "sedativeFreeDays": 8, "maniaNights": 4, "maniaRating": 7, "maniaShortBy": 1.5
        },
        "reference": {
            "leastConfidence": "verified", "pack": "{}", "revoked": ["lithium_nsaid", "of-another-pack"]
        },
        "capabilities": ["timeline", "trial-design"]
    });
    let of_tables = options["reference"].as_object().unwrap().keys().cloned();
    assert_eq!(declared.fields("ReferenceSettings"), of_tables.collect());
    let refusal = OpenOptions::read(&options).unwrap_err();
    assert!(refusal.field().starts_with("reference.pack"), "{refusal}");
    options["reference"].as_object_mut().unwrap().remove("pack");
    let set: BTreeSet<String> = options["safety"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(declared.fields("SafetySettings"), set);
    let said: BTreeSet<String> = options["help"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(declared.fields("HelpSettings"), said);
    let given: BTreeSet<String> = options.as_object().unwrap().keys().cloned().collect();
    assert_eq!(declared.fields("SessionOptions"), given);
    for audience in declared.alias("Audience") {
        options["audience"] = audience.into();
        OpenOptions::read(&options).unwrap();
    }
    let read = OpenOptions::read(&options).unwrap().safety;
    assert_eq!((read.sedative_free_days, read.mania_nights), (8, 4));
    assert_eq!((read.mania_rating, read.mania_short_by), (7.0, 1.5));
    assert!(read.policy.is_revoked("lithium_nsaid") && read.policy.least == Confidence::Verified);
    assert_eq!(
        (read.stimulant_pressure, read.sedative_days, read.trial_weeks),
        ((150.0, 95.0), (21, 60), (8, 14))
    );
    let stage_days = StageDays { starting: 14, remission: 56, taper: 28 };
    assert_eq!(read.stage_days, stage_days);
    for (field, bad, code) in [
        ("off", json!(["crisis-item-9"]), Code::UnknownValue),
        ("off", json!(["red-flag-rash"]), Code::UnknownValue),
        ("off", json!(["no-such-rule"]), Code::UnknownValue),
        ("trialWeeks", json!(-1), Code::OutOfRange),
        ("weightGain", json!("much"), Code::WrongType),
        ("strictness", json!(1), Code::UnknownField),
    ] {
        let mut options = options.clone();
        options["safety"][field] = bad;
        let error = OpenOptions::read(&options).unwrap_err();
        assert_eq!(error.code(), code, "{field}");
        assert!(error.field().starts_with(&format!("safety.{field}")), "{}", error.field());
    }
    let person = json!({"name": "Desk", "phone": "416 555 0100"});
    for (field, path, bad, code) in [
        ("country", "country", json!("Canada"), Code::WrongType),
        ("country", "country", json!("ca"), Code::WrongType),
        ("contacts", "contacts", person.clone(), Code::WrongType),
        ("contacts", "contacts[1].phone", json!([person, {"name": "Desk"}]), Code::MissingField),
        (
            "contacts",
            "contacts[0].phone",
            json!([{"name": "Desk", "phone": "ask"}]),
            Code::WrongType,
        ),
        ("contacts", "contacts[0].name", json!([{"phone": "988"}]), Code::MissingField),
        ("monitored", "monitored.when", json!({"who": "Your clinic"}), Code::MissingField),
        ("monitored", "monitored.who", json!({"who": "", "when": "at noon"}), Code::BadText),
        ("responder", "responder.phone", json!({"name": "Desk"}), Code::MissingField),
        (
            "responder",
            "responder.email",
            json!({"name": "A", "phone": "988", "email": "a"}),
            Code::UnknownField,
        ),
        ("chat", "chat", json!("https://example.org"), Code::UnknownField),
    ] {
        let mut options = options.clone();
        options["help"][field] = bad;
        let error = OpenOptions::read(&options).unwrap_err();
        assert_eq!((error.code(), error.field()), (code, &*format!("help.{path}")));
    }
    options["audience"] = "robot".into();
    assert_eq!(OpenOptions::read(&options).unwrap_err().code(), Code::UnknownValue);
}

/// Every field of a mapping, and of its parts, is read; the samples hold the compiler to the rest.
#[test]
fn a_mapping_has_the_fields_that_are_declared() {
    let declared = Declared::types();
    let mapping = every_field_of_a_mapping();
    Mapping::read(&mapping).unwrap();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect();
    for (name, part) in
        [("CsvMapping", ""), ("CsvCheckIns", "/checkIns/0"), ("CsvDoses", "/doses/0")]
    {
        assert_eq!(declared.fields(name), names(mapping.pointer(part).unwrap()), "{name}");
    }
    for (part, field, words) in [
        ("", "delimiter", declared.field("CsvMapping", "delimiter")),
        ("", "decimal", declared.field("CsvMapping", "decimal")),
        ("/date", "format", declared.alias("CsvDateFormat")),
        ("/checkIns/0", "each", declared.field("CsvCheckIns", "each")),
        ("/doses/0", "since", declared.field("CsvDoses", "since")),
    ] {
        assert!(!words.is_empty(), "{field}");
        for (word, is_known) in words.iter().map(|word| (&**word, true)).chain([("no", false)]) {
            let mut tried = mapping.clone();
            // The delimiter stands in the declarations as TypeScript writes it.
            tried.pointer_mut(part).unwrap()[field] = word.replace("\\t", "\t").into();
            assert_eq!(Mapping::read(&tried).is_ok(), is_known, "{part}.{field} {word}");
        }
    }
}

fn every_field_of_a_mapping() -> Value {
    json!({
        "mapping": "mine", "title": "Mine", "source": "a clinic's tracker", "zone": "Europe/Berlin",
        "delimiter": ";", "decimal": ",", "missing": ["NA"],
        "date": {"column": "day", "format": "DD.MM.YYYY"}, "time": ["at"],
        "checkIns": [{"each": "row", "sleepHours": "slept", "note": "remark", "ratings": [
            {"column": "mood", "outcome": "mood"},
            {"column": "tense", "outcome": "tense", "name": "Tense", "min": 1, "max": 5,
             "worse": "higher", "smallestChange": 1}
        ]}],
        "assessments": [
            {"column": "phq", "instrument": "phq-9"},
            {"column": "own", "instrument": "own", "name": "Own", "min": 0, "max": 4,
             "worse": "higher", "recallDays": 7, "smallestChange": 0.5}
        ],
        "doses": [{"column": "mg", "unit": "mg", "since": "before",
            "medicine": {"name": "A", "ingredients": [{"name": "a"}]}}]
    })
}

/// A part of its own that a build can leave out is a default feature, and its call stands under it.
#[test]
fn a_build_can_leave_out_what_has_an_intended_use_of_its_own() {
    let manifest = include_str!("../Cargo.toml");
    let defaults = manifest.lines().find_map(|line| line.strip_prefix("default = [")).unwrap();
    let parts: BTreeSet<&str> = defaults.split('"').skip(1).step_by(2).collect();
    // The six of the issue that asked for this.
    let asked =
        ["association", "dose-response", "equivalents", "exposure", "interactions", "trial-design"];
    assert_eq!(parts, asked.into());
    let session = include_str!("../src/wasm/session.rs");
    for part in parts {
        let capability = Capability::parse(part).unwrap();
        assert!(capability.is_built());
        let call = format!("#[cfg(feature = \"{part}\")]\n#[wasm_bindgen]\nimpl Session");
        // What goes together has no call of its own: flags tell it.
        assert_eq!(session.contains(&call), part != "interactions", "{part}");
    }
}

#[test]
fn confidences_are_those_of_the_tables() {
    let declared = Declared::types().alias("Confidence");
    let used: BTreeSet<String> =
        reference::medicines().iter().map(|row| row.dose.confidence.as_str().to_owned()).collect();
    assert!(used.is_subset(&declared), "{used:?}");
}
