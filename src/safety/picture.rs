use std::sync::Arc;

use crate::analysis::DoseLog;
use crate::diary::{
    Action, Assessment, Body, Day, Diary, EntryId, Kind, Knowledge, Measurement, ProfileFact,
    ProfileValue, Recorded, RecordedBy, Regimen, SideEffect, Sorting, Topic, is_of_relatives,
    says_yes,
};
use crate::error::{Message, Param};
use crate::reference::{Confidence, Numbers};

use super::Settings;
use super::flag::{Review, Rule};
use super::taken::{Taken, taken};

/// What an entry holds, with its day.
pub(super) struct Noted<'a, T> {
    pub(super) id: EntryId,
    pub(super) day: Day,
    /// Who saw it, where that is not the person.
    pub(super) seen_by: Option<RecordedBy>,
    pub(super) of: &'a T,
}

/// Everything the rules look at but the check-ins. Lists stand in the order of their days.
pub(super) struct Picture<'a> {
    pub(super) diary: &'a Diary,
    pub(super) today: Day,
    pub(super) settings: &'a Settings,
    pub(super) regimen: Regimen,
    pub(super) log: Arc<DoseLog>,
    /// Medicines by ingredient, over-the-counter products and substances.
    pub(super) taken: Vec<Taken<'a>>,
    pub(super) effects: Vec<Noted<'a, SideEffect>>,
    pub(super) measured: Vec<Noted<'a, Measurement>>,
    pub(super) assessments: Vec<Noted<'a, Assessment>>,
    pub(super) profile: Vec<Noted<'a, ProfileFact>>,
    /// Keys of flags that were set aside, with the entry that did and its day.
    pub(super) dismissals: Vec<(&'a str, EntryId, Day)>,
}

impl<'a> Picture<'a> {
    pub(super) fn of(diary: &'a Diary, today: Day, settings: &'a Settings) -> Self {
        let mut picture = Self {
            diary,
            today,
            settings,
            regimen: Regimen::of(diary),
            log: DoseLog::of(diary),
            taken: Vec::new(),
            effects: Vec::new(),
            measured: Vec::new(),
            assessments: Vec::new(),
            profile: Vec::new(),
            dismissals: Vec::new(),
        };
        let read =
            [Kind::SideEffect, Kind::Measurement, Kind::Assessment, Kind::Profile, Kind::Dismissal];
        for Recorded { id, entry } in read.into_iter().flat_map(|kind| diary.of_kind(kind)) {
            let day = entry.day();
            let seen_by = Some(entry.recorded_by()).filter(|by| by.is_observer());
            match entry.body() {
                Body::SideEffect(of) => picture.effects.push(Noted { id, day, seen_by, of }),
                Body::Measurement(of) => picture.measured.push(Noted { id, day, seen_by, of }),
                Body::Assessment(of) => picture.assessments.push(Noted { id, day, seen_by, of }),
                Body::Profile(of) => picture.profile.push(Noted { id, day, seen_by, of }),
                Body::Dismissal(of) => picture.dismissals.push((&of.flag, id, day)),
                _ => {}
            }
        }
        picture.measured.arrange_by_key(|noted| (noted.day, noted.id));
        picture.assessments.arrange_by_key(|noted| (noted.day, noted.id));
        picture.profile.retain(|noted| noted.day <= today);
        picture.profile.arrange_by_key(|noted| (noted.day, noted.id));
        picture.taken = taken(diary, &picture.regimen, &picture.log, today);
        picture
    }

    /// What is taken now that `is` holds of.
    pub(super) fn now(&self, is: impl Fn(&Taken<'a>) -> bool) -> impl Iterator<Item = &Taken<'a>> {
        self.taken.iter().filter(move |taken| taken.until.is_none() && is(taken))
    }

    /// What is taken now that `is` holds of, and what ended so lately that it may still act.
    pub(super) fn lately(
        &self,
        is: impl Fn(&Taken<'a>) -> bool,
    ) -> impl Iterator<Item = &Taken<'a>> {
        // Another product of the same ingredient that goes on is no end.
        let goes_on = |of: &Taken<'a>| self.now(|other| other.key == of.key).next().is_some();
        let acts =
            move |of: &Taken<'a>| of.until.is_none() || (of.still_acts(self.today) && !goes_on(of));
        self.taken.iter().filter(move |taken| acts(taken) && is(taken))
    }

    /// Milligrams a day of something taken that are prescribed on a day; 0 where none are, or where
    /// they are not known.
    pub(super) fn daily_milligrams(&self, taken: &Taken<'a>, day: Day) -> f64 {
        let Some(medicine) = taken.medicine else { return 0.0 };
        let held = self.regimen.episodes_of(medicine).filter(|episode| episode.holds_on(day));
        let amounts = held.filter_map(|episode| {
            let schedule = &episode.schedule;
            taken.milligrams(schedule.mean_daily_amount()?, schedule.unit())
        });
        amounts.sum()
    }

    /// Days since the last start or rise of the dose of a medicine, with its step.
    pub(super) fn since_rise(&self, medicine: Option<EntryId>) -> Option<(i32, EntryId)> {
        let rises = |action| !matches!(action, Action::Decrease | Action::Hold | Action::Stop);
        (self.regimen.episodes_of(medicine?))
            .filter(|episode| rises(episode.action) && episode.from <= self.today)
            .last()
            .map(|episode| (self.today.since(episode.from), episode.step))
    }

    /// The measurements that `is` holds of, from a day on, in order.
    pub(super) fn measured_since(
        &self,
        from: Day,
        is: impl Fn(&Measurement) -> bool,
    ) -> impl DoubleEndedIterator<Item = &Noted<'a, Measurement>> {
        let today = self.today;
        self.measured
            .iter()
            .filter(move |noted| (from..=today).contains(&noted.day) && is(noted.of))
    }

    /// What is known about a topic: the newest fact that is not of relatives alone.
    fn fact(&self, topic: Topic) -> Option<&Noted<'a, ProfileFact>> {
        let is_own = |of: &ProfileFact| match &of.knowledge {
            Knowledge::Known(ProfileValue::Text(text)) => !is_of_relatives(text),
            _ => true,
        };
        self.profile.iter().rev().find(|noted| noted.of.topic == topic && is_own(noted.of))
    }

    /// Whether something holds of the person, by the newest fact; `None` where it is not known, as
    /// well as for a pregnancy that was told too long ago to go on.
    pub(super) fn told(&self, topic: Topic) -> Option<(bool, EntryId)> {
        let fact = self.fact(topic)?;
        let holds = holds(fact.of)?;
        let may_be_over = holds
            && topic == Topic::Pregnancy
            && self.today.since(fact.day) > self.settings.pregnancy_days;
        (!may_be_over).then_some((holds, fact.id))
    }

    /// What the person wrote on a topic, newest first: back to the last "unknown" or "declined".
    pub(super) fn notes_on(&self, topic: Topic) -> impl Iterator<Item = (&'a str, EntryId)> {
        let facts = self.profile.iter().rev().filter(move |noted| noted.of.topic == topic);
        facts.map_while(|noted| match &noted.of.knowledge {
            Knowledge::Known(ProfileValue::Text(text)) => Some((&**text, noted.id)),
            _ => None,
        })
    }

    /// [`Diary::told_condition`] today.
    pub(super) fn told_condition(&self, names: &[&str]) -> Option<(bool, EntryId)> {
        self.diary.told_condition(names, self.today)
    }

    /// The entry that tells of one of these conditions, where the person has it.
    pub(super) fn condition(&self, names: &[&str]) -> Option<EntryId> {
        self.told_condition(names).filter(|(holds, _)| *holds).map(|(_, entry)| entry)
    }

    /// Full years of the person's age, or one less; `None` where the year of birth is not known.
    pub(super) fn least_age(&self) -> Option<i32> {
        let born = self.fact(Topic::BirthYear).map(|fact| &fact.of.knowledge);
        let Some(Knowledge::Known(ProfileValue::Year(year))) = born else { return None };
        Some(chrono::Datelike::year(&self.today.date()) - i32::from(*year) - 1)
    }

    /// Whether the rules made for adults may run: not for someone who may be under 18. Where the
    /// year of birth is not known, they run, and the review says so.
    pub(super) fn is_adult(&self) -> bool {
        self.least_age().is_none_or(|age| age >= 18)
    }
}

/// Whether a fact says that something holds; `None` where it cannot be told.
pub(super) fn holds(fact: &ProfileFact) -> Option<bool> {
    match &fact.knowledge {
        Knowledge::Known(ProfileValue::Text(text)) => says_yes(text),
        Knowledge::Known(ProfileValue::Year(_)) => Some(true),
        Knowledge::Unknown | Knowledge::Declined => None,
    }
}

impl Picture<'_> {
    /// Whether what is known of a medicine, or of its injection, may be used for a rule; where it may
    /// not, it is said.
    pub(super) fn may_use(
        &self,
        numbers: Numbers<'_>,
        confidence: Confidence,
        rule: &Rule,
        review: &mut Review,
    ) -> bool {
        let is_allowed = numbers.are_allowed(&self.settings.policy, confidence);
        if !is_allowed {
            review.not_allowed(rule.id, numbers.name().as_str());
        }
        is_allowed
    }
}

/// Names as a list, each once.
pub(super) fn names<'t>(taken: impl IntoIterator<Item = &'t Taken<'t>>) -> Param {
    let mut names: Vec<&str> = Vec::new();
    for one in taken {
        if !names.contains(&one.name.as_str()) {
            names.push(&one.name);
        }
    }
    Param::List(names.into_iter().map(Param::from).collect())
}

/// Signs as a list, in the words they were recorded in.
pub(super) fn terms<'t>(effects: impl IntoIterator<Item = &'t SideEffect>) -> Param {
    Param::List(effects.into_iter().map(|effect| Param::from(effect.term.to_lowercase())).collect())
}

/// What a rule could not be checked for.
pub(super) fn unknown(topic: Message) -> Message {
    Message::new("safety.not-checked-fact").with("fact", topic)
}

/// That a rule could not be checked, as no condition is known.
pub(super) fn unknown_condition() -> Message {
    unknown(Message::new("safety.fact-condition"))
}
