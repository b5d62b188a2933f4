//! Records that a member was shown how to use a facility.

use jiff::{Timestamp, civil::Date};

use crate::domain::{
    model::{
        Advice, Change, Grant, Induction, MemberId, Note, Priority, Record, RecordPath, Slug,
        Subject,
    },
    ops::{
        Plan, Planned, Refusal,
        credential::{self, Held},
        look_up,
    },
    records::{self, Records},
};

/// The induction to record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Add {
    /// The member who was inducted.
    pub member: MemberId,
    /// The facility.
    pub facility: Slug,
    /// The day, local date.
    pub on: Date,
    /// Who gave it, if known.
    pub by: Option<MemberId>,
    /// Whether this member may induct others.
    pub inductor: bool,
}

/// Records an induction, or makes an inducted member an inductor.
///
/// # Errors
/// Refuses if the member or facility does not exist, another induction has to come first, `by` is
/// not an inductor, or the member is already inducted.
pub fn add(records: &dyn Records, request: Add) -> Planned {
    let Add { member: id, facility: name, on, by, inductor } = request;
    look_up::member(records, id)?;
    let facility = look_up::facility(records, &name)?;
    let who = look_up::who(records, id);
    let path = RecordPath::Induction(id, name.clone());
    let trailer = format!("induction.add {id} {name}");
    if let Some(former) = look_up::induction(records, id, &name) {
        if inductor && !former.inductor {
            let record = Record::Induction(Induction { inductor, ..former });
            let subject = Subject::new("induction:").and(id).and("may induct others to").and(&name);
            return Ok(Change::new(subject, trailer).put(path, record).into());
        }
        return Err(Refusal::new(format!("{who} was already inducted to {name} on {}", former.on))
            .hint(Advice::RevokeInduction { member: id, facility: name }));
    }
    for first in &facility.inductions_first {
        if look_up::induction(records, id, first).is_none() {
            return Err(Refusal::new(format!("{who} needs an induction to {first} first"))
                .hint(Advice::AddInduction { member: id, facility: first.clone() }));
        }
    }
    if let Some(by) = by {
        may_induct(records, id, by, &name)?;
    }
    let record = Record::Induction(Induction { on, by, inductor });
    let subject = Subject::new("induction: add").and(id).and("to").and(&name);
    let plan = Plan::from(Change::new(subject, trailer).put(path, record));
    match facility.grant_on_induction {
        Some(priority) => Ok(granting(records, id, name, priority, on, plan)),
        None => Ok(plan),
    }
}

/// Lets the fobs of a member who is inducted open the facility, from the day of the induction on.
fn granting(
    records: &dyn Records,
    id: MemberId,
    facility: Slug,
    priority: Priority,
    on: Date,
    mut plan: Plan,
) -> Plan {
    let zone = records::zone(records);
    let effective = on.to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |day| day.timestamp());
    let grant = Grant { facility: facility.clone(), priority, effective, expiration: None };
    match credential::grant(records, &Held::FobsOf(id), &[grant]) {
        Ok(granted) => {
            plan.change.edits.extend(granted.change.edits);
            let who = look_up::who(records, id);
            plan.note(format!("the fob of {who} opens {facility} from {on} on"))
        }
        // A fob that has the grant already needs nothing.
        Err(refusal) if refusal.unchanged => plan,
        Err(refusal) => {
            plan.notes.push(match refusal.advice {
                Some(advice) => Note::new(refusal.message, advice),
                None => refusal.message.into(),
            });
            plan
        }
    }
}

fn may_induct(
    records: &dyn Records,
    id: MemberId,
    by: MemberId,
    name: &Slug,
) -> Result<(), Refusal> {
    look_up::member(records, by)?;
    if by == id {
        return Err(Refusal::new("members cannot induct themselves")
            .hint("name another inductor, or none if that was not recorded"));
    }
    if look_up::induction(records, by, name).is_some_and(|own| own.inductor) {
        return Ok(());
    }
    let who = look_up::who(records, by);
    Err(Refusal::new(format!("{who} is not an inductor for {name}"))
        .hint(Advice::MakeInductor { member: by, facility: name.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        Field, facility,
        fixture::{a_fob, id, inducted, refused, run, slug, space},
        induction,
    };

    #[test]
    fn what_comes_first_comes_first() {
        let mut all = space();
        let refusal = refused(add(&all, inducted(2, "laser", Some(1), false)));
        assert!(
            refusal.starts_with("0002 Bob Noyce needs an induction to safety first"),
            "{refusal}"
        );
        run(&mut all, |all| add(all, inducted(2, "safety", Some(1), false)));
        let (subject, _) = run(&mut all, |all| add(all, inducted(2, "laser", Some(1), false)));
        assert_eq!(subject, "induction: add 0002 to laser");
    }

    #[test]
    fn a_fob_opens_the_facility_where_an_induction_is_to_grant_it() {
        let mut all = space();
        let request =
            facility::Edit { grant_on_induction: Field::Set(1), ..facility::Edit::default() };
        run(&mut all, |all| facility::edit(all, &slug("safety"), request));
        let (_, notes) = run(&mut all, |all| add(all, inducted(2, "safety", None, false)));
        assert!(notes[0].starts_with("0002 Bob Noyce has no fob yet"), "{notes:?}");
        run(&mut all, |all| induction::revoke(all, id(2), &slug("safety")));
        run(&mut all, |all| credential::add(all, a_fob(2, "T2", 1002, &["frontdoor"])));
        let (_, notes) = run(&mut all, |all| add(all, inducted(2, "safety", None, false)));
        assert_eq!(notes, ["the fob of 0002 Bob Noyce opens safety from 2026-02-01 on"]);
        let grants = look_up::credentials(&all, id(2)).remove(0).1.grants;
        assert_eq!(grants.len(), 2);
        assert_eq!(grants[1].effective.to_string(), "2026-02-01T00:00:00Z");
    }

    #[test]
    fn only_an_inductor_inducts() {
        let mut all = space();
        run(&mut all, |all| add(all, inducted(2, "safety", None, false)));
        for (by, part) in [(1, None), (2, Some("themselves")), (9, Some("no member 0009"))] {
            match (add(&all, inducted(2, "laser", Some(by), false)), part) {
                (Err(refusal), Some(part)) => assert!(refusal.message.contains(part), "{refusal}"),
                (planned, part) => assert_eq!((planned.is_ok(), part), (true, None)),
            }
        }
        run(&mut all, |all| add(all, inducted(2, "laser", Some(1), false)));
        let third = crate::domain::ops::fixture::newcomer(3, "Eve");
        run(&mut all, |all| crate::domain::ops::member::add(all, third));
        let refusal = refused(add(&all, inducted(3, "safety", Some(2), false)));
        assert!(refusal.contains("0002 Bob Noyce is not an inductor for safety"), "{refusal}");
    }

    #[test]
    fn an_inducted_member_can_be_made_an_inductor() {
        let mut all = space();
        run(&mut all, |all| add(all, inducted(2, "safety", Some(1), false)));
        assert!(
            refused(add(&all, inducted(2, "safety", Some(1), false)))
                .contains("was already inducted")
        );
        let (subject, _) = run(&mut all, |all| add(all, inducted(2, "safety", None, true)));
        assert_eq!(subject, "induction: 0002 may induct others to safety");
        let own = look_up::induction(&all, id(2), &slug("safety")).unwrap();
        assert_eq!((own.inductor, own.by), (true, Some(id(1))));
    }
}
