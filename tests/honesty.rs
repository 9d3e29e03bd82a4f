//! The gate of the calibration: a small part of `cargo xtask calibrate` on every change, and proof
//! that the gate closes before a method that is not honest.
//!
//! A cell fails here when it errs more often than the bar by more than its Monte Carlo error; the
//! whole table, with ten thousand diaries a cell, is `docs/calibration.md`.

mod notebook;
mod simulation;
mod study;

use simulation::{FAMILIES, Noise};
use study::cell::{self, Cell, Counts, Design, Effort};
use study::claims::{Answer, ROWS, Row};
use study::life::{Missing, Scale};
use study::report;
use study::table::{MOST_WRONG, MOST_WRONG_IN_A_REPORT, monte_carlo_error};

const RUNS: usize = 400;

fn cell_of(name: &str, days: i32) -> Cell {
    let family = FAMILIES.iter().find(|family| family.name == name).unwrap();
    let (missing, scale) = (Missing::None, Scale::Rounded);
    let design = Design { noise: family.noise, days, changes: 1, missing, scale };
    Cell { name: name.to_owned(), gated: true, design }
}

fn lived(row: &Row, cell: &Cell) -> Counts {
    cell::run(row, cell.design, Effort { runs: RUNS, seed: 7, beside: 0 })
}

/// Whether a cell errs more often than it may, beyond what chance would show in so few diaries.
fn errs_too_often(counts: &Counts) -> bool {
    counts.wrong - monte_carlo_error(MOST_WRONG, counts.runs) > MOST_WRONG
}

#[test]
fn every_claim_holds_its_error_rate_as_it_is_used() {
    let mut faults = Vec::new();
    for row in ROWS {
        for (name, days) in [("white", 40), ("AR(1) 0.6", 80), ("slow wave 50 %", 40)] {
            let counts = lived(row, &cell_of(name, days));
            println!("{}, {name}, {days} days: {:.1} %", row.name, 100.0 * counts.wrong);
            if errs_too_often(&counts) {
                faults.push(format!("{}, {name}: {:.1} %", row.name, 100.0 * counts.wrong));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_claim_finds_what_is_there() {
    // A step of one standard deviation after 180 independent days is seen by any sound test.
    let counts = lived(&ROWS[0], &cell_of("white", 180));
    assert!(counts.power > 0.9 && counts.abstained <= 0.0, "{counts:?}");
    assert!(counts.covered_throughout > 0.9, "{counts:?}");
}

#[test]
fn below_three_weeks_a_phase_is_never_compared() {
    let counts = lived(&ROWS[0], &cell_of("slow wave 70 %", 20));
    assert!(counts.abstained >= 1.0 && counts.wrong <= 0.0, "{counts:?}");
}

/// Design §8.14: what others use, under our name, must not pass.
#[test]
fn the_gate_closes_before_a_method_that_is_not_honest() {
    let welch = Row {
        name: "phase",
        read: |life, _, reading| {
            let last = reading.days.to.since(reading.days.from);
            Answer::Speaks { told: (ROWS[0].rival_at)(life, last), interval: None }
        },
        ..ROWS[0]
    };
    for name in ["AR(1) 0.3", "AR(1) 0.6", "slow wave 30 %"] {
        let counts = lived(&welch, &cell_of(name, 40));
        println!("Welch's t called ours, {name}: {:.1} %", 100.0 * counts.wrong);
        assert!(errs_too_often(&counts), "{name}: {:.1} % passed", 100.0 * counts.wrong);
    }
}

#[test]
fn a_whole_report_on_nothing_is_mostly_empty() {
    let runs = 40;
    for name in ["AR(1) 0.3", "slow wave 50 %"] {
        let [any, established] = report::whole_report(name, runs, 7);
        println!("{name}: {:.1} %, established {:.1} %", 100.0 * any, 100.0 * established);
        assert!(any - monte_carlo_error(MOST_WRONG_IN_A_REPORT, runs) <= MOST_WRONG_IN_A_REPORT);
        assert!(established <= any);
    }
}

#[test]
fn two_readings_call_fewer_responders_than_one() {
    let [ours, _, ever] = report::called_responders(Noise::Autoregressive(0.3), 200, 7);
    assert!(ours < 0.5 * ever, "{ours} {ever}");
}
