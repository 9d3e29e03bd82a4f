//! The demo page, assembled in `target/demo`: the page's own files, the built package beside it in
//! `doseline/`, and a service worker that knows every file and its digest.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::inputs::{self, Inputs, sha256};
use crate::package;
use crate::project::Project;
use crate::samples;
use crate::serve;

const PORT: u16 = 8080;

/// `cargo xtask demo`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let mut port = PORT;
    let mut serving = true;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--port" => {
                let value = rest.next().context("--port needs a number")?;
                port = value.parse().with_context(|| format!("`{value}` is not a port"))?;
            }
            "--no-serve" => serving = false,
            other => bail!("demo has no argument `{other}`; it has --port N and --no-serve"),
        }
    }
    build(project)?;
    if !serving {
        println!("built {}", project.path("target/demo").display());
        return Ok(());
    }
    let server = serve::Server::start(project, port)?;
    println!("\nThe demo is at {}  (Ctrl-C ends it)", server.address());
    server.wait()
}

/// Builds the package and the demo. Returns whether anything had to be done.
pub(crate) fn build(project: &Project) -> Result<bool> {
    let package = package::build(project)?;
    let sources = Inputs::of(project)?.files(&["www", "pkg/dist", "src", "xtask/src"])?;
    let folder = project.path("target/demo");
    let done = inputs::once(project, "demo", sources, std::slice::from_ref(&folder), || {
        println!("assembling the demo in target/demo");
        package::empty(&folder)?;
        package::bundle(project, "demo", &json!({ "outdir": folder }))?;
        for file in inputs::files_below(&project.path("www/demo"))? {
            if !is_bundled(&file) {
                copy(&file, &project.path("www/demo"), &folder)?;
            }
        }
        for file in inputs::files_below(&project.path("pkg/dist"))? {
            if !file.to_string_lossy().ends_with(".d.ts") {
                copy(&file, &project.path("pkg/dist"), &folder.join("doseline"))?;
            }
        }
        samples::write(&folder.join("diaries"))?;
        service_worker(project, &folder)?;
        Ok(Some(String::new()))
    })?;
    Ok(package || !done.unchanged)
}

/// Whether a file of `www/demo` is compiled rather than copied.
fn is_bundled(file: &Path) -> bool {
    file.extension().is_some_and(|kind| ["ts", "tsx", "css"].iter().any(|source| kind == *source))
}

fn copy(file: &Path, from: &Path, to: &Path) -> Result<()> {
    let target = to.join(file.strip_prefix(from)?);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(file, &target).with_context(|| format!("copying {}", file.display()))?;
    Ok(())
}

/// Builds the service worker with the list of all other files and a version that is their digest.
fn service_worker(project: &Project, folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    let mut names = String::new();
    for file in inputs::files_below(folder)? {
        let path = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let digest = sha256(&fs::read(&file)?);
        names += &format!("{path} {digest}\n");
        files.push(json!({ "path": path, "sha256": digest }));
    }
    let version = &sha256(names.as_bytes())[..16];
    let request = json!({ "outdir": folder, "version": version, "precache": files });
    package::bundle(project, "service-worker", &request)
}
