//! The estimators beside those of other tools: the series they are given, and the tables.
//!
//! Each series has a time of 1, 2, 3 …; `y` rises by two standard deviations in all under AR(1)
//! noise; `steps` is eight levels, up and down by two standard deviations, under the same noise.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Bar, number};
use crate::project::{self, Project};
use crate::samples::{Chance, Wave};

const SEED: u64 = 0x57a7;
const LENGTHS: [usize; 3] = [365, 3_650, 87_600];
/// The noise's correlation from one row to the next.
const PHI: f64 = 0.3;

/// An estimator, and what other tools took for it where they were fastest: medians in
/// milliseconds at the two longer lengths, seen on a machine like the one the bars were set on.
struct Estimator {
    name: &'static str,
    about: &'static str,
    peer: &'static str,
    fastest: [f64; 2],
}

const ESTIMATORS: [Estimator; 4] = [
    Estimator {
        name: "slope",
        about: "Theil–Sen slope",
        peer: "R robslopes, C++",
        fastest: [13.0, 406.0],
    },
    Estimator { name: "kendall", about: "Kendall's S", peer: "SciPy, C", fastest: [0.6, 15.0] },
    Estimator {
        name: "smooth",
        about: "LOWESS, span 0.1, delta 1 %, three passes",
        peer: "R, C",
        fastest: [0.9, 30.0],
    },
    Estimator {
        name: "steps",
        about: "change in mean, eight levels",
        peer: "ruptures and R changepoint, C",
        fastest: [16.0, 5_400.0],
    },
];

/// What the sides of the bench measured, a row for each of [`LENGTHS`].
pub(super) struct Estimated {
    pub(super) native: Vec<Value>,
    pub(super) node: Vec<Value>,
    pub(super) chromium: Vec<Value>,
    /// Tools outside of Rust and npm, when they were asked for.
    pub(super) peers: Option<Vec<Value>>,
}

/// Writes the series into files.
pub(super) fn write_series(project: &Project) -> Result<Vec<PathBuf>> {
    let write = |n: usize| {
        let (mut chance, mut noise) = (Chance::new(SEED), Wave::new(PHI));
        let noise: Vec<f64> = (0..n).map(|_| noise.next(&mut chance)).collect();
        let with = |signal: &dyn Fn(usize) -> f64| -> Vec<f64> {
            noise.iter().enumerate().map(|(row, noise)| signal(row) + noise).collect()
        };
        let series = json!({
            "t": (1..=n).collect::<Vec<_>>(),
            "y": with(&|row| 2.0 * row as f64 / n as f64),
            "steps": with(&|row| 2.0 * ((8 * row / n) % 2) as f64),
            "span": 0.1,
            "passes": 3,
            "delta": 0.01 * (n - 1) as f64,
            "penalty": 3.0 * (n as f64).ln(),
        });
        let file = project.path("target/bench").join(format!("series-{n}.json"));
        fs::write(&file, series.to_string())?;
        Ok(file)
    };
    LENGTHS.into_iter().map(write).collect()
}

/// Runs SciPy, statsmodels and ruptures, from PyPI in a folder of their own, and base R where it is
/// installed.
pub(super) fn native_peers(project: &Project, list: &std::path::Path) -> Result<Vec<Value>> {
    let folder = project.path("target/bench/python");
    let python = folder.join(if cfg!(windows) { "Scripts/python" } else { "bin/python" });
    let remedy = "install Python 3 with venv; this step needs the network once";
    if !python.is_file() {
        project::run(project.command("python3").args(["-m", "venv"]).arg(&folder), remedy)?;
    }
    let packages = ["scipy", "statsmodels", "ruptures"];
    let mut install = project.command(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    project::run(install.args(packages), remedy)?;
    let mut run = project.command(&python);
    run.arg(project.path("tests/bench/peers.py")).env("DOSELINE_BENCH", list);
    let written = project::output(&mut run)?;
    serde_json::from_str(&written).with_context(|| format!("peers.py wrote {written}"))
}

fn milliseconds(rows: &[Value], length: usize, name: &str) -> Option<f64> {
    rows.get(length)?[name].as_f64()
}

/// The tools measured beside an estimator at a length, the fastest first.
fn beside(rows: &[Value], length: usize, name: &str) -> Vec<(String, f64)> {
    let tools = rows.get(length).and_then(|row| row["peers"][name].as_object());
    let mut tools: Vec<(String, f64)> = tools
        .into_iter()
        .flatten()
        .filter_map(|(tool, time)| Some((tool.clone(), time.as_f64()?)))
        .collect();
    tools.sort_by(|a, b| a.1.total_cmp(&b.1));
    tools
}

/// The exponent b of time ∝ nᵇ between the two longer lengths.
fn growth(rows: &[Value], name: &str) -> Option<f64> {
    let ratio = milliseconds(rows, 2, name)? / milliseconds(rows, 1, name)?;
    Some(ratio.ln() / (LENGTHS[2] as f64 / LENGTHS[1] as f64).ln())
}

/// What growth as n log n would be between them.
fn log_linear() -> f64 {
    let cost = |n: usize| n as f64 * (n as f64).ln();
    (cost(LENGTHS[2]) / cost(LENGTHS[1])).ln() / (LENGTHS[2] as f64 / LENGTHS[1] as f64).ln()
}

pub(super) fn markdown(estimated: &Estimated) -> String {
    let Estimated { native, node, chromium, peers } = estimated;
    let mut text = format!(
        "| ms, seed {SEED:#x} | n | native | Node | Chromium | native to Node | npm, under Node | other tools |\n\
         |---|--:|--:|--:|--:|--:|---|---|\n"
    );
    let tools = |tools: Vec<(String, f64)>| match tools.is_empty() {
        true => "–".to_owned(),
        false => tools
            .iter()
            .map(|(tool, time)| format!("{tool} {}", number(Some(*time), 2)))
            .collect::<Vec<_>>()
            .join("; "),
    };
    for Estimator { name, about, .. } in &ESTIMATORS {
        for (length, n) in LENGTHS.into_iter().enumerate() {
            let cell = |rows| number(milliseconds(rows, length, name), 2);
            let share = milliseconds(native, length, name)
                .zip(milliseconds(node, length, name))
                .map(|(native, wasm)| native / wasm);
            text += &format!(
                "| {about} | {n} | {} | {} | {} | {} | {} | {} |\n",
                cell(native),
                cell(node),
                cell(chromium),
                number(share, 2),
                tools(beside(node, length, name)),
                tools(peers.as_ref().map_or_else(Vec::new, |peers| beside(peers, length, name))),
            );
        }
    }
    let answers = |rows: &[Value]| -> Vec<Option<u64>> {
        let all = rows.iter().filter_map(|row| row["answers"].as_array()).flatten();
        all.map(|answer| answer.as_f64().map(f64::to_bits)).collect()
    };
    let same = answers(native) == answers(node) && answers(native) == answers(chromium);
    let verdict = if same { "the same to the bit" } else { "**not the same**" };
    text + &format!("\nAnswers natively, in Node and in Chromium: {verdict}.\n")
}

pub(super) fn bars(estimated: &Estimated) -> Vec<Bar> {
    let Estimated { native, node, chromium, .. } = estimated;
    let engines = [("Node", node), ("Chromium", chromium)];
    let mut bars = Vec::new();
    for Estimator { name, about, peer, fastest } in &ESTIMATORS {
        for (length, most) in [1, 2].into_iter().zip(*fastest) {
            bars.push(Bar {
                about: format!("{about}, n = {}, ms ({peer})", LENGTHS[length]),
                limit: most,
                is_least: false,
                decimals: 2,
                found: engines
                    .map(|(engine, rows)| (engine, milliseconds(rows, length, name)))
                    .to_vec(),
            });
        }
        let times_faster = |rows: &[Value]| {
            let (_, best) = beside(rows, 1, name).into_iter().next()?;
            Some(best / milliseconds(rows, 1, name)?)
        };
        bars.push(Bar {
            about: format!("{about}, times the best of npm at n = {}", LENGTHS[1]),
            limit: 10.0,
            is_least: true,
            decimals: 1,
            found: engines.map(|(engine, rows)| (engine, times_faster(rows))).to_vec(),
        });
        bars.push(Bar {
            about: format!("growth of {about}; n log n is {:.2}", log_linear()),
            limit: (100.0 * log_linear()).round() / 100.0,
            is_least: false,
            decimals: 2,
            found: [("native", native), engines[0], engines[1]]
                .map(|(engine, rows)| (engine, growth(rows, name)))
                .to_vec(),
        });
        let share =
            |length| Some(milliseconds(native, length, name)? / milliseconds(node, length, name)?);
        bars.push(Bar {
            about: format!("{about}, speed of wasm as a share of native"),
            limit: 0.7,
            is_least: true,
            decimals: 2,
            found: vec![("n = 3650", share(1)), ("n = 87600", share(2))],
        });
    }
    bars
}
