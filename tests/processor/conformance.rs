//! What every processor has to do, and what becomes of its failures.

use jiff::civil::{Date, date};
use space::{
    domain::follow::{Holding, Terms},
    integrations::processor::{
        Customer, Fault, Processor, ProcessorError, ProcessorKind, StandIn, Visit,
    },
};

use crate::world::{BACK, KEY, KINDS, client, now, stand_in};

fn ada() -> Customer {
    Customer {
        reference: "SM0042".into(),
        name: "Ada Lovelace".into(),
        email: Some("ada@example.org".into()),
    }
}

fn visit(from: Option<Date>) -> Visit {
    Visit { reference: "SM0042".into(), terms: DUES, from, back: BACK.into(), now: now() }
}

const DUES: Terms = Terms { monthly: 2500 };

#[track_caller]
fn holds(it: &mut dyn Processor) -> Holding<Terms> {
    let found = it.read().unwrap();
    assert!(found.complete);
    let [account] = found.accounts.as_slice() else { panic!("{found:?}") };
    account.holds.clone()
}

/// Opens an account, and lets its owner say by what to pay. Some processors begin by themselves then.
fn paying(kind: ProcessorKind, from: Option<Date>) -> (StandIn, Box<dyn Processor>, String) {
    let (stand_in, url) = stand_in(kind);
    let mut it = client(kind, &url, KEY);
    let account = it.open("k1", &ada()).unwrap();
    let page = it.link(&account, &visit(from)).unwrap();
    assert!(page.starts_with(&url), "{page}");
    assert!(stand_in.pay(&page) && !stand_in.pay(&page), "a page counts once");
    if matches!(holds(&mut *it), Holding::Nothing { ready: true, .. }) {
        it.give("k1-give", &account, &DUES, from).unwrap();
        it.give("k1-give", &account, &DUES, from).unwrap();
    }
    (stand_in, it, account)
}

#[test]
fn an_account_is_opened_charged_changed_and_left() {
    for kind in KINDS {
        let (stand_in, url) = stand_in(kind);
        let mut it = client(kind, &url, KEY);
        assert_eq!(it.read().unwrap().accounts, []);
        let account = it.open("k1", &ada()).unwrap();
        assert_eq!(it.open("k1", &ada()).unwrap(), account, "the same key is the same account");
        let found = it.read().unwrap();
        assert_eq!(found.accounts.len(), 1);
        let one = &found.accounts[0];
        assert_eq!(one.mark.as_deref(), Some("SM0042"));
        assert_eq!(one.name.as_deref(), Some("Ada Lovelace"));
        assert_eq!(one.email.as_deref(), Some("ada@example.org"));
        assert_eq!(one.holds, Holding::Nothing { ready: false, soonest: None });
        assert_eq!(stand_in.taken(), []);
        let refused = it.give("k2", &account, &DUES, None);
        assert!(matches!(refused, Err(ProcessorError::Refused(_))), "{refused:?}");
    }
    for kind in KINDS {
        let (stand_in, mut it, account) = paying(kind, None);
        // A direct debit takes three days to begin.
        let (next, after) = match kind {
            ProcessorKind::Stripe => (date(2026, 4, 2), date(2026, 5, 2)),
            ProcessorKind::GoCardless => (date(2026, 4, 5), date(2026, 5, 5)),
        };
        stand_in.advance("2026-03-09T18:00:00Z".parse().unwrap());
        assert_eq!(holds(&mut *it), Holding::Has { what: DUES, renews: Some(next) });
        assert_eq!(stand_in.taken(), [(account.clone(), 2500)]);

        let more = Terms { monthly: 3000 };
        it.change("k2", &account, &more).unwrap();
        assert_eq!(holds(&mut *it), Holding::Has { what: more, renews: Some(next) });
        assert_eq!(stand_in.taken().len(), 1, "not before the next period");
        stand_in.advance("2026-04-09T18:00:00Z".parse().unwrap());
        assert_eq!(stand_in.taken()[1].1, 3000);

        holds(&mut *it);
        it.remove("k3", &account).unwrap();
        let over = holds(&mut *it);
        assert!(
            matches!(over, Holding::Ends { .. } | Holding::Nothing { ready: true, .. }),
            "{over:?}"
        );
        it.give("k4", &account, &DUES, Some(after)).unwrap();
        assert_eq!(holds(&mut *it), Holding::Has { what: DUES, renews: Some(after) }, "it goes on");
        it.remove("k5", &account).unwrap();
        stand_in.advance("2026-06-02T18:00:00Z".parse().unwrap());
        let nothing = holds(&mut *it);
        assert!(matches!(nothing, Holding::Nothing { ready: true, .. }), "{nothing:?}");
        assert_eq!(stand_in.taken().len(), 2, "nobody is charged after leaving");
        it.give("k6", &account, &DUES, Some(date(2026, 7, 1))).unwrap();
        let again = Holding::Has { what: DUES, renews: Some(date(2026, 7, 1)) };
        assert_eq!(holds(&mut *it), again);
        assert_eq!(stand_in.taken().len(), 2, "it begins with what is not paid for yet");
    }
}

#[test]
fn who_has_paid_already_is_charged_when_that_ends() {
    for kind in KINDS {
        let (stand_in, mut it, _) = paying(kind, Some(date(2026, 5, 1)));
        assert_eq!(stand_in.taken(), []);
        assert_eq!(holds(&mut *it), Holding::Has { what: DUES, renews: Some(date(2026, 5, 1)) });
        stand_in.advance("2026-05-01T12:00:00Z".parse().unwrap());
        assert_eq!(stand_in.taken().len(), 1);
    }
}

#[test]
fn who_pays_already_changes_that_and_does_not_pay_twice() {
    for kind in KINDS {
        let (_stand_in, mut it, account) = paying(kind, None);
        it.read().unwrap();
        match (kind, it.link(&account, &visit(None))) {
            (ProcessorKind::Stripe, Ok(page)) => assert!(page.contains("/portal/"), "{page}"),
            (ProcessorKind::GoCardless, Err(ProcessorError::Refused(why))) => {
                assert!(why.contains("cancel it at the bank"), "{why}");
            }
            (_, other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_and_nothing_happens_twice() {
    for kind in KINDS {
        let (stand_in, url) = stand_in(kind);
        let mut it = client(kind, &url, KEY);
        stand_in.fail([Some(Fault::Lost), Some(Fault::Busy(Some(3))), None]);
        it.open("k1", &ada()).unwrap();
        assert_eq!(stand_in.all("customers").len(), 1);
        stand_in.fail([Some(Fault::Broken), Some(Fault::Busy(None)), Some(Fault::Broken)]);
        assert_eq!(it.read().unwrap().accounts.len(), 1);
        stand_in.fail([Some(Fault::Broken); 4]);
        let down = it.read();
        assert!(
            matches!(&down, Err(ProcessorError::Down(why)) if why.contains("went wrong")),
            "{down:?}"
        );
        // What was cancelled stays so, although nobody heard the answer.
        let (stand_in, mut it, account) = paying(kind, None);
        holds(&mut *it);
        stand_in.fail([Some(Fault::Lost), Some(Fault::Lost)]);
        it.remove("k2", &account).unwrap();
        assert_eq!(stand_in.going_on(), []);
    }
}

#[test]
fn who_is_not_let_in_or_asks_for_what_cannot_be_is_told_so() {
    for kind in KINDS {
        let (stand_in, url) = stand_in(kind);
        let denied = client(kind, &url, "sk_test_wrong").read();
        let Err(ProcessorError::Denied(why)) = &denied else { panic!("{denied:?}") };
        assert!(why.contains(stand_in.name()), "{why}");
        let mut it = client(kind, &url, KEY);
        let refused = it.give("k1", "cus_nobody", &DUES, None);
        assert!(
            matches!(&refused, Err(ProcessorError::Refused(why)) if why.contains("cus_nobody")),
            "{refused:?}"
        );
        let nobody = client(kind, "http://127.0.0.1:9", KEY).read();
        assert!(matches!(nobody, Err(ProcessorError::Down(_))), "{nobody:?}");
    }
}

/// The same key for something else makes nothing else: Stripe says so, and GoCardless names what was made.
#[test]
fn a_key_that_was_used_for_something_else_makes_nothing() {
    for kind in KINDS {
        let (stand_in, url) = stand_in(kind);
        let mut it = client(kind, &url, KEY);
        let account = it.open("k2", &ada()).unwrap();
        let bob = Customer { name: "Bob Noyce".into(), reference: "SM0043".into(), ..ada() };
        match (kind, it.open("k2", &bob)) {
            (ProcessorKind::Stripe, Err(ProcessorError::Refused(why))) => {
                assert!(why.contains("idempotent"), "{why}");
            }
            (ProcessorKind::GoCardless, Ok(other)) => assert_eq!(other, account),
            (_, other) => panic!("{other:?}"),
        }
        let customers = stand_in.all("customers");
        assert_eq!(customers.len(), 1, "{customers:?}");
        assert_eq!(customers[0]["metadata"]["reference"], "SM0042");
        let found = it.read().unwrap();
        assert_eq!(found.accounts[0].name.as_deref(), Some("Ada Lovelace"));
        assert_ne!(it.open("k3", &bob).unwrap(), account, "another key is another account");
    }
}

#[test]
fn what_was_made_by_hand_is_not_understood_as_dues() {
    for kind in KINDS {
        let (stand_in, mut it, _account) = paying(kind, None);
        let good = stand_in.all("subscriptions")[0].clone();
        let id = good["id"].as_str().unwrap().to_owned();
        let mut two = good["items"]["data"].as_array().cloned().unwrap_or_default();
        two.extend(two.first().cloned());
        let with = |pointer: &str, value: serde_json::Value| {
            let mut it = good.clone();
            *it.pointer_mut(pointer).unwrap() = value;
            it
        };
        let odd = match kind {
            ProcessorKind::Stripe => vec![
                (with("/items/data", two.into()), "with 2 items"),
                (with("/items/data/0/price/currency", "eur".into()), "in eur"),
                (with("/items/data/0/price/recurring/interval", "year".into()), "every 1 year"),
                (
                    with("/items/data/0/price/unit_amount", serde_json::Value::Null),
                    "no whole amount",
                ),
                (with("/status", "unpaid".into()), "that is unpaid"),
            ],
            ProcessorKind::GoCardless => vec![
                (with("/currency", "EUR".into()), "in EUR"),
                (with("/interval_unit", "yearly".into()), "every 1 yearly"),
                (with("/interval", 3.into()), "every 3 monthly"),
                (with("/end_date", "2027-01-01".into()), "that ends on 2027-01-01"),
                (with("/status", "paused".into()), "that is paused"),
            ],
        };
        for (object, words) in odd {
            stand_in.by_hand("subscriptions", &id, |it| *it = object);
            let Holding::Unclear(said) = holds(&mut *it) else { panic!("{words}") };
            assert!(said.contains(words), "{said}");
        }
        let mut second = good.clone();
        second["id"] = "second".into();
        stand_in.by_hand("subscriptions", &id, |it| *it = good);
        stand_in.add_by_hand("subscriptions", second);
        let Holding::Unclear(said) = holds(&mut *it) else { panic!("two") };
        assert!(said.contains("has 2 subscriptions"), "{said}");
    }
}

#[test]
fn all_pages_are_read_and_a_list_that_is_cut_short_is_known() {
    for (kind, page, requests) in
        [(ProcessorKind::Stripe, 100, 4), (ProcessorKind::GoCardless, 500, 7)]
    {
        let (stand_in, url) = stand_in(kind);
        let mut it = client(kind, &url, KEY);
        for number in 0..page * 5 / 2 {
            let _ = stand_in.customer(&format!("N{number}"), "n@example.org");
        }
        let before = stand_in.requests();
        let found = it.read().unwrap();
        assert_eq!((found.accounts.len(), found.complete), (page * 5 / 2, true));
        assert_eq!(
            stand_in.requests() - before,
            requests,
            "three pages of customers, one of the rest"
        );

        stand_in.fail([Some(Fault::Forgets)]);
        let cut = it.read().unwrap();
        assert_eq!(
            (cut.accounts.len(), cut.complete),
            (page, false),
            "the next page begins nowhere"
        );
    }
}
