//! Case files: `{method, definition, tolerance, n_cases, cases: [{case, input, expected, …}]}`.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Failed;
use serde_json::Value;

/// One question and the answer a trusted tool gave.
pub(crate) struct Case {
    /// The method, as the case file names it.
    pub(crate) method: String,
    /// The case, unique within its file.
    pub(crate) name: String,
    /// Everything said about the case.
    pub(crate) json: Value,
    folder: PathBuf,
}

/// A column of times in days and a column of values, missing where nothing was recorded.
pub(crate) struct Series {
    /// Days.
    pub(crate) t: Vec<f64>,
    /// Values.
    pub(crate) y: Vec<Option<f64>>,
}

impl Series {
    /// The rows that hold a value, in the order of the file.
    pub(crate) fn compacted(&self) -> (Vec<f64>, Vec<f64>) {
        self.t.iter().zip(&self.y).filter_map(|(&t, y)| y.map(|y| (t, y))).unzip()
    }

    /// The rows that hold a value, by ascending time; equal times keep the order of the file.
    pub(crate) fn compacted_in_time(&self) -> (Vec<f64>, Vec<f64>) {
        let (t, y) = self.compacted();
        let mut rows: Vec<(f64, f64)> = t.into_iter().zip(y).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().unzip()
    }
}

/// The case files of a folder, by name.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err("no case file in this folder".into());
    }
    Ok(files)
}

/// The cases of one file.
pub(crate) fn cases_in(folder: &Path, file: &Path) -> Result<Vec<Case>, Failed> {
    let mut json: Value = serde_json::from_slice(&fs::read(file)?)?;
    let method = json["method"].as_str().ok_or("the file names no method")?.to_owned();
    let Value::Array(cases) = json["cases"].take() else {
        return Err("the file lists no cases".into());
    };
    let named = cases.into_iter().map(|json| {
        let name = json["case"].as_str().ok_or("a case without a name")?.to_owned();
        Ok(Case { method: method.clone(), name, json, folder: folder.to_owned() })
    });
    named.collect()
}

impl Case {
    /// The tool failed or gave no number: only "not estimable" is right.
    pub(crate) fn is_undefined(&self) -> bool {
        self.flag("undefined")
    }

    /// Whether a mark of the case, such as `degenerate`, is set.
    pub(crate) fn flag(&self, mark: &str) -> bool {
        self.json[mark].as_bool().unwrap_or(false)
    }

    /// What the tool answered.
    pub(crate) fn expected(&self) -> &Value {
        &self.json["expected"]
    }

    /// An input as it stands.
    pub(crate) fn input(&self, key: &str) -> &Value {
        &self.json["input"][key]
    }

    /// A number among the inputs.
    pub(crate) fn number(&self, key: &str) -> Result<f64, Failed> {
        number(self.input(key)).ok_or_else(|| format!("input {key} is not a number").into())
    }

    /// A count among the inputs.
    pub(crate) fn count(&self, key: &str) -> Result<usize, Failed> {
        let value = self.number(key)?;
        if value < 0.0 || value.fract() != 0.0 {
            return Err(format!("input {key} is not a count").into());
        }
        Ok(value as usize)
    }

    /// A word among the inputs.
    pub(crate) fn word(&self, key: &str) -> Result<&str, Failed> {
        self.input(key).as_str().ok_or_else(|| format!("input {key} is not a word").into())
    }

    /// A column among the inputs, missing values kept.
    pub(crate) fn column(&self, key: &str) -> Result<Vec<Option<f64>>, Failed> {
        column(self.input(key)).ok_or_else(|| format!("input {key} is not a column").into())
    }

    /// A column among the inputs that misses nothing.
    pub(crate) fn full_column(&self, key: &str) -> Result<Vec<f64>, Failed> {
        let whole = self.column(key)?.into_iter().collect::<Option<_>>();
        whole.ok_or_else(|| format!("input {key} misses a value").into())
    }

    /// The series of the case, inline or in its own file.
    pub(crate) fn series(&self) -> Result<Series, Failed> {
        let from_file: Value;
        let holder = match self.input("series_file").as_str() {
            Some(path) => {
                from_file = serde_json::from_slice(&fs::read(self.folder.join(path))?)?;
                &from_file
            }
            None => &self.json["input"],
        };
        let y = column(&holder["y"]).ok_or("the series has no y")?;
        let t: Option<Vec<f64>> = column(&holder["t"]).and_then(|t| t.into_iter().collect());
        let t = t.ok_or("the series has no t")?;
        if t.len() != y.len() {
            return Err("t and y differ in length".into());
        }
        Ok(Series { t, y })
    }
}

/// A JSON number; infinity is written as a word.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        _ => value.as_f64(),
    }
}

fn column(value: &Value) -> Option<Vec<Option<f64>>> {
    let cells = value.as_array()?.iter();
    cells.map(|cell| if cell.is_null() { Some(None) } else { number(cell).map(Some) }).collect()
}
