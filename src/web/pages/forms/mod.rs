//! Forms that change records: filled in, shown what will change, and only then committed.
//!
//! A form is [`Form`]: its inputs, and the plan that they stand for. Everything else is the same for
//! all of them: the preview in words, the commit on the records that were seen, and the way to undo
//! it.

mod credential_add;
mod credential_replace;
mod credential_revoke;
mod done;
mod induction_add;
mod member_add;
mod member_edit;
mod member_leave;
mod member_suspend;
mod preview;
mod undo;

use std::sync::Arc;

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get},
};
use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};

use super::{
    fields::Fields,
    frame::{Frame, Instead},
};
use crate::{
    app::{AppError, carry_out, zone},
    config::Role,
    domain::ops::Plan,
    store::Revision,
    web::{Event, Site, answer, login::Visitor},
};

/// The field that says which button was pressed.
const STEP: &str = "step";
/// The field with the commit that the form was filled in on.
const BASE: &str = "base";
/// The field with the page to return to.
const BACK: &str = "back";

/// A form that changes records.
trait Form: 'static {
    /// Its address.
    const PATH: &'static str;
    /// Its title: what it does.
    const TITLE: &'static str;
    /// Who may use it.
    const ROLE: Role;

    /// Returns the inputs, filled in.
    ///
    /// # Errors
    /// What it is about does not exist.
    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError>;

    /// Returns what is to be written.
    ///
    /// # Errors
    /// What was filled in is not valid.
    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError>;

    /// Returns what the preview shows besides the change.
    ///
    /// # Errors
    /// What was filled in is not valid.
    fn more(_: &Desk<'_>, _: &Fields) -> Result<Markup, AppError> {
        Ok(html! {})
    }
}

/// What a form is filled in on.
struct Desk<'r> {
    site: &'r Site,
    head: Revision<'r>,
    zone: TimeZone,
    now: Timestamp,
    visitor: &'r Visitor,
}

impl<'r> Desk<'r> {
    /// Takes the records of a commit, by default the newest one.
    fn at(site: &'r Site, visitor: &'r Visitor, commit: Option<&str>) -> Result<Self, AppError> {
        let commit = match commit {
            Some(text) => site.store.resolve(text)?,
            None => site.store.head()?,
        };
        let head = site.store.read(commit)?;
        let zone = zone::of(&head)?;
        Ok(Self { site, head, zone, now: site.now(), visitor })
    }
}

/// Returns all forms.
pub(super) fn router() -> Router<Arc<Site>> {
    let router = Router::new().route("/done/{commit}", get(done::page));
    fn add<F: Form>(router: Router<Arc<Site>>) -> Router<Arc<Site>> {
        router.route(F::PATH, form::<F>())
    }
    let router = add::<credential_add::AddCredential>(router);
    let router = add::<credential_replace::ReplaceCredential>(router);
    let router = add::<credential_revoke::RevokeCredential>(router);
    let router = add::<induction_add::AddInduction>(router);
    let router = add::<member_add::AddMember>(router);
    let router = add::<member_edit::EditMember>(router);
    let router = add::<member_leave::LeaveOrReturn>(router);
    let router = add::<member_suspend::SuspendOrReinstate>(router);
    add::<undo::Undo>(router)
}

fn form<F: Form>() -> MethodRouter<Arc<Site>> {
    get(|frame: Frame, fields: Fields| async move { fill_in::<F>(&frame, fields, None).await })
        .post(|frame: Frame, fields: Fields| async move { submit::<F>(&frame, fields).await })
}

/// Shows the inputs, and above them what was wrong with them.
async fn fill_in<F: Form>(frame: &Frame, fields: Fields, wrong: Option<AppError>) -> Response {
    if !frame.may(F::ROLE) {
        return not_allowed(frame).into_response();
    }
    let visitor = frame.visitor.clone();
    let worked = frame.site.work(move |site| {
        let desk = Desk::at(site, &visitor, None)?;
        let inputs = F::inputs(&desk, &fields)?;
        Ok((inputs, fields.get(BACK).map(ToOwned::to_owned)))
    });
    let (inputs, back) = match worked.await {
        Ok(worked) => worked,
        Err(error) => return frame.fail(&error).into_response(),
    };
    let status = wrong.as_ref().map_or(StatusCode::OK, answer::status);
    let content = html! {
        @if let Some(wrong) = &wrong { (frame.trouble(wrong)) }
        form method="post" action=(F::PATH) {
            // The first button is the one that the Enter key presses.
            button.skip tabindex="-1" aria-hidden="true" { "Show what will change" }
            @if let Some(back) = &back { input type="hidden" name=(BACK) value=(back); }
            (inputs)
            div.buttons {
                button { "Show what will change" }
                @if let Some(back) = here(back.as_deref()) { a.button.quiet href=(back) { "Cancel" } }
            }
        }
    };
    (status, frame.page(F::TITLE, &content)).into_response()
}

/// Shows what will change, or changes it.
async fn submit<F: Form>(frame: &Frame, mut fields: Fields) -> Response {
    if !frame.may(F::ROLE) {
        return not_allowed(frame).into_response();
    }
    let step = fields.remove(STEP).unwrap_or_default();
    let base = fields.remove(BASE);
    match step.as_str() {
        "edit" => fill_in::<F>(frame, fields, None).await,
        "commit" => commit::<F>(frame, fields, base).await,
        _ => show::<F>(frame, fields).await,
    }
}

/// Shows what will change.
async fn show<F: Form>(frame: &Frame, fields: Fields) -> Response {
    let (visitor, sent) = (frame.visitor.clone(), fields.clone());
    let worked = frame.site.work(move |site| {
        let desk = Desk::at(site, &visitor, None)?;
        let plan = F::plan(&desk, &sent)?;
        let preview = carry_out::preview(&desk.head, &plan)?;
        let content = html! {
            (preview::markup(site, &desk.head, &plan, &preview))
            (F::more(&desk, &sent)?)
        };
        Ok((content, desk.head.id()))
    });
    let (content, base) = match worked.await {
        Ok(shown) => shown,
        Err(error) => return fill_in::<F>(frame, fields, Some(error)).await,
    };
    let content = html! {
        (content)
        form.buttons method="post" action=(F::PATH) {
            (fields.hidden())
            input type="hidden" name=(BASE) value=(base);
            button name=(STEP) value="commit" { "Do it" }
            button.quiet name=(STEP) value="edit" { "Back to the form" }
        }
    };
    frame.page(F::TITLE, &content).into_response()
}

/// Commits it, on the records that were seen.
async fn commit<F: Form>(frame: &Frame, fields: Fields, base: Option<String>) -> Response {
    let (visitor, sent) = (frame.visitor.clone(), fields.clone());
    let worked = frame.site.work(move |site| {
        let desk = Desk::at(site, &visitor, base.as_deref())?;
        let plan = F::plan(&desk, &sent)?;
        let done = carry_out::carry_out_as(&desk.head, &plan, &visitor.author, desk.now)?;
        site.tell(&Event::Changed {
            by: visitor.login.clone(),
            subject: plan.change.subject.to_string(),
            commit: done.commit,
        });
        Ok(done.commit)
    });
    match worked.await {
        Ok(commit) => {
            let back = here(fields.get(BACK)).unwrap_or("/");
            let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            Instead::see(&format!("/done/{commit}?{BACK}={back}")).into_response()
        }
        Err(error) => fill_in::<F>(frame, fields, Some(error)).await,
    }
}

fn not_allowed(frame: &Frame) -> Instead {
    frame.refuse("Your login may not do this: ask an admin.")
}

/// Returns the path of a page here; `None` for anything else, such as another site.
fn here(path: Option<&str>) -> Option<&str> {
    path.filter(|it| it.starts_with('/') && !it.starts_with("//") && !it.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(here(Some("/members/0001?x=1")), Some("/members/0001?x=1"));
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "x"] {
            assert_eq!(here(Some(elsewhere)), None, "{elsewhere}");
        }
    }
}
