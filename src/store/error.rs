//! What can go wrong with a repository, in words for whoever typed the command.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::domain::model::{Advice, CommitId, FORMAT, Finding, advice::Listed, text};

/// Who has to act on an error; the command line makes its exit code of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The caller asked for something that cannot be had.
    User,
    /// The data do not pass.
    Data,
    /// Somebody else is at it; later it works.
    Busy,
    /// The disk, git or this program failed.
    Internal,
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No repository was found from this folder upwards.
    #[error("{} is in no git repository", .0.display())]
    NoRepository(PathBuf),
    /// The repository is there, but no commit has a `space.json`.
    #[error("the repository at {} is no space: its last commit has no space.json", .0.display())]
    NotASpace(PathBuf),
    /// git refuses repositories of other users.
    #[error("the repository at {} belongs to another user", .0.display())]
    OtherOwner(PathBuf),
    /// A space is there already, or a file is in the way of a new one.
    #[error("{} is in the way", .0.display())]
    InTheWay(PathBuf),
    /// The branch cannot be committed to now.
    #[error("the repository at {} {state}", .path.display())]
    Branch {
        /// The repository.
        path: PathBuf,
        /// What state it is in.
        state: BranchState,
    },
    /// The data are of a newer format than this program knows, and so not written to.
    #[error("the data are of format {0}, and this program writes format {FORMAT} only")]
    NewerFormat(u32),
    /// A folder of a commit is not as git writes it, so the commit is not used.
    #[error("{0}")]
    Damaged(Finding),
    /// The checks found errors.
    #[error("{}", refusal(.0))]
    Refused(Vec<Finding>),
    /// Files that would have to be written have edits that are in no commit.
    #[error("there are edits that are not committed yet: {}", list(.0))]
    Unsaved(Vec<String>),
    /// Records that were to be written were changed by someone since they were read.
    #[error("changed by someone else meanwhile: {}", list(.0))]
    Overtaken(Vec<String>),
    /// A commit cannot be taken back, since its records went on.
    #[error("commit {commit} cannot be undone: {why}")]
    NotUndoable {
        /// The commit, shortened.
        commit: String,
        /// What stands in the way.
        why: String,
    },
    /// Another process holds the lock.
    #[error("{} is locked by {holder}", .path.display())]
    Busy {
        /// The lock's file.
        path: PathBuf,
        /// Who holds it, as the lock says.
        holder: String,
    },
    /// A git command is working on the checked-out files.
    #[error("git is working on the files: {} exists", .0.display())]
    IndexBusy(PathBuf),
    /// The change is committed; the checked-out files do not show it yet.
    #[error("the change is committed as {}, but the files do not show it yet: {why}", .commit.short())]
    Unfinished {
        /// The commit that stands.
        commit: CommitId,
        /// What stood in the way.
        why: String,
    },
    /// There is no such commit.
    #[error("`{}` names no commit", text::shown(.0))]
    UnknownRevision(String),
    /// The space's key is not on this machine.
    #[error("the key of this space is missing: {}", .0.display())]
    KeyMissing(PathBuf),
    /// The key on this machine is that of another space, or no key at all.
    #[error("the key in {} is not this space's: {why}", .path.display())]
    KeyWrong {
        /// The key's file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// git does not know who is at the keyboard.
    #[error("git does not know your {0}")]
    NoAuthor(&'static str),
    /// The disk said no.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What happens cannot be written down.
    #[error("the journal cannot be kept in {}: {source}", .path.display())]
    Journal {
        /// Its folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// libgit2 said no.
    #[error("{}: cannot {doing}: {}", .path.display(), .source.message())]
    Git {
        /// The repository.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What it said.
        source: git2::Error,
    },
}

/// Why a repository's branch cannot be committed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BranchState {
    /// No branch is checked out.
    Detached,
    /// The branch has no commit yet.
    Unborn,
    /// A merge, rebase or the like was begun and not finished.
    Underway(&'static str),
    /// Another branch than the space's own is checked out.
    Other {
        /// The branch that is checked out.
        found: String,
        /// The branch that the space is on.
        wanted: String,
    },
}

impl fmt::Display for BranchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Detached => f.write_str("has no branch checked out (detached HEAD)"),
            Self::Unborn => f.write_str("has no commit yet"),
            Self::Underway(what) => write!(f, "is in the middle of a {what}"),
            Self::Other { found, wanted } => {
                write!(f, "is on branch `{found}`, and the space is on `{wanted}`")
            }
        }
    }
}

impl StoreError {
    /// Tells who has to act.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NoRepository(_)
            | Self::NotASpace(_)
            | Self::OtherOwner(_)
            | Self::InTheWay(_)
            | Self::Branch { .. }
            | Self::Unsaved(_)
            | Self::NotUndoable { .. }
            | Self::UnknownRevision(_)
            | Self::KeyMissing(_)
            | Self::KeyWrong { .. }
            | Self::NewerFormat(_)
            | Self::NoAuthor(_) => Kind::User,
            Self::Refused(_) | Self::Damaged(_) => Kind::Data,
            Self::Overtaken(_)
            | Self::Busy { .. }
            | Self::IndexBusy(_)
            | Self::Unfinished { .. } => Kind::Busy,
            Self::Io { .. } | Self::Journal { .. } | Self::Git { .. } => Kind::Internal,
        }
    }

    /// Says what to do next, apart from the message.
    #[must_use]
    pub fn hint(&self) -> Option<Advice> {
        let hint = match self {
            Self::NoRepository(_) => return Some(Advice::FindSpace),
            Self::NotASpace(_) => return Some(Advice::MakeSpaceElsewhere),
            Self::OtherOwner(path) => {
                let path = path.display();
                let trust = format!("git config --global --add safe.directory {path}");
                return Some(format!("work as that user, or trust it: {trust}").into());
            }
            Self::InTheWay(_) => "choose an empty folder",
            Self::Branch { state, .. } => return Some(state.hint()),
            Self::Unsaved(_) => "commit them (git commit) or drop them (git restore), then again",
            Self::Overtaken(_) => "look at the records as they are now, then again",
            Self::Busy { .. } => "wait until that command is done, then again",
            Self::IndexBusy(path) => {
                let path = path.display();
                let wait = format!("wait for it, then again; if no git is running, remove {path}");
                return Some(wait.into());
            }
            Self::NewerFormat(_) => return Some(Advice::UpdateProgram),
            Self::Unfinished { .. } => return Some(Advice::Finish),
            Self::UnknownRevision(_) => return Some(Advice::List(Listed::Commits)),
            Self::KeyMissing(_) | Self::KeyWrong { .. } => return Some(Advice::BringKey),
            Self::NoAuthor(what) => {
                return Some(format!("tell it: git config --global user.{what} \"…\"").into());
            }
            Self::NotUndoable { .. } => {
                "undo the later change first, or set the record to what it should be"
            }
            Self::Refused(_) | Self::Damaged(_) => return None,
            Self::Journal { path, source } => return Some(journal_hint(path, source).into()),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "the disk is full: make room, then again"
            }
            Self::Git { source, .. } if source.message().contains("No space left") => {
                "the disk is full: make room, then again"
            }
            Self::Io { .. } | Self::Git { .. } => return None,
        };
        Some(hint.into())
    }
}

impl BranchState {
    fn hint(&self) -> Advice {
        match self {
            Self::Detached => "go back to the branch: git switch main".into(),
            Self::Unborn => Advice::MakeSpace,
            Self::Underway(what) => {
                format!("finish it or give it up (git {what} --abort), then again; see git status")
                    .into()
            }
            Self::Other { found, wanted } => format!(
                "go there: git switch {wanted}; or stay and say so: git config space.branch {found}"
            )
            .into(),
        }
    }
}

fn journal_hint(path: &Path, source: &io::Error) -> String {
    let path = path.display();
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("let the user who runs this write there: chown <user> {path}")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "mount that disk for writing, or keep the journal on another one".to_owned()
        }
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            format!("a file is in the way: look with ls -ld {path}, and move it away")
        }
        io::ErrorKind::StorageFull => "the disk is full: make room, then again".to_owned(),
        _ => format!("see whether that disk is there and sound: ls -ld {path}"),
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
    match findings.iter().filter(|finding| finding.is_error()).count() {
        1 => "the change does not pass: 1 error".to_owned(),
        n => format!("the change does not pass: {n} errors"),
    }
}
