//! `space join show`: shows an application, or what a request would change.

use std::io::Write as _;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::find::{self, Found};
use crate::{
    app::{carry_out, member_requests, view::application_lines},
    cli::{CliError, Context, Opened, output::table, write},
    domain::model::{Application, Waiting, text::printable},
};

/// An application.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Shown {
    /// Its id.
    id: String,
    /// When it came.
    since: Timestamp,
    /// When it is forgotten.
    until: Timestamp,
    /// What was filled in.
    application: Application,
}

/// The arguments of `space join show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The application or request: its id, or the beginning of the name of whoever asks
    asked: String,
}

/// Shows everything that was filled in, or what a request would change.
///
/// # Errors
/// Fails if there is no such thing.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    match find::one(ctx, &space, &args.asked)? {
        Found::Application(it) => application(ctx, &space, &it),
        Found::Request { request, who, .. } => {
            if !ctx.json {
                ctx.say(format!("{who} asks {}", member_requests::words(&request)))?;
            }
            let plan = member_requests::plan(&space.head, &request)?;
            let preview = carry_out::preview(&space.head, &plan, ctx.now)?;
            write::show(ctx, &space, &plan, &preview)
        }
    }
}

fn application(
    ctx: &Context,
    space: &Opened<'_>,
    it: &Waiting<Application>,
) -> Result<(), CliError> {
    let mut out = ctx.out();
    if ctx.json {
        let answer = Shown {
            id: it.id.clone(),
            since: it.since,
            until: it.until,
            application: it.content.clone(),
        };
        table::write_json(&mut out, &answer)?;
        return Ok(out.flush()?);
    }
    for (what, value) in application_lines(&it.content, &space.currency()?) {
        writeln!(out, "{what:<15} {}", printable(&value))?;
    }
    Ok(out.flush()?)
}
