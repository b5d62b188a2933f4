//! Payments of members, as far as they are not the bank's business.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    change::{Changed, How, Request},
    extract::{At, InPath, Sent},
    members::existing,
};
use crate::{
    app::{look_up, payment, zone},
    domain::{
        model::{Payment, Returned, Tag},
        ops,
    },
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// A payment. Its text is not shown here: it is what the payer wrote.
#[derive(Serialize, ToSchema)]
#[schema(as = Payment)]
pub(super) struct Shown {
    /// What it is known by.
    id: String,
    /// The day on which it was paid.
    date: String,
    /// The amount, in the smallest unit of the space's currency.
    amount: i64,
    /// How many months it bought.
    months: u16,
    /// The first day that it pays for; null means the day on which it was paid.
    from: Option<String>,
    /// What was given back of it, in the smallest unit.
    returned: i64,
}

/// The payments of a member.
#[derive(Serialize, ToSchema)]
pub(super) struct Payments {
    /// The currency of all amounts.
    currency: String,
    payments: Vec<Shown>,
}

/// A new payment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPayment {
    /// The amount, in the smallest unit of the space's currency. 0 gives the months away.
    #[schema(minimum = 0)]
    amount: i64,
    /// How many months it buys; what the dues of the day say by default.
    months: Option<u16>,
    /// The day on which it was paid; today by default.
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// What it is about.
    #[serde(default)]
    text: String,
    /// How it was paid; `cash` by default.
    source: Option<String>,
    /// What it shall be known by, so that it is recorded once however often it is sent; random by
    /// default.
    id: Option<String>,
}

/// List a member's payments
#[utoipa::path(
    get, path = "/members/{member}/payments", tag = "payments",
    params(("member" = String, Path, description = "the number")),
    responses((status = 200, body = Payments)),
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    InPath(member): InPath<String>,
) -> Result<At<Payments>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let id = existing(&head, &member)?;
        let payments = payment::of_member(&head, id).into_iter().map(shown).collect();
        let currency = look_up::currency(&head)?.code;
        Ok(At(head.id(), Payments { currency, payments }))
    })
    .await
}

fn shown((id, it): (Tag, Payment)) -> Shown {
    let returned = |it: &Returned| it.amount;
    Shown {
        id: id.to_string(),
        date: it.date.to_string(),
        amount: it.amount,
        months: it.months,
        from: it.from.map(|day| day.to_string()),
        returned: it.returned.iter().map(returned).fold(0, i64::saturating_add),
    }
}

/// Record a payment that is on no bank statement
#[utoipa::path(
    post, path = "/members/{member}/payments", tag = "payments",
    params(("member" = String, Path, description = "the number"), How),
    request_body = NewPayment,
    responses((status = 200, body = Changed, description = "what would be changed"),
              (status = 201, body = Changed)),
)]
pub(super) async fn add(
    request: Request,
    InPath(member): InPath<String>,
    Sent(new): Sent<NewPayment>,
) -> Result<(StatusCode, At<Changed>), Problem> {
    request
        .add(move |site, head| {
            let NewPayment { amount, months, date, text, source, id } = new;
            if amount < 0 {
                return Err(Fault::invalid("`amount` is below zero"));
            }
            let id = id.map(|it| it.parse()).transpose().map_err(Fault::invalid)?;
            let random = || Tag::random().short().parse::<Tag>().unwrap_or_else(|_| Tag::random());
            let request = ops::payment::Add {
                member: existing(head, &member)?,
                id: id.unwrap_or_else(random),
                date: date.unwrap_or(site.now().to_zoned(zone::of(head)?).date()),
                amount,
                months,
                text: text.trim().to_owned(),
                source: Some(source.unwrap_or_else(|| "cash".to_owned())),
            };
            Ok(ops::payment::add(head, request)?)
        })
        .await
}
