//! What every provider has to do, and what no provider is believed.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};
use space::integrations::identity::{
    Back, Handshake, Identity, IdentityError, Provider, ProviderKind, ProviderOptions, StandIn,
    provider,
};
use tokio::runtime::{Builder, Runtime};

use crate::{
    browser::go,
    peers::{Peer, REDIRECT},
};

const CLIENT: (&str, &str) = ("space", "a secret of the client");

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// The providers sign for the real time.
#[allow(clippy::disallowed_methods, reason = "real providers use the real time")]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_second(since.as_secs().try_into().unwrap()).unwrap()
}

fn handshake(seed: char) -> Handshake {
    let text = |it: &str| format!("{it}{}", seed.to_string().repeat(60));
    Handshake {
        state: text("sta"),
        nonce: text("non"),
        verifier: text("ver"),
        redirect: REDIRECT.to_owned(),
    }
}

fn made(kind: ProviderKind) -> Box<dyn Provider> {
    let (client_id, client_secret) = (CLIENT.0.to_owned(), CLIENT.1.to_owned());
    provider(ProviderOptions { kind, client_id, client_secret }).unwrap()
}

fn openid(issuer: &str) -> Box<dyn Provider> {
    made(ProviderKind::OpenId { issuer: issuer.to_owned() })
}

/// Logs somebody in.
fn log_in(
    runtime: &Runtime,
    provider: &dyn Provider,
    login: &str,
) -> Result<Identity, IdentityError> {
    let sent = handshake('a');
    let url = runtime.block_on(provider.begin(&sent, now()))?;
    let (back, state) = go(&url, login);
    assert_eq!(state, sent.state);
    runtime.block_on(provider.finish(&sent, &back, now()))
}

fn emails(all: &[&str]) -> Result<Identity, IdentityError> {
    Ok(Identity { emails: all.iter().map(ToString::to_string).collect() })
}

/// What every provider has to do.
fn conforms(runtime: &Runtime, provider: &dyn Provider) {
    assert_eq!(log_in(runtime, provider, "ada"), emails(&["ada@example.org"]));
    assert_eq!(log_in(runtime, provider, "bob"), emails(&[]), "not verified");

    let sent = handshake('b');
    let url = runtime.block_on(provider.begin(&sent, now())).unwrap();
    for part in ["code_challenge_method=S256", "code_challenge=", "state="] {
        assert!(url.contains(part), "{part}: {url}");
    }
    assert!(!url.contains(&sent.verifier) && !url.contains(CLIENT.1), "{url}");
    let (back, _) = go(&url, "ada");
    assert_eq!(
        runtime.block_on(provider.finish(&sent, &back, now())),
        emails(&["ada@example.org"])
    );
    let again = runtime.block_on(provider.finish(&sent, &back, now()));
    assert!(matches!(again, Err(IdentityError::Refused(_))), "a code counts once: {again:?}");

    let url = runtime.block_on(provider.begin(&sent, now())).unwrap();
    let (back, _) = go(&url, "ada");
    let stolen = Handshake { verifier: handshake('c').verifier, ..sent.clone() };
    let stolen = runtime.block_on(provider.finish(&stolen, &back, now()));
    assert!(stolen.is_err(), "a code is of no use without what is kept here: {stolen:?}");

    let made_up = Back { code: "made-up".into(), issuer: None };
    let made_up = runtime.block_on(provider.finish(&sent, &made_up, now()));
    assert!(matches!(made_up, Err(IdentityError::Refused(_))), "{made_up:?}");
}

#[test]
fn the_stand_in_for_github_conforms() {
    let runtime = runtime();
    let url = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let one = |email: &str, verified| vec![(email.to_owned(), verified)];
        let people = [
            ("ada".to_owned(), one("ada@example.org", true)),
            ("bob".to_owned(), one("bob@example.org", false)),
        ];
        let client = (CLIENT.0.to_owned(), CLIENT.1.to_owned());
        tokio::spawn(StandIn::new(client, people).serve(listener));
        url
    });
    let kind = ProviderKind::GitHub { pages: url.clone(), api: url.clone() };
    conforms(&runtime, &*made(kind.clone()));
    let wrong = ProviderOptions {
        kind,
        client_id: CLIENT.0.to_owned(),
        client_secret: "another".to_owned(),
    };
    let wrong = log_in(&runtime, &*provider(wrong).unwrap(), "ada");
    assert!(matches!(wrong, Err(IdentityError::Misconfigured(_))), "{wrong:?}");
}

#[test]
fn the_provider_from_pypi_conforms() {
    let Some(peer) = Peer::mock() else { return };
    conforms_but_for_pkce(&runtime(), &*openid(&peer.issuer));
}

/// It does not know PKCE; everything else is as it should be.
fn conforms_but_for_pkce(runtime: &Runtime, provider: &dyn Provider) {
    assert_eq!(log_in(runtime, provider, "ada"), emails(&["ada@example.org"]));
    assert_eq!(log_in(runtime, provider, "bob"), emails(&[]), "not verified");
    let sent = handshake('b');
    let url = runtime.block_on(provider.begin(&sent, now())).unwrap();
    let (back, _) = go(&url, "ada");
    let other = Handshake { nonce: handshake('c').nonce, ..sent };
    let other = runtime.block_on(provider.finish(&other, &back, now()));
    assert!(matches!(other, Err(IdentityError::Unbelievable(_))), "another nonce: {other:?}");
}

#[test]
fn the_provider_from_npm_conforms() {
    let Some(peer) = Peer::node() else { return };
    conforms(&runtime(), &*openid(&peer.issuer));
}

#[test]
fn who_lies_is_not_believed() {
    let Some(peer) = Peer::liar() else { return };
    let runtime = runtime();
    let ask = |lie: &str| log_in(&runtime, &*openid(&format!("{}/{lie}", peer.issuer)), "ada");
    for honest in ["honest", "in-words", "userinfo", "rotated"] {
        assert_eq!(ask(honest), emails(&["ada@example.org"]), "{honest}");
    }
    for unverified in ["unverified", "silent"] {
        assert_eq!(ask(unverified), emails(&[]), "{unverified}");
    }
    for lie in [
        "metadata",
        "issuer",
        "audience",
        "nonce",
        "no-nonce",
        "expired",
        "key",
        "none",
        "symmetric",
        "no-token",
    ] {
        let said = ask(lie);
        assert!(matches!(said, Err(IdentityError::Unbelievable(_))), "{lie}: {said:?}");
    }
    for broken in ["in-the-clear", "endless", "elsewhere"] {
        let said = ask(broken);
        assert!(matches!(said, Err(IdentityError::Down(_))), "{broken}: {said:?}");
    }
}

/// RFC 9207: an answer that says it is from another issuer is for another login.
#[test]
fn an_answer_of_another_issuer_is_not_exchanged() {
    let Some(peer) = Peer::liar() else { return };
    let runtime = runtime();
    let provider = openid(&format!("{}/honest", peer.issuer));
    let sent = handshake('a');
    let url = runtime.block_on(provider.begin(&sent, now())).unwrap();
    let (back, _) = go(&url, "ada");
    let mixed = Back { issuer: Some("https://accounts.google.com".into()), ..back.clone() };
    let said = runtime.block_on(provider.finish(&sent, &mixed, now()));
    assert!(matches!(said, Err(IdentityError::Unbelievable(_))), "{said:?}");
    let named = Back { issuer: Some(format!("{}/honest", peer.issuer)), ..back };
    assert!(runtime.block_on(provider.finish(&sent, &named, now())).is_ok());
}

#[test]
fn a_provider_that_is_not_there_is_told() {
    let runtime = runtime();
    let said = log_in(&runtime, &*openid("http://127.0.0.1:9"), "ada");
    let Err(IdentityError::Down(words)) = said else { panic!("{said:?}") };
    assert!(words.starts_with("127.0.0.1 does not answer"), "{words}");
    let options = |issuer: &str| ProviderOptions {
        kind: ProviderKind::OpenId { issuer: issuer.to_owned() },
        client_id: String::new(),
        client_secret: String::new(),
    };
    for bad in ["", "x", "http://accounts.example.org"] {
        assert!(provider(options(bad)).is_err(), "{bad}");
    }
}

/// The keys of a provider are asked for again after a while.
#[test]
fn what_a_provider_said_about_itself_is_kept_for_a_while() {
    let Some(peer) = Peer::liar() else { return };
    let runtime = runtime();
    let provider = openid(&format!("{}/honest", peer.issuer));
    let sent = handshake('a');
    runtime.block_on(provider.begin(&sent, now())).unwrap();
    drop(peer);
    assert!(runtime.block_on(provider.begin(&sent, now())).is_ok(), "kept");
    let later = now() + SignedDuration::from_mins(20);
    assert!(runtime.block_on(provider.begin(&sent, later)).is_err(), "asked again");
}
