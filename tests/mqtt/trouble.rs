//! What can go wrong with a real broker.

use std::{fmt::Write as _, time::Duration};

use space::integrations::mqtt::{
    Connection, ConnectionOptions, Happening, Mqtt, MqttError, Outgoing,
};

use crate::{
    conformance::{LONG, connected, filters, message, wait_for},
    mosquitto::Mosquitto,
};

#[test]
fn what_is_too_large_is_told_with_its_topic_and_the_rest_goes_on() {
    let Some(broker) = Mosquitto::start() else { return };
    // A retained one comes again with every connection.
    broker.publish_raw("meter/large", &vec![b'7'; 10_000_000], true);
    let client = broker.client("listener", None);
    connected(&client);
    client.subscribe(&filters(&["meter/#"])).unwrap();
    let all = wait_for(&client, |it| matches!(it, Happening::TooLarge { .. }));
    let expected = Happening::TooLarge { topic: "meter/large".into(), size: 10_000_000 };
    assert_eq!(all.last(), Some(&expected));
    broker.publish_raw("meter/huge", &vec![b'7'; 20_000_000], false);
    broker.publish_raw("meter/power", b"12.5", false);
    assert_eq!(message(&client, "meter/power").payload, b"12.5");
}

#[test]
fn a_storm_is_received_whole_and_waits_outside() {
    let Some(broker) = Mosquitto::start() else { return };
    let client = broker.client("listener", None);
    connected(&client);
    client.subscribe(&filters(&["storm/#"])).unwrap();
    broker.publish_raw("storm/begin", b"x", true);
    message(&client, "storm/begin");
    let mut lines = String::new();
    for number in 0..20_000 {
        writeln!(lines, "{number}").unwrap();
    }
    // Nobody takes anything out meanwhile.
    broker.publish_lines("storm/power", &lines);
    let mut next = 0;
    wait_for(&client, |it| {
        let Happening::Message(it) = it else { panic!("{it:?}") };
        assert_eq!(it.payload, next.to_string().into_bytes());
        next += 1;
        next == 20_000
    });
}

#[test]
fn a_broker_that_encrypts_is_reached_and_only_with_the_password() {
    let Some(broker) = Mosquitto::secured() else { return };
    let options = |password: &str| ConnectionOptions {
        host: "localhost".into(),
        tls: true,
        authorities: Some(broker.certificate()),
        login: Some(("space".into(), password.into())),
        ..broker.options("secured", None)
    };
    let client = Connection::open(options("secret")).unwrap();
    connected(&client);
    client.subscribe(&filters(&["a"])).unwrap();
    client.publish(&Outgoing::retained("a", "1")).unwrap();
    assert_eq!(message(&client, "a").payload, b"1");
    client.close(LONG);

    let lost = |options: ConnectionOptions| {
        let client = Connection::open(options).unwrap();
        let all = wait_for(&client, |it| matches!(it, Happening::Lost(_)));
        format!("{all:?}")
    };
    let why = lost(options("guess"));
    assert!(why.contains("refuses the user name or the password"), "{why}");
    let why = lost(ConnectionOptions { authorities: None, ..options("secret") });
    assert!(why.contains("certificate"), "{why}");
    let why = lost(ConnectionOptions { host: "127.0.0.1".into(), ..options("secret") });
    assert!(why.contains("certificate"), "the name is not the one in the certificate: {why}");
    let broken = ConnectionOptions { authorities: Some(b"x".to_vec()), ..options("secret") };
    assert!(matches!(Connection::open(broken), Err(MqttError::Broken(_))));
    assert!(!format!("{:?}", options("secret")).contains("secret"), "not in any log");
}

#[test]
fn nobody_there_is_told_once_and_tried_again() {
    let Some(mut broker) = Mosquitto::start() else { return };
    broker.leave();
    let client = broker.client("early", None);
    wait_for(&client, |it| matches!(it, Happening::Lost(_)));
    assert_eq!(client.subscribe(&filters(&["a"])), Err(MqttError::NotConnected));
    assert_eq!(client.next(Duration::from_secs(2)), None, "the same is not told again");
    broker.come_back();
    connected(&client);
    client.publish(&Outgoing::retained("a", "1")).unwrap();
    assert_eq!(message(&client, "a").payload, b"1");
}
