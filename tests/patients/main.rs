//! Whole synthetic patients: each file is a diary, a day and the exact flags expected on it.
//! `tests/fixtures/patients/README.md` documents the form; `DOSELINE_PATIENTS=<folder>` runs a
//! further folder.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use doseline::diary::{ClockTime, Day, Diary, EntryId, Moment, Stamp, Writing, read_json};
use doseline::reference;
use doseline::safety::{Flag, Settings, review};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};

fn main() {
    let arguments = Arguments::from_args();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/patients");
    let mut trials = trials_of("synthetic", &fixtures);
    if let Some(further) = env::var_os("DOSELINE_PATIENTS") {
        trials.extend(trials_of("further", Path::new(&further)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// One trial for each file of the folder; an empty folder is a failing trial.
fn trials_of(kind: &str, folder: &Path) -> Vec<Trial> {
    let listed = fs::read_dir(folder).map(|entries| {
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<PathBuf> =
            paths.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
        files.sort();
        files
    });
    match listed {
        Ok(files) if !files.is_empty() => files.into_iter().map(|f| trial(kind, f)).collect(),
        _ => {
            let problem = format!("no patient in {}", folder.display());
            vec![Trial::test("folder", move || Err(problem.into())).with_kind(kind)]
        }
    }
}

fn trial(kind: &str, file: PathBuf) -> Trial {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Trial::test(name, move || compare(&file)).with_kind(kind)
}

fn compare(file: &Path) -> Result<(), Failed> {
    let patient: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let today = Day::parse(patient["today"].as_str().ok_or("no today")?)?;
    let diary = diary_of(&patient, today)?;
    let found = review(&diary, today, &Settings::default());

    let expected = patient["expected"].as_array().ok_or("no list of expected flags")?;
    let wanted = |flag: &Value| -> String {
        let about: Vec<&str> =
            flag["about"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let told = |name: &str| flag[name].as_str().unwrap_or("?").to_owned();
        let dismissed = flag["dismissed"].as_bool().unwrap_or(false);
        line(&told("severity"), &told("rule"), &about.join(" + "), dismissed)
    };
    let mut wanted: Vec<String> = expected.iter().map(wanted).collect();
    let mut raised: Vec<String> = found.flags.iter().map(shown).collect();
    wanted.sort();
    raised.sort();
    if wanted != raised {
        let why: Vec<String> = found.flags.iter().map(|flag| format!("{:?}", flag.why)).collect();
        return Err(format!(
            "expected:\n  {}\nraised:\n  {}\nwhy:\n  {}",
            wanted.join("\n  "),
            raised.join("\n  "),
            why.join("\n  ")
        )
        .into());
    }
    for rule in patient["notChecked"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !found.not_checked.iter().any(|known| known.rule == rule) {
            return Err(format!("{rule} does not say that it was not checked").into());
        }
    }
    for flag in expected {
        compare_source(flag, &found.flags)?;
    }
    for flag in &found.flags {
        if flag.entries.is_empty() || flag.sources.is_empty() {
            return Err(format!("{} has no entry or no source", flag.rule).into());
        }
    }
    Ok(())
}

/// Where the file names the ids that a flag cites, the flag cites them, and a rule of the tables names
/// the place in the words of its row.
fn compare_source(wanted: &Value, raised: &[Flag]) -> Result<(), Failed> {
    let Some(sources) = wanted["sources"].as_str() else { return Ok(()) };
    let (rule, source) = (wanted["rule"].as_str().unwrap_or("?"), wanted["source"].as_str());
    let row = reference::pack().interactions().iter().find(|row| row.id.as_str() == rule);
    if let Some(row) = row
        && source != Some(row.basis.as_str())
    {
        return Err(format!("{rule}: {source:?}, not {:?}", row.basis.as_str()).into());
    }
    let of_it = raised.iter().filter(|flag| flag.rule == rule).map(|flag| flag.sources);
    let of_it: Vec<&str> = of_it.collect();
    match of_it.contains(&sources) {
        true => Ok(()),
        false => Err(format!("{rule} cites {of_it:?}, not {sources}").into()),
    }
}

fn shown(flag: &Flag) -> String {
    let dismissed = flag.dismissed.is_some();
    line(flag.severity.as_str(), flag.rule, &flag.about.join(" + "), dismissed)
}

fn line(severity: &str, rule: &str, about: &str, dismissed: bool) -> String {
    format!("{severity}: {rule} ({about}){}", if dismissed { ", set aside" } else { "" })
}

/// The diary of a file: whole, or from a list of drafts.
fn diary_of(patient: &Value, today: Day) -> Result<Diary, Failed> {
    let Some(drafts) = patient["diary"].as_array() else {
        let (diary, _) = read_json(&patient["diary"].to_string(), reference::catalogue(), None)?;
        return Ok(diary);
    };
    let day_start = match patient["dayStart"].as_str() {
        Some(time) => ClockTime::parse(time)?,
        None => ClockTime::DEFAULT_DAY_START,
    };
    let mut book = Book {
        diary: Diary::new(reference::catalogue()),
        named: BTreeMap::new(),
        today,
        day_start,
        made: 0,
    };
    for draft in drafts {
        book.take(draft)?;
    }
    Ok(book.diary)
}

struct Book {
    diary: Diary,
    named: BTreeMap<String, EntryId>,
    today: Day,
    day_start: ClockTime,
    made: u64,
}

impl Book {
    /// Records a draft, or one for each of its days.
    fn take(&mut self, draft: &Value) -> Result<(), Failed> {
        let mut draft = draft.clone();
        let fields = draft.as_object_mut().ok_or("a draft that is no object")?;
        let name = fields.remove("as").and_then(|name| name.as_str().map(str::to_owned));
        let until = fields.remove("until");
        let every = fields.remove("every").and_then(|every| every.as_i64()).unwrap_or(1);
        for field in ["medicine", "replacing", "suspected", "visit"] {
            let named = fields.get(field).and_then(Value::as_str).and_then(|n| self.named.get(n));
            if let Some(id) = named {
                fields.insert(field.to_owned(), json!(id.to_string()));
            }
        }
        if draft["kind"] == "dismissal" {
            let found = review(&self.diary, self.today, &Settings::default());
            let flag = found.flags.iter().find(|flag| draft["flag"] == flag.rule);
            draft["flag"] = json!(flag.ok_or("a dismissal of a flag that is not raised")?.key);
        }
        let first = ["day", "onset", "from"].iter().find_map(|field| draft[*field].as_str());
        let first = first.map(Day::parse).transpose()?.unwrap_or(self.today);
        let last = until.as_ref().and_then(Value::as_str).map(Day::parse).transpose()?;
        let mut day = first;
        while day <= last.unwrap_or(first) {
            if last.is_some() {
                draft["day"] = json!(day.to_string());
            }
            let id = self.record(&draft, day)?;
            if let Some(name) = &name {
                self.named.insert(name.clone(), id);
            }
            day = day.plus(i32::try_from(every)?);
        }
        Ok(())
    }

    fn record(&mut self, draft: &Value, day: Day) -> Result<EntryId, Failed> {
        self.made += 1;
        // A plan ahead was recorded today.
        let noon = format!("{}T12:00:00+00:00", day.min(self.today));
        let writing = Writing {
            now: Moment::parse(&noon)?,
            stamp: Stamp::next(self.made, 1, self.diary.last_stamp()),
            day_start: self.day_start,
        };
        let id = EntryId::new(self.made, [0; 10]);
        let record = self
            .diary
            .prepare_record(draft, id, writing)
            .map_err(|error| format!("{error}: {draft}"))?;
        self.diary.merge([record]);
        Ok(id)
    }
}
