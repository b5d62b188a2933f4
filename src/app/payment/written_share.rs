//! A part of a transfer as somebody typed it.

use std::str::FromStr;

use crate::{
    app::{AppError, look_up},
    domain::{money::WrittenAmount, ops::payment::Share},
    store::Revision,
};

/// A part as somebody typed it: `ada=25`, `0042=12.50:1`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenShare {
    member: String,
    amount: WrittenAmount,
    months: Option<u16>,
}

/// Reads parts: `0013=25, 0015=25`.
///
/// # Errors
/// Says how a part is written.
pub fn shares(text: &str) -> Result<Vec<WrittenShare>, String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect()
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
    pub fn share(&self, head: &Revision<'_>) -> Result<Share, AppError> {
        let member = look_up::member_id(head, &self.member)?;
        let amount = look_up::currency(head)?.minor(&self.amount).map_err(AppError::user)?;
        Ok(Share { member, amount, months: self.months })
    }
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
