//! Changes fields of a record and remembers which of them changed.

use super::{Field, Refusal};

/// The names of the changed fields.
#[derive(Default)]
pub(super) struct ChangedFields(Vec<&'static str>);

impl ChangedFields {
    /// Sets a field that is never empty, if there is a new value.
    pub(super) fn set<T: PartialEq>(&mut self, name: &'static str, value: Option<T>, slot: &mut T) {
        if let Some(value) = value
            && *slot != value
        {
            *slot = value;
            self.note(name);
        }
    }

    /// Keeps, clears or sets a field that may be empty.
    pub(super) fn field<T: PartialEq>(
        &mut self,
        name: &'static str,
        value: Field<T>,
        slot: &mut Option<T>,
    ) {
        let former = slot.take();
        let same = match &value {
            Field::Keep => true,
            Field::Clear => former.is_none(),
            Field::Set(value) => former.as_ref() == Some(value),
        };
        if !same {
            self.note(name);
        }
        *slot = value.apply_to(former);
    }

    /// Sets or removes entries of a table.
    pub(super) fn entries<K: Ord, V: PartialEq>(
        &mut self,
        name: &'static str,
        entries: impl IntoIterator<Item = (K, Option<V>)>,
        table: &mut std::collections::BTreeMap<K, V>,
    ) {
        let mut changed = false;
        for (key, value) in entries {
            changed |= table.get(&key) != value.as_ref();
            match value {
                Some(value) => drop(table.insert(key, value)),
                None => drop(table.remove(&key)),
            }
        }
        if changed {
            self.note(name);
        }
    }

    /// Remembers a field once, even if it is stored in two places.
    fn note(&mut self, name: &'static str) {
        if !self.0.contains(&name) {
            self.0.push(name);
        }
    }

    /// Returns the names of the changed fields, for the subject of a commit.
    ///
    /// # Errors
    /// Refuses if nothing changed.
    pub(super) fn names(self, what: &str) -> Result<Vec<&'static str>, Refusal> {
        if self.0.is_empty() {
            return Err(Refusal::unchanged(format_args!("{what} already has these values")));
        }
        Ok(self.0)
    }
}
