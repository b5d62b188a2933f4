//! What became of a letter, for a program.

use serde::Serialize;

use crate::{
    app::notice::at_once::DeliveryReport,
    domain::{
        model::{MemberId, RecordPath},
        records::Records as _,
    },
    store::Revision,
    web::fault::Fault,
};

/// What became of a letter to a member.
#[derive(Serialize)]
pub(super) struct Sent {
    /// The number of the member.
    member: MemberId,
    /// Whether it was handed over to be delivered.
    sent: bool,
    /// The same in words.
    message: String,
}

impl Sent {
    /// Tells what a report says about a letter to one member.
    pub(super) fn of(member: MemberId, report: DeliveryReport) -> Self {
        let letter = report.statuses.into_iter().next();
        let sent = letter.as_ref().is_some_and(|it| it.fate == "sent");
        let to = letter.as_ref().and_then(|it| it.to.clone()).unwrap_or_default();
        let why = report.stopped.or_else(|| letter.and_then(|it| it.why));
        let message = match (sent, why) {
            (true, _) => format!("an e-mail was sent to {to}"),
            (false, Some(why)) => format!("no e-mail was sent: {why}"),
            (false, None) => "no e-mail was sent".to_owned(),
        };
        Self { member, sent, message }
    }
}

/// Returns a member by number.
///
/// # Errors
/// There is none.
pub(super) fn member(head: &Revision<'_>, text: &str) -> Result<MemberId, Fault> {
    let id = text.parse().ok().filter(|id| head.exists(&RecordPath::Member(*id)));
    id.ok_or_else(|| Fault::missing("there is no such member"))
}
