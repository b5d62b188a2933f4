//! Everything that is held about one person: what the member gets who asks for it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    AppError, look_up,
    notice::kept,
    traces::{PastChange, Traces},
    zone,
};
use crate::{
    domain::{
        dues::Cover,
        model::{
            Activity, CommitId, MemberId, Money, Payer, Record, RecordPath, Slot, Slug, SpreadTag,
            Subject, Transaction,
        },
        ops,
        payments::{by_payer, payer_name, reference},
        records::Records as _,
    },
    store::{
        Revision, Store,
        history::{LogEntry, LogScope, Query},
        journal::{Filter, Tail},
    },
};

/// Everything that is held about a member.
#[derive(Serialize, JsonSchema)]
pub struct MemberExport {
    member: MemberId,
    /// When it was collected.
    at: Timestamp,
    commit: CommitId,
    /// The records in the member's folder and what messages said about them, by path; unreadable ones as
    /// text.
    records: BTreeMap<String, Value>,
    elsewhere: Elsewhere,
    /// What follows from the records today; `null` if the member's own cannot be read.
    worked_out: Option<WorkedOut>,
    activities: Vec<Activity>,
    journals: Journals,
    letters: Letters,
    /// Where the member is logged in.
    sessions: Vec<Value>,
    /// Links that were mailed and are still good.
    links: Vec<Value>,
    changes: Vec<Changed>,
    unreadable_commits: Vec<CommitId>,
    /// The commits that the person made.
    authored: Vec<Authored>,
}

/// What other records say about a member.
#[derive(Serialize, JsonSchema)]
struct Elsewhere {
    /// Transactions, by path.
    unmatched: BTreeMap<String, Transaction>,
    /// Payers, by path.
    payers: BTreeMap<String, Payer>,
    inductions_given: Vec<GivenInduction>,
    children: Vec<MemberId>,
}

/// An induction that the member gave.
#[derive(Serialize, JsonSchema)]
struct GivenInduction {
    to: MemberId,
    facility: Slug,
    on: Date,
}

/// What follows from the records.
#[derive(Serialize, JsonSchema)]
struct WorkedOut {
    /// In minor units.
    dues_a_month: Option<Money>,
    dues_come_about: Option<Vec<DuesLine>>,
    #[serde(flatten)]
    cover: Option<Cover>,
}

/// One line of how dues come about.
#[derive(Serialize, JsonSchema)]
struct DuesLine {
    what: String,
    /// In minor units.
    amount: Money,
}

/// Where the activities are from.
#[derive(Serialize, JsonSchema)]
struct Journals {
    folder: PathBuf,
    /// Lines that cannot be read, and why.
    unreadable: Vec<String>,
}

/// Letters to the member.
#[derive(Serialize, JsonSchema)]
struct Letters {
    /// Those that this machine keeps as files.
    kept: Vec<KeptLetter>,
    sent_but_not_recorded: Vec<Value>,
}

/// A letter in a file.
#[derive(Serialize, JsonSchema)]
struct KeptLetter {
    file: String,
    at: Timestamp,
    text: String,
}

/// A change, with what it left in the records.
#[derive(Serialize, JsonSchema)]
struct Changed {
    commit: CommitId,
    time: Timestamp,
    by: String,
    what: Subject,
    /// The records about the member, by path; `null` if one was removed.
    records: BTreeMap<String, Option<Value>>,
}

/// A commit that the person made.
#[derive(Serialize, JsonSchema)]
struct Authored {
    commit: CommitId,
    time: Timestamp,
    name: String,
    email: String,
    what: Subject,
}

/// Collects everything that is held about a member; `journals` is the folder of what happened at the
/// doors.
///
/// # Errors
/// Fails if the history or the journals cannot be read.
pub fn member_export(
    store: &Store,
    head: &Revision<'_>,
    id: MemberId,
    journals: &Path,
    now: Timestamp,
) -> Result<MemberExport, AppError> {
    let (activities, journals) = activities(journals, id)?;
    let traces = Traces::of(store, id)?;
    Ok(MemberExport {
        member: id,
        at: now,
        commit: head.id(),
        records: records(head, id),
        elsewhere: elsewhere(head, id)?,
        worked_out: worked_out(head, id, now)?,
        activities,
        journals,
        letters: letters(store, id)?,
        sessions: values(store.sessions().of(id, now)?),
        links: values(store.mailed_links().of(id, now)?),
        changes: changes(&traces),
        unreadable_commits: traces.unreadable.clone(),
        authored: authored(store, &traces)?,
    })
}

/// Returns the records in the member's folder and what messages said about them, by path; unreadable
/// ones as text.
fn records(head: &Revision<'_>, id: MemberId) -> BTreeMap<String, Value> {
    let value = |record_path: &RecordPath| Some(parsed(&head.bytes(record_path)?));
    let within = head.within(id);
    let about_tag = |path: &RecordPath| match path {
        RecordPath::Credential(_, tag) => Some(RecordPath::TagMessages(SpreadTag(tag.clone()))),
        _ => None,
    };
    let messages: Vec<RecordPath> = within.iter().filter_map(about_tag).collect();
    let paths = within.into_iter().chain(messages).chain([RecordPath::MemberMessages(id)]);
    paths.filter_map(|record_path| Some((record_path.to_string(), value(&record_path)?))).collect()
}

fn values<T: Serialize>(all: impl IntoIterator<Item = T>) -> Vec<Value> {
    all.into_iter().map(|it| json!(it)).collect()
}

/// Returns a record as it is; one that is not JSON as text.
fn parsed(bytes: &[u8]) -> Value {
    let text = || Value::String(String::from_utf8_lossy(bytes).into_owned());
    serde_json::from_slice(bytes).unwrap_or_else(|_| text())
}

fn elsewhere(head: &Revision<'_>, id: MemberId) -> Result<Elsewhere, AppError> {
    let prefix = look_up::space(head)?.reference_prefix;
    let payers: BTreeMap<String, Record> = head
        .payers()
        .into_iter()
        .filter_map(|tag| match head.record(&RecordPath::Payer(tag.clone())) {
            Ok(Some(Record::Payer(payer))) if payer.member == id => {
                Some((tag.to_string(), Record::Payer(payer)))
            }
            _ => None,
        })
        .collect();
    let is_member = |id| head.exists(&RecordPath::Member(id));
    let refers = |text: &str| reference(text, &prefix, &is_member).mentioned().contains(&id);
    let name = look_up::member(head, &id.to_string()).map(|(_, it)| it.name.to_lowercase());
    let named = |text: &str| {
        name.as_ref().is_ok_and(|name| !name.is_empty() && text.to_lowercase().contains(name))
    };
    let mut unmatched = BTreeMap::new();
    for (year, tag) in head.unmatched() {
        let record_path = RecordPath::Unmatched(year, tag);
        let Ok(Some(Record::Unmatched(it))) = head.record(&record_path) else { continue };
        let payer = it.payer.as_deref().unwrap_or(&it.text);
        let known = payer_name(it.payer.as_deref(), &it.text).and_then(by_payer);
        let known = known.is_some_and(|tag| payers.contains_key(tag.as_str()));
        let failed = it.failed.as_ref().is_some_and(|it| it.member == id);
        if failed || known || refers(&it.text) || named(&it.text) || named(payer) {
            unmatched.insert(record_path.to_string(), it);
        }
    }
    let payers: BTreeMap<String, Payer> = payers
        .into_iter()
        .filter_map(|(tag, record)| match record {
            Record::Payer(payer) => Some((format!("payers/{tag}.json"), payer)),
            _ => None,
        })
        .collect();
    let inductions_given = head
        .roster()
        .members()
        .flat_map(|folder| {
            let to = folder.id;
            let by = folder.inductions.iter().filter(move |(_, it)| it.by == Some(id));
            by.map(move |(facility, it)| GivenInduction {
                to,
                facility: facility.clone(),
                on: it.on,
            })
        })
        .collect();
    Ok(Elsewhere { unmatched, payers, inductions_given, children: head.children(id) })
}

/// Returns what follows from the records today.
fn worked_out(
    head: &Revision<'_>,
    id: MemberId,
    now: Timestamp,
) -> Result<Option<WorkedOut>, AppError> {
    let Ok((_, member)) = look_up::member(head, &id.to_string()) else { return Ok(None) };
    let today = now.to_zoned(zone::of(head)?).date();
    let dues = ops::dues::owed(head, id, &member, &head.children(id), today).ok();
    let basis = head.basis().0;
    let roster = head.roster();
    let cover = roster.get(id).and_then(|folder| folder.member.get());
    let cover = cover.map(|member| roster.cover(member, &basis, today));
    let grace = matches!(&basis.space, Slot::Read(_));
    Ok(Some(WorkedOut {
        dues_a_month: dues.as_ref().map(|dues| dues.amount),
        dues_come_about: dues.map(|dues| {
            let lines = dues.lines.into_iter();
            lines.map(|it| DuesLine { what: it.what, amount: it.amount }).collect()
        }),
        cover: cover.filter(|_| grace),
    }))
}

fn activities(folder: &Path, id: MemberId) -> Result<(Vec<Activity>, Journals), AppError> {
    let filter = Filter { member: Some(id), ..Filter::default() };
    let (all, findings) = Tail::new(folder.to_owned(), filter).all()?;
    let unreadable = findings.iter().map(ToString::to_string).collect();
    Ok((all, Journals { folder: folder.to_owned(), unreadable }))
}

/// Returns the letters to the member that this machine keeps as files, and those that were sent and
/// are not on record yet.
fn letters(store: &Store, id: MemberId) -> Result<Letters, AppError> {
    let mut kept = Vec::new();
    for letter in kept::letters(store)?.into_iter().filter(|it| it.member == Some(id)) {
        let path = letter.path.display().to_string();
        let bytes = std::fs::read(&letter.path)
            .map_err(|error| AppError::internal(format!("cannot read {path}: {error}")))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        kept.push(KeptLetter { file: path, at: letter.at, text });
    }
    let outbox = store.read_outbox()?;
    let unrecorded = outbox.sent().iter().filter(|it| it.member == Some(id));
    Ok(Letters { kept, sent_but_not_recorded: values(unrecorded) })
}

/// Returns who changed what, with what each change left in the records.
fn changes(traces: &Traces) -> Vec<Changed> {
    let change = |it: &PastChange| {
        let record = |(path, bytes): (&RecordPath, &Option<Vec<u8>>)| {
            (path.to_string(), bytes.as_ref().map(|bytes| parsed(bytes)))
        };
        let records: BTreeMap<String, Option<Value>> = it.records.iter().map(record).collect();
        let PastChange { entry, .. } = it;
        Changed {
            commit: entry.id,
            time: entry.time,
            by: entry.author.name.clone(),
            what: entry.subject.clone(),
            records,
        }
    };
    traces.changes.iter().map(change).collect()
}

/// Returns the commits that the person made.
fn authored(store: &Store, traces: &Traces) -> Result<Vec<Authored>, AppError> {
    let entry = |it: LogEntry| Authored {
        commit: it.id,
        time: it.time,
        name: it.author.name.clone(),
        email: it.author.email.clone(),
        what: it.subject.clone(),
    };
    let all = store.log(&Query { about: LogScope::EveryCommit, ..Query::default() })?.into_iter();
    Ok(all.filter(|it| traces.made(it)).map(entry).collect())
}
