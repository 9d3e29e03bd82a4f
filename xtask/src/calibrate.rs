//! `cargo xtask calibrate`: how often the claims err as they are really used, written to
//! `docs/calibration.md`.
//!
//! The simulation is `tests/study`, built with a profile of its own and run on all cores; the same
//! seed gives the same table on any number of them. `--quick` runs few diaries and writes to
//! `target/calibration.md`, so that the table that is kept stays one that was made with care.

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};

/// Simulated diaries in a gated cell.
const FULL: u64 = 10_000;
const QUICK: u64 = 60;

/// `cargo xtask calibrate`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let (mut runs, mut seed, mut target) = (FULL, 1, "docs/calibration.md");
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = || -> Result<u64> {
            let text = rest.next().with_context(|| format!("{argument} needs a number"))?;
            text.parse().with_context(|| format!("{argument} needs a number, not `{text}`"))
        };
        match argument.as_str() {
            "--quick" => (runs, target) = (QUICK, "target/calibration.md"),
            "--runs" => runs = number()?.max(1),
            "--seed" => seed = number()?,
            other => bail!("calibrate has no argument `{other}`"),
        }
    }
    let target = project.path(target);
    let mut bench = project.cargo("bench");
    bench
        .args(["--quiet", "--profile", "calibrate", "--bench", "calibrate"])
        // Wider registers, the same results: nothing is fused or put in another order.
        .env("RUSTFLAGS", "-C target-cpu=native")
        .env("DOSELINE_CALIBRATION", &target)
        .env("DOSELINE_CALIBRATION_RUNS", runs.to_string())
        .env("DOSELINE_CALIBRATION_SEED", seed.to_string());
    project::run(&mut bench, "see the message above")?;
    println!("wrote {}", target.display());
    Ok(())
}
