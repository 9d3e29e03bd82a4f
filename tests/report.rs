//! Views and their words: the catalogue, its reading grade, and the numbers of small diaries.

#[path = "report/dose_card.rs"]
mod dose_card;
#[path = "report/help.rs"]
mod help;
mod notebook;
#[path = "report/observers.rs"]
mod observers;
#[path = "report/page_words.rs"]
mod page_words;
#[path = "report/plain_words.rs"]
mod plain_words;
#[path = "report/questionnaires.rs"]
mod questionnaires;
#[path = "report/visit.rs"]
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use doseline::analysis::Kept;
use doseline::diary::{Day, Diary};
use doseline::error::{Code, Message, Param};
use doseline::reference;
use doseline::report::{
    Timeline, TimelineOptions, Words, adherence, dose_response, medicines, outcomes, timeline,
    timeline_again, today, treatment_response,
};
use notebook::{Notebook, as_of, day, wobble};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::json;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The string literals of one function, and those that name a value of a message.
#[derive(Default)]
struct Literals {
    all: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Literals {
    fn read(&mut self, body: TokenStream) {
        let tokens: Vec<TokenTree> = body.into_iter().collect();
        for (place, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let after_with = matches!(place.checked_sub(1).map(|p| &tokens[p]),
                        Some(TokenTree::Ident(word)) if word == "with");
                    if let (true, Some(name)) = (after_with, group.stream().into_iter().next()) {
                        self.names.extend(text(&name));
                    }
                    self.read(group.stream());
                }
                literal => self.all.extend(text(literal)),
            }
        }
    }
}

fn text(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let written = literal.to_string();
    Some(written.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

/// Every function of a file with its literals, tests left out.
fn functions(file: TokenStream) -> Vec<Literals> {
    let (mut found, mut tokens) = (Vec::new(), file.into_iter());
    let mut word = String::new();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(ident) if ident == "fn" || ident == "mod" => {
                let name = tokens.next().map(|name| name.to_string()).unwrap_or_default();
                word = format!("{ident} {name}");
            }
            TokenTree::Punct(end) if end.as_char() == ';' => word.clear(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                if word.starts_with("fn ") {
                    let mut literals = Literals::default();
                    literals.read(group.stream());
                    found.push(literals);
                } else if word != "mod tests" {
                    found.extend(functions(group.stream()));
                }
                word.clear();
            }
            _ => {}
        }
    }
    found
}

/// The names of the values that a sentence takes.
fn slots(sentence: &str) -> BTreeSet<String> {
    let slots = sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    slots.filter_map(|(slot, _)| slot.split('|').next().map(str::to_owned)).collect()
}

fn looks_like_an_id(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    text.split_once('.').is_some_and(|(group, name)| plain(group) && plain(name))
}

/// Ids that code does not write out: `error.<code>`, what `Words` itself uses, and the ids that the
/// JS API and the reference tables name. `use.<capability>` is held against the types in tests/types.rs.
fn is_built(id: &str) -> bool {
    ["error.", "api.", "use."].iter().any(|group| id.starts_with(group))
        || ["month.names", "list.and", "help.phrases"].contains(&id)
        || is_of_tables(id)
}

fn is_of_tables(id: &str) -> bool {
    ["interaction.", "leaflet.", "watch.", "measure.", "warning.", "journey.next-", "helpline."]
        .iter()
        .any(|group| id.starts_with(group))
}

#[test]
fn every_sentence_of_the_tables_is_there_with_its_values_and_none_besides() {
    let catalogue: BTreeMap<&str, &str> = Words::english().sentences().collect();
    let pack = reference::pack();
    let mut named = BTreeSet::new();
    for rule in pack.interactions() {
        named.insert(rule.says.as_str());
        named.extend(rule.watch.map(reference::Text::as_str));
        let sentence = catalogue.get(rule.says.as_str());
        let sentence = sentence.unwrap_or_else(|| panic!("{}: {}", rule.id, rule.says));
        assert!(slots(sentence).iter().all(|slot| slot == "a" || slot == "b"), "{sentence}");
    }
    named.extend(pack.monitoring().iter().map(|row| row.measure.as_str()));
    named.extend(pack.leaflets().iter().flat_map(|row| &row.lines).map(|line| line.says.as_str()));
    named.extend(pack.expectations().iter().map(|row| row.says.as_str()));
    let warnings = pack.medicines().iter().flat_map(|row| &row.boxed_warnings.value);
    named.extend(warnings.map(|warning| warning.as_str()));
    let lines = pack.helplines().iter();
    named.extend(
        lines
            .flat_map(|row| [row.name, row.place].into_iter().chain(row.hours))
            .map(reference::Text::as_str),
    );
    let worded: BTreeSet<&str> = catalogue.keys().copied().filter(|id| is_of_tables(id)).collect();
    assert_eq!(named, worded);
}

/// What is said about a clash asks a person to speak with someone, and orders nothing.
/// Words that change a medicine by order. How a dose is taken (time, food, whole) may be told, with
/// its source.
const ORDERS: [&str; 16] = [
    " do not ",
    " don't ",
    " avoid ",
    " never ",
    " must ",
    " stop taking ",
    " take more ",
    " take less ",
    " take no more ",
    " take an extra ",
    " skip ",
    " raise your ",
    " lower your ",
    " double the ",
    " halve the ",
    " you should ",
];

#[test]
fn a_clash_asks_to_speak_with_someone_and_orders_nothing() {
    for (id, sentence) in Words::english().sentences() {
        let text = format!(" {} ", sentence.to_lowercase());
        if id.starts_with("interaction.") {
            let speaks = ["prescriber", "pharmacist"].iter().any(|who| text.contains(who));
            assert!(speaks, "{id}: {sentence}");
        }
        let is_of_care = ["safety.", "concern.", "due."].iter().any(|group| id.starts_with(group));
        if is_of_tables(id) || is_of_care {
            for order in ORDERS {
                assert!(!text.contains(order), "{id}: {sentence}");
            }
        }
    }
}

#[test]
fn every_message_has_a_sentence_and_every_sentence_its_message_and_values() {
    let catalogue: BTreeMap<&str, &str> = Words::english().sentences().collect();
    let mut files = Vec::new();
    for room in ["analysis", "safety", "report"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
        sources(&folder, &mut files);
    }
    let (mut used, mut faults) = (BTreeSet::new(), Vec::new());
    for file in files {
        let source: TokenStream = fs::read_to_string(&file).unwrap().parse().unwrap();
        for Literals { all, names } in functions(source) {
            let ids: Vec<&String> = all.iter().filter(|text| looks_like_an_id(text)).collect();
            let mut taken = BTreeSet::new();
            for id in ids.into_iter().filter(|id| !id.ends_with(".json")) {
                let Some(sentence) = catalogue.get(id.as_str()) else {
                    faults.push(format!("{}: {id} has no sentence", file.display()));
                    continue;
                };
                used.insert(id.clone());
                taken.extend(slots(sentence));
                for slot in slots(sentence).difference(&names) {
                    faults.push(format!("{}: {id} is given no {slot}", file.display()));
                }
            }
            // A refusal's values go to the sentences of `error.<code>`.
            let given = names.iter().filter(|name| name.as_str() != "value");
            for name in given.filter(|name| !taken.contains(*name)) {
                faults.push(format!("{}: no sentence takes {name}", file.display()));
            }
        }
    }
    let unused = catalogue.keys().filter(|id| !is_built(id) && !used.contains(**id));
    faults.extend(unused.map(|id| format!("en.json: {id} is used nowhere")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_refusal_has_a_sentence_that_takes_only_what_refusals_give() {
    let catalogue: BTreeMap<&str, &str> = Words::english().sentences().collect();
    // The names under which refusals carry values, and `field`, which each has.
    let given =
        ["field", "value", "min", "max", "limit", "wanted", "other", "found", "known", "detail"];
    for code in Code::ALL {
        let sentence = catalogue.get(code.message_id());
        let sentence = sentence.unwrap_or_else(|| panic!("{} has no sentence", code.as_str()));
        for slot in slots(sentence) {
            assert!(given.contains(&slot.as_str()), "{}: {slot}", code.as_str());
        }
    }
    let of_codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.message_id()).collect();
    for (id, _) in catalogue.iter().filter(|(id, _)| id.starts_with("error.")) {
        assert!(of_codes.contains(id), "{id} is no code");
    }
}

#[test]
fn every_refusal_of_the_js_api_has_a_sentence_and_every_sentence_its_refusal() {
    let mut asked = BTreeSet::new();
    for folder in ["www/api", "www/error", "www/store"] {
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let named = text.split('"').filter(|word| word.starts_with("api."));
            asked.extend(named.map(str::to_owned));
        }
    }
    let mut worded = BTreeSet::new();
    for (id, sentence) in Words::english().sentences().filter(|(id, _)| id.starts_with("api.")) {
        worded.insert(id.to_owned());
        let given = ["field".to_owned(), "value".to_owned()];
        assert!(slots(sentence).iter().all(|slot| given.contains(slot)), "{id}");
    }
    assert_eq!(asked, worded);
}

#[test]
fn values_are_worded() {
    let words = Words::english();
    let day = Param::Day(Day::parse("2012-12-17").unwrap().number());
    assert_eq!(words.heading(&day), "17 December 2012");
    let things = ["a", "b", "c"].map(|thing| Param::Text(thing.into()));
    assert_eq!(words.heading(&Param::List(things.to_vec())), "A, b and c");
    assert_eq!(words.heading(&Param::List(things[..2].to_vec())), "A and b");
    let points = |value| Message::new("amount.points").with("value", Param::Number(value, 1));
    assert_eq!(words.text(&points(1.04)), "1 point");
    assert_eq!(words.text(&points(-2.46)), "−2.5 points");
}

#[test]
fn what_is_prescribed_is_worded() {
    let at = |time: &str, amount: f64| json!({ "at": time, "amount": amount });
    let cases = [
        (
            json!({ "repeat": "daily", "unit": "mg", "doses": [{ "amount": 100 }] }),
            "100 mg once a day",
        ),
        (
            json!({ "repeat": "daily", "unit": "mg", "doses": [at("08:00", 75.0), at("20:00", 75.0)] }),
            "75 mg twice a day",
        ),
        (
            json!({ "repeat": "daily", "unit": "mg", "doses": [at("08:00", 50.0), at("22:00", 100.0)] }),
            "50 mg in the morning and 100 mg at night",
        ),
        (
            json!({ "repeat": "depot", "weeks": 4, "unit": "mg", "doses": [{ "amount": 150 }] }),
            "150 mg every 4 weeks",
        ),
        (
            json!({ "repeat": "as-needed", "maxPerDay": 4, "unit": "tablet", "doses": [{ "amount": 1 }] }),
            "1 tablet as needed, at most 4 tablets a day",
        ),
        (
            json!({ "repeat": "weekdays", "days": ["mon", "thu"], "unit": "mg", "doses": [{ "amount": 2.5 }] }),
            "2.5 mg once a day on Monday and Thursday",
        ),
        (
            json!({ "repeat": "every", "days": 3, "unit": "mcg", "doses": [{ "amount": 25 }] }),
            "25 mcg once a day every 3 days",
        ),
    ];
    for (schedule, words) in cases {
        let mut diary = Notebook::new();
        let medicine = diary.unlisted("Ordinal").to_string();
        diary.on(0, json!({ "kind": "step", "medicine": medicine, "action": "start", "schedule": schedule }));
        let view = medicines(&diary.diary, as_of(0), &Words::english());
        assert_eq!((view[0].prescribed.as_str(), view[0].state), (words, "taking"));
    }
}

#[test]
fn a_medicine_is_planned_taken_paused_taken_again_and_stopped() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.unlisted("Shelf");
    diary.step(10, medicine, "start", 50.0);
    diary.step(20, medicine, "hold", 0.0);
    diary.step(30, medicine, "resume", 0.0);
    diary.step(40, medicine, "increase", 75.0);
    diary.step(50, medicine, "stop", 0.0);
    let state = |number: i32| {
        let views = medicines(&diary.diary, as_of(number), &Words::english());
        let view = views.into_iter().find(|view| view.name == "Ordinal").unwrap();
        (view.state, view.since.map(|since| since.since(day(0))))
    };
    assert_eq!(state(5), ("planned", Some(10)));
    assert_eq!(state(15), ("taking", Some(10)));
    assert_eq!(state(25), ("paused", Some(20)));
    assert_eq!(state(45), ("taking", Some(30)));
    assert_eq!(state(55), ("stopped", Some(50)));
    let views = medicines(&diary.diary, as_of(55), &Words::english());
    assert_eq!((views[0].name.as_str(), views[0].state), ("Shelf", "not-started"));
}

#[test]
fn today_lists_what_is_due_and_what_yesterday_left_open() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal").to_string();
    diary.on(
        0,
        json!({ "kind": "step", "medicine": medicine, "action": "start", "schedule": {
        "repeat": "daily", "unit": "mg",
        "doses": [{ "at": "08:00", "amount": 50 }, { "at": "20:00", "amount": 50 }] } }),
    );
    let dose = |time: &str| json!({ "kind": "dose", "medicine": medicine, "status": "taken", "scheduled": time });
    diary.on(4, dose("08:00"));
    let taken = diary.on(5, dose("08:00"));
    diary.phq9(-9, 12.0);
    diary.mood(5..6, |_| 5.0);
    let view = today(&diary.diary, as_of(5), &Default::default(), &Words::english());
    let rows: Vec<_> = view
        .doses
        .iter()
        .map(|dose| (dose.day.since(day(0)), dose.scheduled.unwrap().to_string(), dose.entry))
        .collect();
    let clock = |time: &str| time.to_owned();
    // Yesterday's evening has no entry; today both are listed, the morning as taken.
    assert_eq!(
        rows,
        [(4, clock("20:00"), None), (5, clock("08:00"), Some(taken)), (5, clock("20:00"), None)]
    );
    assert_eq!(view.check_ins, 1);
    // The PHQ-9 looks back 14 days and was filled 14 days ago.
    assert_eq!(view.due_assessments.len(), 1);
    assert!(
        today(&diary.diary, as_of(4), &Default::default(), &Words::english())
            .due_assessments
            .is_empty()
    );
}

#[test]
fn a_timeline_draws_what_was_recorded() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    diary.step(10, medicine, "start", 50.0);
    let stop = diary.step(20, medicine, "stop", 0.0);
    diary.mood(0..30, |number| 5.0 + wobble(number));
    diary.on(12, json!({ "kind": "dose", "medicine": medicine.to_string(), "status": "taken" }));
    diary.on(
        15,
        json!({ "kind": "side-effect", "term": "nausea", "severity": "mild",
        "onset": day(15).to_string() }),
    );
    diary.on(25, json!({ "kind": "visit", "with": "Dr Example" }));
    diary.on(26, json!({ "kind": "therapy", "therapy": "Exercise", "minutes": 30 }));
    diary.on(27, json!({ "kind": "goal", "text": "Walk each day" }));
    for (number, span) in [(1, "hospital-stay"), (3, "emergency-visit"), (5, "sick-leave")] {
        let (from, to) = (day(number).to_string(), day(number + 1).to_string());
        diary.on(number, json!({ "kind": "span", "span": span, "from": from, "to": to }));
    }
    let words = Words::english();
    let view = timeline(&diary.diary, &TimelineOptions::default(), as_of(29), &words).unwrap();
    assert_eq!((view.from, view.to), (day(0), day(29)));
    let first = f64::from(day(0).number());
    // Noon, as no time is known.
    assert_eq!(view.lanes[0].days.0[..1], [first + 0.5]);
    assert_eq!(view.lanes[0].band_name, "The usual spread of days");
    let lane = &view.doses[0];
    assert_eq!(lane.step_days.0, [first + 10.0, first + 20.0]);
    assert_eq!(lane.step_doses.0, [50.0, 0.0]);
    assert_eq!((lane.steps[1].id, lane.steps[1].label.as_str()), (stop, "Stopped"));
    // Days 10 to 29: taken on the third (2), no entry (1) until day 19, then nothing due (0).
    assert_eq!(lane.adherence.0[..4], [1.0, 1.0, 2.0, 1.0]);
    assert_eq!((lane.adherence.0.len(), lane.adherence.0[10]), (20, 0.0));
    assert_eq!(view.day_statuses[2], "taken");
    let strip = &view.side_effects[0].spans[0];
    assert_eq!((strip.ongoing, strip.to), (true, day(29).number()));
    let marks: Vec<_> = view.marks.iter().map(|mark| (mark.kind, mark.label.as_str())).collect();
    let spans = [("span", "Hospital stay"), ("span", "Emergency visit"), ("span", "Sick leave")];
    assert_eq!(marks[..3], spans);
    let others =
        [("visit", "Visit with Dr Example"), ("therapy", "Exercise"), ("goal", "Walk each day")];
    assert_eq!(marks[3..], others);
    assert_eq!(view.phase_outcome.as_deref(), Some("mood"));
    assert_eq!(
        view.phases.iter().map(|phase| phase.regimen.as_str()).collect::<Vec<_>>(),
        ["Nothing prescribed", "Ordinal 50 mg once a day", "Nothing prescribed"]
    );
    // Opened years later it ends with its last entry, not with years of missing days.
    let later = timeline(&diary.diary, &TimelineOptions::default(), as_of(2000), &words).unwrap();
    assert_eq!(later.to, day(29));
}

#[test]
fn an_empty_diary_has_views() {
    let (diary, words) = (Notebook::new(), Words::english());
    let view = timeline(&diary.diary, &TimelineOptions::default(), as_of(0), &words).unwrap();
    assert_eq!(view.headline.certainty, "not-enough-yet");
    assert!(view.lanes.is_empty() && view.phases.is_empty());
    // Eight ratings every diary has, and sleep.
    assert_eq!(outcomes(&diary.diary, &words).len(), 9);
    assert!(today(&diary.diary, as_of(0), &Default::default(), &words).doses.is_empty());
}

#[test]
fn views_refuse_what_the_diary_does_not_hold() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    let not_a_medicine = diary.phq9(0, 5.0);
    let (book, words) = (&diary.diary, Words::english());
    let unknown = TimelineOptions { outcomes: Some(vec!["mood".into()]), from: None, to: None };
    let refusal = timeline(book, &unknown, as_of(0), &words).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::UnknownValue, "outcomes[0]"));
    let backwards = TimelineOptions { outcomes: None, from: Some(day(1)), to: Some(day(0)) };
    let refusal = timeline(book, &backwards, as_of(0), &words).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::EndBeforeStart, "to"));
    let refusal =
        adherence(book, not_a_medicine, (None, None), None, as_of(0), &words).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::NoSuchEntry, "medicine"));
    let refusal = dose_response(book, medicine, "mood", as_of(0), &words).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::UnknownValue, "outcome"));
    let refusal = dose_response(book, medicine, "phq-9", as_of(0), &words).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::UnknownValue, "medicine"));
    let refusal = treatment_response(book, medicine, "gad-7", as_of(0), &words).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::UnknownValue, "instrument"));
}

/// What is only taken as needed has no trial to respond to; a dose of every day after it has.
#[test]
fn no_response_is_told_to_what_is_only_taken_as_needed() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ibuprofen");
    let step = |action: &str, repeat: &str| {
        json!({ "kind": "step", "medicine": medicine.to_string(), "action": action,
            "schedule": { "repeat": repeat, "unit": "mg", "doses": [{ "amount": 400 }] } })
    };
    for number in [10, 20, 40, 60] {
        diary.phq9(number, 10.0);
    }
    diary.on(30, step("start", "as-needed"));
    let response = |diary: &Notebook, today: i32| {
        treatment_response(&diary.diary, medicine, "phq-9", as_of(today), &Words::english())
    };
    let refusal = response(&diary, 70).unwrap_err();
    assert_eq!((refusal.code(), refusal.field()), (Code::UnknownValue, "medicine"));
    diary.on(75, step("increase", "daily"));
    assert_eq!(response(&diary, 80).unwrap().start, day(30));
}

/// What is kept from one timeline to the next saves work and changes nothing: not between two
/// looks, not at the next one, and not when a day in the past or the regimen is written anew.
#[test]
fn what_is_kept_changes_no_timeline() {
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("A");
    diary.mood(0..80, |day| if day < 45 { 3.0 + wobble(day) } else { 6.0 + wobble(day) });
    let (words, mut kept) = (Words::english(), Kept::default());
    let mut opened = |diary: &Diary, number: i32, options: &TimelineOptions| {
        let again = timeline_again(diary, options, as_of(number), &words, &mut kept).unwrap();
        assert_eq!(again, timeline(diary, options, as_of(number), &words).unwrap());
        again
    };
    let all = TimelineOptions::default();
    let before = opened(&diary.diary, 79, &all);
    assert_eq!(before.lanes[0].change_points.len(), 1);
    diary.mood(80..90, |day| 6.0 + wobble(day));
    opened(&diary.diary, 83, &all);
    diary.step(40, medicine, "start", 10.0);
    let near = |shown: &Timeline| shown.lanes[0].change_points[0].nearest_step;
    assert_eq!((near(&before), near(&opened(&diary.diary, 83, &all))), (None, Some(5)));
    diary.mood(10..12, |_| 9.0);
    opened(&diary.diary, 83, &all);
    opened(&diary.diary, 89, &all);
    opened(&diary.diary, 89, &TimelineOptions { from: Some(day(20)), ..all });
}
