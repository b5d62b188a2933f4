//! Sends letters one by one, and writes down what was sent.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
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
        notices::{Letter, Occasion, Trouble},
        ops::notice::{self, Sent, Unsent},
    },
    integrations::mail::MailError,
    store::{Posted, Revision, Store},
};

/// If so many are refused and none is taken, it is not the addresses that are wrong.
const ALL_REFUSED: usize = 5;

/// A letter and what it is about.
pub struct Prepared {
    /// To whom; nobody for what goes to the directors.
    pub member: Option<MemberId>,
    /// What about.
    pub occasion: Occasion,
    /// The letter.
    pub letter: Letter,
}

/// What became of one notice.
#[derive(Clone, Debug, Serialize)]
pub struct Fate {
    /// Who was to hear of it; nobody for what goes to the directors.
    pub member: Option<MemberId>,
    /// Their name.
    pub name: String,
    /// The kind of notice.
    pub kind: NoticeKind,
    /// What about.
    pub occasion: String,
    /// The address, all but its first letter hidden.
    pub to: Option<String>,
    /// `sent`, `failed` for good, `later`, `waits` for the next run, or `unsent`.
    pub fate: &'static str,
    /// Why it was not sent.
    pub why: Option<String>,
}

/// Writes the letters, at most so many; what can never be sent is told apart.
///
/// All are written before the first goes out.
///
/// # Errors
/// A template is not right: then nothing is sent.
pub fn prepare(
    head: &Revision<'_>,
    due: &[(MemberId, Occasion)],
    today: Date,
    most: usize,
) -> Result<(Vec<Prepared>, Vec<Fate>), AppError> {
    prepare_with(head, due, most, |id, occasion| notice::letter(head, id, occasion, today))
}

/// As [`prepare`], in other words.
///
/// # Errors
/// As there.
pub fn prepare_with(
    head: &Revision<'_>,
    due: &[(MemberId, Occasion)],
    most: usize,
    write: impl Fn(MemberId, &Occasion) -> Result<Letter, Unsent>,
) -> Result<(Vec<Prepared>, Vec<Fate>), AppError> {
    let (mut letters, mut others) = (Vec::new(), Vec::new());
    for (member, occasion) in due {
        if letters.len() >= most {
            others.push(Fate { fate: "waits", ..fate(head, *member, occasion) });
            continue;
        }
        match write(*member, occasion) {
            Ok(letter) => {
                let occasion = occasion.clone();
                letters.push(Prepared { member: Some(*member), occasion, letter });
            }
            Err(wrong @ (Unsent::Template(..) | Unsent::Refused(_))) => {
                return Err(unsent(&wrong));
            }
            Err(why) => {
                let why = Some(why.to_string());
                others.push(Fate { fate: "unsent", why, ..fate(head, *member, occasion) });
            }
        }
    }
    Ok((letters, others))
}

fn unsent(wrong: &Unsent) -> AppError {
    let advice = match wrong {
        Unsent::Template(_, Trouble { note: Note { advice: Some(advice), .. }, .. }) => {
            advice.clone()
        }
        _ => Advice::CheckTemplates,
    };
    AppError::data(format!("nothing was sent: {wrong}")).hint(advice)
}

fn fate(head: &Revision<'_>, member: MemberId, occasion: &Occasion) -> Fate {
    use crate::domain::model::{Place, Record};
    let name = match head.record(&Place::Member(member)) {
        Ok(Some(Record::Member(member))) => text::shown(&member.name),
        _ => String::new(),
    };
    let (kind, key) = (occasion.kind, occasion.key.clone());
    let member = Some(member);
    Fate { member, name, kind, occasion: key, to: None, fate: "due", why: None }
}

impl Prepared {
    /// Says what is to become of it.
    pub fn fate(&self, fate: &'static str, why: Option<String>) -> Fate {
        Fate {
            member: self.member,
            name: self.letter.to.0.clone(),
            kind: self.occasion.kind,
            occasion: self.occasion.key.clone(),
            to: Some(email::masked(&self.letter.to.1)),
            fate,
            why,
        }
    }
}

/// What became of all, and why no more went out if the server kept them from it.
pub struct Delivered {
    /// What became of each, in the order of the letters.
    pub fates: Vec<Fate>,
    /// Why no more went out, if the server kept them from it.
    pub stopped: Option<String>,
}

/// Sends letters, spaced out; each is noted right after it was handed over.
///
/// # Errors
/// It cannot be noted what was sent; then no more is sent.
pub fn deliver(
    letters: &[Prepared],
    post: &mut Post,
    posted: &mut Posted,
    now: Timestamp,
    progress: &dyn Progress,
) -> Result<Delivered, AppError> {
    let underway = Underway::steps(progress, "sending", letters.len());
    let mut fates = Vec::new();
    // Refusals are noted once it is sure that they are about the addresses.
    let (mut refused, mut taken) = (Vec::new(), false);
    let mut stopped = None;
    for (count, prepared) in letters.iter().enumerate() {
        if stopped.is_some() {
            fates.push(prepared.fate("waits", None));
            continue;
        }
        if count > 0 {
            clock::pause(post.pause);
        }
        match post.mailer.send(&prepared.letter, now) {
            Ok(()) => {
                taken = true;
                posted.note(prepared.sent(now, None))?;
                fates.push(prepared.fate("sent", None));
            }
            Err(MailError::Refused(why)) => {
                refused.push((prepared.sent(now, Some(why.clone())), fates.len()));
                fates.push(prepared.fate("failed", Some(why.clone())));
                if !taken && refused.len() >= ALL_REFUSED {
                    stopped = Some(format!("the server refuses every letter: {why}"));
                    for (_, at) in refused.drain(..) {
                        fates[at].fate = "waits";
                    }
                }
            }
            Err(MailError::Later(why)) => fates.push(prepared.fate("later", Some(why))),
            Err(MailError::Down(why)) => {
                fates.push(prepared.fate("waits", None));
                stopped = Some(why);
            }
        }
        underway.step();
    }
    for (sent, _) in refused {
        posted.note(sent)?;
    }
    Ok(Delivered { fates, stopped })
}

impl Prepared {
    fn sent(&self, now: Timestamp, failed: Option<String>) -> Sent {
        Sent {
            member: self.member,
            kind: self.occasion.kind,
            occasion: self.occasion.key.clone(),
            // A fraction of a second tells nobody anything.
            at: Timestamp::from_second(now.as_second()).unwrap_or(now),
            failed,
        }
    }
}

/// Commits what was sent and is on record nowhere else; `through` is the commit up to which
/// everything was told.
///
/// # Errors
/// It cannot be committed; then the next run does it.
pub fn enter(
    store: &Store,
    posted: &mut Posted,
    occasions: &BTreeMap<(MemberId, NoticeKind), Vec<Occasion>>,
    through: Option<CommitId>,
    now: Timestamp,
) -> Result<Option<CommitId>, AppError> {
    let mut commit = None;
    if !posted.sent().is_empty() {
        let newest = store.read(store.head()?)?;
        let change = notice::record(&newest, posted.sent(), occasions);
        if !change.edits.is_empty() {
            commit = Some(carry_out::carry_out(&newest, &change.into(), now)?.commit);
        }
    }
    if commit.is_some() || !posted.sent().is_empty() || posted.through() != through {
        posted.settle(through)?;
    }
    Ok(commit)
}
