//! Checks whether chats are posted to.

use jiff::Timestamp;

use super::diagnosis::Diagnosis;
use crate::{
    chat::{KIND, StatusFile},
    config::ServicesConfig,
    store::Store,
};

/// The name of what is examined.
const WHAT: &str = "chat";

/// Looks at the program that posts, if this machine is configured for a chat.
pub(super) fn examine(store: &Store, now: Timestamp) -> Vec<Diagnosis> {
    // What is wrong with the configuration is reported with the services.
    let Ok(Some(config)) = ServicesConfig::configured() else { return Vec::new() };
    if config.chats.is_empty() {
        return Vec::new();
    }
    let status = StatusFile::read(&StatusFile::path(store)).filter(|it| it.is_alive(now));
    let (Some(_), Some(status)) = (store.sole_holder(KIND), status) else {
        let advice = "start it: `systemctl enable --now space-chat`";
        return vec![Diagnosis::warning(WHAT, "not running: nothing is posted", advice)];
    };
    let advice = "`space chat status` shows more";
    let mut found =
        vec![Diagnosis::ok(WHAT, format!("running, {} posts since its start", status.posted))];
    found.extend(status.trouble.iter().map(|it| Diagnosis::error(WHAT, it, advice)));
    for (name, chat) in &config.chats {
        if let Err(error) = chat.app_secret() {
            found.push(Diagnosis::from_error(WHAT, error));
        } else if chat.app_secret_file.is_some() && !status.listening.contains(name) {
            let words = format!("{name}: commands and buttons are not heard");
            found.push(Diagnosis::warning(WHAT, words, advice));
        }
    }
    found
}
