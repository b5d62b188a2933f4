//! Migrates data of an older format to this program's.

use crate::domain::{
    model::{Advice, Change, FORMAT, Record, RecordPath, Subject},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// Writes this program's format into the settings; nothing else differs between format 1 and data
/// without a format.
///
/// # Errors
/// Refuses if there are no settings, if there is nothing to migrate, or if the data has a newer
/// format.
pub fn migrate(records: &dyn Records) -> Planned {
    let mut space = look_up::space(records)?;
    if space.format == FORMAT {
        return Err(Refusal::new(format!(
            "nothing to migrate: the data already has format {FORMAT}"
        )));
    }
    if space.format > FORMAT {
        let message = format!("the data has format {}, which is newer than {FORMAT}", space.format);
        return Err(Refusal::new(message).hint(Advice::UpdateProgram));
    }
    space.format = FORMAT;
    let change = Change::new(Subject::new("space: migrate to format").and(FORMAT), "space.migrate");
    Ok(change.put(RecordPath::Space, Record::Space(space)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::fixture::{refused, run, space};

    #[test]
    fn data_without_a_format_gets_one_and_nothing_else_changes() {
        let mut all = space();
        let now = look_up::space(&all).unwrap();
        let of = |format| Record::Space(crate::domain::model::Space { format, ..now.clone() });
        all.insert(RecordPath::Space, of(0));
        let (subject, _) = run(&mut all, |all| migrate(all));
        assert_eq!(subject, format!("space: migrate to format {FORMAT}"));
        assert_eq!(look_up::space(&all).unwrap(), now);
        assert!(refused(migrate(&all)).contains("nothing to migrate"));
        all.insert(RecordPath::Space, of(FORMAT + 1));
        assert!(refused(migrate(&all)).contains("newer than"));
    }
}
