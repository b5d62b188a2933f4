//! A large space with a year of payments, made once and kept in `target/`.

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use jiff::{ToSpan as _, civil::Date};
use space::{
    domain::model::{
        Contact, Induction, MemberId, Payment, Record, RecordPath, contact::YearMonth,
    },
    store::{Store, json},
};

use crate::large;

/// The number of payments of each member.
pub(crate) const PAYMENTS: i8 = 12;

/// Returns a bare, packed space with the given number of members, each with a credential, contact
/// data and a year of payments. `git fast-import` writes it, because a million files are too many
/// to hold in memory at once.
pub(crate) fn space(members: u64) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    let path = home.join(format!("ledger-{members}"));
    if Store::open(&path).is_ok() {
        return path;
    }
    let _ = fs::remove_dir_all(&path); // half of one, or none
    fs::create_dir_all(&path).unwrap();
    git(&path, &["init", "-q", "--bare", "-b", "main"]);
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(&path)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = BufWriter::new(import.stdin.take().unwrap());
    // A year that ended in December, then one commit with everything since.
    commit(&mut to, large::now().as_second() - 20 * 24 * 3600);
    for (path, bytes) in basis() {
        file(&mut to, &path, &bytes);
    }
    for number in 1..=members {
        for (record_path, record) in folder(number, false) {
            file(&mut to, &record_path.to_string(), &json::canonical(&record));
        }
    }
    commit(&mut to, large::now().as_second());
    for number in 1..=members {
        let records = folder(number, true);
        let updates =
            records.iter().enumerate().filter(|(at, _)| *at == 0 || *at + 1 == records.len());
        for (_, (record_path, record)) in updates {
            file(&mut to, &record_path.to_string(), &json::canonical(record));
        }
    }
    to.flush().unwrap();
    drop(to);
    assert!(import.wait().unwrap().success(), "git fast-import");
    // Packed like git does when it collects garbage.
    git(&path, &["repack", "-adq"]);
    path
}

fn commit(to: &mut impl Write, at: i64) {
    let who = large::author();
    let (name, email) = (who.name, who.email);
    write!(to, "commit refs/heads/main\ncommitter {name} <{email}> {at} +0000\ndata 4\nyear\n")
        .unwrap();
}

fn git(dir: &Path, args: &[&str]) {
    let done = Command::new("git").args(args).current_dir(dir).status();
    assert!(done.unwrap().success(), "git {args:?}");
}

fn file(to: &mut impl Write, path: &str, bytes: &[u8]) {
    write!(to, "M 100644 inline {path}\ndata {}\n", bytes.len()).unwrap();
    to.write_all(bytes).unwrap();
    to.write_all(b"\n").unwrap();
}

/// The settings of the other large spaces, and three tiers.
fn basis() -> Vec<(String, Vec<u8>)> {
    let mut files = large::basis();
    for (name, tier) in [
        ("standard", r#"{"name": "Standard", "price": 2500, "concessions": true}"#),
        ("supporter", r#"{"name": "Supporter", "price": 4000}"#),
        ("guest", r#"{"name": "Guest", "price": null}"#),
    ] {
        files.retain(|(path, _)| *path != format!("tiers/{name}.json"));
        files.push((format!("tiers/{name}.json"), tier.as_bytes().to_vec()));
    }
    files
}

/// Everything of one member, first the record and last the latest payment: every 20th is a child,
/// every 25th has left, every 17th has just lapsed, every 19th had lapsed before the last payment,
/// every tenth states a concession, and about a tenth is old enough for one; every third is
/// inducted.
fn folder(number: u64, paid: bool) -> Vec<(RecordPath, Record)> {
    let mut records = large::folder(number).to_vec();
    let id = MemberId::new(number).unwrap();
    let late = if number.is_multiple_of(17) { 43.days() } else { 0.days() };
    let paid_until = jiff::civil::date(2026, 2, 1) - late;
    if let (_, Record::Member(member)) = &mut records[0] {
        member.tier = match number % 50 {
            7 => "guest",
            8..=12 => "supporter",
            _ => "standard",
        }
        .parse()
        .unwrap();
        let missing = if number.is_multiple_of(19) { 2 } else { 1 };
        member.paid_until = Some(paid_until - if paid { 0 } else { missing }.months());
        member.parent = number.is_multiple_of(20).then(|| MemberId::new(number - 1).unwrap());
        member.left = number.is_multiple_of(25).then(|| jiff::civil::date(2025, 11, 1));
        member.concession = number.is_multiple_of(10);
    }
    let born = YearMonth { year: 1950 + (number % 60) as i16, month: 1 + (number % 12) as i8 };
    let email = Some(format!("number{number}@example.org"));
    let contact = Contact { email, born: Some(born), ..Contact::default() };
    records.push((RecordPath::Contact(id), Record::Contact(contact)));
    if number.is_multiple_of(3) {
        let on = jiff::civil::date(2024, 5, 1);
        let induction = Induction { on, by: None, inductor: number.is_multiple_of(30) };
        let record_path = RecordPath::Induction(id, "backdoor".parse().unwrap());
        records.push((record_path, Record::Induction(induction)));
    }
    for month in 0..PAYMENTS - i8::from(!paid) {
        let date: Date = paid_until - i64::from(PAYMENTS - month).months();
        let payment = Payment {
            date,
            amount: 2500,
            months: 1,
            from: Some(date),
            text: format!("SM{id} dues"),
            source: Some(format!("F{number}-{month}")),
            returned: Vec::new(),
            split: Vec::new(),
        };
        let name = format!("{date}-{:08x}{month:x}", number.wrapping_mul(0x9e37_79b9) as u32);
        records.push((RecordPath::Payment(id, name.parse().unwrap()), Record::Payment(payment)));
    }
    records
}
