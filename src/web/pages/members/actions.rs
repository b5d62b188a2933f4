//! What a login may do about a member: links to the forms.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::{
    config::Role,
    domain::model::{CredentialType, Member, MemberId, Tag},
    web::pages::{frame::Frame, link},
};

/// Shows the links of a member.
pub(super) fn of(frame: &Frame, id: MemberId, member: &Member, today: Date) -> Markup {
    let suspended = member.suspension().is_some_and(|it| !it.is_over(today));
    let (id, here) = (id.to_string(), format!("/members/{id}"));
    let to = |path: &str| link::to(path, &[("member", &id), ("back", &here)]);
    let history = link::to("/history", &[("about", &id)]);
    html! {
        div.buttons {
            a.button href=(to("/credentials/add")) { "Hand out a fob" }
            a.button.quiet href=(to("/inductions/add")) { "Record an induction" }
            a.button.quiet href=(to("/members/nudge")) { "Ask about dues" }
            a.button.quiet href=(to("/members/welcome")) { "Send the welcome again" }
            @if frame.may(Role::Admin) {
                a.button.quiet href=(to("/payments/add")) { "Record a payment" }
                a.button.quiet href=(to("/members/edit")) { "Edit" }
                a.button.quiet href=(to("/members/suspend")) {
                    @if suspended { "Reinstate" } @else { "Suspend" }
                }
                a.button.quiet href=(to("/members/leave")) {
                    @if member.left.is_some() { "Return" } @else { "Leave" }
                }
            }
            a href=(link::to("/", &[("member", &id)])) { "Activity" }
            a href=(history) { "History" }
        }
    }
}

/// Shows the links of a credential.
pub(super) fn of_credential(
    frame: &Frame,
    id: MemberId,
    tag: &Tag,
    kind: CredentialType,
) -> Markup {
    let here = format!("/members/{id}");
    let to = |path: &str| link::to(path, &[("tag", tag.as_str()), ("back", &here)]);
    html! {
        a.button.quiet href=(to("/credentials/replace")) { "Replace " (kind) " " (tag.short()) }
        @if frame.may(Role::Admin) {
            a.button.quiet href=(to("/credentials/revoke")) { "Revoke " (kind) " " (tag.short()) }
        }
    }
}
