//! All outside services of this machine that follow the records, and how they were found last.

use jiff::Timestamp;

use super::{
    AppError, chat,
    service::{self, ServiceView},
    zone,
};
use crate::{
    config::ServicesConfig,
    domain::model::{Finding, FindingCode, Slug},
    store::{Revision, Store},
};

/// Lists the payment processors, and the chats to whose channels people are invited; others are only
/// posted to.
///
/// # Errors
/// Fails if what is remembered cannot be read.
pub fn overview(
    config: &ServicesConfig,
    head: &Revision<'_>,
) -> Result<Vec<ServiceView>, AppError> {
    let zone = zone::or_utc(head);
    let mut rows = service::overview(config, head, &zone)?;
    let (channels, _) = chat::channels(head);
    let follows =
        |name: &Slug| channels.iter().any(|(_, it)| it.chat == *name && !it.groups.is_empty());
    let chats = chat::overview(config, head, &zone)?;
    rows.extend(chats.into_iter().filter(|row| follows(&row.service)));
    Ok(rows)
}

/// Returns what is not as it should be with the services that this machine brings to agree with this space,
/// by what was found last; none is asked.
#[must_use]
pub fn findings(store: &Store, now: Timestamp) -> Vec<Finding> {
    let config = match ServicesConfig::configured() {
        Ok(Some(config)) => config,
        Ok(None) => return Vec::new(),
        Err(error) => {
            return vec![Finding::warning(FindingCode::BadServices, "services", error.to_string())];
        }
    };
    let is_other = |path| Store::open(path).is_ok_and(|it| it.dir() != store.dir());
    if config.space.as_deref().is_some_and(is_other) {
        return Vec::new();
    }
    let Ok(head) = store.head().and_then(|head| store.read(head)) else { return Vec::new() };
    match overview(&config, &head) {
        Ok(rows) => rows.iter().filter_map(|row| row.finding(now)).collect(),
        Err(error) => {
            vec![Finding::warning(FindingCode::ServiceDiffers, "services", error.message)]
        }
    }
}
