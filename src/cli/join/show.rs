//! `space join show`: shows an application.

use std::io::Write as _;

use super::find;
use crate::{
    app::view::application_lines,
    cli::{CliError, Context, output::table},
    domain::model::text::printable,
};

/// The arguments of `space join show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The application: its id, or the beginning of the name
    application: String,
}

/// Shows everything that was filled in.
///
/// # Errors
/// Fails if there is no such application.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let it = find::one(ctx, space.store, &args.application)?;
    let mut out = ctx.out();
    if ctx.json {
        let answer = serde_json::json!({
            "id": it.id, "since": it.since, "until": it.until, "application": it.content,
        });
        table::write_json(&mut out, &answer)?;
        return Ok(out.flush()?);
    }
    for (what, value) in application_lines(&it.content, &space.currency()?) {
        writeln!(out, "{what:<15} {}", printable(&value))?;
    }
    Ok(out.flush()?)
}
