//! Readings through a Unix socket, one JSON object a line, each answered by a line.

use std::{
    io,
    os::unix::{fs::PermissionsExt as _, net::UnixStream as StdStream},
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{UnixListener, UnixStream},
    sync::{
        mpsc::{self, Receiver, Sender},
        oneshot,
    },
};

use super::{Asked, Scan};
use crate::domain::{
    access::Side,
    model::{Code, CredentialType, Slug},
};

/// The longest line that is taken, in bytes.
const LONGEST: u64 = 1000;

/// A socket that takes readings such as
/// `{"facility":"frontdoor","type":"fob","code":"15408774","reader":"entry"}`.
///
/// Its file is removed when this is dropped.
#[derive(Debug)]
pub struct Socket {
    path: PathBuf,
    asked: Receiver<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    facility: Slug,
    #[serde(rename = "type")]
    kind: CredentialType,
    code: String,
    #[serde(default)]
    reader: Side,
}

impl Socket {
    /// Opens the socket for this user alone, in place of one that nobody listens to any more.
    /// To be called within a tokio runtime.
    ///
    /// # Errors
    /// Somebody listens there already, or the file cannot be made.
    pub fn open(path: &Path) -> io::Result<Self> {
        match StdStream::connect(path) {
            Ok(_) => {
                let why = "another door listens to it";
                return Err(io::Error::new(io::ErrorKind::AddrInUse, why));
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                std::fs::remove_file(path)?;
            }
            Err(_) => {}
        }
        let listener = UnixListener::bind(path)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        let (sender, asked) = mpsc::channel(16);
        tokio::spawn(async move {
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => drop(tokio::spawn(converse(stream, sender.clone()))),
                    // Too many connections are open: that ends with one of them.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        });
        Ok(Self { path: path.to_owned(), asked })
    }

    /// Waits for the next reading.
    pub async fn next(&mut self) -> Option<Asked> {
        self.asked.recv().await
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path); // it may be gone already
    }
}

async fn converse(stream: UnixStream, readings: Sender<Asked>) {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let end = (&mut read).take(LONGEST).read_until(b'\n', &mut line).await;
        if !matches!(end, Ok(1..)) {
            return;
        }
        let mut answer = match parse(&line) {
            Ok(scan) => {
                let (answer, wait) = oneshot::channel();
                if readings.send(Asked { scan, answer }).await.is_err() {
                    return;
                }
                let Ok(answer) = wait.await else { return };
                answer
            }
            Err(why) => serde_json::json!({ "error": why }).to_string(),
        };
        answer.push('\n');
        if write.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn parse(line: &[u8]) -> Result<Scan, String> {
    // The parser's own message may repeat a value, and a passcode must not be repeated.
    let line: Line = serde_json::from_slice(line).map_err(|error| {
        format!(
            "column {}: write {{\"facility\":…,\"type\":\"fob\" or \"passcode\",\"code\":\"…\",\
             \"reader\":\"entry\" or \"exit\"}}",
            error.column()
        )
    })?;
    let code = Code::parse(line.kind, &line.code)?;
    Ok(Scan { facility: line.facility, side: line.reader, code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_reading() {
        let text = br#"{"facility":"frontdoor","type":"fob","code":"15408774","reader":"exit"}"#;
        let scan = parse(text).unwrap();
        assert_eq!((scan.side, scan.code), (Side::Exit, Code::fob("15408774").unwrap()));
        let text = br#"{"facility":"frontdoor","type":"passcode","code":"0042"}"#;
        assert_eq!(parse(text).unwrap().side, Side::Entry);
    }

    #[test]
    fn a_refusal_repeats_no_passcode() {
        for text in [
            r#"{"facility":"frontdoor","type":"passcode","code":4455661}"#,
            r#"{"facility":"frontdoor","type":"passcode","code":"44x55661"}"#,
            r#"{"facility":"frontdoor","type":"passcode","code":"4455661","door":1}"#,
            r#"{"facility":"frontdoor","code":"4455661"}"#,
            r#"4455661"#,
        ] {
            let why = parse(text.as_bytes()).unwrap_err();
            assert!(!why.contains("55661"), "{why}");
        }
    }
}
