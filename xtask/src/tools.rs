//! What must be installed: the Rust target, Node with the locked npm packages, a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::inputs::{self, Inputs};
use crate::project::{self, Project};

/// The target the core is compiled for in a browser and in Node.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// npm, whose program has another name on Windows.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

const OLDEST_NODE: u32 = 20;

/// Installs the target and the components that rust-toolchain.toml names, when they are missing.
pub(crate) fn ensure_rust(project: &Project) -> Result<()> {
    let library = project::output(project.command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]))?;
    if !Path::new(library.trim()).is_dir() {
        println!("installing the Rust target {WASM_TARGET}");
        rustup(project, "target", WASM_TARGET)?;
    }
    for (component, subcommand) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        let found = project.command("cargo").args([subcommand, "--version"]).output();
        if !found.is_ok_and(|output| output.status.success()) {
            println!("installing the Rust component {component}");
            rustup(project, "component", component)?;
        }
    }
    Ok(())
}

fn rustup(project: &Project, what: &str, name: &str) -> Result<()> {
    project::run(
        project.command("rustup").args([what, "add", name]),
        &format!("install rustup from https://rustup.rs, then run `rustup {what} add {name}` here"),
    )
}

/// Installs the npm packages of package-lock.json, unless they already are.
pub(crate) fn ensure_npm(project: &Project) -> Result<()> {
    ensure_node(project)?;
    let installed = project.path("node_modules/.package-lock.json");
    let manifests = Inputs::of(project)?.files(&[
        "www/package.json",
        "pkg/package.json",
        "tests/package.json",
    ])?;
    inputs::once(project, "npm", manifests, &[installed], || {
        println!("installing the npm packages of package-lock.json");
        project::run(
            project.command(NPM).args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]),
            "see npm's message above; this step needs the network once",
        )?;
        Ok(Some(String::new()))
    })?;
    Ok(())
}

fn ensure_node(project: &Project) -> Result<()> {
    let advice = format!("install Node {OLDEST_NODE} or newer with npm: https://nodejs.org");
    let version =
        project::output(project.command("node").arg("--version")).context(advice.clone())?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major >= OLDEST_NODE) {
        return Ok(());
    }
    bail!("Node {} is too old.\nWhat to do: {advice}", version.trim())
}

/// A Chromium to test in: `DOSELINE_CHROME`, or one found where Chrome, Chromium and Edge are
/// installed; on Debian, as root, it is installed.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("DOSELINE_CHROME") {
        let chosen = PathBuf::from(chosen);
        if chosen.is_file() {
            return Ok(chosen);
        }
        bail!("DOSELINE_CHROME names {}, which is not a file", chosen.display());
    }
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    if is_debian_root() {
        println!("installing Chromium");
        let remedy = "install Chromium or Chrome by hand, or name one in DOSELINE_CHROME";
        project::run(Command::new("apt-get").arg("update"), remedy)?;
        project::run(
            Command::new("apt-get")
                .args(["install", "--yes", "--no-install-recommends", "chromium"])
                .env("DEBIAN_FRONTEND", "noninteractive"),
            remedy,
        )?;
        if let Some(found) = installed_chromium() {
            return Ok(found);
        }
    }
    bail!("no browser found.\nWhat to do: {}", how_to_get_chromium())
}

fn installed_chromium() -> Option<PathBuf> {
    let fixed: &[&str] = if cfg!(target_os = "macos") {
        &[
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ]
    } else {
        &["/snap/bin/chromium"]
    };
    let on_windows = [
        r"Google\Chrome\Application\chrome.exe",
        r"Chromium\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe",
    ];
    let program_folders = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .into_iter()
        .filter_map(std::env::var_os)
        .flat_map(|folder| on_windows.map(|path| Path::new(&folder).join(path)));
    let names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
    let search = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&search)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .collect::<Vec<_>>();
    on_path
        .into_iter()
        .chain(fixed.iter().map(PathBuf::from))
        .chain(program_folders)
        .find(|path| path.is_file())
}

fn is_debian_root() -> bool {
    let root = Command::new("id").arg("-u").output();
    fs::metadata("/etc/debian_version").is_ok()
        && root.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn how_to_get_chromium() -> &'static str {
    if cfg!(windows) {
        "`winget install Google.Chrome`, or name a Chrome, Chromium or Edge in DOSELINE_CHROME"
    } else if cfg!(target_os = "macos") {
        "`brew install --cask google-chrome`, or name a Chrome, Chromium or Edge in DOSELINE_CHROME"
    } else {
        "`sudo apt install chromium` (or your system's like), or name one in DOSELINE_CHROME"
    }
}
