//! The command line: `space <noun> <verb>` is `cli/<noun>/<verb>.rs`.

mod activity;
pub mod advice;
pub mod answers;
#[cfg(unix)]
mod as_user;
mod backup;
mod bridge;
mod building;
mod channel;
mod chat;
mod check;
mod class;
mod clone;
mod completions;
mod context;
mod credential;
mod demo;
mod diff;
mod doctor;
mod door;
mod drill;
mod dues;
mod facility;
mod guard;
mod implied_verb;
mod induction;
mod init;
mod input;
mod join;
mod key;
mod log;
mod maintain;
mod man;
mod member;
mod merge;
mod merge_file;
mod meter;
mod migrate;
mod notice;
mod opened;
mod output;
mod payment;
mod private;
mod processor;
mod report;
mod requirement;
mod restore;
mod retention;
mod schema;
mod service;
mod settings;
mod simulate;
mod status;
mod sync;
mod tier;
mod timespec;
mod undo;
mod web;
mod why;
mod write;
mod zone;

use std::{ffi::OsString, io::Write as _, path::PathBuf, process::ExitCode};

use clap::{
    Args, CommandFactory as _, Parser, Subcommand, error::ErrorKind as ParseErrorKind,
    parser::ValueSource,
};

pub use context::Context;
use implied_verb::Understood;
use opened::Opened;
pub use output::error::{CliError, ErrorKind};

use crate::{clock, domain::model::text::printable};

/// The heading of the options that every command takes.
const EVERYWHERE: &str = "Options of every command";

/// Run a makerspace from a git repository
///
/// Members, credentials and requirements are files in a git repository. Every change is a commit,
/// and the door acts on it at once. Run `space demo` to see it work.
#[derive(Parser, Debug)]
#[command(name = "space", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    everywhere: Everywhere,

    #[command(subcommand)]
    command: Command,
}

/// The options that every command takes.
#[derive(Args, Debug)]
struct Everywhere {
    /// The data folder, or any folder inside it [default: the current folder; on a door's machine,
    /// the space of /etc/space/door.toml]
    #[arg(long, short = 'C', global = true, value_name = "DIR", env = "SPACE_REPO",
          help_heading = EVERYWHERE)]
    repo: Option<PathBuf>,

    /// Print JSON, for programs
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    json: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Create a new space
    Init(init::Args),
    /// Clone a space to work in
    Clone(clone::Args),
    /// Bring this clone and the shared repository together
    Sync(sync::Args),
    /// Say what a change does: in words, in access, and in dues
    Diff(diff::Args),
    /// Join two commits, as on a server
    Merge(merge::Args),
    /// Join a record for git
    #[command(name = "merge-file", hide = true)]
    MergeFile(merge_file::Args),
    /// Members: who belongs to the space
    #[command(subcommand, alias = "members")]
    Member(member::Verb),
    /// Joining: people who applied on the web and wait to be accepted
    #[command(subcommand)]
    Join(join::Verb),
    /// Credentials: the fobs and passcodes of members
    #[command(subcommand, alias = "credentials")]
    Credential(credential::Verb),
    /// Facilities: the doors and tools that are guarded
    #[command(subcommand, alias = "facilities")]
    Facility(facility::Verb),
    /// Requirements: the priority that a facility demands, and when
    #[command(subcommand, alias = "requirements")]
    Requirement(requirement::Verb),
    /// Meters: what is used in the building, and what it costs
    #[command(subcommand, alias = "meters")]
    Meter(meter::Verb),
    /// Zones: what is heated together, how warm and when
    #[command(subcommand, alias = "zones")]
    Zone(zone::Verb),
    /// Channels of chats: who belongs to them, and what is posted there
    #[command(subcommand, alias = "channels")]
    Channel(channel::Verb),
    /// The program that posts in chats what happens, and answers commands there
    #[command(subcommand)]
    Chat(chat::Verb),
    /// Timespecs: `always`, or a calendar
    #[command(subcommand)]
    Timespec(timespec::Verb),
    /// Inductions: who was shown how to use what, and by whom
    #[command(subcommand, alias = "inductions")]
    Induction(induction::Verb),
    /// Classes: courses with a last day, and who may come to them
    #[command(subcommand, alias = "classes")]
    Class(class::Verb),
    /// Tiers: kinds of membership and their prices
    #[command(subcommand, alias = "tiers")]
    Tier(tier::Verb),
    /// Dues: what members owe, and how it is made up
    #[command(subcommand)]
    Dues(dues::Verb),
    /// Payments: what came in, and what it buys
    #[command(subcommand, alias = "payments")]
    Payment(payment::Verb),
    /// Notices: what members are told, when, and in which words
    #[command(subcommand, alias = "notices")]
    Notice(notice::Verb),
    /// Reports: members, dues, income, activity, and the review of a month
    #[command(subcommand, alias = "reports")]
    Report(report::Verb),
    /// Retention: what has been held for longer than the settings allow
    Retention(retention::Args),
    /// Settings: what applies to the whole space
    #[command(subcommand)]
    Settings(settings::Verb),
    /// The key that codes are hashed with
    #[command(subcommand)]
    Key(key::Verb),
    /// Check the data and list everything that is wrong
    Check(check::Args),
    /// Show what is in force, and what is not yet
    Status(status::Args),
    /// Examine this machine and say what to fix
    Doctor(doctor::Args),
    /// Bring data of an older format up to date
    Migrate(migrate::Args),
    /// Pack the repository; normally this happens automatically
    Maintain(maintain::Args),
    /// Show who changed what
    Log(log::Args),
    /// Take back the last change, as a new change
    Undo(undo::Args),
    /// Bring records back as they were, as a new change
    Restore(restore::Args),
    /// Backups: one file of everything, and whether a copy can be restored
    #[command(subcommand)]
    Backup(backup::Verb),
    /// Rehearse that this machine died, and say how long a new one takes
    Drill(drill::Args),
    /// Bring back what was undone last
    Redo(undo::redo::Args),
    /// Explain who may open what, and why
    Why(why::Args),
    /// The door: run it, operate it, or try a credential on it
    #[command(subcommand)]
    Door(door::Verb),
    /// The bridge: exchange messages with a membership system
    #[command(subcommand)]
    Bridge(bridge::Verb),
    /// The web: the panel for volunteers, and the interfaces for controllers and programs
    #[command(subcommand)]
    Web(web::Verb),
    /// The building: measure it, and tell about alarms
    #[command(subcommand)]
    Building(building::Verb),
    /// The guard: cuts the furnace when it is too warm, whatever the network says
    #[command(subcommand)]
    Guard(guard::Verb),
    /// Services: payment processors that follow the records
    #[command(subcommand, alias = "services")]
    Service(service::Verb),
    /// Processors: by what members pay
    #[command(subcommand, alias = "processors")]
    Processor(processor::Verb),
    /// Activities: what happened at the doors
    #[command(subcommand, alias = "activities")]
    Activity(activity::Verb),
    /// Try everything out with a simulated door
    Demo(demo::Args),
    /// Play the whole space for some days, with everything that goes wrong
    Simulate(simulate::Args),
    /// Print the JSON Schemas of records and of answers
    Schema(schema::Args),
    /// Print the completion script of a shell
    Completions(completions::Args),
    /// Print or write the manual pages
    Man(man::Args),
}

/// Runs the command line of a process; returns its exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    input::completion::complete_if_asked(Cli::command);
    let line: Vec<OsString> = args.into_iter().collect();
    let for_programs = line.iter().any(|it| it == "--json");
    let Understood { matches, cli, unclear } = match implied_verb::understood::<Cli>(&line) {
        Ok(understood) => understood,
        Err(error) => return usage(&error, for_programs),
    };
    input::typed::remember(&Cli::command(), &matches);
    if let (Some(folder), Some(ValueSource::CommandLine)) =
        (&cli.everywhere.repo, matches.value_source("repo"))
    {
        output::command::remember(folder);
    }
    let json = cli.everywhere.json;
    match run(cli) {
        Ok(code) => code,
        Err(error) if error.message == output::error::BROKEN_PIPE => ExitCode::SUCCESS,
        Err(error) => {
            if let Some((unclear, verb)) = unclear.filter(|_| error.kind == ErrorKind::User) {
                let code = usage(&unclear, json);
                if !json {
                    let message = printable(&error.message);
                    let mut err = anstream::stderr();
                    // If standard error itself is closed, there is nobody to tell.
                    let _ = writeln!(err, "note: the verb {verb} was tried, too: {message}");
                }
                return code;
            }
            error.report(json);
            error.exit_code()
        }
    }
}

fn usage(error: &clap::Error, for_programs: bool) -> ExitCode {
    if for_programs && error.exit_code() != 0 {
        let error = CliError::misunderstood(&error.to_string());
        error.report(true);
        return error.exit_code();
    }
    // If the output itself is closed, there is nobody to tell.
    let _ = error.print();
    match error.kind() {
        ParseErrorKind::DisplayHelp | ParseErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

fn run(cli: Cli) -> Result<ExitCode, CliError> {
    if let Some(Err(text)) = clock::pinned() {
        return Err(CliError::user(format!("{}: `{text}` is not an RFC 3339 instant", clock::PIN))
            .hint("write it like 2026-01-31T18:00:00Z, or unset it"));
    }
    // Completions and manual pages are for everybody on the machine.
    if !matches!(cli.command, Command::Completions(_) | Command::Man(_) | Command::Schema(_)) {
        private::exclude_others();
    }
    let Everywhere { repo, json } = cli.everywhere;
    let ctx = Context::new(repo, json, clock::now());
    let done = |()| ExitCode::SUCCESS;
    match cli.command {
        Command::Init(args) => init::run(&ctx, args).map(done),
        Command::Clone(args) => clone::run(&ctx, args).map(done),
        Command::Sync(args) => sync::run(&ctx, args).map(done),
        Command::Diff(args) => diff::run(&ctx, &args),
        Command::Merge(args) => merge::run(&ctx, &args).map(done),
        Command::MergeFile(args) => merge_file::run(&ctx, &args),
        Command::Join(verb) => join::run(&ctx, verb).map(done),
        Command::Member(verb) => member::run(&ctx, verb).map(done),
        Command::Credential(verb) => credential::run(&ctx, verb).map(done),
        Command::Facility(verb) => facility::run(&ctx, verb).map(done),
        Command::Requirement(verb) => requirement::run(&ctx, verb).map(done),
        Command::Meter(verb) => meter::run(&ctx, verb).map(done),
        Command::Zone(verb) => zone::run(&ctx, verb).map(done),
        Command::Channel(verb) => channel::run(&ctx, verb).map(done),
        Command::Chat(verb) => chat::run(&ctx, verb).map(done),
        Command::Timespec(verb) => timespec::run(&ctx, verb),
        Command::Induction(verb) => induction::run(&ctx, verb).map(done),
        Command::Class(verb) => class::run(&ctx, verb).map(done),
        Command::Tier(verb) => tier::run(&ctx, verb).map(done),
        Command::Dues(verb) => dues::run(&ctx, verb).map(done),
        Command::Payment(verb) => payment::run(&ctx, verb).map(done),
        Command::Notice(verb) => notice::run(&ctx, verb).map(done),
        Command::Report(verb) => report::run(&ctx, verb).map(done),
        Command::Retention(args) => retention::run(&ctx, args).map(done),
        Command::Settings(verb) => settings::run(&ctx, verb).map(done),
        Command::Key(verb) => key::run(&ctx, verb).map(done),
        Command::Check(args) => check::run(&ctx, args),
        Command::Status(args) => status::run(&ctx, args).map(done),
        Command::Doctor(args) => doctor::run(&ctx, &args),
        Command::Maintain(args) => maintain::run(&ctx, &args).map(done),
        Command::Migrate(args) => migrate::run(&ctx, &args).map(done),
        Command::Log(args) => log::run(&ctx, args).map(done),
        Command::Undo(args) => undo::run(&ctx, &args).map(done),
        Command::Redo(args) => undo::redo::run(&ctx, &args).map(done),
        Command::Restore(args) => restore::run(&ctx, &args).map(done),
        Command::Backup(verb) => backup::run(&ctx, verb).map(done),
        Command::Drill(args) => drill::run(&ctx, &args).map(done),
        Command::Why(args) => why::run(&ctx, args).map(done),
        Command::Door(verb) => door::run(&ctx, verb),
        Command::Bridge(verb) => bridge::run(&ctx, verb),
        Command::Web(verb) => web::run(&ctx, verb),
        Command::Building(verb) => building::run(&ctx, verb).map(done),
        Command::Guard(verb) => guard::run(&ctx, verb).map(done),
        Command::Service(verb) => service::run(&ctx, verb).map(done),
        Command::Processor(verb) => processor::run(&ctx, verb).map(done),
        Command::Activity(verb) => activity::run(&ctx, verb).map(done),
        Command::Demo(args) => demo::run(&ctx, args).map(done),
        Command::Simulate(args) => simulate::run(&ctx, &args),
        Command::Schema(args) => schema::run(&ctx, &args, &answers::all()).map(done),
        Command::Completions(args) => completions::run(&ctx, args).map(done),
        Command::Man(args) => man::run(&ctx, args, Cli::command()).map(done),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_agree_with_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_list_is_there_for_spreadsheets() {
        let described = Cli::command();
        let mut lists = 0;
        for noun in described.get_subcommands() {
            for verb in noun.get_subcommands() {
                let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
                if verb.get_name() == "list" || about.starts_with("List ") {
                    let mut flags = verb.get_arguments().filter_map(clap::Arg::get_long);
                    let name = format!("space {} {}", noun.get_name(), verb.get_name());
                    assert!(flags.any(|flag| flag == "csv"), "{name} has no --csv");
                    lists += 1;
                }
            }
        }
        assert!(lists > 10, "only {lists} lists were found");
    }
}
