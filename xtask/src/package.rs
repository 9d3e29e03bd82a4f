//! The npm package: core to wasm, TypeScript to bundles and declarations, all into `pkg/dist`.
//!
//! 1. [`core`]: cargo builds the wasm, wasm-bindgen its glue, binaryen's wasm-opt makes it small.
//!    The result lies in `target/core`; TypeScript sees it as `#core`.
//! 2. [`build`]: esbuild bundles the entries of `www`, tsc writes their declarations.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::inputs::{self, Inputs};
use crate::project::{self, Project};
use crate::tools::{self, WASM_TARGET};

/// The wasm features that rustc emits for the target by default, and SIMD.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Inlining is left to rustc: a function that wasm-opt moves into its only caller makes
/// the whole gzip 26 kB worse.
const NO_INLINING: &[&str] = &[
    "--one-caller-inline-max-function-size=1",
    "--flexible-inline-max-function-size=1",
    "--always-inline-max-function-size=1",
];

/// Calls of the session that go with a part: its cargo feature, and the function of the core.
const CALLS: &[(&str, &str)] = &[
    ("association", "session_associations"),
    ("dose-response", "session_doseResponse"),
    ("equivalents", "session_equivalents"),
    ("exposure", "session_exposure"),
    ("trial-design", "session_trialDesign"),
];

/// `cargo xtask build`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let left_out: Vec<&str> = match arguments {
        [] => Vec::new(),
        [flag, parts] if flag == "--without" => parts.split(',').collect(),
        _ => bail!("the arguments are `--without part,part`"),
    };
    build_without(project, &left_out)?;
    println!("built {}", project.path("pkg/dist").display());
    Ok(())
}

/// Builds `pkg/dist` with every part. Returns whether anything had to be done.
pub(crate) fn build(project: &Project) -> Result<bool> {
    build_without(project, &[])
}

/// Builds `pkg/dist` without some parts of the core.
fn build_without(project: &Project, left_out: &[&str]) -> Result<bool> {
    tools::ensure_rust(project)?;
    tools::ensure_npm(project)?;
    let core = core(project, left_out)?;
    let sources = Inputs::of(project)?.files(&[
        "www",
        "target/core",
        "src/wasm/types.d.ts",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "xtask/src/package.rs",
    ])?;
    let dist = project.path("pkg/dist");
    let done = inputs::once(project, "package", sources, std::slice::from_ref(&dist), || {
        empty(&dist)?;
        println!("bundling www into pkg/dist");
        bundle(project, "package", &serde_json::json!({ "outdir": dist }))?;
        fs::copy(project.path("target/core/doseline_bg.wasm"), dist.join("core.wasm"))?;
        declarations(project, &dist)?;
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            fs::copy(project.path(licence), project.path("pkg").join(licence))?;
        }
        Ok(Some(String::new()))
    })?;
    Ok(core || !done.unchanged)
}

/// Builds `target/core`: the wasm, its glue and the glue's types. What was left out is looked for in
/// the functions of the wasm.
fn core(project: &Project, left_out: &[&str]) -> Result<bool> {
    let parts = parts(&fs::read_to_string(project.path("Cargo.toml"))?);
    if let Some(none) = left_out.iter().find(|part| !parts.iter().any(|known| known == *part)) {
        bail!("there is no part `{none}` to leave out; the parts are {}", parts.join(", "));
    }
    let kept: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !left_out.contains(part)).collect();
    let done = core_with(project, "core", &kept.join(","))?;
    let exports = fs::read_to_string(project.path("target/core/doseline_bg.wasm.d.ts"))?;
    for (part, call) in CALLS {
        let is_there = exports.contains(&format!("const {call}:"));
        if is_there == left_out.contains(part) {
            let word = if is_there { "still" } else { "not" };
            bail!(
                "`{call}` of the part `{part}` is {word} in the core\nWhat to do: its function in \
                 src/wasm/session.rs stands under the feature of that name"
            );
        }
    }
    Ok(done)
}

/// The parts that a build can leave out: the default features of the core.
fn parts(manifest: &str) -> Vec<String> {
    let defaults = manifest.lines().find_map(|line| line.strip_prefix("default = ["));
    let names = defaults.unwrap_or_default().split('"').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// Builds the core with the estimators of the feature `bench`, into `target/bench-core`.
pub(crate) fn bench_core(project: &Project) -> Result<bool> {
    core_with(project, "bench-core", "default,bench")
}

/// Builds the core with these features alone into the folder of that name in `target`.
fn core_with(project: &Project, name: &str, features: &str) -> Result<bool> {
    let sources = Inputs::of(project)?.files(&["src", "xtask/src/package.rs"])?.text(features);
    let folder = project.path("target").join(name);
    let done = inputs::once(project, name, sources, std::slice::from_ref(&folder), || {
        println!("compiling the core to wasm");
        project::run(
            project
                .cargo("build")
                .args(["--release", "--lib", "--package", "doseline", "--target", WASM_TARGET])
                .args(["--no-default-features", "--features", features])
                .env("CARGO_ENCODED_RUSTFLAGS", flags(project)),
            "mend the compile error above",
        )?;
        empty(&folder)?;
        let compiled = project.path("target").join(WASM_TARGET).join("release/doseline.wasm");
        Bindgen::new()
            .input_path(compiled)
            .web(true)
            .and_then(|bindgen| {
                bindgen
                    .typescript(true)
                    .omit_default_module_path(true)
                    .remove_name_section(true)
                    .remove_producers_section(true)
                    .generate(&folder)
            })
            .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
        optimise(project, &folder.join("doseline_bg.wasm"))?;
        Ok(Some(String::new()))
    })?;
    Ok(!done.unchanged)
}

/// Compiler flags: SIMD, which every browser has had since early 2023, and what keeps the builder's
/// folders out of the panic messages in the shipped file, and so the file the same on every machine.
/// Divided as cargo's variable wants it, so that a folder's name may hold a space.
fn flags(project: &Project) -> String {
    let home = |variable: &str, folder: &str| {
        let chosen = std::env::var_os(variable).map(PathBuf::from);
        chosen.or_else(|| Some(std::env::home_dir()?.join(folder)))
    };
    [
        (Some(project.path("")), "doseline"),
        (home("CARGO_HOME", ".cargo"), "cargo"),
        (home("RUSTUP_HOME", ".rustup"), "rustup"),
    ]
    .into_iter()
    .filter_map(|(from, to)| Some(format!("--remap-path-prefix={}={to}", from?.display())))
    .chain(["-Ctarget-feature=+simd128".to_owned()])
    .collect::<Vec<_>>()
    .join("\u{1f}")
}

fn optimise(project: &Project, wasm: &Path) -> Result<()> {
    println!("optimising the wasm");
    project::run(
        project
            .node_module("binaryen/bin/wasm-opt")
            .args(["-O3", "--reorder-functions"])
            .args(NO_INLINING)
            .args(WASM_FEATURES)
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
        "a feature wasm-opt does not know needs its --enable flag in xtask/src/package.rs",
    )
}

/// Runs `www/bundle.mjs` for one of its parts.
pub(crate) fn bundle(project: &Project, part: &str, request: &serde_json::Value) -> Result<()> {
    project::feed(
        project.command("node").arg(project.path("www/bundle.mjs")).arg(part),
        &request.to_string(),
        "mend the error above; every file a bundle starts from is listed in www/bundle.mjs",
    )
}

/// Writes the declarations of the package's entries, and takes out those no entry leads to.
fn declarations(project: &Project, dist: &Path) -> Result<()> {
    println!("writing the package's declarations");
    tsc(project, "www/tsconfig.package.json")?;
    fs::copy(project.path("src/wasm/types.d.ts"), dist.join("types.d.ts"))?;
    fs::write(dist.join("index.d.ts"), "export * from \"./api/index.js\";\n")?;
    fs::write(dist.join("elements.d.ts"), "export * from \"./widget/elements.js\";\n")?;

    let mut reached = BTreeSet::from([dist.join("types.d.ts")]);
    let mut waiting = vec![dist.join("index.d.ts"), dist.join("elements.d.ts")];
    while let Some(file) = waiting.pop() {
        if reached.insert(file.clone()) {
            let text =
                fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            let folder = file.parent().unwrap_or(dist);
            for module in specifiers(&text) {
                if let Some(inner) = module.strip_suffix(".js").filter(|_| module.starts_with('.'))
                {
                    waiting.push(normal(&folder.join(format!("{inner}.d.ts"))));
                } else if module != "#types" {
                    bail!(
                        "{} names `{module}`, which a user of the package does not have.\nWhat to \
                         do: keep that type out of what www's entries export",
                        file.display()
                    );
                }
            }
        }
    }
    for file in inputs::files_below(dist)? {
        if file.to_string_lossy().ends_with(".d.ts") && !reached.contains(&file) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// The modules a declaration file names: the texts after `from` and inside `import(…)`.
fn specifiers(declarations: &str) -> Vec<&str> {
    ["from \"", "import(\"", "import \""]
        .iter()
        .flat_map(|opening| declarations.split(opening).skip(1))
        .filter_map(|rest| rest.split_once('"').map(|(module, _)| module))
        .collect()
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Type-checks one TypeScript project.
pub(crate) fn tsc(project: &Project, config: &str) -> Result<()> {
    project::run(
        project.node_module("typescript/bin/tsc").arg("--project").arg(project.path(config)),
        "mend the type errors above",
    )
}

/// Makes a folder that is empty.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_of_every_form() {
        let text = "import type { A } from \"./a.js\";\nexport * from \"../b.js\";\n\
                    import \"./c.js\";\ntype D = import(\"#types\").D;";
        assert_eq!(specifiers(text), ["./a.js", "../b.js", "#types", "./c.js"]);
    }

    #[test]
    fn what_can_be_left_out_are_the_default_features() {
        let manifest = include_str!("../../Cargo.toml");
        let mut calls: Vec<&str> = CALLS.iter().map(|(part, _)| *part).collect();
        // What goes together has no call of its own: flags tell it.
        calls.push("interactions");
        calls.sort_unstable();
        assert_eq!(parts(manifest), calls);
    }

    #[test]
    fn normal_takes_out_dots() {
        assert_eq!(normal(Path::new("a/./b/../c")), Path::new("a/c"));
    }
}
