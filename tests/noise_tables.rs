//! How often the estimators err at one look, without a diary around them; `docs/calibration.md` has
//! the claims as they are used.
//!
//! `cargo test --release --test noise_tables -- --ignored --nocapture --test-threads 1`

mod simulation;

use doseline::analysis::statistics::change_point::change_points;
use doseline::analysis::statistics::distribution::StudentT;
use doseline::analysis::statistics::gls::{Contrast, NoiseMixture};
use doseline::analysis::statistics::level::level_difference;
use doseline::analysis::statistics::noise::NoisePrior;
use doseline::analysis::statistics::slope::slope;
use simulation::{FAMILIES, Family, Noise, Random, days};

const RUNS: usize = 2_000;

/// Percentages of one cell.
#[derive(Default)]
struct Cell {
    wrong: f64,
    power: f64,
    naive: f64,
}

impl Cell {
    fn add(&mut self, ours: &Contrast, shift: f64, naive_p: f64) {
        let share = 100.0 / RUNS as f64;
        self.wrong += if ours.low > 0.0 || ours.high < 0.0 { share } else { 0.0 };
        let moved = (ours.low + shift, ours.high + shift);
        self.power += if moved.0 > 0.0 || moved.1 < 0.0 { share } else { 0.0 };
        self.naive += if naive_p < 0.05 { share } else { 0.0 };
    }
}

fn print_table(title: &str, cell: impl Fn(Noise, usize) -> Cell) {
    println!("{title}");
    println!("{:28}{}", "", [20, 40, 80, 180].map(|m| format!("{m:>22}")).concat());
    for Family { name, noise, .. } in FAMILIES {
        let row = [20, 40, 80, 180].map(|m| {
            let cell = cell(*noise, m);
            format!("{:>8.1}{:>6.0}{:>8.1}", cell.wrong, cell.power, cell.naive)
        });
        println!("{name:28}{}", row.concat());
    }
}

fn welch(a: &[f64], b: &[f64]) -> f64 {
    let moments = |v: &[f64]| {
        let mean = v.iter().sum::<f64>() / v.len() as f64;
        let squares: f64 = v.iter().map(|x| (x - mean).powi(2)).sum();
        (mean, squares / (v.len() - 1) as f64 / v.len() as f64)
    };
    let ((ma, va), (mb, vb)) = (moments(a), moments(b));
    let df = (va + vb).powi(2) / (va * va / (a.len() - 1) as f64 + vb * vb / (b.len() - 1) as f64);
    StudentT::new(df).unwrap().two_sided((mb - ma) / (va + vb).sqrt())
}

#[test]
#[ignore = "prints a table; a minute in release"]
fn level_difference_table() {
    let prior = NoisePrior::day_to_day();
    print_table(
        "level, days a stretch: false positives, power at 1 SD, Welch t's false positives",
        |noise, m| {
            let (mut random, mut cell, x) = (Random::seeded(1), Cell::default(), days(2 * m, 1.0));
            for _ in 0..RUNS {
                let y = noise.series(&mut random, 2 * m, 1.0);
                let (before, after) = ((&x[..m], &y[..m]), (&x[m..], &y[m..]));
                let ours = level_difference(before, after, &prior, 0.95).unwrap();
                cell.add(&ours, 1.0, welch(before.1, after.1));
            }
            cell
        },
    );
}

#[test]
#[ignore = "prints a table; a minute in release"]
fn slope_table() {
    let prior = NoisePrior::day_to_day();
    print_table(
        "slope, half the days: false positives, power at 2 SD in all, OLS's false positives",
        |noise, m| {
            let (mut random, mut cell, x) = (Random::seeded(2), Cell::default(), days(2 * m, 1.0));
            let white = NoisePrior::of(vec![prior.models()[0]]).unwrap();
            let ones = vec![1.0; 2 * m];
            for _ in 0..RUNS {
                let y = noise.series(&mut random, 2 * m, 1.0);
                let ours = slope(&x, &y, &prior, 0.95).unwrap();
                let ordinary = NoiseMixture::fit(&x, &y, &[&ones, &x], &white).unwrap();
                let naive = ordinary.contrast(&[0.0, 1.0], 0.95).unwrap();
                cell.add(&ours, 1.0 / m as f64, naive.p_value);
            }
            cell
        },
    );
}

#[test]
#[ignore = "prints a table; a minute in release"]
fn change_point_table() {
    let prior = NoisePrior::day_to_day();
    let row = |name: &str, noise: Noise, n: usize, step: f64, shift: f64| {
        let mut random = Random::seeded(3);
        let (mut any, mut all, mut near, mut inside) = (0, 0, 0, 0);
        for _ in 0..RUNS / 2 {
            let mut y = noise.series(&mut random, n, step);
            y[n / 2..].iter_mut().for_each(|v| *v += shift);
            let found = change_points(&days(n, step), &y, &prior, 0.95).unwrap();
            any += usize::from(!found.is_empty());
            all += found.len();
            let hit = found.iter().find(|change| change.index.abs_diff(n / 2) <= 7);
            near += usize::from(hit.is_some());
            let (last, first) = ((n / 2 - 1) as f64 * step, (n / 2) as f64 * step);
            inside += usize::from(hit.is_some_and(|c| c.earliest <= last && c.latest >= first));
        }
        let percent = |count: usize| 200.0 * count as f64 / RUNS as f64;
        println!(
            "{name:28} n {n:4} every {step:2} shift {shift:3.1}: any {:5.1} %, mean {:4.2}, within 7 rows {:5.1} %, day inside {:5.1} % of those",
            percent(any),
            2.0 * all as f64 / RUNS as f64,
            percent(near),
            100.0 * inside as f64 / near.max(1) as f64
        );
    };
    for Family { name, noise, .. } in FAMILIES {
        row(name, *noise, 180, 1.0, 0.0);
    }
    for phi in [0.0, 0.3, 0.6] {
        let noise = Noise::Autoregressive(phi);
        row("weekly AR(1)", noise, 28, 7.0, 0.0);
        row("weekly AR(1)", noise, 28, 7.0, 2.0);
    }
    for n in [60, 365] {
        row("AR(1) 0.6", Noise::Autoregressive(0.6), n, 1.0, 0.0);
        row("slow 50 %", Noise::SlowWave { share: 0.5, days: 45.0, fast: 0.0 }, n, 1.0, 0.0);
    }
    for (phi, shift) in [(0.0, 1.0), (0.0, 1.5), (0.3, 1.0), (0.3, 1.5), (0.6, 1.0), (0.6, 1.5)] {
        let name = format!("AR(1) {phi}");
        row(&name, Noise::Autoregressive(phi), 180, 1.0, shift);
    }
}

#[test]
#[ignore = "prints timings"]
fn timings() {
    let prior = NoisePrior::day_to_day();
    for n in [180, 365, 3_650] {
        let mut random = Random::seeded(4);
        let y = Noise::Autoregressive(0.5).series(&mut random, n, 1.0);
        let x = days(n, 1.0);
        let columns: Vec<Vec<f64>> = (0..6)
            .map(|k| x.iter().map(|d| f64::from(u8::from((*d as usize) * 6 / n == k))).collect())
            .collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut best = [f64::INFINITY; 3];
        for _ in 0..10 {
            let start = std::time::Instant::now();
            let fit = NoiseMixture::fit(&x, &y, &columns, &prior).unwrap();
            best[0] = best[0].min(start.elapsed().as_secs_f64());
            let start = std::time::Instant::now();
            fit.contrast(&[-1.0, 1.0, 0.0, 0.0, 0.0, 0.0], 0.95).unwrap();
            best[1] = best[1].min(start.elapsed().as_secs_f64());
            let start = std::time::Instant::now();
            change_points(&x, &y, &prior, 0.95).unwrap();
            best[2] = best[2].min(start.elapsed().as_secs_f64());
        }
        let [fit, contrast, changes] = best.map(|seconds| 1e3 * seconds);
        println!(
            "n {n}: six columns {fit:.2} ms, a contrast {contrast:.3} ms, change points {changes:.2} ms"
        );
    }
}
