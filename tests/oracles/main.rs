//! Reference results: every case that R, SciPy, statsmodels, pandas or scikit-learn answered is one
//! named trial. `tests/fixtures/README.md` says where the cases live and how to run further ones.
//!
//! An estimator that the product uses is called in `doseline::analysis`; a classical method that it
//! does not use is implemented here, as a comparator. How far a result may lie from the reference
//! is written in one place, [`tolerance`].

mod ar1_prewhitened_slope;
mod autocorrelation;
mod blocks;
mod case;
mod changepoints;
mod check;
mod dose_response;
mod ewma;
mod false_discovery;
mod isotonic;
mod its_segmented;
mod least_squares;
mod lowess;
mod mann_kendall;
mod ols_hac;
mod pdc;
mod pharmacokinetics;
mod quantiles;
mod resampling;
mod rolling;
#[path = "../simulation/mod.rs"]
mod simulation;
mod single_case_effect_sizes;
mod theil_sen;
mod tolerance;
mod wilson;

use std::env;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use case::Case;
use check::Check;

/// Compares one method's answer to a case with what the case expects.
type Method = fn(&Case, &mut Check) -> Result<(), Failed>;

/// The methods by the name a case file gives.
const METHODS: &[(&str, Method)] = &[
    ("ar1_prewhitened_slope", ar1_prewhitened_slope::compare),
    ("autocorrelation", autocorrelation::compare),
    ("block_bootstrap", blocks::compare_bootstrap),
    ("block_permutation", blocks::compare_permutation),
    ("changepoints", changepoints::compare),
    ("dose_response", dose_response::compare),
    ("ewma", ewma::compare),
    ("false_discovery", false_discovery::compare),
    ("isotonic", isotonic::compare),
    ("its_segmented", its_segmented::compare),
    ("lowess", lowess::compare),
    ("mann_kendall", mann_kendall::compare),
    ("ols_hac", ols_hac::compare),
    ("pdc", pdc::compare),
    ("pharmacokinetics", pharmacokinetics::compare),
    ("quantiles", quantiles::compare),
    ("rolling", rolling::compare),
    ("single_case_effect_sizes", single_case_effect_sizes::compare),
    ("theil_sen", theil_sen::compare),
    ("wilson", wilson::compare),
];

fn main() {
    let arguments = Arguments::from_args();
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = trials_of("synthetic", &project.join("tests/fixtures/oracles"));

    let shared = env::var_os("DOSELINE_SHARED").map_or_else(|| "../shared".into(), PathBuf::from);
    let real = project.join(shared).join("oracles/real");
    if real.is_dir() {
        trials.extend(trials_of("real", &real));
    } else {
        let absent = || Ok(Completion::ignored_with("needs oracles/real of ../shared"));
        trials.push(Trial::ignorable_test("folder-absent", absent).with_kind("real"));
    }
    if let Some(further) = env::var_os("DOSELINE_ORACLES") {
        trials.extend(trials_of("further", Path::new(&further)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// One trial for each case in the folder's files; a file that cannot be read is a failing trial.
fn trials_of(kind: &str, folder: &Path) -> Vec<Trial> {
    let files = match case::files_in(folder) {
        Ok(files) => files,
        Err(problem) => return vec![failing(kind, folder, problem)],
    };
    let trials = files.iter().flat_map(|file| match case::cases_in(folder, file) {
        Ok(cases) => cases.into_iter().map(|case| trial(kind, case)).collect(),
        Err(problem) => vec![failing(kind, file, problem)],
    });
    trials.collect()
}

fn trial(kind: &str, case: Case) -> Trial {
    let method = METHODS.iter().find(|(name, _)| *name == case.method);
    let run = method.map(|(_, method)| *method);
    Trial::test(format!("{}/{}", case.method, case.name), move || match run {
        Some(compare) => {
            let mut check = Check::of(&case);
            compare(&case, &mut check)?;
            check.verdict()
        }
        None => Err(format!("unknown method {:?}", case.method).into()),
    })
    .with_kind(kind)
}

fn failing(kind: &str, path: &Path, problem: Failed) -> Trial {
    Trial::test(path.display().to_string(), move || Err(problem)).with_kind(kind)
}
