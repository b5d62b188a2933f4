//! Who asks: names and passwords of people, tokens of programs.

mod attempts;
mod basic;
mod guard;
mod login_file;
mod password;
mod token;
mod verdicts;

pub use password::hash_password;
pub use token::new_token;

pub(super) use basic::bearer;
pub(super) use guard::require_login;
pub(super) use login_file::LoginFile;
pub(super) use token::find as find_token;

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use attempts::Attempts;
use tokio::sync::Semaphore;
use verdicts::Verdicts;

use crate::{
    config::{Role, WebConfig},
    store::Author,
};

/// From where a request came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Peer {
    /// The address; `None` for a Unix socket.
    pub(super) address: Option<IpAddr>,
    /// Whether a proxy says who asks.
    pub(super) behind_proxy: bool,
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Visitor {
    /// The name of the login.
    pub(super) login: String,
    /// What it may do.
    pub(super) role: Role,
    /// The author of what it changes.
    pub(super) author: Author,
}

/// The logins of the configuration, and what is known about attempts to use them.
pub(super) struct Logins {
    config: RwLock<Arc<WebConfig>>,
    attempts: Mutex<Attempts>,
    verdicts: Mutex<Verdicts>,
    /// Verifying a password takes memory and time, so only one is verified at a time.
    place: Semaphore,
}

impl Logins {
    /// Takes the logins of a configuration.
    pub(super) fn new(config: Arc<WebConfig>) -> Self {
        Self {
            config: RwLock::new(config),
            attempts: Mutex::default(),
            verdicts: Mutex::default(),
            place: Semaphore::new(1),
        }
    }

    /// Replaces the configuration: who is no longer in it is out at once.
    pub(super) fn replace(&self, config: Arc<WebConfig>) {
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        *self.verdicts() = Verdicts::default();
    }

    /// Returns the configuration.
    pub(super) fn config(&self) -> Arc<WebConfig> {
        Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdicts(&self) -> MutexGuard<'_, Verdicts> {
        self.verdicts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
