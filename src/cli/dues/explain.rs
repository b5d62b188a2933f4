//! `space dues explain`: shows how dues are made up, line by line.

use crate::{
    app::{
        dues::members::{self, Owing},
        view::DuesLineView,
    },
    cli::{CliError, Context, output::Listing},
    domain::money::Currency,
};

/// The arguments of `space dues explain`.
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

/// Explains dues.
///
/// # Errors
/// Fails if no member matches, or if the settings cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let currency = space.currency()?;
    let on = space.day(&args.at)?;
    let owing = match &args.member {
        Some(text) => vec![members::one(&space.head, text, on)?],
        None => members::all(&space.head, &space.head.basis().0, on)?,
    };
    let rows: Vec<DuesLineView> = owing.into_iter().flat_map(|it| rows(it, &currency)).collect();
    ctx.list_or(args.form, &rows, "there are no members; `space member add NAME` adds one")
}

/// Returns the lines that add up, their sum, and what a year costs.
fn rows(owing: Owing, currency: &Currency) -> Vec<DuesLineView> {
    let Owing { id, name, dues, .. } = owing;
    let row = |what: String, minor| DuesLineView {
        id,
        name: name.clone(),
        what,
        amount: currency.amount(minor),
    };
    let mut rows: Vec<DuesLineView> =
        dues.lines.into_iter().map(|line| row(line.what, line.amount)).collect();
    if dues.amount > 0 {
        rows.push(row("a month".into(), dues.amount));
    }
    rows.extend(dues.year.map(|year| row("or a year".into(), year)));
    rows
}
