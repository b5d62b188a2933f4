//! Tells what became of notices that somebody asked for.

use crate::{
    app::notice::{DeliveryStatus, at_once::Sent},
    cli::{CliError, Context, output::Listing},
};

/// Lists what became of each notice, and says how many went where.
///
/// # Errors
/// What kept letters from going out, where that is worth an exit code.
pub(super) fn sent(ctx: &Context, sent: Sent) -> Result<(), CliError> {
    let Sent { fates, stopped, to } = sent;
    ctx.list_or(Listing::default(), &fates, "there is nobody to tell")?;
    let Some(to) = to else { return Ok(()) };
    let count = fates.iter().filter(|fate| fate.fate == "sent").count();
    match (stopped, fates.as_slice()) {
        (Some(why), _) => Err(CliError::internal(why).hint("nothing is lost: try again later")),
        (None, [DeliveryStatus { why: Some(why), .. }]) => {
            Err(CliError::user(format!("nothing was sent: {why}")))
        }
        (None, []) => Ok(()),
        _ => ctx.say(format!("{count} sent {to}")),
    }
}
