//! What every processor has to do, and what becomes of its failures.

use jiff::civil::date;
use space::{
    domain::follow::{Holding, Terms},
    integrations::processor::{Customer, Fault, Processor, ProcessorError, StandIn, Visit},
};

use crate::world::{BACK, KEY, client, now, stand_in};

fn ada() -> Customer {
    Customer {
        reference: "SM0042".into(),
        name: "Ada Lovelace".into(),
        email: Some("ada@example.org".into()),
    }
}

fn visit(from: Option<jiff::civil::Date>) -> Visit {
    let terms = Terms { monthly: 2500 };
    Visit { reference: "SM0042".into(), terms, from, back: BACK.into(), now: now() }
}

#[track_caller]
fn holds(it: &mut dyn Processor) -> Holding<Terms> {
    let found = it.read().unwrap();
    assert!(found.complete);
    let [account] = found.accounts.as_slice() else { panic!("{found:?}") };
    account.holds.clone()
}

fn paying() -> (StandIn, Box<dyn Processor>, String) {
    let (stand_in, url) = stand_in();
    let mut it = client(&url, KEY);
    let account = it.open("k1", &ada()).unwrap();
    let page = it.link(&account, &visit(None)).unwrap();
    assert!(stand_in.pay(&page));
    (stand_in, it, account)
}

#[test]
fn an_account_is_opened_charged_changed_and_left() {
    let (stand_in, url) = stand_in();
    let mut it = client(&url, KEY);
    assert_eq!(it.read().unwrap().accounts, []);
    let account = it.open("k1", &ada()).unwrap();
    assert_eq!(it.open("k1", &ada()).unwrap(), account, "the same key is the same account");
    let found = it.read().unwrap();
    assert_eq!(found.accounts.len(), 1);
    let one = &found.accounts[0];
    assert_eq!((one.mark.as_deref(), one.name.as_deref()), (Some("SM0042"), Some("Ada Lovelace")));
    assert_eq!(one.holds, Holding::Nothing { ready: false });

    let page = it.link(&account, &visit(None)).unwrap();
    assert!(page.starts_with(&url), "{page}");
    assert!(stand_in.pay(&page) && !stand_in.pay(&page), "a page counts once");
    let what = Terms { monthly: 2500 };
    let renews = Some(date(2026, 4, 2));
    assert_eq!(holds(&mut *it), Holding::Has { what, renews });
    assert_eq!(stand_in.all("charges").len(), 1);

    let more = Terms { monthly: 3000 };
    it.change("k2", &account, &more).unwrap();
    assert_eq!(holds(&mut *it), Holding::Has { what: more, renews });
    assert_eq!(stand_in.all("charges").len(), 1, "not before the next period");
    stand_in.advance("2026-04-02T18:00:00Z".parse().unwrap());
    assert_eq!(stand_in.all("charges")[1]["amount"], 3000);

    it.remove("k3", &account).unwrap();
    let on = Some(date(2026, 5, 2));
    assert_eq!(holds(&mut *it), Holding::Ends { what: more, on });
    it.give("k4", &account, &what, None).unwrap();
    assert_eq!(holds(&mut *it), Holding::Has { what, renews: on }, "it goes on");
    it.remove("k5", &account).unwrap();
    stand_in.advance("2026-06-02T18:00:00Z".parse().unwrap());
    assert_eq!(holds(&mut *it), Holding::Nothing { ready: true });
    assert_eq!(stand_in.all("charges").len(), 2, "nobody is charged after leaving");
    it.give("k6", &account, &what, Some(date(2026, 7, 1))).unwrap();
    assert_eq!(holds(&mut *it), Holding::Has { what, renews: Some(date(2026, 7, 1)) });
    assert_eq!(stand_in.all("charges").len(), 2, "it begins with what is not paid for yet");
}

#[test]
fn who_has_paid_already_is_charged_when_that_ends() {
    let (stand_in, url) = stand_in();
    let mut it = client(&url, KEY);
    let account = it.open("k1", &ada()).unwrap();
    let page = it.link(&account, &visit(Some(date(2026, 5, 1)))).unwrap();
    assert!(stand_in.pay(&page));
    assert_eq!(stand_in.all("charges").len(), 0);
    let what = Terms { monthly: 2500 };
    assert_eq!(holds(&mut *it), Holding::Has { what, renews: Some(date(2026, 5, 1)) });
    stand_in.advance("2026-05-01T12:00:00Z".parse().unwrap());
    assert_eq!(stand_in.all("charges").len(), 1);
}

#[test]
fn who_pays_already_gets_the_page_for_changing_that() {
    let (_stand_in, mut it, account) = paying();
    it.read().unwrap();
    let page = it.link(&account, &visit(None)).unwrap();
    assert!(page.contains("/portal/"), "{page}");
}

#[test]
fn a_lost_answer_is_asked_for_again_and_nothing_happens_twice() {
    let (stand_in, url) = stand_in();
    let mut it = client(&url, KEY);
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
}

#[test]
fn who_is_not_let_in_or_asks_for_what_cannot_be_is_told_so() {
    let (_stand_in, url) = stand_in();
    let denied = client(&url, "sk_test_wrong").read();
    assert!(
        matches!(&denied, Err(ProcessorError::Denied(why)) if why.contains("API Key")),
        "{denied:?}"
    );
    let mut it = client(&url, KEY);
    let refused = it.give("k1", "cus_nobody", &Terms { monthly: 1 }, None);
    assert!(
        matches!(&refused, Err(ProcessorError::Refused(why)) if why.contains("cus_nobody")),
        "{refused:?}"
    );
    let other = Customer { name: "Bob".into(), ..ada() };
    it.open("k2", &ada()).unwrap();
    let reused = it.open("k2", &other);
    assert!(
        matches!(&reused, Err(ProcessorError::Refused(why)) if why.contains("idempotent")),
        "{reused:?}"
    );
    let nobody = client("http://127.0.0.1:9", KEY).read();
    assert!(matches!(nobody, Err(ProcessorError::Down(_))), "{nobody:?}");
}

#[test]
fn what_was_made_by_hand_is_not_understood_as_dues() {
    let (stand_in, mut it, _account) = paying();
    let id = stand_in.all("subscriptions")[0]["id"].as_str().unwrap().to_owned();
    let good = stand_in.all("subscriptions")[0].clone();
    let mut two = good["items"]["data"].as_array().unwrap().clone();
    two.push(two[0].clone());
    let with = |pointer: &str, value: serde_json::Value| {
        let mut it = good.clone();
        *it.pointer_mut(pointer).unwrap() = value;
        it
    };
    for (object, words) in [
        (with("/items/data", two.into()), "with 2 items"),
        (with("/items/data/0/price/currency", "eur".into()), "in eur"),
        (with("/items/data/0/price/recurring/interval", "year".into()), "every 1 year"),
        (with("/items/data/0/price/unit_amount", serde_json::Value::Null), "no whole amount"),
        (with("/status", "unpaid".into()), "that is unpaid"),
    ] {
        stand_in.by_hand("subscriptions", &id, |it| *it = object);
        let Holding::Unclear(said) = holds(&mut *it) else { panic!("{words}") };
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn all_pages_are_read_and_a_list_that_is_cut_short_is_known() {
    let (stand_in, url) = stand_in();
    let mut it = client(&url, KEY);
    for number in 0..250 {
        let _ = stand_in.customer(&format!("N{number}"), "n@example.org");
    }
    let before = stand_in.requests();
    let found = it.read().unwrap();
    assert_eq!((found.accounts.len(), found.complete), (250, true));
    assert_eq!(stand_in.requests() - before, 4, "three pages of customers, one of subscriptions");

    stand_in.fail([Some(Fault::Forgets)]);
    let cut = it.read().unwrap();
    assert_eq!((cut.accounts.len(), cut.complete), (100, false), "the next page begins nowhere");
}
