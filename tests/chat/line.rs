//! The line by which commands and presses are heard: it is encrypted, and one that is silent is dead.

use std::{
    collections::VecDeque,
    fs,
    path::Path,
    process::Command,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use space::integrations::chat::{ChatError, ChatKind, ChatOptions, Heard, Listening, listen};
use tokio::{net::TcpListener, sync::oneshot};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

use crate::{
    part::{there, works},
    play::{PATIENCE, start, started, typed, until, world},
    world::{TOKEN, options, stand_in},
};

fn listening(url: &str, silence: Duration) -> ChatOptions {
    ChatOptions { silence, ..options(ChatKind::Slack, Some(url), TOKEN) }
}

#[test]
fn a_line_without_a_sign_of_life_is_dead_and_one_with_signs_goes_on() {
    let silence = Duration::from_millis(300);
    let (chat, url) = stand_in();
    chat.sign_every(None);
    let (_end, ended) = oneshot::channel();
    let mut heard = Vec::new();
    let said = listen(&listening(&url, silence), &mut VecDeque::new(), ended, |it| heard.push(it));
    let Err(ChatError::Down(why)) = said else { panic!("{said:?}") };
    assert!(why.contains("gives no sign of life"), "{why}");
    assert_eq!(heard, [Heard::Connected]);

    let (chat, url) = stand_in();
    chat.sign_every(Some(Duration::from_millis(20)));
    let ada = chat.person("Ada", None);
    let (end, ended) = oneshot::channel();
    let (sender, commands) = std::sync::mpsc::channel();
    let line = thread::spawn(move || {
        listen(&listening(&url, silence), &mut VecDeque::new(), ended, |it| {
            sender.send(it).unwrap();
        })
    });
    assert_eq!(commands.recv_timeout(PATIENCE).unwrap(), Heard::Connected);
    // These took longer than the line may be silent.
    let began = Instant::now();
    until("signs of life", || chat.answered_signs() > 30 && began.elapsed() > silence * 2);
    assert!(chat.command(&ada, "who"));
    let heard = commands.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(heard, Heard::Command { text, .. } if text == "who"));
    assert_eq!(chat.requests(), ["apps.connections.open"], "it is the same line");
    end.send(()).unwrap();
    assert_eq!(line.join().unwrap(), Ok(Listening::Ended));
}

/// Makes a certificate for this machine.
fn certify(dir: &Path) -> bool {
    let path = |name: &str| dir.join(name).display().to_string();
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    openssl.args(["-nodes", "-days", "30", "-subj", "/CN=localhost"]);
    openssl.args(["-addext", "subjectAltName=DNS:localhost"]);
    openssl.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
    openssl.args(["-keyout", &path("key.pem"), "-out", &path("cert.pem")]);
    works(&mut openssl)
}

/// Decrypts what arrives, and passes it on; returns where.
fn encrypted(dir: &Path, to: &str) -> String {
    let certificate = fs::read(dir.join("cert.pem")).unwrap();
    let certificate = CertificateDer::from_pem_slice(&certificate).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&fs::read(dir.join("key.pem")).unwrap()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let to = to.trim_start_matches("http://").to_owned();
    let (sender, at) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap().port()).unwrap();
            loop {
                let (line, _) = listener.accept().await.unwrap();
                let (acceptor, to) = (acceptor.clone(), to.clone());
                tokio::spawn(async move {
                    // Whoever does not trust the certificate ends the line.
                    let Ok(mut line) = acceptor.accept(line).await else { return };
                    let mut other = tokio::net::TcpStream::connect(to).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut line, &mut other).await;
                });
            }
        });
    });
    format!("wss://localhost:{}/socket/1", at.recv().unwrap())
}

#[test]
fn the_line_is_encrypted_and_to_nobody_but_who_can_prove_it() {
    if !there("openssl", &["version"]) {
        return;
    }
    let (world, ids) = world(&["Ada Lovelace"]);
    assert!(certify(world.dir.path()));
    world.slack.sockets_at(&encrypted(world.dir.path(), &world.url));
    world.run(&["member", "edit", "ada", "--account", &format!("slack={}", ids[0])]);
    // Nobody vouches for the certificate.
    let running = start(&world);
    let told = running.wait("trouble").to_string();
    assert!(told.contains("commands slack") && told.contains("certificate"), "{told}");
    assert_eq!(running.end(), Some(0));
    let mut command = world.command(&["chat", "run", "--json"]);
    command.env("SSL_CERT_FILE", world.dir.path().join("cert.pem"));
    let running = started(command);
    running.wait("listening");
    assert_eq!(typed(&world, &ids[0], "dues"), "You owe nothing.");
    assert_eq!(running.end(), Some(0));
    // In the clear, nothing crosses a network.
    world.slack.sockets_at("ws://slack.example.org/socket/1");
    let running = start(&world);
    let told = running.wait("trouble").to_string();
    assert!(told.contains("does not begin with https"), "{told}");
    assert_eq!(running.end(), Some(0));
}
