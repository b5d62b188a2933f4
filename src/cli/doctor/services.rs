//! Checks whether outside services follow the records.

use super::diagnosis::Diagnosis;
use crate::{
    app::{chat, service, zone},
    config::ServicesConfig,
    store::Store,
};

/// Looks at each service that this machine is configured for, by what was found last; asks none.
pub(super) fn examine(store: &Store) -> Vec<Diagnosis> {
    let config = match ServicesConfig::configured() {
        Ok(Some(config)) => config,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![Diagnosis::from_error("services", error)],
    };
    let Ok(head) = store.head().and_then(|head| store.read(head)) else {
        return Vec::new(); // the check of the records reports that
    };
    let zone = zone::or_utc(&head);
    let chats = chat::overview(&config, &head, &zone).map(|rows| {
        // A chat to which nobody is invited is only posted to.
        let (channels, _) = chat::channels(&head);
        let follows = |name: &crate::domain::model::Slug| {
            channels.iter().any(|(_, it)| it.chat == *name && !it.groups.is_empty())
        };
        rows.into_iter().filter(|row| follows(&row.service)).collect::<Vec<_>>()
    });
    let rows = match service::overview(&config, &head, &zone)
        .and_then(|rows| Ok([rows, chats?].concat()))
    {
        Ok(rows) => rows,
        Err(error) => return vec![Diagnosis::from_error("services", error)],
    };
    let mut found = Vec::new();
    for row in rows {
        let name = row.service.as_str();
        let secret = config.processors.get(&row.service).map(|it| it.secret());
        let secret = secret.or_else(|| config.chats.get(&row.service).map(|it| it.secret()));
        found.push(match (secret, &row.trouble, row.compared) {
            (Some(Err(error)), ..) => Diagnosis::from_error(name, error),
            (_, Some(trouble), _) => {
                Diagnosis::error(name, trouble, format!("`space service plan {name}` tries again"))
            }
            (_, None, None) => Diagnosis::warning(
                name,
                "it was never compared with the records",
                format!("`space service plan {name}` shows what differs"),
            ),
            (_, None, Some(_)) if row.open > 0 => Diagnosis::warning(
                name,
                row.how(),
                format!("`space service apply {name}` brings it to agree"),
            ),
            (_, None, Some(_)) if !row.drift.is_empty() || !row.held.is_empty() => {
                Diagnosis::warning(
                    name,
                    row.how(),
                    format!("`space service status {name}` says what to look at"),
                )
            }
            (_, None, Some(_)) => Diagnosis::ok(name, row.how()),
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
