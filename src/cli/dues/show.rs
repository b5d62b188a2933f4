//! `space dues show`: what members owe a month.

use super::members::{self, Owing};
use crate::{
    app::view::Owed,
    cli::{
        CliError, Context, context, fetch,
        output::{Listing, Progress},
        when,
    },
    domain::money::Currency,
};

/// The arguments of `space dues show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name; everybody unless given
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
/// That nobody is called so, or that the settings cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let currency = fetch::currency(&head)?;
    let on = when::day(&args.at, &context::zone(&head)?, ctx.now)?;
    let progress = Progress::new("working out dues");
    let owing = match &args.member {
        Some(text) => vec![members::one(&head, text, on)?],
        None => members::all(&head, &head.basis().0, on)?,
    };
    drop(progress);
    let rows: Vec<Owed> = owing.into_iter().map(|it| row(it, &currency)).collect();
    ctx.list_or(args.form, &rows, "nobody; `space member add` adds a member")
}

fn row(owing: Owing, currency: &Currency) -> Owed {
    Owed {
        id: owing.id,
        name: owing.name,
        tier: owing.tier,
        month: currency.amount(owing.dues.amount),
        year: owing.dues.year.map(|year| currency.amount(year)),
        paid_until: owing.paid_until,
    }
}
