//! Hands letters to a mail server (RFC 5321), over one connection for as long as it lasts.

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

use super::{MailError, Mailer, Sender, compose, transparent::Transparent};
use crate::domain::{
    model::{email, text},
    notices::Letter,
};

/// Which server to use, and how to connect to it.
#[derive(Clone)]
pub struct SmtpOptions {
    /// The host name, which its certificate must contain.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Certificates of authorities (PEM) that are trusted in addition to the system's.
    pub authorities: Option<Vec<u8>>,
    /// User and password.
    pub login: Option<(String, String)>,
    /// The timeout for one answer.
    pub timeout: Duration,
}

/// How a connection is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tls {
    /// From the first byte (port 465).
    Implicit,
    /// After an exchange in the clear (port 587); unencrypted connections are not accepted.
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

/// What went wrong, and whether the connection is still usable.
enum AttemptError {
    /// It concerns only this letter; the connection is fine.
    Letter(MailError),
    /// The connection broke before the content of the letter was sent.
    Broken(String),
    /// The connection broke later: whether the letter was accepted is unknown.
    Unknown(String),
}

impl Smtp {
    /// Takes a server, which is first contacted when there is a letter.
    #[must_use]
    pub const fn new(options: SmtpOptions, sender: Sender) -> Self {
        Self { options, sender, connection: None }
    }

    /// Sends one letter over the existing connection, or over a new one.
    fn attempt(
        &mut self,
        from: &Address,
        to: &Address,
        message: &[u8],
    ) -> Result<(), AttemptError> {
        let connection = match &mut self.connection {
            Some(connected) => connected,
            none => {
                // A refused connection is not about this letter.
                let fresh = connect(&self.options)
                    .map_err(|why| AttemptError::Letter(MailError::Down(why)))?;
                none.insert(Connected(fresh))
            }
        };
        deliver(&mut connection.0, from, to, message)
    }
}

impl Mailer for Smtp {
    fn probe(&mut self) -> Result<(), MailError> {
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
        let mut result = self.attempt(&from, &to, &bytes);
        // A server may close a connection that was idle, or that has carried enough letters.
        if matches!(result, Err(AttemptError::Broken(_))) && !fresh {
            self.connection = None;
            result = self.attempt(&from, &to, &bytes);
        }
        match result {
            Ok(()) => Ok(()),
            Err(AttemptError::Letter(error)) => Err(error),
            // The server was reachable; the next letter will show whether it still is.
            Err(AttemptError::Broken(why) | AttemptError::Unknown(why)) => {
                self.connection = None;
                Err(MailError::Later(why))
            }
        }
        .map_err(|error| error.without(&letter.to.1))
    }
}

/// Connects, encrypts and logs in.
fn connect(options: &SmtpOptions) -> Result<SmtpConnection, String> {
    let SmtpOptions { host, port, tls, timeout, .. } = options;
    let secured = secure(options).map_err(|error| describe(&error))?;
    let hello = ClientId::default();
    let implicit = secured.as_ref().filter(|_| *tls == Tls::Implicit);
    let server = (host.as_str(), *port);
    let mut connection = SmtpConnection::connect(server, Some(*timeout), &hello, implicit, None)
        .map_err(|error| format!("cannot reach {host}:{port}: {}", describe(&error)))?;
    if *tls == Tls::StartTls
        && let Some(secured) = &secured
    {
        if !connection.can_starttls() {
            return Err(format!(
                "{host}:{port} does not offer STARTTLS, so nothing is sent: \
                 check whether it needs tls = \"implicit\" on port 465"
            ));
        }
        connection
            .starttls(secured, &hello)
            .map_err(|error| format!("{host}:{port} cannot be trusted: {}", describe(&error)))?;
    }
    if let Some((user, password)) = &options.login {
        let login = Credentials::new(user.clone(), password.clone());
        connection
            .auth(DEFAULT_MECHANISMS, &login)
            .map_err(|error| format!("{host} refused the login: {}", describe(&error)))?;
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

/// Performs the steps of a delivery: each step shows whether the sender, the recipient or the
/// letter is refused.
fn deliver(
    connection: &mut SmtpConnection,
    from: &Address,
    to: &Address,
    message: &[u8],
) -> Result<(), AttemptError> {
    let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let mut parameters = Vec::new();
    if !ascii(from) || !ascii(to) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let why = "the server does not accept addresses with non-ASCII characters";
            return Err(AttemptError::Letter(MailError::Refused(why.into())));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let before = |error: Error| match status(&error) {
        None | Some(421) => AttemptError::Broken(describe(&error)),
        Some(_) => AttemptError::Letter(MailError::Down(format!(
            "the server does not accept letters from this sender: {}",
            describe(&error)
        ))),
    };
    connection.command(Mail::new(Some(from.clone()), parameters)).map_err(before)?;
    let refused = |connection: &mut SmtpConnection, error: Error| {
        let why = describe(&error);
        match status(&error) {
            None | Some(421) => AttemptError::Broken(why),
            Some(code) => match connection.command(Rset) {
                Err(_) => AttemptError::Unknown(why),
                Ok(_) if code >= 500 => AttemptError::Letter(MailError::Refused(why)),
                Ok(_) => AttemptError::Letter(MailError::Later(why)),
            },
        }
    };
    if let Err(error) = connection.command(Rcpt::new(to.clone(), Vec::new())) {
        return Err(refused(connection, error));
    }
    if let Err(error) = connection.command(Data) {
        return Err(refused(connection, error));
    }
    let handed_over = match Transparent::of(message) {
        Some(whole) => connection.command(whole),
        None => connection.message(message),
    };
    match handed_over {
        Ok(_) => Ok(()),
        Err(error) => Err(match status(&error) {
            None | Some(421) => AttemptError::Unknown(describe(&error)),
            Some(_) => refused(connection, error),
        }),
    }
}

fn status(error: &Error) -> Option<u16> {
    error.status().map(u16::from)
}

/// Returns the error of the server or the system, on one line.
fn describe(error: &Error) -> String {
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
    /// Removes the address from an error.
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
            let _ = self.0.quit(); // only for politeness: the letters are handed over
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
