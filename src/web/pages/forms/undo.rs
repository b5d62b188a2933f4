//! Undoes a change.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, onward::BACK, wrong::Wrong};
use crate::{
    app::{AppError, view::local},
    config::Role,
    domain::{model::CommitId, ops::Plan, records},
    web::fields::Fields,
};

/// Reverts a commit, as a new one.
pub(super) struct Undo;

impl Form for Undo {
    const PATH: &'static str = "/undo";
    const TITLE: &'static str = "Undo a change";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let commit = match fields.get("commit") {
            Some(text) => desk.site.store.resolve(text)?,
            None => desk.head.id(),
        };
        let entry = desk.site.store.log_entry(commit)?;
        Ok(html! {
            input type="hidden" name="commit" value=(commit);
            p { "The change: " strong { (records::in_words(&desk.head, &entry.subject)) } }
            p.faint { "by " (entry.author.name) ", " (local(entry.time, &desk.zone)) }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let store = &desk.site.store;
        let commit = match fields.get("commit") {
            Some(text) => store.resolve(text)?,
            None => desk.head.id(),
        };
        let own = store.log_entry(commit)?.author.email == desk.visitor.author.email;
        if !own && desk.visitor.role < Role::Admin {
            let message = "your login may only undo what it has done itself";
            return Err(AppError::user(message).hint("ask an admin").into());
        }
        Ok(Plan::from(store.revert(commit, desk.head.id())?))
    }
}

/// Shows the button that undoes a change.
pub(in crate::web::pages) fn button(commit: CommitId, back: &str) -> Markup {
    html! {
        form method="post" action=(Undo::PATH) {
            input type="hidden" name="commit" value=(commit);
            input type="hidden" name=(BACK) value=(back);
            button.quiet { "Undo" }
        }
    }
}
