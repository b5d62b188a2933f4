//! Credits a member with a transaction that could not be matched.

use maud::{Markup, html};

use super::{
    desk::Desk,
    form::Form,
    wrong::{At as _, Wrong},
};
use crate::{
    app::{
        AppError, look_up,
        payment::{find, list},
    },
    config::Role,
    domain::{
        model::Tag,
        ops::{
            self, Plan,
            payment::{Assign, Remember},
        },
    },
    web::fields::Fields,
};

/// Assigns a transaction to a member.
pub(super) struct AssignPayment;

impl Form for AssignPayment {
    const PATH: &'static str = "/payments/assign";
    const TITLE: &'static str = "Say whose payment it is";
    const ROLE: Role = Role::Admin;

    fn inputs(desk: &Desk<'_>, fields: &Fields) -> Result<Markup, AppError> {
        let (_, id) = find::unmatched(&desk.head, fields.text("transaction"))?;
        let currency = look_up::currency(&desk.head)?;
        let waiting = list::unmatched(&desk.head, &currency)?;
        let row = waiting.into_iter().find(|row| row.id == id);
        let mut fields = fields.clone();
        let perhaps = row.as_ref().and_then(|row| row.suggestions.first());
        if let (false, Some(perhaps)) = (fields.is_ticked("member"), perhaps) {
            fields.set("member", &perhaps.member.to_string());
        }
        Ok(html! {
            input type="hidden" name="transaction" value=(id);
            @if let Some(row) = &row {
                div.note {
                    p { (row.transaction.date) ": " strong { (row.amount) " " (currency.code) } }
                    p { (row.transaction.text) }
                }
            }
            (desk.member_line(&fields, "member", "Member", "a number, a name, or the beginning of a name"))
            (fields.input("number", "months", "Months", "as many as it pays for, unless given; 0 for a donation"))
            (fields.tick("remember", "yes", "Credit the member with whatever the same payer pays from now on"))
            (fields.tick("replace", "yes", "Even if the payer was remembered for somebody else"))
        })
    }

    fn plan(desk: &Desk<'_>, fields: &Fields) -> Result<Plan, Wrong> {
        let (year, id): (i16, Tag) = find::unmatched(&desk.head, fields.text("transaction"))?;
        let member = desk.maybe_member(fields, "member")?;
        let months = fields.get("months").map(str::parse).transpose();
        let remember = match (fields.is_ticked("remember"), fields.is_ticked("replace")) {
            (false, _) => None,
            (true, false) => Some(Remember::Keep),
            (true, true) => Some(Remember::Replace),
        };
        let request = Assign {
            year,
            id,
            member: member.ok_or_else(|| Wrong::missing("member", "the member"))?,
            months: months
                .map_err(|_| AppError::user("the months are not a whole number"))
                .at("months")?,
            remember,
        };
        Ok(ops::payment::assign(&desk.head, request)?)
    }
}
