//! The whole reason of a decision: every rule and commit that led to it.

use maud::{Markup, html};

use crate::{
    app::why::Answer,
    domain::model::{AccessResult, Reason},
};

/// Shows why a member may or may not open a facility; with links to the changes for whoever may see
/// the history.
pub(super) fn answer(it: &Answer, facility: &str, linked: bool) -> Markup {
    let good = it.result != AccessResult::Denied;
    html! {
        section {
            h2 {
                (facility) ": "
                span.good[good].bad[!good] { (it.result) }
                ", " (it.reason.map_or("has no credential", Reason::words))
            }
            @if it.held { p { "It is held unlocked: nobody needs a credential." } }
            ul.plain {
                @for step in &it.steps {
                    li {
                        @match step.holds {
                            Some(true) => span.good { "yes " },
                            Some(false) => span.bad { "no " },
                            None => span.faint { "– " },
                        }
                        (step.text)
                    }
                }
            }
            @if !it.changes.is_empty() {
                details {
                    summary { "The changes that it depends on" }
                    ul {
                        @for change in &it.changes {
                            li {
                                @let commit = change.commit.short();
                                @if linked {
                                    a href={ "/history/" (change.commit) } { (commit) }
                                } @else {
                                    (commit)
                                }
                                " " (change.when) ", " (change.author) ": " (change.what)
                            }
                        }
                    }
                }
            }
        }
    }
}
