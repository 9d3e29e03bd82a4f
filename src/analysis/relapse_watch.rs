//! Relapse watch: whether an outcome has left the level it had while the person was well.
//!
//! **Estimand.** The day from which this person's outcome lies worse than its mean over a baseline
//! of their own: the [`BASELINE_DAYS`] days from the day they were known to be well.
//!
//! **Model.** A [control chart](super::statistics::control_chart) of the day means. Its limit is
//! wide enough for days that hang together and for slow waves: at most one false alarm a year, in
//! every noise family of the calibration. One outcome is watched, so that this holds for the whole.
//! The *signs* that the person chose while well stand beside it, counted; they raise no alarm.
//!
//! **Known to be well**: from the first of two readings of an instrument in remission, until two
//! readings in a row are as high as its relapse screen asks. Whoever fills in several is not well while
//! one of them is that high, until it is in remission again: calm is no remission of a depression.
//! Where no instrument tells of a remission, from the day on which the person first chose signs since
//! readings were that high last. Fillings of one day are one reading.
//!
//! **Assumptions.** The baseline was a good time, and like the days to come but for a relapse. The
//! first baseline of a remission is kept: a slow slide cannot become the new usual.
//!
//! **Abstains** without such a day, before the baseline is over, and with fewer than
//! [`LEAST_DAYS`] days with a value in it. What is called *early warning*, a rising correlation
//! of neighbouring days, is not used: it rises in two of five series without anything to find.

use crate::diary::{
    Body, Calendar, Dated, Day, Diary, EntryId, Kind, Recorded, RelapseSigns, Sorting, Worse,
};
use crate::error::{Message, Param};

use super::column::{Column, Columns};
use super::finding::{Certainty, Claim, Finding, FindingUnit, Window};
use super::outcome::Outcome;
use super::statistics::control_chart::{ControlChart, LIMIT, WEIGHT};

/// Days from the day the person was known to be well that make the baseline.
pub const BASELINE_DAYS: i32 = 56;
/// Days with a value that a baseline needs.
pub const LEAST_DAYS: usize = 28;
/// Days up to today over which the signs are counted.
pub const RECENT_DAYS: i32 = 14;
/// Weeks that a lasting change of twice the spread goes unseen in half of the simulations, from the fewest
/// to the most over the noise families and up to two days in five without a value: `docs/methods.md`,
/// column *2 SD*.
pub const WEEKS_UNSEEN: (usize, usize) = (2, 8);
/// Share of the scale that stands in for a smaller spread of the baseline.
const LEAST_SPREAD: f64 = 0.05;

/// How often a sign was ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The sign, in the person's words.
    pub sign: Box<str>,
    /// Days on which it was ticked, of the last [`RECENT_DAYS`].
    pub recent: usize,
    /// Days with a check-in among those.
    pub recent_of: usize,
    /// Days on which it was ticked in the baseline.
    pub usual: usize,
    /// Days with a check-in in the baseline.
    pub usual_of: usize,
}

/// The chart of one outcome.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The outcome.
    pub outcome: Outcome,
    /// Its mean over the baseline.
    pub usual: f64,
    /// The value of the chart beyond which an alarm is raised.
    pub limit: f64,
    /// The days charted, in days since 1970-01-01.
    pub days: Vec<f64>,
    /// The chart on each, in the outcome's points.
    pub chart: Vec<f64>,
    /// First day of each alarm and the day it ended; no end while it lasts.
    pub alarms: Vec<(Day, Option<Day>)>,
}

/// The watch.
#[derive(Clone, Debug)]
pub struct RelapseWatch {
    /// The baseline, where there is a day on which the person was known to be well.
    pub baseline: Option<Window>,
    /// The chart, once there is one.
    pub watched: Option<Watched>,
    /// The person's own signs.
    pub signs: Vec<Sign>,
    /// The statement.
    pub finding: Finding,
}

/// The watch over the first daily rating, in the order of the outcomes, that has a baseline.
#[must_use]
pub fn relapse_watch(diary: &Diary, columns: &Columns, today: Day) -> RelapseWatch {
    let chosen = chosen_signs(diary, today);
    let told = told(columns, today);
    let is_since = |day: Day| told.last_high.is_none_or(|high| high < day);
    let first_chosen = chosen.iter().map(|(day, _)| *day).find(|day| is_since(*day));
    let well_from = told.well_since.or(first_chosen);
    let baseline = well_from.map(|from| Window { from, to: from.plus(BASELINE_DAYS - 1) });
    let signs = chosen.last().map_or(&[][..], |(_, chosen)| chosen.signs());
    let signs = counted(diary, signs, baseline, today);
    let watched = baseline.and_then(|baseline| {
        let columns = columns.all().iter();
        let rated = columns.filter(|column| column.outcome.is_daily());
        rated.filter_map(|column| watched(column, baseline, today)).next()
    });
    let finding = described(baseline, watched.as_ref(), &signs, today);
    let (watched, entries) = watched.unzip();
    let finding = Finding { entries: entries.unwrap_or_default(), ..finding };
    RelapseWatch { baseline, watched, signs, finding }
}

/// What the instruments tell of the person being well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Told {
    /// The day from which the last remission holds, if it holds.
    well_since: Option<Day>,
    /// The day on which readings were last as high as a relapse screen asks.
    last_high: Option<Day>,
}

/// What one instrument tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Neither of the others.
    Between,
    /// In remission since a day.
    Well(Day),
    /// As high as its relapse screen asks, and not in remission since.
    High,
}

/// The day from which the last remission holds, if it holds.
pub(crate) fn remission_since(columns: &Columns, today: Day) -> Option<Day> {
    told(columns, today).well_since
}

fn told(columns: &Columns, today: Day) -> Told {
    let turns = columns.all().iter().map(|column| turns(column, today));
    let mut turns: Vec<(Day, usize, State)> = turns
        .enumerate()
        .flat_map(|(place, turns)| turns.into_iter().map(move |(day, state)| (day, place, state)))
        .collect();
    turns.arrange_by_key(|(day, place, _)| (*day, *place));
    let mut states = vec![State::Between; columns.all().len()];
    let mut told = Told::default();
    for (day, place, state) in turns {
        states[place] = state;
        let is_well = |state: &State| matches!(state, State::Well(_));
        told.last_high = if state == State::High { Some(day) } else { told.last_high };
        told.well_since = match state {
            _ if states.contains(&State::High) || !states.iter().any(is_well) => None,
            State::Well(since) => told.well_since.or(Some(since)),
            _ => told.well_since,
        };
    }
    told
}

/// The days on which an instrument's state turned.
fn turns(column: &Column, today: Day) -> Vec<(Day, State)> {
    let Some((row, well)) =
        column.outcome.instrument.and_then(|row| Some((row, f64::from(row.remission.value?))))
    else {
        return Vec::new();
    };
    let screen = row.relapse.value.map(|screen| f64::from(screen.at_least));
    let readings = column.by_day();
    let mut state = State::Between;
    let mut turns = Vec::new();
    for pair in readings.windows(2).take_while(|pair| pair[1].0 <= today) {
        let both = |meets: &dyn Fn(f64) -> bool| pair.iter().all(|(_, total)| meets(*total));
        let next = match state {
            State::Between | State::High if both(&|total| total < well) => State::Well(pair[0].0),
            _ => match screen {
                Some(screen) if both(&|total| total >= screen) => State::High,
                None if both(&|total| total >= well) => State::Between,
                _ => state,
            },
        };
        if next != state {
            state = next;
            turns.push((pair[1].0, state));
        }
    }
    turns
}

/// The choices of signs, by day.
fn chosen_signs(diary: &Diary, today: Day) -> Vec<(Day, &RelapseSigns)> {
    let chosen = diary.of_kind(Kind::RelapseSigns);
    let chosen = chosen.filter_map(|Recorded { entry, .. }| match entry.body() {
        Body::RelapseSigns(chosen) if entry.day() <= today => Some((entry.day(), chosen.as_ref())),
        _ => None,
    });
    let mut chosen: Vec<_> = chosen.collect();
    chosen.arrange_by_key(|(day, _)| *day);
    chosen
}

fn counted(diary: &Diary, signs: &[Box<str>], baseline: Option<Window>, today: Day) -> Vec<Sign> {
    let recent = Window { from: today.plus(1 - RECENT_DAYS), to: today };
    let days = |window: Window, has: &dyn Fn(&[Box<str>]) -> bool| {
        let calendar = Calendar::of(diary);
        let within = calendar.within(window.from, window.to).iter();
        let ticked = |dated: &Dated| match diary.entry(dated.id)?.body() {
            Body::CheckIn(check_in) if has(check_in.tags()) => Some(dated.day),
            _ => None,
        };
        let mut days: Vec<Day> = within.filter_map(ticked).collect();
        days.dedup();
        days.len()
    };
    let of = |sign: &str| {
        let ticked = |tags: &[Box<str>]| tags.iter().any(|tag| **tag == *sign);
        let any = |_: &[Box<str>]| true;
        Sign {
            sign: sign.into(),
            recent: days(recent, &ticked),
            recent_of: days(recent, &any),
            usual: baseline.map_or(0, |window| days(window, &ticked)),
            usual_of: baseline.map_or(0, |window| days(window, &any)),
        }
    };
    signs.iter().map(|sign| of(sign)).collect()
}

/// The chart of an outcome and the entries charted; `None` without a better side, while its
/// baseline lasts, or with too few days in it.
fn watched(column: &Column, baseline: Window, today: Day) -> Option<(Watched, Vec<EntryId>)> {
    let outcome = &column.outcome;
    let up = match outcome.worse {
        Worse::Higher => 1.0,
        Worse::Lower => -1.0,
        Worse::Neither => return None,
    };
    let turned = |window: Window| -> (Column, Vec<f64>, Vec<f64>) {
        let within = column.within(window);
        let means = within.day_means();
        (within, means.days, means.values.iter().map(|value| up * value).collect())
    };
    let (_, known, before) = turned(baseline);
    if known.len() < LEAST_DAYS || today <= baseline.to {
        return None;
    }
    let (charted, days, values) = turned(Window { from: baseline.to.plus(1), to: today });
    let (min, max) = outcome.range;
    let chart = ControlChart::of(&before, LEAST_SPREAD * (max - min)).ok()?;
    let course = chart.run(&values, WEIGHT, LIMIT);
    let points = |at: f64| up * (chart.mean + at * chart.spread);
    let day = |place: usize| Day::FIRST.plus(days[place] as i32 - Day::FIRST.number());
    let alarms = course.alarms.iter().map(|(from, to)| (day(*from), to.map(day))).collect();
    let watched = Watched {
        outcome: outcome.clone(),
        usual: points(0.0),
        limit: points(LIMIT),
        chart: course.chart.iter().map(|at| points(*at)).collect(),
        days,
        alarms,
    };
    Some((watched, charted.ids))
}

fn described(
    baseline: Option<Window>,
    watched: Option<&(Watched, Vec<EntryId>)>,
    signs: &[Sign],
    today: Day,
) -> Finding {
    let window = baseline.map_or(Window { from: today, to: today }, |baseline| Window {
        from: baseline.from,
        to: today,
    });
    let mut why = Vec::new();
    let (certainty, sentence, doubt) = match (baseline, watched) {
        (None, _) => {
            let sentence = Message::new("relapse.not-known-well");
            (Certainty::NotEnoughYet, sentence, Message::new("relapse.begins-with"))
        }
        (Some(baseline), None) => {
            let last = Param::Day(baseline.to.number());
            let sentence = match today <= baseline.to {
                true => Message::new("relapse.learning").with("day", last),
                false => Message::new("relapse.too-few"),
            };
            (Certainty::NotEnoughYet, sentence, Message::new("relapse.needs").with("n", LEAST_DAYS))
        }
        (Some(baseline), Some((watched, _))) => {
            let name = watched.outcome.name.clone();
            let open = watched.alarms.last().filter(|(_, end)| end.is_none());
            why.push(
                Message::new("relapse.why-baseline")
                    .with("from", Param::Day(baseline.from.number()))
                    .with("to", Param::Day(baseline.to.number())),
            );
            why.push(
                Message::new("relapse.why-delay")
                    .with("fewest", WEEKS_UNSEEN.0)
                    .with("most", WEEKS_UNSEEN.1),
            );
            match open {
                Some((day, _)) => {
                    let sentence = Message::new("relapse.left").with("outcome", name);
                    let sentence = sentence.with("day", Param::Day(day.number()));
                    (Certainty::Suggestive, sentence, Message::new("relapse.by-chance"))
                }
                None => {
                    let sentence = Message::new("relapse.as-usual").with("outcome", name);
                    (Certainty::NotEnoughYet, sentence, Message::new("relapse.not-all-seen"))
                }
            }
        }
    };
    for sign in signs.iter().filter(|sign| sign.recent_of > 0) {
        let line = Message::new("relapse.sign").with("sign", sign.sign.as_ref());
        why.push(line.with("n", sign.recent).with("days", sign.recent_of));
    }
    let charted = watched.map_or(&[][..], |(_, ids)| ids.as_slice());
    Finding {
        claim: Claim::RelapseWatch,
        certainty,
        sentence,
        doubt,
        why,
        estimate: None,
        unit: FindingUnit::Points,
        n: charted.len(),
        days_missing: 0,
        window,
        look: None,
        weakened_since: None,
        method: "ewma-chart",
        entries: Vec::new(),
    }
}
