//! Checks of an induction: the facility exists, and whoever gave it was entitled to.

use super::{facility, finding_collector::FindingCollector};
use crate::domain::model::{Advice, FindingCode, Induction, MemberId, Record, RecordPath, Slug};

pub(super) fn check(
    id: MemberId,
    name: &Slug,
    induction: &Induction,
    findings: &mut FindingCollector<'_>,
) {
    facility::exists(name, "the file is named after", findings);
    findings.date("on", induction.on);
    let Some(by) = induction.by else { return };
    if by == id {
        findings.warning(
            FindingCode::NotInductor,
            "`by` names the same member: name who gave the induction, or write null",
        );
    } else if !findings.records.exists(&RecordPath::Member(by)) {
        findings.warning(
            FindingCode::UnknownInductor,
            format!("`by` names {by}, who is not a member: correct the number, or write null"),
        );
    } else {
        let own = findings.records.record(&RecordPath::Induction(by, name.clone()));
        if !matches!(own, Some(Record::Induction(own)) if own.inductor) {
            let who = findings.who(by);
            let message = format!("`by` names {who}, who is not an inductor for {name}");
            let advice = Advice::CorrectInductor { member: by, facility: name.clone() };
            findings.warning_with(FindingCode::NotInductor, message, advice);
        }
    }
}
