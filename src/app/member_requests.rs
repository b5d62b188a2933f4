//! What members ask the admins for: in words, and as a plan.

use jiff::Timestamp;

use crate::{
    app::{
        AppError, carry_out, look_up,
        notice::note::{self, Note},
        texts::Texts,
    },
    domain::{
        model::{MemberId, email, text},
        ops::{
            self, Plan,
            member::{Credentials, leave, own_change},
        },
    },
    store::{
        Author, Revision, Store,
        tickets::{Asked, MemberRequest},
    },
};

/// The longest reason, in bytes.
const LONGEST: usize = 2_000;

/// Plans what a member asked for.
///
/// # Errors
/// The records do not allow it any more.
pub fn plan(head: &Revision<'_>, request: &MemberRequest) -> Result<Plan, AppError> {
    Ok(match &request.what {
        Asked::Change(change) => own_change(head, request.member, change.clone())?,
        Asked::Leave(day) => leave(head, request.member, *day, Credentials::Keep)?,
    })
}

/// Says what is asked for, without personal data.
#[must_use]
pub fn words(request: &MemberRequest) -> String {
    match &request.what {
        Asked::Change(change) => format!("to change {}", change.words().join(", ")),
        Asked::Leave(day) => format!("to leave on {day}"),
    }
}

/// Returns what a member asks for.
///
/// # Errors
/// It cannot be read.
pub fn of(store: &Store, id: MemberId, now: Timestamp) -> Result<Vec<MemberRequest>, AppError> {
    Ok(store.member_requests().of(id, now)?)
}

/// Keeps what a member asks for, in place of an earlier request of the same kind.
///
/// # Errors
/// It cannot be kept.
pub fn ask(store: &Store, id: MemberId, what: Asked, now: Timestamp) -> Result<(), AppError> {
    let requests = store.member_requests();
    requests.end_each(id, |it| it.what.is_like(&what))?;
    requests.add(&MemberRequest::new(id, what, now))?;
    Ok(())
}

/// Returns a request by its name, if it still waits.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn find(store: &Store, name: &str, now: Timestamp) -> Result<MemberRequest, AppError> {
    let found = store.member_requests().all(now)?.into_iter().find(|(it, _)| it == name);
    let gone = || AppError::user("there is no such request: somebody may have decided on it");
    found.map(|(_, request)| request).ok_or_else(gone)
}

/// Does what a member asked for, and tells them.
///
/// # Errors
/// The records do not allow it any more.
pub fn accept(store: &Store, name: &str, author: &Author, now: Timestamp) -> Result<(), AppError> {
    let request = find(store, name, now)?;
    let head = store.read(store.head()?)?;
    let plan = plan(&head, &request)?;
    carry_out::carry_out_as(&head, &plan, author, now)?;
    store.member_requests().end_named(request.member, name)?;
    // It is done; whether the mail arrives changes nothing about that.
    let _ = tell(store, &request, "mail-request-done", None, now);
    Ok(())
}

/// Declines what a member asked for: the mail is sent, then the request is removed.
///
/// # Errors
/// There is no such request, or the mail cannot be sent.
pub fn decline(
    store: &Store,
    name: &str,
    why: Option<&str>,
    now: Timestamp,
) -> Result<(), AppError> {
    let why = why.map(str::trim).filter(|it| !it.is_empty());
    let is_odd = |it: &str| it.lines().any(|it| it.chars().any(text::is_control));
    if why.is_some_and(|it| it.len() > LONGEST || is_odd(it)) {
        return Err(AppError::user(
            "the reason is too long or cannot be read: write it in plain words",
        ));
    }
    let request = find(store, name, now)?;
    tell(store, &request, "mail-request-declined", why, now)?;
    store.member_requests().end_named(request.member, name)?;
    Ok(())
}

/// Writes to the member, if there is an address.
fn tell(
    store: &Store,
    request: &MemberRequest,
    what: &str,
    why: Option<&str>,
    now: Timestamp,
) -> Result<(), AppError> {
    let head = store.read(store.head()?)?;
    let (id, member) = look_up::member(&head, &request.member.to_string())?;
    let address = look_up::contact(&head, id)?.email.filter(|it| email::is_address(it));
    let Some(address) = address else { return Ok(()) };
    let texts = Texts::of(ops::notice::language(&head, id));
    let mut paragraphs = vec![texts.fill("mail-hello", &[("name", &member.name)]), texts.say(what)];
    paragraphs.extend(why.map(str::to_owned));
    let to = (member.name, address);
    let note = Note { texts, to, subject: "mail-request-subject", paragraphs: &paragraphs };
    note::send(store, &look_up::space(&head)?, note, now)
}
