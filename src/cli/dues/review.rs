//! `space dues review`: lists who pays less than is due now, for instance after a price rise.

use std::collections::HashMap;

use crate::{
    app::{dues::members, view::UnderpaymentView},
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    domain::{
        dues,
        model::{MemberId, Payment},
    },
};

/// The arguments of `space dues review`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists members whose last payment would buy less today than it did.
///
/// # Errors
/// Fails if the settings cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let currency = space.currency()?;
    let today = space.today()?;
    let progress = Progress::new("comparing payments with dues");
    let mut payments: HashMap<MemberId, Vec<Payment>> = HashMap::new();
    space.head.each_payment(|id, _, payment| {
        payments.entry(id).or_default().push(payment.clone());
    });
    let mut rows = Vec::new();
    for owing in members::all(&space.head, &space.head.basis().0, today)? {
        let paid = payments.remove(&owing.id).unwrap_or_default();
        let Some(payment) = dues::last_paid(paid) else { continue };
        if let Some(due) = owing.dues.underpaid_by(&payment) {
            rows.push(UnderpaymentView {
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
