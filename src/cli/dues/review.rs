//! `space dues review`: who pays less than is due now, since a price was raised or a child came.

use super::members;
use crate::{
    app::view::Short,
    cli::{
        CliError, Context, context, fetch,
        output::{Listing, Progress},
    },
    domain::{
        check::Records as _,
        dues::Dues,
        model::{MemberId, Money, Payment, Place, Record},
    },
    store::Revision,
};

/// The arguments of `space dues review`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,
}

/// Lists members whose last payment would buy less today than it bought.
///
/// # Errors
/// That the settings cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let currency = fetch::currency(&head)?;
    let today = ctx.now.to_zoned(context::zone(&head)?).date();
    let progress = Progress::new("comparing payments with dues");
    let mut rows = Vec::new();
    for owing in members::all(&head, &head.basis().0, today)? {
        let Some(payment) = last(&head, owing.id).filter(|_| owing.dues.amount > 0) else {
            continue;
        };
        let due = due(&owing.dues, payment.months);
        if payment.amount < due {
            rows.push(Short {
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
    ctx.list(args.form, &rows)
}

/// Returns what so many months cost, whole years at the price of a year where that is less.
fn due(dues: &Dues, months: u16) -> Money {
    let by_month = dues.amount.saturating_mul(Money::from(months));
    let years = months.is_multiple_of(12).then(|| Money::from(months / 12));
    let by_year = dues.year.zip(years).map(|(year, years)| year.saturating_mul(years));
    by_year.map_or(by_month, |by_year| by_year.min(by_month))
}

/// Returns the last payment that bought months and was neither given nor went back.
fn last(head: &Revision<'_>, id: MemberId) -> Option<Payment> {
    let payments = head.within(id).into_iter().filter_map(|place| match place {
        Place::Payment(..) => match head.record(&place) {
            Ok(Some(Record::Payment(payment))) => Some(payment),
            _ => None,
        },
        _ => None,
    });
    let counts = |it: &Payment| it.kept() > 0 && it.returned.is_none() && it.amount > 0;
    payments.filter(counts).max_by_key(|payment| payment.date)
}
