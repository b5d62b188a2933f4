//! A member as the roster keeps it: few bytes, read where they lie.

use jiff::{Timestamp, civil::Date};

use super::cursor::{Cursor, Pen};
use crate::domain::{
    access::{Entry, Facts, Names},
    model::{
        CodeHash, Credential, CredentialType, Grant, Induction, Member, MemberFolder, MemberId,
        Money, Slot, Slug, Suspension, Tag,
    },
};

/// One member. What cannot be read of it is unreadable and grants nothing, as everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    id: MemberId,
    /// Facilities and tiers, which the bytes give by their number.
    names: &'r [Slug],
    whole: &'r [u8],
    member: &'r [u8],
    /// The credentials, then the inductions.
    rest: &'r [u8],
}

/// A member's record, as [`Member`] has it.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields are those of a member")]
pub struct Person<'r> {
    pub name: &'r str,
    pub tier: &'r Slug,
    pub joined: Date,
    pub left: Option<Date>,
    pub suspended: Option<(Date, &'r str)>,
    pub parent: Option<MemberId>,
    pub concession: Option<&'r str>,
    pub chosen_amount: Option<Money>,
    pub paid_until: Option<Date>,
}

impl<'r> Row<'r> {
    pub(super) fn new(names: &'r [Slug], whole: &'r [u8]) -> Option<Self> {
        let mut at = Cursor(whole);
        let id = read_id(&mut at)?;
        let length = at.length()?;
        let (member, rest) = at.0.split_at(length);
        Some(Self { id, names, whole, member, rest })
    }

    /// Returns the number.
    #[must_use]
    pub const fn id(&self) -> MemberId {
        self.id
    }

    /// Returns what it was made of.
    pub(super) const fn bytes(&self) -> &'r [u8] {
        self.whole
    }

    /// Reads `member.json`.
    #[must_use]
    pub fn member(&self) -> Slot<Person<'r>> {
        let at = &mut Cursor(self.member);
        match at.number() {
            Some(0) => Slot::Absent,
            Some(2) => read_person(self.names, at).map_or(Slot::Unreadable, Slot::Read),
            _ => Slot::Unreadable,
        }
    }

    /// Reads `member.json` if it can be read.
    #[must_use]
    pub fn person(&self) -> Option<Person<'r>> {
        match self.member() {
            Slot::Read(person) => Some(person),
            _ => None,
        }
    }

    /// Returns how many credentials there are.
    #[must_use]
    pub fn credential_count(&self) -> usize {
        Cursor(self.rest).length().unwrap_or_default()
    }

    /// Goes through the tags and codes of the credentials.
    pub fn credentials(&self) -> impl Iterator<Item = (&'r str, CodeHash)> + use<'r> {
        each_credential(self.rest, |at| {
            let (tag, _, code) = read_code(at)?;
            Some((tag, code))
        })
    }

    /// Goes through the codes of the credentials.
    pub(super) fn codes(&self) -> impl Iterator<Item = CodeHash> + use<'r> {
        each_credential(self.rest, |at| {
            at.text_bytes()?;
            at.skip_numbers(1)?;
            at.bytes().map(CodeHash::from_bytes)
        })
    }

    /// Makes the folder of it.
    #[must_use]
    pub fn folder(&self) -> MemberFolder {
        let member = match self.member() {
            Slot::Absent => Slot::Absent,
            Slot::Unreadable => Slot::Unreadable,
            Slot::Read(person) => Slot::Read(person.to_owned()),
        };
        let (credentials, inductions) = read_rest(self.names, self.rest).unwrap_or_default();
        MemberFolder { id: self.id, member, credentials, inductions }
    }

    /// Makes the entry of it, as [`Entry::new`] does of the folder, as far as one facility is
    /// concerned, given what [`Self::person`] returned. Copies no text.
    #[must_use]
    pub fn entry(
        &self,
        person: Option<&Person<'_>>,
        facility: &Slug,
        names: &mut Names,
    ) -> Entry<&'r [u8]> {
        let facts = person.map(|it| Facts {
            tier: it.tier,
            left: it.left,
            suspended: it.suspended.map(|(since, _)| since),
            parent: it.parent,
            paid_until: it.paid_until,
        });
        let mut entry = Entry::begin(names, self.id, facts);
        if self.read_into(&mut entry, facility, names).is_none() {
            entry = Entry::begin(names, self.id, facts);
        }
        entry
    }

    fn read_into(
        &self,
        entry: &mut Entry<&'r [u8]>,
        asked: &Slug,
        names: &mut Names,
    ) -> Option<()> {
        let at = &mut Cursor(self.rest);
        for _ in 0..at.length()? {
            let tag = at.text_bytes()?;
            let (kind, code) = (read_kind(at)?, CodeHash::from_bytes(at.bytes()?));
            let grants = entry.hold(kind, code);
            for _ in 0..at.length()? {
                let facility = name(self.names, at)?;
                if facility == asked {
                    let (priority, effective, expiration) = read_grant(at)?;
                    grants.add(names, facility, priority, (effective, expiration), tag);
                } else {
                    skip_grant(at)?;
                }
            }
        }
        for _ in 0..at.length()? {
            let (facility, induction) = read_induction(self.names, at)?;
            entry.induct(names, facility, induction.on);
        }
        Some(())
    }
}

impl Person<'_> {
    fn to_owned(self) -> Member {
        let suspension =
            |(since, reason): (Date, &str)| Suspension { since, reason: reason.to_owned() };
        Member {
            name: self.name.to_owned(),
            tier: self.tier.clone(),
            joined: self.joined,
            left: self.left,
            suspended: self.suspended.map(suspension),
            parent: self.parent,
            concession: self.concession.map(str::to_owned),
            chosen_amount: self.chosen_amount,
            paid_until: self.paid_until,
        }
    }
}

/// Writes a folder. The few names of facilities and tiers go into `names`, once each.
pub(super) fn write(folder: &MemberFolder, names: &mut Vec<Slug>, pen: &mut Pen) {
    pen.number(folder.id.number());
    let mut member = Pen::default();
    match &folder.member {
        Slot::Absent => member.number(0),
        Slot::Unreadable => member.number(1),
        Slot::Read(it) => {
            member.number(2);
            write_member(it, names, &mut member);
        }
    }
    pen.number(member.0.len() as u64);
    pen.bytes(&member.0);
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

type Rest = (Vec<(Tag, Credential)>, Vec<(Slug, Induction)>);

fn read_rest(names: &[Slug], rest: &[u8]) -> Option<Rest> {
    let at = &mut Cursor(rest);
    let count = at.length()?;
    let mut credentials = Vec::with_capacity(count);
    for _ in 0..count {
        let (tag, kind, code) = read_code(at)?;
        let count = at.length()?;
        let mut grants = Vec::with_capacity(count);
        for _ in 0..count {
            let facility = name(names, at)?.clone();
            let (priority, effective, expiration) = read_grant(at)?;
            grants.push(Grant { facility, priority, effective, expiration });
        }
        credentials.push((tag.parse().ok()?, Credential { kind, code, grants }));
    }
    let count = at.length()?;
    let mut inductions = Vec::with_capacity(count);
    for _ in 0..count {
        let (facility, induction) = read_induction(names, at)?;
        inductions.push((facility.clone(), induction));
    }
    Some((credentials, inductions))
}

/// Goes through the credentials, of which `read` reads what is before the grants.
fn each_credential<'r, T, F: Fn(&mut Cursor<'r>) -> Option<T>>(
    rest: &'r [u8],
    read: F,
) -> impl Iterator<Item = T> + use<'r, T, F> {
    let mut at = Cursor(rest);
    let count = at.length().unwrap_or_default();
    (0..count).map_while(move |_| {
        let credential = read(&mut at)?;
        for _ in 0..at.length()? {
            at.skip_numbers(1)?; // the facility
            skip_grant(&mut at)?;
        }
        Some(credential)
    })
}

fn read_code<'r>(at: &mut Cursor<'r>) -> Option<(&'r str, CredentialType, CodeHash)> {
    Some((at.text()?, read_kind(at)?, CodeHash::from_bytes(at.bytes()?)))
}

fn read_kind(at: &mut Cursor<'_>) -> Option<CredentialType> {
    Some(if at.flag()? { CredentialType::Fob } else { CredentialType::Passcode })
}

/// Reads what follows the facility of a grant.
fn read_grant(at: &mut Cursor<'_>) -> Option<(i32, Timestamp, Option<Timestamp>)> {
    let priority = i32::try_from(at.signed()?).ok()?;
    Some((priority, read_moment(at)?, at.maybe(read_moment)?))
}

fn skip_grant(at: &mut Cursor<'_>) -> Option<()> {
    // The priority, and a moment, which is two numbers.
    at.skip_numbers(1 + 2)?;
    if at.flag()? { at.skip_numbers(2) } else { Some(()) }
}

fn read_induction<'r>(names: &'r [Slug], at: &mut Cursor<'_>) -> Option<(&'r Slug, Induction)> {
    let facility = name(names, at)?;
    let (on, by) = (read_day(at)?, at.maybe(read_id)?);
    Some((facility, Induction { on, by, inductor: at.flag()? }))
}

fn read_person<'r>(names: &'r [Slug], at: &mut Cursor<'r>) -> Option<Person<'r>> {
    Some(Person {
        name: at.text()?,
        tier: name(names, at)?,
        joined: read_day(at)?,
        left: at.maybe(read_day)?,
        suspended: at.maybe(|at| Some((read_day(at)?, at.text()?)))?,
        parent: at.maybe(read_id)?,
        concession: at.maybe(Cursor::text)?,
        chosen_amount: at.maybe(Cursor::signed)?,
        paid_until: at.maybe(read_day)?,
    })
}

fn name<'r>(names: &'r [Slug], at: &mut Cursor<'_>) -> Option<&'r Slug> {
    names.get(usize::try_from(at.number()?).ok()?)
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
