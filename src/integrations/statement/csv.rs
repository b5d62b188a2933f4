//! CSV tables: one transaction per line, in the columns named by a profile.

use std::collections::HashMap;

use super::{
    day,
    form::{CUT, Rows, StatementContext},
    text,
};
use crate::domain::{
    model::{Money, StatementProfile, text::shown},
    payments::{StatementLine, StatementRow},
};

/// Reads the lines of a table.
///
/// # Errors
/// A column is missing.
pub(super) fn read(
    document: &str,
    profile: &StatementProfile,
    context: &StatementContext<'_>,
) -> Result<Rows, String> {
    let above = usize::from(profile.lines_above);
    // The CSV reader counts lines at their end, and counts `\r
    // ` late.
    let document = document.replace("\r\n", "\n");
    let skipped: usize = document.split_inclusive('\n').take(above).map(str::len).sum();
    let table = document[skipped..].trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(profile.separator).unwrap_or(b','))
        .flexible(true)
        .from_reader(table.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let columns = Columns::new(&names, profile)?;
    // A truncated file has no line break at its end; but some banks leave it out, too.
    let no_final_newline = !table.is_empty() && !table.ends_with(['\n', '\r']);
    let mut found = Rows { no_final_newline, ..Rows::default() };
    for record in reader.records() {
        let (number, content) = match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let last = found.no_final_newline && is_last(&record, table);
                let cut = last && (record.len() < names.len() || columns.may_be_cut(&record));
                let content =
                    if cut { Err(CUT.to_owned()) } else { columns.line(&record, profile, context) };
                (line, content)
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                (line, Err(format!("it is not a valid line of a table: {error}")))
            }
        };
        let number = number.saturating_add(u64::from(profile.lines_above));
        found
            .rows
            .push(StatementRow { number: u32::try_from(number).unwrap_or(u32::MAX), content });
    }
    found.truncated = found.no_final_newline
        && found.rows.last().is_some_and(|row| row.content == Err(CUT.into()));
    Ok(found)
}

/// Tells whether a record is the last of the table.
fn is_last(record: &csv::StringRecord, table: &str) -> bool {
    let start = record.position().map_or(0, csv::Position::byte);
    let rest = usize::try_from(start).ok().and_then(|start| table.get(start..));
    rest.is_some_and(|rest| rest.trim_start_matches(['\r', '\n']).lines().nth(1).is_none())
}

/// The positions of the columns.
struct Columns {
    date: usize,
    amount: Option<usize>,
    credit: Option<usize>,
    debit: Option<usize>,
    text: Vec<usize>,
    id: Option<usize>,
    payer: Option<usize>,
    currency: Option<usize>,
}

impl Columns {
    fn new(names: &csv::StringRecord, profile: &StatementProfile) -> Result<Self, String> {
        let mut known: HashMap<String, usize> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            known.entry(folded(name)).or_insert(at);
        }
        let find = |name: &str| {
            known.get(&folded(name)).copied().ok_or_else(|| {
                let there: Vec<String> = names.iter().take(20).map(shown).collect();
                format!(
                    "line {1} has no column `{0}`; it has: {2}",
                    shown(name),
                    u32::from(profile.lines_above) + 1,
                    there.join(", ")
                )
            })
        };
        let maybe = |name: &Option<String>| name.as_deref().map(find).transpose();
        let columns = &profile.columns;
        Ok(Self {
            date: find(&columns.date)?,
            amount: maybe(&columns.amount)?,
            credit: maybe(&columns.credit)?,
            debit: maybe(&columns.debit)?,
            text: columns.text.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
            id: maybe(&columns.id)?,
            payer: maybe(&columns.payer)?,
            currency: maybe(&columns.currency)?,
        })
    }

    /// Tells whether a line that ends with its amount may have lost some of its digits.
    fn may_be_cut(&self, record: &csv::StringRecord) -> bool {
        let last = Some(record.len().saturating_sub(1));
        let amount = [self.amount, self.credit, self.debit].contains(&last);
        let digits = record.get(record.len().saturating_sub(1)).unwrap_or_default();
        let whole = |sign| digits.rsplit_once(sign).is_some_and(|(_, part)| part.len() >= 2);
        amount && !digits.is_empty() && !whole('.') && !whole(',')
    }

    fn line(
        &self,
        record: &csv::StringRecord,
        profile: &StatementProfile,
        context: &StatementContext<'_>,
    ) -> Result<StatementLine, String> {
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        let filled = |at: Option<usize>| at.map(cell).filter(|cell| !cell.is_empty());
        let currency = filled(self.currency).map(str::to_uppercase);
        let resolved = context.currency(currency.as_deref());
        let read = |text: &str| resolved.parse_bank_amount(text, Some(profile.decimal));
        let amount: Money = match (filled(self.amount), filled(self.credit), filled(self.debit)) {
            (Some(amount), _, _) => read(amount)?,
            (None, Some(credit), debit) => {
                let out = debit.map(read).transpose()?.unwrap_or(0).saturating_abs();
                read(credit)?.saturating_sub(out)
            }
            (None, None, Some(debit)) => -read(debit)?.saturating_abs(),
            (None, None, None) => return Err("it has no amount".into()),
        };
        let text = text::line(self.text.iter().map(|at| cell(*at)));
        Ok(StatementLine {
            date: day::by_format(cell(self.date), &profile.date_form)?,
            amount,
            currency,
            full_text: text::full(self.text.iter().map(|at| cell(*at)), &text),
            text,
            bank_id: filled(self.id).and_then(text::id),
            payer: filled(self.payer).map(|name| text::line([name])).and_then(text::non_empty),
            ..StatementLine::default()
        })
    }
}

/// Column names are compared ignoring case and spacing.
fn folded(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase()
}
