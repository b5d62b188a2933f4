//! A space of two members and one door, with the gate and the door beside it.

use std::{fs, path::Path, sync::Arc};

use git2::{Oid, Repository};
use jiff::Timestamp;
use space::{
    app::check,
    domain::{
        access::{Index, Side, decide},
        model::{AccessResult, CodeHash, CommitId, CredentialType, Finding, Reason, SpaceKey},
    },
    store::{
        Author, InitOptions, Store,
        follow::{Follower, News},
    },
};
use tempfile::TempDir;

use crate::raw::Raw;

pub(crate) const ADA: &str = "00000000000000000000000000000001";
pub(crate) const GRACE: &str = "00000000000000000000000000000002";
pub(crate) const BOARD: &str = r#"{"priority": 4, "timespec": "always"}"#;
pub(crate) const MEMBER: &str = r#"{"name": "A", "tier": "guest", "joined": "2020-01-01"}"#;

pub(crate) struct Space {
    pub(crate) dir: TempDir,
    pub(crate) repo: Repository,
}

pub(crate) fn now() -> Timestamp {
    "2026-01-05T18:00:00Z".parse().unwrap()
}

pub(crate) fn author() -> Author {
    Author { name: "Admin".into(), email: "admin@example.org".into() }
}

/// Returns a credential for the door.
pub(crate) fn credential(code: &str, priority: i32) -> String {
    format!(
        r#"{{"type": "fob", "code": "{code}", "grants": [{{"facility": "door",
            "priority": {priority}, "effective": "2026-01-01T00:00:00Z", "expiration": null}}]}}"#
    )
}

/// The records that every test begins with.
pub(crate) fn records() -> Vec<(&'static str, String)> {
    vec![
        (
            "space.json",
            r#"{"format": 1, "name": "S", "time_zone": "UTC", "currency": "GBP",
            "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 0,
            "included_children": 0, "per_further_child": 0, "concession_age": 65}}"#
                .to_owned(),
        ),
        ("tiers/guest.json", r#"{"name": "Guest", "price": null}"#.to_owned()),
        ("facilities/door/facility.json", r#"{"name": "Door", "kind": "door"}"#.to_owned()),
        (
            "facilities/door/requirements/base.json",
            r#"{"priority": 1, "timespec": "always"}"#.to_owned(),
        ),
        ("members/00/0001/member.json", MEMBER.to_owned()),
        ("members/00/0001/credentials/ada.json", credential(ADA, 1)),
        ("members/00/0002/member.json", MEMBER.to_owned()),
        ("members/00/0002/credentials/grace.json", credential(GRACE, 4)),
    ]
}

impl Space {
    pub(crate) fn new(bare: bool) -> Self {
        Self::of(bare, &[])
    }

    /// Makes one with more records.
    pub(crate) fn of(bare: bool, more: &[(&'static str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let more = more.iter().map(|(path, text)| (*path, (*text).to_owned()));
        let files: Vec<_> = records().into_iter().chain(more).collect();
        let files: Vec<_> =
            files.into_iter().map(|(path, it)| (path.to_owned(), it.into_bytes())).collect();
        let key = Some(SpaceKey::from_bytes([7; 32]));
        let options = InitOptions { key, bare, ..InitOptions::default() };
        Store::init(dir.path(), &files, &author(), &options, now()).unwrap();
        let repo = Repository::open(dir.path()).unwrap();
        Self { dir, repo }
    }

    pub(crate) fn raw(&self) -> Raw<'_> {
        Raw(&self.repo)
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(self.dir.path()).unwrap()
    }

    pub(crate) fn follower(&self) -> Follower {
        Follower::new(self.store())
    }

    pub(crate) fn head(&self) -> Oid {
        self.repo.refname_to_id("refs/heads/main").unwrap()
    }

    pub(crate) fn tree(&self) -> Oid {
        self.repo.find_commit(self.head()).unwrap().tree_id()
    }

    /// Commits an edit of one folder.
    pub(crate) fn edit(&self, path: &str, edit: &dyn Fn(&mut Vec<crate::raw::Row>)) -> Oid {
        self.raw().commit(self.raw().edited(self.tree(), path, edit), "edit")
    }

    /// Forgets what was worked out of commits before.
    pub(crate) fn forget(&self) {
        let git = [self.dir.path().join(".git"), self.dir.path().to_owned()];
        let all = git.iter().map(|it| it.join("space/cache"));
        all.filter(|it| Path::exists(it)).for_each(|it| fs::remove_dir_all(it).unwrap());
    }

    /// Returns what the gate says: of what changed since a commit, and of all.
    pub(crate) fn gate(&self, old: Oid) -> [Vec<Finding>; 2] {
        let store = self.store();
        let (old, new) = (id(old), id(self.head()));
        let between = check::between(&store, old, new).unwrap();
        let all = check::all(&store.tree(&new.to_string()).unwrap().read().unwrap());
        [between, all].map(|it| it.into_iter().filter(Finding::is_error).collect())
    }
}

pub(crate) fn id(oid: Oid) -> CommitId {
    oid.to_string().parse().unwrap()
}

/// Returns what is in force after some news, and what is wrong.
pub(crate) fn outcome(news: Vec<News>) -> (Option<Arc<Index>>, Option<String>) {
    let (mut index, mut trouble) = (None, None);
    for it in news {
        match it {
            News::InForce { index: it, .. } => (index, trouble) = (Some(it), None),
            News::Trouble(note) => trouble = Some(note.text),
            News::CloneState(_) | News::Heard(_) => {}
        }
    }
    (index, trouble)
}

/// Decides on a fob at the door.
pub(crate) fn enters(index: &Index, code: &str) -> (bool, Reason) {
    let (door, code): (_, CodeHash) = ("door".parse().unwrap(), code.parse().unwrap());
    let decision = decide(index, &door, Side::Entry, &code, CredentialType::Fob, now());
    (decision.result == AccessResult::Granted, decision.reason)
}
