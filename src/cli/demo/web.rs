//! The demonstration's web: the panel on this machine, with a login that everybody may know.

use std::{
    io::{self, Write},
    net::{Ipv4Addr, TcpListener},
    path::Path,
    sync::mpsc::{self, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use anstyle::AnsiColor;
use serde_json::Value;

use crate::{
    cli::{CliError, Context, advice},
    config::{Listener, Login, MembersConfig, ProviderConfig, ProviderConfigKind, Role, WebConfig},
    domain::{
        model::{Contact, MemberId},
        records,
    },
    service::Show,
    store::Store,
    web::{self, Options},
};

/// The name and the password of the login.
const LOGIN: &str = "demo";
const PASSWORD: &str = "makerspace";

/// The port, unless another program has it.
const PORT: u16 = 8000;

/// How many members the stand-in for another service knows.
const PEOPLE: usize = 6;

/// How long it may take to start before something must be wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// Starts the web, and says where it is. It ends with this process.
///
/// # Errors
/// It cannot be started.
pub(super) fn start(ctx: &Context, dir: &Path) -> Result<JoinHandle<()>, CliError> {
    let port = free_port()?;
    let login = Login {
        password: web::hash_password(PASSWORD)?,
        role: Role::Admin,
        name: Some("Demo Admin".into()),
        email: Some("admin@example.org".into()),
    };
    let config = WebConfig {
        listeners: vec![Listener::local(port)],
        logins: [(LOGIN.parse()?, login)].into(),
        members: members(dir, port)?,
        ..WebConfig::default()
    };
    let own = dir.join(".git/space");
    let options = Options {
        space: dir.to_owned(),
        config,
        config_file: None,
        journal: own.join("journal"),
        doors: vec![own.join("door.sock")],
        show: Show::Json,
        words: advice::words,
    };
    let (lines, events) = mpsc::channel();
    let thread = thread::spawn(move || {
        if let Err(error) = web::run(options, Lines { whole: Vec::new(), to: lines.clone() }) {
            // Whoever waits is told; later nobody does.
            let _ = lines.send(serde_json::json!({ "event": "failed", "words": error.message }));
        }
    });
    let url = loop {
        let event = events.recv_timeout(PATIENCE).map_err(|_| CliError::internal("no web"))?;
        match event["event"].as_str() {
            Some("listening") => break event["at"].as_str().unwrap_or_default().to_owned(),
            Some("failed") => {
                return Err(CliError::internal(event["words"].as_str().unwrap_or_default()));
            }
            _ => {}
        }
    };
    let cyan = AnsiColor::Cyan.on_default();
    ctx.say(format!("The panel:   {cyan}{url}{cyan:#}   (name {LOGIN}, password {PASSWORD})"))?;
    ctx.say(format!("A reader:    {cyan}{url}/simulator{cyan:#}"))?;
    ctx.say(format!("Joining:     {cyan}{url}/register{cyan:#}"))?;
    ctx.say(format!("A member:    {cyan}{url}/login{cyan:#}"))?;
    ctx.say(format!("A laser cutter asks:  curl '{url}/verify?thing=laser&token=1001'\n"))?;
    Ok(thread)
}

/// Returns the usual port, or another one if another program has it.
fn free_port() -> Result<u16, CliError> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    Ok(bind(PORT).or_else(|_| bind(0))?.local_addr()?.port())
}

/// Lets anybody be one of the first members, by a stand-in for another service.
fn members(dir: &Path, port: u16) -> Result<MembersConfig, CliError> {
    let store = Store::open(dir)?;
    let head = store.read(store.head()?)?;
    let named = |(id, contact): (MemberId, Contact)| {
        Some((records::name(&head, id)?, vec![contact.email?]))
    };
    let people = head.contacts(|_| true).into_iter().filter_map(named).take(PEOPLE).collect();
    let stand_in = ProviderConfig {
        kind: ProviderConfigKind::StandIn,
        title: Some("the stand-in for another service".into()),
        issuer: None,
        client_id: String::new(),
        secret_file: None,
        people,
    };
    let url = Some(format!("http://{}:{port}", Ipv4Addr::LOCALHOST));
    let providers = [("stand-in".parse()?, stand_in)].into();
    Ok(MembersConfig { url, providers, ..MembersConfig::default() })
}

/// Takes the log apart into its events.
struct Lines {
    whole: Vec<u8>,
    to: Sender<Value>,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            match byte {
                b'\n' => {
                    let line = serde_json::from_slice(&self.whole).unwrap_or_default();
                    self.whole.clear();
                    let _ = self.to.send(line); // once it has started, nobody listens
                }
                byte => self.whole.push(*byte),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
