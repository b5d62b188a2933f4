//! Why a request was not carried out.

use std::{fmt, io::ErrorKind as ErrorKindOfFile};

use serde::Serialize;

use crate::{
    config::ConfigError,
    domain::{
        model::{Advice, Finding},
        ops::Refusal,
    },
    integrations::sealed::SealedError,
    store::{ErrorKind, StoreError},
};

/// What went wrong, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AppError {
    /// Who has to act.
    pub kind: ErrorKind,
    /// What went wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub advice: Option<Advice>,
    /// All findings, if a check is the reason.
    pub findings: Vec<Finding>,
}

impl AppError {
    /// Makes an error about the request.
    #[must_use]
    pub fn user(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::User, message)
    }

    /// Makes an error about the data.
    #[must_use]
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message)
    }

    /// Makes an error about the machine.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// Makes an error of a kind.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), advice: None, findings: Vec::new() }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, advice: impl Into<Advice>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let mut converted = Self::new(error.kind(), error.to_string());
        converted.advice = error.hint();
        if let StoreError::Refused(findings) | StoreError::NotJoined(findings) = error {
            converted.findings = findings;
        }
        converted
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        let kind = if refusal.unchanged { ErrorKind::Unchanged } else { ErrorKind::User };
        Self { advice: refusal.advice, ..Self::new(kind, refusal.message) }
    }
}

impl From<ConfigError> for AppError {
    fn from(error: ConfigError) -> Self {
        let mut converted = Self::data(error.to_string());
        match error {
            ConfigError::Refused(_, findings) => converted.findings = findings,
            ConfigError::Io { path, source }
                if source.kind() == ErrorKindOfFile::PermissionDenied =>
            {
                let path = path.display();
                converted = converted.hint(format!(
                    "whoever runs the program has to be able to read it: `chmod 644 {path}`, unless it \
                     has a secret in it"
                ));
            }
            ConfigError::Io { .. } => {}
        }
        converted
    }
}

impl From<SealedError> for AppError {
    fn from(error: SealedError) -> Self {
        let message = error.to_string();
        match error {
            SealedError::NotSealed(_) => Self::user(message)
                .hint("name a file that was made as a backup of a space, or a repository"),
            SealedError::WrongPassphrase(_) => {
                Self::user(message).hint("try another one; nothing was written")
            }
            SealedError::Damaged { .. } => {
                Self::data(message).hint("take another copy of the backup; nothing was written")
            }
            SealedError::Exists(_) => {
                Self::user(message).hint("name a file that does not exist yet; each backup is kept")
            }
            SealedError::Io { .. } => Self::internal(message),
        }
    }
}

impl From<String> for AppError {
    /// Converts a sentence of the domain, which is always about the request.
    fn from(message: String) -> Self {
        Self::user(message)
    }
}
