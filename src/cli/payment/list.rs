//! `space payment list`: lists payments, or unmatched transactions.

use jiff::civil::Date;

use crate::{
    app::{look_up, payment::list, when},
    cli::{CliError, Context, output::Listing},
    domain::model::Money,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment list ada
  space payment list --since 2026-01-01
  space payment list --unmatched";

/// The arguments of `space payment list`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Only payments of this member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members(), conflicts_with = "unmatched")]
    member: Option<String>,

    /// List unmatched transactions instead of payments
    #[arg(long)]
    unmatched: bool,

    /// Only from this day on
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,

    /// Only before this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<String>,

    #[command(flatten)]
    form: Listing,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists payments or transactions, oldest first.
///
/// # Errors
/// Fails if the space cannot be read, or if no member matches.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (zone, currency) = (space.zone()?, space.currency()?);
    let day = |text: &Option<String>| {
        text.as_deref().map(|text| when::past_day(text, &zone, ctx.now)).transpose()
    };
    let (since, until) = (day(&args.since)?, day(&args.until)?);
    let in_range =
        |day: Date| since.is_none_or(|since| since <= day) && until.is_none_or(|until| day < until);
    if args.unmatched {
        let mut rows = list::unmatched(&space.head, &currency)?;
        rows.retain(|row| in_range(row.transaction.date));
        rows.sort_by_key(|row| row.transaction.date);
        return ctx.list(args.form, &rows);
    }
    let member =
        args.member.as_deref().map(|text| look_up::member_id(&space.head, text)).transpose()?;
    let mut rows = list::payments(&space.head, &currency, member);
    rows.retain(|row| in_range(row.payment.date));
    rows.sort_by(|a, b| (a.payment.date, &a.id).cmp(&(b.payment.date, &b.id)));
    let total: Money = rows.iter().map(|row| row.payment.amount).fold(0, Money::saturating_add);
    ctx.list_or(args.form, &rows, "there are no payments; `space payment import` imports them")?;
    let count = rows.iter().filter(|row| !row.payment.is_opening()).count();
    if count > 1 && !args.form.csv {
        ctx.say(format!("{count} payments, {}", currency.amount(total)))
    } else {
        Ok(())
    }
}
