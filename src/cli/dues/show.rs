//! `space dues show`: shows what members owe per month.

use crate::{
    app::{
        dues::members::{self, Owing},
        view::DuesView,
    },
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::money::Currency,
};

/// The arguments of `space dues show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name [default: everybody]
    #[arg(add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// As of this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    at: String,

    #[command(flatten)]
    form: Listing,
}

/// Shows dues.
///
/// # Errors
/// Fails if no member matches, or if the settings cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let currency = space.currency()?;
    let on = space.day(&args.at)?;
    let progress = Progress::new("working out dues");
    let owing = match &args.member {
        Some(text) => vec![members::one(&space.head, text, on)?],
        None => members::all(&space.head, &space.head.basis().0, on)?,
    };
    drop(progress);
    let rows: Vec<DuesView> = owing.into_iter().map(|it| row(it, &currency)).collect();
    ctx.list_or(args.form, &rows, "there are no members; `space member add NAME` adds one")
}

fn row(owing: Owing, currency: &Currency) -> DuesView {
    DuesView {
        id: owing.id,
        name: owing.name,
        tier: owing.tier,
        month: currency.amount(owing.dues.amount),
        year: owing.dues.year.map(|year| currency.amount(year)),
        paid_until: owing.paid_until,
    }
}
