//! `space join accept`: makes members of those who applied, and does what members ask for.

use std::io::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::find::{self, Found};
use crate::{
    app::{
        joining::{self, Joined},
        member_requests,
    },
    cli::{CliError, Context, Opened, output::table},
    domain::model::{Application, MemberId, Stage, Waiting},
};

/// What was accepted: an application, or a request of a member.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Accepted {
    /// The member.
    member: MemberId,
    /// What the member had asked for.
    accepted: Option<String>,
    /// The payment reference of a new member.
    reference: Option<String>,
    /// The children who joined along.
    children: Vec<MemberId>,
    /// Whether a new member was sent a welcome.
    welcomed: Option<bool>,
    /// Why not.
    why: Option<String>,
}

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
                let answer = Accepted {
                    member: request.member,
                    accepted: Some(words),
                    reference: None,
                    children: Vec::new(),
                    welcomed: None,
                    why: None,
                };
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
        let answer = Accepted {
            member: *id,
            accepted: None,
            reference: Some(reference.clone()),
            children: children.iter().map(|(id, _)| *id).collect(),
            welcomed: Some(unsent.is_none()),
            why: unsent.clone(),
        };
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
