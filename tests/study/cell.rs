//! A cell: a kind of life under a claim, lived many times.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use doseline::analysis::statistics::noise::NoisePrior;

use super::claims::{Answer, Estimates, Row, ar1_only};
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
    /// Days between visits, each of which is a look, where there are more than that of the start.
    pub(crate) visits: Option<i32>,
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
    /// Lives with the effect that have an interval on the last day.
    pub(crate) with_last: f64,
    /// Those that have one at any look.
    pub(crate) with_any: f64,
    /// Of those with one on the last day, lives in which the truth lay in it.
    pub(crate) covered: f64,
    /// Of those with any, lives in which the truth lay in each.
    pub(crate) covered_throughout: f64,
    /// Lives without an interval or a verdict on the last day.
    pub(crate) abstained: f64,
    /// Lives with the effect in which it was told at any look.
    pub(crate) power: f64,
    /// Null lives in which the usual test, read every day, found something.
    pub(crate) rival_wrong: f64,
    /// Null lives in which shuffled days found something, and in which shuffled weeks did, tested once
    /// on the last day.
    pub(crate) permutation_wrong: (f64, f64),
    /// Of AR(1)-only least squares, once on the last day: null lives and lives with the effect.
    pub(crate) ar1: (f64, f64),
    /// Power of least squares told the noise, once on the last day; `None` where it is no model.
    pub(crate) told_truth: Option<f64>,
}

impl Counts {
    /// Lives with the effect that have an interval at any look.
    pub(crate) fn intervals(&self) -> usize {
        (self.with_any * self.runs as f64).round() as usize
    }

    fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        self.beside += other.beside;
        self.wrong += other.wrong;
        self.with_last += other.with_last;
        self.with_any += other.with_any;
        self.covered += other.covered;
        self.covered_throughout += other.covered_throughout;
        self.abstained += other.abstained;
        self.power += other.power;
        self.rival_wrong += other.rival_wrong;
        let sum = |a: (f64, f64), b: (f64, f64)| (a.0 + b.0, a.1 + b.1);
        self.permutation_wrong = sum(self.permutation_wrong, other.permutation_wrong);
        self.ar1 = sum(self.ar1, other.ar1);
        self.told_truth = self.told_truth.zip(other.told_truth).map(|(a, b)| a + b);
    }

    fn shared(mut self) -> Self {
        let all = self.runs as f64;
        self.wrong /= all;
        self.covered /= self.with_last.max(1.0);
        self.covered_throughout /= self.with_any.max(1.0);
        self.with_last /= all;
        self.with_any /= all;
        self.abstained /= all;
        self.power /= all;
        let beside = (self.beside as f64).max(1.0);
        self.rival_wrong /= beside;
        let of_beside = |(a, b): (f64, f64)| (a / beside, b / beside);
        self.permutation_wrong = of_beside(self.permutation_wrong);
        self.ar1 = of_beside(self.ar1);
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
    let scene = Scene::new(design);
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
    let found = match row.estimates == Estimates::Effect && scene.design.scale == Scale::Exact {
        true => null.iter().map(|answer| answer.with(truth_is)).collect(),
        false => read(&helped),
    };
    let any = |answers: &[Answer]| {
        answers.iter().any(|answer| matches!(answer, Answer::Speaks { told: true, .. }))
    };
    let interval = |answer: &Answer| match answer {
        Answer::Speaks { interval, .. } => *interval,
        Answer::Abstains => None,
    };
    let holds = |(low, high): (f64, f64)| low <= truth_is && truth_is <= high;
    let intervals: Vec<_> = found.iter().filter_map(interval).collect();
    let last = found.last().and_then(interval);
    let speaks = matches!(found.last(), Some(Answer::Speaks { .. }));
    let mut counts = Counts {
        runs: 1,
        wrong: share(any(&null)),
        with_last: share(last.is_some()),
        with_any: share(!intervals.is_empty()),
        covered: share(last.is_some_and(holds)),
        covered_throughout: share(!intervals.is_empty() && intervals.into_iter().all(holds)),
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
        let shuffled =
            |block: usize, random: &mut Random| share(rivals::permutation(&life, block, random));
        counts.permutation_wrong = (shuffled(1, random), shuffled(7, random));
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
    /// Whether it differs from others by its family and length alone.
    pub(crate) is_plain: bool,
    pub(crate) design: Design,
}

/// A kind of life beside the plain one.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    gated: bool,
    scale: Scale,
    missing: Missing,
    visits: Option<i32>,
    changes: Option<i32>,
}

const PLAIN: Kind = Kind {
    name: "",
    gated: true,
    scale: Scale::Exact,
    missing: Missing::None,
    visits: None,
    changes: None,
};

/// The kinds that every gated family has.
const FOR_ALL: [Kind; 2] = [
    Kind { name: "rounded 0–10", scale: Scale::Rounded, ..PLAIN },
    Kind { name: "20 % missing", missing: Missing::AtRandom(0.2), ..PLAIN },
];

/// The kinds that [`THREE`] families have.
const FOR_THREE: [Kind; 5] = [
    Kind { name: "a visit every week", visits: Some(7), ..PLAIN },
    Kind { name: "a visit every two weeks", visits: Some(14), gated: false, ..PLAIN },
    Kind { name: "floor", scale: Scale::Floor, gated: false, ..PLAIN },
    Kind { name: "40 % missing", missing: Missing::AtRandom(0.4), gated: false, ..PLAIN },
    Kind { name: "gaps in bad weeks", missing: Missing::InBadWeeks(0.2), gated: false, ..PLAIN },
];

/// The kind of *phase* alone, whose difference is then that of the last of the changes.
const THREE_CHANGES: Kind = Kind { name: "three changes", changes: Some(3), ..PLAIN };

/// One family each of days that know nothing of each other, that hang together, and that drift.
const THREE: [&str; 3] = ["white", "AR(1) 0.6", "slow wave 50 %"];

/// The cells of a claim: every family at four lengths of phase, or at two where it is printed only;
/// then further kinds of life at two lengths.
pub(crate) fn cells(row: &Row) -> Vec<Cell> {
    let cell = |family: &Family, kind: Kind, days: i32| {
        let name = match kind.name {
            "" => family.name.to_owned(),
            more => format!("{}, {more}", family.name),
        };
        let Kind { scale, missing, visits, .. } = kind;
        let changes = kind.changes.unwrap_or(row.changes);
        let design = Design { noise: family.noise, days, changes, visits, missing, scale };
        let is_plain = kind.name.is_empty();
        Cell { name, gated: family.gated && kind.gated, is_plain, design }
    };
    let mut cells = Vec::new();
    for family in FAMILIES {
        let lengths: &[i32] = if family.gated { &[20, 40, 80, 180] } else { &[40, 180] };
        cells.extend(lengths.iter().map(|days| cell(family, PLAIN, *days)));
    }
    for family in FAMILIES.iter().filter(|family| family.gated) {
        let is_three = THREE.contains(&family.name);
        let more: &[Kind] = if is_three { &FOR_THREE } else { &[] };
        for kind in FOR_ALL.iter().chain(more) {
            cells.extend([40, 180].map(|days| cell(family, *kind, days)));
        }
        if is_three && row.name == "phase" {
            cells.extend([40, 80].map(|days| cell(family, THREE_CHANGES, days)));
        }
    }
    cells
}
