use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::{Code, Error, Result};

/// Where the sixteen pairs of digits stand in the text form of a UUID, and the hyphens between.
const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// What a byte stands for as a hexadecimal digit of either case; [`NO_DIGIT`] or more when it is
/// none. A table, because opening a diary reads a hundred digits for each entry.
static NIBBLES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        let digit = DIGITS[value as usize];
        values[digit as usize] = value;
        values[digit.to_ascii_uppercase() as usize] = value;
        value += 1;
    }
    values
};
const NO_DIGIT: u8 = 16;

/// The identifier of an entry: a UUID, version 7 when made here, so that identifiers sort by the
/// time they were made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId([u8; 16]);

impl EntryId {
    /// A version 7 UUID of the instant `ms` and ten random bytes (RFC 9562 §5.7).
    #[must_use]
    pub fn new(ms: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Self(bytes)
    }

    /// Reads the usual text form of any UUID.
    ///
    /// # Errors
    /// [`Code::BadId`].
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
            let mut id = [0; 16];
            let mut seen = 0;
            for (byte, place) in id.iter_mut().zip(PAIRS) {
                let (high, low) =
                    (NIBBLES[text[place] as usize], NIBBLES[text[place + 1] as usize]);
                seen |= high | low;
                *byte = high << 4 | low;
            }
            let divided = HYPHENS.iter().all(|place| text[*place] == b'-');
            (divided && seen < NO_DIGIT).then_some(Self(id))
        };
        read().ok_or_else(|| Error::new(Code::BadId, "").with("value", text))
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [b'-'; 36];
        for (byte, place) in self.0.iter().zip(PAIRS) {
            text[place] = DIGITS[usize::from(byte >> 4)];
            text[place + 1] = DIGITS[usize::from(byte & 0xf)];
        }
        // Hexadecimal digits and hyphens are always text.
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// When and on which device a version of an entry was written: a hybrid logical clock.
///
/// Stamps order all versions of an entry the same way on every device. Written as twelve
/// hexadecimal digits of milliseconds, a hyphen, and sixteen of the device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    ms: u64,
    device: u64,
}

impl Stamp {
    const MAX_MS: u64 = (1 << 48) - 1;

    /// The stamp of something written at `now` (milliseconds) on `device`, after `last`: the
    /// clock never runs backwards, even when the wall clock does.
    #[must_use]
    pub fn next(now: u64, device: u64, last: Option<Self>) -> Self {
        let floor = last.map_or(0, |last| last.ms.saturating_add(1));
        Self { ms: now.max(floor).min(Self::MAX_MS), device }
    }

    /// Its milliseconds since 1970-01-01, raised where a clock stood still or ran backwards.
    #[must_use]
    pub const fn ms(self) -> u64 {
        self.ms
    }

    /// The same stamp, raised above `last` where it is not higher.
    pub(crate) fn after(self, last: Self) -> Self {
        if self > last { self } else { Self::next(self.ms, self.device, Some(last)) }
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Code::BadId`].
    pub fn parse(text: &str) -> Result<Self> {
        let hex = |digits: &[u8]| {
            digits.iter().try_fold(0, |number, digit| {
                let value = NIBBLES[usize::from(*digit)];
                let is_plain = value < NO_DIGIT && !digit.is_ascii_uppercase();
                is_plain.then_some(number << 4 | u64::from(value))
            })
        };
        let stamp = match text.as_bytes().split_at_checked(12) {
            Some((ms, [b'-', device @ ..])) if device.len() == 16 => {
                hex(ms).zip(hex(device)).map(|(ms, device)| Self { ms, device })
            }
            _ => None,
        };
        stamp.ok_or_else(|| Error::new(Code::BadId, "").with("value", text))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}-{:016x}", self.ms, self.device)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
