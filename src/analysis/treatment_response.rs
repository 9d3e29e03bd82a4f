//! Treatment response: whether published rules on an instrument are met since a medicine's start.
//!
//! **Estimand.** The change of this person's total from *baseline*, the mean of all readings in the
//! 56 days up to and on the day of the start: of the latest reading, and of the mean of all readings
//! since. For each published rule, whether the last two readings both meet it.
//!
//! **Model.** For the rules none: published cut-offs of the instrument's reference row, each with
//! its source, are applied to readings; several fillings of one civil day are one reading, their mean.
//! A rule needs two consecutive readings, so that one good or bad day is no verdict. A relapse needs them after two readings in remission, as far apart as its
//! rule says. Medicines are often begun at a bad time, so part of a fall would come anyway. That part
//! stands beside the change as a number: the latest reading [expected](Persistence) from the
//! baseline readings alone, less their mean. Readings vary about the instrument's lowest cut-off,
//! answered twice they agree as its row's reliability says, and of what persists half (for the range
//! 30 to 70 %) is a slow wave that falls to 1/e in 45 days.
//!
//! **Described or told.** A rule that is met describes two readings; scores that wander on their own
//! meet one too often for a finding (`docs/calibration.md`). It is told as one only when the change of
//! all readings since lies beyond the part expected anyway, the same way, with the whole of its
//! interval: two levels under the [noise mixture](super::statistics::gls), read at looks. Where the
//! part expected anyway is not known, nothing can lie beyond it, and the rules only describe.
//!
//! **Assumptions.** The start is the medicine's latest start, switch, cross-taper or augmentation;
//! readings count until its end. The centre and the wave are engineering figures without clinical
//! authority; the reliability is published. A placebo does more than regression to the mean.
//!
//! **Abstains** with fewer than two baseline readings or two readings since, and for a medicine
//! taken since before the diary. A change in per cent, and the rules that rest on one, need a
//! baseline at or above the row's floor; the expected part needs a published reliability. Where three
//! tenths of the readings lie at one end of the scale their share is told instead of an interval. Of what
//! was only taken [as needed](TreatmentResponse::only_as_needed) since its start no response is told.

use crate::diary::{Action, Day, EntryId, Episode, Regimen};
use crate::error::{Message, Param};
use crate::reference::{Instrument, SourceId};

use super::column::Column;
use super::finding::{Certainty, Claim, Estimate, Finding, Window};
use super::look::{self, confidence_of_a_card_at};
use super::outcome::Outcome;
use super::relapse_screen::{screen_of, screened};
use super::scale_end::ScaleEnd;
use super::statistics::level::level_difference;
use super::statistics::noise::NoisePrior;
use super::statistics::regression_to_mean::Persistence;

/// Days before the start from which readings make the baseline.
pub const BASELINE_DAYS: i32 = 56;
/// Readings that a baseline and a rule need.
pub const LEAST_READINGS: usize = 2;

/// Of a hundred people whom nothing helps, how many meet the rule for response at some look of 26
/// weeks: the fewest and the most over the noise families of `docs/calibration.md`, column
/// *described*.
pub const MET_ANYWAY: (usize, usize) = (6, 31);

/// Days after which a slow wave of readings has fallen to 1/e.
const WAVE_DAYS: f64 = 45.0;
/// Share of what persists that is such a wave: lowest, usual, highest.
const WAVE_SHARES: [f64; 3] = [0.3, 0.5, 0.7];

/// A published rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The total fell by the row's share of baseline, or more.
    Response,
    /// It fell by the lower share, or more, without response.
    PartialResponse,
    /// The total lies below the row's cut-off.
    Remission,
    /// It fell by more than answering twice would explain.
    ReliableImprovement,
    /// It rose by as much.
    ReliableDeterioration,
    /// After remission the total is high again.
    Relapse,
}

impl Rule {
    /// The stable text form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::PartialResponse => "partial-response",
            Self::Remission => "remission",
            Self::ReliableImprovement => "reliable-improvement",
            Self::ReliableDeterioration => "reliable-deterioration",
            Self::Relapse => "relapse",
        }
    }
}

impl Rule {
    /// Whether the total falls where it is met; a relapse and a deterioration are a rise.
    const fn is_a_fall(self) -> bool {
        !matches!(self, Self::ReliableDeterioration | Self::Relapse)
    }
}

/// What a rule says of the readings.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Which rule.
    pub rule: Rule,
    /// Whether it is met; `None` while two consecutive readings, or a baseline, are missing.
    pub met: Option<bool>,
    /// The first of the unbroken readings that meet it.
    pub since: Option<Day>,
    /// The rule in words.
    pub text: Message,
    /// Where its numbers come from.
    pub sources: Vec<SourceId>,
}

/// The readings before a start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// Their mean.
    pub mean: f64,
    /// How many.
    pub n: usize,
    /// Day of the first.
    pub from: Day,
    /// Day of the last.
    pub to: Day,
}

/// The change expected from the baseline readings alone, with no effect of anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedAnyway {
    /// At the usual share of slow waves.
    pub change: f64,
    /// The lowest over the range of shares.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

/// The response on one instrument since one start of a medicine.
#[derive(Clone, Debug, PartialEq)]
pub struct TreatmentResponse {
    /// The day of the start.
    pub start: Day,
    /// Whether it was only ever taken as needed since: scores tell of no response to that.
    pub only_as_needed: bool,
    /// The baseline, where there are two readings.
    pub baseline: Option<Baseline>,
    /// The latest reading since the start: total and day.
    pub latest: Option<(f64, Day)>,
    /// Latest less baseline.
    pub change: Option<f64>,
    /// The change in per cent of the baseline, where the baseline allows one.
    pub per_cent: Option<f64>,
    /// The part of the change that regression to the mean lets expect, where the instrument's
    /// reliability is known.
    pub expected: Option<ExpectedAnyway>,
    /// What each rule says.
    pub rules: Vec<Verdict>,
    /// The statement.
    pub finding: Finding,
}

/// What was filled in on one civil day.
struct Reading {
    day: Day,
    total: f64,
    ids: Vec<EntryId>,
}

/// The response on `row`'s instrument, whose readings are `column`, since the latest start of
/// `medicine`; the rules use no reading later than the look. `None` for a medicine that was never
/// begun by `today`.
#[must_use]
pub fn treatment_response(
    column: &Column,
    row: &Instrument,
    regimen: &Regimen,
    (medicine, name): (EntryId, &str),
    today: Day,
    reading: &look::Reading,
) -> Option<TreatmentResponse> {
    let (trial, end) = latest_trial(regimen, medicine, today)?;
    let begun = *trial.first()?;
    let only_as_needed = trial.iter().all(|episode| episode.schedule.is_as_needed());
    let start = begun.from;
    let readings = |from: Day, to: Day| -> Vec<Reading> {
        let within = column.within(Window { from, to });
        let totals = within.day_means().values;
        let mut ids = within.ids.iter().copied();
        let days = within.civil.chunk_by(|a, b| a == b).zip(totals);
        days.map(|(same, total)| Reading {
            day: same[0],
            total,
            ids: ids.by_ref().take(same.len()).collect(),
        })
        .collect()
    };
    let before = match begun.since_before {
        true => Vec::new(),
        false => readings(start.plus(-BASELINE_DAYS), start),
    };
    let since = readings(start.plus(1), end);
    let baseline = baseline(&before);
    let read = &since[..since.partition_point(|score| score.day <= reading.days.to)];
    let latest = since.last().map(|score| (score.total, score.day));
    let less_baseline = |score: &Reading| baseline.map(|b| score.total - b.mean);
    let (change, change_read) =
        (since.last().and_then(less_baseline), read.last().and_then(less_baseline));
    let floor = row.percent_floor.value.map_or(1.0, f64::from);
    let has_floor = |baseline: &Baseline| baseline.mean >= floor;
    let per_cent = change.zip(baseline.filter(has_floor)).map(|(c, b)| 100.0 * c / b.mean);
    let rules = verdicts(row, baseline, baseline.filter(has_floor), read);
    let expected_on = |later: Option<&Reading>| expected(row, &before, baseline, later?.day);
    let expected = expected_on(since.last());
    let compared = Compared {
        begun,
        end,
        before: &before,
        since: read,
        change: change_read,
        course: baseline.map_or(Course::NotEnough, |_| course(&column.outcome, &before, read)),
        expected: expected_on(read.last()),
        anyway_known: reliability(row).is_some(),
    };
    let finding = described(column, name, &compared, &rules).read_at(reading);
    Some(TreatmentResponse {
        start,
        only_as_needed,
        baseline,
        latest,
        change,
        per_cent,
        expected,
        rules,
        finding,
    })
}

/// All readings since beside those of the baseline.
#[derive(Clone, Copy)]
enum Course {
    /// Their means with an interval.
    Compared(Estimate),
    /// Many of them lie at one end of the scale.
    AtAnEnd(ScaleEnd),
    /// Too few of them.
    NotEnough,
}

fn course(outcome: &Outcome, before: &[Reading], since: &[Reading]) -> Course {
    let totals = |readings: &[Reading]| -> Vec<f64> {
        readings.iter().map(|reading| reading.total).collect()
    };
    match ScaleEnd::of(outcome.range, &totals(before), &totals(since)) {
        Some(end) => Course::AtAnEnd(end),
        None => compared(before, since).map_or(Course::NotEnough, Course::Compared),
    }
}

/// The mean of the readings since less that of the baseline, for one look of many.
fn compared(before: &[Reading], since: &[Reading]) -> Option<Estimate> {
    let columns = |readings: &[Reading]| -> (Vec<f64>, Vec<f64>) {
        readings.iter().map(|reading| (f64::from(reading.day.number()), reading.total)).unzip()
    };
    let ((days, totals), (later_days, later_totals)) = (columns(before), columns(since));
    let span = |days: &[f64]| Some(days.last()? - days.first()? + 1.0);
    let confidence = confidence_of_a_card_at(0.5 * (span(&days)? + span(&later_days)?));
    let (before, since) = ((&days[..], &totals[..]), (&later_days[..], &later_totals[..]));
    let contrast = level_difference(before, since, &NoisePrior::day_to_day(), confidence).ok()?;
    Some(Estimate::read_again(&contrast, 1.0, confidence))
}

/// How well two fillings agree, where that is published.
fn reliability(row: &Instrument) -> Option<f64> {
    row.reliable_change.iter().find_map(|change| change.value.reliability)
}

/// Where readings like these are expected at `later` when nothing happens, less their mean.
fn expected(
    row: &Instrument,
    before: &[Reading],
    baseline: Option<Baseline>,
    later: Day,
) -> Option<ExpectedAnyway> {
    let retest = reliability(row)?;
    let centre = f64::from(row.cutoffs.first()?.value.at_least);
    let (baseline, later) = (baseline?, f64::from(later.number()));
    let days: Vec<f64> = before.iter().map(|reading| f64::from(reading.day.number())).collect();
    let totals: Vec<f64> = before.iter().map(|reading| reading.total).collect();
    let change = |fading| {
        let persistence = Persistence { centre, retest, fading, fading_days: WAVE_DAYS };
        Some(persistence.expected(&days, &totals, later).ok()? - baseline.mean)
    };
    let [low, usual, high] = WAVE_SHARES.map(change);
    let (low, high) = (low?.min(high?), low?.max(high?));
    Some(ExpectedAnyway { change: usual?, low, high })
}

/// The episodes from the latest start on, and the day until which readings count.
fn latest_trial(regimen: &Regimen, medicine: EntryId, today: Day) -> Option<(Vec<&Episode>, Day)> {
    let mut episodes: Vec<_> =
        regimen.episodes_of(medicine).filter(|episode| episode.from <= today).collect();
    let begins = |action| {
        matches!(action, Action::Start | Action::Switch | Action::CrossTaper | Action::Augment)
    };
    let first = episodes.iter().rposition(|episode| begins(episode.action)).unwrap_or(0);
    let end = episodes.last()?.to.map_or(today, |to| to.min(today));
    Some((episodes.split_off(first), end))
}

fn baseline(readings: &[Reading]) -> Option<Baseline> {
    let (first, last) = (readings.first()?, readings.last()?);
    let mean = readings.iter().map(|reading| reading.total).sum::<f64>() / readings.len() as f64;
    let n = readings.len();
    (n >= LEAST_READINGS).then_some(Baseline { mean, n, from: first.day, to: last.day })
}

fn verdicts(
    row: &Instrument,
    baseline: Option<Baseline>,
    floored: Option<Baseline>,
    since: &[Reading],
) -> Vec<Verdict> {
    let mut rules = Vec::new();
    let below = |share: f64| {
        let limit = floored.map(|baseline| baseline.mean * (1.0 - share));
        limit.map(|limit| move |reading: &Reading| reading.total <= limit + 1e-9)
    };
    let response = row.response.value.and_then(below);
    if let Some(share) = row.response.value {
        let text = Message::new("response.rule-response");
        let met = response.as_ref().map(|meets| lasting(since, meets));
        rules.push(verdict(
            Rule::Response,
            met,
            text.with("share", per_cent(share)),
            row.response.sources,
        ));
    }
    if let Some((share, full)) = row.partial_response.value.zip(row.response.value) {
        let text = Message::new("response.rule-partial")
            .with("share", per_cent(share))
            .with("full", per_cent(full));
        let met = below(share).zip(response.as_ref()).map(|(partly, fully)| {
            let partial = lasting(since, partly);
            match lasting(since, fully) {
                Lasting::Since(_) => Lasting::No.unless_too_few(since),
                _ => partial,
            }
        });
        rules.push(verdict(Rule::PartialResponse, met, text, row.partial_response.sources));
    }
    if let Some(limit) = row.remission.value.map(f64::from) {
        let text = Message::new("response.rule-remission").with("limit", Param::Number(limit, 0));
        let met = floored.map(|_| lasting(since, |reading| reading.total < limit));
        rules.push(verdict(Rule::Remission, met, text, row.remission.sources));
    }
    if let Some(reliable) = row.reliable_change.first() {
        let points = f64::from(reliable.value.points);
        let fell = baseline.map(|b| lasting(since, |r| b.mean - r.total >= points - 1e-9));
        let rose = baseline.map(|b| lasting(since, |r| r.total - b.mean >= points - 1e-9));
        let text =
            Message::new("response.rule-improvement").with("points", Param::Number(points, 0));
        rules.push(verdict(Rule::ReliableImprovement, fell, text, reliable.sources));
        let text =
            Message::new("response.rule-deterioration").with("points", Param::Number(points, 0));
        rules.push(verdict(Rule::ReliableDeterioration, rose, text, reliable.sources));
    }
    if let Some((limit, screen)) = screen_of(row) {
        let days = screen.days_apart;
        let text = Message::new("response.rule-relapse")
            .with("limit", Param::Number(f64::from(screen.at_least), 0))
            .with("points", Param::Number(f64::from(screen.rise), 0))
            .with("least", usize::from(days.0))
            .with("most", usize::from(days.1));
        let readings: Vec<(Day, f64)> = since.iter().map(|one| (one.day, one.total)).collect();
        let relapsed = screened(&readings, limit, &screen).since.map(Lasting::Since);
        let met = floored.map(|_| relapsed.unwrap_or(Lasting::No.unless_too_few(since)));
        rules.push(verdict(Rule::Relapse, met, text, row.relapse.sources));
    }
    rules
}

fn verdict(
    rule: Rule,
    met: Option<Lasting>,
    text: Message,
    sources: crate::reference::Sources,
) -> Verdict {
    let (met, since) = match met {
        None | Some(Lasting::TooFew) => (None, None),
        Some(Lasting::No) => (Some(false), None),
        Some(Lasting::Since(day)) => (Some(true), Some(day)),
    };
    Verdict { rule, met, since, text, sources: sources.ids().collect() }
}

fn per_cent(share: f64) -> Param {
    Param::Number(100.0 * share, 0)
}

/// Whether the last readings meet a condition without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasting {
    /// Fewer than two readings.
    TooFew,
    /// Not both of the last two.
    No,
    /// Both, and every one back to this day.
    Since(Day),
}

impl Lasting {
    fn unless_too_few(self, readings: &[Reading]) -> Self {
        if readings.len() < LEAST_READINGS { Self::TooFew } else { self }
    }
}

fn lasting(readings: &[Reading], meets: impl Fn(&Reading) -> bool) -> Lasting {
    let run = readings.iter().rev().take_while(|reading| meets(reading));
    let (count, first) = run.fold((0, None), |(count, _), reading| (count + 1, Some(reading.day)));
    match first {
        Some(day) if count >= LEAST_READINGS => Lasting::Since(day),
        _ => Lasting::No.unless_too_few(readings),
    }
}

/// What a finding is made from.
struct Compared<'a> {
    begun: &'a Episode,
    end: Day,
    before: &'a [Reading],
    since: &'a [Reading],
    /// `None` without a baseline or a reading since.
    change: Option<f64>,
    course: Course,
    expected: Option<ExpectedAnyway>,
    /// Whether it can be known for the instrument.
    anyway_known: bool,
}

impl Compared<'_> {
    /// Whether all readings since bear out a rule: their change lies beyond what is expected anyway.
    fn bears_out(&self, rule: Rule) -> bool {
        let (Course::Compared(course), Some(anyway)) = (self.course, self.expected) else {
            return false;
        };
        match rule.is_a_fall() {
            true => course.high < anyway.change.min(0.0),
            false => course.low > anyway.change.max(0.0),
        }
    }
}

fn described(
    column: &Column,
    medicine: &str,
    compared: &Compared<'_>,
    rules: &[Verdict],
) -> Finding {
    let Compared { begun, end, before, since, change, course, expected, anyway_known } = *compared;
    let outcome = &column.outcome;
    let window = Window { from: begun.from.plus(-BASELINE_DAYS), to: end };
    let named = |id| {
        let message = Message::new(id).with("outcome", outcome.name.clone());
        message.with("medicine", medicine)
    };
    let (certainty, sentence) = match change {
        Some(change) if since.len() >= LEAST_READINGS => {
            let id = match change {
                change if change < 0.0 => "response.lower",
                change if change > 0.0 => "response.higher",
                _ => "response.same",
            };
            let sentence = named(id).with("amount", outcome.amount(change.abs()));
            let told =
                |verdict: &Verdict| verdict.met == Some(true) && compared.bears_out(verdict.rule);
            let any = rules.iter().any(told);
            (if any { Certainty::Suggestive } else { Certainty::NotEnoughYet }, sentence)
        }
        _ if begun.since_before => (Certainty::NotEstimable, named("response.begun-before")),
        _ if before.len() < LEAST_READINGS => {
            (Certainty::NotEnoughYet, named("response.no-baseline"))
        }
        _ => (Certainty::NotEnoughYet, named("response.no-readings-since")),
    };
    let anyway = match expected {
        Some(expected) => expected_anyway(outcome, expected),
        None if anyway_known => Message::new("response.begun-at-a-bad-time"),
        None => Message::new("response.anyway-not-known"),
    };
    let (estimate, doubt) = match course {
        Course::Compared(estimate) => {
            let doubt = Message::new("response.interval")
                .with("low", outcome.value(estimate.low))
                .with("high", outcome.amount(estimate.high))
                .with("anyway", anyway);
            (Some(estimate), doubt)
        }
        Course::AtAnEnd(end) => {
            let [before, after] = end.per_cents();
            let doubt = Message::new("response.at-an-end").with("before", before);
            (None, doubt.with("after", after).with("anyway", anyway))
        }
        Course::NotEnough => (None, anyway),
    };
    let mut why = vec![
        Message::new(match before.len() >= LEAST_READINGS {
            true => "response.why-baseline",
            false => "response.why-no-baseline",
        })
        .with("days", usize::try_from(BASELINE_DAYS).unwrap_or(0))
        .with("n", before.len()),
        Message::new("response.why-two-readings"),
        Message::new("response.why-described")
            .with("fewest", MET_ANYWAY.0)
            .with("most", MET_ANYWAY.1),
    ];
    if anyway_known {
        why.push(Message::new("response.why-expected"));
    }
    Finding {
        claim: Claim::TreatmentResponse,
        certainty,
        sentence,
        doubt,
        why,
        estimate,
        unit: outcome.unit(),
        n: before.len() + since.len(),
        days_missing: column.within(window).days_missing(window),
        window,
        look: None,
        weakened_since: None,
        method: "gls-levels",
        entries: before
            .iter()
            .chain(since)
            .flat_map(|reading| reading.ids.iter().copied())
            .collect(),
    }
}

fn expected_anyway(outcome: &Outcome, expected: ExpectedAnyway) -> Message {
    let ExpectedAnyway { change, low, high } = expected;
    let (doubt, low, high) = match change < 0.0 {
        true => (Message::new("response.fall-expected"), -high, -low),
        false => (Message::new("response.rise-expected"), low, high),
    };
    doubt
        .with("amount", outcome.amount(change.abs()))
        .with("low", outcome.value(low.max(0.0)))
        .with("high", outcome.value(high.max(0.0)))
}
