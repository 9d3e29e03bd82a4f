//! A long-acting injection is looked at by its own numbers, and where it has none that is said.

use doseline::error::Message;
use doseline::reference::Confidence;
use doseline::report::Words;
use doseline::safety::{ConcernKind, Flag, Severity, concern};

use crate::cases::{given, injected};
use crate::person::{Person, today};

fn said(message: &Message) -> String {
    Words::english().text(message)
}

fn rests_on(flag: &Flag) -> (Severity, &'static str, Confidence) {
    (flag.severity, flag.sources, flag.confidence)
}

/// The plan comes first; the days of the tables are general knowledge and stay a question.
#[test]
fn the_usual_days_are_a_question_and_the_plan_a_call() {
    let mut person = Person::new();
    given(&mut person, "Haldol Decanoate", "Haloperidol", 35, 100.0);
    let flag =
        person.flag("injection-overdue").expect("28 days by Gardner 2010, and three of grace");
    let weak = (Severity::WorthAskingAbout, "gardner2010-days", Confidence::GeneralKnowledge);
    assert_eq!(rests_on(&flag), weak);
    assert!(said(&flag.message).contains("Haldol Decanoate is often given every 28 days"));

    let mut planned = Person::new();
    let id = injected(&mut planned, "Haldol Decanoate", 4, 100.0);
    planned.doses(id, 35, 35, "taken");
    let flag = planned.flag("injection-overdue").expect("four weeks by the plan");
    let firm = (Severity::ContactToday, "diary-plan", Confidence::Verified);
    assert_eq!(rests_on(&flag), firm);
}

#[test]
fn an_injection_without_a_plan_or_usual_days_is_said_not_to_be_checked() {
    let unchecked = |name: &str, last| {
        let mut person = Person::new();
        given(&mut person, name, "Paliperidone", last, 273.0);
        assert!(person.flag("injection-overdue").is_none());
        person.not_checked("injection-overdue")
    };
    let rows = unchecked("Invega Trinza", 10);
    assert_eq!(rows.len(), 1);
    assert!(said(&rows[0]).contains("Invega Trinza"), "{}", said(&rows[0]));
    assert!(unchecked("Invega Sustenna", 10).is_empty(), "not late yet");
    assert!(unchecked("Invega", 3).is_empty(), "tablets");
}

/// In one injection and not in a day; general knowledge, so that it stays a question.
#[test]
fn the_most_in_one_injection_is_its_own() {
    let mut person = Person::new();
    injected(&mut person, "Haldol Decanoate", 4, 350.0);
    let flag = person.flag("total-above-maximum").expect("300 mg is the most");
    let weak = (Severity::WorthAskingAbout, "psychdrugs", Confidence::GeneralKnowledge);
    assert_eq!(rests_on(&flag), weak);
    assert!(said(&flag.message).starts_with("One shot of haloperidol decanoate comes to 350 mg."));
    assert!(said(&flag.why).starts_with("The limit looked at is 300 mg in one shot."));
    assert_eq!(flag.about, ["haloperidol"]);
}

#[test]
fn what_may_not_be_used_of_an_injection_is_said() {
    let write = || {
        let mut person = Person::new();
        injected(&mut person, "Haldol Decanoate", 4, 350.0);
        given(&mut person, "Fluphenazine decanoate", "Fluphenazine", 20, 25.0);
        person
    };
    let rules = ["total-above-maximum", "injection-overdue"];
    assert!(rules.iter().all(|rule| write().flag(rule).is_some()));
    let mut strict = write();
    strict.settings.policy.least = Confidence::Verified;
    let mut revoked = write();
    let ids = ["haloperidol decanoate", "fluphenazine decanoate"];
    revoked.settings.policy.revoke(ids.map(Into::into));
    for person in [strict, revoked] {
        for rule in rules {
            assert!(person.flag(rule).is_none(), "{rule}");
            let said: String = person.not_checked(rule).iter().map(said).collect();
            assert!(said.contains("decanoate"), "{rule}: {said}");
        }
    }
    let mut tablets = Person::new();
    tablets.settings.policy.revoke(ids.map(Into::into));
    tablets.takes("Haloperidol", 120.0, 30);
    assert!(tablets.flag("total-above-maximum").is_some(), "the tablets stay");
}

/// The tables say what stopping tablets is like; of the injection it is not known here.
#[test]
fn the_end_of_an_injection_is_not_that_of_the_tablets() {
    let ends = |name: &str, is_injection| {
        let mut person = Person::new();
        let id = match is_injection {
            true => injected(&mut person, name, 4, 100.0),
            false => person.takes(name, 10.0, 200),
        };
        let asked = concern(
            &person.diary,
            ConcernKind::Stopping,
            (id, name),
            None,
            today(),
            &person.settings,
        );
        let not_known = asked.stopping.message.id == "concern.stop-not-known";
        assert_eq!(not_known, is_injection, "{name}");
        person.stops(id, 3);
        (person.flag("abrupt-stop").is_some(), person.not_checked("abrupt-stop").len())
    };
    assert_eq!(ends("Haloperidol", false), (true, 0));
    assert_eq!(ends("Haloperidol", true), (false, 1), "its schedule tells it");
    assert_eq!(ends("Invega Sustenna", true), (false, 1));
}

/// The days of one come on top of what is assumed of any injection: it goes on acting beside tablets.
#[test]
fn an_injection_without_a_plan_still_acts_for_the_usual_days() {
    let acts = |name: &str, last| {
        let mut person = Person::new();
        given(&mut person, name, "Haloperidol", last, 100.0);
        person.takes("Citalopram", 20.0, 200);
        person.review().flags.iter().any(|flag| flag.about.contains(&"haloperidol".to_owned()))
    };
    // 14 days assumed after the last, and 28 from one to the next; after tablets the washout alone.
    assert!(acts("Haldol Decanoate", 42) && !acts("Haldol Decanoate", 43));
    assert!(!acts("Haldol", 42));
}
