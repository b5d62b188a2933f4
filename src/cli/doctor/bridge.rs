//! Checks whether messages are exchanged.

use std::path::Path;

use super::diagnosis::Diagnosis;
use crate::{
    bridge::{self, Direction, Inspection},
    config::BridgeConfig,
    store::Store,
};

/// The name of what is examined.
const WHAT: &str = "bridge";

/// Looks at the bridge, if this machine has one.
pub(super) fn examine(store: &Store, journal: &Path) -> Vec<Diagnosis> {
    let config = match BridgeConfig::configured() {
        Ok(Some(config)) => config,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![Diagnosis::from_error(WHAT, error)],
    };
    // The bridge may work with a repository of its own.
    let own = config.space.as_deref().map(Store::open).transpose();
    let own = match own {
        Ok(own) => own,
        Err(error) => return vec![Diagnosis::from_error(WHAT, error)],
    };
    let journal = config.journal.as_deref().unwrap_or(journal);
    match bridge::inspect(own.as_ref().unwrap_or(store), &config, journal) {
        Ok(look) => judge(&look),
        Err(error) => vec![Diagnosis::from_error(WHAT, error)],
    }
}

fn judge(look: &Inspection) -> Vec<Diagnosis> {
    let process = match (&look.process, &look.unreachable) {
        (Some(_), _) => Diagnosis::ok(WHAT, format!("running, through {}", look.place)),
        (None, Some(why)) => Diagnosis::error(
            WHAT,
            format!("not running, and {why}"),
            "check /etc/space/bridge.toml",
        ),
        (None, None) => Diagnosis::warning(
            WHAT,
            format!("not running; {} can be reached", look.place),
            "start it: `systemctl enable --now space-bridge`",
        ),
    };
    let status = look.status.as_ref().filter(|_| look.process.is_some());
    let directions = status.into_iter().flat_map(|it| {
        [("messages in", &it.incoming.direction), ("activities out", &it.outgoing.direction)]
    });
    let troubles = directions.filter_map(|(what, direction)| trouble(what, direction));
    [process].into_iter().chain(troubles).collect()
}

fn trouble(what: &str, direction: &Direction) -> Option<Diagnosis> {
    let why = direction.trouble.as_deref().filter(|_| direction.on)?;
    let advice = "`space bridge status` shows since when; nothing is lost meanwhile";
    Some(Diagnosis::error(what, why, advice))
}
