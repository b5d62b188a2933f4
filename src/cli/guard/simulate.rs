//! `space guard simulate`: lets the guard work on a simulated day, and attacks it.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use clap::{ValueEnum, builder::PossibleValue};

use super::{chart, picture};
use crate::{
    cli::{
        CliError, Context, context,
        output::{
            file::{self, Readers},
            table,
        },
    },
    domain::guard::Limits,
    guard::simulation::{Attack, Day, Plan, Season, play},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space guard simulate --attack thermostat-full
  space guard simulate --attack thermostat-full --attack drift
  space guard simulate --attack thermostat-full --attack kill --svg --output day.svg
  space guard simulate --season winter";

/// The arguments of `space guard simulate`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What an attacker does; may be given several times
    #[arg(long = "attack", value_name = "ATTACK")]
    attacks: Vec<Attack>,

    /// After how many hours the attack begins
    #[arg(long, value_name = "HOURS", default_value_t = 3)]
    after: u32,

    /// The weather
    #[arg(long, default_value = "summer")]
    season: Season,

    /// How many hours to play, from six in the morning on
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=168))]
    hours: u32,

    /// Draw a chart, as SVG
    #[arg(long)]
    svg: bool,

    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ValueEnum for Attack {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.to_string()))
    }
}

impl ValueEnum for Season {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Summer, Self::Winter]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Summer => PossibleValue::new("summer").help("17 to 31 °C outside"),
            Self::Winter => PossibleValue::new("winter").help("-5 to 5 °C outside"),
        })
    }
}

/// Plays a day and shows it.
///
/// # Errors
/// Fails if two formats were requested, or if the output cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    if ctx.json && args.svg {
        return Err(context::two_forms("--svg"));
    }
    let limits = Limits::DEFAULT;
    let plan = Plan {
        season: args.season,
        hours: args.hours,
        attacks: args.attacks.clone(),
        after: args.after,
        limits,
    };
    let day = play(&plan)
        .map_err(|bound| CliError::internal(format!("{} is out of range", bound.name)))?;
    let limit = f64::from(limits.limit) / 1_000.0;
    let mut bytes = Vec::new();
    if ctx.json {
        table::write_json(&mut bytes, &day)?;
    } else if args.svg {
        bytes.extend_from_slice(picture::draw(&day, limit).as_bytes());
    } else {
        write!(bytes, "{}", chart::draw(&day, limit))?;
        told(&mut bytes, &day, limit)?;
    }
    if let Some(path) = &args.output {
        file::replace(path, &bytes, Readers::Anybody).map_err(|error| {
            CliError::internal(format!("cannot write {}: {error}", path.display()))
        })?;
        return ctx.say(format!("written to {}", path.display()));
    }
    let mut out = io::stdout().lock();
    out.write_all(&bytes)?;
    Ok(out.flush()?)
}

/// How many happenings are shown; the middle is left out.
const SHOWN: usize = 24;

/// Tells what happened, and what the guard was good for.
fn told(out: &mut Vec<u8>, day: &Day, limit: f64) -> io::Result<()> {
    let count = day.happenings.len();
    for (number, it) in day.happenings.iter().enumerate() {
        if count > SHOWN && number == SHOWN / 2 {
            writeln!(out, "  …    ({} more)", count - SHOWN)?;
        }
        if count <= SHOWN || number < SHOWN / 2 || number >= count - SHOWN / 2 {
            writeln!(out, "  {}  {}", chart::clock(it.second), it.what)?;
        }
    }
    writeln!(out)?;
    let (warmest, without) = (day.warmest, day.warmest_without);
    writeln!(out, "warmest   {warmest:.1} °C; {without:.1} °C without the guard")?;
    let (heat, without) = (day.minutes_of_heat, day.minutes_of_heat_without);
    writeln!(out, "heat      {heat} minutes; {without} minutes without the guard")?;
    let too_warm = day.seconds_too_warm;
    writeln!(out, "too warm  furnace on for {too_warm} seconds at or above {limit} °C")
}
