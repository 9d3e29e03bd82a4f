use super::reading::{FromTable, row};
use super::{Confidence, Fact, SourceId, Sourced, Text};
use crate::diary::{Value, words};
use crate::error::{Code, Error, Result};

words! {
    /// What an instrument is for.
    Purpose {
        /// A short first look; a positive one leads to a longer instrument.
        Screen = "screen",
        /// How bad it is, and how that changes.
        Severity = "severity",
    }
}

/// A rating scale, as it was published.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Instrument {
    /// Kebab-case id, for example `"phq-9"`.
    pub id: Text,
    /// Version of this row; changes when a score or a band would.
    pub version: Text,
    /// Other spellings of the id that [`Instruments::find`](super::Instruments::find) takes.
    pub aliases: Vec<Text>,
    /// Full title.
    pub title: Text,
    /// The name people use, for example `"PHQ-9"`.
    pub short: Text,
    /// What it measures.
    pub condition: Text,
    /// What it is for.
    pub purpose: Purpose,
    /// Who holds the rights, and on which terms the wording may be shown.
    pub rights: Sourced<Rights>,
    /// How many days back the questions look.
    pub recall_days: Fact<u16>,
    /// The question that stands before the items.
    pub stem: Sourced<Text>,
    /// The scored items, in order; item 1 is the first.
    pub items: Sourced<Vec<Item>>,
    /// The answers to choose from, unless an item has its own.
    pub options: Sourced<Vec<Choice>>,
    /// Items that are asked and stored and never scored.
    pub unscored: Sourced<Vec<Item>>,
    /// How the answers make the total.
    pub scoring: Sourced<Scoring>,
    /// Lowest and highest total.
    pub range: Sourced<(u16, u16)>,
    /// Whether a higher total means more trouble.
    pub higher_is_worse: bool,
    /// What to do when items are unanswered.
    pub missing: Sourced<MissingRule>,
    /// Severity bands, contiguous, from the lowest total to the highest. Empty: none are published.
    pub bands: Sourced<Vec<Band>>,
    /// Published cut-offs, lowest first.
    pub cutoffs: Vec<Sourced<Cutoff>>,
    /// Published rules over single answers.
    pub patterns: Vec<Sourced<Pattern>>,
    /// Smallest change that matters to people, in points.
    pub smallest_change: Fact<u16>,
    /// Changes beyond what chance in answering explains, smallest first.
    pub reliable_change: Vec<Sourced<ReliableChange>>,
    /// Reduction from baseline that counts as response, as a share of the baseline.
    pub response: Fact<f64>,
    /// Reduction from baseline that counts as response, in points, where the rule is given so.
    pub response_points: Fact<u16>,
    /// Reduction from baseline that counts as partial response, up to the one of response.
    pub partial_response: Fact<f64>,
    /// Totals below this count as remission.
    pub remission: Fact<u16>,
    /// When readings suggest a relapse.
    pub relapse: Fact<RelapseScreen>,
    /// The definition of clinically significant improvement.
    pub clinically_significant: Fact<SignificantImprovement>,
    /// Below this baseline a change in percent says too little to be shown.
    pub percent_floor: Fact<u16>,
    /// Items whose answer matters by itself, whatever the total.
    pub safety_items: Vec<Sourced<SafetyItem>>,
    /// Items about something that a medicine can do as well; `None` where nobody looked.
    pub side_effect_items: Option<Sourced<Vec<SideEffectItem>>>,
    /// LOINC code of the panel.
    pub loinc_panel: Fact<Text>,
    /// LOINC code of the total.
    pub loinc_total: Fact<Text>,
    /// Remarks for those who use it.
    pub notes: Vec<Sourced<Text>>,
    /// The publications it rests on.
    pub citations: Vec<Text>,
}

/// A row's version changes whenever what it says does.
impl PartialEq for Instrument {
    fn eq(&self, other: &Self) -> bool {
        (&self.id, &self.version) == (&other.id, &other.version)
    }
}

row!(Instrument {
    id,
    version,
    aliases,
    title,
    short,
    condition,
    purpose,
    rights,
    recall_days: "recallDays",
    stem,
    items,
    options,
    unscored,
    scoring,
    range,
    higher_is_worse: "higherIsWorse",
    missing,
    bands,
    cutoffs,
    patterns,
    smallest_change: "smallestChange",
    reliable_change: "reliableChange",
    response,
    response_points: "responsePoints",
    partial_response: "partialResponse",
    remission,
    relapse,
    clinically_significant: "clinicallySignificant",
    percent_floor: "percentFloor",
    safety_items: "safetyItems",
    side_effect_items: "sideEffectItems",
    loinc_panel: "loincPanel",
    loinc_total: "loincTotal",
    notes,
    citations
});

/// Rights in an instrument's wording.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rights {
    /// Whether the wording may be shipped; otherwise the items hold short labels.
    pub ship_wording: bool,
    /// Who holds the rights.
    pub holder: Text,
    /// The holder's notice, in short.
    pub notice: Text,
    /// The line of credit shown with the wording.
    pub credit: Text,
}

row!(Rights { ship_wording: "shipWording", holder, notice, credit });

/// One question of an instrument.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Item {
    /// The wording.
    pub text: Text,
    /// LOINC code, where verified.
    pub loinc: Option<Text>,
    /// Answers of its own; empty when the instrument's answers hold.
    pub options: Vec<Choice>,
    /// The item, from 1, and the least answer to it that make this one be asked. Where it is not
    /// asked it counts nothing and is not missing.
    pub asked_if: Option<(u8, u8)>,
}

row!(Item { text, loinc, options, asked_if: "askedIf" });

/// How answers make a total: of each group of items the highest answer, all of them added, times a
/// factor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scoring {
    /// Numbers of the items, from 1. Empty: each item is a group of its own, which makes the plain
    /// sum. An item in no group is asked and kept and adds nothing.
    pub groups: Vec<Vec<u8>>,
    /// The factor.
    pub times: u8,
}

row!(Scoring { groups, times });

/// One answer to choose.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Choice {
    /// What it adds to the total.
    pub score: u8,
    /// The wording.
    pub text: Text,
    /// LOINC answer code, where verified.
    pub loinc: Option<Text>,
}

row!(Choice { score, text, loinc });

/// What to do when items are unanswered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingRule {
    /// Up to this many items (or groups of [`Scoring`]) without an answer, the total is the mean of
    /// the others times their whole number, rounded to the nearest whole (halves up). With more,
    /// there is no total.
    pub prorate_up_to: u8,
}

row!(MissingRule { prorate_up_to: "prorateUpTo" });

/// A range of totals with a published name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Band {
    /// Lowest and highest total of the band.
    pub range: (u16, u16),
    /// Kebab-case id, for example `"moderately-severe"`.
    pub id: Text,
    /// The published name.
    pub label: Text,
}

row!(Band { range, id, label });

/// A total from which something is likely.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cutoff {
    /// The lowest total that meets it.
    pub at_least: u16,
    /// What meeting it means.
    pub meaning: Text,
    /// Share of those who have the condition that meet it.
    pub sensitivity: Option<f64>,
    /// Share of those who do not have it that do not meet it.
    pub specificity: Option<f64>,
}

row!(Cutoff { at_least: "atLeast", meaning, sensitivity, specificity });

/// A published rule over single answers, met when each of its needs is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pattern {
    /// What meeting it means.
    pub meaning: Text,
    /// What is needed.
    pub needs: Vec<Need>,
}

row!(Pattern { meaning, needs });

/// So many of these items with at least these answers. In JSON:
/// `[count, item, answer, item, answer, …]`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Need {
    /// How many.
    pub count: u8,
    /// Numbers of the items, from 1, each with the least answer that counts.
    pub items: Vec<(u8, u8)>,
}

impl FromTable for Need {
    fn read(value: Value<'static>) -> Result<Self> {
        let numbers = Vec::<u8>::read(value)?;
        let Some((count, pairs)) = numbers.split_first() else {
            return Err(Error::new(Code::MissingField, "count"));
        };
        let (pairs, rest) = pairs.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Error::new(Code::MissingField, "answer"));
        }
        Ok(Self {
            count: *count,
            items: pairs.iter().map(|[item, least]| (*item, *least)).collect(),
        })
    }
}

/// A change larger than the noise of answering the same instrument twice.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReliableChange {
    /// Points of change in either direction that meet it.
    pub points: u16,
    /// The rule it comes from: `"nhs-talking-therapies"` or `"jacobson-truax-95"`.
    pub rule: Text,
    /// Standard deviation of the total in the sample behind it.
    pub sd: Option<f64>,
    /// Reliability of the total in that sample.
    pub reliability: Option<f64>,
}

row!(ReliableChange { points, rule, sd, reliability });

impl ReliableChange {
    /// How many standard errors of a difference [`points`](Self::points) are (Jacobson and Truax
    /// 1991); 1.96 and more is the 95 % level. `None` where the sample is not known here.
    #[must_use]
    pub fn z(&self) -> Option<f64> {
        let standard_error = self.sd? * (2.0 * (1.0 - self.reliability?)).sqrt();
        Some(f64::from(self.points) / standard_error)
    }
}

/// Readings after remission that suggest a relapse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelapseScreen {
    /// The lowest total that counts.
    pub at_least: u16,
    /// Points above the value in remission that are needed as well.
    pub rise: u16,
    /// Consecutive readings that must meet both.
    pub readings: u8,
    /// Fewest and most days between those readings.
    pub days_apart: (u16, u16),
}

row!(RelapseScreen { at_least: "atLeast", rise, readings, days_apart: "daysApart" });

/// Improvement that is large and ends low.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SignificantImprovement {
    /// The highest total afterwards.
    pub at_most: u16,
    /// The reduction needed, as a share of the baseline.
    pub reduction: f64,
}

row!(SignificantImprovement { at_most: "atMost", reduction });

/// An item whose answer matters by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SafetyItem {
    /// Number of the item, from 1.
    pub item: u8,
    /// The lowest answer that calls for attention.
    pub at_least: u8,
}

row!(SafetyItem { item, at_least: "atLeast" });

/// An item about something that is a symptom and a common side effect as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SideEffectItem {
    /// Number of the item, from 1.
    pub item: u8,
    /// What it is about, in a word: "sleep".
    pub label: Text,
}

row!(SideEffectItem { item, label });

/// The total of one completed instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The total, within the instrument's range.
    pub total: u16,
    /// Whether the total was scaled up from fewer items.
    pub prorated: bool,
    /// How many items were unanswered.
    pub missing: u8,
}

/// Why there is no total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unscored {
    /// Not as many answers as the instrument has items.
    WrongLength {
        /// Items the instrument has.
        expected: usize,
        /// Answers given, unanswered ones included.
        found: usize,
    },
    /// An answer that the item does not offer.
    NotAnOption {
        /// Number of the item, from 1.
        item: usize,
        /// The answer given.
        answer: u8,
    },
    /// More items unanswered than the instrument's rule allows.
    TooManyMissing {
        /// Items unanswered.
        missing: usize,
        /// Items that may be unanswered.
        allowed: u8,
    },
}

/// The answer to an item that matters by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafetyAnswer {
    /// Number of the item, from 1.
    pub item: u8,
    /// The answer; `None` is unanswered, never zero.
    pub answer: Option<u8>,
    /// Whether the answer calls for attention. An unanswered item does not say that all is well.
    pub raised: bool,
}

impl Instrument {
    /// The total from which much trouble is left: the lower edge of the band "moderate" or, where no
    /// bands are published, the lowest cut-off; with how far it was checked. `None` for a screen, and
    /// where neither is known.
    #[must_use]
    pub fn moderate_from(&self) -> Option<(u16, Confidence)> {
        if self.purpose != Purpose::Severity {
            return None;
        }
        let is_moderate =
            |band: &&Band| band.id.as_str() == "moderate" || band.id.starts_with("moderate-");
        if let Some(band) = self.bands.value.iter().find(is_moderate) {
            return Some((band.range.0, self.bands.confidence));
        }
        let lowest = self.cutoffs.iter().min_by_key(|cutoff| cutoff.value.at_least);
        let lowest = lowest.filter(|_| self.bands.value.is_empty());
        lowest.map(|cutoff| (cutoff.value.at_least, cutoff.confidence))
    }

    /// The answers that `item` offers.
    #[must_use]
    pub fn options_of<'a>(&'a self, item: &'a Item) -> &'a [Choice] {
        if item.options.is_empty() { &self.options.value } else { &item.options }
    }

    /// The lowest and the highest answer that any scored item offers.
    #[must_use]
    pub fn answer_range(&self) -> (u8, u8) {
        let scores = (self.items.value.iter())
            .flat_map(|item| self.options_of(item))
            .map(|choice| choice.score);
        scores.fold((u8::MAX, u8::MIN), |(low, high), score| (low.min(score), high.max(score)))
    }

    /// The total of `answers`, one for each scored item in order, `None` where unanswered.
    ///
    /// # Errors
    /// The reason why these answers have no total.
    pub fn score(&self, answers: &[Option<u8>]) -> Result<Score, Unscored> {
        let items = &self.items.value;
        if answers.len() != items.len() {
            return Err(Unscored::WrongLength { expected: items.len(), found: answers.len() });
        }
        for (index, (item, answer)) in items.iter().zip(answers).enumerate() {
            let Some(answer) = *answer else { continue };
            if !self.options_of(item).iter().any(|choice| choice.score == answer) {
                return Err(Unscored::NotAnOption { item: index + 1, answer });
            }
        }
        let Scoring { groups, times } = &self.scoring.value;
        let (mut sum, mut answered) = (0_usize, 0_usize);
        let mut add = |highest: Option<u8>| {
            sum += usize::from(highest.unwrap_or_default());
            answered += usize::from(highest.is_some());
        };
        if groups.is_empty() {
            (1..=items.len()).for_each(|number| add(self.counted(answers, number)));
        }
        for group in groups {
            let given = group.iter().map(|number| self.counted(answers, usize::from(*number)));
            add(given.flatten().max());
        }
        let all = if groups.is_empty() { items.len() } else { groups.len() };
        let missing = all - answered;
        let allowed = self.missing.value.prorate_up_to;
        if answered == 0 || missing > usize::from(allowed) {
            return Err(Unscored::TooManyMissing { missing, allowed });
        }
        let total = (2 * sum * all * usize::from(*times) + answered) / (2 * answered);
        Ok(Score { total: total as u16, prorated: missing > 0, missing: missing as u8 })
    }

    /// What the item of this number, from 1, adds: its answer, and nothing where it was not asked.
    fn counted(&self, answers: &[Option<u8>], number: usize) -> Option<u8> {
        let given = |number: usize| answers.get(number - 1).copied().flatten();
        let Some((gate, least)) = self.items.value[number - 1].asked_if else {
            return given(number);
        };
        let is_closed = given(usize::from(gate)).is_some_and(|answer| answer < least);
        if is_closed { Some(0) } else { given(number) }
    }

    /// Whether `answers` meet a pattern; `None` while an unanswered item could decide it.
    #[must_use]
    pub fn meets(&self, pattern: &Pattern, answers: &[Option<u8>]) -> Option<bool> {
        let mut met = Some(true);
        for need in &pattern.needs {
            let (mut sure, mut open) = (0, 0);
            for (item, least) in &need.items {
                match self.counted(answers, usize::from(*item)) {
                    None => open += 1,
                    Some(answer) => sure += u8::from(answer >= *least),
                }
            }
            if sure + open < need.count {
                return Some(false);
            }
            if sure < need.count {
                met = None;
            }
        }
        met
    }

    /// The answers to the items that matter by themselves, whether or not there is a total.
    pub fn safety_answers(&self, answers: &[Option<u8>]) -> impl Iterator<Item = SafetyAnswer> {
        self.safety_items.iter().map(|rule| {
            let SafetyItem { item, at_least } = rule.value;
            let answer = answers.get(usize::from(item) - 1).copied().flatten();
            SafetyAnswer { item, answer, raised: answer.is_some_and(|given| given >= at_least) }
        })
    }

    /// Whether it assesses the risk of suicide itself: asked only where someone can answer at once.
    #[must_use]
    pub fn assesses_risk(&self) -> bool {
        self.condition.as_str() == "suicide risk"
    }

    /// The severity band of `total`; `None` outside the instrument's range.
    #[must_use]
    pub fn band(&self, total: u16) -> Option<&Band> {
        self.bands.value.iter().find(|band| (band.range.0..=band.range.1).contains(&total))
    }

    /// Every source a row of this instrument names, with repeats.
    pub(super) fn sources(&self) -> Vec<SourceId> {
        let single = [
            self.rights.sources,
            self.recall_days.sources,
            self.stem.sources,
            self.items.sources,
            self.options.sources,
            self.unscored.sources,
            self.scoring.sources,
            self.range.sources,
            self.missing.sources,
            self.bands.sources,
            self.smallest_change.sources,
            self.response.sources,
            self.response_points.sources,
            self.partial_response.sources,
            self.remission.sources,
            self.relapse.sources,
            self.clinically_significant.sources,
            self.percent_floor.sources,
            self.loinc_panel.sources,
            self.loinc_total.sources,
        ];
        let listed = (self.cutoffs.iter().map(|row| row.sources))
            .chain(self.patterns.iter().map(|row| row.sources))
            .chain(self.reliable_change.iter().map(|row| row.sources))
            .chain(self.safety_items.iter().map(|row| row.sources))
            .chain(self.side_effect_items.iter().map(|row| row.sources))
            .chain(self.notes.iter().map(|row| row.sources));
        single
            .into_iter()
            .chain(listed)
            .flat_map(super::Sources::ids)
            .chain(self.citations.iter().map(|citation| SourceId(citation.as_str())))
            .collect()
    }
}
