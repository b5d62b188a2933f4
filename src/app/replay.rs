//! Decides journaled activities again, from the commits that they name.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::AppError,
    domain::{
        access::{CompiledMember, Decision, Index, Side, decide},
        model::{
            AccessResult, Activity, Code, CodeHash, CommitId, CredentialType, Finding, MemberId,
            Priority, Reason, SpaceKey, Tag,
        },
        schedule::Window,
    },
    store::{
        Store,
        journal::{self, Filter},
    },
};

/// For how long an index is used, so that its calendars are not expanded again for each day.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct Replay {
    /// How many activities were decided again.
    pub decided: u64,
    /// How many cannot be: nobody's passcode, what was done by hand, or what depended on earlier
    /// readings.
    pub skipped: u64,
    /// How many name a commit that is not here.
    pub unknown_commit: u64,
    /// Those that came out differently.
    pub different: Vec<Different>,
    /// Lines of the journals that could not be read.
    pub findings: Vec<Finding>,
}

/// An activity that came out differently.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Different {
    /// What the journal says.
    pub activity: Activity,
    /// What was decided now.
    pub result: AccessResult,
    /// Why.
    pub reason: Reason,
    /// The priority that counted.
    pub priority: Option<Priority>,
    /// The priority that was required.
    pub required: Option<Priority>,
}

/// Decides every activity that matches again.
///
/// # Errors
/// Fails if a journal or a commit cannot be read.
pub fn replay(store: &Store, journals: &Path, filter: &Filter) -> Result<Replay, AppError> {
    let mut replay = Replay::default();
    let mut state = State {
        store,
        key: store.key().ok(),
        index: None,
        codes: HashMap::new(),
        missing: HashSet::new(),
    };
    let mut failed = None;
    let findings = journal::each(journals, filter, |activity| {
        match state.again(&activity) {
            Ok(Again::Same) => replay.decided += 1,
            Ok(Again::Different(different)) => {
                replay.decided += 1;
                replay.different.push(*different);
            }
            Ok(Again::Skipped) => replay.skipped += 1,
            Ok(Again::UnknownCommit) => replay.unknown_commit += 1,
            Err(error) => failed = Some(error),
        }
        failed.is_none()
    })?;
    replay.findings = findings;
    failed.map_or(Ok(replay), Err)
}

enum Again {
    Same,
    Different(Box<Different>),
    Skipped,
    UnknownCommit,
}

/// The codes of a member by tag.
type Codes = Vec<(Tag, CredentialType, CodeHash)>;

struct State<'s> {
    store: &'s Store,
    key: Option<SpaceKey>,
    index: Option<Index>,
    codes: HashMap<MemberId, Codes>,
    missing: HashSet<CommitId>,
}

impl State<'_> {
    fn again(&mut self, activity: &Activity) -> Result<Again, AppError> {
        let by_rules = activity.reason <= Reason::PrioritySuffices;
        let Some(kind) = activity.kind.filter(|_| by_rules && activity.by.is_none()) else {
            return Ok(Again::Skipped);
        };
        if activity.commit == CommitId::default() {
            return Ok(Again::Skipped);
        }
        if !self.prepare(activity)? {
            return Ok(Again::UnknownCommit);
        }
        let codes = self.candidates(activity, kind);
        let Some(index) = self.index.as_ref().filter(|_| !codes.is_empty()) else {
            return Ok(Again::Skipped);
        };
        let side = if activity.result == AccessResult::Exit { Side::Exit } else { Side::Entry };
        let mut last = None;
        for code in codes {
            let decision = decide(index, &activity.facility, side, &code, kind, activity.time);
            if same(activity, &decision) {
                return Ok(Again::Same);
            }
            let Decision { result, reason, priority, required, .. } = decision;
            last =
                Some(Different { activity: activity.clone(), result, reason, priority, required });
        }
        Ok(last.map_or(Again::Skipped, |it| Again::Different(Box::new(it))))
    }

    /// Brings the index to the commit and time of an activity; tells whether the commit is here.
    fn prepare(&mut self, activity: &Activity) -> Result<bool, AppError> {
        let (commit, at) = (activity.commit, activity.time);
        let horizon = |index: &Index| {
            let Window { from, until } = index.horizon();
            from <= at && at < until
        };
        if self.index.as_ref().is_some_and(|it| it.commit() == commit && horizon(it)) {
            return Ok(true);
        }
        if self.missing.contains(&commit) {
            return Ok(false);
        }
        let Ok(revision) = self.store.read(commit) else {
            self.missing.insert(commit);
            return Ok(false);
        };
        let window = Window {
            from: at.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN),
            until: at.saturating_add(AHEAD).unwrap_or(Timestamp::MAX),
        };
        let former = self.index.take();
        let patched = former.and_then(|index| {
            if index.commit() == commit {
                return Some(index);
            }
            let delta = revision.delta(index.commit()).ok()?;
            for (id, _) in &delta.members {
                self.codes.remove(id);
            }
            let basis = delta.basis.then(|| revision.basis().0);
            Some(index.patch(commit, basis.as_ref(), delta.members))
        });
        let index = match patched {
            Some(index) if horizon(&index) => index,
            Some(index) => index.with_window(window),
            None => {
                self.codes.clear();
                let (members, _) = revision.members(|folder| CompiledMember::new(&folder));
                Index::compile(commit, &revision.basis().0, members, window)
            }
        };
        self.index = Some(index);
        Ok(true)
    }

    /// Returns the codes that may have been read.
    fn candidates(&mut self, activity: &Activity, kind: CredentialType) -> Vec<CodeHash> {
        if let Some(member) = activity.member {
            let (store, commit) = (self.store, activity.commit);
            let codes = self.codes.entry(member).or_insert_with(|| codes_of(store, commit, member));
            let fits = |(tag, of, _): &&(Tag, CredentialType, CodeHash)| {
                *of == kind && activity.tag.as_ref().is_none_or(|wanted| wanted == tag)
            };
            return codes.iter().filter(fits).map(|(.., code)| *code).collect();
        }
        let number = activity.fob.as_deref().filter(|_| kind == CredentialType::Fob);
        let code = number.and_then(|number| Code::fob(number).ok());
        match (code, &self.key) {
            (Some(code), Some(key)) => vec![code.hash(key)],
            _ => Vec::new(),
        }
    }
}

fn codes_of(store: &Store, commit: CommitId, member: MemberId) -> Codes {
    let folder = store.read(commit).ok().and_then(|revision| revision.member(member).0);
    let credentials = folder.map(|it| it.credentials).unwrap_or_default();
    credentials.into_iter().map(|(tag, it)| (tag, it.kind, it.code)).collect()
}

fn same(activity: &Activity, decision: &Decision<'_>) -> bool {
    (activity.result, activity.reason, activity.member)
        == (decision.result, decision.reason, decision.member)
        && (activity.priority, activity.required) == (decision.priority, decision.required)
        && activity.tag.as_ref() == decision.tag
}
