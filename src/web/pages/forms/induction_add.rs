//! Records that a member was shown how to use a facility.

use maud::{Markup, html};

use super::{desk::Desk, form::Form};
use crate::{
    app::{AppError, look_up, when},
    config::Role,
    domain::ops::{self, Plan},
    web::pages::fields::Fields,
};

/// Records an induction.
pub(super) struct AddInduction;

impl Form for AddInduction {
    const PATH: &'static str = "/inductions/add";
    const TITLE: &'static str = "Record an induction";
    const ROLE: Role = Role::Desk;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (basis, _) = desk.head.basis();
        let facilities = basis.facilities.iter();
        let named = facilities
            .filter_map(|(slug, it)| Some((slug.to_string(), it.facility.get()?.name.clone())));
        let named: Vec<_> = named.collect();
        Ok(html! {
            (fields.line("member", "Member", "a number, a name, or the beginning of a name"))
            (fields.choice("facility", "Facility", &named))
            (fields.line("by", "Given by", "an inductor of that facility"))
            (fields.input("date", "on", "On", "today, unless given"))
            (fields.tick("inductor", "yes", "The member may induct others from now on"))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let head = &desk.head;
        let by = fields.get("by").map(|text| look_up::member_id(head, text)).transpose()?;
        let missing = || AppError::user("the member is missing");
        let inductor = fields.is_ticked("inductor");
        let request = ops::induction::Add {
            member: look_up::member_id(head, fields.get("member").ok_or_else(missing)?)?,
            facility: look_up::facility(head, fields.text("facility"))?.0,
            on: when::day(fields.get("on").unwrap_or("today"), &desk.zone, desk.now)?,
            by,
            inductor,
        };
        // Whoever may let others in without having been let in is for admins to say.
        if desk.visitor.role < Role::Admin && (by.is_none() || inductor) {
            let message = "only an admin names inductors, or records an induction without one";
            return Err(AppError::user(message));
        }
        Ok(ops::induction::add(head, request)?)
    }
}
