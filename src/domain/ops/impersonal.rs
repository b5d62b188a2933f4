//! Tests that no verb writes into a commit message what a record says about a person.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Field, Plan, Refusal, channel, credential,
    fixture::{a_fob, day, fob, grant, id, inducted, newcomer, slug, space, tag},
    induction, look_up, member, meter, notice, payment, requirement, retention, service,
    space as settings, tier, zone,
};
use crate::domain::{
    follow::{Happening, What},
    model::{
        Columns, Contact, CredentialType, Facility, FacilityKind, Meter, NoticeKind, OwnChange,
        Record, RecordPath, Requirement, Retention, Space, StatementProfile, Tier, Transaction,
        Zone,
    },
    ops::facility,
    payments::{Statement, StatementLine, StatementRow},
    records::Catalogue,
};

/// Everything that the records say about the person has this in it, except for tags.
const SECRET: &str = "Zebedee";

/// The verbs that make changes, by noun. The other functions in `notice` only look.
const NOUNS: [(&str, &str); 13] = [
    ("channel", include_str!("channel/mod.rs")),
    ("credential", include_str!("credential/mod.rs")),
    ("facility", include_str!("facility/mod.rs")),
    ("induction", include_str!("induction/mod.rs")),
    ("member", include_str!("member/mod.rs")),
    ("meter", include_str!("meter/mod.rs")),
    ("notice", "pub use record::{FinishedNotice, record};"),
    ("payment", include_str!("payment/mod.rs")),
    ("requirement", include_str!("requirement/mod.rs")),
    ("service", include_str!("service/mod.rs")),
    ("space", include_str!("space/mod.rs")),
    ("tier", include_str!("tier/mod.rs")),
    ("zone", include_str!("zone/mod.rs")),
];

/// Returns every verb as `noun.verb`, from the lines `pub use …` of the nouns.
fn verbs() -> BTreeSet<String> {
    let mut all = BTreeSet::from(["retention.apply".to_owned()]);
    for (noun, text) in NOUNS {
        for line in text.lines().filter_map(|line| line.strip_prefix("pub use ")) {
            let (_, names) = line.rsplit_once("::").unwrap();
            let words = names.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let verb = |it: &&str| it.starts_with(|c: char| c.is_ascii_lowercase());
            all.extend(words.filter(verb).map(|verb| format!("{noun}.{verb}")));
        }
    }
    let only_look = ["payment.suggestions", "payment.is_decided", "credential.guests"];
    all.retain(|verb| !only_look.contains(&verb.as_str()));
    all.remove("credential.sponsor"); // asks for rules of its own; its subject is that of `add`
    all
}

/// A space with a member 0007 about whom all is known, who left long ago.
fn someone() -> Catalogue {
    let said = |it: &str| Some(format!("{SECRET} {it}"));
    let mut all = space();
    let contact = Contact {
        email: Some(format!("{SECRET}@example.org")),
        address: said("Street"),
        accounts: BTreeMap::from([(SECRET.to_owned(), SECRET.to_owned())]),
        ..Contact::default()
    };
    let add = member::Add { concession: said("studies"), contact, ..newcomer(7, SECRET) };
    all.apply(&member::add(&all, add).unwrap().change);
    all.apply(&credential::add(&all, a_fob(7, "T7", 7007, &["frontdoor"])).unwrap().change);
    all.apply(&credential::add(&all, a_fob(7, "T8", 7007, &["workshop"])).unwrap().change);
    all.apply(&induction::add(&all, inducted(7, "safety", Some(1), false)).unwrap().change);
    all.apply(&payment::add(&all, cash()).unwrap().change);
    let waiting = Transaction {
        date: day("2026-01-10"),
        amount: 2000,
        text: format!("from {SECRET}"),
        payer: said("Bank"),
        reason: "no reference".into(),
        ..Transaction::default()
    };
    all.insert(RecordPath::Unmatched(2026, tag("u1")), Record::Unmatched(waiting));
    all
}

fn cash() -> payment::Add {
    let (date, text) = (day("2026-01-05"), format!("from {SECRET}"));
    let source = Some(format!("{SECRET}'s cash"));
    payment::Add { member: id(7), id: tag("x1"), date, amount: 2000, months: None, text, source }
}

/// The plan of each verb, told everything about the person.
fn plans() -> Vec<(&'static str, Plan)> {
    let all = someone();
    let after = |plan: &Plan| {
        let mut after = all.clone();
        after.apply(&plan.change);
        after
    };
    let words = || format!("{SECRET} was loud");
    let suspended = member::suspend(&all, id(7), day("2026-02-01"), words()).unwrap();
    let gone = member::leave(&all, id(7), day("2020-01-01"), member::Credentials::Revoke).unwrap();
    let give_back = payment::Refund {
        member: id(7),
        payment: tag("2026-01-05-x1"),
        on: day("2026-02-01"),
        amount: None,
        months: None,
        reason: words(),
        verb: "refund",
    };
    let request = credential::Replace {
        member: id(7),
        old: fob(7007),
        kind: CredentialType::Fob,
        new: fob(7008),
    };
    let facility = Facility {
        name: SECRET.into(),
        kind: FacilityKind::Tool,
        induction: false,
        inductions_first: Vec::new(),
        fob_first: false,
        controllers: [].into(),
        controller_key: None,
        grant_on_induction: None,
        stale: None,
    };
    let rule = || Requirement {
        priority: 1,
        description: Some(SECRET.into()),
        arm: None,
        timespec: "always".into(),
    };
    let set = requirement::Set {
        tag: tag("R-laser"),
        facility: None,
        priority: Some(2),
        timespec: None,
        description: Field::Set(SECRET.into()),
        arm: Field::Keep,
    };
    let line = StatementLine {
        date: day("2026-02-01"),
        amount: 2000,
        currency: None,
        text: format!("SM0007 {SECRET}"),
        bank_id: Some(SECRET.into()),
        payer: Some(SECRET.into()),
        ..StatementLine::default()
    };
    let rows = vec![StatementRow { number: 1, content: Ok(line) }];
    let statement = Statement { name: SECRET.into(), rows, ..Statement::default() };
    let sent = notice::FinishedNotice {
        member: Some(id(7)),
        kind: NoticeKind::Welcome,
        occasion: SECRET.into(),
        at: "2026-02-01T00:00:00Z".parse().unwrap(),
        failed: Some(SECRET.into()),
    };
    let bank = StatementProfile {
        name: SECRET.into(),
        separator: ',',
        encoding: "utf-8".into(),
        decimal: '.',
        date_form: "%Y-%m-%d".into(),
        lines_above: 0,
        header: true,
        columns: Columns { text: vec![SECRET.into()], ..Columns::default() },
    };
    let tier = Tier { name: SECRET.into(), price: None, year: None, concessions: false };
    let spare_tier = {
        let mut all = all.clone();
        all.insert(RecordPath::Tier(slug("spare")), Record::Tier(tier.clone()));
        all
    };
    let held = credential::Held::FobsOf(id(7));
    let moment = "2026-02-01T00:00:00Z".parse().unwrap();
    let granted = {
        let mut all = all.clone();
        let more = credential::grant(&all, &held, &[grant("safety")]).unwrap();
        all.apply(&more.change);
        all
    };
    let words_of_own = Some(format!("{SECRET} Road"));
    let unsettled = {
        let mut all = all.clone();
        let until = Field::Set(day("2030-01-01"));
        let by_hand = member::Edit { paid_until: until, ..Default::default() };
        all.apply(&member::edit(&all, id(7), by_hand).unwrap().change);
        all
    };
    let old = {
        let mut all = all.clone();
        let space = Space { format: 0, name: SECRET.into(), ..look_up::space(&all).unwrap() };
        all.insert(RecordPath::Space, Record::Space(space));
        all
    };
    let overdue = {
        let mut all = after(&gone);
        let soon = Some(1);
        let retention = Retention {
            contact_days: soon,
            payment_days: soon,
            member_days: soon,
            ..Default::default()
        };
        let space = Space { retention, ..look_up::space(&all).unwrap() };
        all.insert(RecordPath::Space, Record::Space(space));
        let left = vec![(id(7), day("2020-01-01"))];
        let scope = retention::Scope { left, ..Default::default() };
        retention::review(&all, &scope, day("2026-06-01")).unwrap()
    };
    let power = meter::add::tests::power();
    let workshop = Zone {
        name: SECRET.into(),
        frost: Zone::FROST,
        ceiling: Zone::CEILING,
        facilities: vec![],
        wishes: vec![],
        set_point: None,
    };
    let news = channel::add::tests::news(SECRET);
    let metered = {
        let mut all = all.clone();
        all.insert(RecordPath::Meter(slug("power")), Record::Meter(power.clone()));
        all.insert(RecordPath::Zone(slug("workshop")), Record::Zone(workshop.clone()));
        all.insert(RecordPath::Channel(slug("news")), Record::Channel(news.clone()));
        all
    };
    let some = Some(SECRET.to_owned());
    let edit = member::Edit {
        name: Some(format!("{SECRET} King")),
        concession: Field::Set(words()),
        email: Field::Set(words()),
        accounts: BTreeMap::from([("Zebedee's".to_owned(), some.clone())]),
        ..Default::default()
    };
    let account = BTreeMap::from([(id(7), format!("cus_{SECRET}"))]);
    let received = {
        let (account, currency) = (Some(format!("cus_{SECRET}")), "GBP".to_owned());
        let what = What::Paid { account, amount: 2000, currency };
        let paid = Happening { at: moment, payment: format!("ch_{SECRET}"), what };
        let owners = BTreeMap::from([(format!("cus_{SECRET}"), id(7))]);
        let today = day("2026-06-01");
        service::receive(&all, &slug("stripe"), &[paid], &owners, &jiff::tz::TimeZone::UTC, today)
    };
    let assign = payment::Assign {
        year: 2026,
        id: tag("u1"),
        member: id(7),
        months: None,
        remember: Some(payment::Remember::Keep),
    };
    let same = payment::Same { year: 2026, id: tag("u1"), other: Some(tag("x1")) };
    let (seven, workshops) = (BTreeSet::from([id(7)]), BTreeSet::from([slug("workshop")]));
    let raised = credential::Edit { priority: Some(4), ..Default::default() };
    let many = |it: Result<credential::Many, Refusal>| it.map(|it| it.plan);
    let share = |member| payment::Share { member: id(member), amount: 1000, months: Some(1) };
    let transfer = payment::Transfer::Unmatched(2026, tag("u1"));
    let split = payment::Split { transfer, shares: vec![share(7), share(1)] };
    vec![
        ("credential.add", credential::add(&all, a_fob(7, "T9", 7009, &["frontdoor"]))),
        ("credential.replace", credential::replace(&all, &request)),
        ("credential.revoke", credential::revoke(&all, &credential::Which::Member(id(7)), None)),
        (
            "credential.edit",
            credential::edit(
                &all,
                &held,
                &credential::Edit { priority: Some(3), ..Default::default() },
            ),
        ),
        ("credential.grant", credential::grant(&all, &held, &[grant("safety")])),
        ("credential.grant_many", many(credential::grant_many(&all, &seven, &[grant("safety")]))),
        ("credential.ungrant_many", many(credential::ungrant_many(&all, &seven, &workshops))),
        ("credential.edit_many", many(credential::edit_many(&all, &seven, &raised))),
        ("credential.lose", credential::lose(&all, id(7), &tag("T7"), moment)),
        ("credential.ungrant", credential::ungrant(&granted, &held, &[slug("safety")].into())),
        ("facility.add", facility::add(&all, slug("new"), facility)),
        ("facility.remove", facility::remove(&all, &slug("laser"))),
        (
            "facility.edit",
            facility::edit(
                &all,
                &slug("laser"),
                facility::Edit { name: some.clone(), ..Default::default() },
            ),
        ),
        ("induction.add", induction::add(&all, inducted(7, "laser", Some(1), true))),
        ("induction.revoke", induction::revoke(&all, id(7), &slug("safety"))),
        (
            "member.add",
            member::add(
                &all,
                member::Add { concession: some.clone(), ..newcomer(8, &format!("{SECRET} II")) },
            ),
        ),
        ("member.edit", member::edit(&all, id(7), edit)),
        ("service.link", service::link(&all, &slug("stripe"), &account, |_| true)),
        ("service.receive", received.map(|it| it.plan)),
        ("member.leave", Ok(gone.clone())),
        (
            "member.own_change",
            member::own_change(
                &all,
                id(7),
                OwnChange { address: words_of_own, ..Default::default() },
            ),
        ),
        ("member.rejoin", member::rejoin(&after(&gone), id(7))),
        ("member.suspend", Ok(suspended.clone())),
        ("member.resume", member::resume(&after(&suspended), id(7))),
        (
            "meter.add",
            meter::add(&all, &slug("new"), Meter { name: SECRET.into(), ..power.clone() }),
        ),
        (
            "meter.edit",
            meter::edit(
                &metered,
                &slug("power"),
                meter::Edit { name: some.clone(), ..Default::default() },
            ),
        ),
        ("meter.remove", meter::remove(&metered, &slug("power"))),
        ("notice.record", Ok(notice::record(&all, &[sent], &BTreeMap::new()).into())),
        ("payment.add", payment::add(&all, payment::Add { id: tag("x2"), ..cash() })),
        ("payment.add_profile", payment::add_profile(&all, &slug("our-bank"), bank)),
        ("payment.assign", payment::assign(&all, assign)),
        ("payment.restore", payment::restore(&all, id(7), &give_back.payment, give_back.on)),
        ("payment.give_back", payment::give_back(&all, give_back)),
        (
            "payment.import",
            payment::import(&all, &[statement], day("2026-02-02")).map(|import| import.plan),
        ),
        ("payment.same", payment::same(&all, same)),
        ("payment.settle", payment::settle(&unsettled, id(7))),
        ("payment.split", payment::split(&all, split)),
        ("requirement.add", requirement::add(&all, &slug("laser"), tag("R9"), rule())),
        ("requirement.revoke", requirement::revoke(&all, &tag("R-laser"))),
        ("requirement.set", requirement::set(&all, set)),
        ("retention.apply", Ok(retention::apply(&overdue))),
        (
            "space.edit",
            settings::edit(
                &all,
                settings::Edit {
                    name: some.clone(),
                    levels: BTreeMap::from([(2, some.clone())]),
                    ..Default::default()
                },
            ),
        ),
        ("space.migrate", settings::migrate(&old)),
        ("tier.add", tier::add(&all, &slug("new"), tier)),
        (
            "tier.edit",
            tier::edit(
                &all,
                &slug("standard"),
                tier::Edit { name: some.clone(), ..Default::default() },
            ),
        ),
        ("tier.remove", tier::remove(&spare_tier, &slug("spare"))),
        ("channel.add", channel::add(&all, &slug("new"), news)),
        ("channel.edit", channel::edit(&metered, &slug("news"), channel::add::tests::silent())),
        ("channel.remove", channel::remove(&metered, &slug("news"))),
        ("zone.add", zone::add(&all, &slug("new"), workshop.clone())),
        (
            "zone.edit",
            zone::edit(
                &metered,
                &slug("workshop"),
                zone::Edit { name: Some("Shop".into()), ..Default::default() },
            ),
        ),
        ("zone.remove", zone::remove(&metered, &slug("workshop"))),
    ]
    .into_iter()
    .map(|(verb, planned)| (verb, planned.unwrap_or_else(|refusal| panic!("{verb}: {refusal}"))))
    .collect()
}

#[test]
fn no_verb_puts_what_records_say_about_people_into_a_message() {
    let plans = plans();
    let tried: BTreeSet<String> = plans.iter().map(|(verb, _)| (*verb).to_owned()).collect();
    assert_eq!(tried, verbs(), "every verb is tried");
    for (verb, plan) in plans {
        assert!(!plan.change.edits.is_empty(), "{verb} changes nothing");
        let message = format!("{}\n{}", plan.change.subject, plan.change.trailer);
        assert!(!message.to_lowercase().contains("zebedee"), "{verb}: {message}");
        assert!(!message.contains("loud"), "{verb}: {message}");
    }
}
