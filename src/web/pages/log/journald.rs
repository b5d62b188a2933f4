//! Reads the log from the system's journal.

use std::process::{Command, Stdio};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::{app::AppError, domain::model::text, service::LogLine};

/// An entry, as `journalctl -o json` writes it (systemd.journal-fields(7)).
#[derive(Deserialize)]
struct Entry {
    /// Microseconds since 1970, in digits.
    #[serde(rename = "__REALTIME_TIMESTAMP")]
    time: String,
    #[serde(rename = "PRIORITY", default)]
    priority: Option<String>,
    #[serde(rename = "_SYSTEMD_UNIT", default)]
    unit: Option<String>,
    /// The unit that the service manager speaks of.
    #[serde(rename = "UNIT", default)]
    about: Option<String>,
    /// A text; or its bytes, if it is none; or null, if it is long.
    #[serde(rename = "MESSAGE", default)]
    message: Value,
}

/// What journalctl says if no unit of that name is in what this user may read.
const NOTHING: &str = "No data available";

/// Returns the newest lines of this program's units, the oldest first. There are none, too, if this
/// user may only read others.
///
/// # Errors
/// This user may not read the journal, or the system has none.
pub(super) fn read(most: usize) -> Result<Vec<LogLine>, AppError> {
    let done = Command::new("journalctl")
        .args(["--quiet", "--no-pager", "--output=json", "--unit=space-*"])
        .arg(format!("--lines={most}"))
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| AppError::internal(format!("journalctl cannot be run: {error}")))?;
    if !done.status.success() {
        let why = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        if why.ends_with(NOTHING) {
            return Ok(Vec::new());
        }
        return Err(AppError::internal(format!("journalctl has failed: {why}"))
            .hint("add this program's user to the group systemd-journal"));
    }
    Ok(done.stdout.split(|byte| *byte == b'\n').filter_map(parse).collect())
}

fn parse(line: &[u8]) -> Option<LogLine> {
    let entry: Entry = serde_json::from_slice(line).ok()?;
    let unit = entry.about.or(entry.unit).unwrap_or_default();
    let process = unit.strip_suffix(".service").unwrap_or(&unit);
    let text = match entry.message {
        Value::String(text) => plain(&text),
        Value::Null => "a line of more than 4,096 bytes, which journalctl --all shows".to_owned(),
        Value::Array(bytes) => {
            let byte = |it: &Value| u8::try_from(it.as_u64()?).ok();
            let bytes: Vec<u8> = bytes.iter().filter_map(byte).collect();
            plain(&String::from_utf8_lossy(&bytes))
        }
        _ => String::new(),
    };
    Some(LogLine {
        time: Timestamp::from_microsecond(entry.time.parse().ok()?).ok()?,
        severity: entry.priority.and_then(|it| it.parse().ok()).unwrap_or(6),
        process: process.strip_prefix("space-").unwrap_or(process).to_owned(),
        text,
    })
}

/// Drops colours, and replaces what else controls a terminal.
fn plain(text: &str) -> String {
    text::printable(&anstream::adapter::strip_str(text).to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_a_line() {
        let entry = br#"{"__REALTIME_TIMESTAMP":"1768500000000000","PRIORITY":"4",
            "_SYSTEMD_UNIT":"space-door.service","MESSAGE":"trouble: x","_PID":"1"}"#;
        let line = parse(entry).unwrap();
        assert_eq!(line.time.to_string(), "2026-01-15T18:00:00Z");
        assert_eq!((line.severity, line.process.as_str()), (4, "door"));
        assert_eq!(line.text, "trouble: x");
        let bytes =
            br#"{"__REALTIME_TIMESTAMP":"1","MESSAGE":[104,105,255],"UNIT":"space-web.service",
            "_SYSTEMD_UNIT":"init.scope"}"#;
        let line = parse(bytes).unwrap();
        assert_eq!((line.text.as_str(), line.process.as_str()), ("hi\u{fffd}", "web"));
        let long =
            br#"{"__REALTIME_TIMESTAMP":"1","MESSAGE":null,"_SYSTEMD_UNIT":"space-door.service"}"#;
        assert!(parse(long).unwrap().text.contains("4,096 bytes"));
        let coloured = br#"{"__REALTIME_TIMESTAMP":"1","MESSAGE":"\u001b[31mred\u001b[0m \u0007"}"#;
        assert_eq!(parse(coloured).unwrap().text, "red ");
        for garbage in [&b""[..], b"-- No entries --", b"{}", b"{\"__REALTIME_TIMESTAMP\":\"x\"}"] {
            assert_eq!(parse(garbage), None);
        }
    }
}
