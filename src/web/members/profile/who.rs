//! Who somebody is to the space.

use maud::{Markup, html};

use crate::{
    app::texts::Texts,
    web::members::{moment::of_day, session::Own},
};

/// Shows the number, the tier and the standing.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Markup {
    let member = &own.member;
    let tier = own.tier_name(&member.tier);
    let standing = texts.say(&format!("standing-{}", own.standing()));
    html! {
        dl {
            dt { (texts.say("who-name")) } dd { (member.name) }
            dt { (texts.say("who-number")) } dd { (own.id) }
            dt { (texts.say("who-tier")) } dd { (tier) }
            dt { (texts.say("who-standing")) } dd { (standing) }
            dt { (texts.say("who-joined")) } dd { (texts.day(member.joined)) }
            @if member.left.is_some() {
                dt { (texts.say("who-leaves")) } dd { (of_day(texts, member.left)) }
            }
            @if let Some(suspension) = member.suspension().filter(|it| !it.is_over(own.today)) {
                dt { (texts.say("who-suspended")) } dd { (texts.day(suspension.since)) }
                @if suspension.until.is_some() {
                    dt { (texts.say("who-suspended-until")) }
                    dd { (of_day(texts, suspension.until)) }
                }
            }
        }
    }
}
