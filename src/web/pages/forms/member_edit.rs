//! Changes a member. What is personal is not filled in: a new value replaces it, unseen.

use maud::{Markup, html};

use super::{
    desk::Desk,
    dues_fields,
    form::Form,
    member_add, pays_by,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::{
        model::Member,
        ops::{self, Field, Plan},
    },
    web::fields::Fields,
};

/// Changes the fields that are filled in.
pub(super) struct EditMember;

impl Form for EditMember {
    const PATH: &'static str = "/members/edit";
    const TITLE: &'static str = "Change a member";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (id, member) = desk.subject(fields)?;
        let mut fields = fields.clone();
        if !fields.is_ticked("name") {
            fill_in(desk, &mut fields, &member)?;
        }
        let concession = if member.concession {
            "there is one; a new reason replaces it"
        } else {
            "kept with the personal data"
        };
        let known = look_up::contact(&desk.head, id).unwrap_or_default();
        let contact = "What is known is not shown here. What is left empty stays as it is.";
        Ok(html! {
            input type="hidden" name="member" value=(id);
            p { (id) " " (member.name) }
            (fields.line("name", "Name", ""))
            (fields.choice("tier", "Tier", &desk.tiers()))
            (fields.input("date", "joined", "First day of membership", ""))
            (dues_fields::inputs(desk, &fields, concession))
            (pays_by::input(desk, &fields, &known))
            @if member.concession {
                (fields.tick("no-concession", "yes", "The dues are no longer reduced"))
            }
            (member_add::contact("New", contact, &fields))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (id, member) = desk.subject(fields)?;
        let text = |name: &str| fields.get(name).map(ToOwned::to_owned);
        let new = |name: &str| Field::of(text(name), false);
        let (tier, _) = look_up::tier(&desk.head, fields.text("tier")).at("tier")?;
        let name = text("name").ok_or_else(|| Wrong::missing("name", "the name"))?;
        let joined = desk.maybe_day(fields, "joined")?;
        let born = fields.get("born").map(str::parse).transpose().at("born")?;
        let parent = desk.maybe_member(fields, "parent")?;
        let chosen = dues_fields::chosen(desk, fields)?;
        let known = look_up::contact(&desk.head, id).unwrap_or_default().pays_by;
        let pays_by = pays_by::read(fields)?.unwrap_or_else(|| known.clone());
        let request = ops::member::Edit {
            name: Some(name).filter(|it| *it != member.name),
            tier: Some(tier).filter(|it| *it != member.tier),
            joined: joined.filter(|it| *it != member.joined),
            parent: Field::changed(parent, member.parent),
            concession: Field::of(text("concession"), fields.is_ticked("no-concession")),
            chosen_amount: Field::changed(chosen, member.chosen_amount),
            email: new("email"),
            phone: new("phone"),
            address: new("address"),
            born: Field::of(born, false),
            pays_by: Field::changed(pays_by, known),
            ..ops::member::Edit::default()
        };
        Ok(ops::member::edit(&desk.head, id, request)?)
    }
}

/// Fills in what may be shown of a member.
fn fill_in(desk: &Desk<'_>, fields: &mut Fields, member: &Member) -> Result<(), AppError> {
    let currency = look_up::currency(&desk.head)?;
    let chosen = member.chosen_amount.map(|it| currency.amount(it).to_string());
    for (name, value) in [
        ("name", Some(member.name.clone())),
        ("tier", Some(member.tier.to_string())),
        ("joined", Some(member.joined.to_string())),
        ("parent", member.parent.map(|it| it.to_string())),
        ("chosen", chosen),
    ] {
        fields.set(name, &value.unwrap_or_default());
    }
    Ok(())
}
