//! The one patient of Kossakowski et al. (2017): 239 days while venlafaxine was brought down.

use std::collections::{BTreeMap, BTreeSet};

use doseline::analysis::statistics::change_point::best_single_split;
use doseline::diary::{Answers, Body, Catalogue, Day, Diary, Kind, Record, Regimen, read_json};
use doseline::interchange::{Imported, Mapping, read_csv};
use doseline::reference;

use crate::folder::{Absent, Outcome, bytes_of, text_of};
use crate::importing::{AMSTERDAM, count, writing};

const BEEPS: &str = "oracles/data/kossakowski/kossakowski_beeps_full.csv";
const WEEKLY: &str = "oracles/data/kossakowski/kossakowski_weekly_dep_full.csv";

fn imported(bytes: &[u8], diary: &Diary) -> Imported {
    let mapping = Mapping::preset("kossakowski").unwrap();
    assert_eq!(mapping.zone(), Some("Europe/Amsterdam"));
    read_csv(bytes, &mapping, &AMSTERDAM, diary, writing()).unwrap()
}

/// The patient's diary.
pub(crate) fn diary() -> Result<Diary, Absent> {
    let mut diary = Diary::new(reference::catalogue());
    diary.merge(imported(&bytes_of(BEEPS)?, &diary).records);
    Ok(diary)
}

/// The day of the study: 1 is 13 August 2012, 239 the last.
pub(crate) fn study_day(day: f64) -> f64 {
    day - f64::from(Day::parse("2012-08-13").unwrap().number()) + 1.0
}

/// The numbers are those of the folder's `oracles/README.md`, or counted from the file with Python's
/// `csv` module where that says nothing; each says which.
pub(crate) fn the_published_single_patient_study() -> Outcome {
    let bytes = bytes_of(BEEPS)?;
    let mut diary = Diary::default();
    let Imported { records, report } = imported(&bytes, &diary);

    // 1,476 beeps on 238 days (oracles/README.md); two beeps were not answered at all and 143
    // mornings were (counted from the file).
    assert_eq!((report.rows, report.days), (1476, 238));
    assert_eq!(count(&report, Kind::CheckIn), (1474 + 143, 0));
    assert_eq!(count(&report, Kind::Assessment), (28, 0));
    assert_eq!(count(&report, Kind::Step), (10, 0));
    assert_eq!(count(&report, Kind::Dose), (0, 0));
    assert_eq!(count(&report, Kind::Medicine), (1, 0));
    assert_eq!(count(&report, Kind::Outcome), (13, 0));
    // 86 columns, of which 2 tell the time, 13 are rated, 1 scored and 1 dosed.
    assert_eq!(report.ignored_columns.len(), 86 - 17);
    let ids: BTreeSet<_> = records.iter().map(Record::id).collect();
    assert_eq!(ids.len(), records.len());

    diary.merge(records);
    let first = report.first.unwrap();
    assert_eq!((first.to_string(), report.last.unwrap().since(first)), ("2012-08-13".into(), 238));
    let study_day = |day: Day| day.since(first) + 1;
    let check_in_days: BTreeSet<i32> = diary
        .entries()
        .filter(|recorded| recorded.entry.kind() == Kind::CheckIn)
        .map(|recorded| study_day(recorded.entry.day()))
        .collect();
    let missing: Vec<i32> = (1..=239).filter(|day| !check_in_days.contains(day)).collect();
    assert_eq!(missing, [125]);

    // Dose steps (oracles/README.md).
    let regimen = Regimen::of(&diary);
    let doses: Vec<(i32, f64)> = regimen
        .episodes()
        .iter()
        .map(|e| (study_day(e.from), e.schedule.mean_daily_amount().unwrap()))
        .collect();
    let expected: [(i32, f64); 9] = [
        (1, 150.0),
        (44, 105.0),
        (50, 73.0),
        (57, 51.0),
        (64, 37.0),
        (71, 25.0),
        (78, 18.0),
        (85, 12.0),
        (92, 9.0),
    ];
    assert_eq!(doses, expected);
    assert_eq!(study_day(regimen.episodes().last().unwrap().to.unwrap()), 99);

    // The best single split of the weekly scores: between days 127 and 141, means 1.255 and
    // 1.981 (the project's issue 2 §5).
    let mut scores: Vec<(i32, f64)> = diary
        .entries()
        .filter_map(|recorded| match recorded.entry.body() {
            Body::Assessment(a) => match a.answers {
                Answers::Total(total) => Some((study_day(recorded.entry.day()), total)),
                Answers::Items(_) => None,
            },
            _ => None,
        })
        .collect();
    scores.sort_by_key(|(day, _)| *day);
    let mean = |part: &[(i32, f64)]| part.iter().map(|s| s.1).sum::<f64>() / part.len() as f64;
    let spread = |part: &[(i32, f64)]| {
        let mean = mean(part);
        part.iter().map(|s| (s.1 - mean).powi(2)).sum::<f64>()
    };
    let cost = |at: usize| spread(&scores[..at]) + spread(&scores[at..]);
    let best = (1..scores.len()).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap();
    assert_eq!((scores[best - 1].0, scores[best].0), (127, 141));
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    assert_eq!((round(mean(&scores[..best])), round(mean(&scores[best..]))), (1.255, 1.981));

    // Clocks were put back on 2012-10-28 and forward on 2013-03-31.
    let offsets: BTreeMap<Day, i16> = diary
        .entries()
        .filter_map(|r| r.entry.at().map(|at| (r.entry.day(), at.offset_minutes())))
        .collect();
    let change = |day: &str| {
        let day = Day::parse(day).unwrap();
        (offsets[&day.plus(-1)], offsets[&day])
    };
    assert_eq!(change("2012-10-28"), (120, 60));
    assert_eq!(change("2013-03-31"), (60, 120));

    assert!(imported(&bytes, &diary).records.is_empty());
    let json = diary.to_json("someone");
    assert_eq!(read_json(&json, Catalogue::default(), None).unwrap().0.to_json("someone"), json);
    Ok(())
}

/// The 28 weekly SCL-90-R depression scores of the published single-patient taper. Expected: the
/// days and means that issue 2 §5 states for the file.
pub(crate) fn the_weekly_scores_split_where_they_were_published_to() -> Outcome {
    let text = text_of(WEEKLY)?;
    let (x, y): (Vec<f64>, Vec<f64>) = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0].parse::<f64>().unwrap(), cells[4].parse::<f64>().unwrap())
        })
        .unzip();
    assert_eq!(x.len(), 28);
    let split = best_single_split(&x, &y).unwrap();
    assert_eq!((split.day_before, split.day_after), (127.0, 141.0));
    assert!((split.mean_before - 1.255).abs() < 5e-4 && (split.mean_after - 1.981).abs() < 5e-4);
    Ok(())
}
