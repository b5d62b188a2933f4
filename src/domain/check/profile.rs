//! Checks of how a bank's tables are read.

use jiff::{civil::date, fmt::strtime};

use super::finding_collector::FindingCollector;
use crate::domain::model::{FindingCode, StatementProfile, text};

pub(super) fn check(profile: &StatementProfile, notes: &mut FindingCollector<'_>) {
    notes.text("name", &profile.name);
    let (separator, decimal) = (profile.separator, profile.decimal);
    let taken = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{22}' | '\n' | '\r');
    if !separator.is_ascii() || taken(separator) {
        wrong("separator", "write the character between two columns, like `,` or `;`", notes);
    }
    if !matches!(decimal, '.' | ',') {
        wrong("decimal", "write `.` or `,`, whichever stands before the minor units", notes);
    }
    if encoding_rs::Encoding::for_label(profile.encoding.as_bytes()).is_none() {
        wrong("encoding", "write the name of one, like utf-8 or windows-1252", notes);
    }
    if !tells_days(&profile.date_form) {
        let shown = text::shown(&profile.date_form);
        wrong(
            "date_form",
            &format!("`{shown}` does not tell one day from another: write it like %d/%m/%Y"),
            notes,
        );
    }
    let columns = &profile.columns;
    if columns.amount.is_none() && columns.credit.is_none() {
        wrong("columns", "name the column of the amount, or those of credit and debit", notes);
    }
    if columns.text.is_empty() {
        wrong("columns.text", "name the columns in which a reference may stand", notes);
    }
}

fn wrong(field: &str, advice: &str, notes: &mut FindingCollector<'_>) {
    notes.error(FindingCode::BadProfile, format!("`{field}`: {advice}"));
}

/// Writes two days in the form and reads them again.
fn tells_days(form: &str) -> bool {
    [date(2019, 2, 28), date(2026, 11, 3)].into_iter().all(|day| {
        let written = strtime::format(form, day);
        let read = written.ok().and_then(|text| strtime::parse(form, text).ok()?.to_date().ok());
        read == Some(day)
    })
}
