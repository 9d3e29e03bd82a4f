//! Seeded noise with known truth, for tests that count how often a method is wrong.
//!
//! The families are those of the calibration: white, AR(1), a slow wave with day noise, a weekly
//! cycle, first-week reactivity. Every series has variance one about a mean of zero (reactivity
//! comes on top).

// Each test binary compiles its own copy and uses its part.
#![allow(dead_code)]

use doseline::analysis::statistics::distribution::normal_quantile;
use doseline::analysis::statistics::math::{exp, sin};

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
}

impl Noise {
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
            Noise::WeeklyCycle => {
                let phase = random.uniform();
                let wave = |i: usize| {
                    let turn = i as f64 * step / 7.0 + phase;
                    (2.0_f64 / 3.0).sqrt() * sin(std::f64::consts::TAU * turn)
                };
                (0..n).map(|i| wave(i) + (2.0_f64 / 3.0).sqrt() * random.normal()).collect()
            }
            Noise::FirstWeek => {
                let extra = |day: f64| if day < 7.0 { 0.7 * exp(-day / 3.0) } else { 0.0 };
                (0..n).map(|i| random.normal() + extra(i as f64 * step)).collect()
            }
        }
    }
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
