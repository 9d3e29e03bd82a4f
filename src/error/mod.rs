//! What went wrong.
//!
//! There is one [`Error`]: a stable [`Code`] a program can test, the field it is about and the
//! values its sentence needs. The sentence itself stands in the language catalogue of `report`,
//! under `error.<code>`. At the boundary an error becomes a JavaScript `Error` with `.code` and
//! `.field`.

mod message;

use std::fmt;

pub use message::{Message, Param};

/// Result of anything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why something was refused. The text form is stable and part of the public interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in declared order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable text form, for example `"never-due"`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The key of the sentence in the language catalogue.
            #[must_use]
            pub const fn message_id(self) -> &'static str {
                match self { $(Self::$name => concat!("error.", $code),)* }
            }
        }
    };
}

codes! {
    /// The text is not JSON.
    InvalidJson = "invalid-json",
    /// The text is not a table of comma-separated values in UTF-8.
    InvalidCsv = "invalid-csv",
    /// A value has another type than the field holds.
    WrongType = "wrong-type",
    /// A field that the kind needs is absent.
    MissingField = "missing-field",
    /// A field that the kind does not have.
    UnknownField = "unknown-field",
    /// A word that is not in the list this field allows.
    UnknownValue = "unknown-value",
    /// A number outside the range this field allows.
    OutOfRange = "out-of-range",
    /// Text that is empty or longer than this field allows.
    BadText = "bad-text",
    /// A day or an instant that does not exist or is not written as ISO 8601.
    BadDate = "bad-date",
    /// An identifier that is not a UUID.
    BadId = "bad-id",
    /// An end before its start.
    EndBeforeStart = "end-before-start",
    /// A schedule on which no dose would ever be due.
    NeverDue = "never-due",
    /// Two fields of which exactly one is needed.
    ExactlyOne = "exactly-one",
    /// An entry with this identifier is not in the diary, or was removed.
    NoSuchEntry = "no-such-entry",
    /// The entry that a field points to is not of the kind the field needs.
    NotThatKind = "not-that-kind",
    /// What is asked for is not offered for this medicine or this person.
    NotSuitable = "not-suitable",
    /// A part that the portal or the build left out, or that is not for this reader.
    NotAvailable = "not-available",
    /// A questionnaire that is not what the tables say of its instrument.
    UnfitQuestionnaire = "unfit-questionnaire",
    /// Another pack of reference tables is in use already.
    PackInUse = "pack-in-use",
    /// The file was written by a newer version.
    NewerVersion = "newer-version",
    /// The diary belongs to another subject.
    SubjectMismatch = "subject-mismatch",
}

/// One refusal: nothing was changed.
///
/// It is one pointer wide, so that results of what is read, thousands for a diary, stay small.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Refusal>);

#[derive(Clone, Debug, PartialEq)]
struct Refusal {
    code: Code,
    field: String,
    params: Vec<(&'static str, Param)>,
}

impl Error {
    /// A refusal about `field`, a path such as `"schedule.doses[0].amount"`.
    #[must_use]
    #[cold]
    pub fn new(code: Code, field: impl Into<String>) -> Self {
        Self(Box::new(Refusal { code, field: field.into(), params: Vec::new() }))
    }

    /// The same refusal with a value for its sentence.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Param>) -> Self {
        self.with_param(name, value.into())
    }

    #[cold]
    #[inline(never)]
    fn with_param(mut self, name: &'static str, value: Param) -> Self {
        self.0.params.push((name, value));
        self
    }

    /// The same refusal, seen from the object that holds the field: `"amount"` inside
    /// `"doses[0]"` becomes `"doses[0].amount"`.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn inside(mut self, outer: &str) -> Self {
        let field = &mut self.0.field;
        if !outer.is_empty() {
            let dot = if field.is_empty() || field.starts_with('[') { "" } else { "." };
            *field = [outer, dot, field].concat();
        }
        self
    }

    /// The same refusal about a field that goes by another name where it stands.
    #[must_use]
    pub fn renamed(mut self, field: &str) -> Self {
        field.clone_into(&mut self.0.field);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Path of the field, empty when the refusal is about the whole.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.0.field
    }

    /// The sentence for a person, to be worded by the catalogue.
    #[must_use]
    pub fn message(&self) -> Message {
        let Refusal { code, field, params } = self.0.as_ref();
        let mut params = params.clone();
        params.push(("field", Param::Text(field.clone())));
        Message { id: code.message_id(), params }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().as_str())?;
        match self.field() {
            "" => Ok(()),
            field => write!(f, " at {field}"),
        }
    }
}

impl std::error::Error for Error {}
