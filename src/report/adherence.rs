use serde::Serialize;

use crate::analysis::adherence::{self as claim, Subject};
use crate::analysis::{Columns, DoseLog, Reading, Window};
use crate::diary::{Day, Diary, EntryId, Regimen};
use crate::error::{Code, Error, Result};

use super::named::{medicine_named, outcome_named};
use super::{AsOf, Finding, Words};

/// The adherence to one medicine over a window.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Adherence {
    /// The medicine.
    pub medicine: EntryId,
    /// Its name.
    pub medicine_name: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Doses that were due.
    pub due: usize,
    /// Due doses recorded as taken in time.
    pub taken: usize,
    /// Due doses recorded as taken late.
    pub late: usize,
    /// Due doses recorded as left out on purpose.
    pub skipped: usize,
    /// Due doses recorded as missed.
    pub missed: usize,
    /// Doses taken on top of what was due.
    pub extra: usize,
    /// Doses taken as needed.
    pub as_needed: usize,
    /// Due doses of which nothing was recorded.
    pub no_entry: usize,
    /// Days on which a dose was due.
    pub days_due: usize,
    /// Share of due days covered, as a band; `None` without a due day.
    pub covered: Option<Covered>,
    /// Share of due days covered when extra doses are carried over to later days.
    pub covered_shifted: f64,
    /// Doses taken over doses due, not capped at one.
    pub possession: f64,
    /// Share of due days covered if one in ten doses recorded as taken was not, whichever they were.
    pub if_fewer: Option<f64>,
    /// When the first dose was recorded as taken.
    pub initiation: Option<Initiation>,
    /// For how many days it went on.
    pub persistence: Option<Persistence>,
    /// Runs of due days recorded as not taken.
    pub gaps: usize,
    /// Longest run of due days without a dose.
    pub longest_gap: LongestGap,
    /// The outcome beside the gaps, where one was asked for.
    pub beside_gaps: Option<BesideGaps>,
    /// The statement.
    pub finding: Finding,
}

/// The first dose taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Initiation {
    /// Its day.
    pub day: Day,
    /// How many days after the start; `None` for a medicine taken since before.
    pub days_after_start: Option<i32>,
}

/// Days from the first dose taken to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Persistence {
    /// By what was recorded.
    pub low: usize,
    /// If days without an entry at the end were days of taking it.
    pub high: usize,
}

/// An outcome on the days beside missed doses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BesideGaps {
    /// On the days after.
    pub after: Finding,
    /// On the days before.
    pub before: Finding,
}

/// A band of coverage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Covered {
    /// Days without an entry counted as not taken.
    pub low: f64,
    /// Days without an entry counted as taken.
    pub high: f64,
}

/// The longest run of due days, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LongestGap {
    /// Recorded as not taken on every day.
    pub recorded: usize,
    /// Not recorded as taken on any day.
    pub without_entry: usize,
}

/// The adherence to `medicine` from `from` (its first step unless given) to `to` (its end, or today),
/// with an outcome beside it where one is named.
///
/// # Errors
/// [`Code::NoSuchEntry`] when the diary has no such medicine, [`Code::EndBeforeStart`] when `to`
/// lies before `from`, [`Code::UnknownValue`] at `outcome` when the diary holds no value of it.
pub fn adherence(
    diary: &Diary,
    medicine: EntryId,
    (from, to): (Option<Day>, Option<Day>),
    outcome: Option<&str>,
    as_of: AsOf,
    words: &Words,
) -> Result<Adherence> {
    let product = medicine_named(diary, medicine)?;
    let regimen = Regimen::of(diary);
    let window = window_of(&regimen, medicine, (from, to), as_of.window(diary))?;
    let log = DoseLog::of(diary);
    let subject =
        Subject { medicine, name: &product.name, regimen: &regimen, log: &log, today: as_of.today };
    let found = claim::adherence(subject, window);
    let beside_gaps = match outcome {
        None => None,
        Some(outcome) => {
            let columns = Columns::of(diary);
            let column = outcome_named(&columns, outcome)?;
            let looks = as_of.looks(diary);
            let reading = looks.reading(window);
            let beside = |reading: &Reading| {
                let read = reading.of(column);
                let beside = claim::with_outcome(&found, &product.name, &read, reading);
                [beside.after, beside.before]
                    .map(|finding| finding.one_of(&columns, &column.outcome))
            };
            let [after, before] = beside(&reading);
            let after = after
                .beside_the_look_before(&looks, &reading, |look| Some(beside(look)[0].clone()));
            let before = before
                .beside_the_look_before(&looks, &reading, |look| Some(beside(look)[1].clone()));
            let [after, before] = [after, before].map(|finding| Finding::of(&finding, words));
            Some(BesideGaps { after, before })
        }
    };
    let counts = found.counts;
    Ok(Adherence {
        medicine,
        medicine_name: product.name.to_string(),
        from: window.from,
        to: window.to,
        due: counts.due,
        taken: counts.taken,
        late: counts.late,
        skipped: counts.skipped,
        missed: counts.missed,
        extra: counts.extra,
        as_needed: counts.as_needed,
        no_entry: counts.no_entry,
        days_due: found.days_due,
        covered: found.covered().map(|(low, high)| Covered { low, high }),
        covered_shifted: found.covered_shifted,
        possession: found.possession,
        if_fewer: found.if_fewer(),
        initiation: found
            .initiated
            .map(|(day, days_after_start)| Initiation { day, days_after_start }),
        persistence: found.persisted.map(|(low, high)| Persistence { low, high }),
        gaps: found.gaps,
        beside_gaps,
        longest_gap: LongestGap {
            recorded: found.longest_gap_recorded,
            without_entry: found.longest_gap_without_entry,
        },
        finding: Finding::of(&found.finding, words),
    })
}

pub(super) fn window_of(
    regimen: &Regimen,
    medicine: EntryId,
    (from, to): (Option<Day>, Option<Day>),
    told: Window,
) -> Result<Window> {
    let first = regimen.episodes_of(medicine).next().map_or(told.from, |episode| episode.from);
    let ended = regimen.episodes_of(medicine).last().and_then(|episode| episode.to);
    let from = from.unwrap_or(first.min(told.to));
    let last = ended.map_or(told.to, |day| day.plus(-1).min(told.to));
    let to = to.unwrap_or(last.max(from));
    if to < from {
        return Err(Error::new(Code::EndBeforeStart, "to"));
    }
    Ok(Window { from, to })
}
