//! Curves of response against dose, fitted by least squares from many starts: log-logistic with
//! three or four parameters (Ritz et al. 2015, *PLoS ONE* 10:e0146021) and Emax, against R drc,
//! R nls and SciPy.
//!
//! A curve always fits; whether the data say where its middle lies is another question. The middle
//! (ED50) is refused when it lies far outside the doses tested, when its standard error is more than
//! five times its value, or when the curve is as steep as a step.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::location::is_constant;
use doseline::analysis::statistics::math::{exp, ln};
use libtest_mimic::Failed;
use serde_json::{Value, json};

use crate::case::{Case, number};
use crate::check::Check;
use crate::least_squares::{dot, fit};

/// A steeper curve is a step between two doses.
const STEEPEST: f64 = 50.0;
/// An ED50 further than this factor below the least or above the largest dose is outside of them.
const OUTSIDE: f64 = 10.0;
/// The search for ED50 goes this factor beyond the doses.
const SEARCHED: f64 = 1e4;

/// f(x) = low + (high − low) g(x), where g goes from 1 to 0 (or 0 to 1) around the ED50.
#[derive(Clone, Copy, PartialEq)]
enum Model {
    /// g = 1/(1 + (x/e)^b), low = 0.
    LogLogistic3,
    /// g = 1/(1 + (x/e)^b).
    LogLogistic4,
    /// g = x/(e + x), low = e0 and high − low = emax.
    Emax,
}

/// A curve. `low` is c or e0, `rise` is d − c or emax.
#[derive(Clone, Copy)]
struct Curve {
    steepness: f64,
    log_middle: f64,
    low: f64,
    rise: f64,
    squares: f64,
}

/// A curve whose parameters the data determine, with their standard errors.
struct Fitted {
    curve: Curve,
    /// Of steepness, log middle, low and rise, in the order of [`Model::gradient`].
    errors: Vec<f64>,
}

impl Model {
    fn parameters(self) -> usize {
        if self == Model::LogLogistic4 { 4 } else { 3 }
    }

    /// g at a dose.
    fn share(self, dose: f64, steepness: f64, log_middle: f64) -> f64 {
        match self {
            Model::Emax => dose / (exp(log_middle) + dose),
            _ if dose == 0.0 => f64::from(steepness > 0.0),
            _ => 1.0 / (1.0 + exp(steepness * (ln(dose) - log_middle))),
        }
    }

    /// Slopes of the curve at a dose: by steepness, log middle, then low where it is free, and by
    /// the height that is left (d, or emax).
    fn gradient(self, dose: f64, curve: &Curve) -> Vec<f64> {
        let g = self.share(dose, curve.steepness, curve.log_middle);
        let bell = curve.rise * g * (1.0 - g);
        let distance = if dose == 0.0 { 0.0 } else { ln(dose) - curve.log_middle };
        match self {
            Model::Emax => vec![-bell, 1.0, g],
            Model::LogLogistic3 => vec![-bell * distance, bell * curve.steepness, g],
            Model::LogLogistic4 => vec![-bell * distance, bell * curve.steepness, 1.0 - g, g],
        }
    }

    fn is_log_logistic(self) -> bool {
        self != Model::Emax
    }
}

struct Data<'a> {
    model: Model,
    doses: &'a [f64],
    responses: &'a [f64],
}

impl Data<'_> {
    /// The best heights for a steepness and a middle, and what they leave.
    fn with_best_heights(&self, steepness: f64, log_middle: f64) -> Option<Curve> {
        let shares: Vec<f64> =
            self.doses.iter().map(|&dose| self.model.share(dose, steepness, log_middle)).collect();
        let columns = match self.model {
            Model::LogLogistic3 => vec![shares],
            _ => vec![vec![1.0; shares.len()], shares],
        };
        let heights = fit(&columns, self.responses).ok()?;
        let (low, rise) = match heights.coefficients[..] {
            [rise] => (0.0, rise),
            [low, rise] => (low, rise),
            _ => return None,
        };
        Some(Curve { steepness, log_middle, low, rise, squares: heights.squares() })
    }

    fn residuals(&self, curve: &Curve) -> Vec<f64> {
        let value = |dose: f64| {
            curve.low + curve.rise * self.model.share(dose, curve.steepness, curve.log_middle)
        };
        self.doses.iter().zip(self.responses).map(|(&dose, y)| y - value(dose)).collect()
    }

    fn gradient_columns(&self, curve: &Curve) -> Vec<Vec<f64>> {
        let rows: Vec<_> =
            self.doses.iter().map(|&dose| self.model.gradient(dose, curve)).collect();
        let column = |index: usize| rows.iter().map(|row| row[index]).collect();
        (0..self.model.parameters()).map(column).collect()
    }

    /// Levenberg–Marquardt over steepness and middle, the heights being solved for at every step
    /// (Golub & Pereyra 1973, variable projection).
    fn descend(&self, start: Curve, least: f64, largest: f64) -> Curve {
        let mut curve = start;
        let mut damping = 1e-3;
        for _ in 0..400 {
            let mut columns = self.gradient_columns(&curve);
            let mut rest = self.residuals(&curve);
            // Rows that hold back each of the two parameters searched for.
            let searched = if self.model.is_log_logistic() { 2 } else { 1 };
            let size: Vec<f64> =
                columns[..searched].iter().map(|c| dot(c, c).sqrt().max(1e-12)).collect();
            for (held, size) in size.iter().enumerate() {
                for (index, column) in columns.iter_mut().enumerate() {
                    column.push(if index == held { size * f64::sqrt(damping) } else { 0.0 });
                }
                rest.push(0.0);
            }
            let Ok(step) = fit(&columns, &rest) else {
                break;
            };
            let (by_steepness, by_middle) = match self.model {
                Model::Emax => (0.0, step.coefficients[0]),
                _ => (step.coefficients[0], step.coefficients[1]),
            };
            let steepness = (curve.steepness + by_steepness).clamp(-STEEPEST, STEEPEST);
            let log_middle = (curve.log_middle + by_middle).clamp(least, largest);
            match self.with_best_heights(steepness, log_middle) {
                Some(better) if better.squares < curve.squares => {
                    let gain = curve.squares - better.squares;
                    curve = better;
                    damping = (damping / 10.0).max(1e-15);
                    if gain <= 1e-16 * curve.squares {
                        break;
                    }
                }
                _ => damping *= 10.0,
            }
            if damping > 1e12 {
                break;
            }
        }
        curve
    }
}

fn best_curve(data: &Data) -> Result<Curve, NotEstimable> {
    let n = data.doses.len();
    let needed = data.model.parameters();
    if data.doses.iter().any(|dose| *dose < 0.0) {
        return Err(NotEstimable::OutOfDomain);
    }
    let mut distinct = data.doses.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    if n <= needed || distinct.len() < needed {
        return Err(NotEstimable::TooFew { n: n.min(distinct.len()), needed });
    }
    if is_constant(data.responses) {
        return Err(NotEstimable::Constant);
    }
    let positive: Vec<f64> = distinct.into_iter().filter(|dose| *dose > 0.0).collect();
    let (least, largest) = (ln(positive[0]), ln(positive[positive.len() - 1]));
    let beyond = ln(SEARCHED);

    let steep: &[f64] = if data.model.is_log_logistic() {
        &[-30.0, -12.0, -5.0, -2.0, -1.0, -0.4, 0.4, 1.0, 2.0, 5.0, 12.0, 30.0]
    } else {
        &[1.0]
    };
    let (from, to) = (least - ln(OUTSIDE), largest + ln(OUTSIDE));
    let middles = (0..=24).map(|step| from + (to - from) * f64::from(step) / 24.0);
    let mut starts: Vec<Curve> = middles
        .flat_map(|middle| steep.iter().map(move |&steepness| (steepness, middle)))
        .filter_map(|(steepness, middle)| data.with_best_heights(steepness, middle))
        .collect();
    starts.sort_by(|a, b| a.squares.total_cmp(&b.squares));
    let ends =
        starts.iter().take(12).map(|start| data.descend(*start, least - beyond, largest + beyond));
    let best = ends.min_by(|a, b| a.squares.total_cmp(&b.squares));
    best.ok_or(NotEstimable::Singular)
}

/// The best curve, if its parameters are determined.
fn identified(data: &Data) -> Result<Fitted, NotEstimable> {
    let curve = best_curve(data)?;
    let positive = data.doses.iter().copied().filter(|dose| *dose > 0.0);
    let (least, largest) = positive
        .fold((f64::INFINITY, 0.0_f64), |(least, largest), d| (least.min(d), largest.max(d)));
    let middle = exp(curve.log_middle);
    let outside = middle < least / OUTSIDE || middle > largest * OUTSIDE;
    if outside || curve.steepness.abs() >= STEEPEST {
        return Err(NotEstimable::NotIdentifiable);
    }
    let columns = data.gradient_columns(&curve);
    let linear =
        fit(&columns, &data.residuals(&curve)).map_err(|_| NotEstimable::NotIdentifiable)?;
    let df = linear.degrees_of_freedom() as f64;
    let errors = linear.unit_errors().into_iter().map(|e| e * (curve.squares / df).sqrt());
    let errors: Vec<f64> = errors.collect();
    // The error of ln ED50 is that of ED50 over its value.
    let middle_error = errors[if data.model.is_log_logistic() { 1 } else { 0 }];
    if middle_error.is_nan() || middle_error > 5.0 {
        return Err(NotEstimable::NotIdentifiable);
    }
    Ok(Fitted { curve, errors })
}

/// Parameters and errors under the names the case uses; a log-logistic curve of four parameters has
/// two names, the second with the sign of b turned and the ends exchanged.
fn named(model: Model, fitted: &Fitted) -> Vec<Value> {
    let Curve { steepness: b, log_middle, low, rise, .. } = fitted.curve;
    let e = exp(log_middle);
    let errors = &fitted.errors;
    match model {
        Model::Emax => vec![json!({
            "params": {"e0": low, "emax": rise, "ed50": e},
            "se": {"e0": errors[1], "emax": errors[2], "ed50": errors[0] * e},
        })],
        Model::LogLogistic3 => vec![json!({
            "params": {"b": b, "d": rise, "e": e},
            "se": {"b": errors[0], "d": errors[2], "e": errors[1] * e},
        })],
        Model::LogLogistic4 => {
            let form = |b: f64, c: f64, d: f64, c_error: f64, d_error: f64| {
                json!({
                    "params": {"b": b, "c": c, "d": d, "e": e},
                    "se": {"b": errors[0], "c": c_error, "d": d_error, "e": errors[1] * e},
                })
            };
            let high = low + rise;
            vec![
                form(b, low, high, errors[2], errors[3]),
                form(-b, high, low, errors[3], errors[2]),
            ]
        }
    }
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let model = match case.word("model")? {
        "LL3" => Model::LogLogistic3,
        "LL4" => Model::LogLogistic4,
        "Emax" => Model::Emax,
        other => return Err(format!("unknown model {other}").into()),
    };
    let (doses, responses) = (case.column("dose")?, case.column("response")?);
    let whole = doses.iter().zip(&responses).filter_map(|(dose, y)| Some((((*dose)?), (*y)?)));
    let (doses, responses): (Vec<f64>, Vec<f64>) = whole.unzip();
    let data = Data { model, doses: &doses, responses: &responses };

    if case.is_undefined() || !case.flag("identifiable") {
        check.refused("ED50", &identified(&data));
        return Ok(());
    }
    let Some(curve) = check.estimable(best_curve(&data)) else {
        return Ok(());
    };
    let expected = case.expected();
    let mean = responses.iter().sum::<f64>() / responses.len() as f64;
    check.scale_by([responses.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>()]);
    // Judged from above only: fitting better than both tools is no fault.
    if number(&expected["best_rss"]).is_some_and(|best| curve.squares > best) {
        check.number("rss", curve.squares, &expected["best_rss"]);
    }

    // Where the tools' curves differ there are no parameters to agree with.
    let reference = &expected["scipy_multistart"];
    if !case.flag("tools_agree_on_rss") || !reference.is_object() {
        return Ok(());
    }
    let Some(fitted) = check.estimable(identified(&data)) else {
        return Ok(());
    };
    let forms = named(model, &fitted);
    let sign = |of: &Value| of["params"]["b"].as_f64().map(|b| b > 0.0);
    let form = forms.iter().find(|form| sign(form) == sign(reference)).unwrap_or(&forms[0]);
    compare_group(check, "parameter", &form["params"], &reference["params"])?;
    // An exact curve leaves no variance: its errors are rounding noise.
    if !check.is_close("rss", curve.squares, 0.0) {
        compare_group(check, "se", &form["se"], &reference["se"])?;
    }
    Ok(())
}

fn compare_group(
    check: &mut Check,
    field: &str,
    got: &Value,
    expected: &Value,
) -> Result<(), Failed> {
    for (name, expected) in expected.as_object().into_iter().flatten() {
        let got = got[name].as_f64().ok_or("a parameter without a number")?;
        check.number(field, got, expected);
    }
    Ok(())
}
