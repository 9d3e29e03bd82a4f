//! What must be installed: the Rust target, Node with the locked npm packages, a browser.

use std::ffi::OsString;
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
    let system = if cfg!(windows) {
        System::Windows
    } else if cfg!(target_os = "macos") {
        System::MacOs
    } else {
        System::Linux
    };
    candidates(system, |name| std::env::var_os(name)).into_iter().find(|path| path.is_file())
}

/// A system that keeps its programs in its own way.
#[derive(Clone, Copy)]
enum System {
    Linux,
    MacOs,
    Windows,
}

/// Where a Chromium may be: by its name in a folder of the search path, then where an installer
/// puts it.
fn candidates(system: System, variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    let names: &[&str] = match system {
        System::Linux => &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "microsoft-edge",
            "microsoft-edge-stable",
        ],
        System::MacOs => &["chromium", "google-chrome"],
        System::Windows => &["chrome.exe", "chromium.exe", "msedge.exe"],
    };
    let search = variable("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&search)
        .filter(|folder| !folder.as_os_str().is_empty())
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .collect();
    match system {
        System::Linux => found.push(PathBuf::from("/snap/bin/chromium")),
        System::MacOs => {
            let home = variable("HOME").map(PathBuf::from);
            let folders = [Some(PathBuf::from("/")), home];
            for folder in folders.into_iter().flatten() {
                for name in ["Google Chrome", "Chromium", "Microsoft Edge"] {
                    let program = format!("Applications/{name}.app/Contents/MacOS/{name}");
                    found.push(folder.join(program));
                }
            }
        }
        System::Windows => {
            for folder in ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"] {
                let Some(folder) = variable(folder).map(PathBuf::from) else { continue };
                for parts in [
                    ["Google", "Chrome", "Application", "chrome.exe"].as_slice(),
                    &["Chromium", "Application", "chrome.exe"],
                    &["Microsoft", "Edge", "Application", "msedge.exe"],
                ] {
                    found.push(parts.iter().fold(folder.clone(), |path, part| path.join(part)));
                }
            }
        }
    }
    found
}

/// Whether Chromium can be installed without asking: Debian itself, and root. Ubuntu's package of
/// that name only points at a snap, which a container cannot run.
fn is_debian_root() -> bool {
    let root = Command::new("id").arg("-u").output();
    fs::read_to_string("/etc/os-release").is_ok_and(|release| is_debian(&release))
        && root.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

/// Whether the text of `/etc/os-release` is that of Debian, not of a system made from it.
fn is_debian(release: &str) -> bool {
    release.lines().any(|line| line.replace('"', "") == "ID=debian")
}

fn how_to_get_chromium() -> &'static str {
    if cfg!(windows) {
        "`winget install Google.Chrome`, or name a Chrome, Chromium or Edge in DOSELINE_CHROME"
    } else if cfg!(target_os = "macos") {
        "`brew install --cask google-chrome`, or name a Chrome, Chromium or Edge in DOSELINE_CHROME"
    } else {
        "install Chromium, Chrome or Edge (on Debian `sudo apt install chromium`), or name one in DOSELINE_CHROME"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(system: System, variables: &[(&str, &str)]) -> Vec<String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let paths = candidates(system, variable).into_iter();
        paths.map(|path| path.to_string_lossy().replace('\\', "/")).collect()
    }

    fn path(folders: &[&str]) -> String {
        std::env::join_paths(folders).unwrap().into_string().unwrap()
    }

    #[test]
    fn linux_has_all_three_by_the_names_of_their_packages() {
        let search = path(&["/usr/local/bin", "/usr/bin"]);
        let found = of(System::Linux, &[("PATH", &search)]);
        for name in [
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "microsoft-edge",
            "microsoft-edge-stable",
        ] {
            for folder in ["/usr/local/bin", "/usr/bin"] {
                assert!(found.contains(&format!("{folder}/{name}")), "{folder}/{name}");
            }
        }
        assert_eq!(found[0], "/usr/local/bin/chromium", "in the order of the search path");
        assert_eq!(found.last().unwrap(), "/snap/bin/chromium");
        assert_eq!(of(System::Linux, &[]), ["/snap/bin/chromium"]);
    }

    #[test]
    fn a_mac_has_applications_of_all_and_of_one_person() {
        let found = of(System::MacOs, &[("HOME", "/Users/ana")]);
        for name in ["Google Chrome", "Chromium", "Microsoft Edge"] {
            for folder in ["/", "/Users/ana/"] {
                let program = format!("{folder}Applications/{name}.app/Contents/MacOS/{name}");
                assert!(found.contains(&program), "{program}");
            }
        }
    }

    #[test]
    fn windows_has_programs_of_all_of_old_ones_and_of_one_person() {
        let search = path(&["/bin"]);
        let variables = [
            ("PATH", &*search),
            ("ProgramFiles", "C:/Program Files"),
            ("ProgramFiles(x86)", "C:/Program Files (x86)"),
            ("LocalAppData", "C:/Users/ana/AppData/Local"),
        ];
        let found = of(System::Windows, &variables);
        for folder in ["C:/Program Files", "C:/Program Files (x86)", "C:/Users/ana/AppData/Local"] {
            for program in [
                "Google/Chrome/Application/chrome.exe",
                "Chromium/Application/chrome.exe",
                "Microsoft/Edge/Application/msedge.exe",
            ] {
                let program = format!("{folder}/{program}");
                assert!(found.contains(&program), "{program}");
            }
        }
        assert!(found.iter().all(|path| path.ends_with(".exe")), "{found:?}");
        assert!(found.contains(&"/bin/msedge.exe".to_owned()));
    }

    #[test]
    fn ubuntu_is_not_debian() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(!is_debian("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"));
    }
}
