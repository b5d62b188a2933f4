//! `space dues explain`: how dues come about, line by line.

use serde::Serialize;

use super::members::{self, Owing};
use crate::{
    cli::{CliError, Context, context, fetch, output::table, when},
    domain::{
        model::MemberId,
        money::{Amount, Currency},
    },
};

/// The arguments of `space dues explain`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name; everybody unless given
    #[arg(add = crate::cli::input::completion::members())]
    member: Option<String>,

    /// As of this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    at: String,
}

#[derive(Serialize)]
struct Row {
    id: MemberId,
    name: String,
    what: String,
    amount: Amount,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("NUMBER", |row: &Row| table::plain(row.id)),
    table::Column::new("NAME", |row| table::plain(&row.name)),
    table::Column::new("WHAT", |row| table::plain(&row.what)),
    table::Column::new("AMOUNT", |row| table::plain(row.amount)),
];

/// Explains dues.
///
/// # Errors
/// That nobody is called so, or that the settings cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let currency = fetch::currency(&head)?;
    let on = when::day(&args.at, &context::zone(&head)?, ctx.now)?;
    let owing = match &args.member {
        Some(text) => vec![members::one(&head, text, on)?],
        None => members::all(&head, &head.basis().0, on)?,
    };
    let rows: Vec<Row> = owing.into_iter().flat_map(|it| rows(it, &currency)).collect();
    ctx.rows(&rows, COLUMNS, "nobody; `space member add` adds a member")
}

/// Returns the lines that add up, their sum, and what a year costs.
fn rows(owing: Owing, currency: &Currency) -> Vec<Row> {
    let Owing { id, name, dues, .. } = owing;
    let row =
        |what: String, minor| Row { id, name: name.clone(), what, amount: currency.amount(minor) };
    let mut rows: Vec<Row> =
        dues.lines.into_iter().map(|line| row(line.what, line.amount)).collect();
    if dues.amount > 0 {
        rows.push(row("a month".into(), dues.amount));
    }
    rows.extend(dues.year.map(|year| row("or a year".into(), year)));
    rows
}
