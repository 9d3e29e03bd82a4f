//! `cargo xtask test`: every gate in order. A step that passed and whose inputs have not changed
//! since is not repeated; its results are counted from its stamp.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};

use crate::inputs::{self, Inputs};
use crate::project::{self, Project};
use crate::tally::Tally;
use crate::tools::{self, NPM, WASM_TARGET};
use crate::{bits, demo, package, serve, size};

/// One gate.
struct Step {
    name: &'static str,
    about: &'static str,
    /// Whether it looks at what the step `build` makes.
    needs_build: bool,
    inputs: for<'a> fn(&'a Project) -> Result<Inputs<'a>>,
    run: fn(&Project) -> Result<Tally>,
    /// What to do when it fails.
    remedy: &'static str,
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "cargo fmt --check",
        needs_build: false,
        inputs: rust_inputs,
        run: format,
        remedy: "run `cargo fmt --all`",
    },
    Step {
        name: "clippy",
        about: "the core natively and for wasm, and this tool",
        needs_build: false,
        inputs: rust_inputs,
        run: clippy,
        remedy: "mend the warnings above; the gate allows none",
    },
    Step {
        name: "rust",
        about: "Rust tests",
        needs_build: false,
        inputs: rust_inputs,
        run: rust,
        remedy: "mend the failing test; `cargo test <part of its name>` runs it alone",
    },
    Step {
        name: "docs",
        about: "Rust documentation",
        needs_build: false,
        inputs: rust_inputs,
        run: docs,
        remedy: "mend the links and texts above; `cargo doc --no-deps --open` shows the result",
    },
    Step {
        name: "build",
        about: "npm package and demo",
        needs_build: false,
        inputs: site_inputs,
        run: build,
        remedy: "see the message above; `cargo xtask demo --no-serve` repeats only this",
    },
    Step {
        name: "size",
        about: "bytes to load",
        needs_build: true,
        inputs: built_inputs,
        run: |project| size::report(project).map(|()| Tally::check()),
        remedy: "find what grew: the bars are those of xtask/src/size.rs",
    },
    Step {
        name: "types",
        about: "TypeScript of www",
        needs_build: true,
        inputs: built_inputs,
        run: types,
        remedy: "mend the type errors above",
    },
    Step {
        name: "package",
        about: "the packed package under Node",
        needs_build: true,
        inputs: built_inputs,
        run: packed,
        remedy: "mend the failing test of tests/package",
    },
    Step {
        name: "bits",
        about: "the same bits natively, in Node and in Chromium",
        needs_build: true,
        inputs: bits_inputs,
        run: |project| bits::compare(project, bits::DIARIES_OF_THE_GATE).map(|()| Tally::check()),
        remedy: "look for arithmetic that does not go through analysis/statistics/math.rs",
    },
    Step {
        name: "browser",
        about: "the demo in Chromium",
        needs_build: true,
        inputs: built_inputs,
        run: browser,
        remedy: "mend the failing test of tests/browser",
    },
];

/// `cargo xtask test`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let mut fresh = false;
    let mut chosen = Vec::new();
    for argument in arguments {
        if argument == "--fresh" {
            fresh = true;
        } else if let Some(step) = STEPS.iter().find(|step| step.name == argument) {
            chosen.push(step);
        } else {
            let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!("there is no step `{argument}`; the steps are {}", names.join(", "));
        }
    }
    if chosen.is_empty() {
        chosen.extend(STEPS);
    }
    tools::ensure_rust(project)?;
    tools::ensure_npm(project)?;

    let begun = Instant::now();
    let mut total = Tally::default();
    let mut failures = Vec::new();
    for (index, step) in chosen.iter().enumerate() {
        println!("\n[{}/{}] {}: {}", index + 1, chosen.len(), step.name, step.about);
        if step.needs_build && failures.contains(&"build") {
            println!("left out: the build failed");
            total.skipped.push(format!("step {}: the build failed", step.name));
            continue;
        }
        let started = Instant::now();
        let (tally, unchanged) = match attempt(project, step, fresh) {
            Ok(done) => done,
            Err(error) => {
                println!("{error:#}");
                (Tally::failure(), false)
            }
        };
        let word = if unchanged { "unchanged since it passed" } else { "done" };
        println!("{}: {word}, {tally} ({:.1} s)", step.name, started.elapsed().as_secs_f64());
        if tally.failed > 0 {
            println!("What to do: {}", step.remedy);
            failures.push(step.name);
        }
        total.add(tally);
    }

    println!("\nall steps: {:.1} s", begun.elapsed().as_secs_f64());
    for (reason, count) in total.reasons() {
        println!("  skipped {count}: {reason}");
    }
    println!("skipped: {}", total.skipped.len());
    println!("{total}");
    if failures.is_empty() { Ok(()) } else { Err(anyhow!("failed: {}", failures.join(", "))) }
}

fn attempt(project: &Project, step: &Step, fresh: bool) -> Result<(Tally, bool)> {
    if step.needs_build {
        demo::build(project)?;
    }
    let stamp = format!("test-{}", step.name);
    if fresh {
        inputs::forget(project, &stamp);
    }
    // The rust step leaves a sample of every type and the table of bad input for the package step.
    let left: &[&str] =
        if step.name == "rust" { &["target/types", "target/bad-input"] } else { &[] };
    let outputs: Vec<PathBuf> = left.iter().map(|folder| project.path(folder)).collect();
    let mut tally = None;
    let done = inputs::once(project, &stamp, (step.inputs)(project)?, &outputs, || {
        let counted = (step.run)(project)?;
        let record = (counted.failed == 0).then(|| counted.to_record());
        tally = Some(counted);
        Ok(record)
    })?;
    let tally = match tally {
        Some(tally) => tally,
        None => Tally::from_record(&done.record).context("the step's stamp cannot be read")?,
    };
    Ok((tally, done.unchanged))
}

/// What the Rust steps read.
fn rust_inputs(project: &Project) -> Result<Inputs<'_>> {
    let tests = fs::read_dir(project.path("tests"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    let mut tests: Vec<String> = tests
        .into_iter()
        .filter(|name| {
            !["browser", "package", "package.json", "node_modules"].contains(&name.as_str())
        })
        .map(|name| format!("tests/{name}"))
        .collect();
    tests.sort();
    let tests: Vec<&str> = tests.iter().map(String::as_str).collect();
    shared(
        project,
        Inputs::of(project)?.files(&["src", "xtask", "docs", "README.md"])?.files(&tests)?,
    )
}

/// What the build reads.
fn site_inputs(project: &Project) -> Result<Inputs<'_>> {
    Inputs::of(project)?.files(&["src", "www", "xtask/src", "pkg/package.json"])
}

/// What the steps after the build read.
fn built_inputs(project: &Project) -> Result<Inputs<'_>> {
    let inputs = Inputs::of(project)?.files(&[
        "README.md",
        "docs/csv-import.md",
        "pkg",
        "www",
        "target/core",
        "target/demo",
        "target/types",
        "target/bad-input",
        "tests/browser",
        "tests/fixtures",
        "tests/package",
        "xtask/src/gate.rs",
        "xtask/src/size.rs",
        "xtask/src/serve.rs",
    ])?;
    shared(project, inputs.text(&std::env::var("DOSELINE_CHROME").unwrap_or_default()))
}

/// What the three sides are built from.
fn bits_inputs(project: &Project) -> Result<Inputs<'_>> {
    built_inputs(project)?.files(&["src", "Cargo.lock", "tests/bits"])
}

/// With the optional folders of data outside the project.
fn shared<'a>(project: &Project, inputs: Inputs<'a>) -> Result<Inputs<'a>> {
    let shared = std::env::var_os("DOSELINE_SHARED")
        .map_or_else(|| project.path("../shared"), PathBuf::from);
    let inputs = inputs.stamps(&shared)?;
    match std::env::var_os("DOSELINE_ORACLES") {
        Some(folder) => inputs.stamps(Path::new(&folder)),
        None => Ok(inputs),
    }
}

fn format(project: &Project) -> Result<Tally> {
    checked(project.command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy(project: &Project) -> Result<Tally> {
    let strict = ["--", "-D", "warnings"];
    let native = ["--workspace", "--exclude", "xtask", "--all-targets"];
    let wasm = ["--package", "doseline", "--lib", "--all-features", "--target", WASM_TARGET];
    // What a build may leave out (`cargo xtask build --without …`), all left out.
    let bare = ["--package", "doseline", "--lib", "--no-default-features", "--target", WASM_TARGET];
    let mut tally = checked(project.cargo("clippy").args(native).args(strict))?;
    tally.add(checked(project.cargo("clippy").args(bare).args(strict))?);
    tally.add(checked(project.cargo("clippy").args(wasm).args(strict))?);
    tally.add(checked(project.cargo_for_xtask("clippy").arg("--all-targets").args(strict))?);
    Ok(tally)
}

fn rust(project: &Project) -> Result<Tally> {
    let mut tally = Tally::default();
    let own = ["--workspace", "--exclude", "xtask", "--no-fail-fast"];
    // In the profile that it runs in, xtask's parts are compiled already.
    let of_xtask = &mut project.cargo_for_xtask("test");
    for command in [project.cargo("test").args(own), of_xtask.args(["--profile", "dev"])] {
        let mut counted = Tally::default();
        let well = project::watch(command, |line| counted.read_cargo_line(line))?;
        if !well && counted.failed == 0 {
            counted.failed = 1;
        }
        tally.add(counted);
    }
    Ok(tally)
}

fn docs(project: &Project) -> Result<Tally> {
    let native = ["--workspace", "--exclude", "xtask"].as_slice();
    // The boundary is compiled for wasm alone.
    let wasm = ["--package", "doseline", "--lib", "--target", WASM_TARGET].as_slice();
    let mut tally = Tally::default();
    for of in [native, wasm] {
        let doc = &mut project.cargo("doc");
        let doc = doc.arg("--no-deps").args(of).env("RUSTDOCFLAGS", "-D warnings");
        tally.add(checked(doc)?);
    }
    Ok(tally)
}

fn build(project: &Project) -> Result<Tally> {
    demo::build(project)?;
    Ok(Tally::check())
}

fn types(project: &Project) -> Result<Tally> {
    for config in ["www/tsconfig.json", "www/tsconfig.worker.json"] {
        package::tsc(project, config)?;
    }
    Ok(Tally::check())
}

/// Packs the package, installs the tarball in a temporary folder and runs `tests/package` there, so
/// that `import "doseline"` means what a user would get.
fn packed(project: &Project) -> Result<Tally> {
    let remedy = "see npm's message above";
    let folder = tempfile::tempdir()?;
    let there = folder.path();
    let mut pack = project.command(NPM);
    pack.args(["pack", "--silent", "--workspace", "doseline", "--pack-destination"]).arg(there);
    project::run(&mut pack, remedy)?;
    let tarball = inputs::files_below(there)?.pop().context("npm pack wrote no tarball")?;
    fs::write(there.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")?;
    let mut install = Command::new(NPM);
    install
        .current_dir(there)
        .args(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
        .arg(tarball);
    project::run(&mut install, remedy)?;

    let source = project.path("tests/package");
    for file in inputs::files_below(&source)? {
        let target = there.join("tests").join(file.strip_prefix(&source)?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, target)?;
    }
    node_tests(project, &there.join("tests"), &[("DOSELINE_PROJECT", project.path("").as_os_str())])
}

/// Serves the demo and runs `tests/browser` against it.
fn browser(project: &Project) -> Result<Tally> {
    let chromium = tools::chromium()?;
    println!("using {}", chromium.display());
    let server = serve::Server::start(project, 0)?;
    node_tests(
        project,
        &project.path("tests/browser"),
        &[
            ("DOSELINE_CHROME", chromium.as_os_str()),
            ("DOSELINE_DEMO", OsStr::new(&server.address())),
        ],
    )
}

/// Runs every `*.test.mjs` below a folder.
fn node_tests(project: &Project, folder: &Path, settings: &[(&str, &OsStr)]) -> Result<Tally> {
    let tests: Vec<PathBuf> = inputs::files_below(folder)?
        .into_iter()
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    if tests.is_empty() {
        bail!("{} has no test", folder.display());
    }
    let report = tempfile::NamedTempFile::new()?;
    let mut node = project.command("node");
    node.current_dir(folder)
        .args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"])
        .args(["--test-reporter=tap", "--test-reporter-destination"])
        .arg(report.path())
        .args(tests)
        .envs(settings.iter().copied());
    let well = node.status().context("could not start node")?.success();
    let mut tally = Tally::from_tap(&fs::read_to_string(report.path())?);
    if !well && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

fn checked(command: &mut Command) -> Result<Tally> {
    let well = command.status()?.success();
    Ok(if well { Tally::check() } else { Tally::failure() })
}
