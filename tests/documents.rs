//! The documents' JSON examples are read as what they say they are.

use std::collections::BTreeSet;

use doseline::diary::{
    Catalogue, ClockTime, Diary, EntryId, Kind, Moment, Stamp, Writing, read_json,
};
use doseline::interchange::Mapping;

fn document(name: &str) -> String {
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

/// The text of every fenced JSON block.
fn blocks(document: &str) -> Vec<&str> {
    let fenced = document.split("```json\n").skip(1);
    fenced.map(|rest| rest.split_once("```").unwrap().0).collect()
}

fn prepare(diary: &mut Diary, place: u8, draft: &str) -> EntryId {
    let now = Moment::parse("2026-03-21T10:00:00+01:00").unwrap();
    let stamp = Stamp::next(1_774_083_600_000, 42, None);
    let writing = Writing { now, stamp, day_start: ClockTime::DEFAULT_DAY_START };
    let id = EntryId::new(u64::from(place), [place; 10]);
    let mut json = serde_json::Deserializer::from_str(draft);
    let record = diary.prepare_record(&mut json, id, writing);
    diary.merge([record.unwrap_or_else(|refusal| panic!("{refusal}: {draft}"))]);
    id
}

#[test]
fn every_kind_has_an_example_that_is_recorded_as_it_stands() {
    let document = document("diary-format.md");
    let drafts: Vec<&str> =
        blocks(&document).into_iter().filter(|block| block.starts_with("{\"kind\"")).collect();
    let mut diary = Diary::default();
    let medicine =
        prepare(&mut diary, 1, r#"{"kind":"medicine","name":"A","ingredients":[{"name":"a"}]}"#);
    let visit = prepare(&mut diary, 2, r#"{"kind":"visit"}"#);
    let mut shown = BTreeSet::new();
    for (draft, place) in drafts.iter().zip(3..) {
        let draft = draft.replace("<medicine>", &medicine.to_string());
        let draft = draft.replace("<visit>", &visit.to_string());
        let id = prepare(&mut diary, place, &draft);
        let kind = diary.entry(id).unwrap().kind();
        assert!(document.contains(&format!("\n### `{kind}`\n")), "{kind} has no heading");
        // The example shows the fields in the canonical order.
        let body = draft.trim().strip_prefix(&format!("{{\"kind\":\"{kind}\",")).unwrap();
        let written = diary.record(id).unwrap().entry_json(ClockTime::DEFAULT_DAY_START).unwrap();
        assert!(written.ends_with(body), "{written}\n{body}");
        shown.insert(kind);
    }
    let all: BTreeSet<Kind> = Kind::ALL.iter().copied().collect();
    assert_eq!(shown, all);
}

#[test]
fn whole_diaries_read_and_write_back() {
    let document = document("diary-format.md");
    let whole: Vec<&str> =
        blocks(&document).into_iter().filter(|b| b.starts_with("{\"schemaVersion\"")).collect();
    assert_eq!(whole.len(), 3);
    for text in whole {
        let (diary, subject) = read_json(text, Catalogue::default(), None).unwrap();
        let written = diary.to_json(&subject);
        if text.starts_with("{\"schemaVersion\":2") {
            assert_eq!(written, text);
        } else {
            assert!(written.contains("\"sleepHours\":6.5") && written.contains("\"self\""));
        }
    }
}

#[test]
fn the_example_of_a_mapping_is_one() {
    let document = document("csv-import.md");
    let [example] = blocks(&document)[..] else { panic!("one block is expected") };
    assert_eq!(Mapping::parse(example).unwrap().name(), "my-tracker");
}
