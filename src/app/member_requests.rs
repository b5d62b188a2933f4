//! What members ask the admins for: kept until somebody decides, then carried out or dropped.

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{AppError, carry_out},
    domain::{
        model::{Asked, MemberId, MemberRequest, OwnField, Stage, Waiting},
        ops::{
            Plan,
            member::{Credentials, leave, own_change},
        },
    },
    store::{Applications, Author, Revision, Store},
};

/// How long a request waits.
const LENGTH: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Returns the requests that wait.
#[must_use]
pub fn requests(store: &Store) -> Applications<MemberRequest> {
    store.applications("request")
}

/// Returns what a member asks for.
#[must_use]
pub fn of(store: &Store, member: MemberId, now: Timestamp) -> Vec<Waiting<MemberRequest>> {
    requests(store).all(now).into_iter().filter(|it| it.content.member == member).collect()
}

/// Keeps what a member asks for, in place of an earlier request of the same kind.
///
/// # Errors
/// It cannot be kept.
pub fn ask(store: &Store, member: MemberId, what: Asked, now: Timestamp) -> Result<(), AppError> {
    let all = requests(store);
    let former = of(store, member, now).into_iter().find(|it| it.content.what.is_like(&what));
    if former.is_none() && all.is_full() {
        return Err(AppError::data("too many requests wait: decide on some of them"));
    }
    let until = now.checked_add(LENGTH).unwrap_or(Timestamp::MAX);
    let (id, stage) = (former.map_or_else(|| all.new_id(), |it| it.id), Stage::Admin);
    let content = MemberRequest { member, what };
    Ok(all.put(&Waiting { id, since: now, until, stage, content })?)
}

/// Does what a member asked for.
///
/// # Errors
/// There is no such request, or the records do not allow it any more.
pub fn accept(store: &Store, id: &str, by: &Author, now: Timestamp) -> Result<(), AppError> {
    let request = find(store, id, now)?;
    let head = store.read(store.head()?)?;
    let plan = plan(&head, &request.content)?;
    carry_out::check_meaning(&head, &plan, now)?;
    carry_out::carry_out_as(&head, &plan, by, now)?;
    Ok(requests(store).remove(id)?)
}

/// Drops what a member asked for.
///
/// # Errors
/// There is no such request.
pub fn decline(store: &Store, id: &str, now: Timestamp) -> Result<(), AppError> {
    find(store, id, now)?;
    Ok(requests(store).remove(id)?)
}

/// Returns a request by its id.
///
/// # Errors
/// There is none.
pub fn find(store: &Store, id: &str, now: Timestamp) -> Result<Waiting<MemberRequest>, AppError> {
    requests(store)
        .get(id, now)?
        .ok_or_else(|| AppError::user("there is no such request: somebody may have decided on it"))
}

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
        Asked::Change(change) => {
            let fields: Vec<_> = change.fields().into_iter().map(OwnField::word).collect();
            format!("change {}", fields.join(", "))
        }
        Asked::Leave(day) => format!("leave on {day}"),
    }
}
