//! A line for admins: how far the panel's records are from the shared repository, and what waits for an
//! answer.

use maud::{Markup, html};

use crate::{
    app::AppError,
    domain::model::Note,
    store::{WaitingQuestion, follow::CloneState},
    web::Site,
};

/// Shows it, if there is something to know.
///
/// # Errors
/// The questions cannot be read.
pub(super) fn note(site: &Site) -> Result<Markup, AppError> {
    let questions = site.store.questions()?;
    let CloneState { upstream, notes } = CloneState::of(&site.store, &mut None, site.now());
    let apart = upstream.filter(|it| {
        it.failed.is_some() || it.apart.is_some_and(|it| it.ahead > 0 || it.behind > 0)
    });
    Ok(html! {
        @for Note { text, .. } in &notes { p.note.warn { (text) } }
        @if let Some(upstream) = &apart {
            p.note {
                "Compared with " (upstream.url) ": " (upstream.words())
                @if upstream.failed.is_some() { "; the last fetch has not succeeded" }
            }
        }
        @if !questions.is_empty() {
            details.note.warn {
                summary {
                    @match questions.len() {
                        1 => "Two admins changed one thing differently: somebody has to decide",
                        n => { "Two admins changed " (n) " things differently: somebody has to decide" }
                    }
                }
                ul { @for it in &questions { li { (question(it)) } } }
                p { "Until then, what grants less stands. The command " code { "sync resolve" } " asks, where the records are." }
            }
        }
    })
}

/// Shows a question, without the values of what is personal.
fn question(it: &WaitingQuestion) -> Markup {
    let who = |who: &Option<crate::store::Who>| {
        who.as_ref().map_or_else(|| "somebody".to_owned(), |who| who.name.clone())
    };
    let field = if it.question.field.is_empty() { "all of it" } else { &it.question.field };
    html! { code { (it.question.path) } ": " (field) ", by " (who(&it.by_us)) " and " (who(&it.by_them)) }
}
