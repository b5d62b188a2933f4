//! The commands that members type in a chat, and the buttons that they press: who asks is a member by the
//! records, and only they see the answer.

mod applications;
mod command;
mod dues;
mod induct;
mod link;
mod open;
mod presses;
mod reply;
mod report;
mod unlock;
mod who;
mod why;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::Timestamp;

pub use self::{
    command::{Command, Whom},
    reply::{Reply, Said},
};
use crate::{
    app::{AppError, zone},
    domain::model::{Group, Member, MemberId, Record, RecordPath, Slug},
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
    /// The groups whose members may answer applications.
    answering: Vec<Group>,
    /// When accounts tried codes that were wrong.
    tries: BTreeMap<String, Vec<Timestamp>>,
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
        let answering = Vec::new();
        Self { space, chat, journals, doors, unlock, answering, tries: BTreeMap::new() }
    }

    /// Lets the members of groups answer applications.
    #[must_use]
    pub fn answered_by(self, groups: Vec<Group>) -> Self {
        Self { answering: groups, ..self }
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
                Said::of(self.carry_out(account, &command, now), word)
            }
            Err(text) => Said::of(Ok(text.into()), "?".to_owned()),
        }
    }

    fn carry_out(
        &mut self,
        account: &str,
        command: &Command,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        let store = Store::open(&self.space)?;
        let head = store.read(store.head()?)?;
        if let Command::Link(code) = command {
            return self.link(&head, account, code, now).map(Reply::from);
        }
        let asker = self.asker(&head, account)?;
        let text = match command {
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
            Command::Unlock(Some(facility)) => self.do_unlock(&store, &asker, facility, now),
            Command::Unlock(None) => return self.ask_to_unlock(&store, &asker, account, now),
            Command::Applications => return self.applications(&head, &asker, now),
            Command::ReportActivity => {
                asker.must_be_active(&head, now)?;
                self.report(&head, now)
            }
            Command::Link(_) => Ok(String::new()),
        };
        text.map(Reply::from)
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
        let suspended = self.member.suspension().is_some_and(|it| it.includes(today));
        if suspended || self.member.left.is_some_and(|day| day <= today) {
            return Err(AppError::user("you have left the space, or are suspended"));
        }
        Ok(())
    }
}
