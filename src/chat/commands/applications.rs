//! The applications that wait, for whoever may answer them here: they look, are asked, and accept.

use jiff::Timestamp;

use super::{Asker, Desk, Reply, presses::once};
use crate::{
    app::{AppError, chat, joining, zone},
    chat::press::{Act, Press},
    domain::model::{Application, Stage, Waiting},
    store::Revision,
};

/// The number of applications that are shown at a time.
const MOST: usize = 10;

impl Desk {
    /// Says who has applied and waits, each with a button that asks whether to accept them.
    pub(super) fn applications(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        self.must_answer(head, asker, now)?;
        let zone = zone::of(head)?;
        let all = waiting(head, now);
        if all.is_empty() {
            return Ok("No application waits for an answer.".to_owned().into());
        }
        let mut lines = Vec::new();
        let mut buttons = Vec::new();
        for it in all.iter().take(MOST) {
            let since = it.since.to_zoned(zone.clone()).date();
            lines.push(format!("{}, since {since}", words(&it.content)));
            let label = format!("Accept {}", it.content.name);
            buttons.push(Press::Ask(it.id.clone()).labelled(label));
        }
        if all.len() > MOST {
            lines.push(format!("and {} more", all.len() - MOST));
        }
        lines.push("The pages show all that they said; there they are declined, too.".to_owned());
        Ok(Reply { text: lines.join("\n"), buttons })
    }

    /// Asks whether somebody is really to become a member.
    pub(super) fn ask_to_accept(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        account: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        self.must_answer(head, asker, now)?;
        let it = one(head, id, now)?;
        let text =
            format!("Make a member of {}? They are welcomed by mail at once.", words(&it.content));
        let yes = once(Act::Join(it.id), account, now);
        Ok(Reply { text, buttons: vec![yes.button(), Press::Nothing.button()] })
    }

    /// Makes a member of somebody who waits; the author of the change is whoever pressed.
    pub(super) fn accept(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        id: &str,
        now: Timestamp,
    ) -> Result<String, AppError> {
        self.must_answer(head, asker, now)?;
        let it = one(head, id, now)?;
        let by = joining::author(asker.id);
        let joined = joining::accept::accept(head.store(), &it.id, Some(&by), now)?;
        let welcome = match &joined.unsent {
            None => "the welcome was sent".to_owned(),
            Some(why) => format!("the welcome waits: {why}"),
        };
        Ok(format!("{} {} is a member now; {welcome}.", joined.id, joined.name))
    }

    /// Refuses whoever may not answer applications here.
    fn must_answer(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        now: Timestamp,
    ) -> Result<(), AppError> {
        asker.must_be_active(head, now)?;
        match chat::is_in(head, &self.chat, &self.answering, asker.id, now)? {
            true => Ok(()),
            false => Err(AppError::user("applications are not for you to answer from here")),
        }
    }
}

fn waiting(head: &Revision<'_>, now: Timestamp) -> Vec<Waiting<Application>> {
    let mut all = joining::applications(head.store()).all(now);
    all.retain(|it| it.stage == Stage::Admin);
    all
}

fn one(head: &Revision<'_>, id: &str, now: Timestamp) -> Result<Waiting<Application>, AppError> {
    let found = waiting(head, now).into_iter().find(|it| it.id == id);
    found.ok_or_else(|| AppError::user("that application was answered already, or is gone"))
}

/// Says who it is, and as what they apply.
fn words(it: &Application) -> String {
    match it.children.len() {
        0 => format!("{} ({})", it.name, it.tier),
        1 => format!("{} ({}, with a child)", it.name, it.tier),
        children => format!("{} ({}, with {children} children)", it.name, it.tier),
    }
}
