//! Pair: two numbers with which the same is done at once.
//!
//! A long sum is taken of the even and the odd values apart, so that one instruction adds to both.
//! The compiler may not divide a sum by itself, as that changes its last bits; here it is divided the
//! same way everywhere, and the bits are the same with and without such instructions.

use std::ops::{Add, Div, Mul, Sub};

#[cfg(target_feature = "simd128")]
mod both {
    use std::arch::wasm32::{f64x2, f64x2_extract_lane};
    pub(super) use std::arch::wasm32::{
        f64x2_abs as abs, f64x2_add as add, f64x2_div as div, f64x2_mul as mul,
        f64x2_pmax as larger, f64x2_sub as sub, v128 as Both,
    };

    pub(super) const fn of([first, second]: [f64; 2]) -> Both {
        f64x2(first, second)
    }

    pub(super) fn parts(both: Both) -> [f64; 2] {
        [f64x2_extract_lane::<0>(both), f64x2_extract_lane::<1>(both)]
    }
}

#[cfg(not(target_feature = "simd128"))]
mod both {
    pub(super) type Both = [f64; 2];

    pub(super) const fn of(parts: [f64; 2]) -> Both {
        parts
    }

    pub(super) const fn parts(both: Both) -> [f64; 2] {
        both
    }

    pub(super) const fn abs(a: Both) -> Both {
        [a[0].abs(), a[1].abs()]
    }

    pub(super) fn add(a: Both, b: Both) -> Both {
        [a[0] + b[0], a[1] + b[1]]
    }

    pub(super) fn div(a: Both, b: Both) -> Both {
        [a[0] / b[0], a[1] / b[1]]
    }

    pub(super) fn larger(a: Both, b: Both) -> Both {
        [if a[0] < b[0] { b[0] } else { a[0] }, if a[1] < b[1] { b[1] } else { a[1] }]
    }

    pub(super) fn mul(a: Both, b: Both) -> Both {
        [a[0] * b[0], a[1] * b[1]]
    }

    pub(super) fn sub(a: Both, b: Both) -> Both {
        [a[0] - b[0], a[1] - b[1]]
    }
}

/// Two numbers.
#[derive(Clone, Copy)]
pub(super) struct Pair(both::Both);

impl Pair {
    pub(super) fn of(parts: [f64; 2]) -> Self {
        Self(both::of(parts))
    }

    pub(super) fn twice(number: f64) -> Self {
        Self::of([number; 2])
    }

    pub(super) fn abs(self) -> Self {
        Self(both::abs(self.0))
    }

    /// The larger of each two; the first where they are equal or one is no number.
    pub(super) fn larger(self, other: Self) -> Self {
        Self(both::larger(self.0, other.0))
    }

    pub(super) fn parts(self) -> [f64; 2] {
        both::parts(self.0)
    }

    /// The first plus the second.
    pub(super) fn sum(self) -> f64 {
        let [first, second] = both::parts(self.0);
        first + second
    }
}

impl Add for Pair {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(both::add(self.0, other.0))
    }
}

impl Div for Pair {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        Self(both::div(self.0, other.0))
    }
}

impl Mul for Pair {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self(both::mul(self.0, other.0))
    }
}

impl Sub for Pair {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(both::sub(self.0, other.0))
    }
}
