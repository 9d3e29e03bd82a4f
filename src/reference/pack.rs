use super::class::{ClassName, Classes};
use super::codes::{is_atc, is_loinc, is_rxcui, is_snomed};
use super::reading::{FromTable, field, row, rows};
use super::search::{Found, Hit, Index, fold};
use super::{
    Agent, AgentKind, Choice, ClashSeverity, Class, Condition, ConditionSet, DoseLimit,
    EquivalenceTable, Expectation, Fact, Group, Helpline, Instrument, Interaction, Known, Leaflet,
    Medicine, Monitoring, Range, SideEffect, SourceId, Sourced, Sources, Subclass, Text, Washout,
};
use crate::diary::{Fields, Value};
use crate::error::{Code, Error, Result};
use chrono::NaiveDate;

/// The text of the tables of one pack, each a JSON file as the module describes it.
#[derive(Clone, Copy, Debug)]
pub struct Tables {
    /// `sources.json`.
    pub sources: &'static str,
    /// `classes.json`.
    pub classes: &'static str,
    /// `instruments.json`.
    pub instruments: &'static str,
    /// `medicines.json`.
    pub medicines: &'static str,
    /// `agents.json`.
    pub agents: &'static str,
    /// `groups.json`.
    pub groups: &'static str,
    /// `interactions.json`.
    pub interactions: &'static str,
    /// `washouts.json`.
    pub washouts: &'static str,
    /// `monitoring.json`.
    pub monitoring: &'static str,
    /// `side_effects.json`.
    pub side_effects: &'static str,
    /// `leaflets.json`.
    pub leaflets: &'static str,
    /// `journey.json`.
    pub journey: &'static str,
    /// `sets.json`.
    pub sets: &'static str,
    /// `equivalents.json`.
    pub equivalents: &'static str,
    /// `helplines.json`.
    pub helplines: &'static str,
}

/// What a pack says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Version, shown in reports.
    pub version: &'static str,
    /// Day it was issued.
    pub issued: NaiveDate,
    /// Day by which it should have been reviewed; later, every flag says that the pack is old.
    pub review_by: NaiveDate,
}

/// One source that rows cite.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Source {
    /// Its id.
    pub id: Text,
    /// What to look up.
    pub citation: Text,
}

row!(Source { id, citation });

/// Everything known: a set of tables, read and found sound.
pub struct Pack {
    about: About,
    sources: Vec<Source>,
    classes: Classes,
    instruments: Instruments,
    medicines: Medicines,
    agents: Vec<Agent>,
    groups: Vec<Group>,
    pub(super) interactions: Vec<Interaction>,
    pub(super) washouts: Vec<Washout>,
    pub(super) monitoring: Vec<Monitoring>,
    pub(super) side_effects: Vec<SideEffect>,
    pub(super) leaflets: Vec<Leaflet>,
    pub(super) expectations: Vec<Expectation>,
    pub(super) condition_sets: Vec<ConditionSet>,
    pub(super) equivalents: Vec<EquivalenceTable>,
    pub(super) helplines: Vec<Helpline>,
}

/// The instruments of a pack.
pub struct Instruments(Vec<Instrument>);

/// The medicines of a pack.
pub struct Medicines {
    rows: Vec<Medicine>,
    index: Index,
}

impl Pack {
    /// Reads and checks the tables of a pack.
    ///
    /// The text has to live as long as the program, so that rows can borrow from it; a portal that
    /// loads its own pack at start leaks that text once.
    ///
    /// # Errors
    /// [`Code::InvalidJson`], [`Code::WrongType`], [`Code::MissingField`] or
    /// [`Code::UnknownField`] when a table is not in the format, [`Code::UnknownValue`] for a word
    /// that is not in its list or a source that is not in the table of sources, [`Code::BadText`]
    /// for an id or a code that is not well formed, and [`Code::OutOfRange`] for rows that
    /// contradict themselves or each other. The field names the row.
    pub fn read(about: About, tables: Tables) -> Result<Self> {
        Self::build(about, tables, &mut Fields::default())
    }

    /// Reads and checks a pack that a portal had reviewed: one JSON object of `version`, `issued`,
    /// `reviewBy` and the tables that differ from `others`, each under its name in camel case. The
    /// text has to live as long as the program.
    ///
    /// # Errors
    /// As [`read`](Self::read), of a table left out as well: what was reviewed has to fit the rest.
    pub fn read_file(text: &'static str, others: Tables) -> Result<Self> {
        let mut file = Value::from_json(text)?.object()?;
        let about = About {
            version: field::<Text>(&mut file, "version")?.as_str(),
            issued: field(&mut file, "issued")?,
            review_by: field(&mut file, "reviewBy")?,
        };
        let pack = Self::build(about, others, &mut file)?;
        file.finish()?;
        Ok(pack)
    }

    fn build(about: About, tables: Tables, given: &mut Fields<'static>) -> Result<Self> {
        let mut table = |name: &str, built_in: &'static str| {
            let value = given.any(name);
            if !value.is_absent() {
                return Ok(value);
            }
            Value::from_json(built_in).map_err(|error| error.inside(name))
        };
        let sources: Vec<Source> = rows("sources", table("sources", tables.sources)?)?;
        let classes = table("classes", tables.classes)?;
        let classes = Classes::read(classes).map_err(|error| error.inside("classes"))?;
        let instruments: Vec<Instrument> =
            rows("instruments", table("instruments", tables.instruments)?)?;
        let medicines: Vec<Medicine> = rows("medicines", table("medicines", tables.medicines)?)?;

        require(about.issued <= about.review_by, Code::EndBeforeStart, "reviewBy")?;
        check_ids("sources", sources.iter().map(|row| row.id))?;
        check_ids("instruments", instruments.iter().map(|row| row.id))?;
        check_ids("medicines", medicines.iter().map(|row| row.id))?;
        let mut injections: Vec<Text> = Vec::new();
        for row in &instruments {
            check_sources(row.sources(), &sources)
                .and_then(|()| check_instrument(row))
                .map_err(|error| error.inside(&format!("instruments[{}]", row.id)))?;
        }
        for row in &medicines {
            check_sources(row.sources(), &sources)
                .and_then(|()| check_medicine(row))
                .and_then(|()| check_injections(row, &mut injections))
                .map_err(|error| error.inside(&format!("medicines[{}]", row.id)))?;
        }
        let all_named = classes.classes.iter().map(|row| &row.id).eq(Class::ALL)
            && classes.subclasses.iter().map(|row| &row.id).eq(Subclass::ALL);
        require(all_named, Code::OutOfRange, "classes")?;

        let condition_sets: Vec<ConditionSet> = rows("sets", table("sets", tables.sets)?)?;
        let agents: Vec<Agent> = rows("agents", table("agents", tables.agents)?)?;
        let index = Index::of(&medicines, &agents, &classes, &condition_sets);
        let pack = Self {
            about,
            sources,
            classes,
            instruments: Instruments(instruments),
            medicines: Medicines { rows: medicines, index },
            agents,
            groups: rows("groups", table("groups", tables.groups)?)?,
            interactions: rows("interactions", table("interactions", tables.interactions)?)?,
            washouts: rows("washouts", table("washouts", tables.washouts)?)?,
            monitoring: rows("monitoring", table("monitoring", tables.monitoring)?)?,
            side_effects: rows("sideEffects", table("sideEffects", tables.side_effects)?)?,
            leaflets: rows("leaflets", table("leaflets", tables.leaflets)?)?,
            expectations: rows("journey", table("journey", tables.journey)?)?,
            condition_sets,
            equivalents: rows("equivalents", table("equivalents", tables.equivalents)?)?,
            helplines: rows("helplines", table("helplines", tables.helplines)?)?,
        };
        pack.check_relations()?;
        Ok(pack)
    }

    /// What is taken, by the RxNorm identifier of its ingredient first and then by its name, its
    /// other names and its brands. `None`: nothing is known of it here.
    #[must_use]
    pub fn known(&self, rxnorm: Option<&str>, name: &str) -> Option<Known<'_>> {
        let by_code = rxnorm.and_then(|code| {
            let of_medicine = |row: &&Medicine| {
                let forms = row.rxnorm_forms.iter().map(|form| &form.value.code);
                row.rxnorm.value.iter().flatten().chain(forms).any(|known| known.as_str() == code)
                    || row.injections.iter().any(|injection| injection.has_code(code))
            };
            let of_agent =
                |row: &&Agent| row.rxnorm.is_some_and(|known| known.value.as_str() == code);
            let medicine = self.medicines.rows.iter().find(of_medicine).map(Known::Medicine);
            medicine.or_else(|| self.agents.iter().find(of_agent).map(Known::Agent))
        });
        by_code
            .or_else(|| self.medicines.named(name).map(Known::Medicine))
            .or_else(|| self.agent_named(name).map(Known::Agent))
    }

    /// The medicine or agent with this id.
    #[must_use]
    pub fn known_by_id(&self, id: &str) -> Option<Known<'_>> {
        let medicine = self.medicines.find(id).map(Known::Medicine);
        medicine.or_else(|| self.agent(id).map(Known::Agent))
    }

    /// What `query` may mean of the medicines and of everything else that is taken, best first, at
    /// most `limit`, as in [`Medicines::search`].
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Found<'_>> {
        self.medicines.index.search_all(&self.medicines.rows, &self.agents, query, limit)
    }

    /// Every agent, by id.
    #[must_use]
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    /// The agent with this id.
    #[must_use]
    pub fn agent(&self, id: &str) -> Option<&Agent> {
        let place = self.agents.binary_search_by(|row| row.id.as_str().cmp(id));
        place.ok().map(|place| &self.agents[place])
    }

    /// The agent with exactly this name, whatever its case, diacritics and punctuation.
    fn agent_named(&self, name: &str) -> Option<&Agent> {
        let name = fold(name);
        self.agents
            .iter()
            .filter(|row| row.kind != AgentKind::Circumstance)
            .find(|row| fold(&row.name) == name || row.also.iter().any(|also| fold(also) == name))
    }

    /// Every group, by id.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group with this id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        let place = self.groups.binary_search_by(|row| row.id.as_str().cmp(id));
        place.ok().map(|place| &self.groups[place])
    }

    /// Refuses rows that name what is not there, or that a rule needs and lack.
    fn check_relations(&self) -> Result<()> {
        check_ids("agents", self.agents.iter().map(|row| row.id))?;
        check_ids("groups", self.groups.iter().map(|row| row.id))?;
        check_ids("interactions", self.interactions.iter().map(|row| row.id))?;
        check_ids("monitoring", self.monitoring.iter().map(|row| row.id))?;
        check_ids("sideEffects", self.side_effects.iter().map(|row| row.id))?;
        for row in &self.agents {
            let (code, sources) = row.rxnorm.map(|code| (code.value, code.sources)).unzip();
            self.check_cited(sources)
                .and_then(|()| {
                    let alone = self.medicines.find(&row.id).is_none();
                    require(alone && self.group(&row.id).is_none(), Code::BadText, "id")?;
                    require(code.is_none_or(|code| is_rxcui(&code)), Code::BadText, "rxnorm")
                })
                .map_err(|error| error.inside(&format!("agents[{}]", row.id)))?;
        }
        for row in &self.groups {
            self.check_cited([row.sources])
                .and_then(|()| self.check_parties(&row.members, "members", false))
                .and_then(|()| {
                    require(self.medicines.find(&row.id).is_none(), Code::BadText, "id")?;
                    let is_empty = row.classes.is_empty() && row.members.is_empty();
                    require(!is_empty, Code::MissingField, "members")
                })
                .map_err(|error| error.inside(&format!("groups[{}]", row.id)))?;
        }
        for row in &self.interactions {
            self.check_interaction(row)
                .map_err(|error| error.inside(&format!("interactions[{}]", row.id)))?;
        }
        for (place, row) in self.washouts.iter().enumerate() {
            self.check_cited([row.sources])
                .and_then(|()| self.check_parties(&[row.from, row.to], "from", true))
                .and_then(|()| require(row.days > 0, Code::OutOfRange, "days"))
                .map_err(|error| error.inside(&format!("washouts[{place}]")))?;
        }
        for row in &self.monitoring {
            let ascending = row.at_weeks.is_sorted()
                && row.every.is_sorted_by(|a, b| a.from_week < b.from_week)
                && row.every.iter().all(|step| step.days > 0 && step.from_week >= 0.0);
            self.check_cited([row.sources])
                .and_then(|()| self.check_parties(&row.of, "of", true))
                .and_then(|()| self.check_circumstance(row.only_with))
                .and_then(|()| require(ascending, Code::OutOfRange, "every"))
                .map_err(|error| error.inside(&format!("monitoring[{}]", row.id)))?;
        }
        for row in &self.side_effects {
            let sound = row.snomed.value.is_none_or(|code| is_snomed(&code));
            self.check_cited([row.snomed.sources])
                .and_then(|()| require(sound, Code::BadText, "snomed"))
                .map_err(|error| error.inside(&format!("sideEffects[{}]", row.id)))?;
        }
        check_ids("leaflets", self.leaflets.iter().map(|row| row.id))?;
        for row in &self.leaflets {
            let ordered = row.lines.is_sorted_by_key(|line| line.part);
            self.check_cited(row.lines.iter().map(|line| line.sources))
                .and_then(|()| {
                    self.check_parties(&row.of, "of", true).or_else(|refusal| {
                        let condition =
                            row.id.strip_prefix("condition-").and_then(Condition::parse);
                        if condition.is_some() && row.of.is_empty() { Ok(()) } else { Err(refusal) }
                    })
                })
                .and_then(|()| require(ordered, Code::OutOfRange, "lines"))
                .map_err(|error| error.inside(&format!("leaflets[{}]", row.id)))?;
        }
        check_ids("journey", self.expectations.iter().map(|row| row.id))?;
        for row in &self.expectations {
            self.check_cited([row.sources])
                .and_then(|()| match row.of.is_empty() {
                    true => Ok(()),
                    false => self.check_parties(&row.of, "of", true),
                })
                .and_then(|()| require(row.weeks != Some(0), Code::OutOfRange, "weeks"))
                .map_err(|error| error.inside(&format!("journey[{}]", row.id)))?;
        }
        for row in &self.condition_sets {
            let listed = |id: &Text| self.instruments.iter().any(|known| known.id == *id);
            self.check_cited([row.sources])
                .and_then(|()| {
                    require(row.instruments.iter().all(listed), Code::UnknownValue, "instruments")
                })
                .map_err(|error| error.inside(&format!("sets[{}]", row.id)))?;
        }
        let all_set = self.condition_sets.iter().map(|row| &row.id).eq(Condition::ALL);
        require(all_set, Code::OutOfRange, "sets")?;
        check_ids("equivalents", self.equivalents.iter().map(|row| row.id))?;
        for row in &self.equivalents {
            let positive =
                (row.rows.iter()).all(|row| row.amount.low > 0.0 && row.of_amount.low > 0.0);
            self.check_cited([row.sources])
                .and_then(|()| require(positive, Code::OutOfRange, "rows"))
                .map_err(|error| error.inside(&format!("equivalents[{}]", row.id)))?;
        }
        check_ids("helplines", self.helplines.iter().map(|row| row.id))?;
        for row in &self.helplines {
            let ways = [row.phone, row.text, row.web].iter().flatten().count();
            self.check_cited([row.sources])
                .and_then(|()| require(ways > 0, Code::MissingField, "phone"))
                .map_err(|error| error.inside(&format!("helplines[{}]", row.id)))?;
        }
        for row in &self.medicines.rows {
            let listed = |id: &Text| self.side_effect(id).is_some();
            require(row.side_effects.value.iter().all(listed), Code::UnknownValue, "sideEffects")
                .map_err(|error| error.inside(&format!("medicines[{}]", row.id)))?;
        }
        Ok(())
    }

    fn check_interaction(&self, row: &Interaction) -> Result<()> {
        self.check_cited([row.sources])?;
        self.check_parties(&row.a, "a", true)?;
        self.check_parties(&row.b, "b", true)?;
        self.check_circumstance(row.only_with)?;
        if let Some(condition) = row.from_dose {
            self.check_parties(&[condition.medicine], "fromDose", false)?;
            require(condition.at_least > 0.0, Code::OutOfRange, "fromDose")?;
        }
        let says_when = row.severity < ClashSeverity::Contraindicated || row.watch.is_some();
        require(says_when, Code::MissingField, "watch")
    }

    fn check_cited(&self, rows: impl IntoIterator<Item = Sources>) -> Result<()> {
        check_sources(rows.into_iter().flat_map(Sources::ids).collect(), &self.sources)
    }

    fn check_parties(&self, parties: &[Text], field: &str, groups: bool) -> Result<()> {
        require(!parties.is_empty() || !groups, Code::MissingField, field)?;
        let unknown = parties.iter().find(|party| {
            self.known_by_id(party).is_none() && !(groups && self.group(party).is_some())
        });
        match unknown {
            None => Ok(()),
            Some(id) => Err(Error::new(Code::UnknownValue, field).with("value", id.as_str())),
        }
    }

    fn check_circumstance(&self, id: Option<Text>) -> Result<()> {
        let is_one =
            |id: Text| self.agent(&id).is_some_and(|row| row.kind == AgentKind::Circumstance);
        require(id.is_none_or(is_one), Code::UnknownValue, "onlyWith")
    }

    /// Version and dates.
    #[must_use]
    pub const fn about(&self) -> About {
        self.about
    }

    /// Every source, by id.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source with this id; `None` when it is of another pack.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        find_source(&self.sources, id)
    }

    /// The names of the classes, one for each [`Class`], in its order.
    #[must_use]
    pub fn classes(&self) -> &[ClassName<Class>] {
        &self.classes.classes
    }

    /// The names of the subclasses, one for each [`Subclass`], in its order.
    #[must_use]
    pub fn subclasses(&self) -> &[ClassName<Subclass>] {
        &self.classes.subclasses
    }

    /// The instruments.
    #[must_use]
    pub const fn instruments(&self) -> &Instruments {
        &self.instruments
    }

    /// The medicines.
    #[must_use]
    pub const fn medicines(&self) -> &Medicines {
        &self.medicines
    }
}

impl Instruments {
    /// Every instrument, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, Instrument> {
        self.0.iter()
    }

    /// The instrument with this id or alias, for example `"phq-9"` or `"phq9"`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Instrument> {
        self.iter().find(|row| {
            row.id.eq_ignore_ascii_case(id)
                || row.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(id))
        })
    }
}

impl<'a> IntoIterator for &'a Instruments {
    type Item = &'a Instrument;
    type IntoIter = std::slice::Iter<'a, Instrument>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Medicines {
    /// Every medicine, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, Medicine> {
        self.rows.iter()
    }

    /// The medicine with this id, for example `"sertraline"`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Medicine> {
        let place = self.rows.binary_search_by(|row| row.id.as_str().cmp(id));
        place.ok().map(|place| &self.rows[place])
    }

    /// The medicine whose generic name, other name or brand is exactly `name`, whatever its case,
    /// diacritics and punctuation.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Medicine> {
        self.index.named(&self.rows, name)
    }

    /// The medicines that `query` may mean, best first, at most `limit`: by name, other name, brand,
    /// class or condition, in part or with one or two typing errors.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'_>> {
        self.index.search(&self.rows, query, limit)
    }
}

impl<'a> IntoIterator for &'a Medicines {
    type Item = &'a Medicine;
    type IntoIter = std::slice::Iter<'a, Medicine>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn require(sound: bool, code: Code, field: &str) -> Result<()> {
    if sound { Ok(()) } else { Err(Error::new(code, field)) }
}

fn find_source(sources: &[Source], id: SourceId) -> Option<&Source> {
    let place = sources.binary_search_by(|row| row.id.as_str().cmp(id.as_str()));
    place.ok().map(|place| &sources[place])
}

/// Ids are lower case with hyphens (rules of interaction: underscores) and strictly ascending, so that a row is found by bisection.
fn check_ids(table: &str, ids: impl Iterator<Item = Text>) -> Result<()> {
    let mut last = "";
    for id in ids {
        let kebab = id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
        require(kebab && last < id.as_str(), Code::BadText, "id")
            .map_err(|error| error.inside(&format!("{table}[{id}]")))?;
        last = id.as_str();
    }
    Ok(())
}

fn check_sources(named: Vec<SourceId>, sources: &[Source]) -> Result<()> {
    let missing = named.into_iter().find(|id| find_source(sources, *id).is_none());
    match missing {
        None => Ok(()),
        Some(id) => Err(Error::new(Code::UnknownValue, "source").with("value", id.as_str())),
    }
}

fn check_instrument(row: &Instrument) -> Result<()> {
    let loinc = |code: &Option<Text>| code.is_none_or(|code| is_loinc(&code));
    let (low, high) = row.range.value;

    let bands = &row.bands.value;
    let ordered = bands.iter().all(|band| band.range.0 <= band.range.1);
    let contiguous = bands.windows(2).all(|pair| pair[0].range.1 + 1 == pair[1].range.0);
    let ends = bands.first().zip(bands.last());
    let whole = ends.is_none_or(|(first, last)| first.range.0 == low && last.range.1 == high);
    require(ordered && contiguous && whole, Code::OutOfRange, "bands")?;

    let items = &row.items.value;
    require(!items.is_empty(), Code::MissingField, "items")?;
    let number = |item: u8| usize::from(item).checked_sub(1).filter(|place| *place < items.len());
    let scoring = &row.scoring.value;
    let every: Vec<Vec<u8>> = (1..=items.len()).map(|item| vec![item as u8]).collect();
    let groups = if scoring.groups.is_empty() { &every } else { &scoring.groups };
    let listed = groups
        .iter()
        .all(|group| !group.is_empty() && group.iter().all(|item| number(*item).is_some()));
    let gates = items.iter().enumerate().all(|(place, item)| {
        item.asked_if.is_none_or(|(gate, _)| number(gate).is_some_and(|gate| gate < place))
    });
    require(listed && gates, Code::OutOfRange, "scoring")?;
    let end = |of: fn(&[Choice]) -> Option<u8>| {
        let highest = |group: &Vec<u8>| {
            let ends = group.iter().map(|item| of(row.options_of(&items[usize::from(*item) - 1])));
            ends.max().flatten().map(u16::from)
        };
        let sum: Option<u16> = groups.iter().map(highest).sum();
        sum.map(|sum| sum * u16::from(scoring.times))
    };
    let lowest = end(|options| options.iter().map(|choice| choice.score).min());
    let highest = end(|options| options.iter().map(|choice| choice.score).max());
    require(lowest == Some(low) && highest == Some(high), Code::OutOfRange, "range")?;
    let may_miss = usize::from(row.missing.value.prorate_up_to) < groups.len();
    require(may_miss, Code::OutOfRange, "missing")?;
    let patterns = row.patterns.iter().flat_map(|pattern| &pattern.value.needs).all(|need| {
        usize::from(need.count) <= need.items.len()
            && need.items.iter().all(|(item, _)| number(*item).is_some())
    });
    require(patterns, Code::OutOfRange, "patterns")?;

    let inside = |total: u16| (low..=high).contains(&total);
    let cutoffs = row.cutoffs.iter().all(|cutoff| inside(cutoff.value.at_least));
    require(cutoffs, Code::OutOfRange, "cutoffs")?;
    let remission = row.remission.value.is_none_or(inside);
    require(remission, Code::OutOfRange, "remission")?;
    let share = |share: Option<f64>| share.is_none_or(|share| share > 0.0 && share < 1.0);
    let response = share(row.response.value) && share(row.partial_response.value);
    require(response, Code::OutOfRange, "response")?;
    let safety = row.safety_items.iter().all(|rule| {
        let index = usize::from(rule.value.item).wrapping_sub(1);
        items.get(index).is_some_and(|item| {
            row.options_of(item).iter().any(|choice| choice.score == rule.value.at_least)
        })
    });
    require(safety, Code::OutOfRange, "safetyItems")?;

    let unscored = &row.unscored.value;
    let codes = loinc(&row.loinc_panel.value)
        && loinc(&row.loinc_total.value)
        && items.iter().chain(unscored).all(|item| {
            loinc(&item.loinc) && row.options_of(item).iter().all(|choice| loinc(&choice.loinc))
        });
    require(codes, Code::BadText, "loinc")
}

/// The longest that an injection lasts, in days.
const LONGEST_INJECTION: u16 = 200;

/// Refuses an injection whose numbers cannot be, and a name that another one `named` before has.
fn check_injections(row: &Medicine, named: &mut Vec<Text>) -> Result<()> {
    for (place, of) in row.injections.iter().enumerate() {
        let most = of.most().map_or(f64::INFINITY, |most| most.value.amount);
        let fits = |limits: &[Sourced<DoseLimit>]| {
            limits.iter().all(|it| it.value.amount > 0.0 && it.value.amount <= most)
        };
        let above_0 = |fact: &Fact<Range>| fact.value.is_none_or(|hours| hours.low > 0.0);
        let days = of.days_between.value.unwrap_or(1);
        let sound = [
            (!of.name.is_empty() && !named.contains(&of.name), Code::BadText, "name"),
            (of.rxnorm.value.iter().flatten().all(|code| is_rxcui(code)), Code::BadText, "rxnorm"),
            ((1..=LONGEST_INJECTION).contains(&days), Code::OutOfRange, "daysBetween"),
            (fits(&of.maxima), Code::OutOfRange, "maxima"),
            (fits(&of.adequate), Code::OutOfRange, "adequate"),
            (above_0(&of.half_life_hours), Code::OutOfRange, "halfLifeHours"),
            (above_0(&of.tmax_hours), Code::OutOfRange, "tmaxHours"),
        ];
        if let Some((_, code, field)) = sound.into_iter().find(|(is_sound, ..)| !is_sound) {
            return Err(Error::new(code, field).inside(&format!("injections[{place}]")));
        }
        named.push(of.name);
    }
    Ok(())
}

fn check_medicine(row: &Medicine) -> Result<()> {
    require(!row.ingredients.value.is_empty(), Code::MissingField, "ingredients")?;
    require(row.atc.value.iter().all(|code| is_atc(code)), Code::BadText, "atc")?;
    let rxnorm = (row.rxnorm.value.iter().flatten())
        .chain(row.rxnorm_forms.iter().map(|form| &form.value.code))
        .all(|code| is_rxcui(code));
    require(rxnorm, Code::BadText, "rxnorm")?;

    let dose = row.dose.value;
    let doses = dose.start.is_none_or(|start| start > 0.0)
        && dose.usual.is_none_or(|usual| {
            usual.low > 0.0 && dose.start.is_none_or(|start| start <= usual.high)
        });
    require(doses, Code::OutOfRange, "dose")?;
    let maxima = row.maxima.iter().all(|maximum| maximum.value.amount > 0.0);
    require(maxima, Code::OutOfRange, "maxima")?;

    let half_lives = std::iter::once(row.half_life_hours)
        .chain(row.metabolites.iter().map(|metabolite| metabolite.half_life_hours))
        .all(|fact| fact.value.is_none_or(|hours| hours.low > 0.0));
    require(half_lives, Code::OutOfRange, "halfLifeHours")?;
    let tmax = row.tmax_hours.value.is_none_or(|hours| hours.low > 0.0);
    require(tmax, Code::OutOfRange, "tmaxHours")?;
    let onset = row.onset_weeks.value.is_none_or(|weeks| weeks.low >= 0.0);
    require(onset, Code::OutOfRange, "onsetWeeks")
}
