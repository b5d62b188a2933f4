//! The fields about a person and a membership, in the language of the page: for those who join, and for
//! members who change something.

use maud::{Markup, html};

use crate::{
    app::texts::Texts,
    domain::{
        money::Currency,
        ops::joining::{FormField as F, Offer},
    },
    web::fields::Fields,
};

/// Shows the fields about the person.
pub(in crate::web) fn person(texts: Texts, fields: &Fields) -> Markup {
    html! {
        fieldset {
            legend { (texts.say("register-you")) }
            (fields.own_input("text", F::Name.name(), "name", &texts.say("join-name"), &texts.say("join-name-hint")))
            (fields.own_input("email", F::Email.name(), "email", &texts.say("join-email"), &texts.say("join-email-hint")))
            (fields.own_input("tel", F::Phone.name(), "tel", &texts.say("join-phone"), &texts.say("join-optional")))
            (fields.area(F::Address.name(), &texts.say("join-address"), ""))
            (fields.line(F::Born.name(), &texts.say("join-born"), &texts.say("join-born-hint")))
        }
    }
}

/// Shows the fields that decide the dues.
pub(in crate::web) fn membership(texts: Texts, offer: &Offer, fields: &Fields) -> Markup {
    let currency = Currency::named(&offer.space.currency);
    let name = F::Tier.name();
    let wrong = fields.below(name, "");
    html! {
        fieldset {
            legend { (texts.say("register-membership")) }
            @for (slug, tier) in &offer.tiers {
                @let month = tier.price.filter(|it| *it > 0).map(|it| texts.money(&currency, it));
                @let price = month.map_or_else(|| texts.say("tier-free"), |it| texts.fill("tier-month", &[("amount", &it)]));
                @let year = tier.year.map(|it| texts.fill("tier-year", &[("amount", &texts.money(&currency, it))]));
                (fields.radio(name, slug.as_str(), &format!("{}: {price}{}", tier.name, year.map(|it| format!(" {it}")).unwrap_or_default())))
            }
            (wrong)
            @if offer.tiers.iter().any(|(_, it)| it.concessions) {
                (fields.line(F::Concession.name(), &texts.say("join-concession"), &texts.say("join-concession-hint")))
            }
            (fields.line(F::Amount.name(), &texts.fill("join-amount", &[("currency", &currency.code)]), &texts.say("join-amount-hint")))
        }
    }
}
