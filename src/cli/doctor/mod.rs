//! `space doctor`: examines this machine and says what to fix.

mod as_owner;
mod bridge;
mod building;
mod chat;
mod diagnosis;
mod disk;
mod guard;
mod machine;
mod mail;
mod owners;
mod repository;
mod services;
mod time;
mod web;

use std::process::ExitCode;

pub(super) use diagnosis::Diagnosis;
use diagnosis::Grade;

use super::{
    CliError, Context,
    output::{Listing, Progress, command},
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
    let (config, mut diagnoses) = machine::config(&args.machine);
    let ctx = &MachineArgs::space(ctx, &config);
    if let Some(code) = as_owner::run(ctx) {
        return Ok(code);
    }
    // Commands that are advised find the space where this one did.
    if let Some(folder) = ctx.repo.as_deref().filter(|_| !command::names_folder()) {
        command::remember(folder);
    }
    let progress = Progress::new("examining this machine");
    match ctx.store() {
        Ok(store) => {
            diagnoses.extend(repository::examine(&store, config.longest_age(), ctx.now));
            let journal = config.journal.clone();
            let journal = journal.unwrap_or_else(|| crate::store::journal::folder(store.dir()));
            diagnoses.extend(owners::examine(&store));
            diagnoses.extend(disk::examine(&store, &journal));
            diagnoses.extend(time::examine(&store, &journal, ctx.now));
            diagnoses.extend(machine::examine(ctx, &args.machine, &config, &store));
            diagnoses.extend(mail::examine(&store));
            diagnoses.extend(bridge::examine(&store, &journal));
            diagnoses.extend(web::examine(&store));
            diagnoses.extend(services::examine(&store, ctx.now));
            diagnoses.extend(chat::examine(&store, ctx.now));
        }
        Err(error) => diagnoses.push(Diagnosis::from_error("space", error)),
    }
    diagnoses.extend(building::examine(ctx.now));
    diagnoses.extend(guard::examine(ctx.now)); // it needs no space
    drop(progress);
    ctx.list(args.form, &diagnoses)?;
    let bad = diagnoses.iter().any(|diagnosis| diagnosis.grade == Grade::Bad);
    Ok(if bad { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
