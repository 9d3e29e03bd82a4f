//! Filled questionnaires published as FHIR R4 score to the totals they carry.

use std::fs;

use doseline::interchange::read_questionnaire;
use doseline::reference::instruments;
use doseline::report::Words;
use serde_json::Value;

use crate::folder::{Absent, Outcome, place_of, text_of};

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

fn json(path: &str) -> Result<Value, Absent> {
    Ok(serde_json::from_str(&text_of(path)?).expect("JSON"))
}

/// The score of a LOINC answer code of the PHQ-9.
fn score_of(code: Option<&str>) -> Option<u8> {
    let phq9 = instruments().find("phq-9").expect("listed");
    let is_it = |choice: &&doseline::reference::Choice| {
        choice.loinc.is_some_and(|loinc| Some(loinc.as_str()) == code)
    };
    phq9.options.value.iter().find(is_it).map(|choice| choice.score)
}

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
            let by_code = score_of(coding["code"].as_str());
            self.answers[place] = ordinal.or(by_code);
        }
    }

    fn totals(&self) -> (Option<u16>, Option<u16>) {
        let phq9 = instruments().find("phq-9").expect("listed");
        (phq9.score(&self.answers).map(|score| score.total).ok(), self.total)
    }
}

pub(crate) fn questionnaires_of_us_core_and_ahrq_score_to_their_totals() -> Outcome {
    let single = place_of("samples/uscore-QuestionnaireResponse-phq-9-example.json")?;
    let folder = fs::read_dir(place_of("oracles/data/fhir")?).expect("a folder");
    let bundles = folder.map(|file| file.expect("a file").path());
    let bundles = bundles.filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ahrq_"))
    });
    let mut scored = 0;
    for path in std::iter::once(single).chain(bundles) {
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
    // US Core's one and those of AHRQ's synthetic patients.
    assert_eq!(scored, 1 + 45);
    Ok(())
}

/// The pair of the Personal Health Record guide: a response and, in its own file, the total. A third
/// published response (HL7 SDC) answers 0+0+0+1+2+1+3+2+1 = 10 and carries 13, so that it shows
/// nothing about scoring.
pub(crate) fn the_questionnaire_of_the_health_record_guide_scores_to_its_total() -> Outcome {
    let response = text_of("samples/phr-ig-QuestionnaireResponse-PHQ9.fsh")?;
    let total = text_of("samples/phr-ig-Observation-ScoredAssessment-PHQ9.fsh")?;
    let phq9 = instruments().find("phq-9").expect("listed");
    let codes = response
        .lines()
        .filter_map(|line| line.trim().strip_prefix("* valueCoding = $CodeSystemLoinc#"));
    let answers: Vec<Option<u8>> = codes.map(|line| score_of(line.split(' ').next())).collect();
    let carried = total.lines().find_map(|line| line.trim().strip_prefix("* valueInteger = "));
    let found = phq9.score(&answers).map(|score| score.total.to_string());
    assert_eq!(found.ok().as_deref(), carried);
    Ok(())
}

/// The pair of the German Medical Informatics Initiative: links named `PHQ.1` to `PHQ.9`, the total in the
/// response and in an observation of its own.
pub(crate) fn the_questionnaire_of_the_medical_informatics_initiative_scores_to_its_total()
-> Outcome {
    let folder = "oracles/data/fhir";
    let response =
        json(&format!("{folder}/mii_QuestionnaireResponse-mii-exa-pro-phq-9-response.json"))?;
    let observation =
        json(&format!("{folder}/mii_Observation-mii-exa-pro-phq-9-observation.json"))?;
    let items = response["item"].as_array().expect("items");
    let answer = |link: String| {
        items.iter().find(|item| item["linkId"] == link).map(|item| &item["answer"][0])
    };
    let answers: Vec<Option<u8>> = (1..=9)
        .map(|number| score_of(answer(format!("PHQ.{number}"))?["valueCoding"]["code"].as_str()))
        .collect();
    let phq9 = instruments().find("phq-9").expect("listed");
    let total = phq9.score(&answers).map(|score| u64::from(score.total)).ok();
    let carried =
        answer("PHQ.Score".to_owned()).and_then(|it| it["valueQuantity"]["value"].as_u64());
    assert!(total.is_some() && total == carried);
    assert_eq!(total, observation["valueQuantity"]["value"].as_u64());
    Ok(())
}

/// US Core's example once more, each answer in an observation of its own and the total in a tenth.
pub(crate) fn the_single_observations_of_us_core_score_to_their_total() -> Outcome {
    let phq9 = instruments().find("phq-9").expect("listed");
    let read = |code: &str| text_of(&format!("oracles/data/fhir/uscore_PHQ9_{code}.yml"));
    let mut answers = Vec::new();
    for item in &phq9.items.value {
        let text = read(&item.loinc.expect("a code"))?;
        let given = text.lines().filter_map(|line| line.trim().strip_prefix("code: ")).map(Some);
        answers.push(given.filter_map(score_of).next());
    }
    let text = read("44261-6")?;
    let carried = text.lines().find_map(|line| line.strip_prefix("valueString: "));
    let found = phq9.score(&answers).map(|score| format!("'{}'", score.total));
    assert_eq!(found.ok().as_deref(), carried);
    Ok(())
}

/// Synthea's patient has totals alone: each is found by its LOINC code, lies in the range of its
/// instrument and has the band that is published for it, the AUDIT-C none; the PHQ-9 for teens is another instrument and is not taken for ours.
pub(crate) fn totals_are_known_by_their_codes() -> Outcome {
    let file = json("samples/synthea3-r4-larraine-phq9-gad7-subset.json")?;
    let mut found = Vec::new();
    for entry in file["entry"].as_array().expect("entries") {
        let resource = &entry["resource"];
        let code = resource["code"]["coding"][0]["code"].as_str().unwrap_or_default();
        let by_total = |row: &&doseline::reference::Instrument| {
            row.loinc_total.value.is_some_and(|total| total.as_str() == code)
        };
        if resource["resourceType"] == "Observation"
            && let Some(row) = instruments().iter().find(by_total)
        {
            let total = resource["valueQuantity"]["value"].as_u64().expect("a total") as u16;
            found.push((row.id.as_str(), total, row.band(total).map(|band| band.label.as_str())));
        }
    }
    found.sort_unstable();
    // The totals as they stand in the file; the names by Spitzer 2006 and Kroenke 2001 and 2003.
    assert_eq!(
        found,
        [
            ("audit-c", 0, None),
            ("gad-7", 1, Some("minimal")),
            ("gad-7", 4, Some("minimal")),
            ("gad-7", 13, Some("moderate")),
            ("phq-2", 0, Some("negative screen")),
            ("phq-2", 4, Some("positive screen")),
            ("phq-9", 22, Some("severe")),
        ]
    );
    Ok(())
}

/// The published PHQ-9 of US Core: ten choices, a total, LOINC codes, scores beside the coding.
pub(crate) fn the_questionnaire_of_us_core_is_taken() -> Outcome {
    let form = json("samples/uscore-Questionnaire-phq-9-example.json")?;
    let view = read_questionnaire(&form, &Words::english()).unwrap();
    assert_eq!((view.instrument.as_str(), view.title.as_str()), ("phq-9", "PHQ-9 Example"));
    assert_eq!(view.items[0], "Little interest or pleasure in doing things?");
    let last: Vec<_> =
        view.item_options[8].iter().map(|it| (it.score, it.label.as_str())).collect();
    assert_eq!(last[3], (3, "Nearly every day"));
    assert_eq!(view.difficulty.unwrap().options.len(), 4);
    Ok(())
}
