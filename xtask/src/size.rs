//! How many bytes a reader of the page loads, and the bars they stay below.

use std::fs;
use std::io::Write;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::inputs;
use crate::project::Project;

/// The bytes the gzipped core is meant to have at most. Not reached yet: see `docs/performance.md`.
const CORE_BAR: usize = 320_000;

/// The gzipped bytes that core, API and first view are meant to have together at most. Not reached
/// yet either.
const FIRST_VIEW_BAR: usize = 405_000;

/// Until the bars are reached, the files may not grow beyond this share of them. The bars were set
/// before the interactions, the safety rules and two thirds of the claims were there, and reading a
/// diary in twice the time of `JSON.parse` takes `opt-level` 2: 57 kB more than "s". The journey, the
/// brief, questionnaires, help and leaflets took it from 1.65 to 1.93; rules for what is not known, red
/// flags that outlast a stop and parts that can be left out, to 2.09. Less inlining would undo that
/// (`-inline-threshold=50`, 1.86) and takes decoding to 2.3 times `JSON.parse` in Chromium.
const CEILING: f64 = 2.1;

/// Prints the sizes of the built demo; an error when one is over its bar.
///
/// The first view is counted as every page, script, style sheet and wasm file of the demo, each
/// gzipped by itself, except the service worker, which is loaded afterwards.
pub(crate) fn report(project: &Project) -> Result<()> {
    let folder = project.path("target/demo");
    let mut first_view = 0;
    let mut core = 0;
    println!("{:>10} {:>10}", "bytes", "gzipped");
    for file in inputs::files_below(&folder)? {
        let name = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if !["html", "js", "css", "wasm"].contains(&kind) || name == "service-worker.js" {
            continue;
        }
        let bytes = fs::read(&file)?;
        let packed = gzipped(&bytes)?;
        println!("{:>10} {packed:>10}  {name}", bytes.len());
        first_view += packed;
        if kind == "wasm" {
            core += packed;
        }
    }
    if core == 0 {
        bail!("the demo has no wasm file");
    }
    let sums = [("core", core, CORE_BAR), ("core, API and first view", first_view, FIRST_VIEW_BAR)];
    for (name, bytes, bar) in sums {
        let share = bytes as f64 / bar as f64;
        let verdict = if share > 1.0 { "OVER the bar of" } else { "within the bar of" };
        println!("{:>10} {bytes:>10}  {name}: {verdict} {bar} ({:.0} %)", "", share * 100.0);
        if share > CEILING {
            bail!("{name} is larger than {CEILING} times its bar");
        }
    }
    Ok(())
}

/// Bytes after gzip at its best.
pub(crate) fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?.len())
}
