//! CSV tables: one transaction per line, in the columns named by a profile.

use super::{
    columns::Columns,
    day,
    form::{CUT, Rows, StatementContext},
    header::{self, Header},
    refused::{Refused, Remedy},
    table::{self, Record},
    words,
};
use crate::domain::{
    model::{StatementProfile, text::shown},
    payments::{StatementLine, StatementRow},
};

/// Reads the lines of a table.
///
/// # Errors
/// A column is missing, or the days seem to be in another form than the profile says.
pub(super) fn read(
    document: &str,
    profile: &StatementProfile,
    context: &StatementContext<'_>,
) -> Result<Rows, Refused> {
    let lines = table::lines(document);
    let header = header::find(&lines, profile)
        .map_err(|message| Refused::new(message, Remedy::CorrectProfile))?;
    // A truncated file has no line break at its end; but some banks leave it out, too.
    let no_final_newline = !document.is_empty() && !document.ends_with(['\n', '\r']);
    let mut found = Rows { no_final_newline, ..Rows::default() };
    let mut doubt = None;
    let mut directions = Directions::default();
    for record in records(&lines, &header, no_final_newline) {
        let short = record.unclosed || record.cells.len() < header.width;
        let last = no_final_newline && is_last(&record, &lines);
        let cut = last && (short || header.columns.may_be_cut(&record.cells));
        let content =
            if cut { Err(CUT.to_owned()) } else { line(&record, &header, profile, context) };
        if content.is_err() && doubt.is_none() && !context.trust_days {
            doubt = other_form(&record, &header.columns, profile);
        }
        directions.look_at(&record, &content);
        found.truncated |= cut;
        found.rows.push(StatementRow { number: record.number, content });
    }
    match doubt.or_else(|| directions.doubt(&header)) {
        Some(doubt) => Err(doubt),
        None => Ok(found),
    }
}

/// The columns that say which way money went, of a table whose amounts have no sign.
#[derive(Default)]
struct Directions {
    /// For each column, whether all cells are words for a direction, and whether one is for
    /// outgoing money.
    columns: Vec<(bool, bool)>,
    has_negative: bool,
}

impl Directions {
    fn look_at(&mut self, record: &Record, content: &Result<StatementLine, String>) {
        let Ok(line) = content else { return };
        self.has_negative |= line.amount < 0;
        self.columns.resize(record.cells.len().max(self.columns.len()), (true, false));
        for ((all, out), cell) in self.columns.iter_mut().zip(&record.cells) {
            let incoming = words::incoming(cell).filter(|_| cell.contains(char::is_alphabetic));
            *all &= incoming.is_some();
            *out |= incoming == Some(false);
        }
    }

    /// Doubts a profile that does not know such a column.
    fn doubt(&self, header: &Header<'_>) -> Option<Refused> {
        if self.has_negative || header.columns.knows_direction() {
            return None;
        }
        let at = self.columns.iter().position(|(all, out)| *all && *out)?;
        let column = header.names.get(at).map_or_else(|| (at + 1).to_string(), |name| shown(name));
        let message = format!(
            "no amount is negative, and the column `{column}` seems to say which way the money went: \
             name it as `direction`"
        );
        Some(Refused::new(message, Remedy::CorrectProfile))
    }
}

/// Returns the records below the header that are not blank.
pub(super) fn records<'l>(
    lines: &'l [&'l str],
    header: &Header<'_>,
    is_cut: bool,
) -> impl Iterator<Item = Record> + 'l {
    table::records(lines, header.below, header.separator, header.width, is_cut)
        .filter(|record| record.cells.iter().any(|cell| !cell.trim().is_empty()))
}

/// Reads a line, unless its cells may be in the wrong columns.
fn line(
    record: &Record,
    header: &Header<'_>,
    profile: &StatementProfile,
    context: &StatementContext<'_>,
) -> Result<StatementLine, String> {
    let (cells, width) = (&record.cells, header.width);
    if record.unclosed && cells.len() != width {
        return Err("a quotation mark in it is never closed".into());
    }
    let more = cells.iter().skip(width).any(|cell| !cell.trim().is_empty());
    if profile.header && more {
        return Err(format!("it has {} columns, but the header line has {width}", cells.len()));
    }
    header.columns.line(cells, context)
}

fn is_last(record: &Record, lines: &[&str]) -> bool {
    let end = u64::from(record.number) + u64::from(record.lines) - 1;
    usize::try_from(end).is_ok_and(|end| end >= lines.len())
}

/// Doubts the days of a table if one of them is in another usual form than the profile's: then the
/// others may be, too, and 06/01 and 01/06 cannot be told apart.
fn other_form(
    record: &Record,
    columns: &Columns<'_>,
    profile: &StatementProfile,
) -> Option<Refused> {
    let day = columns.day(&record.cells);
    let (form, number) = (&profile.date_form, record.number);
    if day::by_form(day, form).is_ok() {
        return None;
    }
    let other = day::fitting(day)?;
    let message = format!(
        "the day `{}` in line {number} is in the format {other}, not in {} as the profile says, so all \
         days of the table are in doubt",
        shown(day),
        shown(form)
    );
    Some(Refused::new(message, Remedy::TrustDays))
}
