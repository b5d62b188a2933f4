//! Checks whether outside services follow the records.

use jiff::Timestamp;

use super::diagnosis::Diagnosis;
use crate::{
    app::{service::Concern, services},
    cli::advice,
    config::ServicesConfig,
    store::Store,
};

/// Looks at each service that this machine is configured for, by what was found last; asks none.
pub(super) fn examine(store: &Store, now: Timestamp) -> Vec<Diagnosis> {
    let config = match ServicesConfig::configured() {
        Ok(Some(config)) => config,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![Diagnosis::from_error("services", error)],
    };
    let Ok(head) = store.head().and_then(|head| store.read(head)) else {
        return Vec::new(); // the check of the records reports that
    };
    let rows = match services::overview(&config, &head) {
        Ok(rows) => rows,
        Err(error) => return vec![Diagnosis::from_error("services", error)],
    };
    let mut found = Vec::new();
    for row in rows {
        let name = row.service.as_str();
        let secret = config.processors.get(&row.service).map(|it| it.secret());
        let secret = secret.or_else(|| config.chats.get(&row.service).map(|it| it.secret()));
        found.push(match (secret, row.concern(now)) {
            (Some(Err(error)), _) => Diagnosis::from_error(name, error),
            (_, Some(Concern { is_error: true, words, advice })) => {
                Diagnosis::error(name, words, advice::words(&advice))
            }
            (_, Some(Concern { words, advice, .. })) => {
                Diagnosis::warning(name, words, advice::words(&advice))
            }
            (_, None) => Diagnosis::ok(name, row.how()),
        });
    }
    let elsewhere = head.contacts(|_| true).into_iter().filter_map(|(_, it)| it.pays_by);
    let unknown = elsewhere.filter(|name| !config.processors.contains_key(name)).count();
    if unknown > 0 {
        found.push(Diagnosis::warning(
            "services",
            format!("{unknown} members pay by a processor that is not configured here"),
            "`space member edit 0042 --pays-by stripe` corrects it, or add it to services.toml",
        ));
    }
    found
}
