//! `space demo`: a demonstration space with simulated doors, with nothing to install.

mod content;
mod demo_space;
mod message;
mod tour;
mod web;

use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
};

use anstyle::AnsiColor;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CliError, Context, output::table};
use crate::{
    app::view,
    cli::advice,
    domain::model::AccessResult,
    door::{self, Options},
    service::Show,
};

/// The arguments of `space demo`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Create the space here and keep it [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,

    /// Play the tour, as if there were no terminal
    #[arg(long)]
    tour: bool,

    /// Also serve the panel for volunteers, and the interface for controllers, on this machine
    #[arg(long, conflicts_with = "tour")]
    web: bool,
}

/// Creates the space and runs its doors, for a person at the terminal or for a scripted tour.
///
/// # Errors
/// Fails if the space cannot be made, or if the tour goes wrong.
pub(crate) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = demo_space::create(args.dir, ctx.now)?;
    let typing = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    introduce(ctx, space.dir())?;
    let _web = args.web.then(|| web::start(ctx, space.dir())).transpose()?;
    if args.tour || (!typing && !args.web) {
        tour::play(ctx, space.dir())?;
    } else {
        let show = Show::Words { colour: ctx.colour() };
        let socket = Some(space.dir().join(".git/space/door.sock"));
        // Without a terminal it goes on until it is stopped.
        let terminal = typing.then(|| Box::new(std::io::stdin()) as _);
        let options =
            Options { show, socket, terminal, ..Options::new(space.dir(), advice::words) };
        door::run(options, std::io::stdout())?;
    }
    space.remove(ctx)
}

#[derive(Serialize, JsonSchema)]
struct Row {
    who: &'static str,
    typed: String,
    result: AccessResult,
    story: &'static str,
}

const COLUMNS: &[view::Column<Row>] = &[
    view::Column::new("TYPE THIS", |row: &Row| view::plain(&row.typed)),
    view::Column::new("WHO", |row| view::plain(row.who)),
    view::Column::new("EXPECT", |row| match row.result {
        AccessResult::Denied => ("denied".into(), view::CellStyle::Bad),
        other => (other.to_string(), view::CellStyle::Good),
    }),
    view::Column::new("BECAUSE", |row| view::plain(row.story)),
];

fn introduce(ctx: &Context, dir: &Path) -> Result<(), CliError> {
    let bold = anstyle::Style::new().bold();
    let cyan = AnsiColor::Cyan.on_default();
    let rows: Vec<Row> = content::READINGS
        .iter()
        .map(|it| Row { who: it.who, typed: it.typed(), result: it.result, story: it.story })
        .collect();
    let mut out = ctx.out();
    writeln!(
        out,
        "{bold}A makerspace with two doors and a laser cutter, in {}{bold:#}",
        dir.display()
    )?;
    writeln!(out)?;
    table::write(&mut out, &rows, COLUMNS, None, ctx.colour())?;
    writeln!(out)?;
    writeln!(out, "In a second terminal, revoke Ada's fob, then undo that:")?;
    writeln!(out, "  {cyan}{}{cyan:#}", command(dir, "credential revoke --member ada"))?;
    writeln!(out, "  {cyan}{}{cyan:#}", command(dir, "undo"))?;
    writeln!(
        out,
        "Other commands to try there: status, member list, why turing, log, activity list"
    )?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Returns a command that works in the folder where this program was started.
fn command(dir: &Path, what: &str) -> String {
    let program = std::env::current_exe().ok();
    let program =
        program.as_deref().map_or_else(|| "space".into(), |path| path.display().to_string());
    format!("{program} -C {} {what}", dir.display())
}
