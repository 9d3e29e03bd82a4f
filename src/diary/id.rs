use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::{Code, Error, Result};

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
        let bad = || Error::new(Code::BadId, "").with("value", text);
        let bytes = text.as_bytes();
        if bytes.len() != 36 {
            return Err(bad());
        }
        let mut nibbles = [0_u8; 32];
        let mut filled = 0;
        for (place, &byte) in bytes.iter().enumerate() {
            if matches!(place, 8 | 13 | 18 | 23) {
                if byte != b'-' {
                    return Err(bad());
                }
                continue;
            }
            nibbles[filled] = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                _ => return Err(bad()),
            };
            filled += 1;
        }
        let mut id = [0; 16];
        for (byte, pair) in id.iter_mut().zip(nibbles.as_chunks::<2>().0) {
            *byte = pair[0] << 4 | pair[1];
        }
        Ok(Self(id))
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
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
        let hex = |part: &str| {
            let plain = part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            plain.then(|| u64::from_str_radix(part, 16).ok()).flatten()
        };
        let stamp = (text.len() == 29 && text.is_ascii() && text.as_bytes()[12] == b'-')
            .then(|| Some(Self { ms: hex(&text[..12])?, device: hex(&text[13..])? }))
            .flatten();
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
