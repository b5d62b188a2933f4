//! `space door run`: the program that opens doors.

use std::{io::IsTerminal as _, path::PathBuf};

use crate::{
    app::look_up,
    cli::{CliError, Context, advice, input::machine::MachineArgs},
    config,
    domain::model::Slug,
    door::{self, Options},
    service::Show,
};

/// The arguments of `space door run`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    machine: MachineArgs,

    /// Serve only this facility, if no doors are configured; can be repeated
    #[arg(long, short, value_name = "FACILITY", add = crate::cli::input::completion::facilities())]
    facility: Vec<String>,

    /// How long a grant unlocks a door that is not in the configuration
    #[arg(long, value_name = "SECONDS", default_value_t = config::Door::UNLOCK_SECONDS)]
    unlock_seconds: u32,

    /// Take no readings from this terminal
    #[arg(long)]
    no_terminal: bool,
}

/// Runs until a signal or the end of the terminal input.
///
/// # Errors
/// Fails if the configuration, the journal or the socket cannot be used.
pub(crate) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let config = args.machine.config()?;
    let ctx = &MachineArgs::space(ctx, &config);
    let (dir, facilities) = match records(ctx, &args.facility) {
        Ok(found) => found,
        // A door of this machine comes up whatever its records are like, and waits for them.
        Err(error) => {
            let folder = ctx.repo.clone().unwrap_or_else(|| PathBuf::from("."));
            if !folder.is_dir() || !args.facility.is_empty() {
                return Err(error);
            }
            (folder, Vec::new())
        }
    };
    let socket = match args.machine.socket(ctx, &config) {
        Ok(socket) => socket,
        Err(_) => args.machine.socket_without_space(&dir, &config),
    };
    let simulated =
        config.devices.is_empty() || config.devices.values().any(|it| it.is_simulator());
    let typing = simulated && !args.no_terminal && std::io::stdin().is_terminal();
    let options = Options {
        socket: Some(socket),
        config,
        facilities,
        unlock_seconds: args.unlock_seconds,
        terminal: typing.then(|| Box::new(std::io::stdin()) as _),
        show: Show::on_output(ctx.json, ctx.colour()),
        ..Options::new(dir, advice::words)
    };
    Ok(door::run(options, std::io::stdout())?)
}

/// Returns the folder of the space beside its records, and the chosen facilities.
fn records(ctx: &Context, chosen: &[String]) -> Result<(PathBuf, Vec<Slug>), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let facilities = chosen.iter().map(|name| Ok(look_up::facility(&head, name)?.0));
    // Two open handles on a repository would keep its packs in memory for good.
    Ok((store.dir().to_owned(), facilities.collect::<Result<_, CliError>>()?))
}
