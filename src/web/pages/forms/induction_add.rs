//! Records that a member was shown how to use a facility.

use maud::{Markup, html};

use super::{
    desk::Desk,
    form::Form,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::ops::{self, Plan},
    web::fields::Fields,
};

/// Records an induction.
pub(super) struct AddInduction;

impl Form for AddInduction {
    const PATH: &'static str = "/inductions/add";
    const TITLE: &'static str = "Record an induction";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let hint = "a number, a name, or the beginning of a name";
        Ok(html! {
            (desk.member_line(fields, "member", "Member", hint))
            (fields.choice("facility", "Facility", &desk.facilities()))
            (desk.member_line(fields, "by", "Given by", "an inductor of that facility"))
            (fields.input("date", "on", "On", "today, unless given"))
            (fields.tick("inductor", "yes", "The member may induct others from now on"))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let head = &desk.head;
        let member = desk.maybe_member(fields, "member")?;
        let by = desk.maybe_member(fields, "by")?;
        let inductor = fields.is_ticked("inductor");
        let request = ops::induction::Add {
            member: member.ok_or_else(|| Wrong::missing("member", "the member"))?,
            facility: look_up::facility(head, fields.text("facility")).at("facility")?.0,
            on: desk.day(fields, "on")?,
            by,
            inductor,
        };
        // Whoever may let others in without having been let in is for admins to say.
        if desk.visitor.role < Role::Admin && (by.is_none() || inductor) {
            let message = "only an admin names inductors, or records an induction without one";
            return Err(AppError::user(message)).at(if inductor { "inductor" } else { "by" });
        }
        Ok(ops::induction::add(head, request)?)
    }
}
