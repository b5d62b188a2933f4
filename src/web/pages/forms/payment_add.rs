//! Records a payment that is on no bank statement.

use maud::{Markup, html};

use super::{
    desk::Desk,
    form::Form,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{AppError, look_up},
    config::Role,
    domain::{
        model::Tag,
        money::WrittenAmount,
        ops::{self, Plan},
    },
    web::fields::Fields,
};

/// Records a payment, such as cash at the desk.
pub(super) struct AddPayment;

impl Form for AddPayment {
    const PATH: &'static str = "/payments/add";
    const TITLE: &'static str = "Record a payment";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let currency = look_up::currency(&desk.head)?;
        let hint = "a number, a name, or the beginning of a name";
        let amount = format!("Amount in {}", currency.code);
        Ok(html! {
            (desk.member_line(fields, "member", "Member", hint))
            (fields.line("amount", &amount, "0 with a number of months gives these away"))
            (fields.input("date", "date", "Paid on", "today, unless given"))
            (fields.input("number", "months", "Months", "as many as it pays for, unless given"))
            (fields.line("text", "Text", "what it is about"))
            (fields.line("source", "Where it came from", "cash, unless given"))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let head = &desk.head;
        let member = desk.maybe_member(fields, "member")?;
        let amount = fields.get("amount").ok_or_else(|| Wrong::missing("amount", "the amount"))?;
        let amount = amount.parse::<WrittenAmount>().at("amount")?;
        let months = fields.get("months").map(str::parse).transpose();
        let request = ops::payment::Add {
            member: member.ok_or_else(|| Wrong::missing("member", "the member"))?,
            id: Tag::random().short().parse::<Tag>()?,
            date: desk.day(fields, "date")?,
            amount: look_up::currency(head)?.minor(&amount).at("amount")?,
            months: months
                .map_err(|_| AppError::user("the months are not a whole number"))
                .at("months")?,
            text: fields.text("text").trim().to_owned(),
            source: Some(fields.get("source").unwrap_or("cash").to_owned()),
        };
        Ok(ops::payment::add(head, request)?)
    }
}
