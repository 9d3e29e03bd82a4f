//! `doseline::analysis::statistics::one_compartment` against closed forms at 40 digits.

use doseline::analysis::statistics::one_compartment::{
    OneCompartment, accumulation, elimination_rate, left, reached, time_until_left,
};
use libtest_mimic::Failed;

use crate::case::Case;
use crate::check::Check;

fn steady_state(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let half_life = case.number("half_life_h")?;
    let (interval, doses) = (case.number("interval_h")?, case.number("n_doses")?);
    let Some(rate) = check.estimable(elimination_rate(half_life)) else {
        return Ok(());
    };
    let expected = case.expected();
    let mut value = |got: f64, key: &str| check.number("value", got, &expected[key]);
    value(reached(rate, interval * doses), "fraction_of_steady_state_after_n_doses");
    value(accumulation(rate, interval), "accumulation_ratio");
    value(time_until_left(half_life, 0.1), "time_to_90pct_h");
    value(time_until_left(half_life, 0.03), "time_to_97pct_h");
    value(left(rate, interval), "residual_fraction_one_interval_after_last_dose");
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
    check.number("value", left(rate, elapsed), &expected["fraction_remaining"]);
    check.number("value", time_until_left(half_life, 0.01), &expected["hours_to_1pct"]);
    Ok(())
}

fn superposition(case: &Case, check: &mut Check) -> Result<(), Failed> {
    let doses: Vec<(f64, f64)> = serde_json::from_value(case.input("doses").clone())?;
    let Some(elimination) = check.estimable(elimination_rate(case.number("half_life_h")?)) else {
        return Ok(());
    };
    let (volume, bioavailability) = (case.number("volume_l")?, case.number("bioavailability")?);
    let absorption = case.number("ka_per_h")?;
    let Some(vessel) = check.estimable(OneCompartment::new(elimination, absorption)) else {
        return Ok(());
    };
    let times = case.full_column("times_h")?;
    let concentration = |time: &f64| bioavailability / volume * vessel.level(&doses, *time);
    let levels: Vec<f64> = times.iter().map(concentration).collect();
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
