//! The columns of a table, and the transaction in a line of it.

use super::{
    day,
    form::{PENDING, StatementContext},
    text, words,
};
use crate::domain::{
    model::{DirectionColumn, Money, StatementProfile, StatusColumn, text::shown},
    money::Currency,
    payments::{LineKind, StatementLine},
};

/// The positions of the columns that a profile names.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    profile: &'a StatementProfile,
    date: usize,
    amount: Option<usize>,
    credit: Option<usize>,
    debit: Option<usize>,
    direction: Option<(usize, &'a DirectionColumn)>,
    status: Option<(usize, &'a StatusColumn)>,
    kind: Option<usize>,
    text: Vec<usize>,
    id: Option<usize>,
    payer: Option<usize>,
    currency: Option<usize>,
}

impl<'a> Columns<'a> {
    /// Finds the columns by their names, or by their numbers if the table has no header line.
    ///
    /// # Errors
    /// Returns the name of a column that is missing.
    pub(super) fn find(names: &[String], profile: &'a StatementProfile) -> Result<Self, &'a str> {
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let find = |name: &'a str| {
            if profile.header {
                let wanted = fold(name);
                folded.iter().position(|it| *it == wanted).ok_or(name)
            } else {
                name.trim().parse::<usize>().ok().and_then(|at| at.checked_sub(1)).ok_or(name)
            }
        };
        let maybe = |name: &'a Option<String>| name.as_deref().map(find).transpose();
        let columns = &profile.columns;
        let direction = columns.direction.as_ref().map(|it| find(&it.column).map(|at| (at, it)));
        let status = columns.status.as_ref().map(|it| find(&it.column).map(|at| (at, it)));
        Ok(Self {
            profile,
            date: find(&columns.date)?,
            amount: maybe(&columns.amount)?,
            credit: maybe(&columns.credit)?,
            debit: maybe(&columns.debit)?,
            direction: direction.transpose()?,
            status: status.transpose()?,
            kind: maybe(&columns.kind)?,
            text: columns.text.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
            id: maybe(&columns.id)?,
            payer: maybe(&columns.payer)?,
            currency: maybe(&columns.currency)?,
        })
    }

    /// Tells whether the direction of the money follows from the columns, whatever the sign.
    pub(super) const fn knows_direction(&self) -> bool {
        self.direction.is_some() || self.debit.is_some()
    }

    /// Returns the day of a line as it is written.
    pub(super) fn day<'c>(&self, cells: &'c [String]) -> &'c str {
        cell(cells, self.date)
    }

    /// Tells whether a line that ends with its amount may have lost some of its digits.
    pub(super) fn may_be_cut(&self, cells: &[String]) -> bool {
        let last = Some(cells.len().saturating_sub(1));
        let amount = [self.amount, self.credit, self.debit].contains(&last);
        let digits = cells.last().map_or("", String::as_str);
        let whole = |sign| digits.rsplit_once(sign).is_some_and(|(_, part)| part.len() >= 2);
        amount && !digits.is_empty() && !whole('.') && !whole(',')
    }

    /// Reads the transaction in a line.
    ///
    /// # Errors
    /// A sentence that says why it is none.
    pub(super) fn line(
        &self,
        cells: &[String],
        context: &StatementContext<'_>,
    ) -> Result<StatementLine, String> {
        let filled =
            |at: Option<usize>| at.map(|at| cell(cells, at)).filter(|cell| !cell.is_empty());
        if let Some((at, column)) = self.status {
            booked(cell(cells, at), column)?;
        }
        let currency = filled(self.currency).map(str::to_uppercase);
        let amount = self.amount(cells, &context.currency(currency.as_deref()))?;
        let texts = || self.text.iter().map(|at| cell(cells, *at));
        let text = text::line(texts());
        Ok(StatementLine {
            date: day::by_form(self.day(cells), &self.profile.date_form)?,
            amount: match self.direction {
                Some((at, column)) => directed(amount, cell(cells, at), column)?,
                None => amount,
            },
            currency,
            full_text: text::full(texts(), &text),
            text,
            bank_id: filled(self.id).and_then(text::id),
            payer: filled(self.payer).map(|name| text::line([name])).and_then(text::non_empty),
            kind: filled(self.kind).map_or(LineKind::Plain, words::kind),
            ..StatementLine::default()
        })
    }

    fn amount(&self, cells: &[String], currency: &Currency) -> Result<Money, String> {
        let filled =
            |at: Option<usize>| at.map(|at| cell(cells, at)).filter(|cell| !cell.is_empty());
        let read = |text: &str| currency.parse_bank_amount(text, Some(self.profile.decimal));
        match (filled(self.amount), filled(self.credit), filled(self.debit)) {
            (Some(amount), _, _) => read(amount),
            (None, Some(credit), debit) => {
                let out = debit.map(read).transpose()?.unwrap_or(0).saturating_abs();
                Ok(read(credit)?.saturating_sub(out))
            }
            (None, None, Some(debit)) => Ok(-read(debit)?.saturating_abs()),
            (None, None, None) => Err("it has no amount".into()),
        }
    }
}

/// Returns the content of a column, empty if the line is too short.
fn cell(cells: &[String], at: usize) -> &str {
    cells.get(at).map_or("", |cell| cell.trim())
}

/// Refuses a transaction that is not booked.
fn booked(word: &str, column: &StatusColumn) -> Result<(), String> {
    let booked = match words::is_one_of(word, &column.booked) {
        true => Some(true),
        false => words::booked(word).filter(|booked| column.booked.is_empty() || !booked),
    };
    match booked {
        Some(true) => Ok(()),
        Some(false) => Err(PENDING.into()),
        None => Err(format!("its status is `{}`", shown(word))),
    }
}

/// Gives an amount the sign of its direction.
fn directed(amount: Money, word: &str, column: &DirectionColumn) -> Result<Money, String> {
    let of_profile = match () {
        () if words::is_one_of(word, &column.incoming) => Some(true),
        () if words::is_one_of(word, &column.outgoing) => Some(false),
        () => None,
    };
    let usual = column.incoming.is_empty() && column.outgoing.is_empty();
    match of_profile.or_else(|| words::incoming(word).filter(|_| usual)) {
        Some(true) if amount < 0 => {
            Err(format!("`{}` says that it came in, but its amount is below zero", shown(word)))
        }
        Some(true) => Ok(amount),
        Some(false) => Ok(-amount.saturating_abs()),
        None => Err(format!("`{}` does not say whether it came in or went out", shown(word))),
    }
}

/// Column names are compared ignoring case and spacing.
pub(super) fn fold(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
