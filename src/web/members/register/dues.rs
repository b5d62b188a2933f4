//! What somebody would owe, line by line, worked out while they type.

use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts, zone},
    domain::{
        money::{Currency, WrittenAmount},
        ops::joining::{self, FormField as F, Offer},
    },
    store::Revision,
    web::{
        fields::Fields,
        members::{dues_lines::dues_lines, frame::Frame},
    },
};

/// Shows the amount alone, for the script of the page.
pub(super) async fn part(frame: Frame, fields: Fields) -> Response {
    let texts = frame.texts;
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        shown(texts, &head, &Offer::of(&head)?, &fields, site.now())
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
    let children: Vec<_> = fields.all(super::names::BIRTHS).map(born).collect();
    let dues = joining::dues(&offer.space, tier, terms, &children, today);
    Ok(dues_lines(texts, &currency, &dues))
}
