//! Whatever payment processors and Slack answer: it is read, or refused with a sentence:
//! `cargo +nightly fuzz run answers`.
//!
//! A server on this machine answers each request with what such a service would, in which one value is
//! another one, or with any bytes.

#![no_main]

#[path = "answers/good.rs"]
mod good;
#[path = "answers/server.rs"]
mod server;

use std::{collections::VecDeque, sync::mpsc, time::Duration};

use jiff::{Timestamp, civil::date, tz::TimeZone};
use libfuzzer_sys::{
    arbitrary::{self, Arbitrary},
    fuzz_target,
};
use space::{
    domain::follow::{Found, Holding, Terms},
    integrations::{
        chat::{ChatKind, ChatOptions, listen, workspace},
        processor::{Customer, Processor, ProcessorKind, ProcessorOptions, Visit, processor},
    },
};

/// One answer.
#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum Answer {
    /// What the service would answer.
    Good,
    /// The same, with another value somewhere.
    Changed(u16, Changed),
    /// The same, without a value.
    Without(u16),
    /// Something else.
    Other(u8, Vec<u8>),
}

/// A value.
#[derive(Arbitrary, Clone, Debug)]
pub(crate) enum Changed {
    Null,
    Flag(bool),
    Number(i64),
    Fraction(f64),
    Text(String),
    Nothing,
    /// The value itself, so often in a list.
    Many(u8),
}

fuzz_target!(|input: (u8, Vec<Answer>)| {
    let (whom, answers) = input;
    let server = server::shared();
    server.answers(VecDeque::from(answers));
    match whom % 3 {
        0 => asks(ProcessorKind::Stripe, &server.url),
        1 => asks(ProcessorKind::GoCardless, &server.url),
        _ => talks(&server.url),
    }
});

fn is_shown(words: &str) {
    assert!(!words.contains(|c: char| c.is_control()), "{words:?}");
}

/// Asks a processor for everything.
fn asks(kind: ProcessorKind, url: &str) {
    let options = ProcessorOptions {
        kind,
        url: Some(url.to_owned()),
        secret: "sk".to_owned(),
        currency: "GBP".to_owned(),
        zone: TimeZone::UTC,
        title: "Makers".to_owned(),
        longest: Duration::from_secs(5),
        pause: |_| {},
    };
    let mut it: Box<dyn Processor> = processor(options).expect("this machine can be asked");
    let told = |found: &Found<Terms>| {
        for account in &found.accounts {
            if let Holding::Unclear(why) = &account.holds {
                is_shown(why);
            }
        }
    };
    let accounts = match it.read() {
        Ok(found) => {
            told(&found);
            found.accounts.into_iter().map(|it| it.id).collect()
        }
        Err(why) => {
            is_shown(&why.to_string());
            vec!["A".to_owned()]
        }
    };
    for after in [None, Some("EV1")] {
        if let Err(why) = it.happened(after) {
            is_shown(&why.to_string());
        }
    }
    let terms = Terms { monthly: 3000 };
    let customer =
        Customer { reference: "SM1".into(), name: "Ada L".into(), email: Some("a@b".into()) };
    let visit = Visit {
        reference: "SM1".into(),
        terms,
        from: Some(date(2026, 5, 1)),
        back: "https://example.org".into(),
        now: Timestamp::UNIX_EPOCH,
    };
    let mut said = vec![it.open("k", &customer).map(drop)];
    for account in accounts.iter().take(2) {
        said.push(it.give("k", account, &terms, Some(date(2026, 5, 1))));
        said.push(it.change("k", account, &terms));
        said.push(it.remove("k", account));
        said.push(it.link(account, &visit).map(drop));
    }
    said.into_iter().filter_map(Result::err).for_each(|why| is_shown(&why.to_string()));
}

/// Asks Slack for everything, and listens.
fn talks(url: &str) {
    let options = ChatOptions {
        kind: ChatKind::Slack,
        url: Some(url.to_owned()),
        secret: "xoxb".to_owned(),
        app_secret: Some("xapp".to_owned()),
        longest: Duration::from_secs(5),
        pause: |_| {},
    };
    let it = workspace(options.clone()).expect("this machine can be asked");
    let mut it = it.expect("Slack has channels");
    let mut said = vec![it.people().map(drop)];
    match it.rooms() {
        Ok(rooms) => {
            for room in rooms.all.iter().take(2) {
                said.push(it.inside(room).map(drop));
                said.push(it.join(room));
                said.push(it.invite(room, &["U1".to_owned(), "U2".to_owned()]));
                said.push(it.remove(room, "U1"));
            }
        }
        Err(why) => is_shown(&why.to_string()),
    }
    let (_end, ended) = tokio::sync::oneshot::channel();
    let (sender, heard) = mpsc::channel();
    let listened = listen(&options, &mut VecDeque::new(), ended, move |it| drop(sender.send(it)));
    said.push(listened.map(drop));
    drop(heard);
    said.into_iter().filter_map(Result::err).for_each(|why| is_shown(&why.to_string()));
}
