//! A member's folder as the cache keeps it: numbers, dates and times as few bytes, in one pass.

use jiff::{Timestamp, civil::Date};

use super::cursor::{Cursor, Pen};
use crate::domain::model::{
    CodeHash, Credential, CredentialType, Grant, Induction, Member, MemberFolder, MemberId, Slot,
    Slug, Suspension,
};

/// Writes a folder. The few names of facilities and tiers go into `names`, once each.
pub(super) fn write(folder: &MemberFolder, names: &mut Vec<Slug>, pen: &mut Pen) {
    pen.number(folder.id.number());
    match &folder.member {
        Slot::Absent => pen.number(0),
        Slot::Unreadable => pen.number(1),
        Slot::Read(member) => {
            pen.number(2);
            write_member(member, names, pen);
        }
    }
    pen.number(folder.credentials.len() as u64);
    for (tag, credential) in &folder.credentials {
        pen.text(tag.as_str());
        pen.number(u64::from(credential.kind == CredentialType::Fob));
        pen.bytes(credential.code.bytes());
        pen.number(credential.grants.len() as u64);
        for grant in &credential.grants {
            pen.number(number_of(&grant.facility, names));
            pen.signed(i64::from(grant.priority));
            moment(grant.effective, pen);
            pen.maybe(grant.expiration, moment);
        }
    }
    pen.number(folder.inductions.len() as u64);
    for (facility, induction) in &folder.inductions {
        pen.number(number_of(facility, names));
        day(induction.on, pen);
        pen.maybe(induction.by, |by, pen| pen.number(by.number()));
        pen.number(u64::from(induction.inductor));
    }
}

fn write_member(member: &Member, names: &mut Vec<Slug>, pen: &mut Pen) {
    pen.text(&member.name);
    pen.number(number_of(&member.tier, names));
    day(member.joined, pen);
    pen.maybe(member.left, day);
    pen.maybe(member.suspended.as_ref(), |it, pen| {
        day(it.since, pen);
        pen.text(&it.reason);
    });
    pen.maybe(member.parent, |parent, pen| pen.number(parent.number()));
    pen.maybe(member.concession.as_ref(), |it, pen| pen.text(it));
    pen.maybe(member.chosen_amount, |it, pen| pen.signed(it));
    pen.maybe(member.paid_until, day);
}

/// Reads a folder; nothing if the bytes are not one.
pub(super) fn read(names: &[Slug], at: &mut Cursor<'_>) -> Option<MemberFolder> {
    let id = MemberId::new(at.number()?).ok()?;
    let member = match at.number()? {
        0 => Slot::Absent,
        1 => Slot::Unreadable,
        2 => Slot::Read(read_member(names, at)?),
        _ => return None,
    };
    let name = |at: &mut Cursor<'_>| names.get(usize::try_from(at.number()?).ok()?).cloned();
    let count = at.length()?;
    let mut credentials = Vec::with_capacity(count);
    for _ in 0..count {
        let tag = at.text()?.parse().ok()?;
        let fob = at.flag()?;
        let kind = if fob { CredentialType::Fob } else { CredentialType::Passcode };
        let code = CodeHash::from_bytes(at.bytes()?);
        let count = at.length()?;
        let mut grants = Vec::with_capacity(count);
        for _ in 0..count {
            grants.push(Grant {
                facility: name(at)?,
                priority: i32::try_from(at.signed()?).ok()?,
                effective: read_moment(at)?,
                expiration: at.maybe(read_moment)?,
            });
        }
        credentials.push((tag, Credential { kind, code, grants }));
    }
    let count = at.length()?;
    let mut inductions = Vec::with_capacity(count);
    for _ in 0..count {
        let facility = name(at)?;
        let (on, by) = (read_day(at)?, at.maybe(read_id)?);
        inductions.push((facility, Induction { on, by, inductor: at.flag()? }));
    }
    Some(MemberFolder { id, member, credentials, inductions })
}

fn read_member(names: &[Slug], at: &mut Cursor<'_>) -> Option<Member> {
    Some(Member {
        name: at.text()?.to_owned(),
        tier: names.get(usize::try_from(at.number()?).ok()?)?.clone(),
        joined: read_day(at)?,
        left: at.maybe(read_day)?,
        suspended: at
            .maybe(|at| Some(Suspension { since: read_day(at)?, reason: at.text()?.to_owned() }))?,
        parent: at.maybe(read_id)?,
        concession: at.maybe(|at| at.text().map(str::to_owned))?,
        chosen_amount: at.maybe(Cursor::signed)?,
        paid_until: at.maybe(read_day)?,
    })
}

fn read_id(at: &mut Cursor<'_>) -> Option<MemberId> {
    MemberId::new(at.number()?).ok()
}

fn number_of(name: &Slug, names: &mut Vec<Slug>) -> u64 {
    let known = names.iter().position(|it| it == name);
    known.unwrap_or_else(|| {
        names.push(name.clone());
        names.len() - 1
    }) as u64
}

/// Writes a date: year, month and day in one number.
fn day(date: Date, pen: &mut Pen) {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    pen.signed(year << 9 | month << 5 | i64::from(date.day()));
}

fn read_day(at: &mut Cursor<'_>) -> Option<Date> {
    let packed = at.signed()?;
    let (month, day) = (packed >> 5 & 0xf, packed & 0x1f);
    let year = i16::try_from(packed >> 9).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn moment(time: Timestamp, pen: &mut Pen) {
    pen.signed(time.as_second());
    pen.signed(i64::from(time.subsec_nanosecond()));
}

fn read_moment(at: &mut Cursor<'_>) -> Option<Timestamp> {
    let second = at.signed()?;
    Timestamp::new(second, i32::try_from(at.signed()?).ok()?).ok()
}
