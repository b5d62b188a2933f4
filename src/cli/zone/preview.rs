//! `space zone preview`: how warm a zone should be over the next day, and why.

use jiff::SignedDuration;

use crate::{
    app::{heat, look_up, view::StretchView},
    cli::{CliError, Context, output::Listing},
    domain::{
        heat::{HeatPlan, preview},
        schedule::Window,
    },
};

/// The arguments of `space zone preview`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The zone
    #[arg(add = crate::cli::input::completion::zones())]
    zone: String,

    /// From this moment on [default: now]
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    from: Option<String>,

    /// For this many hours
    #[arg(long, value_name = "N", default_value_t = 24,
          value_parser = clap::value_parser!(u16).range(1..=744))]
    hours: u16,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Previews a zone.
///
/// # Errors
/// Fails if there is none, or if its record cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let time_zone = space.zone()?;
    let (_, zone) = look_up::zone(&space.head, &args.zone)?;
    let from = args.from.as_deref().map_or(Ok(ctx.now), |text| space.moment(text))?;
    let until = from.saturating_add(SignedDuration::from_hours(args.hours.into())).unwrap_or(from);
    let window = Window { from, until };
    let bookings = heat::bookings(&space.head, &zone, window, &time_zone);
    let plan = HeatPlan::new(&zone, &time_zone);
    let rows: Vec<StretchView> = preview(&plan, &bookings, window)
        .into_iter()
        .map(|stretch| StretchView::new(stretch, &time_zone))
        .collect();
    ctx.list(args.form, &rows)?;
    plan.unread().iter().try_for_each(|number| {
        ctx.warn(format!("wish {} cannot be evaluated and warms nothing", number + 1))
    })
}
