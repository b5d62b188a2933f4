//! Records that a member was shown how to use a facility.

use jiff::civil::Date;

use crate::domain::{
    model::{Advice, Change, Induction, MemberId, Record, RecordPath, Slug, Subject},
    ops::{Planned, Refusal, look_up},
    records::Records,
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
    Ok(Change::new(subject, trailer).put(path, record).into())
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
    use crate::domain::ops::fixture::{id, inducted, refused, run, slug, space};

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
