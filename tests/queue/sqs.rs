//! SQS as it works every day, with the server of moto.

use std::{collections::BTreeSet, time::Duration};

use serde_json::json;
use space::integrations::queue::{Outgoing, Queue, Sqs};

use crate::{
    conformance::{
        conforms, delete, leave, message, nothing, one_queue_is_enough, receive, send, take,
    },
    server::Server,
};

#[test]
fn standard_queues() {
    let Some(server) = Server::shared() else { return };
    let (ours, theirs) = server.pair("standard");
    conforms(&ours, &theirs);
    let both = server.create("both", json!({}));
    one_queue_is_enough(&Sqs::new(server.options(&both, &both)).unwrap());
}

#[test]
fn fifo_queues() {
    let Some(server) = Server::shared() else { return };
    let (ours, theirs) = server.pair("order.fifo");
    conforms(&ours, &theirs);
    let both = server.create("both.fifo", json!({}));
    one_queue_is_enough(&Sqs::new(server.options(&both, &both)).unwrap());
}

#[test]
fn a_fifo_queue_keeps_the_order_of_a_group_and_knows_what_was_sent_before() {
    let Some(server) = Server::shared() else { return };
    let (ours, theirs) = server.pair("order.fifo");
    let messages: Vec<Outgoing> = (0..35).map(message).collect();
    send(&ours, &messages);
    send(&ours, &messages[10..30]);
    let found = take(&theirs, 35);
    let order: Vec<&str> = found.iter().map(|it| it.text().unwrap()).collect();
    assert_eq!(order, messages.iter().map(|it| it.body.as_str()).collect::<Vec<_>>());
    nothing(&theirs);
}

/// What waits for somebody else in its own group keeps back nothing of ours.
#[test]
fn a_group_of_a_fifo_queue_does_not_keep_back_another() {
    let Some(server) = Server::shared() else { return };
    let (ours, theirs) = server.pair("order.fifo");
    let of = |group: &str, number| Outgoing { group: group.into(), ..message(number) };
    let foreign: Vec<Outgoing> = (0..15).map(|number| of("lathe", number)).collect();
    send(&theirs, &foreign);
    send(&theirs, &[of("frontdoor", 99)]);
    // Those that were received stay hidden until the next ones were, and then are left.
    let first = receive(&ours, 10);
    let next = receive(&ours, 1);
    assert_eq!(next[0].group.as_deref(), Some("frontdoor"));
    delete(&ours, &next);
    leave(&ours, &first);
    assert_eq!(receive(&ours, 10)[0].id, first[0].id);
}

#[test]
fn a_message_that_was_not_deleted_comes_again() {
    let Some(server) = Server::shared() else { return };
    let hasty = server.create("hasty", json!({ "VisibilityTimeout": "1" }));
    let queue = Sqs::new(server.options(&hasty, &hasty)).unwrap();
    send(&queue, &[message(1)]);
    let first = receive(&queue, 1);
    let again = receive(&queue, 1);
    assert_eq!((&again[0].id, again[0].sent), (&first[0].id, first[0].sent));
    assert_eq!(again[0].times_received, 2);
    delete(&queue, &again);
}

#[test]
fn a_message_that_was_left_too_often_goes_to_the_dead_letters() {
    let Some(server) = Server::shared() else { return };
    let dead = server.create("dead", json!({}));
    let name = dead.rsplit('/').next().unwrap();
    let policy = json!({
        "deadLetterTargetArn": format!("arn:aws:sqs:eu-west-1:123456789012:{name}"),
        "maxReceiveCount": 2,
    });
    let url = server.create("doors", json!({ "RedrivePolicy": policy.to_string() }));
    let queue = Sqs::new(server.options(&url, &url)).unwrap();
    send(&queue, &[message(1), message(2)]);
    for _ in 0..2 {
        let found = receive(&queue, 2);
        let (one, two): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|it| it.text().unwrap().contains("\"number\":1"));
        leave(&queue, &one);
        delete(&queue, &two);
        if two.is_empty() {
            continue;
        }
        send(&queue, &[message(2)]);
    }
    let rest = take(&queue, 1);
    assert!(rest[0].text().unwrap().contains("\"number\":2"));
    nothing(&queue);
    let dead = Sqs::new(server.options(&dead, &dead)).unwrap();
    assert!(take(&dead, 1)[0].text().unwrap().contains("\"number\":1"));
}

#[test]
fn large_messages_arrive_whole_and_share_no_request() {
    let Some(server) = Server::shared() else { return };
    let (ours, theirs) = server.pair("large");
    let large = |letter: &str, size| Outgoing { body: letter.repeat(size), ..message(0) };
    let kilobytes = 1024;
    let messages = [
        large("a", 256 * kilobytes),
        large("b", 256 * kilobytes - 1),
        large("c", 200 * kilobytes),
        large("d", 200 * kilobytes),
        large("e", 1024 * kilobytes),
        large("f", 1),
    ];
    send(&ours, &messages);
    let found = take(&theirs, messages.len());
    let bodies: BTreeSet<&str> = found.iter().map(|it| it.text().unwrap()).collect();
    assert_eq!(bodies, messages.iter().map(|it| it.body.as_str()).collect());
}

#[test]
fn a_queue_with_a_lower_limit_refuses_what_is_larger_and_nothing_else() {
    let Some(server) = Server::shared() else { return };
    let url = server.create("small", json!({ "MaximumMessageSize": "1024" }));
    let queue = Sqs::new(server.options(&url, &url)).unwrap();
    let large = Outgoing { body: "x".repeat(2000), ..message(2) };
    let results = queue.send(&[message(1), large, message(3)], crate::conformance::now());
    assert!(results[0].is_ok() && results[2].is_ok(), "{results:?}");
    let why = results[1].as_ref().unwrap_err();
    assert!(why.to_string().contains("1024 bytes"), "{why}");
    take(&queue, 2);
    assert_eq!(queue.receive(1, Duration::ZERO), Ok(Vec::new()));
}
