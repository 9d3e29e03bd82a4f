//! Many lives at once, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::simulation::Random;

/// The share of lives for which `found` is true, each with a seed of its own, on all cores.
pub(crate) fn share<const N: usize>(
    runs: usize,
    seed: u64,
    found: impl Fn(&mut Random) -> [bool; N] + Sync,
) -> [f64; N] {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut sums = [0; N];
    thread::scope(|scope| {
        let worker = || {
            let mut sums = [0; N];
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                if place >= runs {
                    return sums;
                }
                let mut random = Random::seeded(seed.wrapping_mul(2_000_003) + place as u64);
                for (sum, yes) in sums.iter_mut().zip(found(&mut random)) {
                    *sum += usize::from(yes);
                }
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            for (sum, own) in sums.iter_mut().zip(worker.join().unwrap()) {
                *sum += own;
            }
        }
    });
    sums.map(|sum| sum as f64 / runs as f64)
}
