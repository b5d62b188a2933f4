//! What the processor's page is told about a member who says by what to pay.

use jiff::Timestamp;

use crate::{
    domain::{
        follow::{Terms, Wanted},
        model::MemberId,
    },
    integrations::processor::Visit,
};

/// Returns it; the reason if nothing is to be taken from that member.
///
/// # Errors
/// Says why the member does not pay by this processor.
pub fn visit(
    wanted: &Wanted<Terms>,
    member: MemberId,
    back: &str,
    now: Timestamp,
) -> Result<Visit, String> {
    let Some(want) = wanted.members.get(&member) else {
        let why = wanted.others.get(&member);
        return Err(why.cloned().unwrap_or_else(|| "has records that cannot be read".to_owned()));
    };
    if let Some(why) = &want.hold {
        return Err(why.clone());
    }
    Ok(Visit {
        reference: format!("{}{member}", wanted.prefix),
        terms: want.what,
        from: want.from,
        back: back.to_owned(),
        now,
    })
}
