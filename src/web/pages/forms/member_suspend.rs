//! Suspends a member, moves the end of the suspension, or ends it.

use maud::{Markup, html};

use super::{
    desk::Desk,
    form::Form,
    wrong::{At as _, Wrong},
};
use crate::{
    app::AppError,
    config::Role,
    domain::{
        model::{Member, Suspension},
        ops::{self, Plan},
    },
    web::fields::Fields,
};

/// Suspends a member; or gives the suspension of one who is another end, or ends it.
pub(super) struct SuspendOrReinstate;

impl Form for SuspendOrReinstate {
    const PATH: &'static str = "/members/suspend";
    const TITLE: &'static str = "Suspend or reinstate";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, member) = desk.subject(fields)?;
        Ok(html! {
            input type="hidden" name="member" value=(id);
            @match suspension(desk, &member) {
                Some(suspension) => {
                    p { (id) " " (member.name) " has been suspended since " (suspension) "." }
                    (fields.input(
                        "date", "until", "Until",
                        "the first day on which they may come again; unless given, the suspension ends now",
                    ))
                }
                None => {
                    p { (id) " " (member.name) " is suspended: no credential opens anything." }
                    (fields.line("reason", "Reason", "kept with the personal data"))
                    (fields.input("date", "since", "From", "today, unless given"))
                    (fields.input(
                        "date", "until", "Until",
                        "the first day on which they may come again; unless given, somebody ends it",
                    ))
                }
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (id, member) = desk.subject(fields)?;
        let until = fields.get("until").map(|_| desk.day(fields, "until")).transpose()?;
        let (times, reason) = match (suspension(desk, &member), until) {
            (Some(_), None) => return Ok(ops::member::resume(&desk.head, id)?),
            (Some(former), until) => (Suspension { until, ..former }, None),
            (None, until) => {
                let reason = fields.get("reason");
                let reason = reason.ok_or_else(|| Wrong::missing("reason", "the reason"))?;
                (Suspension { since: desk.day(fields, "since")?, until }, Some(reason.to_owned()))
            }
        };
        ops::member::suspend(&desk.head, id, times, reason).at("until")
    }
}

/// Returns the suspension that is not over today.
fn suspension(desk: &Desk<'_>, member: &Member) -> Option<Suspension> {
    member.suspension().filter(|it| !it.is_over(desk.now.to_zoned(desk.zone.clone()).date()))
}
