//! Where the project's folders are, and how another program is called.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The checked-out project.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The project this tool was built from.
    pub(crate) fn find() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: xtask.parent().unwrap_or(xtask).to_owned() }
    }

    /// A path in the project, from parts divided by `/`.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        relative.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// A call of `program` in the project's top folder.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// A call of the cargo that runs this tool, with the target folder that everything but this
    /// tool is built in.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        self.cargo_in("target", subcommand)
    }

    /// A call of cargo for this tool's own checks, in the target folder it was built in.
    pub(crate) fn cargo_for_xtask(&self, subcommand: &str) -> Command {
        let mut command = self.cargo_in("target/xtask", subcommand);
        command.args(["--package", "xtask"]);
        command
    }

    fn cargo_in(&self, target: &str, subcommand: &str) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(program);
        command.arg(subcommand).arg("--target-dir").arg(self.path(target));
        command
    }

    /// A call of a Node program that npm installed, by its path below `node_modules`.
    pub(crate) fn node_module(&self, script: &str) -> Command {
        let mut command = self.command("node");
        command.arg(self.path("node_modules").join(script));
        command
    }
}

/// Runs a program with its output shown; `remedy` says what to do when it fails.
pub(crate) fn run(command: &mut Command, remedy: &str) -> Result<()> {
    let status = command.status().with_context(|| not_started(command))?;
    if status.success() {
        return Ok(());
    }
    bail!("{} failed ({status}).\nWhat to do: {remedy}", line(command))
}

/// Runs a program, shows its output line by line and hands each line to `look`. Returns whether the
/// program ended well.
pub(crate) fn watch(command: &mut Command, mut look: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| not_started(command))?;
    if let Some(stdout) = child.stdout.take() {
        for text in BufReader::new(stdout).lines() {
            let text = text?;
            println!("{text}");
            look(&text);
        }
    }
    Ok(child.wait()?.success())
}

/// Runs a program that reads `input`, with its output shown.
pub(crate) fn feed(command: &mut Command, input: &str, remedy: &str) -> Result<()> {
    let mut child = command.stdin(Stdio::piped()).spawn().with_context(|| not_started(command))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let status = child.wait()?;
    if status.success() {
        return Ok(());
    }
    bail!("{} failed ({status}).\nWhat to do: {remedy}", line(command))
}

/// What a program writes to its standard output, when it ends well.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| not_started(command))?;
    if !output.status.success() {
        bail!(
            "{} failed ({}).\n{}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn not_started(command: &Command) -> String {
    format!("could not start {}", line(command))
}

fn line(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    format!("`{}`", words.join(" "))
}
