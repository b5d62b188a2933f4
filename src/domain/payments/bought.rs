//! How many months an amount buys, by what was due on the day it was paid.

use jiff::civil::Date;

use super::{AccountLookup, Books, DuesAccount, UnmatchedReason};
use crate::domain::{
    dues::{Dues, dues, months},
    model::{DuesRules, MemberId, Money, Space},
};

/// What an amount buys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bought {
    /// The number of months.
    pub months: u16,
    /// What was due a month on the day of payment, and what is due now, in minor units, if the
    /// amount would buy something else today.
    pub changed: Option<[Money; 2]>,
}

/// Returns how many months an amount buys a member, by what was due on the day it was paid.
///
/// # Errors
/// Returns the reason if it buys none. If it does by what is due now, a person has to decide.
pub fn months_bought(
    space: &Space,
    books: &dyn Books,
    member: MemberId,
    paid: Date,
    amount: Money,
) -> Result<Bought, UnmatchedReason> {
    let account = match books.account(member) {
        AccountLookup::Nobody => return Err(UnmatchedReason::UnknownMember(member)),
        AccountLookup::Unreadable => return Err(UnmatchedReason::Unreadable(member)),
        AccountLookup::Account(account) => account,
    };
    if let Some(left) = account.household.payer.left.filter(|left| *left <= paid) {
        return Err(UnmatchedReason::Left(member, left));
    }
    let now = dues_on(&space.dues, &account, paid);
    let by = |dues: &Dues| months(dues, amount);
    // Whoever owed nothing then cannot have paid for that.
    let then = books.account_on(member, paid).map(|(rules, then)| dues_on(&rules, &then, paid));
    match then.filter(|then| then.amount > 0) {
        Some(then) if by(&then) != by(&now) => {
            let changed = [then.amount, now.amount];
            match (by(&then), by(&now)) {
                (Some(months), _) => Ok(Bought { months, changed: Some(changed) }),
                (None, months) => Err(UnmatchedReason::DuesChanged {
                    member,
                    then: then.amount,
                    now: now.amount,
                    months: months.unwrap_or_default(),
                }),
            }
        }
        _ if now.amount == 0 => Err(UnmatchedReason::OwesNothing(member)),
        then => {
            let Dues { amount: due, year, .. } = then.unwrap_or_else(|| now.clone());
            let months = by(&now).ok_or(UnmatchedReason::NotWholeMonths { member, due, year })?;
            Ok(Bought { months, changed: None })
        }
    }
}

fn dues_on(rules: &DuesRules, account: &DuesAccount, on: Date) -> Dues {
    dues(rules, &account.tier, &account.household, on)
}
