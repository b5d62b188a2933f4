//! What the git history holds about a member: every former value of the records, and the commits
//! that the person made.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AppError,
    progress::{Progress, Underway},
};
use crate::{
    domain::{
        model::{CommitId, MemberId, Record, RecordPath},
        records::Records as _,
    },
    store::{
        Revision, Store,
        history::{LogEntry, LogScope, Query},
    },
};

/// What the history holds about a member.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// The commits that changed something in the member's folder, newest first.
    pub changes: Vec<PastChange>,
    /// Every name that the member has had.
    pub names: BTreeSet<String>,
    /// Every e-mail address that the member has had, in lower case.
    pub emails: BTreeSet<String>,
    /// The commits that cannot be read.
    pub unreadable: Vec<CommitId>,
}

/// A commit that changed something in a member's folder.
#[derive(Clone, Debug)]
pub struct PastChange {
    /// The commit.
    pub entry: LogEntry,
    /// What it left in each record that it changed; `None` if it removed it.
    pub records: BTreeMap<RecordPath, Option<Vec<u8>>>,
}

impl Traces {
    /// Follows a member through the history.
    ///
    /// # Errors
    /// Fails if the history cannot be read.
    pub fn of(store: &Store, id: MemberId) -> Result<Self, AppError> {
        let query = Query { about: LogScope::Member(id), ..Query::default() };
        Ok(Self::within(store, id, store.log(&query)?))
    }

    /// Follows a member through these commits, newest first.
    fn within(store: &Store, id: MemberId, entries: Vec<LogEntry>) -> Self {
        let mut traces = Self::default();
        for entry in entries {
            // A commit that no door would use may have a tree that cannot be read.
            let (Ok(then), Ok(changed)) = (store.read(entry.id), store.changed_by(entry.id)) else {
                traces.unreadable.push(entry.id);
                continue;
            };
            let paths = changed.into_iter().filter_map(|it| it.record_path);
            let paths = paths.filter(|path| is_about(id, path, &entry, &then));
            let records: BTreeMap<_, _> =
                paths.map(|path| (path.clone(), then.bytes(&path))).collect();
            for (path, bytes) in &records {
                traces.remember(path, bytes.as_deref());
            }
            traces.changes.push(PastChange { entry, records });
        }
        traces
    }

    /// Remembers names and addresses, whatever else is wrong with a record.
    fn remember(&mut self, path: &RecordPath, bytes: Option<&[u8]>) {
        match path {
            RecordPath::Member(_) => self.names.extend(bytes.and_then(|it| field(it, "name"))),
            RecordPath::Contact(_) => {
                let email = bytes.and_then(|it| field(it, "email"));
                self.emails.extend(email.map(|it| it.to_lowercase()));
            }
            _ => {}
        }
    }

    /// Tells whether the person made a commit, by e-mail address or name.
    #[must_use]
    pub fn made(&self, entry: &LogEntry) -> bool {
        self.emails.contains(&entry.author.email.to_lowercase())
            || self.names.contains(&entry.author.name)
    }

    /// Tells whether the message of a commit has one of the names in it: it was written by hand, or
    /// by a program from before messages had numbers only.
    #[must_use]
    pub fn is_named_by(&self, entry: &LogEntry) -> bool {
        let message = entry.message.to_lowercase();
        self.names.iter().any(|name| message.contains(&name.to_lowercase()))
    }

    /// Returns the newest name.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.changes.iter().flat_map(|change| &change.records).find_map(|(path, bytes)| {
            let bytes = bytes.as_ref().filter(|_| matches!(path, RecordPath::Member(_)))?;
            field(bytes, "name")
        })
    }

    /// Returns the records that the history has and a revision has not, with the number of their
    /// versions that are known.
    #[must_use]
    pub fn gone(&self, head: &Revision<'_>) -> BTreeMap<RecordPath, usize> {
        let mut gone: BTreeMap<RecordPath, usize> = BTreeMap::new();
        for (path, bytes) in self.changes.iter().flat_map(|change| &change.records) {
            if !head.exists(path) {
                *gone.entry(path.clone()).or_default() += usize::from(bytes.is_some());
            }
        }
        gone
    }
}

/// Tells whether a record that a commit changed is about a member: it lies in the member's folder, it
/// is a payer of theirs, or a transaction of which they were credited with all or a part.
fn is_about(id: MemberId, path: &RecordPath, entry: &LogEntry, then: &Revision<'_>) -> bool {
    match path {
        RecordPath::Payer(_) => {
            matches!(then.record(path), Ok(Some(Record::Payer(payer))) if payer.member == id)
        }
        RecordPath::Unmatched(..) => {
            let mut words = entry.trailer.iter().flat_map(|it| it.split(' '));
            matches!(words.next(), Some("payment.assign" | "payment.split"))
                && words.any(|word| word == id.to_string())
        }
        _ => path.member() == Some(id),
    }
}

/// Returns a text in a record.
fn field(bytes: &[u8], name: &str) -> Option<String> {
    let record: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    record[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Returns the traces of everybody who is no longer a member, and of whom records were removed.
#[must_use]
pub fn of_removed(
    store: &Store,
    head: &Revision<'_>,
    entries: &[LogEntry],
    progress: &dyn Progress,
) -> BTreeMap<MemberId, Traces> {
    let underway = Underway::steps(progress, "looking through the history", entries.len());
    let mut touched: BTreeMap<MemberId, Vec<LogEntry>> = BTreeMap::new();
    let mut removed = BTreeSet::new();
    for entry in entries {
        for changed in store.changed_by(entry.id).unwrap_or_default() {
            let Some(path) = changed.record_path else { continue };
            let Some(id) = path.member() else { continue };
            if changed.new.is_none() && !head.exists(&path) {
                removed.insert(id);
            }
            let commits = touched.entry(id).or_default();
            if commits.last().is_none_or(|last| last.id != entry.id) {
                commits.push(entry.clone());
            }
        }
        underway.step();
    }
    let belongs = |id: &MemberId| match head.record(&RecordPath::Member(*id)) {
        Ok(Some(Record::Member(member))) => member.left.is_none(),
        Ok(_) => false,
        Err(_) => true,
    };
    let ids = removed.into_iter().filter(|id| !belongs(id));
    let traces = |id| {
        let commits = touched.remove(&id).unwrap_or_default();
        (id, Traces::within(store, id, commits))
    };
    ids.map(traces).collect()
}
