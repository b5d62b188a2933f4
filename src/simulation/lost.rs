//! Compares the records with what was acknowledged.

use super::office::{Office, facility, id};
use crate::{
    domain::model::{Code, Record, RecordPath},
    store::StoreError,
};

impl Office {
    /// Compares the records with what was acknowledged; returns what is not there.
    pub(super) fn lost(&self) -> Result<Option<String>, StoreError> {
        let head = self.store.read(self.store.head()?)?;
        for (number, person) in &self.expected.members {
            let Ok(Some(Record::Member(record))) = head.record(&RecordPath::Member(id(*number)))
            else {
                return Ok(Some(format!("member {number} is not in the records")));
            };
            for (door, on) in &person.inducted {
                let path = RecordPath::Induction(id(*number), facility(*door));
                let there = match head.record(&path) {
                    Ok(Some(Record::Induction(it))) => Some(it.on),
                    _ => None,
                };
                if there != Some(*on) {
                    return Ok(Some(format!(
                        "the induction of member {number} at door {} is not in the records",
                        door + 1
                    )));
                }
            }
            let there = (record.left, record.suspended, record.paid_until);
            let expected = (person.left, person.suspended, Some(person.paid_until));
            if there != expected {
                return Ok(Some(format!(
                    "member {number} has {there:?} in the records instead of {expected:?} (left, \
                     suspended, paid until)"
                )));
            }
        }
        for fob in &self.fobs {
            let code = Code::fob(fob).expect("a number").hash(&self.key);
            let held = !head.roster().holders(&code).is_empty();
            if held != self.expected.fobs.contains_key(fob) {
                let is = if held { "still there" } else { "not there" };
                return Ok(Some(format!("fob {fob} is {is} in the records")));
            }
        }
        Ok(None)
    }
}
