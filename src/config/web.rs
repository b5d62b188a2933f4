//! What this machine shows to browsers, to controllers and to other programs, and to whom.
//!
//! A TOML file, by default `/etc/space/web.toml`. Passwords and tokens are in it as hashes only.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{ConfigError, MembersConfig, PublicStatus, parse};
use crate::domain::model::{Finding, FindingCode, Slug};

/// The default path of the file.
const WEB_PATH: &str = "/etc/space/web.toml";
/// The variable that sets another path.
const WEB_VARIABLE: &str = "SPACE_WEB_CONFIG";

/// Both, for whoever wants all files of a machine.
pub(super) const FILE: (&str, &str) = (WEB_VARIABLE, WEB_PATH);

/// The configuration of the web.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebConfig {
    /// The space's repository.
    pub space: Option<PathBuf>,
    /// The folder of the journals; by default that of this machine's door.
    pub journal: Option<PathBuf>,
    /// The sockets of the running doors; by default `door.sock` beside the key.
    pub doors: Vec<PathBuf>,
    /// Where to listen; by default on this machine only, for everything.
    #[serde(rename = "listener")]
    pub listeners: Vec<Listener>,
    /// Who may use the panel, by their names.
    #[serde(rename = "login")]
    pub logins: BTreeMap<Slug, Login>,
    /// The programs that may use the interface for programs, by their names.
    #[serde(rename = "token")]
    pub tokens: BTreeMap<Slug, Token>,
    /// What everybody may know about the space; nothing by default.
    pub public: Option<PublicStatus>,
    /// How members reach their pages, and by which services they may log in.
    pub members: MembersConfig,
    /// How controllers are spoken to.
    pub things: Things,
    /// The file with the state of the furnace's guard; by default where it is on this machine.
    pub guard: Option<PathBuf>,
    /// The file with the state of the building; by default where it is on this machine.
    pub building: Option<PathBuf>,
}

/// How controllers are spoken to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Things {
    /// For how many hours controllers keep an answer that says `cache`. Only whoever would be granted
    /// access for all of that time gets such an answer, but a credential that is revoked meanwhile
    /// still works there. 0, the default: they never keep one.
    pub cache_hours: u16,
    /// Whether controllers send fobs in hexadecimal without saying so, so that `12345678` is.
    pub hexadecimal: bool,
}

/// The longest time that a controller may keep an answer, in hours.
const LONGEST_CACHE: u16 = 168;

/// An address, and what is served there.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    /// The address and port: `127.0.0.1:8000`.
    pub address: Option<SocketAddr>,
    /// The path of a Unix socket, for a proxy in front.
    pub unix: Option<PathBuf>,
    /// What is served; everything else is not found there.
    pub serves: BTreeSet<Area>,
    /// The certificate and those that lead to its root (PEM).
    pub certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM).
    pub key: Option<PathBuf>,
    /// Whether a proxy in front says who asks, by the last address in `X-Forwarded-For`.
    #[serde(default)]
    pub behind_proxy: bool,
    /// Whether passwords may come in the clear from other machines, where all can read them.
    #[serde(default)]
    pub passwords_in_the_clear: bool,
}

/// What a listener serves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    /// The panel for volunteers.
    Admin,
    /// The interface for controllers.
    Things,
    /// The interface for programs.
    Api,
    /// What everybody may know, such as `spaceapi.json`.
    Public,
    /// The pages for those who join, and for members.
    Members,
    /// What payment processors send when something happens there.
    Webhooks,
}

impl Area {
    /// Returns the name as configured.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Things => "things",
            Self::Api => "api",
            Self::Public => "public",
            Self::Members => "members",
            Self::Webhooks => "webhooks",
        }
    }
}

/// Somebody who may use the panel.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The hash that `space web password` prints.
    pub password: String,
    /// What the login may do.
    pub role: Role,
    /// The author of the commits; by default the name of the login.
    pub name: Option<String>,
    /// The e-mail address of the author.
    pub email: Option<String>,
}

/// What a login may do; each one includes those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// See activities, the status and answers.
    View,
    /// Hand out fobs, record inductions, unlock, remind.
    Desk,
    /// Everything.
    Admin,
}

/// A program that may use the interface for programs.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// The hash that `space web token` prints.
    pub hash: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
}

/// What a program may do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Ask what facilities require, and whether a credential would be granted.
    Decisions,
    /// Read activities.
    Activity,
    /// Read members without personal data, credentials, requirements.
    Records,
    /// Change records other than payments.
    Changes,
    /// Read and record payments.
    Payments,
}

impl WebConfig {
    /// Reads this machine's configuration; empty if there is none.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub fn load() -> Result<Self, ConfigError> {
        Ok(Self::configured()?.unwrap_or_default())
    }

    /// Reads this machine's configuration; `None` if there is none.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub fn configured() -> Result<Option<Self>, ConfigError> {
        Self::path().map(|path| Self::read(&path)).transpose()
    }

    /// Returns the path of this machine's configuration, if there is one.
    #[must_use]
    pub fn path() -> Option<PathBuf> {
        super::path_of(WEB_VARIABLE, WEB_PATH)
    }

    /// Reads a file and checks it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key, or would let a password or a record go
    /// where it must not.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = super::read_text(path)?;
        Self::parse(path, &text).map_err(|findings| ConfigError::Refused(path.to_owned(), findings))
    }

    /// Parses a text; the path is only used in findings.
    ///
    /// # Errors
    /// All findings.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Finding>> {
        let config: Self = parse(path, text).map_err(|finding| vec![finding])?;
        let findings = check(path, &config);
        if findings.is_empty() { Ok(config) } else { Err(findings) }
    }
}

impl Listener {
    /// Makes a listener for this machine only, which serves everything but webhooks: those come
    /// from elsewhere.
    #[must_use]
    pub fn local(port: u16) -> Self {
        Self {
            address: Some((std::net::Ipv4Addr::LOCALHOST, port).into()),
            unix: None,
            serves: [Area::Admin, Area::Things, Area::Api, Area::Public, Area::Members].into(),
            certificate: None,
            key: None,
            behind_proxy: false,
            passwords_in_the_clear: false,
        }
    }

    /// Tells whether what is sent here can be read by nobody on the way, as far as is known.
    #[must_use]
    pub fn is_private(&self) -> bool {
        let local = |address: SocketAddr| is_loopback(address.ip());
        self.certificate.is_some() || self.address.is_none_or(local)
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn check(path: &Path, config: &WebConfig) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |message: String| {
        findings.push(Finding::error(FindingCode::BadWeb, path.display(), message));
    };
    for (number, it) in config.listeners.iter().enumerate() {
        let which = match (&it.address, &it.unix) {
            (Some(address), None) => address.to_string(),
            (None, Some(path)) => path.display().to_string(),
            _ => {
                find(format!("listener {}: give either `address` or `unix`", number + 1));
                continue;
            }
        };
        if it.serves.is_empty() {
            find(format!("listener {which}: `serves` is empty, so nothing would be found there"));
        }
        if it.certificate.is_some() != it.key.is_some() {
            find(format!("listener {which}: give both `certificate` and `key`, or neither"));
        }
        if it.unix.is_some() && it.certificate.is_some() {
            find(format!("listener {which}: a Unix socket needs no certificate; the proxy has it"));
        }
        let secrets = [
            (Area::Admin, "passwords"),
            (Area::Api, "tokens"),
            (Area::Members, "personal data and logins"),
        ];
        let secret = secrets.iter().find(|(area, _)| it.serves.contains(area));
        if let Some((_, what)) = secret
            && !it.is_private()
            && !it.passwords_in_the_clear
        {
            find(format!(
                "listener {which}: {what} would cross the network in the clear: give a \
                 `certificate` and a `key`, put a proxy with TLS in front, or say \
                 `passwords_in_the_clear = true`"
            ));
        }
    }
    for (name, login) in &config.logins {
        if !login.password.starts_with("$argon2id$") {
            find(format!("login.{name}: `password` is not an argon2id hash"));
        }
    }
    for (name, token) in &config.tokens {
        let is_hash = token.hash.len() == 64 && token.hash.bytes().all(|it| it.is_ascii_hexdigit());
        if !is_hash {
            find(format!("token.{name}: `hash` is not a hash of 64 hexadecimal digits"));
        }
    }
    if config.things.cache_hours > LONGEST_CACHE {
        find(format!("things: `cache_hours` is at most {LONGEST_CACHE}"));
    }
    if let Some(public) = &config.public {
        public.faults().into_iter().for_each(&mut find);
    }
    config.members.faults().into_iter().for_each(find);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<WebConfig, String> {
        WebConfig::parse(Path::new("web.toml"), text).map_err(|findings| {
            findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })
    }

    #[test]
    fn nothing_needs_to_be_said() {
        assert_eq!(read("").unwrap(), WebConfig::default());
        assert!(Listener::local(8000).is_private());
    }

    /// Passwords only where nobody on the way reads them (requirements.md D-97).
    #[test]
    fn a_password_does_not_cross_the_network_in_the_clear_unless_that_is_said_in_so_many_words() {
        let listener =
            |address: &str, more: &str| format!("[[listener]]\naddress = \"{address}\"\n{more}\n");
        let admin = "serves = [\"admin\"]";
        for open in ["0.0.0.0:80", "192.168.1.2:80", "[::]:80", "[2001:db8::1]:80"] {
            let said = read(&listener(open, admin)).unwrap_err();
            assert!(said.contains("in the clear"), "{said}");
            let said = read(&listener(open, "serves = [\"members\"]")).unwrap_err();
            assert!(said.contains("personal data and logins would cross"), "{said}");
            assert!(read(&listener(open, "serves = [\"things\", \"public\"]")).is_ok());
            let all = format!("{admin}\npasswords_in_the_clear = true");
            assert!(read(&listener(open, &all)).is_ok());
            let tls = format!("{admin}\ncertificate = \"a.pem\"\nkey = \"b.pem\"");
            assert!(read(&listener(open, &tls)).is_ok());
        }
        for here in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80", "[::ffff:127.0.0.1]:80"] {
            assert!(read(&listener(here, admin)).is_ok(), "{here}");
        }
        assert!(read("[[listener]]\nunix = \"/run/web.sock\"\nserves = [\"admin\"]\n").is_ok());
    }

    #[test]
    fn what_cannot_be_is_told() {
        let hash = "0".repeat(64);
        for (text, word) in [
            ("[[listener]]\nserves = [\"admin\"]\n".to_owned(), "either `address` or `unix`"),
            ("[[listener]]\naddress = \"127.0.0.1:1\"\nserves = []\n".into(), "`serves` is empty"),
            ("[[listener]]\naddress = \"here\"\nserves = []\n".into(), ":2:11"),
            ("[login.ada]\npassword = \"x\"\nrole = \"admin\"\n".into(), "argon2id"),
            ("[login.ada]\npassword = \"x\"\nrole = \"king\"\n".into(), "king"),
            ("[token.wall]\nhash = \"x\"\nscopes = []\n".into(), "64"),
            (format!("[token.wall]\nhash = \"{hash}\"\nscopes = [\"all\"]\n"), "all"),
            ("[things]\ncache_hours = 169\n".into(), "at most 168"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(word), "{text}: {said}");
        }
    }
}
