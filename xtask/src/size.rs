//! How many bytes a reader of the page loads, and the bars they stay below.

use std::fs;
use std::io::Write;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::inputs;
use crate::project::Project;

/// The most bytes the gzipped core may have.
const CORE_BAR: usize = 320_000;

/// The most gzipped bytes that core, API and first view may have together.
const FIRST_VIEW_BAR: usize = 405_000;

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
    println!("{:>10} {core:>10}  core, of at most {CORE_BAR}", "");
    println!("{:>10} {first_view:>10}  core, API and first view, of at most {FIRST_VIEW_BAR}", "");
    if core == 0 {
        bail!("the demo has no wasm file");
    }
    if core > CORE_BAR || first_view > FIRST_VIEW_BAR {
        bail!("the built files are larger than their bar");
    }
    Ok(())
}

/// Bytes after gzip at its best.
pub(crate) fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?.len())
}
