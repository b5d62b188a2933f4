//! `dues`: what whoever asks owes, and until when they have paid.

use jiff::Timestamp;

use super::{Asker, Desk};
use crate::{
    app::{
        AppError,
        dues::members::{self, Owing},
        look_up, zone,
    },
    store::Revision,
};

impl Desk {
    /// Says what somebody owes, line by line.
    pub(super) fn dues(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        now: Timestamp,
    ) -> Result<String, AppError> {
        said(head, &owing(head, asker, now)?)
    }

    /// Says how somebody pays what they owe.
    pub(super) fn pay(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let owing = owing(head, asker, now)?;
        let mut lines = vec![said(head, &owing)?];
        if owing.dues.amount <= 0 {
            return Ok(lines.remove(0));
        }
        let space = look_up::space(head)?;
        match look_up::contact(head, asker.id)?.pays_by {
            Some(processor) => lines.push(format!("They are taken by {processor}.")),
            None => {
                let reference = format!("{}{}", space.reference_prefix, asker.id);
                lines.push(format!("Please use {reference} as the reference."));
                lines.extend(space.notices.payment_details);
            }
        }
        Ok(lines.join("\n"))
    }
}

fn owing(head: &Revision<'_>, asker: &Asker, now: Timestamp) -> Result<Owing, AppError> {
    let today = now.to_zoned(zone::of(head)?).date();
    members::one(head, &asker.id.to_string(), today)
}

fn said(head: &Revision<'_>, owing: &Owing) -> Result<String, AppError> {
    let currency = look_up::currency(head)?;
    if owing.dues.amount <= 0 {
        return Ok("You owe nothing.".to_owned());
    }
    let mut lines = vec![format!("You owe {} a month.", currency.amount(owing.dues.amount))];
    let parts = owing.dues.lines.iter();
    lines.extend(parts.map(|it| format!("{}: {}", it.what, currency.amount(it.amount))));
    lines.push(match owing.paid_until {
        Some(day) => format!("You have paid until {day}."),
        None => "Nothing has been paid yet.".to_owned(),
    });
    Ok(lines.join("\n"))
}
