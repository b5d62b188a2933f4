//! Fetches, joins, pushes, and tries again if somebody else was quicker.

use jiff::Timestamp;

use super::mend;
use crate::{
    app::{AppError, look_up},
    domain::{
        check::lineage,
        model::{CommitId, Finding},
    },
    store::{FetchedTip, Joined, Outcome, Pushed, Revision, Store, StoreError},
};

/// How often a push that lost a race is tried again.
const TRIES: u32 = 8;

/// What to do besides the usual.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Only take over what is new there.
    pub pull_only: bool,
    /// Follow a history that somebody has rewritten.
    pub follow_rewritten: bool,
    /// From how many members what is pushed takes access, as somebody has confirmed.
    pub confirmed: Option<usize>,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Synced {
    /// The address of the other repository.
    pub url: String,
    /// The newest commit here before.
    pub before: CommitId,
    /// The newest commit here now.
    pub commit: CommitId,
    /// What was joined on the way.
    pub joined: Vec<Joined>,
    /// Whether something was pushed.
    pub pushed: bool,
}

/// Syncs a clone; the clone of a door only takes over.
///
/// # Errors
/// Fails if the other repository cannot be reached or is not what it was, if the two sides cannot be
/// joined, or if what is to be pushed needs to be confirmed. Then nothing was changed that does not
/// stand on its own.
pub fn sync(store: &Store, options: Options, now: Timestamp) -> Result<Synced, AppError> {
    let before = store.head()?;
    let mut done =
        Synced { url: String::new(), before, commit: before, joined: Vec::new(), pushed: false };
    for _ in 0..TRIES {
        let tip = store.fetch()?;
        done.url.clone_from(&tip.remote.url);
        refuse_rewritten(store, &tip, options)?;
        refuse_future(store, &tip, now)?;
        let ours = store.head()?;
        if store.is_door() {
            if !store.descends(tip.commit, ours)? && !options.follow_rewritten {
                return Err(StoreError::Rewritten { url: done.url, lost: ours }.into());
            }
            if !store.adopt(ours, tip.commit, now)? {
                continue;
            }
            store.accept(&tip)?;
            done.commit = tip.commit;
            return Ok(done);
        }
        let author = || store.author();
        let joined = if store.descends(ours, tip.commit)? {
            None
        } else {
            Some(store.join(ours, tip.commit, &author()?, now)?)
        };
        let newest = joined.as_ref().map_or(ours, |it| it.commit);
        if !store.adopt(ours, newest, now)? {
            continue;
        }
        store.accept(&tip)?;
        if let Some(joined) = joined {
            store.ask(joined.questions.clone(), [ours, tip.commit])?;
            done.joined.push(joined);
        }
        done.commit = newest;
        if options.pull_only || newest == tip.commit {
            return Ok(done);
        }
        // git may have joined records here that do not go together.
        let newest = mend::mend(store, tip.commit, now)?;
        let newest = confirmed(store, &tip, newest, options, now)?;
        done.commit = newest;
        match store.push(newest)? {
            Pushed::Done => {
                done.pushed = true;
                return Ok(done);
            }
            Pushed::Overtaken => {}
        }
    }
    Err(AppError::new(
        crate::store::ErrorKind::Busy,
        format!("others keep pushing to {}", done.url),
    )
    .hint("try again in a moment"))
}

/// Tells whether a clone syncs by itself before and after each command that writes.
#[must_use]
pub fn is_automatic(head: &Revision<'_>) -> bool {
    let store = head.store();
    if store.remote().is_none() || store.is_door() {
        return false;
    }
    let by_settings = || look_up::space(head).is_ok_and(|space| space.auto_sync);
    store.syncs_by_itself().unwrap_or_else(by_settings)
}

impl Synced {
    /// Tells whether two sides were joined into a new commit.
    #[must_use]
    pub fn merged(&self) -> bool {
        self.joined.iter().any(|it| it.outcome == Outcome::Merged)
    }
}

fn refuse_rewritten(store: &Store, tip: &FetchedTip, options: Options) -> Result<(), AppError> {
    match tip.lost {
        // What we have pushed ourselves may be there as a squashed copy: it is not lost here.
        Some(lost) if !options.follow_rewritten && !(store.is_door()) => {
            Err(StoreError::Rewritten { url: tip.remote.url.clone(), lost }.into())
        }
        _ => Ok(()),
    }
}

fn refuse_future(store: &Store, tip: &FetchedTip, now: Timestamp) -> Result<(), AppError> {
    let ours = store.head()?;
    if store.descends(ours, tip.commit)? {
        return Ok(());
    }
    let links = store.links(Some(ours), tip.commit)?;
    let findings: Vec<Finding> =
        lineage::dates(&links, now).into_iter().filter(Finding::is_error).collect();
    if findings.is_empty() || store.is_door() {
        return Ok(());
    }
    Err(StoreError::NotJoined(findings).into())
}

/// Makes sure that somebody has confirmed what is to be pushed, if that is needed.
fn confirmed(
    store: &Store,
    tip: &FetchedTip,
    newest: CommitId,
    options: Options,
    now: Timestamp,
) -> Result<CommitId, AppError> {
    let Some(held) = store.brake(tip.commit, newest, now)? else { return Ok(newest) };
    let Some(members) = options.confirmed else {
        return Err(StoreError::Refused(vec![held]).into());
    };
    let commit = store.confirm(newest, members, &store.author()?, now)?;
    if let Some(held) = store.brake(tip.commit, commit, now)? {
        return Err(StoreError::Refused(vec![held]).into());
    }
    if !store.adopt(newest, commit, now)? {
        return Err(AppError::new(
            crate::store::ErrorKind::Busy,
            "somebody committed at the same moment",
        )
        .hint("try again"));
    }
    Ok(commit)
}
