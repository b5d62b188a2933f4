//! Records a payment that is on no bank statement.

use maud::{Markup, html};

use super::{desk::Desk, form::Form};
use crate::{
    app::{AppError, look_up, when},
    config::Role,
    domain::{
        model::Tag,
        money::WrittenAmount,
        ops::{self, Plan},
    },
    web::pages::fields::Fields,
};

/// Records a payment, such as cash at the desk.
pub(super) struct AddPayment;

impl Form for AddPayment {
    const PATH: &'static str = "/payments/add";
    const TITLE: &'static str = "Record a payment";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let currency = look_up::currency(&desk.head)?;
        let amount = format!("Amount in {}", currency.code);
        Ok(html! {
            (fields.line("member", "Member", "a number, a name, or the beginning of a name"))
            (fields.line("amount", &amount, "0 with a number of months gives these away"))
            (fields.input("date", "date", "Paid on", "today, unless given"))
            (fields.input("number", "months", "Months", "as many as it pays for, unless given"))
            (fields.line("text", "Text", "what it is about"))
            (fields.line("source", "Where it came from", "cash, unless given"))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, AppError> {
        let head = &desk.head;
        let needed = |name: &str| {
            fields.get(name).ok_or_else(|| AppError::user(format!("the {name} is missing")))
        };
        let months = fields.get("months").map(str::parse).transpose();
        let amount: WrittenAmount = needed("amount")?.parse().map_err(AppError::user)?;
        let request = ops::payment::Add {
            member: look_up::member_id(head, needed("member")?)?,
            id: Tag::random().short().parse().map_err(AppError::user)?,
            date: when::day(fields.get("date").unwrap_or("today"), &desk.zone, desk.now)?,
            amount: look_up::currency(head)?.minor(&amount)?,
            months: months.map_err(|_| AppError::user("the months are not a whole number"))?,
            text: fields.text("text").trim().to_owned(),
            source: Some(fields.get("source").unwrap_or("cash").to_owned()),
        };
        Ok(ops::payment::add(head, request)?)
    }
}
