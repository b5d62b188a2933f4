//! Payments: what waits to be decided by hand, and what came in lately.

use maud::{Markup, html};

use super::{
    frame::{Frame, Shown},
    link, table,
};
use crate::{
    app::{
        AppError, look_up,
        payment::list,
        view::{PaymentView, UnmatchedView, View as _},
    },
    config::Role,
    web::Site,
};

/// How many payments and transactions are shown: a page must stay small.
const NEWEST: usize = 100;

/// Shows both.
pub(super) async fn page(frame: Frame) -> Shown {
    if !frame.may(Role::Admin) {
        return Err(frame.refuse("Your login may not see payments: ask an admin."));
    }
    let content = frame.site.work(content).await.map_err(|error| frame.fail(&error))?;
    Ok(frame.page("Payments", &content))
}

fn content(site: &Site) -> Result<Markup, AppError> {
    let head = site.store.read(site.store.head()?)?;
    let currency = look_up::currency(&head)?;
    let waiting = list::unmatched(&head, &currency)?;
    let mut payments = list::payments(&head, &currency, None);
    payments.sort_by(|a, b| (b.payment.date, &b.id).cmp(&(a.payment.date, &a.id)));
    let all = payments.len();
    payments.truncate(NEWEST);
    let shown = waiting.get(..NEWEST).unwrap_or(&waiting);
    let assign = |row: &UnmatchedView, heading: &str| {
        let id = row.id.as_str();
        let params = [("transaction", id), ("back", "/payments")];
        (heading == "ID").then(|| link::to("/payments/assign", &params))
    };
    let member = |row: &PaymentView, heading: &str| {
        (heading == "MEMBER").then(|| format!("/members/{}", row.member))
    };
    Ok(html! {
        div.buttons {
            a.button href="/payments/import" { "Import a bank statement" }
            a.button.quiet href="/payments/add?back=/payments" { "Record a payment" }
        }
        h2 { "To be decided by hand" }
        (table::linked(shown, UnmatchedView::COLUMNS, "every transaction is credited", assign))
        @if waiting.len() > NEWEST { p.faint { "The first " (NEWEST) " of " (waiting.len()) "." } }
        h2 { "Newest payments" }
        (table::linked(&payments, PaymentView::COLUMNS, PaymentView::EMPTY, member))
        @if all > NEWEST { p.faint { "The newest " (NEWEST) " of " (all) "." } }
    })
}
