//! Adds a member.

use maud::{Markup, html};

use super::{desk::Desk, form::Form};
use crate::{
    app::{AppError, look_up, new_member, when},
    config::Role,
    domain::{
        model::{Contact, Slot},
        ops::{self, Plan},
    },
    web::pages::fields::Fields,
};

/// Adds a member, with the next free number.
pub(super) struct AddMember;

impl Form for AddMember {
    const PATH: &'static str = "/members/add";
    const TITLE: &'static str = "Add a member";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let tiers = tiers(desk);
        let mut fields = fields.clone();
        if fields.is_empty() && tiers.iter().any(|(name, _)| name == "standard") {
            fields.set("tier", "standard");
        }
        Ok(html! {
            (fields.line("name", "Name", "as other members know them"))
            (fields.choice("tier", "Tier", &tiers))
            (fields.input("date", "joined", "First day of membership", "today, unless given"))
            (fields.line("parent", "Parent", "a number or a name, if the member is a child"))
            fieldset {
                legend { "Contact" }
                p.hint { "Kept in a file of its own, and shown only to whoever gives a reason." }
                (fields.input("email", "email", "E-mail address", ""))
                (fields.input("tel", "phone", "Phone", ""))
                (fields.line("address", "Address", ""))
                (fields.line("born", "Year and month of birth", "like 1990-04"))
            }
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let head = &desk.head;
        let (tier, _) = look_up::tier(head, fields.text("tier"))?;
        let parent = fields.get("parent").map(|text| look_up::member_id(head, text)).transpose()?;
        let text = |name: &str| fields.get(name).map(ToOwned::to_owned);
        let born = fields.get("born").map(str::parse).transpose();
        let request = ops::member::Add {
            id: head.next_member_id(),
            name: fields.get("name").ok_or_else(|| AppError::user("the name is missing"))?.into(),
            tier,
            joined: when::day(fields.get("joined").unwrap_or("today"), &desk.zone, desk.now)?,
            parent,
            concession: None,
            chosen_amount: None,
            paid_until: None,
            contact: Contact {
                email: text("email"),
                phone: text("phone"),
                address: text("address"),
                born: born.map_err(AppError::user)?,
                ..Contact::default()
            },
        };
        new_member::plan(head, request)
    }
}

/// Returns the tiers with their names.
pub(super) fn tiers(desk: &Desk<'_>) -> Vec<(String, String)> {
    let (basis, _) = desk.head.basis();
    let tiers = basis.tiers.iter();
    tiers
        .filter_map(|(name, slot)| match slot {
            Slot::Read(tier) => Some((name.to_string(), tier.name.clone())),
            _ => None,
        })
        .collect()
}
