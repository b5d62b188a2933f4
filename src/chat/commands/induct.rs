//! `induct`: records that whoever asks has shown somebody how to use a facility, if they may.

use jiff::Timestamp;

use super::{Asker, Desk, Whom};
use crate::{
    app::{AppError, carry_out, joining, look_up, zone},
    domain::{ops, records},
    store::Revision,
};

impl Desk {
    /// Records an induction; the rules say who may give it.
    pub(super) fn induct(
        &self,
        head: &Revision<'_>,
        asker: &Asker,
        whom: &Whom,
        facility: &str,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let member = match whom {
            Whom::Account(account) => self.member_of(head, account).map_err(|_| {
                AppError::user(
                    "the space does not know whose account that is; write the number of the member",
                )
            })?,
            Whom::Member(number) => look_up::member_id(head, number)?,
        };
        let facility = look_up::facility(head, facility)?.0;
        let on = now.to_zoned(zone::of(head)?).date();
        let by = Some(asker.id);
        let request =
            ops::induction::Add { member, facility: facility.clone(), on, by, inductor: false };
        let plan = ops::induction::add(head, request)?;
        carry_out::carry_out_as(head, &plan, &joining::author(asker.id), now)?;
        let who = records::name(head, member).unwrap_or_default();
        Ok(format!("Recorded: {who} is inducted to {facility}, by you."))
    }
}
