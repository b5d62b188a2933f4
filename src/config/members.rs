//! How members reach their pages, and by which services they may log in.

use std::{collections::BTreeMap, net::IpAddr, path::PathBuf};

use serde::Deserialize;

use super::{ConfigError, secret_file};
use crate::domain::model::{FindingCode, Slug, email, text::shown};

/// The pages of members.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MembersConfig {
    /// How browsers reach these pages: `https://space.example.org`. Links in mails begin with it, and
    /// other services lead back to it.
    pub url: Option<String>,
    /// For how many seconds somebody takes at least to fill in a form; whoever is faster is a program.
    /// 3 by default.
    pub least_seconds: Option<u8>,
    /// The e-mail address of those to ask if a login does not work; by default the one for replies to
    /// notices.
    pub ask: Option<String>,
    /// The services that members may log in by, by their names.
    #[serde(rename = "provider")]
    pub providers: BTreeMap<Slug, ProviderConfig>,
}

/// A service that says who somebody is.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// How to speak to it.
    pub kind: ProviderConfigKind,
    /// What its button says; by default its name.
    pub title: Option<String>,
    /// The issuer, exactly as it calls itself: `https://accounts.google.com`.
    pub issuer: Option<String>,
    /// The id of the client that was registered there.
    #[serde(default)]
    pub client_id: String,
    /// The file with the client's secret, which nobody but this process and root may read.
    pub secret_file: Option<PathBuf>,
    /// Whom the stand-in knows: their addresses, by what they call themselves.
    #[serde(default)]
    pub people: BTreeMap<String, Vec<String>>,
}

/// How to speak to a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderConfigKind {
    /// By OpenID Connect: Google, Authentik, Keycloak, Nextcloud.
    Openid,
    /// As GitHub does.
    Github,
    /// As GitHub does, on this machine, where anybody may be anybody: for demonstrations.
    StandIn,
}

impl MembersConfig {
    /// Returns what is wrong with it.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut find = |fault: String| faults.push(fault);
        if let Some(why) = self.url.as_ref().and_then(|url| wrong_url(url)) {
            find(format!("members.url: {why}"));
        }
        if self.ask.as_ref().is_some_and(|it| !email::is_address(it)) {
            find("members.ask is not a valid e-mail address".into());
        }
        if self.url.is_none() && !self.providers.is_empty() {
            find("members: give `url`, since other services lead back to it".into());
        }
        for (name, it) in &self.providers {
            let at = format!("members.provider.{name}");
            if (it.kind == ProviderConfigKind::Openid) != it.issuer.is_some() {
                find(format!("{at}: `issuer` is for the kind openid, and that needs it"));
            }
            let is_stand_in = it.kind == ProviderConfigKind::StandIn;
            if is_stand_in == it.people.is_empty() {
                find(format!("{at}: `people` is for the kind stand-in, and that needs it"));
            }
            if !is_stand_in && (it.client_id.is_empty() || it.secret_file.is_none()) {
                find(format!("{at}: give `client_id` and `secret_file`"));
            }
            if is_stand_in && !self.is_here() {
                find(format!(
                    "{at}: with a stand-in anybody can be anybody, so `url` has to be on this machine"
                ));
            }
        }
        faults
    }

    /// Tells whether browsers reach these pages on this machine only, without encryption.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.url.as_ref().is_none_or(|url| url.starts_with("http://"))
    }
}

/// Says why this is not the beginning of the addresses of pages.
fn wrong_url(url: &str) -> Option<String> {
    let (is_plain, host) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(host), _) => (false, host),
        (_, Some(host)) => (true, host),
        _ => return Some(format!("`{}` does not begin with https://", shown(url))),
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if host.is_empty() || !host.chars().all(is_host) {
        let url = shown(url);
        return Some(format!(
            "`{url}` is more than a scheme and a host: https://space.example.org"
        ));
    }
    let name = match host.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => host.split(':').next(),
    };
    let is_loopback = |it: &str| it.parse().is_ok_and(|it: IpAddr| it.is_loopback());
    let is_here = name.is_some_and(|it| it == "localhost" || is_loopback(it));
    (is_plain && !is_here).then(|| {
        format!("`{}`: sessions would cross the network in the clear: say https://", shown(url))
    })
}

impl ProviderConfig {
    /// Reads the secret of the client.
    ///
    /// # Errors
    /// The file cannot be read, or others may read it.
    pub fn secret(&self) -> Result<String, ConfigError> {
        match &self.secret_file {
            Some(path) => secret_file::read(path, FindingCode::BadWeb),
            None => Ok(String::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        toml::from_str::<MembersConfig>(text).unwrap().faults().join("; ")
    }

    #[test]
    fn a_provider_says_what_it_needs() {
        let client = "client_id = \"a\"\nsecret_file = \"b\"\n";
        let url = "url = \"https://space.example.org\"\n";
        let openid = format!("[provider.google]\nkind = \"openid\"\n{client}");
        let github = format!("[provider.github]\nkind = \"github\"\n{client}");
        let issuer = "issuer = \"https://accounts.google.com\"\n";
        assert_eq!(faults(""), "");
        assert_eq!(faults(&format!("{url}{openid}{issuer}{github}")), "");
        for (text, part) in [
            (format!("{openid}{issuer}"), "give `url`"),
            (format!("{url}{openid}"), "`issuer`"),
            (format!("{url}{github}{issuer}"), "`issuer`"),
            (format!("{url}[provider.github]\nkind = \"github\"\n"), "`client_id`"),
            (format!("{url}{github}people = {{ a = [\"b\"] }}"), "`people`"),
            ("ask = \"ada\"".to_owned(), "members.ask"),
        ] {
            assert!(faults(&text).contains(part), "{text}: {}", faults(&text));
        }
    }

    #[test]
    fn a_stand_in_stays_on_this_machine() {
        let stand_in = "[provider.github]\nkind = \"stand-in\"\npeople = { ada = [] }\n";
        assert_eq!(faults(&format!("url = \"http://127.0.0.1:8000\"\n{stand_in}")), "");
        let said = faults(&format!("url = \"https://space.example.org\"\n{stand_in}"));
        assert!(said.contains("anybody can be anybody"), "{said}");
    }

    #[test]
    fn a_session_crosses_no_network_in_the_clear() {
        for good in [
            "https://space.example.org",
            "https://space.example.org:8443",
            "http://localhost:8000",
            "http://127.0.0.1",
            "http://[::1]:8000",
        ] {
            assert_eq!(wrong_url(good), None, "{good}");
        }
        for bad in [
            "space.example.org",
            "http://space.example.org",
            "http://192.168.1.2",
            "http://localhost.example.org",
            "http://127.example.org",
            "https://",
            "https://space.example.org/",
            "https://space.example.org/members",
            "https://ada@space.example.org",
            "https://a b",
        ] {
            assert!(wrong_url(bad).is_some(), "{bad}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_may_read_is_none() {
        use std::{fs, os::unix::fs::PermissionsExt as _};
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), " secret\n").unwrap();
        let text = "kind = \"github\"\nclient_id = \"a\"\n";
        let mut it: ProviderConfig = toml::from_str(text).unwrap();
        it.secret_file = Some(file.path().to_owned());
        for (mode, good) in [(0o600, true), (0o640, true), (0o644, false), (0o660, false)] {
            fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(it.secret().is_ok_and(|it| it == "secret"), good, "{mode:o}");
        }
    }
}
