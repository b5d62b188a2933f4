//! Adds a member.

use maud::{Markup, html};

use super::{
    desk::Desk,
    dues_fields,
    form::Form,
    pays_by,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up, new_member},
    config::Role,
    domain::{
        model::Contact,
        ops::{self, Plan},
    },
    web::fields::Fields,
};

/// Adds a member, with the next free number.
pub(super) struct AddMember;

impl Form for AddMember {
    const PATH: &'static str = "/members/add";
    const TITLE: &'static str = "Add a member";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let tiers = desk.tiers();
        let mut fields = fields.clone();
        if !fields.is_ticked("tier") && tiers.iter().any(|(name, _)| name == "standard") {
            fields.set("tier", "standard");
        }
        Ok(html! {
            (fields.line("name", "Name", "as other members know them"))
            (fields.choice("tier", "Tier", &tiers))
            (fields.input("date", "joined", "First day of membership", "today, unless given"))
            (dues_fields::inputs(desk, &fields, "kept with the personal data"))
            (pays_by::input(desk, &fields, &Contact::default()))
            (contact("", "Kept in a file of its own, and shown only to whoever gives a reason.", &fields))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let head = &desk.head;
        let text = |name: &str| fields.get(name).map(ToOwned::to_owned);
        let request = ops::member::Add {
            id: head.next_member_id(),
            name: text("name").ok_or_else(|| Wrong::missing("name", "the name"))?,
            tier: look_up::tier(head, fields.text("tier")).at("tier")?.0,
            joined: desk.day(fields, "joined")?,
            parent: desk.maybe_member(fields, "parent")?,
            concession: text("concession"),
            chosen_amount: dues_fields::chosen(desk, fields)?,
            paid_until: None,
            contact: Contact {
                email: text("email"),
                phone: text("phone"),
                address: text("address"),
                born: fields.get("born").map(str::parse).transpose().at("born")?,
                pays_by: pays_by::read(fields)?.flatten(),
                ..Contact::default()
            },
        };
        Ok(new_member::plan(head, request)?)
    }
}

/// Shows the fields for contact data; `new` begins their labels.
pub(super) fn contact(new: &str, hint: &str, fields: &Fields) -> Markup {
    let label = |words: &str| match new {
        "" => words.to_owned(),
        new => format!("{new} {}", words.to_lowercase()),
    };
    html! {
        fieldset {
            legend { "Contact" }
            p.hint { (hint) }
            (fields.input("email", "email", &label("E-mail address"), ""))
            (fields.input("tel", "phone", &label("Phone"), ""))
            (fields.line("address", &label("Address"), ""))
            (fields.line("born", &label("Year and month of birth"), "like 1990-04"))
        }
    }
}
