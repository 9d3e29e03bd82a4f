//! What a test runner's output says: how many passed and failed, and what was skipped and why.

use std::collections::BTreeMap;
use std::fmt;

/// Results of one step, or of all.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// One text for each skipped test: why it was, or else its name.
    pub(crate) skipped: Vec<String>,
}

impl Tally {
    /// One check that passed.
    pub(crate) fn check() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One check that failed.
    pub(crate) fn failure() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    /// Adds the results of another step.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
    }

    /// Reads one line of `cargo test`, of its own harness or of libtest-mimic.
    pub(crate) fn read_cargo_line(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += count_before(counts, " passed");
            self.failed += count_before(counts, " failed");
        } else if let Some(test) = line.strip_prefix("test ")
            && let Some((name, reason)) = test.split_once(" ... ignored")
        {
            let reason = reason.trim_start_matches(',').trim();
            let reason =
                reason.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(reason);
            self.skipped.push(if reason.is_empty() { name.trim() } else { reason }.to_owned());
        }
    }

    /// Reads the TAP report of `node --test`.
    pub(crate) fn from_tap(report: &str) -> Self {
        let total = |name: &str| {
            let line = report.lines().rev().find_map(|line| line.strip_prefix(name));
            line.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
        };
        let skipped = report
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("ok "))
            .filter_map(|line| line.split_once(" # SKIP"))
            .map(|(test, reason)| {
                let name = test.split_once(" - ").map_or(test, |(_, name)| name);
                if reason.trim().is_empty() { name } else { reason.trim() }.to_owned()
            })
            .collect();
        Self { passed: total("# pass "), failed: total("# fail ") + total("# cancelled "), skipped }
    }

    /// The tally as a step's stamp keeps it.
    pub(crate) fn to_record(&self) -> String {
        format!("{} {}\n{}", self.passed, self.failed, self.skipped.join("\n"))
    }

    /// The tally a stamp kept.
    pub(crate) fn from_record(record: &str) -> Option<Self> {
        let (counts, skipped) = record.split_once('\n')?;
        let (passed, failed) = counts.split_once(' ')?;
        Some(Self {
            passed: passed.parse().ok()?,
            failed: failed.parse().ok()?,
            skipped: skipped.lines().map(str::to_owned).collect(),
        })
    }

    /// The reasons for skipping with the number of tests each holds for.
    pub(crate) fn reasons(&self) -> BTreeMap<&str, usize> {
        let mut reasons = BTreeMap::new();
        for reason in &self.skipped {
            *reasons.entry(reason.as_str()).or_default() += 1;
        }
        reasons
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {} skipped", skipped.len())
    }
}

/// The number that stands before a word: 12 for `"ok. 12 passed; 0 failed"` and `" passed"`.
fn count_before(text: &str, word: &str) -> usize {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit([' ', ';']).next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_lines_add_up() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test statistics::median ... ok",
            "test kossakowski::rows ... ignored, needs ../shared",
            "test slow ... ignored",
            "test samples::totals ... ignored (needs samples of ../shared)",
            "test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out",
        ] {
            tally.read_cargo_line(line);
        }
        let skipped =
            ["needs ../shared", "slow", "needs samples of ../shared"].map(str::to_owned).into();
        assert_eq!(tally, Tally { passed: 15, failed: 4, skipped });
        assert_eq!(tally.to_string(), "15 passed, 4 failed, 3 skipped");
    }

    #[test]
    fn tap_totals_and_reasons() {
        let report = "TAP version 13\n    ok 1 - inner # SKIP no shared folder\nok 1 - outer\n\
                      ok 2 - bare # SKIP\n# tests 4\n# suites 0\n# pass 1\n# fail 1\n\
                      # cancelled 1\n# skipped 2\n# todo 0\n# duration_ms 12\n";
        let skipped = vec!["no shared folder".to_owned(), "bare".to_owned()];
        assert_eq!(Tally::from_tap(report), Tally { passed: 1, failed: 2, skipped });
    }

    #[test]
    fn record_gives_the_tally_back() {
        for skipped in [vec![], vec!["a b".to_owned(), "c".to_owned()]] {
            let tally = Tally { passed: 7, failed: 0, skipped };
            assert_eq!(Tally::from_record(&tally.to_record()), Some(tally));
        }
    }
}
