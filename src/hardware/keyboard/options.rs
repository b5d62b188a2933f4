//! Which keyboard is a reader, according to this machine's configuration.

use std::path::PathBuf;

use serde::Deserialize;

use crate::domain::model::CredentialType;

/// Which keyboard it is, and what is typed on it: a fob's number unless `kind` says otherwise.
///
/// ```toml
/// name = "Sycreader USB Reader"
/// ```
///
/// ```toml
/// path = "/dev/input/by-id/usb-Keypad-event-kbd"
/// kind = "passcode"
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct Options {
    pub(super) which: Which,
    pub(super) kind: CredentialType,
}

/// How the keyboard is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Which {
    /// By the name that it reports.
    Name(String),
    /// By a device file: one in `/dev/input/by-id` keeps its name wherever it is plugged in.
    Path(PathBuf),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Option<String>,
    path: Option<PathBuf>,
    #[serde(default = "fob")]
    kind: CredentialType,
}

const fn fob() -> CredentialType {
    CredentialType::Fob
}

impl TryFrom<Written> for Options {
    type Error = String;

    fn try_from(Written { name, path, kind }: Written) -> Result<Self, String> {
        let which = match (name, path) {
            (Some(name), None) if !name.trim().is_empty() => Which::Name(name),
            (None, Some(path)) if path.is_absolute() => Which::Path(path),
            _ => {
                return Err("say which keyboard it is: either the name that it reports \
                            (name = \"…\"), or its file (path = \"/dev/input/by-id/…\")"
                    .to_owned());
            }
        };
        Ok(Self { which, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Options, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn it_is_a_name_or_a_path() {
        let named = parse("name = 'Sycreader'").unwrap();
        assert_eq!(named.which, Which::Name("Sycreader".to_owned()));
        assert_eq!(named.kind, CredentialType::Fob);
        let options = parse("path = '/dev/input/by-id/x'\nkind = 'passcode'").unwrap();
        assert_eq!(options.which, Which::Path("/dev/input/by-id/x".into()));
        assert_eq!(options.kind, CredentialType::Passcode);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (text, words) in [
            ("", "say which keyboard"),
            ("name = 'x'\npath = '/y'", "say which keyboard"),
            ("name = ' '", "say which keyboard"),
            ("path = 'by-id/x'", "say which keyboard"),
            ("nam = 'x'", "unknown field `nam`"),
            ("name = 'x'\nkind = 'card'", "unknown variant `card`"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
