//! What stands behind "Need help now": the person's own words first, nobody promised who is not there.

use doseline::diary::EntryId;
use doseline::report::{
    AsOf, Help, HelpOptions, Words, flags, help, questionnaires, timeline, today,
};
use doseline::safety::{Helper, Monitored, Settings, Support};
use serde_json::{Value, json};

use crate::notebook::{Notebook, as_of, day};

const TODAY: i32 = 100;

struct Person {
    book: Notebook,
    settings: Settings,
}

impl Person {
    fn new() -> Self {
        Self { book: Notebook::new(), settings: Settings::default() }
    }

    fn writes(&mut self, place: i32, draft: Value) -> EntryId {
        self.book.on(place, draft)
    }

    fn item9(&mut self, place: i32, answer: u8) -> EntryId {
        let items = [1, 1, 1, 1, 1, 1, 1, 1, answer];
        self.writes(place, json!({"kind": "assessment", "instrument": "phq-9", "items": items}))
    }

    fn help_with(&self, options: &HelpOptions) -> Help {
        help(&self.book.diary, now(), &self.settings, options, &Words::english())
    }

    fn help(&self) -> Help {
        self.help_with(&HelpOptions::default())
    }
}

fn now() -> AsOf {
    as_of(TODAY)
}

fn helper(name: &str) -> Helper {
    let draft = json!({"kind": "contact", "name": name, "phone": "+1 416 555 0100"});
    let mut book = Notebook::new();
    let id = book.on(0, draft);
    let doseline::diary::Body::Contact(contact) = book.diary.entry(id).unwrap().body() else {
        panic!("a contact")
    };
    Helper { name: name.into(), phone: contact.phone.clone().unwrap(), hours: None }
}

#[test]
fn the_newest_plan_is_shown_in_the_persons_own_words_and_order() {
    let mut person = Person::new();
    let empty = person.help().plan;
    assert_eq!((empty.entry, empty.parts.len()), (None, 6));
    assert!(empty.parts.iter().all(|part| part.lines.is_empty() && !part.title.is_empty()));
    let newer = person.writes(
        50,
        json!({"kind": "safety-plan", "whatHelps": ["Walk", "A bath"], "reasons": ["My dog"]}),
    );
    person.writes(20, json!({"kind": "safety-plan", "whatHelps": ["Older"]}));
    let plan = person.help().plan;
    assert_eq!((plan.entry, plan.day), (Some(newer), Some(day(50))));
    let lines: Vec<(&str, &[String])> =
        plan.parts.iter().map(|part| (part.part.as_str(), &*part.lines)).collect();
    assert_eq!(lines[1], ("whatHelps", &["Walk".to_owned(), "A bath".to_owned()][..]));
    assert_eq!(lines[5], ("reasons", &["My dog".to_owned()][..]));
}

/// The plan is private: no other view says a word of it.
#[test]
fn no_other_view_shows_the_plan() {
    let mut person = Person::new();
    let secret = "zanzibar";
    person.writes(50, json!({"kind": "safety-plan", "whatHelps": [secret], "people": [secret]}));
    person.item9(90, 2);
    let (diary, words) = (&person.book.diary, Words::english());
    let views = [
        serde_json::to_string(&timeline(diary, &Default::default(), now(), &words).unwrap()),
        serde_json::to_string(&today(diary, now(), &Default::default(), &words)),
        serde_json::to_string(&flags(diary, now(), &person.settings, true, &words)),
    ];
    assert!(views.iter().all(|view| !view.as_ref().unwrap().contains(secret)));
    assert!(serde_json::to_string(&person.help()).unwrap().contains(secret));
}

#[test]
fn what_helped_is_what_the_person_marked_so() {
    let mut person = Person::new();
    person.writes(10, json!({"kind": "check-in", "tags": ["helped"], "note": "Called Ana."}));
    person.writes(30, json!({"kind": "check-in", "tags": ["helped", "walk", "river"]}));
    person.writes(40, json!({"kind": "check-in", "tags": ["walk"], "note": "A good day."}));
    person.writes(50, json!({"kind": "check-in", "tags": ["helped"]}));
    let shown: Vec<(String, String)> =
        person.help().helped_before.into_iter().map(|it| (it.day.to_string(), it.text)).collect();
    let due = [(day(30), "river, walk"), (day(10), "Called Ana.")];
    assert_eq!(shown, due.map(|(day, text)| (day.to_string(), text.to_owned())));
}

#[test]
fn those_who_prescribe_come_first_in_the_care_team() {
    let mut person = Person::new();
    for name in ["Ben", "Ada"] {
        person.writes(0, json!({"kind": "contact", "name": name}));
    }
    person.writes(0, json!({"kind": "contact", "name": "Dr. Vogel", "prescriber": "yes"}));
    let names: Vec<String> = person.help().team.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Dr. Vogel", "Ada", "Ben"]);
}

#[test]
fn the_portals_people_come_before_the_lines_of_the_country() {
    let mut person = Person::new();
    let names = |person: &Person| -> Vec<(String, bool)> {
        let contacts = person.help().contacts.into_iter();
        contacts.map(|one| (one.name, one.place.is_some())).collect()
    };
    assert!(names(&person).iter().all(|(_, has_place)| *has_place));
    person.settings.support = Support {
        country: Some("CA".into()),
        contacts: vec![helper("Front desk")],
        responder: Some(helper("Crisis team")),
        ..Support::default()
    };
    let due = [
        "Crisis team",
        "Front desk",
        "Emergency services",
        "988 crisis line",
        "Helplines by country",
    ];
    assert_eq!(names(&person), due.map(|name| (name.to_owned(), false)));
}

#[test]
fn who_sees_an_answer_is_said_as_it_is() {
    let mut person = Person::new();
    assert_eq!(person.help().who_sees, "No one sees this but you.");
    assert_eq!(person.help().watched, "This page is not watched by anyone.");
    person.settings.support.is_told = true;
    let who = person.help().who_sees;
    assert!(
        who.starts_with("No one sees this but you. ") && who.contains("short message"),
        "{who}"
    );
    person.settings.support = Support {
        monitored: Some(Monitored {
            who: "Your care team".into(),
            when: "on weekdays from 9 to 5".into(),
        }),
        ..Support::default()
    };
    let who = person.help().who_sees;
    assert_eq!(
        who,
        "Your care team can see this answer. They look on weekdays from 9 to 5. At other times no one looks."
    );
    assert!(person.help().watched.contains("not watched around the clock"));
    person.item9(TODAY, 1);
    assert!(person.help().crisis.unwrap().not_covered.ends_with(&who));
}

/// The full path where thoughts are new, risen or frequent; the quiet card where they are as before.
#[test]
fn the_crisis_path_follows_the_latest_answer() {
    let cases = [
        (None, Some(0), None),
        (None, Some(1), Some("urgent-help")),
        (Some(0), Some(1), Some("urgent-help")),
        (Some(1), Some(2), Some("urgent-help")),
        (Some(3), Some(2), Some("urgent-help")),
        (Some(1), Some(1), Some("worth-asking-about")),
        (Some(2), Some(1), Some("worth-asking-about")),
        (Some(2), Some(0), None),
    ];
    for (before, now, due) in cases {
        let mut person = Person::new();
        before.map(|answer| person.item9(TODAY - 14, answer));
        now.map(|answer| person.item9(TODAY, answer));
        let crisis = person.help().crisis;
        assert_eq!(crisis.map(|flag| flag.severity.as_str()), due, "{before:?} {now:?}");
    }
}

#[test]
fn an_answer_that_is_changed_is_a_crisis_of_its_own() {
    let keys = [2, 3].map(|answer| {
        let mut person = Person::new();
        person.item9(TODAY, answer);
        person.help().crisis.unwrap().key
    });
    assert_ne!(keys[0], keys[1]);
}

/// Only the acknowledgement of this very message is told, and never more.
#[test]
fn nobody_is_said_to_be_told_without_an_acknowledgement() {
    let mut person = Person::new();
    person.item9(TODAY, 2);
    let told = |key: Option<&str>| {
        let acknowledged = key.map(Into::into);
        person.help_with(&HelpOptions { acknowledged, ..HelpOptions::default() }).told
    };
    let key = person.help().crisis.unwrap().key;
    assert_eq!((told(None), told(Some("another"))), (None, None));
    assert_eq!(told(Some(&key)).as_deref(), Some("Your clinic's system has got this message."));
    let mut without = Person::new();
    without.item9(TODAY, 0);
    let options = HelpOptions { acknowledged: Some(key.into()), ..HelpOptions::default() };
    assert_eq!(without.help_with(&options).told, None);
}

#[test]
fn words_of_notes_are_looked_at_only_where_the_person_asked() {
    let mut person = Person::new();
    let note =
        json!({"kind": "life-event", "title": "Alone", "note": "I would be Better Off Dead"});
    person.writes(TODAY - 3, note);
    assert_eq!(person.help().crisis, None);
    let options = HelpOptions { reads_notes: true, ..HelpOptions::default() };
    let card = person.help_with(&options).crisis.unwrap();
    assert_eq!((card.rule, card.severity.as_str()), ("crisis-words-in-note", "worth-asking-about"));
    let all = flags(&person.book.diary, now(), &person.settings, true, &Words::english());
    assert!(all.flags.is_empty(), "only the quiet card says it");
    let dismissal = json!({"kind": "dismissal", "flag": card.key, "reason": "A line of a song."});
    person.writes(TODAY, dismissal);
    assert_eq!(person.help_with(&options).crisis, None);
}

/// The risk screener is asked only where someone answers at once; what is recorded counts all the same.
#[test]
fn a_risk_assessment_is_offered_only_with_a_responder() {
    let mut support = Support::default();
    let offered = |support: &Support| ["c-ssrs", "phq-9", "own-scale"].map(|id| support.offers(id));
    assert_eq!(offered(&support), [false, true, true]);
    support.responder = Some(helper("Crisis team"));
    assert_eq!(offered(&support), [true, true, true]);
    let shown = |support: &Support| {
        let diary = Notebook::new().diary;
        let settings = Settings { support: support.clone(), ..Settings::default() };
        let all = questionnaires(&diary, &[], &settings, now(), &Words::english()).instruments;
        all.into_iter().find(|view| view.instrument == "c-ssrs").unwrap().not_here
    };
    assert!(shown(&Support::default()).contains("can answer at once"));
    assert!(shown(&support).contains("Its words belong to"));
    let mut person = Person::new();
    let items = [1, 0, 0, 0, 0, 0, 0];
    person.writes(TODAY, json!({"kind": "assessment", "instrument": "c-ssrs", "items": items}));
    assert_eq!(person.help().crisis.map(|flag| flag.rule), Some("crisis-item-9"));
}
