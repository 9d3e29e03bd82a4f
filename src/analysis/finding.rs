use crate::diary::{Day, EntryId};
use crate::error::{Message, Param};

use super::column::Columns;
use super::look::{CLAIM_ERROR, Looks, PART_ERROR, Reading};
use super::outcome::Outcome;
use super::statistics::NotEstimable;
use super::statistics::gls::Contrast;

/// What kind of statement a [`Finding`] makes. Each has a module of its own, which begins with
/// what it estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// How fast an outcome rises or falls.
    Trend,
    /// That an outcome's level shifted, and when.
    ChangePoint,
    /// How an outcome differs between two phases of the regimen.
    Phase,
    /// What an outcome was at the doses of a medicine.
    DoseLevel,
    /// Whether a published response rule is met.
    TreatmentResponse,
    /// How many due doses were recorded as taken.
    Adherence,
    /// How a questionnaire's total differs with and without the items that can be side effects.
    ItemStrip,
    /// Whether the goal that was set at a step was reached by its review.
    FairTrial,
    /// Whether an outcome has left the level it had while the person was well.
    RelapseWatch,
    /// Whether a pattern between something recorded and an outcome held up on later days.
    Association,
    /// What an outcome's answer to a dose would be at each assumed lag.
    Lag,
    /// How many days a trial with planned switches would take.
    TrialDesign,
    /// What a model makes of the doses taken.
    Exposure,
    /// How an unwanted effect stood to the steps and doses of a medicine.
    SideEffect,
}

impl Claim {
    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::ChangePoint => "change-point",
            Self::Phase => "phase",
            Self::DoseLevel => "dose-level",
            Self::TreatmentResponse => "treatment-response",
            Self::Adherence => "adherence",
            Self::ItemStrip => "item-strip",
            Self::FairTrial => "fair-trial",
            Self::RelapseWatch => "relapse-watch",
            Self::Association => "association",
            Self::Lag => "lag",
            Self::TrialDesign => "trial-design",
            Self::Exposure => "exposure",
            Self::SideEffect => "side-effect",
        }
    }
}

/// How sure a [`Finding`] is. Nothing is called established before it was seen at two looks that lie
/// four weeks apart or more and survives the report's multiplicity control; the report decides that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Survived being one of several questions, and was told the same way four weeks before or earlier.
    Established,
    /// The interval lies on one side of "no change".
    Suggestive,
    /// Too few values, or an interval that holds "no change" as well.
    NotEnoughYet,
    /// These data cannot say, however many there were.
    NotEstimable,
}

impl Certainty {
    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Suggestive => "suggestive",
            Self::NotEnoughYet => "not-enough-yet",
            Self::NotEstimable => "not-estimable",
        }
    }
}

/// The unit of a finding's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingUnit {
    /// Points of the outcome's scale.
    Points,
    /// Points of the outcome's scale in a week.
    PointsAWeek,
    /// Hours of sleep.
    Hours,
    /// Hours of sleep in a week.
    HoursAWeek,
    /// A share from 0 to 1.
    Share,
    /// Days.
    Days,
}

impl FindingUnit {
    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::PointsAWeek => "points/week",
            Self::Hours => "h",
            Self::HoursAWeek => "h/week",
            Self::Share => "share",
            Self::Days => "d",
        }
    }
}

/// A stretch of civil days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl Window {
    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// How many days it has; 0 when it ends before it starts.
    #[must_use]
    pub fn days(self) -> usize {
        usize::try_from(self.to.since(self.from) + 1).unwrap_or(0)
    }
}

/// An estimate with its interval, in the finding's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// How many independent values would say as much: a range, since it is itself uncertain.
    pub effective_n: Option<(f64, f64)>,
    /// Two-sided p-value of "no change" over all looks, where the claim tests one: at most 0.05
    /// when the interval excludes it.
    pub p_value: Option<f64>,
}

impl Estimate {
    /// A contrast of the noise mixture, every number times `scale`.
    #[must_use]
    pub fn of(contrast: &Contrast, scale: f64) -> Self {
        Self::read_again(contrast, scale, 0.95)
    }

    /// The same for an interval of another confidence than 95 % at one look, so that it holds
    /// over all of them (see [`confidence_at`](super::confidence_at)).
    #[must_use]
    pub fn read_again(contrast: &Contrast, scale: f64, confidence: f64) -> Self {
        Self {
            value: contrast.estimate * scale,
            low: contrast.low * scale,
            high: contrast.high * scale,
            effective_n: Some((contrast.effective_n_low, contrast.effective_n_high)),
            p_value: Some((contrast.p_value * CLAIM_ERROR / (1.0 - confidence)).min(1.0)),
        }
    }

    /// Whether the interval lies on one side of zero.
    #[must_use]
    pub fn excludes_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// One statement of the analysis: a sentence, the doubt that belongs beside it, and the numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of statement it is.
    pub claim: Claim,
    /// How sure it is.
    pub certainty: Certainty,
    /// The finding.
    pub sentence: Message,
    /// What must be read with it.
    pub doubt: Message,
    /// How it was reached, one sentence each.
    pub why: Vec<Message>,
    /// The estimate, where there is one.
    pub estimate: Option<Estimate>,
    /// The unit of the estimate.
    pub unit: FindingUnit,
    /// Values it rests on.
    pub n: usize,
    /// Days of the window of which no value tells.
    pub days_missing: usize,
    /// The days it is about.
    pub window: Window,
    /// The look at which it was read, where it is read at looks.
    pub look: Option<Day>,
    /// The look before, where it was told then and is not now.
    pub weakened_since: Option<Day>,
    /// Name of the method.
    pub method: &'static str,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
}

impl Finding {
    /// The same finding, saying at which look it was read; before the first look it says when
    /// that comes instead of counting values.
    #[must_use]
    pub fn read_at(mut self, reading: &Reading) -> Self {
        self.look = reading.look;
        let day = |day: Day| Param::Day(day.number());
        match reading.look {
            Some(look) => {
                self.why.push(Message::new("why.look").with("day", day(look)));
            }
            None => self.doubt = Message::new("look.first-on").with("day", day(reading.next)),
        }
        self
    }
}

impl Finding {
    /// Whether it tells of a change.
    #[must_use]
    pub const fn tells(&self) -> bool {
        matches!(self.certainty, Certainty::Suggestive | Certainty::Established)
    }

    /// The p-value that the report's multiplicity control looks at, where there is one.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        self.estimate.and_then(|estimate| estimate.p_value)
    }

    /// Takes back what chance would show among `asked` questions: a finding that tells of a change
    /// with a p-value above `surviving`, or without one.
    pub fn hold_to(&mut self, surviving: f64, asked: usize, outcome: &Param) {
        if self.tells() && self.p_value().is_none_or(|p| p > surviving) {
            self.certainty = Certainty::NotEnoughYet;
            let id = match self.claim {
                Claim::Trend if self.estimate.is_some_and(|estimate| estimate.value > 0.0) => {
                    "finding.rise-may-be-chance"
                }
                Claim::Trend => "finding.fall-may-be-chance",
                Claim::ChangePoint => "finding.shift-may-be-chance",
                _ if asked == 1 => "finding.one-may-be-chance",
                _ => "finding.may-be-chance",
            };
            self.sentence = Message::new(id).with("outcome", outcome.clone()).with("asked", asked);
        }
    }

    /// Takes back what chance would show to whoever asks the same of each outcome of a diary: a card of one
    /// of them is one of so many.
    #[must_use]
    pub fn one_of(mut self, columns: &Columns, outcome: &Outcome) -> Self {
        self.hold_to(PART_ERROR * columns.share_of(outcome), columns.held(), &outcome.name);
        self
    }

    /// Sets it beside the same question at a look [four weeks back](Looks::apart_from) or more: told then
    /// the same way, it is established.
    pub fn repeat(&mut self, earlier: &Self) {
        let same_way = |a: Estimate, b: Estimate| a.value * b.value > 0.0;
        let agree = self.estimate.zip(earlier.estimate).is_some_and(|(a, b)| same_way(a, b));
        if self.tells() && earlier.tells() && agree {
            self.certainty = Certainty::Established;
        }
    }

    /// Weakens it, if need be, since what `earlier` answers for the look before this reading.
    #[must_use]
    pub fn beside_the_look_before(
        mut self,
        looks: &Looks,
        reading: &Reading,
        earlier: impl FnOnce(&Reading) -> Option<Self>,
    ) -> Self {
        if !self.tells()
            && let Some(before) = looks.before(reading).and_then(|before| earlier(&before))
        {
            self.weaken_since(&before);
        }
        self
    }

    /// Says that it has weakened, if it was told at the look `before` and is not told now.
    pub fn weaken_since(&mut self, before: &Self) {
        let Some(look) = before.look.filter(|_| before.tells() && !self.tells()) else { return };
        let day = || Param::Day(look.number());
        self.weakened_since = Some(look);
        self.sentence =
            Message::new("finding.weakened").with("now", self.sentence.clone()).with("look", day());
        let then = Message::new("why.told-before").with("look", day());
        self.why.push(then.with("then", before.sentence.clone()));
    }
}

/// Why an estimator declined, as a sentence.
#[must_use]
pub fn not_estimable(reason: NotEstimable) -> Message {
    match reason {
        NotEstimable::TooFew { n, needed } => {
            Message::new("not-estimable.too-few").with("n", n).with("needed", needed)
        }
        NotEstimable::Constant => Message::new("not-estimable.constant"),
        NotEstimable::Singular | NotEstimable::NotIdentifiable => {
            Message::new("not-estimable.not-told-apart")
        }
        NotEstimable::Crowded => Message::new("not-estimable.crowded"),
        NotEstimable::NegativeVariance | NotEstimable::NotPositive | NotEstimable::OutOfDomain => {
            Message::new("not-estimable.no-number")
        }
    }
}

/// [`Certainty::NotEnoughYet`] when more values would help, otherwise
/// [`Certainty::NotEstimable`].
#[must_use]
pub const fn certainty_without(reason: NotEstimable) -> Certainty {
    match reason {
        NotEstimable::TooFew { .. } => Certainty::NotEnoughYet,
        _ => Certainty::NotEstimable,
    }
}
