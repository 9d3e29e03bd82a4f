use serde::Serialize;

use crate::analysis::adherence::{self as claim, Subject};
use crate::analysis::{DoseLog, Window};
use crate::diary::{Day, Diary, EntryId, Regimen};
use crate::error::{Code, Error, Result};

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
    /// Longest run of due days without a dose.
    pub longest_gap: LongestGap,
    /// The statement.
    pub finding: Finding,
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

/// The adherence to `medicine` from `from` (its first step unless given) to `to` (its end, or today).
///
/// # Errors
/// [`Code::NoSuchEntry`] when the diary has no such medicine, [`Code::EndBeforeStart`] when `to`
/// lies before `from`.
pub fn adherence(
    diary: &Diary,
    medicine: EntryId,
    (from, to): (Option<Day>, Option<Day>),
    as_of: AsOf,
    words: &Words,
) -> Result<Adherence> {
    let Some(product) = diary.medicine(medicine) else {
        return Err(Error::new(Code::NoSuchEntry, "medicine"));
    };
    let regimen = Regimen::of(diary);
    let window = window_of(&regimen, medicine, (from, to), as_of.window(diary))?;
    let log = DoseLog::of(diary);
    let subject =
        Subject { medicine, name: &product.name, regimen: &regimen, log: &log, today: as_of.today };
    let found = claim::adherence(subject, window);
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
