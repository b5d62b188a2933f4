//! Lets a guest in for a few hours, under the name of a member.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::domain::{
    dues::Standing,
    model::{
        Change, CodeHash, Credential, CredentialType, Grant, GuestRules, MemberId, Priority,
        Record, RecordPath, Slug, Subject, Tag,
    },
    ops::{Plan, Refusal, dues, look_up},
    records::Records,
};

/// What the tags of guest passes begin with.
pub const GUEST: &str = "guest-";

/// How far ahead a pass may begin.
const AHEAD: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The pass that a member asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sponsor {
    /// The member who answers for the guest.
    pub member: MemberId,
    /// The rest of the tag.
    pub tag: String,
    /// The keyed hash of the passcode.
    pub code: CodeHash,
    /// What the guest may open.
    pub facility: Slug,
    /// The first instant.
    pub from: Timestamp,
    /// The first instant at which it is over.
    pub until: Timestamp,
}

/// Why there is no pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoPass {
    /// A child cannot answer for a guest.
    Child,
    /// The member is not in good standing.
    Standing,
    /// The facility is not open to guests.
    Closed,
    /// It would be over before it begins, or is over already.
    Over,
    /// It would last longer than this number of hours.
    TooLong(u16),
    /// It would begin in more than two months.
    TooFar,
    /// The member may not open the facility for all of that time.
    NotYours,
    /// Somebody holds the passcode.
    CodeTaken,
    /// The member has given out this number of passes.
    TooMany(usize),
    /// The records do not allow it.
    Refused(Refusal),
}

impl From<Refusal> for NoPass {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Gives out a guest pass. It is a passcode of the member's own, so the journal names the member, and
/// it opens no more than the member may. Passes that are over are removed along the way.
///
/// # Errors
/// Refuses if the rules do not allow it, the member is not in good standing or may not open the
/// facility, or if somebody holds the passcode.
pub fn sponsor(
    records: &dyn Records,
    request: &Sponsor,
    rules: &GuestRules,
    now: Timestamp,
    today: Date,
) -> Result<Plan, NoPass> {
    let Sponsor { member: id, code, facility, from, until, .. } = request;
    let (id, from, until) = (*id, *from, *until);
    in_good_standing(records, id, today)?;
    if !rules.facilities.contains(facility) {
        return Err(NoPass::Closed);
    }
    let longest = SignedDuration::from_hours(i64::from(rules.hours));
    if from >= until || until <= now {
        return Err(NoPass::Over);
    }
    if until.duration_since(from) > longest {
        return Err(NoPass::TooLong(rules.hours));
    }
    if from.duration_since(now) > AHEAD {
        return Err(NoPass::TooFar);
    }
    let own = priority(records, id, facility, from, until).ok_or(NoPass::NotYours)?;
    if !records.holders(code).is_empty() {
        return Err(NoPass::CodeTaken);
    }
    let (over, live): (Vec<_>, Vec<_>) =
        guests(records, id).into_iter().partition(|(_, it)| is_over(it, now));
    if live.len() >= usize::from(rules.at_once) {
        return Err(NoPass::TooMany(live.len()));
    }
    let tag: Tag = format!("{GUEST}{}", request.tag).parse().map_err(Refusal::new)?;
    let (facility, expiration) = (facility.clone(), Some(until));
    let subject = Subject::new("credential: guest pass of").and(id).and("for").and(&facility);
    let grant = Grant { facility, priority: own, effective: from, expiration };
    let pass = Credential { kind: CredentialType::Passcode, code: *code, grants: vec![grant] };
    let change = Change::new(subject, format!("credential.sponsor {id} {tag}"))
        .put(RecordPath::Credential(id, tag), Record::Credential(pass));
    let over = over.into_iter().map(|(tag, _)| RecordPath::Credential(id, tag));
    Ok(over.fold(change, Change::remove).into())
}

/// Returns the guest passes of a member, those that are over included.
#[must_use]
pub fn guests(records: &dyn Records, id: MemberId) -> Vec<(Tag, Credential)> {
    let all = look_up::credentials(records, id).into_iter();
    all.filter(|(tag, _)| tag.as_str().starts_with(GUEST)).collect()
}

fn is_over(pass: &Credential, now: Timestamp) -> bool {
    pass.grants.iter().all(|it| it.expiration.is_some_and(|end| end <= now))
}

fn in_good_standing(records: &dyn Records, id: MemberId, today: Date) -> Result<(), NoPass> {
    let member = look_up::member(records, id)?;
    if member.parent.is_some() {
        return Err(NoPass::Child);
    }
    let space = look_up::space(records)?;
    let cover = dues::cover(records, &member, space.grace_days, today);
    let is_good = Standing::of(&member, cover, today) == Standing::Good;
    if is_good { Ok(()) } else { Err(NoPass::Standing) }
}

/// Returns the lowest priority that surely is the member's own for all of a time.
fn priority(
    records: &dyn Records,
    id: MemberId,
    facility: &Slug,
    from: Timestamp,
    until: Timestamp,
) -> Option<Priority> {
    let own = look_up::credentials(records, id);
    let own = own.iter().filter(|(tag, _)| !tag.as_str().starts_with(GUEST));
    let lasts = |it: &Grant| {
        it.facility == *facility
            && it.effective <= from
            && it.expiration.is_none_or(|end| until <= end)
    };
    let grants = own.flat_map(|(_, it)| &it.grants).filter(|it| lasts(it));
    grants.map(|it| it.priority).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Record,
        ops::{
            Planned, credential,
            fixture::{a_fob, day, fob, id, run, slug, space},
            member,
        },
        records::Catalogue,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const NOON: &str = "2026-06-01T12:00:00Z";

    fn rules() -> GuestRules {
        GuestRules { facilities: [slug("workshop")].into(), hours: 12, at_once: 2 }
    }

    fn asked(number: u32) -> Sponsor {
        Sponsor {
            member: id(1),
            tag: number.to_string(),
            code: fob(number),
            facility: slug("workshop"),
            from: at("2026-06-01T18:00:00Z"),
            until: at("2026-06-01T23:00:00Z"),
        }
    }

    fn ask(all: &Catalogue, request: &Sponsor) -> Result<Plan, NoPass> {
        sponsor(all, request, &rules(), at(NOON), day("2026-06-01"))
    }

    fn pass(asked: Result<Plan, NoPass>) -> Planned {
        asked.map_err(|it| panic!("{it:?}"))
    }

    /// Ada is covered, and holds a fob for the workshop.
    fn covered() -> Catalogue {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["workshop"])));
        let paid = member::Edit {
            paid_until: crate::domain::ops::Field::Set(day("2026-12-01")),
            ..member::Edit::default()
        };
        run(&mut all, |all| member::edit(all, id(1), paid));
        all
    }

    #[test]
    fn a_pass_opens_no_more_than_its_sponsor_may_and_ends() {
        let mut all = covered();
        let (subject, _) = run(&mut all, |all| pass(ask(all, &asked(7))));
        assert_eq!(subject, "credential: guest pass of 0001 for workshop");
        let passes = guests(&all, id(1));
        let [(tag, pass)] = passes.as_slice() else { panic!("{passes:?}") };
        assert_eq!(tag.as_str(), "guest-7");
        assert_eq!(pass.grants[0].priority, 1);
        assert_eq!(pass.grants[0].expiration, Some(at("2026-06-01T23:00:00Z")));
        assert_eq!(ask(&all, &asked(7)).unwrap_err(), NoPass::CodeTaken);
    }

    #[test]
    fn what_the_rules_do_not_allow_is_refused() {
        let all = covered();
        type Change = fn(&mut Sponsor);
        let changes: [(Change, NoPass); 8] = [
            (|it| it.facility = slug("frontdoor"), NoPass::Closed),
            (|it| it.until = it.from, NoPass::Over),
            (|it| it.until = at("2026-06-02T06:00:01Z"), NoPass::TooLong(12)),
            (|it| it.from = at("2026-06-01T00:00:00Z"), NoPass::TooLong(12)),
            (
                |it| (it.from, it.until) = (at("2026-06-01T08:00:00Z"), NOON.parse().unwrap()),
                NoPass::Over,
            ),
            (
                |it| (it.from, it.until) = (at("2026-09-01T08:00:00Z"), at("2026-09-01T12:00:00Z")),
                NoPass::TooFar,
            ),
            (|it| it.member = id(2), NoPass::Standing),
            (|it| it.code = fob(1001), NoPass::CodeTaken),
        ];
        for (change, why) in changes {
            let mut request = asked(7);
            change(&mut request);
            assert_eq!(ask(&all, &request).unwrap_err(), why);
        }
        let odd = Sponsor { tag: "../x".into(), ..asked(7) };
        assert!(matches!(ask(&all, &odd), Err(NoPass::Refused(_))));
    }

    #[test]
    fn nobody_lets_in_whom_they_could_not_let_in_themselves() {
        let mut all = covered();
        let none = credential::Which::Member(id(1));
        run(&mut all, |all| credential::revoke(all, &none, None));
        assert_eq!(ask(&all, &asked(7)).unwrap_err(), NoPass::NotYours);
        let mut short = a_fob(1, "T1", 1001, &["workshop"]);
        short.grants[0].expiration = Some(at("2026-06-01T20:00:00Z"));
        run(&mut all, |all| credential::add(all, short));
        assert_eq!(ask(&all, &asked(7)).unwrap_err(), NoPass::NotYours);
    }

    #[test]
    fn passes_are_few_and_old_ones_go() {
        let mut all = covered();
        run(&mut all, |all| pass(ask(all, &asked(7))));
        run(&mut all, |all| pass(ask(all, &asked(8))));
        assert_eq!(ask(&all, &asked(9)).unwrap_err(), NoPass::TooMany(2));
        let mut later = asked(9);
        (later.from, later.until) = (at("2026-06-02T08:00:00Z"), at("2026-06-02T09:00:00Z"));
        let plan = sponsor(&all, &later, &rules(), at("2026-06-02T08:00:00Z"), day("2026-06-02"));
        run(&mut all, |_| pass(plan));
        assert_eq!(guests(&all, id(1)).len(), 1);
        assert!(matches!(
            all.record(&RecordPath::Credential(id(1), "T1".parse().unwrap())),
            Some(Record::Credential(_))
        ));
    }
}
