//! The brief for a visit and the message about a concern, on a made-up person.

use doseline::diary::EntryId;
use doseline::error::Code;
use doseline::report::{self, ConcernOptions, Part, VisitOptions, VisitReport, Words};
use doseline::safety::{Capability, ConcernKind, Offered, Settings, Severity};
use serde_json::json;

use crate::notebook::{Notebook, as_of};

/// Fluoxetine of old, sertraline since day 100, two visits, and something of every part.
struct Someone {
    book: Notebook,
    sertraline: EntryId,
    low_drive: EntryId,
}

fn medicine(book: &mut Notebook, name: &str) -> EntryId {
    book.on(0, json!({ "kind": "medicine", "name": name, "ingredients": [{ "name": name }] }))
}

fn effect(book: &mut Notebook, number: i32, term: &str, severity: &str) -> EntryId {
    let onset = crate::notebook::day(number).to_string();
    book.on(
        number,
        json!({ "kind": "side-effect", "term": term, "severity": severity, "onset": onset }),
    )
}

fn someone() -> Someone {
    let mut book = Notebook::new();
    let fluoxetine = medicine(&mut book, "Fluoxetine");
    book.step(0, fluoxetine, "start", 20.0);
    book.on(
        80,
        json!({ "kind": "step", "medicine": fluoxetine.to_string(), "action": "stop",
        "reason": "no sleep" }),
    );
    let sertraline = medicine(&mut book, "Sertraline");
    book.on(90, json!({ "kind": "visit" }));
    for (number, total) in [(86, 18.0), (99, 17.0), (128, 9.0), (140, 8.0)] {
        book.phq9(number, total);
    }
    book.step(100, sertraline, "start", 50.0);
    book.step(130, sertraline, "increase", 100.0);
    for number in 123..150 {
        let status = if number % 9 == 0 { "missed" } else { "taken" };
        book.on(
            number,
            json!({ "kind": "dose", "medicine": sertraline.to_string(), "status": status }),
        );
    }
    effect(&mut book, 104, "nausea", "mild");
    let low_drive = effect(&mut book, 106, "Lower sex drive", "moderate");
    effect(&mut book, 107, "missed period", "mild");
    book.on(120, json!({ "kind": "assessment", "instrument": "pcl-5", "total": 40 }));
    // Within a week of the brief, so that a rule on it and sertraline speaks as well.
    book.on(145, json!({ "kind": "substance", "substance": "Cannabis" }));
    book.on(122, json!({ "kind": "check-in", "cycleDay": 3, "note": "A secret." }));
    book.on(110, json!({ "kind": "question", "text": "Can I drive?" }));
    book.on(111, json!({ "kind": "question", "text": "Old?", "answer": "Yes." }));
    book.on(112, json!({ "kind": "goal", "text": "Walk each day", "attainment": -1 }));
    book.on(113, json!({ "kind": "therapy", "therapy": "CBT" }));
    book.on(
        2,
        json!({ "kind": "profile", "topic": "symptoms", "state": "known", "value": "no joy" }),
    );
    book.on(
        2,
        json!({ "kind": "profile", "topic": "condition", "state": "known", "value": "PTSD" }),
    );
    book.on(2, json!({ "kind": "profile", "topic": "allergy", "state": "declined" }));
    Someone { book, sertraline, low_drive }
}

fn brief(someone: &Someone, options: &VisitOptions) -> VisitReport {
    let diary = &someone.book.diary;
    report::visit_report(diary, options, as_of(149), &Default::default(), &Words::english())
}

fn lines<'a>(brief: &'a VisitReport, id: &str) -> Vec<&'a str> {
    let section = brief.sections.iter().find(|section| section.id == id);
    section.map_or(Vec::new(), |section| section.lines.iter().map(|line| &*line.text).collect())
}

/// Looks lie on day 140 and 168. A brief that is opened between them is none: a score of day 145 stands
/// among the scores, and the rules are read with it at the next look.
#[test]
fn a_brief_that_is_opened_is_no_look() {
    let mut someone = someone();
    someone.book.phq9(145, 2.0);
    let response = |today: i32| {
        let options = VisitOptions { since: Some(crate::notebook::day(90)), ..Default::default() };
        let diary = &someone.book.diary;
        let english = Words::english();
        let brief =
            report::visit_report(diary, &options, as_of(today), &Default::default(), &english);
        assert!(lines(&brief, "scores").join(" ").contains("2 on 25 May 2024"));
        lines(&brief, "response").join(" ")
    };
    let read = response(149);
    assert!(read.contains("9.5 points lower"), "{read}");
    assert!(read.ends_with("This was read on 20 May 2024."), "{read}");
    assert_eq!(response(167), read);
    assert!(response(168).contains("15.5 points lower"), "{}", response(168));
}

#[test]
fn what_is_only_taken_as_needed_has_no_response_in_the_brief() {
    let mut someone = someone();
    let ibuprofen = medicine(&mut someone.book, "Ibuprofen");
    someone.book.on(
        100,
        json!({ "kind": "step", "medicine": ibuprofen.to_string(), "action": "start",
            "schedule": { "repeat": "as-needed", "unit": "mg", "doses": [{ "amount": 400 }] } }),
    );
    let brief = brief(&someone, &VisitOptions::default());
    let told = lines(&brief, "response");
    assert!(told.len() == 1 && told[0].contains("Sertraline"), "{told:?}");
}

#[test]
fn the_brief_tells_what_is_new_since_the_last_visit() {
    let someone = someone();
    let brief = brief(&someone, &VisitOptions::default());
    assert_eq!(brief.since, crate::notebook::day(90));
    assert_eq!(
        lines(&brief, "regimen"),
        ["Sertraline: 100 mg once a day since 10 May 2024 (the weeks of a trial \
        are over; if the dose was enough is not known here)"]
    );
    assert_eq!(
        lines(&brief, "changes"),
        ["10 April 2024: Sertraline, 50 mg", "10 May 2024: Sertraline, 100 mg"]
    );
    // The last score before the visit, then those since, with the published bands of the PHQ-9.
    assert_eq!(
        lines(&brief, "scores"),
        ["PHQ-9: 18 on 27 March 2024 (moderately severe), 17 on 9 April 2024 \
        (moderately severe), 9 on 8 May 2024 (mild) and 8 on 20 May 2024 (mild)"]
    );
    // From 17.5, the mean of both before, to 8; half of it is 8.75, and both last scores are not below it.
    let response = lines(&brief, "response").join(" ");
    assert!(
        response.contains("9.5 points lower")
            && response.contains("Rules that the last two scores meet"),
        "{response}"
    );
    assert!(lines(&brief, "adherence")[0].contains("Sertraline"));
    assert_eq!(lines(&brief, "effects"), ["Nausea (mild) since 14 April 2024"]);
    let past = lines(&brief, "past");
    assert_eq!(
        past[0],
        "Fluoxetine: up to 20 mg once a day, from 1 January 2024 to 20 March 2024 (11 weeks). \
        If that was an adequate trial is not known here."
    );
    assert_eq!(past[1], "Fluoxetine ended: no sleep");
    assert_eq!(
        lines(&brief, "questions"),
        ["Can I drive?"],
        "what was answered is not asked again"
    );
    assert_eq!(lines(&brief, "goals"), ["Walk each day (less than hoped)"]);
    assert_eq!(lines(&brief, "happened"), ["CBT: 1 time"]);
    assert!(lines(&brief, "person").is_empty(), "a first visit alone introduces the person");
    for line in brief.sections.iter().flat_map(|section| &section.lines) {
        let not_checked = lines(&brief, "not-checked");
        let has_entries = !line.entries.is_empty() || line.text == "Nothing is noted.";
        assert!(has_entries || not_checked.contains(&&*line.text), "{}", line.text);
        assert!(!line.text.contains(['{', '}']), "{}", line.text);
    }
}

/// Mania asks for a call by a checked row; what to expect of a trial in OCD is from general knowledge.
#[test]
fn flags_of_the_brief_carry_their_mark_their_source_and_how_they_were_set_aside() {
    let mut someone = someone();
    let before = crate::notebook::day(149).to_string();
    let rated = json!({ "kind": "assessment", "instrument": "asrm", "total": 9 });
    someone.book.on(149, rated);
    someone.book.on(
        3,
        json!({ "kind": "profile", "topic": "condition", "state": "known", "value": "OCD" }),
    );
    let review = |someone: &Someone| {
        let today = crate::notebook::day(149);
        doseline::safety::review(&someone.book.diary, today, &Settings::default())
    };
    // The one on cannabis rests on a substance, which was not ticked.
    let mut flags = review(&someone).flags;
    flags.retain(|flag| !flag.about.iter().any(|name| name == "cannabis"));
    let told = brief(&someone, &VisitOptions::default());
    let shown = lines(&told, "flags");
    let pack = doseline::reference::pack();
    let mut general = 0;
    for flag in &flags {
        let of_it: Vec<&&str> = shown
            .iter()
            .filter(|line| line.starts_with(&Words::english().text(&flag.message)))
            .collect();
        let [line] = of_it[..] else { panic!("{}: {shown:?}", flag.rule) };
        for id in flag.sources.split(' ') {
            let row = pack.sources().iter().find(|row| row.id.as_str() == id).unwrap();
            assert!(line.contains(row.citation.trim_end_matches('.')), "{line}");
        }
        let is_general = flag.confidence == doseline::reference::Confidence::GeneralKnowledge;
        assert_eq!(line.contains("not yet checked"), is_general, "{line}");
        general += usize::from(is_general);
        assert!(!line.contains("Set aside"));
    }
    assert!(general > 0 && general < flags.len(), "{general} of {}", flags.len());
    // What was not checked is said where the flags are.
    let not_checked = lines(&told, "not-checked");
    let off = Settings { off: vec!["no-improvement"], ..Settings::default() };
    let (options, words) = (VisitOptions::default(), Words::english());
    let less = report::visit_report(&someone.book.diary, &options, as_of(149), &off, &words);
    let said = "This rule is switched off here. (Rule: no-improvement.)";
    let now_not: Vec<&str> = lines(&less, "not-checked")
        .into_iter()
        .filter(|line| !not_checked.contains(line))
        .collect();
    assert_eq!(now_not, [said]);
    // Set aside, it still reaches the prescriber, after the others.
    let key = flags[0].key.clone();
    someone.book.on(
        149,
        json!({ "kind": "dismissal", "flag": key, "reason": "We spoke about it", "day": before }),
    );
    let aside = brief(&someone, &VisitOptions::default());
    let last = *lines(&aside, "flags").last().unwrap();
    assert!(last.starts_with(&Words::english().text(&flags[0].message)), "{last}");
    assert!(last.ends_with("Set aside on 29 May 2024: We spoke about it"), "{last}");
    assert_eq!(lines(&aside, "flags").len(), flags.len());
}

/// What a portal left out comes out of no other answer: of the brief, of a concern, of the flags.
#[test]
fn a_part_that_was_left_out_is_in_no_brief_no_concern_and_no_flag() {
    let mut someone = someone();
    // From 8 to 24, so that deterioration is told where scores are read.
    for number in [147, 149] {
        someone.book.phq9(number, 24.0);
    }
    let without = |left: Capability| {
        let named: Vec<Capability> =
            Capability::ALL.iter().copied().filter(|part| *part != left).collect();
        Settings { offered: Offered::of(&named, false), ..Settings::default() }
    };
    let words = Words::english();
    let told = |settings: &Settings| {
        let diary = &someone.book.diary;
        let options = VisitOptions::default();
        let brief = report::visit_report(diary, &options, as_of(149), settings, &words);
        let sections: Vec<&str> = brief.sections.iter().map(|section| section.id).collect();
        let rules = report::flags(diary, as_of(149), settings, true, &words).flags;
        let options = ConcernOptions {
            kind: ConcernKind::NotWorking,
            medicine: someone.sertraline,
            effect: None,
        };
        let concern = report::concern(diary, options, as_of(149), settings, &words).unwrap();
        let has = |id: &str| sections.contains(&id);
        let reads_scores = rules.iter().any(|flag| flag.rule == "deterioration");
        let counts = concern.message[2].contains("due doses");
        let text = format!("{brief:?}{concern:?}");
        (has("response"), reads_scores, text.contains("Rules that"), has("adherence"), counts)
    };
    assert_eq!(told(&Settings::default()), (true, true, true, true, true));
    assert_eq!(told(&without(Capability::TreatmentResponse)), (false, false, false, true, true));
    assert_eq!(told(&without(Capability::Adherence)), (true, true, true, false, false));
    let left = report::flags(
        &someone.book.diary,
        as_of(149),
        &without(Capability::TreatmentResponse),
        true,
        &words,
    );
    for rule in ["no-improvement", "deterioration"] {
        assert!(left.not_checked.iter().any(|row| row.rule == rule), "{rule} is gone unsaid");
    }
}

#[test]
fn a_first_visit_introduces_the_person() {
    let options = VisitOptions { first: true, ..VisitOptions::default() };
    let brief = brief(&someone(), &options);
    assert_eq!(brief.since, crate::notebook::day(0));
    assert_eq!(
        lines(&brief, "person"),
        ["What I notice: no joy"],
        "a condition after trauma is not ticked"
    );
}

#[test]
fn a_first_visit_says_who_diagnosed_a_condition() {
    let mut someone = someone();
    let condition = json!({ "kind": "profile", "topic": "condition", "state": "known" });
    for (value, more) in [("OCD", json!({})), ("ADHD", json!({ "diagnosedBy": "Family doctor" }))] {
        let mut told = condition.clone();
        told["value"] = json!(value);
        told.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        someone.book.on(3, told);
    }
    let brief = brief(&someone, &VisitOptions { first: true, ..VisitOptions::default() });
    let told = lines(&brief, "person");
    assert_eq!(told[1..], ["Condition: OCD", "Condition: ADHD, diagnosed by Family doctor"]);
}

#[test]
fn what_is_sensitive_stays_out_until_it_is_ticked() {
    let someone = someone();
    let text = |brief: &VisitReport| {
        let all = brief.sections.iter().flat_map(|section| &section.lines);
        all.map(|line| line.text.to_lowercase()).collect::<Vec<_>>().join("\n")
    };
    let words = [
        (Part::Notes, "a secret"),
        (Part::Substances, "cannabis"),
        (Part::Sexual, "sex drive"),
        (Part::Cycle, "missed period"),
        (Part::Trauma, "pcl-5"),
    ];
    let plain = brief(&someone, &VisitOptions { first: true, ..VisitOptions::default() });
    assert_eq!(plain.left_out, Part::ALL);
    for (part, word) in words {
        assert!(!text(&plain).contains(word), "{word}");
        let options = VisitOptions { include: vec![part], first: true, since: None };
        let ticked = brief(&someone, &options);
        assert!(text(&ticked).contains(word), "{word}");
        for (other, word) in words.iter().filter(|(other, _)| *other != part) {
            assert!(!text(&ticked).contains(word), "{other} with {part}");
        }
    }
}

fn said(someone: &Someone, kind: ConcernKind, effect: Option<EntryId>) -> report::Concern {
    let options = ConcernOptions { kind, medicine: someone.sertraline, effect };
    let diary = &someone.book.diary;
    report::concern(diary, options, as_of(149), &Default::default(), &Words::english()).unwrap()
}

#[test]
fn a_concern_is_four_lines_what_since_when_doses_and_scores() {
    let someone = someone();
    let said = said(&someone, ConcernKind::NotWorking, None);
    // Of the 27 days with an entry (123 to 149) three are missed; day 122 has none, and today's is open.
    assert_eq!(
        said.message,
        [
            "Sertraline does not seem to help me.",
            "Taken since 10 April 2024. Now 100 mg once a day, since 10 May 2024.",
            "Since 2 May 2024, 24 of 28 due doses were noted as taken. Noted as not taken: 3. Without an entry: 1.",
            "PHQ-9: 18 on 27 March 2024 and 8 on 20 May 2024.",
        ]
    );
    assert!(said.stopping.text.contains("step by step") && !said.stopping.sources.is_empty());
    assert_eq!((said.how_soon, said.first.len()), (Severity::WorthAskingAbout, 0));
}

#[test]
fn an_effect_stands_in_the_message_only_if_it_was_named() {
    let someone = someone();
    let unnamed = said(&someone, ConcernKind::SideEffect, None);
    assert_eq!(unnamed.message[0], "I have an effect on Sertraline that is hard to bear.");
    let named = said(&someone, ConcernKind::SideEffect, Some(someone.low_drive));
    assert!(named.message[0].contains("Lower sex drive"));
    let refused = |effect| {
        let options = ConcernOptions {
            kind: ConcernKind::SideEffect,
            medicine: someone.sertraline,
            effect: Some(effect),
        };
        let error = report::concern(
            &someone.book.diary,
            options,
            as_of(149),
            &Default::default(),
            &Words::english(),
        );
        error.map(|_| ()).map_err(|error| (error.code(), error.field().to_owned()))
    };
    assert_eq!(refused(someone.sertraline), Err((Code::NotThatKind, "effect".to_owned())));
    let nowhere = EntryId::new(9_999, [9; 10]);
    assert_eq!(refused(nowhere), Err((Code::NoSuchEntry, "effect".to_owned())));
}

#[test]
fn what_needs_help_comes_first_whatever_the_concern() {
    let mut someone = someone();
    effect(&mut someone.book, 148, "vomiting", "severe");
    let severe = said(&someone, ConcernKind::SideEffect, None);
    assert_eq!(severe.how_soon, Severity::ContactToday);
    // An answer about self-harm goes before everything else.
    someone.book.on(
        149,
        json!({ "kind": "assessment", "instrument": "phq-9",
        "items": [1, 1, 1, 1, 1, 1, 1, 1, 2] }),
    );
    let crisis = said(&someone, ConcernKind::NotWorking, None);
    assert_eq!((crisis.how_soon, crisis.first[0].rule), (Severity::UrgentHelp, "crisis-item-9"));
    assert!(crisis.whom.contains("medical help now"));
}

/// Of each kind of medicine what stopping it is like, as its row in the tables says.
#[test]
fn stopping_is_said_to_be_unsafe_where_it_is() {
    let of = |name: &str| {
        let mut book = Notebook::new();
        let id = medicine(&mut book, name);
        book.step(0, id, "start", 2.0);
        let options = ConcernOptions { kind: ConcernKind::Stopping, medicine: id, effect: None };
        let said = report::concern(
            &book.diary,
            options,
            as_of(60),
            &Default::default(),
            &Words::english(),
        );
        let said = said.unwrap();
        (said.how_soon, said.stopping.text)
    };
    let (soon, text) = of("Lorazepam");
    assert!(soon == Severity::ContactToday && text.contains("can be unsafe"), "{text}");
    let (soon, text) = of("Sertraline");
    assert!(soon == Severity::WorthAskingAbout && text.contains("step by step"), "{text}");
    assert!(of("Naltrexone").1.contains("not common"));
    assert!(of("Something of mine").1.contains("not known here"));
}
