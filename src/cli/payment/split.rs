//! `space payment split`: credits several members with parts of one transfer.

use std::str::FromStr;

use crate::{
    app::{look_up, payment::find},
    cli::{
        CliError, Context, Opened,
        write::{self, WriteArgs},
    },
    domain::{
        money::WrittenAmount,
        ops::payment::{self, Share, Split},
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space payment split 3f2a --to 0013=25 --to 0015=25
  space payment split 3f2a --to ada=25 --to bob=10:0";

/// The arguments of `space payment split`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The id of an unmatched transaction or of a payment, or its beginning
    transfer: String,

    /// A member and the amount to credit; `:MONTHS` after it says how many months it buys, 0 for a
    /// donation; give it for each part
    #[arg(long = "to", required = true, value_name = "MEMBER=AMOUNT")]
    parts: Vec<WrittenShare>,

    #[command(flatten)]
    write: WriteArgs,
}

/// A part as somebody typed it: `ada=25`, `0042=12.50:1`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct WrittenShare {
    member: String,
    amount: WrittenAmount,
    months: Option<u16>,
}

impl FromStr for WrittenShare {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write it like 0042=25, or 0042=25:1 with the number of months".to_owned();
        let (member, amount) = text.rsplit_once('=').ok_or_else(wrong)?;
        let (amount, months) = match amount.split_once(':') {
            Some((amount, months)) => (amount, Some(months.trim().parse().map_err(|_| wrong())?)),
            None => (amount, None),
        };
        let member = member.trim().to_owned();
        if member.is_empty() || months.is_some_and(|months: u16| months > 1200) {
            return Err(wrong());
        }
        Ok(Self { member, amount: amount.parse()?, months })
    }
}

impl WrittenShare {
    /// Finds the member and reads the amount in the currency of the space.
    ///
    /// # Errors
    /// Fails if no member matches, or if the currency has fewer decimal places.
    pub(super) fn share(&self, space: &Opened<'_>) -> Result<Share, CliError> {
        let member = look_up::member_id(&space.head, &self.member)?;
        let amount = space.currency()?.minor(&self.amount)?;
        Ok(Share { member, amount, months: self.months })
    }
}

/// Splits a transfer.
///
/// # Errors
/// Fails if there is none, if no member matches, or if the parts do not add up to it.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let transfer = find::transfer(&space.head, &args.transfer)?;
    let shares: Vec<Share> =
        args.parts.iter().map(|part| part.share(&space)).collect::<Result<_, _>>()?;
    let plan = payment::split(&space.head, Split { transfer, shares })?;
    write::carry_out(ctx, &space, plan, &args.write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_member_an_amount_and_perhaps_months() {
        let read = |text: &str| {
            text.parse::<WrittenShare>().ok().map(|it| (it.member, it.amount, it.months))
        };
        let part = |member: &str, amount: &str, months| {
            Some((member.to_owned(), amount.parse().unwrap(), months))
        };
        assert_eq!(read("0013=25"), part("0013", "25", None));
        assert_eq!(read("Ada Lovelace = 12.50:0"), part("Ada Lovelace", "12.50", Some(0)));
        for wrong in ["", "0013", "=25", "0013=", "0013=25:", "0013=25:x", "0013=-5", "a=1:1201"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
