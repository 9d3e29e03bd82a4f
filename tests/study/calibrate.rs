//! What `cargo xtask calibrate` runs: every cell of every claim, written as `docs/calibration.md` to
//! the file that DOSELINE_CALIBRATION names. DOSELINE_CALIBRATION_RUNS and _SEED say how many lives a
//! cell has and where the chance starts.

#[path = "../notebook/mod.rs"]
mod notebook;
#[path = "../simulation/mod.rs"]
mod simulation;
#[path = "mod.rs"]
mod study;

use std::time::Instant;
use std::{env, fs};

use study::cell::{self, Effort};
use study::claims::ROWS;
use study::{report, responders, table};

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    // `cargo test --benches` starts this too; only xtask sets it to work.
    let Ok(target) = env::var("DOSELINE_CALIBRATION") else { return };
    let runs = setting("DOSELINE_CALIBRATION_RUNS", 10_000) as usize;
    let seed = setting("DOSELINE_CALIBRATION_SEED", 1);
    let only = env::var("DOSELINE_CALIBRATION_CLAIM").unwrap_or_default();
    let begun = Instant::now();
    let mut text = String::new();
    for row in ROWS.iter().filter(|row| row.name.contains(&only)) {
        let mut done = Vec::new();
        for cell in cell::cells(row) {
            // What is printed only needs no more lives than show it.
            let runs = if cell.gated { runs } else { runs.div_ceil(4) };
            let beside = if cell.is_plain { runs.div_ceil(5) } else { 0 };
            let effort = Effort { runs, seed, beside };
            let counts = cell::run(row, cell.design, effort);
            eprintln!(
                "{:5.0} s  {}, {}, {} days: wrong {:.1} %, covered {:.1} %, power {:.1} %",
                begun.elapsed().as_secs_f64(),
                row.name,
                cell.name,
                cell.design.days,
                100.0 * counts.wrong,
                100.0 * counts.covered_throughout,
                100.0 * counts.power
            );
            done.push((cell, counts));
        }
        text += &table::of_claim(row, &done);
    }
    if "treatment response".contains(&only) {
        text += &responders::responders_table(runs, seed);
    }
    if "whole report".contains(&only) {
        text += &report::whole_report_table(runs.div_ceil(4), seed);
    }
    let minutes = begun.elapsed().as_secs_f64() / 60.0;
    fs::write(&target, format!("{}{text}", table::opening(runs, seed, minutes))).unwrap();
}
