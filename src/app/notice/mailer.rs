//! What sends mail, by the settings of the space and the configuration of this machine.

use std::time::Duration;

use crate::{
    app::{
        AppError,
        notice::{kept, post::Post},
    },
    config::{Encryption, MailConfig, Server},
    domain::model::{Advice, Space},
    integrations::mail::{Folder, Sender, Smtp, SmtpOptions, Tls},
    store::Store,
};

/// Makes a mailer.
///
/// # Errors
/// Fails if the space has no sender address, or if a file with a secret cannot be read.
pub fn mailer(config: &MailConfig, space: &Space, store: &Store) -> Result<Post, AppError> {
    let sender = sender(space)?;
    Ok(match &config.smtp {
        Some(server) => Post {
            to: format!("by {}", server.host),
            pause: Duration::from_millis(config.pause_ms),
            mailer: Box::new(Smtp::new(options(server)?, sender)),
        },
        None => {
            let folder = kept::folder(config, store);
            Post {
                to: format!("into {}", folder.display()),
                pause: Duration::ZERO,
                mailer: Box::new(Folder::new(folder, sender)),
            }
        }
    })
}

/// Returns the sender of notices.
///
/// # Errors
/// Fails if the space has no sender address.
pub fn sender(space: &Space) -> Result<Sender, AppError> {
    let rules = &space.notices;
    let from = rules.from.clone().ok_or_else(|| {
        AppError::user("the space has no sender address for notices").hint(Advice::SetSender)
    })?;
    Ok(Sender { name: space.name.clone(), from, reply_to: rules.reply_to.clone() })
}

fn options(server: &Server) -> Result<SmtpOptions, AppError> {
    let login = match (&server.user, server.password()?) {
        (Some(user), Some(password)) => Some((user.clone(), password)),
        (Some(user), None) => {
            return Err(AppError::user(format!("there is no password for {user}")).hint(format!(
                "name a file in password_file, or set {}",
                crate::config::PASSWORD_VARIABLE
            )));
        }
        (None, _) => None,
    };
    let (tls, port) = match server.tls {
        Encryption::Implicit => (Tls::Implicit, 465),
        Encryption::Starttls => (Tls::StartTls, 587),
        Encryption::None => (Tls::None, 25),
    };
    Ok(SmtpOptions {
        host: server.host.clone(),
        port: server.port.unwrap_or(port),
        tls,
        authorities: server.authorities()?,
        login,
        timeout: Duration::from_secs(server.timeout_seconds),
    })
}
