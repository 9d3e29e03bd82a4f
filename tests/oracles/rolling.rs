//! Rolling mean and median over days or rows, against pandas `rolling`.

use doseline::analysis::statistics::location::{mean, median};
use libtest_mimic::Failed;

use crate::case::{Case, Series};
use crate::check::Check;

#[derive(Clone, Copy)]
enum Window {
    /// The days in (t − width, t], up to the row itself where rows share a time.
    Days(f64),
    /// The last rows, missing ones included.
    Rows(usize),
    /// As many rows on either side.
    CentredRows(usize),
}

impl Window {
    fn around(self, row: usize, t: &[f64]) -> std::ops::Range<usize> {
        match self {
            Window::Days(width) => t.partition_point(|&t_j| t_j <= t[row] - width)..row + 1,
            Window::Rows(rows) => (row + 1).saturating_sub(rows)..row + 1,
            Window::CentredRows(rows) => {
                let side = rows / 2;
                row.saturating_sub(side)..(row + side + 1).min(t.len())
            }
        }
    }
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let Series { t, y } = case.series()?;
    let centred = case.input("center").as_bool().unwrap_or(false);
    let window = match (case.word("window_kind")?, centred) {
        ("days", false) => Window::Days(case.number("window")?),
        ("obs", false) => Window::Rows(case.count("window")?),
        ("obs", true) => Window::CentredRows(case.count("window")?),
        (kind, _) => return Err(format!("unknown window {kind}, centred: {centred}").into()),
    };
    let statistic = match case.word("stat")? {
        "mean" => mean,
        "median" => median,
        other => return Err(format!("unknown statistic {other}").into()),
    };
    let least = case.count("min_periods")?;
    let rolled: Vec<Option<f64>> = (0..t.len())
        .map(|row| {
            let present: Vec<f64> = y[window.around(row, &t)].iter().flatten().copied().collect();
            if present.len() < least { None } else { statistic(&present).ok() }
        })
        .collect();
    check.scale_by(y.iter().flatten().copied());
    check.column("value", &rolled, case.expected());
    Ok(())
}
