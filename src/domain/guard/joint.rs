//! Puts together what all thermometers say.

use super::{Fault, Limits, Temperature, Verdict};

/// Returns how warm it is by the warmest reading that is fresh and plausible, and why the
/// thermometers cannot be believed, if so.
///
/// A thermometer that says nothing, or what cannot be, is tolerated while enough others are good. One
/// that moves too fast or not at all is not: it may be right, and then the others are wrong.
#[must_use]
pub fn joint(verdicts: &[Verdict], limits: &Limits) -> (Temperature, Option<Fault>) {
    let mut good: u8 = 0;
    let (mut too_fast, mut frozen) = (false, false);
    let mut range = None;
    for verdict in verdicts {
        match verdict {
            Verdict::Good(_) => good = good.saturating_add(1),
            Verdict::TooFast(_) => too_fast = true,
            Verdict::Frozen(_) => frozen = true,
            Verdict::Silent | Verdict::Implausible => {}
        }
        if let Some(value) = verdict.temperature() {
            let (low, high) = range.unwrap_or((value, value));
            range = Some((value.min(low), value.max(high)));
        }
    }
    let temperature = match range {
        Some((_, high)) if high >= limits.limit => Temperature::TooWarm,
        Some((_, high)) if high > limits.limit.saturating_sub(limits.hysteresis) => {
            Temperature::Warm
        }
        _ => Temperature::Cool,
    };
    let apart = range.map_or(0, |(low, high)| high.abs_diff(low));
    let fault = if too_fast {
        Some(Fault::TooFast)
    } else if frozen {
        Some(Fault::Frozen)
    } else if good < limits.quorum {
        Some(Fault::NoReading)
    } else if apart > limits.tolerance.unsigned_abs() {
        Some(Fault::Disagree)
    } else {
        None
    };
    (temperature, fault)
}
