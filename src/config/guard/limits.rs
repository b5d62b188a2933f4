//! The limits as an admin writes them: in degrees, seconds and minutes.

use serde::Deserialize;

use crate::domain::guard::{Bound, Limits, Millidegrees, Millis};

/// The limits as written; what is not given is as [`Limits::DEFAULT`] has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LimitsWritten {
    limit: Option<f64>,
    hysteresis: Option<f64>,
    tolerance: Option<f64>,
    quorum: Option<u8>,
    fresh_seconds: Option<u32>,
    degrees_per_minute: Option<f64>,
    noise: Option<f64>,
    frozen_minutes: Option<u32>,
    settle_seconds: Option<u32>,
    off_seconds: Option<u32>,
    on_minutes: Option<u32>,
}

/// Converts degrees; what is not a number becomes 0, which is in no range.
fn millidegrees(degrees: f64) -> Millidegrees {
    (degrees * 1_000.0).round() as Millidegrees
}

fn millis(number: u32, seconds: u64) -> Millis {
    u64::from(number) * seconds * 1_000
}

impl LimitsWritten {
    /// Returns the limits, whether or not they are in range.
    pub(super) fn limits(&self) -> Limits {
        let or = |given: Option<f64>, default| given.map_or(default, millidegrees);
        let seconds = |given: Option<u32>, default| given.map_or(default, |it| millis(it, 1));
        let minutes = |given: Option<u32>, default| given.map_or(default, |it| millis(it, 60));
        let default = Limits::DEFAULT;
        Limits {
            limit: or(self.limit, default.limit),
            hysteresis: or(self.hysteresis, default.hysteresis),
            tolerance: or(self.tolerance, default.tolerance),
            quorum: self.quorum.unwrap_or(default.quorum),
            fresh: seconds(self.fresh_seconds, default.fresh),
            slope: or(self.degrees_per_minute, default.slope),
            noise: or(self.noise, default.noise),
            frozen: minutes(self.frozen_minutes, default.frozen),
            settle: seconds(self.settle_seconds, default.settle),
            least_off: seconds(self.off_seconds, default.least_off),
            most_on: minutes(self.on_minutes, default.most_on),
        }
    }

    /// Says which numbers are out of range, as they were written.
    pub(super) fn out_of_range(&self) -> Vec<String> {
        let said = |bound: Bound| {
            let (key, given, unit) = self.written(&bound);
            let shown = |number: u32| f64::from(number) / unit;
            let (least, most) = (shown(bound.least), shown(bound.most));
            format!("limits.{key} is {given}: use {least} to {most}")
        };
        self.limits().exceeded().map(said).collect()
    }

    /// Returns the key of a limit, what was written, and the size of its unit.
    fn written(&self, bound: &Bound) -> (&'static str, f64, f64) {
        let number = |given: Option<u32>| given.map_or(f64::NAN, f64::from);
        let degrees = |given: Option<f64>| given.unwrap_or(f64::NAN);
        match bound.name {
            "limit" => ("limit", degrees(self.limit), 1e3),
            "hysteresis" => ("hysteresis", degrees(self.hysteresis), 1e3),
            "tolerance" => ("tolerance", degrees(self.tolerance), 1e3),
            "quorum" => ("quorum", self.quorum.map_or(f64::NAN, f64::from), 1.0),
            "fresh" => ("fresh_seconds", number(self.fresh_seconds), 1e3),
            "slope" => ("degrees_per_minute", degrees(self.degrees_per_minute), 1e3),
            "noise" => ("noise", degrees(self.noise), 1e3),
            "frozen" => ("frozen_minutes", number(self.frozen_minutes), 60e3),
            "settle" => ("settle_seconds", number(self.settle_seconds), 1e3),
            "least_off" => ("off_seconds", number(self.off_seconds), 1e3),
            "most_on" => ("on_minutes", number(self.on_minutes), 60e3),
            other => (other, f64::NAN, 1.0),
        }
    }
}
