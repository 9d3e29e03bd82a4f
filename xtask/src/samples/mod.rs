//! Made-up diaries, written from fixed seeds: the same bytes on every run and machine.
//!
//! [`diaries`] are the three examples of the demo page, [`ten_years`] is the long diary of
//! `cargo xtask bench`. Nobody lived them; every visible title says so. Each entry goes through
//! the diary's own checks, so none can be impossible. Days are counted from the first day of a
//! diary, which is day 0; the last is always [`LAST_DAY`].

mod bipolar;
mod depression;
mod scribe;
mod taper;
mod ten_years;

use std::path::Path;
use std::{fs, io};

use anyhow::{Result, bail};
use serde_json::json;

pub(crate) use scribe::{Chance, Wave};
pub(crate) use ten_years::{SEED as TEN_YEARS_SEED, ten_years};

use crate::project::Project;

/// The last day of every made-up diary: "today" when one is opened.
pub(crate) const LAST_DAY: &str = "2026-11-20";

/// The instant at which an example is looked at: the evening of its last day.
const EVENING: &str = "2026-11-20T23:30:00+01:00";

/// `cargo xtask samples`: the examples and the long diary, as files to look into.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let folder = match arguments {
        [] => project.path("target/samples"),
        [folder] => folder.into(),
        _ => bail!("samples has one argument, the folder to write into"),
    };
    write(&folder)?;
    fs::write(folder.join("bench-ten-years.json"), ten_years())?;
    println!("wrote {}", folder.display());
    Ok(())
}

/// A made-up diary.
pub(crate) struct Sample {
    /// Its file name, which is also its subject with `.json`.
    pub(crate) file: &'static str,
    /// What it is called on screen.
    pub(crate) title: &'static str,
    /// What it tells, in a sentence.
    pub(crate) about: &'static str,
    /// Its Doseline JSON.
    pub(crate) json: String,
}

/// The examples of the demo page.
pub(crate) fn diaries() -> Vec<Sample> {
    vec![
        Sample {
            file: "example-depression.json",
            title: "Made-up example: a first treatment of depression",
            about: "Thirty-four weeks: sertraline started and raised, a switch to venlafaxine, remission. A PHQ-9 every two weeks.",
            json: depression::diary(),
        },
        Sample {
            file: "example-bipolar.json",
            title: "Made-up example: bipolar disorder, with lithium levels",
            about: "Forty weeks: lithium with blood levels, quetiapine at night, an antidepressant added and stopped.",
            json: bipolar::diary(),
        },
        Sample {
            file: "example-taper.json",
            title: "Made-up example: coming off venlafaxine slowly",
            about: "Four weeks at 150 mg, nine steps down over eight weeks, then twenty weeks without.",
            json: taper::diary(),
        },
    ]
}

/// Writes the examples into `dir`, with `index.json` that lists file, title, what each tells, and
/// the instant to look at it from.
pub(crate) fn write(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let diaries = diaries();
    let list = diaries.iter().map(|Sample { file, title, about, .. }| {
        json!({ "file": file, "title": title, "about": about, "now": EVENING })
    });
    fs::write(dir.join("index.json"), json!(list.collect::<Vec<_>>()).to_string() + "\n")?;
    diaries.iter().try_for_each(|sample| fs::write(dir.join(sample.file), &sample.json))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use doseline::diary::{Body, Catalogue, Day, Diary, Episode, Kind, Regimen, read_json};

    use super::*;

    fn open(json: &str) -> Diary {
        read_json(json, Catalogue::default(), None).unwrap().0
    }

    fn counts(diary: &Diary) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for recorded in diary.entries() {
            *counts.entry(recorded.entry.kind().as_str()).or_default() += 1;
        }
        counts
    }

    fn doses(diary: &Diary) -> Vec<(i32, f64)> {
        let first = diary.entries().map(|recorded| recorded.entry.day()).min().unwrap();
        let regimen = Regimen::of(diary);
        let episodes = regimen.episodes().iter();
        let dose = |e: &Episode| Some((e.from.since(first), e.schedule.mean_daily_amount()?));
        episodes.filter_map(dose).collect()
    }

    #[test]
    fn every_run_writes_the_same_bytes_and_they_read_back() {
        for (sample, again) in diaries().into_iter().zip(diaries()) {
            assert!(sample.json == again.json, "{} differs between two runs", sample.file);
            let (diary, subject) = read_json(&sample.json, Catalogue::default(), None).unwrap();
            assert_eq!(format!("{subject}.json"), sample.file);
            assert!(diary.to_json(&subject) == sample.json, "{} reads otherwise", sample.file);
            assert!(sample.title.starts_with("Made-up example"));
            assert!(EVENING.starts_with(LAST_DAY));
            println!("{} {:?} {} bytes", sample.file, counts(&diary), sample.json.len());
        }
    }

    #[test]
    fn each_tells_the_story_it_promises() {
        let [depression, bipolar, taper] =
            <[Sample; 3]>::try_from(diaries()).ok().unwrap().map(|sample| open(&sample.json));
        // Every fourteen days over 34 weeks, the second a day early: before the first dose.
        let scores = phq9(&depression);
        assert_eq!(scores.len(), 18);
        let start = Regimen::of(&depression).episodes()[0].from;
        assert_eq!(scores.iter().filter(|(day, _)| *day < start).count(), 2);
        let baseline = f64::from(scores[0].1 + scores[1].1) / 2.0;
        let change = |score: u16| 1.0 - f64::from(score) / baseline;
        let at = |day: i32| scores.iter().find(|(d, _)| d.since(scores[0].0) == day).unwrap().1;
        assert!((0.25..0.5).contains(&change(at(84))), "partial response before the switch");
        assert!(change(at(168)) >= 0.5, "response after it");
        assert!(scores[15..].iter().all(|(_, score)| *score < 5), "remission at the end");

        assert!(doses(&bipolar).contains(&(112, 50.0)));
        let is_lithium = |body: &Body| {
            matches!(body, Body::Measurement(m)
            if m.analyte.as_deref() == Some("lithium") && m.hours_since_dose == Some(12.0))
        };
        assert_eq!(bipolar.entries().filter(|r| is_lithium(r.entry.body())).count(), 6);

        // The daily doses of the published study, a week apart here.
        let steps: [(i32, f64); 9] = [
            (0, 150.0),
            (28, 105.0),
            (35, 73.0),
            (42, 51.0),
            (49, 37.0),
            (56, 25.0),
            (63, 18.0),
            (70, 12.0),
            (77, 9.0),
        ];
        assert_eq!(doses(&taper), steps);
        let last = Day::parse(LAST_DAY).unwrap();
        let stop = Regimen::of(&taper).episodes().last().unwrap().to.unwrap();
        assert_eq!(last.since(stop), 20 * 7);
        for diary in [depression, bipolar, taper] {
            let check_ins = diary.entries().filter(|r| r.entry.kind() == Kind::CheckIn);
            let latest = check_ins.map(|r| r.entry.day()).max().unwrap();
            assert_eq!(latest, last);
        }
    }

    fn phq9(diary: &Diary) -> Vec<(Day, u16)> {
        let mut scores: Vec<(Day, u16)> = diary
            .entries()
            .filter_map(|recorded| match recorded.entry.body() {
                Body::Assessment(a) if a.instrument.as_ref() == "phq-9" => match &a.answers {
                    doseline::diary::Answers::Items(items) => {
                        let total = items.iter().flatten().map(|score| u16::from(*score)).sum();
                        Some((recorded.entry.day(), total))
                    }
                    doseline::diary::Answers::Total(_) => None,
                },
                _ => None,
            })
            .collect();
        scores.sort();
        scores
    }

    #[test]
    fn ten_years_hold_the_entries_that_are_measured() {
        let json = ten_years();
        let diary = open(&json);
        let counts = counts(&diary);
        // 3,650 days; 3 medicines twice a day; one PHQ-9 in each started fortnight.
        assert_eq!((counts["check-in"], counts["dose"], counts["assessment"]), (3650, 21_900, 261));
        // On top: 3 medicines and their steps.
        assert_eq!((counts["medicine"], counts["step"]), (3, 10));
        assert_eq!(counts.values().sum::<usize>(), 25_811 + 13);
        assert!(json == ten_years());
        println!("ten years: {} bytes", json.len());
    }
}
