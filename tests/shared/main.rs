//! What is tested against data that may not be copied here: published patients, filled
//! questionnaires, the facts that the tables were collected from. A test whose files are not there
//! is ignored with the name of what it needs, so that it counts as skipped and never as passed.

mod collected;
mod folder;
#[path = "../importing/mod.rs"]
mod importing;
mod patient;
mod samples;
#[path = "../simulation/mod.rs"]
mod simulation;
mod taper;

use std::fs;
use std::path::Path;

use libtest_mimic::{Arguments, Completion, Trial};

use folder::{Absent, Outcome};

/// One trial a function, under the name of the function.
macro_rules! trials {
    ($($test:path),* $(,)?) => {
        vec![$(trial(stringify!($test), $test)),*]
    };
}

fn main() {
    let mut trials = trials![
        collected::medicines_are_as_collected,
        collected::injections_are_as_collected,
        collected::instruments_are_as_collected,
        collected::no_product_exceeds_a_maximum_that_is_for_it,
        patient::the_published_single_patient_study,
        patient::the_weekly_scores_split_where_they_were_published_to,
        samples::questionnaires_of_us_core_and_ahrq_score_to_their_totals,
        samples::the_questionnaire_of_the_health_record_guide_scores_to_its_total,
        samples::the_questionnaire_of_the_medical_informatics_initiative_scores_to_its_total,
        samples::the_single_observations_of_us_core_score_to_their_total,
        samples::totals_are_known_by_their_codes,
        samples::the_questionnaire_of_us_core_is_taken,
        taper::the_real_taper_cannot_tell_dose_from_time,
        taper::what_is_said_of_the_real_taper_blind_to_doses_stands_in_the_methods,
        taper::a_rolling_early_warning_rises_in_a_third_of_pure_noise,
        only_the_tests_that_say_so_look_into_the_folder,
    ];
    // Makes the tables of docs/methods.md on the rolling early warning.
    trials.extend(trials![taper::table].into_iter().map(|table| table.with_ignored_flag(true)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trial(name: &str, test: fn() -> Outcome) -> Trial {
    Trial::ignorable_test(name, move || match test() {
        Ok(()) => Ok(Completion::Completed),
        Err(Absent(what)) => Ok(Completion::ignored_with(format!("needs {what} of ../shared"))),
    })
}

/// A test of Rust's own harness cannot say that it was skipped: it would count as passed.
fn only_the_tests_that_say_so_look_into_the_folder() -> Outcome {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut looking = Vec::new();
    let mut folders = vec![tests.clone()];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).expect("a folder") {
            let file = file.expect("a file").path();
            let name =
                file.strip_prefix(&tests).expect("below tests").to_string_lossy().into_owned();
            if file.is_dir() && !["browser", "package", "node_modules"].contains(&name.as_str()) {
                folders.push(file);
            } else if file.extension().is_some_and(|kind| kind == "rs")
                && fs::read_to_string(&file).expect("a text").contains("DOSELINE_SHARED")
            {
                looking.push(name.replace('\\', "/"));
            }
        }
    }
    looking.sort();
    assert_eq!(looking, ["oracles/main.rs", "shared/folder.rs", "shared/main.rs"]);
    Ok(())
}
