//! Checks whether the building is measured.

use jiff::Timestamp;

use super::diagnosis::Diagnosis;
use crate::config::{BuildingConfig, BuildingState};

/// The name of what is examined.
const WHAT: &str = "building";

/// Looks at the building, if this machine measures one.
pub(super) fn examine(now: Timestamp) -> Vec<Diagnosis> {
    let config = match BuildingConfig::configured() {
        Ok(Some(config)) => config,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![Diagnosis::from_error(WHAT, error)],
    };
    match BuildingState::read(&config.state) {
        Ok(Some(state)) if state.is_alive(now) => judge(&state),
        Ok(_) => vec![Diagnosis::warning(
            WHAT,
            "not running",
            "start it: `systemctl enable --now space-building`",
        )],
        Err(error) => vec![Diagnosis::warning(
            WHAT,
            format!("cannot read {}: {error}", config.state.display()),
            "see journalctl -u space-building",
        )],
    }
}

fn judge(state: &BuildingState) -> Vec<Diagnosis> {
    let advice = "`space building status` shows more";
    let meters = state.meters.len();
    let mut found = vec![Diagnosis::ok(WHAT, format!("running, with {meters} meters"))];
    let broker = state.broker.as_ref();
    if let Some(why) = broker.and_then(|it| it.trouble.as_ref()) {
        found.push(Diagnosis::error(WHAT, format!("no connection with the broker: {why}"), advice));
    }
    let odd: Vec<&str> =
        state.meters.iter().filter(|it| it.trouble.is_some()).map(|it| it.meter.as_str()).collect();
    if !odd.is_empty() {
        let words = format!("not all is good with {}", odd.join(", "));
        found.push(Diagnosis::warning(WHAT, words, advice));
    }
    found.extend(state.trouble.iter().map(|it| Diagnosis::warning(WHAT, it, advice)));
    found.extend(state.alarms.iter().map(|it| Diagnosis::warning(WHAT, &it.words, advice)));
    found
}
