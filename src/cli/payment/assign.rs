//! `space payment assign`: credits a member with an unmatched transaction.

use crate::{
    app::{look_up, payment::find},
    cli::{
        CliError, Context,
        input::prompt,
        write::{self, WriteArgs},
    },
    domain::{
        ops::{
            self,
            payment::{Remember, remember::remembered_for_another},
        },
        records::who,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment list --unmatched
  space payment assign 3f2a ada --remember";

/// The arguments of `space payment assign`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The id of the transaction, or its beginning
    transaction: String,

    /// The member to credit: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// How many months it buys, 0 for a donation [default: the amount divided by the dues]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(0..=1200))]
    months: Option<u16>,

    /// From now on credit this member with what the same payer pays without a reference
    #[arg(long)]
    remember: bool,

    /// Remember the payer for this member, although it was for another one so far
    #[arg(long, requires = "remember")]
    replace: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Assigns a transaction.
///
/// # Errors
/// Fails if there is none, if no member matches, or if it buys no whole number of months.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (year, id) = find::unmatched(&space.head, &args.transaction)?;
    let member = look_up::member_id(&space.head, &args.member)?;
    let months = args.months;
    let mut remember = match (args.remember, args.replace) {
        (false, _) => None,
        (true, false) => Some(Remember::Keep),
        (true, true) => Some(Remember::Replace),
    };
    if remember == Some(Remember::Keep)
        && prompt::is_interactive()
        && let Some(other) = remembered_for_another(&space.head, year, &id, member)
    {
        let other = who(&space.head, other);
        let question = format!("This payer was remembered for {other}. Replace that");
        if prompt::confirm(&question)? {
            remember = Some(Remember::Replace);
        }
    }
    let plan = ops::payment::assign(
        &space.head,
        ops::payment::Assign { year, id, member, months, remember },
    )?;
    write::carry_out(ctx, &space, plan, &args.write)
}
