//! `cargo xtask bits`: whether native Rust, Node and Chromium give the same views, bit for bit.
//!
//! The diaries are the made-up examples, the one that has every field, and random ones from a seed.
//! `tests/bits` hashes every view of each: natively by a program of its own, which is built without
//! the core's dev-dependencies since their features change results; in Node and Chromium by the
//! built wasm. The three lists of hashes must be the same.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::project::{self, Project};
use crate::{demo, samples, serve, tools};

/// Random diaries where no number is given.
const DIARIES: &str = "1000";
/// Random diaries of the gate.
pub(crate) const DIARIES_OF_THE_GATE: &str = "60";
/// What they are drawn from.
const SEED: &str = "20260101";

/// `cargo xtask bits`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let count = match arguments {
        [] => DIARIES,
        [count] => count,
        _ => bail!("bits has one argument, the number of random diaries"),
    };
    demo::build(project)?;
    compare(project, count)
}

/// Compares the three sides on `count` random diaries and on the fixtures.
pub(crate) fn compare(project: &Project, count: &str) -> Result<()> {
    let folder = project.path("target/bits");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let remedy = "see the message above";
    let mut build = project.cargo("build");
    build.args(["--quiet", "--release", "--package", "doseline-bits"]);
    project::run(&mut build, remedy)?;
    let program = project.path("target/release/doseline-bits");
    let mut write = project.command(program.to_string_lossy().as_ref());
    project::run(write.arg("write").arg(&folder).args([count, SEED]), remedy)?;
    fs::write(folder.join("fixtures.json"), fixtures(project)?)?;
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();

    let read = |command: &mut std::process::Command| -> Result<Vec<Value>> {
        let written = project::output(command.args(&files))?;
        serde_json::from_str(&written).context("a side wrote no list")
    };
    let native = read(project.command(program.to_string_lossy().as_ref()).arg("hash"))?;
    let node = read(project.command("node").arg(project.path("tests/bits/node.mjs")))?;
    let server = serve::Server::start(project, 0)?;
    let chromium = read(
        project
            .command("node")
            .arg(project.path("tests/bits/chromium.mjs"))
            .env("DOSELINE_CHROME", tools::chromium()?)
            .env("DOSELINE_DEMO", server.address()),
    )?;
    let mut views = 0;
    for (side, hashes) in [("Node", &node), ("Chromium", &chromium)] {
        if hashes.len() != native.len() {
            bail!("{side} hashed {} diaries, not {}", hashes.len(), native.len());
        }
        for (ours, theirs) in native.iter().zip(hashes) {
            let all = ours["views"].as_object().context("a diary has views")?;
            views += all.len();
            if let Some((view, _)) = all.iter().find(|(view, hash)| theirs["views"][view] != **hash)
            {
                bail!("{view} of {} differs between native Rust and {side}", ours["name"]);
            }
            if ours != theirs {
                bail!("{side} has other views of {}", ours["name"]);
            }
        }
    }
    println!("{} diaries, {} views: the same bits on all three sides", native.len(), views / 2);
    Ok(())
}

/// The diaries that are not random, with the instants to look at them from.
fn fixtures(project: &Project) -> Result<String> {
    let every_field = fs::read_to_string(project.path("tests/fixtures/diary/every-field.json"))?;
    let mut list = vec![json!({
        "name": "every-field", "now": "2026-06-01T12:00:00Z", "text": every_field,
    })];
    for sample in samples::diaries() {
        let now = format!("{}T20:30:00Z", samples::LAST_DAY);
        list.push(json!({ "name": sample.file, "now": now, "text": sample.json }));
    }
    Ok(json!(list).to_string())
}
