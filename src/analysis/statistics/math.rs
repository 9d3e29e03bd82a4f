//! Transcendental functions, from one pure-Rust library on every machine.
//!
//! `f64::exp` and its kin call whatever the platform offers and differ in the last bit between a
//! browser, Node and native Rust. These wrappers over [`libm`] do not, so a finding computed again
//! elsewhere has the same bits. This is the only place in `src` that calls them; `sqrt`, `abs`,
//! `floor` and the four operations are exact by IEEE 754 and are used directly.

/// e to the power of `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e^`x` − 1, accurate near zero.
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm; −∞ at zero, NaN below.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + `x`), accurate near zero.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Logarithm to base 2.
#[must_use]
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// Logarithm to base 10.
#[must_use]
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `x` to the power of `y`; NaN for a negative `x` with a `y` that is not whole.
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Sine of `x` radians.
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of `x` radians.
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Inverse tangent, in radians.
#[must_use]
pub fn atan(x: f64) -> f64 {
    libm::atan(x)
}

/// Inverse hyperbolic tangent (Fisher's z of a correlation); NaN outside [−1, 1].
#[must_use]
pub fn atanh(x: f64) -> f64 {
    libm::atanh(x)
}

/// Error function.
#[must_use]
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// 1 − erf(`x`), with its relative accuracy kept in the tail.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Gamma function.
#[must_use]
pub fn tgamma(x: f64) -> f64 {
    libm::tgamma(x)
}

/// Logarithm of the absolute value of the gamma function.
#[must_use]
pub fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}
