//! `space dues review`: who pays less than is due now, since a price was raised or a child came.

use crate::{
    app::{dues::members, view::Short},
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::{
        dues,
        model::{MemberId, Payment, Place, Record},
        records::Records as _,
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
    let space = ctx.open()?;
    let currency = space.currency()?;
    let today = space.today()?;
    let progress = Progress::new("comparing payments with dues");
    let mut rows = Vec::new();
    for owing in members::all(&space.head, &space.head.basis().0, today)? {
        // Whoever owes nothing is not asked for payments, which takes the longest.
        let Some(payment) = (owing.dues.amount > 0)
            .then(|| dues::last_paid(payments(&space.head, owing.id)))
            .flatten()
        else {
            continue;
        };
        if let Some(due) = owing.dues.underpaid_by(&payment) {
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

fn payments(head: &Revision<'_>, id: MemberId) -> impl Iterator<Item = Payment> {
    head.within(id).into_iter().filter_map(|place| match place {
        Place::Payment(..) => match head.record(&place) {
            Ok(Some(Record::Payment(payment))) => Some(payment),
            _ => None,
        },
        _ => None,
    })
}
