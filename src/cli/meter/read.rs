//! `space meter read`: records what a dial on the wall says.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, measurements, view},
    cli::{CliError, Context, output::table},
    domain::{
        meters::{Measurement, accept},
        model::{Decimal, Slug, Source, Unit},
    },
    store::measurements::Recorder,
};
use std::io::Write as _;

/// Shown below the options.
const NOTES: &str = "\
What was used since the reading before is spread evenly over the time between the two. A reading that is
lower than the one before is believed once the next one follows from it. Of two readings for the same
moment the later one counts, so that a slip is corrected by reading again with --at.

Examples:
  space meter read gas 12345.6
  space meter read gas 12300 --at \"2026-01-31 18:00\"
  space meter read gas 0 --replaced";

/// The reading that was recorded.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Read {
    /// The meter.
    meter: Slug,
    /// What it says.
    value: f64,
    /// When.
    at: Timestamp,
}

/// The arguments of `space meter read`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The meter
    #[arg(add = crate::cli::input::completion::meters())]
    meter: String,

    /// What it says, in its unit; on or off for a switch or a window
    #[arg(allow_hyphen_values = true)]
    value: String,

    /// When it was read [default: now]
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    at: Option<String>,

    /// This is another counter than before: nothing is known of what was used until now
    #[arg(long)]
    replaced: bool,
}

/// Records a reading.
///
/// # Errors
/// Fails if there is no such meter, if the number cannot be, or if it cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (name, meter) = look_up::meter(&space.head, &args.meter)?;
    let zone = space.zone()?;
    let at = args.at.as_deref().map_or(Ok(ctx.now), |text| space.past_moment(text))?;
    let number = match args.value.as_str() {
        "on" | "open" if meter.unit == Unit::OnOff => 1.0,
        "off" | "closed" if meter.unit == Unit::OnOff => 0.0,
        text => text.parse::<Decimal>()?.as_f64(),
    };
    if args.replaced && !meter.measures.is_counted() {
        return Err(CliError::user(format!("{name} is not a counter, so none can be replaced")));
    }
    let accepted = accept(&meter, number, at, ctx.now).map_err(|why| {
        CliError::user(format!("{name}: {why}")).hint("read it again, and compare the unit")
    })?;
    let reading = Measurement { begins: args.replaced, ..accepted };
    let before = measurements::newest(space.store, &name, &meter)?;
    let mut recorder = Recorder::new(measurements::folder(space.store));
    recorder.add(&name, meter.unit.base(), reading, ctx.now);
    recorder.write(ctx.now)?;
    if ctx.json {
        let mut out = ctx.out();
        table::write_json(&mut out, &Read { meter: name, value: number, at })?;
        return Ok(out.flush()?);
    }
    let shown = |value: f64| view::number(value, meter.unit);
    ctx.say(format!("{name}: {} at {}", shown(number), view::local(at, &zone)))?;
    let counted = meter.measures.is_counted() && !args.replaced;
    if let Some(before) = before.filter(|it| counted && it.millis < reading.millis) {
        let former = meter.unit.from_base(before.number());
        let since = view::local(before.at(), &zone);
        if reading.value < before.value {
            ctx.warn(format!(
                "it said {} at {since}: if it was replaced or began again with zero, this is right; \
                 --replaced says so",
                shown(former)
            ))?;
        } else {
            ctx.say(format!("{} since {since}", shown(number - former)))?;
        }
    }
    if let Some(source) = &meter.source
        && !matches!(source, Source::Guard(_))
    {
        ctx.warn(format!("{name} is also read by itself; its numbers go on from this one"))?;
    }
    Ok(())
}
