//! `space simulate`: plays the whole space for some days, and says what went wrong.

mod picture;
mod story;

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use clap::{ValueEnum, builder::PossibleValue};

use super::{
    CliError, Context, context,
    output::{
        Progress,
        file::{self, Readers},
        table,
    },
};
use crate::simulation::{Plan, Script, Trouble, play, shrink};

/// How often a failing script is tried with less in it.
const TRIES: usize = 200;

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space simulate --days 30 --seed 7
  space simulate --doors 3 --trouble power --trouble clock
  space simulate --seed 7 --svg --output month.svg";

/// The arguments of `space simulate`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// How many days to play
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=366))]
    days: u32,

    /// What the script follows from: the same seed is the same story
    #[arg(long, default_value_t = 7)]
    seed: u64,

    /// How many doors there are
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    doors: u8,

    /// What goes wrong; can be repeated
    #[arg(long, value_name = "TROUBLE", default_value = "all")]
    trouble: Vec<Wanted>,

    /// Show the script and do not play it
    #[arg(long, conflicts_with = "svg")]
    script: bool,

    /// Draw doors, holds and troubles over time, as SVG
    #[arg(long)]
    svg: bool,

    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What should go wrong.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    All,
    Nothing,
    One(Trouble),
}

const WANTED: [Wanted; 7] = [
    Wanted::All,
    Wanted::Nothing,
    Wanted::One(Trouble::Boards),
    Wanted::One(Trouble::Network),
    Wanted::One(Trouble::Power),
    Wanted::One(Trouble::Clock),
    Wanted::One(Trouble::Admins),
];

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Self] {
        &WANTED
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::All => PossibleValue::new("all").help("everything below"),
            Self::Nothing => PossibleValue::new("none").help("nothing goes wrong"),
            Self::One(it) => PossibleValue::new(it.as_str()).help(match it {
                Trouble::Boards => "boards are unplugged",
                Trouble::Network => "the network of the doors fails",
                Trouble::Power => "their power is cut, now and then in the middle of a fetch",
                Trouble::Clock => "their clock leaps",
                Trouble::Admins => "two admins change the same member at the same moment",
            }),
        })
    }
}

/// Plays a script and tells what happened; the exit code is 2 if something happened that must not.
///
/// # Errors
/// Fails if two formats were requested, or if something cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    if ctx.json && args.svg {
        return Err(context::two_forms("--svg"));
    }
    let wanted = |trouble: &Trouble| {
        args.trouble.iter().any(|it| match it {
            Wanted::All => true,
            Wanted::Nothing => false,
            Wanted::One(one) => one == trouble,
        })
    };
    let troubles = Trouble::ALL.into_iter().filter(wanted).collect();
    let doors = usize::from(args.doors);
    let script = Script::of(&Plan { seed: args.seed, days: args.days, doors, troubles });
    if args.script {
        write(ctx, args, script.text().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let progress = Progress::new("playing");
    let report = play(&script, None)?;
    let shortest = report.broken.as_ref().map(|broken| {
        let same = |less: &Script| {
            play(less, None).is_ok_and(|it| it.broken.is_some_and(|it| it.rule == broken.rule))
        };
        shrink(&script, TRIES, same)
    });
    drop(progress);
    let mut bytes = Vec::new();
    if ctx.json {
        table::write_json(&mut bytes, &report)?;
    } else if args.svg {
        bytes.extend_from_slice(picture::draw(&report, &script).as_bytes());
    } else {
        story::tell(&mut bytes, &report, &script, shortest.as_ref())?;
    }
    write(ctx, args, &bytes)?;
    Ok(if report.broken.is_some() { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn write(ctx: &Context, args: &Args, bytes: &[u8]) -> Result<(), CliError> {
    if let Some(path) = &args.output {
        file::replace(path, bytes, Readers::Anybody).map_err(|error| {
            CliError::internal(format!("cannot write {}: {error}", path.display()))
        })?;
        return ctx.say(format!("written to {}", path.display()));
    }
    let mut out = ctx.out();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}
