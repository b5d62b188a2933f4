//! Turns messages into commits.

use std::{
    collections::BTreeSet,
    panic::{self, AssertUnwindSafe},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::upkeep,
    domain::{
        messages::{self, Batch, Message, Outcome, Terms},
        model::{Change, CommitId, Finding, FindingCode, Slug},
    },
    store::{Author, Revision, Store, StoreError},
};

/// How often messages are applied again to records that somebody changes at the same moment.
const TRIES: u32 = 10;

/// What became of a message, and the commit that carries it, if it changed anything.
#[derive(Debug)]
pub(super) struct SettledMessage {
    pub(super) id: String,
    pub(super) outcome: Outcome,
    pub(super) commit: Option<CommitId>,
}

/// Where messages are applied.
pub(super) struct Settler<'s> {
    pub(super) store: &'s Store,
    pub(super) facilities: Option<&'s BTreeSet<Slug>>,
    pub(super) patience: SignedDuration,
    pub(super) now: Timestamp,
    pub(super) settled: Vec<SettledMessage>,
}

impl Settler<'_> {
    /// Applies messages, all of them in one commit if possible. What became of them is in `settled`
    /// even if there is an error; those that are not there are as before.
    ///
    /// # Errors
    /// Why they cannot be applied now: nothing is wrong with the messages.
    pub(super) fn settle(&mut self, all: &[Message]) -> Result<(), StoreError> {
        let mut last = None;
        for _ in 0..TRIES {
            let (store, head) = (self.store, self.store.head()?);
            let (base, key) = (store.read(head)?, store.key()?);
            let terms = Terms {
                key: &key,
                facilities: self.facilities,
                now: self.now,
                patience: self.patience,
            };
            let receive = || messages::receive(&base, &terms, all);
            // Whatever a message contains, it must not end the bridge.
            let Ok(batch) = panic::catch_unwind(AssertUnwindSafe(receive)) else {
                return self.divide(all, |_| {
                    Outcome::Waits("it cannot be worked out, for a fault in this program".into())
                });
            };
            if batch.plan.change.edits.is_empty() {
                // The records agree with the messages; that too has to survive a power cut before
                // they are deleted.
                store.repair(self.now)?;
                self.take(all, batch, None);
                return Ok(());
            }
            match store.apply(&batch.plan.change, base.id(), &Author::bridge(), self.now) {
                Ok(applied) => {
                    self.take(all, batch, Some(applied.commit));
                    upkeep::begin(store);
                    return Ok(());
                }
                // The commit is durable; the next command brings the files up to date.
                Err(StoreError::Unfinished { commit, durable: true, .. }) => {
                    self.take(all, batch, Some(commit));
                    return Ok(());
                }
                Err(error @ StoreError::Overtaken(_)) => last = Some(error),
                // The parts of what takes access from many would take it bit by bit.
                Err(StoreError::Refused(findings)) if is_braked(&findings) => {
                    return self.confirm(all, batch, &base, &findings);
                }
                Err(StoreError::Refused(findings)) => {
                    let change = batch.plan.change;
                    return self.divide(all, |message| blame(message, &change, &findings));
                }
                Err(error) => return Err(error),
            }
        }
        last.map_or(Ok(()), Err)
    }

    /// Applies messages that take access from many, if somebody has confirmed it; else they wait.
    fn confirm(
        &mut self,
        all: &[Message],
        mut batch: Batch,
        base: &Revision<'_>,
        findings: &[Finding],
    ) -> Result<(), StoreError> {
        let store = self.store;
        batch.plan.change.confirmed = store.confirmed_next();
        if batch.plan.change.confirmed.is_some() {
            match store.apply(&batch.plan.change, base.id(), &Author::bridge(), self.now) {
                Ok(applied) => {
                    self.take(all, batch, Some(applied.commit));
                    return store.use_confirmation();
                }
                Err(StoreError::Refused(again)) if is_braked(&again) => {}
                Err(error) => return Err(error),
            }
        }
        let why: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let why = format!("somebody has to confirm it: {}", why.join("; "));
        self.settled.extend(all.iter().map(|message| SettledMessage {
            id: message.id.clone(),
            outcome: Outcome::Waits(why.clone()),
            commit: None,
        }));
        Ok(())
    }

    /// Applies messages in two halves, because something is wrong with one of them; if there is only
    /// one, that is what becomes of it.
    fn divide(
        &mut self,
        all: &[Message],
        outcome: impl Fn(&Message) -> Outcome,
    ) -> Result<(), StoreError> {
        if let [message] = all {
            let (id, outcome) = (message.id.clone(), outcome(message));
            self.settled.push(SettledMessage { id, outcome, commit: None });
            return Ok(());
        }
        let (first, rest) = all.split_at(all.len() / 2);
        self.settle(first)?;
        self.settle(rest)
    }

    fn take(&mut self, all: &[Message], batch: Batch, commit: Option<CommitId>) {
        let settled = all.iter().zip(batch.outcomes).map(|(message, outcome)| SettledMessage {
            id: message.id.clone(),
            commit: commit.filter(|_| matches!(outcome, Outcome::Applied { .. })),
            outcome,
        });
        self.settled.extend(settled);
    }
}

/// Tells whether a change was refused because somebody has to confirm it, and for no other reason.
fn is_braked(findings: &[Finding]) -> bool {
    let mut errors = findings.iter().filter(|it| it.is_error()).peekable();
    errors.peek().is_some() && errors.all(|it| it.code == FindingCode::Brake)
}

/// Decides what becomes of a message whose change the checks refuse. It is not valid if the errors
/// are in what it would have written; otherwise something is wrong with the records.
fn blame(message: &Message, change: &Change, findings: &[Finding]) -> Outcome {
    let errors: Vec<&Finding> = findings.iter().filter(|it| it.is_error()).collect();
    let writes = |path: &str| change.edits.keys().any(|it| it.to_string() == path);
    let why: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let why = why.join("; ");
    if errors.iter().all(|it| writes(&it.path)) {
        return Outcome::Invalid { reason: why, text: messages::masked(&message.text) };
    }
    Outcome::Waits(format!("the records have to be corrected first: {why}"))
}
