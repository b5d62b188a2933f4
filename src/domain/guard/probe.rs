//! Judges what one thermometer says.

use super::{Limits, Millidegrees, Millis, Reading};

/// What no thermometer in a building says unless it is broken: a DS18B20 says 85.000 before its first
/// measurement and 127.937 when it gets too little power, and some drivers say -127 if there is none.
const PLAUSIBLE: core::ops::RangeInclusive<Millidegrees> = -40_000..=80_000;

/// How far apart the readings are by which the slope is judged, at least.
const ANCHOR: Millis = 60_000;

/// What to think of a thermometer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Its latest reading can be believed.
    Good(Millidegrees),
    /// It said nothing lately.
    Silent,
    /// It says what it cannot have measured.
    Implausible,
    /// Its reading is fresh and plausible, but moved faster than a room can.
    TooFast(Millidegrees),
    /// Its reading is fresh and plausible, but has not moved for too long.
    Frozen(Millidegrees),
}

/// What is remembered of one thermometer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Probe {
    /// The time of the latest reading that was judged.
    judged: Option<Millis>,
    /// An earlier reading that was believed; those after it are measured by it.
    anchor: Option<Reading>,
    /// The value, and since when it has been the same.
    same: Option<Reading>,
}

impl Verdict {
    /// Returns the temperature, if the reading is fresh and plausible.
    #[must_use]
    pub const fn temperature(self) -> Option<Millidegrees> {
        match self {
            Self::Good(value) | Self::TooFast(value) | Self::Frozen(value) => Some(value),
            Self::Silent | Self::Implausible => None,
        }
    }

    /// Returns the word for it: `too-fast`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good(_) => "good",
            Self::Silent => "silent",
            Self::Implausible => "implausible",
            Self::TooFast(_) => "too-fast",
            Self::Frozen(_) => "frozen",
        }
    }
}

impl Probe {
    /// Makes the memory of a thermometer that said nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { judged: None, anchor: None, same: None }
    }

    /// Judges the latest reading at a moment; tells as well whether it is a new one.
    ///
    /// A value that moved too fast is believed again once so much time has passed since the anchor
    /// that a room could have come to it.
    pub fn judge(
        &mut self,
        now: Millis,
        latest: Option<Reading>,
        limits: &Limits,
    ) -> (Verdict, bool) {
        let Some(reading) = latest else { return (Verdict::Silent, false) };
        let age = now.checked_sub(reading.at);
        if age.is_none_or(|age| age > limits.fresh) {
            return (Verdict::Silent, false);
        }
        let new = self.judged.is_none_or(|judged| reading.at > judged);
        self.judged = Some(reading.at);
        if !PLAUSIBLE.contains(&reading.value) {
            return (Verdict::Implausible, new);
        }
        let same = self.same.filter(|same| same.value == reading.value).unwrap_or(reading);
        self.same = Some(same);
        let anchor = *self.anchor.get_or_insert(reading);
        let passed = reading.at.saturating_sub(anchor.at);
        if reading.value.abs_diff(anchor.value) > reach(passed, limits) {
            return (Verdict::TooFast(reading.value), new);
        }
        if passed >= ANCHOR {
            self.anchor = Some(reading);
        }
        if reading.at.saturating_sub(same.at) >= limits.frozen {
            return (Verdict::Frozen(reading.value), new);
        }
        (Verdict::Good(reading.value), new)
    }
}

impl Default for Probe {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns how far a temperature can have moved after some time.
fn reach(passed: Millis, limits: &Limits) -> u32 {
    let slope = u64::from(limits.slope.unsigned_abs());
    let moved = slope.saturating_mul(passed) / 60_000;
    let reach = moved.saturating_add(u64::from(limits.noise.unsigned_abs()));
    u32::try_from(reach).unwrap_or(u32::MAX)
}
