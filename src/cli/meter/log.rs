//! `space meter log`: what a meter said.

use std::collections::{BTreeMap, VecDeque};

use clap::ValueEnum;
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    app::{look_up, measurements, view::MeasurementView},
    cli::{CliError, Context, output::Listing},
    domain::{
        meters::{Oddity, Slice, by_day, by_hour},
        model::text,
    },
    store::measurements::{Damage, each},
};

/// Shown below the options.
const NOTES: &str = "\
Examples:
  space meter log power
  space meter log gas --by month --from 2025-01-01
  space meter log workshop-temperature --by hour --from -2d --csv";

/// The arguments of `space meter log`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The meter
    #[arg(add = crate::cli::input::completion::meters())]
    meter: String,

    /// One row for each
    #[arg(long, value_enum, default_value = "measurement")]
    by: By,

    /// From this moment on [default: a day, a month or a year ago, depending on --by]
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    from: Option<String>,

    /// Before this moment [default: now]
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    until: Option<String>,

    /// At most so many measurements, the newest ones
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    limit: usize,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum By {
    /// Measurements, as they came
    Measurement,
    /// Hours
    Hour,
    /// Days
    Day,
    /// Months
    Month,
}

/// Shows what a meter said.
///
/// # Errors
/// Fails if there is no such meter, or if its measurements cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let (name, meter) = look_up::meter(&space.head, &args.meter)?;
    let days = match args.by {
        By::Measurement => 1,
        By::Hour => 2,
        By::Day => 31,
        By::Month => 366,
    };
    let until = args.until.as_deref().map_or(Ok(ctx.now), |text| space.past_moment(text))?;
    let ago = until.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN);
    let from = args.from.as_deref().map_or(Ok(ago), |text| space.past_moment(text))?;
    let window = (from, until);
    if args.by == By::Measurement {
        let mut rows = VecDeque::new();
        let folder = measurements::folder(space.store);
        // What was read at this very moment belongs to it.
        let window = (from, until.saturating_add(SignedDuration::from_millis(1)).unwrap_or(until));
        let damage = each(&folder, &name, meter.unit.base(), window, |it| {
            if rows.len() == args.limit {
                rows.pop_front();
            }
            if args.limit > 0 {
                rows.push_back(MeasurementView::of_measurement(&it, &meter, &zone));
            }
        })?;
        ctx.list(args.form, rows.make_contiguous())?;
        return tell(ctx, &damage, &BTreeMap::new());
    }
    let found = measurements::slices(space.store, &name, &meter, window)?;
    let sums: Vec<(Timestamp, Slice)> = if args.by == By::Hour {
        by_hour(&found.slices, &zone).into_iter().collect()
    } else {
        let mut sums: BTreeMap<Date, Slice> = BTreeMap::new();
        for (day, slice) in by_day(&found.slices, &zone) {
            let first = if args.by == By::Day { day } else { day.first_of_month() };
            sums.entry(first).or_default().add(&slice);
        }
        let begin = |(day, slice)| (measurements::begin_of(day, &zone), slice);
        sums.into_iter().map(begin).collect()
    };
    let whole_days = args.by != By::Hour;
    let rows: Vec<MeasurementView> = sums
        .iter()
        .map(|(at, slice)| MeasurementView::of_slice(*at, slice, &meter, &zone, whole_days))
        .collect();
    ctx.list(args.form, &rows)?;
    tell(ctx, &found.damage, &found.odd)
}

/// Tells what could not be read, and what was odd.
fn tell(ctx: &Context, damage: &Damage, odd: &BTreeMap<Oddity, u32>) -> Result<(), CliError> {
    if damage.bytes > 0 {
        ctx.warn(format!("{} bytes of its files are damaged and were left out", damage.bytes))?;
    }
    if damage.other_unit > 0 {
        let count = damage.other_unit;
        ctx.warn(format!(
            "{count} measurements are in a unit that it had before, and were left out"
        ))?;
    }
    for (oddity, count) in odd {
        let what = match oddity {
            Oddity::Slip => "readings that fit neither before nor after were left out",
            Oddity::Reset => "times the counter began again with zero",
            Oddity::Wrap => "times the counter passed its last digit",
            Oddity::Replaced => {
                "times there was another counter; what was used in between is unknown"
            }
        };
        ctx.warn(text::printable(&format!("{count} {what}")))?;
    }
    Ok(())
}
