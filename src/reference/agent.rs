use super::reading::row;
use super::{Confidence, Medicine, Sourced, Sources, Subclass, Text};
use crate::diary::words;

words! {
    /// What kind of thing an [`Agent`] is.
    AgentKind {
        /// A prescribed medicine that has no row of its own among the medicines.
        Medicine = "medicine",
        /// Bought without a prescription: pain, cold and sleep products, supplements.
        OverTheCounter = "over-the-counter",
        /// Alcohol, caffeine, cannabis and their kind.
        Substance = "substance",
        /// Food and drink.
        Food = "food",
        /// A fact of the person's life, looked up by its id only.
        Circumstance = "circumstance",
    }
}

/// Something besides the medicines that can clash with one: another medicine, a product of the shop
/// counter, a substance, a food or a circumstance such as pregnancy.
///
/// Its names are recalled; its code is a verified one or absent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Agent {
    /// Kebab-case id, for example `"st-johns-wort"`; no medicine and no group has the same.
    pub id: Text,
    /// Plain name.
    pub name: Text,
    /// What kind of thing it is.
    pub kind: AgentKind,
    /// How it works, where rules about that class hold for it as well.
    pub class: Option<Subclass>,
    /// Other names and brands.
    pub also: Vec<Text>,
    /// RxNorm identifier of the ingredient; `None`: matched by name only.
    pub rxnorm: Option<Sourced<Text>>,
}

row!(Agent { id, name, kind, class, also, rxnorm });

/// Medicines and agents that a rule names together: a class, or those that share a property.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Group {
    /// Kebab-case id, for example `"maoi"`.
    pub id: Text,
    /// Plain name of one of the group, with its article.
    pub name: Text,
    /// Everything of these subclasses belongs to it.
    pub classes: Vec<Subclass>,
    /// Ids of the medicines and agents that belong to it besides.
    pub members: Vec<Text>,
    /// Where the grouping comes from.
    pub sources: Sources,
    /// How far it was checked.
    pub confidence: Confidence,
}

row!(Group { id, name, classes, members, sources, confidence });

/// Something that is taken, as far as the tables know it.
#[derive(Clone, Copy, Debug)]
pub enum Known<'a> {
    /// A medicine of the table.
    Medicine(&'a Medicine),
    /// An agent of the table.
    Agent(&'a Agent),
    /// Listed nowhere, but of a class that the person gave it: a [`Subclass`] or the id of a
    /// [`Group`]. Rules about that class still hold.
    OfClass(&'a str),
}

impl<'a> Known<'a> {
    /// The id of its row; `None` for something known by its class only.
    #[must_use]
    pub fn id(self) -> Option<&'a str> {
        match self {
            Self::Medicine(row) => Some(row.id.as_str()),
            Self::Agent(row) => Some(row.id.as_str()),
            Self::OfClass(_) => None,
        }
    }

    /// How it works, as far as class rules need it; `None` where that is not known.
    #[must_use]
    pub fn subclass(self) -> Option<Subclass> {
        match self {
            Self::Medicine(row) => Some(row.subclass.value),
            Self::Agent(row) => row.class,
            Self::OfClass(class) => Subclass::parse(class),
        }
    }

    /// Whether it belongs to `group`.
    #[must_use]
    pub fn is_of(self, group: &Group) -> bool {
        self.subclass().is_some_and(|class| group.classes.contains(&class))
            || match self {
                Self::OfClass(class) => group.id.as_str() == class,
                Self::Medicine(Medicine { id, .. }) | Self::Agent(Agent { id, .. }) => {
                    group.members.contains(id)
                }
            }
    }
}
