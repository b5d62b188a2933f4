//! The whole reason of a decision: every rule and commit that led to it.

use maud::{Markup, html};

use crate::{
    app::why::Answer,
    domain::model::{AccessResult, Reason},
};

/// Shows why a member may or may not open a facility.
pub(super) fn answer(it: &Answer, facility: &str) -> Markup {
    let good = it.result != AccessResult::Denied;
    html! {
        section {
            h3 {
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
                                a href={ "/history/" (change.commit) } { (change.commit.short()) }
                                " " (change.when) ", " (change.author) ": " (change.what)
                            }
                        }
                    }
                }
            }
        }
    }
}
