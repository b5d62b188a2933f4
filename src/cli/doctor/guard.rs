//! Checks whether the furnace is guarded.

use std::path::Path;

use jiff::Timestamp;

use super::diagnosis::Diagnosis;
use crate::config::{GUARD_PATH, GuardConfig, GuardState, Trust};

/// The name of what is examined.
const WHAT: &str = "guard";

/// Looks at the guard, if this machine has one.
pub(super) fn examine(now: Timestamp) -> Vec<Diagnosis> {
    let path = Path::new(GUARD_PATH);
    if !path.exists() {
        return Vec::new();
    }
    let config = match GuardConfig::read(path, Trust::Root) {
        Ok(config) => config,
        Err(error) => return vec![Diagnosis::from_error(WHAT, error)],
    };
    vec![match GuardState::read(&config.state) {
        Ok(Some(state)) if state.is_alive(now) => judge(&state),
        Ok(_) => Diagnosis::warning(
            WHAT,
            "not running",
            "start it: `systemctl enable --now space-guard`",
        ),
        Err(error) => Diagnosis::warning(
            WHAT,
            format!("cannot read {}: {error}", config.state.display()),
            "see journalctl -u space-guard",
        ),
    }]
}

/// Says how a guard is that works; a cut furnace is what it is for.
fn judge(state: &GuardState) -> Diagnosis {
    let odd: Vec<&str> = state
        .thermometers
        .iter()
        .filter(|it| it.verdict != "good")
        .map(|it| it.name.as_str())
        .collect();
    if odd.is_empty() {
        return Diagnosis::ok(WHAT, format!("running: {}", state.state));
    }
    let found = format!("running, but not all is good with {}", odd.join(", "));
    Diagnosis::warning(WHAT, found, "`space guard status` shows more")
}
