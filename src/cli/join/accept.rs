//! `space join accept`: makes members of those who applied, and does what members ask for.

use std::io::Write as _;

use serde_json::json;

use super::find::{self, Found};
use crate::{
    app::{
        joining::{self, Joined},
        member_requests,
    },
    cli::{CliError, Context, Opened, output::table},
    domain::model::{Application, Stage, Waiting},
};

/// The arguments of `space join accept`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The application or request: its id, or the beginning of the name of whoever asks
    asked: String,

    /// Accept it although the link in the mail was not followed
    #[arg(long)]
    unconfirmed: bool,
}

/// Accepts what is asked for.
///
/// # Errors
/// Fails if there is no such thing, or if it cannot be done any more.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    match find::one(ctx, &space, &args.asked)? {
        Found::Application(it) => application(ctx, &space, &it, args.unconfirmed),
        Found::Request { id, request, who } => {
            let author = space.store.author()?;
            member_requests::accept(space.store, &id, &author, ctx.now)?;
            let words = member_requests::words(&request);
            if ctx.json {
                let mut out = ctx.out();
                let answer = json!({ "member": request.member, "accepted": words });
                table::write_json(&mut out, &answer)?;
                return Ok(out.flush()?);
            }
            ctx.say(format!("accepted: {who} asked {words}"))
        }
    }
}

/// Makes members of an application.
///
/// # Errors
/// Fails if its address was not confirmed, or if it belongs to a member meanwhile.
fn application(
    ctx: &Context,
    space: &Opened<'_>,
    it: &Waiting<Application>,
    unconfirmed: bool,
) -> Result<(), CliError> {
    if matches!(it.stage, Stage::Link { .. }) && !unconfirmed {
        let words = format!("{} has not followed the link in the mail yet", it.content.name);
        return Err(CliError::user(words)
            .hint("the address may be somebody else's; --unconfirmed accepts it all the same"));
    }
    let author = space.store.author()?;
    let joined = joining::accept::accept(space.store, &it.id, Some(&author), ctx.now)?;
    let Joined { id, name, reference, children, unsent, .. } = &joined;
    if ctx.json {
        let children: Vec<_> = children.iter().map(|(id, _)| id).collect();
        let answer = json!({
            "member": id, "reference": reference, "children": children,
            "welcomed": unsent.is_none(), "why": unsent,
        });
        let mut out = ctx.out();
        table::write_json(&mut out, &answer)?;
        return Ok(out.flush()?);
    }
    ctx.say(format!("{id} {name} is a member; the payment reference is {reference}"))?;
    for (id, name) in children {
        ctx.say(format!("{id} {name} is a member, as a child"))?;
    }
    match unsent {
        None => ctx.say("the welcome was sent"),
        Some(why) => ctx.warn(format!("the welcome waits for the next run: {why}")),
    }
}
