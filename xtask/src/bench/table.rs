//! What was measured, as the Markdown that `docs/performance.md` keeps.

use super::{Bar, Measured, Rows, number, statistics};
use crate::samples::TEN_YEARS_SEED;

/// What is timed: its name in the rows, and in words.
const STEPS: &[(&str, &str)] = &[
    ("parse", "`JSON.parse` of the text (natively `serde_json` into a value tree)"),
    ("decode", "decode: read every record"),
    ("open", "decode and index: the diary, ready for a first timeline"),
    ("open-file", "open a file, with all that keeps it (natively without)"),
    ("open-store", "open from a store (memory in Node, IndexedDB in Chromium)"),
    ("record", "record one check-in and refresh the timeline"),
    ("refresh", "timeline, card, adherence, flags and today, after one entry"),
    ("timeline", "timeline, again"),
    ("card", "dose card"),
    ("adherence", "adherence"),
    ("today", "today"),
    ("check", "what the rules say of a dose before it is recorded"),
    ("search", "the slowest of six searches for a medicine"),
];

/// The steps of a visit to the demo whose tasks are watched.
const VISIT: &[(&str, &str)] = &[
    ("tasks/open", "open the file and draw the timeline"),
    ("tasks/table", "show its table"),
    ("tasks/today", "go to today"),
    ("tasks/record", "record a check-in"),
    ("tasks/timeline", "go to the timeline"),
    ("tasks/card", "go to the dose card"),
    ("tasks/export", "export the diary"),
    ("tasks/keep", "bring the exported diary into this browser's own"),
    ("tasks/reopen", "open it from there and draw the timeline"),
];

/// Growth that nothing reaches: halfway from linear to quadratic.
const MOST_GROWTH: f64 = 1.5;

pub(super) fn markdown(measured: &Measured) -> String {
    let Measured { native, node, chromium, core, estimated, machine } = measured;
    let version = env!("CARGO_PKG_VERSION");
    let mut text = format!(
        "`cargo xtask bench`, seed {TEN_YEARS_SEED:#x}, Doseline {version}.\n\n{machine}\n\n\
         | ms, and growth | native | | Node | | Chromium | |\n|---|--:|--:|--:|--:|--:|--:|\n"
    );
    for (name, words) in STEPS {
        text += &format!("| {words} |");
        for rows in [native, node, chromium] {
            let cell = |value: Option<f64>, decimals| number(value, decimals);
            text += &format!(" {} |", cell(rows.whole(name), 1));
            text += &format!(" {} |", cell(rows.growth(name), 2));
        }
        text.push('\n');
    }
    text += &format!("\n{}", statistics::markdown(estimated));
    text += "\n| bar | | found | |\n|---|--:|---|---|\n";
    for bar in bars(native, node, chromium).into_iter().chain(statistics::bars(estimated)) {
        let found: Vec<String> = bar
            .found
            .iter()
            .map(|(place, value)| format!("{place} {}", number(*value, bar.decimals)))
            .collect();
        let verdict = if bar.is_met() { "met" } else { "**not met**" };
        let side = if bar.is_least { "at least" } else { "at most" };
        let Bar { about, limit, .. } = &bar;
        text += &format!("| {about} | {side} {limit} | {} | {verdict} |\n", found.join(", "));
    }
    text += "\n| longest task of the page's thread, ms | |\n|---|--:|\n";
    for (name, words) in VISIT {
        text += &format!("| {words} | {} |\n", number(chromium.whole(name), 0));
    }
    text + &format!("\nwasm: {} bytes, {} gzipped.\n", core.0, core.1)
}

fn bars(native: &Rows, node: &Rows, chromium: &Rows) -> Vec<Bar> {
    let engines = [("Node", node), ("Chromium", chromium)];
    let parse = |about: &str, name: &str, most| Bar {
        about: about.to_owned(),
        limit: most,
        is_least: false,
        decimals: 2,
        found: engines.map(|(engine, rows)| (engine, rows.to_parse(name))).to_vec(),
    };
    let growth = |about: &str, name: &str| Bar {
        about: format!("growth of {about}"),
        limit: MOST_GROWTH,
        is_least: false,
        decimals: 2,
        found: [("native", native), engines[0], engines[1]]
            .map(|(engine, rows)| (engine, rows.growth(name)))
            .to_vec(),
    };
    let one = |about: &str, most, engine, value| Bar {
        about: about.to_owned(),
        limit: most,
        is_least: false,
        decimals: 0,
        found: vec![(engine, value)],
    };
    let longest = VISIT.iter().filter_map(|(name, _)| chromium.whole(name)).reduce(f64::max);
    vec![
        parse("decode, in times of `JSON.parse`", "decode", 2.0),
        parse("decode and index, in times of `JSON.parse`", "open", 3.0),
        one("live heap an entry, bytes", 250.0, "native", native.whole("heap")),
        one("linear memory an entry, bytes", 300.0, "Node", node.whole("linear")),
        growth("opening", "open"),
        growth("the timeline", "timeline"),
        growth("the dose card", "card"),
        Bar {
            about: "all that timeline, card, adherence, flags and today need after an entry, ms"
                .into(),
            limit: 16.0,
            is_least: false,
            decimals: 1,
            found: engines.map(|(engine, rows)| (engine, rows.whole("refresh"))).to_vec(),
        },
        Bar {
            about: "the slowest of six searches for a medicine, ms".into(),
            limit: 5.0,
            is_least: false,
            decimals: 1,
            found: engines.map(|(engine, rows)| (engine, rows.whole("search"))).to_vec(),
        },
        one("longest task of the page's thread, ms", 50.0, "Chromium", longest),
    ]
}
