//! The wording of an instrument as a FHIR R4 Questionnaire: taken where it fits the tables, refused
//! with one error where it does not. The words here are made up, not those of the instruments.

use doseline::error::{Code, Error};
use doseline::interchange::read_questionnaire;
use doseline::report::{InstrumentView, Words, instruments};
use serde_json::{Value, json};

const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

fn option(score: u8) -> Value {
    json!({ "extension": [{ "url": ORDINAL, "valueDecimal": score }],
        "valueCoding": { "code": format!("a{score}"), "display": format!("Answer {score}") } })
}

fn item(number: usize) -> Value {
    let options: Vec<Value> = (0..=4).map(option).collect();
    json!({ "linkId": number.to_string(), "type": "choice", "text": format!("Question {number}"),
        "answerOption": options })
}

/// The ISI has seven items of 0 to 4 and needs permission.
fn isi() -> Value {
    let items: Vec<Value> = (1..=7).map(item).collect();
    json!({ "resourceType": "Questionnaire", "status": "active", "language": "de",
        "url": "https://clinic.test/Questionnaire/isi|2", "title": "Wie ich schlafe",
        "copyright": "Used with permission of its holder.", "item": items })
}

fn read(form: &Value) -> Result<InstrumentView, Error> {
    read_questionnaire(form, &Words::english())
}

#[test]
fn the_words_are_the_forms_and_the_scoring_is_the_tables() {
    let words = Words::english();
    assert!(instruments(&[], &words).iter().all(|view| view.instrument != "isi"));
    let view = read(&isi()).unwrap();
    assert_eq!((view.instrument.as_str(), view.title.as_str()), ("isi", "Wie ich schlafe"));
    assert_eq!(view.language.as_deref(), Some("de"));
    assert_eq!(view.credit, "Used with permission of its holder.");
    assert_eq!((view.items[6].as_str(), view.items.len()), ("Question 7", 7));
    assert_eq!(
        (view.item_options[0][4].score, view.item_options[0][4].label.as_str()),
        (4, "Answer 4")
    );
    assert_eq!((view.range, view.severity_bands.len()), ((0, 28), 4));
    let offered = instruments(std::slice::from_ref(&view), &words);
    assert_eq!(offered.iter().find(|known| known.instrument == "isi"), Some(&view));
}

/// An instrument is found by the code of its panel, or by address, name, title or id, whatever their
/// case and punctuation.
#[test]
fn a_form_says_in_several_ways_which_instrument_it_words() {
    for (field, value) in [
        ("url", json!("http://clinic.test/fhir/Questionnaire/ISI")),
        ("url", json!("urn:x/isi|1.0")),
        ("name", json!("Isi")),
        ("title", json!("Sleep (ISI)")),
        ("title", json!("Insomnia Severity Index")),
        ("id", json!("isi")),
    ] {
        let mut form = isi();
        form.as_object_mut().unwrap().remove("url");
        form[field] = value.clone();
        assert_eq!(read(&form).unwrap().instrument, "isi", "{field} {value}");
    }
    let mut form = isi();
    form["code"] = json!([{ "system": "http://loinc.org", "code": "69737-5" }]); // GAD-7 panel
    let error = read(&form).unwrap_err(); // the code comes first, and its seven items run from 0 to 3
    assert_eq!((error.code(), error.field()), (Code::UnfitQuestionnaire, "item[0].answerOption"));
}

/// Groups, displays, totals, other kinds of score and unknown elements do not get in the way.
#[test]
fn forms_are_laid_out_in_many_ways() {
    let mut form = isi();
    let mut items = form["item"].as_array().unwrap().clone();
    items[1]["answerOption"][2] = json!({ "valueCoding": { "display": "Answer 2",
        "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 2 }] } });
    items[2]["answerOption"][3] =
        json!({ "valueString": "Answer 3", "extension": [{ "url": ORDINAL, "valueDecimal": 3 }] });
    items[3]["answerOption"][0] = json!({ "valueInteger": 0 });
    items[4]["item"] = json!([{ "linkId": "5h", "type": "display", "text": "Help" }]);
    items[5]["extension"] =
        json!([{ "url": "x", "extension": [{ "url": "y", "valueString": "z" }] }]);
    let inner = json!({ "linkId": "g2", "type": "group", "item": items });
    let total = json!({ "linkId": "t", "type": "decimal", "text": "Total" });
    form["item"] = json!([{ "linkId": "g", "type": "group", "text": "In the last two weeks:", "item": [inner, total] }]);
    let view = read(&form).unwrap();
    assert_eq!(view.stem, "In the last two weeks:");
    let scores =
        |item: usize| view.item_options[item].iter().map(|option| option.score).collect::<Vec<_>>();
    assert!((0..7).all(|item| scores(item) == [0, 1, 2, 3, 4]));
    assert_eq!(view.item_options[3][0].label, "0");
}

/// A form may word an instrument that ships with its wording, in another language or its own layout.
/// The question that is never scored is asked where the form has it.
#[test]
fn shipped_wording_can_be_replaced() {
    let options: Vec<Value> = (0..=3).map(option).collect();
    let item = |number: usize| json!({ "type": "choice", "text": format!("Frage {number}"), "answerOption": options });
    let form = |items: usize| {
        json!({ "resourceType": "Questionnaire", "status": "active", "name": "PHQ9",
            "item": (1..=items).map(item).collect::<Vec<_>>() })
    };
    assert_eq!(read(&form(9)).unwrap().difficulty, None);
    let view = read(&form(10)).unwrap();
    assert_eq!(view.difficulty.map(|it| it.text), Some("Frage 10".to_owned()));
    assert_eq!((view.items.len(), view.safety_items), (9, vec![9]));
    assert_eq!(read(&form(11)).unwrap_err().field(), "item");
}

/// What stands in the form at a place, and the refusal.
type Row = (&'static str, Option<Value>, Code, &'static str);

#[rustfmt::skip]
fn misfits() -> Vec<Row> {
    use Code::{BadText, MissingField, OutOfRange, UnfitQuestionnaire, UnknownValue, WrongType};
    let items = |count: usize| Some(json!((1..=count).map(item).collect::<Vec<_>>()));
    vec![
        ("/resourceType", Some(json!("Patient")), UnknownValue, "resourceType"),
        ("/resourceType", None, MissingField, "resourceType"),
        ("/status", Some(json!("retired")), UnknownValue, "status"),
        ("/status", Some(json!(1)), WrongType, "status"),
        ("/status", None, MissingField, "status"),
        ("/url", Some(json!("https://clinic.test/Questionnaire/isis")), UnknownValue, "url"),
        ("/url", None, UnknownValue, "url"),
        ("/title", Some(json!("")), BadText, "title"),
        ("/code", Some(json!("69737-5")), WrongType, "code"),
        ("/code", Some(json!([{ "system": 1 }])), WrongType, "code[0].system"),
        ("/language", Some(json!(["de"])), WrongType, "language"),
        ("/item", None, MissingField, "item"),
        ("/item", Some(json!({})), WrongType, "item"),
        ("/item", items(6), UnfitQuestionnaire, "item"),
        ("/item", items(8), UnfitQuestionnaire, "item"),
        ("/item/3", Some(json!("Question")), WrongType, "item[3]"),
        ("/item/3/type", None, MissingField, "item[3].type"),
        ("/item/3/type", Some(json!("string")), UnknownValue, "item[3].type"),
        ("/item/3/type", Some(json!("open-choice")), UnknownValue, "item[3].type"),
        ("/item/3/type", Some(json!("decimal")), UnfitQuestionnaire, "item"),
        ("/item/3", Some(json!({ "type": "group" })), MissingField, "item[3].item"),
        ("/item/3", Some(json!({ "type": "group", "item": [item(4), { "type": "date" }] })), UnknownValue, "item[3].item[1].type"),
        ("/item/3/text", None, MissingField, "item[3].text"),
        ("/item/3/text", Some(json!(" ")), BadText, "item[3].text"),
        ("/item/3/code", Some(json!(4)), WrongType, "item[3].code"),
        ("/item/3/answerOption", None, MissingField, "item[3].answerOption"),
        ("/item/3/answerOption", Some(json!("yes")), WrongType, "item[3].answerOption"),
        ("/item/3/answerOption", Some(json!((0..=3).map(option).collect::<Vec<_>>())), UnfitQuestionnaire, "item[3].answerOption"),
        ("/item/3/answerOption", Some(json!((1..=5).map(option).collect::<Vec<_>>())), UnfitQuestionnaire, "item[3].answerOption"),
        ("/item/3/answerOption/1", Some(option(2)), UnfitQuestionnaire, "item[3].answerOption"),
        ("/item/3/answerOption/1", Some(json!({})), MissingField, "item[3].answerOption[1].valueCoding"),
        ("/item/3/answerOption/1/valueCoding", Some(json!("1")), WrongType, "item[3].answerOption[1].valueCoding"),
        ("/item/3/answerOption/1/valueCoding/display", None, MissingField, "item[3].answerOption[1].valueCoding.display"),
        ("/item/3/answerOption/1/extension", None, MissingField, "item[3].answerOption[1].extension"),
        ("/item/3/answerOption/1/extension/0/url", Some(json!("http://clinic.test/colour")), MissingField, "item[3].answerOption[1].extension"),
        ("/item/3/answerOption/1/extension/0/valueDecimal", Some(json!(0.5)), WrongType, "item[3].answerOption[1].extension[0].valueDecimal"),
        ("/item/3/answerOption/1/extension/0/valueDecimal", Some(json!(-1)), OutOfRange, "item[3].answerOption[1].extension[0].valueDecimal"),
        ("/item/3/answerOption/1/valueInteger", Some(json!("1")), WrongType, "item[3].answerOption[1].valueInteger"),
    ]
}

#[test]
fn what_does_not_fit_is_refused_with_its_place_and_a_sentence() {
    for (place, value, code, field) in misfits() {
        let mut form = isi();
        let (parent, name) = place.rsplit_once('/').unwrap();
        match form.pointer_mut(parent).unwrap() {
            Value::Object(fields) => match value {
                Some(value) => drop(fields.insert(name.to_owned(), value)),
                None => drop(fields.remove(name)),
            },
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.unwrap(),
            _ => unreachable!("{place}"),
        }
        let error = read(&form).expect_err(place);
        assert_eq!((error.code(), error.field()), (code, field), "{place}");
        let sentence = Words::english().text(&error.message());
        assert!(!sentence.contains('{') && sentence.contains(field), "{sentence}");
    }
    let error = read(&json!([isi()])).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::WrongType, ""));
}

/// Items of the PHQ-9 carry their LOINC codes, so that two that changed places are noticed.
#[test]
fn items_in_another_order_are_refused() {
    let options: Vec<Value> = (0..=3).map(option).collect();
    let codes = [
        "44255-8", "44250-9", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3",
        "44260-8",
    ];
    let coded = |code| {
        json!({ "type": "choice", "text": "?", "answerOption": options,
        "code": [{ "system": "http://loinc.org", "code": code }] })
    };
    let form = json!({ "resourceType": "Questionnaire", "status": "active", "id": "phq-9",
        "item": codes.map(coded) });
    let error = read(&form).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::UnfitQuestionnaire, "item[0].code"));
    let sentence = Words::english().text(&error.message());
    assert_eq!(
        sentence,
        "This form does not fit the PHQ-9 at item[0].code: it has 44255-8, not 44250-9."
    );
}
