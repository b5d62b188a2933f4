//! Reports the results of sending notices on request.

use crate::{
    app::notice::{DeliveryStatus, at_once::DeliveryReport},
    cli::{CliError, Context, output::Listing},
};

/// Lists the result of each notice, and how many were sent where.
///
/// # Errors
/// Fails if notices could not be sent and that calls for an exit code.
pub(super) fn results(ctx: &Context, report: DeliveryReport) -> Result<(), CliError> {
    let DeliveryReport { statuses, stopped, to } = report;
    ctx.list_or(Listing::default(), &statuses, "there is nobody to send it to")?;
    let Some(to) = to else { return Ok(()) };
    let count = statuses.iter().filter(|status| status.fate == "sent").count();
    match (stopped, statuses.as_slice()) {
        (Some(why), _) => Err(CliError::internal(why).hint("nothing is lost: try again later")),
        (None, [DeliveryStatus { why: Some(why), .. }]) => {
            Err(CliError::user(format!("nothing was sent: {why}")))
        }
        (None, []) => Ok(()),
        _ => ctx.say(format!("{count} sent {to}")),
    }
}
