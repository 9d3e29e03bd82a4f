//! Filled questionnaires published as FHIR R4 score to the totals they carry.
//!
//! The samples are not part of the repository. They are looked for in `$DOSELINE_SHARED`; without
//! them these tests say that they were skipped.

use std::fs;
use std::path::PathBuf;

use doseline::reference::instruments;
use serde_json::Value;

fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DOSELINE_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = folder.join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Responses of the AHRQ set whose total is not the sum of their own answers, five of them above the
/// 27 that a PHQ-9 can reach: id, sum of the answers, total carried.
const WRONG: [(&str, u16, u16); 7] = [
    ("814784", 12, 36),
    ("169749", 11, 36),
    ("847913", 18, 35),
    ("687834", 14, 35),
    ("63453", 9, 34),
    ("845685", 11, 13),
    ("321723", 13, 12),
];

/// The answers to the PHQ-9 and the total of one QuestionnaireResponse: an item is known by the LOINC
/// code at the end of its definition or link, an answer by its ordinal value or its LOINC code.
#[derive(Default)]
struct Filled {
    answers: [Option<u8>; 9],
    total: Option<u16>,
}

impl Filled {
    fn read(&mut self, items: &Value) {
        let phq9 = instruments().find("phq-9").expect("listed");
        let options = &phq9.options.value;
        for item in items.as_array().into_iter().flatten() {
            self.read(&item["item"]);
            let link = item["definition"].as_str().or_else(|| item["linkId"].as_str());
            let code = link.and_then(|link| link.rsplit('/').next()).unwrap_or_default();
            let answer = &item["answer"][0];
            if phq9.loinc_total.value.is_some_and(|total| total.as_str() == code) {
                let total =
                    answer["valueDecimal"].as_f64().or_else(|| answer["valueInteger"].as_f64());
                self.total = total.map(|total| total as u16);
            }
            let is_item = |row: &doseline::reference::Item| {
                row.loinc.is_some_and(|loinc| loinc.as_str() == code)
            };
            let Some(place) = phq9.items.value.iter().position(is_item) else { continue };
            let coding = &answer["valueCoding"];
            let ordinal = coding["extension"][0]["valueDecimal"].as_f64().map(|value| value as u8);
            let by_code = options.iter().find(|choice| {
                choice.loinc.is_some_and(|loinc| Some(loinc.as_str()) == coding["code"].as_str())
            });
            self.answers[place] = ordinal.or_else(|| by_code.map(|choice| choice.score));
        }
    }

    fn totals(&self) -> (Option<u16>, Option<u16>) {
        let phq9 = instruments().find("phq-9").expect("listed");
        (phq9.score(&self.answers).map(|score| score.total).ok(), self.total)
    }
}

#[test]
fn questionnaires_of_us_core_and_ahrq_score_to_their_totals() {
    let single = shared("samples/uscore-QuestionnaireResponse-phq-9-example.json");
    let folder = shared("oracles/data/fhir").and_then(|folder| fs::read_dir(folder).ok());
    let bundles = folder.into_iter().flatten().map(|file| file.expect("a file").path());
    let bundles = bundles.filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ahrq_"))
    });
    let (mut scored, mut expected) = (0, 0);
    expected += usize::from(single.is_some());
    for path in single.into_iter().chain(bundles) {
        let text = fs::read_to_string(&path).expect("readable");
        let file: Value = serde_json::from_str(&text).expect("JSON");
        let entries = file["entry"].as_array().cloned().unwrap_or_default();
        let resources = entries.iter().map(|entry| &entry["resource"]).chain([&file]);
        for resource in resources.filter(|row| row["resourceType"] == "QuestionnaireResponse") {
            let mut filled = Filled::default();
            filled.read(&resource["item"]);
            let wrong = WRONG.iter().find(|(id, ..)| resource["id"] == *id);
            let (scored_as, carried) = filled.totals();
            assert!(carried.is_some(), "{} carries no total", resource["id"]);
            match wrong {
                Some((_, sum, total)) => {
                    assert_eq!((scored_as, carried), (Some(*sum), Some(*total)))
                }
                None => assert_eq!(scored_as, carried, "{} {}", path.display(), resource["id"]),
            }
            scored += 1;
        }
    }
    if shared("oracles/data/fhir").is_some() {
        expected += 45; // of AHRQ's synthetic patients
    }
    assert_eq!(scored, expected);
}

/// The pair of the Personal Health Record guide: a response and, in its own file, the total. A third
/// published response (HL7 SDC) answers 0+0+0+1+2+1+3+2+1 = 10 and carries 13, so that it shows
/// nothing about scoring.
#[test]
fn the_questionnaire_of_the_health_record_guide_scores_to_its_total() {
    let read = |name: &str| {
        shared(&format!("samples/{name}")).and_then(|path| fs::read_to_string(path).ok())
    };
    let response = read("phr-ig-QuestionnaireResponse-PHQ9.fsh");
    let total = read("phr-ig-Observation-ScoredAssessment-PHQ9.fsh");
    let (Some(response), Some(total)) = (response, total) else { return };
    let phq9 = instruments().find("phq-9").expect("listed");
    let codes = response
        .lines()
        .filter_map(|line| line.trim().strip_prefix("* valueCoding = $CodeSystemLoinc#"));
    let score = |line: &str| {
        let code = line.split(' ').next();
        let choice = phq9
            .options
            .value
            .iter()
            .find(|choice| choice.loinc.is_some_and(|loinc| Some(loinc.as_str()) == code));
        choice.map(|choice| choice.score)
    };
    let answers: Vec<Option<u8>> = codes.map(score).collect();
    let carried = total.lines().find_map(|line| line.trim().strip_prefix("* valueInteger = "));
    let found = phq9.score(&answers).map(|score| score.total.to_string());
    assert_eq!(found.ok().as_deref(), carried);
}
