//! What somebody would owe, line by line, worked out while they type.

use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts, zone},
    domain::{
        dues::{Dues, DuesPart},
        money::{Currency, WrittenAmount},
        ops::joining::{self, FormField as F, Offer},
    },
    store::Revision,
    web::{fields::Fields, members::frame::Frame},
};

/// Shows the amount alone, for the script of the page.
pub(super) async fn part(frame: Frame, fields: Fields) -> Response {
    let texts = frame.texts;
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        Ok(shown(texts, &head, &Offer::of(&head)?, &fields, site.now())?)
    });
    match worked.await {
        Ok(shown) => shown.into_response(),
        Err(error) => frame.fail(&error),
    }
}

/// Shows what is owed according to the fields, as far as they can be read.
pub(super) fn shown(
    texts: Texts,
    head: &Revision<'_>,
    offer: &Offer,
    fields: &Fields,
    now: jiff::Timestamp,
) -> Result<Markup, AppError> {
    let Some((_, tier)) = offer.tier(fields.text(F::Tier.name()).trim()) else {
        return Ok(html! { p.faint { (texts.say("dues-choose")) } });
    };
    let today = now.to_zoned(zone::of(head)?).date();
    let currency = Currency::named(&offer.space.currency);
    let amount = fields.text(F::Amount.name()).trim().replace(',', ".");
    let amount = amount.parse::<WrittenAmount>().ok().and_then(|it| currency.minor(&it).ok());
    let born = |text: &str| text.trim().parse().ok();
    let terms =
        (born(fields.text(F::Born.name())), fields.get(F::Concession.name()).is_some(), amount);
    let children: Vec<_> = fields.all(super::child::BIRTHS).map(born).collect();
    let dues = joining::dues(&offer.space, tier, terms, &children, today);
    Ok(lines(texts, &dues, &tier.name, &currency))
}

/// Shows the lines that add up to what is owed: those that the command line shows, too.
pub(in crate::web) fn lines(texts: Texts, dues: &Dues, tier: &str, currency: &Currency) -> Markup {
    let what = |part| match part {
        DuesPart::Nothing => texts.say("dues-nothing"),
        DuesPart::Price => tier.to_owned(),
        DuesPart::Children => texts.say("dues-children"),
        DuesPart::Concession => texts.say("dues-concession"),
        DuesPart::Minimum => texts.say("dues-minimum"),
        DuesPart::Chosen => texts.say("dues-chosen"),
    };
    html! {
        table.amounts {
            caption { (texts.say("dues-title")) }
            tbody {
                @for line in &dues.lines {
                    tr { th scope="row" { (what(line.part)) } td.number { (texts.money(currency, line.amount)) } }
                }
                tr.sum {
                    th scope="row" { (texts.say("dues-month")) }
                    td.number { strong { (texts.money(currency, dues.amount)) } }
                }
                @if let Some(year) = dues.year {
                    tr { th scope="row" { (texts.say("dues-year")) } td.number { (texts.money(currency, year)) } }
                }
            }
        }
    }
}
