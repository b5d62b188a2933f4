//! Sends the welcome to somebody who joined by themselves: once, whoever else sends it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    app::{
        AppError, look_up,
        notice::{
            deliver::{self, Prepared},
            mailer,
        },
        zone,
    },
    config::MailConfig,
    domain::{
        model::{MemberId, NoticeKind, Record, RecordPath},
        notices::Occasion,
        ops::notice::{self, FinishedNotice},
    },
    store::{Author, Revision, Store},
};

/// Sends the welcome to the first of these members, and records it for the others, their children: it
/// names them. Returns why it was not sent, if it was not.
///
/// # Errors
/// Another process is sending, or there is no letter.
pub fn send(
    store: &Store,
    members: &[MemberId],
    author: &Author,
    now: Timestamp,
) -> Result<Option<String>, AppError> {
    let mut posted = store.open_outbox(now)?;
    let head = store.read(store.head()?)?;
    let space = look_up::space(&head)?;
    let Some((first, children)) = members.split_first() else { return Ok(None) };
    if space.notices.off.contains(&NoticeKind::Welcome) {
        return Ok(None);
    }
    let (_, member) = look_up::member(&head, &first.to_string())?;
    let occasion = Occasion::of(NoticeKind::Welcome, member.joined.to_string());
    let is_posted = posted.sent().iter().any(|it| {
        it.member == Some(*first) && it.kind == occasion.kind && it.occasion == occasion.key
    });
    if is_posted || is_recorded(&head, *first, &occasion) {
        return Ok(None);
    }
    let today = now.to_zoned(zone::of(&head)?).date();
    let letter = notice::letter(&head, *first, std::slice::from_ref(&occasion), today);
    let letter = letter.map_err(|why| AppError::data(format!("there is no welcome: {why}")))?;
    let key = occasion.key.clone();
    let prepared = Prepared { member: Some(*first), occasions: vec![occasion], letter };
    let mut post = mailer::mailer(&MailConfig::load()?, &space, store)?;
    let delivered = deliver::deliver(&[prepared], &mut post, &mut posted, now, &())?;
    let status = delivered.statuses.into_iter().next();
    let why = delivered.stopped.or_else(|| {
        status
            .filter(|it| !matches!(it.fate, "sent" | "failed"))
            .map(|it| it.why.unwrap_or_default())
    });
    if why.is_some() {
        return Ok(why);
    }
    let about = |id: &MemberId| FinishedNotice {
        member: Some(*id),
        kind: NoticeKind::Welcome,
        occasion: key.clone(),
        at: Timestamp::from_second(now.as_second()).unwrap_or(now),
        failed: None,
    };
    if !children.is_empty() {
        posted.record_sent(children.iter().map(about).collect())?;
    }
    let through = posted.through();
    deliver::record_sent(store, &mut posted, &BTreeMap::new(), through, author, now)?;
    Ok(None)
}

fn is_recorded(head: &Revision<'_>, id: MemberId, occasion: &Occasion) -> bool {
    match head.record(&RecordPath::Notice(id, occasion.kind)) {
        Ok(Some(Record::Notice(notice))) => notice.has(&occasion.key),
        _ => false,
    }
}
