//! Changes a member. What is personal is not filled in: a new value replaces it, unseen.

use maud::{Markup, html};

use super::{desk::Desk, form::Form, member_add::tiers};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::ops::{self, Field, Plan},
    web::pages::fields::Fields,
};

/// Changes the fields that are filled in.
pub(super) struct EditMember;

impl Form for EditMember {
    const PATH: &'static str = "/members/edit";
    const TITLE: &'static str = "Change a member";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, member) = look_up::member(&desk.head, fields.text("member"))?;
        let mut fields = fields.clone();
        if !fields.is_ticked("name") {
            fields.set("name", &member.name);
            fields.set("tier", member.tier.as_str());
        }
        Ok(html! {
            input type="hidden" name="member" value=(id);
            (fields.line("name", "Name", ""))
            (fields.choice("tier", "Tier", &tiers(desk)))
            fieldset {
                legend { "Contact" }
                p.hint { "What is known is not shown here. What is left empty stays as it is." }
                (fields.input("email", "email", "New e-mail address", ""))
                (fields.input("tel", "phone", "New phone number", ""))
                (fields.line("address", "New address", ""))
                (fields.line("born", "New year and month of birth", "like 1990-04"))
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let (id, member) = look_up::member(&desk.head, fields.text("member"))?;
        let new =
            |name: &str| fields.get(name).map_or(Field::Keep, |text| Field::Set(text.to_owned()));
        let born = fields.get("born").map(str::parse).transpose().map_err(AppError::user)?;
        let (tier, _) = look_up::tier(&desk.head, fields.text("tier"))?;
        let name = fields.get("name").ok_or_else(|| AppError::user("the name is missing"))?;
        let request = ops::member::Edit {
            name: (name != member.name).then(|| name.to_owned()),
            tier: (tier != member.tier).then_some(tier),
            email: new("email"),
            phone: new("phone"),
            address: new("address"),
            born: born.map_or(Field::Keep, Field::Set),
            ..ops::member::Edit::default()
        };
        Ok(ops::member::edit(&desk.head, id, request)?)
    }
}
