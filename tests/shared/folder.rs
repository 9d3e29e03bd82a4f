//! The folder of data that may not be copied here: `$DOSELINE_SHARED`, or `../shared` beside the
//! project. `tests/fixtures/README.md` says what it holds.

use std::fs;
use std::path::{Path, PathBuf};

/// What of the folder is not there.
pub(crate) struct Absent(pub(crate) String);

/// What a test of the folder comes to. One whose files are not there is ignored, and says which.
pub(crate) type Outcome = Result<(), Absent>;

/// Where something of the folder lies.
pub(crate) fn place_of(path: &str) -> Result<PathBuf, Absent> {
    let folder = std::env::var_os("DOSELINE_SHARED").unwrap_or_else(|| "../shared".into());
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(path);
    if place.exists() { Ok(place) } else { Err(Absent(path.to_owned())) }
}

pub(crate) fn bytes_of(path: &str) -> Result<Vec<u8>, Absent> {
    Ok(fs::read(place_of(path)?).expect("readable"))
}

pub(crate) fn text_of(path: &str) -> Result<String, Absent> {
    Ok(fs::read_to_string(place_of(path)?).expect("readable"))
}
