//! Checks of a member: the tier, the parent, the dates and the texts.

use super::{notes::Notes, paid_until};
use crate::domain::model::{Advice, FindingCode, Member, MemberId, Place, Record};

pub(super) fn check(id: MemberId, member: &Member, notes: &mut Notes<'_>) {
    notes.text("name", &member.name);
    notes.optional_text("concession", member.concession.as_deref());
    if !notes.all.exists(&Place::Tier(member.tier.clone())) {
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
        parentage(id, parent, notes);
    }
}

fn dates(member: &Member, notes: &mut Notes<'_>) {
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
    if let Some(suspension) = &member.suspended {
        notes.date("suspended.since", suspension.since);
        notes.text("suspended.reason", &suspension.reason);
    }
    if let Some(paid_until) = member.paid_until {
        notes.date("paid_until", paid_until);
    }
}

fn parentage(id: MemberId, parent: MemberId, notes: &mut Notes<'_>) {
    if parent == id {
        notes.error(
            FindingCode::BadParent,
            "`parent` names the same member: write the parent's number, or null",
        );
        return;
    }
    let place = Place::Member(parent);
    if !notes.all.exists(&place) {
        notes.error(
            FindingCode::UnknownMember,
            format!("`parent` names {parent}, who is not a member: correct the number"),
        );
    } else if let Some(Record::Member(found)) = notes.all.record(&place)
        && found.parent.is_some()
    {
        let who = notes.who(parent);
        notes.error(
            FindingCode::BadParent,
            format!(
                "`parent` names {who}, who has a parent and cannot be one: \
                 name a member without a parent"
            ),
        );
    }
}
