//! Relapse screen: readings of a questionnaire after a remission that suggest a relapse.
//!
//! The screen of an instrument's row is met by two readings in a row that are high (at or above its
//! limit, and so many points above the mean of the last two in remission) and lie as many days apart as
//! it says. One high reading *waits* for the second.

use crate::diary::Day;
use crate::reference::{Instrument, RelapseScreen};

/// How readings stand to the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Screened {
    /// The first of the two readings that met it, until there is a remission again.
    pub(super) since: Option<Day>,
    /// Whether the last reading is high after a remission and nothing has met the screen yet.
    pub(super) waits: bool,
}

/// The remission cut-off and the screen of a row that has both.
pub(super) fn screen_of(row: &Instrument) -> Option<(f64, RelapseScreen)> {
    Some((f64::from(row.remission.value?), row.relapse.value?))
}

/// The readings, by day and one a day, against the screen.
pub(super) fn screened(
    readings: &[(Day, f64)],
    remission: f64,
    screen: &RelapseScreen,
) -> Screened {
    let mut well: Option<f64> = None;
    let mut found = Screened::default();
    let (least, most) = screen.days_apart;
    for pair in readings.windows(2) {
        let [(earlier, first), (later, second)] = [pair[0], pair[1]];
        if first < remission && second < remission {
            well = Some(f64::midpoint(first, second));
            found = Screened::default();
            continue;
        }
        let Some(well) = well else { continue };
        let high = |total: f64| {
            total >= f64::from(screen.at_least) && total - well >= f64::from(screen.rise)
        };
        let in_time = (i32::from(least)..=i32::from(most)).contains(&later.since(earlier));
        if in_time && high(first) && high(second) && found.since.is_none() {
            found.since = Some(earlier);
        }
        found.waits = high(second) && found.since.is_none();
    }
    found
}
