//! `space tier list`: the kinds of membership, with their prices.

use serde::Serialize;

use crate::{
    cli::{CliError, Context, output::table},
    domain::{
        model::{Slot, Slug},
        money::{Amount, Currency},
    },
};

#[derive(Serialize)]
struct Row {
    tier: Slug,
    name: String,
    price: Option<Amount>,
    year: Option<Amount>,
    concessions: bool,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("TIER", |row: &Row| table::plain(&row.tier)),
    table::Column::new("NAME", |row| table::plain(&row.name)),
    table::Column::new("MONTH", |row| table::maybe(row.price)),
    table::Column::new("YEAR", |row| table::maybe(row.year)),
    table::Column::new("CONCESSIONS", |row| {
        table::plain(if row.concessions { "yes" } else { "no" })
    }),
];

/// Lists the tiers.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let store = ctx.store()?;
    let (basis, findings) = store.read(store.head()?)?.basis();
    let code = basis.space.get().map(|space| space.currency.as_str());
    let currency = Currency::named(code.unwrap_or_default());
    let rows: Vec<Row> = basis
        .tiers
        .into_iter()
        .filter_map(|(tier, slot)| match slot {
            Slot::Read(read) => Some(Row {
                tier,
                name: read.name,
                price: read.price.map(|price| currency.amount(price)),
                year: read.year.map(|year| currency.amount(year)),
                concessions: read.concessions,
            }),
            _ => None,
        })
        .collect();
    ctx.rows(&rows, COLUMNS, "no tiers; `space tier add` makes one")?;
    findings.iter().filter(|f| f.path.starts_with("tiers/")).try_for_each(|f| ctx.warn(f))
}
