//! `space join decline`: declines an application, or what a member asks for.

use schemars::JsonSchema;
use serde::Serialize;

use super::find::{self, Found};
use crate::{
    app::{joining::decline, member_requests},
    cli::{CliError, Context, output::table},
};

/// What was declined.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Declined {
    /// The id of the application or request.
    declined: String,
    /// Whether whoever asked gets a mail.
    told: bool,
}

/// The arguments of `space join decline`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The application or request: its id, or the beginning of the name of whoever asks
    asked: String,

    /// The reason, as a sentence in the mail
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Send no mail to an applicant
    #[arg(long, conflicts_with = "reason")]
    silently: bool,
}

/// Declines what is asked for; what was filled in is removed.
///
/// # Errors
/// Fails if there is no such thing, or if the mail cannot be sent.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let reason = args.reason.as_deref();
    match find::one(ctx, &space, &args.asked)? {
        Found::Application(it) => {
            let is_told = !args.silently;
            decline::decline(space.store, &it, reason, is_told, ctx.now)?;
            if ctx.json {
                let answer = Declined { declined: it.id, told: is_told };
                return Ok(table::write_json(&mut ctx.out(), &answer)?);
            }
            let told = if is_told { "with a mail" } else { "without a mail" };
            ctx.say(format!("declined {told}: {}", it.content.name))
        }
        Found::Request { .. } if args.silently => {
            Err(CliError::user("a member is always told what became of a request")
                .hint("leave out --silently"))
        }
        Found::Request { id, request, who } => {
            member_requests::decline(space.store, &id, reason, ctx.now)?;
            if ctx.json {
                let answer = Declined { declined: id, told: true };
                return Ok(table::write_json(&mut ctx.out(), &answer)?);
            }
            let words = member_requests::words(&request);
            ctx.say(format!("declined with a mail: {who} asked {words}"))
        }
    }
}
