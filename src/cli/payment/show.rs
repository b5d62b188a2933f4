//! `space payment show`: shows a payment and what it buys.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{payment::find, view},
    cli::{CliError, Context},
    domain::{
        dues,
        model::{MemberId, Part, Payment, Tag},
        records,
    },
};

/// The arguments of `space payment show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The id of the payment, or its beginning
    payment: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    id: Tag,
    member: MemberId,
    #[serde(flatten, serialize_with = "view::PaymentFields::serialize")]
    #[schemars(with = "view::PaymentFields")]
    payment: Payment,
}

/// Shows a payment.
///
/// # Errors
/// Fails if there is none, or if several begin like this.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (member, id, payment) = find::payment(&space.head, &args.payment)?;
    let currency = space.currency()?;
    let returned = payment.returned.iter().map(|it| {
        let months =
            if it.months == 1 { "1 month".into() } else { format!("{} months", it.months) };
        format!("{} on {}, {months}: {}", currency.amount(it.amount), it.on, it.reason)
    });
    let returned: Vec<String> = returned.collect();
    let part = |part: &Part| {
        format!("{} for {}", currency.amount(part.amount), records::who(&space.head, part.member))
    };
    let split: Vec<String> = payment.split.iter().map(part).collect();
    let lines = [
        ("id", view::id(&id).to_owned()),
        ("member", member.to_string()),
        ("date", payment.date.to_string()),
        ("amount", currency.amount(payment.amount).to_string()),
        ("months", payment.months.to_string()),
        ("from", payment.starts().to_string()),
        ("until", dues::end(payment.starts(), payment.paid_months()).to_string()),
        ("text", payment.text.clone()),
        ("source", payment.source.clone().unwrap_or_default()),
        ("returned", returned.join("\n")),
        ("split", split.join("\n")),
    ];
    ctx.record(&Shown { id, member, payment }, &lines)
}
