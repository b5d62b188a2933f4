//! What every way of sending does alike.

use std::fs;

use jiff::Timestamp;
use space::{
    domain::notices::Letter,
    integrations::mail::{Folder, MailError, Mailer, Memory, Smtp, SmtpOptions, Tls},
};

use crate::server::{Message, Server, sender};

pub(crate) fn letter(user: &str) -> Letter {
    Letter {
        to: ("Jörg Müller".into(), format!("{user}@example.org")),
        subject: "Grüße: your dues — soon".into(),
        text: "Hello Jörg,\n\n.a line that begins with a dot\nFrom here on: 1 < 2.\n".into(),
        html: "<p>Hello Jörg</p>\n".into(),
        key: format!("0042.reminder.{user}"),
    }
}

pub(crate) fn now() -> Timestamp {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

/// Sends two good letters and one that must not be sent; the good ones arrive.
fn conforms(mailer: &mut dyn Mailer) {
    mailer.probe().unwrap();
    mailer.send(&letter("ada"), now()).unwrap();
    let broken = Letter { subject: "a\r\nBcc: everybody@example.org".into(), ..letter("bob") };
    assert!(matches!(mailer.send(&broken, now()), Err(MailError::Refused(_))));
    mailer.send(&letter("cy"), now()).unwrap();
}

fn is_right(message: &Message, user: &str) {
    assert_eq!(message.to(), format!("{user}@example.org"));
    assert_eq!(message.part(0), ("text/plain", letter(user).text));
    assert_eq!(message.part(1), ("text/html", letter(user).html));
    assert_eq!(message.header("List-Id"), "<notices.example.org>");
    assert_eq!(message.header("Auto-Submitted"), "auto-generated");
    assert!(message.header("Message-ID").ends_with("@example.org>"));
    assert!(message.header("Subject").starts_with("=?utf-8?"), "{}", message.header("Subject"));
    assert!(message.header("To").contains("=?utf-8?"), "{}", message.header("To"));
}

/// Reads a message like the server of these tests would.
fn read(bytes: &[u8]) -> Option<Message> {
    let script = "import json,sys\n\
        from email import message_from_bytes\n\
        m = message_from_bytes(sys.stdin.buffer.read())\n\
        parts = [p for p in m.walk() if not p.is_multipart()]\n\
        print(json.dumps({'to': [m['To'].split('<')[1].rstrip('>')],\n\
          'headers': [[k, str(v)] for k, v in m.items()],\n\
          'parts': [[p.get_content_type(), p.get_payload(decode=True).decode()] for p in parts]}))";
    let python = crate::python::python("aiosmtpd", &["aiosmtpd", "trustme"], "aiosmtpd, trustme")?;
    let mut child = std::process::Command::new(python)
        .args(["-c", script])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(Message(serde_json::from_slice(&output.stdout).unwrap()))
}

#[test]
fn memory() {
    let mut memory = Memory::new(sender());
    conforms(&mut memory);
    assert_eq!(memory.letters.len(), 2);
    for ((_, bytes), user) in memory.letters.iter().zip(["ada", "cy"]) {
        let Some(message) = read(bytes) else { return };
        is_right(&message, user);
    }
}

#[test]
fn a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::new(dir.path().join("mail"), sender());
    conforms(&mut folder);
    // The same letter again is the same file.
    folder.send(&letter("cy"), now()).unwrap();
    assert_eq!(fs::read_dir(dir.path().join("mail")).unwrap().count(), 2);
    for user in ["ada", "cy"] {
        let bytes = fs::read(folder.file(&letter(user))).unwrap();
        let Some(message) = read(&bytes) else { return };
        is_right(&message, user);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_is_private_and_a_full_disk_is_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::new(dir.path().to_owned(), sender());
    folder.send(&letter("ada"), now()).unwrap();
    let mode = fs::metadata(folder.file(&letter("ada"))).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut nowhere = Folder::new("/dev/null/mail".into(), sender());
    assert!(matches!(nowhere.send(&letter("ada"), now()), Err(MailError::Down(_))));
}

#[test]
fn a_server_in_the_clear_by_starttls_and_by_tls_from_the_first_byte() {
    for mode in ["plain", "starttls", "implicit"] {
        let Some(server) = Server::start(mode, None) else { return };
        let mut smtp = Smtp::new(server.options(), sender());
        conforms(&mut smtp);
        for user in ["ada", "cy"] {
            let message = server.message();
            is_right(&message, user);
            assert_eq!(message.0["encrypted"], mode != "plain", "{mode}");
            assert_eq!(message.0["from"], "members@example.org");
        }
        assert_eq!(server.rest().len(), 0);
    }
}

#[test]
fn a_server_that_asks_for_a_password() {
    let Some(server) = Server::start("starttls", Some("secret")) else { return };
    let login = |password: &str| SmtpOptions {
        login: Some(("us".into(), password.into())),
        ..server.options()
    };
    let (right, wrong) = (login("secret"), login("guess"));
    assert!(Smtp::new(wrong.clone(), sender()).probe().is_err());
    let error = Smtp::new(wrong, sender()).send(&letter("ada"), now()).unwrap_err();
    assert!(matches!(&error, MailError::Down(why) if why.contains("refused the login")), "{error}");
    assert!(!error.to_string().contains("guess"));
    conforms(&mut Smtp::new(right, sender()));
    assert_eq!(server.message().0["login"], true);
}

#[test]
fn a_server_that_cannot_be_trusted_gets_nothing() {
    for mode in ["starttls", "implicit"] {
        let Some(server) = Server::start(mode, None) else { return };
        let strange = SmtpOptions { authorities: None, ..server.options() };
        let error = Smtp::new(strange, sender()).send(&letter("ada"), now()).unwrap_err();
        assert!(matches!(&error, MailError::Down(_)), "{error:?}");
        assert_eq!(server.rest().len(), 0);
    }
    let Some(server) = Server::start("plain", None) else { return };
    let options = SmtpOptions { tls: Tls::StartTls, ..server.options() };
    let error = Smtp::new(options, sender()).send(&letter("ada"), now()).unwrap_err();
    assert!(error.to_string().contains("does not offer STARTTLS"), "{error}");
    assert_eq!(server.rest().len(), 0);
}
