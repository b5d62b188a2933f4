//! Checks of a member: the tier, the parent, the dates and the texts.

use super::{finding_collector::FindingCollector, paid_until};
use crate::domain::{
    dues::CoverTerms,
    model::{Advice, FindingCode, Member, MemberId, Record, RecordPath},
};

pub(super) fn check(id: MemberId, member: &Member, notes: &mut FindingCollector<'_>) {
    notes.text("name", &member.name);
    if !notes.all.exists(&RecordPath::Tier(member.tier.clone())) {
        notes.error_with(
            FindingCode::UnknownTier,
            format!("`tier` names {}, which is not a tier", member.tier),
            Advice::CorrectTier(member.tier.clone()),
        );
    }
    dates(member, notes);
    paid_until::check(id, member, notes);
    if let Some(amount) = member.chosen_amount.filter(|amount| *amount < 0) {
        notes.error(
            FindingCode::NegativeAmount,
            format!(
                "`chosen_amount` is {amount}: write an amount above zero in minor units, or null"
            ),
        );
    }
    if let Some(parent) = member.parent {
        parentage(id, member, parent, notes);
    }
}

fn dates(member: &Member, notes: &mut FindingCollector<'_>) {
    notes.date("joined", member.joined);
    if let Some(left) = member.left {
        notes.date("left", left);
        if left < member.joined {
            notes.error(
                FindingCode::LeftBeforeJoined,
                format!(
                    "`left` is {left}, before `joined`, {}: correct one of them",
                    member.joined
                ),
            );
        }
    }
    if let Some(suspended) = member.suspended {
        notes.date("suspended", suspended);
    }
    if let Some(paid_until) = member.paid_until {
        notes.date("paid_until", paid_until);
    }
}

fn parentage(id: MemberId, member: &Member, parent: MemberId, notes: &mut FindingCollector<'_>) {
    if parent == id {
        notes.error(
            FindingCode::BadParent,
            "`parent` names the same member: write the parent's number, or null",
        );
        return;
    }
    let path = RecordPath::Member(parent);
    if !notes.all.exists(&path) {
        notes.error(
            FindingCode::UnknownMember,
            format!("`parent` names {parent}, who is not a member: correct the number"),
        );
        return;
    }
    let Some(Record::Member(found)) = notes.all.record(&path) else { return };
    let who = notes.who(parent);
    if let Some(ends) = CoverTerms::new(&found, None).ends
        && member.left.is_none()
    {
        let what = if found.left == Some(ends) { "left on" } else { "has been suspended since" };
        notes.warning(
            FindingCode::UncoveredChild,
            format!(
                "`parent` names {who}, who {what} {ends} and covers nobody from then on: \
                 name another parent, or null if the member pays"
            ),
        );
    }
    if found.parent.is_some() {
        notes.error(
            FindingCode::BadParent,
            format!(
                "`parent` names {who}, who has a parent and cannot be one: \
                 name a member without a parent"
            ),
        );
    }
}
