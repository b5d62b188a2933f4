//! Changes a zone.

use crate::domain::{
    model::{Change, Decimal, Record, RecordPath, SetPoint, Slug, Subject, Wish},
    ops::{Field, Planned, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub name: Option<String>,
    pub frost: Option<Decimal>,
    pub ceiling: Option<Decimal>,
    pub facilities: Option<Vec<Slug>>,
    /// A wish to add.
    pub wish: Option<Wish>,
    /// Whether the wishes so far are removed.
    pub no_wishes: bool,
    pub set_point: Field<SetPoint>,
}

/// Changes a zone.
///
/// # Errors
/// Refuses if there is no such zone, or if nothing would change.
pub fn edit(records: &dyn Records, name: &Slug, request: Edit) -> Planned {
    let mut zone = look_up::zone(records, name)?;
    let mut wishes = if request.no_wishes { Vec::new() } else { zone.wishes.clone() };
    wishes.extend(request.wish);
    let mut edits = ChangedFields::default();
    edits.set("name", request.name, &mut zone.name);
    edits.set("frost", request.frost, &mut zone.frost);
    edits.set("ceiling", request.ceiling, &mut zone.ceiling);
    edits.set("facilities", request.facilities, &mut zone.facilities);
    edits.set("wishes", Some(wishes), &mut zone.wishes);
    edits.field("set point", request.set_point, &mut zone.set_point);
    let subject = Subject::new("zone: edit").and(name).aside(edits.names(name.as_str())?);
    let change = Change::new(subject, format!("zone.edit {name}"));
    Ok(change.put(RecordPath::Zone(name.clone()), Record::Zone(zone)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Zone,
        ops::{
            fixture::{refused, run, slug, space},
            zone,
        },
    };

    #[test]
    fn a_zone_is_added_changed_and_removed() {
        let (mut all, name) = (space(), slug("workshop"));
        let workshop = Zone {
            name: "Workshop".into(),
            frost: Zone::FROST,
            ceiling: Zone::CEILING,
            facilities: vec![],
            wishes: vec![],
            set_point: None,
        };
        let (subject, _) = run(&mut all, |all| zone::add(all, &name, workshop.clone()));
        assert_eq!(subject, "zone: add workshop");
        assert!(refused(zone::add(&all, &name, workshop.clone())).contains("already"));
        let wish = Wish {
            temperature: Decimal::whole(19),
            description: None,
            if_used: true,
            timespec: "always".into(),
        };
        let request = Edit { wish: Some(wish), ..Edit::default() };
        let (subject, _) = run(&mut all, |all| edit(all, &name, request.clone()));
        assert_eq!(subject, "zone: edit workshop (wishes)");
        let clear = Edit { no_wishes: true, ..Edit::default() };
        run(&mut all, |all| edit(all, &name, clear.clone()));
        assert!(refused(edit(&all, &name, clear)).contains("nothing to do"));
        assert_eq!(look_up::zone(&all, &name), Ok(workshop));
        let (subject, _) = run(&mut all, |all| zone::remove(all, &name));
        assert_eq!(subject, "zone: remove workshop");
    }
}
