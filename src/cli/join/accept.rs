//! `space join accept`: makes members of those who applied.

use std::io::Write as _;

use serde_json::json;

use super::find;
use crate::{
    app::joining::{self, Joined},
    cli::{CliError, Context, output::table},
    domain::model::Stage,
};

/// The arguments of `space join accept`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The application: its id, or the beginning of the name
    application: String,

    /// Accept it although the link in the mail was not followed
    #[arg(long)]
    unconfirmed: bool,
}

/// Accepts an application.
///
/// # Errors
/// Fails if there is no such application, if its address was not confirmed, or if it belongs to a
/// member meanwhile.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let it = find::one(ctx, space.store, &args.application)?;
    if matches!(it.stage, Stage::Link { .. }) && !args.unconfirmed {
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
