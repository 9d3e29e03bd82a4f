use crate::diary::{
    ClockTime, Diary, DueDose, EntryId, Pattern, Recorded, Schedule, Sorting, Step, Unit,
};
use crate::error::{Message, Param};

/// An amount with its unit, for a sentence: "100 mg", "1 tablet".
pub(super) fn amount(amount: f64, unit: Unit) -> Message {
    let message = Message::new(match unit {
        Unit::Milligram => "amount.mg",
        Unit::Microgram => "amount.mcg",
        Unit::Gram => "amount.g",
        Unit::Millilitre => "amount.ml",
        Unit::Drops => "amount.drops",
        Unit::Tablet => "amount.tablets",
        Unit::PatchPerDay => "amount.patch",
        Unit::Milliequivalent => "amount.meq",
        Unit::InternationalUnit => "amount.iu",
    });
    message.with("amount", Param::Number(amount, 4))
}

/// What a schedule prescribes, in words: "100 mg once a day", "50 mg in the morning and 100 mg at
/// night", "1 tablet every 4 weeks".
pub(super) fn prescribed(schedule: &Schedule) -> Message {
    let doses = doses_of_a_day(schedule);
    match schedule.pattern() {
        Pattern::Daily => doses,
        Pattern::Weekdays(on) => {
            let marked = on.iter().enumerate().filter(|(_, on)| **on);
            let names: Vec<Param> = marked.map(|(place, _)| weekday(place).into()).collect();
            Message::new("schedule.weekdays").with("doses", doses).with("days", names)
        }
        Pattern::Every { days } => {
            Message::new("schedule.every-days").with("doses", doses).with("n", usize::from(*days))
        }
        Pattern::Cycle { on, off } => Message::new("schedule.cycle")
            .with("doses", doses)
            .with("on", usize::from(*on))
            .with("off", usize::from(*off)),
        Pattern::AsNeeded { max_per_day: Some(most), .. } => {
            Message::new("schedule.as-needed-at-most")
                .with("dose", first_dose(schedule))
                .with("most", amount(most.get(), schedule.unit()))
        }
        Pattern::AsNeeded { max_per_day: None, .. } => {
            Message::new("schedule.as-needed").with("dose", first_dose(schedule))
        }
        Pattern::Once => Message::new("schedule.once").with("dose", first_dose(schedule)),
        Pattern::Depot { weeks } => Message::new("schedule.every-weeks")
            .with("dose", first_dose(schedule))
            .with("n", usize::from(*weeks)),
    }
}

/// The name of a day of the week, 0 for Monday.
fn weekday(place: usize) -> Message {
    Message::new(match place {
        0 => "weekday.monday",
        1 => "weekday.tuesday",
        2 => "weekday.wednesday",
        3 => "weekday.thursday",
        4 => "weekday.friday",
        5 => "weekday.saturday",
        _ => "weekday.sunday",
    })
}

fn first_dose(schedule: &Schedule) -> Message {
    let dose = schedule.doses().first().map_or(0.0, |dose| dose.amount.get());
    amount(dose, schedule.unit())
}

fn doses_of_a_day(schedule: &Schedule) -> Message {
    let (doses, unit) = (schedule.doses(), schedule.unit());
    let same = doses.windows(2).all(|pair| pair[0].amount == pair[1].amount);
    if same {
        let dose = first_dose(schedule);
        return match doses.len() {
            1 => Message::new("schedule.once-a-day").with("dose", dose),
            2 => Message::new("schedule.twice-a-day").with("dose", dose),
            n => Message::new("schedule.times-a-day").with("dose", dose).with("n", n),
        };
    }
    let each = |dose: &DueDose| -> Param {
        let quantity = amount(dose.amount.get(), unit);
        match dose.at {
            Some(at) => at_time(at, quantity).into(),
            None => quantity.into(),
        }
    };
    let list: Vec<Param> = doses.iter().map(each).collect();
    Message::new("schedule.doses").with("doses", list)
}

fn at_time(at: ClockTime, dose: Message) -> Message {
    let part_of_day = match at.minutes() / 60 {
        4..=11 => "schedule.in-the-morning",
        12..=16 => "schedule.in-the-afternoon",
        17..=20 => "schedule.in-the-evening",
        _ => "schedule.at-night",
    };
    Message::new(part_of_day).with("dose", dose)
}

/// The titration steps of a medicine, by day.
pub(super) fn steps_of(diary: &Diary, medicine: EntryId) -> Vec<(Recorded<'_>, &Step)> {
    let mut steps: Vec<_> = diary.steps().filter(|(_, step)| step.medicine == medicine).collect();
    steps.arrange_by_key(|(recorded, _)| (recorded.entry.day(), recorded.id));
    steps
}
