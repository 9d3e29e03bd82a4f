//! `cargo xtask bench`: what a diary of ten years costs, natively, in Node and in Chromium.
//!
//! The diary is that of [`samples::ten_years`], measured as a whole and cut off after a quarter and
//! after half of its days, from which the **growth** follows: the exponent b of time ∝ entriesᵇ
//! between the quarter and the whole. 1 is linear, 2 would be quadratic.
//!
//! Beside the diary stand the estimators by themselves ([`statistics`]), with those of npm's packages
//! and, with `--native-peers`, of SciPy, statsmodels, ruptures and R.
//!
//! The three sides are `tests/bench/native.rs`, `node.mjs` and `chromium.mjs`. Each writes one JSON
//! row a diary and series; here they become the tables of `docs/performance.md` ([`table`]). All times
//! are medians of a few runs; ratios to `JSON.parse` are of the same engine and the same run.

mod statistics;
mod table;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::project::{self, Project};
use crate::{demo, package, samples, serve, size, tools};

/// The shares of the diary that are measured, the whole one last.
const CUTS: [(&str, i32); 3] = [("quarter", 4), ("half", 2), ("whole", 1)];

/// What one side measured: a row for each of [`CUTS`].
struct Rows(Vec<Value>);

impl Rows {
    fn read(json: Value) -> Result<Self> {
        match json {
            Value::Array(rows) if rows.len() == CUTS.len() => Ok(Self(rows)),
            other => bail!("{} rows were expected: {other}", CUTS.len()),
        }
    }

    fn of(&self, cut: usize, name: &str) -> Option<f64> {
        self.0[cut].pointer(&format!("/{name}"))?.as_f64()
    }

    /// A value of the whole diary.
    fn whole(&self, name: &str) -> Option<f64> {
        self.of(CUTS.len() - 1, name)
    }

    /// By how many times `JSON.parse` of the whole diary a step of it takes longer.
    fn to_parse(&self, name: &str) -> Option<f64> {
        Some(self.whole(name)? / self.whole("parse")?)
    }

    fn growth(&self, name: &str) -> Option<f64> {
        let entries = f64::from(CUTS[0].1);
        Some((self.whole(name)? / self.of(0, name)?).ln() / entries.ln())
    }
}

/// Everything that was measured in one run.
struct Measured {
    native: Rows,
    node: Rows,
    chromium: Rows,
    /// Bytes of the core, and gzipped.
    core: (usize, usize),
    /// The estimators by themselves.
    estimated: statistics::Estimated,
    /// What it was measured on and with.
    machine: String,
}

/// What a step may cost at most, or must reach at least.
struct Bar {
    about: String,
    limit: f64,
    is_least: bool,
    decimals: usize,
    /// Where it counts.
    found: Vec<(&'static str, Option<f64>)>,
}

impl Bar {
    fn is_met(&self) -> bool {
        let meets = |value: f64| match self.is_least {
            true => value >= self.limit,
            false => value <= self.limit,
        };
        self.found.iter().all(|(_, value)| value.is_some_and(meets))
    }
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
}

/// `cargo xtask bench`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let with_peers = match arguments {
        [] => false,
        [only] if only == "--native-peers" => true,
        _ => bail!("the one argument of bench is `--native-peers`"),
    };
    demo::build(project)?;
    package::bench_core(project)?;
    let browser = tools::chromium()?;
    let list = write_inputs(project)?;

    println!("measuring natively");
    let mut native = project.cargo("bench");
    let mut native = sided(native.args(["--quiet", "--bench", "native"]), &list)?;
    println!("measuring under Node");
    let mut node = sided(project.command("node").arg(script(project, "node.mjs")), &list)?;
    println!("measuring in Chromium");
    let server = serve::Server::start(project, 0)?;
    let mut chromium = project.command("node");
    chromium
        .arg(script(project, "chromium.mjs"))
        .env("DOSELINE_CHROME", &browser)
        .env("DOSELINE_DEMO", server.address());
    let mut chromium = sided(&mut chromium, &list)?;
    let peers = match with_peers {
        true => Some(statistics::native_peers(project, &list)?),
        false => None,
    };

    let machine = machine(project, chromium["version"].as_str().unwrap_or("unknown"))?;
    let core = fs::read(project.path("pkg/dist/core.wasm"))?;
    let estimated = |side: &mut Value| match side["statistics"].take() {
        Value::Array(rows) => Ok(rows),
        other => bail!("rows of estimators were expected: {other}"),
    };
    let measured = Measured {
        estimated: statistics::Estimated {
            native: estimated(&mut native)?,
            node: estimated(&mut node)?,
            chromium: estimated(&mut chromium)?,
            peers,
        },
        native: Rows::read(native["rows"].take())?,
        node: Rows::read(node["rows"].take())?,
        chromium: Rows::read(chromium["rows"].take())?,
        core: (core.len(), size::gzipped(&core)?),
        machine,
    };
    let tables = table::markdown(&measured);
    println!("\n{tables}");
    write_tables(project, &tables)
}

/// The heading that the part of `docs/performance.md` begins with that is written by hand.
const BY_HAND: &str = "## How to read it";

/// Puts the tables before what is written by hand.
fn write_tables(project: &Project, tables: &str) -> Result<()> {
    let file = project.path("docs/performance.md");
    let before = fs::read_to_string(&file)?;
    let place = before.find(BY_HAND).with_context(|| format!("{BY_HAND} is not there"))?;
    fs::write(&file, format!("{tables}\n{}", &before[place..]))?;
    println!("written to {}", file.display());
    Ok(())
}

fn script(project: &Project, name: &str) -> PathBuf {
    project.path("tests/bench").join(name)
}

/// Runs one side and reads what it writes.
fn sided(command: &mut Command, list: &Path) -> Result<Value> {
    let written = project::output(command.env("DOSELINE_BENCH", list))?;
    serde_json::from_str(&written).with_context(|| format!("a side of the bench wrote {written}"))
}

/// Writes the diary, its cuts and the series into `target/bench`, with the list that the sides read.
fn write_inputs(project: &Project) -> Result<PathBuf> {
    let folder = project.path("target/bench");
    fs::create_dir_all(&folder)?;
    let whole = samples::ten_years();
    let (head, entries) = whole.split_once('\n').context("the diary has entries")?;
    let lines: Vec<&str> = entries.lines().map(closed).collect();
    let mut days: Vec<&str> = lines.iter().filter_map(|line| field(line, "day")).collect();
    days.sort_unstable();
    days.dedup();
    let is_medicine = |line: &&&str| field(line, "kind") == Some("medicine");
    let medicine = lines.iter().find(is_medicine).and_then(|line| field(line, "id"));
    let mut list = Vec::new();
    for (name, share) in CUTS {
        let last = days[days.len() / share as usize - 1];
        let until = |line: &&&str| field(line, "day").is_some_and(|day| day <= last);
        let kept: Vec<&str> = lines.iter().filter(until).copied().collect();
        let file = folder.join(format!("{name}.json"));
        fs::write(&file, format!("{head}\n{}]}}\n", kept.join(",\n")))?;
        list.push(json!({
            "file": file, "entries": kept.len(), "subject": "bench-ten-years",
            "now": format!("{last}T21:30:00+01:00"), "medicine": medicine,
        }));
    }
    let path = folder.join("inputs.json");
    let series = statistics::write_series(project)?;
    fs::write(&path, json!({ "diaries": list, "series": series }).to_string())?;
    Ok(path)
}

/// One entry's line of a diary file without what stands between it and the next, or after the last.
fn closed(line: &str) -> &str {
    line.strip_suffix("]}").unwrap_or(line).trim_end_matches(',')
}

/// The text of a field of an entry's line.
fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!("\"{name}\":\""))?;
    rest.split('"').next()
}

/// Processor, system and versions, in one line.
fn machine(project: &Project, chromium: &str) -> Result<String> {
    let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|about| {
        let line = about.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let processor = processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let version = |program: &str| -> Result<String> {
        let version = project::output(project.command(program).arg(OsStr::new("--version")))?;
        Ok(version.trim().to_owned())
    };
    let (rustc, node) = (version("rustc")?, version("node")?);
    let rustc = rustc.split(" (").next().unwrap_or(&rustc);
    let system = std::env::consts::OS;
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = match load.split(' ').nth(2) {
        Some(load) => format!(" Other work beside it: load {load} over the last 15 minutes."),
        None => String::new(),
    };
    Ok(format!(
        "{processor}, {cores} cores, {system}; {rustc}, Node {node}, Chromium {chromium}.{load}"
    ))
}
