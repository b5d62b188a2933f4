//! `space dues review`: who pays less than is due now, since a price was raised or a child came.

use jiff::civil::Date;
use serde::Serialize;

use super::members;
use crate::{
    cli::{
        CliError, Context, context, fetch,
        output::{Progress, table},
    },
    domain::{
        dues,
        model::{MemberId, Payment, Place, Record},
        money::Amount,
        records::Records as _,
    },
    store::Revision,
};

#[derive(Serialize)]
struct Row {
    id: MemberId,
    name: String,
    paid_on: Date,
    paid: Amount,
    months: u16,
    due: Amount,
    #[serde(skip)]
    missing: Amount,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("NUMBER", |row: &Row| table::plain(row.id)),
    table::Column::new("NAME", |row| table::plain(&row.name)),
    table::Column::new("LAST PAID", |row| table::plain(row.paid_on)),
    table::Column::new("AMOUNT", |row| table::plain(row.paid)),
    table::Column::new("MONTHS", |row| table::plain(row.months)),
    table::Column::new("DUE NOW", |row| table::plain(row.due)),
    table::Column::new("MISSING", |row| (row.missing.to_string(), table::Look::Odd)),
];

/// Lists members whose last payment would buy less today than it bought.
///
/// # Errors
/// That the settings cannot be read.
pub(super) fn run(ctx: &Context) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let currency = fetch::currency(&head)?;
    let today = ctx.now.to_zoned(context::zone(&head)?).date();
    let progress = Progress::new("comparing payments with dues");
    let mut rows = Vec::new();
    for owing in members::all(&head, &head.basis().0, today)? {
        // Whoever owes nothing is not asked for payments, which takes the longest.
        let Some(payment) =
            (owing.dues.amount > 0).then(|| dues::last_paid(payments(&head, owing.id))).flatten()
        else {
            continue;
        };
        if let Some(due) = owing.dues.underpaid_by(&payment) {
            rows.push(Row {
                id: owing.id,
                name: owing.name,
                paid_on: payment.date,
                paid: currency.amount(payment.amount),
                months: payment.months,
                due: currency.amount(due),
                missing: currency.amount(due.saturating_sub(payment.amount)),
            });
        }
    }
    drop(progress);
    ctx.rows(&rows, COLUMNS, "nobody pays less than is due")
}

fn payments(head: &Revision<'_>, id: MemberId) -> impl Iterator<Item = Payment> {
    head.within(id).into_iter().filter_map(|place| match place {
        Place::Payment(..) => match head.record(&place) {
            Ok(Some(Record::Payment(payment))) => Some(payment),
            _ => None,
        },
        _ => None,
    })
}
