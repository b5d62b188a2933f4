//! Recognises a line of the bank's about what a processor paid out, so that it credits nobody twice.

use std::collections::HashSet;

use super::{Books, StatementLine};
use crate::domain::model::{Payout, Slug, Tag};

/// Returns the processor whose payout a line is about; each payout stands for one line.
pub(super) fn find(
    books: &dyn Books,
    line: &StatementLine,
    claimed: &mut HashSet<Tag>,
) -> Option<Slug> {
    let payer = line.payer.as_deref();
    let fits = |(id, payout): &(Tag, Payout)| {
        !claimed.contains(id) && is_about(payout, line.searched_text(), payer)
    };
    let mut payouts = books.payouts(line.date, line.amount);
    // One that came back may never have been there.
    payouts.sort_by_key(|(_, it)| it.returned.is_some());
    let (id, payout) = payouts.into_iter().find(fits)?;
    claimed.insert(id);
    Some(payout.service)
}

/// Tells whether a text or the payer names who paid out.
#[must_use]
pub fn is_about(payout: &Payout, text: &str, payer: Option<&str>) -> bool {
    let named = payout.named.to_lowercase();
    let names = |text: &str| !named.is_empty() && text.to_lowercase().contains(&named);
    names(text) || payer.is_some_and(names)
}
