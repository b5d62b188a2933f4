//! A reading that names its facility, as tests and simulations use it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Side;
use crate::domain::model::{Code, CredentialType, Slug};

/// What was read, and where:
/// `{"facility":"frontdoor","type":"fob","code":"15408774","reader":"entry"}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Line<'_>", into = "Line<'static>")]
pub struct Reading {
    /// The facility.
    pub facility: Slug,
    /// On which side of it the reader is.
    pub side: Side,
    /// The fob's number or the passcode.
    pub code: Code,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'t> {
    facility: Slug,
    #[serde(rename = "type")]
    kind: CredentialType,
    code: Cow<'t, str>,
    #[serde(default)]
    reader: Side,
}

impl TryFrom<Line<'_>> for Reading {
    type Error = String;

    fn try_from(line: Line<'_>) -> Result<Self, String> {
        let code = Code::parse(line.kind, &line.code)?;
        Ok(Self { facility: line.facility, side: line.reader, code })
    }
}

impl From<Reading> for Line<'static> {
    fn from(reading: Reading) -> Self {
        Self {
            facility: reading.facility,
            kind: reading.code.kind(),
            code: reading.code.reveal().to_owned().into(),
            reader: reading.side,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_reading() {
        let text = r#"{"facility":"frontdoor","type":"fob","code":"15408774","reader":"exit"}"#;
        let reading: Reading = serde_json::from_str(text).unwrap();
        assert_eq!((reading.side, &reading.code), (Side::Exit, &Code::fob("15408774").unwrap()));
        assert_eq!(serde_json::to_string(&reading).unwrap(), text);
        let text = r#"{"facility":"frontdoor","type":"passcode","code":"0042"}"#;
        assert_eq!(serde_json::from_str::<Reading>(text).unwrap().side, Side::Entry);
    }
}
