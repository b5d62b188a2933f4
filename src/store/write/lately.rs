//! The brake for programs: what one takes away bit by bit within an hour is counted together.
//!
//! A person who revokes one fob after the other knows what they do; a membership system or a payment
//! processor that has gone wrong does it all night.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    brake::{self, CONFIRM},
    trailer::TRAILER,
};
use crate::{
    domain::model::{Change, CommitId, Finding, MemberFolder, MemberId},
    store::{
        Author, Revision, Store, StoreError,
        objects::{
            commit::Commit,
            ids::{commit_id, oid},
        },
        read::changes::{is_of_basis, owner},
    },
};

/// How far back is looked.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// More commits than a program makes in an hour; what lies before them is not counted.
const MOST: usize = 500;

/// Begins the description of a change that takes over what a payment processor tells.
const RECEIVED: &str = "service.receive";

/// Who changes something without a person who looks on.
enum Program<'a> {
    /// A program with a name of its own.
    Named(&'a Author),
    /// A payment processor, whoever has its news recorded.
    Processor,
}

impl<'a> Program<'a> {
    fn of(author: &'a Author, change: &Change) -> Option<Self> {
        match author.is_program() {
            true => Some(Self::Named(author)),
            false => change.trailer.starts_with(RECEIVED).then_some(Self::Processor),
        }
    }

    fn has_made(&self, commit: &Commit) -> bool {
        match self {
            Self::Named(author) => commit.author.1 == author.email,
            Self::Processor => commit
                .text()
                .lines()
                .any(|line| line.strip_prefix(TRAILER).is_some_and(|it| it.starts_with(RECEIVED))),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Named(author) => &author.name,
            Self::Processor => "the payment processor",
        }
    }
}

/// What a program has changed within the hour.
struct Lately {
    /// The commit before it began.
    since: CommitId,
    members: BTreeSet<MemberId>,
    /// Whether it changed something that concerns all.
    basis: bool,
}

/// Returns why a commit that is about to be made needs to be confirmed, by itself or together with what
/// the same program did within the hour.
///
/// # Errors
/// The history cannot be read.
pub(in crate::store) fn brake(
    before: &Revision<'_>,
    after: &Revision<'_>,
    author: &Author,
    change: &Change,
    now: Timestamp,
) -> Result<Option<Finding>, StoreError> {
    let confirmed = change.confirmed;
    let held = brake::brake(before, after, confirmed, now);
    let Some(program) = Program::of(author, change).filter(|_| held.is_none()) else {
        return Ok(held);
    };
    let Ok(delta) = after.delta(before.id()) else { return Ok(None) };
    let takes = |id| takes(&before.member(id).0.unwrap_or(MemberFolder::new(id)), after, id);
    if !delta.basis && !delta.members.iter().any(|(id, _)| takes(*id)) {
        return Ok(None);
    }
    let store = before.store();
    let Some(lately) = store.lately(before.id(), &program, now)? else { return Ok(None) };
    let mut members = lately.members;
    members.extend(delta.members.iter().map(|(id, _)| *id));
    let touched = (!delta.basis && !lately.basis).then_some(members);
    let start = store.read(lately.since)?;
    let held = brake::over(&start, after, touched, confirmed, now);
    Ok(held.map(|mut finding| {
        let who = program.name();
        finding.message.push_str(&format!(", with what {who} has done within the last hour"));
        finding
    }))
}

impl Store {
    /// Looks for what a program did within the hour; what somebody has confirmed since ends the search.
    fn lately(
        &self,
        newest: CommitId,
        program: &Program<'_>,
        now: Timestamp,
    ) -> Result<Option<Lately>, StoreError> {
        let earliest = now.saturating_sub(WINDOW).unwrap_or(Timestamp::MIN).as_second();
        let mut found: Option<Lately> = None;
        let mut next = Some(oid(newest));
        for _ in 0..MOST {
            let Some(id) = next else { break };
            let commit =
                self.database().commit(id).map_err(self.damaged("read the history", ""))?;
            next = commit.parent();
            if commit.seconds < earliest {
                break;
            }
            let Some(parent) = next.filter(|_| program.has_made(&commit)) else { continue };
            if commit.text().lines().any(|line| line.starts_with(CONFIRM)) {
                break;
            }
            let mut lately = found.take().unwrap_or_else(|| Lately {
                since: newest,
                members: BTreeSet::new(),
                basis: false,
            });
            lately.since = commit_id(parent);
            for changed in self.changed_by(commit_id(id))? {
                lately.members.extend(owner(&changed.path));
                lately.basis |= is_of_basis(&changed.path);
            }
            found = Some(lately);
        }
        Ok(found)
    }
}

/// Tells whether something was taken from a member's records, as opposed to only added.
fn takes(was: &MemberFolder, after: &Revision<'_>, id: MemberId) -> bool {
    let Some(is) = after.member(id).0 else { return true };
    let keeps = was.credentials.iter().all(|(_, held)| {
        held.grants.iter().all(|grant| {
            let same = is.credentials.iter().filter(|(_, it)| it.code == held.code);
            same.flat_map(|(_, it)| &it.grants).any(|it| it == grant)
        })
    });
    was.member != is.member || !keeps || was.inductions.iter().any(|it| !is.inductions.contains(it))
}
