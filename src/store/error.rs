//! What can go wrong with a repository, in words for whoever ran the command.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::branch_state::BranchState;
use crate::domain::model::{Advice, CommitId, FORMAT, Finding, advice::Listed, text};

/// Who has to act on an error; the command line turns it into an exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ErrorKind {
    /// What the user asked for is so already: no failure, but nothing was done.
    Unchanged,
    /// The user asked for something impossible.
    User,
    /// The data has errors.
    Data,
    /// Somebody else is working on it; try again later.
    Busy,
    /// Somebody else has changed the same records since they were read.
    Overtaken,
    /// The disk, git or this program failed.
    Internal,
    /// What was asked for is done, and must not be done again, but something went wrong afterwards.
    Committed,
}

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no repository in this folder or above it.
    #[error("{} is not in a git repository", .0.display())]
    NoRepository(PathBuf),
    /// The repository exists, but its last commit has no `space.json`.
    #[error("the repository at {} is not a space: its last commit has no space.json", .0.display())]
    NotASpace(PathBuf),
    /// git refuses repositories of other users.
    #[error("the repository at {} belongs to another user", .0.display())]
    OtherOwner(PathBuf),
    /// It is a kind of repository that this program does not read.
    #[error("the repository at {} {what}, which this program does not read", .path.display())]
    Foreign {
        /// The repository.
        path: PathBuf,
        /// What is special about it.
        what: &'static str,
        /// How to make it an ordinary one.
        change: &'static str,
    },
    /// A space already exists there, or a file is in the way of a new one.
    #[error("{} is in the way", .0.display())]
    InTheWay(PathBuf),
    /// The branch cannot be committed to at the moment.
    #[error("the repository at {} {state}", .path.display())]
    Branch {
        /// The repository.
        path: PathBuf,
        /// Its state.
        state: BranchState,
    },
    /// This is the clone of a door, which follows another repository.
    #[error("this is the clone of a door, and follows {url}: nothing is written here")]
    Follows {
        /// The address of the repository that it follows.
        url: String,
    },
    /// A space could not be cloned.
    #[error("{url} cannot be cloned: {why}")]
    NotCloned {
        /// The address.
        url: String,
        /// git's error.
        why: String,
    },
    /// This repository was not cloned from another one.
    #[error("this space was not cloned from another repository, so there is nothing to sync with")]
    NoRemote,
    /// git could not fetch from the other repository, or not push to it.
    #[error("{url} cannot be used: {why}")]
    NotReached {
        /// The address.
        url: String,
        /// git's words.
        why: String,
    },
    /// The other repository refused a push.
    #[error("{url} did not accept what was pushed: {why}")]
    NotAccepted {
        /// The address.
        url: String,
        /// git's words.
        why: String,
    },
    /// The history of the other repository was rewritten.
    #[error("the history at {url} was rewritten: commit {} is no longer in it", .lost.short())]
    Rewritten {
        /// The address.
        url: String,
        /// The newest commit that was lost.
        lost: CommitId,
    },
    /// Two commits have no common history.
    #[error("commits {} and {} have no common history: they are of two spaces", .ours.short(), .theirs.short())]
    Unrelated {
        /// Ours.
        ours: CommitId,
        /// Theirs.
        theirs: CommitId,
    },
    /// Two sides cannot be joined, because of these findings.
    #[error("the two sides cannot be joined: {}", counted(.0))]
    NotJoined(Vec<Finding>),
    /// What a door was to be cloned from is not a mirror.
    #[error("{} cannot be used as a mirror: {why}", .path.display())]
    NotAMirror {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The data has a newer format than this program knows, so it must not be changed.
    #[error("the data has format {0}, but this program only writes format {FORMAT}")]
    NewerFormat(u32),
    /// A file of the repository itself is damaged.
    #[error("the repository is damaged: {}: {why}", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A folder of a commit is not as git writes it, so the commit is not used.
    #[error("{0}")]
    Damaged(Finding),
    /// The checks found errors.
    #[error("{}", refusal(.0))]
    Refused(Vec<Finding>),
    /// Files that would be overwritten have uncommitted edits.
    #[error("there are uncommitted edits: {}", list(.0))]
    Unsaved(Vec<String>),
    /// Somebody changed the records since they were read.
    #[error("somebody else has changed {} in the meantime", list(.0))]
    Overtaken(Vec<String>),
    /// A commit cannot be undone because its records have changed since.
    #[error("commit {commit} cannot be undone: {why}")]
    NotUndoable {
        /// The commit, shortened.
        commit: String,
        /// The reason.
        why: String,
    },
    /// Another process holds the lock.
    #[error("{} is locked by {holder}", .path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
        /// The holder, according to the lock file.
        holder: String,
    },
    /// A git command is working on the checked-out files.
    #[error("git is working on the files: {} exists", .0.display())]
    IndexBusy(PathBuf),
    /// The change is committed, but what belongs to it afterwards failed.
    #[error("the change is committed as {}, but {why}", .commit.short())]
    Unfinished {
        /// The commit.
        commit: CommitId,
        /// Whether a power cut cannot undo it.
        durable: bool,
        /// The reason.
        why: String,
    },
    /// There is no such commit.
    #[error("`{}` is not a commit", text::shown(.0))]
    UnknownRevision(String),
    /// The space's key is not on this machine.
    #[error("the key of this space is missing: {}", .0.display())]
    KeyMissing(PathBuf),
    /// The key on this machine belongs to another space, or is not a key at all.
    #[error("the key in {} does not belong to this space: {why}", .path.display())]
    KeyWrong {
        /// The key file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// git does not know the author.
    #[error("git does not know your {0}")]
    NoAuthor(&'static str),
    /// The system reported an I/O error.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Activities cannot be recorded.
    #[error("the journal cannot be kept in {}: {source}", .path.display())]
    Journal {
        /// Its folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// libgit2 reported an error.
    #[error("{}: cannot {doing}: {}", .path.display(), .source.message())]
    Git {
        /// The repository.
        path: PathBuf,
        /// The operation.
        doing: &'static str,
        /// The error.
        source: git2::Error,
    },
}

impl StoreError {
    /// Tells who has to act.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::NoRepository(_)
            | Self::NotASpace(_)
            | Self::OtherOwner(_)
            | Self::Foreign { .. }
            | Self::InTheWay(_)
            | Self::Branch { .. }
            | Self::Follows { .. }
            | Self::NotCloned { .. }
            | Self::NotAMirror { .. }
            | Self::NoRemote
            | Self::NotReached { .. }
            | Self::NotAccepted { .. }
            | Self::Rewritten { .. }
            | Self::Unrelated { .. }
            | Self::Unsaved(_)
            | Self::NotUndoable { .. }
            | Self::UnknownRevision(_)
            | Self::KeyMissing(_)
            | Self::KeyWrong { .. }
            | Self::NewerFormat(_)
            | Self::NoAuthor(_) => ErrorKind::User,
            Self::Refused(_) | Self::Damaged(_) | Self::Broken { .. } | Self::NotJoined(_) => {
                ErrorKind::Data
            }
            Self::Overtaken(_) => ErrorKind::Overtaken,
            Self::Busy { .. } | Self::IndexBusy(_) => ErrorKind::Busy,
            Self::Unfinished { .. } => ErrorKind::Committed,
            Self::Io { .. } | Self::Journal { .. } | Self::Git { .. } => ErrorKind::Internal,
        }
    }

    /// Returns what to do next, separate from the message.
    #[must_use]
    pub fn hint(&self) -> Option<Advice> {
        let hint = match self {
            Self::NoRepository(_) => return Some(Advice::FindSpace),
            Self::NotASpace(_) => return Some(Advice::MakeSpaceElsewhere),
            Self::OtherOwner(path) => {
                let path = path.display();
                let trust = format!("`git config --global --add safe.directory {path}`");
                return Some(format!("work as that user, or trust the repository: {trust}").into());
            }
            Self::Foreign { change, .. } => change,
            Self::InTheWay(_) => "choose an empty folder",
            Self::Branch { state, .. } => return Some(state.hint("main")),
            Self::Follows { url } => return Some(Advice::WriteElsewhere(url.clone())),
            Self::NoRemote => {
                "name it with `git remote add origin URL`, then `git push --set-upstream origin main`"
            }
            Self::NotReached { .. } => "check whether git can reach it: `git ls-remote`",
            Self::NotAccepted { .. } => "do what it says, then try again",
            Self::Rewritten { .. } => return Some(Advice::FollowRewritten),
            Self::Unrelated { .. } => {
                "look at `git remote -v`: is that the repository of this space?"
            }
            Self::NotJoined(_) => "mend that on the side that it is on, then try again",
            Self::NotCloned { .. } => "check whether git can reach it: `git ls-remote`",
            Self::NotAMirror { path, .. } => {
                let path = path.display();
                let make = "let the user who fetches make it, and let this user read it";
                return Some(format!("{make}: `git clone --bare URL {path}`").into());
            }
            Self::Unsaved(_) => {
                "commit them (`git commit -a`) or drop them (`git restore .`), then try again"
            }
            Self::Overtaken(_) => "look at the records as they are now, then try again",
            Self::Busy { .. } => "wait until that command is done, then try again",
            Self::IndexBusy(path) => {
                let path = path.display();
                let wait = format!(
                    "wait for it, then try again; if no git is running, remove it: `rm {path}`"
                );
                return Some(wait.into());
            }
            Self::NewerFormat(_) => return Some(Advice::UpdateProgram),
            Self::Unfinished { .. } => return Some(Advice::Finish),
            Self::UnknownRevision(_) => return Some(Advice::List(Listed::Commits)),
            Self::KeyMissing(_) | Self::KeyWrong { .. } => return Some(Advice::BringKey),
            Self::NoAuthor(what) => {
                return Some(format!("tell it: `git config --global user.{what} \"…\"`").into());
            }
            Self::NotUndoable { .. } => {
                "undo the later change first, or set the record to what it should be"
            }
            Self::Broken { path, .. } => return Some(mending(path).into()),
            Self::Refused(_) | Self::Damaged(_) => return None,
            Self::Journal { path, source } => return Some(journal_hint(path, source).into()),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "the disk is full: make room, then try again"
            }
            Self::Git { source, .. } if source.message().contains("No space left") => {
                "the disk is full: make room, then try again"
            }
            Self::Io { .. } | Self::Git { .. } => return None,
        };
        Some(hint.into())
    }
}

/// Says how to mend a damaged file of the repository.
fn mending(path: &Path) -> String {
    let shown = path.display();
    match path.extension().and_then(|it| it.to_str()) {
        Some("idx") => {
            let pack = path.with_extension("pack");
            format!("make it anew: `rm -f {shown} && git index-pack {}`", pack.display())
        }
        None if path.ends_with("multi-pack-index") => {
            format!("git does without it: `rm -f {shown}`")
        }
        _ => format!(
            "move it away (mv {shown} /tmp) and bring its content from another clone \
             (`git fetch --refetch`); `git fsck` lists what is missing"
        ),
    }
}

fn journal_hint(path: &Path, source: &io::Error) -> String {
    let path = path.display();
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("allow the user who runs this to write there: chown <user> {path}")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "mount that disk read-write, or keep the journal on another one".to_owned()
        }
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            format!("a file is in the way: check ls -ld {path}, and move it")
        }
        io::ErrorKind::StorageFull => "the disk is full: make room, then try again".to_owned(),
        _ => format!("check that the disk is present and working: ls -ld {path}"),
    }
}

fn list(paths: &[String]) -> String {
    let mut shown: Vec<String> = paths.iter().take(5).map(|path| text::shown(path)).collect();
    if paths.len() > shown.len() {
        shown.push(format!("and {} more", paths.len() - shown.len()));
    }
    shown.join(", ")
}

fn refusal(findings: &[Finding]) -> String {
    format!("the change was refused: {}", counted(findings))
}

fn counted(findings: &[Finding]) -> String {
    match findings.iter().filter(|finding| finding.is_error()).count() {
        1 => "1 error".to_owned(),
        n => format!("{n} errors"),
    }
}
