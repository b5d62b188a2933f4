//! Checks of a member: the tier, the parent, the dates and the texts.

use super::{finding_collector::FindingCollector, paid_until, tiny_amount};
use crate::domain::{
    dues::CoverTerms,
    model::{Advice, FindingCode, Member, MemberId, Record, RecordPath},
};

pub(super) fn check(id: MemberId, member: &Member, findings: &mut FindingCollector<'_>) {
    findings.text("name", &member.name);
    if !findings.records.exists(&RecordPath::Tier(member.tier.clone())) {
        findings.error_with(
            FindingCode::UnknownTier,
            format!("`tier` names {}, which is not a tier", member.tier),
            Advice::CorrectTier(member.tier.clone()),
        );
    }
    dates(member, findings);
    paid_until::check(id, member, findings);
    tiny_amount::check("chosen_amount", member.chosen_amount, "month", findings);
    if let Some(amount) = member.chosen_amount.filter(|amount| *amount < 0) {
        findings.error(
            FindingCode::NegativeAmount,
            format!(
                "`chosen_amount` is {amount}: write an amount above zero in minor units, or null"
            ),
        );
    }
    if let Some(parent) = member.parent {
        parentage(id, member, parent, findings);
    }
}

fn dates(member: &Member, findings: &mut FindingCollector<'_>) {
    findings.date("joined", member.joined);
    if let Some(left) = member.left {
        findings.date("left", left);
        if left < member.joined {
            findings.error(
                FindingCode::LeftBeforeJoined,
                format!(
                    "`left` is {left}, before `joined`, {}: correct one of them",
                    member.joined
                ),
            );
        }
    }
    if let Some(suspended) = member.suspended {
        findings.date("suspended", suspended);
    }
    if let Some(paid_until) = member.paid_until {
        findings.date("paid_until", paid_until);
    }
}

fn parentage(id: MemberId, member: &Member, parent: MemberId, findings: &mut FindingCollector<'_>) {
    if parent == id {
        findings.error(
            FindingCode::BadParent,
            "`parent` names the same member: write the parent's number, or null",
        );
        return;
    }
    let path = RecordPath::Member(parent);
    if !findings.records.exists(&path) {
        findings.error(
            FindingCode::UnknownMember,
            format!("`parent` names {parent}, who is not a member: correct the number"),
        );
        return;
    }
    let Some(Record::Member(found)) = findings.records.record(&path) else { return };
    let who = findings.who(parent);
    if let Some(ends) = CoverTerms::new(&found, None).ends
        && member.left.is_none()
    {
        let ended = if found.left == Some(ends) { "left on" } else { "has been suspended since" };
        findings.warning(
            FindingCode::UncoveredChild,
            format!(
                "`parent` names {who}, who {ended} {ends} and covers nobody from then on: \
                 name another parent, or null if the member pays"
            ),
        );
    }
    if found.parent.is_some() {
        findings.error(
            FindingCode::BadParent,
            format!(
                "`parent` names {who}, who has a parent and cannot be one: \
                 name a member without a parent"
            ),
        );
    }
}
