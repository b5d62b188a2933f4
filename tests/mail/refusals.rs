//! How a server can fail on a letter, and the effect on other letters.

use std::time::Duration;

use space::integrations::mail::{MailError, Mailer as _, Sender, Smtp, SmtpOptions};

use crate::{
    conformance::{letter, now},
    server::{Server, sender},
};

#[test]
fn one_bad_address_stops_nobody_else() {
    let Some(server) = Server::start("plain", None) else { return };
    let mut smtp = Smtp::new(server.options(), sender());
    let mut send = |user: &str| smtp.send(&letter(user), now());
    let refused = |it: Result<(), MailError>| matches!(it, Err(MailError::Refused(_)));
    let later = |it: Result<(), MailError>| matches!(it, Err(MailError::Later(_)));
    assert!(refused(send("nobody")));
    send("a").unwrap();
    assert!(later(send("later")));
    send("b").unwrap();
    assert!(refused(send("spam")));
    send("c").unwrap();
    assert!(later(send("vanish")), "nobody knows whether it was taken");
    send("d").unwrap();
    send("drop").expect("a connection that was in use is made anew once");
    // A server that is too slow; it does not keep the others waiting for ever.
    let options = SmtpOptions { timeout: Duration::from_millis(500), ..server.options() };
    let hung = Smtp::new(options, sender()).send(&letter("hang"), now());
    assert!(matches!(hung, Err(MailError::Later(_) | MailError::Down(_))), "{hung:?}");
    send("e").unwrap();
    let to: Vec<String> = server.rest().iter().map(|it| it.to().to_owned()).collect();
    assert_eq!(to, ["a", "b", "c", "d", "drop", "e"].map(|it| format!("{it}@example.org")));
}

#[test]
fn no_message_has_a_whole_address() {
    let Some(server) = Server::start("plain", None) else { return };
    let mut smtp = Smtp::new(server.options(), sender());
    let error = smtp.send(&letter("nobody-at-all"), now()).unwrap_err().to_string();
    assert!(error.contains("550") && error.contains("n…@example.org"), "{error}");
    assert!(!error.contains("nobody-at-all"), "{error}");
}

#[test]
fn a_server_that_refuses_us_takes_no_letter_now() {
    let Some(server) = Server::start("plain", None) else { return };
    let from = Sender { from: "stranger@example.org".into(), ..sender() };
    let error = Smtp::new(server.options(), from).send(&letter("a"), now()).unwrap_err();
    assert!(matches!(error, MailError::Down(_)), "{error:?}");
    let options = server.options();
    drop(server);
    let error = Smtp::new(options, sender()).send(&letter("a"), now()).unwrap_err();
    assert!(matches!(&error, MailError::Down(why) if why.contains("cannot reach")), "{error:?}");
}

#[test]
fn an_address_beyond_ascii_needs_a_server_that_takes_it() {
    let Some(server) = Server::start("plain", None) else { return };
    let mut smtp = Smtp::new(server.options(), sender());
    let error = smtp.send(&letter("jörg"), now()).unwrap_err();
    assert!(matches!(&error, MailError::Refused(why) if why.contains("non-ASCII")), "{error:?}");
}
