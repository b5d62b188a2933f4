//! `space door run`: the program that opens doors.

use std::{io::IsTerminal as _, mem::ManuallyDrop, path::PathBuf};

use crate::{
    cli::{CliError, Context, fetch},
    door::{self, Options, Show},
};

/// The arguments of `space door run`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Serve only this facility; may be given several times
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::complete::facilities())]
    facility: Vec<String>,

    /// How long a grant unlocks, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = Options::UNLOCK_SECONDS)]
    unlock_seconds: u16,

    /// Where the simulator takes readings as JSON lines; beside the key unless given
    #[arg(long, value_name = "PATH")]
    socket: Option<PathBuf>,

    /// Take no readings from this terminal
    #[arg(long)]
    no_terminal: bool,
}

/// Runs until a signal, or the end of what is typed at the terminal, stops it.
///
/// # Errors
/// That the space, its key or the socket cannot be used.
pub(crate) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let facilities = args
        .facility
        .iter()
        .map(|name| Ok(fetch::facility(&head, name)?.0))
        .collect::<Result<_, CliError>>()?;
    drop(head);
    let dir = store.dir().to_owned();
    // Two open handles on a repository would keep its packs in memory for good.
    drop(ManuallyDrop::into_inner(store));
    let typing = !args.no_terminal && std::io::stdin().is_terminal();
    let options = Options {
        facilities,
        unlock_seconds: args.unlock_seconds,
        terminal: typing.then(|| Box::new(std::io::stdin()) as _),
        socket: Some(args.socket.unwrap_or_else(|| dir.join("simulator.sock"))),
        show: if ctx.json { Show::Json } else { Show::Words { colour: ctx.colour() } },
        ..Options::new(dir)
    };
    Ok(door::run(options, std::io::stdout())?)
}
