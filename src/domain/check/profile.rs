//! Checks of statement profiles.

use jiff::{civil::datetime, fmt::strtime, tz::TimeZone};

use super::finding_collector::FindingCollector;
use crate::domain::model::{FindingCode, StatementProfile, text};

pub(super) fn check(profile: &StatementProfile, findings: &mut FindingCollector<'_>) {
    findings.text("name", &profile.name);
    let (separator, decimal) = (profile.separator, profile.decimal);
    let unusable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{22}' | '\n' | '\r');
    if !separator.is_ascii() || unusable(separator) {
        report("separator", "write the character between columns, like `,` or `;`", findings);
    }
    if !matches!(decimal, '.' | ',') {
        report("decimal", "write the decimal separator, `.` or `,`", findings);
    }
    if encoding_rs::Encoding::for_label(profile.encoding.as_bytes()).is_none() {
        report("encoding", "write the name of an encoding, like utf-8 or windows-1252", findings);
    }
    if !is_date_format(&profile.date_form) {
        let shown = text::shown(&profile.date_form);
        report(
            "date_form",
            &format!("`{shown}` does not identify a day: write a format like %d/%m/%Y"),
            findings,
        );
    }
    let columns = &profile.columns;
    if columns.amount.is_none() && columns.credit.is_none() {
        report(
            "columns",
            "name the column of the amount, or the columns of credit and debit",
            findings,
        );
    }
    if let Some(direction) = &columns.direction
        && direction.incoming.is_empty() != direction.outgoing.is_empty()
    {
        report(
            "columns.direction",
            "name the words for both directions, `in` and `out`, or none for the usual ones",
            findings,
        );
    }
    let is_number = |name: &&str| name.parse::<u16>().is_ok_and(|number| number > 0);
    if !profile.header && !columns.names().iter().all(is_number) {
        report(
            "columns",
            "without a header line, name the columns by their numbers: `1`, `2`",
            findings,
        );
    }
    if columns.text.is_empty() {
        report("columns.text", "name the columns that may contain a reference", findings);
    }
}

fn report(field: &str, advice: &str, findings: &mut FindingCollector<'_>) {
    findings.error(FindingCode::BadProfile, format!("`{field}`: {advice}"));
}

/// Formats two moments and reads their days back.
fn is_date_format(form: &str) -> bool {
    [datetime(2019, 2, 28, 13, 14, 15, 0), datetime(2026, 11, 3, 1, 2, 3, 0)].into_iter().all(
        |at| {
            let moment = at.to_zoned(TimeZone::UTC);
            let written = moment.ok().and_then(|moment| strtime::format(form, &moment).ok());
            let read = written.and_then(|text| strtime::parse(form, text).ok()?.to_date().ok());
            read == Some(at.date())
        },
    )
}
