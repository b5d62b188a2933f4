//! Adds a requirement.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, requirement_fields, timespec, wrong::Wrong};
use crate::{
    app::{AppError, reach},
    config::Role,
    domain::{
        model::{Requirement, Tag},
        ops::{self, Plan},
    },
    web::fields::Fields,
};

/// Adds a requirement to a facility.
pub(super) struct AddRequirement;

impl Form for AddRequirement {
    const PATH: &'static str = "/requirements/add";
    const TITLE: &'static str = "Add a requirement";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let mut fields = fields.clone();
        if !fields.is_ticked("when") {
            fields.set("when", "weekly");
            fields.set("priority", "1");
        }
        // The same one in the preview and in the commit, and sent twice it is refused.
        let tag = fields.get("tag").map_or_else(|| Tag::random().to_string(), ToOwned::to_owned);
        Ok(html! {
            input type="hidden" name="tag" value=(tag);
            (requirement_fields::inputs(desk, &fields))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let tag = tag(fields)?;
        let requirement = Requirement {
            priority: requirement_fields::priority(fields)?,
            description: fields.get("description").map(ToOwned::to_owned),
            arm: requirement_fields::arm(fields),
            timespec: timespec::read(desk, fields, &tag)?,
        };
        let facility = requirement_fields::facility(desk, fields)?;
        let mut plan = ops::requirement::add(&desk.head, &facility, tag, requirement)?;
        plan.notes.extend(reach::of_change(&desk.head, &plan.change, desk.now));
        Ok(plan)
    }

    fn more(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, Wrong> {
        Ok(timespec::windows(desk, &timespec::read(desk, fields, &tag(fields)?)?))
    }
}

fn tag(fields: &Fields) -> Result<Tag, Wrong> {
    Ok(fields.get("tag").map(str::parse).transpose()?.unwrap_or_else(Tag::random))
}
