//! Effect sizes for one person's two phases, by overlap and by means, against R SingleCaseES (R scan).
//!
//! NAP: Parker & Vannest 2009. Tau, Tau-U: Parker, Vannest, Davis & Sauber 2011. Baseline-corrected
//! Tau: Tarlow 2017. PND: Scruggs et al. 1987. PEM: Ma 2006. PAND, IRD: Parker et al. 2007, 2009;
//! robust IRD: Pustejovsky 2019. Log response ratios: Pustejovsky 2018. SMD: Gingerich 1984,
//! Busk & Serlin 1992. Where the package answers for an empty phase or takes the logarithm of a
//! negative mean, this refuses.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::distribution::normal_quantile;
use doseline::analysis::statistics::location::{is_constant, mean, median, sample_sd};
use doseline::analysis::statistics::math::ln;
use doseline::analysis::statistics::theil_sen::median_slope;
use libtest_mimic::Failed;
use serde_json::Value;

use crate::case::Case;
use crate::check::Check;

/// Two phases, signed so that larger is better.
struct Phases {
    a: Vec<f64>,
    b: Vec<f64>,
}

/// An effect size and, where it has one, its sampling error.
#[derive(Clone, Copy)]
struct Effect {
    estimate: f64,
    se: Option<f64>,
    interval: Option<(f64, f64)>,
    /// The standard deviation a standardised difference was divided by.
    sd: Option<f64>,
}

type Answer = Result<Effect, NotEstimable>;

impl Effect {
    fn plain(estimate: f64) -> Self {
        Effect { estimate, se: None, interval: None, sd: None }
    }

    fn with_error(estimate: f64, se: Option<f64>) -> Self {
        let half = se.map(|se| normal_quantile(0.975) * se);
        let interval = half.map(|half| (estimate - half, estimate + half));
        Effect { estimate, se, interval, sd: None }
    }

    fn negated(self) -> Self {
        let interval = self.interval.map(|(low, high)| (-high, -low));
        Effect { estimate: -self.estimate, interval, ..self }
    }
}

impl Phases {
    fn sizes(&self) -> Result<(f64, f64), NotEstimable> {
        match self.a.len().min(self.b.len()) {
            0 => Err(NotEstimable::TooFew { n: 0, needed: 1 }),
            _ => Ok((self.a.len() as f64, self.b.len() as f64)),
        }
    }

    /// Pairs in which B is better, less those in which A is.
    fn s_between(&self) -> f64 {
        self.a.iter().map(|a| self.b.iter().map(|b| sign(b - a)).sum::<f64>()).sum()
    }

    /// Kendall's S of the baseline.
    fn s_baseline(&self) -> f64 {
        let later = self.a.iter().enumerate().map(|(i, earlier)| {
            self.a[i + 1..].iter().map(|later| sign(later - earlier)).sum::<f64>()
        });
        later.sum()
    }

    /// Non-overlap of all pairs, ties counted half.
    fn nap(&self) -> Answer {
        let (m, n) = self.sizes()?;
        let estimate = 0.5 + self.s_between() / (2.0 * m * n);
        let se = (m > 1.0 && n > 1.0).then(|| self.nap_variance(estimate, m, n).sqrt());
        let interval = Some(nap_interval(estimate, m, n));
        Ok(Effect { estimate, se, interval, sd: None })
    }

    fn nap_variance(&self, nap: f64, m: f64, n: f64) -> f64 {
        let deviation = |a: f64, b: f64| 0.5 + 0.5 * sign(b - a) - nap;
        let square_of_row = |a: &f64| self.b.iter().map(|&b| deviation(*a, b)).sum::<f64>();
        let square_of_column = |b: &f64| self.a.iter().map(|&a| deviation(a, *b)).sum::<f64>();
        let rows = self.a.iter().map(|a| square(square_of_row(a))).sum::<f64>();
        let columns = self.b.iter().map(|b| square(square_of_column(b))).sum::<f64>();
        let cells = self.a.iter().flat_map(|&a| self.b.iter().map(move |&b| (a, b)));
        let all = cells.map(|(a, b)| square(deviation(a, b))).sum::<f64>();
        let (q1, q2, x) = (rows / (m * n * n), columns / (m * m * n), all / (m * n));
        let edge = 0.5 / (m * n);
        let held = nap.clamp(edge, 1.0 - edge);
        (held * (1.0 - held) + n * q1 + m * q2 - 2.0 * x) / ((m - 1.0) * (n - 1.0))
    }

    /// Twice the distance of NAP from one half.
    fn tau(&self) -> Answer {
        let nap = self.nap()?;
        Ok(Effect {
            estimate: 2.0 * nap.estimate - 1.0,
            se: nap.se.map(|se| 2.0 * se),
            interval: nap.interval.map(|(low, high)| (2.0 * low - 1.0, 2.0 * high - 1.0)),
            sd: None,
        })
    }

    /// Tau less the baseline's own trend.
    fn tau_u(&self) -> Answer {
        let (m, n) = self.sizes()?;
        Ok(Effect::plain((self.s_between() - self.s_baseline()) / (m * n)))
    }

    /// Tau after the baseline's Theil–Sen line is taken from both phases. `ties_by_rounding` counts
    /// values that differ by less than 1e-9 as tied.
    fn tau_bc(&self, ties_by_rounding: bool) -> Answer {
        let (m, _) = self.sizes()?;
        let session = |index: usize| index as f64 + 1.0;
        let sessions: Vec<f64> = (0..self.a.len()).map(session).collect();
        let slope = median_slope(&sessions, &self.a)?;
        let offsets: Vec<f64> = sessions.iter().zip(&self.a).map(|(t, y)| y - slope * t).collect();
        let level = median(&offsets)?;
        let corrected = |t: f64, y: f64| {
            let rest = y - level - slope * t;
            if ties_by_rounding { (rest * 1e9).round() / 1e9 } else { rest }
        };
        let a = sessions.iter().zip(&self.a).map(|(&t, &y)| corrected(t, y)).collect();
        let b = self.b.iter().enumerate().map(|(i, &y)| corrected(m + session(i), y)).collect();
        Phases { a, b }.tau()
    }

    /// Share of B better than the best of A.
    fn pnd(&self) -> Answer {
        let (_, n) = self.sizes()?;
        let best = self.a.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Ok(Effect::plain(self.b.iter().filter(|b| **b > best).count() as f64 / n))
    }

    /// Share of B better than the median of A, ties counted half.
    fn pem(&self) -> Answer {
        let (_, n) = self.sizes()?;
        let middle = median(&self.a)?;
        Ok(Effect::plain(self.b.iter().map(|b| 0.5 + 0.5 * sign(b - middle)).sum::<f64>() / n))
    }

    /// The largest share of data that can be kept so that all of B is better than all of A.
    fn pand(&self) -> Answer {
        let (m, n) = self.sizes()?;
        // All of A up to a level and all of B above it, for each level that matters.
        let levels = self.a.iter().copied().chain([f64::NEG_INFINITY]);
        let kept = levels.map(|level| {
            let of_a = self.a.iter().filter(|a| **a <= level).count();
            of_a + self.b.iter().filter(|b| **b > level).count()
        });
        Ok(Effect::plain(kept.max().unwrap_or(0) as f64 / (m + n)))
    }

    /// Robust improvement rate difference.
    fn ird(&self) -> Answer {
        let (m, n) = self.sizes()?;
        let overlap = 1.0 - self.pand()?.estimate;
        Ok(Effect::plain(1.0 - square(m + n) / (2.0 * m * n) * overlap))
    }

    /// Standardised mean difference by the spread of the baseline or of both phases; `corrected` for
    /// the bias of few observations.
    fn smd(&self, pooled: bool, corrected: bool) -> Answer {
        let (m, n) = self.sizes()?;
        let squares_a = sum_of_squares(&self.a)?;
        let squares_b = sum_of_squares(&self.b)?;
        let (df, variance) = if pooled {
            (m + n - 2.0, (squares_a + squares_b) / (m + n - 2.0))
        } else {
            (m - 1.0, squares_a / (m - 1.0))
        };
        if df < 1.0 {
            return Err(NotEstimable::TooFew { n: self.a.len(), needed: self.a.len() + 1 });
        }
        if variance <= 0.0 {
            return Err(NotEstimable::Constant);
        }
        let sd = variance.sqrt();
        let unbias = if corrected { 1.0 - 3.0 / (4.0 * df - 1.0) } else { 1.0 };
        let d = unbias * (mean(&self.b)? - mean(&self.a)?) / sd;
        let sampling = if pooled {
            Some(1.0 / m + 1.0 / n)
        } else {
            (n > 1.0).then(|| 1.0 / m + squares_b / (n - 1.0) / (n * variance))
        };
        let se = sampling.map(|sampling| unbias * (sampling + d * d / (2.0 * df)).sqrt());
        Ok(Effect { sd: Some(sd), ..Effect::with_error(d, se) })
    }
}

/// The log ratio of the means of two phases as recorded, B over A.
fn log_response_ratio(a: &[f64], b: &[f64]) -> Answer {
    let fewest = a.len().min(b.len());
    if fewest < 2 {
        return Err(NotEstimable::TooFew { n: fewest, needed: 2 });
    }
    if a.iter().chain(b).any(|value| *value < 0.0) {
        return Err(NotEstimable::NotPositive);
    }
    let log_mean = |values: &[f64]| -> Result<(f64, f64), NotEstimable> {
        let n = values.len() as f64;
        // A phase of zeros is held at half a count over all its sessions.
        let mean = mean(values)?.max(1.0 / (2.0 * n));
        let variance = square(sample_sd(values)?).max(1.0 / (n * n * n));
        let relative = variance / (n * mean * mean);
        Ok((ln(mean) + relative / 2.0, relative))
    };
    let ((log_a, variance_a), (log_b, variance_b)) = (log_mean(a)?, log_mean(b)?);
    Ok(Effect::with_error(log_b - log_a, Some((variance_a + variance_b).sqrt())))
}

/// Where the score equation for NAP (Newcombe 2006, method 5) crosses zero on either side.
fn nap_interval(nap: f64, m: f64, n: f64) -> (f64, f64) {
    let half = (m + n) / 2.0 - 1.0;
    let z = normal_quantile(0.975);
    let excess = |x: f64| {
        let spread = x * (1.0 - x);
        m * n * square(nap - x) * (2.0 - x) * (1.0 + x)
            - z * z * spread * (2.0 + half + (1.0 + 2.0 * half) * spread)
    };
    // The excess is positive at 0 and 1 and negative at NAP, unless NAP itself is 0 or 1.
    let root = |mut positive: f64, mut negative: f64| {
        for _ in 0..200 {
            let middle = (positive + negative) / 2.0;
            if excess(middle) > 0.0 {
                positive = middle;
            } else {
                negative = middle;
            }
        }
        positive
    };
    if nap <= 0.0 {
        (0.0, 0.0)
    } else if nap >= 1.0 {
        (1.0, 1.0)
    } else {
        (root(0.0, nap), root(1.0, nap))
    }
}

fn sign(difference: f64) -> f64 {
    if difference == 0.0 { 0.0 } else { difference.signum() }
}

fn square(value: f64) -> f64 {
    value * value
}

fn sum_of_squares(values: &[f64]) -> Result<f64, NotEstimable> {
    if is_constant(values) {
        return Ok(0.0);
    }
    let centre = mean(values)?;
    Ok(values.iter().map(|value| square(value - centre)).sum())
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let present = |key: &str| -> Result<Vec<f64>, Failed> {
        Ok(case.column(key)?.into_iter().flatten().collect())
    };
    let (a, b) = (present("A")?, present("B")?);
    let direction = match case.word("improvement")? {
        "increase" => 1.0,
        "decrease" => -1.0,
        other => return Err(format!("unknown improvement {other}").into()),
    };
    let signed = |values: &[f64]| values.iter().map(|value| direction * value).collect();
    let phases = Phases { a: signed(&a), b: signed(&b) };
    let ratio = log_response_ratio(&a, &b);
    let improving = if direction > 0.0 { ratio } else { ratio.map(Effect::negated) };

    let tool_bc = case.expected()["Tau_BC"]["Est"].as_f64();
    let tau_bc = phases.tau_bc(false);
    let rounded_tau = phases.tau_bc(true);
    let own = &case.json["own_formula_check"];
    let expected_rounded = own["Tau_BC_ties_after_rounding_1e-9"].as_f64();
    let as_tool = tau_bc.is_ok_and(|tau| tool_bc.is_some_and(|e| (tau.estimate - e).abs() < 1e-9));
    if case.flag("tau_bc_fp_tie_sensitive") && !as_tool {
        // Ties that exist but for rounding: the tool's errors belong to other ties.
        if let (Some(tau), Some(expected)) = (check.estimable(rounded_tau), expected_rounded) {
            check.number("Est", tau.estimate, &expected.into());
        }
    } else {
        compare_effect(case, check, "Tau_BC", tau_bc);
    }

    compare_effect(case, check, "NAP", phases.nap());
    compare_effect(case, check, "PND", phases.pnd());
    compare_effect(case, check, "IRD", phases.ird());
    compare_effect(case, check, "PEM", phases.pem());
    compare_effect(case, check, "PAND", phases.pand());
    compare_effect(case, check, "Tau", phases.tau());
    compare_effect(case, check, "Tau_U", phases.tau_u());
    compare_effect(case, check, "SMD_baseline", phases.smd(false, true));
    compare_effect(case, check, "SMD_baseline_nobias", phases.smd(false, false));
    compare_effect(case, check, "SMD_pool", phases.smd(true, true));
    if case.flag("lrr_not_meaningful") {
        check.refused("LRRi", &improving);
    } else {
        compare_effect(case, check, "LRRi", improving);
        compare_effect(case, check, "LRRd", improving.map(Effect::negated));
    }
    compare_own_formulas(check, &phases, own);
    Ok(())
}

fn compare_effect(case: &Case, check: &mut Check, index: &str, answer: Answer) {
    let undefined = case.json["undefined_indices"].as_array();
    if case.is_undefined() || undefined.is_some_and(|all| all.iter().any(|one| one == index)) {
        check.refused(index, &answer);
        return;
    }
    let expected = &case.expected()[index];
    if expected.is_null() {
        return;
    }
    let Some(effect) = check.estimable(answer) else {
        return;
    };
    check.number("Est", effect.estimate, &expected["Est"]);
    check.optional("SE", effect.se, &expected["SE"]);
    let by_root = matches!(index, "NAP" | "Tau" | "Tau_BC");
    let (low, high) = effect.interval.unzip();
    let field = if by_root { "tool_root" } else { "CI" };
    check.optional(field, low, &expected["CI_lower"]);
    check.optional(field, high, &expected["CI_upper"]);
    for sd in ["baseline_SD", "pooled_SD"] {
        if !expected[sd].is_null() {
            check.optional("SD", effect.sd, &expected[sd]);
        }
    }
}

/// The second check the case file carries: exact roots, sums and slopes.
fn compare_own_formulas(check: &mut Check, phases: &Phases, own: &Value) {
    let (m, n) = (phases.a.len() as f64, phases.b.len() as f64);
    let (between, baseline) = (phases.s_between(), phases.s_baseline());
    let mut number = |key: &str, got: Result<f64, NotEstimable>| {
        if let (false, Ok(got)) = (own[key].is_null(), got) {
            check.number("Est", got, &own[key]);
        }
    };
    number("S_AvsB", Ok(between));
    number("S_trendA", Ok(baseline));
    number("Tau_U_pairs_mn_plus_mm", Ok((between - baseline) / (m * n + m * (m - 1.0) / 2.0)));
    number("NAP", phases.nap().map(|nap| nap.estimate));
    number("Tau", phases.tau().map(|tau| tau.estimate));
    number("PND", phases.pnd().map(|pnd| pnd.estimate));
    let tau_u = phases.tau_u().map(|tau| tau.estimate);
    number("Tau_U_AvsB_minus_trendA_SingleCaseES", tau_u);
    if let (Some(roots), Ok(nap)) = (own["NAP_CI95_exact_root"].as_array(), phases.nap()) {
        let (low, high) = nap.interval.unzip();
        check.optional("exact_root", low, &roots[0]);
        check.optional("exact_root", high, &roots[1]);
    }
}
