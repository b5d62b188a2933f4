//! Checks of a timespec, in whichever record it stands.

use super::finding_collector::FindingCollector;
use crate::domain::{model::FindingCode, records::zone, schedule::Timespec};

/// Reports what is wrong with a timespec, and returns it if it can be evaluated.
pub(super) fn check(
    field: &str,
    text: &str,
    findings: &mut FindingCollector<'_>,
) -> Option<Timespec> {
    match Timespec::parse(text, &zone(findings.records)) {
        Ok(timespec) => {
            for warning in timespec.warnings() {
                findings.warning(FindingCode::AmbiguousTimespec, format!("`{field}`: {warning}"));
            }
            Some(timespec)
        }
        Err(refusal) => {
            let at = refusal.line.map(|line| format!(", line {line} of the calendar"));
            let at = at.unwrap_or_default();
            findings.error(FindingCode::BadTimespec, format!("`{field}`{at}: {}", refusal.message));
            None
        }
    }
}
