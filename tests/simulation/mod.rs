//! Seeded noise with known truth, for tests that count how often a method is wrong.
//!
//! The families are those of the calibration, named and added in one place, [`FAMILIES`]. Every
//! series has variance one about a mean of zero; what is no noise (reactivity, a recovery) comes on
//! top. Higher is worse.

// Each test binary compiles its own copy and uses its part.
#![allow(dead_code)]

use doseline::analysis::statistics::distribution::normal_quantile;
use doseline::analysis::statistics::math::{exp, sin};
use doseline::analysis::statistics::noise::NoiseModel;

/// SplitMix64. Source: Steele, Lea & Flood 2014, OOPSLA, doi 10.1145/2660193.2660195.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform on the open interval (0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// Standard normal, by the inverse of its distribution function.
    pub(crate) fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }
}

/// A family of noise by its name in the tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) noise: Noise,
    /// Whether a claim must hold its error rate under it; otherwise it is printed.
    pub(crate) gated: bool,
}

const fn gated(name: &'static str, noise: Noise) -> Family {
    Family { name, noise, gated: true }
}

const fn printed(name: &'static str, noise: Noise) -> Family {
    Family { name, noise, gated: false }
}

const fn slow(share: f64, days: f64, fast: f64) -> Noise {
    Noise::SlowWave { share, days, fast }
}

/// Every family. A new one is a line here (and a variant of [`Noise`] if it is of a new kind).
pub(crate) const FAMILIES: &[Family] = &[
    gated("white", Noise::Autoregressive(0.0)),
    gated("AR(1) 0.3", Noise::Autoregressive(0.3)),
    gated("AR(1) 0.6", Noise::Autoregressive(0.6)),
    gated("AR(1) 0.8", Noise::Autoregressive(0.8)),
    gated("slow wave 30 %", slow(0.3, 45.0, 0.0)),
    gated("slow wave 50 %", slow(0.5, 45.0, 0.0)),
    gated("slow wave 70 %", slow(0.7, 45.0, 0.0)),
    gated("weekly cycle", Noise::WeeklyCycle),
    gated("first week", Noise::FirstWeek),
    printed("slow wave 50 %, 20 days", slow(0.5, 20.0, 0.0)),
    printed("slow wave 50 %, 90 days", slow(0.5, 90.0, 0.0)),
    printed("slow wave 50 %, AR(1) 0.4", slow(0.5, 45.0, 0.4)),
    printed("slow wave 30 %, AR(1) 0.6", slow(0.3, 45.0, 0.6)),
    printed("AR(1) 0.9", Noise::Autoregressive(0.9)),
    printed("28-day cycle", Noise::MonthlyCycle),
    printed("unequal variance", Noise::UnequalVariance),
    printed("recovery curve", Noise::Recovery),
];

/// How the days of a simulated person hang together.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Noise {
    /// AR(1) with this correlation from one day to the next; 0 is white.
    Autoregressive(f64),
    /// A share of the variance falls to 1/e in so many days; the rest is AR(1) with `fast`.
    SlowWave { share: f64, days: f64, fast: f64 },
    /// White, and a third of the variance in a weekly sine of random phase.
    WeeklyCycle,
    /// White, and 0.7 more on the first day, falling off over the first week.
    FirstWeek,
    /// White, and a third of the variance in a sine of 28 days of random phase.
    MonthlyCycle,
    /// AR(1) 0.3 whose standard deviation falls from 1.4 to 0.7 over the series.
    UnequalVariance,
    /// AR(1) 0.3 about a course that falls by 2 on its own, half of it in the first 30 days.
    Recovery,
}

impl Noise {
    /// The same noise as a model of the engine, where it is one: what a test told the truth knows.
    pub(crate) fn truth(self) -> Option<NoiseModel> {
        let (fast, slow_share, slow_days) = match self {
            Noise::Autoregressive(fast) => (fast, 0.0, 1.0),
            Noise::SlowWave { share, days, fast } => (fast, share, days),
            Noise::FirstWeek => (0.0, 0.0, 1.0),
            _ => return None,
        };
        Some(NoiseModel { fast, slow_share, slow_days, weight: 1.0 })
    }

    /// One value a step for `n` steps of `step` days.
    pub(crate) fn series(self, random: &mut Random, n: usize, step: f64) -> Vec<f64> {
        match self {
            Noise::Autoregressive(phi) => autoregressive(random, n, phi),
            Noise::SlowWave { share, days, fast } => {
                let slow = autoregressive(random, n, exp(-step / days));
                let rest = autoregressive(random, n, fast);
                let mixed = slow.iter().zip(rest);
                mixed.map(|(s, r)| share.sqrt() * s + (1.0 - share).sqrt() * r).collect()
            }
            Noise::WeeklyCycle => cycle(random, n, step / 7.0),
            Noise::MonthlyCycle => cycle(random, n, step / 28.0),
            Noise::UnequalVariance => {
                let spread = |i: usize| 1.4 - 0.7 * i as f64 / n as f64;
                let even = autoregressive(random, n, 0.3);
                even.iter().enumerate().map(|(i, value)| spread(i) * value).collect()
            }
            Noise::Recovery => {
                let left = |i: usize| 2.0 * exp(-std::f64::consts::LN_2 * i as f64 * step / 30.0);
                let noise = autoregressive(random, n, 0.3);
                noise.iter().enumerate().map(|(i, value)| left(i) + value).collect()
            }
            Noise::FirstWeek => {
                let extra = |day: f64| if day < 7.0 { 0.7 * exp(-day / 3.0) } else { 0.0 };
                (0..n).map(|i| random.normal() + extra(i as f64 * step)).collect()
            }
        }
    }
}

/// White noise, and a third of the variance in a sine of random phase.
fn cycle(random: &mut Random, n: usize, turns_a_row: f64) -> Vec<f64> {
    let phase = random.uniform();
    let wave = |i: usize| {
        let turn = i as f64 * turns_a_row + phase;
        (2.0_f64 / 3.0).sqrt() * sin(std::f64::consts::TAU * turn)
    };
    (0..n).map(|i| wave(i) + (2.0_f64 / 3.0).sqrt() * random.normal()).collect()
}

fn autoregressive(random: &mut Random, n: usize, phi: f64) -> Vec<f64> {
    let fresh = (1.0 - phi * phi).sqrt();
    let mut value = random.normal();
    (0..n)
        .map(|_| {
            let today = value;
            value = phi * value + fresh * random.normal();
            today
        })
        .collect()
}

/// Days 0, `step`, 2 `step` …
pub(crate) fn days(n: usize, step: f64) -> Vec<f64> {
    (0..n).map(|i| i as f64 * step).collect()
}
