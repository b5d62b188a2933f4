//! Worked cases of payments: `tests/payments/cases.json` lists what a member paid, and the result.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "payments/bank.rs"]
mod bank;
#[path = "payments/identity.rs"]
mod identity;
#[path = "payments/model.rs"]
mod model;
#[path = "payments/not_income.rs"]
mod not_income;
#[path = "payments/payers.rs"]
mod payers;
#[path = "payments/references.rs"]
mod references;
#[path = "payments/twice.rs"]
mod twice;
#[path = "payments/two_years.rs"]
mod two_years;

use jiff::{
    SignedDuration,
    civil::{Date, date},
};
use serde_json::Value;
use space::domain::{
    model::{Contact, DuesRules, Member, MemberId, Record, RecordPath, Space, Tier},
    ops::payment::import,
    payments::{Statement, StatementLine, StatementRow, TransactionStatus},
    records::Catalogue,
};

const TODAY: Date = date(2018, 5, 10);
const GRACE: u16 = 14;

#[test]
fn every_case_comes_out_as_worked() {
    let all: Value =
        serde_json::from_str(include_str!("payments/cases.json")).expect("the cases are JSON");
    let cases = all["cases"].as_array().unwrap();
    assert!(cases.len() >= 23, "cases were lost");
    let failed: Vec<String> =
        cases.iter().filter_map(|case| try_case(&all["rules"], case).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn try_case(rules: &Value, case: &Value) -> Result<(), String> {
    let name = case["name"].as_str().unwrap();
    let mut records = world(rules, case);
    let done = import(&records, &[statement(case)], TODAY).unwrap();
    records.apply(&done.plan.change);
    let expect = &case["expect"];
    let statuses: Vec<&TransactionStatus> =
        done.lines.outcomes.iter().map(|outcome| &outcome.status).collect();
    let months: Vec<u64> = statuses
        .iter()
        .filter_map(|status| match status {
            TransactionStatus::Credited { months, .. } => Some(u64::from(*months)),
            _ => None,
        })
        .collect();
    let actual = |kind: &str| {
        statuses.iter().find_map(|status| match (kind, status) {
            ("unmatched", TransactionStatus::Unmatched(reason)) => Some(reason.code()),
            ("ignored", TransactionStatus::Ignored(reason)) => Some(reason.code()),
            _ => None,
        })
    };
    let until = member_of(&records).paid_until;
    let covered = until.map(|day| day + SignedDuration::from_hours(24 * i64::from(GRACE)));
    let expected = |key: &str| expect[key].as_str();
    let shown = |day: Option<Date>| day.map(|day| day.to_string());
    let same = expected("unmatched") == actual("unmatched")
        && expected("ignored") == actual("ignored")
        && expect["months"].as_array().is_none_or(|list| {
            list.iter().map(|months| months.as_u64().unwrap()).eq(months.iter().copied())
        })
        && (expect["months"].is_array() || months.is_empty())
        && expected("paid_until") == shown(until).as_deref()
        && expected("covered_until") == shown(covered).as_deref();
    if same {
        Ok(())
    } else {
        Err(format!("{name}: {statuses:?}, paid until {until:?}, not {expect}"))
    }
}

fn member_of(records: &Catalogue) -> Member {
    use space::domain::records::Records as _;
    match records.record(&RecordPath::Member(id("0001"))) {
        Some(Record::Member(member)) => member,
        other => panic!("{other:?}"),
    }
}

fn id(text: &str) -> MemberId {
    text.parse().unwrap()
}

fn world(rules: &Value, case: &Value) -> Catalogue {
    let number = |key: &str| rules[key].as_i64().unwrap();
    let small = |key: &str| u16::try_from(number(key)).unwrap();
    let settings = Space {
        format: 1,
        name: "Cases".into(),
        time_zone: "UTC".into(),
        currency: "GBP".into(),
        reference_prefix: "SM".into(),
        dues: DuesRules {
            minimum: number("minimum"),
            included_children: small("included_children"),
            per_further_child: number("per_further_child"),
            concession_age: small("concession_age"),
        },
        grace_days: GRACE,
        self_service: Box::default(),
        shortest_passcode: 4,
        brake: Default::default(),
        auto_sync: false,
        language: Default::default(),
        joining: Default::default(),
        levels: Default::default(),
        notices: Default::default(),
        alarms: Default::default(),
        retention: Default::default(),
        next_member: None,
        key_id: None,
    };
    let mut records = Catalogue::default();
    records.insert(RecordPath::Space, Record::Space(settings));
    for (name, tier) in rules["tiers"].as_object().unwrap() {
        let tier = Tier {
            name: name.clone(),
            price: tier["price"].as_i64(),
            year: tier["year"].as_i64(),
            concessions: tier["concessions"].as_bool().unwrap(),
        };
        records.insert(RecordPath::Tier(name.parse().unwrap()), Record::Tier(tier));
    }
    person(&mut records, &case["member"], case["paid_until"].as_str());
    for other in case["others"].as_array().into_iter().flatten() {
        person(&mut records, other, None);
    }
    records
}

fn person(records: &mut Catalogue, case: &Value, paid_until: Option<&str>) {
    let text = |key: &str| case[key].as_str();
    let number = id(text("id").unwrap());
    let member = Member {
        name: format!("Person {number}"),
        tier: text("tier").unwrap_or("standard").parse().unwrap(),
        joined: date(2015, 1, 1),
        left: None,
        suspended: None,
        suspended_until: None,
        parent: text("parent").map(id),
        concession: case["concession"].as_bool().unwrap_or(false),
        chosen_amount: case["chosen_amount"].as_i64(),
        paid_until: paid_until.map(|day| day.parse().unwrap()),
    };
    let born = text("born").map(|month| month.parse().unwrap());
    records.insert(RecordPath::Member(number), Record::Member(member));
    records.insert(
        RecordPath::Contact(number),
        Record::Contact(Contact { born, ..Contact::default() }),
    );
}

fn statement(case: &Value) -> Statement {
    let line = |(number, row): (u32, &Value)| {
        let amount = row["amount"].as_str().unwrap().replace('.', "");
        let line = StatementLine {
            date: row["date"].as_str().unwrap().parse().unwrap(),
            amount: amount.parse().unwrap(),
            currency: None,
            text: row["text"].as_str().unwrap().to_owned(),
            bank_id: row["bank_id"].as_str().map(str::to_owned),
            ..StatementLine::default()
        };
        StatementRow { number, content: Ok(line) }
    };
    let rows = (1..).zip(case["transactions"].as_array().unwrap()).map(line).collect();
    Statement { name: "case".into(), rows, warnings: Vec::new() }
}
