//! Changes a requirement.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, requirement_fields, timespec, wrong::Wrong};
use crate::{
    app::{AppError, look_up, reach},
    config::Role,
    domain::ops::{self, Field, Plan},
    web::fields::Fields,
};

/// Changes the requirement with a tag.
pub(super) struct ChangeRequirement;

impl Form for ChangeRequirement {
    const PATH: &'static str = "/requirements/change";
    const TITLE: &'static str = "Change a requirement";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (facility, tag, former) = look_up::requirement(&desk.head, fields.text("tag"))?;
        let mut fields = fields.clone();
        if !fields.is_ticked("facility") {
            fields.set("facility", facility.as_str());
            fields.set("priority", &former.priority.to_string());
            fields.set("description", former.description.as_deref().unwrap_or_default());
            if former.arm.is_some() {
                fields.set("arm", "first-grant");
            }
            timespec::fill_in(desk, &mut fields, &former.timespec);
        }
        Ok(html! {
            input type="hidden" name="tag" value=(tag);
            p { "The requirement " code { (tag.short()) } " of " (facility) }
            (requirement_fields::inputs(desk, &fields))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (facility, tag, former) = look_up::requirement(&desk.head, fields.text("tag"))?;
        let new = requirement_fields::facility(desk, fields)?;
        let priority = requirement_fields::priority(fields)?;
        let description = fields.get("description").map(ToOwned::to_owned);
        let arm = requirement_fields::arm(fields);
        let request = ops::requirement::Set {
            facility: Some(new).filter(|it| *it != facility),
            priority: Some(priority).filter(|it| *it != former.priority),
            timespec: timespec::read_over(desk, fields, &tag, &former.timespec)?,
            description: Field::changed(description, former.description),
            arm: Field::changed(arm, former.arm),
            tag,
        };
        let mut plan = ops::requirement::set(&desk.head, request)?;
        plan.notes.extend(reach::of_change(&desk.head, &plan.change, desk.now));
        Ok(plan)
    }

    fn more(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, Wrong> {
        let (_, tag, _) = look_up::requirement(&desk.head, fields.text("tag"))?;
        Ok(timespec::windows(desk, &timespec::read(desk, fields, &tag)?))
    }
}
