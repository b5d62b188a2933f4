//! Makes members of an application, once, and welcomes them.

use jiff::Timestamp;

use super::{Joined, applications, author, is_members};
use crate::{
    app::{AppError, carry_out, notice::welcome, zone},
    domain::{
        model::{Application, MemberId, Record, RecordPath, Stage, Waiting},
        ops::joining,
    },
    store::{Author, ErrorKind, Revision, Store},
};

/// Why an application is not accepted whose address has become a member's.
pub const TAKEN: &str = "the e-mail address belongs to a member already";

/// Why an application is not accepted that is no longer there.
pub const GONE: &str = "the application is no longer there";

/// How often it is tried if somebody else was faster.
const TRIES: usize = 8;

/// The lock that lets applications become members one after another.
const TURN: &str = "joining";

/// Makes members of an application; `by` is who accepts it, if not the applicant. What it says is on
/// disk before the commit, so that whatever happens, nobody is added twice and the welcome is sent.
///
/// # Errors
/// The address has become a member's, or the change cannot be committed.
pub fn accept(
    store: &Store,
    id: &str,
    by: Option<&Author>,
    now: Timestamp,
) -> Result<Joined, AppError> {
    let turn = store.sole(TURN, "join.accept", now)?;
    let all = applications(store);
    let waiting = all.all(Timestamp::MIN).into_iter().find(|it| it.id == id);
    let waiting = waiting.ok_or_else(|| AppError::user(GONE))?;
    let members = add(store, &waiting, by, now)?;
    drop(turn);
    let author = by.cloned().or_else(|| members.first().map(|it| author::of(*it)));
    let author = author.map_or_else(|| store.author(), Ok)?;
    let unsent = welcome::send(store, &members, &author, now);
    let why = match unsent {
        Ok(why) => why,
        Err(error) => Some(error.message), // the next run sends it
    };
    if why.is_none() {
        all.remove(&waiting.id)?;
    }
    Joined::of(store, &members, why, now)
}

/// Commits the members unless that was done, and returns their numbers.
fn add(
    store: &Store,
    waiting: &Waiting<Application>,
    by: Option<&Author>,
    now: Timestamp,
) -> Result<Vec<MemberId>, AppError> {
    let all = applications(store);
    let mut last = AppError::new(ErrorKind::Busy, "somebody else was faster, again and again");
    for _ in 0..TRIES {
        let head = store.read(store.head()?)?;
        if let Stage::Welcome { members } = &waiting.stage
            && is_theirs(&head, members, &waiting.content)
        {
            return Ok(members.clone());
        }
        if is_members(&head, &waiting.content.email) {
            return Err(AppError::user(TAKEN));
        }
        let id = head.next_member_id();
        let today = now.to_zoned(zone::of(&head)?).date();
        let plan = joining::join(&head, id, &waiting.content, today)?;
        let members: Vec<MemberId> = plan
            .change
            .edits
            .keys()
            .filter_map(|path| match path {
                RecordPath::Member(id) => Some(*id),
                _ => None,
            })
            .collect();
        all.put(&Waiting {
            stage: Stage::Welcome { members: members.clone() },
            ..waiting.clone()
        })?;
        let done = carry_out::carry_out_as(&head, &plan, by.unwrap_or(&author::of(id)), now);
        match done {
            Ok(_) => return Ok(members),
            // They are members, and must not be added again.
            Err(error) if error.kind == ErrorKind::Committed => return Err(error),
            Err(error) => {
                all.put(waiting)?;
                if !matches!(error.kind, ErrorKind::Busy | ErrorKind::Overtaken) {
                    return Err(error);
                }
                last = error;
            }
        }
    }
    Err(last)
}

/// Tells whether these members are those of an application: whether it was committed before a kill.
fn is_theirs(head: &Revision<'_>, members: &[MemberId], it: &Application) -> bool {
    let Some(first) = members.first() else { return false };
    let contact = head.record(&RecordPath::Contact(*first));
    let member = head.record(&RecordPath::Member(*first));
    matches!(contact, Ok(Some(Record::Contact(contact))) if contact.email.as_ref() == Some(&it.email))
        && matches!(member, Ok(Some(Record::Member(member))) if member.name == it.name)
}
