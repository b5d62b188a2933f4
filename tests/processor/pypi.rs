//! A server from PyPI that speaks like Stripe, as far as it knows what Stripe knows today: it has no
//! prices, no pages for browsers and no keys.

use std::{
    io::Read as _,
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

use jiff::Timestamp;
use space::{
    domain::follow::{Holding, Terms},
    integrations::{
        http::{Call, Client},
        processor::{Customer, ProcessorKind},
    },
};

use crate::{
    python::python,
    webhooks::{Web, payments},
    world::{HOOK, World, client},
};

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start() -> Option<Self> {
        let python =
            python("localstripe", &["localstripe==1.15.10", "setuptools<81"], "localstripe")?;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let home = python.parent().unwrap().to_owned();
        let child = Command::new(python)
            .args(["-m", "localstripe", "--port", &port.to_string(), "--from-scratch"])
            .current_dir(home)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut it = Self { child, url: format!("http://127.0.0.1:{port}") };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if it.child.try_wait().unwrap().is_some() {
                let mut said = String::new();
                it.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("it ended: {said}");
            }
            std::thread::yield_now();
        }
        Some(it)
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> serde_json::Value {
        serde_json::from_str(&self.send(path, form)).unwrap()
    }

    /// Lets it send a kind of events to an address, signed by a secret.
    fn tell(&self, id: &str, url: &str, secret: &str, kind: &str) {
        let form = [("url", url), ("secret", secret), ("events[]", kind)];
        self.send(&format!("/_config/webhooks/{id}"), &form);
    }

    fn send(&self, path: &str, form: &[(&str, &str)]) -> String {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let call = Call {
            method: "POST",
            url: format!("{}{path}", self.url),
            headers: vec![
                ("authorization", "Bearer sk_test_12345".to_owned()),
                ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ],
            body: body.into_bytes(),
        };
        let reply = Client::new(Duration::from_secs(20)).unwrap().send(&call).unwrap();
        let said = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!(reply.status, 200, "{path}: {said}");
        said
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn customers_and_subscriptions_of_another_server_are_read() {
    let Some(server) = Server::start() else { return };
    let mut it = client(ProcessorKind::Stripe, &server.url, "sk_test_12345");
    assert_eq!(it.read().unwrap().accounts, []);
    let ada = Customer {
        reference: "SM0042".into(),
        name: "Ada Lovelace".into(),
        email: Some("ada@example.org".into()),
    };
    let account = it.open("k1", &ada).unwrap();
    for number in 0..12 {
        it.open("k2", &Customer { reference: format!("SM{number:04}"), ..ada.clone() }).unwrap();
    }
    let method = server.post(
        "/v1/payment_methods",
        &[
            ("type", "card"),
            ("card[number]", "4242424242424242"),
            ("card[exp_month]", "12"),
            ("card[exp_year]", "2030"),
            ("card[cvc]", "123"),
        ],
    );
    let method = method["id"].as_str().unwrap();
    server.post(&format!("/v1/payment_methods/{method}/attach"), &[("customer", &account)]);
    server.post(
        &format!("/v1/customers/{account}"),
        &[("invoice_settings[default_payment_method]", method)],
    );
    server.post("/v1/products", &[("id", "dues"), ("name", "Dues")]);
    server.post(
        "/v1/plans",
        &[
            ("id", "monthly"),
            ("amount", "2500"),
            ("currency", "gbp"),
            ("interval", "month"),
            ("product", "dues"),
        ],
    );
    server.post("/v1/subscriptions", &[("customer", &account), ("items[0][plan]", "monthly")]);
    let found = it.read().unwrap();
    assert_eq!((found.accounts.len(), found.complete), (13, true));
    let one = found.accounts.iter().find(|it| it.id == account).unwrap();
    assert_eq!(one.mark.as_deref(), Some("SM0042"));
    let Holding::Has { what, renews } = one.holds.clone() else { panic!("{one:?}") };
    assert_eq!(what, Terms { monthly: 2500 });
    assert!(renews.is_some());
}

/// What it signs is believed, and makes our own stand-in, which has what it lacks, be asked what happened.
#[test]
fn webhooks_of_another_server_are_believed_by_their_signature() {
    let Some(server) = Server::start() else { return };
    // It signs with its own clock, which is the one that counts here.
    let made = server.post("/v1/products", &[("name", "Clock")]);
    let at = Timestamp::from_second(made["created"].as_i64().unwrap()).unwrap();
    let world = World::new(&["Ada Lovelace"]);
    world.apply();
    world.there.charge(&world.customer(0), 2500, "gbp");
    let web = Web::start_at(&world, at);
    let door = format!("{}/webhooks/stripe", web.url);
    server.tell("forged", &door, "whsec_other", "customer.created");
    server.tell("good", &door, HOOK, "plan.created");
    server.post("/v1/customers", &[("name", "Mallory")]);
    let trouble = web.running.wait("trouble")["words"].to_string();
    assert!(trouble.contains("not believed: its signature is wrong"), "{trouble}");
    assert_eq!(payments(&world), 0);
    let product = made["id"].as_str().unwrap();
    let plan =
        [("amount", "2500"), ("currency", "gbp"), ("interval", "month"), ("product", product)];
    server.post("/v1/plans", &plan);
    while payments(&world) == 0 {
        web.running.wait("in-force"); // it gives up if nothing comes
    }
    assert_eq!(payments(&world), 1);
    assert!(world.run(&["service", "status"]).contains("1 webhook was not believed"));
}
