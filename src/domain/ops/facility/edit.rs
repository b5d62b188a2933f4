//! Changes a door or a tool.

use std::{collections::BTreeSet, net::IpAddr};

use crate::domain::{
    model::{Change, FacilityKind, Priority, Record, RecordPath, Slug, StaleRule, Subject},
    ops::{Field, Planned, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub name: Option<String>,
    pub kind: Option<FacilityKind>,
    pub induction: Option<bool>,
    pub inductions_first: Option<Vec<Slug>>,
    pub fob_first: Option<bool>,
    pub controllers: Option<BTreeSet<IpAddr>>,
    pub controller_key: Field<u32>,
    pub grant_on_induction: Field<Priority>,
    pub stale: Field<StaleRule>,
}

/// Changes a facility.
///
/// # Errors
/// Refuses if there is no such facility, or if nothing would change.
pub fn edit(records: &dyn Records, name: &Slug, request: Edit) -> Planned {
    let mut facility = look_up::facility(records, name)?;
    let mut edits = ChangedFields::default();
    edits.set("name", request.name, &mut facility.name);
    edits.set("kind", request.kind, &mut facility.kind);
    edits.set("induction", request.induction, &mut facility.induction);
    edits.set("inductions first", request.inductions_first, &mut facility.inductions_first);
    edits.set("fob first", request.fob_first, &mut facility.fob_first);
    edits.set("controllers", request.controllers, &mut facility.controllers);
    edits.field("controller key", request.controller_key, &mut facility.controller_key);
    let priority = request.grant_on_induction;
    edits.field("grant on induction", priority, &mut facility.grant_on_induction);
    edits.field("stale", request.stale, &mut facility.stale);
    let subject = Subject::new("facility: edit").and(name).aside(edits.names(name.as_str())?);
    let change = Change::new(subject, format!("facility.edit {name}"))
        .put(RecordPath::Facility(name.clone()), Record::Facility(facility));
    Ok(change.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Facility,
        ops::{
            facility,
            fixture::{refused, run, slug, space},
        },
    };

    #[test]
    fn a_facility_is_added_and_changed() {
        let mut all = space();
        let lathe = Facility {
            name: "Lathe".into(),
            kind: FacilityKind::Tool,
            induction: false,
            inductions_first: vec![],
            fob_first: false,
            controllers: [].into(),
            controller_key: None,
            grant_on_induction: None,
            stale: None,
        };
        let (subject, notes) =
            run(&mut all, |all| facility::add(all, slug("lathe"), lathe.clone()));
        assert_eq!(subject, "facility: add lathe");
        assert!(notes[0].contains("nobody can open lathe"), "{notes:?}");
        assert!(refused(facility::add(&all, slug("lathe"), lathe.clone())).contains("already"));
        let request = Edit {
            induction: Some(true),
            inductions_first: Some(vec![slug("safety")]),
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, &slug("lathe"), request.clone()));
        assert_eq!(subject, "facility: edit lathe (induction, inductions first)");
        let expected =
            Facility { induction: true, inductions_first: vec![slug("safety")], ..lathe };
        assert_eq!(look_up::facility(&all, &slug("lathe")).unwrap(), expected);
        assert!(refused(edit(&all, &slug("lathe"), request)).contains("nothing to do"));
        assert!(refused(edit(&all, &slug("kiln"), Edit::default())).contains("no facility kiln"));
    }
}
