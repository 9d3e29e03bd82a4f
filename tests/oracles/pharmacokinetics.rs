//! One compartment, first-order absorption and elimination, against closed forms at 40 digits.

use doseline::analysis::statistics::NotEstimable;
use doseline::analysis::statistics::math::{exp, exp_m1, log2};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

/// A medicine in the body: rates per hour, volume in litres, share absorbed.
struct Compartment {
    elimination: f64,
    absorption: f64,
    volume: f64,
    bioavailability: f64,
}

impl Compartment {
    /// Concentration at `time` after doses of (hour, amount). The difference of the two
    /// exponentials is taken as one, so that nearly equal rates lose no digits.
    fn concentration(&self, doses: &[(f64, f64)], time: f64) -> f64 {
        let past = doses.iter().filter(|dose| dose.0 <= time);
        let per_dose = past.map(|&(taken, amount)| {
            let elapsed = time - taken;
            let gap = (self.absorption - self.elimination) * elapsed;
            let risen = if gap.abs() < 1e-300 { 1.0 } else { -exp_m1(-gap) / gap };
            amount * elapsed * exp(-self.elimination * elapsed) * risen
        });
        self.bioavailability * self.absorption / self.volume * per_dose.sum::<f64>()
    }
}

fn elimination_rate(half_life: f64) -> Result<f64, NotEstimable> {
    if half_life > 0.0 {
        Ok(std::f64::consts::LN_2 / half_life)
    } else {
        Err(NotEstimable::NotPositive)
    }
}

fn steady_state(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let half_life = case.number("half_life_h")?;
    let (interval, doses) = (case.number("interval_h")?, case.number("n_doses")?);
    let Some(rate) = check.estimable(elimination_rate(half_life)) else {
        return Ok(());
    };
    let expected = case.expected();
    let mut value = |got: f64, key: &str| check.number("value", got, &expected[key]);
    value(-exp_m1(-rate * interval * doses), "fraction_of_steady_state_after_n_doses");
    value(-1.0 / exp_m1(-rate * interval), "accumulation_ratio");
    value(half_life * log2(10.0), "time_to_90pct_h");
    value(half_life * log2(1.0 / 0.03), "time_to_97pct_h");
    value(exp(-rate * interval), "residual_fraction_one_interval_after_last_dose");
    value(interval / half_life, "half_lives_per_interval");
    Ok(())
}

fn washout(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let half_life = case.number("half_life_h")?;
    let elapsed = case.number("hours_since_last")?;
    let Some(rate) = check.estimable(elimination_rate(half_life)) else {
        return Ok(());
    };
    let expected = case.expected();
    check.number("value", exp(-rate * elapsed), &expected["fraction_remaining"]);
    check.number("value", half_life * log2(100.0), &expected["hours_to_1pct"]);
    Ok(())
}

fn superposition(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let doses: Vec<(f64, f64)> = serde_json::from_value(case.input("doses").clone())?;
    let Some(elimination) = check.estimable(elimination_rate(case.number("half_life_h")?)) else {
        return Ok(());
    };
    let body = Compartment {
        elimination,
        absorption: case.number("ka_per_h")?,
        volume: case.number("volume_l")?,
        bioavailability: case.number("bioavailability")?,
    };
    let times = case.full_column("times_h")?;
    let levels: Vec<f64> = times.iter().map(|&time| body.concentration(&doses, time)).collect();
    let field =
        if case.name.contains("nearly_equal_rates") { "nearly_equal_rates" } else { "value" };
    check.full_column(field, &levels, &case.expected()["concentration"]);
    Ok(())
}

pub(crate) fn compare(case: &Case, check: &mut Check) -> Result<(), Failed> {
    match case.word("kind")? {
        "steady_state" => steady_state(case, check),
        "washout" => washout(case, check),
        "superposition" => superposition(case, check),
        other => Err(format!("unknown kind {other}").into()),
    }
}
