//! Checks of a member: the tier, the parent, the dates and the texts.

use super::{finding_collector::FindingCollector, paid_until, tiny_amount};
use crate::domain::model::{Advice, FindingCode, Member, MemberId, Record, RecordPath};

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
    suspension(member, findings);
    if let Some(paid_until) = member.paid_until {
        findings.date("paid_until", paid_until);
    }
}

fn suspension(member: &Member, findings: &mut FindingCollector<'_>) {
    if let Some(since) = member.suspended {
        findings.date("suspended", since);
    }
    let Some(until) = member.suspended_until else { return };
    findings.date("suspended_until", until);
    match member.suspended {
        None => findings.error(
            FindingCode::SuspensionEnd,
            format!(
                "`suspended_until` is {until}, but `suspended` is null: \
                 write the first day of the suspension there, or null here"
            ),
        ),
        Some(since) if until <= since => findings.error(
            FindingCode::SuspensionEnd,
            format!(
                "`suspended_until` is {until}, not after `suspended`, {since}: \
                 write the first day on which the member may come again"
            ),
        ),
        Some(_) => {}
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
    // A suspension that ends by itself needs nobody's attention, then or later.
    let suspended = found.suspended.filter(|_| found.suspended_until.is_none());
    if let Some(ends) = [found.left, suspended].into_iter().flatten().min()
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
