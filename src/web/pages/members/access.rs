//! What a member may open and why, with every rule and change that led to it.

use axum::extract::Path;
use maud::html;

use crate::{
    app::{look_up, why::Question},
    config::Role,
    web::pages::{
        frame::{Frame, Shown},
        reasons,
    },
};

/// Explains what a member may open.
pub(super) async fn page(frame: Frame, Path(id): Path<String>) -> Shown {
    frame.require(Role::Desk, "see members")?;
    let worked = frame.site.work(move |site| {
        let (in_force, now) = (site.in_force()?, site.now());
        let question = Question::by(&site.store, in_force.index.commit(), None, now)?;
        let (id, member) = look_up::member(&question.revision, &id)?;
        let answers = question.answers(&in_force.index, id, &member)?;
        let name = |it: &crate::app::why::Answer| {
            let known = in_force.facilities.get(&it.facility);
            known.map_or_else(|| it.facility.to_string(), |facility| facility.name.clone())
        };
        let content = html! {
            @for it in &answers { (reasons::answer(it, &name(it), true)) }
            p { a href={ "/members/" (id) } { "Back to the member" } }
        };
        Ok((format!("{id} {}: what they may open", member.name), content))
    });
    let (title, content) = worked.await.map_err(|error| frame.fail(&error))?;
    Ok(frame.page(&title, &content))
}
