//! `space service status`: shows how services were found last. It asks no service.

use std::io::Write as _;

use crate::{
    app::{
        chat,
        service::{self, ServiceView},
    },
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
        output::table,
    },
};

/// The arguments of `space service status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The service [default: all]
    service: Option<String>,

    /// Take what waits for a person for looked at, so that it is not told again
    #[arg(long, requires = "service")]
    seen: bool,

    #[command(flatten)]
    services: ServicesArgs,
}

/// Shows how services were found last.
///
/// # Errors
/// Fails if there is no such service, or if the configuration or the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let space = ctx.open()?;
    if let Some(name) = args.service.as_deref().filter(|_| args.seen) {
        let known = config.processors.keys().find(|it| it.as_str() == name);
        let name = known.ok_or_else(|| {
            CliError::user(format!("there is no payment processor `{name}`"))
                .hint("`space service list` lists them")
        })?;
        let count = service::seen(space.store, name, ctx.now)?;
        if !ctx.json {
            return ctx.say(format!("{count} taken for looked at"));
        }
    }
    let mut rows = service::overview(&config, &space.head, &space.zone_or_utc())?;
    rows.extend(chat::overview(&config, &space.head, &space.zone_or_utc())?);
    if let Some(name) = &args.service {
        rows.retain(|row| row.service.as_str() == name);
        if rows.is_empty() {
            return Err(CliError::user(format!("there is no service `{name}`"))
                .hint("`space service list` lists them"));
        }
    }
    let mut out = ctx.out();
    if ctx.json {
        table::write_json(&mut out, &rows)?;
        return Ok(out.flush()?);
    }
    if rows.is_empty() {
        writeln!(out, "no service is configured on this machine")?;
    }
    for row in &rows {
        table::write_record(&mut out, &lines(row))?;
    }
    Ok(out.flush()?)
}

fn lines(row: &ServiceView) -> Vec<(&'static str, String)> {
    let [compared, applied, received] =
        row.moments().clone().map(|it| it.unwrap_or_else(|| "never".into()));
    let mut lines = vec![
        ("service", format!("{} ({})", row.service, row.kind)),
        ("members", row.members.to_string()),
        ("compared", compared),
        ("applied", applied),
        ("received", received),
        ("state", row.how()),
    ];
    lines.extend(row.refused.iter().map(|it| ("webhooks", it.clone())));
    lines.extend(row.held.iter().map(|it| ("look at", it.clone())));
    lines.extend(row.drift.iter().map(|it| ("look at", it.clone())));
    lines
}
