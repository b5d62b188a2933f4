//! A letter is sent in one piece: its end does not wait until its beginning is confirmed.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread,
    time::Duration,
};

use space::integrations::mail::{Mailer as _, Smtp, SmtpOptions, Tls};

use crate::{
    conformance::{letter, now},
    server::sender,
};

/// A server that takes one letter, and returns what came first of its content.
fn take(server: TcpListener) -> Vec<u8> {
    let (stream, _) = server.accept().unwrap();
    let mut answer = stream.try_clone().unwrap();
    let mut say = |words: &str| write!(answer, "{words}\r\n").unwrap();
    let mut lines = BufReader::new(stream);
    say("220 here");
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line.starts_with("DATA") {
            break;
        }
        say("250 yes");
    }
    say("354 go on");
    let mut first = vec![0; 1 << 16];
    let length = lines.read(&mut first).unwrap();
    first.truncate(length);
    let mut all = first.clone();
    while !all.ends_with(b"\r\n.\r\n") {
        let mut more = vec![0; 1 << 16];
        let length = lines.read(&mut more).unwrap();
        assert_ne!(length, 0, "the letter has no end");
        all.extend(&more[..length]);
    }
    say("250 taken");
    first
}

#[test]
fn the_end_of_a_letter_comes_with_its_content() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    let server = thread::spawn(move || take(server));
    let options = SmtpOptions {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        authorities: None,
        login: None,
        timeout: Duration::from_secs(20),
    };
    Smtp::new(options, sender()).send(&letter("ada"), now()).unwrap();
    let first = server.join().unwrap();
    assert!(first.ends_with(b"\r\n.\r\n"), "{}", String::from_utf8_lossy(&first));
}
