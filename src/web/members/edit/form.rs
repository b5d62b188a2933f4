//! The form, with what is known.

use maud::{Markup, html};

use crate::{
    app::{AppError, look_up, texts::Texts},
    domain::model::OwnField,
    web::{fields::Fields, members::session::Own},
};

/// Fills in what is on record.
///
/// # Errors
/// The contact data cannot be read.
pub(super) fn known(own: &Own<'_>) -> Result<Fields, AppError> {
    let (member, contact) = (&own.member, look_up::contact(&own.head, own.id)?);
    let chosen = member.chosen_amount.map(|it| own.currency().amount(it).to_string());
    let mut fields = Fields::default();
    for (name, value) in [
        ("name", Some(member.name.clone())),
        ("tier", Some(member.tier.to_string())),
        ("email", contact.email),
        ("phone", contact.phone),
        ("address", contact.address),
        ("born", contact.born.map(|it| it.to_string())),
        ("concession", contact.concession_reason),
        ("chosen-amount", chosen),
    ] {
        fields.set(name, &value.unwrap_or_default());
    }
    for (name, is) in [("news", contact.news), ("named", contact.named)] {
        if is {
            fields.set(name, "yes");
        }
    }
    Ok(fields)
}

/// Returns the tiers to choose from: those for newcomers, and the member's own.
pub(super) fn tiers(own: &Own<'_>) -> Vec<(String, String)> {
    let offered = &own.space.joining.tiers;
    let basis = own.head.basis().0;
    let may =
        basis.tiers.iter().filter(|(slug, _)| offered.contains(slug) || **slug == own.member.tier);
    let named = may.map(|(slug, it)| {
        (slug.to_string(), it.get().map_or_else(|| slug.to_string(), |it| it.name.clone()))
    });
    named.collect()
}

/// Shows the form.
pub(super) fn form(own: &Own<'_>, texts: Texts, fields: &Fields) -> Markup {
    let asks = |field: OwnField| {
        if own.space.self_service.change.contains(&field) {
            String::new()
        } else {
            texts.say("edit-asks")
        }
    };
    let hint = |field: OwnField, more: &str| {
        [more.to_owned(), asks(field)]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    html! {
        form method="post" action="/editme" {
            (fields.line("name", &texts.say("edit-name"), &hint(OwnField::Name, "")))
            (fields.input(
                "email",
                "email",
                &texts.say("edit-email"),
                &hint(OwnField::Email, &texts.say("edit-email-hint")),
            ))
            (fields.input("tel", "phone", &texts.say("edit-phone"), &hint(OwnField::Phone, "")))
            (fields.area("address", &texts.say("edit-address"), &hint(OwnField::Address, "")))
            (fields.input(
                "month",
                "born",
                &texts.say("edit-born"),
                &hint(OwnField::Born, ""),
            ))
            @if own.member.parent.is_none() {
                (fields.choice("tier", &texts.say("edit-tier"), &tiers(own)))
                @if !asks(OwnField::Tier).is_empty() { p.hint { (asks(OwnField::Tier)) } }
                (fields.line(
                    "concession",
                    &texts.say("edit-concession"),
                    &hint(OwnField::Concession, &texts.say("edit-concession-hint")),
                ))
                (fields.line(
                    "chosen-amount",
                    &texts.say("edit-chosen"),
                    &hint(OwnField::ChosenAmount, &texts.say("edit-chosen-hint")),
                ))
            }
            (fields.tick("news", "yes", &texts.say("edit-news")))
            (fields.tick("named", "yes", &texts.say("edit-named")))
            div.buttons {
                button { (texts.say("edit-look")) }
                a.button.quiet href="/profile" { (texts.say("edit-cancel")) }
            }
        }
    }
}
