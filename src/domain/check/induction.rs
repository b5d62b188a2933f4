//! Checks of an induction: the facility exists, and whoever gave it was entitled to.

use super::{facility, finding_collector::FindingCollector};
use crate::domain::model::{Advice, FindingCode, Induction, MemberId, Record, RecordPath, Slug};

pub(super) fn check(
    id: MemberId,
    name: &Slug,
    induction: &Induction,
    notes: &mut FindingCollector<'_>,
) {
    facility::exists(name, "the file is named after", notes);
    notes.date("on", induction.on);
    let Some(by) = induction.by else { return };
    if by == id {
        notes.warning(
            FindingCode::NotInductor,
            "`by` names the same member: name who gave the induction, or write null",
        );
    } else if !notes.all.exists(&RecordPath::Member(by)) {
        notes.warning(
            FindingCode::UnknownInductor,
            format!("`by` names {by}, who is not a member: correct the number, or write null"),
        );
    } else {
        let own = notes.all.record(&RecordPath::Induction(by, name.clone()));
        if !matches!(own, Some(Record::Induction(own)) if own.inductor) {
            let who = notes.who(by);
            let message = format!("`by` names {who}, who is not an inductor for {name}");
            let advice = Advice::CorrectInductor { member: by, facility: name.clone() };
            notes.warning_with(FindingCode::NotInductor, message, advice);
        }
    }
}
