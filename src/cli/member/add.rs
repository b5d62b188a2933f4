//! `space member add`: adds a member, with a number of their own.

use super::fields::{self, ContactFields};
use crate::{
    app::{look_up, new_member, when},
    cli::{
        CliError, Context, ErrorKind,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::{
        model::{Contact, MemberId},
        money::WrittenAmount,
        ops,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space member add \"Ada Lovelace\" --email ada@example.org
  space member add \"Byron King\" --parent ada
  space member add \"Bob Noyce\" --tier guest --dry-run";

/// The arguments of `space member add`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The name that other members know [default: prompt for it]
    name: Vec<String>,

    /// The number [default: the next free one]
    #[arg(long, value_name = "NUMBER")]
    id: Option<MemberId>,

    /// The tier
    #[arg(long, default_value = "standard", add = crate::cli::input::completion::tiers())]
    tier: String,

    /// The first day of membership
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    joined: String,

    /// The first day that is not paid for, if known from elsewhere
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

    #[command(flatten)]
    contact: ContactFields,

    #[command(flatten)]
    write: WriteArgs,
}

/// How often another number is tried if many people add members at the same moment.
const TRIES: usize = 50;

/// Adds a member.
///
/// # Errors
/// Fails if the number is taken, or if checks find errors.
pub(super) fn run(ctx: &Context, mut args: Args) -> Result<(), CliError> {
    if args.name.join(" ").trim().is_empty() {
        args.name = match prompt::is_interactive() {
            true => vec![prompt::line("Name", None)?],
            false => return Err(fields::missing("the name")),
        };
    }
    for _ in 1..TRIES {
        match add(ctx, &args) {
            // Somebody else was given the number in the meantime, and the next one is as good.
            Err(error) if error.kind == ErrorKind::Overtaken && args.id.is_none() => {}
            done => return done,
        }
    }
    add(ctx, &args)
}

fn add(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let (tier, _) = look_up::tier(&space.head, &args.tier)?;
    let parent =
        args.parent.as_deref().map(|text| look_up::member_id(&space.head, text)).transpose()?;
    let day = |text: &str| when::day(text, &zone, ctx.now);
    let request = ops::member::Add {
        id: args.id.unwrap_or_else(|| space.head.next_member_id()),
        name: args.name.join(" "),
        tier,
        joined: day(&args.joined)?,
        parent,
        concession: args.concession.clone(),
        chosen_amount: space.currency()?.optional_minor(args.chosen_amount.as_ref())?,
        paid_until: args.paid_until.as_deref().map(day).transpose()?,
        contact: Contact {
            accounts: args.contact.accounts(),
            email: args.contact.email.clone(),
            phone: args.contact.phone.clone(),
            address: args.contact.address.clone(),
            born: args.contact.born,
            news: args.contact.news.unwrap_or(false),
            named: args.contact.named.unwrap_or(false),
            ..Contact::default()
        },
    };
    let plan = new_member::plan(&space.head, request)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
