//! The bars, and the tables of `docs/calibration.md`.

use std::fmt::Write;

use super::cell::{Cell, Counts};
use super::claims::{Estimates, Row};

/// Most null lives, of a hundred, in which a claim may find something.
pub(crate) const MOST_WRONG: f64 = 0.06;
/// Most null lives in which the whole report may.
pub(crate) const MOST_WRONG_IN_A_REPORT: f64 = 0.10;
/// How often an interval may hold the truth.
pub(crate) const COVERAGE: (f64, f64) = (0.93, 0.98);

/// What a cell says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Holds,
    /// Never speaks in such a life.
    Abstains,
    /// Errs more often than it may.
    TooOften,
    /// Its interval holds the truth less often than it says.
    TooNarrow,
    /// Its interval holds the truth more often than it says: safe, and dull.
    TooWide,
}

impl Verdict {
    pub(crate) fn of(counts: &Counts, estimates: Estimates) -> Self {
        let (low, high) = COVERAGE;
        let covered = counts.covered_throughout;
        // The day has an interval only where a change is told. Where that is seldom, most of what is
        // told is wrong, which has its own bar.
        let (error, is_judged) = match estimates {
            Estimates::Effect => (0.0, counts.with_any > 0.0),
            Estimates::Day => (monte_carlo_error(covered, counts.intervals()), counts.power > 0.5),
        };
        match counts {
            counts if counts.abstained > 0.995 && counts.wrong <= 0.0 => Self::Abstains,
            counts if counts.wrong > MOST_WRONG => Self::TooOften,
            _ if !is_judged => Self::Holds,
            _ if covered + error < low => Self::TooNarrow,
            _ if covered - error > high => Self::TooWide,
            _ => Self::Holds,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Abstains => "abstains",
            Self::TooOften => "**fails: errs too often**",
            Self::TooNarrow => "**fails: too narrow**",
            Self::TooWide => "**fails: too wide**",
        }
    }
}

/// Half the width of a 95 % interval of a share counted in so many lives.
pub(crate) fn monte_carlo_error(share: f64, runs: usize) -> f64 {
    let runs = runs.max(1) as f64;
    let share = share.clamp(0.5 / runs, 1.0 - 0.5 / runs);
    1.96 * (share * (1.0 - share) / runs).sqrt()
}

fn per_cent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

fn both((first, second): (f64, f64)) -> String {
    format!("{} / {}", per_cent(first), per_cent(second))
}

/// A claim's tables: gated cells, then those that are printed only.
pub(crate) fn of_claim(row: &Row, cells: &[(Cell, Counts)]) -> String {
    let mut text = format!("\n## {}\n\nNull: {}. Effect: {}.\n", row.name, row.null, row.effect);
    for gated in [true, false] {
        text += if gated { "\nGated:\n\n" } else { "\nPrinted, not gated:\n\n" };
        let _ = writeln!(
            text,
            "| noise | days a phase | wrong (± error) | covered at every look | at the last | abstains | power | {} wrong, read daily | shuffled days / weeks wrong | AR(1) only, wrong / power, once | told the noise, power, once | |\n|---|---|---|---|---|---|---|---|---|---|---|---|",
            row.rival
        );
        for (cell, counts) in cells.iter().filter(|(cell, _)| cell.gated == gated) {
            let covered = |share: f64, among: f64| {
                if among > 0.005 { per_cent(share) } else { "–".to_owned() }
            };
            let beside = |share: String| if counts.beside > 0 { share } else { "–".to_owned() };
            let told = counts.told_truth.map_or("–".to_owned(), per_cent);
            let verdict = if gated { Verdict::of(counts, row.estimates).word() } else { "" };
            let _ = writeln!(
                text,
                "| {} | {} | {} ± {} | {} | {} | {} | {} | {} | {} | {} | {} | {verdict} |",
                cell.name,
                cell.design.days,
                per_cent(counts.wrong),
                per_cent(monte_carlo_error(counts.wrong, counts.runs)),
                covered(counts.covered_throughout, counts.with_any),
                covered(counts.covered, counts.with_last),
                per_cent(counts.abstained),
                per_cent(counts.power),
                beside(per_cent(counts.rival_wrong)),
                beside(both(counts.permutation_wrong)),
                beside(both(counts.ar1)),
                beside(told),
            );
        }
    }
    text
}

/// The page's opening: the command, and how to read the tables.
pub(crate) fn opening(runs: usize, seed: u64, minutes: f64) -> String {
    format!(
        "# Calibration: how often the claims err\n\n`cargo xtask calibrate --runs {runs} --seed {seed}`, Doseline {}, {minutes:.0} minutes; {runs} simulated diaries in a gated\ncell, {} in a printed one, {} beside which the other tests were made.\n\n{}",
        env!("CARGO_PKG_VERSION"),
        runs.div_ceil(4),
        runs.div_ceil(5),
        HOW_TO_READ
    )
}

const HOW_TO_READ: &str = "Made by the command above and by nothing else; `tests/study` is the simulation, `tests/honesty.rs` the
gate that runs a small part of it on every change. All numbers are per cent, all errors 95 % Monte
Carlo errors.

A simulated diary has a first phase, a start after a bad week (the mean of seven days half a standard
deviation worse than usual; after four weeks of waiting in any case), 14 days of wash-in and a
second phase with as many settled days as the table says. It is opened on every day; the claims are
read at their looks: every 28 days, at a visit with no look in the two weeks before it, at the end. There
is a visit on the day of the start, and in some rows one every week or two besides, for which nothing is
paid; or the dose changes three times.

* *wrong*: of diaries in which nothing happened, those in which the claim told of something at any
  look. Bar: 6.
* *covered at every look*: of diaries with the effect, those in which every interval ever shown held
  the truth. The intervals are made to be read again and again, so this is the 95 %. Bar: 93 to 98.
  *At the last*: the last interval alone. Of a change point it is the days between which the step is
  told to lie, of the diaries in which one is told after it; `–` where that was so in fewer than one in
  200. It is judged, beyond its Monte Carlo error, where the power is above 50: elsewhere most steps
  that are told are none.
* *abstains*: no interval on the last day, by days and counts only. *power*: diaries with the
  effect in which it was told at any look.
* Beside it, in the same diaries: the usual test read every day; days, and stretches of seven days,
  shuffled between before and after, tested once; least squares that know AR(1) and no slow wave, the strongest test that is not
  told the family, once; and least squares told the very noise, once. Those two are tested once at the
  end and ours at every look.
* A claim with an interval of the effect reads the diaries with it and unrounded values where it reads
  those without: the effect lies in what it fits, so that every interval moves by just as much
  (`tests/honesty.rs` reads some both ways).
* *fails: too wide* is an interval that holds the truth more often than it says. It is on the safe
  side, and it stays: two short phases of days that hardly hang together look the same as two of a
  slow wave, and one rule that sees only the days has to hold under both. Narrower for the one is
  wrong too often for the other: weights of the noise models that were sought for nothing but white
  days at 40 days a phase, and there for *phase* alone, cover those in 98.7 %, and then a slow wave of
  30 % errs in 5.8 %. The longer the phases, the nearer the two come. A weekly cycle averages out over
  whole weeks, which the models do not know.
";
