//! The client's end of the socket.

use std::{io, path::PathBuf};

use crate::domain::model::Advice;

/// Why a door did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// No door is running there.
    #[error("no door listens at {}", .0.display())]
    NoDoor(PathBuf),
    /// This user may not ask.
    #[error("this user may not use {}", .0.display())]
    NotAllowed(PathBuf),
    /// The door refused, and said why.
    #[error("{0}")]
    Refused(String),
    /// The socket failed.
    #[error("the door at {} does not answer: {source}", .path.display())]
    Io {
        /// The socket.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl AskError {
    /// Returns what to do next, separate from the message.
    #[must_use]
    pub fn hint(&self) -> Option<Advice> {
        match self {
            Self::NoDoor(_) => Some(Advice::StartDoor),
            Self::NotAllowed(_) => {
                Some("run this as the user that runs the door, or as a member of its group".into())
            }
            Self::Refused(_) | Self::Io { .. } => None,
        }
    }
}

#[cfg(not(unix))]
/// Refuses: this system has no Unix sockets.
///
/// # Errors
/// Always.
pub fn ask(path: &std::path::Path, _: &super::Request) -> Result<serde_json::Value, AskError> {
    Err(AskError::NoDoor(path.to_owned()))
}

#[cfg(unix)]
pub use unix::ask;

#[cfg(unix)]
mod unix {
    use std::{
        io::{self, BufRead as _, BufReader, Write as _},
        os::unix::net::UnixStream,
        path::Path,
        time::Duration,
    };

    use serde_json::Value;

    use super::AskError;
    use crate::control::Request;

    /// The timeout for an answer.
    const TIMEOUT: Duration = Duration::from_secs(5);

    /// Asks a running door, and returns its answer.
    ///
    /// # Errors
    /// No door listens there, this user may not ask, or the door refuses.
    pub fn ask(path: &Path, request: &Request) -> Result<Value, AskError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => {
                AskError::NoDoor(path.to_owned())
            }
            io::ErrorKind::PermissionDenied => AskError::NotAllowed(path.to_owned()),
            _ => AskError::Io { path: path.to_owned(), source },
        };
        let mut stream = UnixStream::connect(path).map_err(failed)?;
        stream.set_read_timeout(Some(TIMEOUT)).map_err(failed)?;
        let mut line = serde_json::to_vec(request).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        stream.write_all(&line).map_err(failed)?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).map_err(failed)?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| failed(error.into()))?;
        match answer.get("error").and_then(Value::as_str) {
            Some(why) => Err(AskError::Refused(why.to_owned())),
            None => Ok(answer),
        }
    }
}
