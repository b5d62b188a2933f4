//! SQS when something is wrong: what passes is told from what somebody must change, and nothing is
//! lost.

use std::{
    io::{self, Write as _},
    process::Command,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use space::integrations::queue::{Outgoing, Queue, QueueError, Receipt, Sqs, SqsOptions};

use crate::{
    conformance::{message, now, receipts, receive, send, take},
    proxy::{Proxy, error},
    server::Server,
};

/// A queue behind a proxy.
fn behind_a_proxy(server: &Server) -> (Sqs, Proxy) {
    let proxy = Proxy::start(server.port);
    let url = server.create("proxied", json!({}));
    let endpoint = Some(format!("http://127.0.0.1:{}", proxy.port));
    let options = SqsOptions { endpoint, ..server.options(&url, &url) };
    (Sqs::new(options).unwrap(), proxy)
}

#[track_caller]
fn passes(result: Result<impl std::fmt::Debug, QueueError>, words: &str) {
    let error = result.unwrap_err();
    assert!(error.passes() && error.to_string().contains(words), "{error:?}");
}

#[track_caller]
fn is_lasting(result: Result<impl std::fmt::Debug, QueueError>, words: &str) {
    let error = result.unwrap_err();
    let lasting = matches!(&error, QueueError::Broken(why) if why.contains(words));
    assert!(lasting, "{error:?}");
}

#[test]
fn a_failure_of_the_server_is_tried_again_and_then_told() {
    let Some(server) = Server::shared() else { return };
    let (queue, proxy) = behind_a_proxy(server);
    for (status, code) in
        [(500, "InternalFailure"), (503, "ServiceUnavailable"), (400, "RequestThrottled")]
    {
        proxy.fail(2, status, code, "try again");
        send(&queue, &[message(1)]);
        assert_eq!(proxy.left(), 0);
        proxy.fail(1, status, code, "try again");
        assert_eq!(take(&queue, 1).len(), 1);
        proxy.fail(30, status, code, "try again");
        passes(queue.receive(1, Duration::ZERO), code);
        let results = queue.send(&(0..25).map(message).collect::<Vec<_>>(), now());
        results.into_iter().for_each(|result| passes(result, code));
        assert!(proxy.left() > 0, "it must not go on for ever");
    }
}

#[test]
fn only_the_messages_that_failed_are_told_to_have_failed() {
    let Some(server) = Server::shared() else { return };
    let (queue, proxy) = behind_a_proxy(server);
    let failed = |id: &str, code: &str, fault: bool| json!({ "Id": id, "Code": code, "SenderFault": fault, "Message": "because" });
    let answer = json!({
        "Successful": [{ "Id": "2", "MessageId": "x", "MD5OfMessageBody": "x" }],
        "Failed": [failed("0", "InternalError", false), failed("1", "InvalidMessageContents", true)],
    });
    proxy.answer(move |_| (200, answer.to_string()));
    let results = queue.send(&[message(0), message(1), message(2), message(3)], now());
    passes(results[0].clone(), "because");
    assert!(matches!(results[1], Err(QueueError::Refused(_))), "{results:?}");
    assert_eq!(results[2], Ok(()));
    passes(results[3].clone(), "no answer about this message");
}

/// What follows a failure is not sent, so that nothing overtakes it.
#[test]
fn nothing_is_sent_after_a_failure() {
    let Some(server) = Server::shared() else { return };
    let url = server.create("order.fifo", json!({}));
    let proxy = Proxy::start(server.port);
    let endpoint = Some(format!("http://127.0.0.1:{}", proxy.port));
    let queue = Sqs::new(SqsOptions { endpoint, ..server.options(&url, &url) }).unwrap();
    proxy.answer(|_| (403, error("AccessDenied", "no")));
    let messages: Vec<Outgoing> = (0..25).map(message).collect();
    for result in queue.send(&messages, now()) {
        is_lasting(result, "do not permit");
    }
    assert_eq!(queue.receive(1, Duration::ZERO), Ok(Vec::new()));
    send(&queue, &messages);
    assert_eq!(take(&queue, 25)[0].text(), Ok(messages[0].body.as_str()));
}

#[test]
fn a_receipt_that_counts_no_more_is_refused_alone() {
    let Some(server) = Server::shared() else { return };
    let (ours, theirs) = server.pair("receipts");
    send(&theirs, &[message(1), message(2)]);
    let found = receive(&ours, 2);
    // A receipt of another queue.
    send(&ours, &[message(3)]);
    let other = receipts(&receive(&theirs, 1));
    let mixed: Vec<Receipt> = [receipts(&found), other].concat();
    for results in [ours.leave(&mixed), ours.delete(&mixed)] {
        assert!(results[0].is_ok() && results[1].is_ok(), "{results:?}");
        assert!(matches!(results[2], Err(QueueError::Refused(_))), "{results:?}");
    }
}

#[test]
fn a_server_that_was_gone_is_found_again() {
    let Some(server) = Server::start(0) else { return };
    let url = server.named("doors", &json!({}));
    let queue = Sqs::new(server.options(&url, &url)).unwrap();
    send(&queue, &[message(1)]);
    take(&queue, 1);
    let port = server.port;
    drop(server);
    passes(queue.receive(1, Duration::ZERO), "cannot reach SQS");
    passes(queue.send(&[message(2)], now()).remove(0), "Connection refused");
    passes(queue.probe(), "cannot reach SQS");
    let Some(server) = Server::start(port) else { return };
    // Its memory is gone, and our key with it.
    is_lasting(queue.receive(1, Duration::ZERO), "does not know this access key");
    let queue = Sqs::new(server.options(&url, &url)).unwrap();
    is_lasting(queue.receive(1, Duration::ZERO), "there is no such queue");
    server.named("doors", &json!({}));
    send(&queue, &[message(3)]);
    assert_eq!(take(&queue, 1)[0].text(), Ok(message(3).body.as_str()));
}

#[test]
fn a_clock_that_is_six_minutes_off_is_told_as_such() {
    let Some(server) = Server::shared() else { return };
    let (queue, proxy) = behind_a_proxy(server);
    let minutes = SignedDuration::from_mins;
    let basic = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let signed = |request: &str| {
        let header = request.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("x-amz-date").then_some(value)
        });
        let civil = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", header.unwrap()).unwrap();
        civil.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
    };
    proxy.answer(move |request| {
        let (ours, theirs) = (signed(request), signed(request) + minutes(6));
        let (at, limit, now) = (basic(ours), basic(theirs - minutes(5)), basic(theirs));
        let why = format!("Signature expired: {at} is now earlier than {limit} ({now} - 5 min.)");
        (403, error("InvalidSignatureException", &why))
    });
    is_lasting(queue.receive(1, Duration::ZERO), "is 6 minutes behind the one of AWS");
    proxy.answer(move |request| {
        let (ours, theirs) = (signed(request), signed(request) - minutes(6));
        let (at, limit, now) = (basic(ours), basic(theirs + minutes(5)), basic(theirs));
        let why =
            format!("Signature not yet current: {at} is still later than {limit} ({now} + 5 min.)");
        (403, error("InvalidSignatureException", &why))
    });
    is_lasting(queue.probe(), "is 6 minutes ahead of the one of AWS");
    assert_eq!(queue.probe(), Ok(()));
}

#[test]
fn who_may_not_is_told_why() {
    let Some(server) = Server::shared() else { return };
    let url = server.create("doors", json!({}));
    let with = |key: (String, String), url: &str| {
        Sqs::new(SqsOptions { access_key: Some(key), ..server.options(url, url) }).unwrap()
    };
    let stranger = with(server.stranger.clone(), &url);
    is_lasting(stranger.receive(1, Duration::ZERO), "do not permit");
    is_lasting(stranger.send(&[message(1)], now()).remove(0), "do not permit");
    let wrong = with((server.friend.0.clone(), "guess".into()), &url);
    is_lasting(wrong.probe(), "the secret of the access key is wrong");
    assert!(!format!("{wrong:?}").contains("guess"));
    let unknown = with(("AKIAIOSFODNN7EXAMPLE".into(), "guess".into()), &url);
    is_lasting(unknown.probe(), "does not know this access key");
    let missing = with(server.friend.clone(), &format!("{url}-missing"));
    is_lasting(missing.probe(), "there is no such queue");
    is_lasting(missing.send(&[message(1)], now()).remove(0), "there is no such queue");
}

#[test]
fn what_is_not_sqs_is_told() {
    let Some(server) = Server::shared() else { return };
    let (queue, proxy) = behind_a_proxy(server);
    for (status, body) in [
        (200, "<html>Please log in to use the network</html>"),
        (200, ""),
        (404, "<html>not found</html>"),
        (302, "moved"),
    ] {
        for _ in 0..3 {
            proxy.answer(move |_| (status, body.to_owned()));
        }
        let answer = queue.send(&[message(1)], now()).remove(0);
        assert!(answer.is_err(), "{status} {body}");
        proxy.left();
    }
}

/// The name of the variable by which a test runs itself in another environment.
const URL: &str = "QUEUE_OF_THE_TEST";

/// The variable that names the file of credentials, and one that names a right one.
const USED: &str = "AWS_SHARED_CREDENTIALS_FILE";
const RIGHT: &str = "RIGHT_CREDENTIALS_OF_THE_TEST";

/// Runs the test below in an environment of its own, and returns what it said.
fn elsewhere(url: &str, environment: &[(&str, &str)]) -> String {
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "trouble::credentials_are_found_in_the_usual_places", "--nocapture"]);
    let home = tempfile::tempdir().unwrap();
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        test.env_remove(name);
    }
    test.env("HOME", home.path()).env("AWS_EC2_METADATA_DISABLED", "true");
    let done = test.env(URL, url).envs(environment.iter().copied()).output().unwrap();
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn credentials_are_found_in_the_usual_places() {
    if let Ok(url) = std::env::var(URL) {
        let (incoming, outgoing) = (url.clone(), url);
        let queue =
            SqsOptions { incoming, outgoing, region: None, endpoint: None, access_key: None };
        let queue = Sqs::new(queue).unwrap();
        writeln!(io::stderr(), "found: {:?}", queue.probe()).unwrap();
        // The file is put right while the program runs.
        if let Some((right, used)) = std::env::var_os(RIGHT).zip(std::env::var_os(USED)) {
            std::fs::copy(right, used).unwrap();
            writeln!(io::stderr(), "then: {:?}", queue.probe()).unwrap();
        }
        return;
    }
    let Some(server) = Server::shared() else { return };
    let url = server.create("doors", json!({}));
    let (id, secret) = server.friend.clone();
    let key = [("AWS_ACCESS_KEY_ID", id.as_str()), ("AWS_SECRET_ACCESS_KEY", secret.as_str())];
    let region = ("AWS_REGION", "eu-west-1");
    let said = elsewhere(&url, &[key[0], key[1], region]);
    assert!(said.contains("found: Ok(())"), "{said}");
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = format!("[default]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
    std::fs::write(file.path(), &text).unwrap();
    let path = file.path().to_str().unwrap();
    let said = elsewhere(&url, &[(USED, path), region]);
    assert!(said.contains("found: Ok(())"), "{said}");
    let wrong = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(wrong.path(), text.replace(&secret, "guess")).unwrap();
    let said = elsewhere(&url, &[(USED, wrong.path().to_str().unwrap()), (RIGHT, path), region]);
    assert!(said.contains("found: Err(Broken") && said.contains("then: Ok(())"), "{said}");
    let said = elsewhere(&url, &[region]);
    assert!(said.contains("found: Err(Broken") && said.contains("no AWS credentials"), "{said}");
    let said = elsewhere(&url, &key);
    assert!(said.contains("found: Err(Broken") && said.contains("no region"), "{said}");
}
