use super::{Confidence, Numbers, SourceId};

/// How long a medicine takes to settle in and to leave, in whole days.
///
/// An engineering rule without clinical authority: it decides which days an average is taken from,
/// and nothing else. It never says when a medicine ought to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settling {
    /// Days after a start or a change of dose that are not yet the dose's own effect.
    pub wash_in_days: u16,
    /// Days after a stop that are no longer free of the medicine.
    pub washout_days: u16,
    /// The rule that gave them.
    pub source: SourceId,
    /// The weakest confidence among the facts they were taken from.
    pub confidence: Confidence,
    /// Whether a fact was missing and [`SettlingRule::unlisted_days`] stands in its place.
    pub assumed: bool,
}

/// The rule behind [`Settling`], configurable.
///
/// * Wash-in: the longer of the earliest usual onset and five half-lives at the middle of the
///   published range, at least [`least_wash_in_days`](Self::least_wash_in_days). Blood levels then
///   stand at 97 % of their new steady state.
/// * Washout: the longer of five half-lives at the upper end of the range and the days the effect
///   is known to outlast the medicine, at least [`least_washout_days`](Self::least_washout_days).
///
/// The half-life is the longest one of the medicine and its active breakdown products. The middle
/// is the geometric mean; the upper end of norfluoxetine's range alone would wait eleven weeks after
/// each step. After a stop the cautious end is taken, since days too early would count the medicine's
/// remains as life without it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SettlingRule {
    /// Half-lives until a level counts as settled, or as gone.
    pub half_lives: f64,
    /// Shortest wash-in.
    pub least_wash_in_days: u16,
    /// Shortest washout.
    pub least_washout_days: u16,
    /// Both, for a medicine of which nothing is known here.
    pub unlisted_days: u16,
}

impl Default for SettlingRule {
    fn default() -> Self {
        Self { half_lives: 5.0, least_wash_in_days: 1, least_washout_days: 7, unlisted_days: 14 }
    }
}

impl SettlingRule {
    /// The id of this rule in the table of sources.
    pub const SOURCE: SourceId = SourceId("doseline-settling");

    /// Wash-in and washout of a product by its numbers.
    ///
    /// Pass `None` for an unlisted medicine, and for a product that no row's numbers hold for. A
    /// long-acting injection without a half-life of its own is settled as one of these.
    #[must_use]
    pub fn settle(&self, numbers: Option<Numbers<'_>>) -> Settling {
        let mut confidence = Confidence::Verified;
        let (mut middle, mut longest, mut onset, mut lasts) = (None, None, None, None);
        if let Some(numbers) = numbers {
            for half_life in numbers.active_half_lives() {
                middle = larger(middle, self.half_lives * half_life.value.middle() / 24.0);
                longest = larger(longest, self.half_lives * half_life.value.high / 24.0);
                confidence = confidence.min(half_life.confidence);
            }
        }
        if let Some(Numbers::Row(medicine)) = numbers {
            if let Some(weeks) = medicine.onset_weeks.value {
                onset = Some(7.0 * weeks.low);
                confidence = confidence.min(medicine.onset_weeks.confidence);
            }
            if let Some(days) = medicine.effect_lasts_days.value {
                lasts = Some(f64::from(days));
                confidence = confidence.min(medicine.effect_lasts_days.confidence);
            }
        }
        let wash_in = onset.map_or(middle, |days| larger(middle, days));
        let washout = lasts.map_or(longest, |days| larger(longest, days));
        let assumed = wash_in.is_none() || washout.is_none();
        Settling {
            wash_in_days: self.whole_days(wash_in, self.least_wash_in_days),
            washout_days: self.whole_days(washout, self.least_washout_days),
            source: Self::SOURCE,
            confidence: if assumed { Confidence::GeneralKnowledge } else { confidence },
            assumed,
        }
    }

    fn whole_days(&self, days: Option<f64>, least: u16) -> u16 {
        days.map_or(self.unlisted_days, |days| (days.ceil() as u16).max(least))
    }
}

fn larger(so_far: Option<f64>, days: f64) -> Option<f64> {
    Some(so_far.map_or(days, |longest| longest.max(days)))
}
