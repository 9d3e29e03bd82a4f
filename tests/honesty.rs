//! The gate of the calibration: a small part of `cargo xtask calibrate` on every change, and proof
//! that the gate closes before a method that is not honest.
//!
//! A cell fails here when it errs more often than the bar by more than its Monte Carlo error. With
//! 400 diaries a cell and a bar of 6 % that is above 8.3 %: a claim that errs in 11 % of them is caught
//! 19 times of 20. With 300 reports and a bar of 10 % it is above 13.4 %: one that errs in 17 % is
//! caught as often. Less than that is seen by the whole table alone, `docs/calibration.md`, whose first
//! line says how many diaries it was made with.

mod notebook;
mod simulation;
mod study;

use doseline::analysis::treatment_response::MET_ANYWAY;
use simulation::{FAMILIES, Random};
use study::cell::{self, Cell, Counts, Design, Effort};
use study::claims::{Answer, Estimates, ROWS, Row};
use study::life::{Missing, Scale, Scene};
use study::table::{MOST_WRONG, MOST_WRONG_IN_A_REPORT, monte_carlo_error};
use study::{report, responders};

const RUNS: usize = 400;
const REPORTS: usize = 300;

fn cell_of(name: &str, days: i32) -> Cell {
    let family = FAMILIES.iter().find(|family| family.name == name).unwrap();
    let (missing, scale) = (Missing::None, Scale::Rounded);
    let design = Design { noise: family.noise, days, changes: 1, visits: None, missing, scale };
    Cell { name: name.to_owned(), gated: true, is_plain: false, design }
}

fn lived(row: &Row, cell: &Cell) -> Counts {
    let design = Design { changes: row.changes, ..cell.design };
    cell::run(row, design, Effort { runs: RUNS, seed: 7, beside: 0 })
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

/// The effect of a claim with an interval lies in the columns it fits, so its answers to a life
/// with the effect follow from those without, and the calibration reads such a life once.
#[test]
fn an_effect_moves_an_interval_by_as_much() {
    for row in ROWS.iter().filter(|row| row.estimates == Estimates::Effect) {
        let plain = Design { scale: Scale::Exact, ..cell_of("AR(1) 0.3", 40).design };
        let scene = Scene::new(Design { changes: row.changes, ..plain });
        let life = scene.live(&mut Random::seeded(3));
        let helped = life.with(|day| (row.shift)(&life, day));
        let (column, helped_column) = (life.column(), helped.column());
        let mut spoke = 0;
        for reading in life.readings() {
            let moved = (row.read)(&life, &column, &reading).with((row.truth)(&life));
            match (moved, (row.read)(&helped, &helped_column, &reading)) {
                (Answer::Abstains, Answer::Abstains) => {}
                (
                    Answer::Speaks { told, interval: Some((low, high)) },
                    Answer::Speaks { told: own, interval: Some((own_low, own_high)) },
                ) => {
                    assert!(told == own && (low - own_low).abs() < 1e-9, "{}", row.name);
                    assert!((high - own_high).abs() < 1e-9, "{}", row.name);
                    spoke += 1;
                }
                other => panic!("{}: {other:?}", row.name),
            }
        }
        assert!(spoke > 0, "{}", row.name);
    }
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
    let mut faults = Vec::new();
    for name in ["AR(1) 0.3", "AR(1) 0.6", "slow wave 50 %", "slow wave 70 %"] {
        let found = report::whole_report(name, REPORTS, 7);
        println!("{name}: {found:?}");
        assert!(found.established <= found.any);
        let claims = found.by_claim().map(|(claim, share)| (claim, share, MOST_WRONG));
        for (what, share, bar) in claims.chain([("any", found.any, MOST_WRONG_IN_A_REPORT)]) {
            if share - monte_carlo_error(bar, REPORTS) > bar {
                faults.push(format!("{name}, {what}: {:.1} %", 100.0 * share));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_treatment_without_effect_is_rarely_told_as_a_response() {
    for name in ["AR(1) 0.3", "AR(1) 0.8", "slow wave 50 %"] {
        let noise = FAMILIES.iter().find(|family| family.name == name).unwrap().noise;
        let found = responders::called_responders(noise, 1, RUNS, 7);
        println!("{name}: {found:?}");
        assert!(found.wrong - monte_carlo_error(MOST_WRONG, RUNS) <= MOST_WRONG, "{found:?}");
        // The shares that the sentence beside the rules gives, beyond chance.
        let (fewest, most) = MET_ANYWAY;
        let error = monte_carlo_error(found.described, RUNS);
        assert!(found.described + error >= fewest as f64 / 100.0, "{found:?}");
        assert!(found.described - error <= most as f64 / 100.0, "{found:?}");
        // What is told is far less than what two readings describe, and that than what one does.
        assert!(2.0 * found.wrong < found.described && 2.0 * found.described < found.ever);
    }
}
