//! `link`: says which member somebody is, by the code on their profile page.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Desk;
use crate::{
    app::{AppError, carry_out, chat, joining, zone},
    domain::{
        model::{Record, RecordPath},
        ops,
    },
    store::Revision,
};

/// How many wrong codes an account may try.
const MOST: usize = 5;

/// Within which time.
const SPAN: SignedDuration = SignedDuration::from_hours(1);

impl Desk {
    /// Records whose account it is.
    pub(super) fn link(
        &mut self,
        head: &Revision<'_>,
        account: &str,
        typed: &str,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let tries = self.tries.entry(account.to_owned()).or_default();
        tries.retain(|at| now.duration_since(*at) < SPAN);
        if tries.len() >= MOST {
            return Err(AppError::user("that were too many wrong codes; try again in an hour"));
        }
        let today = now.to_zoned(zone::of(head)?).date();
        let key = head.store().key()?;
        let Some(member) = chat::fits(&key, typed, today) else {
            tries.push(now);
            return Err(AppError::user(
                "that is not a code of today; look at your profile page for the one that is",
            ));
        };
        match head.record(&RecordPath::Member(member)) {
            Ok(Some(Record::Member(it))) if it.left.is_none() => {}
            _ => return Err(AppError::user("that member has left, or cannot be read")),
        }
        if let Ok(other) = self.member_of(head, account) {
            return match other == member {
                true => Ok("That is known already.".to_owned()),
                false => Err(AppError::user(
                    "this account belongs to another member; please tell an admin",
                )),
            };
        }
        let contact = match head.record(&RecordPath::Contact(member)) {
            Ok(Some(Record::Contact(contact))) => Some(contact),
            _ => None,
        };
        if contact.is_some_and(|it| it.accounts.contains_key(self.chat.as_str())) {
            return Err(AppError::user(
                "that member has another account here already; please tell an admin",
            ));
        }
        let links = BTreeMap::from([(member, account.to_owned())]);
        let plan = ops::service::link(head, &self.chat, &links, |_| false)?;
        carry_out::carry_out_as(head, &plan, &joining::author(member), now)?;
        Ok("Recorded: now I know who you are. Type `help` for what I do.".to_owned())
    }
}
