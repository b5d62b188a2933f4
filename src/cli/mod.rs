//! The command line: `space <noun> <verb>` is `cli/<noun>/<verb>.rs`.

mod activity;
mod asking;
mod check;
mod complete;
mod completions;
mod context;
mod credential;
mod demo;
mod doctor;
mod door;
mod dues;
mod error;
mod facility;
mod fetch;
mod induction;
mod init;
mod journals;
mod json_rows;
mod key;
mod lazy;
mod log;
mod long_table;
mod maintain;
mod man;
mod member;
mod money;
mod nearest;
mod notice;
mod payment;
mod progress;
mod prompt;
mod report;
mod requirement;
mod retention;
mod settings;
mod spreadsheet;
mod status;
mod table;
mod texts;
mod tier;
mod timespec;
mod undo;
mod when;
mod whole_file;
mod why;
mod write;

use std::{ffi::OsString, mem::ManuallyDrop, path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, error::ErrorKind};

pub use context::Context;
pub use error::{CliError, Kind};
use lazy::Lazy;

use crate::clock;

/// The heading of what every command understands, apart from what is a command's own.
const EVERYWHERE: &str = "With every command";

/// Run a makerspace from a git repository
///
/// Members, credentials and requirements are files in a git repository; every change is a
/// commit, in force at the door a blink later. `space demo` shows it.
#[derive(Parser, Debug)]
#[command(name = "space", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    everywhere: Everywhere,

    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Args, Debug)]
struct Everywhere {
    /// The data folder, or any folder inside it
    #[arg(long, short = 'C', global = true, value_name = "DIR", env = "SPACE_REPO",
          help_heading = EVERYWHERE)]
    repo: Option<PathBuf>,

    /// Answer in JSON, for programs
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    json: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Make a new space
    Init(Lazy<init::Args>),
    /// Members: who belongs to the space
    #[command(subcommand, alias = "members")]
    Member(Lazy<member::Verb>),
    /// Credentials: the fobs and passcodes of members
    #[command(subcommand, alias = "credentials")]
    Credential(Lazy<credential::Verb>),
    /// Facilities: the doors and tools that are guarded
    #[command(subcommand, alias = "facilities")]
    Facility(Lazy<facility::Verb>),
    /// Requirements: the priority that a facility demands, and when
    #[command(subcommand, alias = "requirements")]
    Requirement(Lazy<requirement::Verb>),
    /// Timespecs: `always`, or a calendar
    #[command(subcommand)]
    Timespec(Lazy<timespec::Verb>),
    /// Inductions: who may use what, and who showed them
    #[command(subcommand, alias = "inductions")]
    Induction(Lazy<induction::Verb>),
    /// Tiers: kinds of membership and their prices
    #[command(subcommand, alias = "tiers")]
    Tier(Lazy<tier::Verb>),
    /// Dues: what members owe, and how it comes about
    #[command(subcommand)]
    Dues(Lazy<dues::Verb>),
    /// Payments: what came in, and what it buys
    #[command(subcommand, alias = "payments")]
    Payment(Lazy<payment::Verb>),
    /// Notices: what members hear, and in which words
    #[command(subcommand, alias = "notices")]
    Notice(Lazy<notice::Verb>),
    /// Reports: members, dues, income, activity, and the review of a month
    #[command(subcommand, alias = "reports")]
    Report(Lazy<report::Verb>),
    /// Retention: what is held longer than the settings allow
    Retention(Lazy<retention::Args>),
    /// Settings: what holds for the whole space
    #[command(subcommand)]
    Settings(Lazy<settings::Verb>),
    /// The key by which codes are hashed
    #[command(subcommand)]
    Key(Lazy<key::Verb>),
    /// Say what is wrong with the data
    Check(Lazy<check::Args>),
    /// Say where things stand: what is in force, what is not yet
    Status(Lazy<status::Args>),
    /// Say whether this machine is fit to run a space, and what to do if not
    Doctor(Lazy<doctor::Args>),
    /// Pack the repository; space does that by itself
    Maintain(Lazy<maintain::Args>),
    /// Show who changed what
    Log(Lazy<log::Args>),
    /// Revert a change, as a new change
    Undo(Lazy<undo::Args>),
    /// Say who may open what, and because of what
    Why(Lazy<why::Args>),
    /// The door: run it, operate it, or try a credential on it
    #[command(subcommand)]
    Door(Lazy<door::Verb>),
    /// Activities: what happened at the doors
    #[command(subcommand, alias = "activities")]
    Activity(Lazy<activity::Verb>),
    /// Show everything at work, with a simulated door
    Demo(Lazy<demo::Args>),
    /// Print the completions of a shell
    Completions(Lazy<completions::Args>),
    /// Print or write the manual pages
    Man(Lazy<man::Args>),
}

/// Runs the command line of a process; returns the code with which it ends.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    complete::if_asked();
    let cli = match parse(args) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let json = cli.everywhere.json;
    match run(cli) {
        Ok(code) => code,
        Err(error) if error.message == error::BROKEN_PIPE => ExitCode::SUCCESS,
        Err(error) => {
            error.report(json);
            error.exit_code()
        }
    }
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(cli) = parse_briefly(&args) {
        return Ok(cli);
    }
    let mut described = Cli::command();
    let matches = described.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut described))
}

/// Parses a line with the description of one noun alone, since a line that is right says no more;
/// whatever it does not understand needs all of them, to say what is wrong.
fn parse_briefly(args: &[OsString]) -> Option<Cli> {
    // Descriptions are large, and go when the process goes: taking them apart is for nothing.
    let mut nouns = ManuallyDrop::new(Command::augment_subcommands(clap::Command::default()));
    let named = |word: &OsString| {
        nouns.get_subcommands().position(|noun| {
            word == noun.get_name() || noun.get_all_aliases().any(|name| word == name)
        })
    };
    let place = args.iter().skip(1).find_map(named)?;
    let noun = std::mem::take(nouns.get_subcommands_mut().nth(place)?);
    let described = Everywhere::augment_args(clap::Command::new("space")).subcommand(noun);
    let mut described = ManuallyDrop::new(described);
    let matches = described.try_get_matches_from_mut(args).ok()?;
    Cli::from_arg_matches(&matches).ok()
}

fn usage(error: &clap::Error) -> ExitCode {
    // Nobody is left to be told when the output itself is closed.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

fn run(cli: Cli) -> Result<ExitCode, CliError> {
    if let Some(Err(text)) = clock::pinned() {
        return Err(CliError::user(format!("{}: `{text}` is no RFC 3339 instant", clock::PIN))
            .hint("write it like 2026-01-31T18:00:00Z, or unset it"));
    }
    let Everywhere { repo, json } = cli.everywhere;
    let ctx = Context { repo, json, now: clock::now() };
    let done = |()| ExitCode::SUCCESS;
    match cli.command {
        Command::Init(Lazy(args)) => init::run(&ctx, args).map(done),
        Command::Member(Lazy(verb)) => member::run(&ctx, verb).map(done),
        Command::Credential(Lazy(verb)) => credential::run(&ctx, verb).map(done),
        Command::Facility(Lazy(verb)) => facility::run(&ctx, verb).map(done),
        Command::Requirement(Lazy(verb)) => requirement::run(&ctx, verb).map(done),
        Command::Timespec(Lazy(verb)) => timespec::run(&ctx, verb),
        Command::Induction(Lazy(verb)) => induction::run(&ctx, verb).map(done),
        Command::Tier(Lazy(verb)) => tier::run(&ctx, verb).map(done),
        Command::Dues(Lazy(verb)) => dues::run(&ctx, verb).map(done),
        Command::Payment(Lazy(verb)) => payment::run(&ctx, verb).map(done),
        Command::Notice(Lazy(verb)) => notice::run(&ctx, verb).map(done),
        Command::Report(Lazy(verb)) => report::run(&ctx, verb).map(done),
        Command::Retention(Lazy(args)) => retention::run(&ctx, args).map(done),
        Command::Settings(Lazy(verb)) => settings::run(&ctx, verb).map(done),
        Command::Key(Lazy(verb)) => key::run(&ctx, verb).map(done),
        Command::Check(Lazy(args)) => check::run(&ctx, args),
        Command::Status(Lazy(args)) => status::run(&ctx, args).map(done),
        Command::Doctor(Lazy(args)) => doctor::run(&ctx, &args),
        Command::Maintain(Lazy(args)) => maintain::run(&ctx, &args).map(done),
        Command::Log(Lazy(args)) => log::run(&ctx, args).map(done),
        Command::Undo(Lazy(args)) => undo::run(&ctx, args).map(done),
        Command::Why(Lazy(args)) => why::run(&ctx, args).map(done),
        Command::Door(Lazy(verb)) => door::run(&ctx, verb),
        Command::Activity(Lazy(verb)) => activity::run(&ctx, verb).map(done),
        Command::Demo(Lazy(args)) => demo::run(&ctx, args).map(done),
        Command::Completions(Lazy(args)) => completions::run(&ctx, args).map(done),
        Command::Man(Lazy(args)) => man::run(&ctx, args).map(done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_agree_with_each_other() {
        Cli::command().debug_assert();
    }
    #[test]
    fn a_line_that_is_parsed_briefly_says_the_same() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let whole = |line: &str| Cli::try_parse_from(words(line)).ok().map(|it| format!("{it:?}"));
        let brief = |line: &str| parse_briefly(&words(line)).map(|it| format!("{it:?}"));
        for line in [
            "space member show 0042",
            "space --json members list",
            "space member list --json -C /srv/space",
            "space -C /srv/space why 0042 --facility member",
            "space check",
            "space credential list --member door",
        ] {
            assert!(whole(line).is_some(), "{line}");
            assert_eq!(brief(line), whole(line), "{line}");
        }
        // Understood with all nouns alone, or not at all.
        for (line, right) in [
            ("space -C member door status", true),
            ("space", false),
            ("space member", false),
            ("space member --help", false),
            ("space --version", false),
            ("space membr list", false),
            ("space membr show member", false),
            ("member list", false),
        ] {
            assert_eq!((brief(line), whole(line).is_some()), (None, right), "{line}");
        }
    }
}
