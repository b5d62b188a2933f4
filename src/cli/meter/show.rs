//! `space meter show`: one meter, and what it said last.

use crate::{
    app::{look_up, measurements, view::MeterView},
    cli::{CliError, Context},
    domain::model::{Decimal, Slug},
};

/// The arguments of `space meter show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The meter
    #[arg(add = crate::cli::input::completion::meters())]
    meter: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Shows a meter.
///
/// # Errors
/// Fails if there is none, or if its record or its measurements cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (name, meter) = look_up::meter(&space.head, &args.meter)?;
    let newest = measurements::newest(space.store, &name, &meter)?;
    let shown = MeterView::new(name, meter, newest, &space.zone_or_utc());
    let it = &shown.record;
    let prices: Vec<String> = it
        .prices
        .iter()
        .map(|price| match price.from {
            Some(day) => format!("{} from {day}", price.price),
            None => price.price.to_string(),
        })
        .collect();
    let slug = |name: &Option<Slug>| name.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = |number: Option<Decimal>| number.map(|it| it.to_string()).unwrap_or_default();
    let alarm = it.alarm.clone().unwrap_or_default();
    let silent = alarm.silent_minutes.map(|it| format!("{it} minutes")).unwrap_or_default();
    let last = shown.last().zip(shown.when()).map(|(value, when)| format!("{value}, {when}"));
    let lines = [
        ("meter", shown.meter.to_string()),
        ("name", it.name.clone()),
        ("measures", format!("{} in {}", it.measures, it.unit.shown())),
        ("last", last.unwrap_or_else(|| "nothing yet".to_owned())),
        ("from", shown.source()),
        ("zone", slug(&it.zone)),
        ("facility", slug(&it.facility)),
        ("outside", if it.outside { "yes".into() } else { String::new() }),
        ("prices", prices.join("\n")),
        ("calorific", number(it.calorific)),
        ("wraps at", number(it.wraps_at)),
        ("published", if it.published { "yes".into() } else { String::new() }),
        ("alarm above", number(alarm.above)),
        ("alarm below", number(alarm.below)),
        ("alarm if silent", silent),
    ];
    ctx.record(&shown, &lines)
}
