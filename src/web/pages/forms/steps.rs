//! The steps of every form: filled in, shown what will change, committed on the records that were seen.

use std::sync::Arc;

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get},
};
use maud::html;

use super::{
    confirm,
    desk::Desk,
    form::Form,
    onward::{BACK, done_page, here},
    preview,
    wrong::Wrong,
};
use crate::{
    app::carry_out,
    web::{
        Event, Site, answer,
        fields::Fields,
        pages::frame::{Frame, Instead},
    },
};

/// The field that says which button was pressed.
const STEP: &str = "step";
/// The field with the commit that the form was filled in on.
const BASE: &str = "base";

/// Returns what is served at a form's address.
pub(super) fn form<F: Form>() -> MethodRouter<Arc<Site>> {
    get(|frame: Frame, fields: Fields| async move { fill_in::<F>(&frame, fields, None).await })
        .post(|frame: Frame, fields: Fields| async move { submit::<F>(&frame, fields).await })
}

/// Shows the inputs, and what was wrong with them: above all, and beside the field.
async fn fill_in<F: Form>(frame: &Frame, mut fields: Fields, wrong: Option<Wrong>) -> Response {
    if !frame.may(F::ROLE) {
        return not_allowed(frame).into_response();
    }
    if let Some(Wrong { field: Some(field), error }) = &wrong {
        fields.blame(field, &error.message);
    }
    let (visitor, shown) = (frame.visitor.clone(), fields.clone());
    let worked = frame.site.work(move |site| {
        let desk = Desk::at(site, &visitor, None)?;
        let inputs = F::inputs(&desk, &fields)?;
        Ok((inputs, fields.get(BACK).map(ToOwned::to_owned)))
    });
    let (inputs, back) = match worked.await {
        Ok(worked) => worked,
        Err(error) => return frame.fail(&error).into_response(),
    };
    let asked = confirm::input(&shown, wrong.as_ref().map(|it| &it.error));
    let status = wrong.as_ref().map_or(StatusCode::OK, |it| match confirm::is_asked(&it.error) {
        true => StatusCode::UNPROCESSABLE_ENTITY, // nothing is broken
        false => answer::status(&it.error),
    });
    let content = html! {
        @if let Some(wrong) = &wrong {
            (frame.trouble(&wrong.error))
            @if let Some(field) = wrong.field { p { a href={ "#" (field) "-wrong" } { "To the field" } } }
        }
        form method="post" action=(F::PATH) {
            // The first button is the one that the Enter key presses.
            button.skip tabindex="-1" aria-hidden="true" { "Show what will change" }
            @if let Some(back) = &back { input type="hidden" name=(BACK) value=(back); }
            (inputs)
            (asked)
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
    let worked = try_on(frame, move |site| {
        let desk = Desk::at(site, &visitor, None)?;
        let mut plan = F::plan(&desk, &sent)?;
        plan.change.confirmed = confirm::typed(&sent)?;
        carry_out::check_meaning(&desk.head, &plan, desk.now)?;
        let preview = carry_out::preview(&desk.head, &plan, desk.now)?;
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
    let worked = try_on(frame, move |site| {
        let desk = Desk::at(site, &visitor, base.as_deref())?;
        let mut plan = F::plan(&desk, &sent)?;
        plan.change.confirmed = confirm::typed(&sent)?;
        carry_out::check_meaning(&desk.head, &plan, desk.now)?;
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
            Instead::see(&done_page(commit, back)).into_response()
        }
        Err(error) => fill_in::<F>(frame, fields, Some(error)).await,
    }
}

/// Does work whose error may be about a field.
async fn try_on<T: Send + 'static>(
    frame: &Frame,
    job: impl FnOnce(&Site) -> Result<T, Wrong> + Send + 'static,
) -> Result<T, Wrong> {
    frame.site.work(|site| Ok(job(site))).await?
}

fn not_allowed(frame: &Frame) -> Instead {
    frame.refuse("Your login may not do this: ask an admin.")
}
