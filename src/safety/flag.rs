use crate::diary::{Day, EntryId, Sorting, words};
use crate::error::{Message, Param};
use crate::reference::{Confidence, Policy, Text};

use super::settings::is_fixed;

words! {
    /// How soon a [`Flag`] asks for attention.
    Severity {
        /// Good to know.
        ForInformation = "for-information",
        /// Worth asking a prescriber or pharmacist about.
        WorthAskingAbout = "worth-asking-about",
        /// A prescriber should hear of it today.
        ContactToday = "contact-today",
        /// Help is needed now.
        UrgentHelp = "urgent-help",
    }
}

/// What a rule looks at, which settles what it cannot see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Answers about self-harm.
    Crisis,
    /// Signs that need help soon, whatever the rest says.
    RedFlag,
    /// Two things that are taken, or one and a fact about the person.
    Pair,
    /// How much is taken and when.
    Doses,
    /// Scores, ratings and measurements over time.
    Course,
}

/// A rule, apart from what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Its id.
    pub(super) id: &'static str,
    pub(super) family: Family,
    /// Ids of rows of the table of sources, separated by blanks.
    pub(super) sources: &'static str,
    /// How far the weakest row it rests on was checked.
    pub(super) confidence: Confidence,
}

/// One safety statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// Id of the rule.
    pub rule: &'static str,
    /// How soon it asks for attention.
    pub severity: Severity,
    /// What it is about, sorted: medicines by their row in the tables or else by name, substances,
    /// instruments.
    pub about: Vec<String>,
    /// The sentence.
    pub message: Message,
    /// The signs for which help is needed.
    pub watch: Option<Message>,
    /// What was looked at.
    pub why: Message,
    /// What was not.
    pub not_covered: Message,
    /// Ids of rows of the table of sources, separated by blanks.
    pub sources: &'static str,
    /// How far the weakest row it rests on was checked.
    pub confidence: Confidence,
    /// The entries behind it.
    pub entries: Vec<EntryId>,
    /// Rule, what it is about, and a digest of the facts it rests on: the same flag has the same key,
    /// and another one as soon as a fact changes.
    pub key: String,
    /// The entry that set it aside.
    pub dismissed: Option<EntryId>,
}

impl Flag {
    /// A flag of a rule. A row from general knowledge keeps a severity above "worth asking about"
    /// only for a red flag, an interaction or a crisis.
    pub(super) fn new(rule: &Rule, severity: Severity, message: Message, why: Message) -> Self {
        let keeps = matches!(rule.family, Family::Crisis | Family::RedFlag | Family::Pair)
            || rule.confidence > Confidence::GeneralKnowledge;
        Self {
            rule: rule.id,
            severity: if keeps { severity } else { severity.min(Severity::WorthAskingAbout) },
            about: Vec::new(),
            message,
            watch: None,
            why,
            not_covered: not_covered(rule.family),
            sources: rule.sources,
            confidence: rule.confidence,
            entries: Vec::new(),
            key: String::new(),
            dismissed: None,
        }
    }

    pub(super) fn about(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if let Err(place) = self.about.binary_search(&name) {
            self.about.insert(place, name);
        }
        self
    }

    pub(super) fn behind(mut self, entries: impl IntoIterator<Item = EntryId>) -> Self {
        for entry in entries {
            if !self.entries.contains(&entry) {
                self.entries.push(entry);
            }
        }
        self
    }

    /// Says beside what was not looked at who sees it.
    pub(super) fn seen_by(mut self, who: Message) -> Self {
        let what = self.not_covered;
        self.not_covered = Message::new("safety.not-covered-and-seen")
            .with("what", Param::from(what))
            .with("sees", Param::from(who));
        self
    }

    /// Adds the sentence of the tables on the signs for which help is needed.
    pub(super) fn watching(mut self, watch: Option<Text>) -> Self {
        self.watch = watch.map(|id| Message::new(id.as_str()));
        self
    }

    /// Whether `other` adds nothing: it is of the same rule about the same things, or of one that this
    /// rule takes in.
    fn says_all_of(&self, other: &Self) -> bool {
        let same = self.rule == other.rule && self.about == other.about;
        same || TAKEN_IN.contains(&(self.rule, other.rule))
    }

    /// Settles the key, from the facts the flag rests on.
    pub(super) fn because(mut self, facts: &str) -> Self {
        let mut about = self.about.join("+");
        about.truncate((0..=MOST_ABOUT).rev().find(|at| about.is_char_boundary(*at)).unwrap_or(0));
        let digest = digest(&[self.rule, self.severity.as_str(), &about, facts]);
        self.key = format!("{}:{about}:{digest:016x}", self.rule);
        self
    }
}

/// A rule, and a milder one about the same signs that it takes in.
const TAKEN_IN: [(&str, &str); 1] = [("red-flag-lithium-toxicity", "lithium_dehydration")];

/// Letters of a key that say what the flag is about: a key fits into the field that keeps it.
const MOST_ABOUT: usize = 120;

/// 64-bit FNV-1a, each part ended by a byte that no text holds.
pub(crate) fn digest(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn not_covered(family: Family) -> Message {
    Message::new(match family {
        Family::Crisis => "safety.not-covered-crisis",
        Family::RedFlag => "safety.not-covered-red-flag",
        Family::Pair => "safety.not-covered-pair",
        Family::Doses => "safety.not-covered-doses",
        Family::Course => "safety.not-covered-course",
    })
}

/// That what the tables have on some things may not be used here.
pub(super) fn not_allowed(things: impl Into<Param>) -> Message {
    Message::new("safety.not-checked-policy").with("things", things)
}

/// A rule that could not be checked, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NotChecked {
    /// Id of the rule, or `adult-rules` for all that are made for adults.
    pub rule: &'static str,
    /// The reason.
    pub message: Message,
}

/// What the rules say on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// The flags: the most severe first, then by rule. Set-aside ones too.
    pub flags: Vec<Flag>,
    /// What could not be checked.
    pub not_checked: Vec<NotChecked>,
}

impl Review {
    pub(super) fn raise(&mut self, flag: Flag) {
        self.flags.push(flag);
    }

    pub(super) fn cannot_check(&mut self, rule: &'static str, message: Message) {
        let row = NotChecked { rule, message };
        if !self.not_checked.contains(&row) {
            self.not_checked.push(row);
        }
    }

    /// Says that what the tables have on some things may not be used here.
    pub(super) fn not_allowed(&mut self, rule: &'static str, things: impl Into<Param>) {
        self.cannot_check(rule, not_allowed(things));
    }

    /// Takes out what rests on a row that may not be used, and says so.
    pub(super) fn keep_allowed(&mut self, policy: &Policy) {
        for flag in std::mem::take(&mut self.flags) {
            if is_fixed(flag.rule) || policy.allows(flag.rule, flag.confidence) {
                self.flags.push(flag);
            } else {
                let things: Vec<Param> = flag.about.into_iter().map(Param::from).collect();
                self.not_allowed(flag.rule, things);
            }
        }
        if policy.least > Confidence::GeneralKnowledge {
            self.cannot_check("least-confidence", Message::new("safety.not-checked-least"));
        }
    }

    /// Puts the most severe first, leaves out what a more severe flag already says, and marks those
    /// that were set aside.
    pub(super) fn settle(&mut self, dismissals: &[(&str, EntryId, Day)]) {
        self.flags.arrange_by(|a, b| {
            b.severity.cmp(&a.severity).then_with(|| (a.rule, &a.about).cmp(&(b.rule, &b.about)))
        });
        let mut kept: Vec<Flag> = Vec::with_capacity(self.flags.len());
        for mut flag in self.flags.drain(..) {
            if kept.iter().any(|other| other.says_all_of(&flag)) {
                continue;
            }
            let of_it = |(key, ..): &&(&str, EntryId, Day)| *key == flag.key;
            flag.dismissed = dismissals.iter().rev().find(of_it).map(|(_, entry, _)| *entry);
            kept.push(flag);
        }
        self.flags = kept;
    }

    /// The flags that the patient sees: those that were not set aside.
    pub fn open(&self) -> impl Iterator<Item = &Flag> {
        self.flags.iter().filter(|flag| flag.dismissed.is_none())
    }
}
