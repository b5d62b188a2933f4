//! A member's folder as the cache keeps it: numbers for dates and times, texts borrowed when read.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::model::{
    CodeHash, Credential, CredentialType, Grant, Induction, Member, MemberFolder, MemberId, Slot,
    Slug, Suspension,
};

/// One member.
#[derive(Serialize, Deserialize)]
pub(super) struct Row<'r> {
    id: u64,
    #[serde(borrow)]
    member: Kept<'r>,
    #[serde(borrow)]
    credentials: Vec<CredentialRow<'r>>,
    #[serde(borrow)]
    inductions: Vec<(&'r str, Day, Option<u64>, bool)>,
}

#[derive(Serialize, Deserialize)]
enum Kept<'r> {
    Absent,
    Unreadable,
    #[serde(borrow)]
    Read(MemberRow<'r>),
}

#[derive(Serialize, Deserialize)]
struct MemberRow<'r> {
    name: &'r str,
    tier: &'r str,
    joined: Day,
    left: Option<Day>,
    suspended: Option<(Day, &'r str)>,
    parent: Option<u64>,
    concession: Option<&'r str>,
    chosen_amount: Option<i64>,
    paid_until: Option<Day>,
}

#[derive(Serialize, Deserialize)]
struct CredentialRow<'r> {
    tag: &'r str,
    fob: bool,
    code: [u8; 16],
    #[serde(borrow)]
    grants: Vec<(&'r str, i32, Moment, Option<Moment>)>,
}

/// A date: year, month and day in one number.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Day(i32);

/// A time: seconds since 1970, and nanoseconds.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Moment(i64, i32);

impl<'r> Row<'r> {
    /// Notes a folder.
    pub(super) fn of(folder: &'r MemberFolder) -> Self {
        let member = match &folder.member {
            Slot::Absent => Kept::Absent,
            Slot::Unreadable => Kept::Unreadable,
            Slot::Read(member) => Kept::Read(MemberRow::of(member)),
        };
        let credentials =
            folder.credentials.iter().map(|(tag, it)| CredentialRow::of(tag.as_str(), it));
        let inductions = folder.inductions.iter().map(|(facility, it)| {
            (facility.as_str(), Day::of(it.on), it.by.map(MemberId::number), it.inductor)
        });
        Self {
            id: folder.id.number(),
            member,
            credentials: credentials.collect(),
            inductions: inductions.collect(),
        }
    }

    /// Makes the folder again. The few names of facilities and tiers are shared through `names`.
    pub(super) fn folder(self, names: &mut Vec<Slug>) -> Option<MemberFolder> {
        let member = match self.member {
            Kept::Absent => Slot::Absent,
            Kept::Unreadable => Slot::Unreadable,
            Kept::Read(row) => Slot::Read(row.member(names)?),
        };
        let mut folder = MemberFolder {
            id: MemberId::new(self.id).ok()?,
            member,
            credentials: Vec::with_capacity(self.credentials.len()),
            inductions: Vec::with_capacity(self.inductions.len()),
        };
        for row in self.credentials {
            folder.credentials.push((row.tag.parse().ok()?, row.credential(names)?));
        }
        for (facility, on, by, inductor) in self.inductions {
            let by = by.map(MemberId::new).transpose().ok()?;
            let induction = Induction { on: on.date()?, by, inductor };
            folder.inductions.push((shared(facility, names)?, induction));
        }
        Some(folder)
    }
}

impl<'r> MemberRow<'r> {
    fn of(it: &'r Member) -> Self {
        Self {
            name: &it.name,
            tier: it.tier.as_str(),
            joined: Day::of(it.joined),
            left: it.left.map(Day::of),
            suspended: it.suspended.as_ref().map(|it| (Day::of(it.since), it.reason.as_str())),
            parent: it.parent.map(MemberId::number),
            concession: it.concession.as_deref(),
            chosen_amount: it.chosen_amount,
            paid_until: it.paid_until.map(Day::of),
        }
    }

    fn member(self, names: &mut Vec<Slug>) -> Option<Member> {
        let suspended = match self.suspended {
            Some((since, reason)) => {
                Some(Suspension { since: since.date()?, reason: reason.to_owned() })
            }
            None => None,
        };
        Some(Member {
            name: self.name.to_owned(),
            tier: shared(self.tier, names)?,
            joined: self.joined.date()?,
            left: date(self.left)?,
            suspended,
            parent: self.parent.map(MemberId::new).transpose().ok()?,
            concession: self.concession.map(str::to_owned),
            chosen_amount: self.chosen_amount,
            paid_until: date(self.paid_until)?,
        })
    }
}

impl<'r> CredentialRow<'r> {
    fn of(tag: &'r str, it: &'r Credential) -> Self {
        let grants = it.grants.iter().map(|it| {
            let until = it.expiration.map(Moment::of);
            (it.facility.as_str(), it.priority, Moment::of(it.effective), until)
        });
        let fob = it.kind == CredentialType::Fob;
        Self { tag, fob, code: *it.code.bytes(), grants: grants.collect() }
    }

    fn credential(self, names: &mut Vec<Slug>) -> Option<Credential> {
        let mut grants = Vec::with_capacity(self.grants.len());
        for (facility, priority, effective, expiration) in self.grants {
            grants.push(Grant {
                facility: shared(facility, names)?,
                priority,
                effective: effective.time()?,
                expiration: match expiration {
                    Some(until) => Some(until.time()?),
                    None => None,
                },
            });
        }
        let kind = if self.fob { CredentialType::Fob } else { CredentialType::Passcode };
        Some(Credential { kind, code: CodeHash::from_bytes(self.code), grants })
    }
}

impl Day {
    fn of(date: Date) -> Self {
        Self(i32::from(date.year()) << 9 | i32::from(date.month()) << 5 | i32::from(date.day()))
    }

    fn date(self) -> Option<Date> {
        let year = i16::try_from(self.0 >> 9).ok()?;
        let (month, day) = (self.0 >> 5 & 0xf, self.0 & 0x1f);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// Reads a date that need not be there; one that is no date is no absence of one.
fn date(day: Option<Day>) -> Option<Option<Date>> {
    day.map_or(Some(None), |day| day.date().map(Some))
}

impl Moment {
    fn of(time: Timestamp) -> Self {
        Self(time.as_second(), time.subsec_nanosecond())
    }

    fn time(self) -> Option<Timestamp> {
        Timestamp::new(self.0, self.1).ok()
    }
}

/// Returns a name, the same one in memory for all who bear it.
fn shared(text: &str, names: &mut Vec<Slug>) -> Option<Slug> {
    if let Some(name) = names.iter().find(|name| name.as_str() == text) {
        return Some(name.clone());
    }
    let name: Slug = text.parse().ok()?;
    names.push(name.clone());
    Some(name)
}
