//! A step whose inputs are what they were, and whose outputs lie as it left them, is not done again.
//!
//! Inputs are compared by content, so a fresh checkout or a touched file repeats nothing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::project::Project;

/// Everything a step reads, as one digest.
pub(crate) struct Inputs<'a> {
    project: &'a Project,
    digest: Sha256,
}

impl<'a> Inputs<'a> {
    /// Inputs that so far hold only the lock files, the toolchain and the build settings.
    pub(crate) fn of(project: &'a Project) -> Result<Self> {
        Self { project, digest: Sha256::new() }.files(&[
            "Cargo.toml",
            "Cargo.lock",
            "package.json",
            "package-lock.json",
            "rust-toolchain.toml",
            ".cargo/config.toml",
        ])
    }

    /// With the contents of these files, and of all files below these folders.
    pub(crate) fn files(mut self, paths: &[&str]) -> Result<Self> {
        for path in paths {
            let path = self.project.path(path);
            for file in files_below(&path)? {
                let name = file.strip_prefix(self.project.path("")).unwrap_or(&file);
                self.add(name.to_string_lossy().as_bytes());
                self.add(&fs::read(&file).with_context(|| format!("reading {}", file.display()))?);
            }
        }
        Ok(self)
    }

    /// With the size and the time of change of all files below a folder that may be absent: for
    /// large folders outside the project.
    pub(crate) fn stamps(mut self, folder: &Path) -> Result<Self> {
        for file in files_below(folder)? {
            let meta = fs::metadata(&file)?;
            self.add(file.to_string_lossy().as_bytes());
            self.add(format!("{} {:?}", meta.len(), meta.modified()?).as_bytes());
        }
        Ok(self)
    }

    /// With a text, such as a setting.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.add(text.as_bytes());
        self
    }

    fn add(&mut self, bytes: &[u8]) {
        self.digest.update((bytes.len() as u64).to_le_bytes());
        self.digest.update(bytes);
    }

    fn finish(self) -> String {
        hex(&self.digest.finalize())
    }
}

/// A step's result, as its stamp keeps it.
pub(crate) struct Done {
    /// Whether the step was left out because nothing had changed.
    pub(crate) unchanged: bool,
    /// What the step returned when it was last done.
    pub(crate) record: String,
}

/// Does `work` unless `step` was done with the same inputs and `outputs` lie as it left them.
/// `work` returns a record that is kept with the stamp, or `None` when it is to be done again.
pub(crate) fn once(
    project: &Project,
    step: &str,
    inputs: Inputs<'_>,
    outputs: &[PathBuf],
    work: impl FnOnce() -> Result<Option<String>>,
) -> Result<Done> {
    let stamp = project.path("target/stamps").join(step);
    let before = inputs.finish();
    if let Ok(kept) = fs::read_to_string(&stamp)
        && let Some((head, record)) = kept.split_once('\n')
        && head == format!("{before} {}", digest_of(outputs)?)
    {
        return Ok(Done { unchanged: true, record: record.to_owned() });
    }
    let _ = fs::remove_file(&stamp);
    let record = work()?;
    if let Some(record) = &record {
        fs::create_dir_all(project.path("target/stamps"))?;
        fs::write(&stamp, format!("{before} {}\n{record}", digest_of(outputs)?))?;
    }
    Ok(Done { unchanged: false, record: record.unwrap_or_default() })
}

/// Forgets that any step of this name was done.
pub(crate) fn forget(project: &Project, step: &str) {
    let _ = fs::remove_file(project.path("target/stamps").join(step));
}

fn digest_of(outputs: &[PathBuf]) -> Result<String> {
    let mut digest = Sha256::new();
    for output in outputs {
        for file in files_below(output)? {
            digest.update(file.to_string_lossy().as_bytes());
            digest.update(fs::read(&file)?);
        }
    }
    Ok(hex(&digest.finalize()))
}

/// The file, or all files below the folder, in a fixed order; none when there is nothing.
/// What npm installed and what was built are no inputs.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        entries.sort();
        for entry in entries {
            if !entry.ends_with("node_modules") {
                found.extend(files_below(&entry)?);
            }
        }
    }
    Ok(found)
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
