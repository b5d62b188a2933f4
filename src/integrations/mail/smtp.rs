//! Hands letters to a mail server (RFC 5321), over one connection as long as it holds.

use std::time::Duration;

use jiff::Timestamp;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{Certificate, SmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
    },
};

use super::{MailError, Mailer, Sender, compose};
use crate::domain::{
    model::{email, text},
    notices::Letter,
};

/// Which server, and how it is spoken to.
#[derive(Clone)]
pub struct SmtpOptions {
    /// Its name, which its certificate has to bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Certificates of authorities (PEM) that are trusted besides the system's.
    pub authorities: Option<Vec<u8>>,
    /// User and password.
    pub login: Option<(String, String)>,
    /// How long one answer may take.
    pub timeout: Duration,
}

/// How a connection is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tls {
    /// From the first byte on (port 465).
    Implicit,
    /// After a word in the clear (port 587), or not at all.
    StartTls,
    /// Not encrypted; only for a server on this machine.
    None,
}

/// A mail server.
#[derive(Debug)]
pub struct Smtp {
    options: SmtpOptions,
    sender: Sender,
    connection: Option<Connected>,
}

struct Connected(SmtpConnection);

/// What went wrong, and whether the connection can still be used.
enum Trouble {
    /// This letter; the connection goes on.
    Letter(MailError),
    /// The connection broke before the content of the letter was on its way.
    Broken(String),
    /// The connection broke after that: nobody knows whether the letter was taken.
    Unknown(String),
}

impl Smtp {
    /// Takes a server, which is called with the first letter.
    #[must_use]
    pub const fn new(options: SmtpOptions, sender: Sender) -> Self {
        Self { options, sender, connection: None }
    }

    /// Sends one letter over the connection that there is, or over a new one.
    fn attempt(&mut self, from: &Address, to: &Address, message: &[u8]) -> Result<(), Trouble> {
        let connection = match &mut self.connection {
            Some(connected) => connected,
            none => {
                // Not being let in at all is not about this letter.
                let fresh =
                    connect(&self.options).map_err(|why| Trouble::Letter(MailError::Down(why)))?;
                none.insert(Connected(fresh))
            }
        };
        deliver(&mut connection.0, from, to, message)
    }
}

impl Mailer for Smtp {
    fn call(&mut self) -> Result<(), MailError> {
        if self.connection.is_none() {
            self.connection = Some(Connected(connect(&self.options).map_err(MailError::Down)?));
        }
        Ok(())
    }

    fn send(&mut self, letter: &Letter, at: Timestamp) -> Result<(), MailError> {
        let message = compose(letter, &self.sender, at).map_err(MailError::Refused)?;
        let bytes = message.formatted();
        let parse = |text: &str| text.parse::<Address>().map_err(|error| error.to_string());
        let from = parse(&self.sender.from).map_err(MailError::Down)?;
        let to = parse(&letter.to.1).map_err(MailError::Refused)?;
        let fresh = self.connection.is_none();
        let mut trouble = self.attempt(&from, &to, &bytes);
        // A server may end a connection that was quiet, or that brought enough letters.
        if matches!(trouble, Err(Trouble::Broken(_))) && !fresh {
            self.connection = None;
            trouble = self.attempt(&from, &to, &bytes);
        }
        match trouble {
            Ok(()) => Ok(()),
            Err(Trouble::Letter(error)) => Err(error),
            // The server was there: whether it is gone, the next letter will find out.
            Err(Trouble::Broken(why) | Trouble::Unknown(why)) => {
                self.connection = None;
                Err(MailError::Later(why))
            }
        }
        .map_err(|error| error.without(&letter.to.1))
    }
}

/// Calls the server, encrypts, logs in.
fn connect(options: &SmtpOptions) -> Result<SmtpConnection, String> {
    let SmtpOptions { host, port, tls, timeout, .. } = options;
    let secured = secure(options).map_err(|error| said(&error))?;
    let hello = ClientId::default();
    let at_once = secured.as_ref().filter(|_| *tls == Tls::Implicit);
    let server = (host.as_str(), *port);
    let mut connection = SmtpConnection::connect(server, Some(*timeout), &hello, at_once, None)
        .map_err(|error| format!("cannot reach {host}:{port}: {}", said(&error)))?;
    if *tls == Tls::StartTls
        && let Some(secured) = &secured
    {
        if !connection.can_starttls() {
            return Err(format!(
                "{host}:{port} offers no STARTTLS, so nothing is sent: \
                 see whether it wants tls = \"implicit\" on port 465"
            ));
        }
        connection
            .starttls(secured, &hello)
            .map_err(|error| format!("{host}:{port} cannot be trusted: {}", said(&error)))?;
    }
    if let Some((user, password)) = &options.login {
        let login = Credentials::new(user.clone(), password.clone());
        connection
            .auth(DEFAULT_MECHANISMS, &login)
            .map_err(|error| format!("{host} does not let us in: {}", said(&error)))?;
    }
    Ok(connection)
}

fn secure(options: &SmtpOptions) -> Result<Option<TlsParameters>, Error> {
    if options.tls == Tls::None {
        return Ok(None);
    }
    let mut builder = TlsParameters::builder(options.host.clone());
    if let Some(pem) = &options.authorities {
        builder = builder.add_root_certificate(Certificate::from_pem(pem)?);
    }
    builder.build_rustls().map(Some)
}

/// Goes through the steps of a delivery: each says something else about who is refused.
fn deliver(
    connection: &mut SmtpConnection,
    from: &Address,
    to: &Address,
    message: &[u8],
) -> Result<(), Trouble> {
    let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let mut parameters = Vec::new();
    if !ascii(from) || !ascii(to) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let why = "the server takes no address with letters beyond ASCII";
            return Err(Trouble::Letter(MailError::Refused(why.into())));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let before = |error: Error| match status(&error) {
        None | Some(421) => Trouble::Broken(said(&error)),
        Some(_) => Trouble::Letter(MailError::Down(format!(
            "the server does not take letters from us: {}",
            said(&error)
        ))),
    };
    connection.command(Mail::new(Some(from.clone()), parameters)).map_err(before)?;
    let refused = |connection: &mut SmtpConnection, error: Error| {
        let why = said(&error);
        match status(&error) {
            None | Some(421) => Trouble::Broken(why),
            Some(code) => match connection.command(Rset) {
                Err(_) => Trouble::Unknown(why),
                Ok(_) if code >= 500 => Trouble::Letter(MailError::Refused(why)),
                Ok(_) => Trouble::Letter(MailError::Later(why)),
            },
        }
    };
    if let Err(error) = connection.command(Rcpt::new(to.clone(), Vec::new())) {
        return Err(refused(connection, error));
    }
    if let Err(error) = connection.command(Data) {
        return Err(refused(connection, error));
    }
    match connection.message(message) {
        Ok(_) => Ok(()),
        Err(error) => Err(match status(&error) {
            None | Some(421) => Trouble::Unknown(said(&error)),
            Some(_) => refused(connection, error),
        }),
    }
}

fn status(error: &Error) -> Option<u16> {
    error.status().map(u16::from)
}

/// Returns what a server or the system said, in one line.
fn said(error: &Error) -> String {
    let mut line = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !line.contains(&inner_text) {
            line = format!("{line}: {inner_text}");
        }
        source = inner.source();
    }
    let plain = |c: char| if text::is_control(c) { ' ' } else { c };
    line.chars().map(plain).take(300).collect()
}

impl MailError {
    /// Takes the address out of what a server said.
    fn without(self, address: &str) -> Self {
        let mask = |why: String| why.replace(address, &email::masked(address));
        match self {
            Self::Refused(why) => Self::Refused(mask(why)),
            Self::Later(why) => Self::Later(mask(why)),
            Self::Down(why) => Self::Down(mask(why)),
        }
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        if !self.0.has_broken() {
            let _ = self.0.quit(); // politeness; the letters are handed over
        }
    }
}

impl std::fmt::Debug for SmtpOptions {
    /// Leaves the password out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.tls)
    }
}

impl std::fmt::Debug for Connected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a connection")
    }
}
