//! Checks whether notices can be sent from this machine.

use super::{diagnosis::Diagnosis, repository::is_private};
use crate::{
    app::{AppError, look_up, notice::mailer},
    config::MailConfig,
    store::Store,
};

/// Connects to the mail server, if the space sends notices at all.
pub(super) fn examine(store: &Store) -> Vec<Diagnosis> {
    let space = store.head().and_then(|head| store.read(head));
    let Ok(space) = space.map_err(AppError::from).and_then(|head| look_up::space(&head)) else {
        return Vec::new(); // the check of the records reports that
    };
    if space.notices.from.is_none() {
        return Vec::new();
    }
    let config = match MailConfig::load() {
        Ok(config) => config,
        Err(error) => return vec![Diagnosis::from_error("mail", error)],
    };
    let server = match mailer::mailer(&config, &space, store) {
        Ok(mut post) => match post.mailer.probe() {
            Ok(()) => Diagnosis::ok("mail", format!("notices are sent {}", post.to)),
            Err(error) => Diagnosis::error("mail", error.to_string(), "check /etc/space/mail.toml"),
        },
        Err(error) => Diagnosis::from_error("mail", error),
    };
    let password = config.smtp.as_ref().and_then(|server| server.password_file.as_deref());
    let readable_password = password.filter(|path| !is_private(path)).map(|path| {
        Diagnosis::error(
            "mail password",
            "other users can read it",
            format!("chmod 600 {}", path.display()),
        )
    });
    let unrecorded = store.read_outbox().map_or(0, |posted| posted.sent().len());
    let unrecorded = (unrecorded > 0).then(|| {
        Diagnosis::warning(
            "notices",
            format!("{unrecorded} were sent but are not on record yet"),
            "`space notice send` records them",
        )
    });
    [Some(server), readable_password, unrecorded].into_iter().flatten().collect()
}
