use serde::Serialize;

use crate::analysis::{Columns, Looks, association as claim};
use crate::diary::{Day, Diary};

use super::{AsOf, Finding, Words};

/// Which recorded things go together with which ratings, and whether that held up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Associations {
    /// Patterns tried: things, ratings and lags.
    pub tried: usize,
    /// The ratings tried.
    pub outcomes: Vec<String>,
    /// The things they were tried with.
    pub things: Vec<String>,
    /// The hunches, in the order they were found.
    pub hunches: Vec<HunchView>,
}

/// A pattern found by looking, and what later days said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HunchView {
    /// The rating.
    pub outcome: String,
    /// What it goes together with.
    pub thing: String,
    /// Days from the thing to the rating.
    pub lag_days: u8,
    /// `higher` or `lower`: how the rating is with it.
    pub direction: &'static str,
    /// The look at which it was found and frozen.
    pub since: Day,
    /// Patterns tried by then.
    pub tried: usize,
    /// `watching`, `held-up` or `did-not`.
    pub state: &'static str,
    /// The look at which later days told.
    pub read: Option<Day>,
    /// The statement.
    pub finding: Finding,
}

/// The hunches of a diary.
#[must_use]
pub fn associations(diary: &Diary, as_of: AsOf, words: &Words) -> Associations {
    let window = as_of.window(diary);
    let looks = Looks::of(diary, window, as_of.today);
    let columns = Columns::of(diary);
    let claim::Associations { things, outcomes, found, findings } =
        claim::associations(diary, &columns, window, looks.days());
    let hunches = found.hunches.iter().zip(&findings).map(|(hunch, finding)| HunchView {
        outcome: outcomes[hunch.pattern.outcome].key.as_str().to_owned(),
        thing: words.text(&things[hunch.pattern.thing].thing.name()),
        lag_days: hunch.pattern.lag,
        direction: if hunch.pattern.higher { "higher" } else { "lower" },
        since: hunch.since,
        tried: hunch.tried,
        state: match hunch.test {
            None => "watching",
            Some((_, _, true)) => "held-up",
            Some((_, _, false)) => "did-not",
        },
        read: hunch.test.as_ref().map(|(look, ..)| *look),
        finding: Finding::of(finding, words),
    });
    Associations {
        tried: found.tried,
        outcomes: outcomes.iter().map(|outcome| words.heading(&outcome.name)).collect(),
        things: things.iter().map(|exposure| words.text(&exposure.thing.name())).collect(),
        hunches: hunches.collect(),
    }
}
