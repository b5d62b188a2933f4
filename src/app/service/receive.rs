//! Records what a processor took from members since the last time.

use jiff::{Timestamp, tz::TimeZone};

use super::{Follower, Inbox, Part as _, open::trouble};
use crate::{
    app::{AppError, carry_out, zone},
    domain::{
        follow::Happening,
        model::{CommitId, FindingCode, Note, Slug},
        ops::{self, service::Received},
    },
    store::{ErrorKind, Store},
};

/// The number of sentences that wait for a person; older ones go.
const MOST_HELD: usize = 100;

/// The number of happenings that wait for their payment.
const MOST_EARLY: usize = 200;

/// What was recorded.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// How many payments were credited to members.
    pub credited: usize,
    /// How many wait until somebody assigns them.
    pub waiting: usize,
    /// What a person has to look at, in sentences.
    pub held: Vec<String>,
    /// What is about payments that are not recorded yet.
    pub early: Vec<Happening>,
    /// The commits.
    pub commits: Vec<CommitId>,
    /// What whoever asked should know.
    pub notes: Vec<Note>,
}

/// Records what happened since the last time. A kill at any moment is no matter: what is recorded already
/// is recognised. `confirmed` is from how many members it may take access.
///
/// # Errors
/// Fails if the processor does not answer, if nothing can be committed, or if it takes access from more
/// members than somebody has confirmed: then nothing is recorded, and it is told again the next time.
pub fn receive(
    store: &Store,
    follower: &mut Follower,
    confirmed: Option<usize>,
    now: Timestamp,
) -> Result<Receipt, AppError> {
    let _sole = store.sole(&format!("service-{}", follower.name), "service.receive", now)?;
    let before = Inbox::read(store, &follower.name)?;
    let name = follower.name.clone();
    let failed = |why: Option<String>| {
        let trouble = why.or(before.trouble.clone());
        Inbox { trouble, ..before.clone() }.keep(store, &name)
    };
    let news = match follower.processor.happened(before.cursor.as_deref()) {
        Ok(news) => news,
        Err(error) => {
            failed(Some(error.to_string()))?;
            return Err(trouble(error));
        }
    };
    // All stays as it was, with what came before its payment.
    let braked = |error: AppError| -> Result<AppError, AppError> {
        failed(error.findings.first().map(|it| it.message.clone()))?;
        Ok(error)
    };
    let mut receipt = Receipt::default();
    // What came before its payment is tried again with whatever has come since.
    let mut happenings = before.early.clone();
    happenings.extend(news.happenings);
    if news.gap {
        let words = "nobody asked what happened for so long that something may be missing: compare with \
                     the processor's own list of payments";
        receipt.held.push(words.to_owned());
    }
    match record(store, follower, &happenings, confirmed, now) {
        Ok(one) => receipt.add(one),
        // Its parts would take it away bit by bit.
        Err(error) if is_braked(&error) => return Err(braked(error)?),
        Err(error) if is_lasting(&error) && happenings.len() > 1 => {
            // One that is to blame stands alone.
            for it in &happenings {
                match record(store, follower, std::slice::from_ref(it), confirmed, now) {
                    Ok(one) => receipt.add(one),
                    Err(error) if is_braked(&error) => return Err(braked(error)?),
                    Err(error) if is_lasting(&error) => {
                        receipt
                            .held
                            .push(format!("the payment {} is not recorded: {error}", it.payment));
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Err(error) if is_lasting(&error) => {
            let payment = happenings.first().map(|it| it.payment.clone()).unwrap_or_default();
            receipt.held.push(format!("the payment {payment} is not recorded: {error}"));
        }
        Err(error) => return Err(error),
    }
    let forgotten = receipt.early.len().saturating_sub(MOST_EARLY);
    for it in receipt.early.drain(..forgotten) {
        receipt.held.push(format!("{} is not known, and something is told about it", it.payment));
    }
    let mut held = before.held;
    held.extend(receipt.held.iter().cloned());
    let old = held.len().saturating_sub(MOST_HELD);
    held.drain(..old);
    // The cursor comes last: what was recorded before it moves is recognised.
    let after = Inbox {
        cursor: news.cursor.or(before.cursor),
        received: Some(now),
        held,
        early: std::mem::take(&mut receipt.early),
        trouble: None,
    };
    after.keep(store, &follower.name)?;
    Ok(receipt)
}

/// Takes all that waits for a person for looked at; returns how much that was.
///
/// # Errors
/// Somebody is receiving at this moment, or it cannot be written.
pub fn seen(store: &Store, service: &Slug, now: Timestamp) -> Result<usize, AppError> {
    let _sole = store.sole(&format!("service-{service}"), "service.seen", now)?;
    let mut inbox = Inbox::read(store, service)?;
    let held = std::mem::take(&mut inbox.held);
    inbox.keep(store, service)?;
    Ok(held.len())
}

/// Tells whether somebody has to confirm it.
fn is_braked(error: &AppError) -> bool {
    error.findings.iter().any(|it| it.code == FindingCode::Brake)
}

/// Tells whether it would fail again, however often.
fn is_lasting(error: &AppError) -> bool {
    matches!(error.kind, ErrorKind::User | ErrorKind::Data)
}

fn record(
    store: &Store,
    follower: &mut Follower,
    happenings: &[Happening],
    confirmed: Option<usize>,
    now: Timestamp,
) -> Result<(Received, Option<CommitId>), AppError> {
    let head = store.read(store.head()?)?;
    let zone: TimeZone = zone::of(&head)?;
    let today = now.to_zoned(zone.clone()).date();
    let accounts = follower.accounts.at(&head, &follower.name);
    let mut received =
        ops::service::receive(&head, &follower.name, happenings, &accounts, &zone, today)?;
    if received.plan.change.edits.is_empty() {
        return Ok((received, None));
    }
    received.plan.change.confirmed = confirmed;
    let commit = carry_out::carry_out(&head, &received.plan, now)?.commit;
    Ok((received, Some(commit)))
}

impl Receipt {
    fn add(&mut self, (received, commit): (Received, Option<CommitId>)) {
        self.credited += received.credited;
        self.waiting += received.waiting;
        self.held.extend(received.held);
        self.early.extend(received.early);
        self.commits.extend(commit);
        self.notes.extend(received.plan.notes);
    }
}
