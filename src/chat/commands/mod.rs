//! The commands that members type in a chat: who asks is a member by the records, and only they see the
//! answer.

mod command;
mod dues;
mod induct;
mod link;
mod open;
mod report;
mod unlock;
mod who;
mod why;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::Timestamp;

pub use self::command::{Command, Whom};
use crate::{
    app::{AppError, zone},
    domain::model::{Member, MemberId, Record, RecordPath, Slug},
    store::{Revision, Store},
};

/// Answers the commands of one chat.
#[derive(Debug)]
pub struct Desk {
    /// The space's repository.
    space: PathBuf,
    /// The chat, by the name that accounts are recorded under.
    chat: Slug,
    /// The folder of the doors' journals.
    journals: PathBuf,
    /// The sockets of the running doors.
    doors: Vec<PathBuf>,
    /// The facilities that may be unlocked.
    unlock: BTreeSet<Slug>,
    /// When accounts tried codes that were wrong.
    tries: BTreeMap<String, Vec<Timestamp>>,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// The text.
    pub text: String,
    /// The command's first word, for the log.
    pub command: String,
}

/// Who asks.
struct Asker {
    id: MemberId,
    member: Member,
}

impl Desk {
    /// Makes one for a chat, with the sockets of the running doors and those that may be unlocked.
    #[must_use]
    pub const fn new(
        space: PathBuf,
        chat: Slug,
        journals: PathBuf,
        doors: Vec<PathBuf>,
        unlock: BTreeSet<Slug>,
    ) -> Self {
        Self { space, chat, journals, doors, unlock, tries: BTreeMap::new() }
    }

    /// Returns the chat.
    #[must_use]
    pub const fn chat(&self) -> &Slug {
        &self.chat
    }

    /// Answers what somebody typed.
    pub fn answer(&mut self, account: &str, text: &str, now: Timestamp) -> Said {
        match Command::parse(text) {
            Ok(command) => {
                let word = command.word().to_owned();
                let text = self.carry_out(account, &command, now);
                let text = text.unwrap_or_else(|error| format!("Sorry: {}.", error.message));
                Said { text, command: word }
            }
            Err(text) => Said { text, command: "?".to_owned() },
        }
    }

    fn carry_out(
        &mut self,
        account: &str,
        command: &Command,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let store = Store::open(&self.space)?;
        let head = store.read(store.head()?)?;
        if let Command::Link(code) = command {
            return self.link(&head, account, code, now);
        }
        let asker = self.asker(&head, account)?;
        match command {
            Command::Help => Ok(command::HELP.to_owned()),
            Command::Open => self.open(&head, now),
            Command::Who => {
                asker.must_be_active(&head, now)?;
                self.who(&head, now)
            }
            Command::Why(facility) => self.why(&store, &asker, facility, now),
            Command::Dues => self.dues(&head, &asker, now),
            Command::Induct(whom, facility) => {
                asker.must_be_active(&head, now)?;
                self.induct(&head, &asker, whom, facility, now)
            }
            Command::Unlock(facility) => self.do_unlock(&store, &asker, facility, now),
            Command::ReportActivity => {
                asker.must_be_active(&head, now)?;
                self.report(&head, now)
            }
            Command::Link(_) => Ok(String::new()),
        }
    }

    /// Finds out who asks: a member whose account it is by the records.
    fn asker(&self, head: &Revision<'_>, account: &str) -> Result<Asker, AppError> {
        let id = self.member_of(head, account)?;
        match head.record(&RecordPath::Member(id)) {
            Ok(Some(Record::Member(member))) => Ok(Asker { id, member }),
            _ => Err(AppError::data("your record cannot be read; please tell an admin")),
        }
    }

    /// Returns the member whose account it is.
    fn member_of(&self, head: &Revision<'_>, account: &str) -> Result<MemberId, AppError> {
        let contacts = head.contacts(|_| true).into_iter();
        let own = contacts.filter(|(_, contact)| {
            contact.accounts.get(self.chat.as_str()).is_some_and(|it| it == account)
        });
        let mut own = own.map(|(id, _)| id);
        match (own.next(), own.next()) {
            (Some(id), None) => Ok(id),
            (None, _) => Err(AppError::user(
                "the space does not know whose account that is; type `link` and the code that is \
                 shown on your profile page",
            )),
            (Some(_), Some(_)) => Err(AppError::data(
                "several members have this account in the records; please tell an admin",
            )),
        }
    }
}

impl Asker {
    /// Refuses whoever has left or is suspended.
    fn must_be_active(&self, head: &Revision<'_>, now: Timestamp) -> Result<(), AppError> {
        let today = now.to_zoned(zone::of(head)?).date();
        let ended = [self.member.left, self.member.suspended];
        if ended.into_iter().flatten().any(|day| day <= today) {
            return Err(AppError::user("you have left the space, or are suspended"));
        }
        Ok(())
    }
}
