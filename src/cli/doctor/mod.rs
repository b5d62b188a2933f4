//! `space doctor`: examines this machine and says what to fix.

mod bridge;
mod disk;
mod machine;
mod mail;
mod repository;
mod time;
mod verdict;

use std::process::ExitCode;

use verdict::{Grade, Verdict};

use super::{
    CliError, Context,
    output::{Listing, Progress},
};
use crate::cli::input::machine::MachineArgs;

/// The arguments of `space doctor`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    machine: MachineArgs,

    #[command(flatten)]
    form: Listing,
}

/// Examines everything, and says what to do. The exit code is 2 if something does not work.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    let progress = Progress::new("examining this machine");
    let (config, mut verdicts) = machine::config(&args.machine);
    let ctx = &MachineArgs::space(ctx, &config);
    match ctx.store() {
        Ok(store) => {
            verdicts.extend(repository::look(&store, ctx.now));
            let journal = config.journal.clone();
            let journal = journal.unwrap_or_else(|| crate::store::journal::folder(store.dir()));
            verdicts.extend(disk::look(&store, &journal));
            verdicts.extend(time::look(&store, &journal, ctx.now));
            verdicts.extend(machine::look(ctx, &args.machine, &config, &store));
            verdicts.extend(mail::look(&store));
            verdicts.extend(bridge::look(&store, &journal));
        }
        Err(error) => verdicts.push(Verdict::of_error("space", error)),
    }
    drop(progress);
    ctx.list(args.form, &verdicts)?;
    let bad = verdicts.iter().any(|verdict| verdict.grade == Grade::Bad);
    Ok(if bad { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
