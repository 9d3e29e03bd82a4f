//! The queue for those who review the tables: `docs/clinical-review.md`, made from the tables.
//!
//! `DOSELINE_WRITE=clinical-review cargo test --test reference clinical_review` writes it.

use std::fmt::Write as _;
use std::path::Path;

use doseline::reference::{
    self, ClashSeverity, Confidence, DoseLimit, Fact, Medicine, Pack, Sourced, Sources, Text, pack,
};
use doseline::safety::RULES;

const HEAD: &str = "\
# Clinical review

No clinician has reviewed the tables yet. This is the queue, made from the tables: what rests on
general knowledge first where it matters most, one row to sign each. A row leaves the queue when its
confidence in `src/reference/tables/` becomes `verified` with the source that was read.

It is written by `DOSELINE_WRITE=clinical-review cargo test --test reference clinical_review`, and
the same test without it fails while this page is not what the tables say.
";

const COLUMNS: &str =
    "\n| Id | What | Rests on | Sources | Reviewed by, on |\n|---|---|---|---|---|\n";

struct Page(String);

impl Page {
    fn part(&mut self, title: &str, about: &str) {
        let _ = write!(self.0, "\n## {title}\n\n{about}\n{COLUMNS}");
    }

    fn row(&mut self, id: &str, what: &str, confidence: Confidence, sources: &str) {
        let what = what.replace('|', "/");
        let _ = writeln!(self.0, "| `{id}` | {what} | {confidence} | {sources} | |");
    }
}

fn named(sources: Sources) -> String {
    sources.ids().map(|id| format!("`{}`", id.as_str())).collect::<Vec<_>>().join(" ")
}

fn sides(a: &[Text], b: &[Text]) -> String {
    let side = |ids: &[Text]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    format!("{} with {}", side(a), side(b))
}

/// The facts of a medicine that are known and not verified, weakest first.
fn open_facts(row: &Medicine) -> [Vec<&'static str>; 2] {
    let mut open = [Vec::new(), Vec::new()];
    let mut see = |name, confidence| match confidence {
        Confidence::GeneralKnowledge => open[0].push(name),
        Confidence::CrossChecked => open[1].push(name),
        Confidence::Verified => {}
    };
    fn known<T>(fact: &Fact<T>) -> Confidence {
        fact.value.as_ref().map_or(Confidence::Verified, |_| fact.confidence)
    }
    see("boxed warnings", row.boxed_warnings.confidence);
    see("conditions", row.conditions.confidence);
    see("stopping", row.stopping.confidence);
    see("habit forming", row.habit_forming.confidence);
    see("gap before a restart", known(&row.restart_gap));
    row.maxima.iter().for_each(|maximum| see("maximum", maximum.confidence));
    see("dose", row.dose.confidence);
    see("half-life", known(&row.half_life_hours));
    see("time to the highest level", known(&row.tmax_hours));
    see("onset", known(&row.onset_weeks));
    see("common side effects", row.side_effects.confidence);
    open.map(|mut names| {
        names.dedup();
        names
    })
}

const CASES: &str = include_str!("../safety/cases.rs");
const SAFETY_PAGE: &str = include_str!("../../docs/safety.md");
const SENTENCES: &str = include_str!("../../src/report/locale/en.json");

/// What a rule says, in each of its sentences.
fn said(rule: &str) -> String {
    let all: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(SENTENCES).expect("a catalogue");
    let key = format!("safety.{rule}");
    let of_it = all.iter().filter(|(id, _)| {
        **id == key
            || id.starts_with(&format!("{key}-")) && !RULES.contains(&&id["safety.".len()..])
    });
    of_it.filter_map(|(_, sentence)| sentence.as_str()).collect::<Vec<_>>().join(" / ")
}

/// The names of the cases of a rule.
fn cases(rule: &str) -> String {
    let (_, of_it) = CASES.split_once(&format!("\n    \"{rule}\" {{\n")).expect("a rule has cases");
    let (of_it, _) = of_it.split_once("\n    }").expect("they end");
    let names = |sign: &str| -> Vec<&str> {
        let lines = of_it.lines().filter_map(|line| line.trim().strip_prefix(sign));
        lines.filter_map(|line| line.strip_prefix(" \"")?.split('"').next()).collect()
    };
    let (raise, spare) = (names("+"), names("-"));
    assert!(raise.len() >= 3 && spare.len() >= 3, "{rule}");
    format!("+ {}; − {}", raise.join(", "), spare.join(", "))
}

/// What a rule cites where it stands; a rule of several sources says so in its flag.
fn sources_of(rule: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/safety");
    let files = std::fs::read_dir(folder).expect("a folder");
    for file in files.map(|file| file.expect("a file").path()) {
        let text = std::fs::read_to_string(file).expect("readable");
        let cited = |(_, after): (&str, &str)| {
            let after = after.strip_prefix(", \"").or_else(|| {
                let (between, after) = after.split_once("sources: \"")?;
                (!between.contains("};")).then_some(after)
            })?;
            after.split('"').next().filter(|ids| !ids.is_empty()).map(str::to_owned)
        };
        let quoted = format!("\"{rule}\"");
        let places = text.match_indices(&quoted).map(|(at, _)| text.split_at(at + quoted.len()));
        let is_list = text.contains("pub const RULES");
        if let Some(ids) = places.filter(|_| !is_list).find_map(cited) {
            let ids: Vec<String> = ids.split(' ').map(|id| format!("`{id}`")).collect();
            return ids.join(" ");
        }
    }
    "as in the flag".to_owned()
}

/// The settings of `docs/safety.md`: name, value, what it is.
fn thresholds() -> Vec<(&'static str, &'static str, &'static str)> {
    let (_, table) = SAFETY_PAGE.split_once("\n## What a clinic sets\n").expect("the settings");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    rows.map(|row| {
        let mut cells = row.split(" | ");
        let name = cells.next().expect("a name").trim_end_matches('`');
        (name, cells.next().expect("a value"), cells.next().expect("what it is"))
    })
    .collect()
}

fn page(pack: &Pack) -> String {
    let mut page = Page(HEAD.to_owned());
    let about = pack.about();
    let _ = writeln!(
        page.0,
        "\nPack {}, issued {}, to be reviewed by {}.",
        about.version, about.issued, about.review_by
    );
    let unverified = |confidence| confidence < Confidence::Verified;
    for severity in [ClashSeverity::Contraindicated, ClashSeverity::Major, ClashSeverity::Moderate]
    {
        let title = format!("Interactions: {severity}");
        page.part(&title, "Kept at their severity and shown with the mark.");
        let rules = pack.interactions().iter();
        for rule in rules.filter(|rule| rule.severity == severity && unverified(rule.confidence)) {
            let what = format!("{}: {} ({})", sides(&rule.a, &rule.b), rule.mechanism, rule.basis);
            page.row(&rule.id, &what, rule.confidence, &named(rule.sources));
        }
    }
    page.part("Washouts", "Days between the last dose of one and the first of the other.");
    for row in pack.washouts().iter().filter(|row| unverified(row.confidence)) {
        let what = format!("{} days", row.days);
        page.row(
            &format!("{} to {}", row.from, row.to),
            &what,
            row.confidence,
            &named(row.sources),
        );
    }
    page.part(
        "Red flags",
        "What is said, and the cases of `tests/safety/cases.rs` that raise it (+) or are near misses (−). \
         A red flag is raised whatever a portal sets.",
    );
    let danger = |rule: &&str| rule.starts_with("red-flag-") || rule.starts_with("crisis-");
    for rule in RULES.iter().filter(|rule| danger(rule)) {
        let what = format!("{} {}", said(rule), cases(rule));
        page.row(rule, &what, Confidence::GeneralKnowledge, &sources_of(rule));
    }
    page.part(
        "Rules of the course, the doses and the person",
        "The cases that raise each rule (+) and its near misses (−).",
    );
    for rule in RULES.iter().filter(|rule| !danger(rule)) {
        page.row(rule, &cases(rule), Confidence::GeneralKnowledge, &sources_of(rule));
    }
    page.part(
        "Thresholds of the rules",
        "Suggestions without clinical authority, each to be set by the clinic (`openDiary({ safety })`).",
    );
    for (setting, value, what) in thresholds() {
        let what = format!("{value}: {what}");
        page.row(setting, &what, Confidence::GeneralKnowledge, "`doseline-rules`");
    }
    page.part(
        "Equivalents",
        "Tables of doses that are said to do the same, for clinicians only; each as it was published.",
    );
    for row in pack.equivalence_tables().iter().filter(|row| unverified(row.confidence)) {
        let what = format!("{}: {} rows. {}", row.name, row.rows.len(), row.caveat);
        page.row(&row.id, &what, row.confidence, &named(row.sources));
    }
    page.part("Groups", "Who belongs to a class that rules speak of.");
    for row in pack.groups().iter().filter(|row| unverified(row.confidence)) {
        let members = sides(&row.members, &[]);
        let classes: Vec<&str> = row.classes.iter().map(|class| class.as_str()).collect();
        let what = format!(
            "classes: {}; members: {}",
            classes.join(", "),
            members.trim_end_matches(" with ")
        );
        page.row(&row.id, &what, row.confidence, &named(row.sources));
    }
    page.part("Monitoring", "What is checked and when.");
    for row in pack.monitoring().iter().filter(|row| unverified(row.confidence)) {
        let weeks: Vec<String> = row.at_weeks.iter().map(f64::to_string).collect();
        let every: Vec<String> = (row.every.iter())
            .map(|step| format!("every {} days from week {}", step.days, step.from_week))
            .collect();
        let start = if row.baseline { "before the start; " } else { "" };
        let weeks =
            if weeks.is_empty() { String::new() } else { format!("week {}; ", weeks.join(", ")) };
        let what = format!(
            "{}: {start}{weeks}{}",
            sides(&row.of, &[]).trim_end_matches(" with "),
            every.join(", ")
        );
        page.row(&row.id, what.trim_end_matches("; "), row.confidence, &named(row.sources));
    }
    page.part(
        "Medicines",
        "Facts that are known here and not verified, one row a medicine and confidence.",
    );
    for row in pack.medicines() {
        let [general, cross] = open_facts(row);
        for (names, confidence) in
            [(general, Confidence::GeneralKnowledge), (cross, Confidence::CrossChecked)]
        {
            if !names.is_empty() {
                page.row(&row.id, &names.join(", "), confidence, "as in the row");
            }
        }
    }
    page.part(
        "Injections",
        "Long-acting injections: limits and times of their own. No label was read for them yet.",
    );
    for row in pack.medicines().iter().flat_map(|row| &row.injections) {
        let days = row.days_between.value.map(|days| {
            let what = format!("{days} days from one to the next");
            (what, row.days_between.sources, row.days_between.confidence)
        });
        let limit = |what: &'static str| {
            move |limit: &Sourced<DoseLimit>| {
                let what = format!("{what} {} mg in one", limit.value.amount);
                (what, limit.sources, limit.confidence)
            }
        };
        let brands: Vec<&str> = row.brands.value.iter().map(|brand| brand.as_str()).collect();
        let what = format!("brands: {}", brands.join(", "));
        let brands =
            (!brands.is_empty()).then_some((what, row.brands.sources, row.brands.confidence));
        let facts = (days.into_iter().chain(row.maxima.iter().map(limit("at most"))))
            .chain(row.adequate.iter().map(limit("adequate from")))
            .chain(brands);
        for (what, sources, confidence) in facts.filter(|(.., confidence)| unverified(*confidence))
        {
            page.row(&row.name, &what, confidence, &named(sources));
        }
    }
    page.part(
        "Leaflets",
        "Lines that rest on general knowledge; the words are in the language's catalogue.",
    );
    for row in pack.leaflets() {
        let lines = row.lines.iter().filter(|line| unverified(line.confidence));
        let parts: Vec<&str> = lines.map(|line| line.says.trim_start_matches("leaflet.")).collect();
        page.row(&row.id, &parts.join(", "), Confidence::GeneralKnowledge, "as in the row");
    }
    page.part(
        "Helplines",
        "Whom people are told to call or text; a wrong number is worse than none.",
    );
    for row in pack.helplines().iter().filter(|row| unverified(row.confidence)) {
        let ways: Vec<&str> =
            [row.phone, row.text, row.web].iter().flatten().map(|way| way.as_str()).collect();
        page.row(&row.id, &ways.join(", "), row.confidence, &named(row.sources));
    }
    page.part("Journey", "What usually comes next at a stage, and how many weeks it takes.");
    for row in pack.expectations().iter().filter(|row| unverified(row.confidence)) {
        let weeks = row.weeks.map(|weeks| format!("; {weeks} weeks")).unwrap_or_default();
        let of = sides(&row.of, &[]);
        let what = format!("{}: {}{weeks}", row.stage, of.trim_end_matches(" with "));
        page.row(&row.id, what.trim_end_matches(": "), row.confidence, &named(row.sources));
    }
    page.part("Instruments", "Bands, cut-offs and rights that rest on general knowledge.");
    for row in pack.instruments() {
        let mut open = Vec::new();
        if unverified(row.bands.confidence) && !row.bands.value.is_empty() {
            open.push("bands");
        }
        if row.cutoffs.iter().any(|cutoff| unverified(cutoff.confidence)) {
            open.push("cut-offs");
        }
        if unverified(row.missing.confidence) {
            open.push("missing items");
        }
        if unverified(row.rights.confidence) {
            open.push("rights");
        }
        if !open.is_empty() {
            page.row(&row.id, &open.join(", "), Confidence::GeneralKnowledge, "as in the row");
        }
    }
    page.0
}

#[test]
fn clinical_review_is_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clinical-review.md");
    let made = page(pack());
    if std::env::var_os("DOSELINE_WRITE").is_some_and(|what| what == "clinical-review") {
        std::fs::write(&path, &made).expect("written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == made, "docs/clinical-review.md is not what the tables say");
}

/// Rules, thresholds and equivalents are in the queue.
#[test]
fn rules_and_thresholds_are_in_the_queue() {
    let made = page(pack());
    for rule in RULES {
        assert!(made.contains(&format!("| `{rule}` |")), "{rule}");
    }
    assert!(thresholds().len() >= 16, "{:?}", thresholds());
    for (setting, ..) in thresholds() {
        assert!(made.contains(&format!("| `{setting}` |")), "{setting}");
    }
    assert!(sources_of("red-flag-serotonin") == "`dunkley-2003`");
    for row in pack().equivalence_tables() {
        let is_open = row.confidence < Confidence::Verified;
        assert_eq!(made.contains(&format!("| `{}` |", row.id)), is_open, "{}", row.id);
    }
}

/// What is not verified and serious is in the queue, whatever its kind.
#[test]
fn nothing_serious_is_missing_from_the_queue() {
    let made = page(pack());
    for rule in reference::pack().interactions() {
        let listed = made.contains(&format!("| `{}` |", rule.id));
        assert_eq!(listed, rule.confidence < Confidence::Verified, "{}", rule.id);
    }
}

/// So is each injection with what is known of it: no half-life and no time to the highest level yet.
#[test]
fn every_injection_is_in_the_queue() {
    let made = page(pack());
    for row in pack().medicines().iter().flat_map(|row| &row.injections) {
        assert!(made.contains(&format!("| `{}` |", row.name)), "{}", row.name);
        assert!(row.half_life_hours.value.is_none() && row.tmax_hours.value.is_none());
    }
    assert!(
        made.contains("| `haloperidol decanoate` | at most 300 mg in one | general-knowledge |")
    );
}
