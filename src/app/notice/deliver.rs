//! Sends notices one by one, and records what was sent.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{
        AppError, carry_out,
        notice::post::Post,
        progress::{Progress, Underway},
    },
    clock,
    domain::{
        model::{Advice, CommitId, MemberId, Note, NoticeKind, email, text},
        notices::{Letter, Occasion, TemplateError},
        ops::notice::{self, FinishedNotice, Unsent},
    },
    integrations::mail::MailError,
    store::{Author, OutboxState, Revision, Store},
};

/// If this many are refused and none is accepted, the addresses are not the problem.
const ALL_REFUSED: usize = 5;

/// A notice that is ready to be sent.
pub struct Prepared {
    /// The member; `None` for the directors.
    pub member: Option<MemberId>,
    /// What it is about: all that is due to one person on one day.
    pub occasions: Vec<Occasion>,
    /// The text and its recipient.
    pub letter: Letter,
}

/// The result for one notice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeliveryStatus {
    /// The member; `None` for the directors.
    pub member: Option<MemberId>,
    /// Their name.
    pub name: String,
    /// The kind of notice.
    pub kind: NoticeKind,
    /// The occasion.
    pub occasion: String,
    /// The address, with all but its first letter hidden.
    pub to: Option<String>,
    /// `sent`, `failed` permanently, `later`, `waits` for the next run, or `unsent`.
    pub fate: &'static str,
    /// Why it was not sent.
    pub why: Option<String>,
}

/// Writes at most this many letters; notices that cannot be sent are returned separately. What is
/// due to one person is one letter.
///
/// All are written before the first is sent.
///
/// # Errors
/// Fails if a template is not valid; then nothing is sent.
pub fn prepare(
    head: &Revision<'_>,
    due: &[(MemberId, Occasion)],
    today: Date,
    most: usize,
) -> Result<(Vec<Prepared>, Vec<DeliveryStatus>), AppError> {
    prepare_with(head, due, most, |id, occasions| notice::letter(head, id, occasions, today))
}

/// Does the same as [`prepare`], with another text.
///
/// # Errors
/// Fails in the same cases.
pub fn prepare_with(
    head: &Revision<'_>,
    due: &[(MemberId, Occasion)],
    most: usize,
    write: impl Fn(MemberId, &[Occasion]) -> Result<Letter, Unsent>,
) -> Result<(Vec<Prepared>, Vec<DeliveryStatus>), AppError> {
    let (mut letters, mut others) = (Vec::new(), Vec::new());
    for same in due.chunk_by(|(a, _), (b, _)| a == b) {
        let [(member, _), ..] = same else { continue };
        let occasions: Vec<Occasion> = same.iter().map(|(_, occasion)| occasion.clone()).collect();
        let mut left = |fate, why: Option<String>| {
            let one = |occasion| DeliveryStatus {
                fate,
                why: why.clone(),
                ..status(head, *member, occasion)
            };
            others.extend(occasions.iter().map(one));
        };
        if letters.len() >= most {
            left("waits", None);
            continue;
        }
        match write(*member, &occasions) {
            Ok(letter) => letters.push(Prepared { member: Some(*member), occasions, letter }),
            Err(error @ (Unsent::Template(..) | Unsent::Refused(_))) => {
                return Err(unsent(&error));
            }
            Err(why) => left("unsent", Some(why.to_string())),
        }
    }
    Ok((letters, others))
}

/// Returns the status of what is due to members who had a letter today.
pub fn tomorrow(head: &Revision<'_>, due: &[(MemberId, Occasion)]) -> Vec<DeliveryStatus> {
    let why = Some("they had a letter today".to_owned());
    let one = |(member, occasion): &(MemberId, Occasion)| DeliveryStatus {
        fate: "waits",
        why: why.clone(),
        ..status(head, *member, occasion)
    };
    due.iter().map(one).collect()
}

fn unsent(error: &Unsent) -> AppError {
    let advice = match error {
        Unsent::Template(_, TemplateError { note: Note { advice: Some(advice), .. }, .. }) => {
            advice.clone()
        }
        _ => Advice::CheckTemplates,
    };
    AppError::data(format!("nothing was sent: {error}")).hint(advice)
}

fn status(head: &Revision<'_>, member: MemberId, occasion: &Occasion) -> DeliveryStatus {
    use crate::domain::model::{Record, RecordPath};
    let name = match head.record(&RecordPath::Member(member)) {
        Ok(Some(Record::Member(member))) => text::shown(&member.name),
        _ => String::new(),
    };
    let (kind, key) = (occasion.kind, occasion.key.clone());
    let member = Some(member);
    DeliveryStatus { member, name, kind, occasion: key, to: None, fate: "due", why: None }
}

impl Prepared {
    /// Returns what the letter is about, each with this result.
    pub fn statuses(&self, fate: &'static str, why: Option<&str>) -> Vec<DeliveryStatus> {
        let one = |occasion: &Occasion| DeliveryStatus {
            member: self.member,
            name: self.letter.to.0.clone(),
            kind: occasion.kind,
            occasion: occasion.key.clone(),
            to: Some(email::masked(&self.letter.to.1)),
            fate,
            why: why.map(str::to_owned),
        };
        self.occasions.iter().map(one).collect()
    }
}

/// The results of sending several notices.
pub struct Delivered {
    /// The result for each, in the order of sending.
    pub statuses: Vec<DeliveryStatus>,
    /// Why sending stopped early, if the server caused that.
    pub stopped: Option<String>,
}

/// Sends notices with pauses in between; each is noted right after it was handed over.
///
/// # Errors
/// Fails if what was sent cannot be noted; then no more is sent.
pub fn deliver(
    letters: &[Prepared],
    post: &mut Post,
    posted: &mut OutboxState,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<Delivered, AppError> {
    let underway = Underway::steps(progress, "sending", letters.len());
    let mut statuses = Vec::new();
    // Refusals are noted only once it is clear that they concern the addresses.
    let (mut refused, mut accepted) = (Vec::new(), false);
    let mut stopped = None;
    for (count, prepared) in letters.iter().enumerate() {
        if stopped.is_some() {
            statuses.extend(prepared.statuses("waits", None));
            continue;
        }
        if count > 0 {
            clock::pause(post.pause);
        }
        match post.mailer.send(&prepared.letter, now) {
            Ok(()) => {
                accepted = true;
                posted.record_sent(prepared.sent(now, None))?;
                statuses.extend(prepared.statuses("sent", None));
            }
            Err(MailError::Refused(why)) => {
                let from = statuses.len();
                statuses.extend(prepared.statuses("failed", Some(&why)));
                refused.push((prepared.sent(now, Some(&why)), from..statuses.len()));
                if !accepted && refused.len() >= ALL_REFUSED {
                    stopped = Some(format!("the server refuses every mail: {why}"));
                    for at in refused.drain(..).flat_map(|(_, range)| range) {
                        statuses[at].fate = "waits";
                    }
                }
            }
            Err(MailError::Later(why)) => statuses.extend(prepared.statuses("later", Some(&why))),
            Err(MailError::Down(why)) => {
                statuses.extend(prepared.statuses("waits", None));
                stopped = Some(why);
            }
        }
        underway.step();
    }
    for (sent, _) in refused {
        posted.record_sent(sent)?;
    }
    Ok(Delivered { statuses, stopped })
}

impl Prepared {
    fn sent(&self, now: Timestamp, failed: Option<&str>) -> Vec<FinishedNotice> {
        let one = |occasion: &Occasion| FinishedNotice {
            member: self.member,
            kind: occasion.kind,
            occasion: occasion.key.clone(),
            // Fractions of a second are of no use to anybody.
            at: Timestamp::from_second(now.as_second()).unwrap_or(now),
            failed: failed.map(str::to_owned),
        };
        self.occasions.iter().map(one).collect()
    }
}

/// Commits a record of what was sent and is not on record yet; `through` is the commit up to which
/// everything has been reported.
///
/// # Errors
/// Fails if it cannot be committed; then the next run does it.
pub fn record_sent(
    store: &Store,
    posted: &mut OutboxState,
    occasions: &BTreeMap<(MemberId, NoticeKind), Vec<Occasion>>,
    through: Option<CommitId>,
    author: &Author,
    now: Timestamp,
) -> Result<Option<CommitId>, AppError> {
    let mut commit = None;
    if !posted.sent().is_empty() {
        let newest = store.read(store.head()?)?;
        let change = notice::record(&newest, posted.sent(), occasions);
        if !change.edits.is_empty() {
            commit = Some(carry_out::carry_out_as(&newest, &change.into(), author, now)?.commit);
        }
    }
    if commit.is_some() || !posted.sent().is_empty() || posted.through() != through {
        posted.clear(through)?;
    }
    Ok(commit)
}
