//! `cargo xtask picture`: the README's picture of the timeline, taken of the demo in Chromium.

use anyhow::{Result, bail};

use crate::project::{self, Project};
use crate::{demo, serve, tools};

const PICTURE: &str = "docs/timeline.png";

/// `cargo xtask picture`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("picture has no arguments");
    }
    tools::ensure_npm(project)?;
    demo::build(project)?;
    let server = serve::Server::start(project, 0)?;
    let mut take = project.command("node");
    take.arg(project.path("tests/browser/picture.mjs"))
        .arg(project.path(PICTURE))
        .env("DOSELINE_CHROME", tools::chromium()?)
        .env("DOSELINE_DEMO", server.address());
    project::run(&mut take, "see the message above")?;
    println!("wrote {PICTURE}");
    Ok(())
}
