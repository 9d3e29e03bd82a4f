//! The whole report on lives in which nothing happened: whatever a person is shown that says how sure
//! it is, on every page and at every look.

use std::fmt::Write;

use doseline::analysis::Kept;
use doseline::diary::Regimen;
use doseline::report::{
    Finding, TimelineOptions, Words, adherence, associations, dose_response, fair_trials,
    item_strip, lag_strip, relapse_watch, timeline_again, treatment_response,
};
use serde_json::json;

use super::many::share;
use super::table::{MOST_WRONG_IN_A_REPORT, monte_carlo_error};
use crate::notebook::{Notebook, as_of};
use crate::simulation::{FAMILIES, Noise, Random};

/// The last day of a whole report's life: twenty-six weeks.
const LAST: i32 = 182;
/// The outcomes of such a life, each of which is looked at.
const OUTCOMES: [&str; 4] = ["mood", "anxiety", "sleep", "phq-9"];
/// Share of doses that are missed, at random: enough for an outcome to be set beside the gaps.
const MISSED: f64 = 0.12;

/// The claims of the report, by their stable names. The last is read on every day and has a bar of
/// its own, one false alarm a year; the others are read at looks.
const CLAIMS: [&str; 11] = [
    "trend",
    "change-point",
    "phase",
    "dose-level",
    "treatment-response",
    "item-strip",
    "adherence",
    "lag",
    "association",
    "fair-trial",
    "relapse-watch",
];

/// A life in which nothing moves anything.
struct Life {
    diary: Notebook,
    looks: Vec<i32>,
}

/// Twenty-six weeks of mood, anxiety, sleep and a tag, and a PHQ-9 with its answers every other
/// week; a medicine begun after a bad week, with a goal, and raised after another; doses missed at
/// random; signs of a relapse chosen after a good week. Mood, anxiety and PHQ-9 have half of their
/// noise in common. Sleep and the tag have none of it: what goes together would be a finding.
fn life(noise: Noise, random: &mut Random) -> Life {
    let n = (LAST + 1) as usize;
    let common = noise.series(random, n, 1.0);
    let mut own = || -> Vec<f64> {
        let alone = noise.series(random, n, 1.0);
        common.iter().zip(alone).map(|(c, a)| (c + a) / 2.0_f64.sqrt()).collect()
    };
    let (mood, anxiety, total) = (own(), own(), own());
    // Two cycles of one length keep step for as long as they last, so that they do go together.
    let of_sleep = match noise {
        Noise::WeeklyCycle | Noise::MonthlyCycle => Noise::Autoregressive(0.3),
        other => other,
    };
    let sleep = of_sleep.series(random, n, 1.0);
    let mut diary = Notebook::new();
    let medicine = diary.unlisted("Ordinal");
    let week = |end: i32| mood[end as usize - 7..end as usize].iter().sum::<f64>() / 7.0;
    let bad_week = |end: &i32| week(*end) >= 0.5;
    let start = (28..56).find(bad_week).unwrap_or(56);
    let raised = (start + 42..start + 70).find(bad_week).unwrap_or(start + 70);
    diary.on(
        start,
        json!({ "kind": "step", "medicine": medicine.to_string(), "action": "start",
            "schedule": { "repeat": "daily", "unit": "mg", "doses": [{ "amount": 50 }] },
            "trial": { "outcome": "mood", "points": 1, "weeks": 8 } }),
    );
    diary.step(raised, medicine, "increase", 100.0);
    let well = (14..56).find(|end| week(*end) <= -0.5).unwrap_or(56);
    diary.on(well, json!({ "kind": "relapse-signs", "signs": ["short nights"] }));
    let rating = |value: f64| (5.0 + 1.5 * value).round().clamp(0.0, 10.0);
    for number in 0..=LAST {
        let place = number as usize;
        let tags = if random.uniform() < 0.3 { vec!["walk"] } else { vec![] };
        let hours = (2.0 * (7.0 - 0.7 * sleep[place])).round() / 2.0;
        diary.on(
            number,
            json!({ "kind": "check-in", "sleepHours": hours, "tags": tags,
                "ratings": { "mood": rating(-mood[place]), "anxiety": rating(anxiety[place]) } }),
        );
        if number % 14 == 0 {
            let mut item = || 1.2 + 0.6 * total[place] + 0.5 * random.normal();
            let items: Vec<f64> = (0..9).map(|_| item().round().clamp(0.0, 3.0)).collect();
            diary
                .on(number, json!({ "kind": "assessment", "instrument": "phq-9", "items": items }));
        }
        if number >= start {
            let status = if random.uniform() < MISSED { "missed" } else { "taken" };
            diary.on(
                number,
                json!({ "kind": "dose", "medicine": medicine.to_string(), "status": status }),
            );
        }
    }
    for visit in [start, raised, LAST] {
        diary.on(visit, json!({ "kind": "visit", "with": "Dr Example" }));
    }
    let mut looks = vec![start, raised, LAST];
    looks.extend((1..).map(|k| 28 * k).take_while(|day| *day <= LAST));
    looks.sort_unstable();
    looks.dedup();
    Life { diary, looks }
}

/// What of a life was told at any look.
#[derive(Default)]
struct Told {
    by_claim: [bool; CLAIMS.len()],
    established: bool,
}

impl Told {
    fn see(&mut self, finding: &Finding) {
        let place = CLAIMS.iter().position(|claim| *claim == finding.claim).unwrap();
        self.by_claim[place] |= matches!(finding.certainty, "suggestive" | "established");
        self.established |= finding.certainty == "established";
    }

    /// All that is shown on one day. The share of doses taken is counted and not judged, so that
    /// only what stands beside it is a finding here.
    fn see_all(
        &mut self,
        Notebook { diary, .. }: &Notebook,
        look: i32,
        words: &Words,
        kept: &mut Kept,
    ) {
        let as_of = as_of(look);
        let alone = OUTCOMES.map(|outcome| Some(vec![outcome.into()]));
        for outcomes in [None].into_iter().chain(alone) {
            let options = TimelineOptions { outcomes, ..TimelineOptions::default() };
            let view = timeline_again(diary, &options, as_of, words, kept).unwrap();
            for lane in &view.lanes {
                self.see(&lane.trend);
                lane.change_points.iter().for_each(|change| self.see(&change.finding));
            }
            let differences = view.phases.iter().filter_map(|phase| phase.difference.as_ref());
            differences.for_each(|finding| self.see(finding));
        }
        let medicine = Regimen::of(diary).episodes()[0].medicine;
        for outcome in OUTCOMES {
            if let Ok(card) = dose_response(diary, medicine, outcome, as_of, words) {
                self.see(&card.finding);
            }
            if let Ok(strip) = lag_strip(diary, medicine, outcome, as_of, words) {
                self.see(&strip.finding);
            }
            let gaps = adherence(diary, medicine, (None, None), Some(outcome), as_of, words);
            if let Some(beside) = gaps.ok().and_then(|found| found.beside_gaps) {
                self.see(&beside.after);
                self.see(&beside.before);
            }
        }
        if let Ok(response) = treatment_response(diary, medicine, "phq-9", as_of, words) {
            self.see(&response.finding);
        }
        let strip = item_strip(diary, "phq-9", as_of, words).unwrap();
        for phase in &strip.phases {
            let both = [&phase.total_difference, &phase.without_difference];
            both.into_iter().flatten().for_each(|finding| self.see(finding));
        }
        for hunch in &associations(diary, as_of, words).hunches {
            self.see(&hunch.finding);
        }
        for trial in &fair_trials(diary, as_of, words) {
            self.see(&trial.finding);
        }
    }
}

fn told(noise: Noise, random: &mut Random, words: &Words) -> Told {
    let Life { diary, looks } = life(noise, random);
    let (mut told, mut kept) = (Told::default(), Kept::default());
    for look in looks {
        told.see_all(&diary, look, words, &mut kept);
    }
    // Every alarm of the watch stays on its page, so that the last day shows all of them.
    let watch = relapse_watch(&diary.diary, as_of(LAST), words);
    told.by_claim[CLAIMS.len() - 1] = watch.watched.is_some_and(|seen| !seen.alarms.is_empty());
    told
}

/// Shares of the lives of a family.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares {
    /// Something was told at any look.
    pub(crate) any: f64,
    /// Something was called established.
    pub(crate) established: f64,
    /// What each of [`CLAIMS`] told.
    by_claim: [f64; CLAIMS.len()],
}

impl Shares {
    /// In how many lives each of the claims that are read at looks told of something.
    pub(crate) fn by_claim(&self) -> impl Iterator<Item = (&'static str, f64)> {
        CLAIMS.into_iter().zip(self.by_claim).take(CLAIMS.len() - 1)
    }
}

/// A row of the whole report's table.
pub(crate) fn whole_report(name: &str, runs: usize, seed: u64) -> Shares {
    let family = FAMILIES.iter().find(|family| family.name == name).unwrap();
    let words = Words::english();
    let [any, established, by_claim @ ..]: [f64; 2 + CLAIMS.len()] = share(runs, seed, |random| {
        let Told { by_claim, established } = told(family.noise, random, &words);
        let mut found = [false; 2 + CLAIMS.len()];
        found[0] = by_claim[..CLAIMS.len() - 1].contains(&true);
        found[1] = established;
        found[2..].copy_from_slice(&by_claim);
        found
    });
    Shares { any, established, by_claim }
}

/// A family's row in so many lives, told as it is done.
fn row(name: &str, gated: bool, runs: usize, seed: u64) -> String {
    let Shares { any, established, by_claim } = whole_report(name, runs, seed);
    let verdict = match (gated, any <= MOST_WRONG_IN_A_REPORT) {
        (false, _) => "printed",
        (true, true) => "holds",
        (true, false) => "**fails: errs too often**",
    };
    let mut text = format!(
        "| {name} | {:.1} ± {:.1} | {:.1} |",
        100.0 * any,
        100.0 * monte_carlo_error(any, runs),
        100.0 * established
    );
    by_claim.iter().for_each(|share| {
        let _ = write!(text, " {:.1} |", 100.0 * share);
    });
    let _ = writeln!(text, " {verdict} |");
    eprint!("whole report {text}");
    text
}

/// The whole report's table. `runs` lives a gated family, a quarter of them a printed one.
pub(crate) fn whole_report_table(runs: usize, seed: u64) -> String {
    let mut text = format!(
        "\n## The whole report\n\nTwenty-six weeks of mood, anxiety, sleep, a tag and a PHQ-9 every other week, a start and an\nincrease after bad weeks, doses missed at random, a goal, and signs chosen after a good week; nothing\ntrue. Everything that says how sure it is counts: each lane and phase of the timeline, for all four\noutcomes together and for each alone; of each the dose card, the lag strip and the days beside missed\ndoses; response; items; patterns; the goal. Read at every look. Bar for any of them: {} %.\n{runs} lives a row, {} in a printed one. The claims stand in the columns after: in how many lives each\ntold of something. *relapse-watch* is read on every day; its bar is one false alarm a year and it is\nnot in *any*.\n\n| noise | any finding (± error) | any called established | {} | |\n|{}\n",
        100.0 * MOST_WRONG_IN_A_REPORT,
        runs.div_ceil(4),
        CLAIMS.join(" | "),
        "---|".repeat(4 + CLAIMS.len())
    );
    for family in FAMILIES {
        let runs = if family.gated { runs } else { runs.div_ceil(4) };
        text += &row(family.name, family.gated, runs, seed);
    }
    text
}
