//! Who is there: what a portal says of its own people, so that no page says more than is so.

use crate::diary::Phone;
use crate::error::{Message, Param};
use crate::reference::{self, Instrument};

/// Someone of the portal who can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Who it is.
    pub name: Box<str>,
    /// The number.
    pub phone: Phone,
    /// When someone answers.
    pub hours: Option<Box<str>>,
}

/// Who of the portal looks at the answers, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitored {
    /// Who, as the beginning of a sentence: "Your care team".
    pub who: Box<str>,
    /// When, as its end: "on weekdays from 9 to 5".
    pub when: Box<str>,
}

/// What a portal says of help. Nothing said: no one sees an answer and no one is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// ISO 3166 code of the country that the person is in, where it is known.
    pub country: Option<Box<str>>,
    /// Who can be called.
    pub contacts: Vec<Helper>,
    /// Who looks at the answers.
    pub monitored: Option<Monitored>,
    /// Who answers at once when a risk assessment is positive.
    pub responder: Option<Helper>,
    /// Whether the portal's system gets a message, without detail, on the full crisis path.
    pub is_told: bool,
}

impl Support {
    /// Who sees an answer about self-harm, and when: said before it is given.
    #[must_use]
    pub fn who_sees(&self) -> Message {
        let sees = match &self.monitored {
            Some(Monitored { who, when }) => {
                Message::new("help.monitored").with("who", &**who).with("when", &**when)
            }
            None => Message::new("help.no-one-sees"),
        };
        match self.is_told {
            true => Message::new("help.sees-and-message").with("sees", Param::from(sees)),
            false => sees,
        }
    }

    /// Whether an instrument may be offered: one that assesses the risk itself only where someone
    /// answers at once. What is recorded is kept and scored all the same.
    #[must_use]
    pub fn offers(&self, instrument: &str) -> bool {
        let row = reference::instruments().find(instrument);
        self.responder.is_some() || !row.is_some_and(Instrument::assesses_risk)
    }
}
