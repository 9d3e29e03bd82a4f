//! A cell: a kind of life under a claim, lived many times.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use doseline::analysis::statistics::noise::NoisePrior;

use super::claims::{Answer, Row, ar1_only};
use super::life::{Life, Missing, Scale, Scene};
use super::rivals;
use crate::simulation::{FAMILIES, Family, Noise, Random};

/// The kind of life.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Design {
    pub(crate) noise: Noise,
    /// Settled days a phase.
    pub(crate) days: i32,
    pub(crate) changes: i32,
    pub(crate) missing: Missing,
    pub(crate) scale: Scale,
}

/// Shares of a cell's lives, from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) runs: usize,
    /// Lives in which the other tests were made too.
    pub(crate) beside: usize,
    /// Null lives in which something was told at any look.
    pub(crate) wrong: f64,
    /// Lives with the effect in whose last interval the truth lay, of those with an interval.
    pub(crate) covered: f64,
    /// As `covered`, but at every look that had an interval.
    pub(crate) covered_throughout: f64,
    /// Lives without an interval or a verdict on the last day.
    pub(crate) abstained: f64,
    /// Lives with the effect in which it was told at any look.
    pub(crate) power: f64,
    /// Null lives in which the usual test, read every day, found something.
    pub(crate) rival_wrong: f64,
    /// Null lives in which shuffled days found something, tested once on the last day.
    pub(crate) permutation_wrong: f64,
    /// Of AR(1)-only least squares, once on the last day: null lives and lives with the effect.
    pub(crate) ar1: (f64, f64),
    /// Power of least squares told the noise, once on the last day; `None` where it is no model.
    pub(crate) told_truth: Option<f64>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        self.beside += other.beside;
        self.wrong += other.wrong;
        self.covered += other.covered;
        self.covered_throughout += other.covered_throughout;
        self.abstained += other.abstained;
        self.power += other.power;
        self.rival_wrong += other.rival_wrong;
        self.permutation_wrong += other.permutation_wrong;
        self.ar1 = (self.ar1.0 + other.ar1.0, self.ar1.1 + other.ar1.1);
        self.told_truth = self.told_truth.zip(other.told_truth).map(|(a, b)| a + b);
    }

    fn shared(mut self) -> Self {
        let (all, spoke) = (self.runs as f64, self.runs as f64 - self.abstained);
        self.wrong /= all;
        self.covered /= spoke.max(1.0);
        self.covered_throughout /= spoke.max(1.0);
        self.abstained /= all;
        self.power /= all;
        let beside = (self.beside as f64).max(1.0);
        self.rival_wrong /= beside;
        self.permutation_wrong /= beside;
        self.ar1 = (self.ar1.0 / beside, self.ar1.1 / beside);
        self.told_truth = self.told_truth.map(|sum| sum / beside);
        self
    }
}

/// How a cell is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    pub(crate) runs: usize,
    pub(crate) seed: u64,
    /// In how many of them the other tests are made too.
    pub(crate) beside: usize,
}

fn share(yes: bool) -> f64 {
    if yes { 1.0 } else { 0.0 }
}

/// Lives a cell's lives on all cores. The counts do not depend on how many there are: each life
/// has a seed of its own.
pub(crate) fn run(row: &Row, design: Design, effort: Effort) -> Counts {
    let scene = Scene::new(Design { changes: row.changes, ..design });
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let truth = design.noise.truth().map(|model| NoisePrior::of(vec![model]).unwrap());
    let priors = (ar1_only(), truth);
    let mut total = Counts { told_truth: priors.1.as_ref().map(|_| 0.0), ..Counts::default() };
    thread::scope(|scope| {
        let worker = || {
            let mut sum =
                Counts { told_truth: priors.1.as_ref().map(|_| 0.0), ..Counts::default() };
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                if place >= effort.runs {
                    return sum;
                }
                let mut random = Random::seeded(effort.seed.wrapping_mul(1_000_003) + place as u64);
                let beside = place < effort.beside;
                sum.add(&one(row, &scene, &mut random, beside, &priors));
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            total.add(&worker.join().unwrap());
        }
    });
    total.shared()
}

fn one(
    row: &Row,
    scene: &Scene,
    random: &mut Random,
    beside: bool,
    (ar1, truth): &(NoisePrior, Option<NoisePrior>),
) -> Counts {
    let life = scene.live(random);
    let helped = life.with(|day| (row.shift)(&life, day));
    let readings = life.readings();
    let read = |life: &Life<'_>| -> Vec<Answer> {
        let column = life.column();
        readings.iter().map(|reading| (row.read)(life, &column, reading)).collect()
    };
    let null = read(&life);
    let truth_is = (row.truth)(&helped);
    let found = match row.has_interval && scene.design.scale == Scale::Exact {
        true => null.iter().map(|answer| answer.with(truth_is)).collect(),
        false => read(&helped),
    };
    let any = |answers: &[Answer]| {
        answers.iter().any(|answer| matches!(answer, Answer::Speaks { told: true, .. }))
    };
    let holds = |answer: &Answer| match answer {
        Answer::Speaks { interval: Some((low, high)), .. } => *low <= truth_is && truth_is <= *high,
        _ => true,
    };
    let last = found.last().copied().unwrap_or(Answer::Abstains);
    let speaks = matches!(last, Answer::Speaks { .. });
    let mut counts = Counts {
        runs: 1,
        wrong: share(any(&null)),
        covered: share(speaks && holds(&last)),
        covered_throughout: share(speaks && found.iter().all(holds)),
        abstained: share(!speaks),
        power: share(any(&found)),
        told_truth: truth.as_ref().map(|_| 0.0),
        ..Counts::default()
    };
    if beside {
        counts.beside = 1;
        let seven_after = life.book.start + super::life::WASH_IN + 6;
        let opened = || seven_after..=life.last;
        counts.rival_wrong = share(opened().any(|day| (row.rival_at)(&life, day)));
        counts.permutation_wrong = share(rivals::permutation(&life, random));
        let clear = |life: &Life<'_>, prior: &NoisePrior| {
            let contrast = (row.under)(life, prior);
            share(contrast.is_some_and(|c| c.low > 0.0 || c.high < 0.0))
        };
        counts.ar1 = (clear(&life, ar1), clear(&helped, ar1));
        counts.told_truth = truth.as_ref().map(|truth| clear(&helped, truth));
    }
    counts
}

/// A named design.
pub(crate) struct Cell {
    pub(crate) name: String,
    /// Whether the claim must hold its error rate here; otherwise it is printed.
    pub(crate) gated: bool,
    pub(crate) design: Design,
}

/// The cells of a claim: every family at four lengths of phase; then, for a claim with an interval,
/// scales and gaps under three of them.
pub(crate) fn cells(with_interval: bool) -> Vec<Cell> {
    let plain = |noise, days| {
        let (missing, scale) = (Missing::None, Scale::Exact);
        Design { noise, days, changes: 1, missing, scale }
    };
    let mut cells = Vec::new();
    for Family { name, noise, gated } in FAMILIES {
        let lengths: &[i32] = if *gated { &[20, 40, 80, 180] } else { &[40, 180] };
        for days in lengths {
            let design = plain(*noise, *days);
            cells.push(Cell { name: (*name).to_owned(), gated: *gated, design });
        }
    }
    let kinds = [
        ("rounded 0–10", true, Scale::Rounded, Missing::None),
        ("20 % missing", true, Scale::Exact, Missing::AtRandom(0.2)),
        ("floor", false, Scale::Floor, Missing::None),
        ("40 % missing", false, Scale::Exact, Missing::AtRandom(0.4)),
        ("gaps in bad weeks", false, Scale::Exact, Missing::InBadWeeks(0.2)),
    ];
    let three = |family: &&Family| {
        with_interval && ["white", "AR(1) 0.6", "slow wave 50 %"].contains(&family.name)
    };
    for Family { name, noise, .. } in FAMILIES.iter().filter(three) {
        for (kind, gated, scale, missing) in kinds {
            for days in [40, 180] {
                let design = Design { scale, missing, ..plain(*noise, days) };
                cells.push(Cell { name: format!("{name}, {kind}"), gated, design });
            }
        }
    }
    cells
}
