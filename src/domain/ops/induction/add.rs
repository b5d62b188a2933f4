//! Writes down that a member was shown how to use a facility.

use jiff::civil::Date;

use crate::domain::{
    check::Records,
    model::{Change, Induction, MemberId, Place, Record, Slug},
    ops::{Planned, Refusal, look_up},
};

/// Who was shown what, by whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Add {
    /// Who.
    pub member: MemberId,
    /// What.
    pub facility: Slug,
    /// The day, local date.
    pub on: Date,
    /// Who gave it, where that is known.
    pub by: Option<MemberId>,
    /// Whether this member may induct others.
    pub inductor: bool,
}

/// Writes an induction down, or makes an inducted member an inductor.
///
/// # Errors
/// Refuses if member or facility are missing, another induction has to come first, `by` is no
/// inductor, or the member is inducted already.
pub fn add(records: &dyn Records, request: Add) -> Planned {
    let Add { member: id, facility: name, on, by, inductor } = request;
    look_up::member(records, id)?;
    let facility = look_up::facility(records, &name)?;
    let who = look_up::who(records, id);
    let place = Place::Induction(id, name.clone());
    let trailer = format!("induction.add {id} {name}");
    if let Some(former) = look_up::induction(records, id, &name) {
        if inductor && !former.inductor {
            let record = Record::Induction(Induction { inductor, ..former });
            let subject = format!("induction: {who} may induct others to {name}");
            return Ok(Change::new(subject, trailer).put(place, record).into());
        }
        return Err(Refusal::new(format!("{who} is inducted to {name} since {}", former.on))
            .hint(format!("`space induction revoke {id} {name}` first, to write it anew")));
    }
    for first in &facility.inductions_first {
        if look_up::induction(records, id, first).is_none() {
            return Err(Refusal::new(format!("{who} needs an induction to {first} first"))
                .hint(format!("`space induction add {id} {first}`")));
        }
    }
    if let Some(by) = by {
        may_induct(records, id, by, &name)?;
    }
    let record = Record::Induction(Induction { on, by, inductor });
    Ok(Change::new(format!("induction: add {who} to {name}"), trailer).put(place, record).into())
}

fn may_induct(
    records: &dyn Records,
    id: MemberId,
    by: MemberId,
    name: &Slug,
) -> Result<(), Refusal> {
    look_up::member(records, by)?;
    if by == id {
        return Err(Refusal::new("nobody can induct themselves")
            .hint("name another inductor, or none if it was not written down"));
    }
    if look_up::induction(records, by, name).is_some_and(|own| own.inductor) {
        return Ok(());
    }
    let who = look_up::who(records, by);
    Err(Refusal::new(format!("{who} is no inductor for {name}"))
        .hint(format!("`space induction add {by} {name} --inductor` makes them one")))
}
