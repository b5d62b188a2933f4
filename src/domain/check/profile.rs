//! Checks of statement profiles.

use jiff::{civil::date, fmt::strtime};

use super::finding_collector::FindingCollector;
use crate::domain::model::{FindingCode, StatementProfile, text};

pub(super) fn check(profile: &StatementProfile, notes: &mut FindingCollector<'_>) {
    notes.text("name", &profile.name);
    let (separator, decimal) = (profile.separator, profile.decimal);
    let taken = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{22}' | '\n' | '\r');
    if !separator.is_ascii() || taken(separator) {
        wrong("separator", "write the character between columns, like `,` or `;`", notes);
    }
    if !matches!(decimal, '.' | ',') {
        wrong("decimal", "write the decimal separator, `.` or `,`", notes);
    }
    if encoding_rs::Encoding::for_label(profile.encoding.as_bytes()).is_none() {
        wrong("encoding", "write the name of an encoding, like utf-8 or windows-1252", notes);
    }
    if !tells_days(&profile.date_form) {
        let shown = text::shown(&profile.date_form);
        wrong(
            "date_form",
            &format!("`{shown}` does not identify a day: write a format like %d/%m/%Y"),
            notes,
        );
    }
    let columns = &profile.columns;
    if columns.amount.is_none() && columns.credit.is_none() {
        wrong(
            "columns",
            "name the column of the amount, or the columns of credit and debit",
            notes,
        );
    }
    if columns.text.is_empty() {
        wrong("columns.text", "name the columns that may contain a reference", notes);
    }
}

fn wrong(field: &str, advice: &str, notes: &mut FindingCollector<'_>) {
    notes.error(FindingCode::BadProfile, format!("`{field}`: {advice}"));
}

/// Formats two days and reads them back.
fn tells_days(form: &str) -> bool {
    [date(2019, 2, 28), date(2026, 11, 3)].into_iter().all(|day| {
        let written = strtime::format(form, day);
        let read = written.ok().and_then(|text| strtime::parse(form, text).ok()?.to_date().ok());
        read == Some(day)
    })
}
