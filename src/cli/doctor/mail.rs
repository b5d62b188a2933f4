//! Checks whether notices can be sent from this machine.

use super::{repository::is_private, verdict::Verdict};
use crate::{
    app::{AppError, look_up, notice::mailer},
    config::MailConfig,
    store::Store,
};

/// Connects to the mail server, if the space sends notices at all.
pub(super) fn look(store: &Store) -> Vec<Verdict> {
    let space = store.head().and_then(|head| store.read(head));
    let Ok(space) = space.map_err(AppError::from).and_then(|head| look_up::space(&head)) else {
        return Vec::new(); // the check of the records reports that
    };
    if space.notices.from.is_none() {
        return Vec::new();
    }
    let config = match MailConfig::load() {
        Ok(config) => config,
        Err(error) => return vec![Verdict::of_error("mail", error)],
    };
    let called = match mailer::mailer(&config, &space, store) {
        Ok(mut post) => match post.mailer.call() {
            Ok(()) => Verdict::good("mail", format!("notices are sent {}", post.to)),
            Err(error) => Verdict::bad("mail", error.to_string(), "check /etc/space/mail.toml"),
        },
        Err(error) => Verdict::of_error("mail", error),
    };
    let password = config.smtp.as_ref().and_then(|server| server.password_file.as_deref());
    let open = password.filter(|path| !is_private(path)).map(|path| {
        Verdict::bad(
            "mail password",
            "other users can read it",
            format!("chmod 600 {}", path.display()),
        )
    });
    let left = store.read_outbox().map_or(0, |posted| posted.sent().len());
    let left = (left > 0).then(|| {
        Verdict::odd(
            "notices",
            format!("{left} were sent but are not on record yet"),
            "`space notice send` records them",
        )
    });
    [Some(called), open, left].into_iter().flatten().collect()
}
