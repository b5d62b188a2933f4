//! `space chat status`: shows whether the program works, and what has not been posted yet.

use std::io::Write as _;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::when::local,
    chat::{ChatStatus, KIND, StatusFile},
    cli::{
        CliError, Context,
        input::services::{self, ServicesArgs},
        output::table,
    },
};

/// The arguments of `space chat status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    services: ServicesArgs,
}

/// Shows the state of the program, running or not.
///
/// # Errors
/// Fails if the configuration or the space cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.services.config()?;
    let ctx = &services::space(ctx, &config);
    let store = ctx.store()?;
    let process = store.sole_holder(KIND);
    let status = StatusFile::read(&StatusFile::path(&store));
    let mut out = ctx.out();
    if ctx.json {
        let answer = Shown { process, status };
        table::write_json(&mut out, &answer)?;
    } else {
        table::write_record(&mut out, &lines(process.as_deref(), status.as_ref()))?;
    }
    Ok(out.flush()?)
}

/// The state of the program.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Shown {
    /// The process that runs.
    process: Option<String>,
    /// What it last said of itself.
    status: Option<ChatStatus>,
}

fn lines(process: Option<&str>, status: Option<&ChatStatus>) -> Vec<(&'static str, String)> {
    let moment = |at| local(at, &TimeZone::system());
    let runs = match (process, status) {
        (Some(process), _) => format!("running: {process}"),
        (None, Some(status)) => format!("not running; last started {}", moment(status.started)),
        (None, None) => "not running, and never did".to_owned(),
    };
    let mut lines = vec![("chat", runs)];
    let Some(status) = status else { return lines };
    let heard: Vec<&str> = status.listening.iter().map(|it| it.as_str()).collect();
    lines.push((
        "commands",
        if heard.is_empty() { "none are heard".into() } else { heard.join(", ") },
    ));
    lines.push(("posted", status.posted.to_string()));
    lines.push(("waiting", status.waiting.len().to_string()));
    lines.extend(status.waiting.iter().map(|it| {
        let why = it.trouble.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        ("waits", format!("{} {} since {}{why}", it.chat, it.place, moment(it.since)))
    }));
    lines.extend(status.trouble.iter().map(|it| ("trouble", it.clone())));
    lines
}
