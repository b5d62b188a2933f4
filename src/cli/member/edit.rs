//! `space member edit`: changes what is known about a member, field by field.

use super::fields::ContactFields;
use crate::{
    app::{look_up, when},
    cli::{
        CliError, Context,
        write::{self, WriteArgs},
    },
    domain::{
        model::Slug,
        money::WrittenAmount,
        ops::{self, Field},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space member edit ada --paid-until 2026-05-01
  space member edit 0042 --tier guest --clear concession";

/// The arguments of `space member edit`. Fields that are not given stay as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// The name that other members know
    #[arg(long)]
    name: Option<String>,

    /// The tier
    #[arg(long, add = crate::cli::input::completion::tiers())]
    tier: Option<String>,

    /// The first day of membership
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    joined: Option<String>,

    /// The first day that is not paid for
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    paid_until: Option<String>,

    /// The parent, if the member is a child
    #[arg(long, value_name = "MEMBER", add = crate::cli::input::completion::members())]
    parent: Option<String>,

    /// The reason why the dues are reduced
    #[arg(long, value_name = "REASON")]
    concession: Option<String>,

    /// The amount that the member chose to pay per month, if more than is due
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    chosen_amount: Option<WrittenAmount>,

    /// The payment processor that takes the dues, as `space service list` names it
    #[arg(long, value_name = "PROCESSOR")]
    pays_by: Option<Slug>,

    #[command(flatten)]
    contact: ContactFields,

    /// Clear a field; can be repeated
    #[arg(long, value_name = "FIELD", value_enum)]
    clear: Vec<Clear>,

    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Clear {
    PaidUntil,
    Parent,
    Concession,
    ChosenAmount,
    Email,
    Phone,
    Address,
    Born,
    Accounts,
    PaysBy,
}

/// Changes a member.
///
/// # Errors
/// Fails if no member matches, if nothing would change, or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let (id, _) = look_up::member(&space.head, &args.member)?;
    let day = |text: &str| when::day(text, &zone, ctx.now);
    let clear = |field| args.clear.contains(&field);
    let mut accounts: std::collections::BTreeMap<String, Option<String>> =
        args.contact.accounts().into_iter().map(|(service, name)| (service, Some(name))).collect();
    if clear(Clear::Accounts) {
        accounts
            .extend(look_up::contact(&space.head, id)?.accounts.into_keys().map(|key| (key, None)));
    }
    let parent =
        args.parent.as_deref().map(|text| look_up::member_id(&space.head, text)).transpose()?;
    let request = ops::member::Edit {
        name: args.name.clone(),
        tier: args
            .tier
            .as_deref()
            .map(|t| look_up::tier(&space.head, t))
            .transpose()?
            .map(|(t, _)| t),
        joined: args.joined.as_deref().map(day).transpose()?,
        parent: Field::of(parent, clear(Clear::Parent)),
        concession: Field::of(args.concession.clone(), clear(Clear::Concession)),
        chosen_amount: Field::of(
            space.currency()?.optional_minor(args.chosen_amount.as_ref())?,
            clear(Clear::ChosenAmount),
        ),
        paid_until: Field::of(
            args.paid_until.as_deref().map(day).transpose()?,
            clear(Clear::PaidUntil),
        ),
        email: Field::of(args.contact.email.clone(), clear(Clear::Email)),
        phone: Field::of(args.contact.phone.clone(), clear(Clear::Phone)),
        address: Field::of(args.contact.address.clone(), clear(Clear::Address)),
        born: Field::of(args.contact.born, clear(Clear::Born)),
        accounts,
        pays_by: Field::of(args.pays_by.clone(), clear(Clear::PaysBy)),
        news: args.contact.news,
        named: args.contact.named,
    };
    let plan = ops::member::edit(&space.head, id, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
